"""The live preview of a plan: made anew a moment after every change, one page at a time."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from evidence_app.desktop.design.page_view import Area, PageView
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel, Lane
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.preview import PictureOf, Preview, record_anchor
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.records import RecordKey
from evidence_app.services.bundles.previewing import PagePixels, PdfPages, preview_plan
from evidence_app.services.core.session import Session

LATER: Final = 700
"""Milliseconds after the last change at which the preview is made anew."""
MAX_DPI: Final = 150.0


class PreviewPanel(QWidget):
    """Pages of a plan. `area_drawn` says which exhibit's page, and which area of it, was marked with the mouse."""

    area_drawn = Signal(object, tuple)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._plan: SavedPlan | None = None
        self._made: Preview | None = None
        self._made_of: SavedPlan | None = None
        self._pages: PdfPages | None = None
        self._cancel: Cancel | None = None
        self._wanted: RecordKey | str | None = None
        self.page = 0
        self.view, self.message, self.where = PageView(), Message(), label("", "soft", wrap=False)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(tr("Making the preview"))
        self.bar.setVisible(False)
        self.back, self.on = (
            button(tr("Previous page"), lambda: self.turn(-1)),
            button(tr("Next page"), lambda: self.turn(1)),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(row(self.back, self.on, self.where, None))
        column.addWidget(self.view, 1)
        column.addWidget(self.bar)
        column.addWidget(self.message)
        self._soon = QTimer(self, singleShot=True, interval=LATER)
        self._soon.timeout.connect(self._make)
        self._redraw = QTimer(self, singleShot=True, interval=120)
        self._redraw.timeout.connect(self._show_page)
        self.view.turned.connect(self.turn)
        self.view.resized.connect(self._redraw.start)
        self.view.drawn.connect(self._drawn)

    @property
    def ready(self) -> bool:
        """Whether what is shown is the plan as it is now."""
        return self._made is not None and self._made_of == self._plan and self._cancel is None

    def show_plan(self, plan: SavedPlan | None) -> None:
        """Show a plan, a moment later; the one that is being made is stopped, and another plan's pages are taken off at once."""
        if plan is None or self._plan is None or plan.name != self._plan.name:
            self._let_go()
            self.view.show_words(
                tr("Choose a plan, or begin one.") if plan is None else tr("The pages are being made…")
            )
        self._plan = plan
        if self._cancel is not None:
            self._cancel.wish()
        if plan is None:
            self._soon.stop()
        else:
            self.where.setText(tr("Being made anew…"))
            self._soon.start()

    def again(self) -> None:
        """Make the pages anew, because something that they follow from has changed elsewhere."""
        self.show_plan(self._plan)

    def go_to(self, document: RecordKey | str) -> None:
        """Show the page on which a record or an exhibit (by its digest) begins."""
        if self._made is None:
            self._wanted = document
        else:
            self.page = self._page_of(self._made, document)
            self._show_page()

    def _page_of(self, made: Preview, document: RecordKey | str | None) -> int:
        if document is None:
            return self.page
        key = made.exhibits.get(document, "") if isinstance(document, str) else record_anchor(document)
        return min(made.numbers.get(key, self.page + 1), made.pages) - 1

    def turn(self, step: int) -> None:
        """Go so many pages on."""
        if self._made is not None:
            self.page = min(max(0, self.page + step), self._made.pages - 1)
            self._show_page()

    def wipe(self) -> None:
        """Take everything off the screen, and out of memory."""
        self._soon.stop()
        if self._cancel is not None:
            self._cancel.wish()
        self._plan = None
        self._end()
        self._let_go()
        self.view.show_words("")
        self.message.say("")

    def _let_go(self) -> None:
        self._pages, self._made, self._made_of, self.page = None, None, None, 0
        self.view.drawing_allowed = False
        self.where.setText("")

    def _make(self) -> None:
        plan = self._plan
        if plan is None:
            return
        cancel = self._cancel = Cancel()
        self.bar.setVisible(True)

        def work(session: Session) -> tuple[Preview, PdfPages]:
            made = preview_plan(session, plan, lambda *_: None, cancel)
            return made, PdfPages(made.content)

        def failed(sentence: str) -> None:
            if cancel is self._cancel:
                self._failed(sentence)

        self._runner.call_aside(
            work, lambda found: self._made_it(cancel, plan, found), failed, lambda: self._stopped(cancel), owner=self
        )

    def _made_it(self, cancel: Cancel, plan: SavedPlan, found: tuple[Preview, PdfPages]) -> None:
        made, pages = found
        if cancel is not self._cancel or cancel() or plan != self._plan:
            self._stopped(cancel)
            return
        page, wanted = self.page, self._wanted
        self._end()
        self._let_go()
        self._say_missed(made, plan)
        self._made, self._pages, self._made_of, self.page = made, pages, plan, min(page, made.pages - 1)
        if wanted is not None:
            self.page = self._page_of(made, wanted)
        self._wanted = None
        self._show_page()

    def _say_missed(self, made: Preview, plan: SavedPlan) -> None:
        """Say what is to be withheld and stands nowhere: somebody thinks that it is hidden."""
        missed = [plan.redactions[place - 1] for place in made.missed if place <= len(plan.redactions)]
        named = ", ".join(f"“{each.words}”" if each.words else "an area or field" for each in missed[:3])
        self.message.say(
            tr("To be withheld, and found nowhere in this bundle: {}.", named) if missed else "", "warning"
        )

    def _failed(self, sentence: str) -> None:
        self._end()
        self._let_go()
        self.message.fault(sentence)
        self.view.show_words(tr("No preview: the sentence below says why."))

    def _stopped(self, cancel: Cancel) -> None:
        if cancel is self._cancel:
            self._end()

    def _end(self) -> None:
        self._cancel = None
        self.bar.setVisible(False)

    def _show_page(self) -> None:
        made, pages, number = self._made, self._pages, self.page
        if made is None or pages is None:
            return
        self.back.setEnabled(number > 0)
        self.on.setEnabled(number < made.pages - 1)
        room = self.view.size() * self.view.devicePixelRatioF()

        def work() -> PagePixels:
            # PDFium knows no threads: whatever draws pages does it on one thread, aside.
            width, height = pages.size(number)
            dpi = min(MAX_DPI * 2, 72 * min(room.width() / width, room.height() / height))
            return pages.picture(number, max(20.0, dpi))

        def shown(picture: PagePixels) -> None:
            if pages is self._pages:
                self._shown(number, picture)

        self._runner.run(work, shown, lambda _: None, owner=self, lane=Lane.LONG)

    def _shown(self, number: int, picture: PagePixels) -> None:
        made = self._made
        if made is None or number != self.page:
            return
        place = made.pictures.get(number)
        words = f"Page {number + 1} of {made.pages}"
        self.where.setText(f"{words}{': draw over what is to be withheld' if place else ''}")
        self.view.drawing_allowed = place is not None
        self.view.show_picture(picture, words)

    def _drawn(self, area: Area) -> None:
        place = self._made.pictures.get(self.page) if self._made is not None else None
        if place is None:
            return
        inside = _within(place, area)
        if inside is not None:
            self.area_drawn.emit(place, inside)


def _within(place: PictureOf, area: Area) -> Area | None:
    """Return an area of a page as one of the exhibit's page that stands on it, or nothing where it lies beside it."""
    left, top, right, bottom = place.area
    width, height = max(1e-6, right - left), max(1e-6, bottom - top)
    found = tuple(
        round(min(1.0, max(0.0, value)), 4)
        for value in (
            (area[0] - left) / width,
            (area[1] - top) / height,
            (area[2] - left) / width,
            (area[3] - top) / height,
        )
    )
    return (found[0], found[1], found[2], found[3]) if found[0] < found[2] and found[1] < found[3] else None
