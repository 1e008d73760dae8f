"""How each assessment tool stands in each case: the last record of a tool counts (docs/decisions/0048-assessments-supersede.md)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase, together
from evidence_app.domain.record.lists.words import fold
from evidence_app.domain.record.records import RecordKey, SealedRecord, record_order
from evidence_app.domain.record.work_kinds import ASSESSMENT
from evidence_app.domain.time.times import london_day, typed_day
from evidence_app.proof.encoding.json import JsonObject

ASSESSED: Final = "assessment"
"""What an outcome record names that ends the date of an assessment."""
DONE, NOT_NEEDED = "done", "not needed"


@dataclass(frozen=True, slots=True)
class ToolStanding:
    """How one tool stands in one case by its `records`, which are in the order of events; the last counts."""

    records: tuple[SealedRecord, ...]

    @property
    def last(self) -> SealedRecord:
        """The record that counts."""
        return self.records[-1]

    @property
    def tool(self) -> str:
        """The tool, as it was written last."""
        return str(self.last.fields.get("tool", ""))

    @property
    def state(self) -> str:
        """One of `ASSESSMENT_STATES`."""
        return str(self.last.fields.get("state", ""))

    @property
    def done_on(self) -> date | None:
        """The latest day (London) on which it was done, as far as any of the records says so."""
        return max((day for each in self.records if (day := _done_on(each)) is not None), default=None)

    @property
    def due(self) -> date | None:
        """The day (London) by which it is due, or None."""
        said = self.last.fields.get("due")
        return typed_day(str(said)) if said and self.state != NOT_NEEDED else None

    @property
    def why(self) -> str:
        """Why it is not done, or what there is to say of it, as it stood at the last record."""
        return str(self.last.fields.get("why", ""))

    def in_words(self) -> Phrase:
        """Return how it stands on one line, without the reason."""
        done = phrase("last done {day}", day=self.done_on) if self.done_on else ""
        due = phrase("due {day}", day=self.due) if self.due else ""
        facts = together([phrase(self.state), done, due], ", ")
        return phrase("{tool}: {facts} (record {record})", tool=self.tool, facts=facts, record=self.last.number)

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        return {
            "tool": self.tool,
            "state": self.state,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "due": self.due.isoformat() if self.due else None,
            "why": self.why,
            "record": self.last.number,
            "records": [each.number for each in self.records],
        }


def standings(records: Iterable[SealedRecord]) -> list[tuple[str, ToolStanding]]:
    """Return for each case, in the order of references, how each of its tools stands, by name. What names no case stands under ""."""
    by_tool: dict[tuple[str, str, int], list[SealedRecord]] = {}
    for record in records:
        if record.kind is ASSESSMENT:
            tool = fold(str(record.fields.get("tool", "")))
            by_tool.setdefault((record.case_ref, tool, record.handover), []).append(record)
    return [
        (case, ToolStanding(tuple(sorted(of_tool, key=lambda each: (each.event[0], record_order(each.key))))))
        for (case, _, _), of_tool in sorted(by_tool.items(), key=lambda item: item[0])
    ]


def superseded(records: Iterable[SealedRecord]) -> set[RecordKey]:
    """Return the assessments whose date no longer counts, since a later record says how the tool stands."""
    return {each.key for _, standing in standings(records) for each in standing.records[:-1]}


def _done_on(record: SealedRecord) -> date | None:
    said = record.fields.get("done_on")
    if said:
        return typed_day(str(said))
    return london_day(record.event[0]) if record.fields.get("state") == DONE else None
