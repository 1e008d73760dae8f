"""Everything that a rep holds about one member as one file, for the member: the answer to a subject access request."""

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Final

from evidence_app.domain.plan.saved_plan import Document, SavedPlan, Section
from evidence_app.domain.progress import Cancel, StageProgress, never, no_stage_progress
from evidence_app.domain.record.records import RecordRef, SealedRecord
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.domain.record.selection import ReceivedQuery
from evidence_app.errors import InputError
from evidence_app.services.bundles.exporting import Exported, export_plan
from evidence_app.services.bundles.plans import Choice
from evidence_app.services.core.session import Session
from evidence_app.services.duties.disposal import SUBJECT_ACCESS, Held, held_about

OWN_TITLE: Final = "What the rep wrote and kept"
HANDED_TITLE: Final = "What was handed over"


def write_subject_access(
    session: Session,
    name: str,
    out: Path,
    *,
    also: Collection[int] = (),
    replacing: bool = False,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
) -> Exported:
    """Write everything that is held about a member to a PDF; `also` are records that name them among others.

    Raises:
        InputError: there is no such member, nothing is held, or a file of that name is there.
        EnvironmentProblem: the file or the store cannot be written. No file is left.
    """
    held = held_about(session, name)
    wanted = [*held.theirs, *(each for each in held.others if each.index in set(also))]
    unknown = set(also) - {each.index for each in wanted}
    if unknown:
        raise InputError(f"Record {min(unknown)} does not name {held.name}.")
    sections = tuple(_sections(session, wanted))
    if not sections:
        raise InputError(f"Nothing is held about {held.name}.")
    title = f"What is held about {held.name}"
    saved = SavedPlan(SUBJECT_ACCESS, title=title, recipient=held.name, sections=sections)
    made = export_plan(session, saved, out, Choice(), replacing=replacing, progress=progress, cancel=cancel)
    beside = [f"plan {plan}" for plan in (*held.plans, *held.joint_plans)]
    said = [f"Not in it, and held too: {', '.join(beside)} (“plan show” gives it)."] if beside else []
    return replace(made, warnings=(*made.warnings, *said, *held.elsewhere))


def _sections(session: Session, wanted: Collection[SealedRecord]) -> list[Section]:
    """Return a section of the rep's own records and one of what was handed over, each record as it was shown last."""
    own = sorted(each.index for each in wanted if each.kind is not HANDOVER)
    origins = tuple(dict.fromkeys(str(each.fields["origin"]) for each in wanted if each.kind is HANDOVER))
    received = session.store.received.select(ReceivedQuery(origins)) if origins else ()
    handed = [Document(RecordRef(each.handover, each.record.index)) for each in received]
    sections = [Section(OWN_TITLE, tuple(Document(index, "") for index in own))] if own else []
    return [*sections, *([Section(HANDED_TITLE, tuple(handed))] if handed else [])]


def in_words(held: Held) -> list[str]:
    """Return lines that list what is held."""

    def line(record: SealedRecord) -> str:
        back = "  (hold: must not be destroyed)" if record in held.held_back else ""
        return f"{record.index:6}  {record.kind.label}: {record.headline(80)}{back}"

    lines = [f"About {held.name} alone:", *map(line, held.theirs)] if held.theirs else []
    if held.others:
        lines += ["Names them, and may be about others too:", *map(line, held.others)]
    lines += [f"Plan of their records: {name}. It goes with them." for name in held.plans]
    lines += [
        f"Plan that names them and has records of others: {name}. Theirs are taken out of it."
        for name in held.joint_plans
    ]
    return [*lines, *held.elsewhere]
