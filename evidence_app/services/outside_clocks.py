"""The outside clocks that the store holds: mails of others that quote a head which this log had."""

from collections.abc import Iterable
from datetime import UTC, datetime

from evidence_app.crypto.commitment import scalars
from evidence_app.domain.records import SealedRecord
from evidence_app.domain.times import read_moment
from evidence_app.receipts.outside_clocks import OutsideClock, is_of_others
from evidence_app.receipts.quoted_heads import read_head
from evidence_app.services.held_mail import is_own_head
from evidence_app.services.session import Session
from evidence_app.store.record_table import CLOCK


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


def all_clocks(session: Session) -> list[OutsideClock]:
    """Return every outside clock that the store holds."""
    records = session.store.records
    return clocks_in(session, map(records.get, records.found_by(CLOCK)), session.store.log.size())


def last_outside_clock(session: Session) -> OutsideClock | None:
    """Return the clock that covers most of the log, or None."""
    return max(all_clocks(session), key=lambda clock: clock.head.size, default=None)


def first_clock_for(session: Session, index: int) -> OutsideClock | None:
    """Return the outside clock that first vouched for a record, by the dates of the mails, or None."""
    vouching = [clock for clock in all_clocks(session) if clock.head.size > index and clock.at is not None]
    return min(vouching, key=lambda clock: (clock.at or datetime.max.replace(tzinfo=UTC), clock.record), default=None)
