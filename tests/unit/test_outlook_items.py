"""Outlook items that are no ordinary mails: drafts, calendar items, people of Exchange, enclosed items, rich text, and bounds."""

import io
from datetime import UTC, datetime

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.mail.outlook.compressed_rtf import unpacked
from evidence_app.mail.outlook.encapsulated_html import html_within
from evidence_app.mail.outlook.people import is_directory_path
from evidence_app.mail.reading import Container, container_of, read_mail, sort_of
from evidence_app.mail.values import Mail, MailKind
from tests.support import mails
from tests.support import outlook_files as outlook

SENT_AT = datetime(2025, 4, 14, 9, 0, tzinfo=UTC)
CHANGED_AT = datetime(2025, 4, 14, 8, 0, tzinfo=UTC)
PATH = "/O=EASTHAVEN/OU=EXCHANGE/CN=RECIPIENTS/CN=KDALE"
UNSENT, FROM_ME = 0x8, 0x20
NOTE = {outlook.MESSAGE_CLASS: "IPM.Note", outlook.SUBJECT: "Caseload", outlook.BODY: "I hold 61 cases."}


def read(properties: dict[int, outlook.Value], *parts: object, **more: object) -> Mail:
    return read_mail(outlook.msg(properties, *parts, **more), Container.OUTLOOK)


def kind(mail: Mail) -> MailKind:
    return sort_of(mail, sent=False, matched=False)


# Drafts


def test_an_unsent_item_is_a_draft_and_has_no_time_of_sending() -> None:
    mail = read(
        NOTE | {outlook.MESSAGE_FLAGS: UNSENT, outlook.DELIVERY_TIME: SENT_AT, outlook.LAST_CHANGED: CHANGED_AT}
    )
    assert kind(mail) is MailKind.DRAFT_FILE
    assert (mail.sent_at, mail.sent_at_raw) == (None, "")


@pytest.mark.parametrize(
    "shows",
    [
        {outlook.SUBMIT_TIME: SENT_AT},
        {
            outlook.TRANSPORT_HEADERS: "Received: by mx.example.org; Mon, 14 Apr 2025 10:00:00 +0100\r\nFrom: a@b.example\r\n"
        },
    ],
    ids=["a submit time", "the way it came"],
)
def test_an_item_that_shows_its_sending_is_no_draft_whatever_its_flag_says(shows: dict[int, outlook.Value]) -> None:
    assert kind(read(NOTE | {outlook.MESSAGE_FLAGS: UNSENT} | shows)) is MailKind.MESSAGE


def test_a_receipt_is_no_draft() -> None:
    mail = read(NOTE | {outlook.MESSAGE_CLASS: "REPORT.IPM.Note.IPNRN", outlook.MESSAGE_FLAGS: UNSENT})
    assert kind(mail) is MailKind.MAIL_RECEIPT


# Items that are no mail

MEETING = {
    (outlook.APPOINTMENT, 0x820D): datetime(2026, 11, 12, 14, 0, tzinfo=UTC),
    (outlook.APPOINTMENT, 0x820E): datetime(2026, 11, 12, 15, 30, tzinfo=UTC),
    (outlook.APPOINTMENT, 0x8208): "Room 2",
}
CLASSES = {
    "IPM.Appointment": MailKind.APPOINTMENT,
    "IPM.Appointment.Booked": MailKind.APPOINTMENT,
    "IPM.Schedule.Meeting.Request": MailKind.MEETING_REQUEST,
    "IPM.Schedule.Meeting.Resp.Pos": MailKind.MEETING_ANSWER,
    "IPM.Schedule.Meeting.Resp.Neg": MailKind.MEETING_ANSWER,
    "IPM.Schedule.Meeting.Resp.Tent": MailKind.MEETING_ANSWER,
    "IPM.Schedule.Meeting.Canceled": MailKind.MEETING_CANCELLED,
    "IPM.Contact": MailKind.CONTACT,
    "IPM.DistList": MailKind.CONTACT,
    "IPM.Task": MailKind.TASK,
    "IPM.TaskRequest.Accept": MailKind.TASK,
    "IPM.StickyNote": MailKind.NOTE,
    "IPM.Post": MailKind.POST,
    "IPM.Activity": MailKind.JOURNAL_ENTRY,
    "IPM.Note": MailKind.MESSAGE,
    "IPM.Postmark": MailKind.MESSAGE,
}


@pytest.mark.parametrize("spelled", [str, str.upper])
@pytest.mark.parametrize(("message_class", "what"), CLASSES.items())
def test_the_class_says_what_an_item_is(message_class: str, what: MailKind, spelled: object) -> None:
    assert kind(read(NOTE | {outlook.MESSAGE_CLASS: spelled(message_class), outlook.SUBMIT_TIME: SENT_AT})) is what


@pytest.mark.parametrize("form", ["msg", "tnef"])
def test_a_meeting_says_when_where_and_with_whom(form: str) -> None:
    properties = NOTE | {outlook.MESSAGE_CLASS: "IPM.Appointment"}
    recipients = [{outlook.DISPLAY_NAME: "Kim Dale", outlook.SMTP_ADDRESS: "kim.dale@example.org"}]
    if form == "tnef":
        # Without named properties, which the older start and end stand in for.
        start, end = list(MEETING.values())[:2]
        raw = outlook.tnef("IPM.Appointment", {**properties, 0x0060: start, 0x0061: end}, recipients)
        details = dict(read_mail(raw, Container.TNEF).details)
    else:
        details = dict(read(properties, recipients, named=MEETING | {(outlook.APPOINTMENT, 0x8218): 3}).details)
        assert (details["Where"], details["Status"]) == ("Room 2", "accepted")
    assert (details["Begins"], details["Ends"]) == ("Thu 12 Nov 2026, 14:00", "Thu 12 Nov 2026, 15:30")
    assert details["People"] == "Kim Dale <kim.dale@example.org>"


def test_whole_days_end_on_their_last_day() -> None:
    named = {
        (outlook.APPOINTMENT, 0x820D): datetime(2026, 11, 12, tzinfo=UTC),
        (outlook.APPOINTMENT, 0x820E): datetime(2026, 11, 14, tzinfo=UTC),
        (outlook.APPOINTMENT, 0x8215): True,
    }
    details = dict(read(NOTE | {outlook.MESSAGE_CLASS: "IPM.Appointment"}, named=named).details)
    assert details["Begins"] == "Thu 12 Nov 2026, the whole day"
    assert details["Ends"] == "Fri 13 Nov 2026"


@pytest.mark.parametrize(
    ("ending", "answer"), [("Pos", "accepted"), ("Neg", "declined"), ("Tent", "accepted provisionally")]
)
def test_an_answer_to_an_invitation_says_which(ending: str, answer: str) -> None:
    mail = read(NOTE | {outlook.MESSAGE_CLASS: f"IPM.Schedule.Meeting.Resp.{ending}", outlook.SUBMIT_TIME: SENT_AT})
    assert mail.answer == answer


def test_a_task_says_when_it_is_due_and_how_it_stands() -> None:
    named = {(outlook.TASK, 0x8105): datetime(2026, 11, 20, tzinfo=UTC), (outlook.TASK, 0x8101): 2}
    details = dict(read(NOTE | {outlook.MESSAGE_CLASS: "IPM.Task"}, named=named).details)
    assert (details["Due"], details["Status"]) == ("Fri 20 Nov 2026", "done")


def test_a_contact_says_who_it_is() -> None:
    named = {(outlook.ADDRESS, 0x8083): "kim.dale@example.org"}
    properties = NOTE | {outlook.MESSAGE_CLASS: "IPM.Contact", outlook.DISPLAY_NAME: "Kim Dale", 0x3A1C: "07700 900123"}
    details = dict(read(properties, named=named).details)
    assert details["Name"] == "Kim Dale"
    assert (details["E-mail address"], details["Mobile telephone"]) == ("kim.dale@example.org", "07700 900123")


# Who is who in Exchange

SENT_BY_PATH = NOTE | {outlook.SUBMIT_TIME: SENT_AT, outlook.SENT_FOR_NAME: "Kim Dale", outlook.SENT_FOR_ADDRESS: PATH}
HEADERS = "Microsoft Mail Internet Headers Version 2.0\r\nFrom: Kim Dale <kim.dale@example.org>\r\n"


@pytest.mark.parametrize(
    ("properties", "recipients"),
    [
        ({outlook.SENT_FOR_SMTP: "kim.dale@example.org"}, []),
        ({outlook.SENDER_NAME: "Kim Dale", outlook.SENDER_SMTP: "kim.dale@example.org"}, []),
        ({outlook.CREATOR_SMTP: "kim.dale@example.org"}, []),
        (
            {},
            [
                {
                    outlook.DISPLAY_NAME: "K",
                    outlook.EMAIL_ADDRESS: PATH.lower(),
                    outlook.SMTP_ADDRESS: "kim.dale@example.org",
                }
            ],
        ),
        ({outlook.TRANSPORT_HEADERS: HEADERS}, []),
    ],
    ids=["0x5D02", "0x5D01", "0x5D0A", "the recipients", "the headers"],
)
def test_the_internet_address_of_a_sender_is_found(
    properties: dict[int, outlook.Value], recipients: list[dict[int, outlook.Value]]
) -> None:
    assert read(SENT_BY_PATH | properties, recipients).sender == "Kim Dale <kim.dale@example.org>"


def test_a_path_of_the_directory_never_stands_for_a_person() -> None:
    recipients = [{outlook.DISPLAY_NAME: "Ash Byrne", outlook.EMAIL_ADDRESS: PATH}, {outlook.EMAIL_ADDRESS: PATH}]
    mail = read(SENT_BY_PATH, recipients)
    assert (mail.sender, mail.to) == ("Kim Dale", ("Ash Byrne",))


def test_the_creator_of_an_item_is_not_its_sender_where_the_names_differ() -> None:
    mail = read(SENT_BY_PATH | {outlook.CREATOR_SMTP: "sam.rowe@example.org", 0x3FF8: "Sam Rowe"})
    assert mail.sender == "Kim Dale"


def test_who_sent_for_somebody_else_is_said() -> None:
    more = {
        outlook.SENT_FOR_SMTP: "kim.dale@example.org",
        outlook.SENDER_NAME: "Sam Rowe",
        outlook.SENDER_SMTP: "sam.rowe@example.org",
    }
    mail = read(SENT_BY_PATH | more)
    assert (mail.sender, dict(mail.details)["Sent by"]) == (
        "Kim Dale <kim.dale@example.org>",
        "Sam Rowe <sam.rowe@example.org>",
    )


@given(st.text(max_size=40))
def test_an_internet_address_is_no_path(text: str) -> None:
    assert not is_directory_path(f"a{text}@example.org")


# Enclosed items


def test_an_enclosed_item_is_taken_out_with_its_own_headers() -> None:
    inner = NOTE | {outlook.SUBJECT: "What was said", outlook.SENDER_NAME: "Kim Dale", outlook.SUBMIT_TIME: SENT_AT}
    outer = read(
        NOTE | {outlook.SUBMIT_TIME: SENT_AT}, [], [{outlook.ATTACH_NAME: "a.bin", outlook.ATTACH_DATA: b"abc"}], inner
    )
    assert [file.name for file in outer.files] == ["a.bin", "What was said.msg"]
    enclosed = outer.files[1].content
    assert container_of(enclosed[:16_384], "What was said.msg") is Container.OUTLOOK
    mail = read_mail(enclosed, Container.OUTLOOK)
    assert (mail.subject, mail.sender, mail.text, mail.sent_at) == (
        "What was said",
        "Kim Dale",
        "I hold 61 cases.",
        SENT_AT,
    )
    again = read(
        NOTE | {outlook.SUBMIT_TIME: SENT_AT}, [], [{outlook.ATTACH_NAME: "a.bin", outlook.ATTACH_DATA: b"abc"}], inner
    )
    assert again.files == outer.files, "the same item gives the same bytes"


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.sampled_from([0x0037, 0x1000, 0x3001, 0x0C1A]), st.text(max_size=3_000), max_size=4))
def test_an_enclosed_item_is_a_whole_compound_file(inner: dict[int, outlook.Value]) -> None:
    (file,) = read(NOTE, [], [], {outlook.MESSAGE_CLASS: "IPM.Note", **inner}).files
    with olefile.OleFileIO(io.BytesIO(file.content), raise_defects=olefile.DEFECT_POTENTIAL) as compound:
        found = {path[-1]: compound.openstream(path).read() for path in compound.listdir() if len(path) == 1}
    for number, text in inner.items():
        assert found[f"__substg1.0_{number:04X}001F"].decode("utf-16-le", "surrogatepass") == text


def test_an_item_enclosed_in_tnef_is_taken_out() -> None:
    inner = outlook.tnef("IPM.Note", NOTE | {outlook.SUBJECT: "What was said"})
    outer = read_mail(outlook.tnef("IPM.Note", NOTE, enclosed=inner), Container.TNEF)
    assert [(file.name, file.content) for file in outer.files] == [("What was said.tnef", inner)]
    assert read_mail(outer.files[0].content, Container.TNEF).subject == "What was said"


# Rich text


@pytest.mark.parametrize(
    ("packed", "text"),
    [
        (
            "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
            b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n",
        ),
        ("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0", b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"),
    ],
    ids=["4.1.1", "4.2.1"],
)
def test_the_examples_of_the_specification_unpack(packed: str, text: bytes) -> None:
    assert unpacked(bytes.fromhex(packed)) == text


@given(st.binary(max_size=400))
def test_packed_bytes_unpack_to_themselves(text: bytes) -> None:
    assert unpacked(outlook.rich_text(text)) == text


@given(st.binary(max_size=300))
def test_no_bytes_break_the_unpacking(octets: bytes) -> None:
    assert isinstance(unpacked(octets), bytes)
    assert isinstance(unpacked(b"\0" * 8 + b"LZFu" + b"\0" * 4 + octets), bytes)
    assert isinstance(html_within(b"{\\rtf1\\fromhtml1 " + octets), str)


def test_words_in_rich_text_alone_are_read() -> None:
    packed = outlook.rich_text(b"{\\rtf1\\ansi Seen {\\strike weekly} monthly.\\par Kim}\0")
    mail = read({outlook.MESSAGE_CLASS: "IPM.Note", outlook.SUBJECT: "x", outlook.RTF: packed})
    assert mail.text == "Seen [struck out: weekly] monthly.\nKim"
    assert mail.remarks == ()


WRAPPED = (
    rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0 Arial;}}{\*\htmltag19 <html>}{\*\htmltag64 <p>}"
    rb"\htmlrtf {\htmlrtf0 Seen {\*\htmltag84 <s>}weekly{\*\htmltag92 </s>} monthly, \u8216?he\u8217? said. "
    rb"\'a340{\*\mhtmltag84 <img>}\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}{\*\htmltag27 </html>}}"
)


def test_html_wrapped_in_rich_text_is_read() -> None:
    assert "<img>" not in html_within(WRAPPED)
    mail = read(NOTE | {outlook.BODY: "Seen weekly monthly, he said. 40", outlook.RTF: outlook.rich_text(WRAPPED)})
    assert mail.text == "Seen [struck out: weekly] monthly, ‘he’ said. £40", (
        "plain text would not say what was struck out"
    )


def test_an_empty_rich_text_loses_no_words_and_a_broken_one_does() -> None:
    bare = {outlook.MESSAGE_CLASS: "IPM.Note", outlook.SUBJECT: "x"}
    assert read(bare | {outlook.RTF: b""}).remarks == ()
    assert read(bare | {outlook.RTF: outlook.rich_text(b"{\\rtf1\\ansi\\par}")}).remarks == ()
    assert "rich text" in " ".join(read(bare | {outlook.RTF: b"\1" * 40}).remarks)


# Bounds


def test_more_recipients_than_are_read_leave_the_mail_readable() -> None:
    recipients = [
        {
            outlook.DISPLAY_NAME: f"Person {n}",
            outlook.SMTP_ADDRESS: f"p{n}@example.org",
            0x3A20: "x",
            0x5FF6: "y",
            0x3002: "SMTP",
        }
        for n in range(1_321)
    ]
    mail = read(NOTE | {outlook.SUBMIT_TIME: SENT_AT}, recipients)
    assert (mail.subject, mail.text, len(mail.to)) == ("Caseload", "I hold 61 cases.", 500)
    assert any("821" in remark for remark in mail.remarks), mail.remarks


# Reports that Outlook keeps as ordinary items


def test_the_parts_of_a_report_are_read_where_outlook_kept_them_as_files() -> None:
    headers = "Received: by mx.example.org; Mon, 14 Apr 2025 10:00:00 +0100\r\nFrom: Kim Dale <kim.dale@example.org>\r\nContent-Type: multipart/report; report-type=disposition-notification\r\n"
    fields = f"Final-Recipient: rfc822;kim.dale@example.org\r\nOriginal-Message-ID: {mails.SENT_ID}\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"
    files = [{outlook.ATTACH_NAME: "details.txt", outlook.ATTACH_DATA: fields.encode()}]
    mail = read(NOTE | {outlook.SUBMIT_TIME: SENT_AT, outlook.TRANSPORT_HEADERS: headers}, [], files)
    assert kind(mail) is MailKind.MAIL_RECEIPT
    assert mail.receipt is not None
    assert (mail.receipt.state, mail.receipt.for_message_id) == ("displayed", mails.SENT_ID)
    person = headers.replace("multipart/report; report-type=disposition-notification", "multipart/mixed")
    kept = read(NOTE | {outlook.SUBMIT_TIME: SENT_AT, outlook.TRANSPORT_HEADERS: person}, [], files)
    assert kept.receipt is None, "a file that somebody attached is no receipt"
