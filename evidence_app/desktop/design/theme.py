"""Colour themes, style sheet, fonts and icons."""

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
    """Colours of one theme, as #rrggbb. Contrast: text at least 4.5 : 1, controls at least 3 : 1 (WCAG 2.1, level AA)."""

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
"""High contrast: white on black, at least 7 : 1 (WCAG 2.1, level AAA)."""
THEMES: Final = {"light": LIGHT, "dark": DARK, "high contrast": CONTRAST}
"""The themes by their names in the settings."""
USUAL_POINTS: Final = 9.0
"""Reference font size in points: titles scale with the ratio of the system's font size to it."""
_chosen: list[str] = []
"""Name of the selected theme, or empty to follow the system."""


def choose(name: str) -> bool:
    """Select a theme by name; any other name follows the system. Return whether the colours changed."""
    before = colours()
    _chosen[:] = [name] if name in THEMES else []
    return colours() is not before


def colours() -> Colours:
    """Return the current colours: the selected theme, or else the one that fits the system's settings."""
    hints = QGuiApplication.styleHints()
    if _chosen:
        return THEMES[_chosen[-1]]
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def apply(app: QApplication) -> None:
    """Set the style, palette and style sheet of the application. The font stays the system's."""
    app.setStyle("Fusion")
    _ensure_font(app)
    theme = colours()
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.ground,
        QPalette.ColorRole.Base: theme.paper,
        QPalette.ColorRole.AlternateBase: theme.ground,
        QPalette.ColorRole.Button: theme.paper,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.soft,
        QPalette.ColorRole.ToolTipBase: theme.paper,
        QPalette.ColorRole.ToolTipText: theme.ink,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.accent_ink,
        QPalette.ColorRole.Link: theme.accent,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.soft))
    app.setPalette(palette)
    app.setStyleSheet(_rules(theme, max(1.0, app.font().pointSizeF() / USUAL_POINTS)))
    icon.cache_clear()


def _ensure_font(app: QApplication) -> None:
    # A machine without fonts (a minimal Linux, a test) would show nothing: use the fonts bundled for the PDFs.
    if QFontDatabase.families():
        return
    for name in ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSansMono-Regular"):
        QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}.ttf")))
    app.setFont(QFont("Noto Sans", 10))


def _rules(theme: Colours, scale: float) -> str:
    return f"""
    QLineEdit, QPlainTextEdit, QSpinBox, QListWidget, QTableView, QTreeView, QTextBrowser {{
        background: {theme.paper}; border: 1px solid {theme.line}; border-radius: 3px; padding: 4px;
    }}
    QTableView, QTextBrowser {{ padding: 0; }}
    QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QListWidget:focus, QTableView:focus, QTreeView:focus,
    QTextBrowser:focus {{ border: 2px solid {theme.accent}; }}
    QPushButton, QToolButton {{
        background: {theme.paper}; border: 1px solid {theme.line}; border-radius: 3px; padding: 6px 12px;
    }}
    QPushButton:focus, QToolButton:focus {{ border: 2px solid {theme.accent}; padding: 5px 11px; }}
    QPushButton:hover, QToolButton:hover {{ border-color: {theme.accent}; }}
    QPushButton:disabled {{ color: {theme.soft}; background: {theme.ground}; }}
    QFileDialog QToolButton {{ padding: 2px; }}
    QPushButton[main="true"] {{ background: {theme.accent}; color: {theme.accent_ink}; border-color: {theme.accent}; font-weight: 600; }}
    QPushButton[main="true"]:focus {{ background: {theme.ink}; color: {theme.paper}; border: 2px solid {theme.accent}; }}
    QPushButton[main="true"]:disabled {{ background: {theme.line}; border-color: {theme.line}; color: {theme.paper}; }}
    QPushButton[flat="true"] {{ background: transparent; border: 1px solid transparent; color: {theme.accent}; text-align: left; padding: 4px; }}
    QPushButton[flat="true"]:focus {{ border: 1px solid {theme.accent}; }}
    QListWidget#places {{ background: {theme.ground}; border: none; border-right: 1px solid {theme.line}; border-radius: 0; }}
    QListWidget#places:focus {{ border: 2px solid {theme.accent}; }}
    QListWidget#places::item {{ padding: 0 8px; border-left: 3px solid transparent; }}
    QListWidget#places::item:selected {{ background: {theme.paper}; color: {theme.ink}; border-left: 3px solid {theme.accent}; }}
    QTableView {{ gridline-color: transparent; }}
    QTableView::item {{ padding: 3px 6px; }}
    QHeaderView::section {{ background: {theme.ground}; border: none; border-bottom: 1px solid {theme.line}; padding: 5px 6px; color: {theme.soft}; }}
    QCheckBox::indicator:unchecked, QListWidget::indicator:unchecked {{
        width: 13px; height: 13px; background: {theme.paper}; border: 1px solid {theme.soft}; border-radius: 2px;
    }}
    QTabBar::tab {{ padding: 6px 16px; border: 2px solid transparent; border-bottom-color: {theme.line}; }}
    QTabBar::tab:selected {{ color: {theme.accent}; border-bottom-color: {theme.accent}; }}
    QTabBar::tab:selected:focus {{ border: 2px solid {theme.accent}; border-radius: 3px; }}
    QLabel[role="title"] {{ font-size: {17 * scale:.1f}pt; font-weight: 600; color: {theme.accent}; }}
    QLabel[role="heading"] {{ font-size: {12 * scale:.1f}pt; font-weight: 600; margin-top: 10px; }}
    QLabel[role="soft"] {{ color: {theme.soft}; }}
    QLabel[role="label"] {{ color: {theme.soft}; }}
    QLabel[role="code"] {{ font-family: "Noto Sans Mono", monospace; font-size: {22 * scale:.1f}pt; font-weight: 600; }}
    QLabel[role="done"] {{ color: {theme.accent}; font-weight: 600; }}
    QLabel[role="warning"] {{ color: {theme.warning}; font-weight: 600; }}
    QLabel[role="fault"] {{ color: {theme.fault}; font-weight: 600; }}
    QWidget#draft {{ background: {theme.draft}; }}
    QStatusBar {{ background: {theme.ground}; border-top: 1px solid {theme.line}; }}
    QProgressBar {{ border: 1px solid {theme.line}; border-radius: 3px; text-align: center; background: {theme.paper}; color: {theme.ink}; }}
    QProgressBar::chunk {{ background: {theme.accent}; }}
    """


@cache
def icon(name: str) -> QIcon:
    """Return one of the program's SVG icons, drawn in the text colour of the current theme."""
    svg = resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", colours().ink.encode("ascii"))
    renderer = QSvgRenderer(QByteArray(svg))
    result = QIcon()
    for size in (16, 24, 32, 48, 64):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        result.addPixmap(pixmap)
    return result
