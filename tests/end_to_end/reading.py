"""Reading a finished PDF in the tests, with other libraries than those that wrote it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from pypdfium2 import raw

OBJECT_PLACE = re.compile(rb"\b\d{10} \d{5} [nf]\b")


@dataclass(frozen=True)
class Link:
    """A link: the page it is on (from 1), the words in its area, the page it leads to, and how it is opened there."""

    page: int
    words: str
    target: int
    view: tuple[str, float]


def links_of(path: Path) -> Iterator[Link]:
    """Yield every link of a file."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        document = pypdfium2.PdfDocument(path)
        for number, page in enumerate(pdf.pages, start=1):
            text = document[number - 1].get_textpage()
            for annotation in page.obj.get("/Annots", []):
                if annotation.get("/Subtype") != "/Link":
                    continue
                left, bottom, right, top = (float(value) for value in annotation.Rect)
                words = text.get_text_bounded(left - 2, bottom, right + 2, top)
                target = annotation.Dest
                yield Link(number, words, numbers[target[0].objgen], (str(target[1]), float(target[4])))
        document.close()


def outline_of(path: Path) -> Iterator[tuple[str, int, tuple[str, float]]]:
    """Yield every outline entry: its title, its page (from 1), and how it is opened there."""
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, start=1)}

        def walk(items: list[pikepdf.OutlineItem]) -> Iterator[tuple[str, int, tuple[str, float]]]:
            for item in items:
                where = item.destination
                yield item.title, numbers[where[0].objgen], (str(where[1]), float(where[4]))
                yield from walk(item.children)

        yield from walk(outline.root)


def page_texts(path: Path) -> list[str]:
    """Return the text of every page."""
    document = pypdfium2.PdfDocument(path)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return texts


def printed_numbers(path: Path) -> list[tuple[int, int]]:
    """Return what the right-hand foot of every page prints: its number, and of how many."""
    document, found = pypdfium2.PdfDocument(path), []
    for page in document:
        width, _ = page.get_size()
        foot = page.get_textpage().get_text_bounded(width - 140, 28, width, 46)
        match = re.search(r"(\d+) of (\d+)\s*$", foot)
        found.append((int(match[1]), int(match[2])) if match else (0, 0))
    document.close()
    return found


def everything_in(path: Path) -> bytes:
    """Return every string, every decoded stream and the text of every page of a file, and the file itself, as UTF-8.

    The places of objects in the file are left out: their digits are anything.
    """
    parts = [OBJECT_PLACE.sub(b"", path.read_bytes())]
    with pikepdf.open(path) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                try:
                    parts.append(each.read_bytes())
                except pikepdf.PdfError:
                    parts.append(each.read_raw_bytes())
            parts += [text.encode() for text in strings_in(each)]
    return b"\n".join([*parts, *(text.encode("utf-8", "replace") for text in page_texts(path))])


def strings_in(value: pikepdf.Object) -> Iterator[str]:
    """Yield the strings directly in an object."""
    if isinstance(value, pikepdf.String):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        for item in value:
            if isinstance(item, pikepdf.Object) and not item.is_indirect:
                yield from strings_in(item)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for item in dict(value.items()).values():
            if isinstance(item, pikepdf.Object) and not item.is_indirect:
                yield from strings_in(item)


@dataclass(frozen=True)
class Tagged:
    """A structure element as a screen reader meets it: its role, how deep it lies, and the words that are its own."""

    role: str
    depth: int
    words: str


def tagged(path: Path) -> list[Tagged]:
    """Return what the tag tree alone says, in its order. Nothing of a page that is not in the tree is told."""
    words = _words_by_mark(path)
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        found: list[Tagged] = []
        waiting = [(pdf.Root.StructTreeRoot.K[0], 0)]
        while waiting:
            element, depth = waiting.pop()
            alternative = str(element.get("/Alt", ""))
            own, below = [f"{alternative} "] if alternative else [], []
            kids = element.get("/K", [])
            for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
                if isinstance(kid, int):
                    own.append(words.get((numbers[element.Pg.objgen], kid), ""))
                elif kid.get("/Type") == "/MCR":
                    own.append(words.get((numbers[kid.Pg.objgen], int(kid.MCID)), ""))
                elif "/S" in kid:
                    below.append((kid, depth + 1))
            found.append(Tagged(str(element.S)[1:], depth, "".join(own)))
            waiting += reversed(below)
        return found


def _words_by_mark(path: Path) -> dict[tuple[int, int], str]:
    """Return the words of each piece of marked content, by page (from 0) and identifier."""
    found: dict[tuple[int, int], str] = {}
    document = pypdfium2.PdfDocument(path)
    for number, page in enumerate(document):
        text = page.get_textpage()
        for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=1, textpage=text):
            mark = raw.FPDFPageObj_GetMarkedContentID(item)
            if mark >= 0:
                found[number, mark] = found.get((number, mark), "") + item.extract()
    document.close()
    return found
