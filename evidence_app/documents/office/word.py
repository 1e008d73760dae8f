"""Word documents (.docx): every word of the file, with what was changed, hidden, noted or commented (ISO/IEC 29500-1, 17)."""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from evidence_app.documents.office.containers.zip_parts import (
    BROKEN,
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
    GONE,
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
    said,
)
from evidence_app.documents.office.list_labels import ListLabels
from evidence_app.documents.office.markup.signs import UNKNOWN_SIGN, has_signs, in_font, sign_of
from evidence_app.documents.office.word_parts import (
    STRIKES,
    OpenFields,
    heading_levels,
    hidden_styles,
    is_on,
    struck_styles,
    words_of_drawings,
)

MAX_SPAN: Final = 63
"""Columns of a table in Word."""
CHANGES: Final = {"ins": Change.INSERTED, "del": Change.DELETED, "moveFrom": Change.DELETED, "moveTo": Change.INSERTED}
"""Elements of tracked changes (17.13.5): what was moved is taken out in one place and put in at another."""
TRANSPARENT: Final = frozenset(
    {"hyperlink", "sdt", "sdtContent", "smartTag", "fldSimple", "customXml", "dir", "bdo", "AlternateContent", "Choice"}
)
"""Elements whose words are simply words of the paragraph."""
MARKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
ROWS_CHANGED: Final = ("del", "ins")
NOTES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote", "commentReference": "comment"}


@dataclass(frozen=True, slots=True)
class _RunState:
    """What holds for the words being read: how they were changed, by whom and when."""

    change: Change = Change.NONE
    by: str = ""
    at: str = ""


def word_content(untrusted: bytes) -> DocumentContent:
    """Return what a Word document says.

    Raises:
        CannotRead: it is damaged, protected, too large, or no Word document.
    """
    parts = ZipParts(untrusted)
    return _WordReader(parts, parts.main("word/document.xml")).content()


class _WordReader:
    """Reads one document. Pictures are numbered in the order in which they are met."""

    def __init__(self, parts: ZipParts, main: str) -> None:
        self.parts, self.main = parts, main
        self.files: list[tuple[str, bytes]] = []
        self._known: dict[str, int] = {}
        styles = parts.xml_if_there(self._named("styles"))
        self.labels = ListLabels(parts.xml_if_there(self._named("numbering")), styles)
        self.styles = heading_levels(styles)
        self.hidden_styles, self.struck_styles = hidden_styles(styles), struck_styles(styles)
        self._fields = OpenFields()
        self._numbers: dict[tuple[str, str], int] = {}
        self._part = main
        self._relations = parts.related(main)

    def _named(self, kind: str) -> str:
        """Return the name of a part of the document: by its relation, whatever it is called, or by its usual name."""
        related = (name for what, name in self.parts.related(self.main).values() if what == kind)
        return next(related, posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))

    def content(self) -> DocumentContent:
        body = child(self.parts.xml(self.main), "body")
        if body is None:
            raise CannotRead(BROKEN)
        heads, feet = self._around("header"), self._around("footer")
        blocks = [*self._blocks(body)]
        beside = [*self._notes("footnotes", "Footnote"), *self._notes("endnotes", "Endnote"), *self._comments()]
        # Charts and diagrams stand on the pages, wherever they do.
        drawn = [*words_of_drawings(self.parts, self.main)]
        return DocumentContent(
            (*heads, *blocks, *drawn, *feet),
            tuple(beside),
            tuple(self.files),
            office_properties(self.parts),
        )

    def _around(self, kind: str) -> list[Block]:
        """Return the headers or footers of all sections, each once, under a line that says what they are."""
        names = dict.fromkeys(name for what, name in self.parts.related(self.main).values() if what == kind)
        found: list[Block] = []
        for name in names:
            root = self.parts.xml_if_there(name)
            if root is not None:
                found += [each for each in self._in_part(name, root) if _has_words(each)]
        return [plain(f"[{kind.capitalize()} of its pages]"), *found] if found else []

    def _notes(self, part: str, title: str) -> Iterator[Block]:
        name = self._named(part)
        root = self.parts.xml_if_there(name)
        for note in root if root is not None else ():
            if attribute(note, "type") in {"separator", "continuationSeparator", "continuationNotice"}:
                continue
            number = self._number(title.lower(), attribute(note, "id"))
            yield from _headed(f"[{title} {number}] ", self._in_part(name, note))

    def _number(self, kind: str, identifier: str) -> str:
        """Return the number of a note as its page shows it: notes of a kind count in the order of their references. Comments keep theirs."""
        if kind == "comment":
            return identifier
        known = sum(1 for what, _ in self._numbers if what == kind)
        return str(self._numbers.setdefault((kind, identifier), known + 1))

    def _comments(self) -> Iterator[Block]:
        name = self._named("comments")
        root = self.parts.xml_if_there(name)
        for note in children(root, "comment"):
            by, at = attribute(note, "author"), attribute(note, "date")
            who = f" by {by}" if by else ""
            when = f", {at.replace('T', ' ').rstrip('Z')}" if at else ""
            yield from _headed(f"[Comment {attribute(note, 'id')}{who}{when}] ", self._in_part(name, note))

    def _in_part(self, name: str, root: Element) -> list[Block]:
        """Return the blocks of another part, whose pictures have relations of their own."""
        before = self._part, self._relations
        self._part, self._relations = name, self.parts.related(name)
        try:
            return [*self._blocks(root)]
        finally:
            self._part, self._relations = before

    def _blocks(self, parent: Element) -> Iterator[Block]:
        for element in parent:
            match local(element):
                case "p":
                    yield from self._paragraph(element)
                case "tbl":
                    yield self._table(element)
                case "sdt":
                    inner = child(element, "sdtContent")
                    yield from self._blocks(inner) if inner is not None else ()
                case "ins" | "del" | "moveFrom" | "moveTo" | "customXml" | "smartTag" | "txbxContent" | "Choice":
                    yield from self._blocks(element)
                case "AlternateContent":
                    yield from next((found for branch in element if (found := [*self._blocks(branch)])), ())
                case "oMathPara" | "oMath":
                    yield plain("".join(each.text or "" for each in within(element, "t")))
                case _:
                    pass

    def _paragraph(self, element: Element) -> Iterator[Block]:
        properties = child(element, "pPr")
        style = attribute(found, "val") if (found := child(properties, "pStyle")) is not None else ""
        level = self.styles.get(style, 0)
        label, indent = self.labels.next(properties, style)
        boxes: list[Block] = []
        # A field that a damaged file does not end hides no word of the next paragraph.
        self._fields.clear()
        runs = [*self._runs(element, _RunState(), boxes)]
        if style in self.hidden_styles:
            runs = [run if run.change in GONE else Run(run.text, Change.HIDDEN, run.by, run.at) for run in runs]
        # A paragraph mark that was put in or taken out is no word.
        yield Paragraph((Run(label), *runs) if label else tuple(runs), level, indent)
        yield from boxes

    def _runs(self, parent: Element, state: _RunState, boxes: list[Block]) -> Iterator[Run]:
        for element in parent:
            name = local(element)
            if name in CHANGES:
                yield from self._runs(element, _changed(state, CHANGES[name], element), boxes)
            elif name == "r":
                yield from self._words(element, state, boxes)
            elif name in {"oMath", "oMathPara"}:
                yield Run("".join(each.text or "" for each in within(element, "t")), state.change, state.by, state.at)
            elif name == "AlternateContent":
                yield from self._first_said(element, partial(self._runs, state=state, boxes=boxes), boxes)
            elif name in TRANSPARENT:
                yield from self._runs(element, state, boxes)

    @staticmethod
    def _first_said(element: Element, read: Callable[[Element], Iterable[Run]], boxes: list[Block]) -> list[Run]:
        """Return the runs of the first branch of an alternate content that says something: all say the same (ISO/IEC 29500-3, 9.3).

        What only newer programs draw, such as ink, is read from the branch for the others.
        """
        count = len(boxes)
        for branch in element:
            runs = [*read(branch)]
            if any(run.text for run in runs) or len(boxes) > count:
                return runs
        return []

    def _words(self, run: Element, state: _RunState, boxes: list[Block]) -> Iterator[Run]:
        properties = child(run, "rPr")
        if is_on(child(properties, "vanish")) and state.change not in GONE:
            state = replace(state, change=Change.HIDDEN)
        state = self._as_styled(properties, state)
        font = _font_of(properties)
        for element in run:
            name = local(element)
            if name in {"fldChar", "instrText"}:
                yield Run(self._fields.follow(element), state.change, state.by, state.at)
            elif self._fields.is_within_code:
                # The result of a field within the instruction of another is no word of the page.
                continue
            elif name in {"drawing", "pict", "object"}:
                yield from self._drawing(element, state, boxes)
            elif name == "AlternateContent":
                yield from self._first_said(element, partial(self._words, state=state, boxes=boxes), boxes)
            elif name == "ruby":
                yield from self._ruby(element, state, boxes)
            else:
                yield Run(self._word(element, font), state.change, state.by, state.at)

    def _word(self, element: Element, font: str) -> str:
        """Return what an element of a run says by itself; "" where it says nothing."""
        name = local(element)
        if name in {"t", "delText"}:
            return in_font(font, element.text or "")
        if name == "sym":
            return _sign(element)
        if name in NOTES:
            return f"[{NOTES[name]} {self._number(NOTES[name], attribute(element, 'id'))}]"
        return MARKS.get(name, "")

    def _ruby(self, element: Element, state: _RunState, boxes: list[Block]) -> Iterator[Run]:
        """Yield words, and how they are to be spoken, which stands above them (17.3.3.25)."""
        for name in ("rubyBase", "rt"):
            part = child(element, name)
            runs = [*self._runs(part, state, boxes)] if part is not None else []
            if name == "rt" and any(run.text.strip() for run in runs):
                runs = [Run(" (", state.change), *runs, Run(")", state.change)]
            yield from runs

    def _as_styled(self, properties: Element | None, state: _RunState) -> _RunState:
        """Return the state of a run with what its style and its line through it say."""
        style = child(properties, "rStyle")
        if state.change in GONE:
            return state
        if style is not None and attribute(style, "val") in self.hidden_styles:
            return replace(state, change=Change.HIDDEN)
        if state.change:
            return state
        said_directly = [each for name in STRIKES if (each := child(properties, name)) is not None]
        is_styled = style is not None and attribute(style, "val") in self.struck_styles
        is_struck = any(map(is_on, said_directly)) if said_directly else is_styled
        return replace(state, change=Change.STRUCK) if is_struck else state

    def _drawing(self, element: Element, state: _RunState, boxes: list[Block]) -> Iterator[Run]:
        """Yield what stands for a picture, and collect the words of text boxes."""
        for described in within(element, "docPr"):
            words = "; ".join(text for key in ("title", "descr") if (text := attribute(described, key)))
            if words:
                yield Run(f"[described as: {words}]", state.change, state.by, state.at)
        for picture in element.iter():
            if local(picture) in {"blip", "imagedata"}:
                named = (attribute(picture, name) for name in ("embed", "id", "link", "href"))
                label = self._picture(next(filter(None, named), ""))
                yield Run(f"[{label}]" if label else "", state.change, state.by, state.at)
        for box in within(element, "txbxContent"):
            inner = [plain("[Text box]"), *self._blocks(box)]
            boxes += [as_changed(each, state.change, state.by, state.at) for each in inner] if state.change else inner

    def _picture(self, identifier: str) -> str:
        """Return what a picture is called on the page, and keep it; "" if it is not in the file."""
        _, name = self._relations.get(identifier, ("", ""))
        if name not in self.parts:
            return "a picture that is not in the file" if identifier else ""
        if name not in self._known:
            self._known[name] = len(self.files) + 1
            self.files.append((posixpath.basename(name), self.parts.read(name)))
        return PICTURE.format(self._known[name])

    def _table(self, element: Element) -> ContentTable:
        return ContentTable(tuple(self._row(row) for row in within_rows(element)))

    def _row(self, row: Element) -> tuple[Cell, ...]:
        """Return the cells of a row, with an empty one for each further column that a cell spans."""
        cells: list[Cell] = []
        for element in row:
            name = local(element)
            if name == "sdt":
                element = child(element, "sdtContent", "tc") or element  # noqa: PLW2901 - what is in it
                name = local(element)
            if name != "tc":
                continue
            cells.append(self._cell(element))
            span = child(element, "tcPr", "gridSpan")
            wide = attribute(span, "val") if span is not None else "1"
            cells += [()] * (min(int(wide), MAX_SPAN) - 1 if wide.isdigit() else 0)
        tracked = next((each for name in ROWS_CHANGED if (each := child(row, "trPr", name)) is not None), None)
        if tracked is None:
            return tuple(cells)
        state = _changed(_RunState(), CHANGES[local(tracked)], tracked)
        return as_changed(ContentTable((tuple(cells),)), state.change, state.by, state.at).rows[0]  # type: ignore[union-attr]

    def _cell(self, element: Element) -> Cell:
        return in_one_cell(self._blocks(element))


def within_rows(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, those in content controls and tracked changes too, but not those of tables in its cells."""
    for element in table:
        name = local(element)
        if name == "tr":
            yield element
        elif name in {"sdt", "sdtContent", "customXml", "ins", "del"}:
            yield from within_rows(element)


def _changed(state: _RunState, change: Change, element: Element) -> _RunState:
    at = attribute(element, "date").replace("T", " ").rstrip("Z")
    return _RunState(change, attribute(element, "author") or state.by, at or state.at)


def _sign(element: Element) -> str:
    try:
        return sign_of(attribute(element, "font"), int(attribute(element, "char"), 16))
    except ValueError:
        return UNKNOWN_SIGN.format(attribute(element, "font"))


def _font_of(properties: Element | None) -> str:
    """Return the font of a run where it is one with signs, or ""."""
    fonts = child(properties, "rFonts")
    named = [attribute(fonts, name) for name in ("ascii", "hAnsi")] if fonts is not None else []
    return next((name for name in named if has_signs(name)), "")


def _has_words(block: Block) -> bool:
    return isinstance(block, ContentTable) or bool(said(block.runs).strip())


def _headed(label: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks with a label before the first."""
    first = True
    for block in blocks:
        if first and isinstance(block, Paragraph):
            yield replace(block, runs=(Run(label), *block.runs))
        else:
            if first:
                yield plain(label)
            yield block
        first = False
