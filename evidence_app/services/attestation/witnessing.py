"""Countersigning: asking for it, doing it for somebody, and taking the answer in (docs/spec/exchange.md, sections 3 to 5)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import COSIGNATURE, WITNESSING
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.vocabularies import COUNTERSIGNED, WITNESSING_RESULTS
from evidence_app.errors import EnvironmentProblem, InputError, VerificationError
from evidence_app.proof.checkpoints import Checkpoint, parse_checkpoint_text, verify_checkpoint
from evidence_app.proof.cosignatures import cosign, cosigner_of, verify_cosigned
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.blocks import Label, find_block, read_block, write_block
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import in_words, read_moment, spell
from evidence_app.proof.signed_notes import parse_note
from evidence_app.proof.witness_key import spell_vkey, witness_name
from evidence_app.proof.witness_requests import (
    OTHER_START,
    REWRITTEN,
    SHRUNKEN,
    WitnessRequest,
    read_refusal,
    read_request,
    require_goes_on,
    spell_refusal,
)
from evidence_app.services.attestation.cards import KnownCard, card_of_key, known_cards, witness_key
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session
from evidence_app.store.record_table import WITNESSED
from evidence_app.store.store import Store

MAX_CLOCK_SKEW: Final = timedelta(days=1)
_RESULTS: Final = dict(zip(("", SHRUNKEN, REWRITTEN), WITNESSING_RESULTS, strict=True))
_REASONS: Final = {
    SHRUNKEN: "it knows a longer log of yours than the one it was shown",
    REWRITTEN: "the log it was shown does not go on from the one it knows",
    OTHER_START: "the request begins at another size than the one it knows",
}


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A countersigned head that this store holds, in record `record`. `at` is the witness's clock, in UTC."""

    record: SealedRecord
    checkpoint: Checkpoint

    @property
    def who(self) -> str:
        """The name on the witness's card."""
        return str(self.record.fields["witness"])

    @property
    def compared(self) -> str:
        """How the words of that card were compared."""
        return str(self.record.fields.get("compared", ""))

    def in_words(self) -> str:
        """Say who vouches for what since when."""
        at = in_words(read_moment(str(self.record.fields["cosigned_at"])))
        covered = "position 0" if self.checkpoint.size == 1 else f"positions 0 to {self.checkpoint.size - 1}"
        return f"{self.who} countersigned the head of {covered} at {at} by their clock (words of their card: {self.compared or 'not compared'}); record {self.record.index}."


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """What a witness gives back: a block, and what it says in words. `refused` is the reason, if it was."""

    block: str
    sentence: str
    refused: str
    sealed: Sealed | None


def make_request(session: Session, witness: KnownCard | None = None, start: int | None = None) -> str:
    """Return the block that asks a witness to countersign the head of now.

    It begins at `start`, or at what this witness countersigned last.

    Raises:
        InputError: `start` is beyond the log.
    """
    size = session.store.log.size()
    known = max((each.checkpoint.size for each in witnessed(session) if witness and _is_by(each, witness)), default=0)
    start = known if start is None else start
    if not 0 <= start <= size:
        raise InputError(f"The log has {size} records: a request cannot begin at {start}.")
    proof = session.store.log.consistency_proof(start, size) if start else []
    signed = session.store.log.checkpoint(size)
    checkpoint = verify_checkpoint(signed, session.log_key.public)
    request = WitnessRequest(session.log_key.public, start, tuple(proof), signed, checkpoint)
    return write_block(Label.REQUEST, request.spell())


def answer_request(session: Session, untrusted_text: str) -> WitnessAnswer:
    """Countersign somebody's head, or refuse to; what was done is sealed, but for a request that only begins at another size.

    Raises:
        InputError: there is no request in the text, it is not whole, or it is for this log itself.
        VerificationError: malformed, other-log, bad-signature. Nothing was sealed.
        EnvironmentProblem: the store cannot be written.
    """
    request = read_request(read_block(untrusted_text, Label.REQUEST))
    if request.log_key == session.log_key.public:
        raise InputError("This is a request of this store itself. Somebody else has to countersign it.")
    key = witness_key(session)
    before = last_checkpoint_of(session, request.checkpoint.origin)
    known = card_of_key(session, base64.encode(request.log_key))
    whose = known.card.name if known else ""
    try:
        require_goes_on(request, before[1] if before else None)
    except VerificationError as error:
        if error.reason not in _REASONS:
            raise
        size = before[1].size if before else 0
        block = write_block(Label.REFUSAL, spell_refusal(request.checkpoint.origin, size, error.reason))
        sealed = None if error.reason == OTHER_START else _seal_seen(session, request, before, whose, error.reason)
        return WitnessAnswer(block, error.sentence, error.reason, sealed)
    sealed = _seal_seen(session, request, before, whose, "")
    cosigned = cosign(key, request.signed_checkpoint, session.clock.now())
    who = whose or "somebody whose card you have not taken in"
    words = f"Countersigned: the log of {who}, {request.checkpoint.size} records. You have seen none of them."
    return WitnessAnswer(write_block(Label.COSIGNED, cosigned), words, "", sealed)


def last_checkpoint_of(session: Session, origin: str) -> tuple[SealedRecord, Checkpoint] | None:
    """Return the greatest head of somebody's log that this store knows, countersigned or received, and the record that says so."""
    positions = session.store.records.found_by(f"log:{origin}")
    if not positions:
        return None
    record = session.store.records.get(positions[-1])
    return record, parse_checkpoint_text(parse_note(str(record.fields["signed_checkpoint"])).text)


def _seal_seen(
    session: Session,
    request: WitnessRequest,
    before: tuple[SealedRecord, Checkpoint] | None,
    whose: str,
    refused: str,
) -> Sealed:
    fields: JsonObject = {
        "result": _RESULTS[refused],
        "origin": request.checkpoint.origin,
        "size": request.checkpoint.size,
        "head": request.checkpoint.line,
        "signed_checkpoint": request.signed_checkpoint,
    }
    if whose:
        fields["whose"] = whose
    if before is not None:
        fields["head_before"] = before[1].line
        if refused:
            fields["checkpoint_before"] = str(before[0].fields["signed_checkpoint"])

    found, key = session.store.records.found_by, f"log:{request.checkpoint.origin}"
    expected = len(found(key)) + (not refused)

    def require_still_last(_: Store) -> None:
        if len(found(key)) != expected:
            raise EnvironmentProblem(
                "This log was countersigned a moment ago in another place. Answer the request again."
            )

    entry = Entry(WITNESSING, spell(session.clock.now()), "exact", fields)
    return seal(session, entry, also=require_still_last)


def seal_refusal(
    session: Session, before: SealedRecord, head: Checkpoint, signed: str, shown: Checkpoint, whose: str, result: str
) -> Sealed:
    """Seal that a log which was shown does not go on from the head that is known, with both signed checkpoints."""
    fields: JsonObject = {
        "result": result,
        "whose": whose,
        "origin": shown.origin,
        "size": shown.size,
        "head": shown.line,
        "signed_checkpoint": signed,
        "head_before": head.line,
        "checkpoint_before": str(before.fields["signed_checkpoint"]),
    }
    return seal(session, Entry(WITNESSING, spell(session.clock.now()), "exact", fields))


def take_answer(session: Session, untrusted_text: str) -> Sealed:
    """Seal a countersigned checkpoint of this log.

    Raises:
        InputError: there is no answer in the text, it is not whole, it was taken in before, or it is a refusal.
        VerificationError: malformed, other-log, bad-signature, unknown-witness, bad-cosignature.
        EnvironmentProblem: the store cannot be written.
    """
    label, content = find_block(untrusted_text)
    if label is Label.REFUSAL:
        raise InputError(_refusal_in_words(session, content))
    content = read_block(untrusted_text, Label.COSIGNED)
    text = parse_note(content).text
    head = parse_checkpoint_text(text)
    if head.origin != session.log_key.origin:
        raise VerificationError("other-log", "This is the countersigned head of another log.")
    size = session.store.log.size()
    if not 1 <= head.size <= size or head.root != session.store.log.root(head.size):
        raise VerificationError("other-log", "This log never had the head that is countersigned there.")
    known = _witness_called(session, cosigner_of(content))
    cosigned = verify_cosigned(content, session.log_key.public, known.card.witness_key)
    if cosigned.at > session.clock.now() + MAX_CLOCK_SKEW:
        raise VerificationError("bad-cosignature", "The cosignature is dated in the future.")
    if any(each.record.fields["cosigned_checkpoint"] == content for each in witnessed(session)):
        raise InputError("This answer was taken in before.")
    fields: JsonObject = {
        "witness": known.card.name,
        "cosigned_at": spell(cosigned.at),
        "size": head.size,
        "compared": known.compared,
        "witness_key": spell_vkey(known.card.witness_key),
        "cosigned_checkpoint": content,
    }
    return seal(session, Entry(COSIGNATURE, spell(session.clock.now()), "exact", fields))


def _witness_called(session: Session, name: str) -> KnownCard:
    for known in known_cards(session):
        if witness_name(known.card.witness_key) == name:
            return known
    raise VerificationError(
        "unknown-witness", "It is countersigned by somebody whose card you have not taken in. Ask for the card first."
    )


def _refusal_in_words(session: Session, content: str) -> str:
    origin, size, reason = read_refusal(content)
    if origin != session.log_key.origin:
        return "This is a refusal for another log."
    more = f" Make a request from {size}: “witness request --from {size}”." if reason == OTHER_START else ""
    return f"The witness did not countersign: {_REASONS[reason]}; it knows {size} records.{more}"


def _is_by(each: Witnessed, known: KnownCard) -> bool:
    return each.record.fields["witness_key"] == spell_vkey(known.card.witness_key)


def witnessed(session: Session) -> list[Witnessed]:
    """Return the countersigned heads that the store holds, in the order in which they were taken in."""
    records = session.store.records
    found = map(records.get, records.found_by(WITNESSED))
    return [
        Witnessed(each, parse_checkpoint_text(parse_note(str(each.fields["cosigned_checkpoint"])).text))
        for each in found
    ]


def witnessed_logs(session: Session) -> list[tuple[str, str, int]]:
    """Return whose logs the owner countersigned last at what size: name or nothing, origin, size."""
    latest: dict[str, tuple[str, str, int]] = {}
    for record in session.store.records.select(Selection(kind=WITNESSING.name)):
        fields = record.fields
        if fields["result"] == COUNTERSIGNED:
            latest[str(fields["origin"])] = (
                str(fields.get("whose", "")),
                str(fields["origin"]),
                int(str(fields["size"])),
            )
    return sorted(latest.values())
