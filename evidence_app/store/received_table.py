"""Table of records from members' hand-overs, as disclosed, with their disclosures (docs/spec/exchange.md, section 7)."""

from collections.abc import Collection, Iterator

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Received, ReceivedQuery
from evidence_app.proof.encoding.json import JsonObject, canonical
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.store.database import Database, Row
from evidence_app.store.record_table import columns_of, read_content, words_to_search
from evidence_app.store.word_search import query_of

COLUMNS = "handover, origin, position, content, sealed_at, leaf_hash"
"""The columns that `_of_row` reads."""


class ReceivedTable:
    """The received records. Rows are added with their hand-over; later only the column `latest` changes.

    A record that several hand-overs disclose has a row for each; `latest` marks the newest.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, handover: int, origin: str, record: SealedRecord, disclosure: JsonObject) -> None:
        """Add a record as the hand-over at position `handover` of the own log disclosed it. Needs a transaction."""
        # Before the new row: the index `received_latest` allows one latest row for each record of a log.
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

    def remove(self, handovers: Collection[int]) -> None:
        """Remove what some hand-overs showed; of each of their logs the newest that is left is the latest. Needs a transaction."""
        for handover in handovers:
            self._database.run("DELETE FROM received WHERE handover = ?", handover)
        self._database.run(
            "UPDATE received SET latest = 1 WHERE number IN (SELECT max(number) FROM received GROUP BY origin, position)"
        )

    def positions(self, origin: str) -> list[int]:
        """Return the positions of a log of which any hand-over disclosed the record, in ascending order."""
        rows = self._database.all("SELECT position FROM received WHERE origin = ? AND latest ORDER BY position", origin)
        return [int(row[0]) for row in rows]

    def select(self, wanted: ReceivedQuery) -> Iterator[Received]:
        """Yield records as the latest hand-over or a given one disclosed them, in the order of their events.

        Only constant conditions are put together; every value is bound.
        """
        conditions = ["latest" if wanted.handover is None else "handover = ?"]
        values: list[int | str] = []
        if wanted.handover is not None:
            values.append(wanted.handover)
        if wanted.position is not None:
            conditions.append("position = ?")
            values.append(wanted.position)
        if wanted.origins:
            conditions.append(f"origin IN ({', '.join('?' * len(wanted.origins))})")
            values += wanted.origins
        if wanted.kind:
            conditions.append("kind = ?")
            values.append(wanted.kind)
        if wanted.words.strip():
            if not query_of(wanted.words):
                return
            conditions.append("number IN (SELECT rowid FROM received_words WHERE received_words MATCH ?)")
            values.append(query_of(wanted.words))
        for row in self._database.each(
            f"SELECT {COLUMNS} FROM received WHERE {' AND '.join(conditions)} ORDER BY event_at, number",  # noqa: S608 - constant
            *values,
        ):
            yield _of_row(row)

    def disclosures(self, handover: int) -> Iterator[tuple[SealedRecord, bytes]]:
        """Yield the records of a hand-over in the order of their log, each with the canonical bytes of its disclosure."""
        for row in self._database.each(
            f"SELECT {COLUMNS}, disclosure FROM received WHERE handover = ? ORDER BY position",  # noqa: S608 - constant
            handover,
        ):
            yield _of_row(row[:-1]).record, bytes(row[-1])

    def counts(self) -> dict[str, int]:
        """Return the number of received records by the origin of their log; each record counts once."""
        rows = self._database.all("SELECT origin, count(*) FROM received WHERE latest GROUP BY origin")
        return {str(origin): int(count) for origin, count in rows}


def _of_row(row: Row) -> Received:
    handover, origin, position, content, sealed_at, leaf_hash = row
    record = SealedRecord(int(position), read_content(bytes(content)), read_moment(str(sealed_at)), bytes(leaf_hash))
    return Received(int(handover), str(origin), record)
