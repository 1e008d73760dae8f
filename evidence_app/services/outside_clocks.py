"""The outside clocks that the store holds: mails of others that quote a head which this log had."""

from collections.abc import Iterable
from datetime import datetime

from evidence_app.crypto.commitment import scalars
from evidence_app.domain.records import SealedRecord
from evidence_app.domain.times import read_moment
from evidence_app.receipts.outside_clocks import OutsideClock, is_of_others
from evidence_app.receipts.quoted_heads import read_head
from evidence_app.services.held_mail import is_own_head
from evidence_app.services.session import Session
from evidence_app.store.record_table import Selection


def clocks_in(session: Session, records: Iterable[SealedRecord], size: int) -> list[OutsideClock]:
    """Return the clocks in some records, each with the proof that the log of `size` records goes on from its head."""
    found = []
    for record in records:
        quoted = record.fields.get("quoted_heads")
        if not isinstance(quoted, list) or not is_of_others(dict(scalars(record.content))):
            continue
        for line in quoted:
            head = read_head(str(line))
            # What a record says of a head is held against the log again: the log is what is proved.
            if head is None or head.origin != session.log_key.origin or head.size > min(size, record.index):
                continue
            if is_own_head(session, head):
                proof = session.store.log.consistency_proof(head.size, size)
                found.append(
                    OutsideClock(record.index, head, _date_of(record), _who(record), _dkim(record), tuple(proof))
                )
    return found


def _date_of(record: SealedRecord) -> datetime | None:
    spelled = record.fields.get("sent_at") or record.fields.get("receipt_at")
    return read_moment(str(spelled)) if spelled else None


def _who(record: SealedRecord) -> str:
    return str(record.fields.get("from", ""))


def _dkim(record: SealedRecord) -> str:
    found = record.fields.get("dkim")
    return str(found.get("result", "")) if isinstance(found, dict) else ""


def last_outside_clock(session: Session) -> OutsideClock | None:
    """Return the clock that covers most of the log, or None."""
    size = session.store.log.size()
    mails = [*session.store.records.select(Selection(kind="message"))]
    mails += session.store.records.select(Selection(kind="mail-receipt"))
    return max(clocks_in(session, mails, size), key=lambda clock: clock.head.size, default=None)
