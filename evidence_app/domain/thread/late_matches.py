"""Receipts and answers that came in before the message they name: matched when the message comes, and said wherever they are shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence_app.domain.record.correspondence import form_of
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order

COPY = "another copy"


@dataclass(frozen=True, slots=True)
class LateMatch:
    """The message that a record names and that came in after it; `how` is exact for a receipt, which names it, and else probable."""

    message: RecordKey
    how: str

    def in_words(self) -> str:
        """Say what was found."""
        return f"The message that it names came in later, as record {self.message}: {self.how} match"


def late_matches(records: Iterable[SealedRecord]) -> Mapping[RecordKey, LateMatch]:
    """Return, by record, the message that it names and that came in after it. Of two messages with one identifier neither is chosen."""
    listed = list(records)
    by_id = messages_by_id(listed)
    found: dict[RecordKey, LateMatch] = {}
    for record in listed:
        named = by_id.get(identifier_named_by(record), ())
        if len(named) != 1 or named[0] == record.key or _is_linked(record):
            continue
        if record_order(named[0]) > record_order(record.key):
            found[record.key] = LateMatch(named[0], "exact" if record.kind.name == "mail-receipt" else "probable")
    return found


def messages_by_id(records: Iterable[SealedRecord]) -> Mapping[str, Sequence[RecordKey]]:
    """Return the messages of each Message-ID. Further copies of one message are not counted."""
    found: dict[str, list[RecordKey]] = {}
    for record in records:
        if record.kind.name == "message" and "message_id" in record.fields and form_of(record) != COPY:
            found.setdefault(str(record.fields["message_id"]), []).append(record.key)
    return found


def identifier_named_by(record: SealedRecord) -> str:
    """Return the Message-ID that a mail receipt or a reply refers to, or an empty string."""
    if record.kind.name == "mail-receipt":
        return str(record.fields.get("for_message_id", ""))
    return str(record.fields.get("in_reply_to", "")).partition(" ")[0] if record.kind.name == "message" else ""


def _is_linked(record: SealedRecord) -> bool:
    return any(how in {"receipt for", "answers"} for _, how in record.linked)
