"""At a glance: the answer on one or two pages – what was raised, was it opened, was it answered – and the period as a drawing."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from evidence_app.bundle.pages.threads import draw_shape
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, REGULAR
from evidence_app.bundle.typeset.page_writer import Box, PageWriter, Polygon
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.overview import Load, Raised, raised, workload
from evidence_app.domain.summary.workload import RED_LINE
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
    ("Incidents", frozenset({"incident"})),
)
LANE_HEIGHT: Final = 24.0
LABEL_WIDTH: Final = 92.0
CHART_HEIGHT: Final = 118.0
MIN_GAP: Final = 32.0
"""Two figures nearer to each other than this stand at two heights."""


def lay_out_summary(plan: Plan, flow: PageWriter, title: str = "At a glance", key: str = "glance") -> None:
    """Set the summary: the table of what was raised, then the drawing of the period."""
    flow.heading(title, key)
    things = raised(plan.threads)
    flow.paragraph(_sentence(plan, things), size=9.5, after=8)
    if things:
        _raised_table(things, flow)
    records = [each.shown for each in plan.chronological() if each.record.index]
    first, last = _span(records)
    used = [(name, kinds) for name, kinds in LANES if any(each.kind.name in kinds for each in records)]
    loads = workload(records)
    flow.need(LANE_HEIGHT * len(used) + (CHART_HEIGHT if loads else 0) + 90)
    flow.heading("The period, drawn", level=1)
    scale = _Scale(first, last, flow.left + LABEL_WIDTH, flow.width - LABEL_WIDTH)
    lanes = [(name, [each for each in records if each.kind.name in kinds]) for name, kinds in used]
    with flow.element("Figure", _described(lanes, loads, first, last)):
        _axis(scale, flow)
        for name, members in lanes:
            _lane(name, members, scale, flow)
        if loads:
            _chart(loads, scale, flow)
        flow.space(6)
        _legend(flow)


def _described(
    lanes: Sequence[tuple[str, Sequence[SealedRecord]]], loads: Sequence[Load], first: datetime, last: datetime
) -> str:
    """Say in words what the drawing shows; the chronology has every one of its marks as a row."""
    span = f"{day_in_words(london_day(first))} to {day_in_words(london_day(last))}"
    counts = "; ".join(f"{name}: {len(members)}" for name, members in lanes)
    figures = ", ".join(
        f"{day_in_words(london_day(each.at))} {each.cases or 'unknown'} cases, {each.percent or 'unknown'} per cent"
        for each in loads
    )
    return (
        f"Timeline from {span}. {counts}.{f' Workload: {figures}.' if figures else ''} The chronology lists every mark."
    )


def _sentence(plan: Plan, things: Sequence[Raised]) -> str:
    owner = str(plan.owner.get("person", "")) or "the author"
    if not things:
        return f"No concern, escalation or refusal is among the records shown. All of it is what {owner} wrote, as it was sealed."
    opened = sum(each.opened.startswith("opened") for each in things)
    unanswered = sum(each.unanswered for each in things)
    return (
        f"{len(things)} things were raised by {owner} in the records shown. For {opened} of them a mail was opened, according to a receipt. "
        f"{unanswered} of them had no answer by the date asked for, or have none yet. Days are working days."
    )


def _raised_table(things: Sequence[Raised], flow: PageWriter) -> None:
    columns = (
        Column("When", 0, 80, size=8),
        Column("What was raised", 80, flow.width - 80 - 300, size=8),
        Column("With", flow.width - 300, 88, size=8),
        Column("Opened?", flow.width - 212, 84, size=8),
        Column("Answered?", flow.width - 128, 100, size=8),
        Column("Page", flow.width - 28, 28, size=8, right=True),
    )
    rows = [
        Row(
            (
                day_in_words(london_day(each.record.event[0])),
                f"{each.record.kind.label} {each.record.number}: {each.record.headline(130)}",
                each.whom,
                each.opened,
                each.answered,
                "",
            ),
            record_anchor(each.record.key),
            most_lines=5,
        )
        for each in things
    ]
    table(flow, columns, rows)


def _span(records: Sequence[SealedRecord]) -> tuple[datetime, datetime]:
    first, last = min(each.event[0] for each in records), max(each.event[1] for each in records)
    return first, max(last, first + timedelta(days=7))


class _Scale:
    """Where a moment stands between the left and the right end."""

    def __init__(self, first: datetime, last: datetime, left: float, width: float) -> None:
        self.first, self.last, self.left, self.width = first, last, left, width

    def x(self, at: datetime) -> float:
        share = (at - self.first) / (self.last - self.first)
        return self.left + 18 + min(1.0, max(0.0, share)) * (self.width - 30)


def _axis(scale: _Scale, flow: PageWriter) -> None:
    flow.y -= 14
    months = list(_months(scale.first, scale.last))
    step = max(1, -(-len(months) // 12))
    free = 0.0
    for number, month in enumerate(months):
        x = scale.x(month)
        if number % step == 0 and x >= free:
            label = (
                f"{month.astimezone(LONDON):%b %Y}"
                if number == 0 or month.month == 1
                else f"{month.astimezone(LONDON):%b}"
            )
            flow.put(x + 1, label, REGULAR, 7, t.SOFT)
            free = x + flow.fonts.width(label, REGULAR, 7) + 4
        flow.page.marks.append(Box(x, flow.y - 6, 0.5, 5, t.HAIR))
    flow.y -= 8
    flow.rule(t.HAIR)


def _months(first: datetime, last: datetime) -> list[datetime]:
    local = first.astimezone(LONDON)
    year, month = local.year, local.month
    found = []
    while (at := datetime(year, month, 1, tzinfo=LONDON)) <= last:
        found.append(max(at, first))
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        if len(found) >= 600:
            break
    return found


def _lane(name: str, records: Sequence[SealedRecord], scale: _Scale, flow: PageWriter) -> None:
    top = flow.y
    middle = top - LANE_HEIGHT / 2
    flow.y = middle - 3
    flow.put(flow.left, name, REGULAR, 8, t.SOFT)
    flow.page.marks.append(Box(scale.left, middle - 0.2, scale.width, 0.4, t.HAIR))
    for record in records:
        first, last = record.event
        until = _end_of_gap(record, last)
        x = scale.x(first)
        if until > first + timedelta(days=2):
            flow.page.marks.append(Box(x, middle - 3, max(3.0, scale.x(until) - x), 6, t.AMBER))
        else:
            draw_shape(flow, step_of(record).shape, x, middle)
    flow.y = top - LANE_HEIGHT
    flow.rule(t.HAIR, 0.3)


def _end_of_gap(record: SealedRecord, last: datetime) -> datetime:
    until = record.fields.get("to")
    if record.kind.name != "gap" or not until:
        return last
    return datetime.fromisoformat(str(until)).replace(tzinfo=LONDON)


def _chart(loads: Sequence[Load], scale: _Scale, flow: PageWriter) -> None:
    """Draw the caseload: bars for cases, points for per cent, and the line at 110 per cent."""
    top, bottom = flow.y - 14, flow.y - CHART_HEIGHT + 8
    height = top - bottom
    flow.y = top
    flow.put(flow.left, "Workload", REGULAR, 8, t.SOFT)
    flow.y -= 11
    flow.put(flow.left, "bars: cases", REGULAR, 7, t.SOFT)
    flow.y -= 9
    flow.put(flow.left, "diamonds: WMT per cent", REGULAR, 7, t.SOFT)
    most_cases = max([each.cases for each in loads if each.cases] or [1.0]) * 1.25
    most_percent = max([each.percent for each in loads if each.percent] or [RED_LINE]) * 1.1
    most_percent = max(most_percent, RED_LINE * 1.15)

    def level(percent: float) -> float:
        return bottom + height * percent / most_percent

    for each in loads:
        if each.cases:
            tall = height * each.cases / most_cases
            flow.page.marks.append(Box(scale.x(each.at) - 4, bottom, 8, tall, t.HAIR))
    flow.page.marks.append(Box(scale.left, level(RED_LINE), scale.width, 0.8, t.AMBER))
    flow.y = level(RED_LINE) + 2
    flow.put_right(scale.left + scale.width, "110 %", BOLD, 7, t.AMBER)
    before = 0.0
    for each in loads:
        x = scale.x(each.at)
        crowded, before = x - before < MIN_GAP, x
        if each.cases:
            flow.y = bottom - 9
            flow.put(x - 5, f"{each.cases:.0f}", REGULAR, 7, t.SOFT)
        if each.percent:
            y = level(each.percent)
            flow.page.marks.append(Polygon(((x - 3.4, y), (x, y + 3.4), (x + 3.4, y), (x, y - 3.4)), t.TEAL))
            flow.y = y + (14 if crowded else 5)
            flow.put(x - 9, f"{each.percent:g} %", BOLD, 7, t.TEAL)
    flow.page.marks.append(Box(scale.left, bottom, scale.width, 0.5, t.SOFT))
    flow.y = bottom - 16


def _legend(flow: PageWriter) -> None:
    shapes = (
        (Shape.SEALED, "recorded"),
        (Shape.OUT, "sent"),
        (Shape.OPENED, "opened, by the receipt"),
        (Shape.ARRIVED, "receipt or report"),
        (Shape.IN, "answer"),
        (Shape.SILENCE, "silence"),
        (Shape.UP, "next level"),
    )
    flow.need(16)
    flow.y -= 10
    x = flow.left + 6
    for shape, words in shapes:
        draw_shape(flow, shape, x, flow.y + 2.5)
        flow.put(x + 10, words, REGULAR, 7, t.SOFT)
        x += 16 + flow.fonts.width(words, REGULAR, 7) + 12
    flow.y -= 6
