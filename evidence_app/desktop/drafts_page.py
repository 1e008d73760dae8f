"""The drafts: what is begun and not sealed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.widgets import button, label, row
from evidence_app.domain.fields import JsonObject
from evidence_app.domain.kinds import KINDS
from evidence_app.domain.times import in_words, read_moment
from evidence_app.services.drafts import Draft


class DraftsPage(QWidget):
    """A list of drafts."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("draft")
        self.items = QListWidget()
        self.items.setAccessibleName("Drafts")
        self.items.itemActivated.connect(self._open)
        self.empty = label("There are no drafts. Press Ctrl+N to begin one.", "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(label("Drafts", "title"))
        column.addWidget(label("Only you can see these. They can change, and are in no proof.", "soft"))
        column.addWidget(self.empty, 1)
        column.addWidget(self.items, 1)
        self.go_on = button("Go on with it", lambda: self._open(self.items.currentItem()), main=True)
        column.addWidget(row(self.go_on, None))

    def show_drafts(self, drafts: list[Draft]) -> None:
        """Show these drafts."""
        self.items.clear()
        for draft in drafts:
            saved = in_words(read_moment(draft.saved_at))
            item = QListWidgetItem(f"Draft   {KINDS[draft.kind].label}   {first_words(draft.entry)}   saved {saved}")
            item.setData(Qt.ItemDataRole.UserRole, draft)
            self.items.addItem(item)
        self.go_on.setEnabled(bool(drafts))
        self.items.setVisible(bool(drafts))
        self.empty.setVisible(not drafts)
        if drafts:
            self.items.setCurrentRow(0)

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def wipe(self) -> None:
        """Take everything off the screen."""
        self.items.clear()


def first_words(entry: JsonObject) -> str:
    """Return the first words of a draft."""
    fields = entry.get("fields")
    kind = KINDS[str(entry["kind"])]
    text = str(fields.get(kind.main, "")) if isinstance(fields, dict) else ""
    line = " ".join(text.split())
    return f"“{line[:70]}”" if line else "nothing written yet"
