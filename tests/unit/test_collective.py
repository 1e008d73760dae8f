"""Collective bundles: members are counted, no group under five is shown or can be derived, and nothing leads back to a member."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.lists.word_lists import INSTRUCTION_TYPES
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.summary.collective import NEARLY_ALL, CountedMember, collective_tables, corroborated, said
from evidence_app.domain.summary.counting import MIN_COUNT
from evidence_app.errors import InputError
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.bundles.exporting import export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.members.collective import collective_of
from evidence_app.services.members.corroboration import corroborate
from evidence_app.services.records.reading import choose
from evidence_app.services.safekeeping.verifying import verify_bytes
from tests.support import judges, stores
from tests.support.bundles import all_words
from tests.support.members import NOW, REP, pretend_received
from tests.support.searching import places_of
from tests.unit.test_counting import record

TYPES = INSTRUCTION_TYPES.texts[:3]
FIRST = ("Ada", "Bea", "Cal", "Dot", "Eve", "Fay", "Gus", "Hal", "Ivy", "Jon", "Kit", "Lou", "Max", "Ned", "Oda")
OFFICES = ("Easthaven", "Norbridge", "Westmarch")


def told(words: str, kind: str = TYPES[0], at: str = "2025-04-14T14:10") -> dict[str, Any]:
    fields = {"exact_words": words, "type": kind, "via": "face to face", "given_by": {"person": "J. Marsh"}}
    return {"kind": "instruction", "event_at": at, "event_precision": "exact", "fields": fields}


def silence() -> dict[str, Any]:
    fields = {"content": "No answer.", "effect": "no answer by the date"}
    return {"kind": "response", "event_at": "2025-04-25", "event_precision": "date only", "fields": fields}


def load(percent: float) -> dict[str, Any]:
    fields = {"wmt_pct": percent, "how_seen": "on a screen"}
    return {"kind": "workload", "event_at": "2025-04-25", "event_precision": "date only", "fields": fields}


def person(office: str, records: list[SealedRecord]) -> CountedMember:
    """Return a member with some records."""
    made = CountedMember(office)
    for each in records:
        made.take(each)
    return made


people = st.lists(
    st.builds(
        lambda office, types, silences, percent: person(
            office,
            [
                *(record(told("Do it.", each)) for each in types),
                *(record(silence()) for _ in range(silences)),
                *([record(load(percent))] if percent else []),
            ],
        ),
        st.sampled_from(("", *OFFICES)),
        st.sets(st.sampled_from(TYPES)),
        st.integers(0, 4),
        st.sampled_from((0, 85, 95, 105, 115, 125)),
    ),
    min_size=MIN_COUNT,
    max_size=40,
)


def true_count(title: str, row: str, members: list[CountedMember]) -> int:
    """Return how many members a row is about, counted anew from the title alone."""

    def has(person: CountedMember, value: str) -> bool:
        return value in person.has("instruction", "type")

    if title.startswith("Members told"):
        kind = title.split("“")[1].split("”", maxsplit=1)[0]
        return sum(1 for each in members if (each.office or "not stated") == row and has(each, kind))
    return sum(1 for each in members if has(each, row))


@given(people)
def test_no_group_under_five_is_shown(members: list[CountedMember]) -> None:
    for table in collective_tables(members):
        for name, count in table.rows:
            assert count is None or count == NEARLY_ALL or int(count) >= MIN_COUNT, f"{table.title}: {name} is {count}"


@given(people)
def test_no_complement_under_five_is_shown(members: list[CountedMember]) -> None:
    for table in collective_tables(members):
        if not table.title.startswith(("Members told", "Members with instructions, by what")):
            continue
        for name, count in table.rows:
            true = true_count(table.title, name, members)
            of = len(members)
            if table.title.startswith("Members told"):
                of = sum(1 for each in members if (each.office or "not stated") == name)
            if isinstance(count, int):
                assert count == true
                assert of - true >= MIN_COUNT, f"{table.title}: {of - true} of {of} in {name} stand outside"
            elif count == NEARLY_ALL:
                assert true >= MIN_COUNT
                assert of - true < MIN_COUNT


@given(people)
def test_a_suppressed_office_cannot_be_derived_from_the_total(members: list[CountedMember]) -> None:
    for table in collective_tables(members):
        if table.title.startswith("Members told"):
            hidden = [name for name, count in table.rows if not isinstance(count, int)]
            assert len(hidden) != 1 or len(table.rows) == 1, f"one office is left over: {table}"
            if len(hidden) > 1:
                together = sum(true_count(table.title, name, members) for name in hidden)
                assert together >= len(hidden) + MIN_COUNT or len(hidden) == len(table.rows), (
                    f"together they are few: {table}"
                )


def test_the_wording_of_a_count() -> None:
    assert [said(count, 12) for count in (0, 4, 5, 7, 8, 12)] == ["", "", "5", "7", NEARLY_ALL, NEARLY_ALL]


def test_a_member_counts_once_however_much_they_wrote() -> None:
    loud = person("Easthaven", [record(told("Do it.")) for _ in range(50)])
    quiet = [person("Easthaven", [record(silence())]) for _ in range(11)]
    tables = {table.title: dict(table.rows) for table in collective_tables([loud, *quiet])}
    assert TYPES[0] not in tables.get("Members with instructions, by what they asked", {})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("collective") / "rep"
    clock = stores.SetClock(NOW)
    stores.make_store(folder, owner=REP, machine="other", holder=Holder.REP, clock=clock)
    with stores.open_fast(folder, clock=clock) as rep:
        for number, first in enumerate(FIRST):
            office = OFFICES[0] if number < 10 else OFFICES[1]
            entries = [told(f"See them monthly and do not write it down, {number} of you.", TYPES[number % 2])]
            entries += [silence()] * (number % 3) + [load(95 + 3 * number)]
            pretend_received(rep, f"{first} Quillfeather", office, entries)
    return folder


@pytest.fixture
def rep(made: Path, tmp_path: Path) -> Iterator[Session]:
    with stores.open_fast(stores.copy_of(made, tmp_path / "rep"), clock=stores.SetClock(NOW)) as session:
        yield session


def make(rep: Session, out: Path, *extracts: str) -> Path:
    export_plan(rep, SavedPlan("union-collective"), out, Choice(extracts=tuple(extracts)))
    return out


def handover_of(rep: Session, first: str) -> int:
    from evidence_app.services.members.members import find_member

    return find_member(rep, first).handovers[-1].index


def test_a_collective_bundle_counts_and_names_nobody(rep: Session, tmp_path: Path) -> None:
    path = make(rep, tmp_path / "collective.pdf", f"{handover_of(rep, 'Ada')}/1")
    words = all_words(path)
    assert "Over 15 members" in words
    assert "See them monthly and do not write it down, 0 of you." in words
    assert "Instruction, quarter 2 of 2025" in words
    assert OFFICES[0] in words
    origins = [origin.rpartition("/")[2] for each in rep.store.received.counts() for origin in [each]]
    hidden = [*(f"{first} Quillfeather" for first in FIRST), "Quillfeather", "J. Marsh", "Marsh", *origins]
    assert places_of(path, hidden) == []
    report = verify_bytes(path.read_bytes())
    ours = {check.name: check.verdict.value for check in report.checks}
    assert ours == judges.verify_bundle(path.read_bytes())
    assert set(ours.values()) == {"verified"}


def test_the_tables_of_a_known_branch(rep: Session) -> None:
    tables = {table.title: dict(table.rows) for table in collective_of(rep).tables}
    assert tables["Members, by office"] == {"Easthaven": 10, "Norbridge": 5}
    assert tables["Members with instructions, by what they asked"] == {TYPES[0]: 8, TYPES[1]: 7}
    assert tables["Members, by how often an answer did not come by the date"] == {"never": 5, "once": 5, "twice": 5}
    assert "Norbridge" not in [
        name
        for title, rows in tables.items()
        if title.startswith("Members told")
        for name, count in rows.items()
        if count
    ], "two and three of five are said"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Tell Ada to wait.", "names “Ada”"),
        ("J. Marsh said so.", "names “J. Marsh”"),
        ("Everybody in Easthaven does it.", "names “Easthaven”"),
        ("Call me on 0161 496 0000.", "holds a telephone number"),
        ("See X000412 monthly.", "holds a CRN"),
        ("Ask whether Zebedee agrees.", "“Zebedee” in record"),
        ("x" * 1_001, "has no words of at most"),
    ],
)
def test_an_extract_that_may_name_somebody_is_refused(rep: Session, words: str, says: str) -> None:
    index = pretend_received(rep, "Pat Quillfeather", "", [told(words)])
    with pytest.raises(InputError, match=says.replace(".", r"\.")):
        collective_of(rep, [f"{index}/1"])


def test_words_decided_not_to_be_names_may_be_quoted(rep: Session) -> None:
    index = pretend_received(rep, "Pat Quillfeather", "", [told("Ask whether Zebedee agrees.")])
    decide(rep, keep=["Zebedee"])
    assert collective_of(rep, [f"{index}/1"]).extracts[0].words == "Ask whether Zebedee agrees."


@pytest.mark.parametrize("reference", ["", "1", "x/1", "1/x", "99/1", "2/99", "2/01", "2/1/1"])
def test_a_missing_extract(rep: Session, reference: str) -> None:
    with pytest.raises(InputError):
        collective_of(rep, [reference])


def test_fewer_than_five_members_make_no_bundle(tmp_path: Path) -> None:
    stores.make_store(tmp_path / "rep", owner=REP, machine="other", holder=Holder.REP)
    with stores.open_fast(tmp_path / "rep") as rep:
        for first in FIRST[:4]:
            pretend_received(rep, f"{first} Quillfeather", "Easthaven", [told("Do it.")])
        with pytest.raises(InputError, match="Only 4 members"):
            make(rep, tmp_path / "out.pdf")
        assert not (tmp_path / "out.pdf").exists()


def test_two_logs_of_one_member_are_one_person(rep: Session) -> None:
    before = collective_of(rep).members
    pretend_received(rep, "Ada Quillfeather", "Easthaven", [told("Again.")], number=2)
    assert collective_of(rep).members == before


@pytest.mark.parametrize(
    "choice",
    [
        Choice(case_ref="GR-1"),
        Choice(choose(first_day="2025-04-01")),
        Choice(members=("Ada",)),
        Choice(thread=1),
    ],
)
def test_a_collective_bundle_of_a_part_is_refused(rep: Session, choice: Choice, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="counts everything that members handed over"):
        export_plan(rep, SavedPlan("union-collective"), tmp_path / "out.pdf", choice)
    assert list(tmp_path.glob("out*")) == []


def test_extracts_belong_to_a_reps_counts_alone(store_path: Path, tmp_path: Path) -> None:
    with stores.open_fast(store_path) as officer, pytest.raises(InputError, match="rep's collective bundle alone"):
        make(officer, tmp_path / "x.pdf", "1/1")


def test_what_several_recorded_is_said_of_five_or_more_and_of_nobody_less() -> None:
    found = [("told to stop visits", 6), ("told to enter attended", 4), ("told to stay silent", 12)]
    (table,) = corroborated(found, 12)
    assert table.rows == (("told to stop visits", "6"), ("told to stay silent", NEARLY_ALL))
    assert list(corroborated([("told to stay silent", 4)], 12)) == []


def test_a_group_that_is_too_small_is_not_even_named(rep: Session) -> None:
    raised = {**told("x", TYPES[0]), "kind": "concern"}
    raised["fields"] = {"concern": "At the copier.", "category": "sexual harassment"}
    for first in ("Yann", "Zelda"):
        pretend_received(rep, f"{first} Quillfeather", OFFICES[0], [raised])
    rows = {name for table in collective_of(rep).tables for name, _ in table.rows}
    assert TYPES[0] in rows
    assert "sexual harassment" not in rows, "that anybody raised it may tell who"


@pytest.mark.parametrize("what", ["J. Marsh told all of them", "told all about Kit Lowe", "told about X000412", " "])
def test_what_was_recorded_names_nobody(rep: Session, what: str) -> None:
    with pytest.raises(InputError, match="without a name"):
        corroborate(rep, ["1/1"], what)
