"""Supervision that is expected and does not come, and the agenda of what is open."""

from datetime import date
from typing import Any

import pytest

from evidence_app.domain.settings import Settings, changed
from evidence_app.domain.summary.agenda import Agenda, agenda, last_meeting
from evidence_app.domain.thread.due_items import due_items, supervision_items
from evidence_app.domain.thread.threads import all_threads
from tests.support.casebook import Casebook

EVERY_SIX = changed(Settings(), "supervision_every", ["6"])


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def items(book: Casebook, today: str, settings: Settings = EVERY_SIX) -> list[Any]:
    day = date.fromisoformat(today)
    of_cases = due_items(all_threads(book.records, day, settings), book.records, day, settings)
    assert not any(each.sort == "supervision" for each in of_cases), "a bundle of what is open would say it"
    return [*of_cases, *supervision_items(book.records, day, settings)]


def of(book: Casebook, day: date, *, own_matters: bool = False) -> Agenda:
    threads = all_threads(book.records, day, Settings())
    due = items(book, day.isoformat(), Settings())
    return agenda(threads, due, day, last_meeting(book.records, day), own_matters=own_matters)


def overdue(book: Casebook, today: str, settings: Settings = EVERY_SIX) -> list[str]:
    return [str(each.words) for each in items(book, today, settings) if each.sort == "supervision"]


def test_supervision_that_is_late_is_said_with_how_long_ago_the_last_was(book: Casebook) -> None:
    book.add("meeting", "2026-09-01", type="1:1 supervision")
    book.add("meeting", "2026-10-20", type="team meeting")
    assert overdue(book, "2026-10-12") == []
    assert overdue(book, "2026-10-13") == ["Supervision: none for 6 weeks; the last was on Tue 1 Sep 2026."]
    assert overdue(book, "2026-11-10") == ["Supervision: none for 10 weeks; the last was on Tue 1 Sep 2026."]
    assert overdue(book, "2026-11-10", Settings()) == []


def test_where_there_was_none_yet_it_counts_from_the_first_record(book: Casebook) -> None:
    book.add("concern", "2026-09-01", concern="No cover.")
    assert overdue(book, "2026-12-01") == ["Supervision: none is recorded in 13 weeks."]


def test_its_absence_is_recorded_and_then_counted_anew(book: Casebook) -> None:
    book.add("meeting", "2026-09-01", type="1:1 supervision")
    book.add("gap", "2026-10-20", missing="manager", details="supervision: none since Tue 1 Sep 2026")
    assert overdue(book, "2026-11-10") == []
    assert overdue(book, "2026-12-01") == ["Supervision: none for 13 weeks; the last was on Tue 1 Sep 2026."]


def test_the_agenda_says_how_often_and_since_when(book: Casebook) -> None:
    first = book.add(
        "concern", "2026-09-01", concern="There is no cover in August.", reply_by="2026-09-08", case_ref="X000412"
    )
    book.add("concern", "2026-09-15", [(first, "repeats")], concern="Still no cover.", reply_by="2026-09-22")
    book.add("concern", "2026-10-01", [(first, "repeats")], concern="Again: no cover.", reply_by="2026-10-08")
    book.add("decision", "2026-10-02", rationale="Weekly stays.", review_due="2026-10-30")
    entered = {"entered": "no"}
    book.add("decision", "2026-10-02", rationale="Not entered.", ndelius=entered, case_ref="X000412")
    day = date(2026, 11, 2)
    text = of(book, day).text
    assert text.startswith("For discussion, as of Mon 2 Nov 2026. Inside the employer's secure system only.")
    assert "1. There is no cover in August (concern" in text
    assert "raised 3 times, first on Tue 1 Sep 2026" in text
    assert "2. Review of" in text
    assert "nDelius" not in text, "that is for its author to do, and no point of a meeting"
    assert "X000412" not in text


def test_an_agenda_of_nothing_says_so() -> None:
    assert "Nothing is open." in agenda([], [], date(2026, 11, 2)).text


def test_the_agenda_says_what_is_carried_over_and_what_was_answered_since_the_last_meeting(book: Casebook) -> None:
    open_since = book.add("concern", "2026-09-01", concern="No cover.", reply_by="2026-09-08")
    answered = book.add("concern", "2026-09-02", concern="The door sticks.", reply_by="2026-09-09")
    before = book.add("concern", "2026-08-02", concern="The lift.", reply_by="2026-08-09")
    book.add("response", "2026-08-05", [(before, "answers")], content="Mended.", effect="agrees")
    book.add("meeting", "2026-10-05", type="1:1 supervision")
    book.add("meeting", "2026-10-20", type="occupational health")
    book.add("response", "2026-10-12", [(answered, "answers")], content="Mended.", effect="agrees")
    book.add("concern", "2026-10-25", concern="The heating.", reply_by="2026-11-01")
    assert open_since == 0
    text = of(book, date(2026, 11, 2)).text
    assert "No cover (concern 0): raised on Tue 1 Sep 2026, carried over from the meeting of Mon 5 Oct 2026." in text
    assert "The heating (concern" in text
    assert "raised on Sun 25 Oct 2026. " in text, "what was raised since is not carried over"
    since = text.partition("Answered since the meeting of Mon 5 Oct 2026:")[2]
    assert "The door sticks" in since
    assert "The lift" not in text


def test_the_agenda_has_nothing_that_is_for_nobody_at_the_meeting(book: Casebook) -> None:
    book.add("concern", "2026-09-01", concern="Of somebody known.", reply_by="2026-09-08", lao=True)
    book.add("concern", "2026-09-01", concern="Called slow.", reply_by="2026-09-08", category="bullying or harassment")
    book.add("note", "2026-09-01", text="The rep's advice.", restricted_to="union advice", review_on="2026-10-30")
    book.add("decision", "2026-09-01", rationale="Weekly stays.", review_on="2026-10-30")
    book.add("request", "2026-09-01", asks="What is held.", type="subject access request", sent_on="2026-09-01")
    made = of(book, date(2026, 11, 2))
    for private in ("somebody known", "slow", "advice", "Keeping", "Get advice", "What is held"):
        assert private not in made.text
    assert made.left_out == 2
    own = of(book, date(2026, 11, 2), own_matters=True)
    assert "Called slow" in own.text
    assert "somebody known" not in own.text
    assert "advice" not in own.text


def test_one_key_records_that_there_was_none(run_cli, store_path) -> None:
    seal = (
        '{"kind":"meeting","event_at":"2026-01-05","event_precision":"date only","fields":{"type":"1:1 supervision"}}'
    )
    run_cli("seal", "-", store=store_path, stdin=seal.encode()).expect(0)
    run_cli("settings", "supervision_every", "6", store=store_path).expect(0)
    assert "supervision-1" in run_cli("chase", store=store_path).expect(0).stdout
    run_cli("chase", "--seal", "supervision-1", store=store_path).expect(0)
    assert "none since Mon 5 Jan 2026" in run_cli("show", "2", store=store_path).expect(0).stdout
    assert "supervision" not in run_cli("chase", store=store_path).expect(0).stdout
    assert "Nothing is open." in run_cli("agenda", store=store_path).expect(0).stdout
