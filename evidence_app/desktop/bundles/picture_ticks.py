"""Ticks for the pictures that a bundle can have in front, besides those of its profile."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from evidence_app.desktop.system.language import tr

TITLES: Final = MappingProxyType({"calendar": "The year, day by day", "cases": "Each case on a line"})
"""The pictures of `saved_plan.PICTURES`, as they are called on the pages."""


class PictureTicks(QWidget):
    """A tick for each picture."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes = {name: QCheckBox(tr(title)) for name, title in TITLES.items()}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for box in self.boxes.values():
            column.addWidget(box)
        self.setFocusProxy(next(iter(self.boxes.values())))

    def ticked(self) -> tuple[str, ...]:
        """Return the pictures that are ticked."""
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def tick(self, name: str) -> None:
        """Tick a picture; the others stay as they are."""
        self.boxes[name].setChecked(True)

    def show_ticked(self, names: Iterable[str]) -> None:
        """Tick these pictures and no other."""
        wanted = set(names)
        for name, box in self.boxes.items():
            box.setChecked(name in wanted)

    def clear(self) -> None:
        """Tick none."""
        self.show_ticked(())
