"""Mail files to import: single mails (.eml, .msg), mbox files, and folders of these (docs/spec/mail.md, section 1)."""

import mmap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from evidence_app.documents.workers.sessions import ForeignSession, Refused, WorkerEnded, opened_in_worker
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.errors import InputError
from evidence_app.files import reason
from evidence_app.mail.outlook import personal_store
from evidence_app.mail.outlook.personal_store import StoredItem
from evidence_app.mail.reading import HEAD, Container, container_of, mails_in_mbox
from evidence_app.mail.text import clean_line, file_name

INDEXES: Final = frozenset({".msf", ".mozmsgs"})
"""Endings of files that Thunderbird keeps beside its mailboxes, and that hold no mail."""


@dataclass(frozen=True, slots=True)
class MailOrigin:
    """Source of one mail: a file, and for an mbox file the byte range (start, end) in it, for a data file of Outlook its number there.

    `name` is the file name to display, `folder` the folder of the mail program that it stands in.
    """

    path: Path
    name: str
    container: Container
    span: tuple[int, int] | None = None
    number: int | None = None
    folder: str = ""

    @property
    def is_whole_file(self) -> bool:
        """Whether the mail is all that is in the file."""
        return self.span is None and self.number is None

    def load(self) -> bytes:
        """Read the exact bytes of the mail; of an item of a data file those of a .msg file that is made of it.

        Raises:
            InputError: the file cannot be read.
        """
        if self.number is not None:
            with _opened_store(self.path) as store:
                try:
                    item: bytes = store.ask("item", self.number)
                except (Refused, WorkerEnded) as error:
                    raise InputError(f"Item {self.number + 1} of {self.path.name} cannot be read.") from error
                return item
        try:
            with self.path.open("rb") as file:
                if self.span is None:
                    return file.read()
                file.seek(self.span[0])
                return file.read(self.span[1] - self.span[0])
        except OSError as error:
            raise InputError(f"{self.path.name} cannot be read: {reason(error)}.") from error


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files at or below some paths. Folders are walked in name order; symbolic links below them are not followed.

    A folder that cannot be read is yielded itself, so that it is named.
    """
    for path in paths:
        yield from _files_below(path) if path.is_dir() else (path,)


def _files_below(top: Path) -> Iterator[Path]:
    waiting = [top]
    while waiting:
        path = waiting.pop()
        if path.is_symlink() and path != top:
            continue
        if path.is_dir():
            try:
                waiting += sorted(path.iterdir(), reverse=True)
            except OSError:
                yield path
        elif path.suffix.lower() not in INDEXES and path.is_file():
            yield path


def origins_in(path: Path) -> Iterator[MailOrigin]:
    """Yield the mails in a file: those of an mbox file, else the file as a whole.

    Raises:
        InputError: the file cannot be read, or is not a regular file.
    """
    if path.is_dir():
        raise InputError(
            f"The folder {clean_line(path.name, MAX_LINE_LENGTH)} cannot be read: nothing in it was looked at."
        )
    if path.exists() and not path.is_file():
        raise InputError(f"{clean_line(path.name, MAX_LINE_LENGTH)} is not a file.")
    try:
        with path.open("rb") as file:
            first_bytes = file.read(HEAD)
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    if first_bytes.startswith(personal_store.SIGNATURE):
        yield from _items_in(path)
        return
    container = container_of(first_bytes, path.name)
    name = clean_line(path.name, MAX_LINE_LENGTH) or "file"
    if container is Container.MBOX:
        spans = _spans_in(path)
        # One mail in a mailbox is cut out too: the line above it is none of its own, and its name is that of a mail.
        for number, span in enumerate(spans, start=1):
            yield MailOrigin(path, f"{name[:400]}-{number}.eml", Container.INTERNET, span)
        if spans:
            return
    yield MailOrigin(path, name, Container.INTERNET if container is Container.MBOX else container)


def _spans_in(path: Path) -> list[tuple[int, int]]:
    """Return where each mail of a mailbox begins and ends. The file is mapped, not read: mailboxes have gigabytes.

    Raises:
        InputError: it cannot be read.
    """
    try:
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            return list(mails_in_mbox(mapped))
    except (OSError, ValueError) as error:
        raise InputError(f"{path.name} cannot be read: it was changed or is too large for this machine.") from error


def _items_in(path: Path) -> Iterator[MailOrigin]:
    """Yield the items of a data file of Outlook.

    Raises:
        InputError: what reads such files is not installed, or cannot read this one.
    """
    if not personal_store.can_read():
        raise InputError(f"{path.name} {personal_store.NEEDED}")
    with _opened_store(path) as store:
        items: Sequence[StoredItem] = store.facts
    for item in items:
        name = file_name(f"{item.subject or 'item'}.msg", "item.msg")
        yield MailOrigin(path, name, Container.OUTLOOK, number=item.number, folder=item.folder)


@contextmanager
def _opened_store(path: Path) -> Iterator[ForeignSession]:
    try:
        with opened_in_worker("personal store", sha256(bytes(path)).digest(), str(path.resolve())) as session:
            yield session
    except (Refused, WorkerEnded) as error:
        raise InputError(f"{path.name} {personal_store.DAMAGED}.") from error
