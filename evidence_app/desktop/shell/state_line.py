"""Status bar: numbers of records and drafts, latest check, latest backup, extent of the latest attestation."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.widgets import button, label
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.record.records import SealedRecord
from evidence_app.services.core.session import Session
from evidence_app.services.records import drafts
from evidence_app.services.records.drafts import Draft
from evidence_app.services.records.reading import case_refs, latest_records, log_size
from evidence_app.services.safekeeping.backups import LastBackup, last_backup
from evidence_app.services.safekeeping.checking import last_check

BETWEEN = "   ·   "
"""Separator between the parts of the line, as text."""
PARTS: Final = {"sealed": "Timeline", "drafts": "Drafts", "checked": "Check", "backup": "Safekeeping", "clock": "Check"}
"""The parts of the line, and the page that each leads to."""
GIVE_WAY: Final = ("clock", "drafts", "sealed", "checked")
"""What gives way where the line is too narrow for everything; the backup stays, which may need somebody."""
MAX_LATEST = 5
"""Number of latest records shown on the home page."""


@dataclass(frozen=True, slots=True)
class State:
    """State of a store: size of the log, drafts, deleted drafts, case references, latest backup, latest check in words, latest records."""

    size: int
    drafts: list[Draft]
    deleted: list[Draft]
    cases: list[str]
    backup: LastBackup | None
    checked: str
    latest: list[SealedRecord]

    @property
    def backup_due(self) -> bool:
        """True if there is no backup, or the latest is too old."""
        return self.backup is None or self.backup.due


def state_of(session: Session) -> State:
    """Read the state of a store."""
    return State(
        log_size(session),
        drafts.all_drafts(session),
        drafts.deleted_drafts(session),
        case_refs(session),
        last_backup(session),
        last_check(session),
        latest_records(session, MAX_LATEST),
    )


class StateLine(QWidget):
    """Line in the status bar; each part is a button that leads to the page about it.

    `read` gives the `State` whenever it was read, `place_asked` the name of a page.
    """

    read = Signal(object)
    place_asked = Signal(str)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self.sentence = label("", "caption", wrap=False)
        # Nothing is said of anything before it was looked for: a part without words is not there.
        self.parts = {name: button("", self._asker(place), flat=True) for name, place in PARTS.items()}
        line = QHBoxLayout(self)
        line.setContentsMargins(tokens.SPACE_M, 0, 0, 0)
        line.setSpacing(tokens.SPACE_XS)
        line.addWidget(self.sentence)
        for part in self.parts.values():
            line.addWidget(part)
        line.addStretch(1)
        self.wipe()

    def _asker(self, place: str) -> Callable[[], None]:
        return lambda: self.place_asked.emit(place)

    def text(self) -> str:
        """Return what the line says."""
        said = [self.sentence.text(), *(part.text() for part in self.parts.values())]
        return BETWEEN.join(words for words in said if words)

    def refresh(self) -> None:
        """Read the state of the store again, and show it."""
        self._runner.call(state_of, self._show, self.say, owner=self)

    def say(self, sentence: str) -> None:
        """Show a sentence before the parts; an empty one takes it away."""
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))

    def show_clock(self, covered: str) -> None:
        """Show the extent of the latest attestation; `covered` is that in words."""
        self._set("clock", covered)

    def _set(self, name: str, words: str, *, needs_somebody: bool = False) -> None:
        """Show a part; what needs somebody is told by its words, and has the colour of that too."""
        part = self.parts[name]
        part.setText(words)
        self._fit()
        if part.property("tone") != needs_somebody:
            part.setProperty("tone", needs_somebody)
            part.style().polish(part)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many parts as there is room for, each of them whole."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Return the least size: the line gives way before the window does."""
        return QSize(0, super().minimumSizeHint().height())

    def _fit(self) -> None:
        said = [name for name, part in self.parts.items() if part.text()]
        room = self.width() - 2 * tokens.SPACE_M - (self.sentence.sizeHint().width() if self.sentence.text() else 0)
        widths = {name: self.parts[name].sizeHint().width() + tokens.SPACE_XS for name in said}
        for name in GIVE_WAY:
            if sum(widths.values()) > room:
                widths.pop(name, None)
        for name, part in self.parts.items():
            part.setVisible(name in widths)

    def wipe(self) -> None:
        """Clear everything that the line shows, because the store is being locked."""
        self.say("")
        for name in PARTS:
            self._set(name, "")

    def _show(self, state: State) -> None:
        draft_count = len(state.drafts)
        backup = tr_value(state.backup.in_words()) if state.backup is not None else tr("no backup yet")
        self.say("")
        self._set("sealed", tr("{} sealed", state.size))
        self._set("drafts", tr("{} draft" if draft_count == 1 else "{} drafts", draft_count))
        self._set("checked", tr_value(state.checked))
        self._set("backup", backup, needs_somebody=state.backup_due)
        self.read.emit(state)
