"""Pseudonyms: what identifies a client in a text, replaced so that the text still tells its story."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, NamedTuple

from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import PATTERNS, find_identifiers, without_digests

MIN_LETTERS, LETTERS = 26, 676
"""Scattered pseudonyms are AA to ZZ, and longer where there are more."""
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

    `names` are the names of clients, case references too; `kept` are identifiers, in capitals, that stay as they are. Without a `seed` the
    pseudonyms are A, B, C in the order in which they are needed; with one their letters follow from it and from what they stand for, in whatever
    order that comes up.
    """

    names: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()
    seed: int | None = None
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
        for start, end, what in sorted(self._found(text), key=lambda span: (span[0], -span[1])):
            if (not addresses and what == "e-mail address") or fold(text[start:end]).text.upper() in self.kept:
                continue
            if found and start < found[-1].end:
                # What overlaps is one thing: nothing of either is shown.
                found[-1] = found[-1]._replace(end=max(end, found[-1].end))
            else:
                found.append(Span(start, end, self._pseudonym(text[start:end], what), what))
        return found

    def _found(self, text: str) -> Iterable[tuple[int, int, str]]:
        for name in self.names:
            what = next((sort for sort in CASES if PATTERNS[sort].fullmatch(name)), CLIENT)
            yield from ((start, end, what) for start, end in find_words(name, text))
        for finding in find_identifiers(text):
            end = finding.start + len(text[finding.start : finding.end].rstrip())
            yield finding.start, end, finding.what

    def _pseudonym(self, value: str, what: str) -> str:
        if what != CLIENT and what not in CASES:
            return f"[{what} withheld]"
        key = unicodedata.normalize("NFC", fold(value).text.strip()).casefold()
        if key not in self._known:
            self._known[key] = self._new(key)
            self._spelled[self._known[key]] = fold(value).text.strip()
        return self._known[key]

    def _new(self, key: str) -> str:
        if self.seed is None:
            return f"client {_letters(len(self._known))}"
        number = int.from_bytes(sha256(f"{self.seed}:{key}".encode()).digest()[:4], "big")
        taken = set(self._known.values())
        while (label := f"client {_letters(MIN_LETTERS + number % LETTERS)}") in taken:
            number += 1
            if len(taken) >= LETTERS:
                return f"client {_letters(MIN_LETTERS + LETTERS + len(taken))}"
        return label


def find_words(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand in a text, however they are spaced or broken over lines and their accents are spelled."""
    words = fold(name).text.split()
    if words:
        folded = fold(text)
        pattern = r"(?<![^\W_])" + r"\s+".join(_either_way(word) for word in words) + r"(?![^\W_])"
        for match in re.finditer(pattern, without_digests(folded.text), re.IGNORECASE):
            yield folded.span(match.start(), match.end())


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
