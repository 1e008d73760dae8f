"""Leaf hashes of stored records, derived on two cores: a part of each batch in this process, the rest meanwhile in a worker.

A worker has no key and no store: it gets the bytes of records through its pipe and gives back hashes, which are compared here.
Where there is no worker, or it ends, all are derived here.
"""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice
from typing import Final

from evidence_app.documents.workers.sessions import ForeignSession, Refused, WorkerEnded, opened_in_worker
from evidence_app.domain.record.records import SealedRecord
from evidence_app.errors import StoreDamaged
from evidence_app.proof import merkle
from evidence_app.proof.commitment import SECRET_SIZE, commitment_bytes, leaf_bytes, make_leaf
from evidence_app.proof.encoding.json import JsonObject, parse
from evidence_app.proof.encoding.times import spell
from evidence_app.store.record_table import StoredRecord

KIND: Final = "leaf hashes"
"""What the worker is asked to open; there is no file behind it."""
BATCH: Final = 2_048
"""Records that are read together; two batches are in memory at once."""
WORKERS_SHARE: Final = 0.7
"""Part of a batch that goes to the worker: this process reads the rows and compares the hashes besides."""
FEWEST: Final = 8_192
"""Records below which a worker takes longer to start than it saves."""
SECONDS: Final = 120.0
"""Time for a part of a batch. Records are small; one that takes a minute to hash is none that was sealed."""


def leaf_hash_of(content: JsonObject, secret: bytes, sealed_at: str) -> bytes:
    """Return the leaf hash of a record, derived from content, secret and sealing time (docs/spec/record-log.md, sections 4 to 6)."""
    return merkle.leaf_hash(leaf_bytes(make_leaf(commitment_bytes(content, secret), sealed_at)))


class LeafHashes:
    """Derives leaf hashes, in a worker."""

    CALLS: Final = frozenset({"derive"})

    def facts(self) -> None:
        """Return nothing: no file was opened."""

    def derive(self, joined: bytes, lengths: list[int], times: list[str]) -> bytes:
        """Return the leaf hashes of some records, one after the other. `joined` has for each its secret and its content, of these lengths."""
        hashes, start = [], 0
        for length, sealed_at in zip(lengths, times, strict=True):
            secret, content = joined[start : start + SECRET_SIZE], joined[start + SECRET_SIZE : start + length]
            hashes.append(leaf_hash_of(_object(content), secret, sealed_at))
            start += length
        return b"".join(hashes)


def _object(content: bytes) -> JsonObject:
    parsed = parse(content, "The record")
    return parsed if isinstance(parsed, dict) else {}


def with_leaf_hashes(
    rows: Iterable[StoredRecord], total: int, tick: Callable[[], None] = lambda: None
) -> Generator[tuple[StoredRecord, bytes]]:
    """Yield each row with its derived leaf hash, in their order. `tick` is called between batches, and may raise to stop."""
    if total < FEWEST or (os.cpu_count() or 1) < 2:
        for row in rows:
            yield row, derived_hash(row.record, row.secret)
        return
    with ExitStack() as stack:
        helper = _Helper(stack, tick)
        before: _SharedBatch | None = None
        for batch in _batches(rows):
            tick()
            # The worker has its part of this batch before it is waited for over the one before: it goes on while rows are read.
            shared = _SharedBatch(batch, helper)
            if before is not None:
                yield from before.with_hashes()
            shared.derive_own()
            before = shared


class _SharedBatch:
    """A batch of which the worker has the last part, while the first is derived in this process."""

    def __init__(self, batch: list[StoredRecord], helper: "_Helper") -> None:
        self._batch, self._helper = batch, helper
        self._here = len(batch) - int(len(batch) * WORKERS_SHARE)
        self._asked = helper.ask(batch[self._here :])
        self._own: list[bytes] = []

    def derive_own(self) -> None:
        """Derive the hashes of the first part."""
        self._own = [derived_hash(row.record, row.secret) for row in self._batch[: self._here]]

    def with_hashes(self) -> Iterator[tuple[StoredRecord, bytes]]:
        """Return each row with its hash, once the worker has answered."""
        others = self._helper.hashes(self._batch[self._here :], self._asked)
        return zip(self._batch, [*self._own, *others], strict=True)


def _batches(rows: Iterable[StoredRecord]) -> Iterator[list[StoredRecord]]:
    """Yield rows in batches, and an empty one behind the last, with which the hashes of the last are taken.

    Where reading fails, what was read before comes first: what is wrong in it is to be named, too.
    """
    there, batch = iter(rows), list[StoredRecord]()
    while True:
        try:
            for row in islice(there, BATCH):
                batch.append(row)
        except StoreDamaged:
            yield batch
            yield []
            raise
        yield batch
        if not batch:
            return
        batch = []


def derived_hash(record: SealedRecord, secret: bytes) -> bytes:
    """Return the leaf hash of a record, derived here."""
    return leaf_hash_of(record.content, secret, spell(record.sealed_at))


class _Helper:
    """The worker and the thread that talks to it; neither, once the worker has ended."""

    def __init__(self, stack: ExitStack, tick: Callable[[], None]) -> None:
        self._worker: ForeignSession | None = None
        try:
            # What is cancelled while a batch is away is seen when the next begins.
            self._worker = stack.enter_context(opened_in_worker(KIND, KIND.encode(), tick=tick, seconds=SECONDS))
        except (WorkerEnded, Refused):
            return
        # It only waits for the worker.
        self._thread = stack.enter_context(ThreadPoolExecutor(1, "leaf-hashes"))

    def ask(self, rows: list[StoredRecord]) -> "Future[object] | None":
        """Ask the worker for the hashes of some rows; None where there is no worker."""
        if self._worker is None or not rows:
            return None
        # One piece: a thread that writes many waits for its turn to run before each.
        joined = b"".join(part for row in rows for part in (row.secret, row.raw))
        lengths = [len(row.secret) + len(row.raw) for row in rows]
        times = [spell(row.record.sealed_at) for row in rows]
        return self._thread.submit(self._worker.ask, "derive", joined, lengths, times, seconds=SECONDS)

    def hashes(self, rows: list[StoredRecord], asked: "Future[object] | None") -> list[bytes]:
        """Return what the worker answered, or derive it here."""
        joined: object = None
        if asked is not None:
            try:
                joined = asked.result()
            except (WorkerEnded, Refused):
                self._worker = None
        if not isinstance(joined, bytes) or len(joined) != len(rows) * merkle.HASH_SIZE:
            return [derived_hash(row.record, row.secret) for row in rows]
        return [joined[at : at + merkle.HASH_SIZE] for at in range(0, len(joined), merkle.HASH_SIZE)]
