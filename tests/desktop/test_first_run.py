"""The first start: from nothing to a first sealed record, the invented case, and help that matches the screens."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from evidence_app.desktop.shell.help_window import ABOUT, HelpWindow
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.shell.navigation import PLACES
from evidence_app.desktop.writing.seal_dialogs import SealDialog
from evidence_app.services.core.session import Session
from tests.desktop.conftest import PASSPHRASE, WAIT

GUIDE = Path(__file__).parents[2] / "docs" / "user-guide.md"
DESKTOP = Path(__file__).parents[2] / "evidence_app" / "desktop"


def test_three_screens_to_the_first_sealed_record(qtbot, tmp_path):
    window = MainWindow(None)
    window.show()
    screens = [window.stack.currentWidget()]
    window.stack.currentChanged.connect(lambda _: screens.append(window.stack.currentWidget()))
    buttons = window.welcome.findChildren(type(window.unlock.unlock))
    next(each for each in buttons if each.text() == "Make a new store…").click()
    form = window.create_page
    form.folder.setText(str(tmp_path / "store"))
    form.owner.setText("R. Hale")
    form.typed.first.setText(PASSPHRASE)
    form.typed.second.setText(PASSPHRASE)
    form.make.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.recovery, timeout=WAIT)
    for box in window.recovery.code.findChildren(type(window.unlock.by_code)):
        box.setChecked(True)
    window.recovery.next.click()
    qtbot.waitUntil(lambda: window.inside.capture.page is not None, timeout=WAIT)
    assert screens[1:] == [window.create_page, window.recovery, window.inside]
    page = window.inside.capture.page
    assert "Your store is ready" in page.message.text()
    assert window.focusWidget() is page.editors["exact_words"].edit
    QTest.keyClicks(window.focusWidget(), "See him once a month.")
    page.seal_button.click()
    qtbot.waitUntil(lambda: window.findChild(SealDialog) is not None, timeout=WAIT)
    window.findChild(SealDialog).accept()
    qtbot.waitUntil(lambda: "2 sealed" in window.inside.status.text(), timeout=WAIT)
    for dialog in window.findChildren(QDialog):
        dialog.close()
    window.close()
    with Session.open(tmp_path / "store", PASSPHRASE, writable=False) as session:
        assert session.store.records.get(1).fields["exact_words"] == "See him once a month."


def test_the_invented_case_is_made_and_opened(qtbot, tmp_path):
    window = MainWindow(None)
    window.show()
    page = window.play
    page.make()
    assert "Choose a folder" in page.message.text()
    page.folder.setText(str(tmp_path / "play"))
    page.make()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.inside, timeout=60_000)
    assert "nothing in it is real" in window.inside.casework.home.message.text()
    qtbot.waitUntil(
        lambda: " sealed" in window.inside.status.text() and window.inside.casework.home.items.count() > 0, timeout=WAIT
    )
    window.close()
    again = MainWindow(None)
    again.play.folder.setText(str(tmp_path / "play"))
    again.play.make()
    qtbot.waitUntil(lambda: "holds a demo already" in again.play.message.text(), timeout=WAIT)
    again.close()


def test_help_opens_at_the_section_about_the_screen(opened, qtbot):
    opened.inside.go_to("Safekeeping")
    QTest.keyClick(opened, Qt.Key.Key_F1)
    guide = opened.findChild(HelpWindow)
    qtbot.waitUntil(lambda: guide is not None and guide.isVisible(), timeout=WAIT)
    assert guide.parts.currentItem().text() == "Lock, lose, change"
    assert guide.pages.textCursor().block().text() == "Lock, lose, change"
    guide.finder.setText("recovery sheet")
    guide.find_next()
    assert guide.pages.textCursor().selectedText().lower() == "recovery sheet"
    guide.finder.setText("no such words")
    guide.find_next()
    assert "does not hold" in guide.message.text()
    opened.lock()
    assert not guide.isVisible()


def test_the_guide_describes_every_page(window):
    guide = HelpWindow(window)
    assert set(ABOUT) == {name for name, _ in PLACES} | {"", "Writing"}
    assert set(ABOUT.values()) <= set(guide.headings)
    assert window.unlock.isVisible()
    window.show_help()
    assert window.findChildren(HelpWindow)[-1].parts.currentItem().text() == "First time"


@pytest.mark.parametrize("name", ["../../../etc/passwd", "file:///etc/hostname", "https://example.org/a.png", "x"])
def test_the_guide_opens_nothing_but_its_pictures(name, window):
    pages = HelpWindow(window).pages
    image = QTextDocument.ResourceType.ImageResource.value
    assert pages.loadResource(image, QUrl(name)) is None
    assert pages.loadResource(image, QUrl("pictures/home.png")).width() > 100


def test_every_button_that_the_guide_names_is_there():
    named = set(re.findall(r"\*\*([^*]+…)\*\*", GUIDE.read_text("utf-8")))
    named = {part.strip() for each in named for part in each.split("→") if part.strip().endswith("…")}
    said = set()
    for path in DESKTOP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said.add(node.value.replace("&", ""))
    assert len(named) > 15, "the guide names its buttons otherwise now: this shows nothing"
    assert named <= said, f"the guide names what no screen has: {sorted(named - said)}"
