"""Mail files to import: single mails (.eml, .msg), mbox files, and folders of these (docs/spec/mail.md, section 1)."""

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
"""Maximum size of an mbox file that is split into its mails, in bytes (1 GiB). A larger one counts as one mail."""


@dataclass(frozen=True, slots=True)
class MailOrigin:
    """Source of one mail: a file, and for an mbox file the byte range (start, end) in it. `name` is the file name to display."""

    path: Path
    name: str
    container: Container
    span: tuple[int, int] | None = None

    def load(self) -> bytes:
        """Read the exact bytes of the mail.

        Raises:
            InputError: the file cannot be read.
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
    """Yield the files at or below some paths. Folders are walked in name order; symbolic links below them are not followed."""
    for path in paths:
        if path.is_dir():
            inside = sorted(each for each in path.rglob("*") if not each.is_symlink())
            yield from (each for each in inside if each.is_file() and not _passes_a_link(each, path))
        else:
            yield path


def _passes_a_link(path: Path, top: Path) -> bool:
    return any(parent.is_symlink() for parent in path.parents if parent != top and top in parent.parents)


def origins_in(path: Path) -> Iterator[MailOrigin]:
    """Yield the mails in a file: those of an mbox file, else the file as a whole.

    Raises:
        InputError: the file cannot be read, or is not a regular file.
    """
    if path.exists() and not path.is_file():
        raise InputError(f"{clean_line(path.name, MAX_LINE_LENGTH)} is not a file.")
    try:
        with path.open("rb") as file:
            first_bytes = file.read(HEAD)
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    container = container_of(first_bytes, path.name)
    name = clean_line(path.name, MAX_LINE_LENGTH) or "file"
    if container is Container.MBOX and size <= MAX_MBOX_BYTES:
        mailbox = MailOrigin(path, name, Container.INTERNET).load()
        spans = list(mails_in_mbox(mailbox))
        if len(spans) != 1:
            for number, span in enumerate(spans, start=1):
                yield MailOrigin(path, f"{name[:400]}-{number}.eml", Container.INTERNET, span)
            return
    yield MailOrigin(path, name, Container.INTERNET if container is Container.MBOX else container)
