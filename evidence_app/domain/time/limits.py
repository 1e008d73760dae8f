"""Limits of formal requests: dated lines with their source and the day on which somebody checked them. They are an advance warning and no legal advice."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from evidence_app.domain.time.times import typed_day
from evidence_app.errors import InputError

_LENGTH: Final = re.compile(r"([1-9][0-9]{0,2}) (day|days|month|months)")
DEFAULT_LIMITS: Final = (
    "subject access request; 1 month; answered; 2018-05-25; UK GDPR, Article 12(3): it may be longer, and the clock may stop; 2026-11-29",
    "data-protection complaint; 30 days; acknowledged; 2026-06-19; Data (Use and Access) Act 2025; 2026-11-29",
)
"""Type; how long; what is due; in force from; source; checked on."""
FORM: Final = "Type; 30 days or 1 month; what is due; in force from (2026-06-19); source; checked on (2026-11-29)"


@dataclass(frozen=True, slots=True)
class Limit:
    """How long a request of a type may wait until what is due (“answered”). `since` is the first day (London) on which the limit is in force."""

    type: str
    count: int
    months: bool
    what: str
    since: date
    source: str
    checked_on: date

    @property
    def length(self) -> str:
        """How long it is, in words."""
        unit = "month" if self.months else "day"
        return f"{self.count} {unit}{'' if self.count == 1 else 's'}"

    def ends(self, sent: date) -> date:
        """Return the day on which it ends for a request that was sent on a day; a month ends on the same day of the next one, or its last."""
        if not self.months:
            return sent + timedelta(days=self.count)
        month = sent.month - 1 + self.count
        year, month = sent.year + month // 12, month % 12 + 1
        return date(year, month, min(sent.day, monthrange(year, month)[1]))


def read_limit(text: str) -> Limit:
    """Return the limit in a line of the settings.

    Raises:
        InputError: it has not the six parts, or one of them cannot be read.
    """
    parts = [part.strip() for part in text.split(";")]
    length = _LENGTH.fullmatch(parts[1]) if len(parts) == 6 else None
    if length is None or not all(parts):
        raise InputError(f"A limit is written so: {FORM}.")
    since, checked = (typed_day(parts[n]) for n in (3, 5))
    return Limit(parts[0], int(length[1]), length[2].startswith("month"), parts[2], since, parts[4], checked)
