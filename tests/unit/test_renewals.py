"""Renewals: time stamps before their authority's certificate ends, and a log that nobody outside has seen for long."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from evidence_app.domain.record.selection import Selection
from evidence_app.services.attestation import bundle_stamps, time_stamps
from evidence_app.services.bundles.exporting import export
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting
from evidence_app.services.records import threads
from tests.support import stores
from tests.support.authority import NOW, YEAR, Authority
from tests.support.bundles import CASE, all_words, concern, seal_with

SOON = timedelta(days=30)
AFTER_A_YEAR = NOW + YEAR - SOON
"""A month before the certificate ends that signed at NOW."""


@pytest.fixture
def clock() -> stores.SetClock:
    return stores.SetClock(NOW)


@pytest.fixture
def session(store_path: Path, clock: stores.SetClock) -> Iterator[Session]:
    with stores.open_fast(store_path, clock=clock) as opened:
        seal_with(opened, concern("Monthly is unsafe."))
        change_setting(opened, "outside_clock_after", ["0"])
        yield opened


def trust(session: Session, name: str, until_years: int = 1) -> Authority:
    authority = Authority(name, until=NOW + until_years * YEAR)
    time_stamps.add_authority(session, name, authority.pem)
    return authority


def stamp(session: Session, authority: Authority) -> int:
    request = time_stamps.ask(session, time_stamps.find_authority(session, authority.name)).content
    return time_stamps.take_answer(session, authority.answer(request, session.clock.now())).index


def renewals(session: Session) -> list[str]:
    return [item.identity for item in threads.chase(session) if item.sort == "renewal"]


def test_a_stamp_is_renewed_before_its_certificate_ends(session: Session, clock: stores.SetClock) -> None:
    first = stamp(session, trust(session, "One"))
    assert renewals(session) == []
    clock.moment = AFTER_A_YEAR
    assert renewals(session) == [f"renewal-{first}"]
    (item,) = [each for each in threads.chase(session) if each.sort == "renewal"]
    assert item.due.isoformat() == "2027-01-26"
    assert str(item.words).startswith("Time stamp by One: its certificate ends on Tue 26 Jan 2027.")
    # A later stamp by a certificate that ends as soon renews nothing; one that lasts covers the record of the first.
    stamp(session, trust(session, "Also a year"))
    assert f"renewal-{first}" in renewals(session)
    stamp(session, trust(session, "Ten years", 9))
    assert renewals(session) == []
    clock.moment = NOW + 2 * YEAR
    assert renewals(session) == [], "what was renewed in time needs nothing when the first certificate has ended"


def test_a_stamp_that_does_not_cover_the_first_renews_nothing(session: Session, clock: stores.SetClock) -> None:
    one, long = trust(session, "One"), trust(session, "Ten years", 9)
    # Both are over the same head, so the second does not cover the record of the first.
    requests = [
        time_stamps.ask(session, time_stamps.find_authority(session, each.name)).content for each in (one, long)
    ]
    first = time_stamps.take_answer(session, one.answer(requests[0])).index
    time_stamps.take_answer(session, long.answer(requests[1]))
    clock.moment = AFTER_A_YEAR
    assert renewals(session) == [f"renewal-{first}"]


def test_a_stamp_in_a_bundle_is_renewed_in_the_same_file(
    session: Session, clock: stores.SetClock, tmp_path: Path
) -> None:
    authority, path = trust(session, "One"), tmp_path / "bundle.pdf"
    export(session, "officer", path, Selection())

    def again(by: Authority) -> int:
        request = bundle_stamps.ask_for_bundle(session, time_stamps.find_authority(session, by.name), path).content
        return bundle_stamps.take_for_bundle(session, by.answer(request, session.clock.now())).sealed.index

    first = again(authority)
    clock.moment = AFTER_A_YEAR
    assert renewals(session) == [f"renewal-{first}"]
    again(trust(session, "Ten years", 9))
    assert renewals(session) == []


def test_what_is_not_wanted_any_more_is_said_to_be_so(session: Session, clock: stores.SetClock) -> None:
    first = stamp(session, trust(session, "One"))
    clock.moment = AFTER_A_YEAR
    threads.seal_outcome(session, f"renewal-{first}", "overtaken", "The log was closed.")
    assert renewals(session) == []


def test_a_log_that_has_grown_unseen(session: Session, clock: stores.SetClock) -> None:
    change_setting(session, "outside_clock_after", ["90"])
    clock.moment = NOW + timedelta(days=200)
    assert renewals(session) == [], "who never had an outside clock is not reminded of one"
    clock.moment = NOW
    authority = trust(session, "One", 9)
    last = stamp(session, authority)
    clock.moment = NOW + timedelta(days=91)
    assert renewals(session) == [], "nothing was sealed since"
    seal_with(session, concern("Again."))
    assert renewals(session) == [f"renewal-{last}-seen"]
    clock.moment = NOW + timedelta(days=89)
    assert renewals(session) == []
    clock.moment = NOW + timedelta(days=91)
    stamp(session, authority)
    assert renewals(session) == []


def test_renewals_stand_in_no_bundle(session: Session, clock: stores.SetClock, tmp_path: Path) -> None:
    stamp(session, trust(session, "One"))
    clock.moment = AFTER_A_YEAR
    path = tmp_path / "bundle.pdf"
    export(session, "handover", path, Selection(), case_ref=CASE)
    assert "What is open" in all_words(path), "this shows nothing"
    assert "Have the log stamped anew" not in all_words(path)
