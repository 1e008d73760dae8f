"""Hand records over to the owner of an imported card, and import the receipt for it (docs/spec/exchange.md, sections 7 and 8)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.documents.media_types import AGE_ENDING
from evidence_app.domain.plan.profile import FROM_EMPLOYERS
from evidence_app.domain.progress import Cancel, StageProgress, never, no_stage_progress
from evidence_app.domain.record.entries import Entry, Link
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.record.program_kinds import EXPORT
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import HANDOVER_RECEIPT
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.cosigner_key import witness_with_card
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.blocks import Label, read_block
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.handover_receipts import read_receipt, signer_of
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.signing import origin_of
from evidence_app.services.attestation.cards import KnownCard, known_cards
from evidence_app.services.attestation.witnessing import witnessed
from evidence_app.services.bundles.exporting import Exported, Given, export_plan
from evidence_app.services.bundles.profiles import profile_named
from evidence_app.services.core.sealing import Sealed, seal
from evidence_app.services.core.session import Session

if TYPE_CHECKING:
    from evidence_app.domain.plan.profile import Profile
    from evidence_app.domain.plan.saved_plan import SavedPlan
    from evidence_app.services.bundles.plans import Choice


class TakenBefore(InputError):
    """The received text is sealed already."""


MAX_CLOCK_SKEW: Final = timedelta(days=1)
"""Tolerated difference between the clocks of giver and receiver (docs/spec/exchange.md, section 8)."""
MAX_CHECKPOINTS: Final = 1_000
"""Maximum number of earlier checkpoints in one manifest; the largest are kept."""


def hand_over(
    session: Session,
    saved: "SavedPlan",
    out: Path,
    choice: "Choice",
    to: KnownCard,
    *,
    known: Sequence[int] = (),
    keep: bool = False,
    replacing: bool = False,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
) -> Exported:
    """Export a bundle as an age file, encrypted to the recipient on a card.

    `known` are log sizes that the receiver knows in addition to those recorded in this store.

    Raises:
        InputError: as in `export_plan`; or this is a rep's store, the profile may identify somebody, the name of `out` is not that
            of an age file, or a size in `known` is out of range.
        EnvironmentProblem, Cancelled: as in `export_plan`. No file is left.
    """
    if session.holder is Holder.REP:
        raise InputError("Records are handed over by whoever they are of. What a rep makes of them is given as a PDF.")
    require_fit(profile_named(session, saved.profile), to)
    if not out.name.lower().endswith(AGE_ENDING):
        raise InputError(f"A hand-over is an age file: give it a name that ends in {AGE_ENDING}.")
    size = session.store.log.size()
    if any(not 1 <= each <= size for each in known):
        raise InputError(f"The log has {size} records: nobody knows it at another size.")
    given = Given(to.card.name, to.card.recipient, origin_of(to.card.log_key), checkpoints_known_to(session, to, known))
    saved = replace(saved, pseudonyms=(*saved.pseudonyms, *_pseudonyms_known_to(session, to, saved)))
    return export_plan(
        session, saved, out, choice, given=given, keep=keep, replacing=replacing, progress=progress, cancel=cancel
    )


def is_fit(profile: "Profile") -> bool:
    """Whether bundles of a profile may be handed over: pseudonyms for all, fail-closed review of names, no original files, and each file on pages of its own."""
    hides = profile.pseudonyms and not profile.keeps_case
    return hides and profile.fails_closed and profile.look_first and not (profile.originals or profile.brief)


def is_fit_for_manager(profile: "Profile") -> bool:
    """Whether a bundle may go to a manager: fit, without anything that is for a union or a lawyer alone."""
    return is_fit(profile) and profile.withheld >= FROM_EMPLOYERS and not profile.restricted


def require_fit(profile: "Profile", to: KnownCard) -> None:
    """Require a profile whose bundles may be handed over (`is_fit`), and to a manager one without what is for a union.

    Raises:
        InputError: the profile may identify somebody, or would tell a manager what is for a union.
    """
    if to.card.is_of_manager and not is_fit_for_manager(profile):
        raise InputError(
            f"{to.card.name} has a manager's store, and the profile “{profile.name}” may show what is for a union: hand over with “scale”."
        )
    if not is_fit(profile):
        raise InputError(
            f"The profile “{profile.name}” may show what identifies somebody: hand over with one that withholds it, such as union-casework."
        )


def checkpoints_known_to(session: Session, to: KnownCard, also: Sequence[int] = ()) -> list[PriorCheckpoint]:
    """Return the checkpoints of this log that the owner of a card may know, each with a consistency proof to the current log.

    `also` are further log sizes. The result goes into the manifest, so that the receiver can verify that the log extends what it
    knows (docs/spec/exchange.md, section 7).
    """
    log = session.store.log
    size = log.size()
    sizes = sorted({each for each in (*_sizes_known_to(session, to), *also) if 1 <= each <= size})[-MAX_CHECKPOINTS:]
    origin = session.log_key.origin
    return [
        PriorCheckpoint(Checkpoint(origin, each, log.root(each)), tuple(log.consistency_proof(each, size)))
        for each in sizes
    ]


def _sizes_known_to(session: Session, to: KnownCard) -> Iterator[int]:
    """Yield the log sizes in earlier hand-overs to this card and in cosignatures by its witness key."""
    records = session.store.records
    for record in map(records.get, records.found_by(f"handed-to:{origin_of(to.card.log_key)}")):
        checkpoint = read_checkpoint_line(str(record.fields.get("head", "")))
        if checkpoint is not None:
            yield checkpoint.size
    vkey = witness_with_card(to.card.witness_key).spell()
    yield from (each.checkpoint.size for each in witnessed(session) if each.record.fields["witness_key"] == vkey)


def _pseudonyms_known_to(session: Session, to: KnownCard, saved: "SavedPlan") -> Iterator[tuple[str, str]]:
    """Yield the pseudonyms that earlier hand-overs to this card had, with whom each stands for: the receiver can tell anyway that a record
    is the one of before, and counts each case once (docs/decisions/0046).
    """
    records, known = session.store.records, {value for _, value in saved.pseudonyms}
    for index in records.found_by(f"handed-to:{origin_of(to.card.log_key)}"):
        rows = records.get(index).fields.get("pseudonyms")
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and str(row["stands_for"]) not in known:
                known.add(str(row["stands_for"]))
                yield str(row["pseudonym"]), str(row["stands_for"])


def take_receipt(session: Session, untrusted_text: str) -> Sealed:
    """Verify and seal a receipt for a hand-over from this store (docs/spec/exchange.md, section 8).

    Raises:
        InputError: this is a rep's store, the text has no receipt, it is incomplete, or it was imported before (`TakenBefore`).
        VerificationError: malformed, unknown-log, bad-signature, other-file, other-log.
        EnvironmentProblem: the store cannot be written.
    """
    if session.holder is Holder.REP:
        raise InputError(
            "This is a receipt for somebody who handed records over. It is taken in where they were handed over from."
        )
    content = read_block(untrusted_text, Label.RECEIPT)
    signer = signer_of(content)
    known = _card_of_signer(session, signer)
    receipt = read_receipt(content, known.card.log_key)
    export = _export_of(session, receipt.sha256.hex())
    # The receiver countersigns what it names, so the checkpoint must be one that this log really had, and the one that was sent.
    checkpoint = receipt.checkpoint
    if checkpoint.origin != session.log_key.origin or not 1 <= checkpoint.size <= session.store.log.size():
        raise VerificationError("other-log", "The receipt names the head of another log.")
    if session.store.log.root(checkpoint.size) != checkpoint.root:
        raise VerificationError("other-log", "This log never had the head that the receipt names.")
    if export.fields.get("recipient_key") != signer or export.fields.get("head") != checkpoint.line:
        raise VerificationError(
            "other-file", f"Record {export.index} was not handed over to {known.card.name} with that head."
        )
    if not export.sealed_at - MAX_CLOCK_SKEW <= receipt.received_at <= session.clock.now() + MAX_CLOCK_SKEW:
        raise VerificationError("malformed", "The receipt is dated before the file was made, or in the future.")
    # One receipt of each signer for a file.
    for linked in session.store.records.linking_to(export.index):
        if linked.kind is HANDOVER_RECEIPT and linked.fields.get("log_key") == base64.encode(known.card.log_key):
            raise TakenBefore(f"Their receipt for this was taken in before, as record {linked.index}.")
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


def _card_of_signer(session: Session, origin: str) -> KnownCard:
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
