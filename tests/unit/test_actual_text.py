"""Text that names other words than it shows is recognised; a ligature that names its letters, as browsers write it, is not."""

import io

import pikepdf
import pypdfium2
import pytest

from evidence_app.documents.pdf.drawn_shapes import may_show_words

BEFORE, BEHIND = "(The o) Tj ", " (cer was told) Tj"


def may_say_otherwise(text: str, *, strictly: bool = False) -> bool:
    """Return whether a page with a line of text may show other words than it names."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        page.Contents = pdf.make_stream(f"BT /F 12 Tf 60 400 Td {text} ET".encode())
        pdf.save(out)
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        return may_show_words(document[0], strictly=strictly)
    finally:
        document.close()


def named(letters: str, shown: str) -> str:
    return f"/Span <</ActualText ({letters}) >> BDC {shown} EMC"


LIGATURE = BEFORE + named("ffi", "(W) Tj") + BEHIND


@pytest.mark.parametrize(
    "text",
    [
        LIGATURE,
        BEFORE + named("fi", "(n) Tj") + BEHIND,
        LIGATURE + LIGATURE,
        f"0 1 -1 0 300 100 Tm {LIGATURE}",
        f"3 0 0 3 60 100 Tm {LIGATURE}",
        " ".join(f"1 0 0 1 60 {600 - 14 * line} Tm {LIGATURE}" for line in range(30)),
        " ".join(f"0 1 -1 0 {100 + 14 * line} 100 Tm {LIGATURE}" for line in range(30)),
    ],
)
def test_a_ligature_names_the_letters_that_it_shows(text: str) -> None:
    assert not may_say_otherwise(text)


def test_where_something_is_withheld_a_ligature_is_other_words_too() -> None:
    assert may_say_otherwise(LIGATURE, strictly=True)
    assert not may_say_otherwise(BEFORE + BEHIND, strictly=True)


@pytest.mark.parametrize(
    "text",
    [
        BEFORE + named("Anwen", "(n) Tj") + BEHIND,
        BEFORE + named("wen", "(n) Tj") + BEHIND,
        BEFORE + named("", "(W) Tj") + BEHIND,
        BEFORE + named(" ", "(W) Tj") + BEHIND,
        BEFORE + named("ffi" * 20, "(W) Tj") + BEHIND,
        BEFORE + named("fi", "(Prothero) Tj") + BEHIND,
        BEFORE + named("fi", "(n) Tj") + named("fi", "(n) Tj") + BEHIND,
        BEFORE + named("fi", "(n) Tj (n) Tj") + BEHIND,
        BEFORE + named("fi", "(n) Tj") + "( ) Tj " + named("fi", "(n) Tj") + BEHIND,
        BEFORE + named("fi", "(n) Tj") + "/F 0.1 Tf ( ) Tj /F 12 Tf " + named("fi", "(n) Tj") + BEHIND,
        f"{BEFORE}{named('fi', '(n) Tj')} 1 0 0 1 60 300 Tm (Otherwise) Tj 1 0 0 1 105 400 Tm {named('fi', '(n) Tj')}",
        *(BEFORE + named("ffi", f"({name}) Tj") + BEHIND for name in ("Bill", "Ali", "Kit", "Ian", "Jo", "Ed", "Ira")),
        " ".join(f"1 0 0 1 60 {600 - 10 * line} Tm {named('fi', '(d) Tj')}" for line in range(6)) + BEHIND,
        "0 1 -1 0 300 100 Tm " + named("fi", "(n) Tj") + "( ) Tj " + named("fi", "(n) Tj") + BEHIND,
        "/A <</B 1>> BDC " * 9 + BEFORE + "EMC " * 9,
        BEFORE + named("fi", named("Anwen", "(W) Tj")) + BEHIND,
        BEFORE + BEHIND + " ET " + named("fi", "0 0 40 40 re f") + " BT",
    ],
)
def test_other_words_may_stand_under_what_is_named(text: str) -> None:
    assert may_say_otherwise(text)
