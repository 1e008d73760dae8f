"""Conversations that a telephone or Teams exports, as what is brought in: who took part, when, and the thread that they belong to."""

from dataclasses import dataclass, replace
from datetime import datetime

from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.documents.office.chat_export import HEADS as EXPORTED
from evidence_app.documents.office.content import CannotRead, ContentTable, DocumentContent
from evidence_app.documents.office.conversation import HEADS as TELEPHONED
from evidence_app.documents.opening import content_of_foreign
from evidence_app.domain.people.directory import directory
from evidence_app.domain.phrases import Phrase, counted_phrase, phrase
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import ROOTS, Selection
from evidence_app.domain.text.folding import name_key
from evidence_app.domain.time.times import london_day
from evidence_app.mail.text import clean_line
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.services.core.session import Session

ENDINGS = (".txt", ".zip", ".json")
"""Endings of the names of such files."""
MAX_NAMED = 12
"""People who are named in the words of the record; the file names all."""
BY_HAND, PROBABLE = "by hand", "probable"


@dataclass(frozen=True, slots=True)
class Conversation:
    """A conversation: who took part, in the order of their first messages, how many messages it has, and when the first and last were, as the file says.

    `about` is the record that its thread begins with, `how` how surely, and `candidates` are the beginnings that fit where several do.
    """

    people: tuple[str, ...]
    count: int
    first: str
    last: str
    about: int | None = None
    how: str = ""
    candidates: tuple[int, ...] = ()

    def in_words(self) -> Phrase:
        """Say what it is."""
        people, left = ", ".join(self.people[:MAX_NAMED]), len(self.people) - MAX_NAMED
        return counted_phrase(
            self.count,
            "Conversation of {count} message, {first} to {last}: {people}",
            "Conversation of {count} messages, {first} to {last}: {people}",
            first=self.first,
            last=self.last,
            people=phrase("{names} and {count} more", names=people, count=left) if left > 0 else people,
        )

    def match_in_words(self) -> Phrase:
        """Say what it belongs to, and how surely."""
        if self.about is not None:
            return phrase("{how} match: the thread of record {record}", how=phrase(self.how), record=self.about)
        if self.candidates:
            return phrase("{count} threads fit: choose one", count=len(self.candidates))
        return phrase("no thread that is held names these people")


def conversation_in(name: str, untrusted: bytes) -> Conversation | None:
    """Return the conversation that a file is, or None if it is none."""
    if not name.casefold().endswith(ENDINGS):
        return None
    try:
        said = content_of_foreign(media_type(untrusted[:HEAD_BYTES], name), name, untrusted)
    except CannotRead:
        return None
    rows = _messages(said) if said is not None else []
    if not rows:
        return None
    people = dict.fromkeys(clean_line(who, 200) for _, who in rows if who)
    return Conversation(tuple(people), len(rows), rows[0][0], rows[-1][0])


def _messages(said: DocumentContent) -> list[tuple[str, str]]:
    """Return when each message was, and whose."""
    return [
        ("".join(run.text for run in row[0]), "".join(run.text for run in row[1]))
        for block in said.blocks
        if isinstance(block, ContentTable) and block.heads in (TELEPHONED, EXPORTED)
        for row in block.rows
        if len(row) > 1
    ]


def thread_of(session: Session, talk: Conversation) -> Conversation:
    """Return a conversation with the thread it belongs to: the one that names somebody who took part. A match by hand stays."""
    if talk.how == BY_HAND:
        return talk
    # The owner takes part in all of them, and is named in most threads: that ties nothing.
    wanted = {name_key(person) for person in talk.people} - {name_key(str(session.owner.get("person", "")))}
    beginnings = [each for each in session.store.records.select(Selection(), by_event=True) if each.kind.name in ROOTS]
    named = directory(beginnings).people
    places = sorted({place for each in named if name_key(each.name) in wanted for place in each.records})
    if len(places) == 1:
        return replace(talk, about=places[0], how=PROBABLE, candidates=())
    return replace(talk, about=None, how="", candidates=tuple(places))


def conversation_entry(name: str, talk: Conversation, related: SealedRecord | None, now: datetime) -> JsonObject:
    """Return the entry of a conversation: what it is, and the thread that it is about. The file has its words."""
    entry: JsonObject = {
        "kind": "note",
        "event_at": london_day(now).isoformat(),
        "event_precision": "date only",
        "fields": {"text": f"{talk.in_words()}. The file, kept as it came: {clean_line(name, 200)}"},
    }
    if related is not None:
        entry["links"] = [{"to": related.index, "as": "about"}]
        entry |= {"case_ref": related.case_ref} if related.case_ref else {}
    return entry
