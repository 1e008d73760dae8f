"""Opening: one passphrase, what is remembered outside the store and only if it is wished, one window."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.system import window_memory
from evidence_app.desktop.system.one_instance import OneInstance, own_folder
from evidence_app.desktop.system.window_memory import MAX_STORES, WindowMemory, memory_file, recall, remember
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock


def files_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.rglob("*") if each.is_file())


def opened_window(qtbot) -> MainWindow:
    window = MainWindow()
    window.show()
    qtbot.waitExposed(window)
    return window


def test_nothing_is_written_outside_the_store_unless_it_is_wished(window, home, qtbot):
    unlock(window, qtbot)
    window.close()
    assert files_in(home) == []


def test_the_next_start_asks_for_the_passphrase_of_the_last_store(window, store, qtbot):
    window.unlock.remember.click()
    unlock(window, qtbot)
    window.setGeometry(QRect(40, 30, 700, 520))
    window.close()
    again = opened_window(qtbot)
    assert again.stack.currentWidget() is again.unlock
    assert again.folder == store
    qtbot.waitUntil(again.unlock.secret.hasFocus, timeout=WAIT)
    assert again.size().width() == 700
    assert again.size().height() == 520
    kept = json.loads(memory_file().read_text("utf-8"))
    assert set(kept) == {"stores", "place", "maximised"}, "more is kept outside the store than is said"
    again.close()


def test_a_store_that_is_no_longer_wished_is_forgotten_at_once(window, store, qtbot):
    window.unlock.remember.click()
    unlock(window, qtbot)
    window.lock()
    assert window.unlock.remember.isChecked()
    window.unlock.remember.click()
    assert not memory_file().exists()
    window.close()
    assert not memory_file().exists(), "the size of the window was kept although nothing is to be"


def test_a_store_whose_drive_is_not_there_is_offered_and_can_be_forgotten(store, qtbot):
    remember(WindowMemory((store.with_name("gone"), store)))
    window = opened_window(qtbot)
    assert window.stack.currentWidget() is window.welcome
    recent = window.welcome._recent
    assert recent.items.count() == 2
    assert "is the drive plugged in" in recent.items.item(0).text()
    recent._open()
    assert "There is no store in gone" in window.welcome.message.text()
    recent.forget.click()
    assert recall().stores == (store,)
    recent.items.itemActivated.emit(recent.items.item(0))
    assert window.stack.currentWidget() is window.unlock
    window.close()


def test_a_passphrase_that_is_typed_on_the_first_page_by_habit_presses_nothing(qtbot):
    window = opened_window(qtbot)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=WAIT)
    qtbot.keyClicks(QApplication.focusWidget(), PASSPHRASE)
    assert window.stack.currentWidget() is window.welcome
    window.close()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[" * 40_000,
        b'{"stores": "all", "place": [1, 2, 3], "maximised": "no"}',
        b'{"stores": [7, null], "place": [1e9, true, 0, -1], "version": 9}',
    ],
)
def test_a_damaged_file_of_what_is_remembered_is_no_obstacle(content: bytes, qtbot):
    memory_file().parent.mkdir(parents=True, exist_ok=True)
    memory_file().write_bytes(content)
    assert recall() == WindowMemory()
    window = opened_window(qtbot)
    assert window.stack.currentWidget() is window.welcome
    window.close()


@given(names=st.lists(st.sampled_from("abcdefgh"), max_size=20))
def test_the_last_stores_are_remembered_each_once(names):
    memory = WindowMemory()
    for name in names:
        memory = memory.with_store(Path(name))
    latest = list(dict.fromkeys(reversed(names)))[:MAX_STORES]
    assert [str(each) for each in memory.stores] == latest


def test_a_folder_that_cannot_be_written_is_said_and_opens_all_the_same(window, qtbot, monkeypatch, tmp_path):
    blocked = tmp_path / "a file"
    blocked.write_bytes(b"")
    monkeypatch.setattr(window_memory, "log_folder", lambda: blocked / "below")
    window.unlock.remember.click()
    unlock(window, qtbot)
    assert "could not be remembered" in window.unlock.message.text()


def test_a_window_that_remembers_nothing_has_a_size_to_work_in(window):
    assert window.width() >= 700
    assert window.height() >= 500


def test_a_window_is_not_put_on_a_screen_that_is_gone(store, qtbot):
    remember(WindowMemory((store,), place=(90_000, 90_000, 800, 600)))
    window = opened_window(qtbot)
    assert any(screen.availableGeometry().intersects(window.geometry()) for screen in QApplication.screens())
    window.close()


def test_a_passphrase_can_be_shown_and_is_hidden_again_by_a_lock(window, qtbot):
    field = window.unlock.secret
    field.setText(PASSPHRASE)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    field.eye.trigger()
    assert field.echoMode() is QLineEdit.EchoMode.Normal
    unlock(window, qtbot)
    window.lock()
    assert field.echoMode() is QLineEdit.EchoMode.Password
    assert field.text() == ""


def test_caps_lock_is_noticed_where_nothing_moves(window, qtbot):
    hint = next(
        each
        for each in window.unlock.inner.children()
        if getattr(each, "text", lambda: "")() == " " and each.property("role") == "caption"
    )
    height = hint.height()
    qtbot.keyClick(window.unlock.secret, "a")
    assert hint.text() == " "
    qtbot.keyClick(window.unlock.secret, "A")
    assert hint.text() == "Caps Lock is on."
    assert hint.height() == height
    qtbot.keyClick(window.unlock.secret, "A", Qt.KeyboardModifier.ShiftModifier)
    assert hint.text() == " ", "a capital with Shift is no Caps Lock"
    # Qt takes the modifiers of the last key for those that are held: without this one, Shift would stay down for the tests that follow.
    qtbot.keyClick(window.unlock.secret, "a")


def test_the_window_has_an_icon_of_its_own(window):
    assert not window.windowIcon().isNull()
    assert window.windowIcon().pixmap(32, 32).toImage().pixelColor(4, 16).name() == "#0e5c63"


def test_a_second_start_brings_the_first_window_to_the_front(tmp_path, qtbot):
    first, second = OneInstance(tmp_path), OneInstance(tmp_path)
    assert first.is_first()
    # As after a night: Qt takes a lock of more than thirty seconds for one that a crash left, unless it is told otherwise.
    os.utime(tmp_path / "window.lock", (1, 1))
    assert not second.is_first()
    asked: list[str] = []
    first.asked.connect(asked.append)
    assert second.ask(tmp_path / "Ein Ordner ŵ") == ""
    qtbot.waitUntil(lambda: asked == [str(tmp_path / "Ein Ordner ŵ")], timeout=WAIT)
    first.leave()
    assert files_in(tmp_path) == [], "a closed window left something behind"
    assert second.is_first()
    second.leave()


def test_the_place_of_a_window_that_was_killed_is_taken(tmp_path):
    code = (
        "import sys; from pathlib import Path; from evidence_app.desktop.system.one_instance import OneInstance; import os, signal;"
        "held = OneInstance(Path(sys.argv[1])); assert held.is_first(); os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert (tmp_path / "window.lock").exists()
    after = OneInstance(tmp_path)
    assert after.is_first()
    after.leave()


def test_a_folder_that_others_can_read_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    folder = own_folder()
    assert folder == tmp_path / "evidence-trail"
    assert folder.stat().st_mode & 0o077 == 0
    folder.chmod(0o755)
    assert own_folder() is None
    shutil.rmtree(folder)
    folder.symlink_to(tmp_path)
    assert own_folder() is None


def test_a_store_that_is_named_again_does_not_close_the_open_one(opened, store, tmp_path):
    opened.asked_again_for(store)
    assert opened.stack.currentWidget() is opened.inside
    opened.asked_again_for(tmp_path / "another")
    assert opened.stack.currentWidget() is opened.inside
    assert "Another store is open" in opened.inside.status.text()


def test_a_window_opens_while_there_is_no_screen(qtbot, monkeypatch):
    """So it is while a remote session is taken up again."""
    from evidence_app.desktop.shell.main_window import SIZE, MainWindow

    monkeypatch.setattr(MainWindow, "screen", lambda _: None)
    window = MainWindow(None)
    qtbot.addWidget(window)
    assert window.size() == SIZE
    window.show_help()
