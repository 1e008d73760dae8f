"""What records of mail are to the threads they stand in: what the owner sent, and what may be an answer (docs/spec/mail.md, section 1)."""

from collections.abc import Iterable, Mapping
from typing import Final

from evidence_app.domain.record.records import RecordKey, SealedRecord

SENT_FORMS: Final = frozenset({"", "meeting request", "meeting cancelled", "post"})
"""Forms of what somebody sends to say something. A reaction or an answer to an invitation is not sent to say something, and a copy was sent once."""


def form_of(record: SealedRecord) -> str:
    """Return what a message is, where it is no ordinary mail: one of `vocabularies.MAIL_FORMS`, or an empty string."""
    return str(record.fields.get("form", ""))


def is_sent_mail(record: SealedRecord) -> bool:
    """Whether a record is a mail that the owner sent to say something, and the first copy of it."""
    fields = record.fields
    return record.kind.name == "message" and fields.get("direction") == "sent" and form_of(record) in SENT_FORMS


def may_answer(record: SealedRecord) -> bool:
    """Whether a record is a mail that somebody wrote, which may answer what was asked. A thumb does not, nor does a machine."""
    fields = record.fields
    return (
        record.kind.name == "message"
        and fields.get("direction") == "received"
        and not fields.get("automatic")
        and not form_of(record)
    )


def tied_afterwards(records: Iterable[SealedRecord]) -> Mapping[RecordKey, tuple[RecordKey, ...]]:
    """Return for each record what a later one, which adds to it, says that it is about (docs/spec/mail.md, “Tied afterwards”)."""
    ties: dict[RecordKey, tuple[RecordKey, ...]] = {}
    for record in records:
        about = tuple(to for to, how in record.linked if how == "about")
        for earlier in record.adds_to if about else ():
            ties[earlier] = (*ties.get(earlier, ()), *about)
    return ties
