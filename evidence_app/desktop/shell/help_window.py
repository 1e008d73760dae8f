"""Help window: the user guide, opened at the section about the current page."""

import re
from typing import Final

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence, QShortcut, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QTextBrowser, QVBoxLayout, QWidget

from evidence_app.desktop.design.lists.tables import Beside
from evidence_app.desktop.design.screens import fitting
from evidence_app.desktop.design.widgets import Message, button, column, row
from evidence_app.desktop.system.language import tr
from evidence_app.errors import EnvironmentProblem
from evidence_app.files import resource

GUIDE: Final = "docs/user-guide.md"
SIZE: Final = QSize(900, 680)
"""Preferred size of the window, in pixels."""
MARGIN: Final = 40
"""Pixels between a picture and the edges of the text."""
ABOUT: Final = {
    "": "First time",
    "Home": "Raise it, and keep what comes back",
    "Members": "For union reps",
    "Timeline": "Find and read",
    "Threads": "Raise it, and keep what comes back",
    "Cases and people": "Cases and people",
    "Over time": "Over time",
    "Drafts": "Write something down",
    "Bundles": "Hand it over",
    "Check": "Check",
    "Safekeeping": "Lock, lose, change",
    "Settings": "Settings",
    "Writing": "Write something down",
}
"""Heading of the guide for each page; “Writing” is an open form, and "" the pages shown before a store is open."""


class HelpText(QTextBrowser):
    """Text of the guide, with its pictures scaled to the width of the window."""

    def loadResource(self, resource_type: int, name: QUrl | str) -> object:
        """Return a picture of the guide; refuse everything else, so that no file and no network address is ever opened."""
        match = re.fullmatch(r"pictures/[a-z-]+\.png", QUrl(name).toString())
        if resource_type != QTextDocument.ResourceType.ImageResource.value or match is None:
            return None
        try:
            picture = QImage(str(resource(f"docs/{match.group()}")))
        except EnvironmentProblem:
            return None
        width = min(picture.width(), max(200, self.viewport().width() - MARGIN))
        return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


class HelpWindow(QDialog):
    """The guide, the list of its sections, and a search field."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Help"))
        self.setModal(False)
        self.resize(fitting(self, SIZE))
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
        self.parts.currentTextChanged.connect(self._scroll_to)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.addWidget(Beside(column(self.finder, self.parts), self.pages, (1, 3)), 1)
        layout.addWidget(self.message)
        layout.addWidget(
            row(button(tr("About and licences…"), self.show_facts), None, button(tr("Close"), self.accept))
        )
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.finder.setFocus)

    def show_about(self, place: str) -> None:
        """Show the section about a page, by the name of the page."""
        self.show()
        self.activateWindow()
        heading = ABOUT.get(place, ABOUT[""])
        self.parts.setCurrentRow(self.headings.index(heading) if heading in self.headings else 0)
        self.parts.setFocus()

    def show_facts(self) -> None:
        """Open the window that says which version this is, and the licences of all parts."""
        from evidence_app.desktop.shell.about_window import AboutWindow

        about = AboutWindow(self)
        about.finished.connect(about.deleteLater)
        about.open()

    def _scroll_to(self, heading: str) -> None:
        block = self.pages.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 1 and block.text().strip() == heading:
                self.pages.setTextCursor(QTextCursor(block))
                top = self.pages.cursorRect(QTextCursor(block)).top()
                scroll_bar = self.pages.verticalScrollBar()
                scroll_bar.setValue(scroll_bar.value() + top)
                return
            block = block.next()

    def find_next(self) -> None:
        """Go to the next occurrence of the search text; after the last, start again at the top."""
        words = self.finder.text().strip()
        if not words:
            return
        self.message.say("")
        if not self.pages.find(words):
            self.pages.moveCursor(QTextCursor.MoveOperation.Start)
            if not self.pages.find(words):
                self.message.say(tr("The guide does not hold these words."))
