"""Pages of other documents as form XObjects: drawn exactly like the page."""

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from reportlab.pdfgen.canvas import Canvas

from evidence_app.bundle.pdf.form_xobjects import FormMaker

SIDE = 300


def source(texts: list[str]) -> pikepdf.Pdf:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(SIDE, SIDE), pageCompression=1, invariant=1)
    for text in texts:
        canvas.drawString(40, 200, text)
        canvas.rect(30, 30, 90, 50, fill=1)
        canvas.showPage()
    canvas.save()
    with pikepdf.open(buffer) as drawn:
        for page in drawn.pages:
            # As most programs write it: by one filter.
            page.obj.Contents.write(page.obj.Contents.read_bytes())
            page.obj.TrimBox = Array([0, 0, SIDE, SIDE])
        document = pikepdf.open(io.BytesIO(saved(drawn)))
    assert document.pages[0].obj.Contents.Filter == Name.FlateDecode
    return document


def as_seen(content: bytes) -> list[bytes]:
    document = pypdfium2.PdfDocument(content)
    try:
        return [page.render(scale=1).to_pil().convert("L").tobytes() for page in document]
    finally:
        document.close()


def saved(pdf: pikepdf.Pdf) -> bytes:
    buffer = io.BytesIO()
    pdf.save(buffer)
    return buffer.getvalue()


def placed(document: pikepdf.Pdf) -> bytes:
    """Return a file each page of which draws the same page of the document as a form."""
    with pikepdf.new() as pdf:
        forms = FormMaker(pdf)
        for number in range(len(document.pages)):
            pdf.add_blank_page(page_size=(SIDE, SIDE))
            name = pdf.pages[number].add_resource(forms.make(document, number), Name.XObject)
            pdf.pages[number].obj.Contents = pdf.make_stream(f"{name} Do".encode())
        return saved(pdf)


def leave_as_it_is(document: pikepdf.Pdf) -> None:
    """The page of a program that writes plainly."""


def turn(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Rotate = 180


def in_parts(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Contents = Array([document.make_stream(b"0 0 1 rg"), document.pages[0].obj.Contents])


def inherit(document: pikepdf.Pdf) -> None:
    document.Root.Pages.Resources = document.pages[0].obj.Resources
    for page in document.pages:
        del page.obj.Resources


def uncompress(document: pikepdf.Pdf) -> None:
    for page in document.pages:
        page.obj.Contents = document.make_stream(page.obj.Contents.read_bytes())


def group(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceRGB)


def share(document: pikepdf.Pdf) -> None:
    """One stream, which draws a box on one page and nothing on the other."""
    stream = document.make_stream(b"/Box Do")
    box: Any = pikepdf.Stream(document, b"10 10 80 80 re f")
    box.Type, box.Subtype, box.BBox = Name.XObject, Name.Form, Array([0, 0, SIDE, SIDE])
    empty: Any = pikepdf.Stream(document, b"")
    empty.Type, empty.Subtype, empty.BBox = Name.XObject, Name.Form, Array([0, 0, SIDE, SIDE])
    for page, form in zip(document.pages, (box, empty), strict=True):
        page.obj.Contents = stream
        page.obj.Resources = Dictionary(XObject=Dictionary(Box=document.make_indirect(form)))


@pytest.mark.parametrize("change", [leave_as_it_is, turn, in_parts, inherit, uncompress, group, share])
def test_a_form_xobject_draws_what_its_page_draws(change: Any) -> None:
    with source(["One", "Two"]) as document:
        change(document)
        pages = as_seen(saved(document))
        assert len(set(pages)) == 2, "the two pages must differ, or the comparison says nothing"
        assert as_seen(placed(document)) == pages


def test_pages_of_two_documents_with_resources_of_one_name() -> None:
    """“1 0 R” is another font in another file."""
    with source(["One"]) as first, source(["Two"]) as second, pikepdf.new() as pdf:
        second.pages[0].obj.Resources.Font.F1.BaseFont = Name("/Courier-Bold")
        assert first.pages[0].obj.Resources.unparse() == second.pages[0].obj.Resources.unparse()
        forms = FormMaker(pdf)
        fonts = [forms.make(document, 0).Resources.Font.F1.BaseFont for document in (first, second)]
        assert fonts == [Name.Helvetica, Name("/Courier-Bold")]
