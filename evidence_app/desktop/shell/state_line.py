"""Status bar: numbers of records and drafts, latest check, latest backup, extent of the latest attestation."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.records import SealedRecord
from evidence_app.services.core.session import Session
from evidence_app.services.records import drafts
from evidence_app.services.records.drafts import Draft
from evidence_app.services.records.reading import case_refs, latest_records, log_size
from evidence_app.services.safekeeping.backups import LastBackup, last_backup
from evidence_app.services.safekeeping.checking import last_check

BETWEEN = "   ·   "
"""Separator between the parts of the line."""
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


class StateLine(QLabel):
    """Label in the status bar. `read` gives the `State` whenever it was read."""

    read = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        # Nothing is said of the outside clock before it was looked for.
        self._state, self._clock = "", ""
        self.setTextFormat(Qt.TextFormat.PlainText)

    def refresh(self) -> None:
        """Read the state of the store again, and show it."""
        self._runner.call(state_of, self._show, self.setText)

    def show_clock(self, covered: str) -> None:
        """Show the extent of the latest attestation; `covered` is that in words."""
        self._clock = covered
        self.setText(BETWEEN.join(part for part in (self._state, self._clock) if part))

    def wipe(self) -> None:
        """Clear everything that the line shows, because the store is being locked."""
        self._state, self._clock = "", ""
        self.clear()

    def _show(self, state: State) -> None:
        draft_count = len(state.drafts)
        backup = state.backup.in_words() if state.backup is not None else tr("no backup yet")
        self._state = BETWEEN.join(
            (
                tr("{} sealed", state.size),
                tr("{} draft" if draft_count == 1 else "{} drafts", draft_count),
                state.checked,
                backup,
            )
        )
        self.show_clock(self._clock)
        self.read.emit(state)
