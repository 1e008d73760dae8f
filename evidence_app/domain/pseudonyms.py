"""Pseudonyms: what identifies a client in a text, replaced so that the text still tells its story."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from evidence_app.domain.identifiers import PATTERNS, find_identifiers

CLIENT: Final = "client's name"
CASES: Final = ("CRN", "NOMS number", "PNC number", "CRO number")


class Span(NamedTuple):
    """Where in a text something identifies somebody: what stands in its place, and what sort of thing it is."""

    start: int
    end: int
    label: str
    what: str


@dataclass
class Pseudonymiser:
    """Replaces identifiers, the same one always by the same pseudonym.

    `names` are the names of clients, case references too; `kept` are identifiers, in capitals, that stay as they are. `first` is the
    place in the alphabet (0 is A, 26 is AA) at which the pseudonyms begin.
    """

    names: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()
    first: int = 0
    replaced: int = 0
    _known: dict[str, str] = field(default_factory=dict)
    _spelled: dict[str, str] = field(default_factory=dict)

    def replace(self, text: str, *, addresses: bool = True) -> str:
        """Return a text with what identifies a client replaced; with `addresses` e-mail addresses too."""
        parts, place = [], 0
        for start, end, label, _ in self.spans(text, addresses=addresses):
            parts += [text[place:start], label]
            place = end
            self.replaced += 1
        return "".join([*parts, text[place:]])

    def key(self) -> list[tuple[str, str]]:
        """Return each pseudonym that was given, with what it stands for."""
        return list(self._spelled.items())

    def spans(self, text: str, *, addresses: bool = True) -> list[Span]:
        """Return where something stands that identifies a client, in order, each with its pseudonym."""
        found: list[Span] = []
        place = 0
        for start, end, what in sorted(self._found(text), key=lambda span: (span[0], -span[1])):
            wanted = (addresses or what != "e-mail address") and text[start:end].upper() not in self.kept
            if start >= place and wanted:
                found.append(Span(start, end, self._pseudonym(text[start:end], what), what))
                place = end
        return found

    def _found(self, text: str) -> Iterable[tuple[int, int, str]]:
        for name in self.names:
            what = next((sort for sort in CASES if PATTERNS[sort].fullmatch(name)), CLIENT)
            yield from ((found.start(), found.end(), what) for found in find_words(name, text))
        for finding in find_identifiers(text):
            end = finding.start + len(text[finding.start : finding.end].rstrip())
            yield finding.start, end, finding.what

    def _pseudonym(self, value: str, what: str) -> str:
        if what != CLIENT and what not in CASES:
            return f"[{what} withheld]"
        key = unicodedata.normalize("NFC", " ".join(value.split())).casefold()
        if key not in self._known:
            self._known[key] = f"client {_letters(self.first + len(self._known))}"
            self._spelled[self._known[key]] = " ".join(value.split())
        return self._known[key]


def find_words(name: str, text: str) -> Iterator[re.Match[str]]:
    """Yield where words stand in a text, however its words are spaced or broken over lines and its accents are spelled."""
    words = name.split()
    if words:
        pattern = r"(?<!\w)" + r"\s+".join(_either_way(word) for word in words) + r"(?!\w)"
        yield from re.finditer(pattern, text, re.IGNORECASE)


def _either_way(word: str) -> str:
    """Return a pattern for a word with accents in one character or in two."""
    spelled = dict.fromkeys(re.escape(unicodedata.normalize(form, word)) for form in ("NFC", "NFD"))
    return f"(?:{'|'.join(spelled)})"


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
    found = {finding.what for finding in find_identifiers(text)}
    if any(True for name in names for _ in find_words(name, text)):
        found.add(CLIENT)
    return sorted(found)
