"""The register of policies and briefings in force, and what was told or decided under each."""

from dataclasses import dataclass
from datetime import date

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.selection import Selection
from evidence_app.domain.record.work_kinds import POLICY
from evidence_app.domain.time.times import london_day, typed_day
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import day_in_words
from evidence_app.services.core.session import Session

UNDER = "under"
"""The relation of an instruction or a decision to the policy that it was given under."""


@dataclass(frozen=True, slots=True)
class Policy:
    """A policy in the register, with the days (London) on which it was in force as far as they are known, and the records under it."""

    record: int
    title: str
    version: str
    first: date | None
    last: date | None
    noted: date
    written_in: str
    files: tuple[str, ...]
    under: tuple[int, ...]

    def is_in_force(self, day: date) -> bool:
        """Whether it was in force on a day, as far as its own days say. Where nobody said from when, it counts from the day on which it was noted."""
        return (self.first or self.noted) <= day and (self.last is None or day <= self.last)

    def in_words(self) -> str:
        """Return it as one line."""
        days = [f"from {day_in_words(self.first)}"] if self.first else []
        days += [f"until {day_in_words(self.last)}"] if self.last else []
        version = f", {self.version}" if self.version else ""
        place = f"; {self.written_in}" if self.written_in else ""
        held = f"; held: {', '.join(self.files)}" if self.files else "; no file of it is held"
        return f"{self.title}{version}{', ' if days else ''}{' '.join(days)}{place}{held}"

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {
            "record": self.record,
            "title": self.title,
            "version": self.version,
            "in_force_from": self.first.isoformat() if self.first else None,
            "in_force_to": self.last.isoformat() if self.last else None,
            "written_in": self.written_in,
            "files": [*self.files],
            "under": [*self.under],
        }


def policies_in(session: Session, day: date | None = None) -> list[Policy]:
    """Return the register, sorted by title and day; with a day what was in force then: of one title the version that began last."""
    register = [_policy(session, record) for record in session.store.records.select(Selection(kind=POLICY.name))]
    chosen = [each for each in register if day is None or each.is_in_force(day)]
    if day is not None:
        latest = {
            each.title.casefold(): each
            for each in sorted(chosen, key=lambda each: (each.first or each.noted, each.record))
        }
        chosen = [*latest.values()]
    return sorted(chosen, key=lambda each: (each.title.casefold(), each.first or date.min, each.record))


def _policy(session: Session, record: SealedRecord) -> Policy:
    fields = record.fields
    first, last = fields.get("in_force_from"), fields.get("in_force_to")
    linking = session.store.records.linking_to(record.index)
    return Policy(
        record.index,
        str(fields["policy_title"]),
        str(fields.get("policy_version", "")),
        typed_day(str(first)) if first else None,
        typed_day(str(last)) if last else None,
        london_day(record.event[0]),
        str(fields.get("written_in", "")),
        tuple(f"{each.name}, SHA-256 {each.sha256[:12]}…" for each in record.attachments),
        tuple(each.index for each in linking if (record.index, UNDER) in each.links),
    )
