"""What stands in HTML, piece by piece: tags and words (HTML, section 13.2.5), in time that grows with its length.

Python's own parser takes time that grows with the square of some inputs, and stops at others. Nothing is rejected here: what is
no tag is words, and what is never closed hides nothing behind it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Final

RAW: Final = frozenset({"script", "style", "title", "textarea", "xmp", "noembed", "noframes"})
"""Elements whose content is text up to their end tag."""
CODED: Final = frozenset({"title", "textarea"})
"""Those of them in which character references count."""
UNCLOSED: Final = "unclosed"
"""What an element is called whose content would be text, and that is never closed."""

_NAME: Final = re.compile(r"[a-zA-Z][^\s/>\0]{0,60}")
_ATTRIBUTE: Final = re.compile(r"([^\s\"'<>/=\0]{1,100})(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>`]+)))?")
# Quotation marks are followed for so many characters; a longer tag ends at the first “>”.
_TAG_BODY: Final = re.compile(r"(?:[^>\"']|\"[^\"]*\"|'[^']*'){0,8192}")
# A reference with more digits than any character has: Python's own conversion of it is slow, or refused.
_HUGE_REFERENCE: Final = re.compile(r"&#(?:\d{8,}|[xX][0-9A-Fa-f]{7,});?")


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag: its name and attributes in lower case, of two with one name the first."""

    name: str
    given: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class End:
    """An end tag."""

    name: str


def html_events(html: str) -> Iterator[Start | End | str]:
    """Yield the tags of HTML and the words between them. Comments and declarations are left out."""
    scanner = _Scanner(html)
    while scanner.place < len(html):
        yield from scanner.step()


def decoded(text: str) -> str:
    """Return text with its character references as the characters that they stand for."""
    return unescape(_HUGE_REFERENCE.sub("\ufffd", text)) if "&" in text else text


class _Scanner:
    """One pass. What was sought to the end in vain is not sought again."""

    def __init__(self, html: str) -> None:
        self._html = html
        self._missing: set[str] = set()
        self.place = 0

    def step(self) -> Iterator[Start | End | str]:
        html, begin = self._html, self.place
        at = html.find("<", begin)
        if at < 0:
            self.place = len(html)
            yield decoded(html[begin:])
            return
        if at > begin:
            yield decoded(html[begin:at])
        self.place = at
        if html.startswith("<!--", at):
            self._pass("-->", at + 4)
        elif html.startswith("<![CDATA[", at):
            self._pass("]]>", at + 9)
        elif html.startswith(("<!", "<?"), at):
            self._pass(">", at + 2)
        elif html.startswith("</", at):
            yield from self._end_tag(at)
            return
        else:
            yield from self._start_tag(at)
            return
        if self.place == at:
            yield from self._sign(at)

    def _sign(self, at: int) -> Iterator[str]:
        self.place = at + 1
        yield "<"

    def _pass(self, end: str, after: int) -> None:
        """Pass over what ends in some characters; where they never come, stay."""
        found = self._find(end, after)
        if found >= 0:
            self.place = found + len(end)

    def _find(self, sought: str, after: int) -> int:
        if sought in self._missing:
            return -1
        found = self._html.find(sought, after)
        if found < 0:
            self._missing.add(sought)
        return found

    def _end_tag(self, at: int) -> Iterator[End | str]:
        name = _NAME.match(self._html, at + 2)
        end = self._find(">", at + 2)
        if name is None or end < 0:
            yield from self._sign(at)
            return
        self.place = end + 1
        yield End(name[0].lower())

    def _start_tag(self, at: int) -> Iterator[Start | str]:
        name = _NAME.match(self._html, at + 1)
        first_end = self._find(">", at + 1)
        if name is None or first_end < 0:
            yield from self._sign(at)
            return
        body = _TAG_BODY.match(self._html, name.end())
        end = body.end() if body is not None and self._html.startswith(">", body.end()) else first_end
        self.place = end + 1
        spelled = name[0].lower()
        inner_end = self._raw_end(spelled) if spelled in RAW else None
        # One that is never closed is none: text that is shown in error is better than text that is hidden in error.
        spelled = UNCLOSED if spelled in RAW and inner_end is None else spelled
        yield Start(spelled, _attributes(self._html[name.end() : end]))
        if inner_end is not None:
            yield from self._raw(spelled, inner_end)

    def _raw_end(self, name: str) -> re.Match[str] | None:
        sought = f"</{name}"
        if sought in self._missing:
            return None
        end = re.compile(re.escape(sought) + r"(?=[\s/>])", re.IGNORECASE).search(self._html, self.place)
        if end is None:
            self._missing.add(sought)
        return end

    def _raw(self, name: str, end: re.Match[str]) -> Iterator[str]:
        """Yield what stands in an element whose content is text, up to its end tag."""
        text = self._html[self.place : end.start()]
        self.place = end.start()
        yield decoded(text) if name in CODED else text


def _attributes(text: str) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text):
        given.setdefault(name.lower(), decoded(double or single or bare))
    return given
