"""Web pages (.html): their words, tables and descriptions, and what is hidden in them. Nothing is run or fetched."""

from html.parser import HTMLParser
from typing import Final

from evidence_app.documents.office.content import (
    Block,
    Cell,
    Change,
    ContentTable,
    DocumentContent,
    Paragraph,
    Run,
    in_one_cell,
)
from evidence_app.documents.plain_text import decoded

BLOCKS: Final = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "li",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "address",
        "figure",
        "figcaption",
        "form",
        "fieldset",
        "center",
        "body",
        "html",
        "ul",
        "ol",
        "dl",
        "table",
        "hr",
        "details",
        "summary",
        "option",
    ]
)
"""Elements that begin and end a paragraph."""
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
SILENT: Final = frozenset({"script", "style", "noscript", "template", "svg", "math", "iframe", "object"})
VOID: Final = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
SPOKEN: Final = ("alt", "title", "aria-label")
"""Attributes with words."""
STRUCK: Final = frozenset({"s", "strike", "del"})
MAX_DEPTH: Final = 2_000
MAX_CHARACTERS: Final = 20_000_000
DECLARED: Final = 2_048


def web_page_content(untrusted: bytes) -> DocumentContent:
    """Return what a web page says, read without running anything."""
    reader = _WebPageReader()
    reader.feed(_text_of(untrusted)[:MAX_CHARACTERS])
    reader.close()
    return reader.content()


def _text_of(untrusted: bytes) -> str:
    """Return the text of a page: by the encoding that it declares where UTF-8 does not fit."""
    head = untrusted[:DECLARED].lower()
    if b"charset=" in head and not untrusted.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = (
            head.partition(b"charset=")[2]
            .lstrip(b"\"' ")
            .split(b'"')[0]
            .split(b"'")[0]
            .split(b">")[0]
            .split(b";")[0]
            .strip()
        )
        try:
            return untrusted.decode(
                {"iso-8859-1": "cp1252", "us-ascii": "cp1252"}.get(name.decode("ascii"), name.decode("ascii"))
            )
        except (LookupError, UnicodeDecodeError, ValueError):
            pass
    return decoded(untrusted)


class _WebPageReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.properties: list[tuple[str, str]] = []
        self._runs: list[Run] = []
        self._level = 0
        # Whether each open element hides what is in it, or is silent, by its name.
        self._open: list[tuple[str, bool, bool]] = []
        self._tables: list[list[list[Cell]]] = []
        self._title: list[str] | None = None

    def content(self) -> DocumentContent:
        """Return what was read."""
        self._end_paragraph()
        while self._tables:
            self._end_table()
        return DocumentContent(tuple(self.blocks), (), (), tuple(self.properties))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in BLOCKS or tag in HEADINGS:
            self._begin_block(tag)
        match tag:
            case "br":
                self._say("\n")
            case "table":
                self._tables.append([])
            case "tr" if self._tables:
                self._tables[-1].append([])
            case "td" | "th" if self._tables:
                self._end_paragraph()
                if not self._tables[-1]:
                    self._tables[-1].append([])
                self._tables[-1][-1].append(())
            case "title":
                self._title = []
            case _:
                pass
        for name in SPOKEN:
            if given.get(name, "").strip():
                self._say(f"[described as: {given[name].strip()}]")
        self._say_field(tag, given)
        if tag not in VOID and len(self._open) < MAX_DEPTH:
            style = given.get("style", "").replace(" ", "").lower()
            hidden = (
                "hidden" in given or "mso-hide:all" in style or "display:none" in style or "visibility:hidden" in style
            )
            self._open.append((tag, hidden, tag in SILENT))

    def _begin_block(self, tag: str) -> None:
        self._end_paragraph()
        self._level = HEADINGS.get(tag, 0)
        if self._open and self._open[-1][0] == "p":
            # A paragraph ends where another block begins, said or not (HTML, 13.1.2.4).
            self._open.pop()
        if tag == "body":
            self._title = None

    def _say_field(self, tag: str, given: dict[str, str]) -> None:
        """Say what a field of a form shows: which box is ticked, which entry is chosen, what is typed."""
        kind = given.get("type", "text").lower()
        if tag == "option":
            self._say("☒ " if "selected" in given else "☐ ")
        elif tag == "input" and kind in {"checkbox", "radio"}:
            self._say("☒ " if "checked" in given else "☐ ")
        elif tag == "input" and kind not in {"hidden", "password"}:
            self._say(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "title" and self._title is not None:
            title = " ".join("".join(self._title).split())
            self.properties += [("Title, as the file says", title)] if title else []
            self._title = None
        if tag in BLOCKS or tag in HEADINGS:
            self._end_paragraph()
            self._level = 0
        if tag in {"td", "th"}:
            self._end_paragraph()
        if tag == "table" and self._tables:
            self._end_table()
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                break

    def handle_data(self, data: str) -> None:
        if self._title is not None:
            self._title.append(data)
        elif any(name == "pre" for name, _, _ in self._open):
            self._say(data)
        else:
            words = " ".join(data.split())
            before = " " if data[:1].isspace() and self._runs else ""
            self._say(f"{before}{words}{' ' if words and data[-1:].isspace() else ''}")

    def _say(self, text: str) -> None:
        if not text or any(silent for _, _, silent in self._open):
            return
        hidden = any(hidden for _, hidden, _ in self._open)
        struck = any(name in STRUCK for name, _, _ in self._open)
        self._runs.append(Run(text, Change.HIDDEN if hidden else Change.STRUCK if struck else Change.NONE))

    def _end_paragraph(self) -> None:
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            cell = self._tables[-1][-1][-1]
            self._tables[-1][-1][-1] = (*cell, *((Run("\n"),) if cell else ()), *runs)
        else:
            self.blocks.append(Paragraph(tuple(runs), self._level))

    def _end_table(self) -> None:
        self._end_paragraph()
        rows = tuple(tuple(row) for row in self._tables.pop() if any(row))
        if not rows:
            return
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            # A table in a cell: its rows are lines of the cell.
            before = self._tables[-1][-1][-1]
            self._tables[-1][-1][-1] = (*before, *((Run("\n"),) if before else ()), *in_one_cell([ContentTable(rows)]))
        else:
            self.blocks.append(ContentTable(rows))
