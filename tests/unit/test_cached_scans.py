"""Cached scans of the log: same results from the records in play as from all, and repeated only after a change."""

from datetime import UTC, datetime

import pytest

from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.scheduling import YieldPoint
from evidence_app.domain.summary.period import period_of
from evidence_app.domain.summary.workload import workload_of
from evidence_app.domain.thread.due_items import due_items
from evidence_app.domain.thread.threads import all_threads
from evidence_app.errors import Cancelled
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting, load_settings
from evidence_app.services.records.cached_scan import CachedScan
from evidence_app.services.records.period import whole_period
from evidence_app.services.records.threads import look, today
from tests.support.bundles import concern, seal_with
from tests.support.entries import note
from tests.support.stores import SetClock, copy_of, open_fast, seal_entry


def test_the_records_in_play_give_the_same_results_as_all_records(filled_store, tmp_path) -> None:
    with open_fast(copy_of(filled_store, tmp_path / "store")) as session:
        seal_entry(session, note("Nothing is due, and nothing is linked to it."))
        seal_entry(session, note("This one is the last."))
        everything = list(session.store.records.select(Selection()))
        settings, day = load_settings(session), today(session)
        threads = all_threads(everything, day, settings)
        told = look(session)
        assert len(list(session.store.records.in_play())) < len(everything), "nothing was left out: this shows nothing"
        assert told.threads == tuple(threads)
        assert told.due_items == tuple(due_items(threads, everything, day, settings))
        assert workload_of(session.store.records.in_play()) == workload_of(everything)
        assert whole_period(session) == period_of(everything, threads, day)


def test_a_scan_is_repeated_when_something_has_changed(store_path) -> None:
    read: list[int] = []

    def count(session: Session, pace: YieldPoint) -> int:
        pace()
        read.append(session.store.log.size())
        return read[-1]

    overview = CachedScan(count)
    clock = SetClock(datetime(2026, 1, 26, 9, 30, tzinfo=UTC))
    with open_fast(store_path, clock=clock) as session:
        assert overview(session) == overview(session) == 1
        seal_entry(session, note("Something new."))
        assert overview(session) == overview(session) == 2
        change_setting(session, "backup_after", ["9"])
        overview(session)
        clock.moment = datetime(2026, 1, 27, 9, 30, tzinfo=UTC)
        overview(session)
        overview.wipe()
        overview(session)
    assert read == [1, 2, 2, 2, 2]


def test_a_scan_that_was_wiped_meanwhile_is_not_cached(store_path) -> None:
    with open_fast(store_path, writable=False) as session:
        overview: CachedScan[int] = CachedScan(lambda _session, _pace: overview.wipe() or 1)
        overview(session)
        assert overview._cached is None


def test_a_lock_cancels_a_running_scan(session: Session) -> None:
    for number in range(3):
        seal_with(session, concern(f"Concern {number}."), {})
    looked: list[int] = []

    def urgent() -> None:
        looked.append(1)
        if len(looked) == 2:
            overview.wipe()

    overview = CachedScan(look, urgent)
    with pytest.raises(Cancelled):
        overview(session)
    assert len(looked) == 2, "it went on reading after the store was locked"
    assert len(overview(session).threads) == 3, "it can be asked again"


def test_what_stands_alone_is_drawn_too(store_path) -> None:
    with open_fast(store_path) as session:
        for kind, fields in (
            ("gap", {"missing": "manager"}),
            ("decision", {"rationale": "Weekly for him."}),
            ("incident", {"type": "SFO (Serious Further Offence)"}),
        ):
            entry = {"kind": kind, "event_at": "2025-06-02", "event_precision": "date only", "fields": fields}
            seal(session, read_entry(entry))
        drawn = {mark.sort.name for mark in whole_period(session).marks}
    assert drawn == {"GAP", "DECISION", "INCIDENT"}, "a record that no other names is left out"
