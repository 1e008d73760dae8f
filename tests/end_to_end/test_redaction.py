"""Redaction by hand and by detector: removed from text, pixels and bytes; the rest still proves; redactions that find nothing are refused."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from evidence_app.domain.plan.saved_plan import Document, Redaction, SavedPlan, Section
from evidence_app.errors import InputError
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import Exported
from evidence_app.services.bundles.saved_plans import keep_plan
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support import mails, sample_documents
from tests.support.bundles import (
    all_words,
    concern,
    darkness,
    digest,
    embedded_in,
    exhibit,
    listed,
    make,
    manifest_in,
    picture_on,
    seal_with,
    words_on,
    words_read_off,
)
from tests.support.entries import sample_entry
from tests.support.searching import places_of

HOUSE = "the Amblewick house"
LETTER = sample_documents.letter([f"We wrote to {HOUSE} twice", "The second line stays"], ["The second page stays"])
PLAIN = sample_documents.letter(["Nothing of the sort stands here"])


def verified(out: Path) -> dict[str, str]:
    """Require that a bundle verifies, and return what is said of each item."""
    report = verify_file(out)
    assert report.verdict is Verdict.VERIFIED, [each for each in report.checks if each.verdict is not Verdict.VERIFIED]
    return {check.name: check.detail for check in report.checks}


def refused(session: Session, plan: SavedPlan, out: Path) -> str:
    """Require that a plan is refused, that there is no file and that nothing was sealed."""
    size = session.store.log.size()
    with pytest.raises(InputError) as caught:
        make(session, plan, out)
    assert not out.exists(), "it was refused and left a file"
    assert session.store.log.size() == size, "it was refused and sealed as an export"
    return caught.value.sentence


def test_words_are_withheld_wherever_and_however_they_are_written(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    text = f"We saw {HOUSE}. THE AMBLEWICK\nHOUSE was shut; the  Amblewick\thouse, that is. Amblewick stays."
    mail = mails.sent(subject=f"About {HOUSE}", body=f"Here is {HOUSE.upper()}.\r\n")
    seal_with(session, concern(text, fields={"title": f"At {HOUSE}"}), {f"{HOUSE}.txt": b"the Amblewick\r\n house"})
    seal_with(session, sample_entry("message", fields={"subject": HOUSE.title(), "direction": "sent"}), {"a.eml": mail})
    made = make(
        session, SavedPlan("officer", redactions=(Redaction("address", "a third party's home", words=HOUSE),)), out
    )
    assert places_of(out, [HOUSE]) == []
    said = all_words(out)
    assert "[address withheld]" in said, "no page says that something is withheld"
    assert "Amblewick stays." in said, "more is withheld than the words"
    details = verified(out)
    assert "withheld: 15 words" in details["record 1"], details["record 1"]
    assert int(str(session.store.records.get(made.index).fields["redactions"])) >= 8


def test_what_is_shown_of_a_redacted_record_still_proves(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"We saw {HOUSE} and left.", fields={"ask": "Two visits fewer."}))
    make(session, SavedPlan("officer", redactions=(Redaction("address", words=HOUSE),)), tmp_path / "out.pdf")
    (disclosure,) = [each for each in manifest_in(tmp_path / "out.pdf")["records"] if each["index"] == 1]
    assert not {"secret", "record"} & set(disclosure), "whoever has the record's secret can try every address there is"
    assert disclosure["fields"]["/fields/ask"]["value"] == "Two visits fewer."
    pieces = disclosure["fields"]["/fields/concern"]["pieces"]
    assert sum("withheld" in piece for piece in pieces) == 3
    assert "withheld: 3 words" in verified(tmp_path / "out.pdf")["record 1"]


def test_a_field_is_withheld_whole(session: Session, tmp_path: Path) -> None:
    out, secret = tmp_path / "out.pdf", "Counsel said wait until spring."
    seal_with(session, sample_entry("decision", fields={"rationale": secret, "title": "Waiting"}))
    plan = SavedPlan("officer", redactions=(Redaction("legal advice", "privileged", record=1, field="rationale"),))
    make(session, plan, out)
    assert places_of(out, [secret]) == []
    assert "withheld: 1 field" in verified(out)["record 1"]
    assert "One field is withheld from this bundle; the integrity annex says why" in all_words(out)
    assert "Waiting" in all_words(out)


def test_a_group_is_withheld_with_all_its_parts(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    given = {"person": "Morwenna Quillfeather", "role": "Case administrator"}
    seal_with(session, sample_entry("instruction", fields={"exact_words": "Wait.", "given_by": given}))
    make(session, SavedPlan("officer", redactions=(Redaction("name", record=1, field="given_by"),)), out)
    assert places_of(out, ["Quillfeather", "Case administrator"]) == []
    assert "withheld: 2 fields" in verified(out)["record 1"]


def test_a_region_of_a_pdf_is_painted_over_and_its_words_are_gone(session: Session, tmp_path: Path) -> None:
    out, area = tmp_path / "out.pdf", sample_documents.line_area(0)
    seal_with(session, concern("A letter came."), {"letter.pdf": LETTER})
    make(
        session, listed("officer", [1], [LETTER], Redaction("address", exhibit=digest(LETTER), page=1, area=area)), out
    )
    (shown,) = manifest_in(out)["exhibits"]
    assert shown["shown_as"] == "rendered"
    assert "file" not in shown, "the exact bytes of a covered exhibit are embedded"
    seen = picture_on(out, shown["first_page"])
    assert darkness(seen, area) > 0.99, "the area is not painted over"
    assert 0 < darkness(seen, sample_documents.line_area(1)) < 0.3, "the line below it does not look as it did"
    assert places_of(out, [HOUSE, "We wrote to"]) == []
    assert "The second line stays" in words_on(out, shown["first_page"])
    assert "The second page stays" in words_on(out, shown["first_page"] + 1)
    verified(out)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_region_applies_to_a_rotated_page_as_shown(turn: int, session: Session, tmp_path: Path) -> None:
    out, content = tmp_path / "out.pdf", sample_documents.turned(LETTER, turn)
    left, top, right, bottom = sample_documents.line_area(0)
    area = {
        90: (1 - bottom, left, 1 - top, right),
        180: (1 - right, 1 - bottom, 1 - left, 1 - top),
        270: (top, 1 - right, bottom, 1 - left),
    }[turn]
    seal_with(session, concern("A letter came."), {"letter.pdf": content})
    make(
        session,
        listed("officer", [1], [content], Redaction("address", exhibit=digest(content), page=1, area=area)),
        out,
    )
    (shown,) = manifest_in(out)["exhibits"]
    assert darkness(picture_on(out, shown["first_page"]), area) > 0.99
    assert places_of(out, [HOUSE, "We wrote to"]) == []
    left_over = words_on(out, shown["first_page"]).replace(" ", "")
    assert all(word in left_over for word in ("The", "second", "line", "stays")), "words outside the area are gone"


def test_a_region_of_a_picture_is_painted_over(session: Session, tmp_path: Path) -> None:
    out, area = tmp_path / "out.pdf", (0.2, 0.2, 0.55, 0.55)
    content = sample_documents.picture(comment=b"about X000999", exif=sample_documents.exif("about X000999"))
    seal_with(session, concern("A picture came."), {"door.jpg": content})
    make(
        session, listed("officer", [1], [content], Redaction("child", exhibit=digest(content), page=1, area=area)), out
    )
    (shown,) = manifest_in(out)["exhibits"]
    seen = picture_on(out, shown["first_page"])
    assert darkness(seen, area) > 0.99
    assert darkness(seen, (0.6, 0.6, 0.95, 0.95)) == 0, "what lies beside it is painted over too"
    assert "file" not in shown
    assert places_of(out, ["X000999"]) == [], "what the file says beside its pixels is still there"
    verified(out)


def test_words_that_the_detectors_find_in_a_pdf_are_painted_over(session: Session, tmp_path: Path) -> None:
    out, values = tmp_path / "out.pdf", ["X000999", "07700 900123", "AB 12 34 56 C", "ZZ99 9ZZ"]
    content = sample_documents.letter([f"Before it {value} after it" for value in values], ["Nothing on this one"])
    seal_with(session, concern("A letter came."), {"letter.pdf": content})
    make(session, listed("sfo-review", [1], [content]), out)
    (shown,) = manifest_in(out)["exhibits"]
    read = words_read_off(picture_on(out, shown["first_page"]))
    assert read.count("Before it") == read.count("after it") == len(values)
    assert [value for value in values if value in read] == []
    assert places_of(out, values) == []
    assert words_on(out, shown["first_page"]).count("Before it after it") == len(values)
    assert "Nothing on this one" in words_on(out, shown["first_page"] + 1)
    verified(out)


def test_a_pdf_without_redactions_is_unchanged(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"Two letters about {HOUSE} came."), {"one.pdf": LETTER, "two.pdf": PLAIN})
    made = make(
        session, listed("officer", [1], [LETTER, PLAIN], Redaction("address", words=HOUSE)), tmp_path / "out.pdf"
    )
    one, two = manifest_in(made.path)["exhibits"]
    assert (one["shown_as"], two["shown_as"]) == ("rendered", "placed")
    files = embedded_in(made.path)
    assert PLAIN in files.values(), "the exact bytes of an exhibit that shows everything are missing"
    assert LETTER not in files.values()
    assert places_of(made.path, [HOUSE]) == []


def test_a_file_with_omitted_pages_is_not_embedded(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern("A letter came."), {"letter.pdf": LETTER})
    make(session, listed("officer", [1], [LETTER]), tmp_path / "whole.pdf")
    assert LETTER in embedded_in(tmp_path / "whole.pdf").values()
    one_page = (Section("Documents", (Document(record=1), exhibit(LETTER, pages=((2, 2),)))),)
    make(session, SavedPlan("officer", sections=one_page), tmp_path / "part.pdf")
    assert LETTER not in embedded_in(tmp_path / "part.pdf").values()
    assert places_of(tmp_path / "part.pdf", ["Amblewick"]) == [], "a page that is left out is in the file"


def test_the_schedule_names_class_count_and_page_and_never_the_value(session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    seal_with(session, concern(f"{HOUSE}, and again {HOUSE}."), {"letter.pdf": LETTER})
    words = Redaction("address", "a third party's home", words=HOUSE)
    region = Redaction("child", "a child is in it", exhibit=digest(LETTER), page=2, area=(0.05, 0.05, 0.95, 0.3))
    make(session, listed("officer", [1], [LETTER], words, region), out)
    (page,) = [n for n in range(1, pages_of(out) + 1) if words_on(out, n).count("Redaction schedule") > 1]
    said = words_on(out, page)
    first = manifest_in(out)["exhibits"][0]["first_page"]
    assert "4 things are withheld from the documents in this bundle" in said
    assert "address 3" in said
    assert "child 1" in said
    assert f"Exhibit 1 address 1 a third party's home {first}" in said
    assert f"Exhibit 1 child 1 a child is in it {first}" in said
    assert "Record 1 address 2 a third party's home" in said
    assert "Amblewick" not in said


def pages_of(out: Path) -> int:
    with pikepdf.open(out) as pdf:
        return len(pdf.pages)


FINDS_NOTHING: dict[str, Redaction] = {
    "words": Redaction("address", words="the Amblemere house"),
    "words of a record that has others": Redaction("address", words=HOUSE, record=2),
    "words of a field that has others": Redaction("address", words=HOUSE, record=1, field="ask"),
    "words of an exhibit that has others": Redaction("address", words=HOUSE, exhibit=digest(PLAIN)),
    "words of an exhibit that is not there": Redaction("address", words=HOUSE, exhibit="0" * 64),
    "a field that the record has not": Redaction("address", record=1, field="ask"),
    "a field that there is not": Redaction("address", record=1, field="concren"),
    "a record that is not there": Redaction("address", record=99, field="concern"),
    "a region of a page that is not there": Redaction(
        "address", exhibit=digest(PLAIN), page=2, area=(0.1, 0.1, 0.2, 0.2)
    ),
    "a region of an exhibit that is not there": Redaction(
        "address", exhibit="0" * 64, page=1, area=(0.1, 0.1, 0.2, 0.2)
    ),
}


@pytest.mark.parametrize("name", FINDS_NOTHING)
def test_a_redaction_that_finds_nothing_is_refused(name: str, session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"We saw {HOUSE}."), {"one.pdf": PLAIN})
    seal_with(session, concern("We saw nothing."))
    said = refused(session, listed("officer", [1, 2], [PLAIN], FINDS_NOTHING[name]), tmp_path / "out.pdf")
    assert "Redaction 1 of the plan finds nothing" in said


def test_the_second_redaction_is_named_where_the_first_finds_something(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"We saw {HOUSE}."))
    plan = listed("officer", [1], [], Redaction("address", words=HOUSE), Redaction("name", words="Quillfeather"))
    assert "Redaction 2" in refused(session, plan, tmp_path / "out.pdf")


@pytest.mark.parametrize(
    "where", ["another record", "a title", "a text file", "a mail", "a PDF", "the plan's own title"]
)
def test_words_withheld_once_and_shown_elsewhere_stop_the_export(where: str, session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"We saw {HOUSE}."))
    files: dict[str, bytes] = {}
    more: dict[str, Any] = {}
    other = concern(f"Again {HOUSE.upper()}." if where == "another record" else "Nothing of it.")
    if where == "a title":
        other["fields"]["title"] = f"At {HOUSE}"
    if where == "a text file":
        files["a.txt"] = b"It is the Amblewick\nhouse."
    if where == "a mail":
        files["a.eml"] = mails.sent(subject=f"Re: {HOUSE}")
    if where == "a PDF":
        files["a.pdf"] = LETTER
    if where == "the plan's own title":
        more["title"] = f"About {HOUSE}"
    seal_with(session, other, files)
    plan = listed("officer", [1, 2], files.values(), Redaction("address", words=HOUSE, record=1), **more)
    said = refused(session, plan, tmp_path / "out.pdf")
    assert "still held something that is withheld" in said or "holds what identifies" in said
    assert "Amblewick" not in said, "the sentence says what is to be withheld"


def test_an_area_in_a_text_file_is_refused(session: Session, tmp_path: Path) -> None:
    for number, (name, content) in enumerate({"a.txt": b"words", "a.eml": mails.sent()}.items(), start=1):
        seal_with(session, concern("A paper came."), {name: content})
        region = Redaction("name", exhibit=digest(content), page=1, area=(0.1, 0.1, 0.9, 0.9))
        said = refused(session, listed("officer", [number], [content], region), tmp_path / "out.pdf")
        assert "withhold words of it, not areas" in said


def test_a_bundle_made_again_counts_the_same(session: Session, tmp_path: Path) -> None:
    seal_with(session, concern(f"We saw {HOUSE} and X000999."), {"letter.pdf": LETTER})
    plan = listed("grievance", [1], [LETTER], Redaction("address", words=HOUSE), pseudonyms_from=30)
    made: list[Exported] = [make(session, plan, tmp_path / f"{n}.pdf") for n in range(2)]
    assert made[0].pages == made[1].pages
    counts = [session.store.records.get(each.index).fields["redactions"] for each in made]
    assert counts[0] == counts[1]


def test_nobody_can_try_out_what_pseudonyms_follow_from(session: Session, tmp_path: Path) -> None:
    """With a number below 702 whoever had a list of names tried all of them until the letters fitted."""
    seal_with(session, concern("Robin Ashdown came late."))
    change_setting(session, "client_names", ["Robin Ashdown"])
    plans = [keep_plan(session, replace(listed("grievance", [1]), name=name)) for name in ("one", "two")]
    first, second = (plan.pseudonyms_from for plan in plans)
    assert isinstance(first, str)
    assert len(bytes.fromhex(first)) == 16
    assert first != second
    outs = [tmp_path / "one.pdf", tmp_path / "again.pdf", tmp_path / "two.pdf"]
    for plan, out in zip((plans[0], plans[0], plans[1]), outs, strict=True):
        make(session, plan, out)
    letters = [set(re.findall(r"\[client ([A-Z]{2})\]", all_words(out))) for out in outs]
    assert letters[0] == letters[1]
    assert letters[0]
