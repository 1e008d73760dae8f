"""Office files for tests, made of the XML that the formats ask for."""

import io
import zipfile
from collections.abc import Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a ZIP file of parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return buffer.getvalue()


def relations(**targets: str) -> str:
    """Return a part of relations: the last word of each type, and its target."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{RELATIONS}">{rows}</Relationships>'


def word_file(body: str, **parts: str) -> bytes:
    """Return a Word document with this XML in its body; `parts` are further parts of its folder, such as numbering."""
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(officeDocument="word/document.xml"),
            "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
            **{
                f"word/{name}.xml": f'<w:{name} xmlns:w="{WORD}">{content}</w:{name}>'
                for name, content in parts.items()
            },
        }
    )


def paragraph(text: str, properties: str = "") -> str:
    """Return the XML of a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def workbook(
    rows: str,
    formats: str = "",
    *,
    before: str = "",
    properties: str = "",
    after: str = "",
    controls: Mapping[str, tuple[str, str]] | None = None,
) -> bytes:
    """Return a workbook of one sheet with this XML as its rows, `formats` as its styles, and `before` and `after` before and after the rows.

    `controls` are the sort and the state of its controls by the identifiers of their relations.
    """
    named = dict(controls or {})
    ticks = {
        f"xl/ctrlProps/{each}.xml": f'<formControlPr xmlns="{SHEET}" objectType="{sort}" checked="{state}"/>'
        for each, (sort, state) in named.items()
    }
    listed = "".join(
        f'<Relationship Id="{each}" Type="{OFFICE}/ctrlProp" Target="../ctrlProps/{each}.xml"/>' for each in named
    )
    of_sheet = f'<Relationships xmlns="{RELATIONS}">{listed}</Relationships>'
    return zipped(
        {
            **ticks,
            **({"xl/worksheets/_rels/sheet1.xml.rels": of_sheet} if named else {}),
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}">{properties}<sheets>'
            '<sheet name="hours" sheetId="1" r:id="r1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(worksheet="worksheets/sheet1.xml", styles="styles.xml"),
            "xl/styles.xml": f'<styleSheet xmlns="{SHEET}">{formats}</styleSheet>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}" xmlns:r="{OFFICE}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>',
        }
    )
