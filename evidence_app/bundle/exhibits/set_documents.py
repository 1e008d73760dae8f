"""Documents of words as exhibits: their paragraphs and tables set anew, and what stands beside their pages behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.bundle.exhibits.image_redaction import ExhibitRedaction
from evidence_app.bundle.exhibits.prepared import PreparedExhibit, caption
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.typeset.fonts import BOLD, ITALIC, REGULAR
from evidence_app.bundle.typeset.page_writer import PageWriter
from evidence_app.bundle.typeset.tables import Column, Row, table
from evidence_app.documents.office.content import (
    Block,
    ContentTable,
    DocumentContent,
    Paragraph,
    pieces_apart,
    texts_of,
)

NOT_ITS_LOOK: Final = "the words of the document, not its look"
PAGE_ALONE: Final = "the words of the document without its comments, changes and hidden parts, not its look"
BESIDE: Final = "Beside its pages: comments, notes, and what is hidden"
SIZE: Final = 11.0
TABLE_SIZE: Final = 10.0
SMALL: Final = 9.0
"""Size of type in tables of more columns than `MANY_COLUMNS`."""
MANY_COLUMNS: Final = 8
INDENT: Final = 14.0
MIN_WIDTH: Final = 34.0
MAX_SHARE: Final = 0.62
"""Part of the page's width that a column takes at most, where there are others."""
PADDING: Final = 8.0
MAX_LINES: Final = 36
"""Lines of a row that are set together; what is longer goes on in a row below it."""
SAMPLE_ROWS: Final = 200
"""Rows that the widths of columns are taken from."""


@dataclass(frozen=True, slots=True)
class _SetBlock:
    """A block with its texts as the bundle may show them."""

    block: Block
    rows: list[list[str]]


def prepare_content(
    exhibit: Exhibit, content: DocumentContent, foot: str, redaction: ExhibitRedaction
) -> PreparedExhibit:
    """Make the pages of a document of words, with what is withheld replaced."""
    shown = content.page_alone() if exhibit.chosen.page_alone else content
    left_out = shown != content
    content, look = shown, PAGE_ALONE if left_out else NOT_ITS_LOOK
    blocks = list(_withheld(content, redaction))
    flow = PageWriter(foot)
    flow.space(6)
    for each in blocks[: len(content.blocks)]:
        _set(flow, each)
    if not any(text.strip() for each in blocks[: len(content.blocks)] for row in each.rows for text in row):
        flow.paragraph("It holds no words that can be shown; the original file holds what it holds.", ITALIC, SIZE)
    for remark in content.remarks:
        flow.paragraph(f"[{redaction.text(remark)}]", ITALIC, SMALL)
    if content.beside:
        flow.space(8)
        flow.need(60)
        flow.rule()
        flow.space(4)
        flow.heading(BESIDE, level=2)
        for each in blocks[len(content.blocks) :]:
            _set(flow, each)
    for number, page in enumerate(flow.pages, start=1):
        caption(page, exhibit, number, len(flow.pages), look)
    technical = [(exhibit.label, label, redaction.text(text)) for label, text in content.properties]
    return PreparedExhibit(
        exhibit, flow.pages, "text", look, covered=bool(redaction), technical=technical, beside_left_out=left_out
    )


def _withheld(content: DocumentContent, redaction: ExhibitRedaction) -> Iterator[_SetBlock]:
    """Yield the blocks with what is withheld replaced: it is looked for in the running text, so that a name over two cells is found."""
    apart = list(pieces_apart(content))
    pieces = withheld_pieces([text for text, _ in apart], [behind for _, behind in apart], redaction)
    place = 0
    for block in (*content.blocks, *content.beside):
        rows: list[list[str]] = []
        for row in texts_of(block):
            rows.append(pieces[place : place + len(row)])
            place += len(row)
        yield _SetBlock(block, rows)


def withheld_pieces(pieces: Sequence[str], behind: Sequence[str], redaction: ExhibitRedaction) -> list[str]:
    """Return pieces of a running text with what is withheld replaced by its label, in the piece in which it begins.

    `behind` is what stands behind each piece.
    """
    running = "".join(text + separator for text, separator in zip(pieces, behind, strict=True))
    spans = list(redaction.labelled(running)) if redaction else []
    shown: list[str] = []
    start = number = 0
    for text, separator in zip(pieces, behind, strict=True):
        end = start + len(text)
        parts: list[str] = []
        place = start
        while number < len(spans) and spans[number][0] < end + len(separator):
            first, last, label = spans[number]
            parts.append(running[place : max(place, min(first, end))])
            parts += [label] if first >= start else []
            place = min(last, end)
            if last > end:
                # It goes on in the next piece.
                break
            number += 1
        parts.append(running[place:end])
        shown.append("".join(parts))
        start = end + len(separator)
        while number < len(spans) and spans[number][1] <= start:
            number += 1
    return shown


def _set(flow: PageWriter, given: _SetBlock) -> None:
    if isinstance(given.block, Paragraph):
        _set_paragraph(flow, given.block, given.rows[0][0])
    else:
        _set_table(flow, given.block, given.rows)


def _set_paragraph(flow: PageWriter, block: Paragraph, text: str) -> None:
    if not text.strip():
        flow.space(SIZE * 0.6)
        return
    if block.level:
        flow.space(4)
        flow.need(40)
    font, size = (BOLD, SIZE + max(0, 3 - block.level)) if block.level else (REGULAR, SIZE)
    flow.paragraph(text, font, size, indent=min(block.indent, 6) * INDENT, after=4)


def _set_table(flow: PageWriter, block: ContentTable, rows: list[list[str]]) -> None:
    """Set a table; one that is too wide for the page in several, one below the other, each with the first column."""
    count = max((len(row) for row in rows), default=0)
    if not count:
        return
    heads = [*(block.heads or [str(number) for number in range(1, count + 1)])][:count]
    heads += [""] * (count - len(heads))
    filled = [[*row, *[""] * (count - len(row))] for row in rows]
    size = SMALL if count > MANY_COLUMNS else TABLE_SIZE
    texts = [[heads[column], *(row[column] for row in filled[:SAMPLE_ROWS])] for column in range(count)]
    widths = [_width(flow, each, size) for each in texts]
    words = [_width(flow, [word for text in each for word in text.split()], size) for each in texts]
    for group in _groups(widths, words, flow.width):
        if group[-1] != count - 1 or group[0] != 0 or len(group) < count:
            named = [heads[column] for column in group if heads[column]]
            flow.paragraph(f"Columns {named[0]} to {named[-1]}", ITALIC, SMALL, after=1)
        scale = min(1.0, flow.width / sum(widths[column] for column in group))
        columns, x = [], 0.0
        for column in group:
            columns.append(Column(heads[column], x, widths[column] * scale, REGULAR, size))
            x += widths[column] * scale
        table(flow, columns, list(_rows(flow, columns, [[row[column] for column in group] for row in filled])))


def _width(flow: PageWriter, texts: Sequence[str], size: float) -> float:
    """Return the width that a column wants: that of its longest line, within limits."""
    longest = max((flow.fonts.width(line, REGULAR, size) for text in texts for line in text.split("\n")), default=0.0)
    return min(max(longest + PADDING, MIN_WIDTH), flow.width * MAX_SHARE)


def _groups(widths: Sequence[float], words: Sequence[float], available: float) -> Iterator[list[int]]:
    """Yield the columns that are set beside each other; a little too wide is made to fit, as long as no word is broken: `words` are the widths of the longest."""
    scale = min(1.0, available / sum(widths))
    whole = all(width * scale >= word for width, word in zip(widths, words, strict=True))
    if sum(widths) <= available * 1.6 and whole:
        yield list(range(len(widths)))
        return
    group = [0]
    for column in range(1, len(widths)):
        if len(group) > 1 and sum(widths[each] for each in group) + widths[column] > available:
            yield group
            group = [0]
        group.append(column)
    yield group


def _rows(flow: PageWriter, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Iterator[Row]:
    """Yield rows that fit on a page: the lines of one that does not go on in a further row."""
    for row in rows:
        wrapped = [
            flow.wrap(text, column.width - 6, column.font, column.size)
            for text, column in zip(row, columns, strict=True)
        ]
        for start in range(0, max(len(lines) for lines in wrapped), MAX_LINES):
            cells = tuple("\n".join(lines[start : start + MAX_LINES]) for lines in wrapped)
            yield Row(cells, most_lines=MAX_LINES + 1)
