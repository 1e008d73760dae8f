"""Reads what is brought in: mails in batches, in workers, while those before them are looked at.

A batch that its worker cannot read, or not in time, is read again mail by mail: one bad mail costs no other its words.
"""

from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Final

from evidence_app.documents.workers.sessions import MAX_WORKERS
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.errors import Cancelled, InputError
from evidence_app.mail.opening import read_foreign_mails
from evidence_app.mail.reading import Container
from evidence_app.mail.text import clean_line
from evidence_app.mail.values import Mail
from evidence_app.services.mail.mail_files import MailOrigin, origins_in

BATCH: Final = 32
"""How many mails a worker is given at once, at the most."""
BATCH_BYTES: Final = 4 * 1024 * 1024
"""How many bytes of mails a worker is given at once, unless one alone has more."""


@dataclass(frozen=True, slots=True)
class Read:
    """What came of one file, or of one mail in it: its bytes and, where it is mail, what was read; or why it cannot be read."""

    origin: MailOrigin
    content: bytes = b""
    mail: Mail | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A mail's exact bytes, and the mail read from them with its files."""

    content: bytes
    mail: Mail

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return len(self.content) + sum(len(file.content) for file in self.mail.files)


def read_ahead(files: Iterable[Path]) -> Generator[Read, None, None]:
    """Yield what is in each file, in their order. A file that cannot be read is yielded with its fault, and stops no other."""
    stopped = Event()

    def tick() -> None:
        if stopped.is_set():
            raise Cancelled

    readers = ThreadPoolExecutor(MAX_WORKERS)
    waiting: deque[tuple[list[Read], Future[list[Mail]]]] = deque()
    try:
        for batch in _batches(_loaded(files)):
            waiting.append((batch, readers.submit(read_foreign_mails, _mails_of(batch), tick)))
            if len(waiting) > MAX_WORKERS:
                yield from _with_mails(*waiting.popleft())
        while waiting:
            yield from _with_mails(*waiting.popleft())
    finally:
        # Where nobody wants the rest, workers that read it are ended: none is left with mails when the store is closed.
        stopped.set()
        readers.shutdown(cancel_futures=True)


def _loaded(files: Iterable[Path]) -> Iterator[Read]:
    for path in files:
        try:
            for origin in origins_in(path):
                yield Read(origin, origin.load())
        except InputError as error:
            origin = MailOrigin(path, clean_line(path.name, MAX_LINE_LENGTH) or "file", Container.NONE)
            yield Read(origin, fault=error.sentence)


def _batches(loaded: Iterable[Read]) -> Iterator[list[Read]]:
    batch: list[Read] = []
    size = 0
    for each in loaded:
        if batch and (len(batch) == BATCH or size + len(each.content) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += len(each.content)
    if batch:
        yield batch


def _mails_of(batch: Sequence[Read]) -> list[tuple[bytes, Container]]:
    return [(each.content, each.origin.container) for each in batch if each.origin.container is not Container.NONE]


def _with_mails(batch: Sequence[Read], reading: "Future[list[Mail]]") -> Iterator[Read]:
    mails = iter(reading.result())
    for each in batch:
        is_mail = each.origin.container is not Container.NONE
        yield Read(each.origin, each.content, next(mails)) if is_mail else each
