"""Sealing, searching, checking and attaching, against the same writes and reads in a bare SQLCipher database."""

import resource
import secrets
from pathlib import Path
from typing import Final

import sqlcipher3.dbapi2 as sqlcipher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from evidence_app.proof.encoding.json import canonical
from evidence_app.services.core.sealing import Source, composed, seal
from evidence_app.store.record_table import words_to_search
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, apart, in_turn, numbers, seconds_of

GROUP = 128
"""Entries that the command line seals together."""
CHUNK = 256 * 1024
"""Bytes per row in which the floor stores a file."""


def bare_database(path: Path):
    """Return a connection to a new encrypted database with the store's own pragmas and a full-text index."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    for statement in (
        "PRAGMA cipher_log_level = NONE",
        "PRAGMA cipher_memory_security = ON",
        f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA secure_delete = ON",
        "CREATE TABLE rows (number INTEGER PRIMARY KEY, content BLOB, secret BLOB, leaf BLOB)",
        "CREATE TABLE notes (number INTEGER PRIMARY KEY, note TEXT)",
        "CREATE TABLE chunks (number INTEGER PRIMARY KEY, bytes BLOB)",
        "CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')",
    ):
        connection.execute(statement).fetchone()
    return connection


def seal_one(folder: Path) -> Result:
    """Seal 50 records; the floor commits for each the same bytes and a leaf, its words, and a note with one signature, in one transaction."""
    session = stores.new_session(folder / "sealing")
    bare = bare_database(folder / "sealing.db")
    stores.fill(session, 1000)
    entries = [stores.entry(number) for number in range(50)]

    def ours() -> None:
        for entry in entries:
            seal(session, entry)

    rows = _same_bytes(session, entries)

    def floor() -> None:
        for row in rows:
            _commit(bare, [row])

    mine, least = in_turn(ours, floor, 9)
    session.close()
    bare.close()
    return Result("seal one record, durable", mine / 50, least / 50, "1.3")


KEY: Final = Ed25519PrivateKey.generate()
Row = tuple[bytes, bytes, bytes, str]
"""The bytes of a record, its secret, its leaf hash, and the words to search for."""


def _same_bytes(session, entries) -> list[Row]:
    """Return what a store keeps of entries, made beforehand: a floor only writes it."""
    now, rows = session.clock.now(), []
    for entry in entries:
        content = composed(session, entry, now, [])
        rows.append((canonical(content), secrets.token_bytes(32), secrets.token_bytes(32), words_to_search(content)))
    return rows


def _commit(bare, rows: list[Row]) -> None:
    """Write rows in one transaction, each with its words and a signed note."""
    bare.execute("BEGIN IMMEDIATE")
    for content, secret, leaf, words in rows:
        number = bare.execute(
            "INSERT INTO rows (content, secret, leaf) VALUES (?, ?, ?)", (content, secret, leaf)
        ).lastrowid
        bare.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (number, words))
        note = f"log\n{number}\n{leaf.hex()}\n"
        bare.execute("INSERT INTO notes VALUES (?, ?)", (number, f"{note}{KEY.sign(note.encode()).hex()}"))
    bare.execute("COMMIT")


def seal_many(folder: Path) -> Result:
    """Seal 1,000 records of one file in groups, against sealing each in a transaction of its own."""
    # Here, so that a revision without it can be measured in everything else.
    from evidence_app.services.core.sealing import seal_together

    entries = [stores.entry(number) for number in range(1_000)]
    alone, together = stores.new_session(folder / "alone"), stores.new_session(folder / "together")

    def one_by_one() -> None:
        for entry in entries:
            seal(alone, entry)

    def in_groups() -> None:
        for first in range(0, len(entries), GROUP):
            seal_together(together, entries[first : first + GROUP])

    single, grouped = in_turn(one_by_one, in_groups, 3)
    alone.close()
    together.close()
    remark = f"{1_000 / grouped:,.0f} records a second; one by one {1_000 / single:,.0f}"
    return Result("seal 1,000 records: one by one to in groups", single, grouped, "at least 5", remark)


def many(folder: Path, count: int) -> list[Result]:
    """Measure search and check in a store of so many records."""
    session = stores.new_session(folder / "many")
    filling = seconds_of(lambda: stores.fill(session, count))
    results = [search(session, count)]
    session.close()
    results.append(check(folder / "many", count))
    print(f"({count:,} records put in: {filling:.1f} s)", flush=True)
    return results


def search(session, count: int) -> Result:
    """Search ten pairs of words; the floor runs the full-text query alone."""
    database = session.store._database

    def ours() -> None:
        for word in stores.WORDS[:10]:
            session.store.records.search(f"{word} {stores.WORDS[12]}")

    def floor() -> None:
        for word in stores.WORDS[:10]:
            database.all(
                "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid",
                f'"{word}" "{stores.WORDS[12]}"*',
            )

    mine, least = in_turn(ours, floor, 3)
    return Result(f"search {count:,} records", mine / 10, least / 10, "1.3")


def check(folder: Path, count: int) -> Result:
    """Check the store in a process of its own; the floor makes the same calls of SHA-256 and SHAKE-256 over the same rows, on one core."""
    least = numbers(apart("tools.benchmarks.checking", folder, "floor"))[0]
    mine, megabytes = numbers(apart("tools.benchmarks.checking", folder, "check"))
    remark = f"{mine / count * 1e6:.0f} µs a record, {megabytes:.0f} MB (aim 250)"
    return Result(f"check a store of {count:,} records", mine, least, "0.8 on two cores", remark)


def attach(folder: Path, megabytes: int) -> Result:
    """Seal a record with a large attachment; the floor writes the same bytes into a table in chunks."""
    path = folder / "large.bin"
    with path.open("wb") as file:
        for _ in range(megabytes):
            file.write(secrets.token_bytes(1024 * 1024))
    bare = bare_database(folder / "attach.db")

    def floor() -> None:
        bare.execute("BEGIN IMMEDIATE")
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                bare.execute("INSERT INTO chunks (bytes) VALUES (?)", (chunk,))
        bare.execute("COMMIT")

    least = seconds_of(floor)
    bare.close()
    (folder / "attach.db").unlink()
    session = stores.new_session(folder / "attaching")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    mine = seconds_of(lambda: seal(session, stores.entry(1), [Source("large.bin", path)]))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    session.close()
    path.unlink()
    return Result(f"attach {megabytes} MB", mine, least, "1.3", f"peak memory grew by {grown:.0f} MB")
