"""Referrals to other agencies: asked, promised, chased, answered in part or not at all; and figures that a system showed."""

from datetime import date
from typing import Any

import pytest

from evidence_app.desktop.casework.thread_standing import ThreadStanding, chip_of
from evidence_app.domain.settings import Settings
from evidence_app.domain.summary.agenda import agenda
from evidence_app.domain.summary.overview import who_knew
from evidence_app.domain.summary.questions import questions_about
from evidence_app.domain.summary.story import story_of
from evidence_app.domain.thread.due_items import due_items
from evidence_app.domain.thread.next_steps import Move
from evidence_app.domain.thread.threads import all_threads
from evidence_app.services.core.session import Session
from tests.support.bundles import seal_with
from tests.support.casebook import Casebook

DRUGS = {"person": "L. Moor", "role": "Commissioned provider (CRS)"}


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def refer(book: Casebook, at: str = "2026-10-01", **more: Any) -> int:
    return book.add("referral", at, asks="How often he came.", raised_with=DRUGS, **more)


def due(book: Casebook, today: str) -> list[Any]:
    day, settings = date.fromisoformat(today), Settings()
    return due_items(all_threads(book.records, day, settings), book.records, day, settings)


def test_a_referral_is_chased_from_the_day_that_was_promised(book: Casebook) -> None:
    refer(book, due="2026-10-08", told_by="L. Moor")
    (item,) = due(book, "2026-10-12")
    assert (item.sort, item.due, item.stated, item.overdue_by) == ("reply", date(2026, 10, 8), True, 2)


def test_where_nobody_promised_a_day_the_setting_counts(book: Casebook) -> None:
    refer(book)
    (item,) = due(book, "2026-10-12")
    assert (item.due, item.stated) == (date(2026, 10, 8), False)


@pytest.mark.parametrize("came", ["nothing", "nobody came"])
def test_what_did_not_come_is_still_open(book: Casebook, came: str) -> None:
    refer(book, came=came)
    assert len(due(book, "2026-10-12")) == 1


@pytest.mark.parametrize("how", ["all of it", "part of it", "refused", "answered_on", "response"])
def test_an_answer_ends_the_clock(book: Casebook, how: str) -> None:
    said = {"answered_on": "2026-10-05"} if how == "answered_on" else {} if how == "response" else {"came": how}
    index = refer(book, due="2026-10-08", **said)
    if how == "response":
        book.add("response", "2026-10-05", [(index, "answers")], content="Twice.")
    assert due(book, "2026-10-30") == []


def test_a_formal_request_that_says_itself_that_it_was_answered_is_not_chased(book: Casebook) -> None:
    book.add("request", "2026-10-01", asks="A rota.", type="other", due="2026-10-08", answered_on="2026-10-07")
    assert due(book, "2026-10-30") == []


def test_a_referral_that_holds_its_answer_says_so(book: Casebook) -> None:
    index = refer(book, came="all of it")
    thread = book.thread(index, "2026-10-30")
    assert thread.state == "Answered, as its record says"
    assert chip_of(thread).standing is ThreadStanding.ANSWERED
    assert len(due(book, "2026-10-30")) == 0
    contradictory = Casebook()
    refer(contradictory, came="nothing", answered_on="2026-10-05")
    assert len(due(contradictory, "2026-10-30")) == 1


def test_silence_and_then_ones_own_manager(book: Casebook) -> None:
    index = refer(book)
    following = book.thread(index, "2026-10-12").following
    assert following is not None
    assert following.move is Move.SEAL_SILENCE
    book.add("response", "2026-10-12", [(index, "answers")], content="None.", effect="no answer by the date")
    following = book.thread(index, "2026-10-13").following
    assert following is not None
    assert (following.move, following.level) == (Move.ESCALATE, "SPO")


def test_a_matter_that_was_taken_further_before_goes_on_from_there(book: Casebook) -> None:
    """What another agency did not do begins with one's own manager, unless the matter has been with somebody above."""
    index = book.add(
        "concern", "2026-09-01", concern="Nobody sees him.", raised_with={"person": "M. Hale", "role": "SPO"}
    )
    higher = book.add("escalation", "2026-09-08", [(index, "escalates")], to_level="Head of PDU", note="Still nobody.")
    book.add("response", "2026-09-10", [(higher, "answers")], content="Ask the agency.", effect="agrees")
    asked = book.add(
        "referral", "2026-10-01", [(index, "about")], asks="How often he came.", raised_with=DRUGS, due="2026-10-08"
    )
    book.add("response", "2026-10-12", [(asked, "answers")], effect="no answer by the date", content="None.")
    following = book.thread(index, "2026-10-13").following
    assert following is not None
    assert (following.move, following.level) == (Move.ESCALATE, "RPD/ACO")


def test_what_is_open_is_a_point_of_the_next_meeting(book: Casebook) -> None:
    refer(book)
    day, settings = date(2026, 10, 12), Settings()
    made = agenda(all_threads(book.records, day, settings), due(book, "2026-10-12"), day)
    assert "How often he came (referral to an agency 0)" in made.text


def test_a_review_sees_what_was_asked_and_what_came(book: Casebook) -> None:
    refer(book, came="part of it", answer="Twice in May.", not_known="Whether he still uses.")
    (question,) = questions_about(book.records, [])
    assert question.words == "What was L. Moor asked on Thu 1 Oct 2026, and what came of it?"
    assert question.said == "What came: part of it. Twice in May. Not known: Whether he still uses."
    (line,) = story_of(book.records, [])
    assert line.text == "Thu 1 Oct 2026: R. Hale asked L. Moor: “How often he came.” What came: part of it."
    assert [(each.who, each.what) for each in who_knew(book.records)] == [("L. Moor", "was asked")]


def test_a_figure_of_a_system_stands_with_the_one_before(session: Session) -> None:
    fields = {"what": "Incomplete outcomes", "system": "nDelius", "value": 0, "value_before": 115}
    entry = {"kind": "system-figure", "event_at": "2026-10-01", "event_precision": "date only", "fields": fields}
    record = session.store.records.get(seal_with(session, entry))
    assert record.headline() == "Incomplete outcomes; Figure before 115; Figure 0"
