"""The scale sheet: how many cases instructions covered, what became of them, changed from what to what, on what sort of instruction and by whose level; without anybody's name (docs/domain.md, rule R4)."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import OWN_WORDS, WordList
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.counting import NOT_STATED, Table
from evidence_app.domain.thread.case_outcomes import NOTHING_YET, in_order_of_events
from evidence_app.proof.encoding.json import JsonObject

CHANGE_FIELDS: Final = ("from_value", "to_value")
CHANGED, CHANGED_BACK, NOT_CHANGED = "changed", "changed back", "not changed"
Case = tuple[int, str]
"""A case by the place of its log among those that are counted, and its reference there: two officers' cases are never taken for one."""


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What became of one case in the end, and the change that it last went through; empty where it never changed."""

    became: str
    from_value: str = ""
    to_value: str = ""

    def then(self, became: str, before: str, after: str) -> "CaseChange":
        """Return it after one more follow-up: a change stays known when the case goes to somebody else, and ends when it is taken back."""
        if became == CHANGED:
            return CaseChange(became, before, after)
        return CaseChange(became) if became == CHANGED_BACK else CaseChange(became, self.from_value, self.to_value)


@dataclass(frozen=True, slots=True)
class Scale:
    """The counts: cases that instructions cover, those of which something was said, how many logs they are from, and the tables.

    `beyond` are cases that changed although no instruction counted covers them.
    """

    covered: int
    said: int
    beyond: int
    logs: int
    tables: tuple[Table, ...]

    def to_json(self) -> JsonObject:
        """Return the sheet as the command line prints it."""
        tables: JsonObject = {
            table.title: [{"what": label, "count": count} for label, count in table.rows] for table in self.tables
        }
        return {
            "covered": self.covered,
            "said": self.said,
            "changed_without": self.beyond,
            "logs": self.logs,
            "tables": tables,
        }

    def opening(self) -> Iterator[str]:
        """Yield the sentences above the tables."""
        whose = "one log" if self.logs == 1 else f"{self.logs} logs"
        yield f"Cases that instructions covered: {self.covered}. Of {self.said} of them it is said what became of them. From {whose}."
        if self.beyond:
            yield f"Cases that changed although no instruction here covers them: {self.beyond}."
        yield "Each case of a log counts once. No case, client or officer is named; a case that two officers had counts with both."

    def in_words(self) -> Iterator[str]:
        """Yield the sheet in lines."""
        yield from self.opening()
        for table in self.tables:
            yield ""
            yield table.title
            for label, count in table.rows:
                yield f"  {count!s:>6}  {label}"


def scale_of(
    logs: Sequence[Iterable[SealedRecord]],
    counts: Callable[[SealedRecord], bool] = lambda _record: True,
    only: str = "",
    told: Iterable[SealedRecord] = (),
    lists: Mapping[str, WordList] = WORD_LISTS,
) -> Scale:
    """Return the scale sheet over some logs.

    `counts` narrows the instructions and changes (to those of a period); what became of their cases is looked for in all records.
    `only` is the reference of the one case that is counted. `told` are instructions that whoever makes the sheet was given.
    """

    def cases_in(place: int, record: SealedRecord) -> frozenset[Case]:
        return frozenset((place, ref) for ref in cases_of(record) if only in ("", ref))

    covering: list[tuple[SealedRecord, frozenset[Case]]] = []
    became: dict[Case, CaseChange] = {}
    beyond: set[Case] = set()
    for place, records in enumerate(logs):
        listed = in_order_of_events(records)
        chosen = [each for each in listed if counts(each)]
        covering += [(each, cases_in(place, each)) for each in chosen if each.kind.name == "instruction"]
        became |= {(place, ref): change for ref, change in _became(listed, lists).items()}
        beyond |= {case for each in chosen if _changes(each) for case in cases_in(place, each)}
    covered = frozenset[Case]().union(*(cases for _, cases in covering))
    said = {case: change for case, change in became.items() if case in covered}
    without = {case for case in beyond - covered if case in became and became[case].to_value}
    tables = [*_of_cases(covered, said, became, without), *_of_instructions(covering, told, lists)]
    return Scale(len(covered), len(said), len(without), len(logs), tuple(tables))


def _changes(record: SealedRecord) -> bool:
    """Whether a record says that cases changed."""
    if record.kind.name == "case-outcome":
        return record.fields["became"] == CHANGED
    return record.kind.name == "decision" and bool(record.fields.get("to_value")) and not _keeps(record)


def _keeps(record: SealedRecord) -> bool:
    """Whether a record is a decision that leaves cases as they are: changed from weekly to weekly."""
    before, after = (str(record.fields.get(name, "")).strip().casefold() for name in CHANGE_FIELDS)
    return record.kind.name == "decision" and bool(after) and before == after


def _became(listed: Sequence[SealedRecord], lists: Mapping[str, WordList]) -> dict[str, CaseChange]:
    """Return what became of each case of a log, by its reference."""
    by_key = {each.key: each for each in listed}
    became: dict[str, CaseChange] = {}
    for record in listed:
        if record.kind.name == "case-outcome":
            what = str(record.fields["became"])
        elif _changes(record):
            what = CHANGED
        elif _keeps(record):
            # What was said of the case before stands.
            became |= {ref: CaseChange(NOT_CHANGED) for ref in cases_of(record) if ref not in became}
            continue
        else:
            continue
        sources = [record, *(by_key[key] for key, _ in record.linked if key in by_key)]
        before, after = (_word(lists["frequencies"], _first_said(sources, name)) for name in CHANGE_FIELDS)
        for ref in cases_of(record):
            became[ref] = became.get(ref, CaseChange(what)).then(what, before, after)
    return became


def _first_said(sources: Iterable[SealedRecord], name: str) -> object:
    """Return the value of a field in a follow-up, or else in the decision that it is about."""
    return next((each.fields[name] for each in sources if each.fields.get(name)), None)


def _of_cases(
    covered: frozenset[Case], said: Mapping[Case, CaseChange], became: Mapping[Case, CaseChange], beyond: set[Case]
) -> Iterator[Table]:
    if covered:
        counts = Counter(each.became for each in said.values()) + Counter({NOTHING_YET: len(covered) - len(said)})
        yield _table("What became of the cases", counts)
    moved = Counter(
        f"{became[case].from_value} → {became[case].to_value}"
        for case in (*said, *beyond)
        if became[case].to_value or became[case].from_value
    )
    if moved:
        yield _table("Changed from what to what", moved)


def _of_instructions(
    covering: Sequence[tuple[SealedRecord, frozenset[Case]]],
    told: Iterable[SealedRecord],
    lists: Mapping[str, WordList],
) -> Iterator[Table]:
    given: dict[str, set[Case]] = {}
    levels: dict[str, set[Case]] = {}
    for record, cases in covering:
        if cases:
            given.setdefault(_type_of(record, lists), set()).update(cases)
            levels.setdefault(_level_of(record, lists), set()).update(cases)
    if given:
        yield _table(
            "What the instructions told, by cases", Counter({name: len(cases) for name, cases in given.items()})
        )
        yield _table("Who gave them, by role and cases", Counter({name: len(cases) for name, cases in levels.items()}))
    unlisted = Counter(_type_of(record, lists) for record, _ in covering if not cases_of(record))
    if unlisted:
        yield _table("Instructions without a list of cases, by what they told", unlisted)
    own = Counter(f"{_type_of(each, lists)}, by {_level_of(each, lists)}" for each in told)
    if own:
        yield _table("Instructions that I was given myself", own)


def _type_of(record: SealedRecord, lists: Mapping[str, WordList]) -> str:
    return _word(lists["instruction-types"], record.fields.get("type"))


def _level_of(record: SealedRecord, lists: Mapping[str, WordList]) -> str:
    by = record.fields.get("given_by")
    return _word(lists["roles"], by.get("role") if isinstance(by, dict) else None)


def _table(title: str, counts: Mapping[str, int]) -> Table:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Table(title, tuple((label, count) for label, count in ordered if count))


def _word(word_list: WordList, value: object) -> str:
    """Return the word of a list, or that it is one's own or not stated: what somebody wrote freely could name a person."""
    if not value:
        return NOT_STATED
    return word_list.known(str(value)) or OWN_WORDS
