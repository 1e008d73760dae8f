"""Marks the words that were searched for in a text that is shown."""

from PySide6.QtGui import QColor, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QTextEdit

from evidence_app.desktop.design.theme import colours
from evidence_app.domain.text.search_hits import find_hits


def mark_words(view: QTextBrowser, wanted: str) -> int:
    """Mark the words of `wanted` in the shown text, bring the first into view, and return how many places were marked."""
    found = find_hits(wanted, view.toPlainText()).places
    # Of a sentence that is searched for, an “a” stands everywhere and says nothing.
    places = [place for place in found if place[1] - place[0] > 1] or found
    marks = []
    for start, end in places:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = QTextCursor(view.document())
        mark.cursor.setPosition(start)
        mark.cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        mark.format.setBackground(QColor(colours().accent))
        mark.format.setForeground(QColor(colours().accent_ink))
        marks.append(mark)
    view.setExtraSelections(marks)
    if places:
        first = QTextCursor(view.document())
        first.setPosition(places[0][0])
        view.setTextCursor(first)
        view.ensureCursorVisible()
    return len(places)
