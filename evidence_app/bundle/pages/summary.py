"""The summary "At a glance": what was raised, opened and answered, in a table, and the period as a timeline with a workload chart.

Lengths are in points; coordinates are those of `PageWriter`.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from evidence_app.bundle.pages.assessments import lay_out_assessments
from evidence_app.bundle.pages.threads import draw_shape
from evidence_app.bundle.pages.time_scale import TimeScale, draw_months
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, REGULAR
from evidence_app.bundle.typeset.page_writer import Box, PageWriter, Polygon
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.load_figures import CASES, FigureOverTime, over_time
from evidence_app.domain.summary.overview import Raised, raised, raised_in_words
from evidence_app.domain.summary.workload import RED_LINE, Snapshot, snapshots_in
from evidence_app.domain.thread.steps import Shape, step_of
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import LONDON, day_in_words

LANES: Final = (
    ("Instructions", frozenset({"instruction"})),
    ("Decisions", frozenset({"decision"})),
    ("Raised", frozenset({"concern", "escalation", "refusal"})),
    ("Mails", frozenset({"message"})),
    ("Mail receipts", frozenset({"mail-receipt"})),
    ("Answers, silences", frozenset({"response"})),
    ("Oversight", frozenset({"meeting"})),
    ("Gaps", frozenset({"gap"})),
    ("Assessments", frozenset({"assessment"})),
    ("Other agencies", frozenset({"referral"})),
    ("Incidents", frozenset({"incident"})),
)
"""The rows of the timeline: their labels and the kinds of record that each shows."""
LANE_HEIGHT: Final = 24.0
LABEL_WIDTH: Final = 112.0
CHART_HEIGHT: Final = 118.0
FIGURE_HEIGHT: Final = 18.0
FIGURE_BAR_WIDTH: Final = 4.0
MAX_LINES: Final = 42
"""Lines of a row: nearly a page. What goes on stands on the page that the row names."""
MAX_WORDS: Final = 4_000
MIN_SPAN: Final = timedelta(days=7)
"""Shortest period that the timeline covers, so that its scale is never empty."""
MIN_BAR: Final = timedelta(days=2)
"""Events that last longer are drawn as bars, shorter ones as shapes."""
CASES_MARGIN, PERCENT_MARGIN, RED_LINE_MARGIN = 1.4, 1.2, 1.15
"""Top of the chart's scales, as multiples of the most cases, of the highest percentage and of the red line."""
CASES_BAR_WIDTH: Final = 8.0
DIAMOND: Final = 3.4
DESCENT, NUMBER_HEIGHT = 2.0, 6.5
"""How far a number reaches below and above its baseline."""
RISES: Final = (5.5, 14.0, 23.0, -11.0, -20.0)
"""How far above its diamond the baseline of a number may stand, the best first."""
"""Half the width of a percentage's mark."""


def lay_out_summary(plan: Plan, flow: PageWriter, title: str = "At a glance", key: str = "glance") -> None:
    """Set the summary: the table of what was raised, then the timeline. `key` makes its heading a link target."""
    flow.heading(title, key)
    records = [each.shown for each in plan.chronological() if each.record.index]
    things = raised(records, plan.threads)
    flow.paragraph(f"{raised_in_words(things)}{' Days are working days.' if things else ''}", after=8)
    if things:
        _raised_table(things, flow)
    lay_out_assessments(records, flow)
    first, last = _span(records)
    used = [(name, kinds) for name, kinds in LANES if any(record.kind.name in kinds for record in records)]
    loads = snapshots_in(records)
    flow.need(LANE_HEIGHT * len(used) + (CHART_HEIGHT if loads else 0) + 90)
    flow.heading("The period, drawn", level=1)
    scale = TimeScale(first, last, flow.left + LABEL_WIDTH, flow.width - LABEL_WIDTH)
    lanes = [(name, [record for record in records if record.kind.name in kinds]) for name, kinds in used]
    with flow.element("Figure", _described(lanes, loads, first, last)):
        draw_months(scale, flow)
        for name, members in lanes:
            _lane(name, members, scale, flow)
        if loads:
            _chart(loads, scale, flow)
        flow.space(6)
        _legend(flow)
    _made_of(loads, scale, flow)


def _described(
    lanes: Sequence[tuple[str, Sequence[SealedRecord]]], loads: Sequence[Snapshot], first: datetime, last: datetime
) -> str:
    """Return the alternate description of the timeline (ISO 14289-1, 7.3); the chronology has each of its marks as a row."""
    span = f"{day_in_words(london_day(first))} to {day_in_words(london_day(last))}"
    counts = "; ".join(f"{name}: {len(members)}" for name, members in lanes)
    figures = ", ".join(
        f"{day_in_words(london_day(load.at))} {load.cases or 'unknown'} cases, {load.percent or 'unknown'} per cent"
        for load in loads
    )
    return (
        f"Timeline from {span}. {counts}.{f' Workload: {figures}.' if figures else ''} The chronology lists every mark."
    )


def _raised_table(things: Sequence[Raised], flow: PageWriter) -> None:
    """Set the table of concerns, escalations and refusals, whole, with what became of each."""
    several = len({thing.record.author_name for thing in things}) > 1
    columns = (
        Column("Raised", 0, 76),
        Column("What, in full", 76, flow.width - 76 - 210),
        Column("With", flow.width - 210, 68),
        Column("What became of it", flow.width - 142, 112),
        Column("Page", flow.width - 30, 30, right=True),
    )
    rows = [
        Row(
            (
                day_in_words(london_day(thing.record.event[0])),
                _what(thing, with_author=several),
                thing.who,
                f"{thing.opened[:1].upper()}{thing.opened[1:]}. {thing.answered.rstrip('.')}.",
                "",
            ),
            record_anchor(thing.record.key),
            most_lines=MAX_LINES,
        )
        for thing in things
    ]
    table(flow, columns, rows)


def _what(thing: Raised, *, with_author: bool) -> str:
    """Return what was raised: its kind and number, where there are several authors whose it is, and all of its words."""
    record = thing.record
    author = f" of {record.author_name}" if with_author and record.author_name else ""
    return f"{record.kind.label}{author} (record {record.number}): {record.headline(MAX_WORDS)}"


def _span(records: Sequence[SealedRecord]) -> tuple[datetime, datetime]:
    """Return the first and the last moment of the records."""
    first, last = min(record.event[0] for record in records), max(record.event[1] for record in records)
    return first, max(last, first + MIN_SPAN)


def _lane(name: str, records: Sequence[SealedRecord], scale: TimeScale, flow: PageWriter) -> None:
    """Draw one row of the timeline: its label, and each record as a shape or, if it lasts, as a bar."""
    top = flow.y
    middle = top - LANE_HEIGHT / 2
    flow.y = middle - 3
    flow.put(flow.left, name, REGULAR, t.NOTE_SIZE, t.SOFT)
    flow.page.marks.append(Box(scale.left, middle - 0.2, scale.width, 0.4, t.HAIR))
    for record in records:
        first, last = record.event
        end = _end_of_gap(record, last)
        x = scale.x(first)
        if end > first + MIN_BAR:
            flow.page.marks.append(Box(x, middle - 3, max(3.0, scale.x(end) - x), 6, t.AMBER))
        else:
            draw_shape(flow, step_of(record).shape, x, middle)
    flow.y = top - LANE_HEIGHT
    flow.rule(t.HAIR, 0.3)


def _end_of_gap(record: SealedRecord, last: datetime) -> datetime:
    """Return the last day of a gap, which is a field of the record (Europe/London); `last` for all other records."""
    until = record.fields.get("to")
    if record.kind.name != "gap" or not until:
        return last
    return datetime.fromisoformat(str(until)).replace(tzinfo=LONDON)


def _chart(loads: Sequence[Snapshot], scale: TimeScale, flow: PageWriter) -> None:
    """Draw the workload: bars for cases, and where a tool gave percentages diamonds for them and the red line. Cases and percentages have a scale each."""
    top, bottom = flow.y - 14, flow.y - CHART_HEIGHT + 8
    height = top - bottom
    measured = [load.percent for load in loads if load.percent]
    flow.y = top
    for line in ("Workload", "bars: cases", *(["diamonds: WMT, %"] if measured else [])):
        flow.put(flow.left, line, REGULAR, t.NOTE_SIZE, t.SOFT)
        flow.y -= 11
    most_cases = max([load.cases for load in loads if load.cases] or [1.0]) * CASES_MARGIN
    label_end = 0.0
    for load in loads:
        if load.cases:
            x, bar = scale.x(load.at), height * load.cases / most_cases
            flow.page.marks.append(Box(x - CASES_BAR_WIDTH / 2, bottom, CASES_BAR_WIDTH, bar, t.HAIR))
            # A number that would overlap the one before it is left out: the record of that day says it.
            if x - 5 >= label_end:
                flow.y = bottom - 9
                words = f"{load.cases:.0f}"
                flow.put(x - 5, words, REGULAR, t.NOTE_SIZE, t.SOFT)
                label_end = x - 2 + flow.fonts.width(words, REGULAR, t.NOTE_SIZE)
    if measured:
        _percents(loads, max(max(measured) * PERCENT_MARGIN, RED_LINE * RED_LINE_MARGIN), (bottom, height), scale, flow)
    flow.page.marks.append(Box(scale.left, bottom, scale.width, 0.5, t.SOFT))
    flow.y = bottom - 16


def _percents(
    loads: Sequence[Snapshot], most: float, area: tuple[float, float], scale: TimeScale, flow: PageWriter
) -> None:
    """Draw the percentages of a tool and the red line; `area` is the chart's lower edge and its height, `most` the percentage at its top."""
    bottom, height = area

    def level(percent: float) -> float:
        return bottom + height * percent / most

    flow.page.marks.append(Box(scale.left, level(RED_LINE), scale.width, 0.8, t.AMBER))
    flow.y = level(RED_LINE) + 2
    flow.put_right(scale.left + scale.width, "110 %", BOLD, t.NOTE_SIZE, t.AMBER)
    # The line with its number, and every diamond: no number is set over them, nor over another.
    taken = [(scale.left, level(RED_LINE) - 1, scale.left + scale.width, level(RED_LINE) + 1)]
    taken.append(_place_of("110 %", scale.left + scale.width, flow.y, flow))
    points = [(scale.x(load.at), level(load.percent), load.percent) for load in loads if load.percent]
    for x, y, _ in points:
        flow.page.marks.append(
            Polygon(((x - DIAMOND, y), (x, y + DIAMOND), (x + DIAMOND, y), (x, y - DIAMOND)), t.TEAL)
        )
        taken.append((x - DIAMOND, y - DIAMOND, x + DIAMOND, y + DIAMOND))
    for x, y, percent in points:
        words = f"{percent:g} %"
        right = min(x - 9 + flow.fonts.width(words, BOLD, t.NOTE_SIZE), scale.left + scale.width)
        places = [_place_of(words, right, y + rise, flow) for rise in RISES]
        free = next((place for place in places if not any(_overlap(place, each) for each in taken)), None)
        # A number for which there is no room is left out: the record of that day says it.
        if free is not None:
            taken.append(free)
            flow.y = free[1] + DESCENT
            flow.put(free[0], words, BOLD, t.NOTE_SIZE, t.TEAL)


Place = tuple[float, float, float, float]
"""Left, lower, right and upper edge."""


def _place_of(words: str, right: float, y: float, flow: PageWriter) -> Place:
    """Return where a number stands that ends at `right` on the baseline y."""
    return right - flow.fonts.width(words, BOLD, t.NOTE_SIZE), y - DESCENT, right, y + NUMBER_HEIGHT


def _overlap(one: Place, other: Place) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _made_of(loads: Sequence[Snapshot], scale: TimeScale, flow: PageWriter) -> None:
    """Draw what the load was made of, each figure on a line of its own below one scale of time."""
    figures = [each for each in over_time([load.figures for load in loads]) if each.figure is not CASES]
    if not figures:
        return
    flow.need(FIGURE_HEIGHT * len(figures) + 50)
    flow.heading("What the load was made of", level=1)
    described = "; ".join(
        f"{each.figure.label}: "
        + ", ".join(f"{day_in_words(loads[place].day)} {value:g}" for place, value in each.values)
        for each in figures
    )
    with flow.element("Figure", f"{described}. The records of the workload say the same."):
        draw_months(scale, flow)
        for each in figures:
            _figure(each, loads, scale, flow)
    flow.space(6)


def _figure(figure: FigureOverTime, loads: Sequence[Snapshot], scale: TimeScale, flow: PageWriter) -> None:
    """Draw one figure: a bar for each time that it was said, as high as its share of the highest, with its number."""
    top = flow.y
    bottom, height = top - FIGURE_HEIGHT + 4, FIGURE_HEIGHT - 8
    flow.y = bottom + 2
    flow.put(flow.left, str(figure.figure.label), REGULAR, t.NOTE_SIZE, t.INK)
    places = [scale.x(loads[place].at) for place, _ in figure.values]
    # A number that would run into the next bar is left out: the record of that day says it.
    nexts = [*places[1:], scale.left + scale.width + FIGURE_BAR_WIDTH]
    for x, next_x, (_, value) in zip(places, nexts, figure.values, strict=True):
        bar = height * value / figure.highest if figure.highest else 0.0
        flow.page.marks.append(Box(x - FIGURE_BAR_WIDTH / 2, bottom, FIGURE_BAR_WIDTH, max(bar, 0.8), t.TEAL))
        words = f"{value:g}"
        if x + 5 + flow.fonts.width(words, REGULAR, t.NOTE_SIZE) <= next_x - FIGURE_BAR_WIDTH / 2:
            flow.y = bottom + 2
            flow.put(x + 4, words, REGULAR, t.NOTE_SIZE, t.SOFT)
    flow.y = top - FIGURE_HEIGHT
    flow.rule(t.HAIR, 0.3)


def _legend(flow: PageWriter) -> None:
    """Draw each shape with its meaning."""
    shapes = (
        (Shape.SEALED, "recorded"),
        (Shape.OUT, "sent"),
        (Shape.OPENED, "opened, by the receipt"),
        (Shape.ARRIVED, "receipt or report"),
        (Shape.IN, "answer"),
        (Shape.SILENCE, "silence"),
        (Shape.UP, "next level"),
    )
    flow.need(30)
    flow.y -= 10
    x = flow.left + 6
    for shape, words in shapes:
        if x + 12 + flow.fonts.width(words, REGULAR, t.NOTE_SIZE) > flow.left + flow.width:
            x = flow.left + 6
            flow.y -= 14
        draw_shape(flow, shape, x, flow.y + 2.5)
        flow.put(x + 10, words, REGULAR, t.NOTE_SIZE, t.SOFT)
        x += 16 + flow.fonts.width(words, REGULAR, t.NOTE_SIZE) + 8
    flow.y -= 6
