"""Earlier checkpoints of a log, each with the proof that the log extends it (docs/spec/bundle.md, section 2, `goes_on_from`)."""

from dataclasses import dataclass

from evidence_app.errors import VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, members
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.seal_receipts import read_hashes


@dataclass(frozen=True, slots=True)
class PriorCheckpoint:
    """An earlier checkpoint, and the consistency proof from it to the manifest's checkpoint (RFC 9162, section 2.1.4)."""

    checkpoint: Checkpoint
    consistency: tuple[bytes, ...]

    def to_json(self) -> JsonObject:
        """Return the item of the manifest's list `goes_on_from`."""
        proof: list[Json] = [base64.encode(digest) for digest in self.consistency]
        return {"head": self.checkpoint.line, "consistency": proof}


def read_prior(untrusted: Json) -> PriorCheckpoint:
    """Parse an item of `goes_on_from` in a manifest. Nothing in it is verified yet.

    Raises:
        VerificationError: malformed.
    """
    parts = well_formed(lambda: members(untrusted, {"head", "consistency"}, what="An earlier head"))
    line = parts["head"]
    checkpoint = read_checkpoint_line(line) if isinstance(line, str) else None
    if checkpoint is None:
        raise malformed("An earlier head is malformed.")
    return PriorCheckpoint(checkpoint, tuple(read_hashes(parts["consistency"])))


def require_continued(earlier: PriorCheckpoint, checkpoint: Checkpoint) -> None:
    """Require that the log of a verified checkpoint extends an earlier checkpoint (docs/spec/bundle.md, section 6, step 9).

    Raises:
        VerificationError: earlier-head.
    """
    if not is_continued(earlier, checkpoint):
        raise VerificationError("earlier-head", "The log does not go on from this head.")


def is_continued(earlier: PriorCheckpoint, checkpoint: Checkpoint) -> bool:
    """Whether the log of a verified checkpoint extends an earlier one of the same log."""
    prior = earlier.checkpoint
    return prior.origin == checkpoint.origin and merkle.proves_consistency(
        prior.size, prior.root, checkpoint.size, checkpoint.root, earlier.consistency
    )
