"""Shared by the modules that make exhibit pages: options and result, page size and area, captions, page selection, text layers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from evidence_app.bundle.exhibits.image_redaction import ExhibitRedaction
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD
from evidence_app.bundle.typeset.page_writer import A4, HiddenWord, Page, Picture
from evidence_app.bundle.typeset.tag_tree import Element
from evidence_app.documents.shown_words import ShownPage, ShownWord
from evidence_app.errors import InputError

SIDE: Final = 30.0
HEAD: Final = 58.0
FOOT: Final = 54.0
"""Margins of an exhibit page in points: left and right, top, bottom."""
MAX_PAGES: Final = 5_000
"""Pages of one exhibit."""


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """Options for making an exhibit's pages.

    `veil` is what is withheld; `as_images` has PDF pages rendered even where they could be placed; `tick` is called before each page and
    may raise to stop. `shown` are the SHA-256 digests, in hexadecimal, of the bundle's exhibits: a file in a mail that is one of them is
    not shown again.
    """

    redaction: ExhibitRedaction = field(default_factory=ExhibitRedaction)
    as_images: bool = False
    tick: Callable[[], None] = lambda: None
    shown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageInDoubt:
    """A page on which words may have been missed: of which exhibit, as it is printed, its number from 1, the file's SHA-256, and why."""

    label: str
    page: int
    digest: str
    why: str


@dataclass(slots=True)
class PreparedExhibit:
    """An exhibit's pages, laid out. `placed` maps indexes of `pages` to the pages of `document` (an opened PDF) that are drawn on them.

    `how` is for the manifest and the conformance sheet: placed, rendered, image, text or slip; `remark` is the reason. `count` is the
    number of pages that the file has, `left_out` lists those not shown. `recognised` counts the pages whose words were recognised, `doubts` are
    pages on which words may have been missed. `covered` is true if a redaction was applied
    to it. `enclosed` are the files in it: the index of the first page, and the name. `technical` is what stands in the
    annex instead of on its pages: the exhibit as it is printed, what it is, and the value. `notes` are the words of notes by page, from 0, as they may be shown; `stand_ins` say which font stands for
    which that the file names and does not hold.
    `beside_left_out` is true if comments, tracked changes or hidden parts of it, or of a file in it, are left out.
    `mail_words` are the words of a mail, as its pages show them. `unspoken` are the indexes of placed pages with characters that nobody knows: they are figures.
    `own_index` are the bookmarks that the file has itself, where the plan keeps them: the index of the page, and the title.
    """

    exhibit: Exhibit
    pages: list[Page]
    how: str
    remark: str = ""
    document: Any = None
    placed: dict[int, Placement] = field(default_factory=dict)
    has_text: bool = True
    recognised: int = 0
    doubts: list[PageInDoubt] = field(default_factory=list)
    covered: bool = False
    left_out: str = ""
    count: int = 0
    enclosed: list[tuple[int, str]] = field(default_factory=list)
    technical: list[tuple[str, str, str]] = field(default_factory=list)
    stand_ins: tuple[str, ...] = ()
    notes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    beside_left_out: bool = False
    unspoken: frozenset[int] = frozenset()
    mail_words: str = ""
    own_index: list[tuple[int, str]] = field(default_factory=list)

    def note_reading(self, number: int, shown: ShownPage) -> None:
        """Record whether words of a page, counted from 0, were recognised, and why some may have been missed."""
        self.recognised += shown.recognised
        if shown.doubt:
            self.doubts.append(PageInDoubt(self.exhibit.label, number + 1, self.exhibit.facts.sha256, shown.doubt))

    def close(self) -> None:
        """Close the document that its pages come from, which takes some kilobytes of memory for each page."""
        if self.document is not None:
            self.document.close()
            self.document = None


def area_for(
    width: float, height: float, below: float = 0
) -> tuple[tuple[float, float], tuple[float, float, float, float]]:
    """Return the page size for content of this size in points, and its area (x, y, width, height) on the page.

    Content is reduced to fit and never enlarged; wide content gets a landscape page. `below` points are kept free below it.
    """
    page = (A4[1], A4[0]) if width > height else A4
    available = (page[0] - 2 * SIDE, page[1] - HEAD - FOOT - below)
    scale = min(1.0, available[0] / width, available[1] / height)
    w, h = width * scale, height * scale
    return page, ((page[0] - w) / 2, FOOT + below + (available[1] - h), w, h)


def caption(page: Page, exhibit: Exhibit, number: int, count: int, remark: str = "") -> Page:
    """Print the exhibit's label and the page's number, from 1, above a page; pictures on it become figures of the tag tree.

    `remark` says how the page shows the file, if not as it is.
    """
    which = f"Exhibit {exhibit.label}" + (f", page {number} of {count}" if count > 1 else "")
    above = f"{which}: {remark}" if remark else which
    page.marks.insert(0, t.Text(t.MARGIN, page.size[1] - 47, BOLD, t.NOTE_SIZE, t.TEAL, above, Element("P")))
    for index, mark in enumerate(page.marks):
        if isinstance(mark, Picture) and mark.tag is None:
            shows = (
                "a picture of the page; the words on it follow"
                if mark.words
                else "a picture, in which no words were found"
            )
            page.marks[index] = replace(mark, tag=Element("Figure", None, f"{which}: {shows}"))
    page.plain = True
    return page


def say_tie(page: Page, tie: str) -> None:
    """Add to the caption of a page to which other exhibit its file belongs, in place."""
    mark = page.marks[0]
    if isinstance(mark, t.Text):
        page.marks[0] = replace(mark, text=f"{mark.text}: {tie}")


def chosen_pages(exhibit: Exhibit, count: int) -> list[int]:
    """Return the indexes, from 0, of the pages of an exhibit that the plan chooses; all of them if it chooses none.

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
    """Return the pages that are not shown as words, numbered from 1, such as "2, 5 to 7"."""
    missing = sorted(set(range(count)) - set(chosen))
    runs: list[list[int]] = []
    for page in missing:
        if runs and runs[-1][1] == page - 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return ", ".join(str(first + 1) if first == last else f"{first + 1} to {last + 1}" for first, last in runs)


def words_in(words: Sequence[ShownWord], area: tuple[float, float, float, float]) -> tuple[HiddenWord, ...]:
    """Return words with boxes in points on a page, whose picture fills an area (x, y, width, height)."""
    x, y, w, h = area
    # Boxes count from the top of the picture, PDF from the bottom of the page.
    return tuple(
        (
            x + word.left * w,
            y + (1 - word.bottom) * h,
            (word.right - word.left) * w,
            (word.bottom - word.top) * h,
            word.text,
        )
        for word in words
    )


def picture_area(page: Page) -> tuple[float, float, float, float] | None:
    """Return the area (x, y, width, height) of the picture on a page, if there is one."""
    return next(((each.x, each.y, each.width, each.height) for each in page.marks if isinstance(each, Picture)), None)
