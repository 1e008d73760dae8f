"""Threads, due items, and records about missing events: no answer, no mail receipt, the outcome of an action.

A thread is a record with all later records that link back to it. A due item is a reply, receipt, action, review or deadline with a
date. Days are London days; waiting times are counted in working days (docs/domain.md, section 6).
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from evidence_app.domain.record.cases.covered_cases import limited_in
from evidence_app.domain.record.entries import Entry, read_entry
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.scheduling import YieldPoint, never_yield, yielding
from evidence_app.domain.summary.agenda import Agenda, agenda, last_meeting
from evidence_app.domain.thread.due_items import (
    SUPERVISION_ITEM,
    DueItem,
    due_items,
    in_order,
    renewal_items,
    supervision_items,
)
from evidence_app.domain.thread.learning_extract import learning_extract
from evidence_app.domain.thread.next_steps import NextStep
from evidence_app.domain.thread.reply_requests import MissingReceipt, ReplyRequest
from evidence_app.domain.thread.steps import NO_ANSWER, NONE_RECEIVED, person_in
from evidence_app.domain.thread.supervision import ABSENCE
from evidence_app.domain.thread.threads import LinkGraph, Thread, all_threads, make_thread
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import day_in_words, spell
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings

__all__ = ["DueItem", "NextStep", "Thread"]

STATES: Final = ("done", "not done", "overtaken")
"""Outcomes of an action or review that can be sealed."""


ENDED_BY_OUTCOME: Final = frozenset(
    {"action", "review", "deadline", "sent-copy", "renewal", "limit", "file", "date", "cases"}
)
"""Types of due items that an outcome record ends."""


@dataclass(frozen=True, slots=True)
class Today:
    """Result of one scan of the log: all threads and due items. `day` is the London day for which they were computed."""

    day: date
    threads: tuple[Thread, ...]
    due_items: tuple[DueItem, ...]


def look(session: Session, pace: YieldPoint = never_yield) -> Today:
    """Scan the whole log for threads and due items. `pace` is called once a record, so a background scan can pause or cancel.

    Raises:
        Cancelled: `pace` raised it.
    """
    settings, day = load_settings(session), today(session)
    records = list(yielding(session.store.records.in_play(), pace))
    threads = all_threads(records, day, settings, pace)
    own = (*renewal_items(records, day, settings), *supervision_items(records, day, settings))
    due = [*due_items(threads, records, day, settings), *own]
    return Today(day, tuple(threads), tuple(in_order(due)))


def today(session: Session) -> date:
    """Return the current date in Europe/London, by the session's clock."""
    return london_day(session.clock.now())


def show_thread(session: Session, index: int) -> Thread:
    """Return the thread that contains a record, starting at the first record of that thread.

    Raises:
        InputError: there is no such record.
    """
    # Raises InputError for a missing record before the whole log is read.
    session.store.records.get(index)
    graph = LinkGraph(session.store.records.select(Selection()))
    return make_thread(graph, graph.beginning_of(index), today(session), load_settings(session))


def learning_extract_of(session: Session, index: int) -> str:
    """Return the learning extract of the thread that contains a record.

    Raises:
        InputError: there is no such record, or its thread is not to be told.
    """
    limited = limited_in(session.store.records.select(Selection()))
    return learning_extract(show_thread(session, index), limited)


def chase(session: Session) -> list[DueItem]:
    """Return all due items, the longest overdue first."""
    return list(look(session).due_items)


def agenda_of(session: Session, *, own_matters: bool = False) -> Agenda:
    """Return the agenda for the next meeting: what is open, how often it was raised and since when, and what was answered since the last one."""
    seen = look(session)
    met = last_meeting(session.store.records.select(Selection(kind="meeting")), seen.day)
    return agenda(seen.threads, seen.due_items, seen.day, met, own_matters=own_matters)


def find_chaser(session: Session, identity: str) -> DueItem:
    """Return the due item with this identity (`DueItem.identity`).

    Raises:
        InputError: no current due item has this identity.
    """
    for item in chase(session):
        if item.identity == identity:
            return item
    raise InputError(f"There is nothing to chase called “{identity[:40]}”: “evidence-trail chase” shows what there is.")


def seal_absence(session: Session, identity: str) -> Sealed:
    """Seal a record that a reply or a mail receipt did not arrive by its due date.

    Raises:
        InputError: the item is not overdue, is neither a reply nor a receipt, or does not exist.
        EnvironmentProblem: the store cannot be written.
    """
    item = find_chaser(session, identity)
    if item.sort not in {"reply", "receipt", SUPERVISION_ITEM}:
        raise InputError(f"“{identity}” is neither a reply nor a mail receipt: say what became of it instead.")
    if not item.overdue_by and item.sort != SUPERVISION_ITEM:
        raise InputError(f"“{identity}” is not overdue: it is {item.state}. Nothing was sealed.")
    if item.sort == SUPERVISION_ITEM:
        return seal(session, absence_of_supervision(session, item))
    entry = silence_entry(session, item) if item.sort == "reply" else no_receipt_entry(session, item)
    return seal(session, entry)


def absence_of_supervision(session: Session, found: DueItem) -> Entry:
    """Return a `gap` entry: there was no supervision since the last one."""
    return read_entry(
        {
            "kind": "gap",
            "event_at": today(session).isoformat(),
            "event_precision": "date only",
            "fields": {
                "missing": ABSENCE,
                "details": f"none since {day_in_words(found.since)}",
                "from": found.since.isoformat(),
                "to": today(session).isoformat(),
            },
        }
    )


def silence_entry(session: Session, found: DueItem) -> Entry:
    """Return a `response` entry with the effect “no answer”, for a reply that was due and did not come."""
    record = found.record
    whom = record.fields.get("raised_with") or record.fields.get("given_by")
    name = person_in(whom) or ", ".join(str(each) for each in _list(record.fields.get("to"))[:3])
    by = day_in_words(found.due)
    content = (
        f"No answer{f' from {name}' if name else ''} to {record.kind.label.lower()} {record.index}, asked for by {by}."
    )
    fields: JsonObject = {"content": content, "effect": NO_ANSWER, "working_days": found.waited}
    if isinstance(whom, dict):
        fields["from"] = whom
    return _linked_entry(session, "response", record, "answers", fields)


def no_receipt_entry(session: Session, found: DueItem) -> Entry:
    """Return a `mail-receipt` entry of the type “none received”, for a receipt that was requested and did not come."""
    record = found.record
    to = [str(each) for each in _list(record.fields.get("to"))]
    days = f"{found.waited} working days"
    fields: JsonObject = {
        "type": NONE_RECEIVED,
        "for_message_id": record.fields.get("message_id"),
        "match": "exact" if "message_id" in record.fields else "by hand",
        "final_recipient": ", ".join(to)[:400],
        "content": f"A read receipt was asked for on {found.since.isoformat()}; none had come after {days}.",
    }
    return _linked_entry(session, "mail-receipt", record, "receipt for", fields)


def seal_outcome(session: Session, identity: str, state: str, note: str = "") -> Sealed:
    """Seal the outcome of an action or a review. `state` is one of `STATES`.

    Raises:
        InputError: the state is unknown, the item has no outcome, or it does not exist.
        EnvironmentProblem: the store cannot be written.
    """
    item = find_chaser(session, identity)
    if state not in STATES:
        raise InputError(f"What became of it is one of: {', '.join(STATES)}.")
    return seal(session, read_entry(_outcome_json(session, item, state, note)))


def outcome_draft(session: Session, identity: str, state: str) -> JsonObject:
    """Return an unsealed `outcome` entry for an action, a review, a deadline or a drafted e-mail, for the officer to review.

    Raises:
        InputError: the item is none of these, or does not exist.
    """
    return _outcome_json(session, find_chaser(session, identity), state, "")


def _outcome_json(session: Session, item: DueItem, state: str, note: str) -> JsonObject:
    """Return an `outcome` entry in JSON, dated now. An empty `note` or `state` is left out."""
    if item.sort not in ENDED_BY_OUTCOME:
        raise InputError(f"“{item.identity}” is ended by what arrives, or by recording that nothing came.")
    fields: JsonObject = {"item": item.item, "state": state, "on": today(session).isoformat(), "note": note}
    return _entry_json(session, "outcome", item.record, "results from", fields)


def answer_draft(session: Session, index: int) -> JsonObject:
    """Return an unsealed `response` entry pre-filled from a reply by mail; the officer decides its effect.

    Raises:
        InputError: there is no such record.
    """
    reply = session.store.records.get(index)
    name = str(reply.fields.get("from", "")).partition("<")[0].strip()
    fields: JsonObject = {
        "content": str(reply.fields.get("content", ""))[:2_000],
        "from": {"person": name} if name else None,
        "via": "e-mail",
        "at": reply.fields.get("sent_at"),
    }
    entry = _entry_json(session, "response", reply, "about", fields)
    answered: list[Json] = [{"to": to, "as": "answers"} for to, how in reply.links if how == "answers"]
    links = entry.get("links")
    return entry | {
        "links": answered + (links if isinstance(links, list) else []),
        "event_at": reply.content["event_at"],
    }


def escalation_draft(session: Session, thread: Thread, step: NextStep) -> JsonObject:
    """Return an unsealed `escalation` entry: the request, the level it goes to and the reason, linked to the record it escalates.

    Raises:
        InputError: the record of the step does not exist.
    """
    record = session.store.records.get(step.record)
    last = thread.asks[-1].settled_by if thread.asks else None
    reason = "no reply in time" if last is not None and last.fields.get("effect") == NO_ANSWER else "refused"
    links: list[Json] = [{"to": record.index, "as": "escalates"}]
    fields: JsonObject = {
        "ask": str(record.fields.get("ask", "")),
        "to_level": step.level,
        "reason": reason,
    }
    entry: JsonObject = {
        "kind": "escalation",
        "event_at": spell(session.clock.now()),
        "event_precision": "exact",
        "fields": {name: value for name, value in fields.items() if value},
        "links": links,
    }
    return entry | ({"case_ref": record.case_ref} if record.case_ref else {})


def repeat_draft(session: Session, index: int) -> JsonObject:
    """Return an unsealed `concern` entry that repeats an earlier one, linked to it so that repeats are counted.

    Person, category, severity and request are copied. The text is not: the officer must state what is said today.

    Raises:
        InputError: the record is not a concern, or does not exist.
    """
    record = session.store.records.get(index)
    if record.kind.name != "concern":
        raise InputError(f"Record {index} is not a concern: only a concern is raised again.")
    copied_fields = ("raised_with", "category", "severity", "ask")
    fields: JsonObject = {name: record.fields[name] for name in copied_fields if name in record.fields}
    links: list[Json] = [{"to": index, "as": "repeats"}]
    entry: JsonObject = {
        "kind": "concern",
        "event_at": spell(session.clock.now()),
        "event_precision": "exact",
        "fields": fields,
        "links": links,
    }
    return entry | ({"case_ref": record.case_ref} if record.case_ref else {})


def _linked_entry(session: Session, kind: str, record: SealedRecord, relation: str, fields: JsonObject) -> Entry:
    return read_entry(_entry_json(session, kind, record, relation, fields))


def _entry_json(session: Session, kind: str, record: SealedRecord, relation: str, fields: JsonObject) -> JsonObject:
    """Return an entry of now in JSON, linked to a record and about the same case. Empty fields are left out."""
    links: list[Json] = [{"to": record.index, "as": relation}]
    entry: JsonObject = {
        "kind": kind,
        "event_at": spell(session.clock.now()),
        "event_precision": "exact",
        "fields": {name: value for name, value in fields.items() if value},
        "links": links,
    }
    return entry | ({"case_ref": record.case_ref} if record.case_ref else {})


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def thread_to_json(thread: Thread) -> JsonObject:
    """Return a thread as a JSON object, the output format of the command line."""
    following = thread.following
    return {
        "record": thread.root.index,
        "title": thread.title,
        "state": thread.state,
        "opened_according_to_a_receipt": thread.opened,
        "raised": thread.raised,
        "steps": [
            {
                "record": step.record.index,
                "at": str(step.record.content["event_at"]),
                "step": step.shape.value,
                "words": step.words,
                "limit": step.limit,
            }
            for step in thread.steps
        ],
        "asked": [_ask_to_json(ask) for ask in thread.asks],
        "receipts_not_come": [_unreceipted_to_json(each) for each in thread.unreceipted],
        "next": {"step": following.words, "record": following.record} if following else None,
    }


def _ask_to_json(ask: ReplyRequest) -> JsonObject:
    return {
        "record": ask.record.index,
        "due": ask.due.isoformat(),
        "settled_by": ask.settled_by.index if ask.settled_by else None,
        "working_days": ask.waited,
        "overdue_by": ask.overdue_by,
        "state": ask.in_words(),
    }


def _unreceipted_to_json(missing: MissingReceipt) -> JsonObject:
    return {"record": missing.record.index, "working_days": missing.waited, "overdue": missing.overdue}
