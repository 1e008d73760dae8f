"""The next step to offer in a thread. It is only offered: the program never carries it out by itself."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final

from evidence_app.domain.phrases import phrase
from evidence_app.domain.record.lists.word_lists import VIA, VIA_WRITTEN
from evidence_app.domain.record.records import SealedRecord, record_order
from evidence_app.domain.record.work_kinds import REFERRAL
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.reply_requests import MissingReceipt, ReplyRequest
from evidence_app.domain.thread.steps import NO_ANSWER, NO_SUBSTANCE, level_of

SPOKEN: Final = frozenset(VIA.texts) - VIA_WRITTEN
"""Channels (`via`) of an instruction that leave nothing in writing."""
UNSATISFYING: Final = frozenset({NO_ANSWER, NO_SUBSTANCE, "declines", "instructs again"})
"""Effects of a response after which the next level is offered."""


class Move(Enum):
    """A possible next step."""

    SEAL_SILENCE = "seal silence"
    SEAL_NO_RECEIPT = "seal no receipt"
    BRING_SENT_COPY = "bring sent copy"
    ESCALATE = "escalate"
    DRAFT = "draft"
    CONFIRM_BACK = "confirm back"
    SAY_ANSWER = "say answer"


MOVES: Final = {
    Move.SEAL_SILENCE: "Record that no answer came",
    Move.SEAL_NO_RECEIPT: "Record that no receipt came",
    Move.BRING_SENT_COPY: "Bring in the sent copy of the e-mail",
    Move.ESCALATE: "Take it to the next level",
    Move.DRAFT: "Draft the e-mail that raises it",
    Move.CONFIRM_BACK: "Confirm it back by e-mail",
    Move.SAY_ANSWER: "Say what the reply amounts to",
}
"""The words of the button for each move."""


@dataclass(frozen=True, slots=True)
class NextStep:
    """A next step: the move, the position of the record it starts from, and the level it goes to or the mail it is about."""

    move: Move
    record: int
    level: str = ""
    about: str = ""

    @property
    def words(self) -> str:
        """The step's text for a button."""
        named = self.level or self.about
        move = phrase(MOVES[self.move])
        return phrase("{move}: {what}", move=move, what=named) if named else move


@dataclass(frozen=True, slots=True)
class _ThreadState:
    """The state of a thread that the rules read. `members` are its records in the order of events."""

    members: Sequence[SealedRecord]
    asks: Sequence[ReplyRequest]
    unreceipted: Sequence[MissingReceipt]
    settings: Settings


def next_step(
    members: Sequence[SealedRecord],
    asks: Sequence[ReplyRequest],
    unreceipted: Sequence[MissingReceipt],
    settings: Settings,
) -> NextStep | None:
    """Return the next step of a thread by the first of `RULES` that applies, or None."""
    state = _ThreadState(members, asks, unreceipted, settings)
    return next((step for rule in RULES if (step := rule(state)) is not None), None)


def _silence(state: _ThreadState) -> NextStep | None:
    return next(
        (NextStep(Move.SEAL_SILENCE, ask.record.index) for ask in state.asks if ask.open and ask.overdue_by), None
    )


def _no_receipt(state: _ThreadState) -> NextStep | None:
    return next((NextStep(Move.SEAL_NO_RECEIPT, each.record.index) for each in state.unreceipted if each.overdue), None)


def _sent_copy(state: _ThreadState) -> NextStep | None:
    waiting = unsent_drafts(state.members)
    return NextStep(Move.BRING_SENT_COPY, waiting[-1].index, about=waiting[-1].headline(60)) if waiting else None


def unsent_drafts(members: Sequence[SealedRecord]) -> list[SealedRecord]:
    """Return the drafted e-mails whose sent copy is not held: of several for one record the last, and none that was said not to be sent."""
    ended = {to for each in members for to, how in each.linked if how == "carries out" or each.kind.name == "outcome"}
    drafted = [each for each in members if each.kind.name == "drafted-mail"]
    latest = {to: each.key for each in drafted for to, how in each.linked if how == "about"}
    return [each for each in drafted if each.key not in ended and each.key in latest.values()]


def _answer(state: _ThreadState) -> NextStep | None:
    """A reply by mail says something; what it amounts to is for the officer to say, and decides what comes next."""
    judged = {to for each in state.members if each.kind.name == "response" for to, _ in each.linked}
    for ask in state.asks:
        reply = ask.settled_by
        if reply is not None and reply.kind.name == "message" and not judged & {reply.key, ask.record.key}:
            return NextStep(Move.SAY_ANSWER, reply.index)
    return None


def _escalation(state: _ThreadState) -> NextStep | None:
    """Offer the next level after an unsatisfying answer, unless a later record has taken the matter up."""
    last = state.asks[-1].settled_by if state.asks else None
    if last is None or last.fields.get("effect") not in UNSATISFYING:
        return None
    later = [each for each in state.members if record_order(each.key) > record_order(last.key)]
    if any(each.kind.name == "response" and each.fields.get("effect") not in UNSATISFYING for each in later):
        return None
    raised = state.asks[-1].record
    level = state.settings.next_level(_level_so_far(raised, state))
    if not level or any(each.kind.name in {"escalation", "concern"} for each in later):
        return None
    return NextStep(Move.ESCALATE, raised.index, level)


def _level_so_far(raised: SealedRecord, state: _ThreadState) -> str:
    """Return the level to which a matter was taken; "" for what another agency did not do and nobody was told of: that begins with one's manager."""
    if raised.kind is not REFERRAL:
        return level_of(raised) or state.settings.next_level("")
    told = [level_of(each) for each in state.members if each.kind.name in {"concern", "escalation"}]
    return next((level for level in reversed(told) if level), "")


def _draft(state: _ThreadState) -> NextStep | None:
    """Offer an e-mail for a concern or escalation without one, or one that confirms a spoken instruction."""
    mails = [each for each in state.members if each.kind.name in {"message", "drafted-mail"}]
    mailed = {to for each in mails for to, how in each.linked if how == "about"}
    for ask in state.asks:
        if ask.open and ask.record.kind.name in {"concern", "escalation"} and ask.record.key not in mailed:
            return NextStep(Move.DRAFT, ask.record.index)
    answered = any(each.kind.name == "response" and each.fields.get("effect") != NO_ANSWER for each in state.members)
    if mails or answered:
        return None
    for record in state.members:
        if record.kind.name == "concern":
            return NextStep(Move.DRAFT, record.index)
    first = state.members[0]
    if first.kind.name == "instruction" and first.fields.get("via") in SPOKEN:
        return NextStep(Move.CONFIRM_BACK, first.index)
    return None


RULES: Final[tuple[Callable[[_ThreadState], NextStep | None], ...]] = (
    _silence,
    _no_receipt,
    _answer,
    _escalation,
    _sent_copy,
    _draft,
)
"""The rules in order of precedence: the first that returns a step decides."""
