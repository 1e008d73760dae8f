"""Mails as raw bytes, as real mail programs write them. Every name and address is invented."""

import base64
from collections.abc import Callable, Sequence

OFFICER = "Sam Rowe <sam.rowe@easthaven.justice.example>"
MANAGER = "Kim Dale <kim.dale@easthaven.justice.example>"
MANAGER_ADDRESS = "kim.dale@easthaven.justice.example"
SENT_ID = "<sent-1@easthaven.justice.example>"
SUBJECT = "Caseload in March"
SENT_DATE = "Mon, 14 Apr 2025 10:00:00 +0100"
ANSWER_DATE = "Tue, 15 Apr 2025 09:30:00 +0100"
BOUNDARY = "=_part_1"

Lines = Sequence[str]


def block(*lines: str) -> str:
    """Return header lines, or the fields of a receipt, as they stand in a mail."""
    return "".join(f"{line}\r\n" for line in lines)


def mail(headers: Lines, body: str | bytes = "") -> bytes:
    """Return a mail of header lines and a body."""
    octets = body if isinstance(body, bytes) else body.encode()
    return block(*headers).encode("utf-8", "surrogateescape") + b"\r\n" + octets


def part(head: Lines, body: str | bytes) -> bytes:
    """Return one part of a multipart mail."""
    return mail(head, body)


def multipart(kind: str, parts: Sequence[bytes], headers: Lines = (), boundary: str = BOUNDARY) -> bytes:
    """Return a mail of parts. `kind` is what follows ``multipart/``, with any parameters."""
    line = f"--{boundary}".encode()
    body = b"".join(line + b"\r\n" + each + b"\r\n" for each in parts) + line + b"--\r\n"
    head = ["MIME-Version: 1.0", f'Content-Type: multipart/{kind}; boundary="{boundary}"']
    return mail([*headers, *head], body)


def sent(*more: str, message_id: str = SENT_ID, body: str = "I hold 61 cases.\r\n", subject: str = SUBJECT) -> bytes:
    """Return an ordinary message of the officer, as the sent copy of it is."""
    headers = [f"From: {OFFICER}", f"To: {MANAGER}", f"Subject: {subject}", f"Date: {SENT_DATE}"]
    if message_id:
        headers.append(f"Message-ID: {message_id}")
    text = "Content-Type: text/plain; charset=utf-8"
    return mail([*headers, *more, *([] if any("Content-Type" in each for each in more) else [text])], body)


def answer(*more: str, subject: str = f"RE: {SUBJECT}", body: str = "Noted.\r\n") -> bytes:
    """Return a mail of the manager. What it answers stands in `more`."""
    headers = [f"From: {MANAGER}", f"To: {OFFICER}", f"Subject: {subject}", f"Date: {ANSWER_DATE}"]
    return mail([*headers, "Message-ID: <answer-1@easthaven.justice.example>", *more], body)


def receipt(
    fields: str,
    *more: str,
    subject: str = f"Read: {SUBJECT}",
    human: str = "Your message was read.\r\n",
    heads: Lines = ("Content-Type: message/disposition-notification",),
    others: Sequence[bytes] = (),
) -> bytes:
    """Return a mail receipt: the words for people, the field block and any other parts."""
    parts = [part(["Content-Type: text/plain; charset=utf-8"], human), part(heads, fields), *others]
    headers = [f"From: {MANAGER}", f"To: {OFFICER}", f"Subject: {subject}", f"Date: {ANSWER_DATE}"]
    own = "Message-ID: <receipt-1@easthaven.justice.example>"
    return multipart("report; report-type=disposition-notification", parts, [*headers, own, *more])


def returned(message_id: str = SENT_ID, kind: str = "text/rfc822-headers") -> bytes:
    """Return the part of a report that brings the original back."""
    if kind == "message/rfc822":
        return part([f"Content-Type: {kind}"], sent(message_id=message_id))
    return part([f"Content-Type: {kind}"], sent(message_id=message_id).partition(b"\r\n\r\n")[0] + b"\r\n")


def plain_fields(state: str) -> str:
    """Return the fields of a receipt as RFC 8098 has them."""
    return block(
        "Reporting-UA: desk-4.easthaven.justice.example; Lettermail 2.1",
        f"Original-Recipient: rfc822;{MANAGER_ADDRESS}",
        f"Final-Recipient: rfc822;{MANAGER_ADDRESS}",
        f"Original-Message-ID: {SENT_ID}",
        f"Disposition: manual-action/MDN-sent-manually; {state}",
    )


def _exchange_fields(state: str, *, with_id: bool = True) -> str:
    named = ["Original-Message-ID:", f"\t{SENT_ID}"] if with_id else []
    return block(
        f"Final-recipient: RFC822; {MANAGER_ADDRESS}",
        f"Disposition: automatic-action/MDN-sent-automatically; {state}",
        "X-MSExch-Correlation-Key: " + base64.b64encode(b"correlation").decode(),
        *named,
        "X-Display-Name: Kim Dale",
    )


def exchange(state: str) -> bytes:
    return receipt(_exchange_fields(state))


def exchange_localised(state: str) -> bytes:
    return receipt(_exchange_fields(state), subject=f"=?utf-8?Q?Gelesen:_?= {SUBJECT}", human="Gelesen.\r\n")


def exchange_without_identifier(state: str) -> bytes:
    fields = _exchange_fields(state, with_id=False)
    return receipt(fields, f"In-Reply-To: {SENT_ID}", f"Thread-Topic: {SUBJECT}", subject=f"Lu : {SUBJECT}")


def exchange_beside_tnef(state: str) -> bytes:
    """The part ``winmail.dat`` holds nothing that can be read."""
    tnef = part(['Content-Type: application/ms-tnef; name="winmail.dat"'], b"\x78\x9f\x3e\x22\x01\x00")
    return receipt(_exchange_fields(state), "X-MS-TNEF-Correlator: <c1>", others=[tnef])


def exchange_claiming_tnef(state: str) -> bytes:
    """The outer header says TNEF, and the body is the report all the same."""
    claim = b'Content-Type: application/ms-tnef; name="winmail.dat"'
    whole = exchange(state)
    start = whole.index(b"Content-Type: multipart/report")
    return whole[:start] + claim + whole[whole.index(b"\r\n", start) :]


def thunderbird(state: str, message_id: str = SENT_ID) -> bytes:
    fields = block(
        f"Final-Recipient: rfc822;{MANAGER_ADDRESS}",
        f"Original-Message-ID: {message_id}",
        f"Disposition: manual-action/MDN-sent-manually; {state}",
    )
    heads = [
        "Content-Type: message/disposition-notification; name=MDNPart2.txt",
        "Content-Disposition: inline",
        "Content-Transfer-Encoding: 7bit",
    ]
    original = part(
        ["Content-Type: text/rfc822-headers; name=MDNPart3.txt", "Content-Transfer-Encoding: 7bit"],
        block(f"From: {OFFICER}", f"Subject: {SUBJECT}", f"Date: {SENT_DATE}"),
    )
    return receipt(fields, heads=heads, others=[original])


def thunderbird_without_identifier(state: str) -> bytes:
    return thunderbird(state, "<>")


def roundcube(state: str, message_id: str = SENT_ID) -> bytes:
    fields = block(
        "Reporting-UA: Roundcube Webmail",
        f"Original-Recipient: {MANAGER}, Ash Byrne <ash.byrne@example.org>",
        f"Final-Recipient: rfc822;{MANAGER_ADDRESS}",
        f"Disposition: manual-action/MDN-sent-manually; {state}",
        f"Original-Message-ID: {message_id}",
    )
    return receipt(fields)


def roundcube_bracketless(state: str) -> bytes:
    return roundcube(state, SENT_ID.strip("<>"))


def roundcube_empty_identifier(state: str) -> bytes:
    return roundcube(state, "")


def squirrelmail(state: str) -> bytes:
    return receipt(plain_fields(state).replace(": ", " : "))


def fairemail(state: str) -> bytes:
    fields = block(
        f"Original-Recipient: rfc822;{MANAGER_ADDRESS}",
        f"Disposition: manual-action/MDN-sent-manually; {state}",
    )
    return receipt(fields, f"In-Reply-To: {SENT_ID}")


def claws(state: str) -> bytes:
    doubled = part(['Content-Type: application/octet-stream; name="mdn.txt"'], plain_fields(state))
    return receipt(plain_fields(state), others=[doubled])


def sylpheed(state: str) -> bytes:
    """The fields stand in the ``application/octet-stream`` part alone."""
    return receipt(plain_fields(state), heads=["Content-Type: application/octet-stream"])


def kmail(state: str) -> bytes:
    fields = block(
        "Reporting-UA: desk-4.example.org; KMail 5.20",
        f"Final-Recipient: rfc822; =?utf-8?B?{base64.b64encode('Kim Dâle'.encode()).decode()}?= <{MANAGER_ADDRESS}>",
        f"Original-Message-ID: {SENT_ID}",
        f"Disposition: manual-action/MDN-sent-manually; {state}/a,b",
    )
    return receipt(fields)


def kmail_all_encoded(state: str) -> bytes:
    word = base64.b64encode(f"rfc822;{MANAGER_ADDRESS}".encode()).decode()
    fields = plain_fields(state).replace(
        f"Final-Recipient: rfc822;{MANAGER_ADDRESS}", f"Final-Recipient: =?utf-8?B?{word}?="
    )
    return receipt(fields)


def sogo(state: str) -> bytes:
    return receipt(plain_fields(state).removesuffix("\r\n"))


def seznam(state: str) -> bytes:
    """The fields follow the part's own header at once."""
    whole = receipt(plain_fields(state))
    head = b"Content-Type: message/disposition-notification\r\n"
    return whole.replace(head + b"\r\n", head)


def as2_gateway(state: str) -> bytes:
    return receipt(plain_fields(state).replace("rfc822;", ""))


def dovecot_quota(state: str) -> bytes:
    fields = block(
        "Reporting-UA: mail; Dovecot Mail Delivery Agent",
        f"Final-Recipient: rfc822; {MANAGER_ADDRESS}",
        f"Original-Message-ID: {SENT_ID}",
        f"Disposition: automatic-action/MDN-sent-automatically; {state}",
    )
    return receipt(fields, "Auto-Submitted: auto-replied (rejected)", subject="Automatically rejected mail")


CLIENTS: dict[str, Callable[[str], bytes]] = {
    each.__name__: each
    for each in (
        exchange,
        exchange_localised,
        exchange_without_identifier,
        exchange_beside_tnef,
        exchange_claiming_tnef,
        thunderbird,
        thunderbird_without_identifier,
        roundcube,
        roundcube_bracketless,
        roundcube_empty_identifier,
        squirrelmail,
        fairemail,
        claws,
        sylpheed,
        kmail,
        kmail_all_encoded,
        sogo,
        seznam,
        as2_gateway,
        dovecot_quota,
    )
}
"""Writes the receipt of each client, for a disposition such as ``displayed``."""

UNNAMED = {"exchange_without_identifier", "thunderbird_without_identifier", "roundcube_empty_identifier", "fairemail"}
"""The clients above whose receipts do not name the message they are for."""


def free_text(sender: str = "Samsung") -> bytes:
    """Return what some telephones send instead of a receipt: a sentence."""
    words = f"Message was read on {ANSWER_DATE}.\r\nYour message to {MANAGER_ADDRESS} was displayed. ({sender})\r\n"
    return answer(f"In-Reply-To: {SENT_ID}", f"References: {SENT_ID}", subject=f"Read: {SUBJECT}", body=words)


def recipient_row(address: str, action: str, *more: str, status: str = "5.1.1") -> str:
    """Return the fields of one recipient in a delivery report."""
    return block(f"Final-Recipient: rfc822; {address}", f"Action: {action}", f"Status: {status}", *more)


def delivery_report(*rows: str, others: Sequence[bytes] | None = None, gap: str = "\r\n") -> bytes:
    """Return a delivery report (RFC 3464) with a row for each recipient and the original's headers."""
    fields = block("Reporting-MTA: dns; mx.example.org", f"Arrival-Date: {SENT_DATE}") + gap + gap.join(rows)
    parts = [
        part(["Content-Type: text/plain"], "This is the mail system at mx.example.org.\r\n"),
        part(["Content-Type: message/delivery-status"], fields),
        *([returned()] if others is None else others),
    ]
    headers = [
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>",
        f"To: {OFFICER}",
        "Subject: Undelivered Mail Returned to Sender",
        f"Date: {ANSWER_DATE}",
        "Message-ID: <bounce-1@mx.example.org>",
        "Auto-Submitted: auto-replied",
    ]
    return multipart("report; report-type=delivery-status", parts, headers, "=_bounce_1")


def enclosing(*inner: bytes, kind: str = "message/rfc822", boundary: str = "=_outer_1") -> bytes:
    """Return a message with some words and other mails enclosed in it."""
    parts = [
        part(["Content-Type: text/plain"], "See below.\r\n"),
        *[part([f"Content-Type: {kind}"], each) for each in inner],
    ]
    headers = [f"From: {MANAGER}", f"To: {OFFICER}", "Subject: As you asked", "Message-ID: <cover-1@example.org>"]
    return multipart("mixed", parts, headers, boundary)


AUTOMATIC: dict[str, Lines] = {
    "RFC 3834": ["Auto-Submitted: auto-replied"],
    "with a comment": ["Auto-Submitted: (out of office) auto-replied", "X-Autoreply: yes"],
    "upper case": ["Auto-Submitted: AUTO-REPLIED; owner-email=x@example.org"],
    "X-Autoreply": ["X-Autoreply: yes"],
    "X-Autorespond": ["X-Autorespond: away"],
    "Precedence": ["Precedence: auto_reply"],
    "Exchange": [
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent",
    ],
}
"""How programs mark an automatic reply."""


def mbox(*mails: bytes, newline: bytes = b"\n") -> bytes:
    """Return a mailbox file of some mails."""
    line = b"From kim.dale@easthaven.justice.example Tue Apr 15 09:30:00 2025"
    whole = b"".join(line + b"\r\n" + each.rstrip(b"\r\n") + b"\r\n\r\n" for each in mails)
    return with_line_ends(whole, newline)


def with_line_ends(octets: bytes, newline: bytes) -> bytes:
    """Return a mail with other line ends."""
    return octets.replace(b"\r\n", newline)
