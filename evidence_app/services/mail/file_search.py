"""Makes the words that attached files show findable: files are read one by one, after sealing, by the reader of files."""

from collections.abc import Iterator
from typing import Final

from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.documents.read_file import NOT_READ, TOO_LARGE
from evidence_app.domain.progress import Cancel, Progress, never, no_progress
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.errors import Cancelled, StoreDamaged
from evidence_app.services.core.session import Session
from evidence_app.services.mail.file_pages import MAX_BYTES, pages_of_file

MAX_CHARACTERS: Final = 20_000_000
"""Characters of a file that are made findable at most."""
MISSING: Final = "the store does not hold it whole"


def count_not_read(session: Session) -> int:
    """Return how many attached files are not searched yet."""
    return len(session.store.attachments.not_read())


def count_in_doubt(session: Session) -> int:
    """Return how many attached files were read and have pages that could not be."""
    return session.store.attachments.count_in_doubt()


def read_files(
    session: Session, progress: Progress = no_progress, cancel: Cancel = never, limit: int | None = None
) -> int:
    """Read attached files that were not read yet, at most `limit`, so that they are searched. Return how many are left.

    Each file is kept as soon as it is read: nothing is lost where it is stopped. Progress is in files. A store that is open for reading alone is left
    as it is.

    Raises:
        Cancelled: `cancel` returned True.
    """
    waiting = session.store.attachments.not_read()
    total = len(waiting) if limit is None else min(limit, len(waiting))
    if not session.store.writable:
        return len(waiting)
    for done, sha256 in enumerate(waiting[:total]):
        if cancel():
            raise Cancelled
        progress(done, total)
        text, doubt = _words_of(session, sha256, cancel)
        with session.store.transaction():
            session.store.attachments.add_words(sha256, text, doubt)
    progress(total, total)
    return len(waiting) - total


def _words_of(session: Session, sha256: str, cancel: Cancel) -> tuple[str, str]:
    """Return the words that a file shows, and what of it could not be read, or ""."""

    def tick() -> None:
        if cancel():
            raise Cancelled

    if session.store.attachments.size_of(sha256) > MAX_BYTES:
        return "", TOO_LARGE
    try:
        content = b"".join(session.store.attachments.stream(sha256))
    except StoreDamaged:
        return "", MISSING
    name = _name_of(session, sha256)
    facts = AttachmentFacts(name, sha256, len(content), media_type(content[:HEAD_BYTES], name))
    texts, doubts = [], []
    length = 0
    for page in pages_of_file(facts, content, tick=tick):
        if length > MAX_CHARACTERS:
            doubts.append(TOO_LARGE)
            break
        for text in (reading.text for reading in page.shown.readings):
            texts.append(text)
            length += len(text)
        doubts += [page.shown.doubt] if page.shown.doubt else []
    return "\n".join(texts), "; ".join(dict.fromkeys(doubts)) or ("" if texts else NOT_READ)


def _name_of(session: Session, sha256: str) -> str:
    """Return the name under which the first record with a file has it."""
    names: Iterator[str] = (
        facts.name
        for index in session.store.records.found_by(f"file:{sha256}")
        for facts in session.store.records.get(index).attachments
        if facts.sha256 == sha256
    )
    return next(names, "")
