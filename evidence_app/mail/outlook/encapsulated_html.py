"""HTML or plain text that is wrapped in rich text, taken out as it was ([MS-OXRTFEX])."""

import re
from typing import Final

from evidence_app.documents.office.markup.rich_text_letters import FontLetters, lacks_a_byte
from evidence_app.documents.office.markup.rich_text_words import ESCAPED, SIGNS, TOKEN

_WRAPS_HTML: Final = re.compile(rb"\\fromhtml1\b")
_WRAPS_TEXT: Final = re.compile(rb"\\fromtext\b")
_HEAD: Final = 2_048
"""Bytes at the start of the rich text in which \\fromhtml stands ([MS-OXRTFEX] 2.1.3.1: among the first ten tokens)."""
_LEFT_OUT: Final = frozenset({"fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "mhtmltag", "generator"})
"""Destinations whose text is none of the page."""
_LINES: Final = {"par": "\n", "line": "\n", "tab": "\t"}
MAX_DEPTH: Final = 1_000


def text_within(rich_text: bytes) -> str:
    """Return the plain text that a rich text wraps, or "" where it wraps none."""
    return _Unwrapping().text(rich_text) if _WRAPS_TEXT.search(rich_text[:_HEAD]) else ""


def html_within(rich_text: bytes) -> str:
    """Return the HTML that a rich text wraps, or "" where it wraps none."""
    return _Unwrapping().text(rich_text) if _WRAPS_HTML.search(rich_text[:_HEAD]) else ""


class _Unwrapping:
    """One pass over the tokens. A group is out of the page where a destination is, or where the word htmlrtf says so."""

    def __init__(self) -> None:
        self._out: list[str] = []
        self._pending = b""
        self._letters = FontLetters()
        self._to_skip = 0
        self._optional = False
        # Of the group that is open: whether it is left out, whether \htmlrtf is on, characters after \u, the font.
        self._group = (False, False, 1, 0)
        self._outer: list[tuple[bool, bool, int, int]] = []

    def text(self, rich_text: bytes) -> str:
        place = 0
        while place < len(rich_text):
            token = TOKEN.match(rich_text, place)
            if token is None:
                place += 1
                continue
            place = token.end()
            if token[1] == b"bin":
                place += max(0, int(token[2] or 0))
                continue
            self._take(token)
        self._flush()
        # A sign beyond the first plane is written as two halves, each with a \\u of its own.
        return "".join(self._out).encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def _take(self, token: re.Match[bytes]) -> None:
        word, number, octet, sign, brace, text = token.groups()
        if octet is not None:
            if not self._skipped():
                self._pending += bytes([int(octet, 16)])
            return
        text = self._completed(text)
        self._flush()
        if brace is not None:
            self._enter_or_leave(brace)
        elif word is not None:
            self._word(word.decode("ascii"), int(number) if number is not None else None)
            return
        elif sign == b"*":
            self._optional = True
            return
        elif sign is not None and not self._skipped():
            self._say(ESCAPED.get(sign, ""))
        elif text is not None:
            for character in text.decode(self._encoding(), "replace"):
                if not self._skipped():
                    self._say(character)
        self._optional = False

    def _completed(self, text: bytes | None) -> bytes | None:
        """Return words without the byte that completes a letter before them: RichEdit writes it as it is, where it is one of ASCII."""
        if text and self._pending and not self._to_skip and lacks_a_byte(self._pending, self._encoding()):
            self._pending += text[:1]
            return text[1:]
        return text

    def _enter_or_leave(self, brace: bytes) -> None:
        self._to_skip = 0
        if brace == b"{":
            self._outer = self._outer[-MAX_DEPTH:]
            self._outer.append(self._group)
        else:
            self._group = self._outer.pop() if self._outer else (False, False, 1, 0)

    def _word(self, word: str, number: int | None) -> None:
        optional, self._optional = self._optional, False
        left_out, silenced, skip, font = self._group
        if word == "htmltag" and optional:
            # What stands in it is the page itself, wherever it stands.
            self._group = (left_out, False, skip, font)
        elif word == "htmlrtf":
            self._group = (left_out, number != 0, skip, font)
        elif word in _LEFT_OUT or optional:
            self._group = (True, silenced, skip, font)
        elif word == "f" and number is not None:
            self._letters.name_font(number)
            self._group = (left_out, silenced, skip, number)
        elif self._letters.follow(word, number) or word == "plain":
            self._group = (left_out, silenced, skip, self._letters.font if word in {"deff", "plain"} else font)
        elif word == "uc" and number is not None:
            self._group = (left_out, silenced, max(0, number), font)
        elif word == "u" and number is not None:
            code = number % 65_536
            self._say(chr(code))
            self._to_skip = skip
        else:
            self._say(_LINES.get(word) or SIGNS.get(word, ""))

    def _say(self, text: str) -> None:
        left_out, silenced, _, _ = self._group
        if text and not left_out and not silenced:
            self._out.append(text)

    def _skipped(self) -> bool:
        if self._to_skip:
            self._to_skip -= 1
            return True
        return False

    def _flush(self) -> None:
        if self._pending:
            self._say(self._pending.decode(self._encoding(), "replace"))
            self._pending = b""

    def _encoding(self) -> str:
        return self._letters.encoding(self._group[3])
