"""The window in Welsh: every text translated, text of records never, and a button to change the language."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from evidence_app.desktop.shell.app import OpenedWindow
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.shell.navigation import PLACES
from evidence_app.desktop.system import language
from evidence_app.desktop.system.language import CONTEXT, ENGLISH, LANGUAGES, tr
from evidence_app.domain.record.kinds import KINDS
from evidence_app.errors import InputError
from tests.desktop.conftest import WAIT, unlock
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


def test_the_language_is_that_of_the_system_or_of_the_environment(monkeypatch):
    monkeypatch.setenv(language.VARIABLE, "cy")
    assert language.wished() == "cy"
    monkeypatch.setenv(language.VARIABLE, "xx")
    assert language.wished() == ENGLISH
    with pytest.raises(InputError, match="cy"):
        language.choose("xx")


def test_text_of_records_is_never_translated(welsh):
    assert tr("{}, last {}", "Home", "Note") == "Home, diwethaf Note"
