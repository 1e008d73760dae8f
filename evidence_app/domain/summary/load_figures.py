"""What a load is made of, without a measurement tool: its figures by order and release, risk, tier, need, hours, miles and what falls due."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase, together
from evidence_app.domain.record.common_fields import LOAD, TASKS
from evidence_app.proof.encoding.json import Json


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a load: the field that holds it, the part of that field (empty where the field is a number itself), and its label."""

    field: str
    part: str
    label: Phrase

    def read(self, fields: Mapping[str, Json]) -> float | None:
        """Return the figure that a record's fields say, or None."""
        value = fields.get(self.field)
        if self.part:
            value = value.get(self.part) if isinstance(value, dict) else None
        return as_number(value)


def as_number(value: Json) -> float | None:
    """Return a sealed number as a float, or None for whatever is none."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


DUE_FIELD: Final = "due_in_next_14d"
CASES: Final = Figure("cases_total", "", phrase("Cases"))
CASE_HOURS: Final = Figure("by_need", "hours", phrase("Hours a week that they take"))
CONTRACTED_HOURS: Final = Figure("contracted_hours", "", phrase("Contracted hours a week"))
HOURS_BY_TASK: Final = (
    Figure("by_task", "assessments", phrase("Hours: assessments")),
    Figure("by_task", "reports", phrase("Hours: reports")),
    Figure("by_task", "seeing", phrase("Hours: seeing people")),
    Figure("by_task", "travel", phrase("Hours: travel")),
    Figure("by_task", "recording", phrase("Hours: recording, e-mail")),
    Figure("by_task", "agencies", phrase("Hours: other agencies")),
    Figure("by_task", "meetings", phrase("Hours: meetings")),
    Figure("by_task", "training", phrase("Hours: training")),
    Figure("by_task", "other_work", phrase("Hours: other work")),
)
"""What the hours of a week went on, in words short enough for a chart: one for each of `TASKS`."""
FIGURES: Final = (
    CASES,
    Figure("by_type", "community", phrase("Community orders")),
    Figure("by_type", "licence", phrase("On licence")),
    Figure("by_type", "custody", phrase("In custody")),
    Figure("by_rosh", "low", phrase("Low risk")),
    Figure("by_rosh", "medium", phrase("Medium risk")),
    Figure("by_rosh", "high", phrase("High risk")),
    Figure("by_rosh", "very_high", phrase("Very high risk")),
    *(
        Figure("by_need", part.name, phrase(part.label))
        for part in LOAD
        if part.name not in {CASES.field, CASE_HOURS.part}
    ),
    Figure(DUE_FIELD, "psr", phrase("Pre-sentence reports due")),
    Figure(DUE_FIELD, "parole", phrase("Parole reports due")),
    Figure(DUE_FIELD, "assessments", phrase("Assessments due")),
    CASE_HOURS,
    CONTRACTED_HOURS,
    *HOURS_BY_TASK,
    Figure("miles", "", phrase("Miles travelled")),
)
"""All figures of a workload record, in the order in which they are drawn."""

Figures = tuple[tuple[Figure, float], ...]
"""The figures that one record says, in the order of `FIGURES`."""


def figures_in(fields: Mapping[str, Json]) -> Figures:
    """Return the figures that the fields of a workload record say."""
    read = ((figure, figure.read(fields)) for figure in FIGURES)
    return tuple((figure, value) for figure, value in read if value is not None)


def figures_in_words(figures: Figures) -> Phrase:
    """Return figures as a list: ``High risk 9, MAPPA 4``."""
    return together([phrase("{what} {count}", what=figure.label, count=value) for figure, value in figures], ", ")


@dataclass(frozen=True, slots=True)
class FigureOverTime:
    """One figure in several records: pairs of the record's place among them and the value, at least one."""

    figure: Figure
    values: tuple[tuple[int, float], ...]

    @property
    def first(self) -> float:
        """The earliest value."""
        return self.values[0][1]

    @property
    def last(self) -> float:
        """The latest value."""
        return self.values[-1][1]

    @property
    def highest(self) -> float:
        """The largest value."""
        return max(value for _, value in self.values)

    def in_words(self) -> Phrase:
        """Return how the figure changed from the first to the last that was said."""
        if len(self.values) == 1:
            return phrase("{what} {count}", what=self.figure.label, count=self.last)
        return phrase("{what} {first} → {last}", what=self.figure.label, first=self.first, last=self.last)


def over_time(recorded: Sequence[Figures]) -> list[FigureOverTime]:
    """Return each figure that any of some records says, in the order of `FIGURES`. The records are in the order of time."""
    said = [dict(figures) for figures in recorded]
    found = []
    for figure in FIGURES:
        values = tuple((place, figures[figure]) for place, figures in enumerate(said) if figure in figures)
        if values:
            found.append(FigureOverTime(figure, values))
    return found


def more_hours_than_contracted(recorded: Sequence[Figures]) -> Iterator[bool]:
    """Yield for each record that says both whether its cases take more hours a week than are contracted."""
    for figures in map(dict, recorded):
        if CASE_HOURS in figures and CONTRACTED_HOURS in figures:
            yield figures[CASE_HOURS] > figures[CONTRACTED_HOURS]


def most_hours(recorded: Sequence[Figures]) -> tuple[float, Phrase, float] | None:
    """Return how many hours were noted by task, the task that took the most of them, and its hours; None where none were noted."""
    sums = {
        part: sum(dict(figures).get(figure, 0.0) for figures in recorded)
        for part, figure in zip(TASKS, HOURS_BY_TASK, strict=True)
    }
    most = max(sums, key=lambda part: sums[part])
    return (sum(sums.values()), phrase(most.label), sums[most]) if sums[most] else None
