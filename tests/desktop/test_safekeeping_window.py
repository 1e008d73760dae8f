"""Backup, restore, passphrase, recovery sheet and automatic locking in the window."""

import shutil
import threading
import time

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog

from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.safekeeping.recovery_code import RecoveryCode
from evidence_app.desktop.safekeeping.secrets import PassphraseDialog
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.system.clipboard import COPIED
from evidence_app.domain.record.kinds import KINDS
from evidence_app.services.bundles.decisions import decide
from evidence_app.services.core.session import RECOVERY, Session
from evidence_app.services.core.settings import load_settings
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.end_to_end.reading import page_texts

NEW = "lantern quiet river Easthaven"


def said(window: MainWindow, words: str, qtbot) -> None:
    message = window.inside.safekeeping.message
    qtbot.waitUntil(lambda: words in message.text(), timeout=WAIT)


@pytest.fixture
def page(opened: MainWindow, qtbot):
    opened.inside.go_to("Safekeeping")
    qtbot.waitUntil(lambda: "no backup" in opened.inside.safekeeping.state.text(), timeout=WAIT)
    return opened.inside.safekeeping


def test_a_backup_is_made_tried_and_restored_in_the_window(opened, page, qtbot, tmp_path, store):
    drive = tmp_path / "drive"
    drive.mkdir()
    assert opened.inside.casework.home.backup.isVisibleTo(opened.inside.casework.home), (
        "Home does not say that there is no backup"
    )
    page.back_up(drive)
    said(opened, "Backed up and tried: 4 records", qtbot)
    qtbot.waitUntil(lambda: "Last backup" in page.state.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: "last backup" in opened.inside.status.text(), timeout=WAIT)
    assert not opened.inside.casework.home.backup.isVisibleTo(opened.inside.casework.home)
    (backup,) = drive.iterdir()
    page.try_backup(backup, PASSPHRASE)
    said(opened, "This backup holds", qtbot)
    page.try_backup(backup, "another passphrase")
    said(opened, "Wrong passphrase", qtbot)
    opened.close()
    shutil.rmtree(store)

    window = MainWindow(None)
    window.show()
    form = window.restore
    form.make()
    assert "from which folder" in form.message.text()
    form.source.setText(str(backup))
    form.folder.setText(str(tmp_path / "new"))
    form.secret.setText("another passphrase")
    form.make()
    qtbot.waitUntil(lambda: "Wrong passphrase" in form.message.text(), timeout=WAIT)
    assert not (tmp_path / "new").exists()
    form.secret.setText(PASSPHRASE)
    form.make()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.inside, timeout=WAIT)
    qtbot.waitUntil(lambda: "5 sealed" in window.inside.status.text(), timeout=WAIT)
    window.close()


@pytest.fixture
def held_up(opened):
    """Whatever is done aside waits until this is set."""
    gate = threading.Event()
    opened.thread_of_store.call_aside(lambda _: gate.wait(WAIT / 1000), lambda _: None, pytest.fail)
    yield gate
    gate.set()


def test_a_backup_that_is_cancelled_leaves_nothing(opened, page, qtbot, tmp_path, held_up):
    drive = tmp_path / "drive"
    drive.mkdir()
    page.back_up(drive)
    page.stop.click()
    held_up.set()
    said(opened, "Cancelled. No backup was left there.", qtbot)
    assert list(drive.iterdir()) == []
    assert page.make.isEnabled()


@pytest.mark.parametrize("end", ["lock", "close"])
def test_a_window_that_is_locked_or_closed_stops_a_backup(end, opened, page, tmp_path, store, held_up):
    drive = tmp_path / "drive"
    drive.mkdir()
    page.back_up(drive)
    threading.Timer(0.2, held_up.set).start()
    getattr(opened, end)()
    opened.close()
    assert list(drive.iterdir()) == []
    with Session.open(store, PASSPHRASE):
        pass  # the right to write was given back


def test_a_draft_is_saved_during_a_long_task(opened, page, qtbot, held_up):
    page.stop.click()
    opened.inside.begin(KINDS["note"])
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    opened.inside.capture.page.editors["text"].edit.setPlainText("Written while a bundle was made.")
    opened.inside.capture.save()
    kept = []
    opened.thread_of_store.call(lambda session: session.store.drafts.all(), kept.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(kept), timeout=WAIT)
    assert "while a bundle was made" in str(kept[0][0].entry)
    assert not held_up.is_set()


def test_a_restore_that_is_cancelled_can_be_begun_again(page, qtbot, opened, tmp_path, monkeypatch):
    page.back_up(tmp_path)
    said(opened, "Backed up and tried", qtbot)
    (backup,) = (path for path in tmp_path.iterdir() if path.name.startswith("evidence-trail-backup"))
    window = MainWindow(None)
    window.show()
    form, gate = window.restore, threading.Event()
    window.thread_of_store.run(lambda: gate.wait(WAIT / 1000), lambda _: None, pytest.fail)
    form.source.setText(str(backup))
    form.folder.setText(str(tmp_path / "new"))
    form.secret.setText(PASSPHRASE)
    form.make()
    form.wipe()
    gate.set()
    qtbot.waitUntil(lambda: "Cancelled" in form.message.text(), timeout=WAIT)
    assert not (tmp_path / "new").exists()
    form.secret.setText(PASSPHRASE)
    form.make()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.inside, timeout=WAIT)
    window.close()


def test_an_unsuitable_backup_folder_is_reported(opened, page, qtbot, store):
    page.back_up(store)
    said(opened, "in a store or in a backup", qtbot)
    assert page.make.isEnabled()


def test_the_passphrase_is_changed(opened, page, qtbot, store):
    page.passphrase.click()
    dialog = opened.findChild(PassphraseDialog)
    dialog.typed.first.setText(NEW)
    dialog.typed.second.setText("something else")
    dialog.change.click()
    assert "opens the store now" in dialog.message.text()
    dialog.now.setText("another passphrase")
    dialog.change.click()
    assert "differ" in dialog.message.text()
    dialog.typed.second.setText(NEW)
    dialog.change.click()
    said(opened, "neither the passphrase nor the recovery code", qtbot)
    page.passphrase.click()
    dialog = opened.findChildren(PassphraseDialog)[-1]
    dialog.now.setText(PASSPHRASE)
    dialog.typed.first.setText(NEW)
    dialog.typed.second.setText(NEW)
    dialog.change.click()
    said(opened, "The passphrase is changed", qtbot)
    opened.lock()
    unlock(opened, qtbot, NEW)


def test_a_new_recovery_code_is_shown_once_and_printed(opened, page, qtbot, tmp_path, store):
    page.code.click()
    opened.findChild(Sure).accept()
    qtbot.waitUntil(lambda: _dialog_with_code(opened), timeout=WAIT)
    shown = next(each for each in opened.findChildren(RecoveryCode) if each.code.text())
    code = shown.code.text().replace("\n", "")
    shown.save_sheet(tmp_path / "sheet.pdf")
    qtbot.waitUntil(lambda: "delete the file" in shown.message.text(), timeout=WAIT)
    (text,) = page_texts(tmp_path / "sheet.pdf")
    assert all(group in text for group in code.split("-"))
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "paper.pdf"))
    shown.print_sheet(printer)
    qtbot.waitUntil(lambda: "Printed" in shown.message.text(), timeout=WAIT)
    assert (tmp_path / "paper.pdf").stat().st_size > 1000
    dialog = shown.window()
    assert isinstance(dialog, QDialog)
    shown.on_paper.setChecked(True)
    dialog.accept()
    assert shown.code.text() == "", "the code stayed in the window"
    opened.lock()
    qtbot.waitUntil(lambda: opened.stack.currentWidget() is opened.unlock, timeout=WAIT)
    opened.close()
    from evidence_app.crypto.keys import read_recovery_code

    with Session.open(store, read_recovery_code(code), opens_with=RECOVERY) as session:
        assert session.store.log.size() == 5


def _dialog_with_code(window: MainWindow) -> bool:
    return any(each.code.text() for each in window.findChildren(RecoveryCode))


def test_a_machine_that_slept_is_locked_when_it_wakes(opened, qtbot, monkeypatch):
    real = time.time
    opened.guard._look_at_clocks()
    assert opened.stack.currentWidget() is opened.inside
    monkeypatch.setattr(time, "time", lambda: real() + 3_600)
    opened.guard._look_at_clocks()
    assert opened.stack.currentWidget() is opened.unlock
    assert "slept" in opened.unlock.message.text()


def test_the_clipboard_is_cleared_after_a_while(opened, qtbot, monkeypatch):
    monkeypatch.setattr(COPIED, "seconds", 0)
    clipboard = QGuiApplication.clipboard()
    COPIED.copy("7QF4-K2M9")
    assert clipboard.text() == "7QF4-K2M9"
    qtbot.waitUntil(lambda: clipboard.text() == "", timeout=WAIT)
    COPIED.copy("7QF4-K2M9")
    clipboard.setText("something of the person's own")
    COPIED.clear()
    assert clipboard.text() == "something of the person's own"


def test_settings_are_searched_saved_and_applied_at_once(opened, qtbot):
    opened.inside.go_to("Settings")
    page = opened.inside.casework.settings
    qtbot.waitUntil(lambda: page.boxes["lock_after"].values() == ["10"], timeout=WAIT)
    page.search.setText("clipboard")
    shown = [name for name, part in page._parts.items() if not part.isHidden()]
    assert shown == ["clear_copied_after"]
    page.search.setText("nothing has these words")
    assert not page.nothing.isHidden()
    page.search.clear()
    page.boxes["lock_after"].show_value(3)
    page.boxes["hidden_from_capture"].show_value(False)
    page.save()
    qtbot.waitUntil(lambda: page.message.text() == "✓ Saved.", timeout=WAIT)
    assert opened.guard._idle.interval() == 3 * 60_000
    opened.lock()
    unlock(opened, qtbot)
    qtbot.waitUntil(lambda: page.boxes["lock_after"].values() == ["3"], timeout=WAIT)
    assert page.boxes["hidden_from_capture"].values() == ["no"]


def test_an_invalid_setting_is_reported_and_nothing_is_saved(opened, qtbot):
    opened.inside.go_to("Settings")
    page = opened.inside.casework.settings
    qtbot.waitUntil(lambda: page.boxes["lock_after"].values() == ["10"], timeout=WAIT)
    page.boxes["people"].show_value(("K. Dale",))
    page.boxes["lock_after"].show_value(3)
    page.save()
    assert page.message.text().startswith("People:")
    page.load()
    qtbot.waitUntil(lambda: page.boxes["lock_after"].values() == ["10"], timeout=WAIT)


def damage(store, *pages):
    content = bytearray((store / "records.db").read_bytes())
    for page in pages:
        content[page * 4096 + 50] ^= 1
    (store / "records.db").write_bytes(content)


def test_a_damaged_store_is_checked_rescued_and_used_again(qtbot, store, tmp_path):
    damage(store, 17)  # where the words to search by are: everything else can be read
    window = MainWindow(store)
    window.show()
    unlock(window, qtbot)
    window.inside.go_to("Check")
    window.inside.check_page.check()
    qtbot.waitUntil(lambda: "Altered" in window.inside.check_page.verdict.sentence.text(), timeout=WAIT)
    told = [
        window.inside.check_page.items.item(place).text() for place in range(window.inside.check_page.items.count())
    ]
    assert any("Rescue a damaged store" in each for each in told)
    window.lock()
    window.rescue_store(store)
    form = window.rescue
    assert form.source.text() == str(store)
    form.folder.setText(str(tmp_path / "new"))
    form.secret.setText(PASSPHRASE)
    form.make()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.inside, timeout=WAIT)
    qtbot.waitUntil(lambda: "4 of 4 records rescued" in window.inside.casework.home.message.text(), timeout=WAIT)
    qtbot.waitUntil(lambda: "5 sealed" in window.inside.status.text(), timeout=WAIT)
    window.close()


def test_a_store_that_does_not_open_offers_a_rescue(qtbot, store, tmp_path):
    damage(store, 1)  # where the keys are
    window = MainWindow(store)
    window.show()
    assert not window.unlock.rescue.isVisible()
    window.unlock.secret.setText(PASSPHRASE)
    window.unlock.unlock.click()
    qtbot.waitUntil(lambda: window.unlock.rescue.isVisible(), timeout=WAIT)
    assert "damaged" in window.unlock.message.text()
    window.unlock.rescue.click()
    form = window.rescue
    assert window.stack.currentWidget() is form
    form.folder.setText(str(tmp_path / "new"))
    form.secret.setText(PASSPHRASE)
    form.make()
    qtbot.waitUntil(lambda: "keys of this store's log are damaged" in form.message.text(), timeout=WAIT)
    assert not (tmp_path / "new").exists()
    window.close()


def test_saving_settings_keeps_changes_made_elsewhere(opened, qtbot):
    page = opened.inside.casework.settings
    opened.inside.go_to("Settings")
    qtbot.waitUntil(lambda: bool(page._as_shown), timeout=WAIT)
    done, found = [], []
    opened.thread_of_store.call(lambda session: decide(session, withhold=["Okoro"]), done.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(done), timeout=WAIT)
    page.boxes["lock_after"].show_value(12)
    page.save()
    qtbot.waitUntil(lambda: page.message.text() == "✓ Saved.", timeout=WAIT)
    opened.thread_of_store.call(load_settings, found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    assert found[0].client_names == ("Okoro",)
    assert found[0].lock_after == 12
    opened.inside.go_to("Home")
    opened.inside.go_to("Settings")
    qtbot.waitUntil(lambda: "Okoro" in page.boxes["client_names"].values(), timeout=WAIT)
