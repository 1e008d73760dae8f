"""Formal requests whose limit runs, by the limits in the settings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.lists.words import fold
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.work_kinds import REQUEST
from evidence_app.domain.time.limits import Limit, read_limit
from evidence_app.domain.time.times import london_day, typed_day


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """A request whose limit runs: the record, when it was sent, when the limit ends, and what is said of it."""

    record: SealedRecord
    sent: date
    due: date
    words: Phrase


def limit_in_force(record: SealedRecord, lines: Sequence[str], day: date) -> Limit | None:
    """Return the limit that the settings have for a formal request on the day when it is sent, or None."""
    if record.kind is not REQUEST:
        return None
    of_type = [each for each in map(read_limit, lines) if fold(each.type) == fold(str(record.fields["type"]))]
    return max((each for each in of_type if each.since <= day), key=lambda each: each.since, default=None)


def running(records: Sequence[SealedRecord], lines: Sequence[str]) -> Iterator[RunningLimit]:
    """Yield the requests that have a limit in the settings, no day that somebody told, and no answer. Of several lines on a type the one counts that was in force when it was sent."""
    limits = [read_limit(line) for line in lines]
    answered = {to for each in records for to, how in each.links if how == "answers"}
    for record in records:
        fields = record.fields
        if record.kind is not REQUEST or fields.get("due") or fields.get("answered_on") or record.index in answered:
            continue
        sent = typed_day(str(fields["sent_on"])) if fields.get("sent_on") else london_day(record.event[0])
        of_type = [each for each in limits if fold(each.type) == fold(str(fields["type"]))]
        in_force = [each for each in of_type if each.since <= sent]
        later = [each for each in of_type if each.since > sent]
        if in_force:
            limit = max(in_force, key=lambda each: each.since)
            yield RunningLimit(record, sent, limit.ends(sent), _in_words(limit, later))
        elif later:
            limit = min(later, key=lambda each: each.since)
            yield RunningLimit(record, sent, limit.ends(limit.since), _in_words(limit, later))


def _in_words(limit: Limit, later: Sequence[Limit]) -> Phrase:
    words = phrase(
        "{type}: {what} within {length}, by your settings ({source}; checked on {checked}). Get advice now.",
        type=limit.type[:1].upper() + limit.type[1:],
        what=limit.what,
        length=limit.length,
        source=limit.source,
        checked=limit.checked_on,
    )
    if not later:
        return words
    changed = min(each.since for each in later)
    return phrase("{words} The limit changed on {day}, after it was sent: ask which counts.", words=words, day=changed)
