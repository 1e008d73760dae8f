"""The words of a mail's HTML: what a mail program showed, what was struck out or told apart, and what was hidden. Nothing is run or fetched."""

from typing import Final

from evidence_app.documents.office.content import Change, ContentTable, DocumentContent, Paragraph, said
from evidence_app.documents.office.web_page import cells_of, mail_page_content

MAX_HTML_LENGTH: Final = 2_000_000
"""The most characters of an HTML body that are read."""
BETWEEN_CELLS: Final = " | "


def html_words(html: str) -> str:
    """Return the words of HTML; a row of a table is a line."""
    return _text(_content(html))


def shown_words(plain: str, html: str) -> str:
    """Return the words that a mail program showed, of a mail that says them twice.

    The plain text has them without markup; where words of the HTML are struck out, hidden or told apart, only the HTML says so.
    """
    if not html.strip():
        return plain
    content = _content(html)
    return _text(content) if is_marked(content) or not plain.strip() else plain


def is_marked(content: DocumentContent) -> bool:
    """Whether words are struck out, hidden, changed or told apart by a colour."""
    return any(
        run.change is not Change.NONE or run.look
        for block in content.blocks
        for cell in cells_of(block)
        for run in cell
        if run.text.strip()
    )


def without_from_quotes(text: str) -> str:
    """Return words without the sign that mailbox files put before a line that begins “From ” (RFC 4155, appendix A).

    A line within a quotation keeps its sign: there somebody else's program put it.
    """
    if ">From " not in text:
        return text
    lines = text.split("\n")
    return "\n".join(
        line[1:] if line.startswith(">From ") and not _quoted_beside(lines, number) else line
        for number, line in enumerate(lines)
    )


def _quoted_beside(lines: list[str], number: int) -> bool:
    beside = [lines[place] for place in (number - 1, number + 1) if 0 <= place < len(lines)]
    return any(line.startswith(">") and not line.startswith(">From ") for line in beside)


def _content(html: str) -> DocumentContent:
    return mail_page_content(html[:MAX_HTML_LENGTH])


def _text(content: DocumentContent) -> str:
    lines: list[str] = []
    for block in content.blocks:
        if isinstance(block, Paragraph):
            lines += _lines(said(block.runs))
        else:
            lines += _rows(block)
    return "\n".join(lines).strip()


def _rows(table: ContentTable) -> list[str]:
    rows: list[str] = []
    for row in table.rows:
        cells = ["\n".join(_lines(said(cell))) for cell in row]
        filled = [cell for cell in cells if cell]
        # Mails are laid out in tables too: cells of several lines stand one below the other.
        rows += [BETWEEN_CELLS.join(cells)] if len(filled) > 1 and not any("\n" in cell for cell in cells) else filled
    return rows


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
