"""Workbooks (.xlsx): every cell as it shows its value, with hidden sheets, rows and columns, formulas and comments (ISO/IEC 29500-1, 18)."""

import posixpath
import re
from collections.abc import Iterator
from typing import Final

from evidence_app.documents.office.containers.zip_parts import (
    Element,
    ZipParts,
    attribute,
    child,
    children,
    local,
    office_properties,
    within,
)
from evidence_app.documents.office.content import (
    MAX_COLUMNS,
    MAX_ROWS,
    PICTURE,
    Block,
    Cell,
    DocumentContent,
    Run,
    plain,
)
from evidence_app.documents.office.number_format import BUILT_IN, as_shown
from evidence_app.documents.office.sheet_cells import SheetCells, column_name, column_number, whole_number
from evidence_app.documents.office.word_parts import words_of_drawings

REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
NOT_SHOWN: Final = frozenset({"hidden", "veryHidden"})


def workbook_content(untrusted: bytes) -> DocumentContent:
    """Return what a workbook says, sheet by sheet.

    Raises:
        CannotRead: it is damaged, protected, too large, or no workbook.
    """
    parts = ZipParts(untrusted)
    return _WorkbookReader(parts, parts.main("xl/workbook.xml")).content()


class _WorkbookReader:
    def __init__(self, parts: ZipParts, main: str) -> None:
        self.parts, self.main = parts, main
        self.workbook = parts.xml(main)
        self.relations = parts.related(main)
        by_kind = dict(self.relations.values())
        strings = parts.xml_if_there(by_kind.get("sharedStrings", ""))
        self.strings = ["".join(_words(item)) for item in children(strings, "si")]
        self.formats = _formats(parts.xml_if_there(by_kind.get("styles", "")))
        properties = child(self.workbook, "workbookPr")
        self.from_1904 = properties is not None and attribute(properties, "date1904") in {"1", "true"}
        self.people = self._people(by_kind.get("person", ""))
        self.files: list[tuple[str, bytes]] = []
        self.has_formula_without_value = False

    def content(self) -> DocumentContent:
        shown: list[Block] = []
        beside: list[Block] = []
        for sheet in children(child(self.workbook, "sheets"), "sheet"):
            name, hidden = attribute(sheet, "name"), attribute(sheet, "state") in NOT_SHOWN
            _, part = self.relations.get(attribute(sheet, "id"), ("", ""))
            if part not in self.parts:
                continue
            target = beside if hidden else shown
            target.append(plain(f"Hidden sheet: {name}" if hidden else f"Sheet: {name}", 2))
            target += self._sheet(part)
            beside += self._comments(part, name)
            target += self._pictures(part)
        remarks = (
            ("A formula without a stored value is shown as the formula.",) if self.has_formula_without_value else ()
        )
        properties = office_properties(self.parts)
        return DocumentContent(tuple(shown), tuple(beside), tuple(self.files), properties, remarks)

    def _sheet(self, part: str) -> Iterator[Block]:
        sheet = SheetCells()
        number = 0
        for element in self.parts.elements(part, frozenset({"col", "row", "headerFooter"})):
            if local(element) == "headerFooter":
                sheet.around += [each.text or "" for each in element if (each.text or "").strip()]
            elif local(element) == "row":
                number = whole_number(attribute(element, "r")) or number + 1
                self._row(element, number, sheet)
            elif attribute(element, "hidden") in {"1", "true"}:
                first, last = (whole_number(attribute(element, name)) for name in ("min", "max"))
                sheet.hidden_columns |= set(range(first, min(last, MAX_COLUMNS) + 1))
        yield sheet.table() if sheet.cells else plain("[no cells]")
        yield from (plain(f"[Header or footer of its pages] {text}") for text in sheet.around)
        yield from self._drawn(part)
        if sheet.row_count > MAX_ROWS:
            yield plain(
                f"[The first {MAX_ROWS:,} of {sheet.row_count:,} rows with cells. The whole is in the original file.]"
            )
        if sheet.last_column > MAX_COLUMNS:
            yield plain(f"[The first {MAX_COLUMNS} columns; the last with cells is {column_name(sheet.last_column)}.]")

    def _drawn(self, part: str) -> Iterator[Block]:
        """Yield the words of text boxes and charts that lie over a sheet."""
        for kind, name in self.parts.related(part).values():
            root = self.parts.xml_if_there(name) if kind == "drawing" else None
            for box in within(root, "txBody") if root is not None else ():
                words = "\n".join("".join(each.text or "" for each in within(line, "t")) for line in children(box, "p"))
                if words.strip():
                    yield plain(f"[Text box] {words}")
            yield from words_of_drawings(self.parts, name) if root is not None else ()

    def _row(self, row: Element, number: int, sheet: SheetCells) -> None:
        column = 0
        cells: dict[int, Cell] = {}
        for element in children(row, "c"):
            match = REFERENCE.fullmatch(attribute(element, "r"))
            column = column_number(match[1]) if match else column + 1
            if column > MAX_COLUMNS:
                sheet.last_column = max(sheet.last_column, column)
                continue
            text = self._value(element)
            if text:
                cells[column] = (Run(text),)
                sheet.last_column = max(sheet.last_column, column)
        if cells:
            sheet.row_count += 1
        if cells and sheet.row_count <= MAX_ROWS:
            sheet.cells[number] = cells
            if attribute(row, "hidden") in {"1", "true"}:
                sheet.hidden_rows.add(number)

    def _value(self, cell: Element) -> str:
        value, kind = child(cell, "v"), attribute(cell, "t")
        text = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            return "".join(_words(child(cell, "is")))
        if kind == "s":
            return self.strings[int(text)] if text.isdigit() and int(text) < len(self.strings) else text
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text, text)
        formula = child(cell, "f")
        if not text and formula is not None and formula.text:
            self.has_formula_without_value = True
            return f"={formula.text}"
        if kind in {"str", "e", "d"} or not text:
            return text
        style = attribute(cell, "s")
        code = self.formats[int(style)] if style.isdigit() and int(style) < len(self.formats) else ""
        return as_shown(text, code, from_1904=self.from_1904)

    def _comments(self, part: str, sheet: str) -> Iterator[Block]:
        """Yield the comments of a sheet; of threads the replies too, instead of what older programs are told (L28)."""
        related = self.parts.related(part).values()
        threads = [name for kind, name in related if kind == "threadedComment" and name in self.parts]
        for name in threads:
            for comment in within(self.parts.xml(name), "threadedComment"):
                by = self.people.get(attribute(comment, "personId"), "")
                when = attribute(comment, "dT").replace("T", " ").rstrip("Z")
                yield self._comment(sheet, attribute(comment, "ref"), by, when, "".join(_words(comment, "text")))
        for name in (name for kind, name in related if kind == "comments" and name in self.parts):
            root = self.parts.xml(name)
            authors = [each.text or "" for each in children(child(root, "authors"), "author")]
            for comment in within(root, "comment"):
                place = attribute(comment, "authorId")
                by = authors[int(place)] if place.isdigit() and int(place) < len(authors) else ""
                if not (threads and by.startswith("tc=")):
                    yield self._comment(
                        sheet, attribute(comment, "ref"), by, "", "".join(_words(child(comment, "text")))
                    )

    @staticmethod
    def _comment(sheet: str, place: str, by: str, when: str, text: str) -> Block:
        who = f" by {by}" if by else ""
        at = f", {when}" if when else ""
        return plain(f"[Comment on {place} of {sheet}{who}{at}] {text}")

    def _people(self, part: str) -> dict[str, str]:
        root = self.parts.xml_if_there(part)
        return {attribute(each, "id"): attribute(each, "displayName") for each in children(root, "person")}

    def _pictures(self, part: str) -> Iterator[Block]:
        for kind, name in self.parts.related(part).values():
            if kind == "drawing":
                for inner, picture in self.parts.related(name).values():
                    if inner == "image" and picture in self.parts:
                        self.files.append((posixpath.basename(picture), self.parts.read(picture)))
                        yield plain(f"[{PICTURE.format(len(self.files))}]")


def _words(item: Element | None, name: str = "t") -> Iterator[str]:
    """Yield the words of a string or comment, without those that say how it is pronounced (18.4.6)."""
    for element in item if item is not None else ():
        if local(element) == name:
            yield element.text or ""
        elif local(element) not in {"rPh", "phoneticPr"}:
            yield from _words(element, name)


def _formats(styles: Element | None) -> list[str]:
    """Return the format codes by the number of the cell's style."""
    own = {
        attribute(each, "numFmtId"): attribute(each, "formatCode")
        for each in children(child(styles, "numFmts"), "numFmt")
    }
    found: list[str] = []
    for each in children(child(styles, "cellXfs"), "xf"):
        number = attribute(each, "numFmtId")
        found.append(own.get(number, BUILT_IN.get(int(number) if number.isdigit() else 0, "")))
    return found
