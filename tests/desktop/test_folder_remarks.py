"""What the window says of a store's folder: second copies when it is opened, and that none is made in a synchronised one."""

from evidence_app.desktop.shell.main_window import MainWindow
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock


def test_a_second_copy_in_the_folder_is_said_on_the_first_page(window, store, qtbot):
    (store / "records (conflicted copy 2026-01-26).db").write_bytes(b"x")
    unlock(window, qtbot)
    said = window.inside.casework.home.of_the_folder
    qtbot.waitUntil(lambda: "conflicted copy 2026-01-26" in said.text(), timeout=WAIT)
    assert said.isVisible()
    window.lock()
    qtbot.waitUntil(lambda: said.text() == "", timeout=WAIT)


def test_a_folder_without_second_copies_has_no_remark(window, qtbot):
    unlock(window, qtbot)
    qtbot.wait(300)
    assert not window.inside.casework.home.of_the_folder.isVisible()


def test_no_store_is_made_in_a_synchronised_folder(qtbot, tmp_path):
    folder = tmp_path / "OneDrive" / "store"
    folder.parent.mkdir()
    window = MainWindow(None)
    window.show()
    window.welcome.findChildren(type(window.unlock.unlock))[0].click()
    form = window.create_page
    form.folder.setText(str(folder))
    form.owner.setText("R. Hale")
    form.typed.first.setText(PASSPHRASE)
    form.typed.second.setText(PASSPHRASE)
    form.make.click()
    qtbot.waitUntil(lambda: "synchronised by another program" in form.message.text(), timeout=WAIT)
    assert not folder.exists()
    form.folder.setText(str(tmp_path / "store"))
    form.make.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.recovery, timeout=WAIT)
    window.close()
