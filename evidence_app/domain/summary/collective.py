"""Counts of members, across what they handed over, that lead back to none of them (docs/domain.md, section 9.5).

What is counted is people, not records: one member with fifty records is one. A group of fewer than five is not said, nor is the rest
where only fewer than five are outside it, nor a count from which such a group could be worked out with the totals.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.counting import BY_FIELD, MIN_COUNT, NOT_STATED, Table, suppressed, values_of
from evidence_app.domain.thread.steps import NO_ANSWER
from evidence_app.domain.time.times import london_day

Rows = tuple[tuple[str, int | str | None], ...]
NEARLY_ALL: Final = "nearly all, or all"
BANDS: Final = ((0, 90), (90, 100), (100, 110), (110, 120), (120, 10**6))
"""Per cent of capacity: from, to. Over 110 is where the measurement tool turns red (docs/domain.md, section 7)."""
TIMES: Final = ("never", "once", "twice", "three times or more")


@dataclass(slots=True)
class CountedMember:
    """One member, without a name: where they work, and what their records come to. The records themselves are not kept."""

    office: str = ""
    records: int = 0
    values: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    silences: int = 0
    quarters: set[tuple[int, int]] = field(default_factory=set)
    load: tuple[datetime, float] | None = None

    def take(self, record: SealedRecord) -> None:
        """Take a record into account."""
        self.records += 1
        kind = record.kind.name
        for _, of, name in BY_FIELD:
            if of == kind:
                self.values.setdefault((of, name), set()).update(values_of([record], of, name))
        self.silences += kind == "response" and record.fields.get("effect") == NO_ANSWER
        day = london_day(record.event[0])
        self.quarters.add((day.year, (day.month + 2) // 3))
        value = record.fields.get("wmt_pct") if kind == "workload" else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            self.load = max(self.load or (record.event[0], 0.0), (record.event[0], float(value)))

    def has(self, kind: str, name: str) -> set[str]:
        """Return the values that a field of a kind has in any record."""
        return self.values.get((kind, name), set())


def said(count: int, of: int) -> str:
    """Say how many of a group it is, or that it is not said, or nearly all."""
    if count < MIN_COUNT:
        return ""
    return NEARLY_ALL if of - count < MIN_COUNT else str(count)


def collective_tables(people: Sequence[CountedMember]) -> Iterator[Table]:
    """Yield the tables over some members, of whom there are at least five."""
    total = len(people)
    offices = Counter(person.office or NOT_STATED for person in people)
    yield Table("Members, by office", suppressed(offices))
    for title, kind, name in BY_FIELD:
        counts = Counter(value for person in people for value in person.has(kind, name))
        if counts:
            yield Table(f"Members with {title[:1].lower()}{title[1:]}", tuple(_of_group(counts, total)))
    yield from _by_office(people, offices)
    silent = Counter(TIMES[min(3, person.silences)] for person in people)
    yield Table("Members, by how often an answer did not come by the date", _in_order(suppressed(silent), TIMES))
    loads = Counter(band for person in people if (band := _band(person)))
    if loads.total() >= MIN_COUNT:
        loads |= {NOT_STATED: total - loads.total()} if loads.total() < total else {}
        yield Table(
            "Members, by their last figure of workload",
            _in_order(suppressed(loads), [*map(_of_band, BANDS), NOT_STATED]),
        )


def _in_order(rows: Sequence[tuple[str, int | None]], order: Sequence[str]) -> Rows:
    """Return rows in an order of their own, those that are not said among them."""
    return tuple(sorted(rows, key=lambda row: order.index(row[0])))


def _of_group(counts: Mapping[str, int], total: int) -> Iterator[tuple[str, int | str | None]]:
    """Yield how many members of all have each value: a member may have several, so the rows come to no total."""
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        words = said(count, total)
        yield name, words if words == NEARLY_ALL else int(words) if words else None


def _by_office(people: Sequence[CountedMember], offices: Mapping[str, int]) -> Iterator[Table]:
    """Yield for each type of instruction how many members of each office had one: the same instruction in one office."""
    types = Counter(value for person in people for value in person.has("instruction", "type"))
    shown = {name for name, count in suppressed(offices) if count is not None}
    for value, _ in sorted(types.items(), key=lambda item: (-item[1], item[0])):
        counts = Counter(person.office or NOT_STATED for person in people if value in person.has("instruction", "type"))
        rows = _cells(counts, offices, shown)
        if any(words is not None for _, words in rows):
            yield Table(f"Members told “{value}”, by office", rows)


def _cells(counts: Mapping[str, int], sizes: Mapping[str, int], shown: set[str]) -> Rows:
    """Return the rows of one value over offices. The total over all offices is known: what is not said must not follow from it."""
    open_to_all = {name for name, count in counts.items() if name in shown and said(count, sizes[name]).isdecimal()}
    hidden = set(counts) - open_to_all
    for name in sorted(open_to_all, key=lambda each: (counts[each], each)):
        if hidden and (len(hidden) < 2 or sum(counts[each] for each in hidden) < len(hidden) + MIN_COUNT):
            hidden.add(name)
    rows: list[tuple[str, int | str | None]] = [
        (name, counts[name]) for name in sorted(counts, key=lambda each: (-counts[each], each)) if name not in hidden
    ]
    nearly = [name for name in sorted(hidden) if name in shown and said(counts[name], sizes[name]) == NEARLY_ALL]
    rows += [(name, NEARLY_ALL) for name in nearly]
    return (*rows, *((name, None) for name in sorted(hidden) if name not in nearly))


def _band(person: CountedMember) -> str:
    if person.load is None:
        return ""
    last = person.load[1]
    return _of_band(next(band for band in BANDS if band[0] <= last < band[1]))


def _of_band(band: tuple[int, int]) -> str:
    low, high = band
    if not low:
        return f"under {high} per cent of capacity"
    return f"{low} per cent of capacity or more" if high > 1_000 else f"{low} to {high} per cent of capacity"
