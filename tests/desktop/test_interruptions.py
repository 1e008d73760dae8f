"""Crashes, full disks, unplugged drives, sleep and locks: one sentence is shown and nothing is lost."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.writing.entry_form import EntryForm
from evidence_app.domain.record.kinds import KINDS
from evidence_app.services.core.session import Session
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.faults.limits import file_size_limit

MAX_FILES = 30
WORDS = "He said that weekly is no longer asked for."
WRITES_AND_WAITS = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from evidence_app.desktop.shell.app import make_app
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.domain.record.kinds import KINDS
app = make_app()
window = MainWindow(Path(sys.argv[1]))
window.show()
window.unlock.unlocked.connect(lambda: window.inside.begin(KINDS["note"]))
window.unlock.secret.setText(sys.argv[2])
window.unlock.unlock.click()
def look():
    page = window.inside.capture.page
    if page is None:
        return
    if not page.editors["text"].edit.toPlainText():
        page.saved.connect(lambda: print("kept", flush=True))
        page.editors["text"].edit.setPlainText(sys.argv[3])
timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def begin(window: MainWindow, qtbot, words: str = WORDS) -> EntryForm:
    window.inside.begin(KINDS["note"])
    qtbot.waitUntil(lambda: window.inside.capture.page is not None, timeout=WAIT)
    window.inside.capture.page.editors["text"].edit.setPlainText(words)
    return window.inside.capture.page


def kept(store: Path) -> list[str]:
    with Session.open(store, PASSPHRASE, writable=False) as session:
        return [str(draft.entry["fields"].get("text", "")) for draft in session.store.drafts.all()]


def test_a_crash_loses_nothing_that_was_autosaved(store, qtbot):
    program = subprocess.Popen(
        [sys.executable, "-c", WRITES_AND_WAITS, str(store), PASSPHRASE, WORDS],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        assert program.stdout is not None
        assert program.stdout.readline() == b"kept\n", "nothing was autosaved"
    finally:
        program.send_signal(signal.SIGKILL)
        program.communicate()
    assert kept(store) == [WORDS]
    window = MainWindow(store)
    window.show()
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.inside.drafts_page.items.count() == 1, timeout=WAIT)
    assert WORDS[:20] in window.inside.drafts_page.items.item(0).text()
    window.close()


def test_a_full_disk_while_a_draft_is_saved(opened, store, qtbot):
    page = begin(opened, qtbot, WORDS * 900)
    with file_size_limit(4096):
        page.save()
        qtbot.waitUntil(lambda: "words are still here" in page.message.text(), timeout=WAIT)
    assert page.editors["text"].edit.toPlainText() == WORDS * 900
    page.save()
    qtbot.waitUntil(lambda: not page.unsaved, timeout=WAIT)
    assert kept(store) == [WORDS * 900]


def test_a_drive_that_is_unplugged_and_plugged_in_again(opened, store, qtbot):
    page = begin(opened, qtbot)
    elsewhere = store.with_name("pulled out")
    store.rename(elsewhere)
    page.save()
    qtbot.waitUntil(lambda: "is the drive plugged in" in page.message.text(), timeout=WAIT)
    assert "words are still here" in page.message.text()
    elsewhere.rename(store)
    page.save()
    qtbot.waitUntil(lambda: not page.unsaved, timeout=WAIT)
    assert kept(store) == [WORDS]


def test_two_windows_on_one_store(opened, store, qtbot):
    other = MainWindow(store)
    other.show()
    other.unlock.secret.setText(PASSPHRASE)
    other.unlock.unlock.click()
    qtbot.waitUntil(lambda: "open in another" in other.unlock.message.text(), timeout=WAIT)
    opened.lock()
    qtbot.wait(200)
    unlock(other, qtbot)
    other.close()


@pytest.mark.parametrize("what", ["a bundle", "a backup", "a check"])
def test_sleep_during_a_long_task(what, opened, qtbot, tmp_path):
    gate = threading.Event()
    opened.thread_of_store.call_aside(lambda _: gate.wait(WAIT / 1000), lambda _: None, pytest.fail)
    out = tmp_path / "out"
    out.mkdir()
    page = {
        "a bundle": opened.inside.bundles.export,
        "a backup": opened.inside.safekeeping,
        "a check": opened.inside.check_page,
    }[what]
    {
        "a bundle": lambda: opened.inside.bundles.export.export_to(out / "bundle.pdf"),
        "a backup": lambda: opened.inside.safekeeping.back_up(out),
        "a check": opened.inside.check_page.check,
    }[what]()
    opened.guard.lock_asked.emit("Locked, because the machine slept or its clock was changed.")
    assert "slept" in opened.unlock.message.text()
    gate.set()
    unlock(opened, qtbot)
    assert "locked" in page.message.text()
    assert list(out.iterdir()) == []


def test_more_files_than_a_record_may_have(opened, qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr("evidence_app.services.records.drafts.MAX_ITEMS", MAX_FILES)
    page = begin(opened, qtbot)
    paths = [tmp_path / f"{number}.txt" for number in range(MAX_FILES + 20)]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")
    page.files.attach(paths)
    assert not page.seal_button.isEnabled(), "it can be sealed while files are still being taken in"
    qtbot.waitUntil(lambda: page.seal_button.isEnabled(), timeout=WAIT)
    assert len(page.draft.attachments) == MAX_FILES
    assert f"at most {MAX_FILES} files" in page.files.message.text()
    assert "And 17 more" in page.files.message.text()


def test_a_large_file_is_attached_with_progress_and_can_be_stopped(opened, qtbot, tmp_path):
    page = begin(opened, qtbot)
    large, small = tmp_path / "large.bin", tmp_path / "small.txt"
    with large.open("wb") as file:
        file.truncate(48 * 1024 * 1024)
    small.write_text("A paper.", encoding="utf-8")
    seen = []
    page.files.bar.valueChanged.connect(lambda value: (seen.append(value), value > 300 and page.files.stop.click()))
    page.files.attach([small, tmp_path / "gone.txt", large])
    qtbot.waitUntil(lambda: page.files.message.text() not in {"", "Attaching…"}, timeout=60_000)
    assert "gone.txt is not a file." in page.files.message.text()
    assert "Cancelled" in page.files.message.text()
    assert max(seen) > 300
    assert [each.name for each in page.draft.attachments] == ["small.txt"]
    page.files.remove.click()
    qtbot.waitUntil(lambda: page.draft.attachments == (), timeout=WAIT)


def test_a_lock_while_a_file_is_attached_keeps_the_words(opened, store, qtbot, tmp_path):
    page = begin(opened, qtbot)
    large = tmp_path / "large.bin"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    page.files.attach([large])
    qtbot.waitUntil(lambda: page.files.bar.value() > 50, timeout=WAIT)
    page.close_page()
    assert "still being attached" in page.message.text()
    page.editors["text"].edit.setPlainText("Typed while it was attached.")
    opened.lock()
    unlock(opened, qtbot)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.editors["text"].edit.toPlainText() == "Typed while it was attached."
    assert "Attaching was stopped" in opened.inside.capture.page.message.text()
    assert opened.inside.capture.page.draft.attachments == ()
