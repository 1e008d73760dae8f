"""Internet mail in the small: reactions and persons, alternatives, what is seen, times, machines, meetings, hostile sizes."""

import base64
from datetime import UTC, datetime

import pytest

from evidence_app.documents.office.markup.html_events import End, Start, html_events
from evidence_app.mail.contents.words import html_words, shown_words
from evidence_app.mail.dates import sending_time
from evidence_app.mail.internet import OTHER_WORDS, read_internet_mail
from evidence_app.mail.reading import mails_in_mbox, sort_of
from evidence_app.mail.values import Mail, MailKind
from tests.support.mails import SENT_ID, mail, multipart, part

REPLY = [
    "From: Kim Dale <kim.dale@example.org>",
    "To: sam@example.org",
    "Date: Tue, 15 Apr 2025 09:00:00 +0100",
    "Message-ID: <r@example.org>",
    f"In-Reply-To: {SENT_ID}",
]


def kind(read: Mail) -> MailKind:
    return sort_of(read, sent=False, matched=True)


def html(markup: str, subject: str = "RE: Caseload") -> Mail:
    return read_internet_mail(mail([*REPLY, f"Subject: {subject}", "Content-Type: text/html; charset=utf-8"], markup))


def plain(text: str, *more: str, subject: str = "RE: Caseload") -> Mail:
    return read_internet_mail(
        mail([*REPLY, f"Subject: {subject}", "Content-Type: text/plain; charset=utf-8", *more], text)
    )


def parts(kind_of: str, *each: bytes) -> Mail:
    return read_internet_mail(multipart(kind_of, each, [*REPLY, "Subject: RE: Caseload"]))


def body(media: str, text: str, *more: str) -> bytes:
    return part([f"Content-Type: {media}; charset=utf-8", *more], text)


# Reactions and persons


@pytest.mark.parametrize(
    ("read", "sign"),
    [
        (
            lambda: plain(
                "[like] Kim Dale reacted to your message:\r\n________________________________\r\nFrom: Sam\r\nx\r\n"
            ),
            "like",
        ),
        (
            lambda: html(
                '<table><tr><td><img alt="like"></td><td><span>Kim Dale</span> <span>reacted to your message:</span></td></tr></table><hr><p>From: Sam</p>'
            ),
            "like",
        ),
        (
            lambda: html(
                "<div>CAUTION: This email originated from outside the organisation.</div><p>👍 Kim Dale reacted to your message:</p><hr><p>Please.</p>"
            ),
            "👍",
        ),
        (lambda: html("<p>👍 Kim Dale hat auf Ihre Nachricht reagiert:</p><hr><b>Von:</b> Sam"), "👍"),
        (lambda: html("<p>👍 Kim Dale a réagi à votre message :</p><p>De : Sam</p>"), "👍"),
        (lambda: plain("👍 Kim Dale reacted to your\r\nmessage:\r\n\r\n> x\r\n"), "👍"),
        (lambda: plain("👍\r\n\r\nKim Dale reacted via Gmail\r\n"), "👍"),
    ],
    ids=[
        "a word for the sign",
        "a picture for the sign",
        "a banner above",
        "German",
        "French",
        "broken over lines",
        "Gmail without its part",
    ],
)
def test_reactions_in_the_forms_that_programs_give_them(read: object, sign: str) -> None:
    found = read()
    assert (kind(found), found.answer) == (MailKind.REACTION, sign)


@pytest.mark.parametrize(
    "read",
    [
        lambda: plain(
            "Sam, I only reacted to your message because I had no time; my answer is no.\r\n",
            subject="RE: Kim Dale reacted to your message: x",
        ),
        lambda: html(
            "<p>👍 Kim Dale reacted to your message:</p><blockquote>Move two cases.</blockquote><p>No, I will not.</p><blockquote>By Friday.</blockquote>"
        ),
        lambda: plain("Who reacted to your message:\r\n"),
        lambda: plain("👍\r\n"),
    ],
    ids=["of a reaction", "below a quotation", "a question", "a sign that a person typed"],
)
def test_what_a_person_wrote_is_a_reply(read: object) -> None:
    assert kind(read()) is MailKind.REPLY


# Alternatives and other parts


def test_parts_that_are_no_alternatives_are_all_shown() -> None:
    for first, second in (
        (body("text/html", "<p>I refuse to move the cases.</p>"), body("text/plain", "Caseload mailing list\r\n")),
        (body("text/plain", "Sent from my phone\r\n"), body("text/html", "<p>I refuse to move the cases.</p>")),
    ):
        assert "I refuse to move the cases." in parts("mixed", first, second).text
    table = body("text/html", "<p>62 cases</p>", 'Content-Disposition: inline; filename="table.html"')
    assert parts("mixed", body("text/plain", "See below.\r\n"), table).text == "See below.\n\n62 cases"
    inner = multipart(
        "alternative",
        [body("text/plain", "seen weekly"), body("text/html", "<p>seen <s>weekly</s></p>")],
        boundary="b2",
    )
    assert (
        parts("mixed", inner, body("text/plain", "PS from Kim\r\n")).text == "seen [struck out: weekly]\n\nPS from Kim"
    )


@pytest.mark.parametrize("said", ["This message requires an HTML viewer.", "I will move the cases."])
def test_of_two_texts_that_differ_the_one_is_shown_that_mail_programs_show(said: str) -> None:
    read = parts("alternative", body("text/plain", said), body("text/html", "<p>I will not move the cases.</p>"))
    assert read.text == "I will not move the cases."
    assert OTHER_WORDS in read.remarks


def test_links_and_pictures_make_no_difference_between_two_texts() -> None:
    first = body("text/plain", "See here<https://x.example/a?b=c> and [cid:image001.png] *now*.\r\n")
    read = parts(
        "alternative",
        first,
        body("text/html", '<p>See <a href="https://x.example/a">here</a> and <img alt="logo"> <b>now</b>.</p>'),
    )
    assert (read.text[:8], OTHER_WORDS in read.remarks) == ("See here", False)


# What is seen


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<td style="font-size:0px"><div style="font-size:16px">On 20 April.</div></td>', "On 20 April."),
        ('<p style="visibility:hidden">a<b style="visibility:visible">b</b></p>', "[hidden: a]b"),
        ('<style>.a{display:none} .b{display:block}</style><p class="b a">seen</p>', "seen"),
        ('<style>.m{display:none !important}</style><p class="m" style="display:block">unseen</p>', "[hidden: unseen]"),
        ('<p style="color:#ffffff">approved</p><p>No.</p>', "[hidden: approved]\nNo."),
        ('<table bgcolor="#003366"><tr><td style="color:#fff">Dear Sam</td></tr></table>', "Dear Sam"),
        ('<div style="max-height:0;overflow:hidden">approved</div>', "[hidden: approved]"),
        ("<style>.del.x{text-decoration:line-through}</style><p class='del x'>weekly</p>", "[struck out: weekly]"),
        ("<p><s>one</p><p>two</s> three</p>", "[struck out: one]\n[struck out: two] three"),
        (
            "<p>Read: <a href=x>https://a-very-long-link.example/that/is/longer/than/the/words</a></p><p>Kim</p>",
            "Read: https://a-very-long-link.example/that/is/longer/than/the/words\nKim",
        ),
        (
            '<p>Sam,</p><p><span style="background:yellow">Please move both cases today</span></p>',
            "Sam,\n[marked: Please move both cases today]",
        ),
        (
            "<p>Will you move them, as I asked you last week?</p><p><a name=x><span style='color:red'>I refuse.</span></a></p>",
            "Will you move them, as I asked you last week?\n[in red: I refuse.]",
        ),
        (
            '<p style="background-color: rgba(0, 0, 0, 0)"><span style="background-color:rgba(0,0,0,0)">I refuse.</span></p>',
            "I refuse.",
        ),
        (
            '<p>No.</p><p style="color:#888888">This e-mail is confidential and for its recipient alone.</p>',
            "No.\nThis e-mail is confidential and for its recipient alone.",
        ),
        (
            "<p>Who decided it then?</p><p style='color:hsl(0,100%,50%)'>I did.</p>",
            "Who decided it then?\n[in red: I did.]",
        ),
        ("<p>Who decided it then?</p><p style='color:indianred'>I did.</p>", "Who decided it then?\n[in red: I did.]"),
        (
            "<table><tr><td>a</td><td></td><td>3</td></tr><tr><td></td><td></td><td>4</td></tr></table>",
            "a |  | 3\n |  | 4".strip(),
        ),
        ("<table><tr><td>Case A</td><td>61<br>now</td></tr></table>", "Case A | 61 / now"),
    ],
)
def test_html_is_read_as_mail_programs_show_it(markup: str, words: str) -> None:
    assert html_words(markup) == words


def test_a_picture_within_the_page_hides_no_words() -> None:
    read = html(f'<p>Sam,</p><img src="data:image/png;base64,{"A" * 2_500_000}"><p>I refuse to move the cases.</p>')
    assert read.text == "Sam,\nI refuse to move the cases."


def test_what_is_cut_is_said() -> None:
    assert any("longer than is read" in remark for remark in plain("word " * 40_000).remarks)
    assert any("parts" in remark for remark in parts("mixed", *[body("text/plain", "x")] * 600).remarks)


def test_two_hundred_files_are_no_more_than_are_taken_out() -> None:
    files = [
        part(["Content-Type: text/csv", f'Content-Disposition: attachment; filename="{n}.csv"'], "x")
        for n in range(200)
    ]
    assert not [remark for remark in parts("mixed", *files).remarks if "more files" in remark]


# HTML in time that grows with its length: the runner's own limit ends what hangs

HOSTILE = [
    "<!--" * 125_000,
    "<a " * 160_000,
    "</" * 250_000,
    "<?" * 250_000,
    "<![CDATA[" * 55_000,
    "<style>" + "a" * 400_000,
]
HOSTILE += [
    "<table><tr><td>" + "<p>a</p>" * 60_000,
    "<table><tr><td>a" * 2_000,
    "a<br>" * 200_000,
    "<blockquote>" * 80_000,
    "&#" + "1" * 500_000,
]


@pytest.mark.cases(5)
@pytest.mark.parametrize("markup", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_html_is_read_to_its_end(markup: str) -> None:
    assert isinstance(html(markup).text, str)


def test_the_pieces_of_html() -> None:
    pieces = list(
        html_events(
            '<p class="a>b" ID=x>1 &amp; <b>2</b><!-- c --><![if !mso]>3<![ endif]--><script>if (a<b) {}</script><style>4'
        )
    )
    assert next(each for each in pieces if isinstance(each, Start)) == Start("p", {"class": "a>b", "id": "x"})
    assert "".join(each for each in pieces if isinstance(each, str)) == "1 & 23if (a<b) {}4"
    assert End("script") in pieces


# Times


@pytest.mark.parametrize(
    ("date", "at"),
    [
        ("Tue, 15 Apr 2025 10:00:00 -05:00", datetime(2025, 4, 15, 15, tzinfo=UTC)),
        ("Tue, 15 Apr 2025 09:00:00 GMT+0530", datetime(2025, 4, 15, 3, 30, tzinfo=UTC)),
        ("Tue, 15 Apr 2025 9:00:00 PM +0100", datetime(2025, 4, 15, 20, tzinfo=UTC)),
        ("Tue, 15 Apr 2025 12:00:00 AM +0100", datetime(2025, 4, 14, 23, tzinfo=UTC)),
        ("Tue, 15 Apr 2025 09:00:60 +0100", datetime(2025, 4, 15, 8, 0, 59, tzinfo=UTC)),
    ],
)
def test_dates_as_programs_write_them(date: str, at: datetime) -> None:
    assert sending_time(date, []).at == at


def test_a_zone_that_may_mean_several_is_about() -> None:
    read = sending_time("Tue, 15 Apr 2025 09:00:00 AST", [])
    assert (read.at, read.about) == (None, datetime(2025, 4, 15, 8, tzinfo=UTC))


@pytest.mark.parametrize(
    "date", ["Fri, 31 Dec 9999 23:59:59 -0800", "9999-12-31T23:59:59-05:00", "0001-01-01T00:00:00+05:00"]
)
def test_the_ends_of_the_calendar_stop_nothing(date: str) -> None:
    assert sending_time(date, [f"by mx; {date}"]).at is None
    assert plain("x", f"X-Other: {date}").readable
    assert (
        read_internet_mail(mail(["From: a@example.org", f"Date: {date}", f"Received: by mx; {date}"], "x")).text == "x"
    )


def test_a_comment_behind_a_servers_time_is_no_part_of_it() -> None:
    noted = sending_time("", ["by mx; Tue, 15 Apr 2025 09:00:00 +0100 (envelope-from x; y)"])
    assert noted.about == datetime(2025, 4, 15, 8, tzinfo=UTC)


# Machines


@pytest.mark.parametrize(
    "header",
    [
        "X-Autogenerated: Reply",
        "Precedence: auto-reply",
        "X-Precedence: auto_reply",
        "X-Mail-Autoreply: yes",
        "X-FC-MachineGenerated: true",
        "X-POST-MessageClass: 9; Autoresponder",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
    ],
)
def test_older_marks_of_automatic_replies(header: str) -> None:
    assert kind(plain("Back on Monday.\r\n", header)) is MailKind.AUTOMATIC_REPLY


def test_what_says_that_it_is_not_automatic_is_a_reply_and_what_takes_no_answer_is_none() -> None:
    assert kind(plain("No.\r\n", "X-Autoreply: no")) is MailKind.REPLY
    raw = mail(
        [*REPLY[1:], "From: HR Helpdesk <noreply@helpdesk.example>", "Subject: RE: x"],
        "Your request has been received.",
    )
    assert kind(read_internet_mail(raw)) is MailKind.AUTOMATIC_REPLY


@pytest.mark.parametrize(
    "words",
    [
        "Sam, see section 4.1.2 of the retention policy.",
        "The update to 5.10.2 is done.",
        "There are 550 mails in it.",
        "Yes.\r\n\r\nFrom: Sam\r\nTo: Kim\r\nSubject: x",
    ],
)
def test_a_person_at_postmaster_may_write_numbers_and_quote(words: str) -> None:
    raw = mail(
        ["From: postmaster@example.org", "To: a@example.org", "Subject: x", "Date: x", "X-Failed-Recipients: "], words
    )
    assert kind(read_internet_mail(raw)) is not MailKind.DELIVERY_REPORT


def test_a_report_that_a_person_forwards_is_no_report() -> None:
    status = part(["Content-Type: message/delivery-status"], "Final-Recipient: rfc822;a@x\r\nAction: failed\r\n")
    read = parts("mixed", body("text/plain", "This came; I read it elsewhere.\r\n"), status)
    assert (kind(read), read.receipt) == (MailKind.REPLY, None)


def test_what_was_not_read_is_no_empty_receipt() -> None:
    assert kind(html('<img src="x.png">', subject="Read: Caseload")) is MailKind.REPLY


# Meetings

EVENT = "BEGIN:VCALENDAR\r\n{}BEGIN:VEVENT\r\n{}\r\nEND:VEVENT\r\n{}END:VCALENDAR\r\n"


def invitation(event: str, *head: str, words: str = "") -> Mail:
    return parts("mixed", body("text/plain", words), part(list(head) or ["Content-Type: text/calendar"], event))


def test_an_invitation_that_somebody_attached_to_words_is_a_file() -> None:
    head = ['Content-Type: text/calendar; method=REQUEST; name="invite.ics"', "Content-Disposition: attachment"]
    event = EVENT.format("METHOD:REQUEST\r\n", "SUMMARY:x", "")
    read = invitation(event, *head, words="No, I will not move the cases. The invite from HR is attached.")
    assert (kind(read), [file.name for file in read.files]) == (MailKind.REPLY, ["invite.ics"])
    assert kind(invitation(event, *head)) is MailKind.MEETING_REQUEST


@pytest.mark.parametrize(
    ("event", "head"),
    [
        (EVENT.format("METHOD:DECLINECOUNTER\r\n", "SUMMARY:x", ""), "Content-Type: text/calendar"),
        (EVENT.format("", "SUMMARY:x", ""), "Content-Type: text/calendar; method=REPLY"),
        (EVENT.format("", "SUMMARY:x", "METHOD:REPLY\r\n"), "Content-Type: text/calendar"),
        (EVENT.format("METHOD:REPLY\r\n", "SUMMARY:x", "").replace("VEVENT", "VTODO"), "Content-Type: text/calendar"),
        (EVENT.format("METHOD:REPLY\r\n", "SUMMARY:x", ""), "Content-Type: application/ics"),
    ],
)
def test_answers_to_meetings_however_they_are_formed(event: str, head: str) -> None:
    assert kind(invitation(event, head)) is MailKind.MEETING_ANSWER


@pytest.mark.parametrize(
    ("lines", "label", "words"),
    [
        ("DTSTART;VALUE=DATE:20250420\r\nDTEND;VALUE=DATE:20250420", "Ends", "Sun 20 Apr 2025"),
        ("DTSTART:20250420T090000", "Begins", "Sun 20 Apr 2025, 09:00 (no time zone named)"),
        ("DTSTART:00010101T000000Z", "Begins", "00010101T000000Z"),
        ("DTSTART;TZID=America/New_York:99991231T235959", "Begins", "99991231T235959 America/New_York"),
    ],
)
def test_odd_times_of_meetings(lines: str, label: str, words: str) -> None:
    read = invitation(EVENT.format("METHOD:REQUEST\r\n", lines, ""))
    said = dict(read.details)[label]
    assert said == words or said.startswith("Mon 1 Jan")


# Signed and enciphered files


def test_a_file_that_is_enciphered_leaves_the_words_readable() -> None:
    pasted = plain(
        "My answer is no. What I got:\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nx\r\n-----END PGP MESSAGE-----\r\n"
    )
    assert not [remark for remark in pasted.remarks if "enciphered" in remark]


def test_a_form_that_was_signed_is_a_file_and_no_words() -> None:
    head = [
        'Content-Type: application/pkcs7-mime; name="form.pdf.p7m"',
        "Content-Transfer-Encoding: base64",
        "Content-Disposition: attachment",
    ]
    read = parts("mixed", body("text/plain", "The form.\r\n"), part(head, base64.encodebytes(b"%PDF-1.4")))
    assert (read.text, [file.name for file in read.files]) == ("The form.", ["form.pdf.p7m"])


# Mailboxes


def test_a_line_that_begins_with_from_and_a_date_divides_no_mail() -> None:
    box = b"From a@x Mon Apr 14 09:00:00 2025\nFrom: a@x\nDate: x\n\nSam,\n\nFrom Monday 14 April 2025\nNote: you hold 61 cases.\n\n"
    assert len(list(mails_in_mbox(box))) == 1
    assert len(list(mails_in_mbox(box + box))) == 2


def test_a_date_after_a_server_had_the_mail_is_the_servers() -> None:
    received = ["by mx; Tue, 15 Apr 2025 09:00:00 +0100"]
    read = sending_time("Mon, 30 Jun 3609 09:00:00 +0100", received)
    assert (read.at, read.about) == (None, datetime(2025, 4, 15, 8, tzinfo=UTC))
    assert "after the time at which a mail server had it" in read.remarks[0]
    assert sending_time("Wed, 16 Apr 2025 09:00:00 +0100", received).at is not None, (
        "a clock a day ahead is told as it is"
    )
    alone = sending_time("Mon, 30 Jun 3609 09:00:00 +0100", [])
    assert "after 2100" in alone.remarks[0]


def test_what_a_picture_says_in_its_stead_is_no_other_word() -> None:
    page = '<p>See you on Monday.</p><img src="cid:x" alt="A blue logo&#10;Description automatically generated"><img alt=\'facebook\'>'
    plain_text = "See you on Monday. [A blue logo Description automatically generated] [facebook]<https://x.example>"
    assert shown_words(plain_text, page) == plain_text
    other = plain_text.replace("Monday", "Tuesday")
    assert "Monday" in shown_words(other, page), "words that differ are still those of the HTML"
    assert "Monday" in shown_words("See you on Monday. [unless it rains]", page)
    assert "unless" not in shown_words("See you on Monday. [unless it rains]", page)


def test_a_report_with_prose_before_its_fields_is_read() -> None:
    prose = part(["Content-Type: message/delivery-status"], "This is a report about your message.\r\n")
    fields = "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@x\r\nAction: failed\r\nStatus: 5.3.0\r\n"
    status = part(["Content-Type: message/delivery-status"], fields)
    raw = multipart("report; report-type=delivery-status", [prose, status], ["From: mailer-daemon@x", "Date: x"])
    receipt = read_internet_mail(raw).receipt
    assert receipt is not None
    assert receipt.state == "failed"


def test_a_file_without_a_byte_is_named() -> None:
    empty = part(["Content-Type: application/pdf; name=a.pdf", "Content-Disposition: attachment; filename=a.pdf"], "")
    text = part(["Content-Type: text/plain"], "See the file.")
    assert any("is empty" in remark and "a.pdf" in remark for remark in parts("mixed", text, empty).remarks)
