"""Mails that once broke a parser or were wrongly trusted: each is handled safely."""

import random
import time
from pathlib import Path

import pytest

from evidence_app.mail.dkim import FAILED, check_dkim, read_key_records
from evidence_app.mail.reading import HEAD, Container, container_of, mails_in_mbox, read_mail
from evidence_app.mail.values import NOT_STATED, STATES, Mail
from tests.support import mails

FOLDER = Path(__file__).parent / "mail_findings"
FILES = sorted(path.name for path in FOLDER.iterdir() if path.suffix in {".eml", ".msg", ".tnef", ".mbox"})
STATED = {
    "D01_injected_by_vt.eml": "deleted",
    "D03_part_header.eml": "deleted",
    "D05_deleted_item_displayed_headers.msg": "deleted",
}
CONTROL = [chr(code) for code in (*range(0x20), 0x7F) if chr(code) not in "\n\t"]
SECONDS = 20


def read(name: str) -> Mail:
    untrusted = (FOLDER / name).read_bytes()
    container = container_of(untrusted[:HEAD], name)
    if container is Container.MBOX:
        spans = list(mails_in_mbox(untrusted))
        return read_mail(b"".join(untrusted[begin:end] for begin, end in spans), Container.INTERNET)
    return read_mail(untrusted, container)


def words_of(mail: Mail) -> list[str]:
    receipt = mail.receipt
    named = [receipt.for_message_id, receipt.final_recipient, receipt.reporting_ua] if receipt else []
    return [
        mail.subject,
        mail.sender,
        mail.message_id,
        *mail.to,
        *mail.references,
        *(file.name for file in mail.files),
        *named,
    ]


@pytest.mark.parametrize("name", FILES)
def test_each_finding_is_parsed_quickly_and_without_an_error(name: str) -> None:
    begun = time.process_time()
    mail = read(name)
    assert time.process_time() - begun < SECONDS, "it took as long as it did when it was found"
    for text in words_of(mail):
        assert not any(character in text for character in CONTROL), f"a control character came out: {text!r}"
    for file in mail.files:
        assert "/" not in file.name, "a file's name leads into a folder"
        assert file.name.strip(". "), "a file's name leads to a folder"


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("D0")])
def test_a_mail_that_was_not_displayed_is_not_called_displayed(name: str) -> None:
    receipt = read(name).receipt
    state = receipt.state if receipt else None
    assert state == STATED.get(name, state)
    assert state != "displayed"


@pytest.mark.parametrize("name", sorted(path.name for path in FOLDER.glob("dkim_*.eml")))
def test_a_mail_with_unsigned_visible_headers_is_not_verified(name: str) -> None:
    keys = read_key_records((FOLDER / "dkim_key.txt").read_text(encoding="utf-8"))
    result = check_dkim((FOLDER / name).read_bytes(), keys.get)
    assert result.result == FAILED
    assert result.reason, "it does not say why"


def seeds(samples: Path) -> list[bytes]:
    found = [path.read_bytes() for folder in ("mail", "msg") for path in sorted((samples / folder).iterdir())]
    return found + [write("displayed") for write in mails.CLIENTS.values()]


def mutated(seed: bytes, chance: random.Random) -> bytes:
    octets = bytearray(seed)
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(octets) + 1)
        match chance.randrange(4):
            case 0:
                octets[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del octets[place : place + chance.randint(1, 60)]
            case 2:
                octets[place:place] = chance.choice(
                    [
                        b"\r\n",
                        b"\n\n",
                        b"--",
                        b'"',
                        b";",
                        b"=?utf-8?q?",
                        b"\x00",
                        b"\xff\xff\xff\xff",
                        b"multipart/mixed; boundary=b",
                    ]
                )
            case _:
                start = chance.randrange(len(octets) + 1)
                octets[place:place] = octets[start : start + chance.randint(1, 400)]
    return bytes(octets)


def read_many(samples: Path, count: int) -> None:
    chance, known = random.Random(7), seeds(samples)
    for number in range(count):
        untrusted = mutated(known[number % len(known)], chance)
        for container in (Container.INTERNET, Container.OUTLOOK, Container.TNEF):
            mail = read_mail(untrusted, container)
            assert mail.receipt is None or mail.receipt.state in {*STATES, NOT_STATED}
        check_dkim(untrusted, lambda _: "v=DKIM1; k=rsa; p=AAAA")


def test_mutated_mails_are_read_without_an_error(samples: Path) -> None:
    read_many(samples, 300)


@pytest.mark.long
def test_many_mutated_mails_are_read_without_an_error(samples: Path) -> None:
    read_many(samples, 20_000)
