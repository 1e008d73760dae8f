"""Generator for the attachments of the demonstration, from JSON descriptions. Output is deterministic, byte for byte."""

from __future__ import annotations

import hashlib
import io
import itertools
import math
import random
from typing import TYPE_CHECKING, Any, Final

from evidence_app.errors import InputError
from evidence_app.files import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont
    from reportlab.pdfgen.canvas import Canvas

    from evidence_app.proof.encoding.json import JsonObject

PAPER_WHITE: Final = (250, 249, 245)
INK: Final = (38, 40, 44)
PEN: Final = (34, 48, 112)
"""Colours of paper, print and handwriting, in RGB."""
SCAN_SIZE: Final = (1240, 1754)
"""A4 at 150 dpi, in pixels."""
PHOTO_SIZE: Final = (1200, 1600)
"""Size of a photograph before cropping, in pixels."""
PAGE_WIDTH, PAGE_HEIGHT = 595.28, 841.89
"""A4 in points."""
MARGIN: Final = 68.0
"""Left and right margin of a printed page, in points."""

Point = tuple[float, float]


def make_paper(paper: JsonObject) -> bytes:
    """Generate the file for a description: a PDF, a JPEG or an Internet mail, by its member `sort`.

    Raises:
        InputError: `sort` is unknown, or a member that must be text is not.
    """
    makers = {"letter": _letter, "table": _table, "scan": _scan, "photo": _photo, "mail": _mail}
    maker = makers.get(_text(paper, "sort"))
    if maker is None:
        raise InputError(f"“sort” must be one of: {', '.join(makers)}.")
    return maker(paper)


def _text(paper: JsonObject, key: str) -> str:
    value = paper.get(key, "")
    if not isinstance(value, str):
        raise InputError(f"“{key}” of a paper must be text.")
    return value


def _lines(paper: JsonObject, key: str) -> list[str]:
    value = paper.get(key, [])
    return [str(item) for item in value] if isinstance(value, list) else []


def _rows(paper: JsonObject, key: str) -> list[list[str]]:
    value = paper.get(key, [])
    return [[str(cell) for cell in row] for row in value if isinstance(row, list)] if isinstance(value, list) else []


def _random(name: str) -> random.Random:
    """Return a random generator seeded with a name, so that names differ and runs do not."""
    return random.Random(name)  # noqa: S311 - it draws, it guards nothing


def _signature_stroke(name: str) -> Iterator[Point]:
    """Yield the points of a signature-like stroke between (0, 0) and about (1, 1)."""
    rng = _random(name)
    loops, lean = rng.uniform(5.5, 8.0), rng.uniform(0.05, 0.075)
    heights = [0.52, *(rng.uniform(0.10, 0.30) for _ in range(11)), 0.1]
    heights[rng.randrange(3, 7)] = 0.46
    # Loops as of a prolate cycloid, of varying height, while the pen moves to the right and slightly down.
    for n in range(421):
        low, part = divmod(n / 420 * 11, 1)
        height = heights[int(low)] * (1 - part) + heights[int(low) + 1] * part
        turn = n / 420 * loops * math.tau
        yield n / 420 * 0.9 + lean * math.cos(turn) + 0.05, 0.42 + height * math.sin(turn) - n / 5250


def _pdf(paper: JsonObject) -> tuple[io.BytesIO, Canvas]:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas as NewCanvas

    for style in ("Regular", "Bold", "Italic"):
        pdfmetrics.registerFont(TTFont(f"Paper{style}", str(resource(f"fonts/NotoSans-{style}.ttf"))))
    buffer = io.BytesIO()
    # reportlab's “invariant” leaves out dates and random IDs.
    options: dict[str, Any] = {"invariant": 1, "initialFontName": "PaperRegular"}
    canvas = NewCanvas(buffer, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), **options)
    canvas.setTitle(_text(paper, "subject"))
    return buffer, canvas


def _letterhead(canvas: Canvas, paper: JsonObject) -> float:
    """Draw letterhead and marking. Returns the y coordinate for the first line of the text, in points."""
    organisation, *address = _lines(paper, "letterhead") or [""]
    y = PAGE_HEIGHT - 62
    canvas.setFont("PaperBold", 15)
    canvas.setFillGray(0.12)
    canvas.drawString(MARGIN, y, organisation)
    canvas.setFont("PaperRegular", 8.5)
    canvas.setFillGray(0.35)
    for n, part in enumerate(address):
        canvas.drawRightString(PAGE_WIDTH - MARGIN, y + 6 - 11.5 * n, part)
    y -= 11.5 * max(1, len(address) - 1) + 4
    canvas.setStrokeGray(0.3)
    canvas.setLineWidth(0.9)
    canvas.line(MARGIN, y, PAGE_WIDTH - MARGIN, y)
    canvas.setFillGray(0.12)
    canvas.drawCentredString(PAGE_WIDTH / 2, 34, _text(paper, "marking"))
    return y - 34


def _paragraph(canvas: Canvas, text: str, y: float, *, font: str = "PaperRegular", size: float = 10.5) -> float:
    """Draw one paragraph over the full width of the text area. Returns the y coordinate below it, in points."""
    from reportlab.lib.utils import simpleSplit

    canvas.setFont(font, size)
    for part in simpleSplit(text, font, size, PAGE_WIDTH - 2 * MARGIN):
        canvas.drawString(MARGIN, y, part)
        y -= size * 1.45
    return y - size * 0.7


def _letter(paper: JsonObject) -> bytes:
    buffer, canvas = _pdf(paper)
    y = _letterhead(canvas, paper)
    canvas.setFont("PaperRegular", 10.5)
    for n, part in enumerate([_text(paper, "date"), *_lines(paper, "references")]):
        canvas.drawRightString(PAGE_WIDTH - MARGIN, y - 15 * n, part)
    for n, part in enumerate(_lines(paper, "to")):
        canvas.drawString(MARGIN, y - 15 * n, part)
    y -= 15 * max(len(_lines(paper, "to")), 1 + len(_lines(paper, "references"))) + 24
    y = _paragraph(canvas, _text(paper, "subject"), y, font="PaperBold", size=11.5) - 2
    for part in _lines(paper, "body"):
        y = _paragraph(canvas, part, y)
    y = _paragraph(canvas, _text(paper, "close"), y - 2)
    _sign(canvas, _text(paper, "signature"), y - 36)
    y = _paragraph(canvas, _text(paper, "signature"), y - 46, font="PaperBold")
    y = _paragraph(canvas, _text(paper, "signed_as"), y + 7, size=9.5)
    _paragraph(canvas, _text(paper, "copies"), y - 12, size=9)
    canvas.save()
    return buffer.getvalue()


def _sign(canvas: Canvas, name: str, y: float) -> None:
    """Draw a signature-like stroke for a name, with its baseline at y."""
    stroke = [(MARGIN + 118 * along, y + 44 * up) for along, up in _signature_stroke(name)]
    path = canvas.beginPath()
    path.moveTo(*stroke[0])
    for point in stroke[1:]:
        path.lineTo(*point)
    canvas.setStrokeColorRGB(*(part / 255 for part in PEN))
    canvas.setLineWidth(0.9)
    canvas.setLineJoin(1)
    canvas.drawPath(path)


def _table(paper: JsonObject) -> bytes:
    buffer, canvas = _pdf(paper)
    y = _paragraph(canvas, _text(paper, "subject"), _letterhead(canvas, paper), font="PaperBold", size=13)
    y = _paragraph(canvas, _text(paper, "date"), y + 6, size=9.5) - 4
    shares = list(itertools.accumulate((float(share) for share in _lines(paper, "widths")), initial=0.0))
    edges = [MARGIN + (PAGE_WIDTH - 2 * MARGIN) * share / shares[-1] for share in shares]
    y += 12
    for n, row in enumerate([_lines(paper, "columns"), *_rows(paper, "rows")]):
        y = _table_row(canvas, edges, row, y, heading=n == 0)
    y -= 22
    for part in _lines(paper, "notes"):
        y = _paragraph(canvas, part, y, size=9)
    canvas.save()
    return buffer.getvalue()


def _table_row(canvas: Canvas, edges: Sequence[float], row: Sequence[str], y: float, *, heading: bool) -> float:
    """Draw one table row with its rules, numbers right-aligned. Returns the y coordinate of its lower rule, in points."""
    from reportlab.lib.utils import simpleSplit

    font, size, pad = ("PaperBold" if heading else "PaperRegular"), 9.0, 5.0
    columns = list(zip(row, itertools.pairwise(edges), strict=True))
    cells = [(simpleSplit(text, font, size, right - left - 2 * pad), left, right) for text, (left, right) in columns]
    height = max(len(cell) for cell, _, _ in cells) * 12.5 + 8
    if heading:
        canvas.setFillGray(0.9)
        canvas.rect(edges[0], y - height, edges[-1] - edges[0], height, stroke=0, fill=1)
    canvas.setFillGray(0.12)
    canvas.setFont(font, size)
    for cell, left, right in cells:
        for n, part in enumerate(cell):
            baseline = y - 13.5 - 12.5 * n
            number = part.rstrip("%").replace(".", "").isdigit()
            (canvas.drawRightString if number else canvas.drawString)(
                right - pad if number else left + pad, baseline, part
            )
    canvas.setStrokeGray(0.55)
    canvas.setLineWidth(0.5)
    canvas.rect(edges[0], y - height, edges[-1] - edges[0], height, stroke=1, fill=0)
    for edge in edges[1:-1]:
        canvas.line(edge, y, edge, y - height)
    return y - height


def _font(style: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(resource(f"fonts/NotoSans-{style}.ttf"), size, layout_engine=ImageFont.Layout.BASIC)


def _draw_wrapped(draw: ImageDraw, text: str, origin: Point, font: FreeTypeFont, width: int) -> float:
    """Draw text wrapped to a width in pixels. Returns the y coordinate below it."""
    x, y = origin
    line = ""
    for word in [*text.split(), ""]:
        if not word or draw.textlength(f"{line} {word}", font=font) > width:
            draw.text((x, y), line, font=font, fill=INK)
            y += font.size * 1.42
            line = ""
        line = f"{line} {word}".strip()
    return y


def _scan(paper: JsonObject) -> bytes:
    from PIL import Image, ImageDraw

    page = Image.new("RGB", SCAN_SIZE, PAPER_WHITE)
    draw = ImageDraw.Draw(page)
    left, measure = 140, SCAN_SIZE[0] - 280
    y = _draw_wrapped(draw, " · ".join(_lines(paper, "letterhead")), (left, 110), _font("Regular", 22), measure) + 14
    draw.line((left, y, left + measure, y), fill=INK, width=2)
    y = _draw_wrapped(draw, _text(paper, "subject"), (left, y + 44), _font("Bold", 38), measure) + 16
    for part in _lines(paper, "body"):
        y = _draw_wrapped(draw, part, (left, y), _font("Regular", 26), measure) + 18
    y += 50
    for who, day in _rows(paper, "signatures"):
        stroke = [(left + 20 + 300 * along, y + 74 - 104 * up) for along, up in _signature_stroke(who.split(",")[0])]
        draw.line(stroke, fill=PEN, width=3, joint="curve")
        draw.text((left + 660, y + 26), day, font=_font("Italic", 32), fill=PEN)
        for x, length, label in ((left, 480, who), (left + 630, 270, "Date")):
            draw.line((x, y + 84, x + length, y + 84), fill=INK, width=1)
            draw.text((x, y + 92), label, font=_font("Regular", 21), fill=INK)
        y += 176
    draw.text((left, SCAN_SIZE[1] - 110), _text(paper, "foot"), font=_font("Regular", 20), fill=INK)
    rng = _random(_text(paper, "name"))
    # A slightly skewed sheet, as after a scanner's document feeder.
    tilted = page.rotate(rng.uniform(0.5, 0.9), Image.Resampling.BICUBIC, fillcolor=(214, 214, 210))
    return _as_jpeg(tilted, rng, grain=0.10, darkest=226, dpi=150)


def _as_jpeg(picture: Image, rng: random.Random, *, grain: float, darkest: int, dpi: int) -> bytes:
    """Return a picture as JPEG, with grey noise and light that falls off from the upper left down to `darkest` of 255."""
    from PIL import Image, ImageChops, ImageFilter

    width, height = picture.size
    noise = Image.frombytes("L", picture.size, rng.randbytes(width * height)).filter(ImageFilter.GaussianBlur(0.7))
    left, top = int(width * 0.65), int(height * 0.72)
    falloff = Image.radial_gradient("L").resize((width * 2, height * 2), Image.Resampling.BICUBIC)
    falloff = falloff.crop((left, top, left + width, top + height))
    light = falloff.point([max(darkest, 255 - level * (255 - darkest) // 200) for level in range(256)])
    lit = ImageChops.multiply(Image.blend(picture, noise.convert("RGB"), grain), light.convert("RGB"))
    buffer = io.BytesIO()
    lit.save(buffer, "JPEG", quality=78, dpi=(dpi, dpi))
    return buffer.getvalue()


def _photo(paper: JsonObject) -> bytes:
    from PIL import Image, ImageDraw, ImageFilter

    rng = _random(_text(paper, "name"))
    scene = Image.new("RGB", PHOTO_SIZE, (205, 200, 186))
    draw = ImageDraw.Draw(scene)
    _door(draw, rng)
    draw.rounded_rectangle((484, 336, 868, 444), 8, fill=(112, 88, 60))
    draw.rounded_rectangle((480, 330, 864, 438), 8, fill=(238, 238, 234), outline=(150, 150, 146), width=2)
    for n, part in enumerate(_lines(paper, "sign")):
        draw.text((672, 362 + 44 * n), part, font=_font("Regular" if n else "Bold", 27), fill=INK, anchor="mm")
    sheet = _sheet(paper).rotate(-1.6, Image.Resampling.BICUBIC, expand=True)
    shadow = Image.new("RGBA", sheet.size, (60, 42, 24, 0))
    shadow.putalpha(sheet.getchannel("A").point([level // 3 for level in range(256)]))
    scene.paste(shadow, (500, 564), shadow)
    scene.paste(sheet, (492, 554), sheet)
    turned = scene.rotate(0.9, Image.Resampling.BICUBIC).crop((30, 30, PHOTO_SIZE[0] - 30, PHOTO_SIZE[1] - 30))
    soft = turned.filter(ImageFilter.GaussianBlur(0.8))
    return _as_jpeg(soft, rng, grain=0.09, darkest=118, dpi=72)


def _door(draw: ImageDraw, rng: random.Random) -> None:
    """Draw a closed office door with a dark window, in a wall above a carpet."""
    width, height = PHOTO_SIZE
    draw.rectangle((0, 1430, width, 1490), fill=(228, 225, 216))
    draw.rectangle((0, 1490, width, height), fill=(84, 90, 102))
    draw.rectangle((232, 92, 968, 1490), fill=(168, 164, 152))
    draw.rectangle((240, 100, 960, 1490), fill=(233, 230, 222))
    draw.rectangle((283, 143, 917, 1490), fill=(92, 74, 52))
    draw.rectangle((288, 148, 912, 1480), fill=(186, 151, 110))
    for _ in range(240):
        x, top = rng.randrange(290, 910), rng.randrange(150, 1300)
        shade = rng.randrange(-9, 6)
        grain = (186 + shade, 151 + shade, 110 + shade)
        draw.line((x, top, x + rng.randrange(-3, 4), min(1478, top + rng.randrange(120, 600))), fill=grain, width=2)
    draw.rectangle((330, 318, 432, 850), fill=(138, 108, 74))
    draw.rectangle((338, 326, 424, 842), fill=(40, 45, 51))
    draw.polygon(((338, 520), (424, 410), (424, 452), (338, 566)), fill=(58, 64, 71))
    draw.rounded_rectangle((318, 922, 362, 1090), 10, fill=(176, 178, 180), outline=(120, 122, 124), width=2)
    draw.rounded_rectangle((326, 964, 448, 990), 12, fill=(152, 154, 157))
    draw.line((338, 970, 436, 970), fill=(212, 214, 216), width=4)
    draw.ellipse((332, 1032, 348, 1048), fill=(70, 70, 72))


def _sheet(paper: JsonObject) -> Image:
    """Return the picture of a printed list with two pins, with an alpha channel."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGBA", (360, 500), (*PAPER_WHITE, 255))
    draw = ImageDraw.Draw(sheet)
    y = _draw_wrapped(draw, _text(paper, "subject"), (26, 38), _font("Bold", 25), 310) + 10
    for left, right in _rows(paper, "rows"):
        draw.line((24, y, 336, y), fill=(150, 150, 150))
        draw.text((28, y + 6), left, font=_font("Regular", 19), fill=INK)
        draw.text((166, y + 6), right, font=_font("Italic", 19), fill=PEN)
        y += 37
    draw.line((24, y, 336, y), fill=(150, 150, 150))
    for x in (34, 326):
        draw.ellipse((x - 8, 8, x + 8, 24), fill=(176, 44, 40))
    return sheet


def _mail(paper: JsonObject) -> bytes:
    """Build an Internet mail (RFC 5322) with its headers in the given order and CRLF line ends.

    With `report` it is a multipart/report (RFC 6522), by default a disposition notification (MDN, RFC 8098), else of `report_type`.
    """
    body, report = _text(paper, "text"), _rows(paper, "report")
    content = [["Content-Type", "text/plain; charset=utf-8"], ["Content-Transfer-Encoding", "8bit"]]
    if report:
        boundary = "=_" + hashlib.sha256(_text(paper, "name").encode()).hexdigest()[:24]
        report_type = _text(paper, "report_type") or "disposition-notification"
        parts = [
            f"{_header_lines(content)}\n{body}",
            f"Content-Type: message/{report_type}\n\n{_header_lines(report)}\n",
        ]
        if returned := _rows(paper, "returned"):
            parts.append(f"Content-Type: text/rfc822-headers\n\n{_header_lines(returned)}\n")
        body = "".join(f"--{boundary}\n{part}\n" for part in parts) + f"--{boundary}--\n"
        kind = f'multipart/report; report-type={report_type};\n\tboundary="{boundary}"'
        content = [["Content-Type", kind]]
    headers = [*_rows(paper, "headers"), ["MIME-Version", "1.0"], *content]
    return f"{_header_lines(headers)}\n{body.rstrip()}\n".replace("\n", "\r\n").encode()


def _header_lines(headers: Sequence[Sequence[str]]) -> str:
    """Return header lines. A row without a name becomes an empty line, which separates the groups of fields in a report."""
    return "".join(f"{name}: {value}\n" if name else "\n" for name, value in headers)
