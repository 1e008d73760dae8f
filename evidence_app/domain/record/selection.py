"""Queries for records of the own log and of the logs that members handed over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.record.records import SealedRecord

ROOTS: Final = frozenset({"concern", "instruction", "refusal", "escalation", "request", "referral"})
"""The kinds of record that a thread begins with."""
IN_PLAY: Final = (
    *sorted(ROOTS),
    *("incident", "health-and-safety", "assessment"),
    *("message", "mail-receipt", "drafted-mail", "outcome", "workload", "deadline", "meeting", "gap", "log"),
    *("cosignature", "time-stamp", "bundle-stamp"),
)
"""The kinds of record that dashboards count even where no link leads to or from them."""
PROMISES: Final = ("actions", "ndelius", "copy_on_case_file", "review_due", "review_on")
"""The fields that may contain something with a due date, or something that is not yet where it belongs (`thread/due_items.py`)."""


@dataclass(frozen=True, slots=True)
class Selection:
    """A query for records of the own log. An empty member does not narrow it.

    `event_from` and `event_to` bound the time of the event, in UTC (``2025-04-14T13:10:00Z``).
    """

    case_ref: str = ""
    kind: str = ""
    event_from: str = ""
    event_to: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A record of another log as a hand-over showed it. `handover` is the position of that hand-over in this log."""

    handover: int
    origin: str
    record: SealedRecord


@dataclass(frozen=True, slots=True)
class ReceivedQuery:
    """A query for received records. An empty member or None does not narrow it; `position` is in the member's log."""

    origins: Sequence[str] = ()
    handover: int | None = None
    position: int | None = None
    kind: str = ""
    words: str = ""
