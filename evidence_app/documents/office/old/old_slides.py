"""Slides as they were before 2007 (.ppt, [MS-PPT]): the words of each slide, of its notes and of comments, as the file stands now."""

import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from evidence_app.documents.office.containers.compound import CompoundFile
from evidence_app.documents.office.containers.zip_parts import BROKEN, ENCRYPTED
from evidence_app.documents.office.content import PICTURE, Block, CannotRead, DocumentContent, plain
from evidence_app.documents.office.embedded.files_within import FilesWithin
from evidence_app.documents.office.embedded.ole_objects import remarks_on
from evidence_app.documents.office.old.slide_pictures import SlidePictures

MAIN, CURRENT = "PowerPoint Document", "Current User"
HEAD: Final = struct.Struct("<HHI")
CONTAINER: Final = 0xF
"""`recVer` of a record that holds records (2.3.1)."""
DOCUMENT, SLIDE, NOTES, MASTER = 0x03E8, 0x03EE, 0x03F0, 0x03F8
USER_EDIT, DIRECTORY = 0x0FF5, 0x1772
CHARACTERS, OCTETS, STRING = 0x0FA0, 0x0FA8, 0x0FBA
COMMENT, TAGS, TAG_DATA = 0x2EE0, 0x1388, 0x138B
"""A comment; what programs keep beside a slide, and its data, which are records too (2.5.1 and 2.3.21)."""
SHOW_INFORMATION, HIDDEN_AT, HIDDEN_FLAG = 0x03F9, 10, 0x0004
"""How a slide is shown: where its flags stand, and the flag that it is not (2.6.6)."""
NOTES_ATOM: Final = 0x03F1
FIRST_PATTERN: Final = 0x80000000
"""Number from which what has it is a pattern, and no slide (2.2.25)."""
SLIDE_NUMBER: Final = "*"
"""What stands where the number of a slide goes (2.9.50)."""
LIST_OF_TEXTS, PLACE_IN_LIST = 0x0FF0, 0x03F3
"""A list of slides, masters or notes with texts of theirs, and what begins each in it (2.4.14.3 and 2.4.14.5)."""
OF_SLIDES: Final = 0
"""`recInstance` of the list of slides, which stand in it in the order in which they are shown."""
ENCRYPTED_TOKEN: Final = 0xF3D1C4DF
MAX_DEPTH: Final = 30
MAX_EDITS: Final = 10_000
MAX_RECORDS: Final = 500_000


def old_slides_content(untrusted: bytes) -> DocumentContent:
    """Return what slides say.

    Raises:
        CannotRead: they are damaged or protected.
    """
    try:
        compound = CompoundFile(untrusted)
        stream, current = compound.named(MAIN), compound.named(CURRENT)
        _, token, edit = struct.unpack_from("<III", current, 8)
        if token == ENCRYPTED_TOKEN:
            raise CannotRead(ENCRYPTED)
        places = _places(stream, edit)
        within = FilesWithin()
        pictures = SlidePictures(within, stream, places, compound)
        content = _content(stream, places, pictures)
        count = len(within.files)
        pictures.take_objects()
        remarks = remarks_on([name for name, _ in within.files[count:]], within.left)
        return replace(content, files=tuple(within.files), remarks=remarks)
    except (OSError, KeyError, struct.error, ValueError, IndexError) as error:
        raise CannotRead(BROKEN) from error


def _places(stream: bytes, edit: int) -> dict[int, int]:
    """Return where each object stands now, by its number: the newest of the edits that were appended one after the other (2.1.2)."""
    places: dict[int, int] = {}
    seen: set[int] = set()
    while edit and edit not in seen and len(seen) < MAX_EDITS:
        seen.add(edit)
        _, kind, _ = HEAD.unpack_from(stream, edit)
        if kind != USER_EDIT:
            raise ValueError("no edit")
        before, directory = struct.unpack_from("<II", stream, edit + HEAD.size + 8)
        _, kind, length = HEAD.unpack_from(stream, directory)
        if kind != DIRECTORY:
            raise ValueError("no directory")
        place, end = directory + HEAD.size, directory + HEAD.size + length
        while place + 4 <= end:
            (entry,) = struct.unpack_from("<I", stream, place)
            number, count = entry & 0xFFFFF, entry >> 20
            for step, offset in enumerate(struct.unpack_from(f"<{count}I", stream, place + 4)):
                # What a newer edit said of an object holds.
                places.setdefault(number + step, offset)
            place += 4 + 4 * count
        edit = before
    return places


def _listed_texts(stream: bytes, places: dict[int, int]) -> dict[int, list[str]]:
    """Return the slides by their numbers as objects, in the order in which they are shown, each with its texts in the list of slides."""
    listed: dict[int, list[str]] = {}
    for offset in places.values():
        _, kind, length = HEAD.unpack_from(stream, offset)
        if kind != DOCUMENT:
            continue
        for begin, last in _within(stream, offset + HEAD.size, offset + HEAD.size + length, LIST_OF_TEXTS):
            version, _, _ = HEAD.unpack_from(stream, begin - HEAD.size)
            if version >> 4 != OF_SLIDES:
                continue
            texts: list[str] = []
            start = begin
            while start + HEAD.size <= last:
                _, kind, length = HEAD.unpack_from(stream, start)
                inner, start = start + HEAD.size, start + HEAD.size + length
                if kind == PLACE_IN_LIST:
                    texts = listed.setdefault(int.from_bytes(stream[inner : inner + 4], "little"), [])
                elif kind in {CHARACTERS, OCTETS} and (text := _text(kind, stream[inner : min(start, last)])):
                    texts.append(text)
    return listed


def _content(stream: bytes, places: dict[int, int], pictures: SlidePictures) -> DocumentContent:
    shown, beside = list[Block](), list[Block]()
    outlines: list[str] = []
    count = 0
    listed = _listed_texts(stream, places)
    in_order = [number for number in listed if number in places]
    # Each place once: of several numbers for one the first.
    numbers = {places[number]: number for number in reversed((*in_order, *sorted(places.keys() - listed.keys())))}
    for offset, number in reversed(numbers.items()):
        _, kind, length = HEAD.unpack_from(stream, offset)
        start, end = offset + HEAD.size, offset + HEAD.size + length
        if kind == SLIDE:
            count += 1
            hidden = _is_hidden(stream, start, end)
            target = beside if hidden else shown
            target.append(plain(f"Hidden slide {count}" if hidden else f"Slide {count}", 2))
            texts = [*_texts(stream, start, end)]
            target += [plain(text) for text in listed.get(number, ()) if text not in texts]
            target += [plain(text) for text in texts]
            target += [plain(f"[{PICTURE.format(picture)}]") for picture in pictures.of(start, end)]
            beside += [plain(f"[Comment on slide {count}{text}") for text in _comments(stream, start, end)]
        elif kind == NOTES and _is_of_a_slide(stream, start, end):
            beside += [plain(f"[Speaker's notes] {text}") for text in _texts(stream, start, end)]
        elif kind == DOCUMENT:
            outlines += _texts(stream, start, end, within=LIST_OF_TEXTS)
    said = {block.runs[0].text for block in shown if hasattr(block, "runs") and block.runs}
    # Words of titles and lists may stand in the list of all texts alone (2.4.14.3).
    missing = [text for text in outlines if text not in said and f"[Speaker's notes] {text}" not in said]
    if missing:
        shown.append(plain("Titles and lists", 2))
        shown += [plain(text) for text in missing]
    return DocumentContent(tuple(shown), tuple(beside))


def _texts(stream: bytes, start: int, end: int, within: int = 0, depth: int = 0) -> Iterator[str]:
    """Yield the texts of the records in a part of the stream; `within` records of one kind alone, if it is given."""
    count = 0
    end = min(end, len(stream))
    while start + HEAD.size <= end and count < MAX_RECORDS:
        count += 1
        version, kind, length = HEAD.unpack_from(stream, start)
        inner, last = start + HEAD.size, start + HEAD.size + length
        if kind in {COMMENT, TAGS}:
            pass
        elif version & 0xF == CONTAINER and depth < MAX_DEPTH:
            yield from _texts(stream, inner, last, 0 if kind == within else within, depth + 1)
        elif not within and kind in {CHARACTERS, OCTETS, STRING}:
            text = _text(kind, stream[inner : min(last, end)])
            if text and text != SLIDE_NUMBER:
                yield text
        start = last


def _text(kind: int, content: bytes) -> str:
    text = content.decode("latin-1") if kind == OCTETS else content.decode("utf-16-le", "replace")
    return text.replace("\r", "\n").replace("\x0b", "\n").strip("\x00\n ")


def _within(stream: bytes, start: int, end: int, wanted: int, depth: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where the content of each record of one kind begins and ends, in a part of the stream."""
    end = min(end, len(stream))
    while start + HEAD.size <= end:
        version, kind, length = HEAD.unpack_from(stream, start)
        inner, last = start + HEAD.size, start + HEAD.size + length
        if kind == wanted:
            yield inner, min(last, end)
        elif depth < MAX_DEPTH and (version & 0xF == CONTAINER or kind == TAG_DATA):
            yield from _within(stream, inner, min(last, end), wanted, depth + 1)
        start = last


def _is_of_a_slide(stream: bytes, start: int, end: int) -> bool:
    """Return whether notes belong to a slide, and are not the pattern of all notes (2.5.7)."""
    slides = (
        int.from_bytes(stream[inner : inner + 4], "little") for inner, _ in _within(stream, start, end, NOTES_ATOM)
    )
    return any(0 < slide < FIRST_PATTERN for slide in slides)


def _is_hidden(stream: bytes, start: int, end: int) -> bool:
    """Return whether a slide is left out when the slides are shown (2.6.6)."""
    for inner, last in _within(stream, start, end, SHOW_INFORMATION):
        if last - inner >= HIDDEN_AT + 2:
            return bool(int.from_bytes(stream[inner + HIDDEN_AT : inner + HIDDEN_AT + 2], "little") & HIDDEN_FLAG)
    return False


def _comments(stream: bytes, start: int, end: int) -> Iterator[str]:
    """Yield the comments on a slide: who wrote each, and its words (2.7.1)."""
    for place, last in _within(stream, start, end, COMMENT):
        inner = place
        said: dict[int, str] = {}
        while inner + HEAD.size <= last:
            version, kind, length = HEAD.unpack_from(stream, inner)
            if kind == STRING:
                said[version >> 4] = _text(kind, stream[inner + HEAD.size : inner + HEAD.size + length])
            inner += HEAD.size + length
        who = f" by {said[0]}" if said.get(0) else ""
        yield f"{who}] {said.get(1, '')}"
