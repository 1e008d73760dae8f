"""Time stamps: which authorities are trusted, how it stands with each, and asking them by file or directly."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from evidence_app.desktop.design.dialogs import FormDialog, line, plain
from evidence_app.desktop.design.tables import make_list
from evidence_app.desktop.design.widgets import Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr
from evidence_app.domain.record.fields import MAX_LINE_LENGTH
from evidence_app.errors import EvidenceError
from evidence_app.files import read_small, write_whole
from evidence_app.services.attestation import time_stamps
from evidence_app.services.attestation.time_stamps import MAX_NAME_LENGTH, Authority, Standing
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import load_settings
from evidence_app.services.records.reading import log_size

MAX_FILE_BYTES: Final = 1024 * 1024
WHAT: Final = (
    "An authority that you trust says when it saw the head of your log: a hash, no word of any record. Save the request, carry it to a machine "
    "that reaches the authority, and take its answer in; or ask directly, if that is switched on in the settings."
)
Seen = tuple[list[Standing], int, str, bool]


def look(session: Session) -> Seen:
    """Read what the page shows: the authorities, the size of the log, advice, and whether the network may be used."""
    network = load_settings(session).time_stamps_over_network
    return time_stamps.standings(session), log_size(session), time_stamps.advice(session), network


class AddAuthority(FormDialog):
    """Ask for an authority's name, its certificates, and where it answers."""

    def __init__(self, parent: QWidget, certificates: Path) -> None:
        self.name, self.address = line(MAX_NAME_LENGTH), line(MAX_LINE_LENGTH)
        self.address.setPlaceholderText(tr("http://…, or empty: by file alone"))
        fields = {"Name": self.name, "Address": self.address}
        super().__init__(parent, tr("An authority"), fields, tr("Trust it"), self._missing)
        self.message.say(tr("Its certificates: {}", certificates.name))

    def _missing(self) -> str:
        return "" if plain(self.name) else tr("Give it a name.")


class TimeStampsPage(QWidget):
    """A list of authorities, with what each has stamped."""

    changed = Signal()
    left = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._found: list[Standing] = []
        self._network = False
        self.message = Message()
        self.items = make_list(tr("Time-stamping authorities"))
        self.advice = label("", "soft")
        self.save = button(tr("Save a request…"), self._save)
        self.send = button(tr("Ask directly"), self._send)
        self.take = button(tr("Take in an answer…"), self._take, main=True)
        self.add = button(tr("Add an authority…"), self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(label(tr("Time stamps"), "title"))
        column.addWidget(label(tr(WHAT), "soft"))
        column.addWidget(self.items, 1)
        column.addWidget(self.advice)
        column.addWidget(row(self.save, self.take, self.send, self.add, None, button(tr("Close"), self.left.emit)))
        column.addWidget(self.message)
        self.items.currentRowChanged.connect(lambda _: self._offer())
        self._offer()

    def load(self) -> None:
        """Read how it stands."""
        self._runner.call(look, self._show, self.message.fault, owner=self)

    def _show(self, seen: Seen) -> None:
        chosen = self.chosen()
        self._found, size, advice, self._network = seen
        self.items.clear()
        for each in self._found:
            self.items.addItem(
                f"{each.in_words(size)}\n" + tr("Root certificate: {}", _in_groups(each.authority.root_sha256))
            )
        self.advice.setText(advice)
        names = [each.authority.name for each in self._found]
        place = names.index(chosen.name) if chosen is not None and chosen.name in names else 0
        self.items.setCurrentRow(place if names else -1)
        self._offer()

    def chosen(self) -> Authority | None:
        """Return the authority that is chosen."""
        place = self.items.currentRow()
        return self._found[place].authority if 0 <= place < len(self._found) else None

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
        """Write a request to the authority that is chosen to a file."""
        authority = self.chosen()
        if authority is None:
            return

        def work(session: Session) -> None:
            write_whole(path, time_stamps.ask(session, authority).content)

        self._runner.call(work, lambda _: self._done(tr("Saved as {}.", path.name)), self.message.fault, owner=self)

    def _take(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Take in an answer"), "", tr("Answers (*.tsr);;All files (*)"))
        if chosen:
            self.take_from(Path(chosen))

    def take_from(self, path: Path) -> None:
        """Take an answer in from a file."""

        def work(session: Session) -> None:
            time_stamps.take_answer(session, read_small(path, what=tr("The file"), limit=MAX_FILE_BYTES))

        self._runner.call(
            work, lambda _: self._done(tr("The time stamp holds, and is sealed.")), self.message.fault, owner=self
        )

    def _send(self) -> None:
        authority = self.chosen()
        if authority is None:
            return
        self.send.setEnabled(False)
        self.message.say(tr("Asking…"))
        self._runner.call_aside(
            lambda session: time_stamps.ask_over_network(session, authority),
            lambda _: self._done(tr("The time stamp holds, and is sealed.")),
            self._refused,
            owner=self,
        )

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
        """Ask for the name of the authority whose certificates a file holds, and trust it."""
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
        """Take everything off the screen."""
        self._found = []
        self.items.clear()
        self.advice.setText("")
        self.message.say("")


def _in_groups(fingerprint: str) -> str:
    """Return a fingerprint so that it can be compared by eye, and goes on in a new line."""
    return " ".join(fingerprint[place : place + 8] for place in range(0, len(fingerprint), 8))
