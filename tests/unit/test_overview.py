"""The overview pages: what was raised, whether it was opened and answered, and who knew what when."""

from datetime import date

import pytest

from evidence_app.domain.summary.overview import most_often, raised, raised_in_words, who_knew
from evidence_app.domain.summary.workload import snapshots_in
from tests.support.casebook import Casebook

MARSH = {"person": "J. Marsh", "role": "Senior probation officer"}


@pytest.fixture
def book() -> Casebook:
    return Casebook()


def mailed(book: Casebook, state: str | None) -> str:
    concern = book.concern("2025-04-15", reply_by="2025-04-24")
    sent = book.sent("2025-04-15T10:30", [(concern, "about")], receipt_requested="read")
    if state is not None:
        book.receipt("2025-04-16", state, [(sent, "receipt for")], match="exact")
    (only,) = raised(list(book.records), [book.thread(concern, "2025-05-01")])
    return only.opened


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("displayed", "opened Wed 16 Apr 2025, according to the receipt"),
        ("deleted", "deleted unread Wed 16 Apr 2025, according to the receipt"),
        ("delivered", "delivered, not known whether opened"),
        ("none received", "sent; no receipt came"),
        (None, "sent; no receipt held"),
    ],
)
def test_only_a_displayed_receipt_is_called_opened(state: str | None, said: str, book: Casebook) -> None:
    assert mailed(book, state) == said


def test_raised_items_show_whether_they_were_answered(book: Casebook) -> None:
    first = book.concern("2025-04-15", reply_by="2025-04-24")
    second = book.concern("2025-05-07", reply_by="2025-05-09", links=[(first, "repeats")])
    book.add("response", "2025-05-08", [(second, "answers")], content="Noted.", effect="no substantive answer")
    found = raised(list(book.records), [book.thread(first, "2025-06-02")])
    assert [each.record.index for each in found] == [first, second]
    assert "without substance" in found[1].answered
    assert not found[1].unanswered


def test_a_concern_that_names_nobody_is_counted(book: Casebook) -> None:
    """It makes no thread: nothing leads to it, and nothing was asked for."""
    book.add("concern", "2025-04-15", [], concern="Too few visits.")
    (only,) = found = raised(list(book.records), [])
    assert (only.whom, only.opened) == ("nobody named", "no e-mail is held for it")
    assert raised_in_words(found) == (
        "R. Hale raised 1 concern, in the records shown. For it nobody is named with whom it was raised."
    )
    assert raised_in_words([]) == "No concern, escalation or refusal is among the records shown."


def test_what_was_raised_is_counted_by_who_raised_it() -> None:
    hale, other = Casebook(), Casebook(author="M. Osei", handover=4)
    first = hale.concern("2025-04-15", reply_by="2025-04-24")
    hale.add("escalation", "2025-05-01", [(first, "escalates")], ground="No answer.", to_level="head of PDU")
    hale.concern("2025-06-01", raised_with="")
    theirs = other.concern("2025-05-02", reply_by="2025-05-09")
    threads = [hale.thread(first, "2025-07-01"), other.thread(theirs, "2025-07-01")]
    found = raised([*hale.records, *other.records], threads)
    assert raised_in_words(found) == (
        "R. Hale raised 2 concerns and 1 escalation; M. Osei raised 1 concern, in the records shown. "
        "To 2 of them no answer is recorded. For 1 of them nobody is named with whom it was raised."
    )


def test_an_answer_after_the_day_is_called_late(book: Casebook) -> None:
    concern = book.concern("2025-04-15", reply_by="2025-04-24")
    book.add("response", "2025-04-28", [(concern, "answers")], effect="declines", content="No.")
    found = raised(list(book.records), [book.thread(concern, "2025-06-01")])
    assert raised_in_words(found) == (
        "R. Hale raised 1 concern, in the records shown. It was answered after the date that was asked for."
    )


def test_what_was_answered_there_and_then_is_the_authors_word(book: Casebook) -> None:
    book.concern("2025-04-15", answer_given="She said that she would think about it.")
    (only,) = raised(list(book.records), [])
    assert only.answered == "As its author noted: “She said that she would think about it.”"


def test_a_mail_that_was_tied_to_a_concern_afterwards_is_about_it(book: Casebook) -> None:
    concern = book.concern("2025-04-15", reply_by="2025-04-24")
    sent = book.sent("2025-04-15T10:30", [], receipt_requested="read")
    book.receipt("2025-04-16", "displayed", [(sent, "receipt for")], match="exact")
    book.add("note", "2025-04-20", [(sent, "adds to"), (concern, "about")], text="That e-mail was about this concern.")
    (only,) = raised(list(book.records), [book.thread(concern, "2025-05-01")])
    assert only.opened == "opened Wed 16 Apr 2025, according to the receipt"


def test_who_knew_omits_the_owner_and_resolves_addresses(book: Casebook) -> None:
    concern = book.add("concern", "2025-04-15", [], concern="Too few visits.", raised_with=MARSH)
    sent = book.sent("2025-04-15T10:30", [(concern, "about")], to=["J. Marsh <j.marsh@easthaven.example>"])
    book.receipt(
        "2025-04-16", "displayed", [(sent, "receipt for")], match="exact", final_recipient="j.marsh@easthaven.example"
    )
    book.add("meeting", "2025-04-28", [], type="team meeting", attendees=[MARSH, {"person": "R. Hale"}])
    knew = who_knew(list(book.records))
    assert [(each.what, each.day) for each in knew if each.who == "J. Marsh"] == [
        ("was told", date(2025, 4, 15)),
        ("was sent", date(2025, 4, 15)),
        ("opened it", date(2025, 4, 16)),
        ("was present", date(2025, 4, 28)),
    ]
    assert most_often(knew) == ["J. Marsh"], "the owner is among those who were told"


def test_a_silence_is_not_an_answer(book: Casebook) -> None:
    concern = book.concern("2025-04-15", reply_by="2025-04-24")
    silence = {"content": "None.", "effect": "no answer by the date", "from": MARSH}
    book.add("response", "2025-04-25", [(concern, "answers")], **silence)
    assert [each.what for each in who_knew(list(book.records)) if each.record.kind.name == "response"] == [
        "did not answer"
    ]


def test_the_workload_is_in_order_and_keeps_what_is_not_known_unknown(book: Casebook) -> None:
    book.add("workload", "2025-06-16", [], cases_total=57, wmt_pct=112.7)
    book.add("workload", "2025-03-03", [], wmt_not_available=True, cases_total=48)
    assert [(each.cases, each.percent) for each in snapshots_in(book.records)] == [(48.0, None), (57.0, 112.7)]


def test_a_record_of_two_matters_is_told_as_the_first_of_them_has_it(book: Casebook) -> None:
    one, other = book.concern("2025-03-03"), book.concern("2025-03-03")
    higher = book.add(
        "escalation", "2025-03-10", [(one, "escalates"), (other, "escalates")], ask="A decision.", due="2025-03-19"
    )
    aside = book.add("note", "2025-03-11", [(other, "about")], text="Seen by her manager.")
    book.add("response", "2025-03-12", [(aside, "answers")], content="Yes.", effect="agrees")
    threads = [book.thread(index, "2025-04-01") for index in (one, other)]
    told = [
        next(each.unanswered for each in raised(book.records, order) if each.record.index == higher)
        for order in (threads, threads[::-1])
    ]
    assert told == [True, False]
