"""Live preview of a plan: rebuilt in the background after every change, and shown one page at a time."""

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from evidence_app.desktop.design.viewer.page_view import Area
from evidence_app.desktop.design.viewer.page_viewer import PageViewer
from evidence_app.desktop.design.widgets import Message, label
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.system.background_runner import BackgroundRunner, Cancel
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.preview import PictureOf, Preview, record_anchor
from evidence_app.domain.plan.saved_plan import SavedPlan
from evidence_app.domain.record.records import RecordKey
from evidence_app.services.bundles.previewing import PdfPages, preview_plan
from evidence_app.services.core.session import Session

LATER: Final = 700
"""Milliseconds after the last change at which the preview is rebuilt."""


class PreviewPanel(QWidget):
    """Pages of a plan. `area_drawn` gives the `PictureOf` an exhibit's page and the area marked on it, `made` the pages made anew."""

    area_drawn = Signal(object, tuple)
    made = Signal(object)

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._plan: SavedPlan | None = None
        self._made: Preview | None = None
        self._made_of: SavedPlan | None = None
        self._cancel: Cancel | None = None
        self._wanted: RecordKey | str | None = None
        self.viewer = PageViewer(runner)
        self.view, self.message, self.where = self.viewer.view, Message(), label("", "soft")
        self.bar = WorkBar()
        self.bar.setAccessibleName(tr("Making the preview"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.where)
        column.addWidget(self.viewer, 1)
        column.addWidget(self.bar)
        column.addWidget(self.message)
        self._soon = QTimer(self, singleShot=True, interval=LATER)
        self._soon.timeout.connect(self._make)
        self.viewer.page_shown.connect(self._shown)
        self.view.drawn.connect(self._drawn)

    @property
    def ready(self) -> bool:
        """True if the preview shows the current plan, and no rebuild is running."""
        return self._made is not None and self._made_of == self._plan and self._cancel is None

    def show_plan(self, plan: SavedPlan | None) -> None:
        """Schedule a preview of a plan. A running rebuild is cancelled; the pages of a different plan are removed at once."""
        if plan is None or self._plan is None or plan.name != self._plan.name:
            self._discard_pages()
            self.viewer.show_words(
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
        """Rebuild the preview, because data that it depends on (such as a profile) has changed."""
        self.show_plan(self._plan)

    def go_to(self, document: RecordKey | str) -> None:
        """Show the page on which a record or an exhibit (by its digest) begins."""
        if self._made is None:
            self._wanted = document
        else:
            self.viewer.go_to(self._page_of(self._made, document))

    def _page_of(self, made: Preview, document: RecordKey | str | None) -> int:
        if document is None:
            return self.viewer.page
        key = made.exhibits.get(document, "") if isinstance(document, str) else record_anchor(document)
        return min(made.numbers.get(key, self.viewer.page + 1), made.pages) - 1

    def wipe(self) -> None:
        """Cancel a rebuild, and clear the pages from screen and memory, because the store is being locked."""
        self._soon.stop()
        if self._cancel is not None:
            self._cancel.wish()
        self._plan = None
        self._end_work()
        self._discard_pages()
        self.viewer.show_words("")
        self.message.say("")

    def _discard_pages(self) -> None:
        self._made, self._made_of = None, None
        self.view.drawing_allowed = False
        self.where.setText("")

    def _make(self) -> None:
        plan = self._plan
        if plan is None:
            return
        cancel = self._cancel = Cancel()
        self.bar.setVisible(True)

        def work(session: Session) -> tuple[Preview, PdfPages]:
            preview = preview_plan(session, plan, lambda *_: None, cancel)
            return preview, PdfPages(preview.content)

        def failed(sentence: str) -> None:
            if cancel is self._cancel:
                self._failed(sentence)

        self._runner.call_aside(
            work, lambda result: self._finished(cancel, plan, result), failed, lambda: self._stopped(cancel), owner=self
        )

    def _finished(self, cancel: Cancel, plan: SavedPlan, result: tuple[Preview, PdfPages]) -> None:
        preview, pages = result
        # Discard the result of a rebuild that was cancelled or replaced, or whose plan was changed meanwhile.
        if cancel is not self._cancel or cancel() or plan != self._plan:
            self._stopped(cancel)
            return
        wanted_document, self._wanted = self._wanted, None
        self._end_work()
        self._discard_pages()
        self._warn_of_missed(preview, plan)
        self._made, self._made_of = preview, plan
        self.viewer.show_pages(pages, self._page_of(preview, wanted_document))
        self.made.emit(pages)

    def page_of(self, exhibit: str) -> int:
        """Return the page on which an exhibit (its SHA-256) begins, from 0; -1 where it is not in the preview."""
        made = self._made
        return made.numbers.get(made.exhibits.get(exhibit, ""), 0) - 1 if made is not None else -1

    def _warn_of_missed(self, preview: Preview, plan: SavedPlan) -> None:
        """Warn of redactions that match nothing, because the user believes that something is hidden."""
        missed = [plan.redactions[number - 1] for number in preview.missed if number <= len(plan.redactions)]
        descriptions = ", ".join(
            f"“{redaction.words}”" if redaction.words else "an area or field" for redaction in missed[:3]
        )
        self.message.say(
            tr("To be withheld, and found nowhere in this bundle: {}.", descriptions) if missed else "", "warning"
        )

    def _failed(self, sentence: str) -> None:
        self._end_work()
        self._discard_pages()
        self.message.fault(sentence)
        self.viewer.show_words(tr("No preview: the sentence below says why."))

    def _stopped(self, cancel: Cancel) -> None:
        if cancel is self._cancel:
            self._end_work()

    def _end_work(self) -> None:
        self._cancel = None
        self.bar.setVisible(False)

    def _shown(self, number: int) -> None:
        """Say what can be done with the page that is on the screen."""
        if self._made is not None:
            exhibit_picture = self._made.pictures.get(number)
            may_draw = tr(
                "Draw over what is to be withheld; or press Enter on the page, and move the area with the arrow keys."
            )
            self.where.setText(may_draw if exhibit_picture else "")
            self.view.drawing_allowed = exhibit_picture is not None

    def _drawn(self, area: Area) -> None:
        exhibit_picture = self._made.pictures.get(self.viewer.page) if self._made is not None else None
        if exhibit_picture is None:
            return
        exhibit_area = _area_of_exhibit(exhibit_picture, area)
        if exhibit_area is not None:
            self.area_drawn.emit(exhibit_picture, exhibit_area)


def _area_of_exhibit(exhibit_picture: PictureOf, area: Area) -> Area | None:
    """Convert an area of a bundle page to fractions of the exhibit page printed on it, clipped; None if they do not overlap."""
    left, top, right, bottom = exhibit_picture.area
    width, height = max(1e-6, right - left), max(1e-6, bottom - top)
    fractions = tuple(
        round(min(1.0, max(0.0, value)), 4)
        for value in (
            (area[0] - left) / width,
            (area[1] - top) / height,
            (area[2] - left) / width,
            (area[3] - top) / height,
        )
    )
    return (
        (fractions[0], fractions[1], fractions[2], fractions[3])
        if fractions[0] < fractions[2] and fractions[1] < fractions[3]
        else None
    )
