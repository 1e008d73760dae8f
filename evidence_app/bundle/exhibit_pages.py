"""What the makers of exhibit pages share: the page and area for something of a size, captions, and their result."""

import io
from dataclasses import dataclass, field, replace
from typing import Any, Final

from evidence_app.bundle import typesetting as t
from evidence_app.bundle.plan import Exhibit
from evidence_app.bundle.structure import Element
from evidence_app.bundle.typesetting import A4, BOLD, Page, Picture

SIDE: Final = 30.0
HEAD: Final = 58.0
FOOT: Final = 54.0
MOST_PAGES: Final = 5_000
JPEG_QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class Placement:
    """A PDF page that is put on one of ours: which, into which area (x, y, width, height), and as what in the structure."""

    source: int
    area: tuple[float, float, float, float]
    tag: Element


@dataclass(slots=True)
class PreparedExhibit:
    """An exhibit's pages. `placed` says for each page what of `document` goes on it, if anything.

    `how` is for the conformance sheet: placed, rendered, image, text or slip; `remark` says why.
    """

    exhibit: Exhibit
    pages: list[Page]
    how: str
    remark: str = ""
    document: Any = None
    placed: dict[int, Placement] = field(default_factory=dict)
    has_text: bool = True


class CannotShow(Exception):
    """An attachment cannot be shown as pages. Its message says why."""


def area_for(width: float, height: float) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """Return the page for something of this size, and the area it goes into: never enlarged, landscape kept."""
    page = (A4[1], A4[0]) if width > height else A4
    room = (page[0] - 2 * SIDE, page[1] - HEAD - FOOT)
    scale = min(1.0, room[0] / width, room[1] / height)
    w, h = width * scale, height * scale
    return page, ((page[0] - w) / 2, FOOT + (room[1] - h), w, h)


def caption(page: Page, exhibit: Exhibit, number: int, count: int) -> Page:
    """Say on a page which exhibit it is, and which page of it."""
    which = f"Exhibit {exhibit.number}" + (f", page {number} of {count}" if count > 1 else "")
    page.marks.insert(0, t.Text(t.MARGIN, page.size[1] - 47, BOLD, 8.5, t.TEAL, which, Element("P")))
    for place, mark in enumerate(page.marks):
        if isinstance(mark, Picture) and mark.tag is None:
            page.marks[place] = replace(mark, tag=Element("Figure", None, f"{which}, shown as a picture"))
    page.plain = True
    return page


def jpeg(image: Any) -> bytes:
    """Return an image as JPEG."""
    buffer = io.BytesIO()
    image.convert("RGB").save(buffer, "JPEG", quality=JPEG_QUALITY, optimize=True)
    return buffer.getvalue()
