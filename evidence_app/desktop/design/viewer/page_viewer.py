"""Viewer for the pages of a PDF: one page at a time, with zoom, a field for the page, thumbnails and search."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPalette, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from evidence_app.desktop.design import tokens
from evidence_app.desktop.design.viewer.page_view import PageView
from evidence_app.desktop.design.viewer.thumbnails import Thumbnails
from evidence_app.desktop.design.widgets import Choices, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.services.bundles.previewing import PagePixels, PdfPages

STEP: Final = 1.25
"""Factor of one step of the zoom."""
MIN_ZOOM: Final = 0.25
MAX_ZOOM: Final = 6.0
"""Smallest and largest zoom, where 1 is the size on paper."""
MAX_DPI: Final = 400.0
"""Highest resolution at which a page is drawn, in dots per inch."""
MAX_WORDS: Final = 20_000
"""Longest text of a page that is given to screen readers, in characters."""
FIT_PAGE: Final = "Whole page"
FIT_WIDTH: Final = "Width"
BARS: Final = {
    FIT_PAGE: (Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOff),
    FIT_WIDTH: (Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn),
}
"""Which scroll bars a fitted page has, across and down; any other size has those that it needs."""
PERCENTS: Final = (50, 75, 100, 125, 150, 200, 300, 400)
"""Sizes that are offered, in per cent of the size on paper."""
THUMBNAILS_FROM: Final = 620
"""Width of the viewer in pixels from which the thumbnails have room."""
MARGIN: Final = 8
"""Pixels round the page."""
Shown = tuple[PagePixels, str, int]
"""A drawn page, its words, and its number from 0."""


class PageViewer(QWidget):
    """Shows pages. `page_shown` gives the number of the page that is on the screen, from 0, after it was drawn."""

    page_shown = Signal(int)
    failed = Signal(str)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._pages: PdfPages | None = None
        self._size = (595.0, 842.0)
        self._zoom = 1.0
        self._fit = FIT_PAGE
        self._at_end = False
        self.page = 0
        self.view = PageView()
        self.room = QScrollArea()
        self.room.setWidget(self.view)
        self.room.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.room.setBackgroundRole(QPalette.ColorRole.AlternateBase)
        self.room.viewport().installEventFilter(self)
        self.thumbnails = Thumbnails(runner)
        self.thumbnails.chosen.connect(self.go_to)
        self.back, self.on = (
            _tool("‹", tr("Previous page"), lambda: self.turn(-1)),
            _tool("›", tr("Next page"), lambda: self.turn(1)),
        )
        self.number, self.total, self.said = (
            QLineEdit(),
            label("", "soft", wrap=False),
            label("", "caption", wrap=False),
        )
        self.search, self.sizes = QLineEdit(), Choices(name=tr("Size of the page"))
        self._build_tools()
        self._arrange()
        self._redraw = QTimer(self, singleShot=True, interval=90)
        self._redraw.timeout.connect(self._draw)
        self.view.turned.connect(self.turn)
        self.view.marked.connect(self._follow)
        self.view.zoom_asked.connect(lambda step: self.zoom(STEP if step > 0 else 1 / STEP))
        self.show_pages(None)

    def _build_tools(self) -> None:
        self.number.setFixedWidth(self.fontMetrics().averageCharWidth() * 7)
        self.number.setAccessibleName(tr("Page"))
        self.number.editingFinished.connect(self._go_to_typed)
        self.sizes.addItem(tr(FIT_PAGE), FIT_PAGE)
        self.sizes.addItem(tr(FIT_WIDTH), FIT_WIDTH)
        for percent in PERCENTS:
            self.sizes.addItem(f"{percent} %", percent)
        self.sizes.setMinimumContentsLength(len(FIT_PAGE) + 2)
        self.sizes.activated.connect(lambda _: self._choose_size())
        self.smaller = _tool("−", tr("Smaller"), lambda: self.zoom(1 / STEP))
        self.larger = _tool("+", tr("Larger"), lambda: self.zoom(STEP))
        self.search.setPlaceholderText(tr("Find on the pages"))
        self.search.setAccessibleName(tr("Find on the pages"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(self.fontMetrics().averageCharWidth() * 22)
        self.search.returnPressed.connect(self._find_next)
        for keys, action in (
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), lambda: self.zoom(STEP)),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), lambda: self.zoom(1 / STEP)),
            (QKeySequence("Ctrl+0"), lambda: self._fit_to(FIT_PAGE)),
            (QKeySequence(QKeySequence.StandardKey.Find), self.search.setFocus),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.SPACE_XS)
        column.addWidget(row(self.back, self.on, self.number, self.total, None, self.smaller, self.sizes, self.larger))
        pages = QHBoxLayout()
        pages.setSpacing(tokens.SPACE_S)
        pages.addWidget(self.thumbnails)
        pages.addWidget(self.room, 1)
        column.addLayout(pages, 1)
        column.addWidget(row(self.search, self.said, None))

    # Pages

    def show_pages(self, pages: PdfPages | None, page: int = 0) -> None:
        """Show the pages of a file from a page on, counted from 0; None clears the viewer."""
        self._pages = pages
        self.page = min(max(0, page), pages.count - 1) if pages is not None else 0
        self.thumbnails.show_pages(pages)
        self.said.setText("")
        for each in (self.number, self.sizes, self.smaller, self.larger, self.search):
            each.setEnabled(pages is not None)
        self._show_number()
        if pages is not None:
            self._draw()

    def show_words(self, words: str) -> None:
        """Show a sentence in place of a page."""
        self.show_pages(None)
        self.view.show_words(words)
        self.view.setFixedSize(self.room.viewport().size())

    def turn(self, step: int) -> None:
        """Turn by a number of pages, within the file."""
        self.go_to(self.page + step)

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0, or the nearest that there is."""
        if self._pages is None:
            return
        page = min(max(0, page), self._pages.count - 1)
        if page != self.page:
            self.said.setText("")
            self.page = page
            self._show_number()
            self._draw()

    def _go_to_typed(self) -> None:
        text = self.number.text().strip()
        if text.isdigit():
            self.go_to(int(text) - 1)
        self._show_number()

    def _show_number(self) -> None:
        count = self._pages.count if self._pages is not None else 0
        self.number.setText(str(self.page + 1) if count else "")
        self.total.setText(tr("of {}", count) if count else "")
        self.back.setEnabled(self.page > 0)
        self.on.setEnabled(self.page + 1 < count)
        self.thumbnails.mark(self.page)

    # Size

    def zoom(self, by: float) -> None:
        """Multiply the size by a factor, between `MIN_ZOOM` and `MAX_ZOOM`."""
        self._fit = ""
        self._zoom = min(MAX_ZOOM, max(MIN_ZOOM, self._zoom * by))
        self._lay_out()

    def _fit_to(self, fit: str) -> None:
        self._fit = fit
        self._lay_out()

    def _choose_size(self) -> None:
        chosen = self.sizes.currentData()
        if isinstance(chosen, int):
            self._fit, self._zoom = "", chosen / 100
        else:
            self._fit = str(chosen)
        self._lay_out()

    def _lay_out(self) -> None:
        """Give the page the size that is asked for, and draw it again in that resolution."""
        if self._pages is None:
            self.view.setFixedSize(self.room.viewport().size())
            return
        # A bar that came and went with the size that it changes would never come to rest.
        across_policy, down_policy = BARS.get(self._fit, (Qt.ScrollBarPolicy.ScrollBarAsNeeded,) * 2)
        self.room.setHorizontalScrollBarPolicy(across_policy)
        self.room.setVerticalScrollBarPolicy(down_policy)
        width, height = (side * self.logicalDpiX() / 72 for side in self._size)
        visible = self.room.viewport().size()
        across, down = (visible.width() - 2 * MARGIN) / width, (visible.height() - 2 * MARGIN) / height
        if self._fit == FIT_PAGE:
            self._zoom = max(0.05, min(across, down))
        elif self._fit == FIT_WIDTH:
            self._zoom = max(0.05, across)
        self.view.setFixedSize(QSize(int(width * self._zoom) + 2 * MARGIN, int(height * self._zoom) + 2 * MARGIN))
        self._show_size()
        self._redraw.start()

    def _show_size(self) -> None:
        """Show the size in the choice: what it is fitted to, or its per cent, which may be none of those that are offered."""
        place = self.sizes.findData(self._fit or round(self._zoom * 100))
        if place < 0:
            while self.sizes.count() > len(PERCENTS) + 2:
                self.sizes.removeItem(self.sizes.count() - 1)
            self.sizes.addItem(f"{self._zoom * 100:.0f} %", round(self._zoom * 100))
            place = self.sizes.count() - 1
        self.sizes.setCurrentIndex(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new size, and show the thumbnails where they have room."""
        super().resizeEvent(event)
        self.thumbnails.setVisible(event.size().width() >= THUMBNAILS_FROM)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fit the page when its room changes; turn the page with the wheel at its end, and zoom with Ctrl."""
        # It is installed on the viewport alone. By its sort first: at the end of the program other events come when the room is gone,
        # and an exception in a filter then takes the process down.
        if event.type() == QEvent.Type.Resize:
            self._lay_out()
        elif isinstance(event, QWheelEvent) and self._wheel(event):
            return True
        return super().eventFilter(watched, event)

    def _wheel(self, event: QWheelEvent) -> bool:
        """Take a turn of the wheel, unless it scrolls within the page."""
        down = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_at(event.position().toPoint(), STEP if down > 0 else 1 / STEP)
            return True
        bar = self.room.verticalScrollBar()
        if down < 0 and bar.value() >= bar.maximum():
            self.turn(1)
            bar.setValue(0)
            return True
        if down > 0 and bar.value() <= bar.minimum():
            self._at_end = self.page > 0
            self.turn(-1)
            return True
        return False

    def _zoom_at(self, point: QPoint, by: float) -> None:
        """Zoom so that what is under the pointer stays there."""
        before, bars = self._zoom, (self.room.horizontalScrollBar(), self.room.verticalScrollBar())
        places = [bar.value() + side for bar, side in zip(bars, (point.x(), point.y()), strict=True)]
        self.zoom(by)
        for bar, place, side in zip(bars, places, (point.x(), point.y()), strict=True):
            bar.setValue(round(place * self._zoom / before) - side)

    def _follow(self, area: QRect) -> None:
        """Scroll so that an area that is being marked by keys is in sight, its lower right corner first."""
        for point in (area.topLeft(), area.bottomRight()):
            self.room.ensureVisible(point.x(), point.y(), tokens.SPACE_XL, tokens.SPACE_XL)

    # Drawing

    def _draw(self) -> None:
        """Draw the page in the resolution of the screen, in the long lane, because PDFium knows no threads."""
        pages, number = self._pages, self.page
        if pages is None:
            return
        dpi = min(MAX_DPI, self.logicalDpiX() * self._zoom * self.devicePixelRatioF())

        def work() -> tuple[Shown, tuple[float, float]]:
            shown = pages.picture(number, max(20.0, dpi)), pages.words(number)[:MAX_WORDS], number
            return shown, pages.size(number)

        def drawn(result: tuple[Shown, tuple[float, float]]) -> None:
            (picture, words, page), size = result
            if pages is self._pages and page == self.page:
                self._drawn(picture, words, size)

        self._runner.run(work, drawn, self.failed.emit, owner=self, lane=Lane.LONG)

    def _drawn(self, picture: PagePixels, words: str, size: tuple[float, float]) -> None:
        if size != self._size:
            # A page of another shape: it is laid out anew, and drawn once more if that changed its resolution.
            self._size = size
            self._lay_out()
        elif self.view.width() <= 2 * MARGIN:
            self._lay_out()
        self.view.show_picture(picture, words or tr("A page without words that can be read out"))
        if self._at_end:
            self._at_end = False
            self.room.verticalScrollBar().setValue(self.room.verticalScrollBar().maximum())
        self.page_shown.emit(self.page)

    # Finding

    def _find_next(self) -> None:
        """Show the next page that has the words, from the one after this on, and from the first again after the last."""
        pages, words, start = self._pages, " ".join(self.search.text().casefold().split()), self.page
        if pages is None or not words:
            return

        def work() -> int:
            order = [*range(start + 1, pages.count), *range(start + 1)]
            return next((each for each in order if words in " ".join(pages.words(each).casefold().split())), -1)

        def found(page: int) -> None:
            if pages is self._pages:
                self.go_to(page if page >= 0 else start)
                self.said.setText(tr("On page {}.", page + 1) if page >= 0 else tr("On no page."))

        self._runner.run(work, found, self.failed.emit, owner=self, lane=Lane.LONG)


def _tool(sign: str, name: str, action: Callable[[], None]) -> QPushButton:
    """Return a narrow button with a sign; its name is what a screen reader says, and a tip."""
    tool = button(sign, action)
    tool.setAccessibleName(name)
    tool.setToolTip(name)
    tool.setFixedWidth(36)
    return tool
