"""The database's tables, and the steps from each version to the next. Steps are only ever added."""

from typing import Final

from evidence_app.errors import EnvironmentProblem
from evidence_app.store.database import Database

STEPS: Final[tuple[tuple[str, ...], ...]] = (
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
        # What a record is found by when a mail names it: message identifiers, conversations, files (store.md, *Tables*).
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
    # A draft that was deleted can be brought back for a while; the moment is in UTC.
    ("ALTER TABLE drafts ADD COLUMN deleted_at TEXT NOT NULL DEFAULT ''",),
    (
        # Records that members handed over, as they were shown, with the words to search them by (store.md, *Tables*).
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
)
VERSION: Final = len(STEPS)


def version_of(database: Database) -> int:
    """Return the version of the tables."""
    row = database.one("PRAGMA user_version")
    return int(row[0]) if row else 0


def migrate(database: Database) -> None:
    """Bring the tables to this program's version, all in one transaction.

    Raises:
        EnvironmentProblem: a newer program made them.
    """
    require_known(database)
    found = version_of(database)
    if found == VERSION:
        return
    with database.transaction():
        for step in STEPS[found:]:
            for statement in step:
                database.run(statement)
        database.run(f"PRAGMA user_version = {VERSION}")


class OlderTables(EnvironmentProblem):
    """An older program made the tables, and they were opened for reading alone."""


def require_current(database: Database) -> None:
    """Require that the tables are of this program's version.

    Raises:
        EnvironmentProblem: a newer program made them.
        OlderTables: an older one did.
    """
    require_known(database)
    if version_of(database) < VERSION:
        raise OlderTables("An older version of Evidence Trail made this store. Open it once where it can be written.")


def require_known(database: Database) -> None:
    """Require that no newer program made the tables.

    Raises:
        EnvironmentProblem: one did.
    """
    if version_of(database) > VERSION:
        raise EnvironmentProblem("A newer version of Evidence Trail made this store. Use that version to open it.")
