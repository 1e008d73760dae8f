"""External attestations held in the store: mails of others that quote a checkpoint, cosignatures of witnesses, RFC 3161 time stamps.

Each attestation refers to a checkpoint of this log and carries an RFC 9162 consistency proof from it to the current log, so it covers
every record below the size of that checkpoint. Users see attestations under the name “outside clock” (docs/spec/bundle.md, sections 2
and 6).
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from evidence_app.domain.record.program_kinds import COSIGNATURE, TIME_STAMP
from evidence_app.domain.record.records import SealedRecord
from evidence_app.errors import InputError, VerificationError
from evidence_app.proof.attestations import Attestation, is_of_others
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.commitment import scalars
from evidence_app.proof.cosignatures import verify_cosigned
from evidence_app.proof.cosigner_key import read_vkey
from evidence_app.proof.encoding.times import read_moment
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.verdicts import NOT_COMPARED
from evidence_app.services.core.session import Session
from evidence_app.services.records.mail_index import is_own_checkpoint
from evidence_app.store.record_table import CLOCK


def clocks_in(session: Session, records: Iterable[SealedRecord], size: int) -> list[Attestation]:
    """Return the attestations in some records, each with a consistency proof from its checkpoint to the log of `size` records.

    An attestation that does not hold for this log, or whose checkpoint is larger than the log was when it was sealed, is left out.
    """
    attestations: list[Attestation] = []
    for record in records:
        if record.kind is COSIGNATURE:
            attestations += _witness_in(session, record, size)
            continue
        if record.kind is TIME_STAMP:
            attestations += _stamp_in(session, record, size)
            continue
        quoted = record.fields.get("quoted_heads")
        if not isinstance(quoted, list) or not is_of_others(dict(scalars(record.content))):
            continue
        for line in quoted:
            checkpoint = read_checkpoint_line(str(line))
            # A quoted checkpoint is untrusted text from a mail. It counts only for this log, and only at a size the log had
            # when the mail was sealed (docs/spec/mail.md, section 5); its root is compared with the log's below.
            if (
                checkpoint is None
                or checkpoint.origin != session.log_key.origin
                or checkpoint.size > min(size, record.index)
            ):
                continue
            if is_own_checkpoint(session, checkpoint):
                proof = session.store.log.consistency_proof(checkpoint.size, size)
                attestations.append(
                    Attestation(
                        record.index,
                        checkpoint,
                        _date_of(record),
                        _who(record),
                        _dkim(record),
                        consistency=tuple(proof),
                    )
                )
    return attestations


def _witness_in(session: Session, record: SealedRecord, size: int) -> list[Attestation]:
    """Return the attestation in a cosignature record, as a list of one; empty if it does not verify or is not of this log."""
    fields = record.fields
    try:
        cosigner = read_vkey(str(fields.get("witness_key")))
        cosigned = verify_cosigned(str(fields.get("cosigned_checkpoint")), session.log_key.public, cosigner)
    except (InputError, VerificationError):
        return []
    checkpoint = cosigned.checkpoint
    if checkpoint.size > min(size, record.index) or session.store.log.root(checkpoint.size) != checkpoint.root:
        return []
    proof = session.store.log.consistency_proof(checkpoint.size, size)
    compared = str(fields.get("compared", NOT_COMPARED))
    return [
        Attestation(
            record.index,
            checkpoint,
            cosigned.at,
            str(fields.get("witness", "")),
            compared=compared if cosigner.is_of_card else "",
            cosigner="" if cosigner.is_of_card else cosigner.name,
            consistency=tuple(proof),
        )
    ]


def _stamp_in(session: Session, record: SealedRecord, size: int) -> list[Attestation]:
    """Return the attestation in a time-stamp record, as a list of one; empty if its checkpoint is not of this log.

    The CMS signature is not verified again: that was done on import (docs/spec/time-stamps.md, section 3).
    """
    fields = record.fields
    try:
        checkpoint = verify_checkpoint(str(fields.get("signed_checkpoint")), session.log_key.public)
    except VerificationError:
        return []
    if checkpoint.size > min(size, record.index) or session.store.log.root(checkpoint.size) != checkpoint.root:
        return []
    proof = tuple(session.store.log.consistency_proof(checkpoint.size, size))
    at = read_moment(str(fields["stamped_at"])) if "stamped_at" in fields else None
    who, root = str(fields.get("authority", "An authority")), str(fields.get("root_sha256", "withheld"))
    return [Attestation(record.index, checkpoint, at, who, root=root, consistency=proof)]


def _date_of(record: SealedRecord) -> datetime | None:
    """Return the date of a mail or mail receipt as its sender wrote it, in UTC."""
    date = record.fields.get("sent_at") or record.fields.get("receipt_at")
    return read_moment(str(date)) if date else None


def _who(record: SealedRecord) -> str:
    return str(record.fields.get("from", ""))


def _dkim(record: SealedRecord) -> str:
    dkim = record.fields.get("dkim")
    return str(dkim.get("result", "")) if isinstance(dkim, dict) else ""


def all_clocks(session: Session) -> list[Attestation]:
    """Return all attestations in the store, in the order of their records."""
    records = session.store.records
    return clocks_in(session, map(records.get, records.found_by(CLOCK)), session.store.log.size())


def last_outside_clock(session: Session) -> Attestation | None:
    """Return the attestation with the largest checkpoint, or None."""
    return max(all_clocks(session), key=lambda clock: clock.checkpoint.size, default=None)


def first_clock_for(session: Session, index: int) -> Attestation | None:
    """Return the earliest dated attestation that covers a record, or None. Attestations without a date do not count."""
    covering = [clock for clock in all_clocks(session) if clock.checkpoint.size > index and clock.at is not None]
    return min(covering, key=lambda clock: (clock.at or datetime.max.replace(tzinfo=UTC), clock.record), default=None)
