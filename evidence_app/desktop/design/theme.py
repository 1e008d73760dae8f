"""Colours, icons and sizes. Ink on paper first; one accent, one warning, one fault."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from evidence_app.files import resource


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme. Text on its ground has a contrast of at least 4.5 : 1, controls of at least 3 : 1."""

    paper: str
    ground: str
    draft: str
    ink: str
    soft: str
    line: str
    accent: str
    accent_ink: str
    warning: str
    fault: str


LIGHT = Colours(
    "#ffffff", "#f3f4f3", "#fbf5e6", "#1b1d21", "#565b63", "#83888f", "#0d565f", "#ffffff", "#8a5200", "#a4222a"
)
DARK = Colours(
    "#1d2023", "#15171a", "#2b271b", "#eceeef", "#aeb4bb", "#747b83", "#63c2cc", "#0d1416", "#e8b054", "#ff8f8a"
)


CONTRAST = Colours(
    "#000000", "#000000", "#1a1400", "#ffffff", "#ffffff", "#ffffff", "#7fe9ff", "#000000", "#ffd24a", "#ffa8a8"
)
"""For people who see little: white on black, 7 : 1 at least."""
THEMES: Final = {"light": LIGHT, "dark": DARK, "high contrast": CONTRAST}
USUAL_POINTS: Final = 9.0
"""The size of text that the sizes of titles are made for: they grow with the system's."""
_chosen: list[str] = []


def choose(name: str) -> bool:
    """Choose a theme by its name; any other name leaves it to the system. Tell whether the colours are others now."""
    before = colours()
    _chosen[:] = [name] if name in THEMES else []
    return colours() is not before


def colours() -> Colours:
    """Return the colours in force: those that were chosen, or else what the system asks for."""
    hints = QGuiApplication.styleHints()
    if _chosen:
        return THEMES[_chosen[-1]]
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication) -> None:
    """Give the program its palette and a few rules. The font and its size stay the system's."""
    app.setStyle("Fusion")
    _ensure_font(app)
    now = colours()
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: now.ground,
        QPalette.ColorRole.Base: now.paper,
        QPalette.ColorRole.AlternateBase: now.ground,
        QPalette.ColorRole.Button: now.paper,
        QPalette.ColorRole.WindowText: now.ink,
        QPalette.ColorRole.Text: now.ink,
        QPalette.ColorRole.ButtonText: now.ink,
        QPalette.ColorRole.PlaceholderText: now.soft,
        QPalette.ColorRole.ToolTipBase: now.paper,
        QPalette.ColorRole.ToolTipText: now.ink,
        QPalette.ColorRole.Highlight: now.accent,
        QPalette.ColorRole.HighlightedText: now.accent_ink,
        QPalette.ColorRole.Link: now.accent,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(now.soft))
    app.setPalette(palette)
    app.setStyleSheet(_rules(now, max(1.0, app.font().pointSizeF() / USUAL_POINTS)))
    icon.cache_clear()


def _ensure_font(app: QApplication) -> None:
    if QFontDatabase.families():
        return
    for name in ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSansMono-Regular"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}.ttf")))
    app.setFont(QFont("Noto Sans", 10))


def _rules(now: Colours, grown: float) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QSpinBox, QListWidget, QTableView, QTreeView, QTextBrowser {{
        background: {now.paper}; border: 1px solid {now.line}; border-radius: 3px; padding: 4px;
    }}
    QTableView, QTextBrowser {{ padding: 0; }}
    QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QListWidget:focus, QTableView:focus, QTreeView:focus,
    QTextBrowser:focus {{ border: 2px solid {now.accent}; }}
    QPushButton, QToolButton {{
        background: {now.paper}; border: 1px solid {now.line}; border-radius: 3px; padding: 6px 12px;
    }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {now.accent}; padding: 5px 11px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {now.accent}; }}
    QPushButton:disabled {{ color: {now.soft}; background: {now.ground}; }}
    QFileDialog QToolButton {{ padding: 2px; }}
    QPushButton[main="true"] {{ background: {now.accent}; color: {now.accent_ink}; border-color: {now.accent}; font-weight: 600; }}
    QPushButton[main="true"]:focus {{ background: {now.ink}; color: {now.paper}; border: 2px solid {now.accent}; }}
    QPushButton[main="true"]:disabled {{ background: {now.line}; border-color: {now.line}; color: {now.paper}; }}
    QPushButton[flat="true"] {{ background: transparent; border: 1px solid transparent; color: {now.accent}; text-align: left; padding: 4px; }}
    QPushButton[flat="true"]:focus {{ border: 1px solid {now.accent}; }}
    QListWidget#places {{ background: {now.ground}; border: none; border-right: 1px solid {now.line}; border-radius: 0; }}
    QListWidget#places:focus {{ border: 2px solid {now.accent}; }}
    QListWidget#places::item {{ padding: 0 8px; border-left: 3px solid transparent; }}
    QListWidget#places::item:selected {{ background: {now.paper}; color: {now.ink}; border-left: 3px solid {now.accent}; }}
    QTableView {{ gridline-color: transparent; }}
    QTableView::item {{ padding: 3px 6px; }}
    QHeaderView::section {{ background: {now.ground}; border: none; border-bottom: 1px solid {now.line}; padding: 5px 6px; color: {now.soft}; }}
    QCheckBox::indicator:unchecked, QListWidget::indicator:unchecked {{
        width: 13px; height: 13px; background: {now.paper}; border: 1px solid {now.soft}; border-radius: 2px;
    }}
    QTabBar::tab {{ padding: 6px 16px; border: 2px solid transparent; border-bottom-color: {now.line}; }}
    QTabBar::tab:selected {{ color: {now.accent}; border-bottom-color: {now.accent}; }}
    QTabBar::tab:selected:focus {{ border: 2px solid {now.accent}; border-radius: 3px; }}
    QLabel[role="title"] {{ font-size: {17 * grown:.1f}pt; font-weight: 600; color: {now.accent}; }}
    QLabel[role="heading"] {{ font-size: {12 * grown:.1f}pt; font-weight: 600; margin-top: 10px; }}
    QLabel[role="soft"] {{ color: {now.soft}; }}
    QLabel[role="label"] {{ color: {now.soft}; }}
    QLabel[role="code"] {{ font-family: "Noto Sans Mono", monospace; font-size: {22 * grown:.1f}pt; font-weight: 600; }}
    QLabel[role="done"] {{ color: {now.accent}; font-weight: 600; }}
    QLabel[role="warning"] {{ color: {now.warning}; font-weight: 600; }}
    QLabel[role="fault"] {{ color: {now.fault}; font-weight: 600; }}
    QWidget#draft {{ background: {now.draft}; }}
    QStatusBar {{ background: {now.ground}; border-top: 1px solid {now.line}; }}
    QProgressBar {{ border: 1px solid {now.line}; border-radius: 3px; text-align: center; background: {now.paper}; color: {now.ink}; }}
    QProgressBar::chunk {{ background: {now.accent}; }}
    """


@cache
def icon(name: str) -> QIcon:
    """Return one of the program's icons in the colour of the text."""
    drawing = resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", colours().ink.encode("ascii"))
    renderer = QSvgRenderer(QByteArray(drawing))
    found = QIcon()
    for size in (16, 24, 32, 48, 64):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        found.addPixmap(pixmap)
    return found
