"""What can be done with a bundle that was just made."""

from pathlib import Path

from PySide6.QtCore import Signal

from evidence_app.desktop.design.made_file import MadeFile
from evidence_app.desktop.system.language import tr


class MadeBundle(MadeFile):
    """Row of buttons. `verify_asked` and `print_asked` give the file."""

    verify_asked = Signal(object)
    print_asked = Signal(object)

    def __init__(self) -> None:
        # A signal is there only when its object is: hence no bound methods of one.
        more = {
            tr("Verify it"): lambda path: self.verify_asked.emit(path),
            tr("Print it…"): lambda path: self.print_asked.emit(path),
        }
        super().__init__(tr("Open it"), more)

    def offer(self, path: Path | None) -> None:
        """Offer a file; one that is encrypted for somebody else can only be shown in its folder."""
        super().offer(path)
        for each in (self.open, *self.more):
            each.setVisible(path is not None and path.suffix.lower() == ".pdf")
