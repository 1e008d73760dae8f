"""The viewer of pages: zoom, wheel, field for the page, thumbnails, search, and areas marked by keys."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from evidence_app.desktop.design.viewer.page_view import FIRST_AREA
from evidence_app.desktop.design.viewer.page_viewer import FIT_WIDTH, PageViewer
from evidence_app.desktop.system.background_runner import BackgroundRunner
from evidence_app.services.bundles.previewing import PdfPages
from tests.desktop.conftest import WAIT
from tests.support.sample_documents import letter

WORDS = ["Apples are named here.", "Pears are named here.", "Quinces are named here.", "Apples once more."]


@pytest.fixture
def viewer(qtbot):
    runner = BackgroundRunner()
    widget = PageViewer(runner)
    widget.resize(900, 700)
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    widget.show_pages(PdfPages(letter(*([line] for line in WORDS))))
    qtbot.waitUntil(lambda: widget.view._image is not None, timeout=WAIT)
    yield widget
    runner.stop()


def wheel(viewer: PageViewer, down: int, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    event = QWheelEvent(
        QPointF(100, 100),
        QPointF(100, 100),
        QPoint(0, 0),
        QPoint(0, down),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewer.room.viewport(), event)


def says(viewer: PageViewer, words: str):
    return lambda: words in viewer.view.accessibleDescription()


def test_a_page_is_found_by_number_and_by_words(viewer, qtbot):
    assert viewer.total.text() == "of 4"
    viewer.number.setText("3")
    viewer.number.editingFinished.emit()
    qtbot.waitUntil(says(viewer, "Quinces"), timeout=WAIT)
    assert not viewer.search.text()
    viewer.search.setText("  apples ")
    viewer.search.returnPressed.emit()
    qtbot.waitUntil(says(viewer, "once more"), timeout=WAIT)
    assert viewer.said.text() == "On page 4."
    viewer.search.returnPressed.emit()
    qtbot.waitUntil(says(viewer, "are named"), timeout=WAIT)
    assert viewer.page == 0, "the search does not go on from the first page"
    viewer.search.setText("plums")
    viewer.search.returnPressed.emit()
    qtbot.waitUntil(lambda: viewer.said.text() == "On no page.", timeout=WAIT)
    assert viewer.page == 0


@pytest.mark.parametrize(("typed", "page"), [("0", 0), ("99", 3), ("two", 0), ("", 0), ("-1", 0)])
def test_a_number_that_is_none_leaves_the_nearest_page(viewer, typed, page):
    viewer.number.setText(typed)
    viewer.number.editingFinished.emit()
    assert viewer.page == page
    assert viewer.number.text() == str(page + 1)


def test_the_page_is_enlarged_by_wheel_by_keys_and_by_choice(viewer, qtbot):
    whole = viewer.view.height()
    assert whole <= viewer.room.viewport().height()
    wheel(viewer, 120, Qt.KeyboardModifier.ControlModifier)
    enlarged = viewer.view.height()
    assert enlarged > whole * 1.2
    viewer.view.setFocus()
    qtbot.keyClicks(viewer.view, "+")
    assert viewer.view.height() > enlarged
    viewer.sizes.setCurrentIndex(viewer.sizes.findData(FIT_WIDTH))
    viewer.sizes.activated.emit(viewer.sizes.currentIndex())
    assert abs(viewer.view.width() - viewer.room.viewport().width()) <= 2
    viewer.sizes.setCurrentIndex(viewer.sizes.findData(200))
    viewer.sizes.activated.emit(viewer.sizes.currentIndex())
    assert viewer.view.width() == pytest.approx(2 * 595 * viewer.logicalDpiX() / 72, rel=0.05)
    pixels = viewer.view._image.width()
    qtbot.waitUntil(lambda: viewer.view._image.width() > pixels * 1.5, timeout=WAIT)


def test_what_is_under_the_pointer_stays_there_when_it_is_enlarged(viewer):
    viewer.zoom(3)
    bars = viewer.room.horizontalScrollBar(), viewer.room.verticalScrollBar()
    for bar in bars:
        bar.setValue(bar.maximum() // 2)
    before = [
        (bar.value() + 100) / side for bar, side in zip(bars, (viewer.view.width(), viewer.view.height()), strict=True)
    ]
    wheel(viewer, 120, Qt.KeyboardModifier.ControlModifier)
    after = [
        (bar.value() + 100) / side for bar, side in zip(bars, (viewer.view.width(), viewer.view.height()), strict=True)
    ]
    assert after == pytest.approx(before, abs=0.02)


def test_the_wheel_turns_the_page_at_its_end(viewer, qtbot):
    wheel(viewer, -120)
    qtbot.waitUntil(says(viewer, "Pears"), timeout=WAIT)
    wheel(viewer, 120)
    qtbot.waitUntil(says(viewer, "Apples"), timeout=WAIT)
    wheel(viewer, 120)
    assert viewer.page == 0


def test_the_thumbnails_show_the_pages_and_lead_to_them(viewer, qtbot):
    qtbot.waitUntil(lambda: viewer.thumbnails._drawn == {0, 1, 2, 3}, timeout=WAIT)
    viewer.thumbnails.setCurrentRow(2)
    qtbot.waitUntil(says(viewer, "Quinces"), timeout=WAIT)
    viewer.turn(1)
    assert viewer.thumbnails.currentRow() == 3
    viewer.resize(420, 700)
    qtbot.waitUntil(lambda: not viewer.thumbnails.isVisible(), timeout=WAIT)


def test_an_area_is_marked_by_keys_alone(viewer, qtbot):
    drawn: list[tuple[float, ...]] = []
    viewer.view.drawn.connect(drawn.append)
    viewer.view.setFocus()
    qtbot.keyClick(viewer.view, Qt.Key.Key_Return)
    assert viewer.view._area is None, "an area is begun on a page where nothing can be withheld"
    viewer.view.drawing_allowed = True
    qtbot.keyClick(viewer.view, Qt.Key.Key_Return)
    assert viewer.view._area == pytest.approx(FIRST_AREA, abs=0.1)
    begun = viewer.view._area
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert "%" in viewer.view.accessibleName()
    for _ in range(100):
        qtbot.keyClick(viewer.view, Qt.Key.Key_Up)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Return)
    assert len(drawn) == 1
    left, top, right, bottom = drawn[0]
    assert top == 0, "the area left the page, or did not reach its edge"
    assert left > begun[0]
    assert bottom - top > begun[3] - begun[1], "the area did not grow"
    assert 0 <= left < right <= 1
    qtbot.keyClick(viewer.view, Qt.Key.Key_Return)
    qtbot.keyClick(viewer.view, Qt.Key.Key_Escape)
    assert viewer.view._area is None
    assert len(drawn) == 1
    qtbot.keyClick(viewer.view, Qt.Key.Key_Right)
    qtbot.waitUntil(says(viewer, "Pears"), timeout=WAIT)


def test_nothing_is_left_of_the_pages_when_they_are_taken_away(viewer, qtbot):
    qtbot.waitUntil(lambda: bool(viewer.thumbnails._drawn), timeout=WAIT)
    viewer.show_words("Locked.")
    assert viewer.view._image is None
    assert viewer.thumbnails.count() == 0
    assert viewer.number.text() == ""
    assert not viewer.search.isEnabled()
