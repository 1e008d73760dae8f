"""Threads and what needs chasing; and the sealing of what did not happen: no answer, no receipt, an action not done."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from evidence_app.domain.record.entries import Entry, read_entry
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.scheduling import YieldPoint, never_yield, yielding
from evidence_app.domain.thread.due_items import DueItem, due_items
from evidence_app.domain.thread.next_steps import NextStep
from evidence_app.domain.thread.reply_requests import MissingReceipt, ReplyRequest
from evidence_app.domain.thread.steps import NO_ANSWER, NONE_RECEIVED, person_in
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


@dataclass(frozen=True, slots=True)
class Today:
    """How things stand today: every thread, and what needs chasing."""

    day: date
    threads: tuple[Thread, ...]
    due_items: tuple[DueItem, ...]


def look(session: Session, pace: YieldPoint = never_yield) -> Today:
    """Return how things stand today."""
    settings, day = load_settings(session), today(session)
    records = list(yielding(session.store.records.in_play(), pace))
    threads = all_threads(records, day, settings, pace)
    return Today(day, tuple(threads), tuple(due_items(threads, records, day, settings)))


def today(session: Session) -> date:
    """Return the day it is in London."""
    return london_day(session.clock.now())


def show_thread(session: Session, index: int) -> Thread:
    """Return the thread that a record belongs to: from its beginning, if it leads back to one.

    Raises:
        InputError: there is no such record.
    """
    session.store.records.get(index)
    web = LinkGraph(session.store.records.select(Selection()))
    return make_thread(web, web.beginning_of(index), today(session), load_settings(session))


def chase(session: Session) -> list[DueItem]:
    """Return what needs chasing, the longest overdue first."""
    return list(look(session).due_items)


def find_chaser(session: Session, identity: str) -> DueItem:
    """Return something to chase by its name.

    Raises:
        InputError: there is no such thing to chase now.
    """
    for each in chase(session):
        if each.identity == identity:
            return each
    raise InputError(f"There is nothing to chase called “{identity[:40]}”: “evidence-trail chase” shows what there is.")


def seal_absence(session: Session, identity: str) -> Sealed:
    """Seal that a reply or a mail receipt has not come by its date.

    Raises:
        InputError: it is not overdue, or there is no such thing to chase.
    """
    found = find_chaser(session, identity)
    if found.sort not in {"reply", "receipt"}:
        raise InputError(f"“{identity}” is neither a reply nor a mail receipt: say what became of it instead.")
    if not found.overdue_by:
        raise InputError(f"“{identity}” is not overdue: it is {found.state}. Nothing was sealed.")
    entry = silence_entry(session, found) if found.sort == "reply" else no_receipt_entry(session, found)
    return seal(session, entry)


def silence_entry(session: Session, found: DueItem) -> Entry:
    """Return the entry that says that no answer came by the date asked for."""
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
    return _entry(session, "response", record, "answers", fields)


def no_receipt_entry(session: Session, found: DueItem) -> Entry:
    """Return the entry that says that a mail receipt was asked for and none came."""
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
    return _entry(session, "mail-receipt", record, "receipt for", fields)


def seal_outcome(session: Session, identity: str, state: str, note: str = "") -> Sealed:
    """Seal what became of an action or a review.

    Raises:
        InputError: it is neither, or there is no such thing to chase.
    """
    found = find_chaser(session, identity)
    if state not in STATES:
        raise InputError(f"What became of it is one of: {', '.join(STATES)}.")
    return seal(session, read_entry(_outcome(session, found, state, note)))


def outcome_draft(session: Session, identity: str, state: str) -> JsonObject:
    """Return an entry that says what became of an action, a review or a drafted e-mail, to be looked at and sealed.

    Raises:
        InputError: it is none of these, or there is no such thing to chase.
    """
    return _outcome(session, find_chaser(session, identity), state, "")


def _outcome(session: Session, found: DueItem, state: str, note: str) -> JsonObject:
    if found.sort not in {"action", "review", "deadline", "sent-copy"}:
        raise InputError(f"“{found.identity}” is neither an action nor a review.")
    fields: JsonObject = {"item": found.item, "state": state, "on": today(session).isoformat(), "note": note}
    return _written(session, "outcome", found.record, "results from", fields)


def answer_draft(session: Session, index: int) -> JsonObject:
    """Return an entry that says what a reply by mail amounts to, to be judged by the officer.

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
    entry = _written(session, "response", reply, "about", fields)
    answered: list[Json] = [{"to": to, "as": "answers"} for to, how in reply.links if how == "answers"]
    links = entry.get("links")
    return entry | {
        "links": answered + (links if isinstance(links, list) else []),
        "event_at": reply.content["event_at"],
    }


def escalation_draft(session: Session, thread: Thread, step: NextStep) -> JsonObject:
    """Return an entry to begin an escalation with: what is asked, from which level to which, linked to what it takes further."""
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
    """Return an entry to raise a concern again with: the same person and request, linked to the first so that the repeats count up.

    The words are for the officer to write anew: what is said today is not what was said then.

    Raises:
        InputError: the record is no concern.
    """
    record = session.store.records.get(index)
    if record.kind.name != "concern":
        raise InputError(f"Record {index} is not a concern: only a concern is raised again.")
    kept = ("raised_with", "category", "severity", "ask")
    fields: JsonObject = {name: record.fields[name] for name in kept if name in record.fields}
    links: list[Json] = [{"to": index, "as": "repeats"}]
    entry: JsonObject = {
        "kind": "concern",
        "event_at": spell(session.clock.now()),
        "event_precision": "exact",
        "fields": fields,
        "links": links,
    }
    return entry | ({"case_ref": record.case_ref} if record.case_ref else {})


def _entry(session: Session, kind: str, record: SealedRecord, relation: str, fields: JsonObject) -> Entry:
    return read_entry(_written(session, kind, record, relation, fields))


def _written(session: Session, kind: str, record: SealedRecord, relation: str, fields: JsonObject) -> JsonObject:
    links: list[Json] = [{"to": record.index, "as": relation}]
    written: JsonObject = {
        "kind": kind,
        "event_at": spell(session.clock.now()),
        "event_precision": "exact",
        "fields": {name: value for name, value in fields.items() if value},
        "links": links,
    }
    return written | ({"case_ref": record.case_ref} if record.case_ref else {})


def _list(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def thread_to_json(thread: Thread) -> JsonObject:
    """Return a thread as the command line prints it."""
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


def _unreceipted_to_json(each: MissingReceipt) -> JsonObject:
    return {"record": each.record.index, "working_days": each.waited, "overdue": each.overdue}
