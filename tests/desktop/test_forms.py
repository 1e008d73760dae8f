"""Forms: one screen for what a tired person has to say, the rest in folds; text that grows; nothing that moves under the mouse."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCalendarWidget,
    QLineEdit,
    QProgressBar,
    QSpinBox,
    QTableView,
    QWidget,
)

from evidence_app.desktop.casework.free_days_setting import NewFreeDays
from evidence_app.desktop.casework.table_setting import TableSetting
from evidence_app.desktop.design.forms.day_field import DayField
from evidence_app.desktop.design.forms.growing_text import MAX_LINES, GrowingText
from evidence_app.desktop.design.widgets import Message, button, column
from evidence_app.desktop.design.work_bar import WorkBar
from evidence_app.desktop.safekeeping.secrets import NewPassphrase
from evidence_app.desktop.writing.form_groups import COMMON_GROUPS, FIRST, GROUPS, first_fields, groups_of
from evidence_app.domain.record.fields import Kind
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.settings import SETTINGS
from evidence_app.domain.time.spoken_times import spoken_day
from evidence_app.services.core.settings import load_settings
from tests.desktop.conftest import WAIT
from tests.desktop.test_bundles_window import ask
from tests.desktop.test_nothing_broken import begin

WRITTEN = [kind for kind in KINDS.values() if not kind.by_program]


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_each_field_of_a_kind_has_one_place_in_its_form(kind: Kind):
    placed = [kind.main, *(field.name for field in first_fields(kind))]
    for _, fields in groups_of(kind):
        placed += [field.name for field in fields]
    assert sorted(placed) == sorted(field.name for field in fields_of(kind))


@pytest.mark.parametrize("kind", WRITTEN, ids=lambda kind: kind.name)
def test_what_is_needed_is_on_the_first_screen(kind: Kind):
    first = {kind.main, *(field.name for field in first_fields(kind))}
    assert {field.name for field in fields_of(kind) if field.required} <= first


def test_the_groups_name_fields_that_there_are():
    for name, groups in GROUPS.items():
        known = {field.name for field in fields_of(KINDS[name])}
        assert {each for group in groups for each in group.names} <= known
        assert set(FIRST.get(name, ())) <= known
    assert {each for group in COMMON_GROUPS for each in group.names} <= {f.name for f in fields_of(KINDS["note"])}


def test_an_instruction_is_written_down_on_one_screen(opened, qtbot):
    opened.resize(1180, 800)
    page = begin(opened, qtbot, "instruction")
    names = ("exact_words", "given_by", "via")
    for widget in (*(page.editors[name] for name in names), page.when, page.case, page.seal_button):
        place = widget.mapTo(opened, QPoint(0, widget.height()))
        assert widget.isVisible()
        assert place.y() <= opened.height(), f"{widget.accessibleName()} is below the edge of the window"
    assert page._area.verticalScrollBar().value() == 0


def test_what_is_written_already_is_unfolded_and_counted(opened, qtbot):
    entry = {
        "kind": "response",
        "event_at": "2025-04-14",
        "event_precision": "date only",
        "fields": {"content": "Do your best.", "working_days": 5, "judgement": "It answers nothing."},
    }
    opened.inside.begin(KINDS["response"], entry=entry)
    qtbot.waitUntil(lambda: opened.inside.capture.page is not None, timeout=WAIT)
    page = opened.inside.capture.page
    fold = page.folds.fold_of(page.editors["judgement"])
    assert fold.title.isChecked()
    assert fold.title.facts == "2 written"
    page.editors["judgement"].edit.clear()
    assert fold.title.facts == "1 written"
    assert "1 written" in fold.title.accessibleDescription()
    others = [each for each in page.folds.folds if each is not fold]
    assert not any(each.title.isChecked() for each in others)


def test_a_fold_opens_by_key_and_by_mouse(opened, qtbot):
    page = begin(opened, qtbot, "instruction")
    fold = page.folds.folds[0]
    assert not page.editors["understanding"].isVisible()
    qtbot.keyClick(fold.title, Qt.Key.Key_Return)
    assert page.editors["understanding"].isVisible()
    assert fold.title.accessibleDescription().startswith("open")
    qtbot.mouseClick(fold.title, Qt.MouseButton.LeftButton)
    assert not page.editors["understanding"].isVisible()


def test_the_box_of_a_text_grows_with_it_and_then_scrolls(qtbot):
    box = GrowingText(3)
    qtbot.addWidget(box)
    box.setFixedWidth(300)
    box.show()
    empty = box.height()
    box.setPlainText("line\n" * 7)
    grown = box.height()
    assert grown > empty
    assert box.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    box.setPlainText("line\n" * 200)
    assert box.height() < grown * 4
    assert box.height() >= MAX_LINES * box.fontMetrics().lineSpacing()
    assert box.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAsNeeded
    box.setPlainText("")
    assert box.height() == empty, "the box does not shrink again"


def test_nothing_below_a_message_or_a_bar_moves_when_it_comes(qtbot):
    message, bar, below = Message(), WorkBar(), button("Cancel", lambda: None)
    page = column(message, bar, below, None)
    page.resize(500, 300)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    before = below.pos()
    message.say("Making the bundle…")
    bar.setVisible(True)
    page.layout().activate()
    assert below.pos() == before
    message.say("")
    bar.setVisible(False)
    page.layout().activate()
    assert below.pos() == before


def test_nothing_moves_while_a_passphrase_is_typed(qtbot):
    page = NewPassphrase()
    page.resize(520, 260)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    before = page.second.pos()
    for typed in ("a", "horse", "four invented words here", "x" * 60):
        page.first.setText(typed)
        page.layout().activate()
        assert page.second.pos() == before, f"the second field moved at {typed!r}"


def darkest_in(widget: QWidget, left: int) -> int:
    """Return how dark the darkest point is in the part of a widget right of `left`: 0 is black."""
    image = widget.grab().toImage()
    ratio = image.devicePixelRatio()
    points = (
        image.pixelColor(x, y).lightness()
        for x in range(int(left * ratio), image.width() - 4)
        for y in range(4, image.height() - 4)
    )
    return min(points)


def test_a_number_has_arrows_that_can_be_seen(qtbot):
    number = QSpinBox()
    qtbot.addWidget(number)
    number.setFixedWidth(140)
    number.show()
    qtbot.waitExposed(number)
    assert darkest_in(number, 140 - 24) < 120
    qtbot.mouseClick(number, Qt.MouseButton.LeftButton, pos=QPoint(130, 8))
    assert number.value() == 1
    qtbot.mouseClick(number, Qt.MouseButton.LeftButton, pos=QPoint(130, number.height() - 8))
    assert number.value() == 0


def test_an_unsaved_setting_is_named_where_one_is(opened, qtbot):
    opened.inside.go_to("Settings")
    settings = opened.inside.casework.settings
    qtbot.waitUntil(settings.unsaved.isVisible, timeout=WAIT)
    assert settings.unsaved.text() == "All saved"
    assert not settings.undo.isEnabled()
    settings.boxes["own_addresses"].show_value(("r.hale@probation.example",))
    assert settings.unsaved.text() == "Not saved: My e-mail addresses"
    settings.undo.click()
    qtbot.waitUntil(lambda: settings.unsaved.text() == "All saved", timeout=WAIT)
    assert settings.boxes["own_addresses"].values() == []
    settings.boxes["own_addresses"].show_value(("r.hale@probation.example",))
    settings.save()
    qtbot.waitUntil(lambda: settings.unsaved.text() == "All saved", timeout=WAIT)
    assert settings.message.text() == "✓ Saved."


def test_a_bar_is_hidden_until_something_runs(qtbot):
    bar = WorkBar()
    qtbot.addWidget(bar)
    assert isinstance(bar, QProgressBar)
    assert bar.isHidden()
    bar.show_progress(3, 12)
    assert (bar.value(), bar.maximum()) == (3, 12)
    bar.show_progress(0, 0)
    assert bar.maximum() == 0, "a total that is not known looks like one that is"


def test_people_are_set_in_a_table(opened, qtbot):
    opened.inside.go_to("Settings")
    settings = opened.inside.casework.settings
    qtbot.waitUntil(settings.unsaved.isVisible, timeout=WAIT)
    assert settings.unsaved.text() == "All saved"
    people = settings.boxes["people"]
    people.add.click()
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert people.table.isAncestorOf(editor), "a new row is not written in at once"
    qtbot.keyClicks(editor, "J. Marsh")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: settings.unsaved.text() == "Not saved: People", timeout=WAIT)
    people.table.item(0, 1).setText("Senior probation officer")
    people.table.item(0, 2).setText("j.marsh@probation.example")
    people.add.click()
    settings.save()
    qtbot.waitUntil(lambda: settings.message.text() == "✓ Saved.", timeout=WAIT)
    line = "J. Marsh; Senior probation officer; j.marsh@probation.example"
    assert ask(opened, qtbot, load_settings).people == (line,), "an empty row was saved, or a part is lost"
    assert people.values() == [line]
    people.table.setFocus()
    people.table.setCurrentCell(0, 0)
    qtbot.keyClick(people.table, Qt.Key.Key_Delete)
    assert people.values() == []
    settings.undo.click()
    qtbot.waitUntil(lambda: people.values() == [line], timeout=WAIT)
    opened.lock()
    assert people.table.rowCount() == 0, "names stand in the window after a lock"


@pytest.mark.parametrize(
    "line",
    ["Kit Lowe", "Kit Lowe; victim", "Sam Field; X000123; Sammy; colleague", "A; ; a@x.example"],
)
def test_a_value_comes_out_of_the_table_as_it_went_in(line: str, qtbot):
    setting = next(each for each in SETTINGS if each.name == ("people" if line.startswith("A;") else "client_names"))
    table = TableSetting(setting)
    qtbot.addWidget(table)
    table.show_value((line,))
    assert table.values() == [line]


def test_a_day_is_chosen_from_a_calendar_by_mouse_and_by_key(qtbot):
    field = DayField()
    qtbot.addWidget(field)
    field.show()
    field.setText("4 August 2025")
    field.open.trigger()
    calendar = field.findChild(QCalendarWidget)
    assert calendar.selectedDate() == QDate(2025, 8, 4), "it opens at the day that is typed"
    assert calendar.firstDayOfWeek() == Qt.DayOfWeek.Monday
    qtbot.keyClick(calendar.findChild(QTableView), Qt.Key.Key_Right)
    qtbot.keyClick(calendar.findChild(QTableView), Qt.Key.Key_Return)
    assert field.text() == "5 August 2025"
    assert spoken_day(field.text(), date(2025, 1, 1)) == date(2025, 8, 5), "what it writes can be read"
    field.setText("no day at all")
    field.open.trigger()
    qtbot.keyClick(QApplication.activePopupWidget(), Qt.Key.Key_Escape)
    assert field.text() == "no day at all", "leaving the calendar changes nothing"


def test_free_days_are_added_in_a_form_and_said_in_words(opened, qtbot):
    opened.inside.go_to("Settings")
    settings = opened.inside.casework.settings
    qtbot.waitUntil(settings.unsaved.isVisible, timeout=WAIT)
    days = settings.boxes["non_working_days"]

    def add(first: str, last: str, only: str) -> None:
        days.add.click()
        form = days.findChildren(NewFreeDays)[-1]
        form.first.setText(first)
        form.last.setText(last)
        form.only.choose(only)
        form.ok.click()

    add("29 December 2025", "", "every day")
    add("4 August 2025", "15 August 2025", "every day")
    add("1 September 2025", "", "Friday")
    assert days.values() == ["2025-12-29", "2025-08-04 to 2025-08-15", "Friday from 2025-09-01"]
    assert [days.items.item(row).text() for row in range(3)] == [
        "Mon 29 Dec 2025",
        "Mon 4 Aug 2025 to Fri 15 Aug 2025",
        "every Friday from Mon 1 Sep 2025",
    ]
    days.add.click()
    form = days.findChildren(NewFreeDays)[-1]
    form.ok.click()
    assert form.message.text() == "Say the day, or the first of several."
    form.first.setText("15 August 2025")
    form.last.setText("4 August 2025")
    form.ok.click()
    assert "ends before it begins" in form.message.text()
    form.reject()
    settings.save()
    qtbot.waitUntil(lambda: settings.message.text() == "✓ Saved.", timeout=WAIT)
    assert ask(opened, qtbot, load_settings).non_working_days == tuple(days.values())
    opened.lock()
    assert days.values() == [], "when somebody is away is left on a locked screen"


def test_levels_are_put_in_order_and_a_copied_list_is_pasted(opened, qtbot):
    opened.inside.go_to("Settings")
    settings = opened.inside.casework.settings
    qtbot.waitUntil(settings.unsaved.isVisible, timeout=WAIT)
    levels, names = settings.boxes["levels"], settings.boxes["other_names"]
    first, second, *rest = levels.values()
    levels.table.setCurrentCell(0, 0)
    levels.down.click()
    assert levels.values() == [second, first, *rest]
    levels.table.setFocus()
    qtbot.keyClick(levels.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert levels.values() == [first, second, *rest]
    levels.up.click()
    assert levels.values() == [first, second, *rest], "the first cannot go further up"
    assert not names.up.isVisible(), "the order of names says nothing"
    QApplication.clipboard().setText("Easthaven\n\n  Old Mill \n")
    names.table.setFocus()
    qtbot.keyClick(names.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert names.values() == ["Easthaven", "Old Mill"]


def test_a_lock_closes_the_calendar_too(opened, qtbot):
    opened.inside.go_to("Timeline")
    filters = opened.inside.timeline.filters
    filters.open.setChecked(True)
    filters.first.open.trigger()
    assert QApplication.activePopupWidget() is not None
    opened.lock()
    assert QApplication.activePopupWidget() is None, "it stands over the locked window"
