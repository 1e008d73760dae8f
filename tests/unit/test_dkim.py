"""DKIM: the example of RFC 8463, mails signed here, and signatures that must not be trusted."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.mail.dkim import FAILED, NOT_CHECKED, NOT_SIGNED, VERIFIED, DkimResult, check_dkim, read_key_records
from evidence_app.mail.reading import Container, read_mail
from tests.support.mails import with_line_ends

# RFC 8463, appendix A.2 and A.3.
ED_NAME, RSA_NAME = "brisbane._domainkey.football.example.com", "test._domainkey.football.example.com"
RFC_KEYS = {
    ED_NAME: "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    RSA_NAME: "v=DKIM1; k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3id"
    "Y6Wk08a5qhdR6wy5bdOKb2jLQiY/J16JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqM"
    "KrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB",
}
RFC_MAIL = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=test; t=1528637909; h=from : to : subject :
 date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3
 DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz
 dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
""".replace(b"\n", b"\r\n")

NAME = "s1._domainkey.example.org"
HEAD = [
    ("From", " Kim Dale <kim.dale@example.org>"),
    ("To", " Sam Rowe <sam.rowe@easthaven.justice.example>"),
    ("Subject", " A  subject\r\n\tthat is  folded "),
    ("Date", " Tue, 15 Apr 2025 09:30:00 +0100"),
    ("Message-ID", " <signed-1@example.org>"),
]
BODY = b"Noted.  I will \t look \r\n\r\ninto it. \r\n\r\n\r\n"
RSA_KEY = rsa.generate_private_key(65537, 2048)
ED_KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def spelled(name: str, value: str, how: str) -> str:
    """Canonicalise a header field as RFC 6376, section 3.4, has it."""
    if how == "simple":
        return f"{name}:{value}"
    unfolded = re.sub("[ \t]+", " ", value.replace("\r\n", ""))
    return f"{name.lower().strip()}:{unfolded.strip()}"


def spelled_body(body: bytes, how: str) -> bytes:
    """Canonicalise a body as RFC 6376, section 3.4, has it."""
    if how == "relaxed":
        body = re.sub(rb"[ \t]+\r\n", b"\r\n", re.sub(rb"[ \t]+", b" ", body))
    body = re.sub(rb"(?:\r\n)*\Z", b"", body, count=1)
    return body + b"\r\n" if body or how == "simple" else b""


def signature(algorithm: str, message: bytes) -> bytes:
    if algorithm == "ed25519":
        return ED_KEY.sign(hashlib.sha256(message).digest())
    return RSA_KEY.sign(message, padding.PKCS1v15(), hashes.SHA256())


def signed(
    algorithm: str = "rsa",
    head_way: str = "relaxed",
    body_way: str = "relaxed",
    *,
    names: str = "from:to:subject:date:message-id",
    body: bytes = BODY,
    more: str = "",
    sign: Callable[[str, bytes], bytes] = signature,
) -> bytes:
    """Return a mail signed as its domain would. `more` are further tags of the signature."""
    digest = base64.b64encode(hashlib.sha256(spelled_body(body, body_way)).digest()).decode()
    tags = f" v=1; a={algorithm}-sha256; c={head_way}/{body_way}; d=example.org; s=s1;\r\n\th={names};{more} bh={digest};\r\n\tb="
    left = list(HEAD)
    fields = []
    for wanted in names.split(":"):
        found = next((each for each in reversed(left) if each[0].lower() == wanted), None)
        if found:
            left.remove(found)
            fields.append(spelled(*found, head_way))
    fields.append(spelled("DKIM-Signature", tags, head_way))
    made = base64.b64encode(sign(algorithm, "\r\n".join(fields).encode())).decode()
    head = "".join(
        f"{name}:{value}\r\n" for name, value in [("DKIM-Signature", f"{tags}{made[:40]}\r\n\t {made[40:]}"), *HEAD]
    )
    return head.encode() + b"\r\n" + body


def public(algorithm: str, layout: str = "SubjectPublicKeyInfo") -> str:
    if algorithm == "ed25519":
        raw = serialization.PublicFormat.Raw
        return base64.b64encode(ED_KEY.public_key().public_bytes(serialization.Encoding.Raw, raw)).decode()
    made = RSA_KEY.public_key().public_bytes(serialization.Encoding.DER, getattr(serialization.PublicFormat, layout))
    return base64.b64encode(made).decode()


def record(algorithm: str, more: str = "") -> str:
    return f"v=DKIM1; k={algorithm};{more} p={public(algorithm)}"


def check(raw: bytes, key: str | None = None, name: str = NAME) -> DkimResult:
    return check_dkim(raw, lambda asked: key if asked == name else None)


algorithms = pytest.mark.parametrize("algorithm", ["rsa", "ed25519"])
heads = pytest.mark.parametrize("head_way", ["simple", "relaxed"])
bodies = pytest.mark.parametrize("body_way", ["simple", "relaxed"])


@pytest.mark.parametrize("name", [ED_NAME, RSA_NAME])
def test_the_example_of_rfc_8463(name: str) -> None:
    found = check(RFC_MAIL, RFC_KEYS[name], name)
    assert (found.result, found.domain, found.name, found.key) == (
        VERIFIED,
        "football.example.com",
        name,
        RFC_KEYS[name],
    )
    assert check(RFC_MAIL.replace(b"hungry", b"Hungry"), RFC_KEYS[name], name).result == FAILED
    assert check(RFC_MAIL.replace(b"dinner", b"supper"), RFC_KEYS[name], name).result == FAILED
    assert check(RFC_MAIL).result == NOT_CHECKED


@algorithms
@heads
@bodies
@pytest.mark.parametrize(
    "body", [BODY, b"", b"\r\n\r\n", b" \t\r\n", b"no end of line"], ids=["text", "none", "blank", "space", "open"]
)
def test_a_signed_mail_verifies(algorithm: str, head_way: str, body_way: str, body: bytes) -> None:
    raw = signed(algorithm, head_way, body_way, body=body)
    assert replace(check(raw, record(algorithm)), signed=()) == DkimResult(
        VERIFIED, "example.org", NAME, record(algorithm)
    )


@algorithms
@pytest.mark.parametrize("newline", [b"\n", b"\r"], ids=["lf", "cr"])
def test_other_line_ends_make_no_difference(algorithm: str, newline: bytes) -> None:
    assert check(with_line_ends(signed(algorithm), newline), record(algorithm)).result == VERIFIED


@algorithms
@heads
@bodies
def test_a_changed_mail_fails(algorithm: str, head_way: str, body_way: str) -> None:
    raw, key = signed(algorithm, head_way, body_way), record(algorithm)
    changes = {
        b"Noted": b"Noticed",
        b"signed-1": b"signed-2",
        b"A  subject": b"B  subject",
        b"kim.dale": b"ada.pugh",
        b"into it": b"into  it .",
    }
    for old, new in changes.items():
        found = check(raw.replace(old, new, 1), key)
        assert found.result == FAILED, new
        assert found.reason
    assert check(raw + b"more\r\n", key).result == FAILED


def test_relaxed_ignores_white_space_and_simple_does_not() -> None:
    for way, wanted in (("relaxed", VERIFIED), ("simple", FAILED)):
        raw = signed("rsa", way, way)
        assert check(raw.replace(b"Noted.  I", b"Noted. I"), record("rsa")).result == wanted
        assert check(raw.replace(b"From: Kim", b"FROM:  Kim"), record("rsa")).result == wanted


@algorithms
def test_without_a_key_nothing_is_checked(algorithm: str) -> None:
    found = check(signed(algorithm))
    assert (found.result, found.name, found.key) == (NOT_CHECKED, NAME, "")
    assert found.reason


def test_a_mail_without_a_signature() -> None:
    assert check(signed().partition(b"From:")[2], record("rsa")) == DkimResult(NOT_SIGNED)
    assert check(b"From: a\r\n\r\nDKIM-Signature: v=1; a=rsa-sha256\r\n", record("rsa")).result == NOT_SIGNED


REFUSED = {
    "a part of the body": {"more": " l=5;"},
    "no octet of the body": {"more": " l=0;"},
    "not who it is from": {"names": "to:subject:date"},
    "a tag twice": {"more": " d=example.org;"},
    "a tag twice, another case": {"more": " t=1; t=2;"},
    "somebody of another domain": {"more": " i=kim@example.net;"},
}


@pytest.mark.parametrize("name", sorted(REFUSED))
@algorithms
def test_untrustworthy_signatures_are_refused(name: str, algorithm: str) -> None:
    found = check(signed(algorithm, **REFUSED[name]), record(algorithm))
    assert found.result == FAILED
    assert found.reason


@pytest.mark.parametrize(
    "old", ["v=1", "a=rsa-sha256", "d=example.org", "s=s1", "h=from:to:subject:date:message-id", "bh="]
)
def test_a_tag_that_is_missing_fails(old: str) -> None:
    assert check(signed().replace(old.encode(), b"x=1", 1), record("rsa")).result == FAILED


@pytest.mark.parametrize("new", ["a=rsa-sha1", "a=rsa-sha512", "a=none", "v=2", "c=loose/relaxed", "c=relaxed/loose"])
def test_another_algorithm_is_refused(new: str) -> None:
    raw = re.sub(rf"\b{new[0]}=[^;]+".encode(), new.encode(), signed(), count=1)
    assert check(raw, record("rsa")).result == FAILED


KEYS = {
    "revoked": "v=DKIM1; k=rsa; p=",
    "of another kind": record("ed25519"),
    "named as another kind": f"v=DKIM1; k=ed25519; p={public('rsa')}",
    "for another hash": record("rsa", " h=sha1;"),
    "for another service": record("rsa", " s=telephone;"),
    "of another version": record("rsa").replace("DKIM1", "DKIM2"),
    "no key": "v=DKIM1; k=rsa; p=AAAA",
    "not base64": "v=DKIM1; k=rsa; p=@@@",
    "a tag twice": record("rsa") + "; k=rsa",
    "empty": "",
}


@pytest.mark.parametrize("name", sorted(KEYS))
def test_a_key_that_does_not_fit_fails(name: str) -> None:
    assert check(signed(), KEYS[name]).result == FAILED


@pytest.mark.parametrize(
    "key",
    [
        f"p={public('rsa')}",
        f"k=rsa; p={public('rsa', 'PKCS1')}",
        record("rsa", " h=sha1:sha256; s=email; t=y;"),
        record("rsa") + ";",
        record("rsa", " s=*;"),
    ],
    ids=["p alone", "PKCS #1", "more tags", "a semicolon last", "any service"],
)
def test_a_key_may_be_written_in_these_ways(key: str) -> None:
    assert check(signed(), key).result == VERIFIED


def test_a_short_key_is_refused() -> None:
    p, q = next_prime(2**383 + 2**382), next_prime(2**383 + 2**382 + 2**300)
    private = pow(65537, -1, (p - 1) * (q - 1))

    def sign(_: str, message: bytes) -> bytes:
        info = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(message).digest()
        padded = b"\0\1" + b"\xff" * (96 - 3 - len(info)) + b"\0" + info
        return pow(int.from_bytes(padded), private, p * q).to_bytes(96)

    number = (p * q).to_bytes(97)
    der = b"\x02\x61" + number + b"\x02\x03\x01\x00\x01"
    key = base64.b64encode(b"\x30" + bytes([len(der)]) + der).decode()
    assert check(signed(sign=sign), f"k=rsa; p={key}").result == FAILED


def next_prime(number: int) -> int:
    number |= 1
    while pow(2, number - 1, number) != 1:
        number += 2
    return number


SINGLE = [
    "From: Ada Pugh <ada@example.net>",
    "Subject: Agreed",
    "Date: Mon, 1 Jan 2024 00:00:00 +0000",
    "Message-ID: <x@example.net>",
]


@pytest.mark.parametrize("line", SINGLE)
@pytest.mark.parametrize("first", [True, False], ids=["above", "below"])
def test_an_unsigned_second_header_does_not_count_as_signed(line: str, first: bool) -> None:
    """RFC 6376, section 8.15: of two fields with one name the last is signed, and a reader shows the first."""
    raw, key = signed(), record("rsa")
    head, _, body = raw.partition(b"\r\n\r\n")
    added = line.encode()
    changed = (added + b"\r\n" + head if first else head + b"\r\n" + added) + b"\r\n\r\n" + body
    before, after = (read_mail(each, Container.INTERNET) for each in (raw, changed))
    shown_as_signed = (before.sender, before.subject, before.sent_at, before.message_id) == (
        after.sender,
        after.subject,
        after.sent_at,
        after.message_id,
    )
    found = check(changed, key)
    assert found.result == FAILED or shown_as_signed
    if line.startswith("From"):
        assert found.result == FAILED, "RFC 5322 allows one From"


def test_a_header_signed_as_missing_cannot_be_added() -> None:
    raw = signed(names="from:from:subject:subject:reply-to")
    assert check(raw, record("rsa")).result == VERIFIED
    for line in (b"From: x@example.net\r\n", b"Subject: x\r\n", b"Reply-To: x@example.net\r\n"):
        assert check(line + raw, record("rsa")).result == FAILED


def test_the_first_valid_signature_counts() -> None:
    other = signed("ed25519").partition(b"From:")[0].replace(b"s=s1", b"s=s2")
    assert check(other + signed(), record("rsa")).result == VERIFIED
    assert check(other + signed().replace(b"Noted", b"Not"), record("rsa")).result == FAILED


def test_key_records_are_read_as_programs_print_them() -> None:
    key = RFC_KEYS[RSA_NAME]
    cut = f'"{key[:60]}" "{key[60:]}"'
    text = f"{RSA_NAME}. 3600 IN TXT ( {cut} )\n{ED_NAME}\t{RFC_KEYS[ED_NAME]}\n\n; a remark\nwww.example.org. IN A 192.0.2.1\n"
    assert read_key_records(text) == RFC_KEYS


@given(st.integers(0, len(RFC_MAIL) - 1), st.integers(0, 255))
def test_no_octet_of_what_is_signed_can_be_changed(place: int, octet: int) -> None:
    """What relaxed canonicalisation reads over is told by spelling both."""
    start = RFC_MAIL.index(b"From:")
    place = start + place % (len(RFC_MAIL) - start)
    changed = RFC_MAIL[:place] + bytes([octet]) + RFC_MAIL[place + 1 :]
    same = re.sub(rb"\s+", b" ", changed).lower() == re.sub(rb"\s+", b" ", RFC_MAIL).lower()
    found = check(changed, RFC_KEYS[ED_NAME], ED_NAME)
    assert found.result == FAILED or same


@given(st.binary(max_size=200), st.text(max_size=80))
def test_no_signature_or_key_raises(octets: bytes, key: str) -> None:
    raw = b"DKIM-Signature: " + octets + b"\r\nFrom: a@example.org\r\n\r\n"
    assert check_dkim(raw, lambda _: key).result != VERIFIED
    assert check(signed(), key).result == FAILED
    assert isinstance(read_key_records(key), dict)
