"""What stands beside a plan: its pages, and the review of what identifies somebody on them."""

from PySide6.QtWidgets import QTabWidget

from evidence_app.desktop.bundles.preview_panel import PreviewPanel
from evidence_app.desktop.bundles.review_page import ReviewPage
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.plan.saved_plan import SavedPlan


class PlanSide(QTabWidget):
    """Two tabs: the pages of a plan, and its review, which is made when it is looked at and again when the plan has changed."""

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self.preview, self.review = PreviewPanel(runner), ReviewPage(runner, chooses=False)
        self.setAccessibleName(tr("Beside the plan"))
        self.setDocumentMode(True)
        self.addTab(self.preview, tr("Pages"))
        self.addTab(self.review, tr("Review"))
        self._plan: SavedPlan | None = None
        self._reviewed: SavedPlan | None = None
        self.currentChanged.connect(lambda _: self._look())
        self.preview.made.connect(lambda _: self._look())
        self.review.decided.connect(self.preview.again)

    def show_plan(self, plan: SavedPlan | None) -> None:
        """Show a plan; its review follows when its pages are made."""
        self._plan = plan
        self.preview.show_plan(plan)
        if plan is None:
            self._reviewed = None
            self.review.wipe()

    def wipe(self) -> None:
        """Clear both, because the store is being locked."""
        self._plan, self._reviewed = None, None
        self.preview.wipe()
        self.review.wipe()

    def _look(self) -> None:
        if self.currentWidget() is self.review and self._plan is not None and self._plan != self._reviewed:
            self._reviewed = self._plan
            self.review.look_through(self._plan)
