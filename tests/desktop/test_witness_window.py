"""Witnesses in the window: cards compared, a log countersigned by another store, and a truncated log refused."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from evidence_app.desktop.checking.witness_page import Compare, WitnessPage
from evidence_app.desktop.design.qr_dialog import QrDialog
from evidence_app.proof.encoding.blocks import Label, read_block
from evidence_app.services.attestation import cards, witnessing
from evidence_app.services.core.session import Session
from tests.desktop.conftest import WAIT
from tests.support import stores
from tests.support.entries import note

REP = "Zebedee Quillfeather"


@pytest.fixture
def rep(tmp_path: Path):
    stores.make_store(tmp_path / "rep", owner=REP, machine="other")
    with stores.open_fast(tmp_path / "rep") as session:
        yield session


@pytest.fixture
def page(opened, qtbot) -> WitnessPage:
    opened.inside.go_to("Check")
    opened.inside.check_page.witnesses.click()
    made = opened.inside.witnesses
    qtbot.waitUntil(lambda: len(made.words.text().split()) == 8 and made.request.copy.isEnabled(), timeout=WAIT)
    assert made.isVisible()
    return made


def take_card(page: WitnessPage, rep: Session, opened, qtbot) -> None:
    page.sent.setPlainText(f"Dear colleague,\n{cards.own_card(rep).block}")
    page.go.click()
    dialog = opened.findChild(Compare)
    assert cards.own_card(rep).words in dialog.message.text(), "the words to compare are not said"
    dialog.how.setCurrentText("by telephone")
    dialog.ok.click()
    qtbot.waitUntil(lambda: page.witness.findText(REP) > 0, timeout=WAIT)


def test_a_log_is_countersigned_from_the_window(page: WitnessPage, rep: Session, opened, qtbot) -> None:
    take_card(page, rep, opened, qtbot)
    page.witness.setCurrentText(REP)
    page.request.copy.click()
    block = QGuiApplication.clipboard().text()
    answer = witnessing.answer_request(rep, block)
    assert not answer.refused
    page.sent.setPlainText(answer.block)
    page.go.click()
    qtbot.waitUntil(lambda: REP in page.items.item(0).text(), timeout=WAIT)
    assert page.message.text().startswith(f"✓ {REP} countersigned the head of positions 0 to ")
    assert "by telephone" in page.items.item(0).text()
    assert page.sent.toPlainText() == ""
    qtbot.waitUntil(lambda: "outside clock up to record" in opened.inside.status.text(), timeout=WAIT)


def test_a_request_is_countersigned_from_the_window(page: WitnessPage, rep: Session, qtbot, tmp_path: Path) -> None:
    (tmp_path / "request.txt").write_text(witnessing.make_request(rep))
    page.open_file(tmp_path / "request.txt")
    qtbot.waitUntil(page.answer.save.isEnabled, timeout=WAIT)
    assert "Countersigned" in page.message.text()
    page.answer.save_to(tmp_path / "answer.txt")
    assert "cosignature" not in (tmp_path / "answer.txt").read_text()
    content = read_block((tmp_path / "answer.txt").read_text(), Label.COSIGNED)
    assert content.startswith(rep.log_key.origin)
    qtbot.waitUntil(lambda: "You countersigned the log of" in page.items.item(0).text(), timeout=WAIT)


def test_a_truncated_log_is_refused_in_the_window(page: WitnessPage, rep: Session, qtbot) -> None:
    old = witnessing.make_request(rep)
    stores.seal_entry(rep, note("More."))
    page.sent.setPlainText(witnessing.make_request(rep))
    page.go.click()
    qtbot.waitUntil(page.answer.save.isEnabled, timeout=WAIT)
    page.sent.setPlainText(old)
    page.go.click()
    qtbot.waitUntil(lambda: "records were taken away" in page.message.text(), timeout=WAIT)
    assert page.message.property("role") == "warning"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("", "There is no card"),
        ("-----BEGIN EVIDENCE TRAIL CARD-----\nAAAA", "cut off"),
        (
            "-----BEGIN EVIDENCE TRAIL WITNESS REQUEST-----\nAAAA\n-----END EVIDENCE TRAIL WITNESS REQUEST-----",
            "cut off",
        ),
    ],
)
def test_an_unreadable_request_is_reported(page: WitnessPage, qtbot, sent: str, said: str) -> None:
    page.sent.setPlainText(sent)
    page.go.click()
    qtbot.waitUntil(lambda: said in page.message.text(), timeout=WAIT)
    assert page.sent.toPlainText() == sent, "what was pasted is gone"


def test_a_binary_file_is_reported(page: WitnessPage, qtbot, tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    page.open_file(tmp_path / "photo.jpg")
    qtbot.waitUntil(lambda: "photo.jpg is no text" in page.message.text(), timeout=WAIT)


def test_a_qr_code_is_black_on_white(page: WitnessPage, opened, qtbot) -> None:
    page.request.show_code.click()
    dialog = opened.findChild(QrDialog)
    picture = dialog.code.grab().toImage()
    shades = {
        picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)
    }
    assert shades == {"#000000", "#ffffff"}, "a reader expects black on white"
    dialog.accept()


def test_a_lock_wipes_the_witness_page(page: WitnessPage, opened, qtbot) -> None:
    page.sent.setPlainText("something")
    opened.lock()
    assert (page.words.text(), page.sent.toPlainText(), page.items.count()) == ("", "", 0)
    assert not page.card.copy.isEnabled()
