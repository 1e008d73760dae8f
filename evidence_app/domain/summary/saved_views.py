"""A view of the timeline: what is asked for, and how it is kept under a name."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import typed_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import day_in_words

MAX_WORDS_LENGTH: Final = 200
MAX_NAME_LENGTH: Final = 60
WAITING, ANSWERED, OVERDUE, SILENT = "waiting", "answered", "overdue", "silent"
STATES: Final = {
    WAITING: "in a thread that waits for an answer",
    OVERDUE: "in a thread whose answer is overdue",
    SILENT: "in a thread with something never answered",
    ANSWERED: "in a thread that waits for nothing",
}


@dataclass(frozen=True, slots=True)
class View:
    """What is asked for; what is empty is not asked. Days are London days, spelled, both included."""

    text: str = ""
    case: str = ""
    person: str = ""
    kind: str = ""
    first_day: str = ""
    last_day: str = ""
    thread: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return self == View()

    def in_words(self) -> list[tuple[str, str]]:
        """Say each thing that is asked for, with the name of its field."""
        said = {
            "text": f"words “{self.text}”",
            "case": f"case {self.case}",
            "person": f"names {self.person}",
            "kind": KINDS[self.kind].label if self.kind in KINDS else self.kind,
            "first_day": f"from {day_in_words(typed_day(self.first_day))}" if self.first_day else "",
            "last_day": f"to {day_in_words(typed_day(self.last_day))}" if self.last_day else "",
            "thread": STATES.get(self.thread, ""),
        }
        return [(name, words) for name, words in said.items() if getattr(self, name)]

    def to_json(self) -> JsonObject:
        """Return the view as it is kept."""
        return {name: getattr(self, name) for name, _ in self.in_words()}


def read_view(stored: Json) -> View:
    """Read a view.

    Raises:
        InputError: it asks for something that is not known.
    """
    if not isinstance(stored, dict):
        raise InputError("A view names what it asks for.")
    known = {each.name for each in fields(View)}
    for name, value in stored.items():
        if name not in known or not isinstance(value, str) or len(value) > MAX_WORDS_LENGTH or not value.isprintable():
            raise InputError(f"A view cannot ask for “{name[:40]}” so.")
    view = View(**{name: str(value) for name, value in stored.items()})
    if view.kind and view.kind not in KINDS:
        raise InputError(f"There is no kind “{view.kind[:40]}”.")
    if view.thread and view.thread not in STATES:
        raise InputError(f"A thread is {', '.join(STATES)}; not “{view.thread[:40]}”.")
    for day in (view.first_day, view.last_day):
        if day:
            typed_day(day)
    return view


def in_threads(threads: Sequence[Thread], state: str) -> frozenset[int]:
    """Return the records of the threads that stand so."""
    found: set[int] = set()
    for thread in threads:
        waiting = [ask for ask in thread.asks if ask.open]
        stands = {
            ANSWERED: not waiting,
            WAITING: bool(waiting),
            OVERDUE: any(ask.overdue_by for ask in waiting),
            SILENT: any(ask.silent for ask in thread.asks),
        }
        if stands[state]:
            found.update(step.record.index for step in thread.steps)
    return frozenset(found)
