"""Slides (.pptx): the words of every slide, with hidden slides, speaker's notes, comments and descriptions (ISO/IEC 29500-1, 19)."""

import posixpath
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
    PICTURE,
    Block,
    Change,
    ContentTable,
    DocumentContent,
    Paragraph,
    Run,
    in_one_cell,
    joined,
    plain,
)
from evidence_app.documents.office.markup.signs import PRIVATE, has_signs, in_font
from evidence_app.documents.office.word_parts import words_of_drawings

SHAPES: Final = frozenset({"sp", "grpSp", "graphicFrame", "pic", "cxnSp", "AlternateContent"})
FONTS: Final = ("latin", "sym", "ea")
"""Properties of words that name their font (21.1.2.3.7)."""


def slides_content(untrusted: bytes) -> DocumentContent:
    """Return what slides say, one after the other.

    Raises:
        CannotRead: they are damaged, protected, too large, or no slides.
    """
    parts = ZipParts(untrusted)
    return _SlidesReader(parts, parts.main("ppt/presentation.xml")).content()


class _SlidesReader:
    def __init__(self, parts: ZipParts, main: str) -> None:
        self.parts, self.main = parts, main
        self.files: list[tuple[str, bytes]] = []
        self._known: dict[str, int] = {}
        self._relations: dict[str, tuple[str, str]] = {}

    def content(self) -> DocumentContent:
        relations = self.parts.related(self.main)
        listed = children(child(self.parts.xml(self.main), "sldIdLst"), "sldId")
        # The identifier of a relation is the attribute r:id; id without a namespace is another number (19.2.1.33).
        names = [relations.get(_relation_of(each), ("", ""))[1] for each in listed]
        shown: list[Block] = []
        beside: list[Block] = []
        for number, name in enumerate((name for name in names if name in self.parts), start=1):
            root = self.parts.xml(name)
            self._relations = self.parts.related(name)
            hidden = attribute(root, "show") in {"0", "false"}
            target = beside if hidden else shown
            target.append(plain(f"Hidden slide {number}" if hidden else f"Slide {number}", 2))
            target += self._pictures(child(root, "cSld", "bg"))
            target += self._shapes(child(root, "cSld", "spTree"))
            target += words_of_drawings(self.parts, name)
            beside += self._notes(number)
            beside += self._comments(number)
        return DocumentContent(tuple(shown), tuple(beside), tuple(self.files), office_properties(self.parts))

    def _shapes(self, tree: Element | None) -> Iterator[Block]:
        for shape in tree if tree is not None else ():
            name = local(shape)
            if name not in SHAPES:
                continue
            described = next(within(shape, "cNvPr"), None) if name in {"sp", "pic", "graphicFrame"} else None
            words = "; ".join(
                text for key in ("title", "descr") if described is not None and (text := attribute(described, key))
            )
            if words:
                yield plain(f"[described as: {words}]")
            if name == "AlternateContent":
                # Of an alternate content one branch is read, the first that says something (ISO/IEC 29500-3, 9.3).
                yield from next((found for branch in shape if (found := [*self._shapes(branch)])), ())
            elif name == "grpSp":
                yield from self._shapes(shape)
            else:
                yield from paragraphs(child(shape, "txBody"))
                yield from (_table(each) for each in within(shape, "tbl"))
                yield from self._pictures(shape)

    def _pictures(self, shape: Element | None) -> Iterator[Block]:
        """Yield what stands for the pictures of a shape: those that it shows, that fill it, and that an object in it looks like."""
        for blip in within(shape, "blip") if shape is not None else ():
            identifier = attribute(blip, "embed") or attribute(blip, "link")
            _, name = self._relations.get(identifier, ("", ""))
            if name not in self.parts:
                yield from [plain("[a picture that is not in the file]")] if identifier else []
                continue
            if name not in self._known:
                self._known[name] = len(self.files) + 1
                self.files.append((posixpath.basename(name), self.parts.read(name)))
            yield plain(f"[{PICTURE.format(self._known[name])}]")

    def _notes(self, number: int) -> Iterator[Block]:
        for kind, name in self._relations.values():
            root = self.parts.xml_if_there(name) if kind == "notesSlide" else None
            for shape in within(root, "sp") if root is not None else ():
                place = next(within(shape, "ph"), None)
                if place is not None and attribute(place, "type") in {"sldNum", "sldImg", "dt", "hdr", "ftr"}:
                    continue
                for paragraph in paragraphs(child(shape, "txBody")):
                    yield Paragraph((Run(f"[Speaker's notes to slide {number}] "), *paragraph.runs))

    def _comments(self, number: int) -> Iterator[Block]:
        for kind, name in self._relations.values():
            root = self.parts.xml_if_there(name) if kind == "comments" else None
            for comment in within(root, "cm") if root is not None else ():
                text = "".join(each.text or "" for each in comment.iter() if local(each) in {"text", "t"})
                when = (attribute(comment, "dt") or attribute(comment, "created")).replace("T", " ").rstrip("Z")
                yield plain(f"[Comment on slide {number}{', ' + when if when else ''}] {text}")


def paragraphs(body: Element | None) -> Iterator[Paragraph]:
    """Yield the paragraphs of a text body that have words (21.1.2.2.6)."""
    for element in children(body, "p"):
        runs = joined(_runs(element))
        if any(run.text.strip() for run in runs):
            properties = child(element, "pPr")
            level = attribute(properties, "lvl") if properties is not None else ""
            yield Paragraph(tuple(runs), 0, int(level) if level.isdigit() and len(level) == 1 else 0)


def _runs(paragraph: Element) -> Iterator[Run]:
    for element in paragraph:
        name = local(element)
        if name in {"r", "fld"}:
            properties = child(element, "rPr")
            is_struck = properties is not None and attribute(properties, "strike") in {"sngStrike", "dblStrike"}
            text = "".join(each.text or "" for each in children(element, "t"))
            yield Run(_in_font_of(properties, text), Change.STRUCK if is_struck else Change.NONE)
        elif name == "br":
            yield Run("\n")
        elif name == "m":
            # An equation (a14:m): its letters, without its look.
            yield Run("".join(each.text or "" for each in within(element, "t")))


def _in_font_of(properties: Element | None, text: str) -> str:
    """Return words as they look in their font, where it is one that has signs in place of letters."""
    fonts = (
        [attribute(each, "typeface") for each in properties if local(each) in FONTS] if properties is not None else []
    )
    font = next((each for each in fonts if has_signs(each)), "")
    latin = child(properties, "latin")
    if font and (latin is None or attribute(latin, "typeface") != font):
        # A font for signs alone holds for those of the private area.
        return "".join(in_font(font, each) if ord(each) >= PRIVATE else each for each in text)
    return in_font(font, text)


def _table(table: Element) -> ContentTable:
    rows = (
        tuple(in_one_cell(paragraphs(child(cell, "txBody"))) for cell in children(row, "tc"))
        for row in children(table, "tr")
    )
    return ContentTable(tuple(rows))


def _relation_of(slide: Element) -> str:
    return next((value for key, value in slide.attrib.items() if key.endswith("}id")), "")
