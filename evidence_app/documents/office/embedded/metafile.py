"""Drawings of Windows (.wmf, .emf): the words and the bitmaps in them ([MS-WMF], [MS-EMF]).

They are how Office keeps a pasted picture of a screen, the look of a sheet in a letter, and the icon of a file. Lines and shapes are not drawn.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from typing import Final
from unicodedata import category

from evidence_app.documents.office.containers.zip_parts import BROKEN
from evidence_app.documents.office.content import PICTURE, Block, CannotRead, DocumentContent, plain
from evidence_app.documents.office.embedded.device_bitmap import bitmap_file, pixels_at, size_in_pixels
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.markup.rich_text_letters import CHARSETS

ONLY_SHAPES: Final = (
    "is a drawing in which no words and no bitmap were found, and this program draws no lines and shapes"
)
NOT_DRAWN: Final = (
    "Of a drawing its words and larger bitmaps are shown; the original holds its lines, shapes and signs."
)
PLACEABLE: Final = b"\xd7\xcd\xc6\x9a"
PLACEABLE_HEAD: Final = 22
"""What may stand before a metafile: how it begins and its length ([MS-WMF], 2.3.2.3)."""
COPIED: Final = 0x00CC0020
"""The operation by which a bitmap is drawn as it is; others draw the mask of an icon, or what the mask leaves ([MS-WMF], 2.1.1.31)."""
MAX_RECORDS: Final = 500_000
UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
"""Categories of characters that show nothing."""
JPEG, PNG = 4, 5
"""Compressions of a bitmap whose pixels are a file of that sort ([MS-WMF], 2.1.1.7)."""
EMF_TEXT: Final = {83: "", 84: "utf-16-le"}
EMF_MANY_TEXTS: Final = {96: "", 97: "utf-16-le"}
EMF_FONT, EMF_CHOSEN, EMF_CHARSET_AT = 82, 37, 35
"""Records that make and choose a font, and where a font says its character set."""
EMF_SMALL_TEXT: Final = 108
"""Records of an EMF with words ([MS-EMF], 2.3.5.7, 2.3.5.8 and 2.3.5.37)."""
EMF_BITMAPS: Final = {76: (84, 40), 77: (84, 40), 78: (84, 40), 80: (48, 0), 81: (48, 68), 114: (84, 0), 116: (84, 0)}
"""Records with a bitmap: where they say where it is, and where they say how it is drawn if they do ([MS-EMF], 2.3.1)."""
GLYPHS, NO_RECTANGLE, NARROW, TWO_STEPS = 0x10, 0x100, 0x200, 0x2000
"""Options of words: they are numbers of glyphs; no rectangle stands before them; they have a byte each; each has two steps ([MS-EMF], 2.1.11)."""
MAX_SIGN: Final = 96
"""Pixels of a side of a sign that stands beside words, such as the icon of a program, at the most."""
WMF_BITMAPS: Final = {0x0940: (16, True), 0x0B41: (20, True), 0x0D33: (18, False), 0x0F43: (22, True)}
"""Records of a WMF with a bitmap: where it begins behind the record's head, and whether how it is drawn comes first ([MS-WMF], 2.3.1)."""
WMF_TEXT, WMF_PLAIN_TEXT = 0x0A32, 0x0521
FONT, CHARSET_AT = 0x02FB, 13
MADE: Final = frozenset({FONT, 0x00F7, 0x0142, 0x01F9, 0x02FA, 0x02FC, 0x06FF})
CHOSEN, REMOVED = 0x012D, 0x01F0
"""Records that make a font and other objects, where a font says its character set, and records that choose and remove an object."""
MAX_OBJECTS: Final = 1_000
"""Objects of a drawing that are told apart."""
WMF_HEAD: Final = 18
WMF_RECTANGLE: Final = 0x2 | 0x4
"""The options by which a rectangle stands before words ([MS-WMF], 2.1.2.2)."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that are drawn at once: how far down and from the left, and how far each character takes them to the right where that is said."""

    down: int
    left: int
    text: str
    steps: tuple[int, ...] = ()

    def goes_on(self, before: "_Words") -> str | None:
        """Return what stands between these words and those before them on the same line; None if they begin a line."""
        if self.down != before.down or self.left <= before.left:
            return None
        if not before.steps:
            return " "
        gap, step = self.left - before.left - sum(before.steps), sum(before.steps) / len(before.steps)
        return None if gap < -step else " " if gap > step / 2 else ""


@dataclass(slots=True)
class _Drawing:
    """What was read: words, and bitmaps as files with the longer of their sides in pixels."""

    words: list[_Words] = field(default_factory=list)
    bitmaps: list[tuple[str, bytes, int]] = field(default_factory=list)

    def say(self, words: _Words) -> None:
        """Take in words. White space of any sort is a space; what says how words are set is left out."""
        text = "".join(" " if each.isspace() else "" if category(each) in UNSEEN else each for each in words.text)
        if text.strip():
            self.words.append(replace(words, text=text))

    def draw(self, head: bytes, pixels: bytes) -> None:
        """Take in a bitmap from its header with its colours, and its pixels."""
        width, height = size_in_pixels(head)
        (compression,) = struct.unpack_from("<I", head, 16) if len(head) >= 20 else (0,)
        if compression in {JPEG, PNG}:
            self.bitmaps.append((".jpg" if compression == JPEG else ".png", pixels, max(width, height)))
        elif (file := bitmap_file(head + pixels, len(head))) is not None:
            self.bitmaps.append((".bmp", file, max(width, height)))

    def lines(self) -> list[str]:
        """Return the words line by line."""
        lines: list[str] = []
        before: _Words | None = None
        for words in self.words:
            between = words.goes_on(before) if before is not None else None
            if between is None:
                lines.append(words.text)
            else:
                lines[-1] += between + words.text
            before = words
        return lines


def metafile_content(untrusted: bytes) -> DocumentContent:
    """Return the words and the bitmaps of a drawing; of one that is a single bitmap that alone.

    Raises:
        CannotRead: it is damaged, or has neither.
    """
    drawing = _Drawing()
    try:
        if untrusted[40:44] == b" EMF":
            _read_emf(untrusted, drawing)
        else:
            _read_wmf(untrusted, drawing)
    except (struct.error, IndexError) as error:
        raise CannotRead(BROKEN) from error
    within = FilesWithin()
    lines = drawing.lines()
    for ending, content, side in drawing.bitmaps:
        # Beside the name of a file stands the sign of its program.
        if side > MAX_SIGN or not lines:
            within.take_picture(content, ending, f"bitmap {len(within.files) + 1}{ending}")
    if not lines and not within.files:
        raise CannotRead(ONLY_SHAPES)
    if not lines and len(within.files) == 1:
        return DocumentContent((), files=tuple(within.files))
    blocks: list[Block] = [plain(line) for line in lines]
    blocks += [plain(f"[{PICTURE.format(number)}]") for number in range(1, len(within.files) + 1)]
    return DocumentContent(tuple(blocks), files=tuple(within.files), remarks=(NOT_DRAWN,))


def _read_emf(untrusted: bytes, drawing: _Drawing) -> None:
    place = 0
    fonts = _EmfFonts()
    for _ in range(MAX_RECORDS):
        if place + 8 > len(untrusted):
            return
        kind, length = struct.unpack_from("<II", untrusted, place)
        record = untrusted[place : place + length]
        if length < 8 or len(record) != length:
            return
        fonts.follow(kind, record)
        if kind in EMF_TEXT:
            _say_emf(record, 36, EMF_TEXT[kind] or fonts.encoding, drawing)
        elif kind in EMF_MANY_TEXTS:
            # Several words at once: how many, and then each as those of one ([MS-EMF], 2.3.5.31 and 2.3.5.32).
            (count,) = struct.unpack_from("<I", record, 36)
            for number in range(min(count, (length - 40) // 40)):
                _say_emf(record, 40 + 40 * number, EMF_MANY_TEXTS[kind] or fonts.encoding, drawing)
        elif kind == EMF_SMALL_TEXT:
            _say_small(record, drawing)
        elif kind in EMF_BITMAPS:
            _draw_emf(record, *EMF_BITMAPS[kind], drawing)
        place += length


class _EmfFonts:
    """The character set of the font that is chosen, for words of a byte a letter. A font has the number that its record gives."""

    def __init__(self) -> None:
        self._fonts: dict[int, str] = {}
        self.encoding = "cp1252"

    def follow(self, kind: int, record: bytes) -> None:
        """Follow a record that makes, chooses or removes a font ([MS-EMF], 2.3.7.8 and 2.3.8.5)."""
        if kind not in {EMF_FONT, EMF_CHOSEN} or len(record) < 12:
            return
        (number,) = struct.unpack_from("<I", record, 8)
        if kind == EMF_FONT and len(record) > EMF_CHARSET_AT and len(self._fonts) < MAX_OBJECTS:
            self._fonts[number] = CHARSETS.get(record[EMF_CHARSET_AT], "cp1252")
        elif kind == EMF_CHOSEN:
            self.encoding = self._fonts.get(number, self.encoding)


def _say_emf(record: bytes, place: int, encoding: str, drawing: _Drawing) -> None:
    left, down, count, start, options = struct.unpack_from("<iiIII", record, place)
    (steps_at,) = struct.unpack_from("<I", record, place + 36)
    if options & GLYPHS:
        return
    width = 2 if encoding == "utf-16-le" else 1
    text = record[start : start + width * count].decode(encoding, "replace")
    each = 2 if options & TWO_STEPS else 1
    has_steps = steps_at and steps_at + 4 * each * count <= len(record) and len(text) == count
    steps = struct.unpack_from(f"<{each * count}i", record, steps_at)[::each] if has_steps else ()
    drawing.say(_Words(down, left, text, steps))


def _say_small(record: bytes, drawing: _Drawing) -> None:
    left, down, count, options = struct.unpack_from("<iiII", record, 8)
    start = 36 if options & NO_RECTANGLE else 52
    narrow = bool(options & NARROW)
    if not options & GLYPHS:
        text = record[start : start + count * (1 if narrow else 2)]
        drawing.say(_Words(down, left, text.decode("latin-1" if narrow else "utf-16-le", "replace")))


def _draw_emf(record: bytes, where: int, how: int, drawing: _Drawing) -> None:
    head, head_length, pixels, pixels_length = struct.unpack_from("<IIII", record, where)
    (operation,) = struct.unpack_from("<I", record, how) if how else (COPIED,)
    if operation == COPIED and head_length and pixels_length:
        drawing.draw(record[head : head + head_length], record[pixels : pixels + pixels_length])


class _Fonts:
    """The character set of the font that is chosen. Fonts, pens and brushes have the lowest number that is free ([MS-WMF], 3.1.4.1)."""

    def __init__(self) -> None:
        self._objects: dict[int, str] = {}
        self._free: list[int] = []
        self.encoding = "cp1252"

    def follow(self, kind: int, content: bytes) -> None:
        """Follow a record that makes, chooses or removes an object; others say nothing here."""
        if kind in MADE and len(self._objects) < MAX_OBJECTS:
            free = heappop(self._free) if self._free else len(self._objects)
            is_font = kind == FONT and len(content) > CHARSET_AT
            self._objects[free] = CHARSETS.get(content[CHARSET_AT], "cp1252") if is_font else ""
        elif kind in {CHOSEN, REMOVED}:
            (number,) = struct.unpack_from("<H", content)
            self.encoding = (self._objects.get(number, "") if kind == CHOSEN else "") or self.encoding
            if kind == REMOVED and self._objects.pop(number, None) is not None:
                heappush(self._free, number)


def _read_wmf(untrusted: bytes, drawing: _Drawing) -> None:
    fonts = _Fonts()
    for kind, content in _wmf_records(untrusted):
        fonts.follow(kind, content)
        if kind == WMF_TEXT:
            down, left, count, options = struct.unpack_from("<hhHH", content)
            start = 16 if options & WMF_RECTANGLE else 8
            steps_at = start + count + count % 2
            has_steps = steps_at + 2 * count <= len(content)
            steps = struct.unpack_from(f"<{count}h", content, steps_at) if has_steps else ()
            text = content[start : start + count].decode(fonts.encoding, "replace")
            # A letter of two bytes has two steps.
            drawing.say(_Words(down, left, text, steps if len(text) == count else ()))
        elif kind == WMF_PLAIN_TEXT:
            (count,) = struct.unpack_from("<H", content)
            down, left = struct.unpack_from("<hh", content, 2 + count + count % 2)
            drawing.say(_Words(down, left, content[2 : 2 + count].decode(fonts.encoding, "replace")))
        elif kind in WMF_BITMAPS:
            start, says_how = WMF_BITMAPS[kind]
            (operation,) = struct.unpack_from("<I", content) if says_how else (COPIED,)
            bitmap = content[start:]
            colours_end = pixels_at(bitmap)
            if operation == COPIED and colours_end is not None:
                drawing.draw(bitmap[:colours_end], bitmap[colours_end:])


def _wmf_records(untrusted: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the kind and the content of each record."""
    place = (PLACEABLE_HEAD if untrusted.startswith(PLACEABLE) else 0) + WMF_HEAD
    for _ in range(MAX_RECORDS):
        if place + 6 > len(untrusted):
            return
        words, kind = struct.unpack_from("<IH", untrusted, place)
        if words < 3:
            return
        yield kind, untrusted[place + 6 : place + 2 * words]
        place += 2 * words
