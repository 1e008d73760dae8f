"""Witnessing of checkpoints: request a cosignature, answer a request, import the answer (docs/spec/exchange.md, sections 3 to 5)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.program_kinds import COSIGNATURE, WITNESSING
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.vocabularies import COUNTERSIGNED, WITNESSING_RESULTS
from evidence_app.errors import EnvironmentProblem, InputError, VerificationError
from evidence_app.proof.checkpoints import Checkpoint, parse_checkpoint_text, verify_checkpoint
from evidence_app.proof.cosignatures import Cosigned, cosign, cosigner_of, verify_cosigned
from evidence_app.proof.cosigner_key import WITNESS_PREFIX, CosignerKey, witness_with_card
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.blocks import Label, find_block, read_block, write_block
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.proof.signed_notes import parse_note
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
"""Tolerated difference between the witness's clock and the owner's (docs/spec/exchange.md, section 5)."""
_RESULTS: Final = dict(zip(("", SHRUNKEN, REWRITTEN), WITNESSING_RESULTS, strict=True))
"""Reason for a refusal (empty: none) to the result that is sealed."""
_REASONS: Final = {
    SHRUNKEN: "it knows a longer log of yours than the one it was shown",
    REWRITTEN: "the log it was shown does not go on from the one it knows",
    OTHER_START: "the request begins at another size than the one it knows",
}


@dataclass(frozen=True, slots=True)
class Witnessed:
    """A cosignature on a checkpoint of this log, sealed in `record`."""

    record: SealedRecord
    checkpoint: Checkpoint

    @property
    def who(self) -> str:
        """Name on the witness's card."""
        return str(self.record.fields["witness"])

    @property
    def compared(self) -> str:
        """How the words of that card were compared: one of `COMPARED`, or empty."""
        return str(self.record.fields.get("compared", ""))

    def is_by(self, cosigner: CosignerKey) -> bool:
        """Return whether it is by this key."""
        return self.record.fields["witness_key"] == cosigner.spell()

    def in_words(self) -> Phrase:
        """Return a sentence: witness, range of positions, time by the witness's clock."""
        last = self.checkpoint.size - 1
        covered = phrase("positions 0 to {last}", last=last) if last else phrase("position 0")
        at, key = read_moment(str(self.record.fields["cosigned_at"])), str(self.record.fields["witness_key"])
        if not key.startswith(WITNESS_PREFIX):
            return phrase(
                "{who} countersigned the head of {covered} at {at} by its clock (key {key}); record {record}.",
                who=self.who,
                covered=covered,
                at=at,
                key=key.partition("+")[0],
                record=self.record.index,
            )
        return phrase(
            "{who} countersigned the head of {covered} at {at} by their clock (words of their card: {compared}); record {record}.",
            who=self.who,
            covered=covered,
            at=at,
            compared=phrase(self.compared) if self.compared else phrase("not compared"),
            record=self.record.index,
        )


@dataclass(frozen=True, slots=True)
class WitnessAnswer:
    """Answer of a witness: the block to send back and a sentence. `refused` is the reason for a refusal, or empty."""

    block: str
    sentence: str
    refused: str
    sealed: Sealed | None


def make_request(session: Session, witness: KnownCard | None = None, start: int | None = None) -> str:
    """Return a witness request for the latest checkpoint, as a block (docs/spec/exchange.md, section 3).

    `start` is the size of the log from which the consistency proof leads. By default it is the size that `witness` cosigned last, or 0.

    Raises:
        InputError: `start` is negative or larger than the log.
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
    """Verify a witness request and cosign or refuse its checkpoint (docs/spec/exchange.md, section 4).

    The result is sealed; only a refusal as `other-start` is not, since it shows nothing wrong with the log.

    Raises:
        InputError: the text has no request, it is incomplete, or it is for this store's own log.
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
        sealed = None if error.reason == OTHER_START else _seal_result(session, request, before, whose, error.reason)
        return WitnessAnswer(block, error.sentence, error.reason, sealed)
    sealed = _seal_result(session, request, before, whose, "")
    cosigned = cosign(key, request.signed_checkpoint, session.clock.now())
    who = whose or "somebody whose card you have not taken in"
    words = f"Countersigned: the log of {who}, {request.checkpoint.size} records. You have seen none of them."
    return WitnessAnswer(write_block(Label.COSIGNED, cosigned), words, "", sealed)


def last_checkpoint_of(session: Session, origin: str) -> tuple[SealedRecord, Checkpoint] | None:
    """Return the last checkpoint of another log that this store cosigned or received, with its record; None if there is none.

    Both require that the log extends the checkpoint before, so the last one is also the largest.
    """
    positions = session.store.records.found_by(f"log:{origin}")
    if not positions:
        return None
    record = session.store.records.get(positions[-1])
    return record, parse_checkpoint_text(parse_note(str(record.fields["signed_checkpoint"])).text)


def _seal_result(
    session: Session,
    request: WitnessRequest,
    before: tuple[SealedRecord, Checkpoint] | None,
    whose: str,
    refused: str,
) -> Sealed:
    """Seal the result of a witness request, with both checkpoints if it was refused.

    Raises:
        EnvironmentProblem: another session of this store answered a request of the same log meanwhile.
    """
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

    # A refusal is not indexed under the log: it must not become the last known checkpoint. Compared inside the transaction, so
    # that two sessions cannot cosign two histories (section 4, “under one lock”).
    find, key = session.store.records.found_by, f"log:{request.checkpoint.origin}"
    expected = len(find(key)) + (not refused)

    def require_still_last(_: Store) -> None:
        if len(find(key)) != expected:
            raise EnvironmentProblem(
                "This log was countersigned a moment ago in another place. Answer the request again."
            )

    entry = Entry(WITNESSING, spell(session.clock.now()), "exact", fields)
    return seal(session, entry, also=require_still_last)


def seal_refusal(
    session: Session, before: SealedRecord, head: Checkpoint, signed: str, shown: Checkpoint, whose: str, result: str
) -> Sealed:
    """Seal that another log does not extend the checkpoint known of it, with both signed checkpoints.

    `before` is the record with the known checkpoint `head`, `signed` the signed note of the checkpoint `shown`, `whose` the name of the
    log's owner, `result` one of `WITNESSING_RESULTS`.

    Raises:
        EnvironmentProblem: the store cannot be written.
    """
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
    """Verify and seal a cosigned checkpoint of this log (docs/spec/exchange.md, section 5).

    Raises:
        InputError: the text has no answer, it is incomplete, it was imported before, or it is a refusal.
        VerificationError: malformed, other-log, bad-signature, unknown-witness, bad-cosignature.
        EnvironmentProblem: the store cannot be written.
    """
    label, content = find_block(untrusted_text)
    if label is Label.REFUSAL:
        raise InputError(_refusal_in_words(session, content))
    content = read_block(untrusted_text, Label.COSIGNED)
    text = parse_note(content).text
    checkpoint = parse_checkpoint_text(text)
    if checkpoint.origin != session.log_key.origin:
        raise VerificationError("other-log", "This is the countersigned head of another log.")
    size = session.store.log.size()
    if not 1 <= checkpoint.size <= size or checkpoint.root != session.store.log.root(checkpoint.size):
        raise VerificationError("other-log", "This log never had the head that is countersigned there.")
    known = _card_of_witness(session, cosigner_of(content))
    cosigner = witness_with_card(known.card.witness_key)
    cosigned = verify_cosigned(content, session.log_key.public, cosigner)
    return seal_cosignature(session, cosigned, content, known.card.name, known.compared)


def seal_cosignature(
    session: Session, cosigned: Cosigned, note: str, name: str, compared: str = "", restricted_to: str = ""
) -> Sealed:
    """Seal a verified cosignature of a checkpoint of this log. `note` is the checkpoint with the log's own line and that one.

    `name` is the witness's, `compared` how the words of their card were compared: empty for a witness without a card; `restricted_to` one of
    `ADVICE`, where the record is kept from the employer.

    Raises:
        InputError: it was taken in before.
        VerificationError: bad-cosignature, where it is dated in the future.
        EnvironmentProblem: the store cannot be written.
    """
    if cosigned.at > session.clock.now() + MAX_CLOCK_SKEW:
        raise VerificationError("bad-cosignature", "The cosignature is dated in the future.")
    if any(each.record.fields["cosigned_checkpoint"] == note for each in witnessed(session)):
        raise InputError("This answer was taken in before.")
    fields: JsonObject = {
        "witness": name,
        "cosigned_at": spell(cosigned.at),
        "size": cosigned.checkpoint.size,
        "witness_key": cosigned.cosigner.spell(),
        "cosigned_checkpoint": note,
    }
    if compared:
        fields["compared"] = compared
    if restricted_to:
        fields["restricted_to"] = restricted_to
    return seal(session, Entry(COSIGNATURE, spell(session.clock.now()), "exact", fields))


def _card_of_witness(session: Session, name: str) -> KnownCard:
    """Return the card whose witness key has this name (C2SP tlog-cosignature).

    Raises:
        VerificationError: unknown-witness.
    """
    for known in known_cards(session):
        if witness_with_card(known.card.witness_key).name == name:
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


def _is_by(cosignature: Witnessed, known: KnownCard) -> bool:
    return cosignature.is_by(witness_with_card(known.card.witness_key))


def witnessed(session: Session) -> list[Witnessed]:
    """Return the imported cosignatures on checkpoints of this log, in the order of the log."""
    records = session.store.records
    cosignatures = map(records.get, records.found_by(WITNESSED))
    return [
        Witnessed(each, parse_checkpoint_text(parse_note(str(each.fields["cosigned_checkpoint"])).text))
        for each in cosignatures
    ]


def witnessed_logs(session: Session) -> list[tuple[str, str, int]]:
    """Return the other logs that the owner cosigned: name of the owner (may be empty), origin, size at the last cosignature."""
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
