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
    Change,
    DocumentContent,
    Run,
    plain,
)
from evidence_app.documents.office.markup.signs import in_font
from evidence_app.documents.office.number_format import as_shown
from evidence_app.documents.office.sheet_cells import SheetCells, column_name, column_number, whole_number
from evidence_app.documents.office.sheet_looks import PLAIN, CellLook, cell_looks, is_struck
from evidence_app.documents.office.word_parts import words_of_drawings

REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
"""A character that XML does not hold, by its code (22.9.2.19)."""
TICKED: Final = frozenset({"CheckBox", "Radio"})
FORMULA: Final = "A formula without a stored value is shown as the formula."
WORDLESS: Final = (
    "The list of its words could not be read: in some cells the number of the words in it stands for them."
)
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
        self.strings = [_rich(item) for item in children(strings, "si")]
        self.looks = cell_looks(parts.xml_if_there(by_kind.get("styles", "")))
        properties = child(self.workbook, "workbookPr")
        self.from_1904 = properties is not None and attribute(properties, "date1904") in {"1", "true"}
        self.people = self._people(by_kind.get("person", ""))
        self.files: list[tuple[str, bytes]] = []
        self._remarks: dict[str, None] = {}

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
        properties = office_properties(self.parts)
        return DocumentContent(tuple(shown), tuple(beside), tuple(self.files), properties, tuple(self._remarks))

    def _sheet(self, part: str) -> Iterator[Block]:
        sheet = SheetCells()
        number = 0
        controls: dict[str, str] = {}
        for element in self.parts.elements(part, frozenset({"col", "row", "headerFooter", "control"})):
            if local(element) == "control":
                controls[attribute(element, "id")] = attribute(element, "name")
            elif local(element) == "headerFooter":
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
        yield from self._ticked(part, controls)
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

    def _ticked(self, part: str, controls: dict[str, str]) -> Iterator[Block]:
        """Yield whether the tick boxes and choices of a sheet are ticked (18.3.1.18; [MS-XLSX], 2.6.52): their words are drawn."""
        related = self.parts.related(part)
        for identifier, name in controls.items():
            _, control = related.get(identifier, ("", ""))
            root = self.parts.xml_if_there(control)
            if root is not None and attribute(root, "objectType") in TICKED:
                yield plain(f"[{name}: {'☒' if attribute(root, 'checked') in {'Checked', '1'} else '☐'}]")

    def _row(self, row: Element, number: int, sheet: SheetCells) -> None:
        column = 0
        cells: dict[int, Cell] = {}
        for element in children(row, "c"):
            match = REFERENCE.fullmatch(attribute(element, "r"))
            column = column_number(match[1]) if match else column + 1
            if column > MAX_COLUMNS:
                sheet.last_column = max(sheet.last_column, column)
                continue
            shown = self._shown(element)
            if any(run.text for run in shown):
                cells[column] = shown
                sheet.last_column = max(sheet.last_column, column)
        if cells:
            sheet.row_count += 1
        if cells and sheet.row_count <= MAX_ROWS:
            sheet.cells[number] = cells
            if attribute(row, "hidden") in {"1", "true"}:
                sheet.hidden_rows.add(number)

    def _shown(self, cell: Element) -> Cell:
        """Return what a cell shows, as its font has it."""
        style = attribute(cell, "s")
        look = self.looks[int(style)] if style.isdigit() and int(style) < len(self.looks) else PLAIN
        value, kind = child(cell, "v"), attribute(cell, "t")
        text = (value.text or "") if value is not None else ""
        if kind == "inlineStr":
            runs = _rich(child(cell, "is"))
        elif kind == "s" and text.isdigit() and int(text) < len(self.strings):
            runs = self.strings[int(text)]
        else:
            if kind == "s" and text:
                self._remarks[WORDLESS] = None
            runs = (Run(self._value(cell, text, look)),)
        struck = Change.STRUCK if look.is_struck else Change.NONE
        return tuple(Run(in_font(look.font, run.text), run.change or struck) for run in runs)

    def _value(self, cell: Element, text: str, look: CellLook) -> str:
        kind = attribute(cell, "t")
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text, text)
        formula = child(cell, "f")
        if not text and formula is not None and formula.text:
            self._remarks[FORMULA] = None
            return f"={formula.text}"
        if kind in {"str", "e", "d", "s"} or not text:
            return _unescaped(text)
        return as_shown(text, look.code, from_1904=self.from_1904)

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
            yield _unescaped(element.text or "")
        elif local(element) not in {"rPh", "phoneticPr"}:
            yield from _words(element, name)


def _rich(item: Element | None) -> Cell:
    """Return a string as runs: of some words the font may say that a line goes through them (18.4.8)."""
    runs = [
        Run("".join(_words(each)), Change.STRUCK if is_struck(child(each, "rPr")) else Change.NONE)
        for each in (item if item is not None else ())
        if local(each) == "r"
    ]
    return tuple(runs) or (Run("".join(_words(item))),)


def _unescaped(text: str) -> str:
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), text).replace("\r\n", "\n").replace("\r", "\n")
