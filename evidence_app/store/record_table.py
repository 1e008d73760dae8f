"""Tables of sealed records: `records`, `links`, `found_by`, and the search index `words` (docs/spec/store.md, “Database”)."""

import base64
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass

from evidence_app.domain.record.cases.covered_cases import covered_by
from evidence_app.domain.record.entries import event_span
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import IN_PLAY, PROMISES, Selection
from evidence_app.domain.record.vocabularies import COUNTERSIGNED
from evidence_app.domain.text.folding import name_key
from evidence_app.domain.text.number_ranges import read_spans
from evidence_app.domain.text.search_words import words_for_search
from evidence_app.domain.thread.conversations import CONVERSATION_HEADER_BYTES
from evidence_app.errors import InputError, StoreDamaged
from evidence_app.proof.commitment import scalars
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.store.database import Database, Row
from evidence_app.store.word_search import ALL, newest_rows, query_of

COLUMNS = "position, content, sealed_at, leaf_hash"
"""The columns that `record_of_row` reads. Statements with it are f-strings of constants only; values are always bound."""
MAX_FOUND = 1_000
"""The most results of a search, unless the caller states another number."""
CLOCK = "clock"
"""Key of every attestation: a received mail that quotes a checkpoint of a log, a cosignature, or a time stamp."""
WITNESSED = "witnessed"
"""Key of every cosignature of a witness on a checkpoint of this log."""
STAMPED = "stamped"
"""Key of every time stamp of a checkpoint of this log."""
HANDOVERS = "handovers"
"""Key of every hand-over that was received."""
COVERED_CASE = "case:"
"""What begins the key of a case that a record covers."""
KEYS_OF_KIND = {"cosignature": (WITNESSED, CLOCK), "time-stamp": (STAMPED, CLOCK)}
"""Keys that every record of a kind has."""


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it is stored, with the bytes of its content (`raw`) and the secret of its commitment.

    `columns_agree`: the columns `kind`, `case_ref` and `event_at` have the values that the content has.
    """

    record: SealedRecord
    secret: bytes
    columns_agree: bool
    raw: bytes = b""


def _condition(selection: Selection) -> tuple[str, list[str]]:
    """Return the WHERE clause of a selection ("" where it selects everything), and the values to bind."""
    values_by_test = {
        # Bound twice, by its number: the record is about the case, or covers it.
        "(case_ref = ?1 OR position IN (SELECT position FROM found_by WHERE key = 'case:' || ?1))": selection.case_ref,
        "kind = ?": selection.kind,
        "event_at >= ?": selection.event_from,
        "event_at <= ?": selection.event_to,
    }
    given = {test: value for test, value in values_by_test.items() if value}
    return (" WHERE " + " AND ".join(given) if given else ""), list(given.values())


class RecordTable:
    """The sealed records. Rows are added and never changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: SealedRecord, secret: bytes, lost: Collection[int] = ()) -> None:
        """Add a record with its links, keys and search words. Needs a transaction.

        `lost`: positions whose records a rescue could not read; `links` has foreign keys, so links to them are left out.
        """
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
            self._require_not_disposed(index)
            raise InputError(f"There is no record {index}: “evidence-trail list” shows the records.")
        return record_of_row(row)

    def _require_not_disposed(self, index: int) -> None:
        for said_in in self.found_by(f"disposed:{index}"):
            raise InputError(f"Record {index} was disposed of, as record {said_in} says.")

    def remove(self, positions: Collection[int]) -> None:
        """Remove records that are disposed of, with their links and keys. Needs a transaction; the search words are made anew afterwards."""
        rows: list[Row] = [(position,) for position in sorted(positions)]
        for statement in (
            "DELETE FROM links WHERE target = ?",
            "DELETE FROM links WHERE source = ?",
            "DELETE FROM found_by WHERE position = ?",
            "DELETE FROM attachments WHERE record = ?",
            "DELETE FROM records WHERE position = ?",
        ):
            self._database.run_many(statement, rows)

    def holds(self, index: int) -> bool:
        """Return whether there is a record at a position."""
        return self._database.one("SELECT 1 FROM records WHERE position = ?", index) is not None

    def latest(self, count: int, before: int) -> list[SealedRecord]:
        """Return the last `count` records before a position, in the order of sealing."""
        rows = self._database.all(
            f"SELECT {COLUMNS} FROM records WHERE position < ? ORDER BY position DESC LIMIT ?",  # noqa: S608 - constant
            before,
            count,
        )
        return [record_of_row(row) for row in reversed(rows)]

    def secret(self, index: int) -> bytes:
        """Return the secret of a record's commitment.

        Raises:
            InputError: there is no record at that position.
        """
        row = self._database.one("SELECT secret FROM records WHERE position = ?", index)
        if row is None:
            raise InputError(f"There is no record {index}.")
        return bytes(row[0])

    def last_sealed_at(self) -> str:
        """Return when the latest record was sealed, as encoded in UTC, or "" for an empty log."""
        row = self._database.one("SELECT sealed_at FROM records ORDER BY position DESC LIMIT 1")
        return str(row[0]) if row else ""

    def count(self) -> int:
        """Return the number of records."""
        row = self._database.one("SELECT count(*) FROM records")
        return int(row[0]) if row else 0

    def select(self, selection: Selection, *, by_event: bool = False) -> Iterator[SealedRecord]:
        """Yield the selected records in the order of sealing, or of their events."""
        where, values = _condition(selection)
        order = "event_at, position" if by_event else "position"
        for row in self._database.each(f"SELECT {COLUMNS} FROM records{where} ORDER BY {order}", *values):  # noqa: S608
            yield record_of_row(row)

    def positions(self, selection: Selection, limit: int = ALL) -> list[int]:
        """Return the positions of the selected records, or of the first `limit` of them, the latest event first."""
        where, values = _condition(selection)
        rows = self._database.all(
            f"SELECT position FROM records{where} ORDER BY event_at DESC, position DESC LIMIT ?",  # noqa: S608 - constant parts
            *values,
            limit,
        )
        return [int(row[0]) for row in rows]

    def search(self, text: str, limit: int = MAX_FOUND) -> list[int]:
        """Return the positions of the records that contain all words of a text, or have a file that does, the latest sealed first.

        The last word of the text may be a prefix. Files are searched as far as they were read (`AttachmentTable.add_words`).
        """
        query = query_of(text)
        if not query:
            return []
        found = set(newest_rows(self._database, "words", text, limit))
        in_files = self._database.all(
            "SELECT DISTINCT record FROM attachments WHERE content IN (SELECT rowid FROM file_words WHERE file_words MATCH ?)",
            query,
        )
        found |= {int(row[0]) for row in in_files}
        return sorted(found, reverse=True)[: limit if limit != ALL else None]

    def attachments_found(self, index: int, text: str) -> list[int]:
        """Return the places, from 0, of the attachments of a record that contain all words of a text, as far as they were read."""
        query = query_of(text)
        if not query:
            return []
        rows = self._database.all(
            "SELECT place FROM attachments WHERE record = ? AND content IN"
            " (SELECT rowid FROM file_words WHERE file_words MATCH ?) ORDER BY place",
            index,
            query,
        )
        return [int(row[0]) for row in rows]

    def linking_to(self, index: int) -> Iterator[SealedRecord]:
        """Yield the records that link to a record, in the order of sealing."""
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM links JOIN records ON position = source WHERE target = ? ORDER BY position",  # noqa: S608
            index,
        ):
            yield record_of_row(row)

    def found_by(self, key: str) -> list[int]:
        """Return the positions of the records with a key (`keys_of`), in ascending order."""
        rows = self._database.all("SELECT position FROM found_by WHERE key = ? ORDER BY position", key)
        return [int(row[0]) for row in rows]

    def with_attachments(self) -> Iterator[SealedRecord]:
        """Yield the records that have attachments, in the order of sealing."""
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM records WHERE position IN (SELECT record FROM attachments) ORDER BY position"  # noqa: S608
        ):
            yield record_of_row(row)

    def rows_to_check(self) -> Generator["StoredRecord"]:
        """Yield every record with its secret, and whether its columns agree with its content (for ``check``)."""
        for row in self._database.each(
            f"SELECT {COLUMNS}, secret, kind, case_ref, event_at FROM records ORDER BY position"  # noqa: S608
        ):
            record = record_of_row(row[:4])
            yield StoredRecord(record, bytes(row[4]), columns_of(record.content) == tuple(row[5:]), bytes(row[1]))

    def in_play(self, also: Collection[str] = ()) -> Iterator[SealedRecord]:
        """Yield, in the order of sealing, the records that dashboards need: in a thread, with a due date, or of the caseload, and the last; `also` those of some kinds."""
        # A search for the quoted field name in the canonical JSON: a superset, but without parsing every record.
        wanted = sorted({*IN_PLAY, *also})
        kinds, promises = ", ".join("?" * len(wanted)), " OR ".join(["instr(content, ?)"] * len(PROMISES))
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM records WHERE kind IN ({kinds}) OR {promises} "  # noqa: S608 - constant parts
            "OR position IN (SELECT source FROM links UNION SELECT target FROM links) "
            "OR position = (SELECT max(position) FROM records) ORDER BY position",
            *wanted,
            *(f'"{name}"'.encode() for name in PROMISES),
        ):
            yield record_of_row(row)

    def case_refs(self) -> list[str]:
        """Return the references of all cases, each once, sorted: of those that records are about, and of those that they cover."""
        rows = self._database.all(
            "SELECT case_ref FROM records WHERE case_ref != '' UNION SELECT substr(key, 6) FROM found_by WHERE key GLOB 'case:*' ORDER BY 1"
        )
        return [str(row[0]) for row in rows]


def columns_of(content: JsonObject) -> tuple[str, str, str]:
    """Return the indexed columns of a record: kind, case reference, and start of the event (UTC; a date counts from its start)."""
    until = content.get("event_until")
    first, _ = event_span(str(content["event_at"]), str(until) if until else None, str(content["event_precision"]))
    return str(content["kind"]), str(content.get("case_ref", "")), spell(first)


def keys_of(record: SealedRecord) -> list[str]:
    """Return the keys by which `found_by` finds a record (docs/spec/store.md, “Database”).

    Most are a prefix and a value: ``case:``, ``id:``, ``for:``, ``conversation:``, ``head:``, ``file:``, ``card:``, ``log:``,
    ``handover:``, ``member:``, ``export:``, ``stamped-file:`` and ``handed-to:``; the others are the constants of this module.
    """
    fields = record.fields
    keys = [f"file:{facts.sha256}" for facts in record.attachments]
    keys += [f"{COVERED_CASE}{case.ref}" for case in covered_by(record)]
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
    keys += KEYS_OF_KIND.get(record.kind.name, ())
    if record.kind.name == "bundle-stamp":
        keys.append(f"stamped-file:{fields['sha256']}")
    if record.kind.name == "handover":
        keys += [
            f"log:{fields['origin']}",
            f"handover:{fields['origin']}",
            HANDOVERS,
            member_key(str(fields["member"])),
        ]
    if record.kind.name == "disposal":
        keys += [f"disposed:{position}" for position in read_spans(str(fields["disposed_records"]), record.index)]
    if record.kind.name == "export":
        keys += [f"export:{fields['sha256']}"] if "sha256" in fields else []
        keys += [f"handed-to:{fields['recipient_key']}"] if "recipient_key" in fields else []
    return keys


def member_key(name: str) -> str:
    """Return the key of the hand-overs of a member, by the folded name."""
    return f"member:{name_key(name)}"


def _conversation(thread_index: str) -> str:
    """Return the first 22 bytes of a conversation index, which all mails of a conversation share, in hexadecimal; or ""."""
    try:
        index = base64.b64decode(thread_index, validate=True)
    except ValueError:
        return ""
    return index[:CONVERSATION_HEADER_BYTES].hex() if len(index) >= CONVERSATION_HEADER_BYTES else ""


def words_to_search(content: JsonObject) -> str:
    """Return the text of a record for the search index: every string in its fields, case, attachments and author."""
    searchable: JsonObject = {
        name: content[name] for name in ("fields", "case_ref", "attachments", "author") if name in content
    }
    # Two line ends: a hyphen at the end of one string breaks no word of the next.
    return words_for_search("\n\n".join(value for _, value in scalars(searchable) if isinstance(value, str)))


def read_content(stored: bytes) -> JsonObject:
    """Parse the stored bytes of a record.

    Raises:
        StoreDamaged: they are not a JSON object.
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
    """Build the record from a row of `COLUMNS`.

    Raises:
        StoreDamaged: its content cannot be parsed.
    """
    position, content, sealed_at, leaf_hash = row
    return SealedRecord(int(position), read_content(bytes(content)), read_moment(str(sealed_at)), bytes(leaf_hash))
