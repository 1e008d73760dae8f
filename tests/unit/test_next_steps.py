"""The one next step that a thread offers, and the list of what needs chasing."""

from datetime import date

import pytest

from evidence_app.domain.record.lists.word_lists import VIA
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.due_items import DueItem, due_items
from evidence_app.domain.thread.next_steps import Move
from evidence_app.domain.thread.steps import NO_ANSWER, NO_SUBSTANCE
from evidence_app.domain.thread.threads import all_threads
from tests.support.casebook import Casebook

MONDAY, DUE, AFTER = "2025-03-03", "2025-03-10", "2025-03-12"


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def offered(book: Casebook, today: str, index: int = 0, **settings: object) -> tuple[Move, int, str] | None:
    step = book.thread(index, today, **settings).following
    return (step.move, step.record, step.level) if step else None


def test_next_steps_follow_in_order(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    assert offered(book, MONDAY) == (Move.DRAFT, concern, "")
    drafted = book.add("drafted-mail", MONDAY, [(concern, "about")], subject="Caseload", reply_by=DUE)
    assert offered(book, MONDAY) == (Move.BRING_SENT_COPY, drafted, "")
    links = [(drafted, "carries out"), (concern, "about")]
    sent = book.sent(f"{MONDAY}T10:00", links, receipt_requested="read", reply_by=DUE)
    assert offered(book, DUE) is None, "nothing is to be done before the day has passed"
    assert offered(book, "2025-03-11") == (Move.SEAL_SILENCE, concern, "")
    silence = {"content": "No answer.", "effect": NO_ANSWER}
    book.add("response", "2025-03-11", [(concern, "answers")], **silence)
    assert offered(book, "2025-03-11") == (Move.SEAL_NO_RECEIPT, sent, "")
    book.receipt("2025-03-11", "none received", [(sent, "receipt for")], match="exact")
    assert offered(book, "2025-03-11") == (Move.ESCALATE, concern, "Head of PDU")
    higher = book.add(
        "escalation", AFTER, [(concern, "escalates")], ask="Decide.", to_level="Head of PDU", due="2025-03-19"
    )
    assert offered(book, AFTER) == (Move.DRAFT, higher, ""), "an escalation has an e-mail of its own"
    assert offered(book, "2025-03-20") == (Move.SEAL_SILENCE, higher, "")
    book.add("response", "2025-03-20", [(higher, "answers")], **silence)
    assert offered(book, "2025-03-20") == (Move.ESCALATE, higher, "RPD/ACO")


@pytest.mark.parametrize(
    ("effect", "goes_up"),
    [
        *((effect, True) for effect in ("declines", "instructs again", NO_SUBSTANCE, NO_ANSWER)),
        *((effect, False) for effect in ("agrees", "defers", "delegates", "")),
    ],
)
def test_conditions_for_escalation(effect: str, goes_up: bool, book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    book.add("response", AFTER, [(concern, "answers")], content="Heard.", effect=effect)
    step = book.thread(concern, AFTER).following
    assert (step is not None and step.move is Move.ESCALATE) == goes_up


def test_the_levels_are_those_that_are_set_and_end(book: Casebook) -> None:
    levels = ("SPO", "Area lead")
    concern = book.concern(MONDAY, reply_by=DUE)
    book.add("response", AFTER, [(concern, "answers")], content="No.", effect="declines")
    assert offered(book, AFTER, levels=levels) == (Move.ESCALATE, concern, "Area lead")
    last = book.add(
        "escalation", AFTER, [(concern, "escalates")], ask="Decide.", to_level="Area lead", due="2025-03-19"
    )
    book.add("response", "2025-03-13", [(last, "answers")], content="No.", effect="declines")
    assert offered(book, "2025-03-13", levels=levels) is None, "there is no level after the last"


def test_a_late_answer_that_agrees_is_not_taken_further(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    book.add("response", AFTER, [(concern, "answers")], content="No answer.", effect=NO_ANSWER)
    book.add("response", "2025-03-14", [(concern, "answers")], content="Yes, from Monday.", effect="agrees")
    assert offered(book, "2025-03-17") is None


@pytest.mark.parametrize("via", VIA.texts)
def test_an_oral_instruction_is_confirmed_in_writing(via: str, book: Casebook) -> None:
    book.add("instruction", MONDAY, exact_words="Move him to monthly.", via=via)
    assert offered(book, MONDAY) == (
        (Move.CONFIRM_BACK, 0, "")
        if via not in {"e-mail", "briefing/written policy", "chat (Teams, WhatsApp)"}
        else None
    )


def test_steps_are_worded_as_button_labels(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    book.add("response", AFTER, [(concern, "answers")], content="No.", effect="declines")
    assert book.thread(concern, AFTER).following.words == "Take it to the next level: Head of PDU"


# Chasing


def chased(book: Casebook, today: str, **settings: object) -> list[DueItem]:
    day, kept = date.fromisoformat(today), Settings(**settings)
    return due_items(all_threads(book.records, day, kept), book.records, day, kept)


def test_the_longest_overdue_stands_first(book: Casebook) -> None:
    first = book.concern(MONDAY, reply_by=DUE)
    second = book.concern(MONDAY, reply_by="2025-03-06")
    third = book.concern(MONDAY, reply_by="2025-03-28")
    found = chased(book, AFTER)
    assert [each.identity for each in found] == [f"reply-{index}" for index in (second, first, third)]
    assert [each.overdue_by for each in found] == [4, 2, 0]
    assert [each.state for each in found][1:] == ["2 working days overdue", "due Fri 28 Mar 2025"]


def test_nothing_that_is_settled_is_chased(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    sent = book.sent(f"{MONDAY}T10:00", [(concern, "about")], receipt_requested="read")
    assert {each.identity for each in chased(book, AFTER)} == {f"reply-{concern}", f"receipt-{sent}"}
    book.received(f"{AFTER}T09:00", [(sent, "answers")])
    book.receipt(AFTER, "denied", [(sent, "receipt for")], match="exact")
    assert chased(book, AFTER) == []


def test_a_draft_whose_sent_copy_is_missing_is_chased(book: Casebook) -> None:
    concern = book.concern(MONDAY)
    drafted = book.add("drafted-mail", MONDAY, [(concern, "about")], subject="Caseload")
    assert [each.identity for each in chased(book, AFTER)] == [f"sent-copy-{drafted}"]
    book.sent(f"{MONDAY}T10:00", [(drafted, "carries out"), (concern, "about")])
    assert chased(book, AFTER) == []


ACTIONS = [
    {"what": "Move two cases", "who": "K. Dale", "due": "2025-03-07", "state": "open"},
    {"what": "Send the minutes", "due": "2025-03-14"},
    {"what": "Done already", "due": "2025-03-04", "state": "done"},
    {"what": "Some day"},
    {"what": "In the summer", "due": "2025-06-30"},
]


def test_actions_of_a_meeting_are_chased_until_their_outcome_is_sealed(book: Casebook) -> None:
    meeting = book.add("meeting", MONDAY, type="team meeting", actions=ACTIONS)
    found = chased(book, AFTER)
    assert [(each.sort, each.words) for each in found] == [
        ("action", "Action: K. Dale: Move two cases"),
        ("action", "Action: Send the minutes"),
    ]
    book.add("outcome", AFTER, [(meeting, "results from")], item=found[0].item, state="not done")
    assert [each.words for each in chased(book, AFTER)] == ["Action: Send the minutes"]


def test_reviews_are_chased_from_some_days_before(book: Casebook) -> None:
    book.add("decision", MONDAY, decision_type="home visit", review_due="2025-03-19")
    assert chased(book, "2025-03-11") == []
    (found,) = chased(book, AFTER)
    assert (found.sort, found.due, found.overdue_by) == ("review", date(2025, 3, 19), 0)
    (late,) = chased(book, "2025-03-21", non_working_days=("2025-03-20",))
    assert late.overdue_by == 1, "my own free day counted as a working day"
