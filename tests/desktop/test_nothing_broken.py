"""What broke under the hand of a new user: blank pages, lost words, an all-clear before anybody had looked."""

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QPushButton

from evidence_app.desktop.design import theme
from evidence_app.desktop.pictures.workload_page import Chart
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.shell.navigation import place_number
from evidence_app.desktop.writing.seal_dialogs import SealDialog
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.summary.load_figures import CASES
from evidence_app.domain.summary.workload import Snapshot, Workload
from evidence_app.services.core.session import Session
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock


def begin(window, qtbot, kind: str = "note"):
    window.inside.begin(KINDS[kind])
    qtbot.waitUntil(lambda: window.inside.capture.page is not None, timeout=WAIT)
    return window.inside.capture.page


@pytest.mark.parametrize(
    "place", ["Threads", "Cases and people", "Over time", "Drafts", "Bundles", "Check", "Safekeeping", "Settings"]
)
def test_a_place_that_is_first_visited_from_an_open_form_is_not_blank(opened, qtbot, place: str) -> None:
    page = begin(opened, qtbot)
    page.editors["text"].edit.setPlainText("Half a thought.")
    opened.inside.go_to(place)
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    shown = opened.inside.place.currentWidget()
    assert opened.inside.place.currentIndex() == place_number(place)
    assert shown is not None
    assert shown.findChildren(object), f"{place} is a blank page"

    def has_arrived() -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (shown.isAncestorOf(focused) or focused is opened.inside.places)

    qtbot.waitUntil(has_arrived, timeout=WAIT)
    qtbot.keyClick(QApplication.focusWidget(), "1", Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.inside.place.currentIndex() == 0, timeout=WAIT)


def test_words_typed_just_before_a_draft_is_deleted_are_brought_back(opened, qtbot) -> None:
    page = begin(opened, qtbot)
    words = "He told me at 17:35 in the corridor that weekly is over."
    page.editors["text"].edit.setPlainText(words)
    page._delete_button.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    bar = opened.inside.undo
    assert bar.isVisible()
    assert bar.words.text() == "The draft is deleted."
    bar.undo.click()
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    assert opened.inside.capture.page.editors["text"].edit.toPlainText() == words
    assert not bar.isVisible()


def test_the_bar_that_offers_a_draft_back_says_nothing_after_a_lock(opened, qtbot) -> None:
    page = begin(opened, qtbot)
    page.editors["text"].edit.setPlainText("Not needed.")
    page._delete_button.click()
    qtbot.waitUntil(lambda: opened.inside.undo.isVisible(), timeout=WAIT)
    opened.lock()
    unlock(opened, qtbot)
    assert not opened.inside.undo.isVisible()


def test_home_gives_no_all_clear_before_it_has_looked(window, qtbot, store) -> None:
    with Session.open(store, PASSPHRASE) as session:
        assert session.store.log.size()
    home = window.inside.casework.home
    said: list[str] = []
    line: list[str] = []
    window.unlock.unlocked.connect(lambda: said.append(home.empty.text()))
    window.unlock.unlocked.connect(lambda: line.append(window.inside.status.text()))
    unlock(window, qtbot)
    assert said == ["Looking at what is due…"]
    assert "outside clock" not in line[0], "nobody has looked for one yet"
    qtbot.waitUntil(lambda: home.empty.text().startswith("Nothing needs chasing"), timeout=WAIT)
    qtbot.waitUntil(lambda: "no outside clock yet" in window.inside.status.text(), timeout=WAIT)
    window.lock()
    assert home.empty.text() == "Looking at what is due…", "what was found is not known of the next store"


def test_the_focus_is_on_the_page_after_a_form_is_left(opened, qtbot) -> None:
    begin(opened, qtbot)
    opened.inside.go_to("Bundles")
    qtbot.waitUntil(lambda: opened.inside.capture.page is None, timeout=WAIT)
    page = opened.inside.place.currentWidget()

    def is_inside() -> bool:
        now = QApplication.focusWidget()
        return now is not None and page.isAncestorOf(now)

    qtbot.waitUntil(is_inside, timeout=WAIT)


def test_what_an_instruction_does_not_say_is_named_before_it_is_sealed(opened, qtbot) -> None:
    page = begin(opened, qtbot, "instruction")
    page.editors["exact_words"].edit.setPlainText("Move him to monthly.")
    page.seal_button.click()
    qtbot.waitUntil(lambda: bool(opened.findChildren(SealDialog)), timeout=WAIT)
    dialog = opened.findChildren(SealDialog)[0]
    assert dialog.unsaid.text() == "Not said: who said it, how, which case."
    texts = {each.text(): each for each in dialog.findChildren(QPushButton)}
    assert "Seal all the same" in texts
    texts["Add it"].click()
    assert opened.focusWidget().accessibleName() == "Given by: Name"
    assert opened.inside.capture.page is page, "nothing was sealed"


def test_a_missing_field_is_named_once(opened, qtbot) -> None:
    page = begin(opened, qtbot, "instruction")
    page.seal_button.click()
    qtbot.waitUntil(lambda: bool(page.message.text()), timeout=WAIT)
    assert page.message.text() == "“What was said, in the exact words” is needed."


def test_a_folder_that_is_no_store_is_said_at_once(qtbot, tmp_path, store) -> None:
    window = MainWindow(None)
    window.show()
    window.welcome.open_folder(tmp_path / "home")
    assert window.stack.currentWidget() is window.welcome
    assert "There is no store in home" in window.welcome.message.text()
    window.welcome.open_folder(store)
    assert window.stack.currentWidget() is window.unlock
    window.close()


def test_numbers_on_the_chart_are_not_struck_through(qapp) -> None:
    def snapshot(day: int, percent: float) -> Snapshot:
        return Snapshot(day, datetime(2025, 4, day, 12, tzinfo=UTC), percent, "on the screen", figures=((CASES, 50.0),))

    chart = Chart()
    chart.resize(480, 300)
    chart.show_workload(Workload((snapshot(1, 97.4), snapshot(20, 140.0)), ()))
    seen = chart.grab().toImage()
    dashes = QColor(theme.colours().warning)
    width = seen.width()
    rows = [y for y in range(seen.height()) if sum(is_like(seen.pixelColor(x, y), dashes) for x in range(width)) > 80]
    assert rows, "the line of 110 % is not there: this shows nothing"
    # The number of the first snapshot stands where the line is: there the line stops.
    longest = max(run_without(seen, y, dashes) for y in rows)
    assert longest > 24, "the line goes through the number"


def is_like(one: QColor, other: QColor) -> bool:
    """Return whether two colours are nearly the same: lines are drawn with soft edges. Ink is none like that of the line."""
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)
    return sum(abs(left - right) for left, right in pairs) < 100


def run_without(seen, y: int, colour: QColor) -> int:
    """Return the longest run of pixels of a row in the left half that have not this colour."""
    longest = run = 0
    for x in range(14, seen.width() // 2):
        run = 0 if is_like(seen.pixelColor(x, y), colour) else run + 1
        longest = max(longest, run)
    return longest
