"""The agenda of a meeting: what is open, how often it was raised and since when, as text to send or to take along."""

from collections.abc import Iterator, Sequence
from datetime import date

from evidence_app.domain.thread.due_items import DueItem
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import day_in_words

TIMES = ("", "once", "twice")
OWN_CHORES = frozenset({"reply", "receipt", "sent-copy", "renewal", "file"})
"""Due items that are no point of a meeting: replies stand with their thread, the others are for their author alone to do."""


def agenda(threads: Sequence[Thread], due: Sequence[DueItem], today: date) -> str:
    """Return the agenda: threads in which a reply is open first, the longest waited for before the others, then what else is due. No case reference is added to the records' own words."""
    lines = [f"For discussion, as of {day_in_words(today)}:", ""]
    points = [*_open_threads(threads), *_due(due)]
    lines += [f"{number}. {point}" for number, point in enumerate(points, start=1)] or ["Nothing is open."]
    return "\n".join(lines) + "\n"


def _open_threads(threads: Sequence[Thread]) -> Iterator[str]:
    waiting = [(max(ask.overdue_by for ask in each.asks if ask.open), each) for each in threads if _is_open(each)]
    for _, each in sorted(waiting, key=lambda pair: (-pair[0], pair[1].root.index)):
        first = day_in_words(london_day(each.root.event[0]))
        raised = f"raised {_times(each.raised)}, first on {first}" if each.raised > 1 else f"raised on {first}"
        yield f"{each.root.headline(120)} ({each.root.kind.label.lower()} {each.root.number}): {raised}. {each.state}."


def _is_open(thread: Thread) -> bool:
    return any(ask.open for ask in thread.asks)


def _due(due: Sequence[DueItem]) -> Iterator[str]:
    for item in due:
        if item.sort not in OWN_CHORES:
            yield f"{item.words.rstrip('.')}: {item.state}."


def _times(count: int) -> str:
    return TIMES[count] if count < len(TIMES) else f"{count} times"
