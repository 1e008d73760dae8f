"""Writes a paper as a Word file (ISO/IEC 29500), with python-docx. Nothing in it says who or which machine made it."""

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from evidence_app.bundle.papers.paper import Paper

if TYPE_CHECKING:
    from docx.document import Document

FONT: Final = "Arial"
SIZE: Final = 11
TABLE_SIZE: Final = 10
TITLE_SIZE: Final = 17
A4_MM: Final = (210, 297)
MARGIN_MM: Final = 20
LANGUAGE: Final = "en-GB"


def as_word(paper: Paper, made_at: datetime) -> bytes:
    """Return a paper as a Word file. `made_at` is in UTC."""
    from docx import Document

    document = Document()
    _set_up(document, paper, made_at)
    document.add_heading(_plain(paper.title), level=1)
    for text in paper.above:
        document.add_paragraph(_plain(text))
    if paper.columns:
        _table(document, paper)
    for text in paper.paragraphs:
        document.add_paragraph(_plain(text), style="List Number")
    for text in paper.below:
        document.add_paragraph(_plain(text))
    _page_numbers(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _plain(text: str) -> str:
    """Return a text without the control characters that XML does not allow."""
    return "".join(each for each in text if each.isprintable() or each in "\n\t")


def _set_up(document: "Document", paper: Paper, made_at: datetime) -> None:
    """Set page, fonts, language and what the file says of itself. The library's template is in Letter, and names itself as the author."""
    from docx.enum.section import WD_ORIENT
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    section = document.sections[0]
    width, height = reversed(A4_MM) if paper.wide else A4_MM
    section.orientation = WD_ORIENT.LANDSCAPE if paper.wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(width), Mm(height)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(MARGIN_MM))
    for name, size in (("Normal", SIZE), ("Heading 1", TITLE_SIZE)):
        style: Any = document.styles[name]
        style.font.name, style.font.size = FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    about = document.core_properties
    about.author = about.last_modified_by = about.comments = ""
    about.title, about.language = _plain(paper.title), LANGUAGE
    about.created = about.modified = made_at.replace(tzinfo=None)
    about.revision = 1


def _table(document: "Document", paper: Paper) -> None:
    """Add the table: its heads come again on each page, no row is broken over pages, rows of one text are titles."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    table = document.add_table(rows=1, cols=len(paper.columns), style="Table Grid")
    table.autofit = False
    whole = (A4_MM[1] if paper.wide else A4_MM[0]) - 2 * MARGIN_MM
    shares = sum(column.share for column in paper.columns)
    widths = [Mm(whole * column.share / shares) for column in paper.columns]

    def fill(cells: Any, texts: list[str], *, bold: bool) -> None:
        for cell, text, width in zip(cells, texts, widths, strict=True):
            cell.width = width
            run = cell.paragraphs[0].add_run(_plain(text))
            run.bold, run.font.size = bold, Pt(TABLE_SIZE)

    fill(table.rows[0].cells, [column.title for column in paper.columns], bold=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no name for it
    for row in paper.rows:
        added = table.add_row()
        cells = added.cells
        fill(cells, [*row, *[""] * (len(widths) - len(row))], bold=len(row) == 1)
        if len(row) == 1:
            cells[0].merge(cells[-1])
        whole_row = OxmlElement("w:cantSplit")
        whole_row.set(qn("w:val"), "true")
        added._tr.get_or_add_trPr().append(whole_row)  # noqa: SLF001 - as above


def _page_numbers(document: "Document") -> None:
    """Put the number of the page below each page, as a field that Word counts."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.sections[0].footer.paragraphs[0]
    counted: Any = OxmlElement("w:fldSimple")
    counted.set(qn("w:instr"), "PAGE")
    paragraph._p.append(counted)  # noqa: SLF001 - the library has no fields
