"""The window in Welsh: every text translated, text of records never, and a button to change the language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from evidence_app.desktop.shell.app import OpenedWindow
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.shell.navigation import PLACES
from evidence_app.desktop.system import language
from evidence_app.desktop.system.language import CONTEXT, ENGLISH, LANGUAGES, tr
from evidence_app.desktop.timeline.timeline_model import without_weekday
from evidence_app.domain.record.kinds import KINDS
from evidence_app.domain.settings import Settings
from evidence_app.errors import InputError
from evidence_app.services.core.settings import change_setting
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tools import strings

OTHERS = [code for code in LANGUAGES if code != ENGLISH]
PLACEHOLDER = re.compile(r"\{[^}]*\}")
SAME = {"WMT", "nDelius", "Evidence Trail", "Message-ID", "In-Reply-To", "English", "today"}
"""Names that are the same in every language."""


@pytest.fixture
def welsh() -> Iterator[None]:
    language.choose("cy")
    yield
    language.choose(ENGLISH)


@pytest.mark.parametrize("code", OTHERS)
def test_the_catalogue_holds_exactly_the_texts_of_the_window(code):
    known = strings.read(strings.FOLDER / f"{code}.ts")
    assert list(known) == strings.words(), "run: python3 dev.py strings"
    untranslated = [text for text, translated in known.items() if not translated]
    assert untranslated == []


@pytest.mark.parametrize("code", OTHERS)
def test_translations_keep_placeholders_and_shortcut_keys(code):
    for text, translated in strings.read(strings.FOLDER / f"{code}.ts").items():
        assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(translated)), text
        assert ("&" in text) == ("&" in translated), f"an access key is missing or too many: {text}"
        assert text.endswith("…") == translated.endswith("…"), f"whether more is asked is not the same: {text}"
        assert re.findall(r"Ctrl\+\w|F1", text) == re.findall(r"Ctrl\+\w|F1", translated), text


@pytest.mark.parametrize("code", OTHERS)
def test_the_compiled_catalogue_matches_its_source(code, qapp):
    language.choose(code)
    try:
        for text, translated in strings.read(strings.FOLDER / f"{code}.ts").items():
            assert QCoreApplication.translate(CONTEXT, text) == translated, "run: python3 dev.py strings"
    finally:
        language.choose(ENGLISH)


def test_the_window_is_in_welsh_and_the_records_as_they_were_written(welsh, store, qtbot):
    window = MainWindow(store)
    window.show()
    assert window.unlock.unlock.text() == "Datgloi"
    unlock(window, qtbot)
    assert [window.inside.places.item(row).text() for row in range(4)] == [
        "Hafan",
        "Aelodau",
        "Llinell amser",
        "Edafedd",
    ]
    known = {text for text in strings.words() if len(text) > 3} - SAME
    for place, _ in PLACES:
        window.inside.go_to(place)
        qtbot.wait(60)
        english = [text for text in texts_of(window) if text in known]
        assert english == [], f"{place} still says"
    window.inside.show_record(3)
    qtbot.waitUntil(lambda: window.inside.timeline.shown.record.index == 3, timeout=WAIT)
    shown = window.inside.timeline.detail.toPlainText()
    assert "Do not breach him." in shown
    assert "Cyfarwyddyd" in shown
    window.inside.begin(KINDS["concern"])
    qtbot.waitUntil(lambda: window.inside.capture.page is not None, timeout=WAIT)
    assert window.inside.capture.page.editors["concern"].edit.accessibleName() == "Y pryder, yn fy ngeiriau fy hun"
    window.close()


def texts_of(window: QWidget) -> Iterator[str]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton) and widget.isVisible():
            yield widget.text()


def test_a_button_changes_the_language_before_a_store_is_open(store, qtbot):
    opened = OpenedWindow(store)
    first = opened.window
    try:
        button = next(each for each in first.unlock.findChildren(QAbstractButton) if each.text() == "Cymraeg")
        button.click()
        assert opened.window is not first
        assert opened.window.unlock.unlock.text() == "Datgloi"
        assert opened.window.folder == store
        back = next(each for each in opened.window.unlock.findChildren(QAbstractButton) if each.text() == "English")
        back.click()
        assert opened.window.unlock.unlock.text() == "Unlock"
    finally:
        language.choose(ENGLISH)
        opened.window.close()


@pytest.fixture
def entered(store, qtbot) -> Iterator[OpenedWindow]:
    """A window with an open store, which another may take the place of."""
    opened = OpenedWindow(store)
    unlock(opened.window, qtbot)
    yield opened
    language.choose(ENGLISH)
    opened.window.close()


def change(opened: OpenedWindow, qtbot, name: str, value: str) -> MainWindow:
    """Change a setting on its page, and return the window that takes the place of the first."""
    first = opened.window
    first.inside.go_to("Settings")
    page = first.inside.casework.settings
    qtbot.waitUntil(lambda: bool(page._as_shown), timeout=WAIT)
    page.boxes[name].show_value(value)
    page.save()
    qtbot.waitUntil(lambda: opened.window is not first, timeout=WAIT)
    return opened.window


def test_the_language_in_the_settings_is_that_of_the_window_at_once_and_after_every_unlocking(entered, store, qtbot):
    window = change(entered, qtbot, "language", "Cymraeg")
    assert window.inside.where() == "Settings"
    qtbot.waitUntil(lambda: window.inside.casework.settings.boxes["language"].value() == "Cymraeg", timeout=WAIT)
    assert window.inside.places.item(0).text() == "Hafan"
    window.inside.show_record(3)
    qtbot.waitUntil(lambda: window.inside.timeline.shown is not None, timeout=WAIT)
    window.close()
    language.choose(ENGLISH)
    again = OpenedWindow(store)
    assert again.window.unlock.unlock.text() == "Unlock", "before the store is open its settings are not known"
    entered.window = again.window
    before = again.window
    before.unlock.secret.setText(PASSPHRASE)
    before.unlock.unlock.click()
    qtbot.waitUntil(lambda: again.window is not before, timeout=WAIT)
    entered.window = again.window
    assert again.window.inside.places.item(0).text() == "Hafan"


def test_what_was_being_written_is_there_when_the_window_is_replaced(entered, qtbot):
    first = entered.window
    first.inside.begin(KINDS["note"])
    qtbot.waitUntil(lambda: first.inside.capture.page is not None, timeout=WAIT)
    first.inside.capture.page.editors["text"].edit.setPlainText("He said so at the door.")
    wanted = replace(Settings(), language="Cymraeg")
    first.thread_of_store.call(
        lambda session: change_setting(session, "language", ["Cymraeg"]),
        lambda _: first.inside.settings_kept.emit(wanted),
        pytest.fail,
    )
    qtbot.waitUntil(lambda: entered.window is not first, timeout=WAIT)
    window = entered.window
    window.inside.go_to("Drafts")
    page = window.inside.drafts_page
    qtbot.waitUntil(lambda: page.items.count() == 1, timeout=WAIT)
    assert "He said so at the door." in page.items.item(0).text()


def test_a_larger_text_makes_the_window_anew_and_smaller_again(entered, qtbot):
    height = entered.window.fontMetrics().height()
    assert change(entered, qtbot, "text_size", "150 %").fontMetrics().height() >= round(height * 1.4)
    assert change(entered, qtbot, "text_size", "100 %").fontMetrics().height() == height


def test_the_window_still_locks_after_it_was_replaced(entered, store, qtbot):
    window = change(entered, qtbot, "text_size", "125 %")
    window.lock()
    assert window.stack.currentWidget() is window.unlock
    unlock(window, qtbot)
    assert entered.window is window, "it has the size already"


def test_the_language_is_that_of_the_system_or_of_the_environment(monkeypatch):
    monkeypatch.setenv(language.VARIABLE, "cy")
    assert language.wished() == "cy"
    monkeypatch.setenv(language.VARIABLE, "xx")
    assert language.wished() == ENGLISH
    with pytest.raises(InputError, match="cy"):
        language.choose("xx")


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_a_date_without_its_weekday_keeps_its_month(code, qapp):
    # In Welsh “Maw” is Tuesday and March (findings/welsh-short-dates-repeat-a-name.sh).
    language.choose(code)
    try:
        for number in range(366):
            day = date(2024, 1, 1) + timedelta(days=number)
            whole = language.tr_day(day)
            assert without_weekday(whole) == whole.split(" ", 1)[1]
            both = f"{whole}, 14:10 – {whole}, 15:00"
            assert without_weekday(both) == both.replace(f"{whole.split()[0]} {day.day} ", f"{day.day} ")
    finally:
        language.choose(ENGLISH)


def test_text_of_records_is_never_translated(welsh):
    assert tr("{}, last {}", "Home", "Note") == "Home, diwethaf Note"
