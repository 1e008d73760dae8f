"""Checkpoints of this log that stand in its own records: whether it had them, and the proofs that it extends them (docs/spec/bundle.md, section 6)."""

from collections.abc import Iterable, Sequence
from typing import Final

from evidence_app.domain.record.records import SealedRecord
from evidence_app.proof.attestations import MAX_ATTESTATIONS
from evidence_app.proof.bundle.heads_in_records import FIELDS, checkpoints_in
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.commitment import scalars
from evidence_app.proof.known_log import KnownNodes
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.services.core.session import Session

MAX_EARLIER: Final = MAX_ATTESTATIONS
"""The most earlier checkpoints that a manifest lists."""


def checkpoints_of(session: Session, record: SealedRecord) -> list[Checkpoint]:
    """Return the checkpoints of this log that a record holds."""
    if not FIELDS & record.fields.keys():
        return []
    return [each for _, each in checkpoints_in(dict(scalars(record.content)), session.log_key.origin)]


def proofs_of_heads(
    session: Session, records: Sequence[SealedRecord], size: int, known: Iterable[PriorCheckpoint] = (), *, all_: bool
) -> list[PriorCheckpoint]:
    """Return, by rising sizes, the checkpoints of this log that some records hold, each with the proof that the log of `size` extends it.

    Those in `known` are among them. Unless `all_` is set, the others are only those that cannot be computed from the proofs of the
    records themselves. One that the log did not have is left out: there is no proof for it.
    """
    log = session.store.log
    nodes = KnownNodes(size)
    for record in records:
        nodes.add(record.index, record.leaf_hash, log.proof(record.index, size))
    nodes.join()
    priors = {each.checkpoint.size: each for each in known}
    for record in reversed(records):
        for head in checkpoints_of(session, record):
            wanted = head.size not in priors and (all_ or nodes.root(head.size) is None)
            if wanted and len(priors) < MAX_EARLIER and was_had(session, head, record.index):
                priors[head.size] = PriorCheckpoint(head, tuple(log.consistency_proof(head.size, size)))
    return [priors[each] for each in sorted(priors)]


def was_had(session: Session, head: Checkpoint, index: int) -> bool:
    """Whether this log had a checkpoint, before the record at position `index` was sealed."""
    return 0 < head.size <= index and session.store.log.root(head.size) == head.root
