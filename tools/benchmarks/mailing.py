"""Reading mails, against the standard library's parser on the same bytes; matching and importing many, against few."""

import email
import time
from pathlib import Path

from evidence_app.mail.matching import HeldMail, Holdings, match
from evidence_app.mail.reading import Container, read_mail
from evidence_app.services.core.settings import change_setting
from evidence_app.services.mail.importing import open_import
from tests.support import mails
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, in_turn


def corpus(count: int) -> list[bytes]:
    """Return so many mails: plain messages, replies with quotes, receipts of each mail client, and mails with a PDF, in turn."""
    raw_mails = []
    clients = list(mails.CLIENTS.values())
    for number in range(count):
        words = stores.text(200, number)
        head = f"From: a{number}@x.example\r\nTo: b@x.example\r\nSubject: {words[:60]}\r\nDate: Tue, 15 Apr 2025 10:30:44 +0100\r\n"
        named = f"Message-ID: <{number}@x.example>\r\n"
        match number % 4:
            case 0:
                raw_mails.append(f"{head}{named}Content-Type: text/plain\r\n\r\n{words}\r\n".encode())
            case 1:
                quoted = "\r\n> ".join(words.split(". "))
                raw_mails.append(
                    f"{head}{named}In-Reply-To: <{number - 1}@x.example>\r\n\r\nNoted.\r\n> {quoted}\r\n".encode()
                )
            case 2:
                raw_mails.append(clients[number % len(clients)]("displayed"))
            case _:
                body = "QUJD" * 4000
                part = f"--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n"
                kind = "Content-Type: multipart/mixed; boundary=b\r\n"
                raw_mails.append(f"{head}{named}{kind}\r\n--b\r\n\r\n{words}\r\n{part}--b--\r\n".encode())
    return raw_mails


def reading(count: int = 1_000) -> Result:
    """Read mails; the floor parses them with the package `email`."""
    raw = corpus(count)

    def ours() -> None:
        for content in raw:
            read_mail(content, Container.INTERNET)

    def floor() -> None:
        for content in raw:
            email.message_from_bytes(content)

    mine, least = in_turn(ours, floor, 5)
    return Result("read 1,000 mails", mine, least, "2.5", f"{count / mine:.0f} mails/s")


def receipt_for(number: int) -> bytes:
    """Return a receipt for the message with this number."""
    return mails.exchange("displayed").replace(mails.SENT_ID.encode(), f"<{number}@x.example>".encode())


def time_of_matching(count: int) -> float:
    """Return the seconds that each of `count` receipts takes to be matched against `count` messages."""
    held = {f"<{number}@x.example>": [HeldMail(number, f"<{number}@x.example>")] for number in range(count)}
    holdings = Holdings(by_id=lambda identifier: held.get(identifier, []), by_conversation=lambda _: [])
    receipts = [read_mail(receipt_for(number), Container.INTERNET) for number in range(count)]
    begun = time.perf_counter()
    matched = [match(receipt, holdings).place for receipt in receipts]
    assert matched == list(range(count)), "a receipt was matched to another message"
    return (time.perf_counter() - begun) / count


def matching() -> Result:
    """Match a receipt among ten times as many messages: a linear search would show as a ratio of 10."""
    few, many = min(time_of_matching(1_000) for _ in range(3)), min(time_of_matching(10_000) for _ in range(3))
    return Result("match a receipt: among 10,000 to among 1,000", many, few, "1.3", "grows with the square at 10")


def bringing_in(folder: Path, count: int) -> Result:
    """Import messages and their receipts, half of each, into a store: seconds per mail among many, against among few.

    It is done as `import --seal` does it; beside it stands how many a second are brought in as in the window, which first shows what each
    belongs to.
    """

    def seconds(name: str, total: int, *, preview: bool = False) -> float:
        inbox = folder / f"inbox-{name}"
        inbox.mkdir()
        for number in range(total // 2):
            message = f"From: r@x.example\r\nTo: j@x.example\r\nSubject: s\r\nDate: Tue, 15 Apr 2025 10:30:44 +0100\r\nMessage-ID: <{number}@x.example>\r\n\r\nWords.\r\n"
            (inbox / f"{number}-sent.eml").write_bytes(message.encode())
            (inbox / f"{number}-receipt.eml").write_bytes(receipt_for(number))
        session = stores.new_session(folder / f"mail-{name}")
        # Whether a message was sent or received is known by one's own address.
        change_setting(session, "own_addresses", ["r@x.example"])
        begun = time.perf_counter()
        desk = open_import(session)
        desk.look([inbox], lambda _done, _total: None, lambda: False, preview=preview)
        items = desk.take_in(sealing=True, progress=lambda _done, _total: None)
        duration = time.perf_counter() - begun
        exact = sum(1 for item in items if item.found and item.found.match.how == "exact")
        assert exact == total // 2, f"{exact} of {total // 2} receipts were matched"
        session.close()
        return duration / total

    few, many = seconds("few", max(100, count // 10)), seconds("many", count)
    shown = seconds("shown", count, preview=True)
    remark = f"{1 / many:.0f} mails/s, {1 / shown:.0f} with what each belongs to shown before"
    return Result(f"bring in and seal a mail: {count:,} to a tenth", many, few, "1.3", remark)


def all_of_them(folder: Path, count: int) -> list[Result]:
    """Measure reading, matching and importing."""
    return [reading(), matching(), bringing_in(folder, count)]
