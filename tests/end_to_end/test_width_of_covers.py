"""The width of what is withheld tells nothing: pages that differ in the name alone look the same, and so do the places of their words."""

import io
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageChops
from reportlab.pdfgen.canvas import Canvas

from evidence_app.bundle.typeset.fonts import REGULAR, fonts
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from tests.support.bundles import concern, listed, make, manifest_in, picture_on, seal_with, words_on, words_read_off

NAMES = ("Ian Orr", "Eve Stone", "Marguerite Ashcombe", "Christopher Featherstonehaugh")
SIZE = 14.0


def letter(name: str, setting: str) -> bytes:
    """Return a PDF that says a name on a line set to the left, to the right, in the middle, or in both margins."""
    fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), initialFontName=REGULAR, invariant=1)  # type: ignore[arg-type]
    canvas.setFont(REGULAR, SIZE)
    line = f"On Monday {name} came to us, as was agreed"
    for y, text in ((700, "A line above it that is as wide as it is"), (660, line), (620, "and one below")):
        if text != line or setting == "left":
            canvas.drawString(72, y, text)
        elif setting == "right":
            canvas.drawRightString(523, y, text)
        elif setting == "middle":
            canvas.drawCentredString(297.5, y, text)
        else:
            _justified(canvas, text.split(), y)
    if setting == "right":
        canvas.drawRightString(523, 580, "a line that ends there too")
    canvas.save()
    return buffer.getvalue()


def _justified(canvas: Canvas, words: Sequence[str], y: float) -> None:
    widths = [canvas.stringWidth(word, REGULAR, SIZE) for word in words]
    space = (480 - sum(widths)) / (len(words) - 1)
    x = 72.0
    for word, width in zip(words, widths, strict=True):
        canvas.drawString(x, y, word)
        x += width + space


def boxes(out: Path, page: int) -> list[tuple[int, ...]]:
    document = pypdfium2.PdfDocument(out)
    try:
        text = document[page - 1].get_textpage()
        # Above the foot, which names the record.
        found = [text.get_charbox(place) for place in range(text.count_chars())]
        return [tuple(round(side) for side in box) for box in found if box[1] > 60]
    finally:
        document.close()


@pytest.mark.cases(2)
@pytest.mark.parametrize("setting", ["left", "right", "middle", "justified"])
def test_pages_that_differ_in_the_name_alone_look_the_same(setting: str, session: Session, tmp_path: Path) -> None:
    change_setting(session, "client_names", list(NAMES))
    seen: list[tuple[Image.Image, str, list[tuple[int, ...]]]] = []
    for number, name in enumerate(NAMES, start=1):
        content, out = letter(name, setting), tmp_path / f"{number}.pdf"
        index = seal_with(session, concern("A letter came."), {"letter.pdf": content})
        make(session, listed("sfo-review", [index], [content]), out)
        page = manifest_in(out)["exhibits"][0]["first_page"]
        shown = words_on(out, page).split("Exhibit 1", 1)[-1]
        seen.append((picture_on(out, page), shown.split("·")[0], boxes(out, page)))
    first = seen[0]
    assert "On Monday" in words_read_off(first[0])
    assert "came to us, as was agreed" in words_read_off(first[0])
    for picture, text, places in seen[1:]:
        assert picture.size == first[0].size
        # Pictures are JPEGs: a shadow of a few levels is theirs.
        assert (
            max(level for level, count in enumerate(ImageChops.difference(picture, first[0]).histogram()) if count)
            < 140
        )
        assert text == first[1]
        assert all(
            abs(one - other) <= 1
            for box, like in zip(places, first[2], strict=True)
            for one, other in zip(box, like, strict=True)
        )
