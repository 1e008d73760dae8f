"""What is concluded from Internet mail, and what is not: drafts, reactions, invitations, machines, times, names of files, HTML."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.domain.people.machines import is_machine, is_mail_server
from evidence_app.mail.contents.words import html_words, shown_words, without_from_quotes
from evidence_app.mail.dates import FROM_SERVER, LONG_AGO, NO_ZONE, moment, sending_time
from evidence_app.mail.internet import read_internet_mail
from evidence_app.mail.reading import sort_of
from evidence_app.mail.text import MAX_NAME_LENGTH, file_name
from evidence_app.mail.values import Mail, MailKind
from tests.support import mails
from tests.support.mails import SENT_ID, mail, multipart, part


def kind(read: Mail) -> MailKind:
    return sort_of(read, sent=False, matched=False)


def html(markup: str, *headers: str) -> Mail:
    return read_internet_mail(mails.answer("Content-Type: text/html; charset=utf-8", *headers, body=markup))


# Drafts

HEAD = ["To: kim.dale@example.org", "Subject: x"]
WHOLE = [*HEAD, "From: sam.rowe@example.org", "Date: Mon, 14 Apr 2025 10:00:00 +0100", "Message-ID: <a@example.org>"]


@pytest.mark.parametrize(
    "headers",
    [
        HEAD,
        [*HEAD, "X-Unsent: 1"],
        [*WHOLE, "X-Unsent: 1"],
        [*WHOLE, "X-Gmail-Labels: Important,Drafts"],
        [*WHOLE, "X-Gmail-Labels: =?UTF-8?Q?Drafts,Caf=C3=A9?="],
        [*WHOLE, 'X-Gmail-Labels: "Opened", "Brouillons"'],
    ],
    ids=[
        "no date and no identifier",
        "X-Unsent",
        "X-Unsent and a date",
        "Gmail's archive",
        "Gmail's archive, encoded",
        "Gmail's archive, in French",
    ],
)
def test_what_was_not_sent_as_far_as_the_file_shows_is_a_draft(headers: list[str]) -> None:
    read = read_internet_mail(mail(headers, "Seen monthly.\r\n"))
    assert kind(read) is MailKind.DRAFT_FILE
    assert (read.sent_at, read.sent_about) == (None, None)
    assert read.text == "Seen monthly."


@pytest.mark.parametrize("one", ["Date: Mon, 14 Apr 2025 10:00:00 +0100", "Message-ID: <a@example.org>"])
def test_a_date_or_an_identifier_alone_is_a_sign_of_sending(one: str) -> None:
    assert kind(read_internet_mail(mail([*HEAD, "From: a@example.org", one], "x"))) is MailKind.MESSAGE


def test_a_mail_that_a_server_passed_on_was_sent_whatever_mark_it_bears() -> None:
    read = read_internet_mail(
        mail(["Received: by mx.example.org; Mon, 14 Apr 2025 10:00:00 +0100", *HEAD, "X-Unsent: 1"], "x")
    )
    assert kind(read) is MailKind.MESSAGE
    assert any("marked as not sent" in remark for remark in read.remarks)


def test_a_receipt_without_date_and_identifier_is_a_receipt() -> None:
    raw = mails.receipt(
        "Final-Recipient: rfc822;a@example.org\r\nDisposition: manual-action/MDN-sent-manually; displayed\r\n"
    )
    bare = b"\r\n".join(line for line in raw.split(b"\r\n") if not line.startswith((b"Date:", b"Message-ID: <receipt")))
    assert kind(read_internet_mail(bare)) is MailKind.MAIL_RECEIPT


# Reactions

QUOTED = "<blockquote>I do not think that monthly is safe. Please confirm.</blockquote>"
REACTED = "Subject: Kim Dale reacted to your message: Caseload"


def reaction(body: str, subject: str = "Kim Dale reacted to your message: Caseload", media: str = "text/html") -> Mail:
    raw = mails.answer(f"In-Reply-To: {SENT_ID}", f"Content-Type: {media}; charset=utf-8", subject=subject, body=body)
    return read_internet_mail(raw)


@pytest.mark.parametrize("sign", ["👍", "❤️", "😮", "👍🏽"])
def test_a_reaction_of_outlook_is_one(sign: str) -> None:
    read = reaction(f"<p>{sign} Kim Dale reacted to your message:</p>{QUOTED}")
    assert (kind(read), read.answer) == (MailKind.REACTION, sign)


def test_a_reaction_in_plain_text_is_one() -> None:
    read = reaction("👍 Kim Dale reacted to your message:\r\n\r\n> monthly\r\n", media="text/plain")
    assert (kind(read), read.answer) == (MailKind.REACTION, "👍")
    divided = "👍 Kim Dale reacted to your message:\r\n________________________________\r\nFrom: Sam\r\nmonthly\r\n"
    assert kind(reaction(divided, media="text/plain")) is MailKind.REACTION


@pytest.mark.parametrize(
    "body",
    [
        f"<p>👍 Kim Dale reacted to your message:</p><p>But see him weekly.</p>{QUOTED}",
        f"<p>Yes, see him weekly.</p>{QUOTED}",
        "<p>I saw that you reacted to your message: why?</p><p>Kim</p>",
    ],
    ids=["a line of one's own", "another subject's words", "about a reaction"],
)
def test_words_of_somebodys_own_make_it_a_reply(body: str) -> None:
    assert kind(reaction(body)) is MailKind.REPLY


def test_a_subject_alone_makes_no_reaction() -> None:
    assert kind(reaction("<p>👍</p>", subject="RE: Caseload")) is MailKind.REPLY
    assert kind(reaction("<p>Yes. Do that.</p>")) is MailKind.REPLY


@pytest.mark.parametrize(
    ("said", "sign"),
    [
        (b'{"version": 1, "emoji": "\xf0\x9f\x91\x8d"}', "👍"),
        (b'{"version": 1}', "a sign that is not named"),
        (b"[" * 5_000, "a sign that is not named"),
    ],
)
def test_a_reaction_of_gmail_is_told_by_its_part(said: bytes, sign: str) -> None:
    parts = [
        part(["Content-Type: text/plain"], "👍 Kim reacted via Gmail\r\n"),
        part(["Content-Type: text/vnd.google.email-reaction+json"], said),
    ]
    raw = multipart(
        "alternative", parts, ["From: kim.dale@example.org", f"In-Reply-To: {SENT_ID}", "Date: x", "Message-ID: <r@x>"]
    )
    read = read_internet_mail(raw)
    assert (kind(read), read.answer, read.files) == (MailKind.REACTION, sign, ())


# Invitations


def calendar(method: str, *lines: str, state: str = "ACCEPTED") -> Mail:
    event = [
        "BEGIN:VCALENDAR",
        f"METHOD:{method}",
        "BEGIN:VTIMEZONE",
        "TZID:GMT Standard Time",
        "BEGIN:STANDARD",
        "DTSTART:16010101T020000",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:Supervision\\, Room 2",
        "ATTENDEE;PARTSTAT=" + state + ';CN="Dale, Kim":mailto:kim.dale@exa',
        " mple.org",
        *lines,
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    parts = [
        part(["Content-Type: text/plain"], ""),
        part([f"Content-Type: text/calendar; method={method}; charset=utf-8"], "\r\n".join(event)),
    ]
    head = [
        "From: kim.dale@example.org",
        f"In-Reply-To: {SENT_ID}",
        "Date: Mon, 14 Apr 2025 10:00:00 +0100",
        "Message-ID: <r@x>",
    ]
    return read_internet_mail(multipart("alternative", parts, [*head, "Subject: Accepted: Supervision"]))


@pytest.mark.parametrize(
    ("method", "what"),
    [("REQUEST", MailKind.MEETING_REQUEST), ("REPLY", MailKind.MEETING_ANSWER), ("CANCEL", MailKind.MEETING_CANCELLED)],
)
def test_the_method_of_a_calendar_part_says_what_a_mail_is(method: str, what: MailKind) -> None:
    read = calendar(method, "DTSTART:20261112T140000Z", "DTEND:20261112T150000Z", "LOCATION:Room 2")
    assert kind(read) is what
    details = dict(read.details)
    assert (details["Meeting"], details["Where"]) == ("Supervision, Room 2", "Room 2")
    assert (details["Begins"], details["Ends"]) == ("Thu 12 Nov 2026, 14:00", "Thu 12 Nov 2026, 15:00")
    assert [file.name for file in read.files] == ["invitation.ics"]


@pytest.mark.parametrize(
    ("state", "answer"),
    [("ACCEPTED", "accepted"), ("DECLINED", "declined"), ("TENTATIVE", "accepted provisionally"), ("X-OTHER", "")],
)
def test_an_answer_says_which(state: str, answer: str) -> None:
    read = calendar("REPLY", state=state)
    assert read.answer == answer
    assert dict(read.details)["People"].startswith("Dale, Kim <kim.dale@example.org>"), "a folded line is joined"


@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("DTSTART;TZID=GMT Standard Time:20260612T140000", "Fri 12 Jun 2026, 14:00"),
        ("DTSTART;TZID=Europe/Berlin:20261112T150000", "Thu 12 Nov 2026, 14:00"),
        ("DTSTART;VALUE=DATE:20261112", "Thu 12 Nov 2026"),
        ("DTSTART;TZID=Somewhere Else:20261112T150000", "20261112T150000 Somewhere Else"),
        ("DTSTART:29991399T990000Z", "29991399T990000Z"),
    ],
)
def test_times_of_a_meeting_are_those_of_london_or_stay_as_written(start: str, words: str) -> None:
    assert dict(calendar("REQUEST", start).details)["Begins"] == words


@given(st.binary(max_size=300))
def test_no_calendar_breaks_the_reading(octets: bytes) -> None:
    raw = multipart(
        "mixed", [part(["Content-Type: text/calendar"], b"BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n" + octets)]
    )
    assert isinstance(read_internet_mail(raw), Mail)


# Machines


@pytest.mark.parametrize(
    ("sender", "more"),
    [
        ("MAILER-DAEMON <>", []),
        ("<MAILER-DAEMON>", []),
        ("Mail Delivery Subsystem <MAILER-DAEMON@mx.example.org>", []),
        ("postmaster@example.org", ["Return-Path: <>"]),
        ("postmaster@example.org", ["Auto-Submitted: auto-replied"]),
        ("postmaster@example.org", ["Return-Path: <MAILER-DAEMON>"]),
    ],
)
def test_what_a_mail_server_writes_is_a_delivery_report(sender: str, more: list[str]) -> None:
    body = "Your message could not be delivered.\r\n"
    read = read_internet_mail(
        mail([f"From: {sender}", "To: a@example.org", "Subject: Returned mail", "Date: x", *more], body)
    )
    assert kind(read) is MailKind.DELIVERY_REPORT


def test_a_report_of_a_delivery_system_without_its_fields_is_one() -> None:
    parts = [part(["Content-Type: text/plain"], "It failed.\r\n"), mails.returned()]
    raw = multipart("report; report-type=delivery-status", parts, ["From: Mail.Delivery.System@example.org", "Date: x"])
    read = read_internet_mail(raw)
    assert kind(read) is MailKind.DELIVERY_REPORT
    assert read.receipt is not None
    assert read.receipt.for_message_id == SENT_ID


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_bounce_that_encloses_the_original_without_being_a_report_names_it(returned: str) -> None:
    parts = [part(["Content-Type: text/plain"], "It failed.\r\n"), mails.returned(kind=returned)]
    read = read_internet_mail(multipart("mixed", parts, ["From: MAILER-DAEMON@example.org", "Date: x"]))
    assert read.receipt is not None
    assert read.receipt.for_message_id == SENT_ID


@pytest.mark.parametrize("media", ["text/html", "text/plain"])
def test_a_person_may_write_as_postmaster(media: str) -> None:
    head = [
        "From: Kim Dale <postmaster@example.org>",
        "To: a@example.org",
        "Subject: x",
        "Date: x",
        f"Content-Type: {media}",
    ]
    assert kind(read_internet_mail(mail(head, "<p>See him weekly from Monday, at 5.15.</p>"))) is MailKind.MESSAGE


def test_what_has_no_way_back_is_automatic() -> None:
    raw = mails.answer("Return-Path: <>", subject="I am away", body="Back on Monday.\r\n")
    assert kind(read_internet_mail(raw)) is MailKind.AUTOMATIC_REPLY


@pytest.mark.parametrize(
    "person", ["Kim Dale <kim.dale@example.org>", "postmaster@example.org", "Noreply Jones <n.jones@x.example>", ""]
)
def test_people_are_no_machines(person: str) -> None:
    assert not is_machine(person)


@pytest.mark.parametrize(
    "machine",
    [
        "MAILER-DAEMON",
        "MAILER-DAEMON <>",
        "<>",
        "Mail Delivery System <x@y.example>",
        f"Outlook <MicrosoftExchange{'a' * 32}@x.example>",
    ],
)
def test_mail_servers_are_machines(machine: str) -> None:
    assert is_machine(machine)
    assert is_mail_server(machine)


def test_an_address_that_takes_no_answer_is_a_machine_but_no_mail_server() -> None:
    assert is_machine("noreply@example.org")
    assert not is_mail_server("noreply@example.org")


@pytest.mark.parametrize("subject", ["Read: Caseload", "Not read: Caseload", "Gelesen: x", "Darllenwyd: x"])
def test_a_receipt_that_a_converter_emptied_is_perhaps_one(subject: str) -> None:
    assert (
        kind(read_internet_mail(mails.answer(f"In-Reply-To: {SENT_ID}", subject=subject, body="")))
        is MailKind.EMPTY_RECEIPT
    )
    said = mails.answer(f"In-Reply-To: {SENT_ID}", subject=subject, body="I read it. No.\r\n")
    assert kind(read_internet_mail(said)) is MailKind.REPLY


def test_an_empty_mail_is_a_reply() -> None:
    assert kind(read_internet_mail(mails.answer(f"In-Reply-To: {SENT_ID}", body=""))) is MailKind.REPLY


# Times


def test_minus_zero_is_utc() -> None:
    assert moment("Mon, 09 Nov 2026 23:30:00 -0000") == datetime(2026, 11, 9, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize("date", ["Thu, 09 Jul 2026 23:30:00 BST", "Thu, 09 Jul 2026 23:30:00", "2026-07-09 23:30:00"])
def test_a_date_without_a_zone_is_about_the_time_that_it_writes(date: str) -> None:
    read = sending_time(date, [])
    assert (read.at, read.about, read.remarks) == (None, datetime(2026, 7, 9, 22, 30, tzinfo=UTC), (NO_ZONE,))


def test_the_first_server_says_when_where_the_date_does_not() -> None:
    received = ["by mx2; Thu, 09 Jul 2026 22:40:00 +0000", "by mx1; Thu, 09 Jul 2026 22:31:00 +0000"]
    noted = datetime(2026, 7, 9, 22, 31, tzinfo=UTC)
    for date in ("Thu, 09 Jul 2026 23:30:00 BST", "Mon, 30 Feb 2026 10:00:00 +0000", "nonsense", ""):
        read = sending_time(date, received)
        assert (read.at, read.about, read.remarks) == (None, noted, (FROM_SERVER,)), date
    far = sending_time("Thu, 02 Jul 2026 23:30:00", received)
    assert far.about == datetime(2026, 7, 2, 22, 30, tzinfo=UTC), "a zone moves no mail by a week"


def test_an_exact_date_needs_no_server() -> None:
    read = sending_time("Thu, 09 Jul 2026 23:30:00 +0100", ["by mx; Fri, 10 Jul 2026 09:00:00 +0000"])
    assert (read.at, read.about, read.remarks) == (datetime(2026, 7, 9, 22, 30, tzinfo=UTC), None, ())


def test_a_clock_that_was_never_set_is_remarked_on() -> None:
    assert sending_time("Thu, 01 Jan 1970 00:00:00 +0000", []).remarks == (LONG_AGO,)


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_no_date_breaks_the_reading(date: str, received: list[str]) -> None:
    read = sending_time(date, received)
    assert read.at is None or read.at.utcoffset() == timedelta(0)


# Words


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        (
            "<p>Seen <s>weekly</s> <del>fortnightly</del> monthly</p>",
            "Seen [struck out: weekly] [struck out: fortnightly] monthly",
        ),
        (
            '<p>Seen <span style="text-decoration: line-through">weekly</span> monthly</p>',
            "Seen [struck out: weekly] monthly",
        ),
        (
            '<style>.x{text-decoration:line-through}</style><p>Seen <b class="a x">weekly</b> monthly</p>',
            "Seen [struck out: weekly] monthly",
        ),
        ('<p>Approved?</p><p style="display:none">approved</p>', "Approved?\n[hidden: approved]"),
        ("<style>@media print{p{display:none}}#h{display:none}</style><p>a</p><p id=h>b</p>", "a\n[hidden: b]"),
        ('<p>a</p><p style="font-size:0px">b</p>', "a\n[hidden: b]"),
        ('<p>Who decided? <span style="color:red">I did.</span></p>', "Who decided? [in red: I did.]"),
        ('<p>Who decided? <font color="#0000FF">I did.</font></p>', "Who decided? [in blue: I did.]"),
        ('<p>Who? <span style="background:yellow">Kim</span></p>', "Who? [marked: Kim]"),
        ('<p style="color:#1f497d">All of it is one colour.</p>', "All of it is one colour."),
        (
            '<p style="color:blue">Who decided that he is seen monthly? <span style="color:black">I did.</span></p>',
            "Who decided that he is seen monthly? [in black: I did.]",
        ),
        (
            '<p>See <a href="x" style="color:blue" title="Protected">here</a>, <span style="color:#888888">Kim</span></p>',
            "See here, Kim",
        ),
        ("<table><tr><td>Week</td><td>Seen</td></tr><tr><td>1</td><td>yes</td></tr></table>", "Week | Seen\n1 | yes"),
        ("<table><tr><td><p>Dear Sam,</p><p>no.</p></td></tr></table>", "Dear Sam,\nno."),
        ("<p>You may <b>not</b> see him.</p>", "You may not see him."),
    ],
)
def test_html_says_what_a_mail_program_showed(markup: str, words: str) -> None:
    assert html_words(markup) == words
    assert html(markup).text == words


def test_the_plain_text_is_taken_unless_only_the_html_says_what_was_struck_out() -> None:
    assert shown_words("Seen weekly", "<p>Seen <b>weekly</b></p>") == "Seen weekly"
    assert shown_words("Seen weekly", "<p>Seen <s>weekly</s></p>") == "Seen [struck out: weekly]"
    assert shown_words(" ", "<p>Seen</p>") == "Seen"


@given(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(["<s>", "</s>", "<td>", "</table>", "<style>", "<p class=x>", "<!--", "&#8;"]), max_size=8
    ),
)
def test_no_html_breaks_the_reading(text: str, tags: list[str]) -> None:
    assert isinstance(html_words(text.join(tags)), str)


@pytest.mark.parametrize(
    ("octets", "label", "words"),
    [
        ("£40 – “not now”".encode("cp1252"), "iso-8859-1", "£40 – “not now”"),
        ("£40 – “not now”".encode("cp1252"), "us-ascii", "£40 – “not now”"),
        ("£40 – “not now”".encode(), "iso-8859-1", "£40 – “not now”"),
        ("Siân".encode("latin-1"), "iso-8859-1", "Siân"),
        ("€5".encode("iso8859-15"), "iso-8859-15", "€5"),
    ],
)
def test_a_label_that_lies_does_not_spoil_the_words(octets: bytes, label: str, words: str) -> None:
    raw = mails.answer(f"Content-Type: text/plain; charset={label}", body="").rstrip() + b"\r\n\r\n" + octets
    assert read_internet_mail(raw).text == words


def test_the_sign_of_a_mailbox_before_from_is_taken_off_and_that_of_a_quotation_stays() -> None:
    assert without_from_quotes("a\n>From what I know") == "a\nFrom what I know"
    quoted = "> he said\n>From what I know\n> no"
    assert without_from_quotes(quoted) == quoted


# Names of files


def test_a_long_name_keeps_its_ending_and_that_it_was_cut_is_said() -> None:
    named = "what was said " * 20 + ".txt"
    parts = [
        part(["Content-Type: text/plain"], "x"),
        part(["Content-Type: text/plain", f'Content-Disposition: attachment; filename="{named}"'], "y"),
    ]
    read = read_internet_mail(multipart("mixed", parts, ["From: a@example.org", "Date: x", "Message-ID: <r@x>"]))
    assert read.files[0].name.endswith("….txt")
    assert len(read.files[0].name) == MAX_NAME_LENGTH
    assert any("was cut" in remark for remark in read.remarks)


@given(st.text(max_size=900), st.sampled_from([".txt", ".pdf", ".eml", ""]))
def test_a_name_is_never_longer_than_it_may_be_and_keeps_its_ending(stem: str, ending: str) -> None:
    name = file_name(stem + ending, "file")
    assert len(name) <= MAX_NAME_LENGTH
    assert name.endswith(ending) or name == "file"


def test_who_was_copied_unseen_is_read() -> None:
    read = read_internet_mail(mail([*WHOLE, "Bcc: rep@union.example"], "x"))
    assert read.bcc == ("rep@union.example",)


# Signed mail that no certificate is needed for


def test_openpgp_is_said_and_not_called_checked() -> None:
    signed = "-----BEGIN PGP SIGNED MESSAGE-----\r\nHash: SHA512\r\n\r\nYes.\r\n-----BEGIN PGP SIGNATURE-----\r\nx\r\n-----END PGP SIGNATURE-----\r\n"
    assert "OpenPGP: not checked" in dict(read_internet_mail(mails.answer(body=signed)).details)["Signature"]
    hidden = "-----BEGIN PGP MESSAGE-----\r\n\r\nhQEM\r\n-----END PGP MESSAGE-----\r\n"
    assert any("enciphered (OpenPGP)" in remark for remark in read_internet_mail(mails.answer(body=hidden)).remarks)


def test_a_pkcs7_part_that_is_none_is_a_file() -> None:
    packed = base64.encodebytes(b"no CMS").decode()
    read = read_internet_mail(
        mails.answer(
            "Content-Type: application/pkcs7-mime; name=smime.p7m", "Content-Transfer-Encoding: base64", body=packed
        )
    )
    assert [file.name for file in read.files] == ["smime.p7m"]


def test_more_recipients_than_are_read_are_counted() -> None:
    everybody = ", ".join(f"Person {n} <p{n}@example.org>" for n in range(1_321))
    read = read_internet_mail(mail([*WHOLE[2:], f"To: {everybody}", "Subject: All staff"], "x"))
    assert (len(read.to), read.text) == (500, "x")
    assert any("821" in remark for remark in read.remarks), read.remarks
