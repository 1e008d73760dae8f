"""Thread diagrams: each concern with its dated steps, the replies asked for, and how long each answer took."""

from typing import Final

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import BOLD, ITALIC, REGULAR
from evidence_app.bundle.typeset.page_writer import Box, PageWriter, Polygon
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.record.records import RecordKey, record_order
from evidence_app.domain.text.counted import counted
from evidence_app.domain.thread.reply_requests import ReplyRequest
from evidence_app.domain.thread.steps import EFFECTS_DONE, Shape, Step
from evidence_app.domain.thread.threads import Thread
from evidence_app.proof.encoding.times import day_in_words

RAIL = 14.0
"""Distance of the vertical line from the left edge, in points."""
TEXT_LEFT = 34.0
WHEN_WIDTH = 112.0
STEP_LINE = 13.0
"""Height of one line of a step."""
SHAPE_SIZE = 4.5
"""Half the width of a step's shape."""
WHITE: Final[t.Colour] = (1, 1, 1)


def thread_anchor(thread: Thread) -> str:
    """Return the name of a thread's place in the PDF."""
    return record_anchor(thread.root.key).replace("record", "thread", 1)


def lay_out_threads(plan: Plan, flow: PageWriter) -> bool:
    """Set the table of replies asked for, then each thread's diagram. Return false, with nothing set, if there is no thread."""
    if not plan.threads:
        return False
    flow.heading("Threads", "threads")
    flow.paragraph(
        "One concern or instruction with everything around it, told from the sealed records shown in this bundle alone. Days are working days "
        "in England and Wales.",
        colour=t.SOFT,
        size=t.NOTE_SIZE,
        after=8,
    )
    asks = {ask.record.key: ask for thread in plan.threads for ask in thread.asks}
    if asks:
        _answers(list(asks.values()), flow)
    for thread in plan.threads:
        lay_out_ladder(thread, flow)
    return True


def _answers(asks: list[ReplyRequest], flow: PageWriter) -> None:
    """Set the table of replies asked for, by date."""
    never = [ask for ask in asks if not ask.answered]
    flow.heading("What was asked, and whether it was answered", level=1)
    flow.paragraph(
        f"{counted(len(asks), 'reply was', 'replies were')} asked for; {len(never)} never came."
        if never
        else f"{counted(len(asks), 'reply was', 'replies were')} asked for, and all came.",
        BOLD,
    )
    columns = (
        Column("Asked", 0, 78),
        Column("In short", 78, flow.width - 78 - 216),
        Column("By", flow.width - 216, 78),
        Column("Outcome", flow.width - 138, 108),
        Column("Page", flow.width - 30, 30, right=True),
    )
    rows = [
        Row(
            (
                day_in_words(ask.asked_on),
                f"{ask.record.number}: {ask.record.headline(150)}",
                day_in_words(ask.due),
                _outcome(ask),
                "",
            ),
            record_anchor(ask.record.key),
            most_lines=4,
        )
        for ask in sorted(asks, key=lambda each: (each.asked_on, record_order(each.record.key)))
    ]
    table(flow, columns, rows)


def _outcome(ask: ReplyRequest) -> str:
    """Return the outcome of a request in words, with the working days waited."""
    days = counted(ask.waited, "working day")
    if ask.silent:
        return f"no answer; noted after {days}"
    if ask.settled_by is not None:
        effect = str(ask.settled_by.fields.get("effect", ""))
        return f"{EFFECTS_DONE.get(effect, 'answered')} after {days}"
    return f"no answer recorded; {days} so far"


def lay_out_ladder(
    thread: Thread, flow: PageWriter, without_page: frozenset[RecordKey] = frozenset(), title: str = ""
) -> None:
    """Set one thread as a ladder: its title, or another, how it stands, and each step with its date and page; those of records `without_page` have none."""
    flow.heading(title or thread.title, thread_anchor(thread), level=1)
    flow.paragraph(
        thread.state, BOLD, t.BODY_SIZE, t.AMBER if any(not ask.answered for ask in thread.asks) else t.TEAL, after=6
    )
    steps = thread.steps
    for number, step in enumerate(steps):
        _step(step, flow, last=number == len(steps) - 1, paged=step.record.key not in without_page)
    flow.space(12)


def _step(step: Step, flow: PageWriter, *, last: bool, paged: bool = True) -> None:
    """Set one step: shape on the line, date, words with detail and limit, page number. A step is not broken over pages."""
    width = flow.width - TEXT_LEFT - WHEN_WIDTH - 34
    lines = [(line, BOLD, t.TABLE_SIZE, t.INK) for line in flow.wrap(step.words, width, BOLD, t.TABLE_SIZE)]
    lines += [
        (line, REGULAR, t.TABLE_SIZE, t.INK) for line in flow.wrap(step.detail, width, REGULAR, t.TABLE_SIZE) if line
    ]
    lines += [(line, ITALIC, t.NOTE_SIZE, t.SOFT) for line in flow.wrap(step.limit, width, ITALIC, t.NOTE_SIZE) if line]
    when = flow.wrap(step.when, WHEN_WIDTH - 8, REGULAR, t.TABLE_SIZE)
    height = max(len(lines) * STEP_LINE, len(when) * STEP_LINE) + 9
    flow.need(height)
    top, middle = flow.y, flow.left + RAIL
    flow.y = top - 11
    draw_shape(flow, step.shape, middle, flow.y + 3)
    if not last:
        _rail(flow, middle, top - 17, top - height - 2, broken=step.shape is Shape.SILENCE)
    if paged:
        flow.page_of(flow.left + flow.width, record_anchor(step.record.key), "p. ", t.TABLE_SIZE)
    for line in when:
        flow.put(flow.left + TEXT_LEFT, line, REGULAR, t.TABLE_SIZE, t.SOFT)
        flow.y -= STEP_LINE
    flow.y = top - 11
    for text, font, size, colour in lines:
        flow.put(flow.left + TEXT_LEFT + WHEN_WIDTH, text, font, size, colour)
        flow.y -= STEP_LINE
    flow.y = top - height


def _rail(flow: PageWriter, x: float, top: float, bottom: float, *, broken: bool) -> None:
    """Draw the line down to the next step, dashed after a silence."""
    if not broken:
        flow.page.marks.append(Box(x - 0.4, bottom, 0.8, max(0.0, top - bottom), t.HAIR))
        return
    y = top
    while y - 3 > bottom:
        flow.page.marks.append(Box(x - 0.6, y - 3, 1.2, 3, t.AMBER))
        y -= 6


def draw_shape(flow: PageWriter, shape: Shape, x: float, y: float) -> None:
    """Draw a step's shape around a point; shapes differ in form and not in colour alone."""
    marks = flow.page.marks
    size = SHAPE_SIZE
    match shape:
        case Shape.SEALED:
            marks.append(Box(x - size, y - size, 2 * size, 2 * size, t.TEAL))
        case Shape.DRAFT:
            marks.append(Box(x - size, y - size, 2 * size, 2 * size, t.TEAL))
            marks.append(Box(x - size + 1.2, y - size + 1.2, 2 * size - 2.4, 2 * size - 2.4, WHITE))
        case Shape.OUT:
            marks.append(Polygon(((x - size, y - size), (x + size + 1, y), (x - size, y + size)), t.TEAL))
        case Shape.IN:
            marks.append(Polygon(((x + size, y - size), (x - size - 1, y), (x + size, y + size)), t.INK))
        case Shape.ARRIVED:
            marks.append(Polygon(((x, y - size), (x + size, y), (x, y + size), (x - size, y)), t.SOFT))
            marks.append(Polygon(((x, y - size + 2), (x + size - 2, y), (x, y + size - 2), (x - size + 2, y)), WHITE))
        case Shape.OPENED:
            wide = size + 2
            marks.append(Polygon(((x - wide, y), (x, y + size), (x + wide, y), (x, y - size)), t.TEAL))
            marks.append(
                Polygon(((x - wide + 2.4, y), (x, y + size - 1.6), (x + wide - 2.4, y), (x, y - size + 1.6)), WHITE)
            )
            marks.append(Box(x - 1.5, y - 1.5, 3, 3, t.TEAL))
        case Shape.SILENCE:
            for start in (-size - 1, -1.5, size - 2):
                marks.append(Box(x + start, y - 0.9, 3, 1.8, t.AMBER))
        case Shape.UP:
            marks.append(Polygon(((x - size, y - size), (x + size, y - size), (x, y + size)), t.AMBER))
