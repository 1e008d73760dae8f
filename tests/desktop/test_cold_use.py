"""What somebody who had never seen the window stumbled over, step by step."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.viewer.page_viewer import PageViewer
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.desktop.system.window_memory import WindowMemory, recall, remember
from evidence_app.desktop.writing.seal_dialogs import SealDialog
from evidence_app.domain.summary.saved_views import View
from evidence_app.services.bundles.previewing import PdfPages
from tests.desktop.conftest import PASSPHRASE, WAIT, settle
from tests.desktop.test_mail_window import CONCERN, drop, know_the_owner, seal_entry
from tests.desktop.test_nothing_broken import begin
from tests.desktop.test_reading_and_drafts import ADDENDUM, show
from tests.support import mails
from tests.support.sample_documents import letter


def test_the_pane_shows_the_mail_that_is_chosen_and_no_other(opened, qtbot, tmp_path):
    know_the_owner(opened, qtbot)
    paths = [tmp_path / f"{name}.eml" for name in ("a", "b", "c")]
    for path in paths:
        path.write_bytes(
            mails.sent(message_id=f"<{path.stem}@x.example>", body=f"These are the words of {path.stem}.\r\n")
        )
    page = opened.inside.casework.mail_in
    drop(opened, *paths[:2])
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=WAIT)
    assert "words of a." in page.reading.toPlainText()
    drop(opened, paths[2])
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=WAIT)
    assert "words of c." in page.reading.toPlainText(), "another mail is read than is sealed"


def test_back_leads_to_the_row_that_is_still_chosen(opened, qtbot):
    note = seal_entry(opened, qtbot, ADDENDUM)
    opened.inside.search.setText("14:20")
    timeline = opened.inside.timeline
    qtbot.waitUntil(lambda: timeline.model.rowCount() == 1 and timeline.shown.record.index == note, timeout=WAIT)
    timeline.pane.detail.anchorClicked.emit(QUrl("record:2"))
    qtbot.waitUntil(lambda: timeline.shown.record.index == 2, timeout=WAIT)
    timeline.detail.setFocus()
    qtbot.keyClick(timeline.detail, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: timeline.shown.record.index == note, timeout=WAIT)
    timeline.pane.detail.anchorClicked.emit(QUrl("record:2"))
    qtbot.waitUntil(lambda: timeline.shown.record.index == 2, timeout=WAIT)
    row = timeline.table.visualRect(timeline.model.index(0, 1))
    qtbot.mouseClick(timeline.table.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    qtbot.waitUntil(lambda: timeline.shown.record.index == note, timeout=WAIT)
    timeline.table.setFocus()
    qtbot.keyClick(timeline.table, "c", Qt.KeyboardModifier.ControlModifier)
    assert "It was at 14:20." in QGuiApplication.clipboard().text()


def test_the_palette_keeps_the_keyboard_over_an_open_form(opened, qtbot):
    page = begin(opened, qtbot, "concern")
    page.editors["concern"].edit.setPlainText("Half a thought.")
    qtbot.waitUntil(lambda: opened.inside._state is not None, timeout=WAIT)
    opened.inside._open_palette()
    qtbot.keyClicks(opened.inside.search, "work")
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    settle(opened.inside, opened.thread_of_store, qtbot)
    assert opened.inside.search.hasFocus(), "the letters that follow go nowhere"
    assert opened.inside.palette_list.isVisible()
    qtbot.keyClick(opened.inside.search, Qt.Key.Key_Down)
    qtbot.keyClick(opened.inside.search, Qt.Key.Key_Down)
    chosen = opened.inside.palette_list.items.currentRow()
    assert chosen >= 0
    qtbot.keyClick(opened.inside.search, Qt.Key.Key_Return)
    assert opened.inside.search.text() == ""


def test_enter_alone_goes_from_the_search_to_what_was_found(opened, qtbot):
    opened.inside.search.setFocus()
    qtbot.keyClicks(opened.inside.search, "monthly")
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() == 1, timeout=WAIT)
    opened.inside._open_palette()
    opened.inside.search.setText("new")
    qtbot.waitUntil(opened.inside.palette_list.isVisible, timeout=WAIT)
    qtbot.keyClick(opened.inside.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not opened.inside.search.hasFocus(), timeout=WAIT)
    assert opened.inside.place.currentWidget().isAncestorOf(QApplication.focusWidget())


def test_an_area_that_is_marked_by_keys_is_in_sight(qtbot):
    runner = BackgroundRunner()
    viewer = PageViewer(runner)
    viewer.resize(700, 500)
    qtbot.addWidget(viewer)
    viewer.show()
    qtbot.waitExposed(viewer)
    viewer.show_pages(PdfPages(letter(["One line."])))
    qtbot.waitUntil(lambda: viewer.view._image is not None, timeout=WAIT)
    viewer.zoom(4)
    viewer.room.verticalScrollBar().setValue(viewer.room.verticalScrollBar().maximum())
    viewer.view.drawing_allowed = True
    viewer.view.setFocus()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Return)

    def in_sight() -> bool:
        corner = viewer.view._on_widget(viewer.view._area).bottomRight().toPoint()
        return viewer.view.visibleRegion().boundingRect().contains(corner)

    assert in_sight(), "the area is begun where nobody sees it"
    assert viewer.view._area[1] > 0.5
    for _ in range(30):
        qtbot.keyClick(viewer.view, Qt.Key.Key_Up)
        assert in_sight(), "the page does not follow the area"
    assert viewer.view._area[1] < 0.3
    runner.stop()


def test_a_record_is_shown_again_in_the_colours_of_another_theme(opened, qtbot, qapp):
    pane = show(opened, qtbot, 2)
    light = theme.LIGHT.soft
    assert light in pane.detail.toHtml()
    theme.choose("dark")
    theme.apply(qapp)
    qtbot.waitUntil(lambda: theme.DARK.soft in pane.detail.toHtml(), timeout=WAIT)
    assert light not in pane.detail.toHtml()


def test_the_focus_is_not_thrown_to_the_status_bar(opened, qtbot):
    page = begin(opened, qtbot, "note")
    page.editors["text"].edit.setPlainText("Half a thought.")
    page._delete_button.setFocus()
    page._delete_button.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    settle(opened.inside, opened.thread_of_store, qtbot)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert not opened.statusBar().isAncestorOf(focused)
    opened.activateWindow()
    qtbot.keyClick(focused, "z", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.editors["text"].edit.toPlainText() == "Half a thought."


def test_enter_does_not_seal_what_lacks_something(opened, qtbot):
    page = begin(opened, qtbot, "instruction")
    page.editors["exact_words"].edit.setPlainText("Move him to monthly.")
    page.seal_button.click()
    qtbot.waitUntil(lambda: bool(opened.findChildren(SealDialog)), timeout=WAIT)
    dialog = opened.findChildren(SealDialog)[-1]
    qtbot.waitUntil(
        lambda: QApplication.focusWidget() is not None and dialog.isAncestorOf(QApplication.focusWidget()), timeout=WAIT
    )
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    settle(opened.inside, opened.thread_of_store, qtbot)
    assert opened.inside.capture.page is page, "it was sealed without who said it and in which case"
    assert page.editors["given_by"].isAncestorOf(opened.focusWidget())


def test_a_new_store_can_be_remembered_where_it_is_made(qtbot, tmp_path):
    window = MainWindow(None)
    window.show()
    form = window.create_page
    form.folder.setText(str(tmp_path / "mine"))
    form.owner.setText("R. Hale")
    for field in (form.typed.first, form.typed.second):
        field.setText(PASSPHRASE)
    form.remember.setChecked(True)
    form.make.click()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.recovery, timeout=WAIT)
    assert recall().stores == (tmp_path / "mine",)
    window.close()


def test_the_unlock_page_takes_its_words_back_and_the_cursor_too(window, qtbot):
    window.unlock.message.fault("Wrong passphrase. Nothing was changed.")
    qtbot.keyClicks(window.unlock.secret, "f")
    assert window.unlock.message.text() == ""
    window.unlock.remember.click()
    qtbot.waitUntil(window.unlock.secret.hasFocus, timeout=WAIT)


def test_the_first_page_leads_to_the_stores_that_are_remembered(store, qtbot, tmp_path):
    remember(WindowMemory((tmp_path / "gone", store)))
    window = MainWindow()
    window.show()
    qtbot.waitUntil(window.welcome._recent.items.hasFocus, timeout=WAIT)
    qtbot.keyClick(window.welcome._recent.items, Qt.Key.Key_Down)
    qtbot.keyClick(window.welcome._recent.items, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.unlock, timeout=WAIT)
    window.close()


@pytest.mark.parametrize("place", ["Settings", "Check", "Home"])
def test_what_was_searched_for_stands_on_no_other_page(opened, qtbot, place: str):
    opened.inside.search.setText("monthly")
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() == 1, timeout=WAIT)
    opened.inside.timeline.table.setFocus()
    opened.inside.go_to(place)
    assert opened.inside.search.text() == ""
    opened.inside.go_to("Timeline")
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() > 3, timeout=WAIT)


def test_what_was_copied_is_not_said_of_the_next_record(opened, qtbot):
    pane = show(opened, qtbot, 2)
    pane.code.click()
    assert "Copied" in opened.inside.timeline.message.text()
    show(opened, qtbot, 1)
    assert opened.inside.timeline.message.text() == ""


def test_the_filters_of_threads_add_up_and_an_empty_one_says_so(opened, qtbot):
    seal_entry(opened, qtbot, CONCERN)
    opened.inside.go_to("Threads")
    page = opened.inside.casework.threads
    qtbot.waitUntil(lambda: page.thread_shown() is not None, timeout=WAIT)
    counts = {
        each.text().rsplit(" ", 1)[0].strip(): int(each.text().rsplit(" ", 1)[1]) for each in page.filters.buttons()
    }
    assert counts["All"] == sum(count for name, count in counts.items() if name != "All")
    empty = next(each for each in page.filters.buttons() if each.text().endswith(" 0"))
    empty.click()
    assert page.none.isVisible()
    page.filters.buttons()[0].click()
    assert not page.none.isVisible()
    assert page.threads.count() == counts["All"]


def test_a_search_from_another_page_is_of_all_records(opened, qtbot):
    opened.inside.show_view(View(case="X000999"))
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() == 0, timeout=WAIT)
    opened.inside.go_to("Home")
    opened.inside.search.setFocus()
    qtbot.keyClicks(opened.inside.search, "monthly")
    qtbot.waitUntil(lambda: opened.inside.timeline.model.rowCount() == 1, timeout=WAIT)
    assert opened.inside.timeline.filters.view == View(text="monthly")
