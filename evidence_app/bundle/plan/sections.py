"""The documents of a bundle in their sections: where each record and each exhibit stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.plan.redacted_record import ShownRecord
from evidence_app.domain.plan.saved_plan import EXHIBITS_TITLE, RECORDS_TITLE, Document, SavedPlan
from evidence_app.domain.record.records import RecordKey


@dataclass(frozen=True, slots=True)
class PlacedDocument:
    """A record or an exhibit in its place, with what the person set for it."""

    record: ShownRecord | None = None
    exhibit: Exhibit | None = None
    title: str = ""
    date: str = ""
    is_core: bool = False
    mark: str = ""


@dataclass(frozen=True, slots=True)
class PlacedSection:
    """A section of the bundle. `stage` counts the late sections from 1; `as_of` is the day from which that stage looks back."""

    key: str
    title: str
    documents: tuple[PlacedDocument, ...]
    stage: int = 0
    as_of: date | None = None

    def by_date(self, moments: Mapping[RecordKey, datetime]) -> bool:
        """Whether its documents stand in the order of time. `moments` are those of all records shown.

        The record that opens a log is no document of any day: it stands before the others.
        """
        found = [_moment(each, moments) for each in self.documents if each.record is None or each.record.record.index]
        return found == sorted(found)


def _moment(document: PlacedDocument, moments: Mapping[RecordKey, datetime]) -> datetime:
    if document.record is not None:
        return moments[document.record.record.key]
    records = document.exhibit.records if document.exhibit is not None else ()
    return min(moments[key] for key in records)


def place_documents(
    saved: SavedPlan,
    shown: Sequence[ShownRecord],
    exhibits: Sequence[Exhibit],
    stages: Mapping[RecordKey, int],
    first_day: date | None,
) -> tuple[PlacedSection, ...]:
    """Return the sections. `shown` are in the order of time; `first_day` is the day from which the front looks back, where it is kept."""
    records = [PlacedDocument(record=each) for each in shown]
    if saved.sections is None:
        sections = [PlacedSection("records", RECORDS_TITLE, tuple(records), as_of=first_day)]
        attached = tuple(PlacedDocument(exhibit=each) for each in exhibits)
        return (*sections, *([PlacedSection("exhibits", EXHIBITS_TITLE, attached)] if attached else []))
    return tuple(_Placing(saved, shown, exhibits, stages).sections(first_day))


class _Placing:
    """Puts the documents that a plan names into its sections, and those that follow from them behind."""

    def __init__(
        self,
        saved: SavedPlan,
        shown: Sequence[ShownRecord],
        exhibits: Sequence[Exhibit],
        stages: Mapping[RecordKey, int],
    ) -> None:
        self._saved = saved
        self._records = {each.record.key: each for each in shown}
        self._exhibits = {each.facts.sha256: each for each in exhibits}
        self._stages = stages
        self._named = {document.key for document in saved.documents()}

    def sections(self, first_day: date | None) -> Iterator[PlacedSection]:
        for number, section in enumerate(self._saved.sections or (), start=1):
            documents = [*self._first(number), *self._placed(section.documents)]
            if documents:
                yield PlacedSection(f"section-{number}", section.title, tuple(documents), as_of=first_day)
        if not self._saved.sections and 0 not in self._named:
            yield PlacedSection("records", RECORDS_TITLE, tuple(self._first(1)), as_of=first_day)
        unnamed = self._unnamed(0)
        if unnamed:
            yield PlacedSection("exhibits", EXHIBITS_TITLE, tuple(unnamed), as_of=first_day)
        for stage, section in enumerate(self._saved.late, start=1):
            documents = [*self._placed(section.documents), *self._unnamed(stage)]
            day = date.fromisoformat(section.as_of) if section.as_of else None
            yield PlacedSection(f"late-{stage}", section.title, tuple(documents), stage, day)

    def _first(self, number: int) -> list[PlacedDocument]:
        """The first record of the log goes in before all others, unless the plan has a place for it."""
        wanted = number == 1 and 0 not in self._named and 0 in self._records
        return [PlacedDocument(record=self._records[0])] if wanted else []

    def _placed(self, documents: Sequence[Document]) -> Iterator[PlacedDocument]:
        for each in documents:
            if each.record is not None and each.record in self._records:
                yield PlacedDocument(self._records[each.record], None, each.title, each.date, each.core, each.mark)
            elif each.record is None and each.exhibit in self._exhibits:
                yield PlacedDocument(None, self._exhibits[each.exhibit], each.title, each.date, each.core, each.mark)

    def _unnamed(self, stage: int) -> list[PlacedDocument]:
        return [
            PlacedDocument(exhibit=exhibit)
            for digest, exhibit in self._exhibits.items()
            if digest not in self._named and min(self._stages.get(key, 0) for key in exhibit.records) == stage
        ]
