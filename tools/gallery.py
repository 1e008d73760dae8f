"""Draw every control of the window in every state and theme: `python3 dev.py gallery`.

The pictures lie in tests/desktop/gallery. The tests draw them again and compare: a change of the style that nobody meant is seen there.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QCursor, QFont, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QTabBar,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from evidence_app.desktop.design import theme, tokens
from evidence_app.desktop.design.forms.folds import FoldTitle
from evidence_app.desktop.design.forms.growing_text import GrowingText
from evidence_app.desktop.design.lists.chip import Chip
from evidence_app.desktop.design.lists.rows import RowList, RowText
from evidence_app.desktop.design.lists.tables import make_table
from evidence_app.desktop.design.tiles import Tile
from evidence_app.desktop.design.verdict_seal import VerdictSeal
from evidence_app.desktop.design.widgets import Choices, Message, button, label
from evidence_app.desktop.safekeeping.secrets import SecretField
from evidence_app.desktop.shell.app import make_app
from evidence_app.proof.verdicts import Verdict

FOLDER: Final = Path(__file__).resolve().parents[1] / "tests" / "desktop" / "gallery"
STATES: Final = ("rest", "hover", "focus", "pressed", "disabled")
WIDTH: Final = 252
MIN_HEIGHT: Final = 44
"""Width and least height of the place of one control, in pixels."""
NAME_WIDTH: Final = 128
HEAD: Final = 32
POINTS: Final = 10.0
"""Size of the text in the pictures, whatever the system's is."""
LONG: Final = "A text that is much longer than the room that there is for it"
WELSH: Final = "Dangos yr hyn a gafodd ei gadw'n ôl"


def _field() -> QWidget:
    field = QLineEdit("today about 14:10")
    field.setPlaceholderText("When it happened")
    return field


def _empty_field() -> QWidget:
    field = QLineEdit()
    field.setPlaceholderText(LONG)
    return field


def _secret() -> QWidget:
    field = SecretField()
    field.setText("four")
    return field


def _text() -> QWidget:
    text = GrowingText(3, lead=True)
    text.setPlainText("Move him to monthly. By telephone where he is stable.")
    return text


def _number() -> QWidget:
    number = QSpinBox()
    number.setRange(0, 99)
    number.setValue(8)
    return number


def _tool() -> QWidget:
    tool = QToolButton()
    tool.setText("Lock")
    tool.setIcon(theme.icon("lock"))
    tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return tool


def _ticked(box: QAbstractButton) -> QWidget:
    box.setCheckable(True)
    box.setChecked(True)
    return box


def _tabs() -> QWidget:
    tabs = QTabBar()
    for name in ("Export", "Plans", "Review"):
        tabs.addTab(name)
    return tabs


def _rows() -> QWidget:
    rows = RowList("Rows")
    rows.add_row(
        RowText(
            "Move him to monthly. By telephone where he is stable.",
            "J. Marsh · 3 April",
            "silent 12 days",
            "fault",
            "quote",
        )
    )
    rows.add_row(RowText("Do not breach him.", "P. Winter", "answered", "settled", "quote"))
    rows.setCurrentRow(0)
    rows.setFixedHeight(122)
    return rows


def _table() -> QWidget:
    table = make_table("Table", ("When", "What"), (1,))
    table.setRowCount(2)
    for line, words in enumerate(("Move him to monthly.", "Do not breach him.")):
        table.setItem(line, 0, QTableWidgetItem("3 April"))
        table.setItem(line, 1, QTableWidgetItem(words))
    table.setCurrentCell(0, 1)
    table.setFixedHeight(110)
    return table


def _bar() -> QWidget:
    bar = QProgressBar()
    bar.setTextVisible(False)
    bar.setRange(0, 10)
    bar.setValue(6)
    bar.setFixedHeight(10)
    return bar


def _message(role: str, words: str) -> QWidget:
    message = Message()
    message.say(words, role)
    return message


def _verdict(verdict: Verdict) -> QWidget:
    seal = VerdictSeal()
    seal.show_verdict(verdict, f"{verdict.name.capitalize()}.", "")
    return seal


CONTROLS: Final[dict[str, Callable[[], QWidget]]] = {
    "field": _field,
    "empty field": _empty_field,
    "passphrase": _secret,
    "text": _text,
    "choice": lambda: Choices(("face to face", "phone", "in the corridor"), name="How"),
    "typed choice": lambda: Choices(("X000412", "X000978"), editable=True, name="Case"),
    "number": _number,
    "box to tick": lambda: _ticked(QCheckBox("Remember where this store is")),
    "one of several": lambda: _ticked(QRadioButton("An officer")),
    "main button": lambda: button("Seal…", lambda: None, main=True),
    "button": lambda: button("Save receipt…", lambda: None),
    "long button": lambda: button(WELSH, lambda: None),
    "link": lambda: button("Forget it", lambda: None, flat=True),
    "tool": _tool,
    "tile": lambda: Tile("quote", "Instruction", "What I was told to do", "I"),
    "fold": lambda: FoldTitle("What I understood, what I think"),
    "tabs": _tabs,
    "rows": _rows,
    "table": _table,
}
"""Controls that a person acts on, each drawn in every state."""
SIGNS: Final[dict[str, Callable[[], QWidget]]] = {
    "title": lambda: label("Instruction", "title"),
    "heading": lambda: label("Sealed last", "heading"),
    "soft": lambda: label(LONG, "soft"),
    "caption": lambda: label("Tue 20 May 2025, 14:10", "caption"),
    "code": lambda: label("7QF", "code", wrap=False),
    "chip": lambda: Chip("3 threads"),
    "attention": lambda: Chip("by 24 April", "attention"),
    "fault": lambda: Chip("silent 12 days", "fault"),
    "settled": lambda: Chip("answered", "settled"),
    "tip": lambda: _message("soft", "Nothing is kept yet."),
    "done": lambda: _message("done", "✓ Saved."),
    "warning": lambda: _message("warning", "Not said: who, which case."),
    "error": lambda: _message("fault", "Wrong passphrase. Nothing was changed."),
    "progress": _bar,
    "verified": lambda: _verdict(Verdict.VERIFIED),
    "altered": lambda: _verdict(Verdict.ALTERED),
    "unreadable": lambda: _verdict(Verdict.UNREADABLE),
}
"""What only says something, drawn once each."""


def _in_state(widget: QWidget, state: str) -> None:
    """Bring a control into a state, as far as it has that one."""
    if state == "disabled":
        widget.setEnabled(False)
    elif state == "focus":
        widget.setFocus(Qt.FocusReason.TabFocusReason)
    elif state == "hover":
        widget.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    elif state == "pressed" and isinstance(widget, QAbstractButton):
        widget.setDown(True)


def cell(make: Callable[[], QWidget], state: str) -> QImage:
    """Return the picture of one control in one state."""
    frame = QWidget()
    frame.setFixedWidth(WIDTH)
    line = QVBoxLayout(frame)
    line.setContentsMargins(8, 6, 8, 6)
    line.setSpacing(0)
    widget = make()
    inner = QHBoxLayout()
    inner.addWidget(widget)
    if isinstance(widget, QPushButton | QToolButton | QSpinBox | Chip):
        inner.addStretch(1)
    # What a new window gives the focus to, so that the control has it in its own state alone.
    sink = QWidget()
    sink.setFixedSize(0, 0)
    sink.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    line.addWidget(sink)
    line.addLayout(inner)
    line.addStretch(1)
    # Beside the pointer, which lies over nothing in any state but hover.
    QCursor.setPos(0, 0)
    frame.move(120, 120)
    frame.show()
    sink.setFocus()
    frame.activateWindow()
    QApplication.processEvents()
    _in_state(widget, state)
    for field in widget.findChildren(QLineEdit) if not isinstance(widget, QLineEdit) else [widget]:
        # A cursor that blinks would make two pictures of one state.
        field.setCursorPosition(0)
        field.setReadOnly(state != "focus")
    QApplication.setCursorFlashTime(0)
    QApplication.processEvents()
    image = frame.grab().toImage()
    frame.close()
    frame.deleteLater()
    return image


Gallery = tuple[QImage, dict[str, QRect]]
"""The picture of all controls, and where on it each is in each state."""


def picture(name: str) -> Gallery:
    """Return the gallery in a theme, by its name. The application must exist; its theme and font are put back."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the gallery needs an application")
    font = app.font()
    theme.choose(name)
    theme.apply(app)
    theme.load_faces()
    drawn = QFont(tokens.FACE)
    drawn.setPointSizeF(POINTS)
    # How letters are fitted to pixels is a setting of each system, and moves every letter of a line.
    drawn.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    app.setFont(drawn)
    try:
        return _arranged()
    finally:
        app.setFont(font)
        theme.choose("")
        theme.apply(app)


def _arranged() -> Gallery:
    """Return the controls, a line for each and a column for each state, then the signs, as many in a line."""
    colours, columns = theme.colours(), len(STATES)
    lines: list[tuple[str, list[QImage]]] = [
        (name, [cell(make, state) for state in STATES]) for name, make in CONTROLS.items()
    ]
    signs = [cell(make, "rest") for make in SIGNS.values()]
    lines += [("", signs[start : start + columns]) for start in range(0, len(signs), columns)]
    heights = [max(MIN_HEIGHT, *(each.height() for each in cells)) for _, cells in lines]
    image = QImage(NAME_WIDTH + columns * WIDTH, HEAD + sum(heights), QImage.Format.Format_RGB32)
    image.fill(QColor(colours.ground))
    painter = QPainter(image)
    painter.setFont(QApplication.font())
    painter.setPen(QColor(colours.soft))
    for column, state in enumerate(STATES):
        painter.drawText(QPoint(NAME_WIDTH + column * WIDTH + 8, HEAD - 10), state)
    top, places = HEAD, dict[str, QRect]()
    sign_names = iter(SIGNS)
    for (name, cells), height in zip(lines, heights, strict=True):
        painter.drawText(QRect(8, top + 12, NAME_WIDTH - 12, height), Qt.TextFlag.TextWordWrap, name)
        for column, each in enumerate(cells):
            place = QRect(NAME_WIDTH + column * WIDTH, top, each.width(), each.height())
            painter.drawImage(place, each)
            places[f"{name}, {STATES[column]}" if name else next(sign_names)] = place
        top += height
    painter.end()
    return image, places


EYE: Final = 10
"""Difference of a colour's red, green or blue, of 255, below which two points look the same."""


def differing(one: QImage, other: QImage) -> float:
    """Return which part of two pictures of one size differs to the eye, from 0 to 1."""
    if one.size() != other.size():
        return 1.0
    first, second = (each.convertToFormat(QImage.Format.Format_RGB888) for each in (one, other))
    width, height = first.width(), first.height()
    different = 0
    for line in range(height):
        left, right = (bytes(each.constScanLine(line))[: 3 * width] for each in (first, second))
        if left != right:
            apart = [abs(a - b) > EYE for a, b in zip(left, right, strict=True)]
            different += sum(any(apart[place : place + 3]) for place in range(0, len(apart), 3))
    return different / (width * height)


def main() -> None:
    """Draw the gallery in every theme, and write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    app = make_app()
    for name in theme.THEMES:
        path = FOLDER / f"{name.replace(' ', '-')}.png"
        picture(name)[0].save(str(path), "PNG", 0)
        sys.stderr.write(f"{path.relative_to(FOLDER.parents[2])}\n")
    del app


if __name__ == "__main__":
    main()
