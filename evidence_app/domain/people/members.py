"""The members whom a union rep supports. Derived from the rep's sealed records only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from evidence_app.domain.record.kinds import NOTE, OUTCOME
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import DEADLINE, HANDOVER, MEMBER, MEMBER_CASE
from evidence_app.domain.text.folding import name_key
from evidence_app.domain.time.times import typed_day
from evidence_app.proof.encoding.json import JsonObject

KINDS_OF_MEMBERS: Final = (MEMBER, MEMBER_CASE, DEADLINE, HANDOVER, NOTE, OUTCOME)
"""The kinds of record from which the overview of members is derived."""


@dataclass(slots=True)
class Deadline:
    """A deadline record and its day, as somebody told the rep. The program never computes a time limit."""

    record: SealedRecord
    falls_on: date


@dataclass(slots=True)
class MemberEntry:
    """A member and the records about them, each list in the order of sealing. `cases` has the latest record of each reference.

    `about` is the latest member record; `advice` are restricted notes.
    """

    name: str
    about: SealedRecord | None = None
    cases: dict[str, SealedRecord] = field(default_factory=dict)
    handovers: list[SealedRecord] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    advice: list[SealedRecord] = field(default_factory=list)

    @property
    def origins(self) -> list[str]:
        """The origins of the logs that were handed over, in the order of the first hand-over of each."""
        return list(dict.fromkeys(str(each.fields["origin"]) for each in self.handovers))

    @property
    def office(self) -> str:
        """The member's office, or an empty string."""
        return str(self.about.fields.get("office", "")) if self.about else ""

    @property
    def open_cases(self) -> list[SealedRecord]:
        """The cases that are not closed."""
        return [each for each in self.cases.values() if each.fields.get("state") != "closed"]

    @property
    def next_deadline(self) -> Deadline | None:
        """The earliest open deadline, or None."""
        return min(self.deadlines, key=lambda each: each.falls_on, default=None)

    def to_json(self) -> JsonObject:
        """Return the member in the JSON that the command line prints."""
        return {
            "name": self.name,
            "office": self.office,
            "record": self.about.index if self.about else None,
            "cases": [
                {"ref": ref, "record": each.index, "headline": each.headline()} for ref, each in self.cases.items()
            ],
            "handovers": [each.index for each in self.handovers],
            "logs": list(self.origins),
            "deadlines": [
                {
                    "record": each.record.index,
                    "what": str(each.record.fields["what"]),
                    "falls_on": each.falls_on.isoformat(),
                }
                for each in sorted(self.deadlines, key=lambda each: each.falls_on)
            ],
            "advice": [each.index for each in self.advice],
        }


def members_of(records: Iterable[SealedRecord]) -> list[MemberEntry]:
    """Return the members whom some records of a rep's store are about, in alphabetical order."""
    records = list(records)
    done = {to for each in records if each.kind is OUTCOME for to, _ in each.links}
    entries: dict[str, MemberEntry] = {}
    by_case: dict[str, MemberEntry] = {}

    def entry_of(name: str) -> MemberEntry:
        return entries.setdefault(name_key(name), MemberEntry(" ".join(name.split())))

    with_names = [(record, named_in(record)) for record in records]
    # A first pass, since a record may use a case reference before a later one names the member whose case it is.
    for record, name in with_names:
        if name and record.case_ref:
            by_case.setdefault(record.case_ref, entry_of(name))
    for record, name in with_names:
        entry = entry_of(name) if name else by_case.get(record.case_ref)
        if entry is not None:
            _add(entry, record, done)
    return sorted(entries.values(), key=lambda each: name_key(each.name))


def named_in(record: SealedRecord) -> str:
    """Return the name of the member in a record's own fields, or an empty string."""
    if record.kind is MEMBER:
        return str(record.fields["name"])
    member = record.fields.get("member")
    if isinstance(member, dict):
        return str(member.get("person", ""))
    return str(member or "")


def _add(entry: MemberEntry, record: SealedRecord, done: set[int]) -> None:
    if record.kind is MEMBER:
        entry.about = record
    elif record.kind is MEMBER_CASE:
        entry.cases[record.case_ref or f"record {record.index}"] = record
    elif record.kind is HANDOVER:
        entry.handovers.append(record)
    elif record.kind is DEADLINE and record.index not in done:
        entry.deadlines.append(Deadline(record, typed_day(str(record.fields["falls_on"]))))
    elif record.kind is NOTE and record.restricted:
        entry.advice.append(record)
