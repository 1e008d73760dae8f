"""The theme in force, its face, palette and style, and the icons in its colours."""

from functools import cache
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from evidence_app.desktop.design.drawing.style import PaperStyle
from evidence_app.desktop.design.tokens import CONTRAST, DARK, FACE, GOOD_FACES, LIGHT, MIN_POINTS, THEMES, Colours
from evidence_app.files import resource

FACES: Final = ("NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSansMono-Regular")
"""Fonts that are loaded where the system has no good face."""
_loaded_faces: list[int] = []
_styles: list[PaperStyle] = []
"""The style in force. Kept referenced: Qt owns it, and Python must not free what it still calls."""


WHOLE: Final = 100
"""Per cent of the system's size that text has where nobody chose another."""
_text_size: list[int] = [WHOLE]
_system_font: list[QFont] = []
"""The font of the system, which the size is a part of; empty until a theme was applied."""
_font_set: list[QFont] = []
"""The font that was set last, to be told from one that the system has."""
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
    """Set the face, the palette and the style of the application."""
    _choose_face(app)
    theme = colours()
    icon.cache_clear()
    # A new style each time: Qt then polishes every widget again, which gives the labels the colours of the theme.
    _styles[:] = [PaperStyle(theme)]
    app.setStyle(_styles[0])
    app.setPalette(_palette(theme))


def _palette(theme: Colours) -> QPalette:
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
        QPalette.ColorRole.Highlight: theme.selection,
        QPalette.ColorRole.HighlightedText: theme.ink,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Light: theme.paper,
        QPalette.ColorRole.Midlight: theme.hair,
        QPalette.ColorRole.Mid: theme.line,
        QPalette.ColorRole.Dark: theme.line,
        QPalette.ColorRole.Shadow: theme.line,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.soft))
    return palette


def load_faces() -> None:
    """Load the faces that the program carries, once."""
    if not _loaded_faces:
        _loaded_faces[:] = [QFontDatabase.addApplicationFont(str(resource(f"fonts/{name}.ttf"))) for name in FACES]


def choose_text_size(percent: int) -> None:
    """Choose how large text is, in per cent of the system's size; it has effect with `apply`."""
    _text_size[:] = [percent]


def text_size() -> int:
    """Return how large text is, in per cent of the system's size."""
    return _text_size[-1]


def _choose_face(app: QApplication) -> None:
    """Keep the system's face where it is a good one, else take that of the PDFs; and never a size that is hard to read."""
    if not _font_set or app.font() != _font_set[-1]:
        # Somebody else has set it: it is the system's font, and what was chosen is a part of it.
        _system_font[:] = [app.font()]
    font = QFont(_system_font[-1])
    good = QFontDatabase.families() and font.family().startswith(GOOD_FACES)
    if not good:
        load_faces()
        font.setFamily(FACE)
    if font.pointSizeF() < MIN_POINTS:
        font.setPointSizeF(MIN_POINTS)
    font.setPointSizeF(font.pointSizeF() * text_size() / WHOLE)
    app.setFont(font)
    _font_set[:] = [app.font()]


@cache
def icon(name: str, colour: str = "ink") -> QIcon:
    """Return one of the program's SVG icons, drawn in a colour of the current theme, by the name of its meaning."""
    drawn_in: str = getattr(colours(), colour)
    svg = resource(f"icons/{name}.svg").read_bytes().replace(b"currentColor", drawn_in.encode("ascii"))
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
