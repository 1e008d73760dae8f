"""Reading mail files: format detection, content, and robustness against any bytes."""

import base64
import binascii
import quopri
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.mail.mime import MAX_MAIL_BYTES
from evidence_app.mail.reading import Container, container_of, mails_in_mbox, read_mail, sort_of
from evidence_app.mail.values import Mail, MailKind
from tests.support import mails
from tests.support import outlook_files as outlook
from tests.support.mails import (
    CLIENTS,
    MANAGER,
    OFFICER,
    SENT_ID,
    block,
    multipart,
    part,
    recipient_row,
    with_line_ends,
)

NEWLINES = {"crlf": b"\r\n", "lf": b"\n", "cr": b"\r"}
newlines = pytest.mark.parametrize("newline", NEWLINES.values(), ids=NEWLINES)
BINARY = bytes(range(256)) + b"\r\n\n\r--=_part_1x\r\n" + bytes(range(255, -1, -1))


def read(raw: bytes) -> Mail:
    return read_mail(raw, Container.INTERNET)


def described(mail: Mail) -> tuple:
    return (
        mail.message_id,
        mail.sender,
        mail.to,
        mail.subject,
        mail.sent_at,
        mail.sent_at_raw,
        mail.text,
        mail.readable,
    )


@newlines
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["", "BOM"])
def test_a_mail_is_read_with_any_line_end(newline: bytes, mark: bytes) -> None:
    raw = mark + with_line_ends(mails.sent(body="First.\r\n\r\nSecond.\r\n"), newline)
    assert container_of(raw, "kept") is Container.INTERNET
    mail = read(raw)
    assert (mail.message_id, mail.sender, mail.to, mail.subject) == (SENT_ID, OFFICER, (MANAGER,), mails.SUBJECT)
    assert (mail.sent_at, mail.sent_at_raw) == (datetime(2025, 4, 14, 9, 0, tzinfo=UTC), mails.SENT_DATE)
    assert mail.text == "First.\n\nSecond."
    assert sort_of(mail, sent=True, matched=False) is MailKind.MESSAGE


@newlines
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_mail_in_utf_16_is_read(newline: bytes, encoding: str) -> None:
    text = with_line_ends(mails.sent(subject="Caf\u00e9"), newline).decode()
    raw = ("" if encoding == "utf-16" else "\ufeff").encode(encoding) + text.encode(encoding)
    assert container_of(raw[:16_384], "kept") is Container.INTERNET
    assert described(read(raw)) == described(read(text.encode()))
    assert read(raw).subject == "Caf\u00e9"


@newlines
@pytest.mark.parametrize(
    "before", [b"\r\n", b"\r\n\r\n", b">From kim Tue Apr 15 09:30:00 2025\r\n"], ids=["a line", "two", ">From"]
)
def test_text_before_the_headers_is_skipped(before: bytes, newline: bytes) -> None:
    raw = with_line_ends(before + mails.sent(), newline)
    assert container_of(raw, "kept") is Container.INTERNET
    assert read(raw).message_id == SENT_ID


@pytest.mark.parametrize(
    ("raw", "name", "container"),
    [
        (mails.sent(), "anything.bin", Container.INTERNET),
        (b"Dear Kim,\nFrom: what I saw\n", "note.txt", Container.NONE),
        (b"", "empty", Container.NONE),
        (b"", "empty.eml", Container.INTERNET),
        (b"%PDF-1.7\nFrom: a\nTo: b\n", "x.pdf", Container.NONE),
        (mails.mbox(mails.sent()), "Sent", Container.MBOX),
        (outlook.msg({outlook.MESSAGE_CLASS: "IPM.Note"}), "X.MSG", Container.OUTLOOK),
        (outlook.msg({outlook.MESSAGE_CLASS: "IPM.Note"}), "kept.dat", Container.OUTLOOK),
        (outlook.compound_file({"WordDocument": b"x"}), "old.doc", Container.NONE),
        (outlook.tnef("IPM.Note", {}), "winmail.dat", Container.TNEF),
    ],
)
def test_the_format_is_detected_from_the_bytes(raw: bytes, name: str, container: Container) -> None:
    assert container_of(raw[:16_384], name) is container


@pytest.mark.parametrize(
    "raw",
    [b"", b"\0" * 600, b"no mail at all", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"],
    ids=["empty", "zeros", "words", "ole"],
)
@pytest.mark.parametrize("container", Container)
def test_a_file_without_mail_content_is_unreadable(raw: bytes, container: Container) -> None:
    assert sort_of(read_mail(raw, container), sent=False, matched=False) is MailKind.UNREADABLE


@newlines
def test_each_mail_of_a_mailbox_is_read_separately(newline: bytes) -> None:
    inside = [
        mails.sent(),
        CLIENTS["exchange"]("displayed"),
        mails.sent(message_id="<third@example.org>", body=">From here on\r\n"),
    ]
    raw = mails.mbox(*inside, newline=newline)
    assert container_of(raw, "Sent") is Container.MBOX
    found = [raw[begin:end] for begin, end in mails_in_mbox(raw)]
    assert [each.rstrip(newline) for each in found] == [
        with_line_ends(each, newline).rstrip(newline) for each in inside
    ]
    assert [read(each).message_id for each in found] == [
        SENT_ID,
        "<receipt-1@easthaven.justice.example>",
        "<third@example.org>",
    ]
    assert [read(each).receipt is not None for each in found] == [False, True, False]


def test_a_paragraph_that_begins_with_from_does_not_divide_a_mailbox() -> None:
    raw = mails.mbox(mails.sent(body="Dear Kim,\r\n\r\nFrom January 2025\r\nI hold 61 cases.\r\n"), mails.answer())
    found = [raw[begin:end] for begin, end in mails_in_mbox(raw)]
    assert [read(each).sender for each in found] == [OFFICER, MANAGER]


ENCODINGS = {
    "base64": lambda octets: base64.encodebytes(octets).replace(b"\n", b"\r\n"),
    "base64 on one line": base64.b64encode,
    "quoted-printable": lambda octets: (
        quopri.encodestring(octets, quotetabs=True).replace(b"\r", b"=0D").replace(b"\n", b"\r\n")
    ),
    "8bit": lambda octets: octets,
    "binary": lambda octets: octets,
    "x-uuencode": lambda octets: (
        b"begin 644 a\r\n"
        + b"".join(binascii.b2a_uu(octets[at : at + 45]) for at in range(0, len(octets), 45))
        + b"`\r\nend\r\n"
    ),
}


@pytest.mark.parametrize("encoding", sorted(ENCODINGS))
def test_an_attached_file_is_exact(encoding: str) -> None:
    content = BINARY.replace(b"\r", b"").replace(b"\n", b"") if encoding == "quoted-printable" else BINARY
    head = [
        'Content-Type: application/octet-stream; name="plan.bin"',
        f"Content-Transfer-Encoding: {encoding.split(' ', maxsplit=1)[0]}",
    ]
    raw = multipart(
        "mixed",
        [part(["Content-Type: text/plain"], "Words.\r\n"), part(head, ENCODINGS[encoding](content))],
        ["From: a@example.org"],
    )
    assert [(file.name, file.content) for file in read(raw).files] == [("plan.bin", content)]
    assert read(raw).text == "Words."


ENCLOSED = {
    "ordinary": mails.sent(),
    "line feeds alone": with_line_ends(mails.sent(), b"\n"),
    "a long header": mails.sent("X-Long: " + "word " * 40),
    "a receipt": CLIENTS["exchange"]("displayed"),
    "a bounce": mails.delivery_report(recipient_row("a@example.org", "failed")),
    "bytes beyond ASCII": mails.sent(subject="Caf\u00e9", body="Caf\u00e9\r\n"),
    "From in the body": mails.sent(body="From here on\r\n"),
    "spaces in headers": mails.sent("X-Spaces:   a  b ", "X-Empty:", "X-Tab:\tc"),
}


@pytest.mark.parametrize("name", sorted(ENCLOSED))
def test_an_enclosed_mail_is_exact(name: str) -> None:
    assert [file.content for file in read(mails.enclosing(ENCLOSED[name])).files] == [ENCLOSED[name]]


@pytest.mark.parametrize(
    ("written", "name"),
    [('"../../etc/a.txt"', "a.txt"), ('"C:\\\\x\\\\b.txt"', "b.txt"), ('"=?utf-8?Q?Caf=C3=A9.txt?="', "Caf\u00e9.txt")],
)
def test_a_file_is_named_without_a_folder(written: str, name: str) -> None:
    head = ["Content-Type: text/plain", f"Content-Disposition: attachment; filename={written}"]
    raw = multipart("mixed", [part(["Content-Type: text/plain"], "x"), part(head, "y")], ["From: a@example.org"])
    assert [file.name for file in read(raw).files] == [name]


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ([], "none"),
        (["Disposition-Notification-To"], "read"),
        (["Return-Receipt-To"], "delivery"),
        (["Disposition-Notification-To", "Return-Receipt-To"], "both"),
    ],
)
def test_requested_receipts(headers: list[str], asked: str) -> None:
    assert read(mails.sent(*[f"{name}: {OFFICER}" for name in headers])).receipt_requested == asked


@pytest.mark.parametrize(
    "mark", ["Received: from a by b", "Return-Path: <a@example.org>", "Delivered-To: a@example.org"]
)
def test_delivery_headers_are_detected(mark: str) -> None:
    assert read(mails.sent(mark)).passed_a_server
    assert not read(mails.sent()).passed_a_server


HEAD = f"evidence-trail/{'a' * 32} 41 {base64.b64encode(bytes(32)).decode()}"


@pytest.mark.parametrize(
    "body",
    [HEAD, HEAD.replace(" ", "\r\n"), "> " + HEAD.replace(" ", "\r\n> "), "| " + HEAD.replace(" ", " \r\n| > ")],
    ids=["as written", "wrapped", "quoted", "quoted twice"],
)
@pytest.mark.parametrize("way", ["own words", "returned", "html"])
def test_the_checkpoint_is_found_wrapped_or_quoted(body: str, way: str) -> None:
    match way:
        case "own words":
            raw = mails.answer(f"In-Reply-To: {SENT_ID}", body=f"Noted.\r\n{body}\r\n")
        case "returned":
            raw = mails.receipt(
                mails.plain_fields("displayed"),
                others=[part(["Content-Type: message/rfc822"], mails.sent(body=f"{body}\r\n"))],
            )
        case _:
            raw = mails.sent("Content-Type: text/html", body=f"<p>Noted.</p><p>{body.replace('>', '&gt;')}</p>")
    assert read(raw).quoted_checkpoints == (HEAD,)


def nested(depth: int, inner: bytes, kind: str = "mixed") -> bytes:
    """Wrap a mail in parts inside parts."""
    for number in range(depth):
        inner = multipart(kind, [inner], boundary=f"=_b{number}")
    return block("From: a@example.org", "Subject: Deep", "Message-ID: <deep@example.org>").encode() + inner


@pytest.mark.parametrize("depth", [5, 60, 100, 500, 3_000])
def test_parts_inside_parts_are_bounded(depth: int) -> None:
    mail = read(nested(depth, part(["Content-Type: text/plain"], "Words.\r\n")))
    assert mail.message_id == "<deep@example.org>"
    assert mail.text == "Words." or mail.remarks, "something was left out without a word"


@pytest.mark.parametrize("depth", [5, 60, 400, 3_000])
def test_mails_inside_mails_are_bounded(depth: int) -> None:
    raw = (
        block("From: a@example.org", "Message-ID: <deep@example.org>").encode()
        + b"Content-Type: message/rfc822\r\n\r\n" * depth
        + mails.sent()
    )
    mail = read(raw)
    assert mail.message_id == "<deep@example.org>"
    assert mail.files or mail.remarks, "something was left out without a word"


def test_a_mail_that_is_too_large_is_described_by_its_headers() -> None:
    mail = read(mails.sent() + b"x" * MAX_MAIL_BYTES)
    assert mail.message_id == SENT_ID
    assert mail.remarks


HOSTILE = {
    "a form feed in an enclosed header": mails.enclosing(mails.sent("X-Note: a\x0cb: c")),
    "a form feed in a field": mails.receipt(block("Reporting-UA: a\x0cb: c", "Disposition: a/b; deleted")),
    "a form feed in a returned header": mails.receipt(
        mails.plain_fields("deleted"), others=[part(["Content-Type: message/rfc822"], mails.sent("X-Note: a\x0cb: c"))]
    ),
    "a separator in a report": mails.delivery_report(recipient_row("a@example.org", "failed", "X-Note: a\x1cb: c")),
    "a boundary in no character set": mails.mail(
        ["From: a@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary*=a\0b''x"], "--x\r\n\r\n--x--"
    ),
    "a boundary in an odd character set": mails.mail(
        ["From: a@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary*=undefined''x"],
        "--x\r\n\r\n--x--",
    ),
    "a boundary in punycode": mails.mail(
        ["From: a@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary*=punycode''x%ff"],
        "--x\r\n\r\n--x--",
    ),
    "a boundary in idna": mails.mail(
        ["From: a@example.org", "Subject: x", "Content-Type: multipart/mixed; boundary*=idna''x%ff"], "--x\r\n\r\n--x--"
    ),
    "an odd character set": mails.sent('Content-Type: text/plain; charset="\0"'),
    "a character set that is none": mails.sent("Content-Type: text/plain; charset*=undefined''x"),
    "a subject in no character set": mails.sent(subject="=?undefined?Q?x?= =?a\0b?B?x?="),
    "bad base64": mails.sent("Content-Type: application/x; name=a", "Content-Transfer-Encoding: base64", body="@@@=a"),
    "bad uuencode": mails.sent(
        "Content-Type: application/x; name=a", "Content-Transfer-Encoding: x-uuencode", body="begin 644 a\r\n\xff\r\n"
    ),
    "a header of brackets": mails.mail(
        ["From: " + "<" * 60_000, "To: " + "(" * 60_000, "Cc: " + '"' * 60_000, "References: " + "<a" * 60_000]
    ),
    "a header of commas": mails.mail(
        ["From: a@example.org", "To: " + "a@b.c," * 10_000, "Subject: " + "=?utf-8?Q?" * 6_000]
    ),
    "tags without end": mails.sent("Content-Type: text/html", body="<" * 50_000 + "<script" * 9_000 + "<!--" * 9_000),
    "an end of line in a date": mails.mail(["From: a@example.org", "Date: Mon, 99 Foo 99999 99:99:99 +9999"]),
}


@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_no_hostile_mail_raises(name: str) -> None:
    mail = read(HOSTILE[name])
    assert mail.readable
    assert mail.receipt is None or mail.receipt.state != "displayed"


@pytest.mark.parametrize("separator", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028"])
def test_only_an_end_of_line_begins_a_field(separator: str) -> None:
    fields = block(f"X-Note: a{separator}Disposition : a/b; displayed", "Disposition: a/b; deleted")
    mail = read(mails.receipt(fields))
    assert mail.receipt is not None
    assert mail.receipt.state == "deleted"


SEEDS = [CLIENTS[name]("deleted") for name in ("exchange", "seznam", "kmail", "thunderbird")]
SEEDS += [
    mails.delivery_report(recipient_row("a@example.org", "failed")),
    mails.enclosing(mails.sent()),
    mails.mbox(mails.sent(), mails.answer()),
]
PIECES = [
    b"\r\n",
    b"\n",
    b"\r",
    b"\0",
    b"\x0c",
    b" ",
    b":",
    b";",
    b"=",
    b'"',
    b"--=_part_1",
    b"=?utf-8?B?",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"\xff\xfe",
    b"\xe9",
]
edits = st.lists(
    st.tuples(st.integers(0, 4_000), st.integers(0, 30), st.sampled_from(PIECES) | st.binary(max_size=6)), max_size=6
)


@given(st.sampled_from(SEEDS), edits)
def test_no_change_to_a_mail_raises_or_makes_it_displayed(seed: bytes, found: list[tuple[int, int, bytes]]) -> None:
    for place, cut, new in found:
        at = place % (len(seed) + 1)
        seed = seed[:at] + new + seed[at + cut :]
    mail = read(seed)
    assert mail.receipt is None or mail.receipt.state != "displayed"
    if container_of(seed, "kept") is Container.MBOX:
        found_in_it = list(mails_in_mbox(seed))
        assert found_in_it
        assert all(0 < begin <= end <= len(seed) for begin, end in found_in_it)


@given(
    st.binary(max_size=400),
    st.sampled_from(Container),
    st.sampled_from(
        [
            b"",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"\x78\x9f\x3e\x22",
            b"\xff\xfe",
            b"From a\r\n",
            b"Content-Type: multipart/report;boundary=a\n\n--a\n",
        ]
    ),
)
def test_no_byte_string_raises(octets: bytes, container: Container, start: bytes) -> None:
    raw = start + octets
    assert container_of(raw, "x.eml") in Container
    mail = read_mail(raw, container)
    assert mail.receipt is None or mail.receipt.state != "displayed"
    assert sort_of(mail, sent=False, matched=False) in MailKind
