"""Read sealed records: list, show, search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from evidence_app.domain.record.correspondence import form_of
from evidence_app.domain.record.entries import normal_case_ref
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.record.records import SealedRecord, described
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.vocabularies import LOOSE_RELATION
from evidence_app.domain.thread.late_matches import LateMatch, identifiers_named_by, late_matches
from evidence_app.domain.thread.mail_forms import FORM_WORDS
from evidence_app.domain.thread.ndelius_text import paste_text
from evidence_app.domain.thread.receipt_grades import GRADES
from evidence_app.domain.time.times import day_span, gap_in_words, typed_day
from evidence_app.errors import InputError
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import in_words, spell
from evidence_app.services.core.session import Session
from evidence_app.services.records.external_attestations import first_clock_for

__all__ = ["Selection", "Shown", "choose", "in_plain_text", "search", "show", "summary"]


@dataclass(frozen=True, slots=True)
class Shown:
    """A record for display, with the positions of later records that add to it and its text for nDelius.

    `tree_size` is the current size of the log; `clock` is the earliest attestation that covers the record;
    `late` is the message that it names, where that came in after it.
    """

    record: SealedRecord
    addenda: tuple[int, ...]
    ndelius_text: str
    tree_size: int
    clock: Attestation | None = None
    late: LateMatch | None = None

    def to_json(self) -> JsonObject:
        """Return the record in the entry format that `seal` accepts, plus the values that sealing added."""
        content = self.record.content
        shown: JsonObject = {
            name: content[name]
            for name in (
                "id",
                "kind",
                "author",
                "event_at",
                "event_until",
                "event_precision",
                "case_ref",
                "fields",
                "links",
            )
            if name in content
        }
        shown |= {
            "index": self.record.index,
            "code": self.record.code,
            "recorded_at": str(content["recorded_at"]),
            "sealed_at": spell(self.record.sealed_at),
            "leaf_hash": self.record.leaf_hash.hex(),
            "tree_size": self.tree_size,
            "late_entry": self.record.late,
            **_clock(self.record),
            "attachments": [facts.name for facts in self.record.attachments],
            "attachment_details": [facts.to_json() for facts in self.record.attachments],
            "addenda": list(self.addenda),
            "links": content.get("links", []),
        }
        if self.clock is not None:
            shown["first_outside_clock"] = self.clock.in_words()
        if self.late is not None:
            shown["matched_later"] = {"record": str(self.late.message), "match": self.late.how}
        if self.ndelius_text:
            shown["ndelius_text"] = self.ndelius_text
        return shown


def log_size(session: Session) -> int:
    """Return the number of records in the log."""
    return session.store.log.size()


def record_at(session: Session, index: int) -> SealedRecord:
    """Return the record at a position of the log.

    Raises:
        InputError: there is no record at this position.
    """
    return session.store.records.get(index)


def records_at(session: Session, positions: Iterable[int]) -> list[SealedRecord]:
    """Return the records at these positions of the log, in the order asked for.

    Raises:
        InputError: there is no record at one of them.
    """
    return [session.store.records.get(position) for position in positions]


def latest_records(session: Session, count: int) -> list[SealedRecord]:
    """Return the last `count` sealed records, the latest first, without record 0."""
    records = session.store.records.latest(count, session.store.log.size())
    return [record for record in reversed(records) if record.index]


def case_refs(session: Session) -> list[str]:
    """Return all case references in the log."""
    return session.store.records.case_refs()


def show(session: Session, index: int) -> Shown:
    """Return one record for display.

    Raises:
        InputError: there is no record at this position.
    """
    record = session.store.records.get(index)
    later = (other for other in session.store.records.linking_to(index) if index in other.adds_to)
    addenda = tuple(other.index for other in later)
    clock = first_clock_for(session, index)
    about = [session.store.records.get(to) for to, how in record.links if how == "about"]
    return Shown(
        record, addenda, paste_text(record, about), session.store.log.size(), clock, _late_match(session, record)
    )


def _late_match(session: Session, record: SealedRecord) -> LateMatch | None:
    """Return the message that a record names, where that came in after it."""
    records = session.store.records
    named = {position for each in identifiers_named_by(record) for position in records.found_by(f"id:{each}")}
    return late_matches([*(records.get(each) for each in sorted(named)), record]).get(record.key)


def choose(*, case_ref: str = "", kind: str = "", first_day: str = "", last_day: str = "") -> Selection:
    """Return a selection from text that a person typed. Days are London days, both included.

    Raises:
        InputError: there is no such kind or day.
    """
    if kind and kind not in KINDS:
        raise InputError(f"There is no kind “{kind[:40]}”: “evidence-trail kinds” shows the kinds.")
    return Selection(
        case_ref=normal_case_ref(case_ref),
        kind=kind,
        event_from=spell(day_span(typed_day(first_day))[0]) if first_day else "",
        event_to=spell(day_span(typed_day(last_day))[1]) if last_day else "",
    )


def in_plain_text(shown: Shown) -> Iterator[str]:
    """Yield the lines of a record in the plain-text format of the command line."""
    record = shown.record
    written, sealed = record.gaps_in_words()
    yield f"{record.kind.label} {record.index}, code {record.code}{', LATE ENTRY' if record.late else ''}"
    yield f"Happened  {record.event_in_words()}"
    yield f"Written   {in_words(record.recorded_at)} ({written})"
    yield f"Sealed    {in_words(record.sealed_at)} ({sealed})"
    if record.clock_went_back:
        yield f"Clock     {clock_in_words(record)}"
    yield f"Outside   {shown.clock.in_words() if shown.clock else 'no outside clock yet'}"
    if record.case_ref:
        yield f"Case      {record.case_ref}"
    for _, label, text in described(record.kind, record.fields):
        yield f"\n{label}:"
        yield from (f"  {line}" for line in text.split("\n"))
    if record.kind.name == "mail-receipt":
        grade = GRADES.get(str(record.fields.get("type", "")), GRADES["not stated"])
        yield f"\n{grade.words}. {grade.limit}"
    form = form_of(record)
    if form and FORM_WORDS[form].limit:
        yield f"\n{FORM_WORDS[form].limit}"
    if shown.late is not None:
        yield f"\n{shown.late.in_words()}."
    for facts in record.attachments:
        yield f"\nAttachment: {facts.name}, {facts.size:,} bytes, SHA-256 {facts.sha256}"
    for _, sentence in record.links_in_words():
        yield f"\n{sentence}."
    for index in shown.addenda:
        yield f"\nRecord {index} adds to or corrects this one."


def clock_in_words(record: SealedRecord) -> str:
    """Say that the clock went back before a record was sealed, of one of which that is so."""
    before = record.sealed_at + timedelta(seconds=record.clock_went_back)
    return f"this machine's clock went back by {gap_in_words(record.sealed_at, before)} before it was sealed: its times may be wrong"


def thread_of(session: Session, index: int) -> frozenset[int]:
    """Return the positions of a record, the records it links to, and all later records that link back to it, directly or not.

    Links of the loose relation (`LOOSE_RELATION`, “follows”) do not count.

    Raises:
        InputError: there is no such record.
    """
    records = session.store.records
    members = {to for to, how in records.get(index).links if how != LOOSE_RELATION}
    waiting = [index]
    while waiting:
        position = waiting.pop()
        members.add(position)
        later = (each for each in records.linking_to(position) if (position, LOOSE_RELATION) not in each.links)
        waiting += [each.index for each in later if each.index not in members]
    return frozenset(members)


BELONGING: Final = frozenset({"drafted-mail", "message", "mail-receipt", "response", "note", "meeting"})
"""Kinds of record that belong to what they are about: they begin nothing of their own."""


def matter_of(session: Session, index: int) -> frozenset[int]:
    """Return the positions of one matter: what was raised or said, what it is about, its mails, receipts, answers, silences and meetings.

    Of a record that belongs to another, such as a receipt, the matter of that other is returned. What was raised again or taken further
    is a matter of its own.

    Raises:
        InputError: there is no such record.
    """
    records = session.store.records
    root = records.get(index)
    while root.kind.name in BELONGING:
        before = [to for to, how in root.links if how != LOOSE_RELATION and to < root.index]
        if not before:
            break
        root = records.get(before[0])
    members = {root.index, *(to for to, how in root.links if how == "about")}
    waiting = [root.index]
    while waiting:
        for each in records.linking_to(waiting.pop()):
            ties = {how for to, how in each.links if to in members and how != LOOSE_RELATION}
            if ties and each.index not in members and each.kind.name in BELONGING:
                members.add(each.index)
                waiting += [each.index] if each.kind.name != "meeting" else []
    return frozenset(members)


def search(session: Session, text: str) -> list[SealedRecord]:
    """Return the records that contain all words of a text, or have a file that was read and does, the latest sealed first."""
    return [session.store.records.get(index) for index in session.store.records.search(text)]


def _clock(record: SealedRecord) -> JsonObject:
    return {"clock_went_back_seconds": record.clock_went_back} if record.clock_went_back else {}


def summary(record: SealedRecord) -> JsonObject:
    """Return a record as one row of a list, the JSON output of `list` and `search`."""
    content = record.content
    line: JsonObject = {
        "index": record.index,
        "code": record.code,
        "kind": record.kind.name,
        "event_at": str(content["event_at"]),
        "event_precision": record.precision,
        "sealed_at": spell(record.sealed_at),
        "headline": record.headline(),
        "attachments": len(record.attachments),
        "late_entry": record.late,
        **_clock(record),
    }
    return line | ({"case_ref": record.case_ref} if record.case_ref else {})
