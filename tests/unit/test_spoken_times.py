"""Dates and times as people type them in words."""

from datetime import UTC, date, datetime

import pytest

from evidence_app.domain.time.spoken_times import spoken_day, spoken_moment
from evidence_app.errors import InputError

SUNDAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 8, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "ahead", "day"),
    [
        ("today", False, date(2026, 11, 22)),
        ("Yesterday", False, date(2026, 11, 21)),
        ("tomorrow", True, date(2026, 11, 23)),
        ("Friday", False, date(2026, 11, 20)),
        ("Friday", True, date(2026, 11, 27)),
        ("next Friday", False, date(2026, 11, 27)),
        ("last Tuesday", True, date(2026, 11, 17)),
        ("Sunday", False, date(2026, 11, 15)),
        ("3 April", False, date(2026, 4, 3)),
        ("3 April", True, date(2027, 4, 3)),
        ("24 December", False, date(2025, 12, 24)),
        ("3rd Apr 2025", False, date(2025, 4, 3)),
        ("14/04/2025", False, date(2025, 4, 14)),
        ("14.4.25", False, date(2025, 4, 14)),
        ("2025-04-14", True, date(2025, 4, 14)),
    ],
)
def test_a_day_in_words(said: str, ahead: bool, day: date) -> None:
    assert spoken_day(said, SUNDAY, ahead=ahead) == day


@pytest.mark.parametrize("said", ["", "the day before yesterday", "31 February 2025", "14/13/2025", "soon"])
def test_an_invalid_day_is_refused(said: str) -> None:
    with pytest.raises(InputError):
        spoken_day(said, SUNDAY)


@pytest.mark.parametrize(
    ("said", "spelled"),
    [
        ("today 08:10", "2026-11-22T08:10:00Z"),
        ("Tuesday at 14:10", "2026-11-17T14:10:00Z"),
        ("yesterday, 9.05", "2026-11-21T09:05:00Z"),
        ("1 July 2025 2:30pm", "2025-07-01T13:30:00Z"),
        ("12:05 am", "2026-11-22T00:05:00Z"),
        ("2025-04-14T14:10", "2025-04-14T13:10:00Z"),
        ("yesterday about 10", "2026-11-21T10:00:00Z"),
        ("yesterday 10", "2026-11-21T10:00:00Z"),
        ("yesterday at 10", "2026-11-21T10:00:00Z"),
        ("yesterday 10am", "2026-11-21T10:00:00Z"),
        ("yesterday about 9:30", "2026-11-21T09:30:00Z"),
        ("Monday around 2pm", "2026-11-16T14:00:00Z"),
        ("about 11", "2026-11-22T11:00:00Z"),
        ("3 April 2025 at 10", "2025-04-03T09:00:00Z"),
        ("3 April 2025, 12 o'clock", "2025-04-03T11:00:00Z"),
    ],
)
def test_a_moment_in_words(said: str, spelled: str) -> None:
    assert spoken_moment(said, NOW) == (spelled, True)


@pytest.mark.parametrize("said", ["yesterday about 2", "at 6", "Monday 3"])
def test_an_ambiguous_hour_is_asked_about(said: str) -> None:
    with pytest.raises(InputError, match="in the morning or in the afternoon"):
        spoken_moment(said, NOW)


@pytest.mark.parametrize("said", ["3 April 2025", "14.4.25", "1 July", "2025-04-14"])
def test_a_number_in_a_date_is_not_an_hour(said: str) -> None:
    assert spoken_moment(said, NOW)[1] is False


def test_an_unreadable_time_error_gives_examples() -> None:
    with pytest.raises(InputError, match="yesterday 10:30"):
        spoken_moment("yesterday morning", NOW)


def test_days_ahead() -> None:
    assert spoken_day("in 5 days", SUNDAY, ahead=True) == date(2026, 11, 27)
    assert spoken_day("in 2 weeks", SUNDAY, ahead=True) == date(2026, 12, 6)
    with pytest.raises(InputError):
        spoken_day("in 5 days", SUNDAY)


def test_a_day_without_a_time_says_so() -> None:
    assert spoken_moment("Thursday", NOW) == ("2026-11-19", False)
