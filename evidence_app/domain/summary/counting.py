"""Counts that give nobody away: small ones are not said, nor those from which a small one could be worked out."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.records import SealedRecord

MIN_COUNT: Final = 5
"""Counts under this are suppressed (docs/domain.md, section 9.5)."""
SUPPRESSED: Final = "not said"
NOT_STATED: Final = "not stated"
OTHER_WORDS: Final = "in other words"
BAND: Final = 10
BY_FIELD: Final = (
    ("Instructions, by what they asked", "instruction", "type"),
    ("Instructions, by how they were given", "instruction", "via"),
    ("Concerns, by what they were about", "concern", "category"),
    ("Mail receipts, by what they show", "mail-receipt", "type"),
    ("Answers, by their effect", "response", "effect"),
    ("Refusals, by reason", "refusal", "why"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """Counts under one title; those that are not said are None, and words stand for what is said less exactly."""

    title: str
    rows: tuple[tuple[str, int | str | None], ...]


def suppressed(counts: Mapping[str, int], smallest: int = MIN_COUNT) -> tuple[tuple[str, int | None], ...]:
    """Return counts, the largest first, with small ones taken out; those that are not said follow by name.

    So many go that nobody who knows the total can work one of them out: at least two, and together so much more than their number that it can
    be shared out among them in many ways.
    """
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    hidden = {name for name, count in ordered if count < smallest}
    for name, _ in reversed(ordered):
        if hidden and (len(hidden) < 2 or sum(counts[each] for each in hidden) < len(hidden) + smallest):
            hidden.add(name)
    said = [(name, count) for name, count in ordered if name not in hidden]
    return (*said, *((name, None) for name in sorted(hidden)))


def tables(records: Sequence[SealedRecord]) -> Iterator[Table]:
    """Yield the tables of counts over some records.

    What a kind's records do not say is a row of its own, so that each table comes to as much as the kind's own count.
    """
    yield Table("Records, by kind", suppressed(Counter(record.kind.label for record in records)))
    for title, kind, name in BY_FIELD:
        counts = Counter(values_of(records, kind, name))
        if counts:
            silent = sum(1 for record in records if record.kind.name == kind and not record.fields.get(name))
            yield Table(title, suppressed(counts | ({NOT_STATED: silent} if silent else {})))


def values_of(records: Iterable[SealedRecord], kind: str, name: str) -> Iterator[str]:
    """Yield a field's values; words of the author's own, which could name somebody, count as other words."""
    for record in records:
        if record.kind.name == kind and record.fields.get(name):
            known = next((field.choices for field in record.kind.fields if field.name == name), ())
            value = record.fields[name]
            for item in value if isinstance(value, list) else [value]:
                yield str(item) if item in known else OTHER_WORDS


def workload_range(records: Iterable[SealedRecord]) -> str:
    """Say between which tens of per cent the workload lay; nothing where there are fewer than five figures."""
    figures = []
    for record in records:
        value = record.fields.get("wmt_pct")
        if record.kind.name == "workload" and isinstance(value, int | float) and not isinstance(value, bool):
            figures.append(float(value))
    if len(figures) < MIN_COUNT:
        return ""
    return f"{int(min(figures) // BAND * BAND)} to {int(max(figures) // BAND * BAND + BAND)} per cent of capacity"
