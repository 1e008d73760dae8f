"""The agenda of a meeting: what is open, how often it was raised and since when, and what was answered since the last one, as text to send or to take along."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from evidence_app.domain.record.own_matter import is_own_matter
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.thread.due_items import KEEPING, DueItem
from evidence_app.domain.thread.reply_requests import ReplyRequest
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import day_in_words

TIMES: Final = ("", "once", "twice")
OWN_CHORES: Final = frozenset(
    {"reply", "receipt", "sent-copy", "renewal", "file", "limit", "deadline", "date", "cases"}
)
"""Due items that are no point of a meeting: replies stand with their thread, the others are for their author alone to do."""
MEETINGS: Final = frozenset({"1:1 supervision", "team meeting", "briefing", "case discussion"})
"""Meetings at which something is raised, carried over or answered."""


@dataclass(frozen=True, slots=True)
class Agenda:
    """The text, and how many points are not in it because they are for nobody at such a meeting."""

    text: str
    left_out: int


def last_meeting(records: Iterable[SealedRecord], today: date) -> date | None:
    """Return the London day of the last meeting before today at which something could be raised."""
    days = [
        london_day(each.event[0])
        for each in records
        if each.kind.name == "meeting" and each.fields.get("type") in MEETINGS
    ]
    return max((day for day in days if day < today), default=None)


def agenda(
    threads: Sequence[Thread],
    due: Sequence[DueItem],
    today: date,
    met: date | None = None,
    *,
    own_matters: bool = False,
) -> Agenda:
    """Return the agenda: threads in which a reply is open first, the longest waited for before the others, then what else is due.

    `met` is the day of the last meeting: what was raised before it is carried over, and what was answered since is listed apart.
    What is of a limited access case or of a union's or a lawyer's advice is never in it, and the author's own matters only with
    `own_matters`, for a talk with one's own manager. No case reference is added to the records' own words.
    """

    def may_be_told(records: Iterable[SealedRecord]) -> bool:
        return not any(
            each.restricted or each.fields.get("lao") is True or (is_own_matter(each) and not own_matters)
            for each in records
        )

    told = [each for each in threads if may_be_told(each.members)]
    items = [each for each in due if each.sort not in OWN_CHORES and each.item != KEEPING]
    told_items = [each for each in items if may_be_told([each.record])]
    points = [*_open_threads(told, met), *_due(told_items)]
    lines = [f"For discussion, as of {day_in_words(today)}. Inside the employer's secure system only.", ""]
    lines += [f"{number}. {point}" for number, point in enumerate(points, start=1)] or ["Nothing is open."]
    answered = [*_answered(told, met)] if met else []
    if met and answered:
        lines += ["", f"Answered since the meeting of {day_in_words(met)}:", *(f"- {each}" for each in answered)]
    still_open = sum(1 for each in threads if _is_open(each)) - sum(1 for each in told if _is_open(each))
    return Agenda("\n".join(lines) + "\n", still_open + len(items) - len(told_items))


def _open_threads(threads: Sequence[Thread], met: date | None) -> Iterator[str]:
    waiting = [(max(ask.overdue_by for ask in each.asks if ask.open), each) for each in threads if _is_open(each)]
    for _, each in sorted(waiting, key=lambda pair: (-pair[0], pair[1].root.index)):
        day = london_day(each.root.event[0])
        raised = f"raised {_times(each.raised)}, first on" if each.raised > 1 else "raised on"
        carried = f", carried over from the meeting of {day_in_words(met)}" if met and day <= met else ""
        yield f"{_named(each)}: {raised} {day_in_words(day)}{carried}. {each.state}."


def _answered(threads: Sequence[Thread], met: date) -> Iterator[str]:
    """Yield what was answered on the day of the last meeting or since."""
    for each in threads:
        settled = [ask for ask in each.asks if ask.answered and _answered_on(ask) >= met]
        if settled and not _is_open(each):
            yield f"{_named(each)}: {settled[-1].in_words().rstrip('.')}."


def _answered_on(ask: ReplyRequest) -> date:
    return london_day(ask.settled_by.event[0]) if ask.settled_by is not None else date.min


def _named(thread: Thread) -> str:
    return f"{thread.root.headline(120).rstrip('.')} ({thread.root.kind.label.lower()} {thread.root.number})"


def _is_open(thread: Thread) -> bool:
    return any(ask.open for ask in thread.asks)


def _due(due: Sequence[DueItem]) -> Iterator[str]:
    for item in due:
        yield f"{item.words.rstrip('.')}: {item.state}."


def _times(count: int) -> str:
    return TIMES[count] if count < len(TIMES) else f"{count} times"
