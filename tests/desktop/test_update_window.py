"""An update file in the window: dropped on it, locked or open; what it changes; its packages written; and About."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QPushButton

from evidence_app import VERSION
from evidence_app.desktop.safekeeping.update_window import UpdateWindow
from evidence_app.desktop.shell.about_window import AboutWindow
from evidence_app.desktop.shell.help_window import HelpWindow
from evidence_app.files import resource
from evidence_app.services.safekeeping import updates
from tests.desktop.conftest import WAIT
from tests.support.update_files import KEY, PACKAGE, UpdateFile


@pytest.fixture(autouse=True)
def _trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = tmp_path / "keys.txt"
    keys.write_text(f"{KEY.spell()}\n", encoding="utf-8")
    monkeypatch.setattr(updates, "resource", lambda name: keys if name == updates.KEYS else resource(name))


def drop(window, path: Path) -> bool:
    """Drop a file on a window; return whether it takes it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    nowhere, action = QPointF(5, 5), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(nowhere, action, mime, left, none)
    # Qt accepts a new event until somebody refuses it.
    entering.ignore()
    window.dragEnterEvent(entering)
    if entering.isAccepted():
        window.dropEvent(QDropEvent(nowhere, action, mime, left, none))
    return entering.isAccepted()


def shown(window, qtbot) -> UpdateWindow:
    found = window.findChild(UpdateWindow)
    qtbot.waitUntil(found.isVisible, timeout=WAIT)
    return found


def test_a_file_that_is_dropped_is_checked_and_written(window, qtbot, tmp_path: Path) -> None:
    assert window.unlock.isVisible(), "also while the store is locked"
    assert drop(window, UpdateFile().write(tmp_path / "an.update"))
    found = shown(window, qtbot)
    qtbot.waitUntil(found.save.isVisible, timeout=WAIT)
    assert f"9.0.1 of Wed 2 Dec 2026; here is {VERSION}" in found.sentences.text()
    assert "A fault is mended." in found.changes.toPlainText()
    assert "An encrypted store" not in found.changes.toPlainText()
    (tmp_path / "out").mkdir()
    found.write(tmp_path / "out")
    qtbot.waitUntil(lambda: "Written" in found.message.text(), timeout=WAIT)
    assert [each.read_bytes() for each in (tmp_path / "out").iterdir()] == [PACKAGE]
    found.write(tmp_path / "out")
    qtbot.waitUntil(lambda: "is there already" in found.message.text(), timeout=WAIT)
    assert found.save.isEnabled()


def test_what_does_not_hold_offers_nothing(window, qtbot, tmp_path: Path) -> None:
    assert drop(window, UpdateFile(seed=bytes(32)).write(tmp_path / "an.update"))
    found = shown(window, qtbot)
    qtbot.waitUntil(lambda: "another key" in found.message.text(), timeout=WAIT)
    assert not found.save.isVisible()
    assert not found.changes.isVisible()


def test_other_files_are_not_taken_while_it_is_locked(window, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(b"")
    assert not drop(window, tmp_path / "a.eml")


def test_it_is_chosen_from_the_page(opened, qtbot, tmp_path: Path, monkeypatch) -> None:
    path = UpdateFile().write(tmp_path / "an.update")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    opened.inside.go_to("Safekeeping")
    page = opened.inside.safekeeping
    next(each for each in page.findChildren(QPushButton) if each.text() == "Check an update file…").click()
    found = shown(opened, qtbot)
    qtbot.waitUntil(found.save.isVisible, timeout=WAIT)


def test_about_has_the_licences_of_all_parts(window, qtbot) -> None:
    window.show_help()
    guide = window.findChild(HelpWindow)
    guide.show_facts()
    about = guide.findChild(AboutWindow)
    qtbot.waitUntil(about.isVisible, timeout=WAIT)
    assert f"Version {VERSION}" in about.facts.text()
    said = about.licences.toPlainText()
    for part in ("cryptography ", "sqlcipher3 ", "reportlab ", "PySide6_Essentials "):
        assert part.casefold() in said.casefold()
    assert "LGPL-3.0-only" in said


def test_about_of_a_package_has_its_file(window, monkeypatch, tmp_path: Path) -> None:
    import evidence_app
    from evidence_app.services.core.parts import licences

    (tmp_path / "LICENCES.txt").write_text("every part and its text", encoding="utf-8")
    inside = tmp_path / "Lib" / "site-packages" / "evidence_app"
    monkeypatch.setattr(evidence_app, "__file__", str(inside / "__init__.py"))
    assert licences() == "every part and its text"
