"""Handing records over to somebody whose card was taken in, and sealing the receipt that comes back (docs/spec/exchange.md, sections 7 and 8)."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.documents.media_types import AGE_ENDING
from evidence_app.domain.record.entries import Entry, Link
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.program_kinds import EXPORT
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import HANDOVER_RECEIPT
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.blocks import Label, read_block
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.handover_receipts import read_receipt, signer_of
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.signing import origin_of
from evidence_app.proof.witness_key import spell_vkey
from evidence_app.services.attestation.cards import KnownCard, known_cards
from evidence_app.services.attestation.witnessing import witnessed
from evidence_app.services.bundles.exporting import Exported, Given, Report, export_plan, no_report
from evidence_app.services.bundles.profiles import profile_named
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

if TYPE_CHECKING:
    from evidence_app.domain.plan.profiles import Profile
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles.plans import Choice


class TakenBefore(InputError):
    """What was sent is sealed already."""


MAX_CLOCK_SKEW: Final = timedelta(days=1)
MAX_CHECKPOINTS: Final = 1_000


def hand_over(
    session: Session,
    saved: "SavedPlan",
    out: Path,
    choice: "Choice",
    to: KnownCard,
    *,
    known: Sequence[int] = (),
    keep: bool = False,
    report: Report = no_report,
    cancel: Callable[[], bool] = lambda: False,
) -> Exported:
    """Export a bundle as an age file that only the owner of a card opens.

    `known` are sizes of this log that they know beside those that this store knows of.

    Raises:
        InputError: as `export_plan` says; or the profile shows what identifies somebody, the card has no recipient, or `out` is not named so.
        EnvironmentProblem, Cancelled: as `export_plan` says. No file is left.
    """
    if session.holder is Holder.REP:
        raise InputError("Records are handed over by whoever they are of. What a rep makes of them is given as a PDF.")
    require_fit(profile_named(session, saved.profile))
    if not out.name.lower().endswith(AGE_ENDING):
        raise InputError(f"A hand-over is an age file: give it a name that ends in {AGE_ENDING}.")
    size = session.store.log.size()
    if any(not 1 <= each <= size for each in known):
        raise InputError(f"The log has {size} records: nobody knows it at another size.")
    given = Given(to.card.name, to.card.recipient, origin_of(to.card.log_key), checkpoints_known_to(session, to, known))
    return export_plan(session, saved, out, choice, given=given, keep=keep, report=report, cancel=cancel)


def is_fit(profile: "Profile") -> bool:
    """Whether bundles of a profile may be handed over: they withhold whoever may be identified, and hold no file as it came."""
    return profile.pseudonyms and profile.fails_closed and profile.look_first and not profile.originals


def require_fit(profile: "Profile") -> None:
    """Require that bundles of a profile may be handed over.

    Raises:
        InputError: they may not.
    """
    if not is_fit(profile):
        raise InputError(
            f"The profile “{profile.name}” may show what identifies somebody: hand over with one that withholds it, such as union-casework."
        )


def checkpoints_known_to(session: Session, to: KnownCard, also: Sequence[int] = ()) -> list[PriorCheckpoint]:
    """Return the heads of this log that the owner of a card may know, each with the proof that the log goes on from it."""
    log = session.store.log
    size = log.size()
    sizes = sorted({each for each in (*_sizes_known_to(session, to), *also) if 1 <= each <= size})[-MAX_CHECKPOINTS:]
    origin = session.log_key.origin
    return [
        PriorCheckpoint(Checkpoint(origin, each, log.root(each)), tuple(log.consistency_proof(each, size)))
        for each in sizes
    ]


def _sizes_known_to(session: Session, to: KnownCard) -> Iterator[int]:
    records = session.store.records
    for record in map(records.get, records.found_by(f"handed-to:{origin_of(to.card.log_key)}")):
        head = read_checkpoint_line(str(record.fields.get("head", "")))
        if head is not None:
            yield head.size
    vkey = spell_vkey(to.card.witness_key)
    yield from (each.checkpoint.size for each in witnessed(session) if each.record.fields["witness_key"] == vkey)


def take_receipt(session: Session, untrusted_text: str) -> Sealed:
    """Seal a receipt for a hand-over.

    Raises:
        InputError: there is none in the text, it is not whole, or it was taken in before.
        VerificationError: malformed, unknown-log, bad-signature, other-file, other-log.
        EnvironmentProblem: the store cannot be written.
    """
    if session.holder is Holder.REP:
        raise InputError(
            "This is a receipt for somebody who handed records over. It is taken in where they were handed over from."
        )
    content = read_block(untrusted_text, Label.RECEIPT)
    signer = signer_of(content)
    known = _signer(session, signer)
    receipt = read_receipt(content, known.card.log_key)
    export = _export_of(session, receipt.sha256.hex())
    head = receipt.checkpoint
    if head.origin != session.log_key.origin or not 1 <= head.size <= session.store.log.size():
        raise VerificationError("other-log", "The receipt names the head of another log.")
    if session.store.log.root(head.size) != head.root:
        raise VerificationError("other-log", "This log never had the head that the receipt names.")
    if export.fields.get("recipient_key") != signer or export.fields.get("head") != head.line:
        raise VerificationError(
            "other-file", f"Record {export.index} was not handed over to {known.card.name} with that head."
        )
    if not export.sealed_at - MAX_CLOCK_SKEW <= receipt.received_at <= session.clock.now() + MAX_CLOCK_SKEW:
        raise VerificationError("malformed", "The receipt is dated before the file was made, or in the future.")
    for each in session.store.records.linking_to(export.index):
        if each.kind is HANDOVER_RECEIPT and each.fields.get("log_key") == base64.encode(known.card.log_key):
            raise TakenBefore(f"Their receipt for this was taken in before, as record {each.index}.")
    fields: JsonObject = {
        "given_by": known.card.name,
        "received_at": spell(receipt.received_at),
        "sha256": receipt.sha256.hex(),
        "compared": known.compared,
        "log_key": base64.encode(known.card.log_key),
        "receipt": content,
    }
    entry = Entry(
        HANDOVER_RECEIPT, spell(session.clock.now()), "exact", fields, links=(Link(export.index, "receipt for"),)
    )
    return seal(session, entry)


def _signer(session: Session, origin: str) -> KnownCard:
    for known in known_cards(session):
        if origin_of(known.card.log_key) == origin:
            return known
    raise VerificationError(
        "unknown-log", "The receipt is signed by somebody whose card you have not taken in. Ask for the card first."
    )


def _export_of(session: Session, sha256: str) -> SealedRecord:
    records = session.store.records
    for index in records.found_by(f"export:{sha256}"):
        record = records.get(index)
        if record.kind is EXPORT:
            return record
    raise VerificationError("other-file", "The receipt is for a file that was not exported from this store.")
