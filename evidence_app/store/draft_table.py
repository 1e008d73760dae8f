"""Drafts: entries not yet sealed. They are editable, and in no proof."""

from dataclasses import dataclass, field
from typing import Final

from evidence_app.errors import InputError, StoreDamaged
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.store.attachment_table import AttachmentTable, Readable
from evidence_app.store.database import Database, Row

_DRAFTS: Final = "SELECT identity, kind, started_at, saved_at, entry, deleted_at FROM drafts"


@dataclass(frozen=True, slots=True)
class DraftAttachment:
    """A file kept with a draft: its content's number in the store, its name and its size in bytes."""

    content: int
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished entry as the form holds it; nothing in it has been checked. Times are in UTC."""

    identity: str
    kind: str
    started_at: str
    saved_at: str
    entry: JsonObject
    attachments: tuple[DraftAttachment, ...] = field(default=())
    deleted_at: str = ""


class DraftTable:
    """The drafts."""

    def __init__(self, database: Database, attachments: AttachmentTable) -> None:
        self._database = database
        self._attachments = attachments

    def save(self, draft: Draft) -> None:
        """Keep a draft as it is now. Its attachments are kept by `attach`. Needs a transaction."""
        self._database.run(
            "INSERT INTO drafts (identity, kind, started_at, saved_at, entry) VALUES (?, ?, ?, ?, ?) ON CONFLICT (identity)"
            " DO UPDATE SET saved_at = excluded.saved_at, entry = excluded.entry",
            draft.identity,
            draft.kind,
            draft.started_at,
            draft.saved_at,
            canonical(draft.entry).decode("utf-8"),
        )

    def attach(self, identity: str, name: str, source: Readable) -> None:
        """Keep a file's bytes with a draft. Needs a transaction."""
        content, _, _ = self._attachments.take_in(source)
        self._database.run("INSERT OR REPLACE INTO draft_attachments VALUES (?, ?, ?)", identity, content, name)

    def detach(self, identity: str, content: int) -> None:
        """Take a file off a draft. Needs a transaction."""
        self._database.run("DELETE FROM draft_attachments WHERE draft = ? AND content = ?", identity, content)
        self._attachments.drop_unused()

    def all(self) -> list[Draft]:
        """Return the drafts, the latest saved first."""
        rows = self._database.all(f"{_DRAFTS} WHERE deleted_at = '' ORDER BY saved_at DESC, identity")
        return [self._draft(row) for row in rows]

    def deleted(self) -> list[Draft]:
        """Return the drafts that were deleted and are still there, the last deleted first."""
        rows = self._database.all(f"{_DRAFTS} WHERE deleted_at <> '' ORDER BY deleted_at DESC, identity")
        return [self._draft(row) for row in rows]

    def mark_deleted(self, identity: str, deleted_at: str) -> None:
        """Say that a draft was deleted at a moment, or with none that it was not. Needs a transaction."""
        self._database.run("UPDATE drafts SET deleted_at = ? WHERE identity = ?", deleted_at, identity)

    def remove_deleted_before(self, moment: str) -> None:
        """Remove the drafts that were deleted before a moment, for good. Needs a transaction."""
        self._database.run("DELETE FROM drafts WHERE deleted_at <> '' AND deleted_at < ?", moment)
        self._attachments.drop_unused()

    def get(self, identity: str) -> Draft:
        """Return a draft.

        Raises:
            InputError: there is none.
        """
        row = self._database.one(f"{_DRAFTS} WHERE identity = ?", identity)
        if row is None:
            raise InputError("That draft is not there any more.")
        return self._draft(row)

    def holds(self, sha256: str) -> bool:
        """Whether a draft has a file with this digest."""
        row = self._database.one(
            "SELECT 1 FROM draft_attachments d JOIN contents c ON c.number = d.content"
            " JOIN drafts ON drafts.identity = d.draft AND drafts.deleted_at = '' WHERE c.sha256 = ? LIMIT 1",
            sha256,
        )
        return row is not None

    def remove(self, identity: str) -> None:
        """Remove a draft and what only it held. Needs a transaction."""
        self._database.run("DELETE FROM drafts WHERE identity = ?", identity)
        self._attachments.drop_unused()

    def _draft(self, row: Row) -> Draft:
        identity, kind, started_at, saved_at, entry, deleted_at = (str(value) for value in row)
        content = parse(entry)
        if not isinstance(content, dict):
            raise StoreDamaged("A draft in the store cannot be read.")
        listed = self._database.all(
            "SELECT c.number, d.name, c.sha256, c.bytes FROM draft_attachments d"
            " JOIN contents c ON c.number = d.content WHERE d.draft = ? ORDER BY c.number",
            identity,
        )
        attachments = tuple(DraftAttachment(int(n), str(name), str(sha), int(size)) for n, name, sha, size in listed)
        return Draft(identity, kind, started_at, saved_at, content, attachments, deleted_at)
