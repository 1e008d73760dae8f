"""Tables: a heading and the row of column names are never left alone at the foot of a page, and each page repeats the names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.bundle.typeset.page_writer import BOTTOM, Page, PageWriter, Text
from evidence_app.bundle.typeset.tables import Column, Row, table

COLUMNS = (Column("What", 0, 200), Column("Why", 200, 200))


def words_on(page: Page) -> list[str]:
    return [mark.text for mark in page.marks if isinstance(mark, Text)]


def set_from(above_foot: float, lines: int, title: str = "") -> list[Page]:
    """Set a table of one row with so many lines, beginning so far above the foot of a page."""
    flow = PageWriter()
    flow.y = BOTTOM + above_foot
    row = Row(("first", " ".join(["word" * 9] * lines)), most_lines=42)
    table(flow, COLUMNS, [row], title=title)
    return flow.pages


@pytest.mark.parametrize("title", ["", "A title of its own"])
@given(above_foot=st.floats(0, 600), lines=st.integers(1, 42))
def test_names_of_columns_stand_with_their_first_row(title: str, above_foot: float, lines: int) -> None:
    pages = [words_on(page) for page in set_from(above_foot, lines, title)]
    begun = [words for words in pages if "What" in words]
    assert len(begun) == 1
    assert "first" in begun[0]
    assert not title or title in begun[0]


def test_a_table_stays_where_it_has_room() -> None:
    (page,) = set_from(200, 3, "A title")
    assert words_on(page)[:3] == ["A title", "What", "Why"]


def test_the_names_are_repeated_on_each_page() -> None:
    flow = PageWriter()
    table(flow, COLUMNS, [Row((f"row {number}", "why")) for number in range(120)])
    assert len(flow.pages) > 2
    assert all("What" in words_on(page) for page in flow.pages)
