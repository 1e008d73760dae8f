"""Foreign PDFs that PDF/A would refuse for what nobody sees are mended in a copy and placed as they are; what would look otherwise is a picture."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from evidence_app.bundle.exhibits.mending.mend import mend
from evidence_app.bundle.exhibits.mending.same_look import pages_of_same_look
from evidence_app.bundle.typeset.fonts import REGULAR, fonts
from evidence_app.domain.record.selection import Selection
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.safekeeping.verifying import verify_file
from tests.support.bundles import all_words, concern, manifest_in, seal_with
from tests.support.sample_documents import letter, noted

LINE = "The officer’s weekly visits must go on: £5, 20 %, naïve."


def in_font(font: str, text: str = LINE, first: str = "Helvetica") -> bytes:
    """Return a page of a text in a standard font, which is not in the file; another is chosen at its head and shows nothing."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1, initialFontName=first)  # type: ignore[arg-type]
    for number in range(12):
        canvas.setFont(font, 12)
        canvas.drawString(72, 720 - 40 * number, text)
    canvas.save()
    return buffer.getvalue()


def shown(session: Session, out: Path, content: bytes) -> dict[str, Any]:
    """Export an officer's bundle with a file; return what the manifest says of it."""
    seal_with(session, concern("see the file"), {"letter.pdf": content})
    export(session, "officer", out, Selection())
    assert verify_file(out).verdict is Verdict.VERIFIED
    exhibit: dict[str, Any] = manifest_in(out)["exhibits"][0]
    return exhibit


def fonts_in(out: Path) -> set[str]:
    with pikepdf.open(out) as pdf:
        return {str(each.BaseFont) for each in pdf.objects if isinstance(each, Dictionary) and "/BaseFont" in each}


@pytest.mark.parametrize(
    ("font", "stands_in"),
    [
        ("Helvetica", "LiberationSansRegular"),
        ("Helvetica-BoldOblique", "LiberationSansBoldItalic"),
        ("Times-Roman", "LiberationSerifRegular"),
        ("Courier-Bold", "LiberationMonoBold"),
    ],
)
def test_a_standard_font_is_put_in_and_the_sheet_says_so(
    font: str, stands_in: str, session: Session, tmp_path: Path
) -> None:
    out = tmp_path / "out.pdf"
    assert shown(session, out, in_font(font))["shown_as"] == "placed"
    assert any(each.endswith(stands_in) for each in fonts_in(out))
    assert LINE in all_words(out)
    assert f"{font} by Liberation" in all_words(out)


def test_a_font_that_shows_nothing_is_taken_out(session: Session, tmp_path: Path) -> None:
    fonts()
    out = tmp_path / "out.pdf"
    assert shown(session, out, in_font(REGULAR))["shown_as"] == "placed"
    assert not any("Liberation" in each or "Helvetica" in each for each in fonts_in(out))
    assert "by Liberation" not in all_words(out)


def in_signs_that_no_font_here_has() -> bytes:
    """Return a page in a font of signs that is not in the file, and whose codes are its own."""
    return in_font("ZapfDingbats", "\u2714 \u2718 \u2714").replace(b"/ZapfDingbats", b"/WebWingdings")


def test_signs_of_an_unknown_font_are_not_replaced_by_letters(session: Session, tmp_path: Path) -> None:
    assert shown(session, tmp_path / "out.pdf", in_signs_that_no_font_here_has())["shown_as"] == "rendered"


def test_fifty_files_of_twenty_pages_with_a_standard_font_stay_small(session: Session, tmp_path: Path) -> None:
    """They became pictures: 489 MB of 2.3 MB. Here five of six pages."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    for page in range(6):
        canvas.setFont("Helvetica", 12)
        for line in range(40):
            canvas.drawString(72, 780 - 18 * line, f"line {line} of page {page}: the visits must go on")
        canvas.showPage()
    canvas.save()
    files = {f"{number}.pdf": buffer.getvalue().replace(b"D:2000", b"D:20%02d" % number) for number in range(1, 6)}
    seal_with(session, concern("see the files"), files)
    out = tmp_path / "out.pdf"
    export(session, "officer", out, Selection())
    assert {each["shown_as"] for each in manifest_in(out)["exhibits"]} == {"placed"}
    assert out.stat().st_size < 1_500_000


def test_print_that_is_a_picture_is_stored_in_few_levels(session: Session, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(in_signs_that_no_font_here_has())) as pdf:
        buffer = io.BytesIO()
        pdf.save(buffer)
    out = tmp_path / "out.pdf"
    shown(session, out, buffer.getvalue())
    with pikepdf.open(out) as made:
        pictures = [
            each for each in made.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        assert {str(each.ColorSpace) for each in pictures} == {"/DeviceGray"}
        assert sum(len(each.read_raw_bytes()) for each in pictures) < 120_000


def changed(change: Any) -> bytes:
    """Return a letter in the program's own font, changed by a function."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter(["a copper lantern came to the office"]))) as pdf:
        change(pdf)
        pdf.save(buffer)
    return buffer.getvalue()


def with_shading(pdf: pikepdf.Pdf) -> None:
    function = Dictionary(FunctionType=2, Domain=[0, 1], C0=[1, 0, 0], C1=[0, 0, 1], N=1)
    shading = Dictionary(ShadingType=2, ColorSpace=Name.DeviceRGB, Coords=[0, 0, 100, 0], Function=function)
    page = pdf.pages[0]
    page.obj.Resources.Shading = Dictionary(S0=pdf.make_indirect(shading))
    page.contents_add(pdf.make_stream(b"q 100 0 0 100 72 72 cm /S0 sh Q"))


def with_private_data(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    page.PieceInfo = Dictionary(Maker=Dictionary(Private=pikepdf.String("Olwen Marchbanks"), LastModified="D:20260101"))
    page.Metadata = pdf.make_stream(b"<x>Olwen Marchbanks</x>", Type=Name.Metadata, Subtype=Name.XML)


@pytest.mark.parametrize("change", [with_shading, with_private_data], ids=["shading", "private data"])
def test_what_one_judge_does_not_check_the_other_decides(change: Any, session: Session, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert shown(session, out, changed(change))["shown_as"] == "placed"
    with pikepdf.open(out) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Type") == "/Metadata":
                assert b"Marchbanks" not in each.read_bytes()


def test_a_page_that_looks_otherwise_is_found() -> None:
    original = pypdfium2.PdfDocument(letter(["a copper lantern came to the office"] * 12))
    try:
        with (
            pikepdf.open(io.BytesIO(letter(["a copper lantern came to the office"] * 12))) as same,
            pikepdf.open(io.BytesIO(letter(["a copper lantern"] * 12))) as other,
        ):
            assert pages_of_same_look(original, same, [0]) == {0}
            assert pages_of_same_look(original, other, [0]) == set()
    finally:
        original.close()


def test_mending_leaves_a_whole_file_alone() -> None:
    with pikepdf.open(io.BytesIO(letter(["a letter"]))) as pdf:
        before = pdf.pages[0].Contents.read_bytes()
        assert not mend(pdf).is_changed
        assert pdf.pages[0].Contents.read_bytes() == before


@pytest.mark.parametrize(
    "break_it",
    [
        lambda font: font.__setitem__("/Encoding", Array([1, 2])),
        lambda font: font.__setitem__("/Widths", Array([Name.x])),
        lambda font: font.__setitem__("/FirstChar", Name.x),
        lambda font: font.__setitem__("/BaseFont", pikepdf.String("x")),
    ],
)
def test_a_font_that_makes_no_sense_is_left_alone(break_it: Any, session: Session, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(in_font("Helvetica"))) as pdf:
        for each in pdf.objects:
            if isinstance(each, Dictionary) and str(each.get("/BaseFont")) == "/Helvetica":
                break_it(each)
        pdf.save(buffer)
    assert shown(session, tmp_path / "out.pdf", buffer.getvalue())["shown_as"] in {"placed", "rendered", "slip"}


def test_the_words_of_a_note_stand_below_its_page(session: Session, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(noted("a letter came", note="thistle: ask them"))) as pdf:
        for each in pdf.pages[0].obj.Annots:
            each.Subtype, each.T, each.M = Name.Text, pikepdf.String("J. Marsh"), pikepdf.String("D:20260512091400Z")
        pdf.save(buffer)
    out = tmp_path / "out.pdf"
    exhibit = shown(session, out, buffer.getvalue())
    assert exhibit["pages"] == 1
    assert "Notes on this page [Note by J. Marsh, 12/05/2026 09:14] thistle: ask them" in all_words(out)


def test_very_long_notes_are_cut_with_a_word_and_the_page_stays(session: Session, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(noted("a letter came", note="thistle " * 2000))) as pdf:
        pdf.pages[0].obj.Annots[0].Subtype = Name.Highlight
        pdf.save(buffer)
    out = tmp_path / "out.pdf"
    assert shown(session, out, buffer.getvalue())["pages"] == 1
    assert "The rest of the notes on this page is in the original file." in all_words(out)
    assert "a letter came" in all_words(out)
