"""OpenDocument texts, sheets and slides (.odt, .ods, .odp): every word, with changes, hidden text, notes and comments (ISO/IEC 26300-1)."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from evidence_app.documents.office.containers.zip_parts import (
    BROKEN,
    ENCRYPTED,
    TOO_LARGE,
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
    as_changed,
    in_one_cell,
    plain,
)
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.embedded.ole_objects import remarks_on, take_object
from evidence_app.documents.office.embedded.open_document_objects import (
    CHARTS,
    document_of,
    form_controls,
    kinds_of_objects,
)
from evidence_app.documents.office.markup.open_document_marks import (
    TrackedChange,
    hidden_columns_of,
    is_hidden,
    is_struck,
    outermost_boxes,
    rows_of,
    styles_with,
    tracked_changes,
)
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
MAX_CHARTS: Final = 100


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
    try:
        return _OpenDocumentReader(parts).content()
    except RecursionError as error:
        raise CannotRead(TOO_LARGE) from error


class _OpenDocumentReader:
    def __init__(self, parts: ZipParts) -> None:
        self.parts = parts
        self.root = parts.xml("content.xml")
        styles = parts.xml_if_there("styles.xml")
        roots = [root for root in (self.root, styles) if root is not None]
        self.hidden_styles = {name for root in roots for name in styles_with(root, is_hidden)}
        self.struck_styles = {name for root in roots for name in styles_with(root, is_struck)}
        self.is_sheet = any(True for _ in within(self.root, "spreadsheet"))
        self.controls = form_controls(self.root)
        self.folder = ""
        """The folder of the chart that is being read; "" for the document itself."""
        self.changes = dict(tracked_changes(self.root))
        self.within = FilesWithin()
        self.objects: list[str] = []
        self._kinds = kinds_of_objects(parts)
        self._taken: dict[str, int] = {}
        self._charts: list[Block] = []
        self._chart_count = 0
        self._is_in_cell = False
        self.beside: list[Block] = []
        self._open: dict[str, TrackedChange] = {}
        self._notes: Counter[str] = Counter()

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

    def _blocks(self, parent: Iterable[Element], indent: int = 0) -> Iterator[Block]:
        for element in parent:
            match local(element):
                case "p" | "h":
                    yield from self._paragraph(element, indent)
                case "frame" | "control":
                    runs = tuple(self._drawn(element, Change.NONE))
                    yield from [Paragraph(runs)] if runs else []
                    yield from self._blocks(element)
                    yield from self._charts_read()
                case "section" if attribute(element, "display") == "none":
                    yield from (as_changed(each, Change.HIDDEN) for each in self._blocks(element, indent))
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
                blocks += self._blocks([part])
        if hidden:
            self.beside += blocks
        else:
            yield from blocks

    def _paragraph(self, element: Element, indent: int) -> Iterator[Block]:
        change = self._change_of(element, Change.NONE)
        level = whole_number(attribute(element, "outline-level")) if local(element) == "h" else 0
        runs = tuple(self._runs(element, change))
        yield Paragraph(runs, min(level, MAX_HEADING), max(0, indent - 1))
        for box in outermost_boxes(element):
            yield from (plain("[Text box]"), *self._blocks(box))
        yield from self._charts_read()

    def _charts_read(self) -> list[Block]:
        """Return what was read of charts and not put on a page yet; those of a table follow it."""
        if self._is_in_cell or self.folder:
            return []
        charts, self._charts = self._charts, []
        return charts

    def _change_of(self, element: Element, change: Change) -> Change:
        """Return what was done to words by their style: hidden before struck out."""
        style = attribute(element, "style-name")
        if style in self.hidden_styles:
            return Change.HIDDEN
        return Change.STRUCK if style in self.struck_styles and change is Change.NONE else change

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
            elif name in {"frame", "image", "control"}:
                yield from self._drawn(each, change)
            elif name in {"hidden-text", "hidden-paragraph"}:
                yield from self._said(attribute(each, "string-value") or "".join(each.itertext()), Change.HIDDEN)
            elif name not in {"annotation-end", "bookmark", "text-box"}:
                yield from self._runs(each, self._change_of(each, change))
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
        is_comment = local(note) == "annotation"
        who = "".join("".join(each.itertext()) for each in children(note, "creator"))
        when = "".join("".join(each.itertext()) for each in children(note, "date")).replace("T", " ").partition(".")[0]
        kind = "Comment" if is_comment else "Footnote"
        self._notes[kind] += 1
        number = self._notes[kind]
        body = note if is_comment else child(note, "note-body")
        label = f"[{kind} {number}{' by ' + who if who else ''}{', ' + when if when else ''}] "
        words = (
            [run for block in self._blocks(body) if isinstance(block, Paragraph) for run in (*block.runs, Run(" "))]
            if body is not None
            else []
        )
        self.beside.append(Paragraph((Run(label), *words)))
        yield Run(f"[{kind.lower()} {number}]", change)

    def _drawn(self, frame: Element, change: Change) -> Iterator[Run]:
        """Yield what stands for a frame, a picture or a control of a form, and take out the objects of a frame."""
        if local(frame) == "control":
            yield Run(self.controls.get(attribute(frame, "control"), ""), change)
        for name in ("title", "desc"):
            for each in children(frame, name):
                yield Run(f"[described as: {''.join(each.itertext())}]", change)
        for image in [frame] if local(frame) == "image" else children(frame, "image"):
            yield Run(self._picture(attribute(image, "href")), change)
        for each in frame:
            if local(each) in {"object", "object-ole"}:
                self._take_object(posixpath.normpath(posixpath.join(self.folder, attribute(each, "href"))))

    def _picture(self, href: str) -> str:
        """Return what a picture is called on the page, and keep it."""
        part = posixpath.normpath(posixpath.join(self.folder, href))
        if part not in self._taken:
            if part not in self.parts:
                return "[a picture that is not in the file]" if href else ""
            self._taken[part] = self.within.take_picture(self.parts.read(part), "", posixpath.basename(part))
        return f"[{PICTURE.format(self._taken[part])}]" if self._taken[part] else "[picture]"

    def _take_object(self, part: str) -> None:
        """Take out an object of another program, or a document in this one; of a chart what it was drawn from."""
        if part in self._taken:
            return
        self._taken[part] = 0
        count = len(self.within.files)
        name = posixpath.basename(part)
        try:
            if part in self.parts:
                take_object(self.within, f"{name}.bin", self.parts.read(part))
            elif self._kinds.get(part) in CHARTS:
                self._read_chart(part, name)
            elif (document := document_of(self.parts, part, self._kinds.get(part, ""))) is not None:
                self.within.take(*document)
        except CannotRead:
            self.within.left.append(name)
        self.objects += [name for name, _ in self.within.files[count:]]

    def _read_chart(self, folder: str, name: str) -> None:
        """Read the words and figures of a chart, which stands in a folder of the file.

        Raises:
            CannotRead: it is damaged, or one of too many.
        """
        self._chart_count += 1
        if self._chart_count > MAX_CHARTS or self.folder:
            raise CannotRead(TOO_LARGE)
        chart = child(self.parts.xml(f"{folder}/content.xml"), "body")
        self.folder = folder
        try:
            blocks = [*self._blocks(chart)] if chart is not None else []
        finally:
            self.folder = ""
        self._charts += [plain(f"[{name} in it, a chart]"), *blocks]

    def _table(self, table: Element) -> Iterator[Block]:
        hidden = attribute(table, "style-name") in self.hidden_styles
        name = attribute(table, "name")
        is_sheet = self.is_sheet and not self.folder
        rows, count = self._rows(table, is_sheet=is_sheet)
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
        shapes = child(table, "shapes")
        blocks += [*self._blocks(shapes)] if shapes is not None else []
        blocks += self._charts_read()
        if hidden:
            self.beside += blocks
        else:
            yield from blocks

    def _rows(self, table: Element, *, is_sheet: bool) -> tuple[list[tuple[Cell, ...]], int]:
        """Return the rows with words, those of sheets with their number, and how many there are in all."""
        hidden_columns = set(hidden_columns_of(table))
        rows: list[tuple[Cell, ...]] = []
        number, count = 0, 0
        for row in rows_of(table):
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
            runs = self._cell(element)
            repeated = min(whole_number(attribute(element, "number-columns-repeated")) or 1, MAX_COLUMNS - len(cells))
            for _ in range(repeated):
                hidden = hidden_row or len(cells) in hidden_columns
                cells.append(tuple(Run(run.text, Change.HIDDEN) for run in runs) if hidden else tuple(runs))
        while cells and not cells[-1]:
            cells.pop()
        return cells

    def _cell(self, element: Element) -> Cell:
        """Return what a cell shows; where a program wrote no words for its value, that."""
        before, self._is_in_cell = self._is_in_cell, True
        try:
            runs = in_one_cell(self._blocks(element))
        finally:
            self._is_in_cell = before
        values = (attribute(element, f"{kind}value") for kind in ("string-", "date-", "time-", "boolean-", ""))
        value = next(filter(None, values), "") if not runs else ""
        return (Run(value),) if value else runs
