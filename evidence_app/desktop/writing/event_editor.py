"""When something happened: typed in words, understood while it is typed, encoded as in records."""

from datetime import date
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit

from evidence_app.desktop.design.forms.form_grid import Cell, FormGrid
from evidence_app.desktop.design.widgets import WordChoices, label
from evidence_app.desktop.system.language import tr, tr_day, tr_moment
from evidence_app.domain.record.vocabularies import PRECISIONS
from evidence_app.domain.time.spoken_times import EXAMPLES, spoken_moment
from evidence_app.domain.time.times import as_typed, london_day, typed_day, typed_moment
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.services.core.session import SystemClock

DAY_LENGTH: Final = len("2025-04-14")


class EventEditor(QObject):
    """The fields for the time of what happened. `changed`: the user changed one of them.

    An untouched time is returned exactly as it was loaded, which the field may show less precisely.
    """

    changed = Signal()

    def __init__(self, grid: FormGrid) -> None:
        super().__init__(grid)
        self.when, self.until, self.understood = QLineEdit(), QLineEdit(), label(" ", "caption")
        self.precision = WordChoices(PRECISIONS, tr("This time is"))
        self.when.setPlaceholderText(tr("today 14:10, yesterday, 3 April 2025 9:30"))
        self.until.setPlaceholderText(tr("the last moment of the period"))
        self.when.setAccessibleName(tr("When it happened"))
        self.until.setAccessibleName(tr("Until"))
        self._loaded: dict[str, Json] = {}
        self._grid = grid
        grid.add(tr("When it happened"), self.when, hint=self.understood)
        grid.add(tr("This time is"), self.precision)
        self._until_cell: Cell = grid.add(tr("Until"), self.until)
        self.precision.currentTextChanged.connect(self._show_until)

    def load(self, entry: JsonObject) -> None:
        """Show the times of an entry."""
        self.precision.choose(str(entry.get("event_precision") or "exact"))
        self.when.setText(_as_typed(str(entry.get("event_at") or "")))
        self.until.setText(_as_typed(str(entry.get("event_until") or "")))
        self._loaded = {self.when.text(): entry.get("event_at"), self.until.text(): entry.get("event_until")}
        self._show_time()
        self._show_until()
        self.when.textChanged.connect(self._show_time)
        for line in (self.when, self.until):
            line.textChanged.connect(self.changed)
        self.precision.currentTextChanged.connect(self.changed)

    def value(self) -> JsonObject:
        """Return the members of an entry that say when it was; they are not validated."""
        precision = self.precision.value()
        when, day_only = self._time_of(self.when.text())
        if day_only and precision in ("exact", "about"):
            return {"event_at": when, "event_precision": "date only"}
        value: JsonObject = {"event_at": when, "event_precision": precision}
        return value | ({"event_until": self._time_of(self.until.text())[0]} if precision == "period" else {})

    def day(self) -> date | None:
        """Return the day (London) of the time that is typed, or None where it cannot be read."""
        when, _ = self._time_of(self.when.text())
        try:
            return (typed_day(when) if len(when) == DAY_LENGTH else london_day(typed_moment(when))) if when else None
        except InputError:
            return None

    def _show_until(self) -> None:
        self._grid.show_cell(self._until_cell, shown=self.precision.value() == "period")

    def _show_time(self) -> None:
        """Show how the time was interpreted, while it is typed: after sealing, only another record can correct it."""
        when, day_only = self._time_of(self.when.text())
        try:
            # The line is kept free: what is below it does not move as one types.
            words = " "
            if when and day_only:
                words = tr_day(typed_day(when))
            elif when:
                words = tr_moment(typed_moment(when))
        except InputError:
            words = tr("This cannot be read as a time: {}.", EXAMPLES)
        self.understood.setText(words)

    def _time_of(self, text: str) -> tuple[str, bool]:
        """Return the encoded time for a text, and whether it is a day alone. An untouched text returns the loaded time."""
        loaded = self._loaded.get(text)
        if text and isinstance(loaded, str) and loaded:
            return loaded, len(loaded) == DAY_LENGTH
        return _encoded_time(text)


def _encoded_time(text: str) -> tuple[str, bool]:
    """Return a typed time as records encode it, and whether it is a day alone; unreadable text is returned stripped.

    Times are typed in Europe/London and encoded in UTC (YYYY-MM-DDTHH:MM:SSZ, or YYYY-MM-DD for a day).
    """
    if not text.strip():
        return "", False
    try:
        encoded, with_time = spoken_moment(text, SystemClock().now())
    except InputError:
        return text.strip(), False
    return encoded, not with_time


def _as_typed(encoded: str) -> str:
    """Return an encoded time as a user would type it, in Europe/London; other text unchanged."""
    try:
        return as_typed(typed_moment(encoded))
    except InputError:
        return encoded
