"""The files that mail is brought in from: one mail each, mailboxes of many, and folders of these."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.errors import InputError
from evidence_app.files import reason
from evidence_app.mail.reading import HEAD, Container, container_of, mails_in_mbox
from evidence_app.mail.text import clean_line

MAX_MBOX_BYTES: Final = 1024**3


@dataclass(frozen=True, slots=True)
class MailOrigin:
    """Where a mail comes from: a file, and for a mailbox the part of it (from one byte to another)."""

    path: Path
    name: str
    container: Container
    span: tuple[int, int] | None = None

    def load(self) -> bytes:
        """Read the exact bytes.

        Raises:
            InputError: they cannot be read.
        """
        try:
            with self.path.open("rb") as file:
                if self.span is None:
                    return file.read()
                file.seek(self.span[0])
                return file.read(self.span[1] - self.span[0])
        except OSError as error:
            raise InputError(f"{self.path.name} cannot be read: {reason(error)}.") from error


def files_in(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that some paths name; folders are gone through in the order of names, links are not followed."""
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if not each.is_symlink())
            yield from (each for each in inside if each.is_file() and not _passes_a_link(each, path))
        else:
            yield path


def _passes_a_link(path: Path, top: Path) -> bool:
    return any(parent.is_symlink() for parent in path.parents if parent != top and top in parent.parents)


def origins_in(path: Path) -> Iterator[MailOrigin]:
    """Yield the mails in a file.

    Raises:
        InputError: the file cannot be read.
    """
    if path.exists() and not path.is_file():
        raise InputError(f"{clean_line(path.name, MAX_LINE_LENGTH)} is not a file.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    container = container_of(head, path.name)
    name = clean_line(path.name, MAX_LINE_LENGTH) or "file"
    if container is Container.MBOX and size <= MAX_MBOX_BYTES:
        whole = MailOrigin(path, name, Container.INTERNET).load()
        spans = list(mails_in_mbox(whole))
        if len(spans) != 1:
            for number, span in enumerate(spans, start=1):
                yield MailOrigin(path, f"{name[:400]}-{number}.eml", Container.INTERNET, span)
            return
    yield MailOrigin(path, name, Container.INTERNET if container is Container.MBOX else container)
