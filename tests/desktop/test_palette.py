"""The palette under Ctrl+K: commands, places, cases and people, by keyboard alone."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.desktop.conftest import WAIT


def names(window) -> list[str]:
    items = window.inside.palette_list.items
    return [items.item(row).text().splitlines()[0] for row in range(items.count())]


@pytest.fixture
def palette(opened, qtbot):
    """An open store with the palette shown, after its first page has arrived."""
    qtbot.waitUntil(lambda: opened.inside._state is not None, timeout=WAIT)
    qtbot.keyClick(QApplication.focusWidget(), "k", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(opened.inside.palette_list.isVisible, timeout=WAIT)
    return opened


def press(window, qtbot, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(window.inside.search, key)


def test_it_offers_everything_that_can_be_done(palette):
    offered = names(palette)
    assert {"New: Instruction", "Bring in mail", "Check this store", "Threads", "X000412"} <= set(offered)
    assert "New: Member" not in offered, "an officer's store has no members"


def test_a_record_is_begun_without_the_mouse(palette, qtbot):
    qtbot.keyClicks(palette.inside.search, "new ins")
    assert names(palette) == ["New: Instruction"]
    press(palette, qtbot, Qt.Key.Key_Down)
    assert "New: Instruction" in palette.inside.search.accessibleDescription()
    press(palette, qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: palette.inside.capture.page is not None, timeout=WAIT)
    assert palette.inside.capture.page.kind.name == "instruction"
    assert palette.inside.search.text() == ""
    assert not palette.inside.palette_list.isVisible()


def test_a_case_leads_to_its_records(palette, qtbot):
    qtbot.keyClicks(palette.inside.search, "x0004")
    assert names(palette) == ["X000412"]
    press(palette, qtbot, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert palette.inside.timeline.isVisible()
    assert palette.inside.timeline.filters.view.case == "X000412"


def test_a_word_and_enter_search_the_records_and_do_nothing_else(palette, qtbot):
    qtbot.keyClicks(palette.inside.search, "lock")
    assert "Lock" in names(palette)
    press(palette, qtbot, Qt.Key.Key_Return)
    assert palette.stack.currentWidget() is palette.inside, "a word that was searched for locked the store"
    assert palette.inside.search.text() == "lock"


def test_the_arrows_stay_within_the_list_and_escape_closes_it(palette, qtbot):
    items = palette.inside.palette_list.items
    press(palette, qtbot, Qt.Key.Key_Up)
    assert items.currentRow() == 0
    press(palette, qtbot, *[Qt.Key.Key_Down] * (items.count() + 3))
    assert items.currentRow() == items.count() - 1
    press(palette, qtbot, Qt.Key.Key_Escape)
    assert not palette.inside.palette_list.isVisible()
    assert palette.inside.search.hasFocus()


def test_a_click_beside_it_closes_it(palette, qtbot):
    palette.inside.places.setFocus()
    qtbot.waitUntil(lambda: not palette.inside.palette_list.isVisible(), timeout=WAIT)


def test_a_row_is_done_by_a_click(palette, qtbot):
    items = palette.inside.palette_list.items
    place = names(palette).index("Bring in mail")

    def is_in_sight() -> bool:
        """The list lays its rows out in batches: until the last is there, a row is not where it will be."""
        items.scrollToItem(items.item(place))
        last = items.visualItemRect(items.item(items.count() - 1))
        return not last.isEmpty() and items.viewport().rect().contains(items.visualItemRect(items.item(place)).center())

    qtbot.waitUntil(is_in_sight, timeout=WAIT)
    qtbot.mouseClick(items.viewport(), Qt.MouseButton.LeftButton, pos=items.visualItemRect(items.item(place)).center())
    qtbot.waitUntil(palette.inside.casework.mail_in.isVisible, timeout=WAIT)


def test_nobody_is_named_in_it_after_a_lock(palette, qtbot):
    palette.inside.people = {"J. Marsh": "Senior probation officer"}
    palette.inside.palette_list.refresh()
    assert "J. Marsh" in names(palette)
    palette.lock()
    assert names(palette) == []
    assert palette.inside.people == {}
    assert palette.inside.palette_list.isHidden()
