"""The files that are attached to the records of a plan: which are exhibits, in which order, and which are not shown and why."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, TypedDict

from evidence_app.bundle.plan.parts import Exhibit, FileOfOthers, HandedOverPages
from evidence_app.bundle.plan.redacted_record import ShownRecord
from evidence_app.bundle.plan.resolved_plan import when
from evidence_app.domain.plan.saved_plan import Document, SavedPlan
from evidence_app.domain.record.records import AttachmentFacts, RecordKey, SealedRecord
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.errors import InputError

KEPT_BY_MEMBER: Final = "no pages of it were handed over"


def _exhibits_of_left_out(records: Sequence[SealedRecord], saved: SavedPlan) -> frozenset[str]:
    """Return the attachments of the records that a person left out: they go with them, unless another record shows them."""
    left = {each.record for each in saved.left_out if each.record is not None}
    return frozenset(facts.sha256 for record in records if record.key in left for facts in record.attachments)


def _own_files(shown: Sequence[ShownRecord]) -> set[str]:
    """Return the files, by SHA-256, that are attached to the records of the log that makes the bundle."""
    return {facts.sha256 for each in shown if not each.record.handover for facts in each.shown.attachments}


def _files_of(
    shown: Sequence[ShownRecord], stages: Mapping[RecordKey, int], there: Collection[str]
) -> tuple[dict[str, tuple[AttachmentFacts, list[RecordKey]]], list[FileOfOthers]]:
    """Return the files that can be shown, with their records in the order in which they stand; and those of members of which nothing is `there`."""
    found: dict[str, tuple[AttachmentFacts, list[RecordKey]]] = {}
    missing: list[FileOfOthers] = []
    for each in sorted(shown, key=lambda item: (stages.get(item.record.key, 0), *when(item))):
        # A hand-over is no exhibit of itself.
        for facts in () if each.record.kind is HANDOVER else each.shown.attachments:
            if each.record.handover and facts.sha256 not in there:
                missing.append(FileOfOthers(each.record.key, facts, KEPT_BY_MEMBER))
                continue
            found.setdefault(facts.sha256, (facts, []))[1].append(each.record.key)
    return found, missing


class Attached(TypedDict):
    exhibits: tuple[Exhibit, ...]
    exhibits_left_out: tuple[tuple[str, str], ...]
    not_handed_over: tuple[FileOfOthers, ...]


def attached_files(
    shown: Sequence[ShownRecord],
    records: Sequence[SealedRecord],
    saved: SavedPlan,
    stages: Mapping[RecordKey, int],
    handed_over: Mapping[str, HandedOverPages] | None,
) -> Attached:
    """Return the attachments of the records shown, each once, numbered as they stand; those that a person left out, with the reason; and those whose pages members kept.

    `handed_over` are the pages of members' files; None where the profile shows no attachments.

    Raises:
        InputError: the plan names one that no record shown has.
    """
    if handed_over is None:
        return {"exhibits": (), "exhibits_left_out": (), "not_handed_over": ()}
    own = _own_files(shown)
    found, missing = _files_of(shown, stages, own | handed_over.keys())
    sources = {digest: pages for digest, pages in handed_over.items() if digest not in own}
    chosen = {document.exhibit: document for document in saved.documents() if document.exhibit}
    reasons = {left.exhibit: left.reason for left in saved.left_out if left.exhibit}
    for digest in _exhibits_of_left_out(records, saved).difference(found):
        chosen.pop(digest, None)
        reasons.pop(digest, None)
    for digest in (*chosen, *reasons):
        if digest not in found:
            raise InputError(f"The plan names exhibit {digest[:12]}…, which no record shown has as an attachment.")
    stage_of = {
        document.exhibit: stage
        for stage, sections in enumerate(saved.stages)
        for section in sections
        for document in section.documents
    }
    listed = {digest: place for place, digest in enumerate(chosen)}
    order = sorted(
        (digest for digest in found if digest not in reasons),
        key=lambda digest: (
            stage_of.get(digest, min(stages.get(key, 0) for key in found[digest][1])),
            listed.get(digest, len(listed)),
        ),
    )
    exhibits = [
        Exhibit(
            number,
            found[digest][0],
            tuple(dict.fromkeys(found[digest][1])),
            # Whoever handed its pages over looked through them first.
            chosen.get(digest, Document(None, digest, looked_through=digest in sources)),
            taken_from=sources.get(digest),
        )
        for number, digest in enumerate(order, start=1)
    ]
    left_out = tuple((found[digest][0].name, reason) for digest, reason in reasons.items())
    return {"exhibits": tuple(exhibits), "exhibits_left_out": left_out, "not_handed_over": tuple(missing)}
