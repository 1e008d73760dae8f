"""Drafts page: open drafts, and deleted drafts that can still be restored."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QListWidgetItem, QVBoxLayout, QWidget

from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.design.lists.kind_icons import icon_of
from evidence_app.desktop.design.lists.rows import RowList, RowText
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.design.widgets import column as column_of
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_moment
from evidence_app.domain.record.kinds import KINDS
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.encoding.times import read_moment
from evidence_app.services.core.session import Session
from evidence_app.services.records import drafts
from evidence_app.services.records.drafts import Draft


class DraftsPage(QWidget):
    """Lists of open and deleted drafts. `chosen` gives a draft to open, `deleted_one` the identity of one that was deleted; `changed`: the store has changed."""

    chosen = Signal(object)
    changed = Signal()
    deleted_one = Signal(str)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self.items = RowList(tr("Drafts"))
        self.items.itemActivated.connect(self._open)
        self.empty = label(tr("There are no drafts. Press Ctrl+N to begin one."), "soft")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(label(tr("Drafts"), "title"))
        column.addWidget(label(tr("Only you can see these. They can change, and are in no proof."), "soft"))
        column.addWidget(self.empty, 1)
        column.addWidget(self.items, 1)
        self.go_on = button(tr("Go on with it"), lambda: self._open(self.items.currentItem()), main=True)
        self.delete = button(tr("Delete it"), self._delete)
        column.addWidget(row(self.delete, None, self.go_on))
        for words, key, action in (
            (tr("Go on with it"), Qt.Key.Key_Return, self.go_on.click),
            (tr("Delete it"), Qt.Key.Key_Delete, self._delete),
        ):
            act = QAction(words, self.items)
            act.setShortcut(QKeySequence(key))
            act.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            act.triggered.connect(action)
            self.items.addAction(act)
        self.items.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.message, self.deleted = Message(), RowList(tr("Drafts that were deleted in the last week"))
        self.deleted.setMaximumHeight(self.fontMetrics().lineSpacing() * 8)
        self.deleted.itemActivated.connect(lambda _: self.bring_back())
        self.back = button(tr("Bring it back"), self.bring_back)
        self.destroy_all = button(tr("Destroy them now"), self._confirm_destroy)
        self.away = column_of(
            label(tr("Deleted in the last week"), "heading"),
            label(tr("After a week they are destroyed by themselves."), "soft"),
            self.deleted,
            row(self.back, self.destroy_all, None),
        )
        column.addWidget(self.message)
        column.addWidget(self.away)
        self.show_deleted([])

    def show_drafts(self, begun: list[Draft]) -> None:
        """List these open drafts."""
        self.items.clear()
        for draft in begun:
            saved = tr_moment(read_moment(draft.saved_at))
            facts = tr("{}, saved {}", tr(KINDS[draft.kind].label), saved)
            item = self.items.add_row(RowText(first_words(draft.entry), facts, icon=icon_of(draft.kind)))
            item.setData(Qt.ItemDataRole.UserRole, draft)
        for each in (self.go_on, self.delete):
            each.setEnabled(bool(begun))
        self.items.setVisible(bool(begun))
        self.empty.setVisible(not begun)
        if begun:
            self.items.setCurrentRow(0)

    def show_deleted(self, deleted: list[Draft]) -> None:
        """List these deleted drafts."""
        self._deleted = deleted
        self.deleted.clear()
        for draft in deleted:
            deleted_at = tr_moment(read_moment(draft.deleted_at))
            facts = tr("{}, deleted {}", tr(KINDS[draft.kind].label), deleted_at)
            self.deleted.add_row(RowText(first_words(draft.entry), facts, icon=icon_of(draft.kind)))
        self.away.setVisible(bool(deleted))
        if deleted:
            self.deleted.setCurrentRow(0)

    def _delete(self) -> None:
        """Delete the chosen draft; it can be brought back for a week, and a line below offers it at once."""
        item: QListWidgetItem | None = self.items.currentItem()
        if item is None:
            return
        identity = item.data(Qt.ItemDataRole.UserRole).identity

        def done(_: None) -> None:
            self.changed.emit()
            self.deleted_one.emit(identity)

        self._runner.call(lambda session: drafts.delete_draft(session, identity), done, self.message.fault, owner=self)

    def bring_back(self) -> None:
        """Restore the selected deleted draft."""
        row_number = self.deleted.currentRow()
        if 0 <= row_number < len(self._deleted):
            identity = self._deleted[row_number].identity
            self._change(lambda session: drafts.bring_back(session, identity))

    def _confirm_destroy(self) -> None:
        dialog = Sure(
            self,
            tr("Destroy the deleted drafts?"),
            tr("Their words and files are gone then, and nothing brings them back."),
            tr("Destroy them"),
        )
        dialog.accepted.connect(lambda: self._change(drafts.destroy_deleted))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _change(self, work: Callable[[Session], object]) -> None:
        self.message.say("")
        self._runner.call(work, lambda _: self.changed.emit(), self.message.fault, owner=self)

    def _open(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self.items.clear()
        self.show_deleted([])
        self.message.say("")


def first_words(entry: JsonObject) -> str:
    """Return the beginning of a draft's main field, in quotation marks, or that nothing is written."""
    fields = entry.get("fields")
    kind = KINDS[str(entry["kind"])]
    text = str(fields.get(kind.main, "")) if isinstance(fields, dict) else ""
    words = " ".join(text.split())
    return f"“{words[:200]}”" if words else tr("nothing written yet")
