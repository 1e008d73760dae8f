"""Drafts: autosaved, editable, in no proof; and their sealing."""

import contextlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO, Final

from evidence_app.domain.progress import Progress, no_progress
from evidence_app.domain.record.entries import Entry, read_entry
from evidence_app.domain.record.fields import MAX_ITEMS, MAX_LINE_LENGTH, Holder, Kind
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.record.records import SealedRecord, ulid
from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.files import reason
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.services.core.sealing import (
    Prepared,
    Sealed,
    Source,
    prepare,
    require_file_client_free,
    seal_prepared,
)
from evidence_app.services.core.session import Session, SystemClock
from evidence_app.store.draft_table import Draft, DraftAttachment
from evidence_app.store.store import Store

__all__ = ["Draft", "DraftAttachment"]

KEPT_FOR: Final = timedelta(days=7)


def draft_of(session: Session, identity: str) -> Draft:
    """Return a draft.

    Raises:
        InputError: there is none of that identity.
    """
    return session.store.drafts.get(identity)


def all_drafts(session: Session) -> list[Draft]:
    """Return the drafts, the latest saved first."""
    return session.store.drafts.all()


def chosen_drafts(session: Session, named: Sequence[str]) -> list[Draft]:
    """Return the drafts that are named by their numbers in the list of all of them, from 1, or by their identities, each once.

    Raises:
        InputError: there is none of such a name.
    """
    listed = all_drafts(session)
    found: dict[str, Draft] = {}
    for name in named:
        by_number = listed[int(name) - 1 : int(name)] if re.fullmatch(r"[1-9]\d{0,5}", name, re.ASCII) else []
        draft = next((each for each in listed if each.identity == name.upper()), None) or next(iter(by_number), None)
        if draft is None:
            raise InputError(
                f"There is no draft “{name[:40]}”: “evidence-trail drafts” shows the drafts. Nothing was sealed."
            )
        found[draft.identity] = draft
    return list(found.values())


def headline(draft: Draft, limit: int = 70) -> str:
    """Return what a draft is about, on one line: its subject, its main words, or the name of its first file."""
    fields = draft.entry.get("fields")
    kind = KINDS.get(draft.kind)
    words = fields.get("title") or fields.get(kind.main) if isinstance(fields, dict) and kind is not None else ""
    line = " ".join(str(words or next((each.name for each in draft.attachments), "")).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def new_entry(kind: Kind, links: list[Json] | None = None) -> JsonObject:
    """Return the entry of a new draft, with the current minute (UTC) as the approximate time of the event."""
    now = SystemClock().now().replace(second=0)
    entry: JsonObject = {
        "kind": kind.name,
        "event_at": spell(now),
        "event_precision": "about",
        "fields": {},
    }
    return entry | ({"links": links} if links else {})


def begin_draft(session: Session, kind: str, entry: JsonObject) -> Draft:
    """Keep a new draft. The entry is kept as the form holds it, unchecked."""
    now = spell(session.clock.now())
    draft = Draft(ulid(session.clock.now(), secrets.token_bytes(10)), kind, now, now, entry)
    with session.store.transaction():
        session.store.drafts.save(draft)
    return draft


def begin_draft_with(session: Session, kind: str, entry: JsonObject, sources: Sequence[Source]) -> Draft:
    """Keep a new draft with the bytes of its files, all or nothing.

    Raises:
        InputError: the store is a rep's, and a file identifies a client by its form.
    """
    if session.holder is Holder.REP:
        from evidence_app.services.core.identifier_policy import require_client_free

        require_client_free(session, entry, "the entry")
    for source in sources if session.holder is Holder.REP else ():
        require_file_client_free(session.store, source)
    now = spell(session.clock.now())
    draft = Draft(ulid(session.clock.now(), secrets.token_bytes(10)), kind, now, now, entry)
    with session.store.transaction():
        session.store.drafts.save(draft)
        for source in sources:
            with source.open() as file:
                session.store.drafts.attach(draft.identity, source.name, file)
    return session.store.drafts.get(draft.identity)


def save_draft(session: Session, identity: str, entry: JsonObject) -> Draft:
    """Keep a draft as it is now.

    Raises:
        InputError: it is not there any more.
    """
    old = session.store.drafts.get(identity)
    if old.entry == entry:
        return old
    with session.store.transaction():
        session.store.drafts.save(Draft(identity, old.kind, old.started_at, spell(session.clock.now()), entry))
    return session.store.drafts.get(identity)


class _WatchedFile:
    """A file that reports how many of its bytes were read."""

    def __init__(self, file: BinaryIO, size: int, progress: Progress) -> None:
        self._file, self._size, self._progress = file, size, progress
        self._done = 0

    def read(self, size: int, /) -> bytes:
        self._progress(self._done, self._size)
        chunk = self._file.read(size)
        self._done += len(chunk)
        return chunk


def attach_to_draft(session: Session, identity: str, path: Path, progress: Progress = no_progress) -> Draft:
    """Keep a file's bytes with a draft, so that they are there even if the file is moved.

    `progress` counts bytes; it may raise `Cancelled`, and nothing of the file is kept.

    Raises:
        InputError: it is not a file, the draft has as many as a record can have, or the store is a rep's and the file identifies a client by its form.
        EnvironmentProblem: it cannot be read.
    """
    if session.minimum_content:
        raise InputError("On a machine that is not the employer's no files are kept. Say where the original is.")
    if not path.is_file():
        raise InputError(f"{path.name} is not a file.")
    if session.holder is Holder.REP:
        require_file_client_free(session.store, Source(path.name[:MAX_LINE_LENGTH], path))
    if len(session.store.drafts.get(identity).attachments) >= MAX_ITEMS:
        raise InputError(f"A record has at most {MAX_ITEMS:,} files: {path.name} was not attached.")
    try:
        with path.open("rb") as file, session.store.transaction():
            watched = _WatchedFile(file, path.stat().st_size, progress)
            session.store.drafts.attach(identity, path.name[:MAX_LINE_LENGTH], watched)
    except OSError as error:
        raise EnvironmentProblem(f"{path.name} cannot be read: {reason(error)}.") from error
    return session.store.drafts.get(identity)


def detach_from_draft(session: Session, identity: str, content: int) -> Draft:
    """Take a file off a draft."""
    with session.store.transaction():
        session.store.drafts.detach(identity, content)
    return session.store.drafts.get(identity)


def delete_draft(session: Session, identity: str) -> None:
    """Delete a draft. It can be brought back for a week; then it is gone, with the files that only it held."""
    session.store.drafts.get(identity)
    with session.store.transaction():
        session.store.drafts.mark_deleted(identity, spell(session.clock.now()))
    destroy_long_deleted(session)


def discard_blank(session: Session, identity: str) -> None:
    """Remove a draft that was begun and in which nothing was written. One that holds anything is left as it is.

    Raises:
        InputError: there is no such draft.
    """
    draft = session.store.drafts.get(identity)
    if not draft.entry.get("fields") and not draft.entry.get("links") and not draft.attachments:
        with session.store.transaction():
            session.store.drafts.remove(identity)


def deleted_drafts(session: Session) -> list[Draft]:
    """Return the drafts that can be brought back, the last deleted first."""
    limit = spell(session.clock.now() - KEPT_FOR)
    return [draft for draft in session.store.drafts.deleted() if draft.deleted_at >= limit]


def bring_back(session: Session, identity: str) -> Draft:
    """Make a deleted draft a draft again.

    Raises:
        InputError: it is not there any more.
    """
    if identity not in {draft.identity for draft in deleted_drafts(session)}:
        raise InputError("That draft cannot be brought back: it was not deleted in the last week.")
    with session.store.transaction():
        session.store.drafts.mark_deleted(identity, "")
    return session.store.drafts.get(identity)


def destroy_deleted(session: Session) -> None:
    """Destroy every deleted draft now, with the files that only it held."""
    with session.store.transaction():
        session.store.drafts.remove_deleted_before(spell(session.clock.now() + KEPT_FOR))


def destroy_long_deleted(session: Session) -> None:
    """Destroy the drafts that were deleted more than a week ago. A store that is open for reading alone stays as it is."""
    limit = spell(session.clock.now() - KEPT_FOR)
    if any(draft.deleted_at < limit for draft in session.store.drafts.deleted()):
        with contextlib.suppress(EnvironmentProblem), session.store.transaction():
            session.store.drafts.remove_deleted_before(limit)


@dataclass(frozen=True, slots=True)
class PreparedDraft:
    """A draft, and the record that sealing it will add to the log."""

    draft: Draft
    prepared: Prepared

    @property
    def record(self) -> SealedRecord:
        """The record as it reads; it has no position and no hash yet."""
        return self.prepared.record


def prepare_draft(session: Session, identity: str) -> PreparedDraft:
    """Read a draft as the entry that it is, find what a mail belongs to, and compose the record. Nothing is sealed.

    It counts as written when it was last saved.

    Raises:
        InputError: something in it is missing or wrong, or may not be sealed here.
    """
    draft = session.store.drafts.get(identity)
    entry = _matched(session, read_entry({**draft.entry, "attachments": []}))
    sources = [Source(each.name, kept_sha256=each.sha256, kept_content=each.content) for each in draft.attachments]
    return PreparedDraft(draft, prepare(session, entry, sources, read_moment(draft.saved_at)))


def seal_prepared_draft(session: Session, prepared: PreparedDraft) -> Sealed:
    """Seal a draft as it was prepared; it stops being a draft in the same transaction.

    Raises:
        InputError: the draft was changed or deleted since.
        EnvironmentProblem: the store cannot be written. The draft is as it was.
    """

    def take_out(store: Store) -> None:
        if store.drafts.get(prepared.draft.identity) != prepared.draft:
            raise InputError("The draft was changed meanwhile. Look at it again. Nothing was sealed.")
        store.drafts.remove(prepared.draft.identity)

    return seal_prepared(session, prepared.prepared, take_out)


def seal_draft(session: Session, identity: str) -> Sealed:
    """Seal a draft as it is now.

    Raises:
        InputError: as `prepare_draft`.
        EnvironmentProblem: the store cannot be written. The draft is as it was.
    """
    return seal_prepared_draft(session, prepare_draft(session, identity))


def _matched(session: Session, entry: Entry) -> Entry:
    """Return a mail with the link to what it belongs to; loads what reads mail only for mail."""
    if entry.kind.name not in {"message", "mail-receipt"}:
        return entry
    from evidence_app.services.records.mail_index import with_match

    return with_match(session, entry)
