"""Word documents as they were before 2007 (.doc, [MS-DOC]): every word of the file, with what was inserted, deleted or hidden."""

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.containers.zip_parts import BROKEN, ENCRYPTED
from evidence_app.documents.office.content import (
    PICTURE,
    Block,
    CannotRead,
    Change,
    DocumentContent,
    Paragraph,
    Run,
)
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.embedded.ole_objects import remarks_on, take_storages
from evidence_app.documents.office.markup.signs import sign_of
from evidence_app.documents.office.old.word_marks import font_names, form_state, has_lists
from evidence_app.documents.office.old.word_paragraphs import PICTURE_MARK, ShownByMark, blocks_of
from evidence_app.documents.office.old.word_pictures import WordPictures

MAIN: Final = "WordDocument"
MAGIC: Final = 0xA5EC
OLDEST: Final = 0x00C1
"""`nFib` of Word 97: before it the text is stored in another way."""
ENCRYPTED_FLAG, TABLE_FLAG = 0x0100, 0x0200
LENGTHS: Final = 0x4C
"""Where the File Information Block has the lengths of the parts of the text, in characters, four bytes each (2.5.4)."""
PARTS: Final = (
    "",
    "[Footnote] ",
    "[Header or footer] ",
    "[Macro] ",
    "[Comment] ",
    "[Endnote] ",
    "[Text box] ",
    "[Text box in a header] ",
)
"""What the parts are, in the order in which they follow each other (2.4.1)."""
CHARACTER_PAGES: Final = 0xFA
PIECES: Final = 0x1A2
"""Where the block has the place and the length of the table of character properties, and of the pieces (2.5.6)."""
COMPRESSED: Final = 0x40000000
PAGE: Final = 512
DELETED, INSERTED, HIDDEN, STRUCK, STRUCK_TWICE = 0x0800, 0x0801, 0x083C, 0x0837, 0x2A53
"""Properties of characters: sprmCFRMarkDel, sprmCFRMark, sprmCFVanish, sprmCFStrike, sprmCFDStrike (2.6.1)."""
CHANGES: Final = {
    DELETED: Change.DELETED,
    HIDDEN: Change.HIDDEN,
    INSERTED: Change.INSERTED,
    STRUCK: Change.STRUCK,
    STRUCK_TWICE: Change.STRUCK,
}
OPERANDS: Final = (1, 1, 2, 4, 2, 2, -1, 3)
"""Bytes of a property's operand by the upper three bits of its code; the seventh says its own length (2.2.5.1)."""
NOT_ITS_OWN: Final = 0x80
"""The operand of a property that is as the style of the words has it (2.6.1)."""
PICTURE_PLACE: Final = 0x6A03
"""sprmCPicLocation: where the data of the picture are that a character stands for."""
DATA_OF_FIELD, IS_OBJECT = 0x0806, 0x080A
"""sprmCFData and sprmCFOle2: what stands there is no picture, but data of a form, or the number of an object."""
SIGN: Final = 0x6A09
"""sprmCSymbol: the font and the code of a sign, in whose place the text has a bracket."""
SIGN_MARK: Final = "("
UNLABELLED: Final = "Numbers and bullets of its lists are not shown; the original shows them."
OBJECTS: Final = "ObjectPool"
"""The storage with a storage for each object in the document (2.1.7)."""


@dataclass(frozen=True, slots=True)
class _Properties:
    """What properties say of characters: what was done to them, and what they stand for.

    That is a picture or a field of a form, by the place of its data; or a sign, by the number of its font and its code in it.
    """

    change: Change = Change.NONE
    picture: int | None = None
    form: int | None = None
    sign: tuple[int, int] | None = None


PLAIN: Final = _Properties()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the text as it is stored: its characters, and for each where its bytes are."""

    text: str
    start: int
    width: int


def old_word_content(untrusted: bytes) -> DocumentContent:
    """Return what a Word document says.

    Raises:
        CannotRead: it is damaged, protected, or older than Word 97.
    """
    try:
        compound = CompoundFile(untrusted)
        stream = compound.named(MAIN)
        magic, version = struct.unpack_from("<HH", stream)
        (flags,) = struct.unpack_from("<H", stream, 0x0A)
        if magic != MAGIC or version < OLDEST:
            raise CannotRead("is older than Word 97, or damaged")
        if flags & ENCRYPTED_FLAG:
            raise CannotRead(ENCRYPTED)
        table = compound.named("1Table" if flags & TABLE_FLAG else "0Table")
        lengths = struct.unpack_from("<8i", stream, LENGTHS)
        properties = _CharacterProperties(stream, table)
        pieces = list(_marked(list(_pieces(stream, table)), properties))
        fonts, is_labelled = font_names(stream, table), has_lists(stream, table)
        within = FilesWithin()
        pictures = WordPictures(within, stream, table, compound)
    except (OSError, KeyError, struct.error, ValueError, IndexError, OverflowError) as error:
        raise CannotRead(BROKEN) from error
    runs = [run for piece in pieces for run in _runs(piece, properties)]
    named = _shown_by_marks(pieces, properties, pictures, fonts)
    shown, beside = list[Block](), list[Block]()
    for number, part in enumerate(_parts(runs, [max(0, each) for each in lengths])):
        (beside if number else shown).extend(blocks_of(part, PARTS[number], named))
    shown += _drawn("[Drawn on its pages] ", pictures.drawn(in_headers=False))
    beside += _drawn("[Drawn in its headers or footers] ", pictures.drawn(in_headers=True))
    count = len(within.files)
    take_storages(within, compound, (OBJECTS,), compound.within(OBJECTS))
    remarks = remarks_on([name for name, _ in within.files[count:]], within.left)
    remarks += (UNLABELLED,) if is_labelled else ()
    return DocumentContent(tuple(shown), tuple(beside), tuple(within.files), remarks=remarks)


def _drawn(label: str, numbers: Sequence[int]) -> Iterator[Block]:
    if numbers:
        yield Paragraph((Run(label), *(Run(f"[{PICTURE.format(number)}]") for number in numbers)))


def _pieces(stream: bytes, table: bytes) -> Iterator[_Piece]:
    """Yield the pieces of the text in their order (2.8.35, 2.9.177)."""
    start, length = struct.unpack_from("<II", stream, PIECES)
    part = table[start : start + length]
    place = 0
    while part[place : place + 1] == b"\x01":
        # Properties of pieces that were changed in a fast save; what they say of characters is in the pages, too.
        place += 3 + int.from_bytes(part[place + 1 : place + 3], "little")
    if part[place : place + 1] != b"\x02":
        raise ValueError("no pieces")
    size = int.from_bytes(part[place + 1 : place + 5], "little")
    content = part[place + 5 : place + 5 + size]
    count = (len(content) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", content)
    for number in range(count):
        (where,) = struct.unpack_from("<I", content, 4 * (count + 1) + 8 * number + 2)
        characters = ends[number + 1] - ends[number]
        if characters < 0:
            raise ValueError("pieces out of order")
        if where & COMPRESSED:
            begin, width = (where & ~COMPRESSED) // 2, 1
            text = stream[begin : begin + characters].decode("cp1252", "replace")
        else:
            begin, width = where, 2
            text = stream[begin : begin + 2 * characters].decode("utf-16-le", "replace")
        yield _Piece(text, begin, width)


class _CharacterProperties:
    """The properties of characters by the place of their bytes: from pages of character properties (2.9.33)."""

    def __init__(self, stream: bytes, table: bytes) -> None:
        start, length = struct.unpack_from("<II", stream, CHARACTER_PAGES)
        content = table[start : start + length]
        count = (len(content) - 4) // 8
        numbers = struct.unpack_from(f"<{count}I", content, 4 * (count + 1)) if count > 0 else ()
        found: list[tuple[int, _Properties]] = []
        for number in numbers:
            page = stream[(number & 0x3FFFFF) * PAGE :][:PAGE]
            runs = page[PAGE - 1] if len(page) == PAGE else 0
            begins = struct.unpack_from(f"<{runs + 1}I", page) if runs else ()
            for run in range(runs):
                offset = 2 * page[4 * (runs + 1) + run]
                listed = page[offset + 1 : offset + 1 + page[offset]] if offset else b""
                found.append((begins[run], _properties(listed)))
        found.sort(key=lambda each: each[0])
        self._begins = [begin for begin, _ in found]
        self._properties = [properties for _, properties in found]

    def at(self, place: int) -> _Properties:
        """Return the properties of the character whose bytes are here."""
        number = bisect_right(self._begins, place) - 1
        return self._properties[number] if number >= 0 else PLAIN


def _properties(properties: bytes) -> _Properties:
    """Return what a list of properties says; what was done to characters is a deletion before a hiding before an insertion."""
    said: set[int] = set()
    picture: int | None = None
    sign: tuple[int, int] | None = None
    place = 0
    while place + 3 <= len(properties):
        code = int.from_bytes(properties[place : place + 2], "little")
        length = OPERANDS[code >> 13]
        if length < 0:
            length = 1 + properties[place + 2]
        if properties[place + 2] not in {0, NOT_ITS_OWN}:
            said.add(code)
        if code == PICTURE_PLACE:
            picture = int.from_bytes(properties[place + 2 : place + 6], "little")
        elif code == SIGN and place + 6 <= len(properties):
            font, letter = struct.unpack_from("<HH", properties, place + 2)
            sign = (font, letter)
        place += 2 + length
    change = next((change for code, change in CHANGES.items() if code in said), Change.NONE)
    is_picture = not said & {DATA_OF_FIELD, IS_OBJECT}
    return _Properties(change, picture if is_picture else None, picture if DATA_OF_FIELD in said else None, sign)


def _runs(piece: _Piece, properties: _CharacterProperties) -> Iterator[Run]:
    """Yield the characters of a piece, those that were changed alike as one run."""
    start = 0
    known = properties.at(piece.start).change if piece.text else Change.NONE
    for number in range(1, len(piece.text) + 1):
        change = properties.at(piece.start + number * piece.width).change if number < len(piece.text) else None
        if change is not known:
            yield Run(piece.text[start:number], known)
            start, known = number, change or Change.NONE


def _marked(pieces: Sequence[_Piece], properties: _CharacterProperties) -> Iterator[_Piece]:
    """Yield pieces with a mark in place of each character that stands for the sign of a font."""
    for piece in pieces:
        if SIGN_MARK not in piece.text:
            yield piece
            continue
        places = (properties.at(piece.start + place * piece.width) for place in range(len(piece.text)))
        text = "".join(PICTURE_MARK if at.sign else each for at, each in zip(places, piece.text, strict=True))
        yield _Piece(text, piece.start, piece.width)


def _shown_by_marks(
    pieces: Sequence[_Piece], properties: _CharacterProperties, pictures: WordPictures, fonts: Sequence[str]
) -> Iterator[ShownByMark]:
    """Yield what is printed for each mark of a picture, of a field of a form, or of a sign, in their order."""
    for piece in pieces:
        for place, character in enumerate(piece.text):
            if character != PICTURE_MARK:
                continue
            at = properties.at(piece.start + place * piece.width)
            if at.sign is not None:
                font, code = at.sign
                yield ShownByMark(sign_of(fonts[font] if font < len(fonts) else "", code))
            elif at.form is not None:
                state = form_state(pictures.data, at.form)
                yield ShownByMark(state or "[picture]", is_state=bool(state))
            else:
                number = pictures.inline(at.picture) if at.picture is not None else 0
                yield ShownByMark(f"[{PICTURE.format(number)}]" if number else "[picture]")


def _parts(runs: Sequence[Run], lengths: Sequence[int]) -> Iterator[list[Run]]:
    """Yield the runs of each part of the text."""
    waiting = list(runs)
    for length in lengths:
        part: list[Run] = []
        while length > 0 and waiting:
            run = waiting.pop(0)
            if len(run.text) > length:
                waiting.insert(0, Run(run.text[length:], run.change))
                run = Run(run.text[:length], run.change)
            part.append(run)
            length -= len(run.text)  # noqa: PLW2901 - what is left of the part
        yield part
