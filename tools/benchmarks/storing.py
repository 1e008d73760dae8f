"""Sealing, searching, checking and attaching, against the same writes and reads in a bare SQLCipher database."""

import hashlib
import resource
import secrets
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from evidence_app.proof.encoding.json import canonical
from evidence_app.services.core.sealing import Source, seal
from evidence_app.services.safekeeping.checking import check_store
from tools.benchmarks import stores
from tools.benchmarks.measuring import Result, in_turn, seconds_of

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
        "CREATE TABLE rows (number INTEGER PRIMARY KEY, content BLOB)",
        "CREATE TABLE chunks (number INTEGER PRIMARY KEY, bytes BLOB)",
        "CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')",
    ):
        connection.execute(statement).fetchone()
    return connection


def seal_one(folder: Path) -> Result:
    """Seal 50 records; the floor commits one row and its words for each."""
    session = stores.new_session(folder / "sealing")
    bare = bare_database(folder / "sealing.db")
    stores.fill(session, 1000)
    entries = [stores.entry(number) for number in range(50)]

    def ours() -> None:
        for entry in entries:
            seal(session, entry)

    contents = [canonical(entry.fields) for entry in entries]

    def floor() -> None:
        for content in contents:
            bare.execute("BEGIN IMMEDIATE")
            cursor = bare.execute("INSERT INTO rows (content) VALUES (?)", (content,))
            bare.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (cursor.lastrowid, content.decode()))
            bare.execute("COMMIT")

    mine, least = in_turn(ours, floor, 7)
    session.close()
    bare.close()
    return Result("seal one record, durable", mine / 50, least / 50, "1.5")


def many(folder: Path, count: int) -> list[Result]:
    """Measure search and check in a store of so many records."""
    session = stores.new_session(folder / "many")
    filling = seconds_of(lambda: stores.fill(session, count))
    results = [search(session, count), check(session, count)]
    session.close()
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


def check(session, count: int) -> Result:
    """Check the store; the floor hashes every row once."""
    database = session.store._database

    def floor() -> None:
        for row in database.each("SELECT content, secret, leaf_hash FROM records"):
            hashlib.sha256(row[0] + row[1] + row[2]).digest()

    least = seconds_of(floor, 3)
    mine = seconds_of(lambda: check_store(session))
    return Result(f"check a store of {count:,} records", mine, least, "3", f"{mine / count * 1e6:.0f} µs a record")


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
