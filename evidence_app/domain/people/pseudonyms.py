"""Pseudonyms: identifiers of clients in a text are replaced, the same one always by the same pseudonym."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Final, NamedTuple

from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import PATTERNS, find_identifiers
from evidence_app.domain.text.name_matching import Form, find_forms, find_person, forms_of_person, letters_of

MIN_LETTERS, LETTERS = 26, 676
"""Pseudonyms with a seed are AA to ZZ: numbers from 26, of which there are 676. Further ones have three letters."""
CLIENT: Final = "client's name"
"""The type of a span that is a client's name."""
CASES: Final = ("CRN", "NOMS number", "PNC number", "CRO number")
"""The types of identifiers that name a client, and get a pseudonym as a name does."""


class Occurrence(NamedTuple):
    """Where in a text something identifies somebody: from `start` to `end`, the `value` that counts for its pseudonym, and what kind of thing it is."""

    start: int
    end: int
    value: str
    what: str


@dataclass(frozen=True, slots=True)
class IdentifierFinder:
    """Finds what identifies a client in a text. It remembers nothing.

    `names` are the names of clients, case references too; `kept` are identifiers, in capitals, that stay as they are.
    """

    names: tuple[str, ...] = ()
    kept: frozenset[str] = frozenset()
    _forms: tuple[tuple[str, str, tuple[Form, ...]], ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        """Work out the forms of the names once: there may be many texts."""
        kinds = (
            (name, next((kind for kind in CASES if PATTERNS[kind].fullmatch(name)), CLIENT)) for name in self.names
        )
        object.__setattr__(self, "_forms", tuple((name, what, forms_of_person(name)) for name, what in kinds))

    def find(self, text: str, *, addresses: bool = True) -> tuple[Occurrence, ...]:
        """Return where something stands that identifies a client, in order and without overlaps; with `addresses` e-mail addresses too."""
        found: list[Occurrence] = []
        for start, end, value, what in sorted(self._all(text), key=lambda each: (each.start, -each.end)):
            if (not addresses and what == "e-mail address") or fold(value).text.upper() in self.kept:
                continue
            if found and start < found[-1].end:
                # Overlapping identifiers are one span, so that no part of either is shown.
                found[-1] = found[-1]._replace(end=max(end, found[-1].end))
            else:
                found.append(Occurrence(start, end, value, what))
        return tuple(found)

    def _all(self, text: str) -> Iterable[Occurrence]:
        read = letters_of(text)
        for name, what, forms in self._forms:
            # However it is written, a name is the one that was set: all forms of it have one pseudonym.
            yield from (Occurrence(start, end, name, what) for start, end in find_forms(forms, read))
        for finding in find_identifiers(text):
            # A pattern may end in white space, which stays in the text.
            value = text[finding.start : finding.end].rstrip()
            yield Occurrence(finding.start, finding.start + len(value), value, finding.what)


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Which pseudonym stands for which value. Immutable: giving one returns the extended mapping.

    Without a `seed` the pseudonyms are A, B, C in the order in which they are given; with one their letters follow from it and from the value, and
    the order decides only between two values that would have the same letters. `given` maps a value, folded for comparison, to its pseudonym;
    `values` maps a pseudonym to the value as it was first written.
    """

    seed: int | None = None
    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def give(self, value: str, what: str) -> tuple[str, "Pseudonyms"]:
        """Return what stands in a value's place, and the mapping that holds it."""
        if what != CLIENT and what not in CASES:
            return f"[{what} withheld]", self
        written = fold(value).text.strip()
        key = unicodedata.normalize("NFC", written).casefold()
        if key in self.given:
            return self.given[key], self
        label = self._new(key)
        given, values = {**self.given, key: label}, {**self.values, label: written}
        return label, replace(self, given=MappingProxyType(given), values=MappingProxyType(values))

    def _new(self, key: str) -> str:
        if self.seed is None:
            return f"client {_letters(len(self.given))}"
        number = int.from_bytes(sha256(f"{self.seed}:{key}".encode()).digest()[:4], "big")
        taken = set(self.given.values())
        while (label := f"client {_letters(MIN_LETTERS + number % LETTERS)}") in taken:
            number += 1
            if len(taken) >= LETTERS:
                return f"client {_letters(MIN_LETTERS + LETTERS + len(taken))}"
        return label


class Pseudonymiser:
    """Replaces identifiers in one text after another, the same identifier always by the same pseudonym. `replaced` counts them."""

    def __init__(self, names: tuple[str, ...] = (), kept: frozenset[str] = frozenset()) -> None:
        self._finder = IdentifierFinder(names, kept)
        self._pseudonyms = Pseudonyms()
        self.replaced = 0

    def replace(self, text: str, *, addresses: bool = True) -> str:
        """Return a text with what identifies a client replaced; with `addresses` e-mail addresses too."""
        parts, offset = [], 0
        for start, end, value, what in self._finder.find(text, addresses=addresses):
            label, self._pseudonyms = self._pseudonyms.give(value, what)
            parts += [text[offset:start], label]
            offset = end
            self.replaced += 1
        return "".join([*parts, text[offset:]])


def _letters(number: int) -> str:
    """Return the letters of a number, from 0: A, B, … Z, AA, AB …."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def identifies_client(text: str, names: Iterable[str]) -> list[str]:
    """Return the types of identifiers and names in a text, in alphabetical order."""
    types = {finding.what for finding in find_identifiers(text)}
    if any(True for name in names for _ in find_person(name, text)):
        types.add(CLIENT)
    return sorted(types)
