"""Lists of words in the window: forms offer what is in use on the day, other words are typed, lists are signed and taken in."""

import pytest
from PySide6.QtWidgets import QComboBox

from evidence_app.desktop.casework.word_lists_window import WordListsWindow
from evidence_app.desktop.writing.editors import ChoiceEditor
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from tests.desktop.conftest import WAIT
from tests.desktop.test_nothing_broken import begin

OLD, NEW = "fixed-term recall, 14 or 28 days", "fixed-term recall, 56 days"


def offered(combo: QComboBox) -> list[str]:
    return [combo.itemText(n) for n in range(combo.count())]


def test_a_form_offers_the_words_in_use_on_the_day_of_the_event(opened, qtbot):
    form = begin(opened, qtbot, "decision")
    combo = form.editors["decision_type"].combo
    qtbot.waitUntil(lambda: NEW in offered(combo) and OLD not in offered(combo), timeout=WAIT)
    form.when.setText("3 March 2026")
    qtbot.waitUntil(lambda: OLD in offered(combo), timeout=WAIT)
    assert NEW not in offered(combo)


def test_what_is_typed_stays_when_the_day_changes(opened, qtbot):
    form = begin(opened, qtbot, "decision")
    editor = form.editors["decision_type"]
    assert isinstance(editor, ChoiceEditor)
    qtbot.waitUntil(lambda: OLD not in offered(editor.combo), timeout=WAIT)
    editor.combo.setEditText("a word of mine")
    form.when.setText("3 March 2026")
    qtbot.waitUntil(lambda: OLD in offered(editor.combo), timeout=WAIT)
    assert editor.value() == "a word of mine"


@pytest.fixture
def lists(opened, qtbot):
    opened.inside.go_to("Settings")
    opened.inside.casework.settings.show_word_lists()
    window = opened.findChild(WordListsWindow)
    qtbot.waitUntil(lambda: window.which.count() == len(WORD_LISTS), timeout=WAIT)
    return window


def test_changes_are_gathered_signed_looked_at_and_taken_in(lists, opened, qtbot, tmp_path):
    lists.which.setCurrentIndex(lists.which.findData("roles"))
    assert not lists.sign.isEnabled()
    lists.add()
    assert "Type a word first" in lists.message.text()
    lists.word.setText("Wellbeing  lead")
    lists.since.setText("1 September 2026")
    lists.add()
    lists.end()
    assert "Choose a word in the list" in lists.message.text()
    lists.words.setCurrentRow(0)
    lists.until.setText("31 December 2026")
    lists.end()
    assert lists.changes.count() == 2
    lists.title.setText("Words of the Anytown branch")
    lists.sign_to(tmp_path / "words.note")
    qtbot.waitUntil(lambda: "Saved: words.note" in lists.message.text(), timeout=WAIT)
    lists.look_at(tmp_path / "words.note")
    qtbot.waitUntil(lambda: "“Wellbeing lead” is new from 2026-09-01" in lists.message.text(), timeout=WAIT)
    assert "ends on 2026-12-31. Records that have it keep it." in lists.message.text()
    lists.take.click()
    qtbot.waitUntil(lambda: "Wellbeing lead – from" in lists.words.item(lists.words.count() - 1).text(), timeout=WAIT)
    assert "Words of the Anytown branch" in lists.taken.item(0).text()
    lists.reject()
    form = begin(opened, qtbot, "instruction")
    role = form.editors["given_by"].parts["role"].combo
    qtbot.waitUntil(lambda: "Wellbeing lead" in offered(role), timeout=WAIT)


@pytest.mark.parametrize(
    ("content", "why"), [(b"\xff\xfe", "no text"), (b"words", "no word list"), (None, "cannot be read")]
)
def test_what_is_no_list_is_refused_in_a_sentence(content, why, lists, qtbot, tmp_path):
    path = tmp_path / "x.note"
    if content is not None:
        path.write_bytes(content)
    lists.look_at(path)
    qtbot.waitUntil(lambda: why in lists.message.text(), timeout=WAIT)
    assert lists.take.isHidden()
    lists.reject()
