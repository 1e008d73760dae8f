"""What the exhibits of a bundle show, page by page, as far as the bundle shows them."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from evidence_app.documents.workers.side_by_side import in_order
from evidence_app.services.core.session import Session
from evidence_app.services.mail.file_pages import MAX_BYTES, FilePage, pages_of_file

if TYPE_CHECKING:
    from evidence_app.bundle.plan.parts import Exhibit
    from evidence_app.bundle.plan.resolved_plan import Plan


def pages_of_exhibits(
    session: Session, plan: "Plan", tick: Callable[[], None]
) -> Iterator[tuple["Exhibit", list[FilePage]]]:
    """Yield each exhibit of a plan, in their order, with its pages as far as the bundle shows them; several are read at a time.

    What a member handed over was decided about before it left them, and is not read again. `tick` is called
    while files are read, and may raise to stop.
    """

    def look(_done: int) -> None:
        tick()

    # A store belongs to one thread: files are taken from it here.
    loaded = ((exhibit, _content_of(session, exhibit)) for exhibit in plan.exhibits)
    yield from in_order(loaded, lambda item, stop: (item[0], list(_pages_of_exhibit(plan, *item, stop))), look)


def _content_of(session: Session, exhibit: "Exhibit") -> bytes:
    """Return the bytes of an exhibit, or none of one that is not read."""
    facts = exhibit.facts
    if exhibit.taken_from is not None or not facts.kept or facts.size > MAX_BYTES:
        return b""
    return b"".join(session.store.attachments.stream(facts.sha256))


def _pages_of_exhibit(plan: "Plan", exhibit: "Exhibit", content: bytes, tick: Callable[[], None]) -> Iterator[FilePage]:
    if not content:
        return
    facts = exhibit.facts
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
        tick=tick,
    ):
        if not chosen or page.label != exhibit.label or page.number in chosen:
            yield page
