"""What was withheld, by sort and place and never by value; and the page for a statement of truth."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from evidence_app.bundle.plan.redaction import ScheduleEntry
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.fonts import REGULAR
from evidence_app.bundle.typeset.page_writer import Box, PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.statements import statement_for
from evidence_app.domain.text.counted import counted
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import day_in_words

MAX_ROWS: Final = 2_000
LINES: Final = ("Signed", "Name in capitals", "Role", "Date")


def lay_out_schedule(plan: Plan, flow: PageWriter) -> bool:
    """Set the redaction schedule. Return whether there is anything in it."""
    schedule = plan.applied.schedule
    before = list(_withheld_before(plan))
    if not schedule and not before:
        return False
    flow.heading("Redaction schedule", "schedule")
    for text in before:
        flow.paragraph(text, size=t.TABLE_SIZE, after=8)
    if not schedule:
        return True
    flow.paragraph(
        f"{counted(plan.applied.count, 'thing is', 'things are')} withheld from the documents in this bundle. What they are is not said here. Words and fields of records are withheld "
        "from the proof as well: whatever is shown still proves to be what was sealed.",
        size=t.TABLE_SIZE,
        after=8,
    )
    if plan.profile.pseudonyms and not plan.handed_over:
        flow.paragraph(
            "A pseudonym stands for the same person or case throughout this bundle, and for nobody in any other bundle.",
            size=t.TABLE_SIZE,
            after=8,
        )
    _classes(schedule, flow)
    columns = (
        Column("Where", 0, 110),
        Column("What", 110, 140),
        Column("How many", 250, 60, right=True),
        Column("Why", 322, flow.width - 322 - 40),
        Column("Page", flow.width - 40, 40, right=True),
    )
    order = sorted(schedule.items(), key=lambda item: (_place(item[0].key), item[0].category))
    rows = [
        Row((_where(entry.key), entry.category, str(count), entry.why, ""), entry.key if plan.has("records") else "")
        for entry, count in order[:MAX_ROWS]
    ]
    table(flow, columns, rows)
    if len(order) > MAX_ROWS:
        flow.paragraph(f"{len(order) - MAX_ROWS} further places are counted above and not listed.", size=t.TABLE_SIZE)
    return True


def _withheld_before(plan: Plan) -> Iterator[str]:
    """Yield what the authors of records withheld before they handed them over: that is in their schedule, and here it is said that it is so."""
    records = {each.record.index: each.record for each in plan.own}
    for part in plan.handed_over:
        record = records.get(part.handover)
        counts = [
            counted(number, sort)
            for name, sort in (("fields_withheld", "field"), ("words_withheld", "word"))
            if record is not None and isinstance(number := record.fields.get(name), int) and number
        ]
        if counts:
            yield (
                f"{part.whose} withheld {' and '.join(counts)} of records, and what is covered on pages of documents, before they were handed over "
                f"(record {part.handover}). It is not listed below. A pseudonym in them is the author's: it stands for the same person or case in every bundle "
                "that is made of this hand-over."
            )


def _classes(schedule: Mapping[ScheduleEntry, int], flow: PageWriter) -> None:
    counts = Counter[str]()
    for entry, count in schedule.items():
        counts[entry.category] += count
    columns = (Column("What", 0, 200), Column("How many", 200, 70, right=True))
    table(flow, columns, [Row((category, str(count))) for category, count in counts.most_common()])


def _place(key: str) -> tuple[str, tuple[int, ...]]:
    """Return what rows of the schedule are put in order by: records, then exhibits, each by number."""
    stem, _, number = key.rpartition("-")
    return stem, tuple(int(part) for part in number.split(".") if part.isdigit())


def _where(key: str) -> str:
    return key.replace("-", " ").replace(".", "/").capitalize()


def lay_out_statement(plan: Plan, flow: PageWriter) -> None:
    """Set the statement of truth, unsigned, in the wording that fits the bundle."""
    statement = statement_for(sum(each.record.late for each in plan.own), plan.other_authors)
    flow.heading("Statement of truth", "statement")
    flow.paragraph(
        f"For: {plan.title}, made on {day_in_words(london_day(plan.made_at))}. To be signed by hand or electronically by {statement.signed_by}. "
        "This page is part of the signed file: sign a copy, or add a signature to the file, which the verifier then names as added.",
        size=t.TABLE_SIZE,
        colour=t.SOFT,
        after=14,
    )
    for text in statement.paragraphs:
        flow.paragraph(text, size=11, after=10)
    flow.space(24)
    for label in LINES:
        flow.space(30)
        flow.put(flow.left, label, REGULAR, t.TABLE_SIZE, t.SOFT)
        flow.page.marks.append(Box(flow.left + 118, flow.y - 2, 260, 0.6, t.INK))
    flow.space(30)
    flow.paragraph(
        "Take advice before signing: a statement of truth can have consequences. The program does not give legal advice.",
        size=t.TABLE_SIZE,
        colour=t.SOFT,
    )
