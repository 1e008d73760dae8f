"""The records that members handed over, as they were shown, with their disclosures (docs/spec/exchange.md, section 7)."""

from collections.abc import Iterator

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Received, ReceivedQuery
from evidence_app.proof.encoding.json import JsonObject, canonical
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.store.database import Database, Row
from evidence_app.store.record_table import columns_of, phrases_of, read_content, words_to_search

COLUMNS = "handover, origin, position, content, sealed_at, leaf_hash"


class ReceivedTable:
    """Rows are added with the hand-over that shows them, and never changed but for which of them is the latest."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, handover: int, origin: str, record: SealedRecord, disclosure: JsonObject) -> None:
        """Add a record. Needs a transaction."""
        self._database.run(
            "UPDATE received SET latest = 0 WHERE origin = ? AND position = ? AND latest", origin, record.index
        )
        kind, _, event_at = columns_of(record.content)
        self._database.run(
            "INSERT INTO received (handover, origin, position, content, disclosure, sealed_at, leaf_hash, kind, event_at, latest)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            handover,
            origin,
            record.index,
            canonical(record.content),
            canonical(disclosure),
            spell(record.sealed_at),
            record.leaf_hash,
            kind,
            event_at,
        )
        self._database.run(
            "INSERT INTO received_words (rowid, text) VALUES (last_insert_rowid(), ?)", words_to_search(record.content)
        )

    def positions(self, origin: str) -> list[int]:
        """Return the positions of a log that any hand-over has shown."""
        rows = self._database.all("SELECT position FROM received WHERE origin = ? AND latest ORDER BY position", origin)
        return [int(row[0]) for row in rows]

    def select(self, wanted: ReceivedQuery) -> Iterator[Received]:
        """Yield records as the latest hand-over showed them, or as one hand-over did, in the order of what happened."""
        tests = ["latest" if wanted.handover is None else "handover = ?"]
        values: list[int | str] = []
        if wanted.handover is not None:
            values.append(wanted.handover)
        if wanted.position is not None:
            tests.append("position = ?")
            values.append(wanted.position)
        if wanted.origins:
            tests.append(f"origin IN ({', '.join('?' * len(wanted.origins))})")
            values += wanted.origins
        if wanted.kind:
            tests.append("kind = ?")
            values.append(wanted.kind)
        if wanted.words.strip():
            if not phrases_of(wanted.words):
                return
            tests.append("number IN (SELECT rowid FROM received_words WHERE received_words MATCH ?)")
            values.append(phrases_of(wanted.words))
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM received WHERE {' AND '.join(tests)} ORDER BY event_at, number",  # noqa: S608 - constant
            *values,
        ):
            yield _of_row(row)

    def disclosures(self, handover: int) -> Iterator[tuple[SealedRecord, bytes]]:
        """Yield the records of a hand-over in their order, each with its disclosure's canonical bytes."""
        for row in self._database.each(
            f"SELECT {COLUMNS}, disclosure FROM received WHERE handover = ? ORDER BY position",  # noqa: S608 - constant
            handover,
        ):
            yield _of_row(row[:-1]).record, bytes(row[-1])

    def counts(self) -> dict[str, int]:
        """Return how many records of each log have been received."""
        rows = self._database.all("SELECT origin, count(*) FROM received WHERE latest GROUP BY origin")
        return {str(origin): int(count) for origin, count in rows}


def _of_row(row: Row) -> Received:
    handover, origin, position, content, sealed_at, leaf_hash = row
    record = SealedRecord(int(position), read_content(bytes(content)), read_moment(str(sealed_at)), bytes(leaf_hash))
    return Received(int(handover), str(origin), record)
