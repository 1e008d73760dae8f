"""The cases that an instruction covers, in the window: written in its form, and what became of each said for many at once."""

from PySide6.QtGui import QGuiApplication

from evidence_app.desktop.timeline.covered_cases_dialog import CoveredCasesDialog
from evidence_app.domain.record.selection import Selection
from evidence_app.services.core.session import Session
from tests.desktop.conftest import PASSPHRASE, WAIT
from tests.desktop.test_nothing_broken import begin
from tests.support.bundles import seal_with

CASES = [f"X{100000 + n}" for n in range(38)]


def opened_dialog(window, qtbot) -> CoveredCasesDialog:
    pane = window.inside.timeline.pane
    assert not pane.cases.isHidden()
    pane.cases.click()
    dialog = window.findChild(CoveredCasesDialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 40, timeout=WAIT)
    return dialog


def test_cases_are_written_in_the_form_and_followed_up_in_the_dialog(opened, qtbot, store):
    form = begin(opened, qtbot, "instruction")
    form.editors["exact_words"].edit.setPlainText("Put these on monthly.")
    form.editors["cases"].edit.setText("; ".join(CASES))
    form.editors["limited_cases"].edit.setText("X200001; X200002")
    assert form.entry()["fields"]["cases"] == CASES
    form.save()
    qtbot.waitUntil(lambda: not form.unsaved, timeout=WAIT)
    entry = form.entry()
    opened.inside.capture.drop()
    index = []
    opened.thread_of_store.call(
        lambda session: seal_with(session, entry), index.append, lambda text: index.append(text)
    )
    qtbot.waitUntil(lambda: bool(index), timeout=WAIT)
    opened.inside.refresh()
    opened.inside.show_record(index[0])
    qtbot.waitUntil(
        lambda: (
            opened.inside.timeline.pane.shown is not None and opened.inside.timeline.pane.shown.record.index == index[0]
        ),
        timeout=WAIT,
    )
    dialog = opened_dialog(opened, qtbot)
    assert not dialog.seal.isEnabled()
    dialog.table.selectRow(3)
    dialog.became.choose("not changed")
    dialog.why.setText("High risk: weekly stays.")
    dialog.seal.click()
    qtbot.waitUntil(lambda: "1 not changed" in dialog.summary.text(), timeout=WAIT)
    dialog.choose_rest()
    assert "39" in dialog.seal.text()
    dialog.became.choose("changed")
    dialog.changed_to.setEditText("monthly")
    dialog.seal.click()
    qtbot.waitUntil(lambda: "39 changed" in dialog.summary.text(), timeout=WAIT)
    assert "(limited access)" in dialog.table.item(38, 0).text()
    dialog.reject()
    opened.close()
    with Session.open(store, PASSPHRASE) as session:
        assert len(list(session.store.records.select(Selection(kind="case-outcome")))) == 40


def test_a_record_without_cases_has_no_such_button(opened, qtbot):
    opened.inside.show_record(1)
    pane = opened.inside.timeline.pane
    qtbot.waitUntil(lambda: pane.shown is not None, timeout=WAIT)
    assert pane.cases.isHidden()


def test_a_policy_begins_an_instruction_under_it_and_a_hold_is_lifted(opened, qtbot):
    for kind, fields, button, begun in (
        ("policy", {"policy_title": "Reset"}, "under", "instruction"),
        ("incident", {"type": "inquest", "hold": True}, "lift", "hold-end"),
    ):
        entry = {"kind": kind, "event_at": "2026-11-02", "event_precision": "date only", "fields": fields}
        index: list[int] = []
        opened.thread_of_store.call(lambda session, entry=entry: seal_with(session, entry), index.append, index.append)
        qtbot.waitUntil(lambda index=index: bool(index), timeout=WAIT)
        opened.inside.refresh()
        opened.inside.show_record(index[0])
        pane = opened.inside.timeline.pane
        qtbot.waitUntil(
            lambda pane=pane, index=index: pane.shown is not None and pane.shown.record.index == index[0], timeout=WAIT
        )
        opened.inside.capture.drop()
        getattr(pane, button).click()
        qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
        form = opened.inside.capture.page
        assert form.kind.name == begun
        assert form.entry()["links"] == [{"to": index[0], "as": {"under": "under", "lift": "about"}[button]}]
        opened.inside.capture.drop()


def test_the_agenda_is_copied_from_the_threads(opened, qtbot):
    opened.inside.go_to("Threads")
    page = opened.inside.casework.threads
    page.agenda.click()
    qtbot.waitUntil(lambda: "Copied: paste it" in page.message.text(), timeout=WAIT)
    assert QGuiApplication.clipboard().text().startswith("For discussion, as of ")


def test_a_learning_extract_is_copied_from_the_threads(opened, qtbot):
    opened.inside.go_to("Threads")
    page = opened.inside.casework.threads
    qtbot.waitUntil(lambda: page.thread_shown() is not None, timeout=WAIT)
    page.extract.click()
    qtbot.waitUntil(lambda: "Copied: days" in page.message.text(), timeout=WAIT)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith("Learning extract")
    assert "Day 1: " in copied
