"""The tables of the database, and the migrations between their versions (docs/spec/store.md, “Database”)."""

from collections.abc import Callable
from typing import Final

from evidence_app.errors import EnvironmentProblem
from evidence_app.store.database import Database
from evidence_app.store.record_table import read_content, words_to_search

# Step n makes version n + 1 from version n. Never change a step that was released: stores exist that have run it. A new
# store runs all of them.
#
# The tables of version 1 in short: each record as canonical bytes with columns to find it by; nodes and checkpoints of
# the log; the files in chunks, of which `attachments` and `draft_attachments` name the content. Most are WITHOUT ROWID:
# the rows are in the primary key's own tree, so that a look-up reads one tree only. `words` is a contentless FTS5 index
# (content=''): it has the terms, but no second copy of the text.
Step = str | Callable[[Database], None]
"""A statement, or what no statement can do."""


def index_anew(database: Database) -> None:
    """Fill the search indexes of records again, with letters folded as names are. Needs a transaction."""
    for table, source, number in (("words", "records", "position"), ("received_words", "received", "number")):
        database.run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 - constant parts
        for position, content in database.all(f"SELECT {number}, content FROM {source}"):  # noqa: S608 - constant parts
            words = words_to_search(read_content(bytes(content)))
            database.run(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", position, words)  # noqa: S608 - constant parts


STEPS: Final[tuple[tuple[Step, ...], ...]] = (
    (
        "CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
        """CREATE TABLE records (
            position INTEGER PRIMARY KEY,
            content BLOB NOT NULL,
            secret BLOB NOT NULL,
            sealed_at TEXT NOT NULL,
            leaf_hash BLOB NOT NULL,
            kind TEXT NOT NULL,
            case_ref TEXT NOT NULL,
            event_at TEXT NOT NULL
        )""",
        "CREATE INDEX records_by_event ON records (event_at, position)",
        "CREATE INDEX records_by_case ON records (case_ref, event_at)",
        "CREATE TABLE nodes (level INTEGER, position INTEGER, hash BLOB NOT NULL, PRIMARY KEY (level, position)) WITHOUT ROWID",
        "CREATE TABLE checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL)",
        """CREATE TABLE links (
            target INTEGER NOT NULL REFERENCES records (position),
            source INTEGER NOT NULL REFERENCES records (position),
            PRIMARY KEY (target, source)
        ) WITHOUT ROWID""",
        "CREATE TABLE contents (number INTEGER PRIMARY KEY, sha256 TEXT UNIQUE, bytes INTEGER)",
        "CREATE TABLE chunks (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
        """CREATE TABLE attachments (
            record INTEGER NOT NULL REFERENCES records (position),
            place INTEGER NOT NULL,
            content INTEGER NOT NULL REFERENCES contents (number),
            PRIMARY KEY (record, place)
        ) WITHOUT ROWID""",
        "CREATE INDEX attachments_by_content ON attachments (content)",
        """CREATE TABLE drafts (
            identity TEXT PRIMARY KEY,
            kind TEXT NOT NULL,
            started_at TEXT NOT NULL,
            saved_at TEXT NOT NULL,
            entry TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE draft_attachments (
            draft TEXT NOT NULL REFERENCES drafts (identity) ON DELETE CASCADE,
            content INTEGER NOT NULL REFERENCES contents (number),
            name TEXT NOT NULL,
            PRIMARY KEY (draft, content)
        ) WITHOUT ROWID""",
        "CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')",
    ),
    (
        # Keys by which records are found, above all when a mail names them (`record_table.keys_of`). The statements
        # after the first add the keys of records that a store of version 1 has.
        "CREATE TABLE found_by (key TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (key, position)) WITHOUT ROWID",
        """INSERT OR IGNORE INTO found_by
            SELECT 'id:' || json_extract(CAST(content AS TEXT), '$.fields.message_id'), position FROM records
            WHERE kind = 'message' AND json_extract(CAST(content AS TEXT), '$.fields.message_id') IS NOT NULL""",
        """INSERT OR IGNORE INTO found_by
            SELECT 'for:' || json_extract(CAST(content AS TEXT), '$.fields.for_message_id'), position FROM records
            WHERE kind = 'mail-receipt' AND json_extract(CAST(content AS TEXT), '$.fields.for_message_id') IS NOT NULL""",
        """INSERT OR IGNORE INTO found_by
            SELECT 'file:' || json_extract(each.value, '$.sha256'), position
            FROM records, json_each(CAST(content AS TEXT), '$.attachments') AS each
            WHERE json_extract(each.value, '$.sha256') IS NOT NULL""",
    ),
    # The time (UTC) when a draft was deleted, for seven days of restoring it; "" for one that is not deleted.
    ("ALTER TABLE drafts ADD COLUMN deleted_at TEXT NOT NULL DEFAULT ''",),
    (
        # Records of hand-overs, each as shown, with its disclosure, and their search index. Of one record of one log
        # exactly one row is `latest`.
        """CREATE TABLE received (
            number INTEGER PRIMARY KEY,
            handover INTEGER NOT NULL REFERENCES records (position),
            origin TEXT NOT NULL,
            position INTEGER NOT NULL,
            content BLOB NOT NULL,
            disclosure BLOB NOT NULL,
            sealed_at TEXT NOT NULL,
            leaf_hash BLOB NOT NULL,
            kind TEXT NOT NULL,
            event_at TEXT NOT NULL,
            latest INTEGER NOT NULL
        )""",
        "CREATE INDEX received_by_handover ON received (handover, position)",
        "CREATE UNIQUE INDEX received_latest ON received (origin, position) WHERE latest",
        "CREATE INDEX received_by_event ON received (event_at, number) WHERE latest",
        "CREATE VIRTUAL TABLE received_words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')",
    ),
    (
        # The words of attachments, read after sealing; what of a file could not be read. Contents of records are never
        # deleted, so a number is never that of another file.
        "CREATE TABLE files_read (content INTEGER PRIMARY KEY REFERENCES contents (number), doubt TEXT NOT NULL)",
        "CREATE VIRTUAL TABLE file_words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2')",
        index_anew,
    ),
)
VERSION: Final = len(STEPS)
"""The version of the tables that this program reads and writes."""


def version_of(database: Database) -> int:
    """Return the version of the tables (``PRAGMA user_version``); 0 for a new database."""
    row = database.one("PRAGMA user_version")
    return int(row[0]) if row else 0


def migrate(database: Database) -> None:
    """Migrate the tables to `VERSION` in one transaction; the version number is part of it.

    Raises:
        EnvironmentProblem: the tables have a newer version.
    """
    require_known(database)
    if version_of(database) == VERSION:
        return
    with database.transaction():
        migrate_within(database)


def migrate_within(database: Database) -> None:
    """Migrate the tables to `VERSION`. Needs a transaction; the version number is part of it."""
    for step in STEPS[version_of(database) :]:
        for each in step:
            if isinstance(each, str):
                database.run(each)
            else:
                each(database)
    database.run(f"PRAGMA user_version = {VERSION}")


class OlderTables(EnvironmentProblem):
    """The tables have an older version, and were opened read-only."""


def require_current(database: Database) -> None:
    """Require the tables to have the version `VERSION`.

    Raises:
        EnvironmentProblem: they have a newer version.
        OlderTables: they have an older version.
    """
    require_known(database)
    if version_of(database) < VERSION:
        raise OlderTables("An older version of Evidence Trail made this store. Open it once where it can be written.")


def require_known(database: Database) -> None:
    """Require the tables to have a version that this program knows.

    Raises:
        EnvironmentProblem: they have a newer version.
    """
    if version_of(database) > VERSION:
        raise EnvironmentProblem("A newer version of Evidence Trail made this store. Use that version to open it.")
