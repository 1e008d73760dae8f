"""Reading a record and what it names, and drafts that do not pile up."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication
from PySide6.QtWidgets import QWidget

from evidence_app.domain.record.kinds import KINDS
from evidence_app.services.records import drafts
from tests.desktop.conftest import WAIT, settle, unlock
from tests.desktop.test_bundles_window import ask
from tests.desktop.test_mail_window import seal_entry
from tests.desktop.test_nothing_broken import begin


def show(window, qtbot, index: int):
    window.inside.show_record(index)
    qtbot.waitUntil(lambda: window.inside.timeline.shown.record.index == index, timeout=WAIT)
    return window.inside.timeline.pane


def all_drafts(window, qtbot) -> list:
    settle(window.inside, window.thread_of_store, qtbot)
    return ask(window, qtbot, drafts.all_drafts)


ADDENDUM = {
    "kind": "note",
    "event_at": "2025-05-01T09:00",
    "event_precision": "exact",
    "fields": {"text": "It was at 14:20.\n" + "A long line that no row shows whole. " * 20},
    "links": [{"to": 2, "as": "adds to"}],
}


def test_links_lead_to_records_and_back_and_forth(opened, qtbot):
    note = seal_entry(opened, qtbot, ADDENDUM)
    pane = show(opened, qtbot, note)
    assert pane.back.isHidden(), "there is a way back although no link was followed"
    assert 'href="record:2"' in pane.detail.toHtml()
    pane.detail.anchorClicked.emit(QUrl("record:2"))
    qtbot.waitUntil(lambda: pane.shown.record.index == 2, timeout=WAIT)
    assert f'href="record:{note}"' in pane.detail.toHtml(), "the record does not lead to what adds to it"
    pane.back.click()
    qtbot.waitUntil(lambda: pane.shown.record.index == note, timeout=WAIT)
    assert not pane.back.isEnabled()
    pane.forward.click()
    qtbot.waitUntil(lambda: pane.shown.record.index == 2, timeout=WAIT)
    opened.lock()
    assert pane.shown is None
    assert pane._before == pane._after == []


def test_a_link_leads_to_a_record_that_the_filters_leave_out(opened, qtbot):
    note = seal_entry(opened, qtbot, ADDENDUM)
    opened.inside.search.setText("14:20")
    timeline = opened.inside.timeline
    qtbot.waitUntil(lambda: timeline.model.rowCount() == 1 and timeline.shown.record.index == note, timeout=WAIT)
    timeline.pane.detail.anchorClicked.emit(QUrl("record:2"))
    qtbot.waitUntil(lambda: timeline.shown.record.index == 2, timeout=WAIT)
    assert opened.inside.search.text() == "14:20"


def test_an_address_that_is_no_record_leads_nowhere(opened, qtbot):
    pane = show(opened, qtbot, 2)
    for address in ("https://example.org/", "record:", "record:-1", "file:///etc/passwd"):
        pane.detail.anchorClicked.emit(QUrl(address))
    settle(opened.inside, opened.thread_of_store, qtbot)
    assert pane.shown.record.index == 2
    assert pane._before == []


def test_the_whole_text_is_copied_from_a_row(opened, qtbot):
    note = seal_entry(opened, qtbot, ADDENDUM)
    show(opened, qtbot, note)
    table = opened.inside.timeline.table
    table.setFocus()
    qtbot.keyClick(table, "c", Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied.count("A long line that no row shows whole.") == 20
    assert "…" not in copied


def test_a_row_has_a_menu_of_what_can_be_done(opened, qtbot):
    pane = show(opened, qtbot, 2)
    offered = [action.text() for action in pane.menu().actions()]
    assert {"Add to it…", "Thread", "Save receipt…", "Copy the whole text", "Draft the e-mail…"} <= set(offered)
    assert "Look at the files…" not in offered, "it offers files that the record has not"


def test_a_draft_in_which_nobody_wrote_is_not_left_behind(opened, qtbot):
    for _ in range(3):
        earlier = opened.inside.capture.page
        begin(opened, qtbot, "instruction")
        qtbot.waitUntil(lambda earlier=earlier: opened.inside.capture.page is not earlier, timeout=WAIT)
    opened.inside.capture.page.close_page()
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    assert all_drafts(opened, qtbot) == []
    page = begin(opened, qtbot, "instruction")
    page.editors["exact_words"].edit.setPlainText("Half a")
    page.editors["exact_words"].edit.setPlainText("")
    page.close_page()
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    assert len(all_drafts(opened, qtbot)) == 1, "a draft that somebody worked on is gone"


def test_a_blank_draft_that_was_open_is_there_again_after_a_lock(opened, qtbot):
    begin(opened, qtbot, "concern")
    opened.lock()
    unlock(opened, qtbot)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.kind is KINDS["concern"]


def test_what_was_begun_from_something_else_is_kept(opened, qtbot):
    opened.inside.capture.add_to(2)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    opened.inside.capture.page.close_page()
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    assert len(all_drafts(opened, qtbot)) == 1


def test_a_draft_is_deleted_on_its_page_by_key_and_brought_back_by_the_bar(opened, qtbot):
    page = begin(opened, qtbot, "note")
    page.editors["text"].edit.setPlainText("Ring the duty desk.")
    opened.inside.go_to("Drafts")
    listed = opened.inside.drafts_page
    qtbot.waitUntil(lambda: listed.items.count() == 1 and listed.items.isVisible(), timeout=WAIT)
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    listed.items.setFocus()
    qtbot.keyClick(listed.items, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: listed.items.count() == 0, timeout=WAIT)
    assert opened.inside.undo.isVisible()
    opened.inside.undo.undo.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.editors["text"].edit.toPlainText() == "Ring the duty desk."


def said_of(widget: QWidget) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found


def test_a_record_is_read_out_without_signs_that_nobody_wrote(opened, qtbot):
    pane = show(opened, qtbot, 2)
    read = said_of(pane.detail).textInterface()
    text = read.text(0, read.characterCount())
    assert "Just do your best." in text
    assert not any("\ufdd0" <= letter <= "\ufdef" or letter == "\ufffc" for letter in text)


def test_the_list_comes_before_the_record_for_a_screen_reader(opened, qtbot):
    timeline = opened.inside.timeline
    children = [
        said_of(timeline.split).child(number).object() for number in range(said_of(timeline.split).childCount())
    ]
    assert children.index(timeline.table) < children.index(timeline.pane)


def test_a_needed_field_says_so_itself_and_a_choice_has_its_own_name(opened, qtbot):
    page = begin(opened, qtbot, "instruction")
    words = page.editors["exact_words"].edit
    assert said_of(words).text(QAccessible.Text.Description) == "needed"
    for choice, name in ((page.precision, "This time is"), (page.editors["via"].combo, "How")):
        labels = [label.object() for label, _ in said_of(choice).relations(QAccessible.RelationFlag.Label)]
        assert name in [each.text() for each in labels], "a choice is called by its value"
