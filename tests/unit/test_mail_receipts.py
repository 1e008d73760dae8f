"""Mail receipts and delivery reports of each mail client; only an explicit disposition counts as *displayed*."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence_app.mail.internet import read_internet_mail
from evidence_app.mail.notifications import TYPES
from evidence_app.mail.reading import sort_of
from evidence_app.mail.values import NOT_STATED, STATES, Mail, MailKind, MailReceipt
from tests.support import mails
from tests.support.mails import CLIENTS, MANAGER_ADDRESS, SENT_ID, UNNAMED, block, part, recipient_row

clients = pytest.mark.parametrize("client", sorted(CLIENTS))
DISPOSITIONS = sorted(TYPES)


def sort_received(mail: Mail) -> MailKind:
    return sort_of(mail, sent=False, matched=False)


def receipt_in(raw: bytes) -> MailReceipt:
    found = read_internet_mail(raw).receipt
    assert found is not None, "no receipt was found"
    return found


@clients
@pytest.mark.parametrize("state", DISPOSITIONS)
def test_the_disposition_decides_the_state_of_a_receipt(client: str, state: str) -> None:
    mail = read_internet_mail(CLIENTS[client](state))
    assert sort_received(mail) is MailKind.MAIL_RECEIPT
    assert mail.receipt is not None
    assert mail.receipt.format == "MDN"
    assert mail.receipt.state == state
    assert mail.receipt.rows == ()


@clients
def test_a_receipt_names_the_message_it_is_for_or_none(client: str) -> None:
    found = receipt_in(CLIENTS[client]("displayed"))
    assert found.for_message_id == ("" if client in UNNAMED else SENT_ID)


@clients
def test_a_receipt_names_its_recipient(client: str) -> None:
    found = receipt_in(CLIENTS[client]("displayed"))
    if client == "fairemail":
        assert (found.final_recipient, found.original_recipient) == ("", MANAGER_ADDRESS)
    else:
        wanted = f"Kim Dâle <{MANAGER_ADDRESS}>" if client == "kmail" else MANAGER_ADDRESS
        assert found.final_recipient == wanted


@clients
@pytest.mark.parametrize("newline", [b"\r\n", b"\n", b"\r"], ids=["crlf", "lf", "cr"])
def test_line_ends_make_no_difference(client: str, newline: bytes) -> None:
    raw = CLIENTS[client]("deleted")
    assert receipt_in(mails.with_line_ends(raw, newline)) == receipt_in(raw)


@clients
def test_a_receipt_without_a_disposition_has_no_state(client: str) -> None:
    raw = re.sub(rb"(?im)^disposition *:.*(?:\r\n|\Z)", b"", CLIENTS[client]("displayed"))
    if client == "sogo":
        raw = raw.replace(b"--=_part_1--", b"\r\n--=_part_1--")
    found = read_internet_mail(raw).receipt
    assert found is None or found.state == NOT_STATED
    assert found is not None or client in {"sylpheed", "exchange_claiming_tnef"}, (
        "the part's type alone makes a receipt"
    )


def test_the_parts_of_a_disposition_are_kept() -> None:
    found = receipt_in(CLIENTS["kmail"]("denied"))
    assert (found.action_mode, found.sending_mode, found.modifiers) == ("manual-action", "MDN-sent-manually", "a,b")
    assert found.reporting_ua == "desk-4.example.org; KMail 5.20"


def test_roundcube_lists_everybody_the_message_went_to() -> None:
    found = receipt_in(CLIENTS["roundcube"]("displayed"))
    assert found.original_recipient == f"Kim Dale <{MANAGER_ADDRESS}>, Ash Byrne <ash.byrne@example.org>"


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_the_copy_that_came_back_names_the_original(kind: str) -> None:
    raw = mails.receipt(
        block("Disposition: manual-action/MDN-sent-manually; displayed"), others=[mails.returned(kind=kind)]
    )
    found = receipt_in(raw)
    assert found.for_message_id == SENT_ID
    assert found.original_subject == mails.SUBJECT
    assert found.original_sent_at == datetime(2025, 4, 14, 9, 0, tzinfo=UTC)


def test_the_identifier_in_the_fields_takes_precedence_over_the_copys() -> None:
    raw = mails.receipt(mails.plain_fields("displayed"), others=[mails.returned("<other@example.org>")])
    assert receipt_in(raw).for_message_id == SENT_ID


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("manual-action/MDN-sent-manually; displayed", "displayed"),
        ("MANUAL-ACTION/mdn-sent-manually;DISPLAYED", "displayed"),
        ("automatic-action/MDN-sent-automatically;\r\n displayed", "displayed"),
        ("manual-action/MDN-sent-manually; displayed/error", "displayed"),
        ("manual-action/MDN-sent-manually ; displayed (on a screen)", "displayed"),
        ("displayed", "displayed"),
        ("manual-action/MDN-sent-manually; processed/displayed", "processed"),
        ("manual-action/MDN-sent-manually; deleted; displayed", "deleted"),
        ("displayed/MDN-sent-manually; deleted", "deleted"),
        ("manual-action/displayed; dispatched", "dispatched"),
        ("manual-action/MDN-sent-manually; undisplayed", NOT_STATED),
        ("manual-action/MDN-sent-manually; displayedly", NOT_STATED),
        ("manual-action/MDN-sent-manually; displayed-not", NOT_STATED),
        ("manual-action/MDN-sent-manually; displayed2", NOT_STATED),
        ("manual-action/MDN-sent-manually; displayed_partly", NOT_STATED),
        ("manual-action/MDN-sent-manually; not displayed", NOT_STATED),
        ("manual-action/MDN-sent-manually; (displayed)", NOT_STATED),
        ("manual-action/MDN-sent-manually;", NOT_STATED),
        ("manual-action/MDN-sent-manually", NOT_STATED),
        ("", NOT_STATED),
        ("read", NOT_STATED),
    ],
)
def test_only_the_type_of_a_disposition_is_its_state(value: str, state: str) -> None:
    assert receipt_in(mails.receipt(block(f"Disposition: {value}"))).state == state


def test_of_two_dispositions_the_first_counts() -> None:
    first, second = "Disposition: a/b; deleted", "Disposition: a/b; displayed"
    assert receipt_in(mails.receipt(block(first, second))).state == "deleted"


@pytest.mark.parametrize("sender", ["Samsung", "Koma"])
def test_a_sentence_that_says_read_is_a_reply_and_no_receipt(sender: str) -> None:
    mail = read_internet_mail(mails.free_text(sender))
    assert mail.receipt is None
    assert sort_received(mail) is MailKind.REPLY


@pytest.mark.parametrize("subject", ["Read: x", "Gelesen: x", "Lu : x", "Undeliverable: x", "Automatic reply: x"])
def test_a_subject_decides_nothing(subject: str) -> None:
    assert sort_received(read_internet_mail(mails.answer(subject=subject))) is MailKind.MESSAGE


def test_a_field_block_in_plain_text_is_no_receipt() -> None:
    mail = read_internet_mail(mails.answer(f"In-Reply-To: {SENT_ID}", body=mails.plain_fields("displayed")))
    assert mail.receipt is None


@pytest.mark.parametrize("kind", ["message/rfc822", "application/octet-stream"])
def test_an_enclosed_receipt_is_not_this_mails_receipt(kind: str) -> None:
    mail = read_internet_mail(mails.enclosing(CLIENTS["exchange"]("displayed"), kind=kind))
    assert mail.receipt is None
    assert sort_received(mail) is MailKind.MESSAGE
    assert len(mail.files) == 1


def test_a_receipt_in_a_bounce_leaves_it_a_bounce() -> None:
    back = part(["Content-Type: message/rfc822"], CLIENTS["thunderbird"]("displayed"))
    mail = read_internet_mail(mails.delivery_report(recipient_row(MANAGER_ADDRESS, "failed"), others=[back]))
    assert sort_received(mail) is MailKind.DELIVERY_REPORT
    assert mail.receipt is not None
    assert mail.receipt.state == "failed"


ROWS = {
    "mixed": (["delivered", "failed", "relayed"], "failed"),
    "delayed": (["delivered", "delayed", "expanded"], "delayed"),
    "not stated": (["delivered", "gone", "relayed"], NOT_STATED),
    "relayed": (["delivered", "relayed", "expanded"], "relayed"),
    "expanded": (["expanded", "delivered"], "expanded"),
    "delivered": (["delivered", "Delivered"], "delivered"),
}


@pytest.mark.parametrize("name", sorted(ROWS))
@pytest.mark.parametrize("gap", ["\r\n", "\r\n\r\n", " \r\n"], ids=["blank line", "two", "a space"])
def test_a_report_has_a_row_per_recipient_and_the_worst_state_overall(name: str, gap: str) -> None:
    actions, worst = ROWS[name]
    rows = [recipient_row(f"p{number}@example.org", action) for number, action in enumerate(actions)]
    mail = read_internet_mail(mails.delivery_report(*rows, gap=gap))
    assert sort_received(mail) is MailKind.DELIVERY_REPORT
    assert mail.receipt is not None
    assert mail.receipt.state == worst
    assert [row.recipient for row in mail.receipt.rows] == [f"p{number}@example.org" for number in range(len(actions))]
    assert [row.state for row in mail.receipt.rows] == [
        action.lower() if action.lower() in STATES else NOT_STATED for action in actions
    ]
    assert mail.receipt.for_message_id == SENT_ID


def test_a_row_keeps_what_the_server_said() -> None:
    more = [
        "Original-Recipient: rfc822;old@example.org",
        "Remote-MTA: dns; mx2.example.org",
        "Diagnostic-Code: smtp; 550 5.1.1",
        "\tno such mailbox",
    ]
    found = receipt_in(mails.delivery_report(recipient_row("new@example.org", "failed (for good)", *more)))
    row = found.rows[0]
    assert (row.recipient, row.original_recipient, row.state) == ("new@example.org", "old@example.org", "failed")
    assert (row.status, row.remote_mta) == ("5.1.1", "mx2.example.org")
    assert row.diagnostic == "550 5.1.1 no such mailbox"


def test_a_delivery_report_is_never_displayed() -> None:
    found = receipt_in(
        mails.delivery_report(recipient_row("a@example.org", "displayed", "Disposition: a/b; displayed"))
    )
    assert found.state == NOT_STATED


@pytest.mark.parametrize("how", sorted(mails.AUTOMATIC))
def test_an_automatic_reply_is_neither_a_receipt_nor_an_answer(how: str) -> None:
    mail = read_internet_mail(mails.answer(f"In-Reply-To: {SENT_ID}", *mails.AUTOMATIC[how]))
    assert mail.receipt is None
    assert sort_of(mail, sent=False, matched=True) is MailKind.AUTOMATIC_REPLY


def test_a_reply_that_says_it_is_not_automatic_is_a_reply() -> None:
    mail = read_internet_mail(
        mails.answer(f"In-Reply-To: {SENT_ID}", "Auto-Submitted: no", "X-Auto-Response-Suppress: All")
    )
    assert sort_received(mail) is MailKind.REPLY


@pytest.mark.parametrize(
    ("name", "sort", "state", "identifier"),
    [
        ("mdn-rfc-example.eml", MailKind.MAIL_RECEIPT, "displayed", "<199509192301.23456@example.org>"),
        ("mdn-dovecot-quota.eml", MailKind.MAIL_RECEIPT, "deleted", "<2ee7df1322121930966bcc2318379726@localhost>"),
        ("dsn-exim.eml", MailKind.DELIVERY_REPORT, "failed", "<neko222-nyaaan-22@neko.example.com>"),
        ("dsn-sendmail.eml", MailKind.DELIVERY_REPORT, "failed", None),
        ("malformed.eml", MailKind.DELIVERY_REPORT, "failed", "<AA406E7E18714AB2927DAACC24B47C4A@USER-PC97>"),
    ],
)
def test_real_samples(samples: Path, name: str, sort: MailKind, state: str, identifier: str | None) -> None:
    mail = read_internet_mail((samples / "mail" / name).read_bytes())
    assert sort_received(mail) is sort
    assert mail.receipt is not None
    assert mail.receipt.state == state
    assert identifier is None or mail.receipt.for_message_id == identifier


WORDS = ["displayed", "Displayed", "deleted", "not", "un", "-", "_", "2", ";", "/", " ", "(", ")", ",", ":", "\r\n "]
values = st.lists(st.sampled_from(WORDS), max_size=8).map("".join) | st.text(max_size=40)
modes = st.sampled_from(["", "manual-action/MDN-sent-manually;", "automatic-action ; ", "a/b;c;"])
dispositions = st.tuples(modes, st.sampled_from(["", " ", "displayed"]), values).map("".join)
EXPLICIT = re.compile(r"(?:[A-Za-z-]+ *(?:/ *[A-Za-z-]+ *)?; *)?displayed(?![A-Za-z0-9_-])", re.IGNORECASE)


@given(dispositions)
@example("\r\n displayed")
def test_no_disposition_is_displayed_unless_its_type_is(value: str) -> None:
    found = read_internet_mail(mails.receipt(block(f"Disposition: {value}"))).receipt
    line = re.split(r"(?>\r\n|\r|\n)(?![ \t])", value)[0]
    if found is not None and found.state == "displayed":
        assert EXPLICIT.match(" ".join(line.split()))


@given(st.sampled_from(DISPOSITIONS), values, values)
def test_no_other_field_makes_a_receipt_displayed(state: str, words: str, subject: str) -> None:
    words, subject = (" ".join(each.split()) for each in (words, subject))
    fields = block(
        f"X-Disposition: a/b; displayed {words}",
        f"Error: {words} displayed",
        f"Disposition: a/b; {state}",
        "Disposition: a/b; displayed",
    )
    raw = mails.receipt(
        fields, "Disposition: a/b; displayed", subject=f"Read: {subject} displayed", human=f"displayed {words}"
    )
    assert receipt_in(raw).state == state


@given(st.lists(st.sampled_from([*STATES, "Read", "displayed-x", ""]), min_size=1, max_size=5))
def test_no_delivery_report_is_displayed(actions: list[str]) -> None:
    found = receipt_in(mails.delivery_report(*[recipient_row("a@example.org", action) for action in actions]))
    assert found.state in {"failed", "delayed", "delivered", "relayed", "expanded", NOT_STATED}
    assert len(found.rows) == len(actions)
