"""Outlook's own files: report items, .msg files and TNEF."""

import struct
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.mail.reading import Container, container_of, read_mail, sort_of
from evidence_app.mail.values import NOT_STATED, Mail, MailKind, MailReceipt
from tests.support import mails
from tests.support import outlook_files as outlook
from tests.support.mails import MANAGER_ADDRESS, SENT_ID, block

SENT_AT = datetime(2025, 4, 14, 9, 0, tzinfo=UTC)
REPORTED_AT = datetime(2025, 4, 15, 8, 30, tzinfo=UTC)
INDEX = bytes([1]) + bytes(range(21))
RECEIPTS = {"IPNRN": "displayed", "IPNNRN": "deleted"}
REPORTS = {
    "DR": "delivered",
    "NDR": "failed",
    "DELAYED": "delayed",
    "Relayed.DR": "relayed",
    "Expanded.DR": "expanded",
}
RECIPIENTS = [
    {outlook.DISPLAY_NAME: "Kim Dale", outlook.SMTP_ADDRESS: MANAGER_ADDRESS, outlook.STATUS_CODE: 511},
    {outlook.DISPLAY_NAME: "Ash Byrne", outlook.SMTP_ADDRESS: "ash.byrne@example.org"},
]


def item(message_class: str, **more: outlook.Value) -> dict[int, outlook.Value]:
    """Return the properties of a report item; `more` names properties as outlook_files does."""
    properties: dict[int, outlook.Value] = {
        outlook.MESSAGE_CLASS: message_class,
        outlook.SUBJECT: f"Read: {mails.SUBJECT}",
        outlook.SUBMIT_TIME: REPORTED_AT,
        outlook.SENDER_NAME: "Kim Dale",
        outlook.SENDER_SMTP: MANAGER_ADDRESS,
        outlook.ORIGINAL_SUBJECT: mails.SUBJECT,
        outlook.ORIGINAL_SUBMIT_TIME: SENT_AT,
        outlook.CONVERSATION_INDEX: INDEX,
        outlook.CONVERSATION_TOPIC: mails.SUBJECT,
    }
    return properties | {getattr(outlook, name): value for name, value in more.items()}


def read_msg(properties: dict[int, outlook.Value], *parts: object, **more: object) -> Mail:
    raw = outlook.msg(properties, *parts, **more)
    assert container_of(raw[:16_384], "item.msg") is Container.OUTLOOK
    return read_mail(raw, Container.OUTLOOK)


def receipt_of(mail: Mail) -> MailReceipt:
    assert mail.receipt is not None, "no receipt was found"
    return mail.receipt


def sort_received(mail: Mail) -> MailKind:
    return sort_of(mail, sent=False, matched=True)


spellings = pytest.mark.parametrize("spelled", [str, str.upper, str.lower], ids=["as written", "upper", "lower"])
codepages = pytest.mark.parametrize("codepage", [None, "cp1252"])


@spellings
@codepages
@pytest.mark.parametrize("kind", ["IPM.Note", "IPM.Schedule.Meeting.Request"])
@pytest.mark.parametrize(("ending", "state"), RECEIPTS.items())
def test_the_class_of_a_read_report_decides_its_state(
    kind: str, ending: str, state: str, spelled: object, codepage: str
) -> None:
    mail = read_msg(item(spelled(f"REPORT.{kind}.{ending}")), RECIPIENTS, codepage=codepage)
    found = receipt_of(mail)
    assert sort_received(mail) is MailKind.MAIL_RECEIPT
    assert (found.format, found.state, found.rows) == ("msg report", state, ())
    assert found.final_recipient == f"Kim Dale <{MANAGER_ADDRESS}>"
    assert (found.original_subject, found.original_sent_at) == (mails.SUBJECT, SENT_AT)
    assert mail.conversation == INDEX


@spellings
@pytest.mark.parametrize(("ending", "state"), REPORTS.items())
def test_a_delivery_report_has_a_row_for_each_recipient(ending: str, state: str, spelled: object) -> None:
    mail = read_msg(item(spelled(f"REPORT.IPM.Note.{ending}")), RECIPIENTS)
    found = receipt_of(mail)
    assert sort_received(mail) is MailKind.DELIVERY_REPORT
    assert found.state == state
    assert [row.recipient for row in found.rows] == [
        f"Kim Dale <{MANAGER_ADDRESS}>",
        "Ash Byrne <ash.byrne@example.org>",
    ]
    assert [row.status for row in found.rows] == ["5.1.1", ""]


@pytest.mark.parametrize(("ending", "state"), REPORTS.items())
def test_a_delivery_report_without_recipients_stays_one(ending: str, state: str) -> None:
    mail = read_msg(item(f"REPORT.IPM.Note.{ending}"))
    assert receipt_of(mail).state == state
    assert sort_received(mail) is MailKind.DELIVERY_REPORT


@pytest.mark.parametrize(
    "message_class", ["REPORT.IPM.Note", "REPORT.IPM.Note.IPNRNX", "REPORT.IPM.Note.XIPNRN", "REPORT.IPM.Note.Recalled"]
)
def test_a_report_of_a_class_that_is_not_known_states_nothing(message_class: str) -> None:
    found = read_msg(item(message_class), RECIPIENTS).receipt
    assert found is None or found.state == NOT_STATED


@pytest.mark.parametrize("message_class", ["IPM.Note", "IPM.Note.IPNRN", "IPM.Report.IPNRN", "IPNRN", "IPM.Note.SMIME"])
def test_an_ordinary_item_is_no_report(message_class: str) -> None:
    mail = read_msg(item(message_class, DISPOSITION="displayed"), RECIPIENTS)
    assert mail.receipt is None


@pytest.mark.parametrize("stated", ["deleted", "denied", "processed", "dispatched", "failed"])
def test_a_disposition_overrules_displayed(stated: str) -> None:
    assert receipt_of(read_msg(item("REPORT.IPM.Note.IPNRN", DISPOSITION=stated))).state == stated


def test_an_unknown_disposition_overrules_displayed() -> None:
    assert receipt_of(read_msg(item("REPORT.IPM.Note.IPNRN", DISPOSITION="seen"))).state == NOT_STATED


@pytest.mark.parametrize("stated", ["deleted", "processed", "dispatched"])
def test_a_disposition_in_the_report_text_overrules_displayed(stated: str) -> None:
    """Exchange stores the whole Disposition field as the text, and some servers give `processed` the class of a read one."""
    text = f"automatic-action/MDN-sent-automatically; {stated}"
    assert receipt_of(read_msg(item("REPORT.IPM.Note.IPNRN", REPORT_TEXT=text))).state == stated


def test_a_disposition_does_not_make_a_not_read_report_displayed() -> None:
    assert receipt_of(read_msg(item("REPORT.IPM.Note.IPNNRN", DISPOSITION="displayed"))).state == "deleted"


def test_the_mode_of_a_disposition_is_kept() -> None:
    mode = "automatic-action/MDN-sent-manually"
    found = receipt_of(read_msg(item("REPORT.IPM.Note.IPNRN", DISPOSITION="displayed", DISPOSITION_MODE=mode)))
    assert (found.state, found.action_mode, found.sending_mode) == (
        "displayed",
        "automatic-action",
        "MDN-sent-manually",
    )


@pytest.mark.parametrize("written", [SENT_ID, SENT_ID.strip("<>")])
def test_a_report_names_the_message_it_is_for(written: str) -> None:
    assert receipt_of(read_msg(item("REPORT.IPM.Note.IPNRN", ORIGINAL_MESSAGE_ID=written))).for_message_id == SENT_ID
    assert receipt_of(read_msg(item("REPORT.IPM.Note.IPNRN"))).for_message_id == ""


HEADERS = {
    "a receipt as TNEF": ["Content-Type: application/ms-tnef; name=winmail.dat"],
    "a receipt": ["Content-Type: multipart/report; report-type=disposition-notification; boundary=x"],
    "no type": [],
}


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_headers_give_sender_and_time_and_the_class_gives_the_state(name: str) -> None:
    headers = block(
        f"From: {mails.MANAGER}",
        f"Date: {mails.ANSWER_DATE}",
        "Message-ID: <r@example.org>",
        f"In-Reply-To: {SENT_ID}",
        *HEADERS[name],
    )
    mail = read_msg(item("REPORT.IPM.Note.IPNRN", TRANSPORT_HEADERS=headers))
    assert sort_received(mail) is MailKind.MAIL_RECEIPT
    assert receipt_of(mail).state == "displayed"
    assert (mail.message_id, mail.in_reply_to) == ("<r@example.org>", (SENT_ID,))
    assert (mail.sent_at, mail.sent_at_raw) == (REPORTED_AT, mails.ANSWER_DATE)


SERVERS = [
    f"From: postmaster@{'easthaven.justice.example'}",
    "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>",
]


@pytest.mark.parametrize("server", SERVERS)
@pytest.mark.parametrize(("ending", "state"), REPORTS.items())
def test_headers_of_a_server_do_not_overrule_the_class(ending: str, state: str, server: str) -> None:
    headers = block(server, f"Date: {mails.ANSWER_DATE}", "Message-ID: <b@mx.example.org>")
    found = receipt_of(read_msg(item(f"REPORT.IPM.Note.{ending}", TRANSPORT_HEADERS=headers), RECIPIENTS))
    assert found.state == state
    assert len(found.rows) == len(RECIPIENTS)


def test_an_enclosed_report_is_not_this_items_report() -> None:
    mail = read_msg(
        {outlook.MESSAGE_CLASS: "IPM.Note", outlook.SUBJECT: "As you asked"}, enclosed=item("REPORT.IPM.Note.IPNRN")
    )
    assert mail.receipt is None
    assert mail.subject == "As you asked"


AWAY = ["IPM.Note.Rules.OofTemplate.Microsoft", "IPM.Note.Rules.ExternalOofTemplate.Microsoft"]


@pytest.mark.parametrize("message_class", AWAY)
def test_an_out_of_office_item_is_an_automatic_reply(message_class: str) -> None:
    properties = {
        outlook.MESSAGE_CLASS: message_class,
        outlook.SUBJECT: "Automatic reply: x",
        outlook.IN_REPLY_TO: SENT_ID,
    }
    assert sort_received(read_msg(properties)) is MailKind.AUTOMATIC_REPLY


@codepages
def test_the_parts_of_an_item_are_read(codepage: str | None) -> None:
    content = bytes(range(256)) * 40 + b"\r\n\n\r"
    properties = item(
        "IPM.Note",
        SUBJECT="Caf\u00e9",
        BODY="Words.\r\n" * 900,
        READ_REQUESTED=True,
        MESSAGE_ID=SENT_ID,
        MESSAGE_FLAGS=0x20,
    )
    copied = {outlook.DISPLAY_NAME: "Ada Pugh", outlook.SMTP_ADDRESS: "ada@example.org", outlook.RECIPIENT_TYPE: 2}
    files = [
        {outlook.ATTACH_NAME: "plan.bin", outlook.ATTACH_DATA: content},
        {outlook.ATTACH_NAME: "s.txt", outlook.ATTACH_DATA: b"x"},
    ]
    mail = read_msg(properties, [*RECIPIENTS, copied], files, codepage=codepage)
    assert (mail.subject, mail.message_id, mail.receipt_requested, mail.from_owner) == (
        "Caf\u00e9",
        SENT_ID,
        "read",
        True,
    )
    assert mail.to == (f"Kim Dale <{MANAGER_ADDRESS}>", "Ash Byrne <ash.byrne@example.org>")
    assert mail.cc == ("Ada Pugh <ada@example.org>",)
    assert mail.text.count("Words.") == 900
    assert [(file.name, file.content) for file in mail.files] == [("plan.bin", content), ("s.txt", b"x")]
    assert mail.sent_at == REPORTED_AT


OLD = {
    "IPM.Microsoft Mail.Read Receipt": ("displayed", MailKind.MAIL_RECEIPT),
    "IPM.Microsoft Mail.Non-Delivery": ("failed", MailKind.DELIVERY_REPORT),
}


@spellings
@pytest.mark.parametrize("name", sorted(OLD))
@pytest.mark.parametrize("wrapped", [False, True], ids=["alone", "in a mail"])
def test_tnef_under_its_older_names(name: str, wrapped: bool, spelled: object) -> None:
    state, sort = OLD[name]
    properties = {key: value for key, value in item("").items() if key != outlook.MESSAGE_CLASS}
    raw = outlook.tnef(spelled(name), properties, RECIPIENTS)
    assert container_of(raw, "winmail.dat") is Container.TNEF
    mail = read_mail(in_a_mail(raw), Container.INTERNET) if wrapped else read_mail(raw, Container.TNEF)
    assert receipt_of(mail).state == state
    assert sort_received(mail) is sort
    assert (receipt_of(mail).original_subject, receipt_of(mail).original_sent_at) == (mails.SUBJECT, SENT_AT)


def in_a_mail(raw: bytes, sender: str = f"From: {mails.MANAGER}") -> bytes:
    head = ['Content-Type: application/ms-tnef; name="winmail.dat"', "Content-Transfer-Encoding: binary"]
    parts = [mails.part(["Content-Type: text/plain"], "\r\n"), mails.part(head, raw)]
    return mails.multipart(
        "mixed", parts, [sender, f"To: {mails.OFFICER}", "Subject: Read: x", "Message-ID: <t@example.org>"]
    )


def test_tnef_from_a_server_keeps_its_own_report() -> None:
    raw = outlook.tnef("IPM.Microsoft Mail.Non-Delivery", {outlook.SUBJECT: "x"}, RECIPIENTS)
    found = receipt_of(read_mail(in_a_mail(raw, SERVERS[0]), Container.INTERNET))
    assert (found.state, len(found.rows)) == ("failed", 2)


@pytest.mark.parametrize(("ending", "state"), [*RECEIPTS.items(), *REPORTS.items()])
def test_tnef_under_the_newer_names(ending: str, state: str) -> None:
    found = receipt_of(read_mail(outlook.tnef("", item(f"REPORT.IPM.Note.{ending}"), RECIPIENTS), Container.TNEF))
    assert found.state == state


def test_files_in_tnef_are_exact() -> None:
    content = bytes(range(256)) * 3 + b"\r\n\r"
    raw = outlook.tnef("IPM.Microsoft Mail.Note", {outlook.SUBJECT: "x"}, files=[("a.bin", content), ("b.txt", b"\r")])
    for mail in (read_mail(raw, Container.TNEF), read_mail(in_a_mail(raw), Container.INTERNET)):
        assert [(file.name, file.content) for file in mail.files] == [("a.bin", content), ("b.txt", b"\r")]


def test_real_samples(samples: Path) -> None:
    found = {
        path.name: read_mail(path.read_bytes(), container_of(path.read_bytes()[:16_384], path.name))
        for path in (samples / "msg").iterdir()
    }
    assert all(mail.readable and mail.receipt is None for mail in found.values())
    assert [file.name for file in found["attachment_msg_pdf.msg"].files if file.content.startswith(b"%PDF")]
    assert [file.name for file in found["attachment_test_msg.msg"].files] == ["test-unicode.doc", "pj1.txt"]
    sent = found["example_sent_unicode.msg"]
    assert (len(sent.to), len(sent.bcc)) == (3, 2), "who was copied unseen is told apart"


BASE = outlook.msg(
    item("REPORT.IPM.Note.NDR", BODY="x" * 5000), RECIPIENTS, [{outlook.ATTACH_NAME: "a", outlook.ATTACH_DATA: b"abc"}]
)
TNEF = outlook.tnef("IPM.Microsoft Mail.Non-Delivery", item("REPORT.IPM.Note.NDR"), RECIPIENTS, [("a.bin", b"abc")])


def changed(raw: bytes, changes: list[tuple[int, bytes]], cut: int) -> bytes:
    octets = bytearray(raw)
    for place, new in changes:
        octets[place % len(raw) : place % len(raw) + len(new)] = new
    return bytes(octets[: len(raw) - cut % len(raw)])


numbers = st.sampled_from([0, 1, 2, 31, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF]).map(
    lambda n: struct.pack("<I", n)
)
places = st.integers(0, 127).map(lambda n: n * 4) | st.integers(0, 20_000)
changes = st.lists(st.tuples(places, numbers | st.binary(min_size=1, max_size=4)), max_size=6)


@given(changes, st.just(0) | st.integers(0, 20_000))
def test_no_damage_to_an_item_raises_or_makes_it_displayed(found: list[tuple[int, bytes]], cut: int) -> None:
    mail = read_mail(changed(BASE, found, cut), Container.OUTLOOK)
    assert mail.receipt is None or mail.receipt.state != "displayed"


@given(changes, st.just(0) | st.integers(0, 2_000))
def test_no_damage_to_tnef_raises_or_makes_it_displayed(found: list[tuple[int, bytes]], cut: int) -> None:
    raw = changed(TNEF, found, cut)
    for mail in (read_mail(raw, Container.TNEF), read_mail(in_a_mail(raw), Container.INTERNET)):
        assert mail.receipt is None or mail.receipt.state != "displayed"


@pytest.mark.parametrize("shift", [0, 1, 2, 3, 4, 31, 63, 65_535])
@pytest.mark.parametrize("place", [30, 32], ids=["sector", "mini sector"])
def test_an_invalid_sector_size_raises_no_error(place: int, shift: int) -> None:
    assert isinstance(read_mail(changed(BASE, [(place, struct.pack("<H", shift))], 0), Container.OUTLOOK), Mail)
