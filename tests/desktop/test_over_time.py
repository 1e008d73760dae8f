"""The pictures of the year and of each case: by mouse, by keyboard, as a table, and into a bundle."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor

from evidence_app.desktop.design import theme
from evidence_app.desktop.pictures.case_lines import CaseLines
from evidence_app.desktop.pictures.period_drawing import PeriodDrawing
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.summary.period import Mark, MarkSort, Period
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock


@pytest.fixture
def with_a_silence(store):
    """Three instructions of April in one case, a concern in another that was never answered, and a gap over two months."""
    with Session.open(store, PASSPHRASE) as session:
        for kind, day, fields in (
            (
                "concern",
                "2025-05-07",
                {"concern": "He is high risk.", "category": "risk to public", "reply_by": "2025-05-14"},
            ),
            ("gap", "2025-05-20", {"missing": "manager", "to": "2025-06-10", "effect": "No supervision."}),
        ):
            entry = {
                "kind": kind,
                "event_at": day,
                "event_precision": "date only",
                "case_ref": "X000733",
                "fields": fields,
            }
            seal(session, read_entry(entry))
    return store


@pytest.fixture
def year(with_a_silence, opened, qtbot):
    opened.inside.go_to("Over time")
    page = opened.inside.over_time.year
    qtbot.waitUntil(lambda: page.table.rowCount() > 0, timeout=WAIT)
    page.time.setCurrentIndex(page.time.findData("2025"))
    opened.activateWindow()
    return page


def sorts(drawing: PeriodDrawing) -> list[MarkSort]:
    return [each.mark.sort for each in drawing.placed]


def shows(window: MainWindow, qtbot, index: int) -> None:
    """Wait until the timeline shows a record."""
    timeline = window.inside.timeline
    qtbot.waitUntil(lambda: timeline.shown is not None and timeline.shown.record.index == index, timeout=WAIT)


def test_the_year_is_drawn_described_and_said_as_a_table(year):
    assert sorts(year.drawing).count(MarkSort.INSTRUCTION) == 3
    assert sorts(year.drawing).count(MarkSort.GAP) == 2, "a bar over the end of a month is drawn in both"
    assert "Instructions: 3" in year.drawing.accessibleDescription()
    rows = [[year.table.item(row, column).text() for column in range(5)] for row in range(year.table.rowCount())]
    assert ["Tue 20 May 2025 to Tue 10 Jun 2025", "Gaps"] in [row[:2] for row in rows], "and in the table once"
    image = year.drawing.grab().toImage()
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    for meaning in ("ink", "warning"):
        assert QColor(getattr(theme.colours(), meaning)).name() in seen, f"nothing is drawn in the colour {meaning}"


def test_no_sign_lies_on_another_nor_outside(year):
    drawing = year.drawing
    signs = [each.area for each in drawing.placed if not each.mark.lasts]
    for number, area in enumerate(signs):
        assert drawing.rect().toRectF().contains(area)
        assert not [other for other in signs[number + 1 :] if other.intersects(area)]


def test_the_arrow_keys_go_from_mark_to_mark_and_enter_shows_the_record(year, opened, qtbot):
    drawing = year.drawing
    drawing.setFocus(Qt.FocusReason.TabFocusReason)
    assert drawing.mark() == drawing.placed[0].mark, "the keyboard begins at the first"
    qtbot.keyClick(drawing, Qt.Key.Key_Right)
    assert drawing.mark().first.day == 15
    assert year.table.currentRow() == 1, "the table goes with it"
    assert "15 Apr 2025" in drawing.accessibleDescription(), "a screen reader is told where one is"
    qtbot.keyClick(drawing, Qt.Key.Key_Down)
    assert drawing.mark().first.month == 5
    qtbot.keyClick(drawing, Qt.Key.Key_Up)
    assert drawing.mark().first.month == 4
    qtbot.keyClick(drawing, Qt.Key.Key_End)
    assert drawing.current == len(drawing.placed) - 1
    qtbot.keyClick(drawing, Qt.Key.Key_Right)
    assert drawing.current == len(drawing.placed) - 1, "there is nothing beyond the last"
    qtbot.keyClick(drawing, Qt.Key.Key_Home)
    qtbot.keyClick(drawing, Qt.Key.Key_Return)
    shows(opened, qtbot, 1)


def test_a_click_chooses_and_a_double_click_shows_the_record(year, opened, qtbot):
    drawing = year.drawing
    concern = next(each for each in drawing.placed if each.mark.sort is MarkSort.RAISED)
    middle = concern.area.center().toPoint()
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=middle)
    assert drawing.mark() == concern.mark
    assert year.table.item(year.table.currentRow(), 1).text() == "Concerns raised"
    qtbot.mouseClick(drawing, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert drawing.mark() is None, "a click beside all of them chooses none"
    qtbot.mouseDClick(drawing, Qt.MouseButton.LeftButton, pos=middle)
    shows(opened, qtbot, 4)


def test_the_table_leads_the_drawing(year):
    gap = next(row for row in range(year.table.rowCount()) if year.table.item(row, 1).text() == "Gaps")
    year.table.setCurrentCell(gap, 0)
    assert year.drawing.mark().sort is MarkSort.GAP


def test_case_and_time_narrow_drawing_and_table_together(year):
    year.case.setCurrentIndex(year.case.findData("X000733"))
    assert MarkSort.INSTRUCTION not in sorts(year.drawing)
    assert {year.table.item(row, 3).text() for row in range(year.table.rowCount())} == {"X000733"}
    year.time.setCurrentIndex(year.time.findData("All of it"))
    assert year.drawing.period.last > year.drawing.period.first.replace(year=2026, month=1), (
        "the silence goes on until today"
    )


def test_each_case_has_a_line_and_signs_of_one_day_stand_below_each_other(with_a_silence, opened, qtbot):
    opened.inside.go_to("Over time")
    page = opened.inside.over_time
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: page.cases.table.rowCount() > 0, timeout=WAIT)
    page.cases.time.setCurrentIndex(page.cases.time.findData("All of it"))
    drawing = page.cases.drawing
    assert isinstance(drawing, CaseLines)
    tops = {}
    for each in drawing.placed:
        tops.setdefault(each.mark.case, set()).add(round(each.area.center().y()))
    assert set(tops) == {"X000412", "X000733"}
    assert max(tops["X000412"]) < min(tops["X000733"]), "a line for each"
    signs = [each.area for each in drawing.placed if not each.mark.lasts]
    for number, area in enumerate(signs):
        assert not [other for other in signs[number + 1 :] if other.intersects(area.adjusted(1, 1, -1, -1))]


def test_a_picture_goes_into_a_bundle_with_its_case(year, opened, qtbot):
    year.case.setCurrentIndex(year.case.findData("X000733"))
    year.to_bundle.click()
    export = opened.inside.bundles.export
    qtbot.waitUntil(export.isVisible, timeout=WAIT)
    assert export.pictures.ticked() == ("calendar",)
    assert export.case.currentText() == "X000733"
    export.profile.choose("manager")
    assert not export.pictures.isVisibleTo(export), "a few pages about one matter have no place for it"
    assert export._wanted_pictures() == ()


def test_a_lock_leaves_nothing_of_it(year, opened, qtbot):
    opened.lock()
    assert not year.drawing.placed
    assert year.table.rowCount() == 0
    assert year.case.count() == 1
    assert year.drawing.accessibleDescription() == "Nothing is recorded yet."
    unlock(opened, qtbot)
    opened.inside.go_to("Over time")
    qtbot.waitUntil(lambda: year.table.rowCount() > 0, timeout=WAIT)


def test_with_nothing_to_draw_it_says_what_will_stand_there(qtbot):
    from evidence_app.desktop.pictures.calendar_view import CalendarView
    from evidence_app.desktop.pictures.period_page import PeriodPage

    page = PeriodPage(CalendarView(), "calendar")
    qtbot.addWidget(page)
    page.show()
    assert page.words.text().startswith("Nothing to draw yet")
    assert not page.table.isVisible()
    assert not page.to_bundle.isVisible()


def test_thousands_of_marks_are_gone_through_once_for_a_size(qtbot, monkeypatch):
    # Qt asks for the size of a widget again and again; each time the marks of a whole log were gone through for each of them.
    passes = []
    whole = Period.by_case
    monkeypatch.setattr(Period, "by_case", lambda period: passes.append(1) or whole(period))
    monkeypatch.setattr(Period, "cases", lambda period: pytest.fail("the marks are gone through for a list of names"))
    first = date(2025, 1, 1)
    marks = tuple(
        Mark(
            MarkSort.CONTACT,
            first + timedelta(days=number % 365),
            first + timedelta(days=number % 365),
            number,
            f"X{number % 40}",
            "",
        )
        for number in range(4_000)
    )
    drawing = CaseLines()
    qtbot.addWidget(drawing)
    drawing.resize(900, 400)
    drawing.show_period(Period(tuple(sorted(marks, key=lambda mark: mark.first))))
    for _ in range(5):
        drawing.sizeHint()
        drawing.minimumSizeHint()
    assert len(passes) == 1
    assert len(drawing.placed) == 4_000
    drawing.resize(1000, 400)
    drawing.grab()
    assert len(passes) == 2, "another width is another drawing"
