"""Edits of a saved plan. Plans are immutable: each function returns a changed copy."""

from collections.abc import Callable
from dataclasses import replace

from evidence_app.domain.plan.saved_plan import Document, LeftOutByHand, Redaction, SavedPlan, Section

NEW_SECTION = "New section"
"""Title of a new section, before a number."""
NO_REASON = "not relied on"
"""Reason that is printed for a document left out without one."""


def _each_section(plan: SavedPlan, change: Callable[[Section], Section]) -> SavedPlan:
    """Return the plan with a function applied to every section, late ones too."""
    return replace(plan, sections=tuple(map(change, plan.sections or ())), late=tuple(map(change, plan.late)))


def with_document(plan: SavedPlan, document: Document) -> SavedPlan:
    """Return the plan with a document replaced by a changed one with the same key."""
    return _each_section(
        plan,
        lambda section: replace(
            section, documents=tuple(document if each.key == document.key else each for each in section.documents)
        ),
    )


def leaving_out(plan: SavedPlan, document: Document, reason: str) -> SavedPlan:
    """Return the plan with a document removed from its sections and listed as left out."""
    left = LeftOutByHand(document.record, document.exhibit, reason or NO_REASON)
    others = tuple(each for each in plan.left_out if (each.record, each.exhibit) != (left.record, left.exhibit))
    shorter = _each_section(
        plan,
        lambda section: replace(
            section, documents=tuple(each for each in section.documents if each.key != document.key)
        ),
    )
    return replace(shorter, left_out=(*others, left))


def with_new_section(plan: SavedPlan) -> tuple[SavedPlan, str]:
    """Return the plan with an empty section after the ordinary ones and before the late ones, and that section's title."""
    taken = {section.title for section in (*(plan.sections or ()), *plan.late)}
    number, title = 1, NEW_SECTION
    while title in taken:
        number += 1
        title = f"{NEW_SECTION} {number}"
    return replace(plan, sections=(*(plan.sections or ()), Section(title))), title


def renamed(plan: SavedPlan, section: Section, title: str) -> SavedPlan:
    """Return the plan with a section renamed."""
    return _each_section(plan, lambda each: replace(each, title=title) if each == section else each)


def without_section(plan: SavedPlan, section: Section) -> SavedPlan:
    """Return the plan without a section."""
    return replace(
        plan,
        sections=tuple(each for each in plan.sections or () if each != section),
        late=tuple(each for each in plan.late if each != section),
    )


def with_redaction(plan: SavedPlan, redaction: Redaction) -> SavedPlan:
    """Return the plan with one redaction added."""
    return replace(plan, redactions=(*plan.redactions, redaction))


def without_redaction(plan: SavedPlan, redaction: Redaction) -> SavedPlan:
    """Return the plan with one redaction removed."""
    return replace(plan, redactions=tuple(each for each in plan.redactions if each != redaction))


def dated_as(plan: SavedPlan, made: SavedPlan) -> SavedPlan:
    """Return an earlier state of a plan with the dates of `made`, the state of which a bundle was made.

    Undoing an edit must not undo that a bundle was made.
    """
    late = tuple(
        replace(section, as_of=dated.as_of, as_of_records=dated.as_of_records)
        for section, dated in zip(plan.late, made.late, strict=False)
    )
    late = (*late, *plan.late[len(late) :])
    return replace(plan, as_of=made.as_of, as_of_records=made.as_of_records, late=late, pseudonyms=made.pseudonyms)


def with_late_of(plan: SavedPlan, other: SavedPlan) -> SavedPlan:
    """Return a plan with the last late section of another state of it, and with that state's dates and record count."""
    dated = dated_as(plan, other)
    return replace(dated, late=(*dated.late, other.late[-1]), records_seen=other.records_seen)


def moved(plan: SavedPlan, document: Document, before: Document | None) -> SavedPlan:
    """Return the plan with a document put before another one, or at the end of the last ordinary section with None."""
    shorter = _each_section(
        plan,
        lambda section: replace(
            section, documents=tuple(each for each in section.documents if each.key != document.key)
        ),
    )
    if before is not None:

        def put(section: Section) -> Section:
            documents: list[Document] = []
            for each in section.documents:
                documents += [document, each] if each.key == before.key else [each]
            return replace(section, documents=tuple(documents))

        return _each_section(shorter, put)
    *first, last = shorter.sections or (Section(NEW_SECTION),)
    return replace(shorter, sections=(*first, replace(last, documents=(*last.documents, document))))
