"""Outside clocks: mails of others that quote the log's head, witnesses who countersigned it, and time stamps, with the proof that this log goes on from it (bundle.md, section 2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint, parse_checkpoint_text
from evidence_app.proof.cosignatures import verify_cosignature
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, Scalar, members
from evidence_app.proof.encoding.times import in_words, read_moment
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.seal_receipts import read_hashes
from evidence_app.proof.signed_notes import parse_note
from evidence_app.proof.time_stamps import fingerprint_of, read_answer, read_certificates, require_signed, root_of
from evidence_app.proof.witness_key import read_vkey

MAX_ATTESTATIONS: Final = 1_000
NOT_COMPARED: Final = "not compared"
"""What a cosignature says where the words of the witness's card were compared with nothing."""
WORTH_OF_MAIL: Final = (
    "It is worth as much as that mail is: ask whoever wrote it, or their mail system, for their own copy."
)
WORTH_OF_WITNESS: Final = "It is worth as much as the witness's word, and as it is sure whose key that is."
WORTH_OF_STAMP: Final = "It is worth as much as that authority is: compare its root certificate with what it publishes."
QUOTED: Final = re.compile(r"/fields/quoted_heads/(?:0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Attestation:
    """A mail that quotes the log's head, a witness's signature below it, or an authority's time stamp: everything before position `head.size` was sealed before.

    `at` is the mail's own date, or the clock of the witness or authority, in UTC, where there is one; `who` wrote or signed it. Of a mail `dkim` is what was
    found of its signature; of a witness `compared` is how the words of their card were compared; of an authority `root` is its root certificate's SHA-256.
    """

    record: int
    checkpoint: Checkpoint
    at: datetime | None = None
    who: str = ""
    dkim: str = ""
    compared: str = ""
    root: str = ""
    consistency: tuple[bytes, ...] = ()

    def to_json(self) -> JsonObject:
        """Return what the manifest says of it."""
        proof: list[Json] = [base64.encode(digest) for digest in self.consistency]
        return {"record": self.record, "head": self.checkpoint.line, "consistency": proof}

    @property
    def what(self) -> str:
        """What it is: a mail, a witness, or a time stamp."""
        if self.root:
            return "time stamp"
        return "witness" if self.compared else "mail"

    def in_words(self) -> str:
        """Say what it vouches for, and how well."""
        if self.root:
            at = in_words(self.at) if self.at else "a time that cannot be read"
            return f"{self.who} stamped the head of {self._covered()} at {at} by its clock, as record {self.record} says (RFC 3161; root certificate {self.root[:16]}…)."
        if self.compared:
            at = in_words(self.at) if self.at else "a time that cannot be read"
            return f"{self.who or 'A witness'} countersigned the head of {self._covered()} at {at} by their clock, as record {self.record} says (words of their card: {self.compared})."
        dated = f"dated {in_words(self.at)}" if self.at else "without a date that can be read"
        signed = f"DKIM {self.dkim}" if self.dkim else "DKIM not checked"
        return f"Mail in record {self.record} from {self.who or 'somebody'}, {dated} by its sender ({signed}), quotes the head of {self._covered()}."

    def goes_on(self) -> str:
        """Say what was found when it was verified."""
        by = {"time stamp": "was stamped", "witness": "the witness countersigned"}.get(self.what, "the mail quotes")
        return f"The log goes on from the head that {by}."

    def its_worth(self) -> str:
        """Say what it is worth."""
        return {"time stamp": WORTH_OF_STAMP, "witness": WORTH_OF_WITNESS}.get(self.what, WORTH_OF_MAIL)

    def _covered(self) -> str:
        return "position 0" if self.checkpoint.size == 1 else f"positions 0 to {self.checkpoint.size - 1}"


def read_attestation(untrusted: Json) -> Attestation:
    """Read what a manifest says of an outside clock.

    Raises:
        VerificationError: malformed.
    """
    parts = well_formed(lambda: members(untrusted, {"record", "head", "consistency"}, what="An outside clock"))
    record, line = parts["record"], parts["head"]
    head = read_checkpoint_line(line) if isinstance(line, str) else None
    if head is None or not isinstance(record, int) or isinstance(record, bool) or record < 0:
        raise malformed("An outside clock is malformed.")
    return Attestation(record, head, consistency=tuple(read_hashes(parts["consistency"])))


def require_vouched(clock: Attestation, shown: Mapping[str, Scalar] | None, checkpoint: Checkpoint) -> None:
    """Require that a shown record of somebody else's mail quotes the head, and that the log goes on from it.

    `shown` are the verified fields of the record, or None where it is not shown.

    Raises:
        VerificationError: outside-clock.
    """
    if shown is None:
        raise VerificationError("outside-clock", "The record that it names is not shown as it was sealed.")
    if shown.get("/kind") == "cosignature":
        _require_cosigned(clock, shown)
    elif shown.get("/kind") == "time-stamp":
        _require_stamped(clock, shown)
    else:
        _require_quoted(clock, shown)
    if clock.checkpoint.origin != checkpoint.origin or clock.checkpoint.size > clock.record:
        raise VerificationError("outside-clock", "It quotes the head of another log, or one that was not there yet.")
    if not merkle.proves_consistency(
        clock.checkpoint.size, clock.checkpoint.root, checkpoint.size, checkpoint.root, clock.consistency
    ):
        raise VerificationError(
            "outside-clock", "The log does not go on from the head that it quotes: the log was rewritten."
        )


def _require_quoted(clock: Attestation, shown: Mapping[str, Scalar]) -> None:
    if clock.checkpoint.line not in {value for path, value in shown.items() if QUOTED.fullmatch(path)}:
        raise VerificationError("outside-clock", "The record that it names does not show that line.")
    if not is_of_others(shown):
        raise VerificationError("outside-clock", "The record that it names is no mail of somebody else.")


def _require_cosigned(clock: Attestation, shown: Mapping[str, Scalar]) -> None:
    try:
        witness = read_vkey(str(shown.get("/fields/witness_key")))
        cosigned = verify_cosignature(str(shown.get("/fields/cosigned_checkpoint")), witness)
    except (InputError, VerificationError) as error:
        raise VerificationError("outside-clock", f"Its cosignature does not hold. {error.sentence}") from error
    if cosigned.checkpoint != clock.checkpoint:
        raise VerificationError("outside-clock", "The witness countersigned another head.")


def _require_stamped(clock: Attestation, shown: Mapping[str, Scalar]) -> None:
    try:
        signed = str(shown.get("/fields/signed_checkpoint"))
        answer = read_answer(base64.decode(shown.get("/fields/answer")))
        require_signed(answer, signed.encode("utf-8"), read_certificates(str(shown.get("/fields/certificates"))))
        stamped = parse_checkpoint_text(parse_note(signed).text)
    except (InputError, VerificationError) as error:
        raise VerificationError("outside-clock", f"Its time stamp does not hold. {error.sentence}") from error
    if stamped != clock.checkpoint:
        raise VerificationError("outside-clock", "The authority stamped another head.")


def is_of_others(shown: Mapping[str, Scalar]) -> bool:
    """Whether a record's fields, by path, are those of a mail or mail receipt that came from somebody else."""
    kind = shown.get("/kind")
    return kind == "mail-receipt" or (kind == "message" and shown.get("/fields/direction") == "received")


def with_words(clock: Attestation, shown: dict[str, Scalar]) -> Attestation:
    """Return a clock, which was verified, with what its record shows of the mail or the witness."""
    if shown.get("/kind") == "cosignature":
        cosigned = verify_cosignature(
            str(shown["/fields/cosigned_checkpoint"]), read_vkey(str(shown["/fields/witness_key"]))
        )
        compared = str(shown.get("/fields/compared", NOT_COMPARED))
        return replace(clock, at=cosigned.at, who=str(shown.get("/fields/witness", "")), compared=compared)
    if shown.get("/kind") == "time-stamp":
        answer = read_answer(base64.decode(shown["/fields/answer"]))
        root = fingerprint_of(root_of(read_certificates(str(shown["/fields/certificates"]))))
        return replace(clock, at=answer.at, who=str(shown.get("/fields/authority", "An authority")), root=root)
    dated = shown.get("/fields/sent_at", shown.get("/fields/receipt_at"))
    try:
        at = read_moment(str(dated)) if dated else None
    except InputError:
        at = None
    return replace(clock, at=at, who=str(shown.get("/fields/from", "")), dkim=str(shown.get("/fields/dkim/result", "")))
