"""Pseudonyms: what identifies a client in a text, replaced so that the text still tells its story."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.identifiers import find_identifiers

CASES: Final = frozenset({"CRN", "NOMS number", "PNC number", "CRO number"})


@dataclass
class Pseudonymiser:
    """Replaces identifiers, the same one always by the same pseudonym. `names` are the names of clients, case references too."""

    names: tuple[str, ...] = ()
    replaced: int = 0
    _known: dict[str, str] = field(default_factory=dict)

    def replace(self, text: str) -> str:
        """Return a text with what identifies a client replaced."""
        text = unicodedata.normalize("NFC", text)
        spans = sorted(self._spans(text), key=lambda span: (span[0], -span[1]))
        parts, place = [], 0
        for start, end, what in spans:
            if start < place:
                continue
            parts += [text[place:start], self._pseudonym(text[start:end], what)]
            place = end
            self.replaced += 1
        return "".join([*parts, text[place:]])

    def _spans(self, text: str) -> Iterable[tuple[int, int, str]]:
        for name in self.names:
            yield from ((found.start(), found.end(), "client") for found in _finds(name, text))
        for finding in find_identifiers(text):
            end = finding.start + len(text[finding.start : finding.end].rstrip())
            yield finding.start, end, finding.what

    def _pseudonym(self, value: str, what: str) -> str:
        if what != "client" and what not in CASES:
            return f"[{what} withheld]"
        key = " ".join(value.split()).casefold()
        if key not in self._known:
            self._known[key] = f"client {_letters(len(self._known))}"
        return self._known[key]


def _finds(name: str, text: str) -> Iterator[re.Match[str]]:
    """Yield where a name stands in a text that is in NFC, however its words are spaced or broken over lines."""
    words = unicodedata.normalize("NFC", name).split()
    if words:
        pattern = r"(?<!\w)" + r"\s+".join(re.escape(word) for word in words) + r"(?!\w)"
        yield from re.finditer(pattern, text, re.IGNORECASE)


def _letters(number: int) -> str:
    """Return A, B, … Z, AA, AB …."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def identifies_client(text: str, names: Iterable[str]) -> list[str]:
    """Return the sorts of what identifies somebody in a text."""
    text = unicodedata.normalize("NFC", text)
    found = {finding.what for finding in find_identifiers(text)}
    if any(True for name in names for _ in _finds(name, text)):
        found.add("client's name")
    return sorted(found)
