"""Moments and days: typed, encoded in records, in words, and found in a text."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.time import times
from evidence_app.domain.time.spoken_times import spoken_moment
from evidence_app.domain.time.times import as_typed, typed_moment
from evidence_app.errors import InputError
from evidence_app.proof.encoding import times as spelling
from evidence_app.proof.encoding.times import in_words, read_moment, spell

FIRST, LAST = datetime(1970, 1, 2), datetime(2200, 1, 1)  # noqa: DTZ001 - Hypothesis adds the zone
MOMENTS = st.datetimes(FIRST, LAST, timezones=st.just(UTC))


@given(MOMENTS)
def test_encoding_and_parsing_agree(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert spelling.read_moment(spelling.spell(whole)) == whole
    assert times.typed_moment(spelling.spell(whole)) == whole
    first, last = times.day_span(times.london_day(whole))
    assert first <= whole <= last, "a moment lies outside its own day in London"


@pytest.mark.parametrize(
    ("typed", "spelled"),
    [
        ("2025-04-14T14:10", "2025-04-14T13:10:00Z"),
        ("2025-01-14T14:10", "2025-01-14T14:10:00Z"),
        (" 2025-04-14 14:10:05 ", "2025-04-14T13:10:05Z"),
        ("2025-04-14T14:10Z", "2025-04-14T14:10:00Z"),
        ("2025-04-14T14:10:00.999+05:30", "2025-04-14T08:40:00Z"),
        ("2024-02-29T00:00", "2024-02-29T00:00:00Z"),
    ],
)
def test_typed_moments(typed: str, spelled: str) -> None:
    assert spelling.spell(times.typed_moment(typed)) == spelled


@pytest.mark.parametrize(
    "typed",
    ["", "yesterday", "2025-04-14", "2025-02-30T10:00", "2025-04-14T25:00", "14/04/2025 10:00", "1066-10-14T09:00",
     "2025-04-14T14:10:00+99:99", "2025-04-14T14:10z", "２０２５-04-14T14:10", "0001-01-01T00:00+14:00"],
)  # fmt: skip
def test_invalid_moments(typed: str) -> None:
    with pytest.raises(InputError):
        times.typed_moment(typed)


@pytest.mark.parametrize("spelled", ["2025-04-14T13:10Z", "2025-04-14T13:10:00+00:00", "2025-04-14 13:10:00Z", "x"])
def test_moments_in_records_have_one_encoding(spelled: str) -> None:
    with pytest.raises(InputError):
        spelling.read_moment(spelled)


def test_words_for_times() -> None:
    moment = spelling.read_moment("2025-04-14T13:10:00Z")
    assert spelling.in_words(moment) == "Mon 14 Apr 2025, 14:10"
    gaps = {20: "less than a minute", 60: "1 minute", 1320: "22 minutes", 3600: "1 hour", 200_000: "2 days"}
    for seconds, said in gaps.items():
        assert times.gap_in_words(moment, moment + timedelta(seconds=seconds)) == said


@pytest.mark.parametrize(
    "text",
    ["by Thursday 24 April.", "24th april", "Thu 24 Apr 2025", "before 24/04/2025", "on 24/4/2025", "2025-04-24"],
)
def test_a_text_names_a_day(text: str) -> None:
    assert times.names_day(f"Please answer {text} if you can", date(2025, 4, 24))


@pytest.mark.parametrize("text", ["124 April", "24 April 2026", "4 April", "24 May", "24 Aprils", "24/05/2025", ""])
def test_a_text_names_another_day_or_none(text: str) -> None:
    assert not times.names_day(f"Please answer {text} if you can", date(2025, 4, 24))


# The nights in which the clocks are changed


@pytest.mark.parametrize("typed", ["2026-03-29T01:30", "2026-03-29 01:00", "2025-03-30T01:59:59"])
def test_a_time_that_never_was_is_refused(typed: str) -> None:
    with pytest.raises(InputError, match="the clocks went forward"):
        typed_moment(typed)


@pytest.mark.parametrize(
    ("typed", "moment"),
    [
        ("2025-10-26T01:30 BST", "2025-10-26T00:30:00Z"),
        ("2025-10-26T01:30 GMT", "2025-10-26T01:30:00Z"),
        ("2025-10-26T01:30+01:00", "2025-10-26T00:30:00Z"),
        ("2025-10-26T00:59", "2025-10-25T23:59:00Z"),
        ("2025-10-26T02:00", "2025-10-26T02:00:00Z"),
        ("2026-03-29T00:59", "2026-03-29T00:59:00Z"),
        ("2026-03-29T02:00", "2026-03-29T01:00:00Z"),
        ("2026-06-01T09:00 bst", "2026-06-01T08:00:00Z"),
    ],
)
def test_a_time_in_such_a_night_that_was_once_is_taken(typed: str, moment: str) -> None:
    assert spell(typed_moment(typed)) == moment


def test_a_time_that_was_twice_is_asked_about_and_shown_with_its_zone() -> None:
    with pytest.raises(InputError, match="“01:30 BST” for the first, “01:30 GMT” for the second"):
        typed_moment("2025-10-26T01:30")
    now = datetime(2025, 10, 26, 9, tzinfo=UTC)
    with pytest.raises(InputError, match="was twice on 26 October 2025"):
        spoken_moment("today 1:30", now)
    for zone, moment in (("BST", "2025-10-26T00:30:00Z"), ("GMT", "2025-10-26T01:30:00Z")):
        assert spoken_moment(f"today 1:30 {zone}", now) == (moment, True)
        shown = as_typed(read_moment(moment))
        assert shown == f"26/10/2025 01:30 {zone}"
        assert spoken_moment(shown, now) == (moment, True)
        assert in_words(read_moment(moment)) == f"Sun 26 Oct 2025, 01:30 {zone}"
    assert in_words(read_moment("2025-10-26T02:30:00Z")) == "Sun 26 Oct 2025, 02:30"
