"""“Who knew what, when”: for each person the days, what sealed records show of them, of which matter, and the page."""

from collections.abc import Mapping, Sequence
from typing import Final

from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset import page_writer as t
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.record.records import RecordKey, SealedRecord
from evidence_app.domain.summary.overview import Knew, most_often, who_knew
from evidence_app.domain.text.counted import counted
from evidence_app.proof.encoding.times import day_in_words

MAX_PEOPLE: Final = 15
MAX_WORDS: Final = 170
"""Characters of a record's words in a row."""


def lay_out_knowledge(plan: Plan, flow: PageWriter) -> bool:
    """Set a table for each person. Return false, with nothing set, if no record shows what anybody knew."""
    records = [each.shown for each in plan.chronological()]
    knew = who_knew(records)
    if not knew:
        return False
    flow.heading("Who knew what, when", "knowledge")
    flow.paragraph(
        "What sealed records and receipts show of each person: that they said, were told, were sent, opened, answered. That a mail was sent or "
        "opened does not show that it was read.",
        size=t.NOTE_SIZE,
        colour=t.SOFT,
        after=8,
    )
    everybody = most_often(knew)
    for person in everybody[:MAX_PEOPLE]:
        theirs = [each for each in knew if each.who == person]
        _what_they_knew(person, theirs, {record.key: record for record in records}, flow, is_linked=plan.has("records"))
    left = len(everybody) - MAX_PEOPLE
    if left > 0:
        flow.paragraph(
            f"{counted(left, 'more person comes', 'more people come')} up; the records name them.",
            size=t.NOTE_SIZE,
            colour=t.SOFT,
        )
    return True


def _what_they_knew(
    person: str,
    entries: Sequence[Knew],
    records: Mapping[RecordKey, SealedRecord],
    flow: PageWriter,
    *,
    is_linked: bool,
) -> None:
    """Set one person's table; what one record shows of them in several ways is one row."""
    columns = (
        Column("When", 0, 92),
        Column("What is shown", 92, 104),
        Column("Of what", 196, flow.width - 196 - 32),
        Column("Page", flow.width - 30, 30, right=True),
    )
    by_record: dict[RecordKey, list[Knew]] = {}
    for entry in entries:
        by_record.setdefault(entry.record.key, []).append(entry)
    rows = [
        Row(
            (
                day_in_words(group[0].day),
                "; ".join(dict.fromkeys(each.what for each in group)),
                _of_what(group[0].record, records),
                "",
            ),
            record_anchor(group[0].record.key) if is_linked else "",
            most_lines=8,
        )
        for group in by_record.values()
    ]
    table(flow, columns, rows, title=person)


def _of_what(record: SealedRecord, records: Mapping[RecordKey, SealedRecord]) -> str:
    """Return what a record is about: of a receipt the message that it reports on."""
    about = next((records[to] for to, how in record.linked if how == "receipt for" and to in records), None)
    shown = about if about is not None else record
    return f"{shown.kind.label}{f' {shown.number}' if about is not None else ''}: {shown.headline(MAX_WORDS)}"
