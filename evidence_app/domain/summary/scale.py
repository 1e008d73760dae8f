"""The scale sheet: how many cases were changed from what to what, on what sort of instruction and by whose level, without anybody's name (docs/domain.md, rule R4)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.covered_cases import cases_of
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import OWN_WORDS, WordList
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.case_outcomes import NOTHING_YET
from evidence_app.domain.summary.counting import NOT_STATED, Table
from evidence_app.proof.encoding.json import JsonObject

CHANGE_FIELDS: Final = ("from_value", "to_value")


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What became of one case: changed from what to what, or not."""

    became: str
    from_value: str
    to_value: str


@dataclass(frozen=True, slots=True)
class Scale:
    """The counts: cases that instructions cover, cases of which something was said, and the tables."""

    covered: int
    said: int
    tables: tuple[Table, ...]

    def to_json(self) -> JsonObject:
        """Return the sheet as the command line prints it."""
        tables: JsonObject = {
            table.title: [{"what": label, "cases": count} for label, count in table.rows] for table in self.tables
        }
        return {"covered": self.covered, "said": self.said, "tables": tables}

    def in_words(self) -> Iterator[str]:
        """Yield the sheet in lines."""
        yield f"Cases that instructions were about: {self.covered}. Cases of which it is said what became of them: {self.said}. Each case counts once; no case, client or officer is named."
        for table in self.tables:
            yield ""
            yield table.title
            for label, count in table.rows:
                yield f"  {count!s:>6}  {label}"


def scale_of(records: Iterable[SealedRecord], lists: Mapping[str, WordList] = WORD_LISTS) -> Scale:
    """Return the scale sheet of some records. Of several follow-ups on a case the last counts."""
    listed = sorted(records, key=lambda each: (each.event[0], each.sealed_at))
    instructions = [each for each in listed if each.kind.name == "instruction"]
    covered = {ref for each in instructions for ref in cases_of(each)}
    changes = _changes(listed, lists)
    return Scale(len(covered), len(changes), tuple(_tables(instructions, covered, changes, lists)))


def _changes(records: Iterable[SealedRecord], lists: Mapping[str, WordList]) -> dict[str, CaseChange]:
    changes: dict[str, CaseChange] = {}
    for record in records:
        if record.kind.name == "case-outcome":
            changes[record.case_ref] = _change(record, str(record.fields["became"]), lists)
        elif record.kind.name == "decision" and record.case_ref and record.fields.get("to_value"):
            changes[record.case_ref] = _change(record, "changed", lists)
    return changes


def _change(record: SealedRecord, became: str, lists: Mapping[str, WordList]) -> CaseChange:
    before, after = (_word(lists["frequencies"], record.fields.get(name)) for name in CHANGE_FIELDS)
    return CaseChange(became, before, after)


def _tables(
    instructions: Iterable[SealedRecord],
    covered: set[str],
    said: Mapping[str, CaseChange],
    lists: Mapping[str, WordList],
) -> Iterator[Table]:
    changes = said.values()
    became = Counter(each.became for each in changes) + Counter({NOTHING_YET: len(covered - said.keys())})
    yield _table("What became of the cases", became)
    moved = Counter(f"{each.from_value} → {each.to_value}" for each in changes if each.became == "changed")
    if moved:
        yield _table("Changed from what to what", moved)
    given: Counter[str] = Counter()
    levels: Counter[str] = Counter()
    for each in instructions:
        count = len(cases_of(each)) or 1
        given[_word(lists["instruction-types"], each.fields.get("type"))] += count
        by = each.fields.get("given_by")
        levels[_word(lists["roles"], by.get("role") if isinstance(by, dict) else None)] += count
    if given:
        yield _table("What the instructions told, by cases", given)
        yield _table("Who gave them, by role and cases", levels)


def _table(title: str, counts: Counter[str]) -> Table:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Table(title, tuple((label, count) for label, count in ordered if count))


def _word(word_list: WordList, value: object) -> str:
    """Return the word of a list, or that it is one's own or not stated: what somebody wrote freely could name a person."""
    if not value:
        return NOT_STATED
    return word_list.known(str(value)) or OWN_WORDS
