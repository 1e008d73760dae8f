"""The conclusion of a verification in words: file, manifest and pages are verified separately."""

import io

import pikepdf
import pytest

from evidence_app.demo.make import Demo
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.safekeeping.verifying import verify_bytes


@pytest.fixture(scope="module")
def original(demo: Demo) -> bytes:
    return (demo.folder / "audit-trail.pdf").read_bytes()


def annotated(original: bytes, notes: int) -> bytes:
    """Append notes as a reader does: a new object, and the page again, after the signed file."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(original))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    reference = page.raw_get("/Annots") if "/Annots" in page else None
    held = list(page["/Annots"]) if reference is not None else []
    for _ in range(notes):
        note = generic.DictionaryObject(
            {
                generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
                generic.pdf_name("/Subtype"): generic.pdf_name("/Highlight"),
                generic.pdf_name("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (10, 10, 50, 20)]),
            }
        )
        held.append(writer.add_object(note))
    page[generic.pdf_name("/Annots")] = generic.ArrayObject(held)
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def test_an_untouched_bundle_is_intact(original: bytes) -> None:
    assert verify_bytes(original).conclusion == "Intact: not one byte has changed."


@pytest.mark.parametrize(("count", "words"), [(1, "1 annotation added"), (3, "3 annotations added")])
def test_a_readers_notes_break_the_signature_and_not_the_evidence(original: bytes, count: int, words: str) -> None:
    report = verify_bytes(annotated(original, count))
    assert report.verdict is Verdict.ALTERED
    assert [check.name for check in report.checks if check.verdict is not Verdict.VERIFIED] == ["whole file"]
    assert report.conclusion == f"Evidence intact; {words} after signing."


def test_appended_bytes_are_reported(original: bytes) -> None:
    report = verify_bytes(original + b"\n% a remark\n")
    assert report.conclusion.startswith("Evidence intact; something was added")


def test_a_rewritten_file_is_reported(original: bytes) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(original)) as pdf:
        pdf.save(output)
    assert verify_bytes(output.getvalue()).conclusion.startswith("Evidence intact: every record and page")


def test_an_altered_page_is_located(original: bytes) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(original)) as pdf:
        pdf.pages[3].contents_add(b"0 0 10 10 re f")
        pdf.save(output)
    assert verify_bytes(output.getvalue()).conclusion == "Page 4 altered."
