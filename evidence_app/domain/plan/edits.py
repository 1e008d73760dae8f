"""Changes of a saved plan: each returns another plan."""

from collections.abc import Callable
from dataclasses import replace

from evidence_app.domain.plan.saved_plan import Document, LeftOutByHand, Redaction, SavedPlan, Section

NEW_SECTION = "New section"
NO_REASON = "not relied on"


def _each_section(plan: SavedPlan, change: Callable[[Section], Section]) -> SavedPlan:
    return replace(plan, sections=tuple(map(change, plan.sections or ())), late=tuple(map(change, plan.late)))


def with_document(plan: SavedPlan, document: Document) -> SavedPlan:
    """Return the plan with other words, pages or marks for a document, in its place."""
    return _each_section(
        plan,
        lambda section: replace(
            section, documents=tuple(document if each.key == document.key else each for each in section.documents)
        ),
    )


def leaving_out(plan: SavedPlan, document: Document, reason: str) -> SavedPlan:
    """Return the plan with a document left out for a reason."""
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
    """Return the plan with an empty section behind those in front, and its title."""
    taken = {section.title for section in (*(plan.sections or ()), *plan.late)}
    number, title = 1, NEW_SECTION
    while title in taken:
        number += 1
        title = f"{NEW_SECTION} {number}"
    return replace(plan, sections=(*(plan.sections or ()), Section(title))), title


def renamed(plan: SavedPlan, section: Section, title: str) -> SavedPlan:
    """Return the plan with another title for a section."""
    return _each_section(plan, lambda each: replace(each, title=title) if each == section else each)


def without_section(plan: SavedPlan, section: Section) -> SavedPlan:
    """Return the plan without a section."""
    return replace(
        plan,
        sections=tuple(each for each in plan.sections or () if each != section),
        late=tuple(each for each in plan.late if each != section),
    )


def with_redaction(plan: SavedPlan, redaction: Redaction) -> SavedPlan:
    """Return the plan with something more withheld."""
    return replace(plan, redactions=(*plan.redactions, redaction))


def without_redaction(plan: SavedPlan, redaction: Redaction) -> SavedPlan:
    """Return the plan with something shown again."""
    return replace(plan, redactions=tuple(each for each in plan.redactions if each != redaction))


def dated_as(plan: SavedPlan, made: SavedPlan) -> SavedPlan:
    """Return an earlier state of a plan with the days on which a bundle was made of a later one."""
    late = tuple(
        replace(each, as_of=later.as_of, as_of_records=later.as_of_records)
        for each, later in zip(plan.late, made.late, strict=False)
    )
    return replace(plan, as_of=made.as_of, as_of_records=made.as_of_records, late=(*late, *plan.late[len(late) :]))


def with_late_of(plan: SavedPlan, other: SavedPlan) -> SavedPlan:
    """Return a plan with the last late section of another state of it, and what goes with that."""
    dated = dated_as(plan, other)
    return replace(dated, late=(*dated.late, other.late[-1]), records_seen=other.records_seen)
