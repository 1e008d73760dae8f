"""Threads: linked records, questions and their answers, and the steps of the thread diagram."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.settings import Settings
from evidence_app.domain.thread import receipt_grades, threads
from evidence_app.domain.thread.due_items import due_items
from evidence_app.domain.thread.steps import NO_ANSWER, NO_SUBSTANCE, Shape
from evidence_app.domain.thread.threads import LinkGraph, Thread, all_threads
from tests.support.casebook import ROOT_ID, Casebook

MONDAY, TUESDAY, FRIDAY, DUE = "2025-03-03", "2025-03-04", "2025-03-07", "2025-03-10"
AFTER = "2025-03-12"


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def settling(thread: Thread) -> dict[int, int | None]:
    """By what each record that asks was settled."""
    return {ask.record.index: ask.settled_by.index if ask.settled_by else None for ask in thread.asks}


# What settles an ask


def test_an_answer_settles_only_what_its_links_lead_to(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    higher = book.add("escalation", AFTER, [(concern, "escalates")], ask="A decision.", due="2025-03-19")
    late = book.add("response", "2025-03-13", [(concern, "answers")], content="No.", effect="declines")
    assert settling(book.thread(concern, "2025-03-14")) == {concern: late, higher: None}
    answer = book.add("response", "2025-03-17", [(higher, "answers")], content="Yes.", effect="agrees")
    assert settling(book.thread(concern, "2025-03-18")) == {concern: late, higher: answer}


def test_an_answer_to_the_sent_mail_settles_the_concern_that_it_carries(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    sent = book.sent(f"{MONDAY}T10:00", [(concern, "about")])
    reply = book.received(f"{TUESDAY}T09:00", [(sent, "answers")])
    assert settling(book.thread(concern, AFTER)) == {concern: reply}


def test_the_first_answer_settles_and_a_later_one_changes_nothing(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    first = book.received(f"{TUESDAY}T09:00", [(concern, "answers")])
    book.received(f"{FRIDAY}T09:00", [(concern, "answers")])
    (ask,) = book.thread(concern, AFTER).asks
    assert (ask.settled_by.index, ask.waited) == (first, 1)


def test_a_mail_before_the_question_is_no_answer(book: Casebook) -> None:
    earlier = book.received(f"{MONDAY}T08:00")
    concern = book.concern(f"{TUESDAY}T10:00", [(earlier, "about")], reply_by=DUE)
    assert settling(book.thread(concern, AFTER)) == {concern: None}


def test_a_concern_and_its_mail_count_as_one_question(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    book.sent(f"{MONDAY}T10:00", [(concern, "about")], reply_by=DUE)
    assert settling(book.thread(concern, AFTER)) == {concern: None}


@pytest.mark.parametrize("state", [state for state, grade in receipt_grades.GRADES.items() if state != "none received"])
def test_no_receipt_and_no_report_is_an_answer(state: str, book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    sent = book.sent(f"{MONDAY}T10:00", [(concern, "about")], receipt_requested="read")
    book.receipt(f"{TUESDAY}T09:00", state, [(sent, "receipt for")], match="exact")
    thread = book.thread(concern, AFTER)
    assert settling(thread) == {concern: None}
    assert thread.opened == (state == "displayed"), "only displayed counts as opened"


def test_an_automatic_reply_settles_nothing_and_says_so(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    sent = book.sent(f"{MONDAY}T10:00", [(concern, "about")], receipt_requested="read")
    automatic = book.received(f"{MONDAY}T10:01", [(sent, "answers")], automatic=True)
    thread = book.thread(concern, AFTER)
    assert settling(thread) == {concern: None}
    assert [each.record.index for each in thread.unreceipted] == [sent], "it is no receipt either"
    step = next(step for step in thread.steps if step.record.index == automatic)
    assert step.limit == receipt_grades.AUTOMATIC_CAVEAT
    assert step.words.startswith("Automatic reply")


def test_a_mail_of_my_own_does_not_answer_me(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    book.sent(f"{TUESDAY}T10:00", [(concern, "answers")])
    assert settling(book.thread(concern, AFTER)) == {concern: None}


# Waiting


def test_waiting_is_counted_until_the_answer_and_not_until_today(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    book.add("response", FRIDAY, [(concern, "answers")], content="Noted.", effect=NO_SUBSTANCE)
    (ask,) = book.thread(concern, "2025-05-30").asks
    assert (ask.waited, ask.overdue_by, ask.answered, ask.silent) == (4, 0, True, False)
    assert "without substance" in ask.in_words()


@pytest.mark.parametrize(("today", "overdue"), [(FRIDAY, 0), (DUE, 0), ("2025-03-11", 1), ("2025-03-17", 5)])
def test_a_reply_is_overdue_from_the_working_day_after_its_date(today: str, overdue: int, book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    (ask,) = book.thread(concern, today).asks
    assert ask.open
    assert ask.overdue_by == overdue
    assert ("past Mon 10 Mar 2025" in ask.in_words()) == bool(overdue)


def test_recorded_silence_is_an_event_and_not_an_answer(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    silence = book.add(
        "response", AFTER, [(concern, "answers")], content="No answer.", effect=NO_ANSWER, working_days=7
    )
    thread = book.thread(concern, "2025-03-31")
    (ask,) = thread.asks
    assert (ask.silent, ask.answered, ask.open) == (True, False, False)
    assert thread.state == "No answer by Mon 10 Mar 2025; noted after 7 working days"
    step = next(step for step in thread.steps if step.record.index == silence)
    assert (step.shape, step.words) == (Shape.SILENCE, "No answer by the date asked for after 7 working days")


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"ask": "Two cases fewer."}, [date(2025, 3, 10)]),
        ({"ask": "Two cases fewer.", "severity": "urgent"}, [date(2025, 3, 10)]),
        ({"ask": "Nothing.", "severity": "for information"}, []),
        ({}, []),
        ({"severity": "for information", "reply_by": AFTER}, [date(2025, 3, 12)]),
    ],
)
def test_a_question_without_a_date_waits_the_set_number_of_days(fields: dict, due: list, book: Casebook) -> None:
    concern = book.concern(MONDAY, **fields)
    assert [ask.due for ask in book.thread(concern, TUESDAY).asks] == due
    later = [ask.due for ask in book.thread(concern, TUESDAY, reply_after=1).asks]
    assert later == ([date(2025, 3, 4)] if due == [date(2025, 3, 10)] else due), "the setting does not move a date"


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2014-04-17", 5, date(2014, 4, 28)),
        ("2025-12-18", 10, date(2026, 1, 6)),
        ("2024-12-02", 28, date(2025, 1, 14)),
        ("2025-03-03", 5, date(2025, 3, 10)),
    ],
)
@pytest.mark.parametrize("free", [(), ("Fridays",), ("2014-04-22", "2025-12-29 to 2025-12-31", "2024-12-03")])
def test_waiting_ignores_the_officers_own_free_days(
    start: str, days: int, due: date, free: tuple, book: Casebook
) -> None:
    concern = book.concern(start, ask="A decision.")
    (ask,) = book.thread(concern, due.isoformat(), reply_after=days, non_working_days=free).asks
    assert (ask.due, ask.waited, ask.overdue_by) == (due, days, 0)


# Receipts that were asked for


def asked_for_receipt(book: Casebook) -> tuple[int, int]:
    concern = book.concern(MONDAY)
    return concern, book.sent(f"{MONDAY}T10:00", [(concern, "about")], receipt_requested="read")


@pytest.mark.parametrize(("today", "overdue"), [(TUESDAY, False), (DUE, False), ("2025-03-11", True)])
def test_a_receipt_is_overdue_after_the_working_days_that_are_set(today: str, overdue: bool, book: Casebook) -> None:
    concern, sent = asked_for_receipt(book)
    (missing,) = book.thread(concern, today).unreceipted
    assert (missing.record.index, missing.due, missing.overdue) == (sent, date(2025, 3, 10), overdue)
    (patient,) = book.thread(concern, today, receipt_after=20).unreceipted
    assert not patient.overdue


@pytest.mark.parametrize(
    ("state", "ends"),
    [
        *((state, True) for state in ("displayed", "deleted", "denied", "dispatched", "processed", "failed")),
        ("none received", True),
        *((state, False) for state in ("delivered", "relayed", "expanded", "delayed", "not stated")),
    ],
)
def test_events_that_end_the_wait_for_a_receipt(state: str, ends: bool, book: Casebook) -> None:
    concern, sent = asked_for_receipt(book)
    book.receipt(AFTER, state, [(sent, "receipt for")], match="exact")
    assert bool(book.thread(concern, "2025-03-31").unreceipted) is not ends


def test_a_receipt_for_another_mail_does_not_end_the_wait(book: Casebook) -> None:
    concern, sent = asked_for_receipt(book)
    second = book.sent(
        f"{TUESDAY}T10:00", [(concern, "about")], message_id="<two@office.example>", receipt_requested="both"
    )
    book.receipt(AFTER, "displayed", [(second, "receipt for")], for_message_id="<two@office.example>", match="exact")
    assert [each.record.index for each in book.thread(concern, AFTER).unreceipted] == [sent]


def test_two_mails_without_an_identifier_do_not_share_a_receipt(book: Casebook) -> None:
    concern = book.concern(MONDAY)
    first, second = (
        book.sent(f"{MONDAY}T1{n}:00", [(concern, "about")], message_id="", receipt_requested="read") for n in (0, 1)
    )
    book.receipt(AFTER, "displayed", [(first, "receipt for")], match="by hand")
    assert [each.record.index for each in book.thread(concern, AFTER).unreceipted] == [second]


# What belongs together


def test_a_receipt_that_came_before_its_message_joins_by_identifier(book: Casebook) -> None:
    early = book.receipt(f"{TUESDAY}T09:00", "displayed", for_message_id=ROOT_ID)
    concern = book.concern(MONDAY)
    sent = book.sent(f"{MONDAY}T10:00", [(concern, "about")], receipt_requested="read")
    thread = book.thread(concern, "2025-03-31")
    assert [step.record.index for step in thread.steps] == [concern, sent, early]
    assert (thread.opened, thread.unreceipted) == (True, ())
    assert "not matched" not in thread.steps[-1].limit.lower()
    assert "came in later, as record 2: exact match" in thread.steps[-1].limit, "it is matched when the message comes"
    assert LinkGraph(book.records).beginning_of(early) == concern


def test_a_reply_that_came_before_its_message_joins_by_identifier(book: Casebook) -> None:
    early = book.received(f"{TUESDAY}T09:00", in_reply_to=f"{ROOT_ID} <more@office.example>")
    concern = book.concern(MONDAY, reply_by=DUE)
    book.sent(f"{MONDAY}T10:00", [(concern, "about")])
    assert settling(book.thread(concern, AFTER)) == {concern: early}


def test_a_receipt_of_an_unknown_message_joins_nothing(book: Casebook) -> None:
    book.receipt(f"{TUESDAY}T09:00", "displayed", for_message_id="<forged@nowhere.example>")
    book.receipt(f"{TUESDAY}T09:00", "displayed")
    concern, sent = asked_for_receipt(book)
    book.sent(f"{TUESDAY}T10:00", [(concern, "about")], message_id="")
    assert book.positions(concern) == [concern, sent, sent + 1]


def test_repeats_link_to_the_first_and_count_up(book: Casebook) -> None:
    first = book.concern(MONDAY)
    again = book.concern("2025-04-01", [(first, "repeats")])
    third = book.concern("2025-05-01", [(again, "repeats")])
    (thread,) = all_threads(book.records, date(2025, 5, 2), Settings())
    assert (thread.root.index, thread.raised) == (first, 3)
    assert thread.title.endswith("(raised 3 times)")
    words = [step.words.partition(" with")[0] for step in thread.steps]
    assert words == ["Concern raised", "Concern raised again", "Concern raised again"]
    assert LinkGraph(book.records).beginning_of(third) == first


def test_an_escalation_is_a_step_of_the_same_thread(book: Casebook) -> None:
    concern = book.concern(MONDAY, reply_by=DUE)
    up = book.add(
        "escalation", AFTER, [(concern, "escalates")], ask="Decide.", to_level="Head of PDU", due="2025-03-19"
    )
    assert [thread.root.index for thread in all_threads(book.records, date(2025, 3, 20), Settings())] == [concern]
    step = book.thread(concern, "2025-03-20").steps[-1]
    assert (step.record.index, step.shape) == (up, Shape.UP)
    assert step.words == "Taken to the next level: Head of PDU; a reply asked for by Wed 19 Mar 2025"


def test_a_record_that_only_follows_starts_its_own_thread(book: Casebook) -> None:
    one = book.concern(MONDAY)
    other = book.concern(TUESDAY, [(one, "follows")])
    assert {thread.root.index for thread in all_threads(book.records, date(2025, 3, 5), Settings())} == {one, other}
    assert book.positions(one) == [one]


def test_steps_are_in_order_of_events(book: Casebook) -> None:
    concern = book.concern(f"{TUESDAY}T09:00")
    later = book.sent(f"{FRIDAY}T09:00", [(concern, "about")])
    remembered = book.add(
        "meeting", f"{MONDAY}T14:00", [(concern, "about")], type="1:1 supervision", my_point="61 cases."
    )
    assert book.positions(concern) == [remembered, concern, later]


KINDS = ("concern", "instruction", "message", "mail-receipt", "response", "note", "escalation", "drafted-mail")
WORDS = {"type": "displayed", "direction": "received", "concern": "x", "exact_words": "x", "text": "x", "ask": "x"}
steps = st.tuples(st.sampled_from(KINDS), st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["about", "follows"]))))


@given(st.lists(steps, min_size=1, max_size=10))
def test_every_linked_record_is_a_step_once(drawn: list) -> None:
    book = Casebook()
    for number, (kind, links) in enumerate(drawn):
        book.add(kind, MONDAY, sorted({(to, how) for to, how in links if to < number}), **WORDS)
    back = {record.index: {to for to, how in record.links if how != "follows"} for record in book.records}
    for thread in all_threads(book.records, date(2025, 3, 31), Settings()):
        root = thread.root.index
        expected = {root}
        for index in range(root + 1, len(drawn)):
            expected |= {index} if back[index] & expected else set()
        shown = [step.record.index for step in thread.steps]
        assert sorted(shown) == sorted(expected | back[root])
        assert thread.state


def test_what_stands_open_is_found_without_putting_a_step_into_words(
    book: Casebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An overview of ten thousand matters shows no step of them; making the words took as long as all the rest."""
    worded: list[int] = []
    real = threads.step_of
    monkeypatch.setattr(threads, "step_of", lambda record, *late: worded.append(record.index) or real(record, *late))
    concern = book.concern(MONDAY, reply_by=DUE)
    book.sent(f"{MONDAY}T10:00", [(concern, "about")])
    every = all_threads(book.records, date.fromisoformat(AFTER), Settings())
    assert [item.sort for item in due_items(every, book.records, date.fromisoformat(AFTER), Settings())] == ["reply"]
    assert worded == [], "steps were put into words that nobody looked at"
    assert [step.record.index for step in every[0].steps] == [0, 1] == worded
