"""What a file shows, page by page: mails with the files in them, PDFs, pictures and texts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from evidence_app.bundle.exhibits.mails import MailSheet
from evidence_app.documents.media_types import HEAD_BYTES, MAIL_TYPES, TEXT_TYPES, media_type
from evidence_app.documents.office.content import CannotRead, DocumentContent
from evidence_app.documents.opening import content_of_foreign
from evidence_app.documents.read_file import (
    DAMAGED,
    NOT_READ,
    TOO_LARGE,
    bookmarks_in_foreign_pdf,
    files_in_foreign_pdf,
    read_file,
)
from evidence_app.documents.shown_words import Reading, ShownPage, WordSource
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.services.mail.mail_sheets import mail_sheet

CORRESPONDENCE: Final = frozenset({"From", "To", "Copied to", "Copied unseen", "Sent by", "People", "Called by"})
"""Headers of a mail that name people."""
MAX_DEPTH: Final = 5
"""Mails within mails that are opened."""
MAX_BYTES: Final = 200 * 1024 * 1024
"""Size of a file that is read and shown as pages, in bytes."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page of a file, or of a file in it: `label` as it is printed, such as 4.1, `digest` of the file, `number` from 1; 0 where it has no pages.

    With `is_head` it is who wrote to whom: names there are asked about only if they are those of somebody who is withheld.
    """

    label: str
    digest: str
    number: int
    shown: ShownPage
    is_head: bool = False


def pages_of_file(
    facts: AttachmentFacts,
    content: bytes,
    label: str = "",
    elsewhere: frozenset[str] = frozenset(),
    *,
    files: bool = True,
    words: bool = True,
    page_alone: bool = False,
    own_index: bool = False,
    depth: int = 0,
    tick: Callable[[], None] = lambda: None,
) -> Iterator[FilePage]:
    """Yield the pages of a file: of mails with what is in them, but for the files that are shown `elsewhere`, by SHA-256.

    Without `files` those of a mail alone, without `words` its head alone; with `page_alone` a document without what stands beside its pages; with `own_index` the bookmarks of a PDF too. `tick` is called before each page and may raise to stop.
    """
    if facts.media_type in MAIL_TYPES:
        sheet = mail_sheet(facts, content)
        if sheet is None:
            return
        yield from _pages_of_mail(sheet, facts.sha256, label, words)
        yield from _files_in(
            sheet.files,
            facts.sha256,
            label,
            elsewhere,
            files,
            words=words,
            page_alone=page_alone,
            depth=depth,
            tick=tick,
        )
        return
    if not files and not depth:
        return
    said = _content_of(facts, content)
    if said is not None:
        said = said.page_alone() if page_alone else said
        yield FilePage(label, facts.sha256, 0, _text_page(said.text()))
        yield FilePage(label, facts.sha256, 0, _text_page("\n".join(text for _, text in said.properties)))
        yield from _files_in(
            said.files, facts.sha256, label, elsewhere, words=words, page_alone=page_alone, depth=depth, tick=tick
        )
        return
    if facts.media_type == "application/pdf" and own_index:
        titles = "\n".join(title for _, title in bookmarks_in_foreign_pdf(content, tick))
        yield FilePage(label, facts.sha256, 0, _text_page(titles))
    if facts.media_type == "application/pdf":
        attached = files_in_foreign_pdf(content, tick)
        if attached is None:
            return
        yield from _files_in(
            attached, facts.sha256, label, elsewhere, words=words, page_alone=page_alone, depth=depth, tick=tick
        )
    for number, shown in enumerate(read_file(facts.media_type, content, tick), start=1):
        # A file that cannot be read is not shown either: a slip sheet stands for it.
        if shown.doubt not in {NOT_READ, DAMAGED, TOO_LARGE}:
            yield FilePage(label, facts.sha256, 0 if facts.media_type in TEXT_TYPES else number, shown)


def _pages_of_mail(sheet: MailSheet, digest: str, label: str, words: bool) -> Iterator[FilePage]:
    """Yield who wrote to whom, what else the head of a mail says, and with `words` what was written."""
    people = ", ".join(text for name, text in sheet.headers if name in CORRESPONDENCE)
    yield FilePage(label, digest, 0, _text_page(people), is_head=True)
    others = [text for name, text in sheet.headers if name not in {*CORRESPONDENCE, "Subject", "Files in it"}]
    others += [text for _, text in (*sheet.fields, *sheet.technical)]
    yield FilePage(label, digest, 0, _text_page("\n".join(others)), is_head=True)
    if words:
        for text in (next((text for name, text in sheet.headers if name == "Subject"), ""), sheet.text):
            yield FilePage(label, digest, 0, _text_page(text))


def _files_in(
    enclosed: Sequence[tuple[str, bytes]],
    digest: str,
    label: str,
    elsewhere: frozenset[str],
    files: bool = True,
    *,
    words: bool,
    page_alone: bool,
    depth: int,
    tick: Callable[[], None],
) -> Iterator[FilePage]:
    """Yield the pages of the files in a file, after their names, which its own pages print."""
    if not files or depth >= MAX_DEPTH:
        return
    inner = [(name, inside, sha256(inside).hexdigest()) for name, inside in enclosed]
    yield from (FilePage(label, digest, 0, _text_page(name)) for name, _, _ in inner)
    own = [each for each in inner if each[2] not in elsewhere]
    for number, (name, inside, inner_digest) in enumerate(own, start=1):
        what = AttachmentFacts(name, inner_digest, len(inside), media_type(inside[:HEAD_BYTES], name))
        yield from pages_of_file(
            what, inside, f"{label}.{number}", elsewhere, words=words, page_alone=page_alone, depth=depth + 1, tick=tick
        )


def _content_of(facts: AttachmentFacts, untrusted: bytes) -> DocumentContent | None:
    """Return what a document of words says; None if a file is none, or cannot be read: a slip sheet stands for it."""
    try:
        return content_of_foreign(facts.media_type, facts.name, untrusted)
    except CannotRead:
        return None


def _text_page(text: str) -> ShownPage:
    return ShownPage((Reading(WordSource.TEXT, (), text),))
