"""What the exhibits of a bundle show, page by page, as far as the bundle shows them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from evidence_app.services.core.session import Session
from evidence_app.services.mail.file_pages import MAX_BYTES, FilePage, pages_of_file

if TYPE_CHECKING:
    from evidence_app.bundle.plan.parts import Exhibit
    from evidence_app.bundle.plan.resolved_plan import Plan


def pages_of_exhibit(session: Session, plan: "Plan", exhibit: "Exhibit") -> Iterator[FilePage]:
    """Yield the pages of an exhibit as far as the bundle shows them.

    What a member handed over was decided about before it left them, and is not read again.
    """
    facts = exhibit.facts
    if exhibit.taken_from is not None or not facts.kept or not facts.size or facts.size > MAX_BYTES:
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
    for page in pages_of_file(
        facts,
        content,
        exhibit.label,
        shown,
        files=seen,
        words=words,
        page_alone=exhibit.chosen.page_alone,
        own_index=exhibit.chosen.parts,
    ):
        if not chosen or page.label != exhibit.label or page.number in chosen:
            yield page
