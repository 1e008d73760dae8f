"""What the exhibits of a bundle show, page by page: mails with the files in them, PDFs, pictures and texts, as far as the bundle shows them."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from evidence_app.documents.media_types import HEAD_BYTES, MAIL_TYPES, TEXT_TYPES, media_type
from evidence_app.documents.read_file import DAMAGED, NOT_READ, TOO_LARGE, read_file
from evidence_app.documents.shown_words import Reading, ShownPage, WordSource
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.services.core.session import Session
from evidence_app.services.mail.mail_sheets import mail_sheet

if TYPE_CHECKING:
    from evidence_app.bundle.plan.parts import Exhibit
    from evidence_app.bundle.plan.resolved_plan import Plan

CORRESPONDENCE: Final = frozenset({"From", "To", "Copied to"})
"""Headers of a mail that name people."""
MAX_DEPTH: Final = 5
"""Mails within mails that are opened."""
MAX_BYTES: Final = 200 * 1024 * 1024
"""Size of a file that is shown as pages."""


@dataclass(frozen=True, slots=True)
class ExhibitPage:
    """A page of an exhibit, or of a file in it: `label` as it is printed, such as 4.1, `digest` of the file, `number` from 1; 0 where it has no pages.

    With `is_head` it is who wrote to whom: names there are asked about only if they are those of somebody who is withheld.
    """

    label: str
    digest: str
    number: int
    shown: ShownPage
    is_head: bool = False


def pages_of_exhibit(session: Session, plan: "Plan", exhibit: "Exhibit") -> Iterator[ExhibitPage]:
    """Yield the pages of an exhibit as far as the bundle shows them."""
    facts = exhibit.facts
    if not facts.kept or not facts.size or facts.size > MAX_BYTES:
        return
    content = b"".join(session.store.attachments.stream(facts.sha256))
    seen = exhibit.chosen.looked_through or not plan.profile.look_first
    received = any(
        each.record.fields.get("direction") != "sent" for each in plan.shown if each.record.key in exhibit.records
    )
    chosen = {page for first, last in exhibit.chosen.pages for page in range(first, last + 1)}
    # A file in a mail that is an exhibit itself is not shown again with the mail, and takes no number there.
    shown = frozenset(each.facts.sha256 for each in plan.exhibits)
    words = not (plan.profile.own_words and received)
    for page in _pages(facts, content, exhibit.label, shown, files=seen, words=words):
        if not chosen or page.label != exhibit.label or page.number in chosen:
            yield page


def _pages(
    facts: AttachmentFacts,
    content: bytes,
    label: str,
    elsewhere: frozenset[str],
    *,
    files: bool,
    words: bool,
    depth: int = 0,
) -> Iterator[ExhibitPage]:
    """Yield the pages of a file: of mails with what is in them; without `files` those of the mail alone."""
    if facts.media_type in MAIL_TYPES:
        sheet = mail_sheet(facts, content)
        if sheet is None:
            return
        people = ", ".join(text for name, text in sheet.headers if name in CORRESPONDENCE)
        yield ExhibitPage(label, facts.sha256, 0, _text_page(people), is_head=True)
        if words:
            for text in (next((text for name, text in sheet.headers if name == "Subject"), ""), sheet.text):
                yield ExhibitPage(label, facts.sha256, 0, _text_page(text))
        inner = [(name, inside, sha256(inside).hexdigest()) for name, inside in sheet.files]
        if files and depth < MAX_DEPTH:
            # The mail's head prints the names of all of them.
            yield from (ExhibitPage(label, facts.sha256, 0, _text_page(name)) for name, _, _ in inner)
        own = [each for each in inner if each[2] not in elsewhere]
        for number, (name, inside, digest) in enumerate(own if files and depth < MAX_DEPTH else (), start=1):
            what = AttachmentFacts(name, digest, len(inside), media_type(inside[:HEAD_BYTES], name))
            yield from _pages(what, inside, f"{label}.{number}", elsewhere, files=True, words=words, depth=depth + 1)
        return
    if not files and not depth:
        return
    for number, shown in enumerate(read_file(facts.media_type, content), start=1):
        # A file that cannot be read is not shown either: a slip sheet stands for it.
        if shown.doubt not in {NOT_READ, DAMAGED, TOO_LARGE}:
            yield ExhibitPage(label, facts.sha256, 0 if facts.media_type in TEXT_TYPES else number, shown)


def _text_page(text: str) -> ShownPage:
    return ShownPage((Reading(WordSource.TEXT, (), text),))
