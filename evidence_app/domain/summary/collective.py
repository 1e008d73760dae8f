"""Counts of members across their hand-overs, from which no member can be identified (docs/domain.md, section 9.5).

People are counted, not records: a member with fifty records counts once. Suppressed are groups of fewer than five, groups
that all but fewer than five belong to, and counts from which such a group could be computed with the totals.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import WordList
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.counting import BY_FIELD, MIN_COUNT, NOT_STATED, Table, suppressed, values_of
from evidence_app.domain.thread.steps import NO_ANSWER
from evidence_app.domain.time.times import london_day

Rows = tuple[tuple[str, int | str | None], ...]
"""Rows of a table: label, and count, words or None where the count is suppressed."""
NEARLY_ALL: Final = "nearly all, or all"
"""Shown instead of a count that fewer than five members are outside of."""
BANDS: Final = ((0, 90), (90, 100), (100, 110), (110, 120), (120, 10**6))
"""Bands of workload in per cent of capacity: from, and up to but not including. The measurement tool shows more than 110 in
red (docs/domain.md, section 7)."""
TIMES: Final = ("never", "once", "twice", "three times or more")
"""Labels of the number of missing answers."""


@dataclass(slots=True)
class CountedMember:
    """The figures of one member, without name and without records.

    `values` maps a kind and a field to the values in any record, `silences` counts missing answers, `quarters` are pairs of
    year and quarter with records, and `load` is the latest workload figure with its time (UTC).
    """

    office: str = ""
    records: int = 0
    values: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    silences: int = 0
    quarters: set[tuple[int, int]] = field(default_factory=set)
    load: tuple[datetime, float] | None = None

    def take(self, record: SealedRecord, lists: Mapping[str, WordList] = WORD_LISTS) -> None:
        """Add a record to the figures, its words named by these lists."""
        self.records += 1
        kind = record.kind.name
        for _, counted_kind, name in BY_FIELD:
            if counted_kind == kind:
                self.values.setdefault((kind, name), set()).update(values_of([record], kind, name, lists))
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
    """Return a count out of `of` as text: empty if it is suppressed, `NEARLY_ALL` if too few are outside it."""
    if count < MIN_COUNT:
        return ""
    return NEARLY_ALL if of - count < MIN_COUNT else str(count)


def collective_tables(people: Sequence[CountedMember]) -> Iterator[Table]:
    """Yield the tables of some members, of whom there must be at least five."""
    total = len(people)
    offices = Counter(person.office or NOT_STATED for person in people)
    yield Table("Members, by office", suppressed(offices))
    for title, kind, name in BY_FIELD:
        counts = Counter(value for person in people for value in person.has(kind, name))
        if counts:
            rows = tuple(_of_group(counts, total))
            if rows:
                yield Table(f"Members with {title[:1].lower()}{title[1:]}", rows)
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
    """Return rows in a fixed order, suppressed ones included."""
    return tuple(sorted(rows, key=lambda row: order.index(row[0])))


def _of_group(counts: Mapping[str, int], total: int) -> Iterator[tuple[str, int | str | None]]:
    """Yield how many of all members have each value, where that may be said. A member may have several, so that the rows have no sum to subtract from.

    What too few have is left out by name, too: among six people, that anybody raised this may tell who.
    """
    for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        words = said(count, total)
        if words:
            yield name, words if words == NEARLY_ALL else int(words)


def corroborated(found: Iterable[tuple[str, int]], total: int) -> Iterator[Table]:
    """Yield the table of what several members recorded independently: pairs of what it is and of how many logs; where that may be said."""
    rows = tuple((what, words) for what, logs in found if (words := said(logs, total)))
    if rows:
        yield Table("Independently recorded, by how many members", rows)


def _by_office(people: Sequence[CountedMember], offices: Mapping[str, int]) -> Iterator[Table]:
    """Yield a table for each type of instruction: how many members of each office were given one."""
    types = Counter(value for person in people for value in person.has("instruction", "type"))
    shown = {name for name, count in suppressed(offices) if count is not None}
    for value, _ in sorted(types.items(), key=lambda item: (-item[1], item[0])):
        counts = Counter(person.office or NOT_STATED for person in people if value in person.has("instruction", "type"))
        rows = _cells(counts, offices, shown)
        if any(words is not None for _, words in rows):
            yield Table(f"Members told “{value}”, by office", rows)


def _cells(counts: Mapping[str, int], sizes: Mapping[str, int], shown: set[str]) -> Rows:
    """Return the rows of one value by office. The total over all offices is published, so more rows may have to be suppressed."""
    open_to_all = {name for name, count in counts.items() if name in shown and said(count, sizes[name]).isdecimal()}
    hidden = set(counts) - open_to_all
    # Secondary suppression, smallest first, until the hidden counts cannot be computed from the total (see `suppressed`).
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
