"""What the makers of exhibit pages share: the page and area for something of a size, captions, and their result."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from evidence_app.bundle.exhibits.image_redaction import ExhibitRedaction
from evidence_app.bundle.exhibits.text_layer import Piece
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import A4, HiddenWord, Page, Picture
from evidence_app.bundle.typeset.tag_tree import Element
from evidence_app.errors import InputError

SIDE: Final = 30.0
HEAD: Final = 58.0
FOOT: Final = 54.0
MAX_PAGES: Final = 5_000
JPEG_QUALITY: Final = 82


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """How an exhibit is to be made: with what withheld, rendered even where it could be placed, and what is told of each page, which may raise to stop.

    `shown` are the digests of the bundle's exhibits: a file in a mail that is one of them is not shown again.
    """

    redaction: ExhibitRedaction = field(default_factory=ExhibitRedaction)
    as_images: bool = False
    tick: Callable[[], None] = lambda: None
    shown: frozenset[str] = frozenset()


@dataclass(slots=True)
class PreparedExhibit:
    """An exhibit's pages. `placed` says for each page what of `document` goes on it, if anything.

    `how` is for the conformance sheet: placed, rendered, image, text or slip; `remark` says why. `recognised` counts the pages whose words were
    recognised, `covered` says that something in it is withheld, `left_out` names the pages that are not shown. `enclosed` are the files in it,
    by the place of their first page.
    """

    exhibit: Exhibit
    pages: list[Page]
    how: str
    remark: str = ""
    document: Any = None
    placed: dict[int, Placement] = field(default_factory=dict)
    has_text: bool = True
    recognised: int = 0
    covered: bool = False
    left_out: str = ""
    count: int = 0
    enclosed: list[tuple[int, str]] = field(default_factory=list)

    def close(self) -> None:
        """Let go of the document that its pages come from, which holds some kilobytes for each."""
        if self.document is not None:
            self.document.close()
            self.document = None


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
    which = f"Exhibit {exhibit.label}" + (f", page {number} of {count}" if count > 1 else "")
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


def chosen_pages(exhibit: Exhibit, count: int) -> list[int]:
    """Return which pages of an exhibit go in, from 0.

    Raises:
        InputError: the plan asks for one that is not there.
    """
    ranges = exhibit.chosen.pages
    if not ranges:
        return list(range(count))
    if ranges[-1][1] > count:
        raise InputError(
            f"Exhibit {exhibit.number} has {count} page{'' if count == 1 else 's'}; the plan asks for page {ranges[-1][1]}."
        )
    return [page for first, last in ranges for page in range(first - 1, last)]


def pages_left_out(count: int, chosen: Sequence[int]) -> str:
    """Say which pages, from 1, are not shown."""
    missing = sorted(set(range(count)) - set(chosen))
    runs: list[list[int]] = []
    for page in missing:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first + 1) if first == last else f"{first + 1} to {last + 1}" for first, last in runs)


def words_in(pieces: Sequence[Piece], area: tuple[float, float, float, float]) -> tuple[HiddenWord, ...]:
    """Return words with their boxes in points on a page, the picture of which fills an area (x, y, width, height)."""
    x, y, w, h = area
    return tuple(
        (
            x + each.left * w,
            y + (1 - each.bottom) * h,
            (each.right - each.left) * w,
            (each.bottom - each.top) * h,
            each.text,
        )
        for each in pieces
    )


def picture_area(page: Page) -> tuple[float, float, float, float] | None:
    """Return the area (x, y, width, height) of the picture on a page, if there is one."""
    return next(((each.x, each.y, each.width, each.height) for each in page.marks if isinstance(each, Picture)), None)
