"""A clock that stepped back: said when a record is sealed, in lists, in the record, and by `check`."""

import json
from datetime import UTC, datetime
from pathlib import Path

from evidence_app.services.records.reading import clock_in_words
from tests.support.entries import note
from tests.support.stores import SetClock, open_fast, seal_entry

RIGHT = datetime(2026, 1, 26, 10, tzinfo=UTC)


def test_a_clock_that_went_back_is_said_everywhere(store_path: Path, run_cli) -> None:
    clock = SetClock(RIGHT.replace(year=2027))
    with open_fast(store_path, clock=clock) as session:
        seal_entry(session, note("With the clock a year ahead."))
        clock.moment = RIGHT
        wrong = seal_entry(session, note("With the clock a year behind that."))
        assert clock_in_words(wrong.record).startswith("this machine's clock went back by 365 days")
    assert (
        "Clock     this machine's clock went back by 365 days" in run_cli("show", 2, store=store_path).expect(0).stdout
    )
    shown = run_cli("show", 2, "--json", store=store_path).json
    assert shown["clock_went_back_seconds"] == 365 * 24 * 3600
    lines = run_cli("list", store=store_path).expect(0).stdout.splitlines()
    assert [line.endswith("[clock went back]") for line in lines] == [False, False, True]
    rows = run_cli("list", "--json", store=store_path).json["records"]
    assert [row.get("clock_went_back_seconds") for row in rows] == [None, None, 365 * 24 * 3600]
    check = run_cli("check", "--json", store=store_path).expect(0).json
    assert "The clock of the machine went back before these were sealed: records 2." in check["notes"]


def test_sealing_says_that_the_clock_went_back(store_path: Path, run_cli) -> None:
    with open_fast(store_path, clock=SetClock(datetime(2100, 1, 1, tzinfo=UTC))) as session:
        seal_entry(session, note("With a clock far ahead."))
    done = run_cli("seal", "-", store=store_path, stdin=json.dumps(note("With the clock right.")).encode()).expect(0)
    assert "this machine's clock went back by" in done.stderr
    again = run_cli("seal", "-", "--json", store=store_path, stdin=json.dumps(note("Right again.")).encode()).expect(0)
    assert "clock_went_back_seconds" not in again.json
