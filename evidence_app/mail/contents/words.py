"""The words of a mail's HTML: what a mail program showed, what was struck out or told apart, and what was hidden. Nothing is run or fetched."""

import re
from functools import lru_cache
from html import unescape
from typing import Final

from evidence_app.documents.office.content import Change, ContentTable, DocumentContent, Paragraph, said
from evidence_app.documents.office.web_page import cells_of, mail_page_content

MAX_HTML_LENGTH: Final = 2_000_000
"""The most characters of an HTML body that are read."""
BETWEEN_CELLS: Final = " | "
BETWEEN_LINES: Final = " / "
"""What stands between the lines of a cell, in a table of values."""
MAX_COMPARED: Final = 200_000
"""Characters of two texts that are compared."""
MAX_VALUE: Final = 200
"""Characters of a cell up to which a table may be one of values; mails are laid out in tables too."""

_EMBEDDED: Final = re.compile(r"data:[^\"'\s>)]{1000,}")
_NO_WORDS: Final = re.compile(
    r"<?(?:https?|mailto|tel|file|cid):[^\s<>\"]*>?|\[described as:[^\]]{0,500}\]|\[(?:image|cid)[:]?[^\]\n]{0,300}\]|<[^<>\s@]{1,200}@[^<>\s]{1,200}>",
    re.IGNORECASE,
)
"""What one form of a mail has and the other has not: addresses behind links, and descriptions of pictures."""
_ALT_TEXT: Final = re.compile(r"<img\b[^>]{0,4000}?\balt\s*=\s*(?:\"([^\"]{1,500})\"|'([^']{1,500})')", re.IGNORECASE)
"""What an image says in its stead."""
_WORD: Final = re.compile(r"[^\W_]+")


def html_words(html: str) -> str:
    """Return the words of HTML; a row of a table is a line."""
    return _text(_content(html))


def shown_words(plain: str, html: str) -> str:
    """Return the words that a mail program showed, of a mail that says them twice: those of the HTML where the two differ.

    The plain text has them without markup; where words of the HTML are struck out, hidden or told apart, only the HTML says so.
    """
    if not html.strip():
        return plain
    content = _content(html)
    if not plain.strip():
        return _text(content)
    text = _text(content)
    return text if text.strip() and (is_marked(content) or differ(_without_alt_texts(plain, html), text)) else plain


def _without_alt_texts(plain: str, html: str) -> str:
    """Return plain text without the words in square brackets that stand for pictures: Exchange writes what the HTML says in their stead."""
    for alternative in dict.fromkeys(
        unescape(each[1] or each[2]) for each in _ALT_TEXT.finditer(html[:MAX_HTML_LENGTH])
    ):
        words = r"\s+".join(re.escape(word) for word in alternative.split())
        if words:
            plain = re.sub(rf"\[\s*{words}\s*\]", " ", plain)
    return plain


def differ(plain: str, shown: str) -> bool:
    """Whether two texts of one mail say other words, addresses of links and descriptions of pictures apart."""
    return _words_in(plain) != _words_in(shown)


def _words_in(text: str) -> list[str]:
    return _WORD.findall(_NO_WORDS.sub(" ", text[:MAX_COMPARED]).casefold())


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


@lru_cache(maxsize=2)
def _content(html: str) -> DocumentContent:
    # A picture within the page takes the room of a book.
    return mail_page_content(_EMBEDDED.sub("data:", html)[:MAX_HTML_LENGTH])


def is_too_long(html: str) -> bool:
    """Whether HTML is longer than is read."""
    return len(html) > MAX_HTML_LENGTH and len(_EMBEDDED.sub("data:", html)) > MAX_HTML_LENGTH


def _text(content: DocumentContent) -> str:
    lines: list[str] = []
    for block in content.blocks:
        if isinstance(block, Paragraph):
            lines += _lines(said(block.runs))
        else:
            lines += _rows(block)
    return "\n".join(lines).strip()


def _rows(table: ContentTable) -> list[str]:
    cells = [["\n".join(_lines(said(cell))) for cell in row] for row in table.rows]
    if _is_of_values(cells):
        return [BETWEEN_CELLS.join(cell.replace("\n", BETWEEN_LINES) for cell in row) for row in cells]
    # Mails are laid out in tables too: what stands beside one another there is put one below the other.
    return [cell for row in cells for cell in row if cell]


def _is_of_values(cells: list[list[str]]) -> bool:
    """Whether a table holds values in columns: short cells, and in some row more than one."""
    return any(sum(map(bool, row)) > 1 for row in cells) and all(
        len(cell) <= MAX_VALUE for row in cells for cell in row
    )


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]
