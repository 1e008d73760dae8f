"""The rows of the timeline: the first ones at once, then all others, each with its record."""

from PySide6.QtCore import Qt

from evidence_app.desktop.timeline.timeline_model import CHUNK
from evidence_app.desktop.timeline.timeline_page import FIRST_ROWS
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.summary.saved_views import View
from evidence_app.services.core.sealing import seal_together
from evidence_app.services.core.session import Session
from evidence_app.services.records.saved_views import positions
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.support.bundles import concern

MANY = FIRST_ROWS + CHUNK


def test_the_first_rows_are_shown_before_the_others_are_known(window, qtbot, store):
    with Session.open(store, PASSPHRASE) as session:
        seal_together(session, [read_entry(concern(f"matter {number}")) for number in range(MANY)])
        expected = positions(session, View())
    model, shown = window.inside.timeline.model, []
    model.modelReset.connect(lambda: shown.append(model.rowCount()))
    model.rowsInserted.connect(lambda _, first, last: shown.append(last - first + 1))
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: model.rowCount() == len(expected), timeout=WAIT)
    assert [count for count in shown if count] == [FIRST_ROWS, len(expected) - FIRST_ROWS], (
        "the rows came in other steps"
    )
    assert model.positions() == expected

    def last_row() -> str:
        return str(model.data(model.index(len(expected) - 1, 1), Qt.ItemDataRole.DisplayRole))

    qtbot.waitUntil(lambda: last_row() != "…", timeout=WAIT)
    for row in (0, FIRST_ROWS - 1, FIRST_ROWS, CHUNK, len(expected) - 1):
        qtbot.waitUntil(lambda row=row: model.is_loaded(row) or not model.data(model.index(row, 1), 0), timeout=WAIT)


def test_what_is_sealed_while_the_other_rows_come_is_shown(window, qtbot, store):
    with Session.open(store, PASSPHRASE) as session:
        seal_together(session, [read_entry(concern(f"matter {number}")) for number in range(MANY)])
        others = positions(session, View())
    page = window.inside.timeline
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: page.model.rowCount() == len(others), timeout=WAIT)
    # As if the first rows alone were shown, of before the last record.
    page.model.show_positions(others[1 : FIRST_ROWS + 1])
    page._add_others(others)
    qtbot.waitUntil(lambda: page.model.positions() == others, timeout=WAIT)


def test_a_record_that_is_asked_for_before_the_first_rows_come_is_shown(window, qtbot, store):
    with Session.open(store, PASSPHRASE) as session:
        seal_together(session, [read_entry(concern(f"matter {number}")) for number in range(MANY)])
        others = positions(session, View())
    page = window.inside.timeline
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: page.model.rowCount() == len(others), timeout=WAIT)
    page.wipe()
    page.reload()
    page.show_record(others[-2])
    qtbot.waitUntil(lambda: page.model.rowCount() == len(others), timeout=WAIT)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.record.index == others[-2], timeout=WAIT)
    assert page.model.position(page.table.currentIndex().row()) == others[-2]
