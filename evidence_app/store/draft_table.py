"""Tables of drafts: entries that are not sealed. They can be changed, and are part of no log and no proof."""

from dataclasses import dataclass, field
from typing import Final

from evidence_app.errors import InputError, StoreDamaged
from evidence_app.proof.encoding.json import JsonObject, canonical, parse
from evidence_app.store.attachment_table import AttachmentTable, Readable
from evidence_app.store.database import Database, Row

_DRAFTS: Final = "SELECT identity, kind, started_at, saved_at, entry, deleted_at FROM drafts"


@dataclass(frozen=True, slots=True)
class DraftAttachment:
    """A file of a draft: content number in the store, name, SHA-256 in hexadecimal, and size in bytes."""

    content: int
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Draft:
    """An unfinished entry as the form has it, not validated. Times are in UTC; `deleted_at` is "" unless it was deleted."""

    identity: str
    kind: str
    started_at: str
    saved_at: str
    entry: JsonObject
    attachments: tuple[DraftAttachment, ...] = field(default=())
    deleted_at: str = ""


class DraftTable:
    """The drafts and their files. A deleted draft is retained for a while, and can be restored (docs/spec/store.md)."""

    def __init__(self, database: Database, attachments: AttachmentTable) -> None:
        self._database = database
        self._attachments = attachments

    def save(self, draft: Draft) -> None:
        """Insert or update a draft, without its files (see `attach`). Needs a transaction."""
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
        """Store a file with a draft. Needs a transaction."""
        content, _, _ = self._attachments.take_in(source)
        self._database.run("INSERT OR REPLACE INTO draft_attachments VALUES (?, ?, ?)", identity, content, name)

    def detach(self, identity: str, content: int) -> None:
        """Remove a file from a draft, and its bytes where nothing else uses them. Needs a transaction."""
        self._database.run("DELETE FROM draft_attachments WHERE draft = ? AND content = ?", identity, content)
        self._attachments.drop_unused()

    def all(self) -> list[Draft]:
        """Return the drafts that are not deleted, the latest saved first."""
        rows = self._database.all(f"{_DRAFTS} WHERE deleted_at = '' ORDER BY saved_at DESC, identity")
        return [self._draft(row) for row in rows]

    def deleted(self) -> list[Draft]:
        """Return the deleted drafts that are still retained, the last deleted first."""
        rows = self._database.all(f"{_DRAFTS} WHERE deleted_at <> '' ORDER BY deleted_at DESC, identity")
        return [self._draft(row) for row in rows]

    def mark_deleted(self, identity: str, deleted_at: str) -> None:
        """Mark a draft as deleted at a time (UTC), or with "" as not deleted. Needs a transaction."""
        self._database.run("UPDATE drafts SET deleted_at = ? WHERE identity = ?", deleted_at, identity)

    def remove_deleted_before(self, moment: str) -> None:
        """Destroy the drafts that were marked as deleted before a time (UTC), with their files. Needs a transaction."""
        self._database.run("DELETE FROM drafts WHERE deleted_at <> '' AND deleted_at < ?", moment)
        self._attachments.drop_unused()

    def get(self, identity: str) -> Draft:
        """Return a draft, deleted or not.

        Raises:
            InputError: there is none with this identity.
        """
        row = self._database.one(f"{_DRAFTS} WHERE identity = ?", identity)
        if row is None:
            raise InputError("That draft is not there any more.")
        return self._draft(row)

    def holding(self, sha256: str) -> str:
        """Return the draft that is not deleted and has a file with this SHA-256, or an empty string."""
        row = self._database.one(
            "SELECT drafts.identity FROM draft_attachments d JOIN contents c ON c.number = d.content"
            " JOIN drafts ON drafts.identity = d.draft AND drafts.deleted_at = '' WHERE c.sha256 = ? LIMIT 1",
            sha256,
        )
        return str(row[0]) if row is not None else ""

    def remove(self, identity: str) -> None:
        """Destroy a draft, and the files that nothing else uses. Needs a transaction."""
        self._database.run("DELETE FROM drafts WHERE identity = ?", identity)
        self._attachments.drop_unused()

    def _draft(self, row: Row) -> Draft:
        identity, kind, started_at, saved_at, entry, deleted_at = (str(value) for value in row)
        content = parse(entry)
        if not isinstance(content, dict):
            raise StoreDamaged("A draft in the store cannot be read.")
        files = self._database.all(
            "SELECT c.number, d.name, c.sha256, c.bytes FROM draft_attachments d"
            " JOIN contents c ON c.number = d.content WHERE d.draft = ? ORDER BY c.number",
            identity,
        )
        attachments = tuple(
            DraftAttachment(int(number), str(name), str(sha256), int(size)) for number, name, sha256, size in files
        )
        return Draft(identity, kind, started_at, saved_at, content, attachments, deleted_at)
