"""The exact bytes of exhibits that a bundle embeds: never of one of which anything is withheld."""

from collections.abc import Callable, Iterable
from typing import Final

from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.leak_search import find_leaks
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.documents.media_types import usual_ending
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.proof.bundle.manifest import original_file

MAX_EMBEDDED: Final = 100 * 1024 * 1024
"""Bytes of all originals that are embedded in one bundle; those that do not fit are named alone."""


def _is_clear(plan: Plan, facts: AttachmentFacts, content: bytes) -> bool:
    """Whether a file's bytes hold nothing that a person withholds by its words: of PDFs it can be found out, of others it cannot."""
    if plan.rules is None or not any(each.words for each in plan.rules.by_hand):
        return True
    return facts.media_type == "application/pdf" and not find_leaks(content, plan.applied.hidden)


def embedded_originals(
    plan: Plan, load: Callable[[Exhibit], bytes], prepared: Iterable[PreparedExhibit]
) -> dict[int, assembly.Embedded]:
    """Return the exact bytes to embed: of no exhibit of which anything is withheld."""
    if not plan.profile.originals or plan.profile.pseudonyms:
        return {}
    covered = {entry.key for entry in plan.applied.schedule}
    found: dict[int, assembly.Embedded] = {}
    room = MAX_EMBEDDED
    for each in prepared:
        facts = each.exhibit.facts
        is_whole = not each.left_out and not each.exhibit.chosen.page_alone
        is_here = facts.kept and each.exhibit.taken_from is None
        if not is_here or facts.size > room or not is_whole or each.exhibit.key in covered:
            continue
        content = load(each.exhibit)
        if not _is_clear(plan, facts, content):
            continue
        room -= facts.size
        found[each.exhibit.number] = assembly.Embedded(
            original_file(each.exhibit.number, usual_ending(facts.media_type)),
            content,
            facts.media_type,
            "/Source",
            f"Exhibit {each.exhibit.number}, the exact bytes received",
        )
    return found
