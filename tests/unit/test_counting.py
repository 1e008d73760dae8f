"""Suppression of small counts: none under five is shown, and none can be derived from a total."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.record.lists.word_lists import CONCERN_CATEGORIES
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.counting import MIN_COUNT, suppressed, tables, workload_range
from evidence_app.proof.encoding.json import JsonObject
from tests.support.entries import sample_entry

NAMES = st.text("abcdefgh", min_size=1, max_size=3)
COUNTS = st.dictionaries(NAMES, st.integers(1, 14), min_size=1, max_size=7)


def record(entry: dict[str, Any], index: int = 1) -> SealedRecord:
    """Return a record of an entry, as the log would hold it."""
    read = read_entry(entry)
    content = {"kind": entry["kind"], "fields": dict(read.fields), "event_at": read.event_at}
    content["event_precision"] = read.event_precision
    return SealedRecord(index, content, datetime(2025, 4, 14, tzinfo=UTC), bytes(32))


def possible(hidden: int, total: int, largest: int) -> Iterator[tuple[int, ...]]:
    """Yield every way in which so many counts, each at least one, come to a total."""
    if hidden == 1:
        if 1 <= total <= largest:
            yield (total,)
        return
    for first in range(1, min(largest, total - hidden + 1) + 1):
        for rest in possible(hidden - 1, total - first, largest):
            yield (first, *rest)


@given(COUNTS)
def test_no_count_under_five_is_shown(counts: dict[str, int]) -> None:
    rows = suppressed(counts)
    assert Counter(name for name, _ in rows) == Counter(dict.fromkeys(counts, 1)), "a row is missing or stands twice"
    for name, count in rows:
        assert count is None or count >= MIN_COUNT, f"{name} is said to be {count}"
        assert count in {None, counts[name]}, f"{name} is said to be {count}, which it is not"


@given(COUNTS)
def test_a_suppressed_count_cannot_be_derived_from_the_total(counts: dict[str, int]) -> None:
    rows = suppressed(counts)
    hidden = [counts[name] for name, count in rows if count is None]
    assert len(hidden) != 1 or len(counts) == 1, f"one row is not said: a total gives it away: {rows}"
    assert not hidden or sum(hidden) >= MIN_COUNT or len(hidden) == len(counts), f"together they are few: {rows}"


@given(st.dictionaries(NAMES, st.integers(MIN_COUNT, 99), max_size=8))
def test_nothing_is_hidden_where_nothing_is_small(counts: dict[str, int]) -> None:
    assert dict(suppressed(counts)) == counts


@given(COUNTS)
@example({"a": 9, "b": 1, "c": 1, "d": 1, "e": 1, "f": 1})
def test_no_small_count_is_derivable_from_a_total(counts: dict[str, int]) -> None:
    """Whoever knows the total, as the table of kinds says it, finds more than one number for every small count."""
    rows = suppressed(counts)
    hidden = [counts[name] for name, count in rows if count is None]
    if not any(count is not None for _, count in rows):
        return
    ways = list(possible(len(hidden), sum(hidden), max(counts.values()))) if hidden else []
    for place, true in enumerate(hidden):
        choices = {way[place] for way in ways}
        assert true >= MIN_COUNT or len(choices) > 1, f"{true} can be worked out from {rows} and {sum(counts.values())}"


def concerns(about: str, count: int) -> list[SealedRecord]:
    fields = {"concern": "x"} | ({"category": about} if about else {})
    return [record(sample_entry("concern", fields=fields)) for _ in range(count)]


def test_two_tables_together_give_no_small_count_away() -> None:
    """Seven concerns, of which five are about one thing: two say nothing about it."""
    kinds, about = tables([*concerns(CONCERN_CATEGORIES.texts[0], 5), *concerns("", 2)])
    said = [[count for _, count in table.rows] for table in (kinds, about)]
    assert None in said[0] + said[1], f"{said[0]} less {said[1]} is a count under five"


@given(st.lists(st.sampled_from(sorted(KINDS)), min_size=1, max_size=60))
def test_the_table_of_kinds_shows_no_small_count(kinds: list[str]) -> None:
    content: list[JsonObject] = [{"kind": kind, "fields": {}} for kind in kinds]
    records = [SealedRecord(n, each, datetime.now(UTC), bytes(32)) for n, each in enumerate(content)]
    (table, *rest) = tables(records)
    assert not rest, "a table without any value is set"
    counted = Counter(KINDS[kind].label for kind in kinds)
    for name, count in table.rows:
        assert count is None or (count >= MIN_COUNT and count == counted[name])


def test_free_text_is_not_shown_in_tables() -> None:
    own = "about Robin Ashdown of X000412"
    records = [record(sample_entry("instruction", fields={"via": own})) for _ in range(6)]
    said = [name for table in tables(records) for name, _ in table.rows]
    assert not any("Ashdown" in name or "X000412" in name for name in said), said
    assert "in other words" in said


def loads(*figures: float | None) -> list[SealedRecord]:
    fields: list[dict[str, Any]] = [{} if figure is None else {"wmt_pct": figure} for figure in figures]
    return [record(sample_entry("workload", fields=each), n) for n, each in enumerate(fields)]


def test_fewer_than_five_workload_figures_are_not_shown() -> None:
    assert workload_range(loads(112, 118.5, 131, 140)) == ""
    assert workload_range([]) == ""
    assert workload_range(loads(112, 118.5, 131, 140, 105)) == "100 to 150 per cent of capacity"


@given(st.lists(st.integers(0, 300), min_size=MIN_COUNT, max_size=9))
def test_workload_is_shown_in_tens(figures: list[int]) -> None:
    said = workload_range(loads(*figures))
    low, high = (int(word) for word in said.split() if word.isdigit())
    assert low % 10 == high % 10 == 0
    assert low <= min(figures) <= max(figures) < high
