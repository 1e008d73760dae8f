"""The scale sheet of a store: over its own records, and over what was handed over to it."""

from collections.abc import Iterator
from dataclasses import replace

from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import ReceivedQuery, Selection
from evidence_app.domain.record.taken_word_lists import lists_after
from evidence_app.domain.summary.scale import Scale, scale_of
from evidence_app.errors import InputError
from evidence_app.proof.encoding.times import spell
from evidence_app.services.core.session import Session

KINDS = frozenset({"instruction", "decision", "case-outcome", "word-list"})


def scale(session: Session, selection: Selection) -> Scale:
    """Return the scale sheet over the days of a selection.

    Raises:
        InputError: there is no instruction, decision or follow-up in it.
    """
    records = list(_records(session, selection))
    found = scale_of(records, lists_after(each for each in records if not each.handover))
    if not found.covered and not found.said:
        raise InputError(
            "Nothing says yet what became of a case: no instruction covers one, and no decision changed one."
        )
    return found


def _records(session: Session, selection: Selection) -> Iterator[SealedRecord]:
    yield from (each for each in session.store.records.select(selection) if each.kind.name in KINDS)
    if session.holder is Holder.REP:
        # Records of one log stand together, whatever hand-over brought each.
        logs: dict[str, int] = {}
        for each in session.store.received.select(ReceivedQuery()):
            if each.record.kind.name in KINDS and _is_within(each.record, selection):
                yield replace(each.record, handover=logs.setdefault(each.origin, len(logs) + 1))


def _is_within(record: SealedRecord, selection: Selection) -> bool:
    at = spell(record.event[0])
    return at >= selection.event_from and (not selection.event_to or at <= selection.event_to)
