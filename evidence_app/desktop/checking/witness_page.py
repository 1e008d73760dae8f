"""Witness page: the owner's card, the cards of others, and countersigning by file, e-mail text or QR code."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from evidence_app.desktop.design.dialogs import FormDialog
from evidence_app.desktop.design.lists.tables import make_list
from evidence_app.desktop.design.share_text import ShareText
from evidence_app.desktop.design.widgets import Choices, Message, button, label, row
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.language import tr, tr_value
from evidence_app.domain.record.vocabularies import COMPARED
from evidence_app.errors import EvidenceError
from evidence_app.files import read_small
from evidence_app.services.attestation import cards, witnessing
from evidence_app.services.attestation.cards import KnownCard, OwnCard
from evidence_app.services.core.session import Session
from evidence_app.services.handover.exchange import Label, take_receipts, what_is

MAX_FILE_BYTES = 1_000_000
"""Largest file of a card, request or answer that is read."""
NOTHING = "Nobody has countersigned this log yet, and you have countersigned none."
WHAT = (
    "Whoever holds a log alone could write another. A witness, such as your union rep or a colleague, remembers how far "
    "it goes: they see none of your records."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """Data of the page: the owner's card or the reason why there is none, known cards, and countersignatures in words."""

    own: OwnCard | None
    why_none: str
    known: list[KnownCard]
    lines: list[str]


def look(session: Session) -> Seen:
    """Read the data of the page."""
    own, why_none = None, ""
    try:
        own = cards.own_card(session)
    except EvidenceError as error:
        why_none = error.sentence
    lines = [tr_value(each.in_words()) for each in reversed(witnessing.witnessed(session))]
    for owner, origin, size in witnessing.witnessed_logs(session):
        lines.append(tr("You countersigned the log of {} last at {} records.", owner or origin, size))
    return Seen(own, why_none, cards.known_cards(session), lines)


class Compare(FormDialog):
    """Form that asks how the eight words of a card were compared, before the card is imported."""

    def __init__(self, parent: QWidget, name: str, words: str) -> None:
        self.how = Choices(COMPARED, name=tr("Words compared"))
        super().__init__(parent, tr("The card of {}", name), {"Words compared": self.how}, tr("Take it in"), lambda: "")
        self.message.say(tr("Call {} and let them read their eight words to you. Here they are: {}", name, words))


class WitnessPage(QWidget):
    """Shares the owner's card and requests, and imports whatever block was received.

    `changed`: the store has changed; `left`: the page was closed.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, runner: BackgroundRunner) -> None:
        super().__init__()
        self._runner = runner
        self._known_cards: list[KnownCard] = []
        self.message = Message()
        self.words = label("", "heading")
        self.card = ShareText(tr("Your card"), "card.txt", self.message)
        self.request = ShareText(tr("A request to countersign"), "witness-request.txt", self.message)
        self.answer = ShareText(tr("Your answer"), "witness-answer.txt", self.message)
        self.witness = Choices(name=tr("Witness"))
        self.sent = QPlainTextEdit()
        self.sent.setPlaceholderText(tr("Paste a card, a request or an answer here, as it stood in the e-mail"))
        self.sent.setAccessibleName(tr("What you were sent"))
        self.sent.setTabChangesFocus(True)
        self.sent.setMaximumHeight(self.fontMetrics().lineSpacing() * 6)
        self.file = button(tr("Open a file…"), self._choose)
        self.go = button(tr("Take it in"), self.take, main=True)
        self.items = make_list(tr("Who vouches for what"))
        self.witness.currentIndexChanged.connect(lambda _: self._make_request())
        self._arrange()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 18)
        column.addWidget(label(tr("Witnesses"), "title"))
        column.addWidget(label(tr(WHAT), "soft"))
        column.addWidget(self.card)
        column.addWidget(label(tr("Read these words out to whoever takes your card in:"), "soft"))
        column.addWidget(self.words)
        column.addWidget(row(label(tr("Witness"), "label"), self.witness, None))
        column.addWidget(self.request)
        column.addWidget(label(tr("What you were sent"), "heading"))
        column.addWidget(self.sent)
        column.addWidget(row(self.go, self.file, None, button(tr("Close"), self.left.emit)))
        column.addWidget(self.message)
        column.addWidget(self.answer)
        column.addWidget(label(tr("Who vouches for what"), "heading"))
        column.addWidget(self.items, 1)

    def load(self) -> None:
        """Load the data of the page."""
        self._runner.call(look, self._show, self.message.fault, owner=self)

    def _show(self, seen: Seen) -> None:
        self.card.set_block(seen.own.block if seen.own else "")
        self.words.setText(seen.own.words if seen.own else seen.why_none)
        chosen = self.witness.currentText()
        self._known_cards = seen.known
        self.witness.blockSignals(True)
        self.witness.clear()
        self.witness.addItem(tr("anybody"))
        self.witness.addItems([each.card.name for each in seen.known])
        self.witness.setCurrentIndex(max(0, self.witness.findText(chosen)))
        self.witness.blockSignals(False)
        self.items.clear()
        self.items.addItems(seen.lines or [tr(NOTHING)])
        self._make_request()

    def _make_request(self) -> None:
        index = self.witness.currentIndex() - 1
        witness_card = self._known_cards[index] if 0 <= index < len(self._known_cards) else None
        self._runner.call(
            lambda session: witnessing.make_request(session, witness_card),
            self.request.set_block,
            self.message.fault,
            owner=self,
        )

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("What you were sent"))
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Read a file into the text field, and import it."""
        try:
            untrusted = read_small(path, what=tr("The file"), limit=MAX_FILE_BYTES)
            self.sent.setPlainText(untrusted.decode("utf-8-sig"))
        except EvidenceError as error:
            self.message.fault(error.sentence)
            return
        except UnicodeDecodeError:
            self.message.fault(tr("{} is no text, so there is no card, request or answer in it.", path.name))
            return
        self.take()

    def take(self) -> None:
        """Process the received block by its label: import a card or an answer, or answer a request."""
        untrusted = self.sent.toPlainText()
        try:
            block_label = what_is(untrusted)
            if block_label is Label.CARD:
                self._compare(untrusted)
                return
        except EvidenceError as error:
            self.message.fault(error.sentence)
            return
        if block_label is Label.REQUEST:
            self._runner.call(
                lambda session: witnessing.answer_request(session, untrusted),
                self._answered,
                self.message.fault,
                owner=self,
            )
        else:
            self._runner.call(
                lambda session: take_receipts(session, untrusted),
                lambda taken: self._done(taken.words, refused=taken.refused),
                self.message.fault,
                owner=self,
            )

    def _compare(self, untrusted: str) -> None:
        card, words = cards.look_at_card(untrusted)
        dialog = Compare(self, card.name, words)
        dialog.accepted.connect(lambda: self._take_card(untrusted, card.name, dialog.how.currentText()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_card(self, untrusted: str, name: str, compared: str) -> None:
        self._runner.call(
            lambda session: cards.take_card(session, untrusted, compared),
            lambda _: self._done(tr("The card of {} is taken in ({}).", name, compared)),
            self.message.fault,
            owner=self,
        )

    def _answered(self, answer: witnessing.WitnessAnswer) -> None:
        self._done(answer.sentence, refused=bool(answer.refused))
        self.answer.set_block(answer.block)

    def _done(self, words: str, *, refused: bool = False) -> None:
        self.sent.clear()
        self.answer.set_block("")
        if refused:
            self.message.say(words, "warning")
        else:
            self.message.done(words)
        self.changed.emit()
        self.load()

    def wipe(self) -> None:
        """Clear everything that the page shows, because the store is being locked."""
        self._known_cards = []
        for share_text in (self.card, self.request, self.answer):
            share_text.set_block("")
        self.words.setText("")
        self.sent.clear()
        self.witness.blockSignals(True)
        self.witness.clear()
        self.witness.blockSignals(False)
        self.items.clear()
        self.message.say("")
