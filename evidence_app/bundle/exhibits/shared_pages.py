"""Small exhibits that follow each other share a page: slip sheets, and in short bundles e-mails. Lengths are in points."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.page_writer import BOTTOM, Box, LinkTo, Mark, Page, PageOf, Text

BETWEEN: Final = 26.0
"""Room between two exhibits on a page."""
ABOVE_CAPTION: Final = 14.0
MAX_FOOT: Final = 88
"""Characters of a footer."""


def share_pages(prepared: Sequence[PreparedExhibit], ways: AbstractSet[str]) -> None:
    """Move exhibits of one page onto the page before theirs where they fit, in place. `ways` are the ways of showing that may share."""
    last: Page | None = None
    for each in prepared:
        may_share = each.how in ways and len(each.pages) == 1 and all(_moves(mark) for mark in each.pages[0].marks)
        if not may_share:
            last = None
            continue
        page = each.pages[0]
        if last is not None and fits_below(page, last):
            each.pages[0] = last
        else:
            last = page


def fits_below(page: Page, to: Page) -> bool:
    """Move what is on a page below what is on another, if it fits there. Return whether it did."""
    whole = all(_moves(mark) for mark in (*page.marks, *to.marks))
    if not whole or _lowest(to) - BETWEEN - _height(page) <= BOTTOM:
        return False
    _move_below(page, to)
    return True


def _moves(mark: Mark) -> bool:
    return isinstance(mark, Text | Box | PageOf | LinkTo)


def _lowest(page: Page) -> float:
    return min((mark.y for mark in page.marks if isinstance(mark, Text | Box)), default=BOTTOM)


def _top(page: Page) -> float:
    return max((mark.y for mark in page.marks if isinstance(mark, Text | Box)), default=BOTTOM) + ABOVE_CAPTION


def _height(page: Page) -> float:
    return _top(page) - _lowest(page)


def _move_below(page: Page, to: Page) -> None:
    """Move what is on a page below what is on another."""
    top = _lowest(to) - BETWEEN
    down = _top(page) - top
    to.marks.append(Box(t.MARGIN, top + 2, to.size[0] - 2 * t.MARGIN, 0.5, t.HAIR))
    for mark in page.marks:
        if isinstance(mark, Text | Box | PageOf | LinkTo):
            to.marks.append(replace(mark, y=mark.y - down))
    for key, height in page.keys.items():
        to.keys[key] = min(height, _top(page)) - down
    to.characters_missing += page.characters_missing
    longer = f"{to.foot}; {page.foot[:1].lower()}{page.foot[1:]}"
    if len(longer) <= MAX_FOOT:
        to.foot = longer
