"""Every page of the window in Welsh: no sentence of the program in English, nor half of one, and no English date."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableWidget,
    QTabWidget,
    QTextEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.desktop.shell.navigation import PLACES
from evidence_app.desktop.system import language
from evidence_app.domain.plan.edits import leaving_out
from evidence_app.domain.plan.saved_plan import Document, Redaction
from evidence_app.domain.record.entries import read_entry
from evidence_app.services.bundles.plans import Choice, begin_plan
from evidence_app.services.bundles.saved_plans import keep_plan
from evidence_app.services.core.sealing import seal
from evidence_app.services.core.session import Session
from tests.desktop.conftest import PASSPHRASE, WAIT, unlock
from tests.support.mails import sent, thunderbird
from tools import strings

ENGLISH_DATE = re.compile(
    r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}"
)
PLACE = re.compile(r"\{[^}]*\}")
MIN_LETTERS = 9
"""Letters of a pattern's own words from which it is told from what somebody wrote."""
SAME = {"Evidence Trail"}
"""What is the same in both languages."""
WHO = {"person": "J. Marsh", "role": "Senior probation officer"}


@pytest.fixture
def welsh_window(store, qtbot) -> Iterator[MainWindow]:
    """A window in Welsh over a store with something of most sorts: asked, overdue, answered, silent, counted."""
    with Session.open(store, PASSPHRASE) as session:
        for kind, day, fields, links in (
            ("concern", "2025-05-07", {"concern": "Risg uchel.", "raised_with": WHO, "reply_by": "2025-05-14"}, []),
            (
                "response",
                "2025-05-20",
                {"content": "Na.", "effect": "declines", "from": WHO},
                [{"to": 4, "as": "answers"}],
            ),
            (
                "concern",
                "2025-06-02",
                {"concern": "Eto.", "raised_with": WHO, "reply_by": "2025-06-09"},
                [{"to": 4, "as": "repeats"}],
            ),
            (
                "workload",
                "2025-06-03",
                {"wmt_pct": 121.4, "cases_total": 58, "due_in_next_14d": {"assessments": 5}},
                [],
            ),
            ("gap", "2025-06-04", {"missing": "manager", "to": "2025-07-01"}, []),
        ):
            entry = {
                "kind": kind,
                "event_at": day,
                "event_precision": "date only",
                "case_ref": "X000733",
                "fields": fields,
            }
            seal(session, read_entry({**entry, "links": links}))
        plan = begin_plan(session, "Cynllun", "officer", Choice())
        withheld = (Redaction("name", words="Marsh"), Redaction("health", record=4, field="concern"))
        plan = leaving_out(replace(plan, redactions=withheld), Document(1), "dim ei angen")
        keep_plan(session, plan)
    language.choose("cy")
    window = MainWindow(store)
    window.show()
    unlock(window, qtbot)
    yield window
    window.close()
    language.choose(language.ENGLISH)


def english_patterns() -> dict[re.Pattern[str], str]:
    """Return a pattern for each sentence of the program that is another one in Welsh."""
    known = strings.read(strings.FOLDER / "cy.ts")
    patterns = {}
    for text, translated in known.items():
        own = "".join(each for each in PLACE.sub("", text) if each.isalpha())
        if translated != text and len(own) >= MIN_LETTERS and text not in SAME:
            parts = (re.escape(part) for part in PLACE.split(text))
            patterns[re.compile(".*".join(parts), re.DOTALL)] = text
    return patterns


def shown_in(window: QWidget) -> Iterator[str]:
    """Yield every text that is shown or told to a screen reader."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        yield from (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip())
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        elif isinstance(widget, QLineEdit):
            yield widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from (widget.itemText(row) for row in range(widget.count()))
        elif isinstance(widget, QListWidget):
            for row in range(widget.count()):
                told = widget.item(row).data(Qt.ItemDataRole.AccessibleTextRole)
                yield from (widget.item(row).text(), str(told or ""))
        elif isinstance(widget, QTableWidget):
            for column in range(widget.columnCount()):
                yield widget.horizontalHeaderItem(column).text()
                for row in range(widget.rowCount()):
                    item = widget.item(row, column)
                    yield item.text() if item is not None else ""
        elif isinstance(widget, QTreeWidget):
            yield from texts_of(widget.invisibleRootItem())
        elif isinstance(widget, QTextEdit):
            yield widget.toPlainText()


def texts_of(item: QTreeWidgetItem) -> Iterator[str]:
    """Yield the texts of what is below an item of a tree."""
    for child in (item.child(number) for number in range(item.childCount())):
        yield from (child.text(column) for column in range(child.columnCount()))
        yield from texts_of(child)


def english_in(window: QWidget, patterns: dict[re.Pattern[str], str]) -> list[str]:
    """Return the texts that are an English sentence of the program, or hold an English date."""
    found = []
    for text in set(shown_in(window)):
        lines = [text, *text.splitlines()]
        if ENGLISH_DATE.search(text) or any(pattern.fullmatch(line) for line in lines for pattern in patterns):
            found.append(text)
    return sorted(found)


def test_no_place_of_the_window_speaks_english(welsh_window, qtbot):
    patterns = english_patterns()
    assert len(patterns) > 900, "hardly anything is looked for"
    seen = 0
    for place, _ in PLACES:
        if place not in welsh_window.inside.offered():
            continue
        welsh_window.inside.go_to(place)
        qtbot.wait(400)
        tabs = [each for each in welsh_window.findChildren(QTabWidget) if each.isVisible()]
        for tab in range(tabs[0].count() if tabs else 1):
            if tabs:
                tabs[0].setCurrentIndex(tab)
                qtbot.wait(300)
            seen += len(set(shown_in(welsh_window)))
            assert english_in(welsh_window, patterns) == [], f"{place}, tab {tab}"
    assert seen > 300, "the pages were not filled"


def test_a_record_and_a_mail_speak_welsh_around_words_that_stay(welsh_window, qtbot, tmp_path):
    patterns = english_patterns()
    inside = welsh_window.inside
    for record in (4, 5, 6):
        inside.show_record(record)
        qtbot.waitUntil(lambda record=record: inside.timeline.shown.record.index == record, timeout=WAIT)
        assert english_in(welsh_window, patterns) == []
    for name, content in (("a.eml", sent()), ("b.eml", thunderbird("displayed"))):
        (tmp_path / name).write_bytes(content)
    inside.bring_in(sorted(tmp_path.glob("*.eml")))
    page = inside.casework.mail_in
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=WAIT)
    qtbot.waitUntil(lambda: bool(page.table.item(1, 1).text()), timeout=WAIT)
    assert english_in(welsh_window, patterns) == []


def test_what_is_looked_for_would_be_found(qtbot):
    patterns = english_patterns()
    for english in (
        "No reply was asked for",
        "Unanswered for 3 working days, 2 past Mon 3 Mar 2025",
        "seen Mon 3 Mar 2025",
    ):
        label = QLabel(english)
        holder = QWidget()
        label.setParent(holder)
        qtbot.addWidget(holder)
        holder.show()
        assert english_in(holder, patterns) == [english]
