"""Pages that show words by what no text extraction looks into: patterns, masks, drawn fonts, pictures in odd places and deep in forms."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from evidence_app.documents.foreign_pdf import ForeignPdf

LINE = "BT /F 12 Tf 60 700 Td (The client said that he was to come in the morning) Tj ET "
PICTURE = "q 200 0 0 40 60 600 cm /I Do Q "
Resources = pikepdf.Dictionary


def opened(content: str, add: Callable[[pikepdf.Pdf, Resources], None] = lambda _pdf, _resources: None) -> ForeignPdf:
    """Return a page with a line of text and content, with more resources."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        resources = Dictionary(
            Font=Dictionary(F=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        add(pdf, resources)
        page.Resources = resources
        page.Contents = pdf.make_stream((LINE + content).encode())
        pdf.save(out)
    return ForeignPdf(out.getvalue())


def is_recognised(pdf: ForeignPdf) -> bool:
    return pdf.page(0)[1] is not None and pdf.reader.may_show_more(0)


def picture(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    facts = {"Width": 20, "Height": 4, "ColorSpace": Name.DeviceGray, "BitsPerComponent": 8}
    return pdf.make_stream(bytes(80), Type=Name.XObject, Subtype=Name.Image, **facts)


def form(pdf: pikepdf.Pdf, content: str, resources: Resources, **more: object) -> pikepdf.Stream:
    box = Array([0, 0, 595, 842])
    return pdf.make_stream(
        content.encode(), Type=Name.XObject, Subtype=Name.Form, BBox=box, Resources=resources, **more
    )


def with_picture(pdf: pikepdf.Pdf, resources: Resources) -> None:
    resources.XObject = Dictionary(I=picture(pdf))


def deep(pdf: pikepdf.Pdf, resources: Resources) -> None:
    inner = Dictionary(XObject=Dictionary(I=picture(pdf)))
    drawn = form(pdf, PICTURE, inner)
    for _ in range(20):
        drawn = form(pdf, "/X Do", Dictionary(XObject=Dictionary(X=drawn)))
    resources.XObject = Dictionary(X=drawn)


def masked(pdf: pikepdf.Pdf, resources: Resources) -> None:
    group = Dictionary(S=Name.Transparency, CS=Name.DeviceGray)
    shown = form(pdf, "1 g BT /F 30 Tf 60 600 Td (Anwen) Tj ET", Dictionary(Font=resources.Font), Group=group)
    resources.ExtGState = Dictionary(G=Dictionary(SMask=Dictionary(S=Name.Luminosity, G=shown)))


def patterned_form(pdf: pikepdf.Pdf, resources: Resources) -> None:
    tile = pdf.make_stream(
        b"BT /F 30 Tf (Anwen) Tj ET",
        PatternType=1,
        PaintType=1,
        TilingType=1,
        BBox=Array([0, 0, 200, 40]),
        XStep=200,
        YStep=40,
        Resources=Dictionary(Font=resources.Font),
    )
    inner = Dictionary(Pattern=Dictionary(P=tile))
    resources.XObject = Dictionary(X=form(pdf, "/Pattern cs /P scn 60 590 300 40 re f", inner))


def drawn_font(pdf: pikepdf.Pdf, resources: Resources) -> None:
    sign = pdf.make_stream(b"800 0 0 0 800 700 d1 0 0 700 700 re f")
    resources.Font.T = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type3,
        FontBBox=Array([0, 0, 800, 800]),
        FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]),
        CharProcs=Dictionary(a=sign),
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.a])),
        FirstChar=97,
        LastChar=97,
        Widths=Array([800]),
    )


def test_a_line_of_text_is_all_there_is() -> None:
    pdf = opened("")
    assert pdf.page(0)[1] is None
    assert not pdf.reader.may_show_more(0)


@pytest.mark.parametrize(
    ("content", "add"),
    [
        (PICTURE, with_picture),
        (f"q 1 0 0 1 {'9' * 39}.0 0 cm /I Do Q {PICTURE}", with_picture),
        ("/X Do", deep),
        ("q /G gs 60 590 300 40 re f Q", masked),
        ("/X Do", patterned_form),
        ("BT /T 12 Tf 60 600 Td (a) Tj ET", drawn_font),
    ],
    ids=[
        "a picture",
        "a picture behind one at no place",
        "deep in forms",
        "a mask",
        "a pattern in a form",
        "a drawn font",
    ],
)
def test_what_text_extraction_does_not_look_into_is_recognised(
    content: str, add: Callable[[pikepdf.Pdf, Resources], None]
) -> None:
    assert is_recognised(opened(content, add))


def test_forms_that_hold_each_other_are_looked_at_once() -> None:
    def circle(pdf: pikepdf.Pdf, resources: Resources) -> None:
        one = form(pdf, "/X Do", Dictionary())
        one.Resources = Dictionary(XObject=Dictionary(X=pdf.make_indirect(one)))
        resources.XObject = Dictionary(X=one)

    assert opened("", circle).page(0)[0].has_words
