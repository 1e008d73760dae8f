"""Witness requests and refusals (docs/spec/exchange.md, sections 3 and 4; C2SP tlog-witness, add-checkpoint)."""

from dataclasses import dataclass
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof import merkle, signing
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.malformed import malformed, read_decimal, well_formed
from evidence_app.proof.seal_receipts import read_hashes

REFUSAL_LINE: Final = "evidence-trail/witness-refusal/v1"
"""First line of a refusal: its format and version."""
SHRUNKEN: Final = "shrunken"
"""Reason code: the log is shorter than at the last cosignature (section 4, step 3)."""
REWRITTEN: Final = "rewritten"
"""Reason code: the log does not extend the checkpoint cosigned last (section 4, steps 4 and 6)."""
OTHER_START: Final = "other-start"
"""Reason code: the request's consistency proof starts at another size than the one cosigned last (section 4, step 5)."""
_ORIGIN_LENGTH: Final = len(signing.ORIGIN_PREFIX) + 32


@dataclass(frozen=True, slots=True)
class WitnessRequest:
    """A request to countersign a checkpoint. `old` is the size that the witness cosigned last, as far as the owner knows, or 0.

    `proof` is the consistency proof from size `old` to the checkpoint; `checkpoint` is the parsed form of `signed_checkpoint`.
    """

    log_key: bytes
    old: int
    proof: tuple[bytes, ...]
    signed_checkpoint: str
    checkpoint: Checkpoint

    def spell(self) -> str:
        """Encode the request as the content of a block (section 3)."""
        hashes = "".join(f"{base64.encode(digest)}\n" for digest in self.proof)
        return f"log {base64.encode(self.log_key)}\nold {self.old}\n{hashes}\n{self.signed_checkpoint}"


def read_request(untrusted: str) -> WitnessRequest:
    """Parse a request and verify its checkpoint (docs/spec/exchange.md, section 4, steps 1 and 2).

    Raises:
        VerificationError: malformed, other-log, bad-signature.
    """
    untrusted_start, blank, untrusted_checkpoint = untrusted.partition("\n\n")
    lines = untrusted_start.split("\n")
    if not blank or len(lines) < 2 or not lines[0].startswith("log ") or not lines[1].startswith("old "):
        raise malformed("This is no witness request of a form that this program knows.")
    log_key = well_formed(lambda: base64.decode(lines[0].removeprefix("log "), size=signing.PUBLIC_KEY_SIZE))
    old = read_decimal(lines[1].removeprefix("old "))
    proof = read_hashes(lines[2:])
    checkpoint = verify_checkpoint(untrusted_checkpoint, log_key)
    if checkpoint.size < 1 or old > checkpoint.size:
        raise malformed("The request begins after the head that it asks for.")
    return WitnessRequest(log_key, old, tuple(proof), untrusted_checkpoint, checkpoint)


def require_goes_on(request: WitnessRequest, known: Checkpoint | None) -> None:
    """Require that a log extends `known`, the checkpoint that this witness cosigned last, if there is one.

    The comments number the steps of docs/spec/exchange.md, section 4.

    Raises:
        VerificationError: shrunken, rewritten, other-start, malformed.
    """
    asked = request.checkpoint
    if known is not None:
        # 3. The log never shrinks.
        if asked.size < known.size:
            raise VerificationError(
                SHRUNKEN,
                f"This log had {known.size} records when you countersigned it last, and now shows {asked.size}: records were taken away, an old copy was put in its place, or an old request came late.",
            )
        # 4. The same size needs the same root, and no proof: `old` is not compared.
        if asked.size == known.size:
            if asked.root != known.root:
                raise VerificationError(
                    REWRITTEN,
                    f"This log has as many records as when you countersigned it last, {known.size}, but they are not the same: it was rewritten.",
                )
            return
    # 5. The consistency proof starts at the size that the witness cosigned last, or 0.
    start = known.size if known is not None else 0
    if request.old != start:
        raise VerificationError(
            OTHER_START,
            f"The request begins at size {request.old}, and you countersigned this log last at {start}. Ask for a request from size {start}.",
        )
    if known is None:
        if request.proof:
            raise malformed("A first request has no consistency proof.")
        return
    # 6. The consistency proof from the known root (RFC 9162, section 2.1.4.2).
    if not merkle.proves_consistency(known.size, known.root, asked.size, asked.root, request.proof):
        raise VerificationError(
            REWRITTEN,
            f"This log does not go on from the {known.size} records that you countersigned last: they were changed.",
        )


def spell_refusal(origin: str, size: int, reason: str) -> str:
    """Encode a refusal as the content of a block. It is not signed (section 4)."""
    return f"{REFUSAL_LINE}\norigin {origin}\nsize {size}\nreason {reason}\n"


def read_refusal(untrusted: str) -> tuple[str, int, str]:
    """Parse a refusal: return the log's origin, the size that the witness cosigned last, and the reason code.

    Raises:
        VerificationError: malformed.
    """
    lines = untrusted.split("\n")
    prefixes = (REFUSAL_LINE, "origin ", "size ", "reason ", "")
    if len(lines) != len(prefixes) or lines[-1] or not all(map(str.startswith, lines, prefixes)):
        raise malformed("This is no refusal of a form that this program knows.")
    origin, reason = lines[1].removeprefix("origin "), lines[3].removeprefix("reason ")
    if lines[0] != REFUSAL_LINE or len(origin) != _ORIGIN_LENGTH or reason not in {SHRUNKEN, REWRITTEN, OTHER_START}:
        raise malformed("This is no refusal of a form that this program knows.")
    return origin, read_decimal(lines[2].removeprefix("size ")), reason
