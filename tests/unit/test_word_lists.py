"""Lists of words that policy changes: dated, open to words of one's own, changed by lists that somebody signed."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.cli.main import main
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.fields import Field
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.lists.word_list_file import WordListFile, read_changes, read_word_list
from evidence_app.domain.record.lists.word_lists import DECISION_TYPES, INSTRUCTION_TYPES, WORD_LISTS
from evidence_app.domain.record.lists.words import OWN_WORDS, Word, WordChange, WordList, words
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.summary.counting import values_of
from evidence_app.errors import EvidenceError, ExitCode, InputError, VerificationError
from evidence_app.services.attestation.cards import own_card, take_card
from evidence_app.services.attestation.word_lists import look_at_list, sign_list, take_list, taken_lists, word_lists
from evidence_app.services.core.session import Session
from tests.support import stores
from tests.support.bundles import seal_with
from tests.support.program import Result
from tests.support.stores import SetClock

OLD_WORDS = {
    "instruction-types": ("move to lower frequency", "do not breach", "take allocation", "other"),
    "decision-types": ("reporting frequency", "recall/not recall", "no further action", "other"),
    "concern-categories": ("risk to public", "oversight absent", "premises", "other"),
    "incident-types": ("SFO (Serious Further Offence)", "inquest", "interview"),
    "meeting-types": ("1:1 supervision", "SFO interview", "other"),
    "missing": ("manager", "papers", "information from agency", "other"),
    "refusal-reasons": ("no assessment", "capacity", "other"),
    "roles": ("Senior probation officer", "Area executive director", "Union rep"),
    "via": ("face to face", "Teams/video", "message relayed by"),
}
"""Words of records that were sealed when the lists were closed."""
CHANGES = (
    WordChange("instruction-types", Word("record for the dashboard", date(2026, 9, 1))),
    WordChange("instruction-types", Word("take allocation", None, date(2026, 12, 31)), ends=True),
)


def instruction(kind_of: str) -> dict:
    return {
        "kind": "instruction",
        "event_at": "2026-11-02T10:00:00Z",
        "event_precision": "exact",
        "fields": {"exact_words": "Do it.", "type": kind_of},
    }


@pytest.fixture
def branch(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "branch", owner="P. Vance")
    with stores.open_fast(tmp_path / "branch") as session:
        yield session


@pytest.fixture
def officer(tmp_path: Path) -> Iterator[Session]:
    stores.make_store(tmp_path / "officer")
    with stores.open_fast(tmp_path / "officer") as session:
        yield session


def test_words_of_the_closed_lists_are_all_there() -> None:
    for name, texts in OLD_WORDS.items():
        assert set(texts) <= set(WORD_LISTS[name].texts)


def test_a_day_decides_which_words_are_offered() -> None:
    before, after = DECISION_TYPES.in_use(date(2026, 3, 30)), DECISION_TYPES.in_use(date(2026, 3, 31))
    assert "fixed-term recall, 14 or 28 days" in before
    assert "fixed-term recall, 56 days" not in before
    assert "fixed-term recall, 14 or 28 days" not in after
    assert "fixed-term recall, 56 days" in after


def test_no_list_has_a_word_twice_and_each_day_has_a_source() -> None:
    for each in WORD_LISTS.values():
        assert len({text.casefold() for text in each.texts}) == len(each.words), each.name
        for word in each.words:
            assert bool(word.source) == bool(word.since or word.until), word


def test_every_list_is_offered_by_a_field() -> None:
    def lists_of(fields: tuple[Field, ...]) -> set[str]:
        return {field.word_list.name for field in fields if field.word_list} | {
            name for field in fields for name in lists_of(field.parts)
        }

    offered = {name for kind in KINDS.values() for name in lists_of(fields_of(kind))}
    assert offered == set(WORD_LISTS)


def test_a_word_of_ones_own_is_sealed_as_typed_and_counted_apart(officer: Session) -> None:
    for text in ("Say nothing to the court", "  Do Not  BREACH ", "do not breach"):
        seal_with(officer, instruction(text))
    records = list(officer.store.records.select(Selection(kind="instruction")))
    assert [record.fields["type"] for record in records] == [
        "Say nothing to the court",
        "Do Not  BREACH",
        "do not breach",
    ]
    assert list(values_of(records, "instruction", "type")) == [OWN_WORDS, "do not breach", "do not breach"]


def test_a_signed_list_changes_what_is_offered_and_no_record(branch: Session, officer: Session) -> None:
    seal_with(officer, instruction("take allocation"))
    take_card(officer, own_card(branch).block, "by telephone")
    note = sign_list(branch, "Words of the Anytown branch", CHANGES)
    found = look_at_list(officer, note)
    assert (found.signed_by, found.file.changes) == ("P. Vance", CHANGES)
    sealed = take_list(officer, note)
    lists = word_lists(officer)
    assert "record for the dashboard" in lists["instruction-types"].in_use(date(2026, 11, 29))
    assert "take allocation" not in lists["instruction-types"].in_use(date(2027, 1, 1))
    assert lists["instruction-types"].texts[-1] == "other"
    kept = officer.store.records.select(Selection(kind="instruction"))
    assert list(values_of(kept, "instruction", "type", lists)) == ["take allocation"]
    assert [each.index for each in taken_lists(officer)] == [sealed.index]


def test_of_one_signer_the_last_list_counts_and_an_older_one_is_refused(branch: Session, officer: Session) -> None:
    take_card(officer, own_card(branch).block, "by telephone")
    first = sign_list(branch, "First", CHANGES[:1])
    branch.clock = SetClock(branch.clock.now() + timedelta(minutes=1))
    second = sign_list(branch, "Second", CHANGES[1:])
    take_list(officer, second)
    for note, why in ((second, "This word list was taken in already"), (first, "A newer word list by the same signer")):
        with pytest.raises(InputError, match=why):
            take_list(officer, note)
    assert "record for the dashboard" not in word_lists(officer)["instruction-types"].texts


def test_a_list_by_nobody_known_is_refused_with_the_log_that_signed_it(branch: Session, officer: Session) -> None:
    note = sign_list(branch, "Words", CHANGES)
    with pytest.raises(InputError, match=f"nobody known here: by the log {branch.log_key.origin}"):
        take_list(officer, note)
    assert taken_lists(officer) == []


def test_a_list_that_was_changed_is_refused(branch: Session, officer: Session) -> None:
    take_card(officer, own_card(branch).block, "by telephone")
    note = sign_list(branch, "Words", CHANGES).replace("dashboard", "new dashboard")
    with pytest.raises(VerificationError):
        take_list(officer, note)


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        ("add instruction-types - - a\nadd instruction-types - - A", "stands twice"),
        ("add instruction-types 2026-12-02 2026-12-01 a", "would end before it begins"),
        ("add instruction-types 2026-13-01 - a", "Line 1: 2026-13-01 is no day"),
        ("add nothing - - a", "Line 1: The word list changes “nothing”"),
        ("# a remark\nremove instruction-types a", "Line 2: It begins with"),
        ("add instruction-types - - a  b", "one line"),
        ("", "1 to 500 changes"),
        ("\n".join(f"add roles - - role {n}" for n in range(501)), "1 to 500 changes"),
    ],
)
def test_a_draft_that_is_no_list_is_refused_with_its_line(branch: Session, draft: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        sign_list(branch, "Words", read_changes(draft))


TEXTS = st.text(st.characters(min_codepoint=33, max_codepoint=0x24F).filter(str.isprintable), min_size=1, max_size=20)


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(WORD_LISTS)), TEXTS, st.one_of(st.none(), st.dates()), st.booleans()),
        min_size=1,
        max_size=5,
        unique_by=lambda each: (each[0], each[1].casefold()),
    )
)
def test_a_list_is_read_as_it_was_written(parts: list[tuple[str, str, date | None, bool]]) -> None:
    changes = tuple(
        WordChange(name, Word(text, None if ends else day, day if ends else None), ends=ends and day is not None)
        for name, text, day, ends in parts
    )
    file = WordListFile("A title", "2026-11-29T10:00:00Z", changes)
    assert read_word_list(file.spell()) == file


@pytest.mark.parametrize(
    "text",
    [
        "",
        "evidence-trail/word-list/v1\n",
        "evidence-trail/word-list/v2\ntitle A\nmade 2026-11-29T10:00:00Z\nadd roles - - A\n",
        "evidence-trail/word-list/v1\ntitle A\nmade 2026-11-29T10:00:00Z\nadd roles - - A",
        "evidence-trail/word-list/v1\ntitle A\nmade 2026-11-29T10:00:00Z\n\nadd roles - - A\n",
        "evidence-trail/word-list/v1\ntitle A\nmade 2026-11-29T10:00:00Z\nadd roles  - - A\n",
        "evidence-trail/word-list/v1\ntitle  A\nmade 2026-11-29T10:00:00Z\nadd roles - - A\n",
        "evidence-trail/word-list/v1\ntitle A\nmade 2026-11-29T10:00Z\nadd roles - - A\n",
    ],
)
def test_what_is_written_otherwise_is_no_list(text: str) -> None:
    with pytest.raises(EvidenceError):
        read_word_list(text)


def test_a_word_may_come_back() -> None:
    one = WordList("roles", "Roles", words("A", "other"))
    ended = one.changed([WordChange("roles", Word("a", None, date(2026, 1, 1)), ends=True)])
    assert ended.in_use(date(2026, 1, 2)) == ("other",)
    back = ended.changed([WordChange("roles", Word("A", date(2026, 6, 1)))])
    assert back.in_use(date(2026, 6, 1)) == ("A", "other")


def test_a_required_list_still_has_to_be_answered() -> None:
    with pytest.raises(InputError, match="missing"):
        read_entry({"kind": "gap", "event_at": "2026-11-02", "event_precision": "date only", "fields": {"missing": ""}})


def test_the_verb_signs_looks_and_takes_in(tmp_path: Path, run_cli, store_path: Path) -> None:
    draft, signed = tmp_path / "draft.txt", tmp_path / "words.note"
    draft.write_text("add roles - - Wellbeing lead\n", encoding="utf-8")

    def verb(*more: object) -> Result:
        return run_cli("words", *more, store=store_path)

    verb("sign", draft, "--title", "Ours", "--out", signed).expect(0)
    assert "“Wellbeing lead” is new." in verb("look", signed).expect(0).stdout
    assert "Wellbeing lead" not in verb("list", "roles").expect(0).stdout
    assert "Taken in. Record 1" in verb("take", signed).expect(0).stdout
    assert "Wellbeing lead" in verb("list", "roles").expect(0).stdout
    assert "already" in verb("take", signed).refused(2)
    assert "There is no list “roals”" in verb("list", "roals").refused(2)
    old = verb("list", "decision-types", "--on", "1 March 2026").expect(0).stdout
    assert "not in use: fixed-term recall, 56 days" in old
    assert "Roles" in str(verb("list", "roles", "--json").json)


def test_the_verb_says_of_a_sealed_entry_which_words_are_its_own(run_cli, store_path: Path) -> None:
    done = run_cli("seal", "-", store=store_path, stdin=str(instruction("moove")).replace("'", '"').encode())
    assert "“moove” (It tells me to) is a word of your own" in done.expect(0).stderr
    known = run_cli("seal", "-", store=store_path, stdin=str(instruction("do not breach")).replace("'", '"').encode())
    assert known.expect(0).stderr == ""


def test_a_verb_without_its_file_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "unknown"]) == ExitCode.INPUT
    assert "invalid choice" in capsys.readouterr().err
    assert INSTRUCTION_TYPES.known("DO not breach") == "do not breach"
