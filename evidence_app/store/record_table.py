"""Sealed records in the database, with the words to search them by."""

import base64
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from evidence_app.domain.record.entries import event_span
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.vocabularies import COUNTERSIGNED
from evidence_app.domain.text.folding import name_key
from evidence_app.domain.thread.due_items import REVIEWS
from evidence_app.domain.thread.threads import ROOTS
from evidence_app.errors import InputError, StoreDamaged
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.store.database import Database, Row

COLUMNS = "position, content, sealed_at, leaf_hash"
MAX_FOUND = 1_000
IN_PLAY = (*sorted(ROOTS), "message", "mail-receipt", "drafted-mail", "outcome", "workload", "deadline")
"""The kinds that matter to how things stand although nothing links them."""
PROMISES = ("actions", *REVIEWS)
"""The fields with something that falls due."""
CLOCK = "clock"
"""The key that finds every mail of somebody else that quotes a head of a log, every cosignature and every time stamp."""
WITNESSED = "witnessed"
"""The key that finds every head of this log that a witness countersigned."""
STAMPED = "stamped"
"""The key that finds every time stamp of a head of this log."""
HANDOVERS = "handovers"
"""The key that finds every hand-over that was received."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is stored, with its secret."""

    record: SealedRecord
    secret: bytes
    columns_agree: bool


def _condition(selection: Selection) -> tuple[str, list[str]]:
    """Return the condition of a selection in SQL, and its values."""
    tests = {
        "case_ref = ?": selection.case_ref,
        "kind = ?": selection.kind,
        "event_at >= ?": selection.event_from,
        "event_at <= ?": selection.event_to,
    }
    used = {test: value for test, value in tests.items() if value}
    return (" WHERE " + " AND ".join(used) if used else ""), list(used.values())


class RecordTable:
    """The records. They are added and never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: SealedRecord, secret: bytes, lost: Collection[int] = ()) -> None:
        """Add a record and its words. Needs a transaction. Links to records that are `lost` lead nowhere."""
        content = canonical(record.content)
        self._database.run(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            record.index,
            content,
            secret,
            spell(record.sealed_at),
            record.leaf_hash,
            *columns_of(record.content),
        )
        for target in {to for to, _ in record.links}.difference(lost):
            self._database.run("INSERT INTO links VALUES (?, ?)", target, record.index)
        self._database.run_many(
            "INSERT OR IGNORE INTO found_by VALUES (?, ?)", [(key, record.index) for key in keys_of(record)]
        )
        self._database.run(
            "INSERT INTO words (rowid, text) VALUES (?, ?)", record.index, words_to_search(record.content)
        )

    def get(self, index: int) -> SealedRecord:
        """Return the record at a position.

        Raises:
            InputError: there is none.
        """
        row = self._database.one(f"SELECT {COLUMNS} FROM records WHERE position = ?", index)  # noqa: S608 - constant
        if row is None:
            raise InputError(f"There is no record {index}: “evidence-trail list” shows the records.")
        return record_of_row(row)

    def holds(self, index: int) -> bool:
        """Whether there is a record at a position."""
        return self._database.one("SELECT 1 FROM records WHERE position = ?", index) is not None

    def latest(self, count: int, before: int) -> list[SealedRecord]:
        """Return the records that were sealed last before a position, the earliest of them first."""
        rows = self._database.all(
            f"SELECT {COLUMNS} FROM records WHERE position < ? ORDER BY position DESC LIMIT ?",  # noqa: S608 - constant
            before,
            count,
        )
        return [record_of_row(row) for row in reversed(rows)]

    def secret(self, index: int) -> bytes:
        """Return a record's secret."""
        row = self._database.one("SELECT secret FROM records WHERE position = ?", index)
        if row is None:
            raise InputError(f"There is no record {index}.")
        return bytes(row[0])

    def last_sealed_at(self) -> str:
        """Return when the latest record was sealed, or nothing in an empty log."""
        row = self._database.one("SELECT sealed_at FROM records ORDER BY position DESC LIMIT 1")
        return str(row[0]) if row else ""

    def count(self) -> int:
        """Return how many records there are."""
        row = self._database.one("SELECT count(*) FROM records")
        return int(row[0]) if row else 0

    def select(self, selection: Selection, *, by_event: bool = False) -> Iterator[SealedRecord]:
        """Yield records in the order of sealing, or of what happened."""
        where, values = _condition(selection)
        order = "event_at, position" if by_event else "position"
        for row in self._database.each(f"SELECT {COLUMNS} FROM records{where} ORDER BY {order}", *values):  # noqa: S608
            yield record_of_row(row)

    def positions(self, selection: Selection) -> list[int]:
        """Return the positions of records, the latest event first."""
        where, values = _condition(selection)
        rows = self._database.all(
            f"SELECT position FROM records{where} ORDER BY event_at DESC, position DESC",  # noqa: S608 - constant parts
            *values,
        )
        return [int(row[0]) for row in rows]

    def search(self, text: str, limit: int = MAX_FOUND) -> list[int]:
        """Return the positions of the records that hold all words of a text, the latest sealed first.

        The last word may be the beginning of one.
        """
        query = phrases_of(text)
        if not query:
            return []
        # Turned round here: asked to come backwards, FTS5 takes seconds for the beginning of a common word.
        rows = self._database.all("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid", query)
        return [int(row[0]) for row in rows[: -limit - 1 : -1]]

    def linking_to(self, index: int) -> Iterator[SealedRecord]:
        """Yield the later records that have a link to one."""
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM links JOIN records ON position = source WHERE target = ? ORDER BY position",  # noqa: S608
            index,
        ):
            yield record_of_row(row)

    def found_by(self, key: str) -> list[int]:
        """Return the positions of the records that a key names, in their order (`keys_of`)."""
        rows = self._database.all("SELECT position FROM found_by WHERE key = ? ORDER BY position", key)
        return [int(row[0]) for row in rows]

    def with_attachments(self) -> Iterator[SealedRecord]:
        """Yield the records that have attachments."""
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM records WHERE position IN (SELECT record FROM attachments) ORDER BY position"  # noqa: S608
        ):
            yield record_of_row(row)

    def rows_to_check(self) -> Iterator["StoredRecord"]:
        """Yield every record with its secret, and whether the columns beside it say what it says."""
        for row in self._database.each(
            f"SELECT {COLUMNS}, secret, kind, case_ref, event_at FROM records ORDER BY position"  # noqa: S608
        ):
            record = record_of_row(row[:4])
            yield StoredRecord(record, bytes(row[4]), columns_of(record.content) == tuple(row[5:]))

    def in_play(self) -> Iterator[SealedRecord]:
        """Yield every record that may stand in a thread, promises something, or counts the caseload, in their order."""
        kinds, promises = ", ".join("?" * len(IN_PLAY)), " OR ".join(["instr(content, ?)"] * len(PROMISES))
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM records WHERE kind IN ({kinds}) OR {promises} "  # noqa: S608 - constant parts
            "OR position IN (SELECT source FROM links UNION SELECT target FROM links) ORDER BY position",
            *IN_PLAY,
            *(f'"{name}"'.encode() for name in PROMISES),
        ):
            yield record_of_row(row)

    def case_refs(self) -> list[str]:
        """Return every case that a record names."""
        rows = self._database.all("SELECT DISTINCT case_ref FROM records WHERE case_ref != '' ORDER BY case_ref")
        return [str(row[0]) for row in rows]


def columns_of(content: JsonObject) -> tuple[str, str, str]:
    """Return what the table keeps beside a record's content to find it by: kind, case and first moment of the event."""
    until = content.get("event_until")
    first, _ = event_span(str(content["event_at"]), str(until) if until else None, str(content["event_precision"]))
    return str(content["kind"]), str(content.get("case_ref", "")), spell(first)


def keys_of(record: SealedRecord) -> list[str]:
    """Return what a record is found by: ``id:``, ``for:``, ``conversation:``, ``head:``, ``file:``, ``card:`` and ``log:`` with their value."""
    fields = record.fields
    keys = [f"file:{facts.sha256}" for facts in record.attachments]
    if record.kind.name == "message":
        keys += [f"id:{fields['message_id']}"] if "message_id" in fields else []
        conversation = _conversation(str(fields.get("conversation", "")))
        keys += [f"conversation:{conversation}"] if conversation else []
    if record.kind.name == "mail-receipt" and "for_message_id" in fields:
        keys.append(f"for:{fields['for_message_id']}")
    if "quoted_heads" in fields and (record.kind.name == "mail-receipt" or fields.get("direction") == "received"):
        keys.append(CLOCK)
    if record.kind.name == "drafted-mail":
        keys.append(f"head:{fields['head']}")
    if record.kind.name == "card":
        keys += [f"card:{fields['log_key']}", f"card:{fields['witness_key']}"]
    if record.kind.name == "witnessing" and fields["result"] == COUNTERSIGNED:
        keys.append(f"log:{fields['origin']}")
    if record.kind.name == "cosignature":
        keys += [WITNESSED, CLOCK]
    if record.kind.name == "time-stamp":
        keys += [STAMPED, CLOCK]
    if record.kind.name == "handover":
        keys += [
            f"log:{fields['origin']}",
            f"handover:{fields['origin']}",
            HANDOVERS,
            member_key(str(fields["member"])),
        ]
    if record.kind.name == "export":
        keys += [f"export:{fields['sha256']}"] if "sha256" in fields else []
        keys += [f"handed-to:{fields['recipient_key']}"] if "recipient_key" in fields else []
    return keys


def member_key(name: str) -> str:
    """Return the key that finds every hand-over of somebody of this name."""
    return f"member:{name_key(name)}"


def _conversation(thread_index: str) -> str:
    """Return the 22 bytes that all mails of a conversation share, in hexadecimal."""
    try:
        index = base64.b64decode(thread_index, validate=True)
    except ValueError:
        return ""
    return index[:22].hex() if len(index) >= 22 else ""


def phrases_of(text: str) -> str:
    """Return the question to the index of words for all words of a text, the last as the beginning of one; nothing where there are none."""
    words = ["".join(c if c.isalnum() else " " for c in word).split() for word in text.split()]
    phrases = [" ".join(parts) for parts in words if parts]
    return " ".join(f'"{phrase}"' for phrase in phrases) + "*" if phrases else ""


def words_to_search(content: JsonObject) -> str:
    """Return the text that a search looks through."""
    shown: JsonObject = {
        name: content[name] for name in ("fields", "case_ref", "attachments", "author") if name in content
    }
    return "\n".join(value for _, value in scalars(shown) if isinstance(value, str))


def read_content(stored: bytes) -> JsonObject:
    """Read a record as it is stored.

    Raises:
        StoreDamaged: it is not a record.
    """
    try:
        content = parse(stored)
    except InputError as error:
        raise StoreDamaged(
            "A record in the store cannot be read. Use a backup, or “rescue” what can be read."
        ) from error
    if not isinstance(content, dict):
        raise StoreDamaged("A record in the store is not a record.")
    return content


def record_of_row(row: Row) -> SealedRecord:
    """Return the record of a row of `COLUMNS`.

    Raises:
        StoreDamaged: it is none.
    """
    position, content, sealed_at, leaf_hash = row
    return SealedRecord(int(position), read_content(bytes(content)), read_moment(str(sealed_at)), bytes(leaf_hash))
