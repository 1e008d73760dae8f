"""The review in the window: names on scans at their place, the same person, pages to look at."""

from evidence_app.desktop.bundles.review_page import ReviewPage
from evidence_app.desktop.shell.main_window import MainWindow
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import change_setting, load_settings
from tests.desktop.conftest import WAIT
from tests.desktop.test_bundles_window import ask, go
from tests.end_to_end.test_pages_in_doubt import SCAN
from tests.support.bundles import seal_with
from tests.support.entries import CASE, sample_entry
from tests.support.program import REPOSITORY

LETTER = (REPOSITORY / "tests/samples/hard/scan-skewed.png").read_bytes()


def looked_through(window: MainWindow, qtbot, words: str, scan: bytes) -> ReviewPage:
    """Seal a record with a scan, and return the review of it for the reviewing manager."""
    entry = sample_entry("instruction", case_ref=CASE, fields={"exact_words": words})
    ask(window, qtbot, lambda session: [seal_with(session, entry, {"scan.png": scan})])
    page = go(window, qtbot, "Review").review
    qtbot.waitUntil(lambda: page.about.count() > 0, timeout=WAIT)
    page.about.setCurrentIndex(page.about.findText("SFO / DUS reviewing manager"))
    page.case.setEditText(CASE)
    page.look.click()
    qtbot.waitUntil(lambda: page.table.rowCount() > 0, timeout=WAIT)
    return page


def rows_of(page: ReviewPage) -> list[list[str]]:
    return [
        [page.table.item(row, column).text() for column in range(page.table.columnCount())]
        for row in range(page.table.rowCount())
    ]


def test_a_name_on_a_scan_is_shown_at_its_place(opened, qtbot) -> None:
    ask(opened, qtbot, lambda session: [change_setting(session, "client_names", ["Tamsin Harlow-Prydeth"])])
    page = looked_through(opened, qtbot, "weekly.", LETTER)
    rows = rows_of(page)
    place = ["Tamsin Harlow-Prydeth", "client's name", "Tamsin Harlow-Prydeth", "exhibit 1, page 1", "withheld"]
    assert place in rows
    page.table.selectRow(rows.index(place))
    qtbot.waitUntil(lambda: page.picture._image is not None, timeout=WAIT)
    asked = [row[0] for row in rows if row[4] == "undecided"]
    assert "Sheila Ormsgate" in asked, "a name on a scan that nobody set is not asked about"
    assert rows[0][4] == "undecided", "what is to be decided is not at the top"


def test_a_surname_alone_is_joined_to_its_person(opened, qtbot) -> None:
    def prepare(session: Session) -> list[None]:
        change_setting(session, "client_names", ["Sheila Ormsgate; relative", "Tamsin Harlow-Prydeth"])
        return [change_setting(session, "other_names", ["Ostermouth"])]

    ask(opened, qtbot, prepare)
    page = looked_through(opened, qtbot, "we saw that Ormsgate came.", LETTER)
    qtbot.waitUntil(lambda: "surname alone" in {row[1] for row in rows_of(page)}, timeout=WAIT)

    def offered() -> bool:
        rows = rows_of(page)
        page.table.selectRow(next(number for number, row in enumerate(rows) if row[1] == "surname alone"))
        return page.same.text() == "The same person as Sheila Ormsgate"

    qtbot.waitUntil(offered, timeout=WAIT)
    page.same.click()
    qtbot.waitUntil(lambda: "surname alone" not in {row[1] for row in rows_of(page)}, timeout=WAIT)
    (names,) = ask(opened, qtbot, lambda session: [load_settings(session).client_names])
    assert names[0] == "Sheila Ormsgate; Ormsgate; relative"


def test_a_page_in_doubt_is_looked_at(opened, qtbot) -> None:
    page = looked_through(opened, qtbot, "weekly.", SCAN)
    assert page.current().sort == "page to look at"
    assert "Look at it" in page.sentence.text()
    assert not page.withhold.isEnabled()
    qtbot.waitUntil(lambda: page.picture._image is not None, timeout=WAIT)
    page.seen.click()
    qtbot.waitUntil(lambda: "page to look at" not in {row[1] for row in rows_of(page)}, timeout=WAIT)


def test_the_page_can_be_wiped(opened, qtbot) -> None:
    page = looked_through(opened, qtbot, "weekly.", SCAN)
    page.wipe()
    assert page.table.rowCount() == 0
    assert page.picture._image is None
