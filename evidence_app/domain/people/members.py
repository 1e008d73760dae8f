"""The members whom a rep supports: told from the rep's sealed records alone."""

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
"""The kinds of record that the overview is told from."""


@dataclass(slots=True)
class Deadline:
    """A date that somebody told the rep. It is not worked out from anything."""

    record: SealedRecord
    falls_on: date


@dataclass(slots=True)
class MemberEntry:
    """A member with what the rep holds of them, each in the order in which it was sealed. `cases` are the latest record of each reference."""

    name: str
    about: SealedRecord | None = None
    cases: dict[str, SealedRecord] = field(default_factory=dict)
    handovers: list[SealedRecord] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    advice: list[SealedRecord] = field(default_factory=list)

    @property
    def origins(self) -> list[str]:
        """The logs that were handed over, the latest last."""
        return list(dict.fromkeys(str(each.fields["origin"]) for each in self.handovers))

    @property
    def office(self) -> str:
        """Where they work, if it is known."""
        return str(self.about.fields.get("office", "")) if self.about else ""

    @property
    def open_cases(self) -> list[SealedRecord]:
        """The cases that are not closed."""
        return [each for each in self.cases.values() if each.fields.get("state") != "closed"]

    @property
    def next_deadline(self) -> Deadline | None:
        """The first date that is open."""
        return min(self.deadlines, key=lambda each: each.falls_on, default=None)

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
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
    """Return the members whom some records of a rep's store are about, in the order of the alphabet."""
    records = list(records)
    done = {to for each in records if each.kind is OUTCOME for to, _ in each.links}
    found: dict[str, MemberEntry] = {}
    by_case: dict[str, MemberEntry] = {}

    def entry_of(name: str) -> MemberEntry:
        return found.setdefault(name_key(name), MemberEntry(" ".join(name.split())))

    named = [(record, named_in(record)) for record in records]
    # What was written under a reference before it was said whose it is belongs to them all the same.
    for record, name in named:
        if name and record.case_ref:
            by_case.setdefault(record.case_ref, entry_of(name))
    for record, name in named:
        entry = entry_of(name) if name else by_case.get(record.case_ref)
        if entry is not None:
            _add(entry, record, done)
    return sorted(found.values(), key=lambda each: name_key(each.name))


def named_in(record: SealedRecord) -> str:
    """Return the member whom a record names itself, or nothing."""
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
