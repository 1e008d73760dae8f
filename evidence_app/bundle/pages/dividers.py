"""Sheets to be printed and put between the sections of a bundle on paper: no part of the bundle, and without numbers. Lengths are in points."""

from collections.abc import Mapping
from typing import Final

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.bundle.typeset.fonts import BOLD, REGULAR
from evidence_app.bundle.typeset.page_numbers import PageNumbers
from evidence_app.bundle.typeset.page_writer import Page, PageWriter

ABOVE: Final = 190.0
TAB_SIZE: Final = 120.0
TITLE_SIZE: Final = 26.0
PAGES_SIZE: Final = 14.0


def draw_dividers(plan: Plan, numbers: Mapping[str, int]) -> bytes:
    """Return a PDF with a sheet for each section: a large number, its title, and the page on which it begins. `numbers` are the pages of keys."""
    pages: list[Page] = []
    spelled = PageNumbers((0,), plan.prefix)
    for number, section in enumerate(plan.sections, start=1):
        flow = PageWriter()
        flow.space(ABOVE)
        with flow.element("H1"):
            flow.put(flow.left, str(number), BOLD, TAB_SIZE, t.TEAL)
        flow.space(TITLE_SIZE * 2)
        for line in flow.wrap(section.title, flow.width, BOLD, TITLE_SIZE):
            flow.put(flow.left, line, BOLD, TITLE_SIZE)
            flow.space(TITLE_SIZE * 1.3)
        if section.key in numbers:
            flow.put(flow.left, f"From page {spelled.spelled(numbers[section.key])}", REGULAR, PAGES_SIZE, t.SOFT)
        pages += flow.pages
    frame = PageFurniture(plan.profile.marking, plan.title, PageNumbers((0,) * len(pages)))
    return PageDrawer(pages, frame).draw([], lambda _: None)
