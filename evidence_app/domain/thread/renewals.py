"""Renewals: time stamps whose authority's certificate ends soon, and a log that nobody outside has seen for long.

A time stamp of the log is renewed by a later one that covers its record and whose certificate lasts longer; one in a bundle by a later
one in the same file (docs/spec/time-stamps.md, section 8; docs/decisions/0040-renewing-proof.md). Days are days in Europe/London.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.program_kinds import BUNDLE_STAMP, COSIGNATURE, TIME_STAMP
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.settings import Settings
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.times import read_moment

RENEWAL: Final = "renewal"
"""The item that an outcome record names."""
UNSEEN: Final = "outside clock"
"""The item for a log that nobody outside has seen for long."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What is to be renewed: the record of what was, the item, what is said of it, since when it is so, and by when it is due."""

    record: SealedRecord
    item: str
    words: Phrase
    since: date
    due: date


def renewals(records: Sequence[SealedRecord], today: date, settings: Settings) -> Iterator[Renewal]:
    """Yield what is to be renewed within `renew_before` days, and a log that has gone unseen for `outside_clock_after` days."""
    stamps = [record for record in records if record.kind is TIME_STAMP and record.fields.get("valid_until")]
    inside = [record for record in records if record.kind is BUNDLE_STAMP]
    longest = timedelta(days=settings.renew_before)
    for stamp in stamps:
        due = _end(stamp)
        if london_day(due) - longest <= today and not any(_renews(later, stamp) for later in stamps):
            words = phrase(
                "Time stamp by {authority}: its certificate ends on {day}. Have the log stamped anew before that",
                authority=str(stamp.fields["authority"]),
                day=london_day(due),
            )
            yield Renewal(stamp, RENEWAL, words, london_day(_moment(stamp, "stamped_at")), london_day(due))
    stamped_again = {str(record.fields["before_sha256"]) for record in inside}
    for stamp in inside:
        due = _end(stamp)
        if london_day(due) - longest <= today and stamp.fields["sha256"] not in stamped_again:
            words = phrase(
                "Time stamp by {authority} in a bundle (SHA-256 {digest}…): its certificate ends on {day}. Have the file stamped anew before that",
                authority=str(stamp.fields["authority"]),
                digest=str(stamp.fields["sha256"])[:16],
                day=london_day(due),
            )
            yield Renewal(stamp, RENEWAL, words, london_day(_moment(stamp, "stamped_at")), london_day(due))
    yield from _unseen(records, today, settings)


def _unseen(records: Sequence[SealedRecord], today: date, settings: Settings) -> Iterator[Renewal]:
    """Yield the last countersignature or time stamp, if something was sealed after it and it is old. Who never had one is not reminded."""
    seen = [record for record in records if record.kind is COSIGNATURE or record.kind is TIME_STAMP]
    if not seen or not settings.outside_clock_after:
        return
    last = seen[-1]
    since = london_day(_moment(last, "cosigned_at" if last.kind is COSIGNATURE else "stamped_at"))
    due = since + timedelta(days=settings.outside_clock_after)
    if records[-1].index > last.index and due <= today:
        words = phrase(
            "Nobody outside has seen the log since {day}, and it has grown. Have it stamped or countersigned", day=since
        )
        yield Renewal(last, UNSEEN, words, since, due)


def _renews(later: SealedRecord, stamp: SealedRecord) -> bool:
    """Whether a time stamp covers the record of another, and its certificate lasts longer."""
    return int(str(later.fields["size"])) > stamp.index and _end(later) > _end(stamp)


def _end(stamp: SealedRecord) -> datetime:
    return _moment(stamp, "valid_until")


def _moment(record: SealedRecord, field: str) -> datetime:
    return read_moment(str(record.fields[field]))
