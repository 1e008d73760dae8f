"""Mail import page: inspects files, shows what each contains and which record it belongs to, then imports the ticked ones."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.casework.mail_reading import MailReading
from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.services.core.session import Session
from evidence_app.services.mail.belonging_choices import beginning_choices, message_choices
from evidence_app.services.mail.dkim_keys import read_key_file
from evidence_app.services.mail.import_items import Item
from evidence_app.services.mail.importing import ImportSession, open_import

COLUMNS = ("Take in", "What it is", "Belongs to", "Remarks", "When")
TICK, WHAT, BELONGS, REMARKS, WHEN = range(5)
"""Columns: with the checkbox, what it is, what it belongs to, what has to be said of it, and when it was sent."""
MAX_ROW_LINES = 3
"""Height of the tallest row, in lines."""
MANY = 30
"""From so many files or mails on, those alone are ticked that belong to something held or name people of the records."""
WHO_SENT = (("I sent it", True), ("I received it", False))
"""What a person can say of a mail that nothing shows the sender of."""
Choice = tuple[int, str]
AllChoices = tuple[list[Choice], list[Choice]]
"""Sealed messages, and records that threads begin with: what mails and conversations may belong to."""
FILTER = "Mail (*.eml *.msg *.mbox *.pst *.ost *.dat *.tnef);;All files (*)"


class MailInPage(QWidget):
    """Mail import in two steps: inspect, then import. Nothing is stored before the second.

    `taken`: the import may have changed the store. `left`: the page was closed. `thread_asked` gives a record that was sealed.
    """

    left = Signal()
    taken = Signal()
    thread_asked = Signal(int)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._import_session: ImportSession | None = None
        self._choices: AllChoices = ([], [])
        self._sealed: int | None = None
        self._cancel: Cancel | None = None
        self.setAcceptDrops(True)
        self.message, self.bar = Message(), WorkBar()
        self.table = QTableWidget(0, len(COLUMNS))
        self.table.setHorizontalHeaderLabels([tr(each) for each in COLUMNS])
        self.table.setAccessibleName(tr("What was found"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(True)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(WHAT, QHeaderView.ResizeMode.Stretch)
        header.moveSection(WHEN, WHAT)
        for column, letters in ((TICK, 17), (WHEN, 17), (BELONGS, 20), (REMARKS, 20)):
            self.table.setColumnWidth(column, self.fontMetrics().averageCharWidth() * letters)
        self.seal = button(tr("Seal what is ticked"), lambda: self._import_ticked(sealing=True), main=True)
        self.keep = button(tr("Keep as drafts"), lambda: self._import_ticked(sealing=False))
        self.stop = button(tr("Cancel"), self._stop)
        self.tick_fitting = button(tr("Tick what fits"), lambda: self._tick(lambda item: item.fits))
        self.tick_all = button(tr("Tick all"), lambda: self._tick(lambda item: item.is_readable))
        self.tick_none = button(tr("Tick none"), lambda: self._tick(lambda _: False))
        self.to_thread = button(tr("Show the thread"), self._show_thread)
        self.to_thread.setVisible(False)
        self.reading = MailReading()
        self.table.currentCellChanged.connect(lambda number, *_: self._read(number))
        self.table.cellClicked.connect(lambda number, _: self._read(number))
        self._arrange()
        self._working(False)

    def _show_thread(self) -> None:
        if self._sealed is not None:
            self.thread_asked.emit(self._sealed)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.setSpacing(10)
        column.addWidget(label(tr("Bring in mail"), "title"))
        column.addWidget(
            label(
                tr(
                    "Save the message, the receipt or the reply from your mail program as a file, and drop it here. The exact bytes are kept."
                ),
                "soft",
            )
        )
        keys = button(tr("DKIM key records…"), self._choose_keys, flat=True)
        choose = row(
            button(tr("Choose files…"), self._choose), button(tr("Choose a folder…"), self._choose_folder), None, keys
        )
        column.addWidget(choose)
        column.addWidget(self.message)
        pages = QSplitter(Qt.Orientation.Vertical)
        pages.addWidget(self.table)
        pages.addWidget(self.reading)
        pages.setStretchFactor(0, 3)
        pages.setStretchFactor(1, 2)
        pages.setChildrenCollapsible(False)
        column.addWidget(pages, 1)
        column.addWidget(self.bar)
        column.addWidget(row(self.tick_fitting, self.tick_all, self.tick_none, None, self.to_thread))
        column.addWidget(row(button(tr("Close"), self._leave), None, self.stop, self.keep, self.seal))

    # Choosing

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files that are dragged in."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Inspect files that are dropped."""
        self.look([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def _choose(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, tr("Bring in mail"), "", tr(FILTER))
        if names:
            self.look([Path(name) for name in names])

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("Bring in a folder of mail"))
        if name:
            self.look([Path(name)])

    def _choose_keys(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, tr("DKIM key records"), "", tr("Text (*.txt);;All files (*)"))
        if name:
            self.supply_keys(Path(name))

    def supply_keys(self, path: Path) -> None:
        """Store DKIM key records (RFC 6376) from a file; mails inspected from now on are verified with them."""
        self._runner.call(
            lambda session: open_import(session, read_key_file(path)),
            lambda _: self.message.say(
                tr("The key records are kept. Mails looked at from now on are checked with them.")
            ),
            self.message.fault,
            owner=self,
        )

    # Inspecting files, then storing them

    def look(self, paths: list[Path]) -> None:
        """Inspect files or folders, and list what they contain."""
        if not paths:
            return
        cancel = self._cancel = Cancel()
        self.to_thread.setVisible(False)
        self._working(True)
        self.message.say(tr("Looking…"))

        def work(session: Session) -> tuple[ImportSession, AllChoices]:
            import_session = open_import(session)
            import_session.look(paths, lambda done, total: self._runner.report("mail", done, total), cancel)
            return import_session, (message_choices(session), beginning_choices(session))

        self._runner.call(work, self._looked, self._failed, self._stopped, owner=self)

    def _looked(self, result: tuple[ImportSession, AllChoices]) -> None:
        self._import_session, self._choices = result
        items = self._import_session.items
        self.table.setRowCount(len(items))
        for row_number, item in enumerate(items):
            self._show(row_number, item)
        self.table.resizeRowsToContents()
        # A row shows the beginning of what there is to say; the pane below has all of it.
        highest = MAX_ROW_LINES * self.fontMetrics().lineSpacing() + tokens.SPACE_M
        for row_number in range(len(items)):
            self.table.setRowHeight(row_number, min(highest, self.table.rowHeight(row_number)))
        new_count = sum(1 for item in items if item.is_new)
        if len(items) > MANY:
            self._tick(lambda item: item.is_sure and item.fits)
        self._working(False)
        note = tr("All of it is held already; there is nothing to do.")
        if new_count:
            note = tr(
                "Nothing is kept yet. Ticked: {}. Look at the others, and tick what is to be kept.", self._ticked()
            )
        self.message.say(tr("{} found, {} of them new. {}", len(items), new_count, note))
        self.table.setCurrentCell(0, WHAT)
        self._read(0)  # Outright: the row may be the one that was chosen before, and then nothing says that it changed.
        (self.seal if new_count and self._ticked() == new_count else self.table).setFocus()

    def _ticked(self) -> int:
        cells = (self.table.item(number, TICK) for number in range(self.table.rowCount()))
        return sum(1 for cell in cells if cell is not None and cell.checkState() == Qt.CheckState.Checked)

    def _read(self, number: int) -> None:
        """Show what a file says, before anything of it is kept."""
        items = self._import_session.items if self._import_session is not None else []
        self.reading.show_item(items[number] if 0 <= number < len(items) else None)

    def _offered(self, item: Item) -> list[Choice]:
        """Return the records that a person may say an item belongs to."""
        messages, beginnings = self._choices
        may = (messages if item.may_belong_to_messages else []) + (beginnings if item.may_be_tied else [])
        offered = item.candidates
        # Candidates of the automatic matching come first, then the others, the latest first.
        return sorted(may, key=lambda choice: (choice[0] not in offered, -choice[0]))

    def _show(self, number: int, item: Item, *, decided: bool = False) -> None:
        remarks = (
            "\n".join(tr_value(remark) for remark in item.remarks() if isinstance(remark, str)) if item.is_new else ""
        )
        match_words = tr_value(item.match_in_words()) if item.is_new else ""
        if item.known_people:
            match_words = "\n".join(
                each for each in (match_words, tr("names {}", ", ".join(item.known_people))) if each
            )
        texts = (item.origin.name, tr_value(item.described()), match_words, remarks, tr_value(item.when))
        for column, text in enumerate(texts):
            cell = QTableWidgetItem(text)
            cell.setToolTip(text)
            if column == TICK:
                cell.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if item.is_new:
                    cell.setFlags(cell.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    # What somebody has just decided about a line is wanted; else what is sure.
                    ticked = decided or item.is_sure
                    cell.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self.table.setItem(number, column, cell)
        choices = self._offered(item)
        self.table.removeCellWidget(number, BELONGS)
        if choices:
            box = Choices(name=tr("What {} belongs to", item.origin.name))
            box.addItem(tr_value(item.match_in_words()) or tr("nothing that is held"), None)
            for record_index, words in choices:
                box.addItem(tr_value(words), record_index)
            box.currentIndexChanged.connect(lambda _, number=number, box=box: self._match_by_hand(number, box))
            self._put_box(number, BELONGS, box)
        self.table.removeCellWidget(number, WHAT)
        if item.is_new and item.found is not None and item.found.is_unsure_who_sent:
            who = Choices(name=tr("Who sent {}", item.origin.name))
            for words, sent in ((tr("Who sent it? {}", item.described()), None), *((tr(w), s) for w, s in WHO_SENT)):
                who.addItem(words, sent)
            who.currentIndexChanged.connect(lambda _, number=number, who=who: self._say_who_sent(number, who))
            self._put_box(number, WHAT, who)

    def _put_box(self, number: int, column: int, box: Choices) -> None:
        """Put a choice into a cell in place of its words, no taller than it is elsewhere, with all of them in the tip."""
        cell = self.table.item(number, column)
        if cell is not None:
            cell.setText("")
        box.setMaximumHeight(box.sizeHint().height())
        box.setToolTip(box.itemText(0))
        self.table.setCellWidget(number, column, box)

    def _tick(self, wanted: Callable[[Item], bool]) -> None:
        """Tick the items that are wanted and new, and no other."""
        for number, item in enumerate(self._import_session.items if self._import_session is not None else ()):
            cell = self.table.item(number, TICK)
            if cell is not None and item.is_new:
                cell.setCheckState(Qt.CheckState.Checked if wanted(item) else Qt.CheckState.Unchecked)

    def _say_who_sent(self, row_number: int, box: Choices) -> None:
        sent, import_session = box.currentData(), self._import_session
        if import_session is None or sent is None:
            return
        self._runner.call(
            lambda _session: import_session.say_who_sent(row_number, sent=sent),
            lambda item: self._show(row_number, item, decided=True),
            self.message.fault,
            owner=self,
        )

    def _match_by_hand(self, row_number: int, box: Choices) -> None:
        record_index, import_session = box.currentData(), self._import_session
        if import_session is None:
            return

        def matched(item: Item) -> None:
            self.message.say(tr("Matched by hand; it is labelled so for ever.") if record_index is not None else "")
            cell = self.table.item(row_number, TICK)
            if item.is_new and cell is not None:
                cell.setCheckState(Qt.CheckState.Checked)
            if item.duplicate_of is not None and cell is not None:
                # It is held; what is sealed is a note that says what it is about.
                cell.setFlags(cell.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                ticked = item.tied_to is not None
                cell.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
            self._working(False)

        self._runner.call(
            lambda _session: import_session.belongs_to(row_number, record_index),
            matched,
            self.message.fault,
            owner=self,
        )

    def _import_ticked(self, *, sealing: bool) -> None:
        import_session = self._import_session
        if import_session is None:
            return
        if not self._ticked():
            self.message.fault(tr("Nothing is ticked: tick what is to be kept."))
            return
        cancel = self._cancel = Cancel()
        ticks = [self.table.item(row_number, TICK) for row_number in range(self.table.rowCount())]
        left_out = [cell is not None and cell.checkState() == Qt.CheckState.Unchecked for cell in ticks]
        self._working(True)
        self.message.say(tr("Sealing…") if sealing else tr("Keeping…"))

        def work(_session: Session) -> list[Item]:
            for row_number, out in enumerate(left_out):
                import_session.leave_out(row_number, out=out)
            return import_session.take_in(
                sealing=sealing, progress=lambda done, total: self._runner.report("mail", done, total), cancel=cancel
            )

        self._runner.call(
            work, lambda items: self._imported(items, sealing=sealing), self._failed, self._stopped, owner=self
        )

    def _imported(self, items: list[Item], *, sealing: bool) -> None:
        done = sum(1 for item in items if item.record is not None or item.draft)
        faults = [f"{item.origin.name}: {item.fault}" for item in items if item.fault]
        held = (item for item in items if item.record is None and not item.draft)
        duplicates = sum(1 for item in held if item.duplicate_of is not None or item.duplicate_draft)
        left_out = sum(1 for item in items if item.left_out and item.is_new)
        skipped = "".join(
            f" {count} {what}." for count, what in ((duplicates, "held already"), (left_out, "left out")) if count
        )
        where = "sealed" if sealing else "kept as drafts: look at them under Drafts, and seal them there"
        words = f"{done} {where}.{skipped}"
        self._import_session = None
        self.table.setRowCount(0)
        self._working(False)
        self._sealed = next((item.record for item in items if item.record is not None), None)
        self.to_thread.setVisible(self._sealed is not None)
        if faults:
            self.message.fault("\n".join([words, *faults]))
        else:
            self.message.done(words)
        self.taken.emit()

    def _stop(self) -> None:
        if self._cancel is not None:
            self._cancel.wish()

    def _stopped(self) -> None:
        self._working(False)
        self.message.say(tr("Cancelled. What was sealed before stays sealed."))
        self.taken.emit()

    def _failed(self, sentence: str) -> None:
        self._working(False)
        self.message.fault(sentence)

    def _working(self, on: bool) -> None:
        items = self._import_session.items if self._import_session is not None else ()
        ready = not on and any(item.is_new or item.can_be_tied for item in items)
        for each in (self.tick_fitting, self.tick_all, self.tick_none):
            each.setVisible(ready)
        self.seal.setEnabled(ready)
        self.keep.setEnabled(ready)
        self.stop.setVisible(on)
        self.bar.setVisible(on)

    def _leave(self) -> None:
        self.wipe()
        self.left.emit()

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._import_session = None
        self._choices = ([], [])
        self._sealed = None
        self.to_thread.setVisible(False)
        self.table.setRowCount(0)
        self.reading.show_item(None)
        self.message.say("")
        self._working(False)
