"""Which records are asked for, of one's own log and of those that members handed over."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidence_app.domain.record.records import SealedRecord


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records are asked for. Moments are in UTC; `event_from` and `event_to` bound when it happened. What is empty does not narrow."""

    case_ref: str = ""
    kind: str = ""
    event_from: str = ""
    event_to: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """A record of somebody else's log, as a hand-over showed it. `handover` is the position of that hand-over in this log."""

    handover: int
    origin: str
    record: SealedRecord


@dataclass(frozen=True, slots=True)
class ReceivedQuery:
    """Which received records are asked for. Moments are in UTC."""

    origins: Sequence[str] = ()
    handover: int | None = None
    position: int | None = None
    kind: str = ""
    words: str = ""
