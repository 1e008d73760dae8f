"""Workload over time, and items that fall due in the same week: from workload records and from dates in other records."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from evidence_app.domain.phrases import Phrase, counted_phrase, phrase, together
from evidence_app.domain.record.kinds import WORKLOAD
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.load_figures import (
    CASES,
    DUE_FIELD,
    FigureOverTime,
    Figures,
    as_number,
    figures_in,
    figures_in_words,
    more_hours_than_contracted,
    most_hours,
    over_time,
)
from evidence_app.domain.thread.due_items import KEEPING, outcomes_in, promises_in
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.json import JsonObject

RED_LINE: Final = 110.0
"""Per cent of capacity above which the workload measurement tool shows a practitioner in red (docs/domain.md, section 7)."""
FORTNIGHT: Final = timedelta(days=14)
"""The period of the counts in `DUE_FIELD`."""
DUE: Final = {part.name: part.label for field in WORKLOAD.fields if field.name == DUE_FIELD for part in field.parts}
"""The parts of that field, with their labels."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One workload record: its position, its time (UTC), per cent of capacity (None where not given), and what the load is made of.

    `due` are pairs of label and count of what falls due within 14 days.
    """

    record: int
    at: datetime
    percent: float | None
    how_seen: str
    due: tuple[tuple[str, int], ...] = ()
    overdue: tuple[str, ...] = ()
    figures: Figures = ()

    @property
    def day(self) -> date:
        """The day, in Europe/London."""
        return london_day(self.at)

    @property
    def cases(self) -> float | None:
        """The number of cases, or None where not given."""
        return dict(self.figures).get(CASES)

    @property
    def made_of(self) -> Phrase:
        """What the load is made of besides the number of cases and what falls due, as a list."""
        return figures_in_words(
            tuple((each, value) for each, value in self.figures if each is not CASES and each.field != DUE_FIELD)
        )

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
            "figures": {str(figure.label): value for figure, value in self.figures},
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

    def over_time(self) -> list[FigureOverTime]:
        """Return each figure of the load over time; the places are those of `snapshots`."""
        return over_time([each.figures for each in self.snapshots])

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
        return together([words, *self._changed_in_words(), *self._hours_in_words(), *self._percents_in_words(measured)])

    def _changed_in_words(self) -> Iterator[Phrase]:
        """Yield how each figure changed that changed at all."""
        changed = [each.in_words() for each in self.over_time() if each.first != each.last]
        if changed:
            yield phrase("From the first that was said to the last: {changes}.", changes=together(changed, ", "))

    def _hours_in_words(self) -> Iterator[Phrase]:
        """Yield how often the cases took more hours than are contracted, where both were said."""
        judged = [*more_hours_than_contracted([each.figures for each in self.snapshots])]
        if judged:
            yield phrase(
                "The cases took more hours than are contracted in {over} of {all}.", over=sum(judged), all=len(judged)
            )
        noted = most_hours([each.figures for each in self.snapshots])
        if noted is not None:
            hours, task, of_task = noted
            yield phrase(
                "Of {hours} hours noted by task, {of_task} ({share} %) went on: {task}.",
                hours=hours,
                of_task=of_task,
                share=round(100 * of_task / hours),
                task=task,
            )

    def _percents_in_words(self, measured: Sequence[Snapshot]) -> Iterator[Phrase]:
        """Yield what the measurement tool said, where it said anything."""
        if measured:
            yield phrase(
                "WMT above 110 % in {over} of {all}; highest {highest} % on {day}, last {last} %.",
                over=sum(1 for each in measured if each.over),
                all=len(measured),
                highest=(highest := max(measured, key=lambda each: each.percent or 0)).percent or 0.0,
                day=highest.day,
                last=measured[-1].percent or 0.0,
            )


def workload_of(records: Iterable[SealedRecord]) -> Workload:
    """Return the workload snapshots and the weeks in some records."""
    listed = list(records)
    return Workload(tuple(snapshots_in(listed)), tuple(_weeks(listed)))


def snapshots_in(records: Iterable[SealedRecord]) -> list[Snapshot]:
    """Return the workload snapshots among some records, in the order of time."""
    found = (_snapshot(each) for each in records if each.kind is WORKLOAD)
    return sorted(found, key=lambda each: (each.at, each.record))


def _snapshot(record: SealedRecord) -> Snapshot:
    fields = record.fields
    counts, overdue = fields.get(DUE_FIELD), fields.get("overdue")
    due = counts if isinstance(counts, dict) else {}
    return Snapshot(
        record.index,
        record.event[0],
        as_number(fields.get("wmt_pct")),
        str(fields.get("how_seen") or ""),
        tuple((label, int(str(due[name]))) for name, label in DUE.items() if due.get(name)),
        tuple(str(each) for each in overdue) if isinstance(overdue, list) else (),
        figures_in(fields),
    )


def _weeks(records: Sequence[SealedRecord]) -> Iterator[Week]:
    """Yield the weeks with what falls due in them: work, and not what is to be filed or kept, nor what was done since."""
    weeks: dict[date, list[tuple[int, str]]] = {}
    done = outcomes_in(records)
    for record, _, promise in promises_in(records):
        if promise.sort == "file" or promise.item == KEEPING or (record.index, promise.item.casefold()) in done:
            continue
        monday = promise.due - timedelta(days=promise.due.weekday())
        weeks.setdefault(monday, []).append((record.index, promise.words))
    for monday in sorted(weeks):
        yield Week(monday, tuple(weeks[monday]))
