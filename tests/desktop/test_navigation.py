"""Navigation: keyboard focus on each page, and background scans that wait for the store thread."""

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from evidence_app.desktop.design import theme
from evidence_app.desktop.design.widgets import label
from evidence_app.desktop.system.background_runner import BackgroundRunner
from tests.desktop.conftest import WAIT


@pytest.mark.parametrize("begun", ["places", "search"])
def test_a_page_shortcut_moves_the_focus_into_the_page(opened, qtbot, begun: str) -> None:
    inside = opened.inside
    for number, name in enumerate(
        ("Home", "Timeline", "Threads", "Cases and people", "Over time", "Drafts", "Bundles"), 1
    ):
        getattr(inside, begun).setFocus()
        qtbot.keyClick(getattr(inside, begun), str(number), Qt.KeyboardModifier.ControlModifier)
        assert inside.places.currentItem().toolTip().startswith(name)
        page = inside.place.currentWidget()

        def led_inside(page: QWidget = page, name: str = name) -> bool:
            now = QApplication.focusWidget()
            # A page on which there is nothing yet has nothing to give it to: the list of places keeps it, so that keys still do something.
            return now is not None and (page.isAncestorOf(now) or (name == "Drafts" and now is inside.places))

        qtbot.waitUntil(led_inside, timeout=WAIT)


def test_an_overview_waits_for_the_store_thread(qtbot) -> None:
    thread = BackgroundRunner()
    held, done = threading.Event(), []
    thread.run(lambda: held.wait(5), done.append, pytest.fail)
    gave_way = threading.Thread(target=lambda: (thread.give_way(), done.append("overview")))
    gave_way.start()
    gave_way.join(0.1)
    assert gave_way.is_alive(), "the overview went on while the store thread had something to do"
    held.set()
    gave_way.join(5)
    assert "overview" in done
    thread.stop()


def test_titles_scale_with_the_system_font(qapp, qtbot) -> None:
    font = qapp.font()
    title, text = label("Title", "title"), label("Text")
    for each in (title, text):
        qtbot.addWidget(each)
        each.show()
    usual = title.font().pointSizeF()
    try:
        grown = qapp.font()
        grown.setPointSizeF(2 * font.pointSizeF())
        qapp.setFont(grown)
        theme.apply(qapp)
        assert title.font().pointSizeF() == pytest.approx(2 * usual), "a title is smaller than the text below it"
        assert title.font().pointSizeF() > text.font().pointSizeF()
    finally:
        qapp.setFont(font)
        theme.apply(qapp)
    assert title.font().pointSizeF() == pytest.approx(usual)


def test_the_timeline_and_the_threads_are_put_in_another_order(store, opened, qtbot):
    timeline = opened.inside.timeline
    opened.inside.go_to("Timeline")
    qtbot.waitUntil(lambda: timeline.model.rowCount() == 4, timeout=WAIT)
    filters = timeline.filters
    filters.order.setCurrentIndex(filters.order.findData("earliest"))
    filters._ask()
    first = timeline.model.position
    qtbot.waitUntil(lambda: [first(row) for row in range(3)] == [1, 2, 3], timeout=WAIT)
    assert any(chip.text().startswith("earliest first") for chip in filters.chips.findChildren(QAbstractButton))
    filters.clear()
    qtbot.waitUntil(lambda: first(0) != 1, timeout=WAIT)
    opened.inside.go_to("Threads")
    threads = opened.inside.casework.threads
    qtbot.waitUntil(lambda: threads.threads.count() == 3, timeout=WAIT)
    assert [thread.root.index for thread in threads._listed] == [3, 2, 1]
    threads.order.choose("Begun first")
    assert [thread.root.index for thread in threads._listed] == [1, 2, 3]


def test_a_narrow_state_line_shows_whole_parts_and_keeps_the_backup(opened, qtbot):
    status = opened.inside.status
    qtbot.waitUntil(lambda: bool(status.parts["clock"].text()), timeout=WAIT)
    shown = {}
    for width in (1400, 500, 260):
        status.setMaximumWidth(width)
        status.resize(width, status.height())
        parts = {name: part for name, part in status.parts.items() if not part.isHidden()}
        shown[width] = set(parts)
        assert sum(part.sizeHint().width() for part in parts.values()) <= width, "a part is cut"
        assert "backup" in parts
    assert shown[1400] == set(status.parts)
    assert shown[260] < shown[500] < shown[1400]
