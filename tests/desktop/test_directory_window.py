"""Cases and people, and workload, in the window."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.tiles import Tile
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.timeline.attachments_dialog import AttachmentsDialog
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.kinds import KINDS
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from tests.desktop.conftest import PASSPHRASE, WAIT, settle, unlock
from tests.support.sample_documents import letter

SPO = "Senior probation officer"


@pytest.fixture
def with_people(store):
    with Session.open(store, PASSPHRASE) as session:
        for day, who in (("2025-03-17", "J. Marsh"), ("2025-08-20", "P. Winter")):
            fields = {"exact_words": "Monthly.", "given_by": {"person": who, "role": SPO}}
            entry = {"kind": "instruction", "event_at": day, "event_precision": "date only", "fields": fields}
            seal(session, read_entry({**entry, "case_ref": "X000412"}))
        for day, percent in (("2025-03-03", 98.4), ("2025-09-08", 121.4)):
            fields = {"wmt_pct": percent, "cases_total": 50, "due_in_next_14d": {"assessments": 5}}
            entry = {"kind": "workload", "event_at": day, "event_precision": "date only", "fields": fields}
            seal(session, read_entry(entry))
    return store


def test_a_case_shows_its_people_and_leads_to_its_records(with_people, opened, qtbot):
    opened.inside.go_to("Cases and people")
    page = opened.inside.directory
    qtbot.waitUntil(lambda: page.items.count() == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: page.records.rowCount() == 5, timeout=WAIT)
    roles = [page.roles.item(row).text() for row in range(page.roles.count())]
    assert roles == [f"J. Marsh, {SPO}: Mon 17 Mar 2025", f"P. Winter, {SPO}: Wed 20 Aug 2025"]
    page.tabs.setCurrentIndex(1)
    assert page.items.count() == 3, "two managers and the owner"
    page.finder.setText("wint")
    assert page.items.count() == 1
    qtbot.waitUntil(lambda: page.records.rowCount() == 1, timeout=WAIT)
    page.show_record.click()
    qtbot.waitUntil(lambda: opened.inside.timeline.isVisible(), timeout=WAIT)
    qtbot.waitUntil(
        lambda: opened.inside.timeline.shown is not None and opened.inside.timeline.shown.record.index == 5,
        timeout=WAIT,
    )


def test_the_directory_is_wiped_by_a_lock_and_reloaded(with_people, opened, qtbot):
    opened.inside.go_to("Cases and people")
    page = opened.inside.directory
    qtbot.waitUntil(lambda: page.records.rowCount() == 5, timeout=WAIT)
    opened.lock()
    assert page.items.count() == page.records.rowCount() == page.roles.count() == 0
    assert page.title.text() == page.facts.text() == ""
    unlock(opened, qtbot)
    opened.inside.go_to("Cases and people")
    qtbot.waitUntil(lambda: page.items.count() == 1, timeout=WAIT)


def test_the_workload_chart_is_drawn_and_described(with_people, opened, qtbot):
    opened.inside.go_to("Over time")
    opened.inside.over_time.tabs.show_tab("workload")
    page = opened.inside.over_time.workload
    qtbot.waitUntil(lambda: page.snapshots.rowCount() == 2, timeout=WAIT)
    assert page.snapshots.item(0, 4).text() == "121.4 %, above 110"
    assert "highest 121.4 %" in page.chart.accessibleDescription()
    image = page.chart.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    for what in ("accent", "warning", "line"):
        assert QColor(getattr(theme.colours(), what)).name() in seen, f"the chart draws nothing in the colour {what}"
    page.show_record.click()
    qtbot.waitUntil(
        lambda: opened.inside.timeline.shown is not None and opened.inside.timeline.shown.record.index == 7,
        timeout=WAIT,
    )
    opened.inside.go_to("Over time")
    page.new.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.kind.name == "workload"


def test_the_workload_page_without_snapshots_offers_one(opened, qtbot):
    opened.inside.go_to("Over time")
    opened.inside.over_time.tabs.show_tab("workload")
    qtbot.waitUntil(lambda: "Take one" in opened.inside.over_time.workload.words.text(), timeout=WAIT)
    assert opened.inside.over_time.workload.new.isVisibleTo(opened.inside.over_time.workload)
    assert not opened.inside.over_time.workload.chart.isVisibleTo(opened.inside.over_time.workload)


def test_filter_chips_are_removed_one_by_one(with_people, opened, qtbot):
    opened.inside.go_to("Timeline")
    page = opened.inside.timeline
    qtbot.waitUntil(lambda: page.model.rowCount() == 8, timeout=WAIT)
    page.filters.open.click()
    assert page.filters.form.isVisibleTo(page)
    page.filters.kind.setCurrentIndex(page.filters.kind.findData("instruction"))
    page.filters.first.setText("1 August 2025")
    page.filters._ask()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=WAIT)
    chips = [each for each in page.filters.chips.findChildren(QPushButton) if each.isVisibleTo(page)]
    assert [each.accessibleName() for each in chips] == ["Take off: Instruction", "Take off: from Fri 1 Aug 2025"]
    page.filters.keep("Since August")
    qtbot.waitUntil(lambda: "Since August" in [a.text() for a in page.filters.views.menu().actions()], timeout=WAIT)
    chips[1].click()
    qtbot.waitUntil(lambda: page.model.rowCount() == 5, timeout=WAIT)
    opened.inside.search.setText("nobody wrote this")
    qtbot.waitUntil(lambda: page.model.rowCount() == 0, timeout=WAIT)
    assert "Instruction" in page.empty.text()
    opened.inside.search.clear()
    page.filters.clear()
    qtbot.waitUntil(lambda: page.model.rowCount() == 8, timeout=WAIT)
    next(a for a in page.filters.views.menu().actions() if a.text() == "Since August").trigger()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1, timeout=WAIT)
    opened.inside.show_record(1)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.record.index == 1, timeout=WAIT)
    settle(page, opened.thread_of_store, qtbot)
    assert page.shown.record.index == 1, "taking the filter off chose another record a moment later"


def test_an_invalid_day_is_reported(opened, qtbot):
    opened.inside.go_to("Timeline")
    page = opened.inside.timeline
    page.filters.first.setText("the twelfth of never")
    page.filters._ask()
    assert page.filters.message.text()
    assert page.filters.view.is_empty


def test_attachments_are_shown_in_the_window(store, qtbot, tmp_path):
    from tests.support.bundles import seal_with

    with Session.open(store, PASSPHRASE) as session:
        entry = {"kind": "note", "event_at": "2026-01-01", "event_precision": "date only", "fields": {"text": "Two."}}
        seal_with(session, entry, {"letter.pdf": letter(["First"], ["Second"]), "words.txt": b"Plain words."})
    window = MainWindow(store)
    window.show()
    unlock(window, qtbot)
    window.inside.show_record(4)
    page = window.inside.timeline
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.record.index == 4, timeout=WAIT)
    assert page.pane.files.isVisibleTo(page)
    page.pane.files.click()
    dialog = page.findChild(AttachmentsDialog)
    qtbot.waitUntil(lambda: "First" in dialog.viewer.view.accessibleDescription(), timeout=WAIT)
    dialog.viewer.on.click()
    qtbot.waitUntil(lambda: "Second" in dialog.viewer.view.accessibleDescription(), timeout=WAIT)
    assert not dialog.viewer.on.isEnabled()
    before = dialog.viewer.view.height()
    dialog.viewer.zoom(2)
    qtbot.waitUntil(lambda: dialog.viewer.view.height() > before * 1.5, timeout=WAIT)
    dialog.files.setCurrentRow(1)
    qtbot.waitUntil(lambda: "Plain words." in dialog.viewer.view.accessibleDescription(), timeout=WAIT)
    window.lock()
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.unlock, timeout=WAIT)
    assert not page.findChildren(AttachmentsDialog) or not dialog.isVisible()
    window.close()


def test_names_are_completed_with_roles_and_identifiers_are_flagged(with_people, opened, qtbot):
    opened.inside.begin(KINDS["instruction"])
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    page = opened.inside.capture.page
    given_by = page.editors["given_by"]
    name, role = given_by.parts["person"], given_by.parts["role"]
    qtbot.waitUntil(lambda: name.edit.completer() is not None, timeout=WAIT)
    name.edit.completer().setCompletionPrefix("wint")
    assert name.edit.completer().currentCompletion() == "P. Winter"
    name.edit.completer().activated[str].emit("P. Winter")
    assert role.value() == SPO
    assert not page.identifies.isVisibleTo(page)
    page.editors["exact_words"].edit.setPlainText("Ring her on 07700 900123 about X000412.")
    qtbot.waitUntil(lambda: page.identifies.isVisibleTo(page), timeout=WAIT)
    assert page.identifies.text() == "In it: a CRN, a telephone number. That identifies somebody."
    page.editors["exact_words"].edit.setPlainText("Ring her.")
    qtbot.waitUntil(lambda: not page.identifies.isVisibleTo(page), timeout=WAIT)


def test_home_leads_to_recent_records_and_to_a_new_one(with_people, opened, qtbot):
    home = opened.inside.casework.home
    qtbot.waitUntil(lambda: home.latest.count() == 5, timeout=WAIT)
    assert "not checked yet" in opened.inside.status.text()
    home.latest.setCurrentRow(1)
    home._show_latest()
    qtbot.waitUntil(
        lambda: opened.inside.timeline.shown is not None and opened.inside.timeline.shown.record.index == 6,
        timeout=WAIT,
    )
    opened.inside.check_page.check()
    qtbot.waitUntil(
        lambda: "checked" in opened.inside.status.text() and "not checked" not in opened.inside.status.text(),
        timeout=WAIT,
    )
    opened.inside.go_to("Home")
    concern = next(each for each in home.findChildren(Tile) if each.text() == "Concern")
    concern.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.kind.name == "concern"
