"""Counts from which nobody can be identified: small ones are suppressed, and so are those from which one could be computed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.fields import Field
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import OWN_WORDS, WordList
from evidence_app.domain.record.records import SealedRecord

MIN_COUNT: Final = 5
"""Counts under this are suppressed (docs/domain.md, section 9.5)."""
SUPPRESSED: Final = "not said"
"""Shown instead of a suppressed count."""
NOT_STATED: Final = "not stated"
"""Label of the records or members without a value."""
BAND: Final = 10
"""Workload is rounded outwards to multiples of this, in per cent."""
BY_FIELD: Final = (
    ("Instructions, by what they asked", "instruction", "type"),
    ("Instructions, by how they were given", "instruction", "via"),
    ("Concerns, by what they were about", "concern", "category"),
    ("Mail receipts, by what they show", "mail-receipt", "type"),
    ("Answers, by their effect", "response", "effect"),
    ("Refusals, by reason", "refusal", "why"),
)
"""The counted fields: title of the table, kind of record, and field."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table of counts. A suppressed count is None, and an inexact one is text."""

    title: str
    rows: tuple[tuple[str, int | str | None], ...]


def suppressed(counts: Mapping[str, int], smallest: int = MIN_COUNT) -> tuple[tuple[str, int | None], ...]:
    """Return counts, the largest first, without those under `smallest`; the suppressed ones follow by name, with None.

    Further counts are suppressed, so that none can be computed from the total (secondary suppression): at least two, and
    their sum must exceed their number by at least `smallest`, so that many divisions of it are possible.
    """
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    # Primary suppression: every small count.
    hidden = {name for name, count in ordered if count < smallest}
    # Secondary suppression: the next smallest counts, one by one.
    for name, _ in reversed(ordered):
        if hidden and (len(hidden) < 2 or sum(counts[each] for each in hidden) < len(hidden) + smallest):
            hidden.add(name)
    published = [(name, count) for name, count in ordered if name not in hidden]
    return (*published, *((name, None) for name in sorted(hidden)))


def tables(records: Sequence[SealedRecord], lists: Mapping[str, WordList] = WORD_LISTS) -> Iterator[Table]:
    """Yield the tables of counts of some records, named by the words of these lists.

    Records without a value have a row of their own, so that the sum of a table is the number of records of that kind.
    """
    yield Table("Records, by kind", suppressed(Counter(record.kind.label for record in records)))
    for title, kind, name in BY_FIELD:
        counts = Counter(values_of(records, kind, name, lists))
        if counts:
            silent = sum(1 for record in records if record.kind.name == kind and not record.fields.get(name))
            yield Table(title, suppressed(counts | ({NOT_STATED: silent} if silent else {})))


def values_of(
    records: Iterable[SealedRecord], kind: str, name: str, lists: Mapping[str, WordList] = WORD_LISTS
) -> Iterator[str]:
    """Yield the values of a field; those that are in no list become `OWN_WORDS`: an author's own words could name somebody."""
    for record in records:
        if record.kind.name == kind and record.fields.get(name):
            field = next((field for field in record.kind.fields if field.name == name), None)
            value = record.fields[name]
            for item in value if isinstance(value, list) else [value]:
                yield _in_list(str(item), field, lists) or OWN_WORDS


def _in_list(text: str, field: Field | None, lists: Mapping[str, WordList]) -> str:
    """Return the word of a field's list that a text is, or an empty string."""
    if field is None:
        return ""
    if field.word_list is not None:
        return lists[field.word_list.name].known(text)
    return text if text in field.choices else ""


def workload_range(records: Iterable[SealedRecord]) -> str:
    """Return the range of workload figures in multiples of ten per cent, or an empty string for fewer than five figures."""
    figures = []
    for record in records:
        value = record.fields.get("wmt_pct")
        if record.kind.name == "workload" and isinstance(value, int | float) and not isinstance(value, bool):
            figures.append(float(value))
    if len(figures) < MIN_COUNT:
        return ""
    return f"{int(min(figures) // BAND * BAND)} to {int(max(figures) // BAND * BAND + BAND)} per cent of capacity"
