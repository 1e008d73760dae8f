"""Web pages (.html): their words, tables and descriptions, and what is hidden in them. Nothing is run or fetched."""

import binascii
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from evidence_app.documents.media_types import usual_ending
from evidence_app.documents.office.content import (
    PICTURE,
    Block,
    Cell,
    Change,
    ContentTable,
    DocumentContent,
    Paragraph,
    Run,
    in_one_cell,
)
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.markup.html_events import End, Start, html_events
from evidence_app.documents.office.markup.page_styles import GREY, WHITE, Look, StyleSheet, look_within, main_colour
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
GOES_ON: Final = frozenset({"s", "strike", "font", "b", "i", "u"})
"""Elements that go on where the one around them ends before they do."""
MAX_GOING_ON: Final = 8
LINK: Final = "link"
UNMARKED: Final = frozenset({f"in {GREY}", f"in {WHITE}", f"in {LINK}"})
"""Looks that tell nothing: those of headings, of links, and of what nobody is to see."""
LOOKS: Final = 1_000
"""Looks that are remembered: a page has few, and each of its words has one."""
MAX_DEPTH: Final = 2_000
MAX_CHARACTERS: Final = 20_000_000
DECLARED: Final = 2_048


def web_page_content(untrusted: bytes) -> DocumentContent:
    """Return what a web page says, read without running anything."""
    return _read(_WebPageReader(SPOKEN), _text_of(untrusted))


def mail_page_content(html: str) -> DocumentContent:
    """Return what the HTML of a mail says, with the words that are told apart by a colour.

    Of attributes only what stands for a picture is read: the titles of links are put there by programs.
    """
    return _read(_WebPageReader(("alt",), looks=True), html)


def _read(reader: "_WebPageReader", text: str) -> DocumentContent:
    for event in html_events(text[:MAX_CHARACTERS]):
        match event:
            case Start():
                reader.begin(event.name, event.given)
            case End():
                reader.end(event.name)
            case _:
                reader.words(event)
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


ESCAPED: Final = re.compile("%([0-9A-Fa-f]{2})")
"""A character of an address by its code (RFC 3986, section 2.1)."""
NOT_THERE: Final = "[a picture that is not in the file]"
NOWHERE: Final = ("", Look(), False)
"""What stands in no element."""


class _WebPageReader:
    def __init__(self, spoken: Sequence[str], *, looks: bool = False) -> None:
        self.blocks: list[Block] = []
        self.properties: list[tuple[str, str]] = []
        self._spoken, self._looks = spoken, looks
        self._runs: list[Run] = []
        self._level = 0
        self._sheet = StyleSheet()
        self._css: list[str] | None = None
        # The elements that are open: their names, how their words look, and whether they are silent.
        self._open: list[tuple[str, Look, bool]] = []
        self._count: Counter[str] = Counter()
        self._links = 0
        self._tables: list[list[list[list[Run]]]] = []
        self._title: list[str] | None = None
        self._within = FilesWithin()

    def content(self) -> DocumentContent:
        """Return what was read."""
        self._end_paragraph()
        while self._tables:
            self._end_table()
        content = DocumentContent(tuple(self.blocks), (), tuple(self._within.files), tuple(self.properties))
        return _told_apart(content) if self._looks else content

    def begin(self, tag: str, given: Mapping[str, str]) -> None:
        """Take in a start tag."""
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
                self._tables[-1][-1].append([])
            case "title":
                self._title = []
            case "style":
                self._css = []
            case _:
                pass
        for name in self._spoken:
            if given.get(name, "").strip():
                self._say(f"[described as: {given[name].strip()}]", plain=True)
        self._say_element(tag, given)
        if tag not in VOID and len(self._open) < MAX_DEPTH:
            _, outer_look, outer_silent = self._open[-1] if self._open else NOWHERE
            look = look_within(outer_look, tag, given, self._sheet.of(tag, given))
            # An anchor without an address is a place in the text, and no link.
            name = LINK if tag == "a" and given.get("href") else tag
            self._open.append((name, look, outer_silent or tag in SILENT))
            self._count[name] += 1
            self._links += name == LINK

    def _picture(self, given: Mapping[str, str]) -> str:
        """Return what stands for a picture: one that is in the page itself (RFC 2397) is a file, others are not there."""
        head, _, data = given.get("src", "").partition(",")
        kind = head.removeprefix("data:").partition(";")[0].strip().lower()
        if head.startswith("data:") and head.endswith(";base64"):
            try:
                content = binascii.a2b_base64(
                    ESCAPED.sub(lambda found: chr(int(found[1], 16)), data).encode("ascii", "ignore")
                )
            except ValueError:
                content = b""
            number = self._within.take_picture(content, f".{usual_ending(kind) or 'bin'}")
            return f"[{PICTURE.format(number)}]" if number else "[a picture that cannot be read]"
        return "" if any(given.get(name, "").strip() for name in self._spoken) or not head else NOT_THERE

    def _begin_block(self, tag: str) -> None:
        self._end_paragraph()
        self._level = HEADINGS.get(tag, 0)
        if self._open and self._open[-1][0] == "p":
            # A paragraph ends where another block begins, said or not (HTML, 13.1.2.4).
            self._close("p")
        if tag == "body":
            self._title = None

    def _say_element(self, tag: str, given: Mapping[str, str]) -> None:
        """Say what an element shows itself: a picture, or of a field of a form which box is ticked, which entry is chosen, what is typed."""
        if tag == "img" and not self._looks:
            self._say(self._picture(given), plain=True)
        kind = given.get("type", "text").lower()
        if tag == "option":
            self._say("☒ " if "selected" in given else "☐ ")
        elif tag == "input" and kind in {"checkbox", "radio"}:
            self._say("☒ " if "checked" in given else "☐ ")
        elif tag == "input" and kind not in {"hidden", "password"}:
            self._say(given.get("value", ""))

    def end(self, tag: str) -> None:
        """Take in an end tag."""
        if tag == "title" and self._title is not None:
            title = " ".join("".join(self._title).split())
            self.properties += [("Title, as the file says", title)] if title else []
            self._title = None
        if tag == "style" and self._css is not None:
            self._sheet.add("".join(self._css))
            self._css = None
        if tag in BLOCKS or tag in HEADINGS:
            self._end_paragraph()
            self._level = 0
        if tag in {"td", "th"}:
            self._end_paragraph()
        if tag == "table" and self._tables:
            self._end_table()
        self._close(tag)

    def _close(self, tag: str) -> None:
        """Close the last open element of a name, and those that were opened within it."""
        tag = LINK if tag == "a" and self._count[LINK] else tag
        left: list[tuple[str, Look, bool]] = []
        # Where none is open nothing is walked: else the time would be the product of end tags and depth.
        while self._count[tag]:
            element = self._open.pop()
            self._count[element[0]] -= 1
            self._links -= element[0] == LINK
            if element[0] == tag:
                break
            left += [element] if element[0] in GOES_ON else []
        # What says how words look goes on behind the end of the element around it (HTML, section 13.2.4.3).
        for element in reversed(left[:MAX_GOING_ON]):
            self._open.append(element)
            self._count[element[0]] += 1

    def words(self, data: str) -> None:
        """Take in words."""
        if self._css is not None:
            self._css.append(data)
        elif self._title is not None:
            self._title.append(data)
        elif self._count["pre"]:
            self._say(data)
        else:
            words = " ".join(data.split())
            before = " " if data[:1].isspace() and self._runs else ""
            self._say(f"{before}{words}{' ' if words and data[-1:].isspace() else ''}")

    def _say(self, text: str, *, plain: bool = False) -> None:
        _, look, silent = self._open[-1] if self._open else NOWHERE
        if not text or silent:
            return
        change = Change.HIDDEN if look.is_hidden else Change.STRUCK if look.struck else Change.NONE
        shown = ""
        if self._looks and not plain:
            shown = _look_in_words(LINK if self._links else look.colour, look.marked)
        self._runs.append(Run(text, change, look=shown))

    def _end_paragraph(self) -> None:
        runs, self._runs = self._runs, []
        if not any(run.text.strip() for run in runs):
            return
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            cell = self._tables[-1][-1][-1]
            cell += [Run("\n"), *runs] if cell else runs
        else:
            self.blocks.append(Paragraph(tuple(runs), self._level))

    def _end_table(self) -> None:
        self._end_paragraph()
        rows = tuple(tuple(tuple(cell) for cell in row) for row in self._tables.pop() if any(row))
        if not rows:
            return
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            # A table in a cell: its rows are lines of the cell.
            cell = self._tables[-1][-1][-1]
            inner = in_one_cell([ContentTable(rows)])
            cell += [Run("\n"), *inner] if cell else inner
        else:
            self.blocks.append(ContentTable(rows))


@lru_cache(maxsize=LOOKS)
def _look_in_words(colour: str, marked: bool) -> str:
    """Return what tells words apart."""
    return ", ".join(each for each in (f"in {colour}" if colour else "", "marked" if marked else "") if each)


def _told_apart(content: DocumentContent) -> DocumentContent:
    """Return a page whose words say their colour only where it is not the one that most words have."""
    runs = [run for block in content.blocks for cell in cells_of(block) for run in cell]
    told = (run for run in runs if _tells(run.look))
    usual = f"in {main_colour((_colour_in(run.look), len(run.text.strip())) for run in told)}"

    def plainer(cell: Sequence[Run]) -> Cell:
        return tuple(plain(run) for run in cell)

    def plain(run: Run) -> Run:
        look = _unless(run.look, usual) if any(map(str.isalnum, run.text)) else ""
        return run if look == run.look else replace(run, look=look)

    blocks: list[Block] = []
    for block in content.blocks:
        if isinstance(block, Paragraph):
            blocks.append(replace(block, runs=plainer(block.runs)))
        else:
            blocks.append(replace(block, rows=tuple(tuple(plainer(cell) for cell in row) for row in block.rows)))
    return replace(content, blocks=tuple(blocks))


@lru_cache(maxsize=LOOKS)
def _tells(look: str) -> bool:
    """Return whether a look tells anything."""
    return not UNMARKED & set(look.split(", "))


@lru_cache(maxsize=LOOKS)
def _colour_in(look: str) -> str:
    """Return the colour in what tells words apart, or an empty string."""
    return next((each.removeprefix("in ") for each in look.split(", ") if each.startswith("in ")), "")


@lru_cache(maxsize=LOOKS)
def _unless(look: str, usual: str) -> str:
    """Return what tells words apart without the usual colour; words of no colour are black where another is usual."""
    if not _colour_in(look) and usual != "in black":
        look = f"in black, {look}".removesuffix(", ")
    return ", ".join(each for each in look.split(", ") if each and each != usual and each not in UNMARKED)


def cells_of(block: Block) -> Iterator[Cell]:
    """Yield the runs of a paragraph, or of each cell of a table."""
    if isinstance(block, Paragraph):
        yield block.runs
    else:
        for row in block.rows:
            yield from row
