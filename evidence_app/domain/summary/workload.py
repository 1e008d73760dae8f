"""Workload over time, and items that fall due in the same week: from workload records and from dates in other records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase, together
from evidence_app.domain.record.kinds import WORKLOAD
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.due_items import promised
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.json import JsonObject

RED_LINE: Final = 110.0
"""Per cent of capacity above which the workload measurement tool shows a practitioner in red (docs/domain.md, section 7)."""
FORTNIGHT: Final = timedelta(days=14)
"""The period of the counts in `due_in_next_14d`."""
DUE: Final = {
    part.name: part.label for field in WORKLOAD.fields if field.name == "due_in_next_14d" for part in field.parts
}
"""The parts of the field `due_in_next_14d`, with their labels."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One workload record: its position, day (Europe/London), number of cases, and per cent of capacity; None where not given.

    `due` are pairs of label and count of what falls due within 14 days.
    """

    record: int
    day: date
    cases: float | None
    percent: float | None
    how_seen: str
    due: tuple[tuple[str, int], ...]
    overdue: tuple[str, ...]

    @property
    def over(self) -> bool:
        """Whether the figure is above the red line."""
        return self.percent is not None and self.percent > RED_LINE

    @property
    def due_together(self) -> int:
        """The number of items that fall due within 14 days."""
        return sum(count for _, count in self.due)

    def due_in_words(self) -> Phrase:
        """Return the items that fall due within 14 days, with their counts."""
        parts = [phrase("{count} × {what}", count=count, what=phrase(what.lower())) for what, count in self.due]
        return together(parts, ", ")

    def to_json(self) -> JsonObject:
        """Return the snapshot in the JSON that the command line prints."""
        return {
            "record": self.record,
            "day": self.day.isoformat(),
            "cases": self.cases,
            "wmt_pct": self.percent,
            "over_110": self.over,
            "due_in_next_14d": dict(self.due),
            "overdue": list(self.overdue),
        }


@dataclass(frozen=True, slots=True)
class Week:
    """A week, from its Monday, with the items that fall due in it: pairs of the record's position and words."""

    monday: date
    things: tuple[tuple[int, str], ...]

    def to_json(self) -> JsonObject:
        """Return the week in the JSON that the command line prints."""
        return {
            "week_from": self.monday.isoformat(),
            "due": [{"record": record, "what": what} for record, what in self.things],
        }


@dataclass(frozen=True, slots=True)
class Workload:
    """The snapshots in order, and the weeks in which something falls due."""

    snapshots: tuple[Snapshot, ...]
    weeks: tuple[Week, ...]

    def in_words(self) -> Phrase:
        """Return the content of the chart in sentences, as its alternative text."""
        measured = [each for each in self.snapshots if each.percent is not None]
        if not self.snapshots:
            return phrase("No workload snapshot is sealed yet.")
        words = counted_phrase(
            len(self.snapshots),
            "{count} snapshot, {first} to {last}.",
            "{count} snapshots, {first} to {last}.",
            first=self.snapshots[0].day,
            last=self.snapshots[-1].day,
        )
        if not measured:
            return words
        highest = max(measured, key=lambda each: each.percent or 0)
        more = phrase(
            "WMT above 110 % in {over} of {all}; highest {highest} % on {day}, last {last} %.",
            over=sum(1 for each in measured if each.over),
            all=len(measured),
            highest=highest.percent or 0.0,
            day=highest.day,
            last=measured[-1].percent or 0.0,
        )
        return together([words, more])


def workload_of(records: Iterable[SealedRecord]) -> Workload:
    """Return the workload snapshots and the weeks in some records."""
    listed = list(records)
    snapshots = sorted(
        (_snapshot(each) for each in listed if each.kind is WORKLOAD), key=lambda each: (each.day, each.record)
    )
    return Workload(tuple(snapshots), tuple(_weeks(listed)))


def _snapshot(record: SealedRecord) -> Snapshot:
    fields = record.fields
    counts, overdue = fields.get("due_in_next_14d"), fields.get("overdue")
    due = counts if isinstance(counts, dict) else {}
    return Snapshot(
        record.index,
        london_day(record.event[0]),
        _number(fields.get("cases_total")),
        _number(fields.get("wmt_pct")),
        str(fields.get("how_seen") or ""),
        tuple((label, int(str(due[name]))) for name, label in DUE.items() if due.get(name)),
        tuple(str(each) for each in overdue) if isinstance(overdue, list) else (),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _weeks(records: Sequence[SealedRecord]) -> Iterator[Week]:
    weeks: dict[date, list[tuple[int, str]]] = {}
    for record in records:
        for promise in promised(record):
            monday = promise.due - timedelta(days=promise.due.weekday())
            weeks.setdefault(monday, []).append((record.index, promise.words))
    for monday in sorted(weeks):
        yield Week(monday, tuple(weeks[monday]))
