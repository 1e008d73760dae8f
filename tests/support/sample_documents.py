"""Invented documents for exhibits: PDF letters with words at known positions, rotated pages, forms, notes and pictures."""

import io
from collections.abc import Sequence
from typing import Any

import pikepdf
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from evidence_app.bundle.typeset.fonts import REGULAR, fonts
from evidence_app.files import resource

WIDTH, HEIGHT = 595.0, 842.0
LEFT, TOP, LEADING = 72.0, 100.0, 40.0
SIZE = 14


def letter(*pages: Sequence[str], font: str = REGULAR, at_once: bool = False) -> bytes:
    """Return a PDF, each page of which has its lines 40 points below one another, the first 100 points below the top.

    With the program's own font its pages can be placed as they stand; with Helvetica, which is not embedded, they cannot.
    """
    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), initialFontName=font, invariant=1)  # type: ignore[arg-type]
    for lines in pages:
        canvas.setFont(font, SIZE)
        for number, line in enumerate(lines):
            canvas.drawString(LEFT, HEIGHT - TOP - LEADING * number, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def line_area(number: int) -> tuple[float, float, float, float]:
    """Return the area of a line of `letter`, from 0, in fractions from the top left."""
    base = TOP + LEADING * number
    return LEFT / WIDTH - 0.01, (base - 14) / HEIGHT, 0.95, (base + 6) / HEIGHT


def turned(content: bytes, turn: int) -> bytes:
    """Return a PDF whose first page is shown turned by so many degrees."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].obj["/Rotate"] = turn
        pdf.save(out)
    return out.getvalue()


def filled_form(words: str, *, value: str) -> bytes:
    """Return a PDF with a field that somebody has filled in: its value is in no page's content."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter([words]))) as pdf:
        page = pdf.pages[0]
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("number"),
                V=pikepdf.String(value),
                DA=pikepdf.String("/Helv 12 Tf 0 g"),
                Rect=pikepdf.Array([72, 500, 400, 520]),
                F=4,
                P=page.obj,
            )
        )
        helvetica = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj["/Annots"] = pikepdf.Array([field])
        pdf.Root["/AcroForm"] = pdf.make_indirect(
            pikepdf.Dictionary(
                Fields=pikepdf.Array([field]),
                DA=pikepdf.String("/Helv 12 Tf 0 g"),
                DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=helvetica)),
            )
        )
        pdf.generate_appearance_streams()
        pdf.save(out)
    return out.getvalue()


def noted(words: str, *, note: str) -> bytes:
    """Return a PDF on which somebody has typed a note with a PDF reader: it lies over the page, not in its content."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter([words]))) as pdf, pikepdf.open(io.BytesIO(letter(["", note]))) as other:
        look = pdf.make_stream(other.pages[0].Contents.read_bytes())
        look["/Type"], look["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
        look["/BBox"] = pikepdf.Array([0, 0, WIDTH, HEIGHT])
        look["/Resources"] = pdf.copy_foreign(other.pages[0].obj).Resources
        annotation = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.FreeText,
            Rect=pikepdf.Array([0, 0, WIDTH, HEIGHT]),
            Contents=pikepdf.String(note),
            F=4,
            AP=pikepdf.Dictionary(N=look),
        )
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(annotation)])
        pdf.save(out)
    return out.getvalue()


def picture(
    *, size: tuple[int, int] = (800, 600), square: tuple[int, int, int, int] = (200, 150, 400, 300), **more: Any
) -> bytes:
    """Return a white picture with a red square on it, as JPEG; `more` is what else the file says, such as a comment."""
    image = Image.new("RGB", size, (255, 255, 255))
    ImageDraw.Draw(image).rectangle(square, fill=(220, 20, 20))
    buffer = io.BytesIO()
    image.save(buffer, more.pop("format", "JPEG"), **more)
    return buffer.getvalue()


def exif(words: str) -> Image.Exif:
    """Return EXIF data in which somebody is named as the artist, with a description."""
    data = Image.Exif()
    data[0x010E] = words
    data[0x013B] = words
    return data


def scan(lines: Sequence[str], turn: int = 0) -> bytes:
    """Return a scanned page as PNG: words as pixels at 200 dpi, a little grey, turned by so many degrees."""
    image = Image.new("L", (1654, 2339), 252)
    font = ImageFont.truetype(str(resource("fonts/NotoSans-Regular.ttf")), 38)
    for number, line in enumerate(lines):
        ImageDraw.Draw(image).text((180, 240 + 90 * number), line, font=font, fill=20)
    buffer = io.BytesIO()
    image.rotate(-turn, expand=True).save(buffer, "PNG")
    return buffer.getvalue()
