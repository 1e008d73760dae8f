"""Supervision that is due: the interval that the settings expect, and how long ago the last one was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.time.times import london_day

SUPERVISION: Final = "1:1 supervision"
ABSENCE: Final = "supervision"
"""What is missing in a gap that records that there was none; in gaps of earlier versions its details begin so."""


@dataclass(frozen=True, slots=True)
class OverdueSupervision:
    """The last supervision, or the first record where there was none yet; since when, when the next was due, and what is said of it."""

    record: SealedRecord
    since: date
    due: date
    words: Phrase


def overdue_supervision(records: Sequence[SealedRecord], today: date, weeks: int) -> OverdueSupervision | None:
    """Return the supervision that was due by now and is not recorded; None where there is none, no interval is set, or its absence was recorded since."""
    if not weeks or not records:
        return None
    held = [each for each in records if each.kind.name == "meeting" and each.fields.get("type") == SUPERVISION]
    last = max(held, key=lambda each: (each.event[0], each.index), default=None)
    first = last or min(records, key=lambda each: each.event[0])
    since = london_day(first.event[0])
    said = [
        london_day(each.event[0])
        for each in records
        if each.kind.name == "gap"
        and (each.fields.get("missing") == ABSENCE or str(each.fields.get("details", "")).startswith(ABSENCE))
    ]
    counted_from = max([since, *(day for day in said if day > since)])
    due = counted_from + timedelta(weeks=weeks)
    if due > today:
        return None
    gone = (today - since).days // 7
    words = (
        phrase("Supervision: none for {weeks} weeks; the last was on {day}.", weeks=gone, day=since)
        if last
        else phrase("Supervision: none is recorded in {weeks} weeks.", weeks=gone)
    )
    return OverdueSupervision(first, since, due, words)
