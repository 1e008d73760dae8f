"""The period as it is drawn: which records are marks, how long a silence is, and where bars have room."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.settings import Settings
from evidence_app.domain.summary.period import Mark, MarkSort, Period, by_day, period_of, rows_of_bars
from evidence_app.domain.thread.threads import all_threads
from tests.support.casebook import ROOT_ID, Casebook

TODAY = date(2025, 6, 30)


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def drawn(book: Casebook, today: date = TODAY) -> Period:
    return period_of(book.records, all_threads(book.records, today, Settings()), today)


def told(period: Period) -> list[tuple[str, str, str]]:
    return [(mark.sort.name, mark.first.isoformat(), mark.last.isoformat()) for mark in period.marks]


def test_each_record_stands_on_its_day_and_a_silence_lasts_until_the_answer(book: Casebook) -> None:
    book.add("instruction", "2025-04-14", case_ref="X000412", exact_words="Move him to monthly.")
    raised = book.concern("2025-04-15", case_ref="X000412", reply_by="2025-04-22")
    book.add("response", "2025-05-08", [(raised, "answers")], case_ref="X000412", content="Noted.", effect="declines")
    period = drawn(book)
    assert told(period) == [
        ("INSTRUCTION", "2025-04-14", "2025-04-14"),
        ("RAISED", "2025-04-15", "2025-04-15"),
        ("SILENCE", "2025-04-15", "2025-05-08"),
        ("ANSWER", "2025-05-08", "2025-05-08"),
    ]
    silence = period.marks[2]
    assert silence.words == "14 working days without an answer: 61 cases on four days."
    assert silence.record == 1, "it leads to what was asked"


def test_an_answer_in_time_leaves_no_silence(book: Casebook) -> None:
    raised = book.concern("2025-04-15", reply_by="2025-04-22")
    book.add("response", "2025-04-22", [(raised, "answers")], content="Agreed.", effect="agrees")
    assert [sort for sort, _, _ in told(drawn(book))] == ["RAISED", "ANSWER"]


def test_what_was_never_answered_is_silent_until_today(book: Casebook) -> None:
    book.concern("2025-04-15", reply_by="2025-04-22")
    assert told(drawn(book))[-1] == ("SILENCE", "2025-04-15", TODAY.isoformat())
    assert told(drawn(book, date(2025, 4, 22))) == [("RAISED", "2025-04-15", "2025-04-15")], "it is not due yet"


def test_that_no_answer_came_is_the_silence_itself_and_no_mark(book: Casebook) -> None:
    raised = book.concern("2025-04-15", reply_by="2025-04-22")
    book.add("response", "2025-04-24", [(raised, "answers")], content="None.", effect="no answer by the date")
    assert told(drawn(book)) == [
        ("RAISED", "2025-04-15", "2025-04-15"),
        ("SILENCE", "2025-04-15", "2025-04-24"),
    ]


def test_a_mail_that_answers_is_an_answer_and_any_other_a_contact(book: Casebook) -> None:
    sent = book.sent("2025-04-15T10:00", reply_by="2025-04-30")
    book.received("2025-04-16T10:00", [(sent, "answers")], in_reply_to=ROOT_ID)
    book.received("2025-05-20T10:00", message_id="<other@easthaven.justice.example>", subject="Rota")
    assert [sort for sort, _, _ in told(drawn(book))] == ["CONTACT", "ANSWER", "CONTACT"]


def test_a_draft_and_a_receipt_are_no_contact(book: Casebook) -> None:
    book.add("message", "2025-04-15T10:00", direction="draft", subject="Not sent")
    book.receipt("2025-04-15T11:00", "displayed")
    assert not drawn(book).marks


def test_a_gap_lasts_over_its_own_days_where_it_names_them(book: Casebook) -> None:
    book.add("gap", "2025-06-02", missing="cover", to="2025-06-13")
    book.add("gap", "2025-06-20", missing="manager", **{"from": "2025-06-03"})
    assert told(drawn(book)) == [("GAP", "2025-06-02", "2025-06-13"), ("GAP", "2025-06-03", "2025-06-20")]


def test_a_period_is_cut_to_days_and_to_a_case(book: Casebook) -> None:
    book.concern("2025-04-15", case_ref="X000412", reply_by="2025-04-22")
    book.add("decision", "2025-06-02", case_ref="X000733", rationale="Weekly.")
    period = drawn(book)
    assert period.cases() == ["X000412", "X000733"]
    assert {mark.case for mark in period.of_case("X000733").marks} == {"X000733"}
    may = period.between(date(2025, 5, 1), date(2025, 5, 31))
    assert told(may) == [("SILENCE", "2025-05-01", "2025-05-31")], "a silence is cut to the month, not left out"
    assert [month.isoformat() for month in period.months()] == ["2025-04-01", "2025-05-01", "2025-06-01"]


def test_in_words_it_says_what_the_drawing_shows(book: Casebook) -> None:
    assert Period().in_words() == "Nothing is recorded yet."
    book.add("incident", "2025-06-02", type="SFO (Serious Further Offence)")
    assert drawn(book).in_words() == "From Mon 2 Jun 2025 to Mon 2 Jun 2025. Incidents: 1."


days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
marks = st.builds(
    lambda sort, first, length: Mark(sort, first, first + timedelta(days=length), 1, "", ""),
    st.sampled_from(list(MarkSort)),
    days,
    st.integers(0, 90),
)


@given(st.lists(marks, max_size=30))
def test_no_bar_lies_on_another_and_every_mark_is_drawn_once(found: list[Mark]) -> None:
    ordered = sorted(found, key=lambda mark: mark.first)
    rows = rows_of_bars(ordered)
    for row in rows:
        assert all(before.last < after.first for before, after in itertools.pairwise(row))
    drawn_marks = [mark for row in rows for mark in row] + [mark for each in by_day(ordered).values() for mark in each]
    assert sorted(map(repr, drawn_marks)) == sorted(map(repr, ordered))


@given(st.lists(marks, min_size=1, max_size=10))
def test_the_months_together_show_every_day_of_the_whole(found: list[Mark]) -> None:
    period = Period(tuple(sorted(found, key=lambda mark: mark.first)))
    shown = 0
    for month in period.months():
        end = (month + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        shown += sum((mark.last - mark.first).days + 1 for mark in period.between(month, end).marks)
    assert shown == sum((mark.last - mark.first).days + 1 for mark in found)


def test_a_bar_that_begins_on_the_last_day_of_another_stands_below_it() -> None:
    first = Mark(MarkSort.GAP, date(2025, 6, 2), date(2025, 6, 13), 1, "", "")
    second = Mark(MarkSort.GAP, date(2025, 6, 13), date(2025, 6, 20), 2, "", "")
    third = Mark(MarkSort.GAP, date(2025, 6, 14), date(2025, 6, 20), 3, "", "")
    assert rows_of_bars([first, second, third]) == [[first, third], [second]]
