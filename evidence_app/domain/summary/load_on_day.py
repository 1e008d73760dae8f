"""What the load was on the day of a decision: the last workload record at or before it."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from evidence_app.domain.record.kinds import WORKLOAD
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.load_figures import DUE_FIELD, figures_in
from evidence_app.domain.time.times import london_day

TOO_OLD: Final = timedelta(days=62)
"""A figure that is older says nothing of that day."""


def load_on(record: SealedRecord, records: Iterable[SealedRecord]) -> str:
    """Return the load on the day of a record in words, with how old the figure is; an empty string where there is none of the two months before."""
    known = [
        each
        for each in records
        if each.kind is WORKLOAD
        and each.handover == record.handover
        and each.event[0] <= record.event[1]
        and record.event[0] - each.event[0] <= TOO_OLD
        and (each.fields.get("cases_total") is not None or each.fields.get("wmt_pct") is not None)
    ]
    if not known:
        return ""
    last = max(known, key=lambda each: (each.event[0], each.index))
    days = (london_day(record.event[0]) - london_day(last.event[0])).days
    age = "on that day" if days <= 0 else "the day before" if days == 1 else f"{days} days before"
    return f"{_figures(last)} (record {last.number}, {age})"


def _inside(label: str) -> str:
    """Return a label as it stands inside a sentence: an abbreviation keeps its capitals."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def _figures(record: SealedRecord) -> str:
    percent = record.fields.get("wmt_pct")
    parts = [
        f"{value:g} {_inside(figure.label)}" for figure, value in figures_in(record.fields) if figure.field != DUE_FIELD
    ]
    return ", ".join([*parts, *([f"WMT {percent} %"] if percent is not None else [])])
