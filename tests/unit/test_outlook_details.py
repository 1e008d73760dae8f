"""Outlook items in the small: whose address it is, which day, which letters, what is missing."""

from datetime import UTC, datetime

import pytest

from evidence_app.documents.office.rich_text import rich_text_content
from evidence_app.mail.reading import Container, read_mail, sort_of
from evidence_app.mail.values import Mail, MailKind
from tests.support import outlook_files as outlook
from tests.support.mails import SENT_ID

SENT_AT = datetime(2025, 4, 14, 9, 0, tzinfo=UTC)
NOTE = {outlook.MESSAGE_CLASS: "IPM.Note", outlook.SUBJECT: "Caseload", outlook.SUBMIT_TIME: SENT_AT}
MEETING = {outlook.MESSAGE_CLASS: "IPM.Appointment", outlook.SUBJECT: "Leave"}
BOSS = {
    outlook.SENT_FOR_NAME: "Boss",
    outlook.SENT_FOR_ADDRESS: "/O=X/CN=BOSS",
    outlook.SENDER_NAME: "Secretary",
    outlook.SENDER_ADDRESS: "/O=X/CN=SEC",
}
SECRETARY = {
    outlook.DISPLAY_NAME: "Secretary",
    outlook.EMAIL_ADDRESS: "/O=X/CN=SEC",
    outlook.SMTP_ADDRESS: "secretary@x.example",
}


def read(properties: dict[int, outlook.Value], *parts: object, **more: object) -> Mail:
    return read_mail(outlook.msg(properties, *parts, **more), Container.OUTLOOK)


# People


@pytest.mark.parametrize("more", [{}, {outlook.CREATOR_SMTP: "secretary@x.example"}], ids=["copied in", "made it"])
def test_the_address_of_who_sent_it_is_not_given_to_whom_it_was_sent_for(more: dict[int, outlook.Value]) -> None:
    assert read(NOTE | BOSS | more, [SECRETARY | {outlook.RECIPIENT_TYPE: 2}]).sender == "Boss"


def test_one_person_under_two_spellings_sent_for_nobody() -> None:
    same = {
        outlook.SENT_FOR_NAME: "Dale, Kim",
        outlook.SENDER_NAME: "Kim Dale",
        outlook.SENT_FOR_SMTP: "k@x.example",
        outlook.SENDER_SMTP: "K@x.example",
    }
    assert "Sent by" not in dict(read(NOTE | same).details)


def test_who_called_a_meeting_for_somebody_is_said_and_a_room_is_not_copied_unseen() -> None:
    called = {
        outlook.MESSAGE_CLASS: "IPM.Schedule.Meeting.Request",
        outlook.SENT_FOR_SMTP: "boss@x.example",
        outlook.SENDER_SMTP: "sec@x.example",
    }
    room = {outlook.RECIPIENT_TYPE: 3, outlook.DISPLAY_NAME: "Room 4", outlook.SMTP_ADDRESS: "room4@x.example"}
    mail = read(NOTE | BOSS | called, [room])
    details = dict(mail.details)
    assert (mail.bcc, details["Rooms and things"]) == ((), "Room 4 <room4@x.example>")
    assert details["Sent by"] == "Secretary <sec@x.example>"


@pytest.mark.parametrize(
    "path",
    [
        "/O=X/CN=BOSS",
        "'/O=X/CN=BOSS'",
        "c=GB;a= ;p=Org;o=Exchange;s=Smith;",
        "X400:c=GB;s=Smith",
        "IMCEAEX-_O=X_CN=BOSS@x.example",
    ],
)
def test_no_path_and_no_x400_address_is_shown(path: str) -> None:
    mail = read(
        NOTE | {outlook.SENT_FOR_NAME: "Boss", outlook.SENT_FOR_ADDRESS: path, 0x0E04: path},
        [{outlook.DISPLAY_NAME: path}],
    )
    assert (mail.sender, mail.to) == ("Boss", ())
    task = read(MEETING | {outlook.MESSAGE_CLASS: "IPM.Task"}, named={(outlook.TASK, 0x811F): path})
    assert task.details == ()


def test_people_of_a_meeting_are_never_cut_within_an_address() -> None:
    people = [
        {outlook.DISPLAY_NAME: f"Person {n}", outlook.SMTP_ADDRESS: f"person.number{n}@probation.example"}
        for n in range(30)
    ]
    said = dict(read(MEETING, people).details)["People"]
    assert said.endswith(" more")
    assert all(each.endswith(".example>") for each in said.partition(" and ")[0].split("; "))


# Days


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (
            datetime(2026, 3, 28, tzinfo=UTC),
            datetime(2026, 3, 29, 23, tzinfo=UTC),
            ("Sat 28 Mar 2026, the whole day", "Sun 29 Mar 2026"),
        ),
        (
            datetime(2003, 6, 8, 22, tzinfo=UTC),
            datetime(2003, 6, 9, 22, tzinfo=UTC),
            ("Mon 9 Jun 2003, the whole day", None),
        ),
        (
            datetime(2026, 11, 12, 5, tzinfo=UTC),
            datetime(2026, 11, 13, 5, tzinfo=UTC),
            ("Thu 12 Nov 2026, the whole day", None),
        ),
        (
            datetime(2026, 7, 4, 23, tzinfo=UTC),
            datetime(2026, 7, 5, 23, tzinfo=UTC),
            ("Sun 5 Jul 2026, the whole day", None),
        ),
    ],
    ids=["the clocks go forward", "Berlin", "New York", "London in summer"],
)
def test_whole_days_are_those_of_whoever_made_them(
    start: datetime, end: datetime, days: tuple[str, str | None]
) -> None:
    named = {
        (outlook.APPOINTMENT, 0x820D): start,
        (outlook.APPOINTMENT, 0x820E): end,
        (outlook.APPOINTMENT, 0x8215): True,
    }
    details = dict(read(MEETING, named=named).details)
    assert (details["Begins"], details.get("Ends")) == days


# Kinds

HEADERS = f"From: Ann <ann@x.example>\r\nDate: Mon, 1 Jun 2026 09:00:00 +0000\r\nMessage-ID: <1@x>\r\nIn-Reply-To: {SENT_ID}\r\n"


def test_a_reaction_and_an_emptied_receipt_saved_by_outlook_are_no_replies() -> None:
    thumb = "👍 Ann reacted to your message:\r\n________________________________\r\nFrom: O\r\n\r\nPlease come."
    subject = "Ann reacted to your message: Visit"
    mail = read(
        NOTE
        | {outlook.SUBJECT: subject, outlook.BODY: thumb, outlook.TRANSPORT_HEADERS: f"{HEADERS}Subject: {subject}\r\n"}
    )
    assert (sort_of(mail, sent=False, matched=True), mail.answer) == (MailKind.REACTION, "👍")
    empty = read(
        NOTE | {outlook.SUBJECT: "Read: Visit", outlook.TRANSPORT_HEADERS: f"{HEADERS}Subject: Read: Visit\r\n"}
    )
    assert sort_of(empty, sent=False, matched=True) is MailKind.EMPTY_RECEIPT


@pytest.mark.parametrize(
    ("message_class", "what"),
    [
        ("IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}", MailKind.APPOINTMENT),
        ("IPM.Document.Word.Document.8", MailKind.OTHER_ITEM),
        ("IPM.Configuration.X", MailKind.OTHER_ITEM),
    ],
)
def test_what_no_person_sends_is_no_mail(message_class: str, what: MailKind) -> None:
    assert (
        sort_of(
            read(NOTE | {outlook.MESSAGE_CLASS: message_class, outlook.MESSAGE_FLAGS: 8}), sent=False, matched=False
        )
        is what
    )


def test_a_task_that_was_sent_has_its_time() -> None:
    assert read(NOTE | {outlook.MESSAGE_CLASS: "IPM.TaskRequest"}).sent_at == SENT_AT
    assert read(NOTE | {outlook.MESSAGE_CLASS: "IPM.Task"}).sent_at is None


# Files


def test_files_that_are_not_in_an_item_are_named() -> None:
    files = [
        {outlook.ATTACH_NAME: "cloud.docx", outlook.ATTACH_METHOD: 7},
        {outlook.ATTACH_NAME: "empty.txt", outlook.ATTACH_DATA: b""},
    ]
    mail = read(NOTE, [], files)
    assert (mail.files, dict(mail.details)["Files named, and not in it"]) == ((), "cloud.docx; empty.txt")


def test_more_files_than_are_taken_out_are_said_and_cost_no_recipient() -> None:
    files = [{outlook.ATTACH_NAME: f"f{n}.txt", outlook.ATTACH_DATA: b"x"} for n in range(900)]
    mail = read(NOTE, [{outlook.DISPLAY_NAME: "Kim", outlook.SMTP_ADDRESS: "kim@x.example"}], files)
    assert (len(mail.files), mail.to) == (200, ("Kim <kim@x.example>",))
    assert any("more files" in remark for remark in mail.remarks)
    packed = read_mail(
        outlook.tnef("IPM.Note", NOTE, files=[(f"f{n}.txt", b"%d" % n) for n in range(205)]), Container.TNEF
    )
    assert [file.name for file in packed.files][-1] == "f199.txt"
    assert packed.files[-1].content == b"199"
    assert any("more files" in remark for remark in packed.remarks)


# Letters


def test_an_unknown_code_page_costs_no_mail() -> None:
    for number in (0, 10000, 20866, 28592, 50220, 99999):
        packed = outlook.rich_text(b"{\\rtf1\\ansi\\ansicpg%d\\fromhtml1 {\\*\\htmltag64 <p>}<s>words</s>}" % number)
        assert read(NOTE | {outlook.BODY: "plain", outlook.RTF: packed}).readable


@pytest.mark.parametrize(
    ("code_page", "encoding"),
    [(20866, "koi8_r"), (28595, "iso8859_5"), (65001, "utf-8"), (1252, "utf-8"), (None, "utf-8")],
)
def test_html_is_read_in_the_code_page_that_it_names_and_as_utf_8_where_it_fits(
    code_page: int | None, encoding: str
) -> None:
    word = "слово" if encoding != "utf-8" else "Siân"
    named = {0x3FDE: code_page} if code_page else {}
    assert read(NOTE | named | {outlook.HTML: f"<p>{word}</p>".encode(encoding)}).text == word


def test_recipients_and_files_have_the_code_page_of_the_item() -> None:
    mail = read(
        NOTE | {0x3FFD: 1251},
        [{outlook.DISPLAY_NAME: "Иван"}],
        [{outlook.ATTACH_NAME: "файл.txt", outlook.ATTACH_DATA: b"x"}],
        codepage="cp1251",
    )
    assert (mail.to, mail.files[0].name) == (("Иван",), "файл.txt")
    by_locale = outlook.msg(
        {outlook.MESSAGE_CLASS: "IPM.Note", outlook.SUBJECT: "テスト", 0x3FF1: 0x0411}, codepage="cp932"
    )
    assert read_mail(by_locale, Container.OUTLOOK).subject == "テスト"


@pytest.mark.parametrize(
    ("rich_text", "words"),
    [
        (
            rb"{\rtf1\ansi\ansicpg1252\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\'f1\'eb\'ee\'e2\'ee}",
            "слово",
        ),
        (rb"{\rtf1\ansi\ansicpg1252\deff1{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\f0 a\plain \'f1}", "aс"),
        (rb"{\rtf1\ansi\ansicpg932 \'83e\'83X\'83g}", "テスト"),
        (rb"{\rtf1\mac caf\'8e}", "café"),
        (rb"{\rtf1\ansi{\fonttbl{\f0\cpg1251 A;}}\f0 \'f1}", "с"),
    ],
)
def test_letters_of_rich_text(rich_text: bytes, words: str) -> None:
    assert rich_text_content(rich_text).text().strip() == words


def test_plain_text_wrapped_in_rich_text_leaves_out_what_is_no_part_of_it() -> None:
    packed = outlook.rich_text(rb"{\rtf1\ansi\fromtext hello \htmlrtf NOT THERE \htmlrtf0 world}")
    assert read({outlook.MESSAGE_CLASS: "IPM.Note", outlook.SUBJECT: "x", outlook.RTF: packed}).text.split() == [
        "hello",
        "world",
    ]


def test_a_section_of_word_in_html_costs_no_words() -> None:
    for section in (b"<![ endif]-->", b"<![gte mso 9]>", b"<![foo]>", b"<![if !mso]>"):
        mail = read(NOTE | {outlook.HTML: b"<p>a</p>" + section + b"<p>b</p>"})
        assert mail.text.replace("\n", "").startswith("a")
        assert mail.text.endswith("b")


# Reactions

HISTORY = (
    b'[{"Type":"like","Name":"Sam Reed","Email":"sam@x.example","DateTime":"2025-04-14T10:12:13.5+00:00","IsBcc":false},'
    b'{"Type":"0","Name":"Sam Reed","Email":"sam@x.example","DateTime":"2025-04-14T10:13:00+00:00"}]'
)


def test_reactions_that_outlook_keeps_with_a_mail_are_told() -> None:
    told = dict(read(NOTE, by_string={"Other": "x", "ReactionsHistory": HISTORY}).details)
    assert told["Reactions, as Outlook kept them"] == (
        "like by Sam Reed, sam@x.example, Mon 14 Apr 2025, 11:12; taken back by Sam Reed, sam@x.example, Mon 14 Apr 2025, 11:13"
    )


@pytest.mark.parametrize(
    "history",
    [b"[]", b"[1, {}]", b'{"Type": "like"}', b"no json", b"[" * 5_000, b'[{"Type": 3}]', b"\xff\xfe"],
    ids=lambda history: str(history[:12]),
)
def test_reactions_of_another_form_are_none(history: bytes) -> None:
    assert read(NOTE, by_string={"ReactionsHistory": history}).details == ()


def test_a_reaction_at_no_time_is_told_without_one() -> None:
    odd = b'[{"Type":"like","DateTime":"yesterday"}]'
    assert dict(read(NOTE, by_string={"reactionshistory": odd}).details)["Reactions, as Outlook kept them"] == "like"
