"""The rows of the timeline: the first ones at once, then all others, each with its record."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont

from evidence_app.desktop.design.lists.kind_icons import icon_of
from evidence_app.desktop.design.lists.rows import RowList, RowText
from evidence_app.desktop.timeline.timeline_model import CHUNK, TimelineModel
from evidence_app.desktop.timeline.timeline_page import FIRST_ROWS
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.summary.saved_views import View
from evidence_app.services.core.sealing import seal_together
from evidence_app.services.core.session import Session
from evidence_app.services.records.saved_views import positions
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.support.bundles import concern

MANY = FIRST_ROWS + CHUNK


@pytest.fixture
def many(store) -> list[int]:
    """Put more records into the store than the first rows and a chunk; return the positions of all rows."""
    with Session.open(store, PASSPHRASE) as session:
        seal_together(session, [read_entry(concern(f"matter {number}")) for number in range(MANY)])
        return positions(session, View())


@pytest.fixture
def page(many, window, qtbot):
    """The timeline with all rows."""
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: window.inside.timeline.model.rowCount() == len(many), timeout=WAIT)
    return window.inside.timeline


def wait_for_row(model: TimelineModel, row: int, qtbot) -> None:
    """Ask for a row as the table does, until its record is there."""
    qtbot.waitUntil(lambda: model.data(model.index(row, 1), Qt.ItemDataRole.DisplayRole) != "…", timeout=WAIT)


def test_the_first_rows_are_shown_before_the_others_are_known(many, window, qtbot):
    model, shown = window.inside.timeline.model, []
    model.modelReset.connect(lambda: shown.append(model.rowCount()))
    model.rowsInserted.connect(lambda _, first, last: shown.append(last - first + 1))
    unlock(window, qtbot)
    qtbot.waitUntil(lambda: model.rowCount() == len(many), timeout=WAIT)
    assert [count for count in shown if count] == [FIRST_ROWS, len(many) - FIRST_ROWS], "the rows came in other steps"
    assert model.positions() == many
    for row in (0, FIRST_ROWS - 1, FIRST_ROWS, CHUNK, len(many) - 1):
        wait_for_row(model, row, qtbot)


def test_a_chunk_that_was_asked_for_before_the_other_rows_came_is_loaded_whole(page, many, qtbot):
    page.model.show_positions(many[:FIRST_ROWS])
    wait_for_row(page.model, 0, qtbot)
    page.model.add_positions(many[FIRST_ROWS:])
    wait_for_row(page.model, FIRST_ROWS, qtbot)


def test_what_is_sealed_while_the_other_rows_come_is_shown(page, many, qtbot):
    # As if the first rows alone were shown, of before the last record.
    page.model.show_positions(many[1 : FIRST_ROWS + 1])
    page._add_others(many)
    qtbot.waitUntil(lambda: page.model.positions() == many, timeout=WAIT)


def test_a_record_that_is_asked_for_before_the_first_rows_come_is_shown(page, many, qtbot):
    page.wipe()
    page.reload()
    page.show_record(many[-2])
    qtbot.waitUntil(lambda: page.model.rowCount() == len(many), timeout=WAIT)
    qtbot.waitUntil(lambda: page.shown is not None and page.shown.record.index == many[-2], timeout=WAIT)
    assert page.model.position(page.table.currentIndex().row()) == many[-2]


def icon_width(qtbot, points: float) -> int:
    """Return how wide the icon of a row is painted beside text of a size."""
    rows = RowList("rows")
    qtbot.addWidget(rows)
    font = QFont(rows.font())
    font.setPointSizeF(points)
    rows.setFont(font)
    rows.add_row(RowText("", icon=icon_of("instruction")))
    rows.resize(400, 200)
    # The line below the row begins where its text does.
    height = rows.sizeHintForRow(0) - 4
    picture = rows.viewport().grab(QRect(0, 0, 120, height)).toImage()
    ground = picture.pixel(1, 1)
    painted = [x for x in range(picture.width()) if any(picture.pixel(x, y) != ground for y in range(picture.height()))]
    return painted[-1] - painted[0] + 1


def test_the_icon_of_a_row_grows_with_its_text(qtbot) -> None:
    usual = icon_width(qtbot, 10)
    assert 1.7 * usual <= icon_width(qtbot, 20) <= 2.3 * usual
