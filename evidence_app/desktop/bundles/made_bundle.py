"""What can be done with a bundle that was just made."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal

from evidence_app.desktop.design.made_file import MadeFile
from evidence_app.desktop.system.language import tr
from evidence_app.errors import EvidenceError
from evidence_app.services.safekeeping.browser_verifier import FILE, write_verifier


class MadeBundle(MadeFile):
    """Row of buttons. `verify_asked`, `stamp_asked` and `print_asked` give the file."""

    verify_asked = Signal(object)
    stamp_asked = Signal(object)
    print_asked = Signal(object)

    def __init__(self) -> None:
        # A signal is there only when its object is: hence no bound methods of one.
        more: dict[str, Callable[[Path], None]] = {
            tr("Verify it"): lambda path: self.verify_asked.emit(path),
            tr("Print it…"): lambda path: self.print_asked.emit(path),
            tr("Put the verifier beside it"): self._put_verifier,
            tr("Time-stamp it…"): lambda path: self.stamp_asked.emit(path),
        }
        super().__init__(tr("Open it"), more)

    def _put_verifier(self, path: Path) -> None:
        """Write the verifier for browsers into the folder of the bundle, for whoever gets both and has not this program."""
        try:
            write_verifier(path.with_name(FILE))
        except EvidenceError as error:
            self.message.fault(error.sentence)
        else:
            self.message.done(tr("{} is beside it: hand over both. It checks the bundle in any browser.", FILE))

    def offer(self, path: Path | None) -> None:
        """Offer a file; one that is encrypted for somebody else can only be shown in its folder."""
        super().offer(path)
        for each in (self.open, *self.more):
            each.setVisible(path is not None and path.suffix.lower() == ".pdf")
