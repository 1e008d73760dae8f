"""The time scale of a drawing: where a moment stands, and the months above it. Lengths are in points."""

from datetime import datetime
from typing import Final

from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import REGULAR
from evidence_app.bundle.typeset.page_writer import Box, PageWriter
from evidence_app.proof.encoding.times import LONDON

SCALE_LEFT, SCALE_RIGHT = 18.0, 12.0
"""Distances of the first and the last moment from the ends of the scale, so that shapes there are not cut."""
MAX_MONTHS: Final = 600
MAX_MONTH_LABELS: Final = 9


class TimeScale:
    """Maps moments to x coordinates, linearly between the left and the right end of the timeline."""

    def __init__(self, first: datetime, last: datetime, left: float, width: float) -> None:
        self.first, self.last, self.left, self.width = first, last, left, width

    def x(self, at: datetime) -> float:
        """Return the x coordinate of a moment; one outside the period is drawn at its end."""
        share = (at - self.first) / (self.last - self.first)
        return self.left + SCALE_LEFT + min(1.0, max(0.0, share)) * (self.width - (SCALE_LEFT + SCALE_RIGHT))


def draw_months(scale: TimeScale, flow: PageWriter) -> None:
    """Draw the months: a tick for each, and as many labels as fit without overlapping; January and the first label have the year."""
    flow.y -= 14
    months = list(_months(scale.first, scale.last))
    step = max(1, -(-len(months) // MAX_MONTH_LABELS))  # Rounded up.
    label_end = 0.0
    for number, month in enumerate(months):
        x = scale.x(month)
        if number % step == 0 and x >= label_end:
            with_year = number == 0 or month.month == 1
            label = f"{month.astimezone(LONDON):%b %Y}" if with_year else f"{month.astimezone(LONDON):%b}"
            flow.put(x + 1, label, REGULAR, t.NOTE_SIZE, t.SOFT)
            label_end = x + flow.fonts.width(label, REGULAR, t.NOTE_SIZE) + 4
        flow.page.marks.append(Box(x, flow.y - 6, 0.5, 5, t.HAIR))
    flow.y -= 8
    flow.rule(t.HAIR)


def _months(first: datetime, last: datetime) -> list[datetime]:
    """Return the beginning of each month of a period, in Europe/London; the first one is the period's own beginning."""
    local = first.astimezone(LONDON)
    year, month = local.year, local.month
    months = []
    while (at := datetime(year, month, 1, tzinfo=LONDON)) <= last:
        months.append(max(at, first))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if len(months) >= MAX_MONTHS:
            break
    return months
