"""What is set on a page is read from it again, whatever its characters; and the pages of many records ask for no list anew."""

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.bundle.typeset.page_writer import A4, MARGIN, NOTE_SIZE, SOFT, HiddenWords, Mark, PageWriter, Text

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


def test_each_page_names_its_font_anew() -> None:
    flow = PageWriter()
    flow.new_page()
    for page in flow.pages:
        # The last of a page is set as the first of the next: the marking above.
        page.marks.append(Text(100, 500, "Text-Bold", NOTE_SIZE, SOFT, "same"))
    content = PageDrawer(flow.pages, PageFurniture("MARKING", "")).draw([], lambda _: None)
    with pypdfium2.PdfDocument(content) as document:
        for page in document:
            text = page.get_textpage().get_text_range()
            assert (text.count("MARKING"), text.count("same")) == (2, 1)


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


@pytest.mark.parametrize(
    "between", [HiddenWords(((100.0, 450.0, 90.0, 30.0, "hidden"),)), Text(100, 450, "Text", 30, (0, 0, 0), "हिन्दी")]
)
def test_a_line_has_its_own_size_after_words_that_are_set_in_another_way(between: Mark) -> None:
    flow = PageWriter()
    flow.page.plain = True
    line = [Text(100, y, "Text", 11, (0, 0, 0), "wide words") for y in (500, 400)]
    flow.page.marks += [line[0], between, line[1]]
    content = PageDrawer(flow.pages, PageFurniture("", "")).draw([], lambda _: None)
    with pypdfium2.PdfDocument(content) as document:
        words = document[0].get_textpage()
        text = words.get_text_range()
        widths = [
            words.get_charbox(start + 9)[2] - words.get_charbox(start)[0]
            for start in (text.index("wide words"), text.rindex("wide words"))
        ]
    assert text.count("wide words") == 2
    assert widths[0] == pytest.approx(widths[1], abs=0.01)


def test_hidden_words_lie_over_what_they_say() -> None:
    """Each as wide as its box and on its line, whatever its characters and however many fonts and subsets they need; and no ink."""
    said = ["wide", "narrow", "ŵyr", "(back\\slash)", "日本", LETTERS[:20], LETTERS[-20:], LETTERS[240:260]]
    boxes = [
        (50.0 + 10 * place, 700.0 - 60 * place, 200.0 - 15 * place, 12.0 + 3 * place) for place in range(len(said))
    ]
    flow = PageWriter()
    flow.page.plain = True
    flow.page.marks.append(HiddenWords(tuple((*box, word) for box, word in zip(boxes, said, strict=True))))
    empty = PageWriter()
    empty.page.plain = True
    content, nothing = (
        PageDrawer(each.pages, PageFurniture("", "")).draw([], lambda _: None) for each in (flow, empty)
    )
    with pypdfium2.PdfDocument(content) as document, pypdfium2.PdfDocument(nothing) as blank:
        page = document[0]
        words = page.get_textpage()
        text = words.get_text_range()
        assert [word for word in text.split() if word in said] == said
        for (x, y, width, height), word in zip(boxes, said, strict=True):
            first = text.index(word)
            place = [words.get_charbox(first + at, loose=True) for at in (0, len(word) - 1)]
            assert place[0][0] == pytest.approx(x, abs=0.5), word
            assert place[1][2] == pytest.approx(x + width, abs=0.5), word
            assert all(y - 0.5 * height < bottom < y + height for _, bottom, _, _ in place), word
        pictures = [each.render(scale=1).to_pil().tobytes() for each in (page, blank[0])]
        assert pictures[0] == pictures[1]
