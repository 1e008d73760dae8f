"""After a file was written: open it, show it in its folder, verify it; and a verdict that is seen."""

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from evidence_app.desktop.design.verdict_seal import VerdictSeal
from evidence_app.desktop.system.other_programs import open_file, show_in_folder
from evidence_app.domain.plan.profiles import PROFILES
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.settings import load_settings
from evidence_app.services.safekeeping import browser_verifier
from tests.desktop.conftest import WAIT
from tests.desktop.test_bundles_window import ask, go


class Opened(QObject):
    """Takes the place of the programs of the computer: keeps what would have been opened."""

    def __init__(self) -> None:
        super().__init__()
        self.urls: list[str] = []

    @Slot(QUrl)
    def keep(self, url: QUrl) -> None:
        self.urls.append(url.toLocalFile())


@pytest.fixture
def other_programs():
    opened = Opened()
    QDesktopServices.setUrlHandler("file", opened, "keep")
    yield opened
    QDesktopServices.unsetUrlHandler("file")


def test_a_bundle_is_opened_shown_and_verified_from_where_it_was_made(opened, qtbot, tmp_path, other_programs):
    page = go(opened, qtbot, "Export").export
    assert page.made.isHidden()
    path = tmp_path / "bundle.pdf"
    page.export_to(path)
    qtbot.waitUntil(page.made.isVisible, timeout=WAIT)
    page.made.open.click()
    page.made.show_folder.click()
    assert other_programs.urls == [str(path), str(tmp_path)]
    verify = next(each for each in page.made.more if each.text() == "Verify it")
    verify.click()
    check = opened.inside.check_page
    qtbot.waitUntil(check.verdict.isVisible, timeout=WAIT)
    assert "bundle.pdf: Verified" in check.verdict.sentence.text()
    assert not check.details.title.isChecked(), "what holds is unfolded although nobody asked"


def test_the_verifier_is_put_beside_a_bundle_once(opened, qtbot, tmp_path, monkeypatch):
    page = go(opened, qtbot, "Export").export
    page.export_to(tmp_path / "bundle.pdf")
    qtbot.waitUntil(page.made.isVisible, timeout=WAIT)
    put = next(each for each in page.made.more if each.text() == "Put the verifier beside it")
    beside = tmp_path / "verify.html"
    monkeypatch.setattr(browser_verifier, "verifier_page", lambda: b"<!doctype html>")
    for _ in range(2):
        put.click()
        assert "hand over both" in page.made.message.text()
        assert beside.read_bytes() == b"<!doctype html>"
    beside.write_bytes(b"somebody else's")
    put.click()
    assert "is there already" in page.made.message.text()
    assert beside.read_bytes() == b"somebody else's"


def test_a_file_that_is_gone_is_said(opened, qtbot, tmp_path, other_programs):
    page = go(opened, qtbot, "Export").export
    page.export_to(tmp_path / "bundle.pdf")
    qtbot.waitUntil(page.made.isVisible, timeout=WAIT)
    (tmp_path / "bundle.pdf").unlink()
    page.made.open.click()
    assert page.made.message.text() == "bundle.pdf is not there any more."
    assert other_programs.urls == []


def test_a_hand_over_is_only_shown_in_its_folder(opened, qtbot, tmp_path):
    made = go(opened, qtbot, "Export").export.made
    made.offer(tmp_path / "hand-over.age")
    assert made.show_folder.isVisibleTo(made)
    assert not made.open.isVisibleTo(made)
    assert not any(each.isVisibleTo(made) for each in made.more)


def test_a_program_that_cannot_be_started_is_said_with_the_place_of_the_file(tmp_path, monkeypatch):
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    path = tmp_path / "letter.eml"
    path.write_bytes(b"")
    assert str(tmp_path) in open_file(path)
    assert str(tmp_path) in show_in_folder(path)
    assert "not there any more" in show_in_folder(tmp_path / "gone" / "letter.eml")


def test_an_altered_bundle_shows_a_broken_seal_and_what_does_not_hold_first(opened, qtbot, tmp_path):
    page = go(opened, qtbot, "Export").export
    path = tmp_path / "bundle.pdf"
    page.export_to(path)
    qtbot.waitUntil(page.made.isVisible, timeout=WAIT)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))
    opened.inside.verify_file(path)
    check = opened.inside.check_page
    qtbot.waitUntil(check.verdict.isVisible, timeout=WAIT)
    assert check.verdict.seal.verdict is not Verdict.VERIFIED
    assert check.details.title.isChecked()
    assert check.items.item(0).text().startswith(("✗", "?"))
    assert "do not hold" in check.details.title.facts
    opened.lock()
    assert check.verdict.isHidden()
    assert check.verdict.sentence.text() == ""


def test_each_verdict_has_a_shape_of_its_own(qtbot):
    pictures = []
    for verdict in Verdict:
        seal = VerdictSeal()
        qtbot.addWidget(seal)
        seal.show_verdict(verdict, "A sentence.", "What it means.")
        assert seal.accessibleName() == "A sentence. What it means."
        seal.show()
        qtbot.waitExposed(seal)
        # In black and white, as it is for who cannot tell red from green.
        image = seal.seal.grab().toImage()
        dark = {
            (x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).lightness() < 140
        }
        pictures.append(dark)
    for number, picture in enumerate(pictures):
        for other in pictures[number + 1 :]:
            assert len(picture ^ other) > 200, "two verdicts look alike without their colours"


def test_the_letter_page_asks_for_the_own_address_where_it_is_missing(opened, qtbot, tmp_path, other_programs):
    page = opened.inside.casework.mail_out
    opened.inside.casework.draft(1)
    qtbot.waitUntil(lambda: page._preview is not None, timeout=WAIT)
    assert page.own.isVisible()
    assert "own_addresses" not in page.warnings.text()
    assert "Read Receipt" in page.tips.text()
    assert "Read Receipt" not in page.warnings.text(), "a tip is dressed as a warning"
    page.own.setText("r.hale@probation.example")
    page.own.editingFinished.emit()
    qtbot.waitUntil(lambda: not page.own.isVisible(), timeout=WAIT)
    assert ask(opened, qtbot, load_settings).own_addresses == ("r.hale@probation.example",)
    path = tmp_path / "concern.eml"
    page.write_to(path)
    qtbot.waitUntil(page.made.isVisible, timeout=WAIT)
    assert b"Disposition-Notification-To" in path.read_bytes()
    page.made.open.click()
    assert other_programs.urls == [str(Path(path))]


def test_whom_a_bundle_is_for_is_chosen_from_a_gallery_by_keys(opened, qtbot):
    page = go(opened, qtbot, "Export").export
    qtbot.waitUntil(lambda: page.profile.count() >= 12, timeout=WAIT)
    page.profile.setFocus()
    assert page.profile.chosen() == "officer"
    qtbot.keyClick(page.profile, Qt.Key.Key_Down)
    assert page.profile.chosen() == "sfo-review"
    assert "see why as well as what" in page.about.text()
    page._ask()
    assert "Choose the case first" in page.message.text()
    shown = [page.profile.item(row).text() for row in range(page.profile.count())]
    assert all("leaves the employer" in text for text in shown if text.startswith(("Tribunal", "Grievance")))
    assert not any("leaves the employer" in text for text in shown if text.startswith("The officer's own"))
    page.load_profiles(PROFILES)
    assert page.profile.chosen() == "sfo-review", "the choice is lost when the profiles are read again"
