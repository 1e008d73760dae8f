"""What the review bundle omits and withholds is nowhere in the file: in no stream, string or page."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from evidence_app.bundle.plan.resolved_plan import NOT_CHOSEN
from evidence_app.demo.make import CASE, Demo
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import Exported, export
from evidence_app.services.core.session import Session
from evidence_app.services.records.reading import Selection, choose
from evidence_app.services.safekeeping.verifying import verify_file
from tests.end_to_end.conftest import manifest_of
from tests.end_to_end.reading import everything_in, page_texts
from tests.support.entries import note, sample_entry
from tests.support.stores import open_fast, seal_entry

OTHER = "X000999"
SECRET = "Quillfeather advised"


def folded(content: bytes) -> bytes:
    """Leave out white space and case, which a page's lines and hyphens may change."""
    return b"".join(content.split()).lower()


def spellings(text: str) -> list[bytes]:
    return [folded(text.encode()), text.encode("utf-16-be"), text.encode("utf-16-le"), text.encode().hex().encode()]


def found_in(path: Path, texts: list[str]) -> list[str]:
    content = everything_in(path)
    content += folded(content)
    return [text for text in texts if any(form in content for form in spellings(text))]


def prose_of(value: Any) -> list[str]:
    """Return the longer texts of a record."""
    if isinstance(value, dict):
        return [text for item in value.values() for text in prose_of(item)]
    if isinstance(value, list):
        return [text for item in value for text in prose_of(item)]
    return [value[:60]] if isinstance(value, str) and len(value) > 25 else []


def test_no_word_of_an_omitted_record_is_in_the_file(demo: Demo, review: Path) -> None:
    shown = {each["index"] for each in manifest_of(review)["records"]}
    words = (demo.folder / "passphrase.txt").read_text(encoding="utf-8").strip()
    with Session.open(demo.folder / "store", words, writable=False) as session:
        records = list(session.store.records.select(choose()))
    left_out = [record for record in records if record.index not in shown and record.kind.name != "export"]
    # What a shown record quotes of one that is left out is shown.
    told = json.dumps([record.content for record in records if record.index in shown], ensure_ascii=False)
    said = {text for record in left_out for text in prose_of(record.fields) if text not in told}
    assert len(said) > 15, "the story leaves too little out to test anything"
    found = found_in(review, sorted(said))
    assert not found, f"words of records that are left out are in the file: {found}"
    union = [record for record in left_out if record.restricted]
    assert union, "the story has union advice, and it is shown to the employer"


def test_no_other_case_is_named(demo: Demo, review: Path) -> None:
    others = {record.case_ref for record in _records(demo)} - {CASE, ""}
    assert len(others) > 3, "the story names no other cases"
    assert not found_in(review, sorted(others))
    assert found_in(review, [CASE]) == [CASE], "the search would not find a case reference that is there"


def _records(demo: Demo):
    words = (demo.folder / "passphrase.txt").read_text(encoding="utf-8").strip()
    with Session.open(demo.folder / "store", words, writable=False) as session:
        return list(session.store.records.select(choose()))


@pytest.fixture
def mixed(store_path: Path, tmp_path: Path) -> tuple[Path, Exported]:
    """A review's bundle of records that name another case in every way that a field allows."""
    out = tmp_path / "review.pdf"
    text = f"Compare {OTHER}, ({OTHER}) and {OTHER.lower()}; {OTHER}’s sister; CRN:{OTHER}."
    with open_fast(store_path) as session:
        seal_entry(session, sample_entry("instruction", case_ref=CASE, fields={"exact_words": text, "title": OTHER}))
        seal_entry(session, sample_entry("concern", fields={"concern": text, "about": [OTHER, CASE]}))
        given_by = {"person": f"Clerk for {OTHER}", "role": "Case administrator"}
        seal_entry(
            session, sample_entry("instruction", fields={"exact_words": "x", "given_by": given_by}, case_ref=CASE)
        )
        named = sample_entry("message", case_ref=CASE, fields={"subject": f"Re: {OTHER}", "direction": "sent"})
        seal_entry(session, named, **{f"{OTHER} memo_txt": b"The memo is about nobody."})
        seal_entry(session, sample_entry("decision", case_ref=OTHER, fields={"rationale": SECRET}))
        seal_entry(session, note(SECRET, case_ref=CASE))
        union = {"text": f"{SECRET} again", "restricted_to": "union advice"}
        seal_entry(session, sample_entry("note", case_ref=CASE, fields=union))
        legal = sample_entry("meeting", case_ref=CASE, fields={"my_point": SECRET, "lao": True})
        seal_entry(session, legal | {"case_ref": OTHER})
        seal_entry(session, sample_entry("collective", fields={"issue": SECRET}))
        flag = {"concern": "mine", "disclosure_flag": "may qualify - advice sought"}
        seal_entry(session, sample_entry("concern", case_ref=CASE, fields=flag))
        rep = {"rep": {"person": "Quillfeather advised me", "role": "Union rep"}}
        seal_entry(session, sample_entry("incident", case_ref=CASE, fields=rep))
        made = export(session, "sfo-review", out, Selection(), case_ref=CASE, recipient="The reviewing manager")
    return out, made


def test_other_cases_are_withheld_word_by_word(mixed: tuple[Path, Exported]) -> None:
    out, _ = mixed
    assert not found_in(out, [OTHER, OTHER[1:]]), "the other case is named somewhere in the file"
    shown = " ".join(" ".join(text.split()) for text in page_texts(out))
    assert re.search(r"Compare \[client [A-Z]{2}\]", shown), "the page does not say that a word is withheld"
    report = verify_file(out)
    assert report.verdict is Verdict.VERIFIED, [
        check for check in report.checks if check.verdict is not Verdict.VERIFIED
    ]
    details = [check.detail for check in report.checks if check.name.startswith("record ")]
    assert [detail for detail in details if "withheld" in detail], "no record is said to be shown in part"


def test_union_and_legal_material_is_not_in_the_file(mixed: tuple[Path, Exported]) -> None:
    out, made = mixed
    assert not found_in(out, [SECRET, "may qualify"])
    reasons = {run["reason"] for run in manifest_of(out)["left_out"]}
    assert reasons == {NOT_CHOSEN, "another case"}, "a reason tells what it was that is left out"
    assert made.left_out >= 5


def test_salts_of_withheld_words_are_not_in_the_file(mixed: tuple[Path, Exported]) -> None:
    """Whoever has a record's secret, or a word's salt, could try every reference there is."""
    out, _ = mixed
    for each in manifest_of(out)["records"]:
        spelled = json.dumps(each)
        if "withheld" in spelled:
            assert "secret" not in each, f"record {each['index']} is shown in part with its secret"
            assert "record" not in each
    with_names = [each for each in manifest_of(out)["records"] if "fields" in each]
    assert len(with_names) >= 4, "hardly anything was withheld"


def test_the_officers_own_file_leaves_nothing_out(own_file: Path, demo: Demo) -> None:
    manifest = manifest_of(own_file)
    assert manifest["left_out"] == []
    assert all("secret" in each for each in manifest["records"])
    assert "KEEP AT WORK" in manifest["bundle"]["marking"]
    own_export = next(each.index for each in demo.bundles if each.path == own_file)
    said = [text for record in _records(demo) if record.index < own_export for text in prose_of(record.fields)]
    shown = json.dumps(manifest["records"], ensure_ascii=False)
    missing = [text for text in said if json.dumps(text, ensure_ascii=False)[1:-1] not in shown]
    assert not missing, f"the manifest lacks words of the records: {missing[:3]}"


def test_the_annex_says_why_fields_and_words_are_withheld(review: Path) -> None:
    text = " ".join(" ".join(page_texts(review)).split())
    assert "because they are not for this reader" in text
    assert "the redaction schedule says why" in text
    assert "Redaction schedule" in text


@pytest.mark.parametrize("profile", ["sfo-review", "manager", "grievance", "tribunal", "coroner", "handover"])
def test_no_label_tells_what_is_withheld(profile: str, session: Session, tmp_path: Path) -> None:
    """That somebody went to a union or a lawyer, or made a protected disclosure, is theirs to say: no label says it for them."""
    out = tmp_path / "out.pdf"
    concern = sample_entry("concern", full=True, case_ref="X000412")
    rep = {"person": "Ida Brune", "role": "Rep"}
    incident = sample_entry("incident", case_ref="X000412", fields={"rep": rep})
    words = {"text": "what the rep advised", "restricted_to": "union advice"}
    advice = sample_entry("note", case_ref="X000412", fields=words)
    for entry in (concern, incident, advice):
        seal_entry(session, entry)
    export(session, profile, out, Selection(), case_ref="X000412", thread=1 if profile == "manager" else None)
    text = " ".join(" ".join(page_texts(out)).split()).lower().replace("does not give legal advice", "")
    assert "withheld from this bundle" in text or profile in {"manager", "handover"}
    said = [words for words in ("union", "legal advice", "protected disclosure", "ida brune") if words in text]
    assert said == []
