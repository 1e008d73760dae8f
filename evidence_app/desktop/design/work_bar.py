"""Progress bar of work in the background. Its place is kept free, so that nothing moves under the mouse when it comes and goes."""

from PySide6.QtWidgets import QProgressBar, QWidget

from evidence_app.desktop.system.language import tr


def keep_place(widget: QWidget) -> None:
    """Keep the place of a widget free in its layout while it is hidden."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)


class WorkBar(QProgressBar):
    """Hidden while nothing runs; without a known total it shows that something is done, and not how much."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setAccessibleName(tr("Progress"))
        self.setFixedHeight(10)
        keep_place(self)
        self.setVisible(False)
        self.setRange(0, 0)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the work is, of a total in any unit; a total of 0 or 1 is not known."""
        self.setRange(0, max(total, 1) if total > 1 else 0)
        self.setValue(done)
