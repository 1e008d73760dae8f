"""Deleted drafts: brought back within a week, destroyed after it together with files that only they held."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from evidence_app.errors import InputError
from evidence_app.services.core.sealing import Source
from evidence_app.services.mail.unsent_mail import MAX_KEPT, UnsentWords, keep_words, kept_words
from evidence_app.services.records import drafts
from tests.support.entries import note
from tests.support.stores import SetClock, open_fast

START = datetime(2026, 1, 26, 9, 0, tzinfo=UTC)
LATER = datetime(2036, 1, 28, 9, 0, tzinfo=UTC)
PAPER = b"a paper that only this draft has"


def begun(session) -> str:
    entry = {**note("Words that were written."), "attachments": []}
    return drafts.begin_draft_with(session, "note", entry, [Source("paper.txt", content=PAPER)]).identity


def test_a_deleted_draft_comes_back_as_it_was(store_path: Path) -> None:
    clock = SetClock(START)
    with open_fast(store_path, clock=clock) as session:
        identity = begun(session)
        before = session.store.drafts.get(identity)
        drafts.delete_draft(session, identity)
        assert drafts.all_drafts(session) == []
        assert [each.identity for each in drafts.deleted_drafts(session)] == [identity]
        clock.moment = START + timedelta(days=6, hours=23)
        assert drafts.bring_back(session, identity) == before
        assert drafts.deleted_drafts(session) == []


def test_a_deleted_draft_is_destroyed_after_a_week_with_its_files(store_path: Path) -> None:
    clock = SetClock(START)
    with open_fast(store_path, clock=clock) as session:
        identity = begun(session)
        held = session.store.drafts.get(identity).attachments[0]
        drafts.delete_draft(session, identity)
        clock.moment = START + timedelta(days=7, seconds=1)
        assert drafts.deleted_drafts(session) == []
        with pytest.raises(InputError, match="last week"):
            drafts.bring_back(session, identity)
        drafts.destroy_long_deleted(session)
        with pytest.raises(InputError):
            session.store.drafts.get(identity)
        assert held.sha256 not in set(session.store.attachments.digests())


def test_destroying_takes_the_deleted_ones_alone(store_path: Path) -> None:
    with open_fast(store_path, clock=SetClock(START)) as session:
        gone, kept = begun(session), begun(session)
        drafts.delete_draft(session, gone)
        drafts.destroy_deleted(session)
        assert [each.identity for each in drafts.all_drafts(session)] == [kept]
        assert drafts.deleted_drafts(session) == []
        assert session.store.drafts.get(kept).attachments, "the file of the other draft went with it"


def test_a_store_that_is_open_for_reading_alone_stays_as_it_is(store_path: Path) -> None:
    with open_fast(store_path, clock=SetClock(START)) as session:
        drafts.delete_draft(session, begun(session))
    with open_fast(store_path, writable=False, clock=SetClock(START + timedelta(days=30))) as session:
        drafts.destroy_long_deleted(session)
        assert len(session.store.drafts.deleted()) == 1


def test_drafts_from_the_command_line(store_path: Path, run_cli) -> None:
    with open_fast(store_path) as session:
        identity = begun(session)
    assert [each["id"] for each in run_cli("drafts", "--json", store=store_path).expect(0).json["drafts"]] == [identity]
    run_cli("drafts", "--delete", identity, store=store_path).expect(0)
    assert run_cli("drafts", "--json", store=store_path).json == {"drafts": []}
    deleted = run_cli("drafts", "--deleted", "--json", store=store_path).json["drafts"]
    assert deleted[0]["deleted_at"]
    assert identity in run_cli("drafts", "--deleted", store=store_path).expect(0).stdout
    run_cli("drafts", "--bring-back", identity, store=store_path).expect(0)
    assert "last week" in run_cli("drafts", "--bring-back", identity, store=store_path).refused(2)
    assert "not there" in run_cli("drafts", "--delete", "nothing", store=store_path).refused(2)


def test_what_is_sealed_is_the_record_that_was_shown(store_path: Path) -> None:
    clock = SetClock(LATER)
    with open_fast(store_path, clock=clock) as session:
        prepared = drafts.prepare_draft(session, begun(session))
        clock.moment = LATER + timedelta(minutes=9)
        sealed = drafts.seal_prepared_draft(session, prepared)
        assert sealed.record.content == prepared.record.content
        assert sealed.record == session.store.records.get(sealed.index), "what is acknowledged is not what is held"
        assert sealed.record.attachments[0].name == "paper.txt"
        assert (sealed.record.recorded_at, sealed.record.sealed_at) == (LATER, clock.moment)
        assert drafts.all_drafts(session) == []


def test_a_clock_that_went_back_after_the_record_was_shown_is_sealed(store_path: Path) -> None:
    clock = SetClock(LATER)
    with open_fast(store_path, clock=clock) as session:
        drafts.seal_draft(session, begun(session))
        prepared = drafts.prepare_draft(session, begun(session))
        clock.moment = LATER - timedelta(hours=1)
        sealed = drafts.seal_prepared_draft(session, prepared)
        assert sealed.record.content == prepared.record.content | {"clock_went_back_seconds": 3600}


def test_a_draft_that_was_changed_after_it_was_shown_is_not_sealed(store_path: Path) -> None:
    with open_fast(store_path, clock=SetClock(LATER)) as session:
        identity = begun(session)
        prepared = drafts.prepare_draft(session, identity)
        changed = {**note("Other words."), "attachments": []}
        drafts.save_draft(session, identity, changed)
        size = session.store.log.size()
        with pytest.raises(InputError, match="changed meanwhile"):
            drafts.seal_prepared_draft(session, prepared)
        assert session.store.log.size() == size
        assert drafts.draft_of(session, identity).entry == changed, "the draft is gone, and nothing was sealed"


def test_of_too_many_unsent_mails_those_for_the_oldest_records_go(store_path: Path) -> None:
    with open_fast(store_path) as session:
        for record in range(1, MAX_KEPT + 4):
            keep_words(session, record, UnsentWords("to", "", f"about {record}", ""))
        kept = [record for record in range(1, MAX_KEPT + 4) if kept_words(session, record)]
        assert kept == list(range(4, MAX_KEPT + 4)), "records are compared as numbers, not as text"
        assert kept_words(session, 9) == UnsentWords("to", "", "about 9", "")
