"""The main window: first run, drafts, sealing, locking, search, export and check."""

import json

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import QDialog, QLabel, QTextBrowser

from evidence_app.desktop.design.dialogs import Sure
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.writing.seal_dialogs import SealDialog, SealedDialog
from evidence_app.domain.record.kinds import KINDS
from evidence_app.proof.verdicts import Verdict
from evidence_app.services.core.session import Session
from evidence_app.services.mail.file_search import count_not_read
from evidence_app.services.safekeeping.verifying import verify_file
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.support.bundles import concern, seal_with
from tests.support.sample_documents import scan


def begin(window: MainWindow, qtbot, kind: str = "instruction"):
    window.inside.begin(KINDS[kind])
    qtbot.waitUntil(lambda: window.inside.capture.page is not None, timeout=WAIT)
    return window.inside.capture.page


def cell(window: MainWindow, row: int, column: int) -> str:
    model = window.inside.timeline.model
    return str(model.data(model.index(row, column), Qt.ItemDataRole.DisplayRole))


def test_a_new_officer_creates_a_store_and_seals_a_record(qtbot, tmp_path):
    window = MainWindow(None)
    window.show()
    page = window.create_page
    page.folder.setText(str(tmp_path / "store"))
    page.owner.setText("R. Hale")
    page.typed.first.setText("lantern quiet river")
    assert page.typed.strength.value() >= 3, "a passphrase of three words was judged weak"
    page.typed.second.setText("lantern quiet river")
    page.make.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.recovery, timeout=WAIT)
    shown = window.recovery.code
    assert len(shown.code.text().replace("-", "").replace("\n", "")) == 28
    assert not window.recovery.next.isEnabled(), "one could go on without saying that the code is written down"
    shown.on_paper.setChecked(True)
    window.recovery.next.click()
    assert shown.code.text() == "", "the recovery code stayed in the window"
    page = begin(window, qtbot)
    page.editors["exact_words"].edit.setPlainText("Move him to monthly.")
    page.seal_button.click()
    qtbot.waitUntil(lambda: bool(window.findChildren(SealDialog)), timeout=WAIT)
    window.findChildren(SealDialog)[0].accept()
    qtbot.waitUntil(lambda: bool(window.findChildren(SealedDialog)), timeout=WAIT)
    window.findChildren(SealedDialog)[0].reject()
    qtbot.waitUntil(lambda: any("Move him to monthly." in cell(window, row, 1) for row in (0, 1)), timeout=WAIT)
    window.close()


def test_a_wrong_passphrase_is_reported_and_changes_nothing(window, qtbot):
    window.unlock.secret.setText("not the passphrase")
    window.unlock.unlock.click()
    qtbot.waitUntil(lambda: "Wrong passphrase" in window.unlock.message.text(), timeout=WAIT)
    assert window.stack.currentWidget() is window.unlock
    unlock(window, qtbot)


def test_the_recovery_code_unlocks(window, qtbot, made_store):
    window.unlock.by_code.setChecked(True)
    unlock(window, qtbot, made_store[1].lower().replace("-", " "))


def test_the_timeline_shows_the_latest_event_first_and_search_narrows_it(opened, qtbot):
    qtbot.waitUntil(lambda: "log" in cell(opened, 0, 1).lower(), timeout=WAIT)
    opened.inside.search.setText("breach")
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: "Do not breach him." in cell(opened, 0, 1), timeout=WAIT)
    page = opened.inside.timeline
    qtbot.waitUntil(lambda: page.found.text() == "1 found; once in this one", timeout=WAIT)
    (mark,) = page.detail.extraSelections()
    assert mark.cursor.selectedText() == "breach"
    opened.inside.search.setText("nothing of the sort")
    qtbot.waitUntil(lambda: opened.inside.timeline.empty.isVisible(), timeout=WAIT)
    assert "nothing of the sort" in opened.inside.timeline.empty.text()


def test_search_finds_words_on_a_scan_that_was_attached(window, qtbot, store):
    with Session.open(store, PASSPHRASE) as session:
        seal_with(session, concern("see the scan"), {"scan.png": scan(["a copper lantern came"])})
    unlock(window, qtbot)
    window.inside.search.setText("lantern")
    qtbot.waitUntil(lambda: window.inside.timeline.model.rowCount() == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: window.inside.timeline.shown.record.index == 4, timeout=WAIT)


def test_a_lock_stops_the_reading_of_files(window, qtbot, store):
    with Session.open(store, PASSPHRASE) as session:
        files = {f"scan {number}.png": scan([f"a copper lantern {number} came"]) for number in range(6)}
        seal_with(session, concern("see the scans"), files)
    unlock(window, qtbot)
    window.inside.search.setText("lantern")
    window.lock()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is not window.inside, timeout=WAIT)
    with Session.open(store, PASSPHRASE, writable=False) as session:
        assert count_not_read(session) > 0


def test_a_draft_is_autosaved_and_survives_a_lock(opened, qtbot, store):
    page = begin(opened, qtbot, "concern")
    page.editors["concern"].edit.setPlainText("Nobody covers for the manager.")
    qtbot.waitUntil(lambda: "saved" in page.state.text() and "not saved" not in page.state.text(), timeout=WAIT)
    page.editors["concern"].edit.appendPlainText("Not even for recalls.")
    opened.lock()
    qtbot.wait(300)
    unlock(opened, qtbot)
    opened.inside.places.setCurrentRow(1)
    qtbot.waitUntil(lambda: opened.inside.drafts_page.items.count() == 1, timeout=WAIT)
    opened.inside.drafts_page.items.itemActivated.emit(opened.inside.drafts_page.items.item(0))
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    text = opened.inside.capture.page.editors["concern"].edit.toPlainText()
    assert text == "Nobody covers for the manager.\nNot even for recalls."


def test_sealing_an_incomplete_draft_is_refused_and_the_draft_kept(opened, qtbot):
    page = begin(opened, qtbot, "decision")
    page.seal_button.click()
    qtbot.waitUntil(lambda: "needed" in page.message.text(), timeout=WAIT)
    assert not opened.findChildren(SealDialog)
    page.editors["rationale"].edit.setPlainText("Because of the move.")
    page.when.setText("the day before yesterday, perhaps")
    page.seal_button.click()
    qtbot.waitUntil(lambda: "“When it happened”" in page.message.text(), timeout=WAIT)


def test_beginning_another_record_saves_the_first_as_a_draft(opened, qtbot):
    page = begin(opened, qtbot, "note")
    page.editors["text"].edit.setPlainText("Typed a moment ago.")
    opened.inside.begin(KINDS["concern"])
    qtbot.waitUntil(lambda: opened.inside.capture.page is not page, timeout=WAIT)
    opened.inside.places.setCurrentRow(1)
    qtbot.waitUntil(lambda: opened.inside.drafts_page.items.count() == 2, timeout=WAIT)
    texts = [opened.inside.drafts_page.items.item(row).text() for row in range(2)]
    assert any("Typed a moment ago." in text for text in texts), texts


def test_the_mouse_wheel_changes_no_field(opened, qtbot):
    page = begin(opened, qtbot, "decision")
    page.case.setEditText("X000412")
    for combo in (page.case, page.precision):
        before = combo.currentText()
        event = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, 0),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        combo.wheelEvent(event)
        assert combo.currentText() == before
        assert not event.isAccepted(), "the page would not scroll"


def test_locking_closes_the_seal_dialog(opened, qtbot):
    page = begin(opened, qtbot)
    page.editors["exact_words"].edit.setPlainText("Move him to monthly.")
    page.seal_button.click()
    qtbot.waitUntil(lambda: bool(opened.findChildren(SealDialog)), timeout=WAIT)
    opened.lock()
    qtbot.waitUntil(lambda: not any(each.isVisible() for each in opened.findChildren(SealDialog)), timeout=WAIT)


def test_a_search_from_an_open_draft_shows_the_timeline(opened, qtbot):
    page = begin(opened, qtbot, "note")
    page.editors["text"].edit.setPlainText("Half a thought.")
    opened.inside.search.setText("breach")
    qtbot.waitUntil(lambda: opened.inside.timeline.isVisible(), timeout=WAIT)
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() == 1, timeout=WAIT)


def test_a_deleted_draft_is_brought_back_within_a_week_or_destroyed(opened, qtbot):
    page = begin(opened, qtbot)
    page.editors["exact_words"].edit.setPlainText("Deleted by mistake.")
    page.save()
    page._delete_button.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    opened.inside.go_to("Drafts")
    drafts = opened.inside.drafts_page
    qtbot.waitUntil(lambda: drafts.deleted.count() == 1, timeout=WAIT)
    assert drafts.items.count() == 0
    assert "Deleted by mistake." in drafts.deleted.item(0).text()
    drafts.back.click()
    qtbot.waitUntil(lambda: drafts.items.count() == 1, timeout=WAIT)
    assert not drafts.away.isVisibleTo(drafts)
    drafts.go_on.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.editors["exact_words"].edit.toPlainText() == "Deleted by mistake."
    opened.inside.capture.page._delete_button.click()
    qtbot.waitUntil(lambda: drafts.deleted.count() == 1, timeout=WAIT)
    opened.inside.go_to("Drafts")
    drafts.destroy_all.click()
    opened.findChild(Sure).accept()
    qtbot.waitUntil(lambda: drafts.deleted.count() == 0, timeout=WAIT)
    assert drafts.items.count() == 0


def test_a_weak_passphrase_is_refused(window, tmp_path):
    page = window.create_page
    page.folder.setText(str(tmp_path / "new"))
    page.typed.first.setText("password")
    page.typed.second.setText("password")
    page.make.click()
    assert "guessed at once" in page.message.text()
    assert not (tmp_path / "new").exists()


def test_files_that_are_dropped_are_kept_with_the_draft(opened, qtbot, tmp_path):
    paper = tmp_path / "letter.txt"
    paper.write_text("An invented letter.", encoding="utf-8")
    page = begin(opened, qtbot)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(paper))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    qtbot.waitUntil(lambda: len(page.draft.attachments) == 1, timeout=WAIT)
    paper.unlink()
    page.editors["exact_words"].edit.setPlainText("See the letter.")
    page.seal_button.click()
    qtbot.waitUntil(lambda: bool(opened.findChildren(SealDialog)), timeout=WAIT)
    opened.findChildren(SealDialog)[0].accept()
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    qtbot.waitUntil(
        lambda: opened.inside.timeline.shown is not None and bool(opened.inside.timeline.shown.record.attachments),
        timeout=WAIT,
    )


def test_locking_wipes_the_screen_and_lets_others_open_the_store(opened, qtbot, store):
    begin(opened, qtbot)
    opened.lock()
    assert opened.stack.currentWidget() is opened.unlock
    assert opened.inside.timeline.detail.toPlainText() == ""
    assert opened.inside.capture.page is None
    assert opened.inside.timeline.model.rowCount() == 0

    def can_open() -> bool:
        try:
            Session.open(store, PASSPHRASE).close()
        except Exception:
            return False
        return True

    qtbot.waitUntil(can_open, timeout=WAIT)


def test_the_window_locks_when_idle(qtbot, store):
    window = MainWindow(store)
    window.show()
    unlock(window, qtbot)
    window.guard.lock_after(0.005)
    window.guard.start()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.unlock, timeout=WAIT)
    assert "nothing was done" in window.unlock.message.text()
    window.close()


def test_the_window_does_not_lock_while_somebody_types(opened, qtbot):
    """Inputs are listened for once a second: the others must not be missed for good."""
    opened.guard.lock_after(2 / 60)
    opened.guard.start()
    for _ in range(16):
        qtbot.keyClick(opened.inside.search, Qt.Key.Key_Shift)
        assert opened.guard._rest.isActive(), "nobody listened, or every event is asked what it is"
        qtbot.wait(200)
    assert opened.stack.currentWidget() is opened.inside, "it locked while somebody typed"
    qtbot.waitUntil(lambda: opened.stack.currentWidget() is opened.unlock, timeout=WAIT)
    qtbot.keyClick(opened.unlock.secret, Qt.Key.Key_Shift)
    assert not opened.guard._rest.isActive(), "a locked window still listens"


def test_an_export_from_the_window_verifies(opened, qtbot, tmp_path):
    path = tmp_path / "bundle.pdf"
    opened.inside.places.setCurrentRow(2)
    opened.inside.bundles.export.export_to(path)
    qtbot.waitUntil(lambda: opened.inside.bundles.export.start.isEnabled(), timeout=60_000)
    assert verify_file(path).verdict is Verdict.VERIFIED


def test_a_cancelled_export_leaves_no_file(opened, qtbot, tmp_path):
    path = tmp_path / "bundle.pdf"
    opened.inside.bundles.export.export_to(path)
    opened.inside.bundles.export.stop.click()
    qtbot.waitUntil(lambda: opened.inside.bundles.export.start.isEnabled(), timeout=60_000)
    assert "Cancelled" in opened.inside.bundles.export.message.text()
    assert list(tmp_path.glob("*.p*")) == []


def test_a_check_reports_each_item(opened, qtbot):
    opened.inside.check_page.check()
    qtbot.waitUntil(lambda: opened.inside.check_page.items.count() >= 4, timeout=WAIT)
    assert "Verified" in opened.inside.check_page.verdict.sentence.text()


def test_an_addendum_links_to_its_record(opened, qtbot):
    opened.inside.search.setText("breach")
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: opened.inside.timeline.shown.record.index == 3, timeout=WAIT)
    opened.inside.timeline.addendum_asked.emit(3)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert json.dumps(opened.inside.capture.page.entry()["links"]) == '[{"to": 3, "as": "adds to"}]'


def test_a_correction_names_its_record_and_carries_its_case(opened, qtbot):
    opened.inside.timeline.addendum_asked.emit(2)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    page = opened.inside.capture.page
    assert page.kind.name == "note", "what was said is not said again"
    assert page.case.currentText() == "X000412"
    assert any("record 2" in each.text() for each in page.findChildren(QLabel))
    page.relation.setCurrentIndex(page.relation.findData("corrects"))
    page.editors["text"].edit.setPlainText("It was the 14th, not the 15th.")
    page.seal_button.click()
    qtbot.waitUntil(lambda: bool(opened.findChildren(SealDialog)), timeout=WAIT)
    dialog = opened.findChildren(SealDialog)[0]
    assert "record 2" in dialog.findChild(QTextBrowser).toPlainText()
    dialog.accept()
    qtbot.waitUntil(
        lambda: opened.inside.timeline.shown is not None and bool(opened.inside.timeline.shown.record.links),
        timeout=WAIT,
    )
    assert opened.inside.timeline.shown.record.links == [(2, "corrects")]
    assert opened.inside.timeline.table.hasFocus() or opened.findChildren(QDialog)


def test_the_parsed_time_is_shown_while_typing(opened, qtbot):
    page = begin(opened, qtbot, "note")
    page.when.setText("3 April 2025 9:30")
    assert page.understood.text() == "Thu 3 Apr 2025, 09:30"
    page.when.setText("yesterday morning")
    assert "cannot be read as a time: yesterday 10:30" in page.understood.text()
    page.when.setText("14/04/2025")
    assert page.understood.text() == "Mon 14 Apr 2025"


def test_the_focus_returns_to_the_button_that_began_a_task(opened, qtbot, tmp_path):
    opened.inside.go_to("Bundles")
    opened.inside.bundles.export.start.setFocus()
    opened.inside.bundles.export.export_to(tmp_path / "trail.pdf")
    qtbot.waitUntil(
        lambda: (tmp_path / "trail.pdf").exists() and opened.inside.bundles.export.start.isEnabled(), timeout=WAIT
    )
    qtbot.waitUntil(opened.inside.bundles.export.start.hasFocus, timeout=WAIT)
