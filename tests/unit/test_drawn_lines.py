"""What is set on a page is read from it again, whatever its characters; and the pages of many records ask for no list anew."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.bundle.typeset.page_writer import A4, MARGIN, PageWriter, Text

LETTERS = "".join(map(chr, (*range(0xC0, 0x250), *range(0x3A3, 0x3CF), *range(0x400, 0x460), *range(0x1E00, 0x1E40))))
"""More than the 256 characters that one subset of a font holds."""


def lines_read(lines: list[str], scale: float = 1.0) -> list[str]:
    """Return what another reader finds on a page on which some lines stand."""
    flow = PageWriter()
    for line in lines:
        flow.y -= 20
        flow.put(MARGIN, line)
    flow.page.plain = True
    content = PageDrawer(flow.pages, PageFurniture("", "", scale=scale)).draw([], lambda _: None)
    with pypdfium2.PdfDocument(content) as document:
        words = document[0].get_textpage()
        width, height = A4[0] * scale, A4[1] * scale
        found = words.get_text_bounded(0, 60 * scale, width, height - 40 * scale)
        return [line.rstrip() for line in found.splitlines()]


@pytest.mark.parametrize("scale", [1.0, 2**0.5])
def test_marks_that_mean_something_in_a_string_are_drawn(scale: float) -> None:
    lines = ["(open", "close)", "back\\slash \\( \\) \\\\", "%d <x> [y] /z {w}", "ŵ ŷ “quoted” ‘so’ – £5 … €6", "( \\"]
    assert lines_read(lines, scale) == lines


def test_more_characters_than_one_subset_of_a_font_holds() -> None:
    lines = [LETTERS[at : at + 40] for at in range(0, len(LETTERS), 40)]
    mixed = [f"{line[:5]} plain {line[-5:]}" for line in lines]
    assert lines_read(lines + mixed) == lines + mixed


@given(st.text(st.sampled_from("ab()\\%/<>[]~é’–“ŵ"), min_size=1, max_size=40))
def test_any_line_is_read_as_it_was_set(line: str) -> None:
    assert lines_read([f"|{line}|"]) == [f"|{line}|"]


def test_a_colour_or_font_is_named_where_it_changes_and_on_every_page() -> None:
    flow = PageWriter()
    for _ in range(2):
        for _ in range(3):
            flow.y -= 20
            flow.put(MARGIN, "same")
        flow.new_page()
    drawer = PageDrawer(flow.pages[:2], PageFurniture("", ""))
    content = drawer.draw([], lambda _: None)
    with pypdfium2.PdfDocument(content) as document:
        assert [document[page].get_textpage().get_text_range().count("same") for page in (0, 1)] == [3, 3]


def test_each_text_mark_is_in_its_own_place() -> None:
    flow = PageWriter()
    flow.page.marks += [
        Text(100, 500, "Text", 11, (0, 0, 0), "here"),
        Text(300, 400, "Text-Bold", 14, (1, 0, 0), "there"),
    ]
    content = PageDrawer(flow.pages, PageFurniture("", "")).draw([], lambda _: None)
    with pypdfium2.PdfDocument(content) as document:
        words = document[0].get_textpage()
        assert words.get_text_bounded(95, 495, 200, 515).strip() == "here"
        assert words.get_text_bounded(295, 395, 400, 415).strip() == "there"
