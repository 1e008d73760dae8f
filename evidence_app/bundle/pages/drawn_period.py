"""The period drawn: the year as a calendar, and each case on a line, each with a table that says the same.

Lengths are in points; coordinates are those of `PageWriter`.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from types import MappingProxyType
from typing import Final

from evidence_app.bundle.pages.time_scale import TimeScale, draw_months
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import REGULAR
from evidence_app.bundle.typeset.page_writer import Box, Colour, PageWriter, Polygon
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.summary.period import (
    SIGNS,
    Mark,
    MarkSort,
    Period,
    by_day,
    period_of,
    rows_of_bars,
)
from evidence_app.proof.encoding.times import LONDON, day_in_words

COLOURS: Final[Mapping[str, Colour]] = MappingProxyType(
    {"ink": t.INK, "soft": t.SOFT, "accent": t.TEAL, "attention": t.AMBER, "fault": (0.62, 0.11, 0.11)}
)
"""The colour of each meaning in `SIGNS`."""
SHORT: Final = MappingProxyType(
    {
        MarkSort.INCIDENT: "Incid.",
        MarkSort.INSTRUCTION: "Instr.",
        MarkSort.DECISION: "Decis.",
        MarkSort.RAISED: "Raised",
        MarkSort.ANSWER: "Answ.",
        MarkSort.CONTACT: "Cont.",
        MarkSort.GAP: "Gaps",
        MarkSort.SILENCE: "Silent",
    }
)
"""The heads of the narrow columns of counts."""
LABEL_WIDTH: Final = 40.0
SIGN: Final = 3.3
"""Half the size of a sign."""
SIGN_STEP: Final = 8.0
BAR_STEP: Final = 6.0
"""Heights of a sign and of a bar in a month."""
MAX_SIGNS: Final = 5
"""Signs of one day that are drawn above each other; a day with more shows a cross as the last."""
MIN_ROW: Final = 16.0
MAX_CASES: Final = 60
"""Cases that are drawn, the first to come up; the table has all of them."""
CASES_TOGETHER: Final = 15
"""Cases below one scale."""
CASE_LABEL: Final = 96.0


def lay_out_calendar(plan: Plan, flow: PageWriter) -> bool:
    """Set the year day by day: a row for each month. Return false, with nothing set, if no record is drawn."""
    period = _period(plan)
    if not period.marks:
        return False
    flow.heading("The year, day by day", "calendar")
    flow.paragraph(
        "Each sign is a sealed record, on the day of what it tells; a broken line is a silence, from the day on which a reply was asked for.",
        size=t.TABLE_SIZE,
        after=6,
    )
    _legend(flow, period)
    for year, months in groupby(period.months(), key=lambda month: month.year):
        _year(period, year, list(months), flow)
    columns = [("", 96.0), *((SHORT[sort], 44.0) for sort, _ in period.counts())]
    rows = [
        (f"{month:%B %Y}", _counts(period, [mark for mark in period.marks if mark.first.replace(day=1) == month]))
        for month in period.months()
    ]
    _count_table(columns, [each for each in rows if any(each[1])], flow)
    _silences(plan, period, flow)
    return True


def lay_out_case_lines(plan: Plan, flow: PageWriter) -> bool:
    """Set each case on a line from its first day to its last. Return false, with nothing set, if no record names a case."""
    period = _period(plan)
    lives = period.by_case()
    if not lives:
        return False
    flow.heading("Each case on a line", "cases")
    flow.paragraph(
        "Each sign is a sealed record; a broken line is a silence, a bar is a gap in what should have been done.",
        size=t.TABLE_SIZE,
        after=6,
    )
    _legend(flow, period)
    first, last = period.first, max(period.last, period.first + timedelta(days=7))
    drawn = list(lives)[:MAX_CASES]
    for start in range(0, len(drawn), CASES_TOGETHER):
        together = drawn[start : start + CASES_TOGETHER]
        flow.need(sum(_line_height(lives[case]) for case in together) + 40)
        scale = TimeScale(_noon(first), _noon(last), flow.left + CASE_LABEL, flow.width - CASE_LABEL)
        words = "; ".join(f"{case}: {lives[case].in_words()}" for case in together)
        with flow.element("Figure", f"Each case on a line. {words} The table below says the same."):
            draw_months(scale, flow)
            for case in together:
                _case(case, lives[case], scale, flow)
        flow.space(6)
    columns = [("Case", 80.0), ("From", 68.0), ("To", 68.0), *((SHORT[sort], 33.5) for sort, _ in period.counts())]
    rows = [(case, [_short(own.first), _short(own.last), *_counts(period, own.marks)]) for case, own in lives.items()]
    _count_table(columns, rows, flow)
    return True


def _period(plan: Plan) -> Period:
    records = [each.shown for each in plan.chronological()]
    return period_of(records, plan.threads, plan.front_day)


def _counts(period: Period, marks: Sequence[Mark]) -> list[str]:
    """Return how many of some marks are of each sort that the period has; nothing for none."""
    numbers = dict(Period(tuple(marks)).counts())
    return [str(numbers[sort]) if sort in numbers else "" for sort, _ in period.counts()]


def _count_table(
    columns: Sequence[tuple[str, float]], rows: Sequence[tuple[str, Sequence[str]]], flow: PageWriter
) -> None:
    placed, x = [], 0.0
    for number, (head, width) in enumerate(columns):
        is_count = number > 0 and head not in {"From", "To"}
        placed.append(Column(head, x, width, right=is_count))
        x += width
    table(flow, placed, [Row((name, *cells)) for name, cells in rows], title="The same in numbers")


def _silences(plan: Plan, period: Period, flow: PageWriter) -> None:
    silences = [mark for mark in period.marks if mark.sort is MarkSort.SILENCE]
    if not silences:
        return
    columns = (
        Column("From", 0, 96),
        Column("To", 96, 96),
        Column("What was asked, and how long nothing came", 192, flow.width - 192 - 32),
        Column("Page", flow.width - 30, 30, right=True),
    )
    linked = plan.has("records")
    rows = [
        Row(
            (day_in_words(mark.first), day_in_words(mark.last), mark.words, ""),
            record_anchor(mark.record) if linked else "",
            most_lines=8,
        )
        for mark in silences
    ]
    table(flow, columns, rows, title="The silences")


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


def _year(period: Period, year: int, months: Sequence[date], flow: PageWriter) -> None:
    """Draw the rows of a year's months below the days' numbers."""
    within = {month: period.between(month, _month_end(month)).marks for month in months}
    flow.need(sum(_month_height(marks) for marks in within.values()) + 34)
    words = "; ".join(f"{month:%B}: {_in_short(marks)}" for month, marks in within.items())
    with flow.element("Figure", f"Calendar of {year}. {words}. The tables below say the same."):
        flow.y -= 14
        flow.put(flow.left, str(year), REGULAR, t.TABLE_SIZE, t.INK)
        step = _day_step(flow)
        for day in range(1, 32):
            number = str(day)
            x = flow.left + LABEL_WIDTH + step * (day - 0.5) - flow.fonts.width(number, REGULAR, t.NOTE_SIZE) / 2
            flow.put(x, number, REGULAR, t.NOTE_SIZE, t.SOFT)
        flow.y -= 5
        flow.rule(t.SOFT)
        for month, marks in within.items():
            _month(month, marks, flow)
    flow.space(10)


def _in_short(marks: Sequence[Mark]) -> str:
    return ", ".join(f"{sort.value}: {count}" for sort, count in Period(tuple(marks)).counts()) or "nothing"


def _month_end(month: date) -> date:
    return month.replace(day=monthrange(month.year, month.month)[1])


def _day_step(flow: PageWriter) -> float:
    return (flow.width - LABEL_WIDTH) / 31


def _month_height(marks: Sequence[Mark]) -> float:
    highest = max((min(len(signs), MAX_SIGNS) for signs in by_day(marks).values()), default=0)
    return max(MIN_ROW, 7 + highest * SIGN_STEP + len(rows_of_bars(marks)) * BAR_STEP)


def _month(month: date, marks: Sequence[Mark], flow: PageWriter) -> None:
    """Draw one month: weekends tinted, the signs of each day above each other, and below them the bars."""
    top, height, step = flow.y, _month_height(marks), _day_step(flow)
    left = flow.left + LABEL_WIDTH
    for day in range(1, 32):
        x = left + step * (day - 1)
        if day > _month_end(month).day:
            flow.page.marks.append(Box(x, top - height, step, height, t.HAIR))
        elif month.replace(day=day).weekday() >= 5:  # Saturday and Sunday.
            flow.page.marks.append(Box(x, top - height, step, height, t.TINT))
    flow.y = top - height / 2 - 3
    flow.put(flow.left, f"{month:%b}", REGULAR, t.NOTE_SIZE, t.SOFT)
    for on, signs in by_day(marks).items():
        middle = left + step * (on.day - 0.5)
        for number, mark in enumerate(signs[:MAX_SIGNS]):
            y = top - 4 - SIGN_STEP * (number + 0.5)
            if number == MAX_SIGNS - 1 and len(signs) > MAX_SIGNS:
                flow.page.marks.append(Box(middle - SIGN, y - 0.6, 2 * SIGN, 1.2, t.INK))
                flow.page.marks.append(Box(middle - 0.6, y - SIGN, 1.2, 2 * SIGN, t.INK))
            else:
                _sign(mark.sort, middle, y, flow)
    rows = rows_of_bars(marks)
    for number, bars in enumerate(rows):
        y = top - height + 3 + BAR_STEP * (len(rows) - number - 0.5)
        for bar in bars:
            _bar(bar, left + step * (bar.first.day - 1) + 1, left + step * bar.last.day - 1, y, flow)
    flow.y = top - height
    flow.rule(t.HAIR)


def _sign(sort: MarkSort, x: float, y: float, flow: PageWriter) -> None:
    if sort in SIGNS:
        colour, corners = SIGNS[sort]
        points = tuple((x + SIGN * dx, y + SIGN * dy) for dx, dy in corners)
        flow.page.marks.append(Polygon(points, COLOURS[colour]))
    else:
        flow.page.marks.append(Box(x - SIGN, y - 1.5, 2 * SIGN, 3, t.AMBER))


def _bar(mark: Mark, left: float, right: float, y: float, flow: PageWriter) -> None:
    """Draw what lasts: a silence as a broken line, anything else as a bar in the colour of its sort."""
    if mark.sort is not MarkSort.SILENCE:
        colour = COLOURS[SIGNS[mark.sort][0]] if mark.sort in SIGNS else t.AMBER
        flow.page.marks.append(Box(left, y - 1.6, max(3.0, right - left), 3.2, colour))
        return
    for x in _dashes(left, right):
        flow.page.marks.append(Box(x, y - 0.7, min(3.0, right - x), 1.4, t.AMBER))


def _dashes(left: float, right: float) -> Iterator[float]:
    x = left
    while x < right:
        yield x
        x += 5


def _line_height(period: Period) -> float:
    return max(MIN_ROW, 12 + len(rows_of_bars(period.marks)) * BAR_STEP)


def _case(case: str, period: Period, scale: TimeScale, flow: PageWriter) -> None:
    """Draw one case: its reference, its signs, and below them its bars."""
    top, height = flow.y, _line_height(period)
    flow.y = top - 10
    flow.put(flow.left, flow.wrap(case, CASE_LABEL - 8, REGULAR, t.NOTE_SIZE)[0], REGULAR, t.NOTE_SIZE, t.INK)
    begin, end = scale.x(_noon(period.first)), scale.x(_noon(period.last))
    flow.page.marks.append(Box(begin, top - 7.2, max(1.0, end - begin), 0.4, t.SOFT))
    for mark in period.marks:
        if not mark.lasts:
            _sign(mark.sort, scale.x(_noon(mark.first)), top - 7, flow)
    for number, bars in enumerate(rows_of_bars(period.marks)):
        for bar in bars:
            left, right = scale.x(_noon(bar.first)), scale.x(_noon(bar.last))
            _bar(bar, left, max(left + 3, right), top - 14 - BAR_STEP * number, flow)
    flow.y = top - height
    flow.rule(t.HAIR, 0.3)


def _legend(flow: PageWriter, period: Period) -> None:
    """Draw each sign that is used, with its meaning."""
    flow.need(30)
    flow.y -= 10
    x = flow.left + 4
    for sort, _ in period.counts():
        width = flow.fonts.width(sort.value, REGULAR, t.NOTE_SIZE)
        if x + 12 + width > flow.left + flow.width:
            x = flow.left + 4
            flow.y -= 14
        if sort is MarkSort.SILENCE:
            for dash in _dashes(x - 4, x + 6):
                flow.page.marks.append(Box(dash, flow.y + 2.3, 3, 1.4, t.AMBER))
        else:
            _sign(sort, x, flow.y + 3, flow)
        flow.put(x + 9, sort.value, REGULAR, t.NOTE_SIZE, t.SOFT)
        x += width + 24
    flow.y -= 8
