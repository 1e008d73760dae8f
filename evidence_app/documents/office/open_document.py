"""OpenDocument texts, sheets and slides (.odt, .ods, .odp): every word, with changes, hidden text, notes and comments (ISO/IEC 26300-1)."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidence_app.documents.office.containers.zip_parts import (
    BROKEN,
    ENCRYPTED,
    Element,
    ZipParts,
    attribute,
    child,
    children,
    local,
    properties_of,
    within,
)
from evidence_app.documents.office.content import (
    MAX_COLUMNS,
    MAX_ROWS,
    PICTURE,
    Block,
    CannotRead,
    Cell,
    Change,
    ContentTable,
    DocumentContent,
    Paragraph,
    Run,
    in_one_cell,
    plain,
)
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.embedded.ole_objects import remarks_on, take_object
from evidence_app.documents.office.embedded.open_document_objects import CHARTS, document_of, kinds_of_objects
from evidence_app.documents.office.sheet_cells import column_name, whole_number

PROPERTIES: Final = {
    "initial-creator": "Author, as the file says",
    "creator": "Last changed by, as the file says",
    "creation-date": "Made, as the file says",
    "date": "Changed, as the file says",
    "title": "Title, as the file says",
    "subject": "Subject, as the file says",
    "keyword": "Keywords, as the file says",
    "description": "Remarks, as the file says",
}
MAX_SPACES: Final = 200
MAX_HEADING: Final = 6


@dataclass(frozen=True, slots=True)
class _Changed:
    """A tracked change: what it was, by whom and when, and the words that were taken out."""

    change: Change
    by: str
    at: str
    words: str = ""


def open_document_content(untrusted: bytes) -> DocumentContent:
    """Return what an OpenDocument file says.

    Raises:
        CannotRead: it is damaged, protected, too large, or no OpenDocument file.
    """
    parts = ZipParts(untrusted)
    manifest = parts.xml_if_there("META-INF/manifest.xml")
    if manifest is not None and any(True for _ in within(manifest, "encryption-data")):
        raise CannotRead(ENCRYPTED)
    if "content.xml" not in parts:
        raise CannotRead(BROKEN)
    return _OpenDocumentReader(parts).content()


class _OpenDocumentReader:
    """Reads a file, or of a chart in a file its folder, where no objects within are looked for."""

    def __init__(self, parts: ZipParts, folder: str = "") -> None:
        self.parts = parts
        self.folder = folder
        self.root = parts.xml(f"{folder}content.xml")
        styles = parts.xml_if_there("styles.xml")
        self.hidden_styles = {name for root in (self.root, styles) if root is not None for name in _hidden_styles(root)}
        self.changes = dict(_tracked(self.root))
        self.within = FilesWithin()
        self.objects: list[str] = []
        self._kinds = kinds_of_objects(parts)
        self._taken: set[str] = set()
        self.beside: list[Block] = []
        self._open: dict[str, _Changed] = {}
        self._notes = 0

    def content(self) -> DocumentContent:
        body = child(self.root, "body")
        document = next(iter(body), None) if body is not None else None
        if document is None:
            raise CannotRead(BROKEN)
        blocks = [*self._around("header"), *self._blocks(document), *self._around("footer")]
        properties = properties_of(self.parts, ("meta.xml",), PROPERTIES)
        remarks = remarks_on(self.objects, self.within.left)
        return DocumentContent(tuple(blocks), tuple(self.beside), tuple(self.within.files), properties, remarks)

    def _around(self, kind: str) -> list[Block]:
        """Return the headers or footers of its pages under a line that says what they are."""
        styles = self.parts.xml_if_there("styles.xml")
        found: list[Block] = []
        names = {kind, f"{kind}-first", f"{kind}-left"}
        for element in (each for each in styles.iter() if local(each) in names) if styles is not None else ():
            found += [each for each in self._blocks(element) if each not in found]
        said = [each for each in found if isinstance(each, ContentTable) or any(run.text.strip() for run in each.runs)]
        return [plain(f"[{kind.capitalize()} of its pages]"), *said] if said else []

    def _blocks(self, parent: Element, indent: int = 0) -> Iterator[Block]:
        for element in parent:
            match local(element):
                case "p" | "h":
                    yield from self._paragraph(element, indent)
                case "list" | "list-item" | "list-header":
                    yield from self._blocks(element, indent + (local(element) == "list"))
                case "table":
                    yield from self._table(element)
                case "page":
                    yield from self._slide(element)
                case "tracked-changes" | "forms" | "sequence-decls" | "annotation-end":
                    pass
                case "annotation":
                    # A comment on a cell or slide: it is kept beside the pages, and is no word of the cell.
                    yield Paragraph(tuple(self._note(element, Change.NONE)))
                case "change-start" | "change-end" | "change":
                    yield from (Paragraph((run,)) for run in self._change(element) if run.text)
                case _:
                    yield from self._blocks(element, indent)

    def _slide(self, page: Element) -> Iterator[Block]:
        hidden = attribute(page, "style-name") in self.hidden_styles
        name = attribute(page, "name")
        blocks: list[Block] = [plain(f"Hidden slide: {name}" if hidden else f"Slide: {name}", 2)]
        for part in page:
            if local(part) == "notes":
                notes = [each for each in self._blocks(part) if isinstance(each, Paragraph)]
                self.beside += [
                    Paragraph((Run(f"[Speaker's notes to {name}] "), *each.runs)) for each in notes if each.runs
                ]
            else:
                blocks += self._frame(part)
        if hidden:
            self.beside += blocks
        else:
            yield from blocks

    def _frame(self, frame: Element) -> Iterator[Block]:
        runs = tuple(self._drawn(frame, Change.NONE))
        if runs:
            yield Paragraph(runs)
        yield from self._blocks(frame)

    def _paragraph(self, element: Element, indent: int) -> Iterator[Block]:
        hidden = attribute(element, "style-name") in self.hidden_styles
        level = whole_number(attribute(element, "outline-level")) if local(element) == "h" else 0
        runs = tuple(self._runs(element, Change.HIDDEN if hidden else Change.NONE))
        yield Paragraph(runs, min(level, MAX_HEADING), max(0, indent - 1))
        for box in within(element, "text-box"):
            yield from (plain("[Text box]"), *self._blocks(box))

    def _runs(self, element: Element, change: Change) -> Iterator[Run]:
        yield from self._said(element.text or "", change)
        for each in element:
            name = local(each)
            if name == "s":
                yield from self._said(" " * min(whole_number(attribute(each, "c")) or 1, MAX_SPACES), change)
            elif name in {"tab", "line-break"}:
                yield from self._said("\t" if name == "tab" else "\n", change)
            elif name in {"change-start", "change-end", "change"}:
                yield from self._change(each)
            elif name in {"note", "annotation"}:
                yield from self._note(each, change)
            elif name in {"frame", "image", "object"}:
                yield from self._drawn(each, change)
            elif name in {"hidden-text", "hidden-paragraph"}:
                yield from self._said(attribute(each, "string-value") or "".join(each.itertext()), Change.HIDDEN)
            elif name not in {"annotation-end", "bookmark", "text-box"}:
                hidden = attribute(each, "style-name") in self.hidden_styles
                yield from self._runs(each, Change.HIDDEN if hidden else change)
            yield from self._said(each.tail or "", change)

    def _said(self, text: str, change: Change) -> Iterator[Run]:
        if not text:
            return
        inserted = next((each for each in self._open.values() if each.change is Change.INSERTED), None)
        if inserted is not None and change is Change.NONE:
            yield Run(text, inserted.change, inserted.by, inserted.at)
        else:
            yield Run(text, change)

    def _change(self, element: Element) -> Iterator[Run]:
        identifier = attribute(element, "change-id")
        found = self.changes.get(identifier)
        if found is None:
            return
        if local(element) == "change-end":
            self._open.pop(identifier, None)
        elif local(element) == "change-start":
            self._open[identifier] = found
        else:
            yield Run(found.words, found.change, found.by, found.at)

    def _note(self, note: Element, change: Change) -> Iterator[Run]:
        self._notes += 1
        is_comment = local(note) == "annotation"
        who = "".join("".join(each.itertext()) for each in children(note, "creator"))
        when = "".join("".join(each.itertext()) for each in children(note, "date")).replace("T", " ").partition(".")[0]
        kind = "Comment" if is_comment else "Footnote"
        body = note if is_comment else child(note, "note-body")
        label = f"[{kind} {self._notes}{' by ' + who if who else ''}{', ' + when if when else ''}] "
        words = (
            [run for block in self._blocks(body) if isinstance(block, Paragraph) for run in (*block.runs, Run(" "))]
            if body is not None
            else []
        )
        self.beside.append(Paragraph((Run(label), *words)))
        yield Run(f"[{kind.lower()} {self._notes}]", change)

    def _drawn(self, frame: Element, change: Change) -> Iterator[Run]:
        for name in ("title", "desc"):
            for each in within(frame, name):
                yield Run(f"[described as: {''.join(each.itertext())}]", change)
        for image in within(frame, "image"):
            part = posixpath.normpath(attribute(image, "href"))
            if part in self.parts:
                number = self.within.take_picture(self.parts.read(part), "", posixpath.basename(part))
                yield Run(f"[{PICTURE.format(number)}]" if number else "[picture]", change)
        for name in ("object", "object-ole") if not self.folder else ():
            for each in within(frame, name):
                self._take_object(posixpath.normpath(attribute(each, "href")))

    def _take_object(self, part: str) -> None:
        """Take out an object of another program, or a document in this one; of a chart what it was drawn from."""
        if part in self._taken:
            return
        self._taken.add(part)
        count = len(self.within.files)
        name = posixpath.basename(part)
        try:
            if part in self.parts:
                take_object(self.within, f"{name}.bin", self.parts.read(part))
            elif self._kinds.get(part) in CHARTS:
                blocks = _OpenDocumentReader(self.parts, f"{part}/").content().blocks
                self.beside += [plain(f"[{name} in it, a chart]"), *blocks]
            elif (document := document_of(self.parts, part, self._kinds.get(part, ""))) is not None:
                self.within.take(*document)
        except CannotRead:
            self.within.left.append(name)
        self.objects += [name for name, _ in self.within.files[count:]]

    def _table(self, table: Element) -> Iterator[Block]:
        hidden = attribute(table, "style-name") in self.hidden_styles
        name = attribute(table, "name")
        is_sheet = any(True for _ in within(self.root, "spreadsheet"))
        rows, count = self._rows(table)
        width = max((len(row) for row in rows), default=0)
        heads = ("", *(column_name(each) for each in range(1, width))) if is_sheet else ()
        blocks: list[Block] = [plain(f"Hidden sheet: {name}" if hidden else f"Sheet: {name}", 2)] if is_sheet else []
        blocks.append(ContentTable(tuple(rows), heads) if rows else plain("[no cells]"))
        if width > MAX_COLUMNS:
            blocks.append(plain(f"[The first {MAX_COLUMNS} columns. The whole is in the original file.]"))
        if count > MAX_ROWS:
            blocks.append(
                plain(f"[The first {MAX_ROWS:,} of {count:,} rows with cells. The whole is in the original file.]")
            )
        if hidden:
            self.beside += blocks
        else:
            yield from blocks

    def _rows(self, table: Element) -> tuple[list[tuple[Cell, ...]], int]:
        """Return the rows with words, those of sheets with their number, and how many there are in all."""
        is_sheet = any(True for _ in within(self.root, "spreadsheet"))
        hidden_columns = set(_hidden_columns(table))
        rows: list[tuple[Cell, ...]] = []
        number, count = 0, 0
        for row in _rows_of(table):
            repeated = whole_number(attribute(row, "number-rows-repeated")) or 1
            hidden_row = attribute(row, "visibility") in {"collapse", "filter"}
            cells = self._cells(row, hidden_columns, hidden_row=hidden_row)
            if any(run.text.strip() for cell in cells for run in cell):
                count += repeated
                for each in range(min(repeated, MAX_ROWS - len(rows))):
                    rows.append(((Run(str(number + each + 1)),), *cells) if is_sheet else tuple(cells))
            number += repeated
        return rows, count

    def _cells(self, row: Element, hidden_columns: set[int], *, hidden_row: bool) -> list[Cell]:
        cells: list[Cell] = []
        for element in row:
            if local(element) not in {"table-cell", "covered-table-cell"}:
                continue
            runs = in_one_cell(self._blocks(element))
            repeated = min(whole_number(attribute(element, "number-columns-repeated")) or 1, MAX_COLUMNS - len(cells))
            for _ in range(repeated):
                hidden = hidden_row or len(cells) in hidden_columns
                cells.append(tuple(Run(run.text, Change.HIDDEN) for run in runs) if hidden else tuple(runs))
        while cells and not cells[-1]:
            cells.pop()
        return cells


def _rows_of(table: Element) -> Iterator[Element]:
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from _rows_of(element)


def _hidden_columns(table: Element) -> Iterator[int]:
    """Yield the places, from 0, of the hidden columns."""
    place = 0
    for column in within(table, "table-column"):
        repeated = whole_number(attribute(column, "number-columns-repeated")) or 1
        if attribute(column, "visibility") in {"collapse", "filter"}:
            yield from range(place, min(place + repeated, MAX_COLUMNS))
        place += repeated


def _hidden_styles(root: Element) -> Iterator[str]:
    """Yield the names of styles of what is not shown: text, sheets, slides."""
    for style in within(root, "style"):
        for properties in style:
            shown = {attribute(properties, "display"), attribute(properties, "visibility")}
            if shown & {"none", "false", "hidden"}:
                yield attribute(style, "name")


def _tracked(root: Element) -> Iterator[tuple[str, _Changed]]:
    """Yield the tracked changes by their identifiers (5.5)."""
    for region in within(root, "changed-region"):
        for kind, change in (("insertion", Change.INSERTED), ("deletion", Change.DELETED)):
            found = child(region, kind)
            if found is None:
                continue
            about = child(found, "change-info")
            by = "".join("".join(each.itertext()) for each in children(about, "creator"))
            at = (
                "".join("".join(each.itertext()) for each in children(about, "date"))
                .replace("T", " ")
                .partition(".")[0]
            )
            words = "\n".join("".join(each.itertext()) for each in found.iter() if local(each) in {"p", "h"})
            yield attribute(region, "id"), _Changed(change, by, at, words)
