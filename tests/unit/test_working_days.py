"""Working days in England and Wales, and the rule for late entries (docs/domain.md, sections 6.2 and 6.3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.time.working_days import add_working_days, is_late, is_working_day, working_days_between

DAYS = st.dates(date(2014, 1, 1), date(2028, 11, 30))


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2014, 4, 17), 5, date(2014, 4, 28)),
        (date(2025, 12, 18), 10, date(2026, 1, 6)),
        (date(2024, 12, 2), 28, date(2025, 1, 14)),
        (date(2025, 4, 14), 0, date(2025, 4, 14)),
        (date(2025, 4, 11), 1, date(2025, 4, 14)),
    ],
)
def test_the_published_vectors(start: date, count: int, end: date) -> None:
    assert add_working_days(start, count) == end
    assert working_days_between(start, end) == count


@pytest.mark.parametrize(
    "day",
    [
        *(
            date(2026, month, day)
            for month, day in ((1, 1), (4, 3), (4, 6), (5, 4), (5, 25), (8, 31), (12, 25), (12, 28))
        ),
        *(
            date(2027, month, day)
            for month, day in ((1, 1), (3, 26), (3, 29), (5, 3), (5, 31), (8, 30), (12, 27), (12, 28))
        ),
        *(
            date(2028, month, day)
            for month, day in ((1, 3), (4, 14), (4, 17), (5, 1), (5, 29), (8, 28), (12, 25), (12, 26))
        ),
        date(2020, 5, 8),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
    ],
)
def test_bank_holidays_are_no_working_days(day: date) -> None:
    assert not is_working_day(day)


def test_days_that_were_bank_holidays_elsewhere_or_otherwise_are_working_days() -> None:
    for day in (date(2026, 1, 2), date(2020, 5, 4), date(2022, 5, 30), date(2026, 12, 24)):
        assert is_working_day(day), f"{day} is a working day in England and Wales"


@given(DAYS, st.integers(0, 40))
def test_counting_forwards_and_backwards_agrees(start: date, count: int) -> None:
    end = add_working_days(start, count)
    assert working_days_between(start, end) == count
    assert not count or is_working_day(end)


@given(DAYS, st.integers(1, 10), st.sets(st.integers(1, 30), max_size=6))
def test_own_free_days_never_bring_a_date_forward(start: date, count: int, free: set[int]) -> None:
    own = {start + timedelta(days=n) for n in free}
    end = add_working_days(start, count, own)
    assert end >= add_working_days(start, count)
    assert end not in own


@given(DAYS, st.integers(-5, 40))
def test_late_means_more_than_one_working_day(happened: date, gap: int) -> None:
    written = happened + timedelta(days=gap)
    assert is_late(happened, written) == (written > add_working_days(happened, 1))


@pytest.mark.parametrize(
    ("happened", "written", "late"),
    [
        (date(2025, 4, 14), date(2025, 4, 14), False),
        (date(2025, 4, 14), date(2025, 4, 15), False),
        (date(2025, 4, 14), date(2025, 4, 16), True),
        (date(2025, 4, 17), date(2025, 4, 22), False),
        (date(2025, 4, 17), date(2025, 4, 23), True),
        (date(2025, 12, 24), date(2025, 12, 29), False),
    ],
)
def test_late_entries(happened: date, written: date, late: bool) -> None:
    assert is_late(happened, written) is late
