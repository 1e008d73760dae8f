"""Records that a mail or a conversation may belong to, with words to choose one by."""

from itertools import islice

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import ROOTS, Selection
from evidence_app.services.core.session import Session


def choice_words(record: SealedRecord) -> Phrase:
    """Return words to choose a record by: its number, when it was, how it begins."""
    when, words = record.event_in_words(), record.headline(60)
    return phrase("{number}: {when}, {words}", number=record.index, when=when, words=words)


def beginning_choices(session: Session, limit: int = 200) -> list[tuple[int, str]]:
    """Return the latest records that threads begin with, each with words to choose it by, for conversations."""
    records = session.store.records.select(Selection(), by_event=True)
    beginnings = [each for each in records if each.kind.name in ROOTS][-limit:]
    return [(each.index, choice_words(each)) for each in reversed(beginnings)]


def message_choices(session: Session, limit: int = 200) -> list[tuple[int, str]]:
    """Return the latest sealed messages that the owner sent, each with words to choose it by."""
    positions = session.store.records.positions(Selection(kind="message"))
    records = (session.store.records.get(position) for position in positions)
    sent = (record for record in records if record.fields.get("direction") == "sent")
    return [(record.index, choice_words(record)) for record in islice(sent, limit)]
