"""Seal an entry: one durable transaction, then the receipt."""

import hashlib
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader, BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

from evidence_app.documents.media_types import HEAD_BYTES, media_type
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.fields import MAX_LINE_LENGTH, Holder
from evidence_app.domain.record.records import AttachmentFacts, SealedRecord, compose, ulid
from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.files import reason
from evidence_app.proof import merkle
from evidence_app.proof.bundle.heads_in_records import FIELDS, checkpoints_in
from evidence_app.proof.commitment import SECRET_SIZE, commitment_bytes, leaf_bytes, make_leaf, scalars
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.proof.seal_receipts import make_receipt
from evidence_app.proof.signing import LogKey
from evidence_app.services.core.minimum_content import keeps_files, marked, require_minimum_content
from evidence_app.services.core.session import Session
from evidence_app.store.attachment_table import CHUNK_BYTES
from evidence_app.store.store import Store

WHOSE: Final = {Holder.OFFICER: "an officer", Holder.REP: "a union rep", Holder.MANAGER: "a manager"}
"""Whose store it is, in words."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an attachment comes from: a file, bytes in memory, or a content that a draft already keeps in the store."""

    name: str
    path: Path | None = None
    content: bytes | None = None
    kept_sha256: str = ""
    kept_content: int = 0

    def open(self) -> BufferedReader:
        """Open the bytes, for all but a content in the store."""
        if self.path is not None:
            return self.path.open("rb")
        return BufferedReader(BytesIO(self.content or b""))


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is acknowledged once a record is durable: the record itself, and what its seal receipt is made of."""

    record: SealedRecord
    leaf: JsonObject
    proof: Sequence[bytes]
    signed_checkpoint: str
    public_key: bytes

    @property
    def receipt(self) -> str:
        """The text of its seal receipt."""
        return make_receipt(
            index=self.index,
            leaf=self.leaf,
            proof=self.proof,
            signed_checkpoint=self.signed_checkpoint,
            public_key=self.public_key,
        )

    @property
    def index(self) -> int:
        """Its position in the log."""
        return self.record.index

    @property
    def code(self) -> str:
        """The short code for reading out."""
        return self.record.code

    @property
    def leaf_hash(self) -> bytes:
        """The hash of its leaf in the log."""
        return self.record.leaf_hash

    @property
    def tree_size(self) -> int:
        """How many records the log held right after."""
        return self.record.index + 1

    def to_json(self) -> JsonObject:
        """Return the acknowledgement as the command line prints it."""
        return {
            "index": self.index,
            "code": self.code,
            "sealed_at": spell(self.record.sealed_at),
            "leaf_hash": self.leaf_hash.hex(),
            "tree_size": self.tree_size,
            **({"clock_went_back_seconds": self.record.clock_went_back} if self.record.clock_went_back else {}),
        }


def sources_of(entry: Entry, beside: Path | None = None) -> list[Source]:
    """Return the files that an entry names; a relative path is looked for here, then beside its own file.

    Raises:
        InputError: one is not there, or is not a file.
    """
    sources = []
    for written in entry.attachments:
        path = Path(written)
        if beside is not None and not path.exists() and not path.is_absolute():
            path = beside / path
        if not path.is_file():
            raise InputError(f"The attachment {path.name} is not there, or is not a file. Nothing was sealed.")
        sources.append(Source(path.name[:MAX_LINE_LENGTH], path))
    return sources


def seal(
    session: Session,
    entry: Entry,
    sources: Sequence[Source] = (),
    *,
    recorded_at: datetime | None = None,
    also: Callable[[Store], object] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Sealed:
    """Seal an entry with its attachments.

    `recorded_at` is when it was written, if not now. `also` is done in the same transaction.

    Raises:
        InputError: a link names a later record, or the machine may not hold what the entry says.
        EnvironmentProblem: the store or an attachment cannot be read or written. Nothing was sealed.
        Cancelled: `cancelled` said so.
    """
    with session.store.transaction():
        sealed = _append_entry(session, entry, sources, cancelled, recorded_at)
        also(session.store)
    return sealed


def seal_together(session: Session, entries: Sequence[Entry]) -> list[Sealed]:
    """Seal several entries without attachments in one transaction: each is acknowledged when all are durable, and none before.

    Every record is a leaf with a checkpoint of its own, as if it had been sealed alone.

    Raises:
        InputError, EnvironmentProblem: as `seal`; none of them was sealed.
    """
    store = session.store
    with store.transaction():
        return [_append_entry(session, entry, [], lambda: False) for entry in entries]


def _append_entry(
    session: Session,
    entry: Entry,
    sources: Sequence[Source],
    cancelled: Callable[[], bool],
    recorded_at: datetime | None = None,
) -> Sealed:
    """Append an entry to the log. Needs a transaction."""
    entry, store = allowed(session, entry, sources), session.store
    index, last_sealed = store.log.size(), store.records.last_sealed_at()
    _require_there(store, entry, index)
    keep = keeps_files(session, entry)
    taken = [_take_in(store, source, keep=keep, cancelled=cancelled) for source in sources]
    now = session.clock.now().replace(microsecond=0)
    went_back = _seconds_back(last_sealed, now)
    content = composed(session, entry, recorded_at or now, [facts for facts, _ in taken], went_back)
    return _append_at(index, store, session.log_key, content, [kept for _, kept in taken], now)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A record composed from an entry whose files are in the store already: what a person is shown before sealing, and what is then sealed.

    `kept` are the files' contents in the store, one for each attachment.
    """

    content: JsonObject
    kept: tuple[int, ...]
    written_at: datetime

    @property
    def record(self) -> SealedRecord:
        """The record as it reads; it has no position and no hash yet."""
        return SealedRecord(0, self.content, self.written_at, bytes(merkle.HASH_SIZE))


def prepare(session: Session, entry: Entry, sources: Sequence[Source], written_at: datetime) -> Prepared:
    """Compose the record of an entry, without sealing it. All `sources` are contents that the store holds.

    Raises:
        InputError: as `seal`.
    """
    entry = allowed(session, entry, sources)
    _require_there(session.store, entry, session.store.log.size())
    taken = [_held_in_store(session.store, source, keep=keeps_files(session, entry)) for source in sources]
    content = composed(session, entry, written_at, [facts for facts, _ in taken])
    # How far the clock went back is known when the record is sealed, and added then.
    return Prepared(content, tuple(kept for _, kept in taken), written_at)


def seal_prepared(session: Session, prepared: Prepared, also: Callable[[Store], object] = lambda _: None) -> Sealed:
    """Seal a record as it was composed. `also` is done in the same transaction, and may raise to stop it.

    Raises:
        EnvironmentProblem: the store cannot be written. Nothing was sealed.
    """
    store = session.store
    with store.transaction():
        now = session.clock.now().replace(microsecond=0)
        went_back = _seconds_back(store.records.last_sealed_at(), now)
        content = prepared.content | ({"clock_went_back_seconds": went_back} if went_back else {})
        sealed = append(store, session.log_key, content, prepared.kept, now)
        also(store)
    return sealed


def allowed(session: Session, entry: Entry, sources: Sequence[Source]) -> Entry:
    """Return an entry, marked where it identifies a client, that may be sealed in this store.

    Raises:
        InputError: the machine may not hold what it says, or it is not written in such a store.
    """
    entry = marked(entry, session.holder)
    if session.minimum_content:
        require_minimum_content(entry, [source.name for source in sources])
    if not entry.kind.by_program and not entry.kind.is_written_by(session.holder):
        whose = WHOSE[session.holder]
        raise InputError(f"“{entry.kind.label}” is not written in the store of {whose}. Nothing was sealed.")
    if session.holder is Holder.REP:
        _require_client_free(session.store, entry, sources)
    _require_had_heads(session, entry)
    return entry


def _require_had_heads(session: Session, entry: Entry) -> None:
    """Require that the heads of this log in an entry are ones that it had: one that is not would later show that the log was rewritten."""
    if not FIELDS & entry.fields.keys():
        return
    log = session.store.log
    for _, head in checkpoints_in(dict(scalars({"fields": entry.fields})), session.log_key.origin):
        if not 0 < head.size <= log.size() or log.root(head.size) != head.root:
            raise InputError(
                f"It holds a head of this log, of {head.size} records, that the log never had. Nothing was sealed."
            )


def composed(
    session: Session,
    entry: Entry,
    recorded_at: datetime,
    attachments: Sequence[AttachmentFacts],
    clock_went_back: int = 0,
) -> JsonObject:
    """Return the record of an entry, with a new identity and this store's owner as its author."""
    return compose(
        entry,
        identity=ulid(session.clock.now(), secrets.token_bytes(10)),
        author=session.owner,
        recorded_at=recorded_at,
        attachments=attachments,
        clock_went_back=clock_went_back,
    )


def append(store: Store, key: LogKey, record: JsonObject, contents: Sequence[int], now: datetime) -> Sealed:
    """Append a composed record to the log. Needs a transaction; the result is true once it has ended."""
    return _append_at(store.log.size(), store, key, record, contents, now)


def _append_at(
    index: int, store: Store, key: LogKey, record: JsonObject, contents: Sequence[int], now: datetime
) -> Sealed:
    secret = secrets.token_bytes(SECRET_SIZE)
    leaf = make_leaf(commitment_bytes(record, secret), spell(now))
    leaf_hash = merkle.leaf_hash(leaf_bytes(leaf))
    sealed = SealedRecord(index, record, now, leaf_hash)
    store.records.add(sealed, secret)
    for place, content in enumerate(contents):
        if content:
            store.attachments.attach(index, place, content)
    note = store.log.append(index, leaf_hash, key)
    return Sealed(sealed, leaf, store.log.proof(index, index + 1), note, key.public)


def _require_client_free(store: Store, entry: Entry, sources: Sequence[Source]) -> None:
    """Require that what a rep seals identifies no client by its form.

    Raises:
        InputError: it does, or a file's words cannot all be read and nobody says that it identifies no client.
    """
    from evidence_app.services.core.identifier_policy import require_none, texts_of

    require_none([*texts_of(entry.fields), entry.case_ref or ""], "the entry")
    if entry.kind.by_program:
        return
    for source in sources:
        if not require_file_client_free(store, source) and entry.fields.get("identifies_client") is not False:
            raise InputError(
                f"The program cannot read all words of {source.name}. Look it through; if it identifies no client, "
                "say so: “Identifies a client: no”. Nothing was sealed."
            )


def require_file_client_free(store: Store, source: Source) -> bool:
    """Require that a file which a rep keeps identifies no client by its form; tell whether all its words could be read.

    Raises:
        InputError: it does.
    """
    from evidence_app.services.core.identifier_policy import MAX_READ_BYTES, require_none, words_of_file

    require_none([source.name], "the name of a file")
    words = words_of_file(source.name, _beginning(store, source, MAX_READ_BYTES))
    require_none(words.texts, source.name)
    return words.whole


def _beginning(store: Store, source: Source, limit: int) -> bytes:
    """Return a file as far as it is looked through, and one byte more if it is longer."""
    if source.kept_sha256:
        return b"".join(islice(store.attachments.stream(source.kept_sha256), limit // CHUNK_BYTES + 1))
    try:
        with source.open() as file:
            return file.read(limit + 1)
    except OSError as error:
        raise EnvironmentProblem(
            f"The attachment {source.name} cannot be read: {reason(error)}. Nothing was sealed."
        ) from error


def _require_there(store: Store, entry: Entry, index: int) -> None:
    for link in entry.links:
        if link.to >= index:
            raise InputError(
                f"A link names record {link.to}, but the latest record is {index - 1}. Nothing was sealed."
            )
        if not store.records.holds(link.to):
            raise InputError(f"A link names record {link.to}, which was lost with a damaged store. Nothing was sealed.")


def _seconds_back(last: str, now: datetime) -> int:
    return max(0, int((read_moment(last) - now).total_seconds())) if last else 0


def _held_in_store(store: Store, source: Source, *, keep: bool) -> tuple[AttachmentFacts, int]:
    """Return what a record says of a file whose content a draft has put into the store, and that content."""
    head = next(store.attachments.stream(source.kept_sha256), b"")[:HEAD_BYTES]
    size = store.attachments.size_of(source.kept_sha256)
    facts = AttachmentFacts(source.name, source.kept_sha256, size, media_type(head, source.name), keep)
    return facts, source.kept_content if keep else 0


def _take_in(store: Store, source: Source, *, keep: bool, cancelled: Callable[[], bool]) -> tuple[AttachmentFacts, int]:
    if source.kept_sha256:
        return _held_in_store(store, source, keep=keep)
    try:
        with source.open() as file:
            sort = media_type(file.peek(HEAD_BYTES)[:HEAD_BYTES], source.name)
            if keep:
                content, sha256, size = store.attachments.take_in(file, cancelled)
            else:
                content, (sha256, size) = 0, _digest(file)
    except OSError as error:
        raise EnvironmentProblem(
            f"The attachment {source.name} cannot be read: {reason(error)}. Nothing was sealed."
        ) from error
    return AttachmentFacts(source.name, sha256, size, sort, keep), content


def _digest(file: BinaryIO) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := file.read(CHUNK_BYTES):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size
