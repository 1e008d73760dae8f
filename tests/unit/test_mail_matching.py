"""Matching receipts and answers to held mails; a weaker match is never called a stronger one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.mail.matching import EXACT, NONE, PROBABLE, HeldMail, Holdings, Match, match
from evidence_app.mail.reading import Container, read_mail
from evidence_app.mail.values import Mail, MailReceipt
from tests.support import mails
from tests.support.mails import CLIENTS, SENT_ID, SUBJECT, UNNAMED

SENT_AT = datetime(2025, 4, 14, 9, 0, tzinfo=UTC)
INDEX = bytes([1]) + bytes(range(21))
STEP = b"\x80\x00\x00\x00\x01"
OTHER_ID = "<other@easthaven.justice.example>"
SENT = HeldMail(3, SENT_ID, INDEX, SUBJECT, SENT_AT)
OTHER = HeldMail(5, OTHER_ID, b"", "Something else", SENT_AT)


def holdings(*held: HeldMail) -> Holdings:
    return Holdings(
        lambda identifier: [each for each in held if each.message_id == identifier],
        lambda head: [each for each in held if each.conversation[:22] == head],
    )


def read(raw: bytes) -> Mail:
    return read_mail(raw, Container.INTERNET)


def by_index(**more: object) -> Mail:
    """A receipt that names nothing, of the conversation of the sent mail."""
    receipt = MailReceipt("MDN", "displayed", original_subject=SUBJECT, original_sent_at=SENT_AT)
    return replace(Mail(conversation=INDEX + STEP, topic=SUBJECT, receipt=receipt), **more)


@pytest.mark.parametrize("client", sorted(CLIENTS))
def test_the_receipt_of_each_client_finds_its_message(client: str) -> None:
    raw = CLIENTS[client]("displayed")
    if client in UNNAMED and b"In-Reply-To" not in raw:
        assert match(read(raw), holdings(OTHER, SENT)) == Match()
    else:
        assert match(read(raw), holdings(OTHER, SENT)) == Match(PROBABLE if client in UNNAMED else EXACT, 3)


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_the_copy_that_came_back_matches_exactly(kind: str) -> None:
    raw = mails.delivery_report(mails.recipient_row("a@example.org", "failed"), others=[mails.returned(kind=kind)])
    assert match(read(raw), holdings(OTHER, SENT)) == Match(EXACT, 3)


def test_an_identifier_that_is_not_held_is_not_replaced_by_a_weaker_match() -> None:
    receipt = MailReceipt("MDN", "displayed", for_message_id="<gone@example.org>")
    mail = by_index(receipt=receipt, in_reply_to=(SENT_ID,), references=(SENT_ID,))
    assert match(mail, holdings(OTHER, SENT)) == Match()


@pytest.mark.parametrize("name", ["In-Reply-To", "References"])
def test_a_reply_is_probable_and_never_exact(name: str) -> None:
    assert match(read(mails.answer(f"{name}: {SENT_ID}")), holdings(OTHER, SENT)) == Match(PROBABLE, 3)


def test_the_nearest_reference_matches() -> None:
    mail = read(mails.answer(f"References: {OTHER_ID} <gone@example.org>\r\n {SENT_ID}"))
    assert match(mail, holdings(OTHER, SENT)) == Match(PROBABLE, 3)


def test_an_answer_to_two_mails_is_left_to_the_user() -> None:
    found = match(read(mails.answer(f"In-Reply-To: {SENT_ID} {OTHER_ID}")), holdings(OTHER, SENT))
    assert (found.how, found.place, sorted(found.candidates)) == (NONE, None, [3, 5])


def test_a_mail_does_not_answer_itself() -> None:
    mail = read(mails.sent(f"References: {SENT_ID}"))
    assert match(mail, holdings(SENT)) == Match()


def test_the_sent_copy_is_preferred_of_two() -> None:
    copies = (replace(SENT, place=1, sent=False), replace(SENT, place=7), replace(SENT, place=9))
    receipt = read(CLIENTS["exchange"]("displayed"))
    assert match(receipt, holdings(*copies)) == Match(EXACT, 7)
    assert match(by_index(), holdings(*copies)) == Match(PROBABLE, 7)


@pytest.mark.parametrize(
    "conversation", [INDEX, INDEX + STEP, INDEX + STEP * 3], ids=["its own", "a step on", "steps on"]
)
def test_an_extended_conversation_index_is_probable(conversation: bytes) -> None:
    assert match(by_index(conversation=conversation), holdings(OTHER, SENT)) == Match(PROBABLE, 3)


NOT_ENOUGH = {
    "another conversation": {"conversation": bytes(22) + STEP},
    "too short": {"conversation": INDEX[:21]},
    "no index": {"conversation": b""},
    "another subject": {"receipt": MailReceipt("MDN", "displayed", original_subject="Leave in May")},
    "another subject, no receipt": {"receipt": None, "topic": "Leave in May"},
    "another time": {
        "receipt": MailReceipt(
            "MDN", "displayed", original_subject=SUBJECT, original_sent_at=SENT_AT + timedelta(minutes=3)
        )
    },
    "the mail itself": {"receipt": None, "conversation": INDEX},
    "no subject": {"receipt": None, "topic": "", "subject": ""},
}


@pytest.mark.parametrize("name", sorted(NOT_ENOUGH))
def test_a_conversation_index_alone_is_not_enough(name: str) -> None:
    assert match(by_index(**NOT_ENOUGH[name]), holdings(OTHER, SENT)) == Match()


@pytest.mark.parametrize("apart", [0, 60, 120, -120])
def test_the_clocks_may_be_two_minutes_apart(apart: int) -> None:
    receipt = MailReceipt(
        "MDN", "displayed", original_subject=SUBJECT, original_sent_at=SENT_AT + timedelta(seconds=apart)
    )
    assert match(by_index(receipt=receipt), holdings(SENT)) == Match(PROBABLE, 3)


@pytest.mark.parametrize("subject", [SUBJECT, f"RE: {SUBJECT}", f"Re: FW: {SUBJECT.upper()}", f"  AW:  {SUBJECT} "])
def test_reply_prefixes_do_not_change_the_subject(subject: str) -> None:
    mail = by_index(receipt=None, topic="", subject=subject)
    assert match(mail, holdings(SENT)) == Match(PROBABLE, 3)


def test_two_matching_mails_are_left_to_the_user() -> None:
    twin = replace(SENT, place=4, message_id=OTHER_ID)
    assert match(by_index(), holdings(SENT, twin)) == Match(NONE, None, (3, 4))


def test_the_nearest_mail_of_a_conversation_matches() -> None:
    later = replace(SENT, place=8, message_id=OTHER_ID, conversation=INDEX + STEP)
    aside = replace(SENT, place=9, message_id="<aside@example.org>", conversation=INDEX + STEP[::-1])
    mail = by_index(conversation=INDEX + STEP * 2)
    assert match(mail, holdings(SENT, later, aside)) == Match(PROBABLE, 8)


identifiers = st.sampled_from(["", SENT_ID, OTHER_ID, "<gone@example.org>"])
held = st.lists(
    st.builds(
        HeldMail,
        st.integers(0, 9),
        identifiers,
        st.sampled_from([b"", INDEX, INDEX + STEP]),
        st.sampled_from([SUBJECT, "x"]),
    ),
    max_size=4,
)


@given(identifiers, st.lists(identifiers.filter(bool), max_size=2), st.sampled_from([b"", INDEX, INDEX + STEP]), held)
def test_a_match_is_exact_only_by_the_identifier_that_a_receipt_names(
    named: str, others: list[str], index: bytes, found: list[HeldMail]
) -> None:
    receipt = MailReceipt("MDN", "displayed", for_message_id=named)
    mail = Mail(conversation=index, topic=SUBJECT, in_reply_to=tuple(others), receipt=receipt)
    made = match(mail, holdings(*found))
    fits = {each.place for each in found if named and each.message_id == named}
    assert (made.place is None) == (made.how == NONE or len(made.candidates) > 1)
    if made.how == EXACT:
        assert made.place in fits
    elif named:
        # Two messages of that identifier, which nothing tells apart: both are offered, and neither is chosen.
        assert made == Match() if not fits else (made.how == PROBABLE and set(made.candidates) <= fits)
