"""Settings: one line a value, checked and kept when they are saved."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.desktop.jobs import StoreThread
from evidence_app.desktop.widgets import Message, button, label, row
from evidence_app.domain.settings import SETTINGS, Settings, changed
from evidence_app.errors import InputError
from evidence_app.services.session import Session
from evidence_app.services.settings import load_settings, replace_settings

LINES = 3


class SettingsPage(QWidget):
    """A box for each setting, with what it is for."""

    kept = Signal()

    def __init__(self, thread: StoreThread) -> None:
        super().__init__()
        self._thread = thread
        self.boxes: dict[str, QPlainTextEdit] = {}
        self.message = Message()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(6)
        column.addWidget(label("Settings", "title"))
        column.addWidget(
            label("They change what is offered and counted, never what is sealed. One value a line.", "soft")
        )
        column.addWidget(row(button("Save", self.save, main=True), button("As they were", self.load), None))
        column.addWidget(self.message)
        for setting in SETTINGS:
            box = QPlainTextEdit()
            box.setAccessibleName(setting.label)
            box.setAccessibleDescription(setting.help)
            box.setTabChangesFocus(True)
            box.setFixedHeight(self.fontMetrics().lineSpacing() * (LINES if setting.many else 1) + 18)
            self.boxes[setting.name] = box
            column.addWidget(label(setting.label, "label"))
            column.addWidget(box)
            column.addWidget(label(setting.help[:1].upper() + setting.help[1:], "soft"))
        column.addStretch(1)

    def load(self) -> None:
        """Show the settings as they are kept."""
        self._thread.call(load_settings, self._show, self.message.fault, owner=self)

    def _show(self, settings: Settings) -> None:
        self.message.say("")
        for name, box in self.boxes.items():
            value = getattr(settings, name)
            lines: Sequence[str] = value if isinstance(value, tuple) else (str(value),)
            box.setPlainText("\n".join(lines))

    def save(self) -> None:
        """Check every value and keep them all, or none."""
        settings = Settings()
        for setting in SETTINGS:
            box = self.boxes[setting.name]
            try:
                settings = changed(settings, setting.name, box.toPlainText().split("\n"))
            except InputError as error:
                self.message.fault(f"{setting.label}: {error.sentence}")
                box.setFocus()
                return

        def work(session: Session) -> None:
            replace_settings(session, settings)

        self._thread.call(work, lambda _: self._saved(), self.message.fault, owner=self)

    def _saved(self) -> None:
        self.message.say("Saved.")
        self.kept.emit()

    def wipe(self) -> None:
        """Take everything off the screen."""
        for box in self.boxes.values():
            box.clear()
        self.message.say("")
