"""Views: filters of the timeline, which can be saved under a name."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final

from evidence_app.domain.phrases import phrase
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.thread.threads import Thread
from evidence_app.domain.time.times import typed_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject

MAX_WORDS_LENGTH: Final = 200
"""Maximum length of a filter's text, in characters."""
MAX_NAME_LENGTH: Final = 60
"""Maximum length of a view's name, in characters."""
WAITING, ANSWERED, OVERDUE, SILENT = "waiting", "answered", "overdue", "silent"
STATES: Final = {
    WAITING: "in a thread that waits for an answer",
    OVERDUE: "in a thread whose answer is overdue",
    SILENT: "in a thread with something never answered",
    ANSWERED: "in a thread that waits for nothing",
}

ORDERS: Final = {
    "latest": "latest first",
    "earliest": "earliest first",
    "sealed": "last sealed first",
}
"""The orders in which records are listed: by when they happened, or by when they were sealed."""


@dataclass(frozen=True, slots=True)
class View:
    """A filter; an empty member does not narrow it. Days are ``2025-04-14`` in Europe/London, both included.

    `thread` is one of `STATES`, `order` one of `ORDERS`; without one the latest comes first.
    """

    text: str = ""
    case: str = ""
    person: str = ""
    kind: str = ""
    first_day: str = ""
    last_day: str = ""
    thread: str = ""
    order: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it does not narrow anything."""
        return self == View()

    def in_words(self) -> list[tuple[str, str]]:
        """Return each member that narrows, as pairs of its name and words for it."""
        words_of: dict[str, str] = {
            "text": phrase("words “{text}”", text=self.text),
            "case": phrase("case {case}", case=self.case),
            "person": phrase("names {person}", person=self.person),
            "kind": phrase(KINDS[self.kind].label) if self.kind in KINDS else self.kind,
            "first_day": phrase("from {day}", day=typed_day(self.first_day)) if self.first_day else "",
            "last_day": phrase("to {day}", day=typed_day(self.last_day)) if self.last_day else "",
            "thread": phrase(STATES[self.thread]) if self.thread in STATES else "",
            "order": phrase(ORDERS[self.order]) if self.order in ORDERS else "",
        }
        return [(name, words) for name, words in words_of.items() if getattr(self, name)]

    def to_json(self) -> JsonObject:
        """Return the view in the JSON form in which it is stored."""
        return {name: getattr(self, name) for name, _ in self.in_words()}


def read_view(stored: Json) -> View:
    """Parse a stored view.

    Raises:
        InputError: a member, kind, state or day is unknown or invalid.
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
    if view.order and view.order not in ORDERS:
        raise InputError(f"The order is {', '.join(ORDERS)}; not “{view.order[:40]}”.")
    for day in (view.first_day, view.last_day):
        if day:
            typed_day(day)
    return view


def in_threads(threads: Sequence[Thread], state: str) -> frozenset[int]:
    """Return the positions of the records in all threads that have a state of `STATES`."""
    positions: set[int] = set()
    for thread in threads:
        waiting = [ask for ask in thread.asks if ask.open]
        has_state = {
            ANSWERED: not waiting,
            WAITING: bool(waiting),
            OVERDUE: any(ask.overdue_by for ask in waiting),
            SILENT: any(ask.silent for ask in thread.asks),
        }
        if has_state[state]:
            positions.update(record.index for record in thread.members)
    return frozenset(positions)
