"""What can be done with a file that was just written: open it, show where it is, and what the page adds."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from evidence_app.desktop.design.widgets import Message, button, row
from evidence_app.desktop.system.language import tr
from evidence_app.desktop.system.other_programs import open_file, show_in_folder


class MadeFile(QWidget):
    """Row of buttons for the last file that was written; hidden while there is none. `more` maps further texts to actions on the file."""

    def __init__(self, opens: str, more: dict[str, Callable[[Path], None]] | None = None) -> None:
        super().__init__()
        self.path: Path | None = None
        self.message = Message()
        self.open = button(opens, lambda: self._do(open_file))
        self.show_folder = button(tr("Show in folder"), lambda: self._do(show_in_folder))
        self.more = [self._further(text, action) for text, action in (more or {}).items()]
        parts = QVBoxLayout(self)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.addWidget(row(self.open, self.show_folder, *self.more, None))
        parts.addWidget(self.message)
        self.setVisible(False)

    def _further(self, text: str, action: Callable[[Path], None]) -> QPushButton:
        return button(text, lambda: action(self.path) if self.path is not None else None)

    def _do(self, action: Callable[[Path], str]) -> None:
        if self.path is not None:
            wrong = action(self.path)
            self.message.say(wrong, "fault")

    def offer(self, path: Path | None) -> None:
        """Offer a file that was just written; None takes the offer away."""
        self.path = path
        self.message.say("")
        self.setVisible(path is not None)
