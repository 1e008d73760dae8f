"""What is drawn beside a page's text may be letters, and then the page is recognised; the rules of a table are none."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_app.documents.pdf.drawn_shapes import MAX_SEGMENTS, RULE, may_show_words

ROWS, COLUMNS = 20, 4
# A figure of seven strokes: where each begins, in halves of its height, and whether it lies.
FIGURE = ((0, 0, True), (0, 1, True), (0, 2, True), (0, 0, False), (0, 1, False), (1, 0, False), (1, 1, False))


def page_of(content: str, size: tuple[float, float] = (595, 842), *, in_form: bool = False) -> pypdfium2.PdfDocument:
    """Return a page with content as an opened document."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=size)
        if in_form:
            form = pdf.make_stream(content.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
            form.BBox = pikepdf.Array([0, 0, *size])
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
            content = "/F Do"
        page.Contents = pdf.make_stream(content.encode())
        pdf.save(out)
    return pypdfium2.PdfDocument(out.getvalue())


def may_be_letters(content: str, size: tuple[float, float] = (595, 842), *, in_form: bool = False) -> bool:
    document = page_of(content, size, in_form=in_form)
    try:
        return may_show_words(document[0])
    finally:
        document.close()


def table(row: float = 18, column: float = 57) -> str:
    """A table whose cells are drawn each by itself, with thin rectangles for borders, as browsers do."""
    cells = [(60 + column * x, 100 + row * y) for x in range(COLUMNS) for y in range(ROWS)]
    return " ".join(f"{x} {y} {column} 0.75 re f {x} {y} 0.75 {row} re f" for x, y in cells)


def figures(height: float, count: int) -> str:
    """Figures such as those of a clock, each stroke a rectangle."""
    half, drawn = height / 2, []
    for place in range(count):
        left = 60 + place * height * 0.8
        for x, y, lies in FIGURE:
            at = (left + x * half, 400 + y * half)
            drawn.append(f"{at[0]} {at[1]} {half if lies else 1} {1 if lies else half} re f")
    return " ".join(drawn)


@pytest.mark.parametrize("content", [table(), table(row=12), table(column=20, row=30), "60 100 450 300 re S " * 40])
def test_tables_and_frames_are_no_letters(content: str) -> None:
    assert content.count(" re") * 4 > MAX_SEGMENTS
    assert not may_be_letters(content)


def test_lines_with_a_pen_make_a_table_too() -> None:
    assert not may_be_letters(" ".join(f"60 {100 + 15 * y} m 500 {100 + 15 * y} l S" for y in range(40)))


@pytest.mark.parametrize("height", [8, 12, 24, 40, 60])
def test_figures_of_straight_strokes_may_be_a_number(height: float) -> None:
    assert may_be_letters(figures(height, 8))


def test_dots_may_be_letters() -> None:
    assert may_be_letters(" ".join(f"{60 + 2 * x} {400 + 2 * y} 1.5 1.5 re f" for x in range(6) for y in range(6)))


def test_many_rectangles_of_one_path_may_be_letters() -> None:
    assert may_be_letters(figures(24, 8).replace(" f", "") + " f")


def test_a_rectangle_that_is_turned_is_a_stroke() -> None:
    turned = " ".join(f"q 0.7 0.7 -0.7 0.7 {60 + 9 * x} 400 cm 0 0 40 1 re f Q" for x in range(20))
    assert may_be_letters(turned)


def test_the_size_of_what_stands_in_a_form_is_not_known() -> None:
    assert may_be_letters(table(), in_form=True)


def test_strokes_on_a_poster_are_as_large_as_the_page() -> None:
    assert may_be_letters(figures(120, 8), size=(2384, 3370))
    assert not may_be_letters(table(row=180, column=500), size=(2384, 3370))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(60, 500), st.integers(60, 700), st.integers(3, int(RULE) - 3)), min_size=12))
def test_short_strokes_apart_from_one_another_always_count(strokes: list[tuple[int, int, int]]) -> None:
    # Far enough from each other that no two lie end to end.
    apart = [(x - x % 40, y - y % 7, length) for x, y, length in strokes]
    drawn = {(x, y): length for x, y, length in apart}
    content = " ".join(f"{x} {y} {length} 1 re f" for (x, y), length in drawn.items())
    assert may_be_letters(content) == (5 * len(drawn) > MAX_SEGMENTS)
