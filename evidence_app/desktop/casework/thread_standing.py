"""How a thread stands, in a word and a tone: for the chips of the list and for its filters."""

from enum import StrEnum
from typing import NamedTuple

from evidence_app.desktop.system.language import tr, tr_day
from evidence_app.domain.thread.reply_requests import holds_answer
from evidence_app.domain.thread.steps import NO_SUBSTANCE
from evidence_app.domain.thread.threads import Thread


class ThreadStanding(StrEnum):
    """What a thread waits for."""

    SILENT = "Silent"
    """An answer was asked for, its day is past, and none came."""
    OPEN = "Open"
    """An answer was asked for, and its day is not past."""
    ANSWERED = "Answered"
    OTHER = "Nothing asked"


class StandingChip(NamedTuple):
    """What a chip says of a thread: how it stands, its words, and their tone."""

    standing: ThreadStanding
    words: str
    tone: str


def chip_of(thread: Thread) -> StandingChip:
    """Return the chip of a thread: of what is longest overdue, else of what waits, else of the last that was asked."""
    waiting = [ask for ask in thread.asks if ask.open]
    if waiting:
        ask = max(waiting, key=lambda each: (each.overdue_by, each.waited))
        if ask.overdue_by:
            return StandingChip(ThreadStanding.SILENT, tr("silent {} days", ask.waited), "fault")
        return StandingChip(ThreadStanding.OPEN, tr("by {}", tr_day(ask.due)), "attention")
    if not thread.asks and any(holds_answer(each) for each in thread.members):
        return StandingChip(ThreadStanding.ANSWERED, tr("answered"), "settled")
    if not thread.asks:
        return StandingChip(ThreadStanding.OTHER, "", "plain")
    last = thread.asks[-1]
    if last.silent:
        return StandingChip(ThreadStanding.SILENT, tr("never answered"), "fault")
    without = last.settled_by is not None and last.settled_by.fields.get("effect") == NO_SUBSTANCE
    if without:
        return StandingChip(ThreadStanding.ANSWERED, tr("without substance"), "attention")
    return StandingChip(
        ThreadStanding.ANSWERED, tr("answered late") if last.answered_late else tr("answered"), "settled"
    )
