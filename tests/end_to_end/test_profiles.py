"""Every profile exports a bundle that verifies; those with pseudonyms hold none of the real names."""

import io
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from evidence_app.bundle.leak_search import find_leaks
from evidence_app.demo.make import CASE, PASSPHRASE, Demo
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.domain.record.entries import read_entry
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import Exported, export
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records.reading import choose
from evidence_app.services.safekeeping.verifying import verify_file

CRN = re.compile(rb"(?<![A-Za-z0-9])X\d{6}(?![A-Za-z0-9])")
"""Not within other letters: among a bundle’s thousand random salts one or two in a hundred bundles hold such a run."""
THREAD = 14
"""A concern of the demonstration with its mails and receipts."""
NAME = "Robin Ashdown"
OPEN_REVIEWS = 6
"""Decisions whose review is due and of which nothing was said, so that what is open shows something whatever the demonstration left open."""
SECRET_NAME = {
    "kind": "concern",
    "event_at": "2026-01-20T10:00",
    "event_precision": "exact",
    "case_ref": CASE,
    "fields": {
        "concern": f"Seen today: {NAME}, of X000412, on 07700 900123. Robin  Ashdown came late.",
        "title": f"About {NAME}",
    },
}


@pytest.fixture(scope="module")
def session(demo: Demo, tmp_path_factory: pytest.TempPathFactory):
    folder = tmp_path_factory.mktemp("profiles") / "store"
    shutil.copytree(demo.folder / "store", folder)
    with Session.open(folder, PASSPHRASE) as opened:
        change_setting(opened, "client_names", [NAME])
        seal(opened, read_entry(SECRET_NAME))
        for kind in ("health-and-safety", "training") * 3:
            seal(opened, read_entry({**SECRET_NAME, "kind": kind, "fields": {"what": f"{NAME} shouted at me."}}))
        words = {"exact_words": f"See {NAME} monthly."}
        seal(opened, read_entry({**SECRET_NAME, "kind": "instruction", "fields": words}))
        for day in range(1, OPEN_REVIEWS + 1):
            fields = {"rationale": f"{NAME} is seen weekly.", "review_due": f"2026-02-{day:02}"}
            seal(opened, read_entry({**SECRET_NAME, "kind": "decision", "fields": fields}))
        yield opened


USUAL = frozenset(
    {"officer", "sfo-review", "union-casework", "tribunal", "disclosure-unnamed", "coroner", "handover", "manager"}
    | {"union-collective", "integrity", "health-safety", "scale"}
)
"""Profiles whose bundles are made for every change, of each audience one or more; those of the others with --long."""


def each_of(names: Iterable[str]) -> list[Any]:
    """Return profiles as cases of a test."""
    return [pytest.param(name, marks=() if name in USUAL else pytest.mark.long) for name in names]


class BundleOfEach(Mapping[str, Exported]):
    """The bundle of each profile, made when it is first asked for."""

    def __init__(self, session: Session, folder: Path) -> None:
        self._session, self._folder = session, folder
        self._made: BundleOfEach = {}

    def __getitem__(self, name: str) -> Exported:
        if name not in self._made:
            thread, out = THREAD if PROFILES[name].one_thread else None, self._folder / f"{name}.pdf"
            self._made[name] = export(self._session, name, out, choose(case_ref=CASE), case_ref=CASE, thread=thread)
        return self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(PROFILES)

    def __len__(self) -> int:
        return len(PROFILES)


@pytest.fixture(scope="module")
def made(session: Session, tmp_path_factory: pytest.TempPathFactory) -> BundleOfEach:
    return BundleOfEach(session, tmp_path_factory.mktemp("bundles"))


def everything_in(path: Path) -> bytes:
    """Return the words of every page, and every decoded stream and string of the file."""
    parts: list[bytes] = []
    document = pypdfium2.PdfDocument(path)
    parts += [page.get_textpage().get_text_range().encode() for page in document]
    document.close()
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Stream):
                parts.append(item.read_bytes() if item.get("/Subtype") != "/Image" else b"")
            parts.append(item.unparse())
    return b"\n".join(parts)


@pytest.mark.parametrize("name", each_of(PROFILES))
def test_a_bundle_of_every_profile_verifies(name: str, made: BundleOfEach) -> None:
    report = verify_file(made[name].path)
    assert report.verdict is Verdict.VERIFIED, [
        check for check in report.checks if check.verdict is not Verdict.VERIFIED
    ]
    assert made[name].shown >= OPEN_REVIEWS or PROFILES[name].counts


@pytest.mark.parametrize("name", each_of(name for name, profile in PROFILES.items() if profile.pseudonyms))
def test_no_pseudonymised_name_is_in_the_file(name: str, made: BundleOfEach) -> None:
    content = everything_in(made[name].path)
    allowed = {CASE.encode()} if PROFILES[name].keeps_case else set()
    assert set(CRN.findall(content)) <= allowed
    for planted in (b"Ashdown", b"07700", "Ashdown".encode("utf-16-be")):
        assert planted not in content, f"{planted!r} is in the bundle"


WITH_KEY = [name for name, profile in PROFILES.items() if profile.pseudonyms and not profile.counts]


@pytest.mark.parametrize("name", each_of(WITH_KEY))
def test_the_key_to_the_pseudonyms_stays_in_the_store(name: str, made: BundleOfEach, session: Session) -> None:
    fields = session.store.records.get(made[name].index).fields
    key = {row["stands_for"]: row["pseudonym"] for row in fields["pseudonyms"]}
    assert key[NAME].startswith("client ")
    assert (CASE in key) != PROFILES[name].keeps_case
    assert len(set(key.values())) == len(key), "two people have one pseudonym"


def test_words_of_others_stay_out_of_the_casework_bundle(made: BundleOfEach) -> None:
    casework, own = everything_in(made["union-casework"].path), everything_in(made["officer"].path)
    assert b"The words of others are withheld" in casework
    assert b"Noted." in own


def test_the_integrity_bundle_holds_no_content_of_records(made: BundleOfEach, session: Session) -> None:
    content = everything_in(made["integrity"].path)
    said = " ".join(content.decode("utf-8", "replace").split())
    for record in map(session.store.records.get, range(1, 20)):
        opening = " ".join(str(record.fields.get(record.kind.main, "")).split()[:4])
        if opening.count(" ") == 3:
            assert opening not in said, f"the words of record {record.index} are in it"
    assert b"displayed" in content, "it does not say how receipts were matched"


@pytest.mark.parametrize("where", ["title", "recipient"])
def test_a_title_that_names_a_client_is_refused(where: str, session: Session, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"The {where} holds what identifies"):
        export(session, "tribunal", tmp_path / "x.pdf", choose(), case_ref=CASE, **{where: f"About {NAME}"})
    assert not (tmp_path / "x.pdf").exists()


def test_limited_access_cases_stay_out_unless_asked_for(session: Session, tmp_path: Path) -> None:
    entry = {**SECRET_NAME, "case_ref": "X000999", "fields": {"concern": "A limited matter.", "lao": True}}
    index = seal(session, read_entry(entry)).index

    def shown(path: Path) -> set[int]:
        with pikepdf.open(path) as pdf:
            manifest = json.loads(pdf.attachments["evidence-trail-manifest.json"].get_file().read_bytes())
        return {record["index"] for record in manifest["records"]}

    export(session, "grievance", tmp_path / "all.pdf", choose())
    assert index not in shown(tmp_path / "all.pdf")
    export(session, "grievance", tmp_path / "one.pdf", choose(case_ref="X000999"))
    assert index in shown(tmp_path / "one.pdf")


@pytest.mark.parametrize("where", ["page", "title", "file", "name"])
def test_the_search_of_the_finished_file_finds_leaks(where: str, made: BundleOfEach) -> None:
    output = io.BytesIO()
    with pikepdf.open(made["tribunal"].path) as pdf:
        if where == "page":
            pdf.pages[0].contents_add(b"BT /F1+0 8 Tf 20 20 Td (X000412) Tj ET")
        elif where == "title":
            pdf.docinfo["/Title"] = "About X000412"
        elif where == "file":
            pdf.attachments["x.txt"] = b"about X000412, that is"
        else:
            pdf.pages[0].obj["/Remark"] = pikepdf.String("X000412")
        pdf.save(output)
    assert find_leaks(output.getvalue(), {"X000412"}), f"a {where} that holds it was not found"


def test_a_short_name_in_a_random_salt_does_not_stop_the_bundle(made: BundleOfEach) -> None:
    """It would stand there at every try, and the person could do nothing about it."""
    salt, output = b"+Sam/KLv28KmbFmQB1Z46w==", io.BytesIO()
    with pikepdf.open(made["tribunal"].path) as pdf:
        pdf.attachments["x.txt"] = b'{"salt":"' + salt + b'"}'
        pdf.save(output)
        assert not find_leaks(output.getvalue(), {"Sam"})
        pdf.attachments["y.txt"] = b'{"text":"Sam"}'
        output = io.BytesIO()
        pdf.save(output)
    assert find_leaks(output.getvalue(), {"Sam"})
