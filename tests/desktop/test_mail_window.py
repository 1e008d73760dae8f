"""Mail and threads in the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPlainTextEdit, QTableWidget, QWidget

from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.writing.seal_dialogs import SealDialog
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.thread.next_steps import Move
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting, load_settings
from tests.desktop.conftest import WAIT, settle, unlock
from tests.support import mails

CONCERN = {
    "kind": "concern",
    "event_at": "2025-04-15T10:30",
    "event_precision": "exact",
    "case_ref": "X000412",
    "fields": {
        "concern": "X000412 is seen once a month though the risk is high.",
        "raised_with": {"person": "J. Marsh", "role": "Senior probation officer"},
        "ask": "Weekly reporting.",
        "reply_by": "2025-04-24",
    },
}
MEETING = {
    "kind": "meeting",
    "event_at": "2025-04-28T10:00",
    "event_precision": "exact",
    "fields": {"type": "team meeting", "actions": [{"who": "J. Marsh", "what": "Ask T. Okoro", "due": "2025-05-06"}]},
}


def seal_entry(window: MainWindow, qtbot, entry: dict) -> int:
    found: list[int] = []
    window.thread_of_store.call(lambda session: seal(session, read_entry(entry)).index, found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    window.inside.refresh()
    return found[0]


def records(window: MainWindow, qtbot) -> list:
    found: list = []

    def work(session: Session) -> list:
        return [session.store.records.get(index) for index in range(session.store.log.size())]

    window.thread_of_store.call(work, found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    return found[0]


def know_the_owner(window: MainWindow, qtbot) -> None:
    """Set the officer's own address: who sent a mail is not guessed without it."""
    found: list = []
    address = mails.OFFICER.partition("<")[2].rstrip(">") or mails.OFFICER
    window.thread_of_store.call(
        lambda session: change_setting(session, "own_addresses", [address]), found.append, pytest.fail
    )
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)


def drop(window: MainWindow, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


@pytest.fixture
def raised(opened, qtbot):
    """A window whose store has an overdue concern; the index of it."""
    index = seal_entry(opened, qtbot, CONCERN)
    qtbot.waitUntil(lambda: opened.inside.casework.home.items.count() > 0, timeout=WAIT)
    return opened, index


def test_an_overdue_reply_is_sealed_as_silence_with_one_click(raised, qtbot):
    window, index = raised
    home = window.inside.casework.home
    window.inside.go_to("Home")
    assert "overdue" in home.items.item(0).text()
    assert home.way.text() == "Record that no answer came"
    home.way.click()
    qtbot.waitUntil(lambda: home.items.count() == 0, timeout=WAIT)
    last = records(window, qtbot)[-1]
    assert last.kind.name == "response"
    assert last.fields["effect"] == "no answer by the date"
    assert last.links == [(index, "answers")]
    assert int(last.fields["working_days"]) > 100


def test_a_thread_is_a_ladder_whose_next_step_is_a_button(raised, qtbot):
    window, index = raised
    window.inside.go_to("Threads")
    page = window.inside.casework.threads
    qtbot.waitUntil(lambda: page.thread_shown() is not None, timeout=WAIT)
    page.choose(index)
    assert "Unanswered" in page.state.text()
    said = page.ladder.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "sealed by me" in said, "a screen reader does not hear the step's shape"
    assert page.thread_shown().following.move is Move.SEAL_SILENCE
    page.next.click()
    qtbot.waitUntil(lambda: page.ladder.count() == 2, timeout=WAIT)
    assert page.thread_shown().following.move is Move.ESCALATE
    page.next.click()
    qtbot.waitUntil(lambda: window.inside.capture.page is not None, timeout=WAIT)
    assert window.inside.capture.page.kind.name == "escalation"
    assert window.inside.capture.page.draft.entry["links"] == [{"to": index, "as": "escalates"}]


def test_an_action_of_a_meeting_is_closed_on_home(opened, qtbot):
    index = seal_entry(opened, qtbot, MEETING)
    home = opened.inside.casework.home
    qtbot.waitUntil(lambda: home.items.count() == 1, timeout=WAIT)
    assert "Ask T. Okoro" in home.items.item(0).text()
    home.not_done.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    entry = opened.inside.capture.page.draft.entry
    assert (entry["kind"], entry["fields"]["state"]) == ("outcome", "not done")
    assert entry["links"] == [{"to": index, "as": "results from"}]
    opened.inside.capture.page.seal_button.click()
    qtbot.waitUntil(lambda: bool(opened.findChildren(SealDialog)), timeout=WAIT)
    opened.findChildren(SealDialog)[0].accept()
    qtbot.waitUntil(lambda: home.items.count() == 0, timeout=WAIT)
    assert records(opened, qtbot)[-1].kind.name == "outcome"


def test_an_edited_e_mail_is_restored_after_a_lock(raised, qtbot):
    window, index = raised
    window.inside.casework.draft(index)
    page = window.inside.casework.mail_out
    qtbot.waitUntil(lambda: page._preview is not None, timeout=WAIT)
    page.body.setPlainText("My own words, about X000412.")
    window.lock()
    assert "My own words" not in page.body.toPlainText()
    unlock(window, qtbot)
    window.inside.casework.draft(index)
    qtbot.waitUntil(lambda: "My own words" in page.body.toPlainText(), timeout=WAIT)


def test_the_copied_e_mail_is_pseudonymised_and_cleared_by_a_lock(raised, qtbot):
    window, index = raised
    window.inside.casework.draft(index)
    page = window.inside.casework.mail_out
    qtbot.waitUntil(lambda: page._preview is not None, timeout=WAIT)
    page.to.setText("rep@union.example")
    page._copy()
    clipboard = QGuiApplication.clipboard()
    qtbot.waitUntil(lambda: "client A" in clipboard.text(), timeout=WAIT)
    assert "X000412" not in clipboard.text(), "a stale text was copied for somebody outside"
    window.lock()
    assert clipboard.text() == ""


def test_an_empty_recipient_writes_no_to_header(raised, qtbot, tmp_path):
    window, index = raised
    window.inside.casework.draft(index)
    page = window.inside.casework.mail_out
    qtbot.waitUntil(lambda: page._preview is not None, timeout=WAIT)
    page.to.clear()
    page.write_to(tmp_path / "nobody.eml")
    qtbot.waitUntil(lambda: "sealed as record" in page.message.text(), timeout=WAIT)
    assert b"\nTo:" not in (tmp_path / "nobody.eml").read_bytes()


def test_results_requested_before_a_lock_are_not_shown_after_it(raised, qtbot):
    window, _ = raised
    window.inside.go_to("Home")
    window.inside.casework.refresh()
    window.lock()
    settle(window, window.thread_of_store, qtbot)
    assert "X000412" not in shown_texts(window)


def test_the_e_mail_is_drafted_with_pseudonyms_for_somebody_outside(raised, qtbot, tmp_path):
    window, index = raised
    window.inside.casework.draft(index)
    page = window.inside.casework.mail_out
    qtbot.waitUntil(lambda: page._preview is not None, timeout=WAIT)
    page.to.setText("rep@union.example")
    page._look()
    qtbot.waitUntil(lambda: page._preview is not None and bool(page._preview.to), timeout=WAIT)
    assert "X000412" not in page.body.toPlainText()
    page.write_to(tmp_path / "draft.eml")
    qtbot.waitUntil(lambda: "sealed as record" in page.message.text(), timeout=WAIT)
    content = (tmp_path / "draft.eml").read_bytes()
    assert b"X000412" not in content
    assert b"X-Unsent: 1" in content
    page.to.setText("boss@office.gov.uk")
    page._touched = False
    page._look()
    qtbot.waitUntil(lambda: "X000412" in page.body.toPlainText(), timeout=WAIT)


def test_dropped_mail_is_previewed_first_and_sealed_with_one_button(opened, qtbot, tmp_path):
    know_the_owner(opened, qtbot)
    sent, receipt = tmp_path / "b-sent.eml", tmp_path / "a-receipt.eml"
    sent.write_bytes(mails.sent())
    receipt.write_bytes(mails.exchange("displayed"))
    page = opened.inside.casework.mail_in
    drop(opened, receipt, sent)
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=WAIT)
    assert "Opened, according to the receipt" in page.table.item(0, 1).text()
    assert len(records(opened, qtbot)) == 4, "something was sealed before anybody said so"
    page.seal.click()
    qtbot.waitUntil(lambda: "2 sealed" in page.message.text(), timeout=WAIT)
    message, mdn = records(opened, qtbot)[-2:]
    assert (message.kind.name, mdn.kind.name) == ("message", "mail-receipt")
    assert (mdn.fields["match"], mdn.links) == ("exact", [(message.index, "receipt for")])
    drop(opened, receipt, sent)
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=WAIT)
    assert all("Held already" in page.table.item(row, 1).text() for row in (0, 1))
    assert not page.seal.isEnabled()


def test_a_wrong_setting_is_reported_and_not_saved(opened, qtbot):
    opened.inside.go_to("Settings")
    page = opened.inside.casework.settings
    qtbot.waitUntil(lambda: bool(page.boxes["inside"].values()), timeout=WAIT)
    page.boxes["non_working_days"].show_value(("someday",))
    page.save()
    assert "someday" in page.message.text()
    page.boxes["non_working_days"].show_value(("Friday from 2025-09-01",))
    page.save()
    qtbot.waitUntil(lambda: page.message.text() == "✓ Saved.", timeout=WAIT)
    found: list = []
    opened.thread_of_store.call(load_settings, found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    assert found[0].non_working_days == ("Friday from 2025-09-01",)


def shown_texts(window: MainWindow) -> str:
    texts = []
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QLineEdit):
            texts.append(widget.text())
        elif isinstance(widget, QPlainTextEdit):
            texts.append(widget.toPlainText())
        elif isinstance(widget, QListWidget):
            texts += [widget.item(row).text() for row in range(widget.count())]
        elif isinstance(widget, QTableWidget):
            texts += [widget.item(row, 0).text() for row in range(widget.rowCount())]
    return "\n".join(texts)


def test_locking_wipes_mail_and_threads(raised, qtbot, tmp_path):
    window, index = raised
    window.inside.casework.draft(index)
    qtbot.waitUntil(lambda: "X000412" in shown_texts(window), timeout=WAIT)
    window.lock()
    left = shown_texts(window)
    assert "X000412" not in left
    assert "J. Marsh" not in left


def test_a_mail_saved_as_a_draft_is_sealed_unchanged(opened, qtbot, tmp_path):
    know_the_owner(opened, qtbot)
    path = tmp_path / "sent.eml"
    path.write_bytes(mails.sent(body="Words\u00a0with a hard space.\r\n"))
    page = opened.inside.casework.mail_in
    drop(opened, path)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1, timeout=WAIT)
    page.keep.click()
    qtbot.waitUntil(lambda: "kept as drafts" in page.message.text(), timeout=WAIT)
    found: list = []
    opened.thread_of_store.call(lambda session: session.store.drafts.all(), found.append, pytest.fail)
    qtbot.waitUntil(lambda: bool(found), timeout=WAIT)
    (draft,) = found[0]
    opened.inside.capture.open(draft)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    opened.inside.capture.page.seal_button.click()
    qtbot.waitUntil(lambda: bool(opened.findChildren(SealDialog)), timeout=WAIT)
    opened.findChildren(SealDialog)[0].accept()
    qtbot.waitUntil(lambda: records(opened, qtbot)[-1].kind.name == "message", timeout=WAIT)
    sealed = records(opened, qtbot)[-1]
    assert sealed.content["event_at"] == draft.entry["event_at"], "the second was lost in the form"
    assert {name: sealed.fields.get(name) for name in draft.entry["fields"]} == draft.entry["fields"]
    assert [facts.size for facts in sealed.attachments] == [path.stat().st_size]


def test_the_thread_of_a_conversation_is_chosen_in_the_window(opened, qtbot, tmp_path):
    """Several threads name somebody in it: they are offered first, and the note is about the one that is chosen."""
    first, second = (seal_entry(opened, qtbot, CONCERN) for _ in range(2))
    chat = tmp_path / "chat with J.txt"
    chat.write_text(
        "12/05/2026, 14:01 - J. Marsh: do your best\n12/05/2026, 14:02 - S. Rowe: weekly?\n", encoding="utf-8"
    )
    drop(opened, chat)
    page = opened.inside.casework.mail_in
    qtbot.waitUntil(lambda: page.table.rowCount() == 1 and page.table.cellWidget(0, 2) is not None, timeout=WAIT)
    assert "Conversation of 2 messages" in page.table.item(0, 1).text()
    box = page.table.cellWidget(0, 2)
    assert box.itemText(0) == "2 threads fit: choose one"
    assert {box.itemData(1), box.itemData(2)} == {first, second}
    box.setCurrentIndex(box.findData(first))
    settle(page, opened.thread_of_store, qtbot)
    page.seal.click()
    qtbot.waitUntil(lambda: records(opened, qtbot)[-1].kind.name == "note", timeout=WAIT)
    assert list(records(opened, qtbot)[-1].links) == [(first, "about")]


def test_a_sent_mail_is_tied_to_a_concern_in_the_window_also_afterwards(opened, qtbot, tmp_path):
    concern, other = (seal_entry(opened, qtbot, CONCERN) for _ in range(2))
    sent = tmp_path / "sent.eml"
    sent.write_bytes(mails.sent())
    page = opened.inside.casework.mail_in
    drop(opened, sent)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1 and page.table.cellWidget(0, 2) is not None, timeout=WAIT)
    box = page.table.cellWidget(0, 2)
    box.setCurrentIndex(box.findData(concern))
    settle(page, opened.thread_of_store, qtbot)
    page.seal.click()
    qtbot.waitUntil(lambda: records(opened, qtbot)[-1].kind.name == "message", timeout=WAIT)
    held = records(opened, qtbot)[-1]
    assert list(held.links) == [(concern, "about")]
    drop(opened, sent)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1 and page.table.cellWidget(0, 2) is not None, timeout=WAIT)
    assert not page.seal.isEnabled()
    box = page.table.cellWidget(0, 2)
    box.setCurrentIndex(box.findData(other))
    qtbot.waitUntil(page.seal.isEnabled, timeout=WAIT)
    page.seal.click()
    qtbot.waitUntil(lambda: records(opened, qtbot)[-1].kind.name == "note", timeout=WAIT)
    assert list(records(opened, qtbot)[-1].links) == [(held.index, "adds to"), (other, "about")]


def test_who_sent_a_mail_is_asked_where_nothing_shows_it(opened, qtbot, tmp_path):
    team = tmp_path / "team.eml"
    team.write_bytes(
        b"From: Duty desk <duty@x.example>\r\nTo: all@x.example\r\nSubject: Cover\r\n"
        b"Date: Thu, 12 Mar 2026 10:00:00 +0000\r\nMessage-ID: <team@x.example>\r\n\r\nNobody covers.\r\n"
    )
    page = opened.inside.casework.mail_in
    drop(opened, team)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1 and page.table.cellWidget(0, 1) is not None, timeout=WAIT)
    before = len(records(opened, qtbot))
    page.seal.click()
    assert "Nothing is ticked" in page.message.text(), "it is ticked although nobody knows who sent it"
    page.tick_all.click()
    page.seal.click()
    qtbot.waitUntil(lambda: "Nothing shows whether you sent it" in page.message.text(), timeout=WAIT)
    assert len(records(opened, qtbot)) == before
    drop(opened, team)
    qtbot.waitUntil(lambda: page.table.rowCount() == 1 and page.table.cellWidget(0, 1) is not None, timeout=WAIT)
    who = page.table.cellWidget(0, 1)
    who.setCurrentIndex(who.findData(True))
    qtbot.waitUntil(lambda: page.table.cellWidget(0, 1) is None, timeout=WAIT)
    page.seal.click()
    qtbot.waitUntil(lambda: records(opened, qtbot)[-1].kind.name == "message", timeout=WAIT)
    assert records(opened, qtbot)[-1].fields["direction"] == "sent"


def ticks(page) -> list[bool]:
    cells = (page.table.item(number, 0) for number in range(page.table.rowCount()))
    return [cell.checkState() is Qt.CheckState.Checked for cell in cells]


def test_only_what_is_sure_is_ticked_and_the_rest_is_read_first(opened, qtbot, tmp_path):
    know_the_owner(opened, qtbot)
    note, receipt, sent = tmp_path / "a-notes.txt", tmp_path / "b-receipt.eml", tmp_path / "c-sent.eml"
    note.write_text("Milk, bread.", encoding="utf-8")
    receipt.write_bytes(mails.exchange("displayed"))
    sent.write_bytes(mails.sent(body="Weekly, please.\r\n"))
    page = opened.inside.casework.mail_in
    drop(opened, note, receipt)
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=WAIT)
    assert ticks(page) == [False, False], "a stray file, or a receipt that fits nothing, is ticked"
    assert "Ticked: 0." in page.message.text()
    page.seal.click()
    assert page.message.text() == "Nothing is ticked: tick what is to be kept."
    drop(opened, note, receipt, sent)
    qtbot.waitUntil(lambda: page.table.rowCount() == 3, timeout=WAIT)
    assert ticks(page) == [False, True, True]
    page.table.setCurrentCell(2, 1)
    read = page.reading.toPlainText()
    assert "Weekly, please." in read
    assert "Subject: " in read
    page.table.setCurrentCell(0, 1)
    assert "a-notes.txt" in page.reading.toPlainText()
    page.seal.click()
    qtbot.waitUntil(lambda: "2 sealed" in page.message.text(), timeout=WAIT)
    assert page.to_thread.isVisible()
    sealed = records(opened, qtbot)[-2:]
    assert {each.kind.name for each in sealed} == {"message", "mail-receipt"}
    page.to_thread.click()
    qtbot.waitUntil(lambda: not page.isVisible(), timeout=WAIT)
    opened.lock()
    assert page.reading.toPlainText() == ""
    assert page.to_thread.isHidden()
