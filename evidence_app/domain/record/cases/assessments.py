"""How each assessment tool stands in each case: the last record of a tool counts (docs/decisions/0048-assessments-supersede.md)."""

from collections.abc import Iterable, Sequence
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
ENDING: Final = frozenset({DONE, NOT_NEEDED})
"""States that end what was due before."""


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
        """The day (London) by which it is due, or None: the one that was said last, unless it was done by then or is not needed."""
        for record in reversed(self.records):
            due = _due(record)
            if due is not None or record.fields.get("state") in ENDING:
                return due
        return None

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


def tool_standings(records: Iterable[SealedRecord]) -> list[tuple[str, ToolStanding]]:
    """Return for each case, in the order of references, how each of its tools stands, by name.

    What names no case stands under "", each record for itself: two of them may be of two people. A record that corrects another
    assessment takes its place.
    """
    listed = {record.key: record for record in records if record.kind is ASSESSMENT}
    corrected = {to for record in listed.values() for to, how in record.linked if how == "corrects"}
    by_tool: dict[tuple[str, str, int, int], list[SealedRecord]] = {}
    for record in listed.values():
        if record.key not in corrected:
            tool = fold(str(record.fields.get("tool", "")))
            alone = 0 if record.case_ref else record.index
            by_tool.setdefault((record.case_ref, tool, record.handover, alone), []).append(record)
    return [
        (case, ToolStanding(tuple(_in_order(of_tool, listed))))
        for (case, *_), of_tool in sorted(by_tool.items(), key=lambda item: item[0])
    ]


def _in_order(of_tool: Sequence[SealedRecord], listed: dict[RecordKey, SealedRecord]) -> list[SealedRecord]:
    """Return records of one tool in the order of events. Where a day alone is known of one, those of that day are in the order of sealing."""
    whole_days = {london_day(each.event[0]) for each in of_tool if each.precision == "date only"}

    def place(record: SealedRecord) -> tuple[date, float, tuple[int, int]]:
        day = london_day(record.event[0])
        time = 0.0 if day in whole_days else record.event[0].timestamp()
        own = (day, time, record_order(record.key))
        replaced = [listed[to] for to, how in record.linked if how == "corrects" and to in listed]
        return min([own, *(place(each) for each in replaced)])

    return sorted(of_tool, key=place)


def _due(record: SealedRecord) -> date | None:
    """Return the day by which a record says that the tool is due, unless it says that it was done by then."""
    said, done = record.fields.get("due"), _done_on(record)
    if not said or record.fields.get("state") == NOT_NEEDED:
        return None
    due = typed_day(str(said))
    is_fulfilled = (
        record.fields.get("state") == DONE and done is not None and due <= max(done, london_day(record.event[0]))
    )
    return None if is_fulfilled else due


def _done_on(record: SealedRecord) -> date | None:
    said = record.fields.get("done_on")
    if said:
        return typed_day(str(said))
    return london_day(record.event[0]) if record.fields.get("state") == DONE else None
