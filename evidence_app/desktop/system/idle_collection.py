"""Collection of unused objects when nobody notices (docs/decisions/0014).

Python looks through every object that it has, in the middle of any work, to find those that only refer to each other. In a store of
100,000 records one such look takes a third of a second, in which no key is answered.
"""

import gc
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

YOUNG: Final = 2_000
"""New objects after which the newest are looked through, which takes a millisecond."""
ROUNDS: Final = 10
"""Such looks after which those that survived them are looked through as well; and looks at these after which all are due."""
AT_MOST: Final = 1_000
"""Looks at the survivors after which all are looked through at once, noticed or not: some twenty million objects later."""
LOOK_MS: Final = 3_000
QUIET_SECONDS: Final = 15
"""How long nobody must have touched a key or the mouse."""


def collect_seldom() -> None:
    """Leave the look through all objects to `IdleCollection`."""
    gc.set_threshold(YOUNG, ROUNDS, AT_MOST)


def collect_all() -> None:
    """Look through all objects now."""
    gc.collect()


class IdleCollection(QObject):
    """Looks through all objects when that is due and `quiet_seconds` says that nobody has touched the program for a while."""

    def __init__(self, quiet_seconds: Callable[[], float], parent: QObject) -> None:
        super().__init__(parent)
        self._quiet_seconds = quiet_seconds
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Collect, if it is due and the moment is right."""
        if gc.get_count()[2] >= ROUNDS and self._quiet_seconds() >= QUIET_SECONDS:
            gc.collect()
