"""The outside clocks that the store holds: mails of others that quote a head which this log had, and witnesses who countersigned one."""

from collections.abc import Iterable
from datetime import UTC, datetime

from evidence_app.domain.record.program_kinds import COSIGNATURE, TIME_STAMP
from evidence_app.domain.record.records import SealedRecord
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.attestations import NOT_COMPARED, Attestation, is_of_others
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.commitment import scalars
from evidence_app.proof.cosignatures import verify_cosigned
from evidence_app.proof.encoding.times import read_moment
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.witness_key import read_vkey
from evidence_app.services.core.session import Session
from evidence_app.services.records.mail_index import is_own_checkpoint
from evidence_app.store.record_table import CLOCK


def clocks_in(session: Session, records: Iterable[SealedRecord], size: int) -> list[Attestation]:
    """Return the clocks in some records, each with the proof that the log of `size` records goes on from its head."""
    found: list[Attestation] = []
    for record in records:
        if record.kind is COSIGNATURE:
            found += _witness_in(session, record, size)
            continue
        if record.kind is TIME_STAMP:
            found += _stamp_in(session, record, size)
            continue
        quoted = record.fields.get("quoted_heads")
        if not isinstance(quoted, list) or not is_of_others(dict(scalars(record.content))):
            continue
        for line in quoted:
            head = read_checkpoint_line(str(line))
            # What a record says of a head is held against the log again: the log is what is proved.
            if head is None or head.origin != session.log_key.origin or head.size > min(size, record.index):
                continue
            if is_own_checkpoint(session, head):
                proof = session.store.log.consistency_proof(head.size, size)
                found.append(
                    Attestation(
                        record.index, head, _date_of(record), _who(record), _dkim(record), consistency=tuple(proof)
                    )
                )
    return found


def _witness_in(session: Session, record: SealedRecord, size: int) -> list[Attestation]:
    """Return the clock in a record of a cosignature; none where this log does not go on from its head, or was shorter then."""
    fields = record.fields
    try:
        witness = read_vkey(str(fields.get("witness_key")))
        cosigned = verify_cosigned(str(fields.get("cosigned_checkpoint")), session.log_key.public, witness)
    except (InputError, VerificationError):
        return []
    head = cosigned.checkpoint
    if head.size > min(size, record.index) or session.store.log.root(head.size) != head.root:
        return []
    proof = session.store.log.consistency_proof(head.size, size)
    compared = str(fields.get("compared", NOT_COMPARED))
    return [
        Attestation(
            record.index, head, cosigned.at, str(fields.get("witness", "")), compared=compared, consistency=tuple(proof)
        )
    ]


def _stamp_in(session: Session, record: SealedRecord, size: int) -> list[Attestation]:
    """Return the clock in a record of a time stamp; none where this log does not go on from its head. It was verified when it was taken in."""
    fields = record.fields
    try:
        head = verify_checkpoint(str(fields.get("signed_checkpoint")), session.log_key.public)
    except VerificationError:
        return []
    if head.size > min(size, record.index) or session.store.log.root(head.size) != head.root:
        return []
    proof = tuple(session.store.log.consistency_proof(head.size, size))
    at = read_moment(str(fields["stamped_at"])) if "stamped_at" in fields else None
    who, root = str(fields.get("authority", "An authority")), str(fields.get("root_sha256", "withheld"))
    return [Attestation(record.index, head, at, who, root=root, consistency=proof)]


def _date_of(record: SealedRecord) -> datetime | None:
    spelled = record.fields.get("sent_at") or record.fields.get("receipt_at")
    return read_moment(str(spelled)) if spelled else None


def _who(record: SealedRecord) -> str:
    return str(record.fields.get("from", ""))


def _dkim(record: SealedRecord) -> str:
    found = record.fields.get("dkim")
    return str(found.get("result", "")) if isinstance(found, dict) else ""


def all_clocks(session: Session) -> list[Attestation]:
    """Return every outside clock that the store holds."""
    records = session.store.records
    return clocks_in(session, map(records.get, records.found_by(CLOCK)), session.store.log.size())


def last_outside_clock(session: Session) -> Attestation | None:
    """Return the clock that covers most of the log, or None."""
    return max(all_clocks(session), key=lambda clock: clock.checkpoint.size, default=None)


def first_clock_for(session: Session, index: int) -> Attestation | None:
    """Return the outside clock that first vouched for a record, by the dates of the mails, or None."""
    vouching = [clock for clock in all_clocks(session) if clock.checkpoint.size > index and clock.at is not None]
    return min(vouching, key=lambda clock: (clock.at or datetime.max.replace(tzinfo=UTC), clock.record), default=None)
