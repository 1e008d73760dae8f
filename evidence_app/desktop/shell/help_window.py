"""The user guide inside the program: it opens where it tells of what is on the screen."""

import re
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design.tables import Beside
from evidence_app.desktop.design.widgets import Message, button, column, row
from evidence_app.desktop.system.language import tr
from evidence_app.errors import EnvironmentProblem
from evidence_app.files import resource

GUIDE: Final = "docs/user-guide.md"
SIZE: Final = QSize(900, 680)
MARGIN: Final = 40
ABOUT: Final = {
    "": "First time",
    "Home": "Raise it, and keep what comes back",
    "Members": "For union reps",
    "Timeline": "Find and read",
    "Threads": "Raise it, and keep what comes back",
    "Cases and people": "Cases, people and workload",
    "Workload": "Cases, people and workload",
    "Drafts": "Write something down",
    "Bundles": "Hand it over",
    "Check": "Check",
    "Safekeeping": "Lock, lose, change",
    "Settings": "Settings",
    "Writing": "Write something down",
}
"""Which part of the guide tells of which place; “Writing” is a form that is open, and nothing the pages before a store is open."""


class HelpText(QTextBrowser):
    """The guide's text. Its pictures are made as wide as there is room."""

    def loadResource(self, sort: int, name: QUrl | str) -> object:
        """Return a picture of the guide, and nothing else: no page opens a file or an address."""
        found = re.fullmatch(r"pictures/[a-z-]+\.png", QUrl(name).toString())
        if sort != QTextDocument.ResourceType.ImageResource.value or found is None:
            return None
        try:
            picture = QImage(str(resource(f"docs/{found.group()}")))
        except EnvironmentProblem:
            return None
        width = min(picture.width(), max(200, self.viewport().width() - MARGIN))
        return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


class HelpWindow(QDialog):
    """The guide, its parts, and a field to search it by."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.setModal(False)
        room = self.screen().availableGeometry().size()
        self.resize(SIZE.boundedTo(QSize(room.width() - 40, room.height() - 80)))
        self.parts, self.pages, self.message = QListWidget(), HelpText(), Message()
        self.parts.setAccessibleName(tr("Parts of the guide"))
        self.pages.setAccessibleName(tr("Guide"))
        self.pages.setOpenLinks(False)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText(tr("Find in the guide"))
        self.finder.setAccessibleName(tr("Find in the guide"))
        self.finder.setClearButtonEnabled(True)
        self.finder.returnPressed.connect(self.find_next)
        text = resource(GUIDE).read_text("utf-8")
        self.pages.setMarkdown(text)
        self.headings = [heading.strip() for heading in re.findall(r"(?m)^##+ (.+)$", text)]
        self.parts.addItems(self.headings)
        self.parts.currentTextChanged.connect(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(Beside(column(self.finder, self.parts), self.pages, (1, 3)), 1)
        layout.addWidget(self.message)
        layout.addWidget(row(None, button(tr("Close"), self.accept)))
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.finder.setFocus)

    def show_about(self, place: str) -> None:
        """Show what the guide tells of a place."""
        self.show()
        self.activateWindow()
        wanted = ABOUT.get(place, ABOUT[""])
        self.parts.setCurrentRow(self.headings.index(wanted) if wanted in self.headings else 0)
        self.parts.setFocus()

    def _show(self, heading: str) -> None:
        block = self.pages.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1 and block.text().strip() == heading:
                self.pages.setTextCursor(QTextCursor(block))
                place = self.pages.cursorRect(QTextCursor(block)).top()
                bar = self.pages.verticalScrollBar()
                bar.setValue(bar.value() + place)
                return
            block = block.next()

    def find_next(self) -> None:
        """Go to the next place that holds the words, from the top again after the last."""
        words = self.finder.text().strip()
        if not words:
            return
        self.message.say("")
        if not self.pages.find(words):
            self.pages.moveCursor(QTextCursor.MoveOperation.Start)
            if not self.pages.find(words):
                self.message.say(tr("The guide does not hold these words."))
