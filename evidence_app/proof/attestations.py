"""Attestations (outside clocks) of an earlier checkpoint, each with the proof that this log extends it.

Three kinds: a mail from somebody else that quotes the checkpoint, a witness's cosignature, and an RFC 3161 time stamp
(docs/spec/bundle.md, section 2 for the form and section 6, step 8 for verifying).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from evidence_app.errors import InputError, VerificationError
from evidence_app.proof import merkle
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint
from evidence_app.proof.cosignatures import verify_cosignature, verify_cosigned
from evidence_app.proof.cosigner_key import read_vkey
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, Scalar, members
from evidence_app.proof.encoding.times import in_words, read_moment
from evidence_app.proof.malformed import malformed, well_formed
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.seal_receipts import read_hashes
from evidence_app.proof.time_stamps import fingerprint_of, read_answer, read_certificates, require_signed, root_of
from evidence_app.proof.verdicts import NOT_COMPARED

MAX_ATTESTATIONS: Final = 1_000  # items of each list of attestations, earlier checkpoints and hand-overs
WORTH_OF_MAIL: Final = (
    "It is worth as much as that mail is: ask whoever wrote it, or their mail system, for their own copy."
)
WORTH_OF_WITNESS: Final = "It is worth as much as the witness's word, and as it is sure whose key that is."
WORTH_OF_STAMP: Final = "It is worth as much as that authority is: compare its root certificate with what it publishes."
QUOTED: Final = re.compile(r"/fields/quoted_heads/(?:0|[1-9][0-9]*)")
"""Paths at which the record of a mail holds the checkpoint lines that the mail quotes."""


@dataclass(frozen=True, slots=True)
class Attestation:
    """A mail, a cosignature or a time stamp that shows: everything below position `checkpoint.size` was sealed before it.

    `record` is the position of the record that holds it. `at` is UTC: the mail's own date, or the time by the clock of the
    witness or authority, or None where there is none. `who` wrote or signed it. At most one of these is set: `dkim` is the
    DKIM result of a mail; `compared` is how the words of a witness's card were compared; `cosigner` is the key name of a witness without a
    card; `root` is the SHA-256 of an
    authority's root certificate. `consistency` is the proof from `checkpoint` to the manifest's checkpoint.
    """

    record: int
    checkpoint: Checkpoint
    at: datetime | None = None
    who: str = ""
    dkim: str = ""
    compared: str = ""
    cosigner: str = ""
    root: str = ""
    consistency: tuple[bytes, ...] = ()

    def to_json(self) -> JsonObject:
        """Return the item of the manifest's list `outside_clocks` (docs/spec/bundle.md, section 2)."""
        proof: list[Json] = [base64.encode(digest) for digest in self.consistency]
        return {"record": self.record, "head": self.checkpoint.line, "consistency": proof}

    @property
    def what(self) -> str:
        """Its kind: ``mail``, ``witness`` or ``time stamp``."""
        if self.root:
            return "time stamp"
        return "witness" if self.compared or self.cosigner else "mail"

    def in_words(self, number: str = "") -> str:
        """Return one sentence for people: who vouches for which positions, when, and how sure that is. `number` is how its record is called."""
        record = number or str(self.record)
        if self.root:
            at = in_words(self.at) if self.at else "a time that cannot be read"
            return f"{self.who} stamped the head of {self._covered()} at {at} by its clock, as record {record} says (RFC 3161; root certificate {self.root[:16]}…)."
        if self.compared:
            at = in_words(self.at) if self.at else "a time that cannot be read"
            return f"{self.who or 'A witness'} countersigned the head of {self._covered()} at {at} by their clock, as record {record} says (words of their card: {self.compared})."
        if self.cosigner:
            at = in_words(self.at) if self.at else "a time that cannot be read"
            return f"{self.who or 'A witness'} countersigned the head of {self._covered()} at {at} by its clock, as record {record} says (key {self.cosigner[:80]}; compare it with what the witness publishes)."
        dated = f"dated {in_words(self.at)}" if self.at else "without a date that can be read"
        signed = f"DKIM {self.dkim}" if self.dkim else "DKIM not checked"
        return f"Mail in record {record} from {self.who or 'somebody'}, {dated} by its sender ({signed}), quotes the head of {self._covered()}."

    def goes_on(self) -> str:
        """Return the sentence for an attestation that verified."""
        by = {"time stamp": "was stamped", "witness": "the witness countersigned"}.get(self.what, "the mail quotes")
        return f"The log goes on from the head that {by}."

    def its_worth(self) -> str:
        """Return the sentence on what its evidence depends on."""
        return {"time stamp": WORTH_OF_STAMP, "witness": WORTH_OF_WITNESS}.get(self.what, WORTH_OF_MAIL)

    def _covered(self) -> str:
        return "position 0" if self.checkpoint.size == 1 else f"positions 0 to {self.checkpoint.size - 1}"


def read_attestation(untrusted: Json) -> Attestation:
    """Parse an item of `outside_clocks` in a manifest. Nothing in it is verified yet.

    Raises:
        VerificationError: malformed.
    """
    parts = well_formed(lambda: members(untrusted, {"record", "head", "consistency"}, what="An outside clock"))
    record, line = parts["record"], parts["head"]
    checkpoint = read_checkpoint_line(line) if isinstance(line, str) else None
    if checkpoint is None or not isinstance(record, int) or isinstance(record, bool) or record < 0:
        raise malformed("An outside clock is malformed.")
    return Attestation(record, checkpoint, consistency=tuple(read_hashes(parts["consistency"])))


def require_vouched(
    clock: Attestation, shown: Mapping[str, Scalar] | None, checkpoint: Checkpoint, log_key: bytes
) -> None:
    """Require that a record vouches for the attested checkpoint, and that the log of the verified `checkpoint` extends that.

    `log_key` is the key of that log; `shown` are the verified fields of the record by path, or None where it is not shown as sealed (section 6, step 8).

    Raises:
        VerificationError: outside-clock.
    """
    # The record is shown, and all its shown fields are as sealed.
    if shown is None:
        raise VerificationError("outside-clock", "The record that it names is not shown as it was sealed.")
    if shown.get("/kind") == "cosignature":
        _require_cosigned(clock, shown, log_key)
    elif shown.get("/kind") == "time-stamp":
        _require_stamped(clock, shown, log_key)
    else:
        _require_quoted(clock, shown)
    # The checkpoint is of this log, and from before the record: it cannot cover the record that quotes it.
    if clock.checkpoint.origin != checkpoint.origin or clock.checkpoint.size > clock.record:
        raise VerificationError("outside-clock", "It quotes the head of another log, or one that was not there yet.")
    # The log of the manifest extends it (RFC 9162, section 2.1.4.2).
    if not merkle.proves_consistency(
        clock.checkpoint.size, clock.checkpoint.root, checkpoint.size, checkpoint.root, clock.consistency
    ):
        raise VerificationError(
            "outside-clock", "The log does not go on from the head that it quotes: the log was rewritten."
        )


def _require_quoted(clock: Attestation, shown: Mapping[str, Scalar]) -> None:
    """Require a mail from somebody else that quotes the checkpoint line (docs/spec/mail.md, section 5)."""
    if clock.checkpoint.line not in {value for path, value in shown.items() if QUOTED.fullmatch(path)}:
        raise VerificationError("outside-clock", "The record that it names does not show that line.")
    if not is_of_others(shown):
        raise VerificationError("outside-clock", "The record that it names is no mail of somebody else.")


def _require_cosigned(clock: Attestation, shown: Mapping[str, Scalar], log_key: bytes) -> None:
    """Require a cosignature of the signed checkpoint by the record's witness key (docs/spec/exchange.md, section 6)."""
    try:
        cosigner = read_vkey(str(shown.get("/fields/witness_key")))
        cosigned = verify_cosigned(str(shown.get("/fields/cosigned_checkpoint")), log_key, cosigner)
    except (InputError, VerificationError) as error:
        raise VerificationError("outside-clock", f"Its cosignature does not hold. {error.sentence}") from error
    if cosigned.checkpoint != clock.checkpoint:
        raise VerificationError("outside-clock", "The witness countersigned another head.")


def _require_stamped(clock: Attestation, shown: Mapping[str, Scalar], log_key: bytes) -> None:
    """Require a time stamp over the signed checkpoint, by the record's certificates (docs/spec/time-stamps.md, section 4)."""
    try:
        signed = str(shown.get("/fields/signed_checkpoint"))
        answer = read_answer(base64.decode(shown.get("/fields/answer")))
        require_signed(answer, signed.encode("utf-8"), read_certificates(str(shown.get("/fields/certificates"))))
        stamped = verify_checkpoint(signed, log_key)
    except (InputError, VerificationError) as error:
        raise VerificationError("outside-clock", f"Its time stamp does not hold. {error.sentence}") from error
    if stamped != clock.checkpoint:
        raise VerificationError("outside-clock", "The authority stamped another head.")


def is_of_others(shown: Mapping[str, Scalar]) -> bool:
    """Return whether a record's fields, by path, are those of a mail or mail receipt from somebody else.

    A mail that the owner sent is not an attestation: its date is the owner's own word.
    """
    kind = shown.get("/kind")
    return kind == "mail-receipt" or (kind == "message" and shown.get("/fields/direction") == "received")


def with_words(clock: Attestation, shown: dict[str, Scalar]) -> Attestation:
    """Return a verified attestation with the details that its record shows: time, name, and DKIM, comparison or root."""
    if shown.get("/kind") == "cosignature":
        cosigner = read_vkey(str(shown["/fields/witness_key"]))
        cosigned = verify_cosignature(str(shown["/fields/cosigned_checkpoint"]), cosigner)
        known = replace(clock, at=cosigned.at, who=str(shown.get("/fields/witness", "")))
        if cosigner.is_of_card:
            return replace(known, compared=str(shown.get("/fields/compared", NOT_COMPARED)))
        return replace(known, cosigner=cosigner.name)
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
