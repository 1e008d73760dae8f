"""The conclusion of a verification in words: it says what was changed, and neither more nor less."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evidence_app.bundle.pages import front
from evidence_app.demo.make import Demo
from evidence_app.domain.record.selection import Selection
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import judges
from tests.support.entries import note
from tests.support.program import Result
from tests.support.stores import copy_of, make_store, open_fast, seal_entry
from tests.vectors.make import OTHER_KEY

FOREVER = "compare this with a fingerprint that you received at the time"


@pytest.fixture(scope="module")
def original(demo: Demo) -> bytes:
    return (demo.folder / "audit-trail.pdf").read_bytes()


def annotated(original: bytes, **annotations: int) -> bytes:
    """Append annotations as a reader does: new objects, and the third page again, after the signed file."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(original))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    held = list(page["/Annots"]) if "/Annots" in page else []
    for subtype, count in annotations.items():
        for _ in range(count):
            note = generic.DictionaryObject(
                {
                    generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                    generic.pdf_name("/Subtype"): generic.pdf_name(f"/{subtype}"),
                    generic.pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (10, 10, 50, 20)]),
                }
            )
            held.append(writer.add_object(note))
    page[generic.pdf_name("/Annots")] = generic.ArrayObject(held)
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def saved(original: bytes, change: Callable[[pikepdf.Pdf], Any] = lambda _: None) -> bytes:
    """Change a bundle and save it anew, as most programs do."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(original)) as pdf:
        change(pdf)
        pdf.save(output)
    return output.getvalue()


def judged(content: bytes) -> tuple[str, str, list[str]]:
    """Return verdict, conclusion, and the items that do not hold, on which both verifiers must agree."""
    report = verify_bytes(content)
    first = {check.name: check.verdict.value for check in report.checks}
    second = judges.verify_bundle(content)
    assert first == second, {n: (first.get(n), second.get(n)) for n in first | second if first.get(n) != second.get(n)}
    faults = [name for name, verdict in first.items() if verdict != "verified"]
    return report.verdict.value, report.conclusion, faults


def test_intact_never_stands_alone(original: bytes) -> None:
    verdict, said, faults = judged(original)
    assert (verdict, faults) == ("verified", [])
    assert said.startswith("Intact: not one byte has changed since it was signed. It is of log ")
    assert FOREVER in said
    assert "1 outside clock vouches for the time of a part of that log" in said


def test_a_readers_notes_are_counted_with_their_pages_and_may_cover_words(original: bytes) -> None:
    verdict, said, faults = judged(annotated(original, Highlight=2, Stamp=1))
    assert (verdict, faults) == ("altered", ["whole file", "annotations"])
    assert said.startswith(
        "After signing was added: 2 highlightings and 1 stamp on page 1. What was put on a page may cover words. Evidence intact: "
        "every page, also beneath that, is as it was drawn, and every record is as it was sealed."
    )
    assert "--extract" in said
    assert FOREVER in said


def test_appended_bytes_are_reported(original: bytes) -> None:
    _, said, faults = judged(original + b"\n% a remark\n")
    assert faults == ["whole file"]
    assert "Something was added to the file after signing" in said


def test_a_file_saved_anew_is_reported(original: bytes) -> None:
    _, said, faults = judged(saved(original))
    assert faults == ["whole file"]
    assert said.startswith(
        "The file was saved anew or changed after signing, outside its pages and records. Evidence intact: every page is as it was drawn"
    )


def keep(first: int, last: int) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        del pdf.pages[last:]
        del pdf.pages[: first - 1]

    return change


def wide_widget(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].Rect = Array([0, 0, 600, 800])


def drawn_widget(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm.Fields[0].AP = Dictionary(N=pdf.make_stream(b"0 0 600 800 re f"))


def with_border(pdf: pikepdf.Pdf) -> None:
    link = next(each for page in pdf.pages for each in page.obj.get("/Annots", []) if each.Subtype == "/Link")
    link.Border = Array([0, 0, 300])


def with_attached_file(pdf: pikepdf.Pdf) -> None:
    pdf.pages[2].obj.Annots = Array([pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.FileAttachment))])


def bookmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Outlines.First.A = Dictionary(S=Name.Launch, F="x")


CHANGES: dict[str, tuple[Callable[[pikepdf.Pdf], Any], set[str], str]] = {
    "a field over the page": (wide_widget, {"annotations"}, "1 form field on page 1"),
    "the signature drawn": (drawn_widget, {"annotations"}, "1 form field on page 1"),
    "a link with a thick border": (with_border, {"annotations"}, "1 link on page"),
    "a file attached to a page": (with_attached_file, {"annotations", "active content"}, "a file attached to a page"),
    "a script": (
        lambda pdf: pdf.Root.Names.__setattr__("JavaScript", Dictionary(Names=Array())),
        {"active content"},
        "a script",
    ),
    "an action at opening": (
        lambda pdf: pdf.Root.__setattr__("OpenAction", Dictionary(S=Name.JavaScript, JS="x")),
        {"active content"},
        "something that runs when the file is opened",
    ),
    "an action of a page": (
        lambda pdf: pdf.pages[4].obj.__setattr__("AA", Dictionary(O=Dictionary(S=Name.URI))),
        {"active content"},
        "something that runs when a page is opened",
    ),
    "a portfolio": (
        lambda pdf: pdf.Root.__setattr__("Collection", Dictionary(View=Name.H)),
        {"active content"},
        "(portfolio)",
    ),
    "XFA": (lambda pdf: pdf.Root.AcroForm.__setattr__("XFA", Array()), {"active content"}, "XFA"),
    "a bookmark that starts a program": (bookmark, {"active content"}, "bookmarks that run something"),
}


@pytest.mark.cases(6)
@pytest.mark.parametrize("name", CHANGES)
def test_what_covers_or_acts_is_named(name: str, original: bytes) -> None:
    change, items, words = CHANGES[name]
    verdict, said, faults = judged(saved(original, change))
    assert (verdict, set(faults)) == ("altered", {"whole file", *items})
    assert words in said
    assert ("may cover words" in said) == ("annotations" in items)
    # What misleads a reader comes before what soothes.
    assert ("do not rely on what the screen shows. Evidence intact" in said) == ("active content" in items)


def test_pages_that_were_taken_out_are_called_that(original: bytes) -> None:
    verdict, said, faults = judged(saved(original, keep(10, 20)))
    assert (verdict, faults) == ("altered", ["whole file", "number of pages"])
    assert said.startswith("Pages 1 to 9 and 21 to ")
    assert (
        "are missing. Every page that is there is as it was drawn, and the records are all inside, also those of pages that are missing: "
        "every record is as it was sealed."
    ) in said


def test_pages_in_another_order_are_called_that(original: bytes) -> None:
    verdict, said, faults = judged(saved(original, lambda pdf: pdf.pages.reverse()))
    assert (verdict, faults) == ("altered", ["whole file", "order of pages"])
    assert said.startswith("The pages are in another order")


def test_a_page_that_stands_twice_is_not_passed_over(original: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages.insert(5, pdf.pages[2])

    verdict, said, faults = judged(saved(original, change))
    assert verdict == "altered"
    assert faults == ["whole file", "number of pages", "order of pages"]
    assert "stands twice" in said


def test_a_page_put_in_the_place_of_another_is_not_passed_over(original: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[5] = pdf.pages[2]

    verdict, said, faults = judged(saved(original, change))
    assert (verdict, faults) == ("altered", ["whole file", "order of pages"])
    assert "Page 6 of" in said


def test_a_page_that_was_added_is_called_that(original: bytes) -> None:
    verdict, said, faults = judged(saved(original, lambda pdf: pdf.add_blank_page()))
    assert verdict == "altered"
    assert faults[:2] == ["whole file", "number of pages"]
    assert re.match(
        r"Page \d+ added\. Every other page is as it was drawn, and every record is as it was sealed\.", said
    )


def test_an_altered_page_is_located(original: bytes) -> None:
    content = saved(original, lambda pdf: pdf.pages[3].contents_add(b"0 0 10 10 re f"))
    verdict, said, faults = judged(content)
    assert (verdict, faults) == ("altered", ["whole file", "page 4"])
    assert said.startswith("Page 4 altered. Every other page is as it was drawn, and every record is as it was sealed.")
    assert FOREVER in said


def test_an_altered_page_and_an_added_one_are_told_apart(original: bytes) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[3].contents_add(b"0 0 10 10 re f")
        pdf.add_blank_page()

    said = judged(saved(original, change))[1]
    assert re.match(r"Page 4 altered; page \d+ added\. Every other page is as it was drawn", said)


def test_a_file_with_two_readings_is_not_called_intact(original: bytes) -> None:
    doubled = saved(original).replace(b"/Type /Page ", b"/Type /Page /Rotate 90 /Rotate 0 ", 1)
    assert doubled != saved(original), "no page is spelled so"
    verdict, said, faults = judged(doubled)
    assert verdict == "altered"
    assert "one reading" in faults
    assert said.startswith("The file can be read in two ways")
    hybrid = judged(original + b"\ntrailer\n<< /XRefStm 5 >>\n")
    assert hybrid[2] == ["whole file", "one reading"]
    assert "intact" not in hybrid[1].lower()


def without_attachments(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Names
    del pdf.Root.AF


def test_a_bundle_without_its_attachments_is_not_called_altered(original: bytes) -> None:
    verdict, said, faults = judged(saved(original, without_attachments))
    assert (verdict, faults) == ("unreadable", ["manifest"])
    assert said.startswith("It looks like a bundle of Evidence Trail without its attachments")
    assert "altered: ask for" in said


def test_another_pdf_is_not_called_altered() -> None:
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(output)
    assert judged(output.getvalue()) == (
        "unreadable",
        "It is not a bundle of Evidence Trail: nothing of one was found in it.",
        ["manifest"],
    )


def test_what_cannot_be_opened_is_not_called_altered() -> None:
    report = verify_bytes(b"%PDF-1.7 and then nothing")
    assert report.verdict is Verdict.UNREADABLE
    assert report.conclusion.startswith("It could not be judged: it is damaged, locked, or not a PDF")


@pytest.mark.parametrize("own_too", [False, True], ids=["alone", "beside its own"])
def test_pages_that_print_the_fingerprint_of_another_log_are_named(
    store_path: Path, tmp_path: Path, own_too: bool
) -> None:
    true = front._proof_box

    def forged(flow: Any, checkpoint: Checkpoint) -> None:
        if own_too:
            true(flow, checkpoint)
        true(flow, Checkpoint(OTHER_KEY.origin, checkpoint.size, checkpoint.root))

    with open_fast(store_path) as session, patch.object(front, "_proof_box", forged):
        seal_entry(session, note("What was said."))
        export(session, "officer", tmp_path / "own.pdf", Selection())
    report = verify_bytes((tmp_path / "own.pdf").read_bytes())
    assert [check.name for check in report.checks if check.verdict is not Verdict.VERIFIED] == ["printed fingerprint"]
    assert report.conclusion.startswith(
        f"The pages print log {OTHER_KEY.origin}, and what proves the records is of another"
    )


# What was signed, and two files of one log


def test_the_file_is_written_as_it_was_signed(original: bytes, tmp_path: Path, run_cli: Callable[..., Result]) -> None:
    changed, out = tmp_path / "changed.pdf", tmp_path / "signed.pdf"
    changed.write_bytes(annotated(original, Stamp=1))
    done = run_cli("verify", changed, "--extract", out, "--json")
    assert (done.code, done.json["verdict"]) == (0, "verified")
    assert out.read_bytes() == original
    again = run_cli("verify", changed, "--extract", out)
    assert again.code == 2
    assert "is there already" in again.stderr
    anew = tmp_path / "anew.pdf"
    anew.write_bytes(saved(original))
    refused = run_cli("verify", anew, "--extract", tmp_path / "none.pdf")
    assert refused.code == 2
    assert "no whole file that was signed" in refused.stderr
    assert not (tmp_path / "none.pdf").exists()


def test_two_files_of_one_log_are_compared(store_path: Path, tmp_path: Path, run_cli: Callable[..., Result]) -> None:
    other, strange = copy_of(store_path, tmp_path / "other"), tmp_path / "strange"
    make_store(strange)
    for folder, words in ((store_path, "What was said."), (other, "What was said."), (strange, "Something else.")):
        with open_fast(folder) as session:
            first = seal_entry(session, note(words))
            (tmp_path / f"{folder.name}-1.tlog-proof").write_text(first.receipt)
            if folder == store_path:
                seal_entry(session, note("More."))
            second = seal_entry(session, note("The last."))
            (tmp_path / f"{folder.name}-2.tlog-proof").write_text(second.receipt)
            export(session, "officer", tmp_path / f"{folder.name}.pdf", Selection())

    def compared(one: str, two: str) -> tuple[int, str]:
        done = run_cli("verify", tmp_path / one, tmp_path / two, "--json")
        (item,) = [check for check in done.json["checks"] if check["name"] == "comparison"]
        return done.code, f"{item['verdict']}: {item['detail']}"

    name = store_path.name
    code, said = compared(f"{name}-1.tlog-proof", f"{name}.pdf")
    assert (code, said) == (0, "verified: Both are of one log: the longer goes on from the head of the shorter.")
    assert compared(f"{name}.pdf", f"{name}-1.tlog-proof") == (code, said)
    assert compared(f"{name}.pdf", f"{name}.pdf") == (0, "verified: Both are of one log, at the same head.")
    for one, two in (
        (f"{name}-1.tlog-proof", "other-1.tlog-proof"),
        (f"{name}.pdf", "other-1.tlog-proof"),
        ("other.pdf", f"{name}-2.tlog-proof"),
        ("other.pdf", f"{name}.pdf"),
    ):
        code, said = compared(one, two)
        assert (code, said.split(":")[0]) == (1, "altered"), (one, two, said)
        assert "CONTRADICT" in said
    code, said = compared(f"{name}.pdf", "strange.pdf")
    assert (code, said) == (1, "unreadable: They are of two logs: neither says anything of the other.")
    both = run_cli("verify", tmp_path / f"{name}.pdf", tmp_path / "other.pdf", "--extract", tmp_path / "x.pdf")
    assert both.code == 2
