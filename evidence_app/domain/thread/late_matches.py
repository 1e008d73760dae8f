"""Receipts and answers that came in before the message they name: matched when the message comes, and said wherever they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.correspondence import form_of
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order

COPY: Final = "another copy"
LATE_WORDS: Final = {
    "exact": "The message that it names came in later, as record {record}: exact match",
    "probable": "The message that it names came in later, as record {record}: probable match",
}
"""What is said of a late match, by how sure it is."""


@dataclass(frozen=True, slots=True)
class LateMatch:
    """The message that a record names and that came in after it; `how` is exact for a receipt, which names it, and else probable."""

    message: RecordKey
    how: str

    def in_words(self) -> Phrase:
        """Say what was found."""
        return phrase(LATE_WORDS[self.how], record=str(self.message))


def late_matches(records: Iterable[SealedRecord]) -> Mapping[RecordKey, LateMatch]:
    """Return, by record, the message that it names and that came in after it. Of two messages with one identifier neither is chosen."""
    listed = list(records)
    by_id = messages_by_id(listed)
    found: dict[RecordKey, LateMatch] = {}
    for record in listed:
        named = message_named_by(record, by_id)
        if named is None or _is_linked(record):
            continue
        if record_order(named) > record_order(record.key):
            found[record.key] = LateMatch(named, "exact" if record.kind.name == "mail-receipt" else "probable")
    return found


def messages_by_id(records: Iterable[SealedRecord]) -> Mapping[str, Sequence[RecordKey]]:
    """Return the messages of each Message-ID. Further copies of one message are not counted."""
    found: dict[str, list[RecordKey]] = {}
    for record in records:
        if record.kind.name == "message" and "message_id" in record.fields and form_of(record) != COPY:
            found.setdefault(str(record.fields["message_id"]), []).append(record.key)
    return found


def message_named_by(record: SealedRecord, by_id: Mapping[str, Sequence[RecordKey]]) -> RecordKey | None:
    """Return the message that a mail receipt or a reply names, by the first identifier that is held; None where two messages have it."""
    for identifier in identifiers_named_by(record):
        named = by_id.get(identifier, ())
        if named:
            return named[0] if len(named) == 1 and named[0] != record.key else None
    return None


def identifiers_named_by(record: SealedRecord) -> list[str]:
    """Return the Message-IDs that a mail receipt or a reply refers to, the nearest first."""
    fields = record.fields
    if record.kind.name == "mail-receipt":
        return [str(fields["for_message_id"])] if "for_message_id" in fields else []
    references = fields.get("references")
    further = [str(each) for each in reversed(references)] if isinstance(references, list) else []
    return [*str(fields.get("in_reply_to", "")).split(), *further] if record.kind.name == "message" else []


def _is_linked(record: SealedRecord) -> bool:
    return any(how in {"receipt for", "answers"} for _, how in record.linked)
