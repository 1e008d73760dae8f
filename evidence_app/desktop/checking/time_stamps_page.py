"""Time-stamps page: trusted authorities (RFC 3161), their latest stamps, and requests by file or over the network."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from evidence_app.desktop.design.dialogs import FormDialog, line, plain
from evidence_app.desktop.design.lists.tables import make_list
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.errors import EvidenceError
from evidence_app.files import read_small, write_whole
from evidence_app.services.attestation import bundle_stamps, time_stamps
from evidence_app.services.attestation.bundle_stamps import StampedBundle
from evidence_app.services.attestation.time_stamps import MAX_NAME_LENGTH, Authority, Standing
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.records.reading import log_size

MAX_FILE_BYTES: Final = 1024 * 1024
"""Largest response or certificate file that is read."""
WHAT: Final = (
    "An authority that you trust says when it saw the head of your log: a hash, no word of any record. Save the request, carry it to a machine "
    "that reaches the authority, and take its answer in; or ask directly, if that is switched on in the settings. The file of a bundle can be "
    "stamped too: then the stamp is in the file, for whoever gets it."
)
Seen = tuple[list[Standing], int, str, bool]
"""Data of the page: the authorities, the size of the log, advice, and whether network use is allowed."""


def look(session: Session) -> Seen:
    """Read the data of the page."""
    network = load_settings(session).time_stamps_over_network
    return time_stamps.standings(session), log_size(session), time_stamps.advice(session), network


class AddAuthority(FormDialog):
    """Form for a new authority: its name and, optionally, its address. `certificates` is the chosen file."""

    def __init__(self, parent: QWidget, certificates: Path) -> None:
        self.name, self.address = line(MAX_NAME_LENGTH), line(MAX_LINE_LENGTH)
        self.address.setPlaceholderText(tr("http://…, or empty: by file alone"))
        fields = {"Name": self.name, "Address": self.address}
        super().__init__(parent, tr("An authority"), fields, tr("Trust it"), self._error)
        self.message.say(tr("Its certificates: {}", certificates.name))

    def _error(self) -> str:
        return "" if plain(self.name) else tr("Give it a name.")


class TimeStampsPage(QWidget):
    """List of authorities with their stamps, and what is to be stamped: the log's head, or the file of a bundle.

    `changed`: something was sealed or trusted; `left`: the page was closed.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._standings: list[Standing] = []
        self._network = False
        self._bundle: Path | None = None
        self.message = Message()
        self.subject = label("", "section")
        self.choose = button(tr("Stamp a bundle…"), self._choose_bundle)
        self.log = button(tr("Stamp the log"), lambda: self.stamp_bundle(None))
        self.items = make_list(tr("Time-stamping authorities"))
        self.advice = label("", "soft")
        self.save = button(tr("Save a request…"), self._save)
        self.send = button(tr("Ask directly"), self._send)
        self.take = button(tr("Take in an answer…"), self._choose_response, main=True)
        self.add = button(tr("Add an authority…"), self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(label(tr("Time stamps"), "title"))
        column.addWidget(label(tr(WHAT), "soft"))
        column.addWidget(self.items, 1)
        column.addWidget(self.advice)
        column.addWidget(row(self.subject, self.choose, self.log, None))
        column.addWidget(row(self.save, self.take, self.send, self.add, None, button(tr("Close"), self.left.emit)))
        column.addWidget(self.message)
        self.items.currentRowChanged.connect(lambda _: self._offer())
        self.stamp_bundle(None)

    def stamp_bundle(self, path: Path | None) -> None:
        """Make the file of a bundle what is stamped; None makes it the log."""
        self._bundle = path
        self.subject.setText(
            tr("To be stamped: {}", path.name) if path is not None else tr("To be stamped: the head of the log")
        )
        self.log.setVisible(path is not None)
        self._offer()

    def _choose_bundle(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Stamp a bundle"), "", tr("Bundles (*.pdf)"))
        if chosen:
            self.stamp_bundle(Path(chosen))

    def load(self) -> None:
        """Load the data of the page."""
        self._runner.call(look, self._show, self.message.fault, owner=self)

    def _show(self, seen: Seen) -> None:
        chosen = self.chosen()
        self._standings, size, advice, self._network = seen
        self.items.clear()
        for standing in self._standings:
            self.items.addItem(
                f"{tr_value(standing.in_words(size))}\n"
                + tr("Root certificate: {}", _grouped(standing.authority.root_sha256))
            )
        self.advice.setText(advice)
        names = [standing.authority.name for standing in self._standings]
        row_number = names.index(chosen.name) if chosen is not None and chosen.name in names else 0
        self.items.setCurrentRow(row_number if names else -1)
        self._offer()

    def chosen(self) -> Authority | None:
        """Return the selected authority, or None."""
        row_number = self.items.currentRow()
        return self._standings[row_number].authority if 0 <= row_number < len(self._standings) else None

    def _offer(self) -> None:
        authority = self.chosen()
        self.save.setEnabled(authority is not None)
        self.take.setEnabled(authority is not None)
        self.send.setEnabled(authority is not None and bool(authority.address) and self._network)
        self.send.setToolTip("" if self._network else tr("It is switched off in the settings."))

    def _save(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Save a request"), "request.tsq", tr("Requests (*.tsq)"))
        if chosen:
            self.save_to(Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.tsq"))

    def save_to(self, path: Path) -> None:
        """Write a time-stamp request (RFC 3161, DER) for the selected authority to a file."""
        authority, bundle = self.chosen(), self._bundle
        if authority is None:
            return

        def work(session: Session) -> None:
            if bundle is None:
                request = time_stamps.ask(session, authority)
            else:
                request = bundle_stamps.ask_for_bundle(session, authority, bundle)
            write_whole(path, request.content)

        self._runner.call(work, lambda _: self._done(tr("Saved as {}.", path.name)), self.message.fault, owner=self)

    def _choose_response(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Take in an answer"), "", tr("Answers (*.tsr);;All files (*)"))
        if chosen:
            self.take_from(Path(chosen))

    def take_from(self, path: Path) -> None:
        """Verify a time-stamp response from a file, and seal it; one over a bundle is put into its file."""

        def work(session: Session) -> StampedBundle | None:
            untrusted = read_small(path, what=tr("The file"), limit=MAX_FILE_BYTES)
            if bundle_stamps.is_for_bundle(session, untrusted):
                return bundle_stamps.take_for_bundle(session, untrusted)
            time_stamps.take_answer(session, untrusted)
            return None

        self._runner.call(work, self._taken, self.message.fault, owner=self)

    def _taken(self, made: StampedBundle | None) -> None:
        said = tr("The time stamp holds, and is sealed.") if made is None else tr_value(made.in_words())
        self._done(" ".join((said, *(made.warnings if made is not None else ()))))

    def _send(self) -> None:
        authority, bundle = self.chosen(), self._bundle
        if authority is None:
            return
        self.send.setEnabled(False)
        self.message.say(tr("Asking…"))

        def work(session: Session) -> StampedBundle | None:
            if bundle is not None:
                return bundle_stamps.stamp_over_network(session, authority.name, bundle)
            time_stamps.ask_over_network(session, authority)
            return None

        self._runner.call_aside(work, self._taken, self._refused, owner=self)

    def _refused(self, sentence: str) -> None:
        self._offer()
        self.message.fault(sentence)

    def _add(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("The authority's certificates, the root among them"),
            "",
            tr("Certificates (*.pem *.crt *.cer);;All files (*)"),
        )
        if chosen:
            self.add_from(Path(chosen))

    def add_from(self, path: Path) -> None:
        """Open the form for the authority whose PEM certificates a file contains, and trust it once accepted."""
        try:
            pem = read_small(path, what=tr("The file"), limit=MAX_FILE_BYTES).decode("utf-8-sig")
        except EvidenceError as error:
            self.message.fault(error.sentence)
            return
        except UnicodeDecodeError:
            self.message.fault(tr("{} is no text: certificates in PEM are needed.", path.name))
            return
        dialog = AddAuthority(self, path)
        dialog.accepted.connect(lambda: self._trust(dialog, pem))
        dialog.rejected.connect(dialog.deleteLater)
        dialog.open()

    def _trust(self, dialog: AddAuthority, pem: str) -> None:
        name, address = plain(dialog.name), plain(dialog.address)

        def done(_: object) -> None:
            dialog.deleteLater()
            self._done(tr("{} is trusted. Compare its root certificate with what it publishes.", name))

        self._runner.call(
            lambda session: time_stamps.add_authority(session, name, pem, address), done, dialog.ask_again, owner=self
        )

    def _done(self, words: str) -> None:
        self.message.done(words)
        self.changed.emit()
        self.load()

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._standings = []
        self.stamp_bundle(None)
        self.items.clear()
        self.advice.setText("")
        self.message.say("")


def _grouped(fingerprint: str) -> str:
    """Return a hexadecimal fingerprint in groups of eight, for comparison by eye and for line breaks."""
    return " ".join(fingerprint[offset : offset + 8] for offset in range(0, len(fingerprint), 8))
