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


def test_a_ligature_names_the_letters_that_it_shows() -> None:
    assert not may_say_otherwise(LIGATURE)
    assert not may_say_otherwise(LIGATURE.replace("ffi", "Th"))
    assert not may_say_otherwise(LIGATURE + LIGATURE)


def test_where_something_is_withheld_a_ligature_is_other_words_too() -> None:
    assert may_say_otherwise(LIGATURE, strictly=True)
    assert not may_say_otherwise(BEFORE + BEHIND, strictly=True)


@pytest.mark.parametrize(
    "text",
    [
        BEFORE + named("Anwen", "(W) Tj") + BEHIND,
        BEFORE + named("wen", "(W) Tj") + BEHIND,
        BEFORE + named("", "(W) Tj") + BEHIND,
        BEFORE + named(" ", "(W) Tj") + BEHIND,
        BEFORE + named("ffi" * 20, "(W) Tj") + BEHIND,
        BEFORE + named("fi", "(Prothero) Tj") + BEHIND,
        BEFORE + named("fi", "(W) Tj") + named("fi", "(W) Tj") + BEHIND,
        BEFORE + named("fi", "(W) Tj (W) Tj") + BEHIND,
        BEFORE + named("fi", named("Anwen", "(W) Tj")) + BEHIND,
        BEFORE + BEHIND + " ET " + named("fi", "0 0 40 40 re f") + " BT",
    ],
)
def test_other_words_may_stand_under_what_is_named(text: str) -> None:
    assert may_say_otherwise(text)
