"""Rich text (.rtf): its words, with what is hidden, changed, noted or commented (Rich Text Format Specification 1.9.1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from evidence_app.documents.office.containers.zip_parts import BROKEN, TOO_LARGE
from evidence_app.documents.office.content import (
    Block,
    CannotRead,
    Cell,
    Change,
    ContentTable,
    DocumentContent,
    Paragraph,
    Run,
)
from evidence_app.documents.office.embedded.rich_text_files import PICTURES, RichTextFiles
from evidence_app.documents.office.markup.rich_text_fields import NUMBERS, RichTextFields
from evidence_app.documents.office.markup.rich_text_letters import FontLetters, lacks_a_byte
from evidence_app.documents.office.markup.rich_text_words import (
    BESIDE,
    CHANGES,
    CODE_OF_FIELD,
    DATA,
    ENTRY_OF_FIELD,
    ESCAPED,
    FIRST,
    FOLLOWED,
    INFO,
    MAX_PROPERTY,
    NAME_OF_PROPERTY,
    PICTURE_OF_SHAPE,
    SIGNS,
    SILENT,
    TEXTS,
    TOKEN,
)

MAX_BYTES: Final = 64 * 1024 * 1024
MAX_DEPTH: Final = 1_000
FIELDS: Final = frozenset({"field", "fldrslt", CODE_OF_FIELD, ENTRY_OF_FIELD})
"""Control words of a field and its parts."""


@dataclass(frozen=True, slots=True)
class _GroupState:
    """What holds in a group."""

    silent: bool = False
    target: str = ""
    changes: frozenset[Change] = frozenset()
    skip: int = 1
    font: int = 0
    data: str = ""
    """The control word of a picture or object whose data stand in the group itself."""

    @property
    def change(self) -> Change:
        """What was done to the words; of several things the one that takes them off the page."""
        return next((each for each in FIRST if each in self.changes), Change.NONE)


@dataclass(slots=True)
class _Reading:
    """What was read so far. Words go to the paragraph of the group they stand in: the page's, a note's, or a property's."""

    blocks: list[Block] = field(default_factory=list)
    beside: list[Block] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    runs: dict[str, list[Run]] = field(default_factory=dict)
    cells: list[Cell] = field(default_factory=list)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)


def rich_text_content(untrusted: bytes) -> DocumentContent:
    """Return what a rich text says.

    Raises:
        CannotRead: it is no rich text, or too large.
    """
    if not untrusted.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
        raise CannotRead(BROKEN)
    if len(untrusted) > MAX_BYTES:
        raise CannotRead(TOO_LARGE)
    return _RichTextReader().content(untrusted)


class _RichTextReader:
    def __init__(self) -> None:
        self.read = _Reading()
        self.state = _GroupState()
        self.stack: list[_GroupState] = []
        self._left_to_skip = 0
        self._optional = False
        self._letters = FontLetters()
        self._files = RichTextFiles()
        self._property = bytearray()
        self._fields = RichTextFields()
        self._high = 0
        self._in_table = False

    def content(self, untrusted: bytes) -> DocumentContent:
        place = 0
        while place < len(untrusted):
            token = TOKEN.match(untrusted, place)
            if token is None:
                place += 1
                continue
            place = token.end()
            if token[1] == b"bin":
                length = max(0, int(token[2] or 0))
                if self.state.data:
                    self._files.add_bytes(untrusted[place : place + length])
                place += length
                continue
            self._token(token)
        self._in_table = False
        self.state = _GroupState()
        self._end_paragraph()
        self._end_table()
        read = self.read
        files = self._files
        return DocumentContent(
            tuple(read.blocks), tuple(read.beside), files.files, tuple(read.properties), files.remarks
        )

    def _token(self, token: re.Match[bytes]) -> None:
        word, number, octet, sign, brace, text = token.groups()
        if octet is not None:
            if not self.state.data and not self._skipped():
                self.read.pending.append(int(octet, 16))
            return
        if text and self.read.pending and not self._left_to_skip and lacks_a_byte(self.read.pending, self._encoding()):
            # RichEdit writes the second byte of a letter as it is, where it is one of ASCII.
            self.read.pending += text[:1]
            text = text[1:]
        self._flush()
        if brace is not None or word is not None:
            # What older programs show instead of a character ends with the group, and a control word counts as one.
            self._left_to_skip = 0
        if brace == b"{":
            if len(self.stack) > MAX_DEPTH:
                raise CannotRead(TOO_LARGE)
            self.stack.append(self.state)
            # The code of a field goes on in the groups within it.
            self.state = replace(self.state, data=CODE_OF_FIELD if self.state.data == CODE_OF_FIELD else "")
            self._optional = False
        elif brace == b"}":
            self._leave()
        elif word is not None:
            self._word(word.decode("ascii"), int(number) if number is not None else None)
        else:
            self._words(sign, text)

    def _words(self, sign: bytes | None, text: bytes | None) -> None:
        """Take in an escaped sign, or words as they stand."""
        if self.state.data:
            self._take(text or (sign if self.state.data in TEXTS else b"") or b"")
            return
        if sign == b"*":
            self._optional = True
        elif sign is not None and not self._skipped():
            self._say(ESCAPED.get(sign, ""))
        for character in (text or b"").decode(self._encoding(), "replace"):
            if not self._skipped():
                self._say(character)

    def _take(self, text: bytes) -> None:
        """Take in what stands in a group of data: digits, or the name of a property."""
        if self.state.data == NAME_OF_PROPERTY:
            if len(self._property) < MAX_PROPERTY:
                self._property += text
        elif self.state.data == CODE_OF_FIELD:
            self._fields.add_code(text)
        elif self.state.data == ENTRY_OF_FIELD:
            self._fields.add_entry(text)
        else:
            self._files.add_digits(text)

    def _leave(self) -> None:
        ended = self.state
        self.state = self.stack.pop() if self.stack else _GroupState()
        if ended.target and ended.target != self.state.target:
            self._end_target(ended.target)
        if ended.data == CODE_OF_FIELD and self.state.data != CODE_OF_FIELD:
            self._say(self._fields.end_code())
        elif ended.data == ENTRY_OF_FIELD:
            self._fields.end_entry()
        elif ended.data and ended.data not in TEXTS:
            self._say(self._files.end(ended.data), ended.change)

    def _word(self, word: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        state = self.state
        if word == "u" and number is not None:
            self._say_code(number % 65_536)
            self._left_to_skip = state.skip
        elif word == "uc" and number is not None:
            self.state = replace(state, skip=max(0, number))
        elif word == "f" and number is not None:
            self._letters.name_font(number)
            self.state = replace(state, font=number)
        elif self._letters.follow(word, number):
            self.state = replace(state, font=self._letters.font) if word == "deff" else state
        elif word in SILENT:
            self.state = replace(state, silent=True)
        elif word in DATA or word in PICTURES:
            self._begin_data(word)
        elif word in {NAME_OF_PROPERTY, "sv"}:
            self._follow_property(word)
        elif word in NUMBERS or word in FIELDS:
            self._follow_field(word, number)
        elif word in BESIDE:
            self.state = replace(state, target=f"{word} {len(self.read.beside)}", silent=False)
        elif word in INFO:
            self.state = replace(state, target=word, silent=False)
        elif word == "info" or (optional and word not in FOLLOWED):
            self.state = replace(state, silent=True)
        else:
            self._set(word, number)

    def _begin_data(self, word: str) -> None:
        """Begin a group of data, or say of one that has begun what it holds."""
        if word in DATA and not self.state.silent:
            self._files.begin()
            self.state = replace(self.state, data=word)
        elif self.state.data:
            self.state = replace(self.state, data=word)

    def _follow_field(self, word: str, number: int | None) -> None:
        """Follow a field: where its code shows something, its result says the same again."""
        self._fields.follow(word, number)
        if word == "field":
            self._fields.begin()
        elif word == "fldrslt":
            self.state = replace(self.state, silent=self.state.silent or self._fields.is_shown)
        elif word in TEXTS:
            self.state = replace(self.state, silent=True, data=word)

    def _follow_property(self, word: str) -> None:
        """Follow the name of a shape's property, or its value, which holds nothing to read but for the picture of the shape."""
        if word == NAME_OF_PROPERTY:
            self._property.clear()
            self.state = replace(self.state, silent=True, data=word)
        else:
            is_picture = self._property.strip() == PICTURE_OF_SHAPE
            self.state = replace(self.state, silent=self.state.silent or not is_picture)

    def _set(self, word: str, number: int | None) -> None:
        """Follow a control word that says how words are set."""
        on = number != 0
        if word in SIGNS:
            self._say(SIGNS[word])
        elif word in {"par", "sect", "page"}:
            # Within a group without words, such as what older programs show of a shape, no paragraph ends.
            if not self.state.silent:
                self._end_paragraph()
        elif word == "pard":
            self._in_table = False
        elif word in {"intbl", "itap"}:
            self._in_table = on
        elif word in {"cell", "nestcell"}:
            self.read.cells.append(_without_end(self.read.runs.pop("", ())))
        elif word in {"row", "nestrow"}:
            self.read.rows.append(tuple(self.read.cells))
            self.read.cells = []
        elif word in CHANGES:
            changes = self.state.changes
            self.state = replace(self.state, changes=changes | {CHANGES[word]} if on else changes - {CHANGES[word]})
        elif word == "plain":
            self.state = replace(self.state, changes=frozenset(), font=self._letters.font)

    def _say_code(self, code: int) -> None:
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000 and self._high:
            self._say(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        elif not 0xD800 <= code < 0xE000:
            # Symbol fonts use a private area for the codes of Windows.
            self._say(chr(code))

    def _say(self, text: str, change: Change | None = None) -> None:
        """Take in words; what was done to them is what the group says, unless `change` says it."""
        if text and not self.state.silent:
            done = self.state.change if change is None else change
            self.read.runs.setdefault(self.state.target, []).append(Run(text, done))

    def _skipped(self) -> bool:
        """Whether a character is what older programs show instead of the one before it."""
        if self._left_to_skip:
            self._left_to_skip -= 1
            return True
        return False

    def _flush(self) -> None:
        if self.read.pending:
            self._say(self.read.pending.decode(self._encoding(), "replace"))
            self.read.pending.clear()

    def _encoding(self) -> str:
        return self._letters.encoding(self.state.font)

    def _end_paragraph(self) -> None:
        if self.state.target or self._in_table:
            # A note, or a cell: its paragraphs are lines.
            self._say("\n")
            return
        runs = self.read.runs.pop("", None)
        self._end_table()
        if runs is not None or not self.read.rows:
            self.read.blocks.append(Paragraph(tuple(runs or ())))

    def _end_table(self) -> None:
        if self.read.cells:
            self.read.rows.append(tuple(self.read.cells))
            self.read.cells = []
        if self.read.rows:
            self.read.blocks.append(ContentTable(tuple(self.read.rows)))
            self.read.rows = []

    def _end_target(self, target: str) -> None:
        runs = self.read.runs.pop(target, [])
        text = "".join(run.text for run in runs).strip()
        if target in INFO:
            self.read.properties += [(INFO[target], text)] if text else []
        elif text:
            word = target.split(maxsplit=1)[0]
            number = len(self.read.beside) + 1
            label = BESIDE[word] if word.startswith(("header", "footer")) else f"{BESIDE[word]} {number}"
            self.read.beside.append(Paragraph((Run(f"[{label}] "), *runs)))
            if word in {"footnote", "annotation"}:
                self._say(f"[{BESIDE[word].lower()} {number}]")


def _without_end(runs: Sequence[Run]) -> Cell:
    """Return the runs of a cell without the line's end before its sign."""
    found = list(runs)
    while found and found[-1].text == "\n":
        found.pop()
    return tuple(found)
