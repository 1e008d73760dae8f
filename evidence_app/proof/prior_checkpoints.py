"""Earlier heads of a log, each with the proof that the log goes on from it (bundle.md, section 2, `goes_on_from`)."""

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
    """A head that the log had, and the consistency proof from it to the head of now."""

    checkpoint: Checkpoint
    consistency: tuple[bytes, ...]

    def to_json(self) -> JsonObject:
        """Return what the manifest says of it."""
        proof: list[Json] = [base64.encode(digest) for digest in self.consistency]
        return {"head": self.checkpoint.line, "consistency": proof}


def read_prior(untrusted: Json) -> PriorCheckpoint:
    """Read what a manifest says of an earlier head.

    Raises:
        VerificationError: malformed.
    """
    parts = well_formed(lambda: members(untrusted, {"head", "consistency"}, what="An earlier head"))
    line = parts["head"]
    head = read_checkpoint_line(line) if isinstance(line, str) else None
    if head is None:
        raise malformed("An earlier head is malformed.")
    return PriorCheckpoint(head, tuple(read_hashes(parts["consistency"])))


def require_continued(earlier: PriorCheckpoint, checkpoint: Checkpoint) -> None:
    """Require that the log of a verified checkpoint goes on from an earlier head.

    Raises:
        VerificationError: earlier-head.
    """
    head = earlier.checkpoint
    if head.origin != checkpoint.origin or not merkle.proves_consistency(
        head.size, head.root, checkpoint.size, checkpoint.root, earlier.consistency
    ):
        raise VerificationError("earlier-head", "The log does not go on from this head.")
