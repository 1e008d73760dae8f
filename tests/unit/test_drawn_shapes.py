"""What is drawn beside a page's text may be letters, and then the page is recognised; the rules of a table are none."""

import io
from itertools import pairwise

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from evidence_app.documents.pdf.drawn_shapes import MAX_AT_ONE_PLACE, MAX_PATHS, MAX_SEGMENTS, RULE, may_show_words

ROWS, COLUMNS = 20, 4
# A figure of seven strokes: where each begins, in halves of its height, and whether it lies.
FIGURE = ((0, 0, True), (0, 1, True), (0, 2, True), (0, 0, False), (0, 1, False), (1, 0, False), (1, 1, False))


def page_of(content: str, size: tuple[float, float] = (595, 842), *, in_form: bool = False) -> pypdfium2.PdfDocument:
    """Return a page with content as an opened document."""
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=size)
        shown = pdf.make_stream(b"0 g 0 0 400 800 re f", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
        shown.BBox = pikepdf.Array([0, 0, *size])
        shown.Group = pikepdf.Dictionary(S=pikepdf.Name.Transparency, CS=pikepdf.Name.DeviceGray)
        mask = pikepdf.Dictionary(S=pikepdf.Name.Luminosity, G=shown)
        page.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(Mask=pikepdf.Dictionary(SMask=mask)))
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


def bitmap(pixel: float) -> str:
    """A word in a bitmap: each row as runs of white and black, end to end."""
    small = Image.new("1", (90, 14), 1)
    ImageDraw.Draw(small).text((2, 1), "Anwen Prothero", fill=0)
    drawn = []
    for y in range(small.height):
        row = [small.getpixel((x, y)) for x in range(small.width)]
        starts = [0, *(x for x in range(1, len(row)) if row[x] != row[x - 1]), len(row)]
        for x, end in pairwise(starts):
            at = f"{60 + x * pixel} {400 - y * pixel} {(end - x) * pixel} {pixel}"
            drawn.append(f"{'1 g' if row[x] else '0 g'} {at} re f")
    return " ".join(drawn)


def block(height: float, thick: float) -> str:
    """The letters ELLIE, each stroke a filled rectangle."""
    wide, drawn = height * 0.65, []
    for place, letter in enumerate("ELLIELLIE"):
        left = 60 + place * height * 0.8
        drawn.append(f"{left} 400 {thick} {height} re f")
        arms = {"E": (0, height / 2, height - thick), "L": (0,), "I": ()}[letter]
        drawn += [f"{left} {400 + up} {wide} {thick} re f" for up in arms]
    return " ".join(drawn)


LETTER = "60 400 m 90 400 l 75 440 l h W n"
MASK = "/Mask gs " + "60 400 450 3 re f " * 10

NO_LETTERS = {
    "a table": table(),
    "a narrow table": table(row=12),
    "a table of high cells": table(column=20, row=30),
    "lines of a pen": " ".join(f"60 {100 + 15 * y} m 500 {100 + 15 * y} l S" for y in range(40)),
    "lines from below": " ".join(f"{60 + 12 * x} 700 m {60 + 12 * x} 200 l S" for x in range(40)),
    "grounds": "60 100 450 300 re f " * 40,
    "a ground larger than the page": "-32000 -32000 64000 64000 re f",
    "frames of a pen as large as the page": "60 100 450 300 re S " * 40,
    "a frame for each cell": " ".join(f"{60 + 57 * x} {100 + 19 * y} 55 17 re S" for x in range(8) for y in range(20)),
    "rules on grounds": " ".join(
        f"0.9 g 60 {100 + 20 * y} 450 20 re f 0 g 60 {100 + 20 * y} 450 0.5 re f" for y in range(20)
    ),
    "a table on part of the page": "q 40 40 500 700 re W n " + table() + " Q",
    "a table that is drawn smaller": "q 0.5 0 0 0.5 0 0 cm " + table(row=36, column=114) + " Q",
    "a table that lies": "q 0 1 -1 0 595 0 cm " + table() + " Q",
    "a few curves": "60 100 m 70 110 80 110 90 100 c S " * 7,
}
MAY_BE_LETTERS = {
    "dots": " ".join(f"{60 + 2 * x} {400 + 2 * y} 1.5 1.5 re f" for x in range(6) for y in range(6)),
    "many rectangles in one path": figures(24, 8).replace(" f", "") + " f",
    "lines that are turned": " ".join(f"q 0.7 0.7 -0.7 0.7 {60 + 9 * x} 400 cm 0 0 90 1 re f Q" for x in range(20)),
    "slanting lines": " ".join(f"{60 + 9 * x} 400 m {100 + 9 * x} 460 l S" for x in range(30)),
    "slanting lines in a large unit": "100000 0 0 100000 0 0 cm 0.00001 w "
    + " ".join(f"{0.0006 + 0.0001 * x} 0.004 m {0.001 + 0.0001 * x} 0.0045 l S" for x in range(30)),
    "a bitmap of large dots": bitmap(2),
    "a bitmap of small dots": bitmap(0.3),
    "capitals in blocks": block(50, 6),
    "large capitals in blocks": block(90, 12),
    "large capitals in thin blocks": block(60, 4),
    "frames no larger than letters": " ".join(f"{60 + 30 * x} 400 20 30 re S" for x in range(16)),
    "small frames side by side": " ".join(f"{60 + 30 * x} 400 30 20 re S" for x in range(16)),
    "hollow strokes": " ".join(f"{60 + 20 * x} 400 8 50 re S" for x in range(16)),
    "rules that end under the next": " ".join(
        f"{x % 2} g {60 + y} {500 + x} 1 36.1 re f" for y in range(8) for x in range(12)
    ),
    "bars thicker than the page": "0 0 9000000 9000000 re f " * 9,
    "rules of a pen wider than the page": "9000000 w 0 100 m 900 100 l S " * 21,
    "bars side by side without end": " ".join(f"{500 * x} 100 300 20 re f" for x in range(MAX_AT_ONE_PLACE + 1)),
    "bars that end under the next": " ".join(f"{x % 2} g {60 + 3 * x} 500 300 9 re f" for x in range(12)),
    "pieces of two colours on one another": " ".join(
        f"0 g {60 + 10 * x} 500 10 1 re f 1 g {65 + 10 * x} 500 10 1 re f" for x in range(12)
    ),
    "pieces of two thicknesses": " ".join(f"{60 + 10 * x} 500 10 {(0.01, 1.5)[x % 2]} re f" for x in range(24)),
    "corners that go to and fro": " ".join(
        f"{60 + 50 * x} 440 m {60 + 50 * x} 400 l {100 + 50 * x} 400 l {60 + 50 * x} 400 l {60 + 50 * x} 440 l S"
        for x in range(10)
    ),
    "what two large rectangles leave of a third": " ".join(
        f"q {60 + 9 * x} 100 300 300 re W n {-235 + 9 * x} -170 300 300 re W n 0 0 595 842 re f Q" for x in range(12)
    ),
    "what many rectangles leave": "q "
    + "".join(f"{n} {n} 550 700 re W n " for n in range(12))
    + "60 100 400 1 re f " * 12
    + "Q",
    "thick frames": "6 w " + " ".join(f"{60 + 60 * x} 400 50 60 re S" for x in range(9)),
    "open frames": " ".join(
        f"{60 + 50 * x} 400 m {100 + 50 * x} 400 l {100 + 50 * x} 440 l {60 + 50 * x} 440 l S" for x in range(11)
    ),
    "filled corners of letters": " ".join(f"{60 + 50 * x} 400 40 40 re f" for x in range(9)),
    "dashes one by one": " ".join(f"{60 + 13 * x} 400 10 1 re f" for x in range(12)),
    "lines that slant a little": "0.2 w " + " ".join(f"60 {400 + 5 * x} m 120 {401 + 5 * x} l S" for x in range(30)),
    "strokes of a wide pen": "8 w " + " ".join(f"{60 + 12 * x} 400 m {60 + 12 * x} 445 l S" for x in range(30)),
    "open corners": " ".join(f"{60 + 40 * x} 400 m {90 + 40 * x} 400 l {90 + 40 * x} 440 l S" for x in range(16)),
    "what a letter leaves of a rectangle": " ".join(f"q {LETTER} {60 + x} 300 400 300 re f Q" for x in range(12)),
    "what a large outline leaves of a rectangle": " ".join(
        f"q 60 100 m 500 100 l 500 500 l 300 {200 + x} l 60 500 l 60 100 l h W n 0 0 595 842 re f Q" for x in range(12)
    ),
    "what a small rectangle leaves of another": " ".join(
        f"q {60 + 9 * x} 400 5 30 re W n 0 0 595 842 re f Q" for x in range(12)
    ),
    "what a dash leaves of a line": " ".join(f"[3 4] {y} d 60 {400 + y} m 500 {400 + y} l S" for y in range(24)),
    "what a mask leaves of a rectangle": MASK,
    "places that are no numbers": f"q 1 0 0 1 {'9' * 39}.0 0 cm " + "10 10 1 1 re f " * 9 + "Q",
    "curves": "60 100 m 70 110 80 110 90 100 c S " * 8,
    "thousands of rules": "60 100 400 1 re f " * (MAX_PATHS + 1),
}


@pytest.mark.parametrize("content", NO_LETTERS.values(), ids=NO_LETTERS)
def test_rules_and_grounds_are_no_letters(content: str) -> None:
    assert not may_be_letters(content)


@pytest.mark.parametrize("content", MAY_BE_LETTERS.values(), ids=MAY_BE_LETTERS)
def test_what_is_not_plainly_a_rule_may_be_letters(content: str) -> None:
    assert may_be_letters(content)


@pytest.mark.parametrize("content", [table(), NO_LETTERS["lines of a pen"]])
def test_whoever_hides_something_is_told_of_every_line(content: str) -> None:
    document = page_of(content)
    assert may_show_words(document[0], strictly=True)
    document.close()


@pytest.mark.parametrize("height", [8, 12, 24, 40, 60])
def test_figures_of_straight_strokes_may_be_a_number(height: float) -> None:
    assert may_be_letters(figures(height, 8))


def test_the_size_of_what_stands_in_a_form_is_not_known() -> None:
    assert may_be_letters(table(), in_form=True)


def test_strokes_on_a_poster_are_as_large_as_the_page() -> None:
    assert may_be_letters(figures(100, 8), size=(2384, 3370))
    assert not may_be_letters(table(row=180, column=500), size=(2384, 3370))


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(60, 500), st.integers(60, 700), st.integers(3, int(RULE) - 3)), min_size=12))
def test_short_strokes_apart_from_one_another_always_count(strokes: list[tuple[int, int, int]]) -> None:
    # Far enough from each other that no two lie end to end.
    apart = [(x - x % 40, y - y % 7, length) for x, y, length in strokes]
    drawn = {(x, y): length for x, y, length in apart}
    content = " ".join(f"{x} {y} {length} 1 re f" for (x, y), length in drawn.items())
    assert may_be_letters(content) == (5 * len(drawn) > MAX_SEGMENTS)
