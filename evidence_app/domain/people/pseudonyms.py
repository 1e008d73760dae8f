"""Pseudonyms: identifiers of clients in a text are replaced, the same one always by the same pseudonym."""

import hmac
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from types import MappingProxyType
from typing import Final, NamedTuple

from evidence_app.domain.people.identities import CLIENT_ROLE, Identity
from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import BEGIN, END, PATTERNS, bare, find_identifiers
from evidence_app.domain.text.misread_numbers import find_known, find_misread
from evidence_app.domain.text.name_matching import (
    Form,
    Letters,
    find_forms,
    forms_of_person,
    letters_of,
)
from evidence_app.domain.text.near_names import NearWords, find_run_together

AWKWARD: Final = frozenset({"BJ", "BO", "FK", "FU", "KK", "SS", "VD", "WC"})
"""Letters by which nobody is called: they mean something else."""
MIN_LETTERS, LETTERS = 26, 676
"""Pseudonyms with a seed are AA to ZZ: numbers from 26, of which there are 676. Further ones have three letters."""
MAX_SHORT: Final = 5
"""Letters up to which a name of one word needs its capital: Rose and May, Hope and Mark are words too."""
CLIENT: Final = "client's name"
"""The type of a span that is a client's name."""
CASES: Final = ("CRN", "NOMS number", "PNC number", "CRO number")
"""The types of identifiers that name a client, and get a pseudonym as a name does."""


class Occurrence(NamedTuple):
    """Where in a text something identifies somebody: from `start` to `end`, the `value` that counts for its pseudonym, what kind of thing it is,
    the role of whom it is about, and whether it is only nearly a name.
    """

    start: int
    end: int
    value: str
    what: str
    role: str = CLIENT_ROLE
    near: bool = False


@dataclass(frozen=True, slots=True)
class IdentifierFinder:
    """Finds what identifies a client in a text. It remembers nothing.

    `people` are those who are withheld; `kept` are identifiers, in capitals, that stay as they are; `shown` are words that may be shown, in small letters,
    even where they are nearly a name; `ordinary` tells everyday words, in small letters, which are asked about and not withheld where they are
    nearly a name.
    """

    people: tuple[Identity, ...] = ()
    kept: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()
    ordinary: Callable[[str], bool] = lambda _word: False
    _forms: tuple[tuple[Identity, str, tuple[Form, ...]], ...] = field(
        init=False, repr=False, compare=False, default=()
    )
    _numbers: tuple[tuple[Identity, str, re.Pattern[str]], ...] = field(
        init=False, repr=False, compare=False, default=()
    )
    _near: tuple[tuple[Identity, NearWords], ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        """Work out the forms of the names once: there may be many texts."""
        forms = [
            (each, _kind_of(words), _forms_of(words)) for each in self.people for words in each.words if words.strip()
        ]
        near = [
            (each, NearWords(tuple(words for words in each.words if _kind_of(words) == CLIENT))) for each in self.people
        ]
        numbers = [
            (each, what, _spaced_out(words))
            for each in self.people
            for words in each.words
            if (what := _kind_of(words)) != CLIENT
        ]
        object.__setattr__(self, "_forms", tuple(forms))
        object.__setattr__(self, "_numbers", tuple(numbers))
        object.__setattr__(self, "_near", tuple(near))

    def find(self, text: str, *, addresses: bool = True, near: bool = False) -> tuple[Occurrence, ...]:
        """Return where something stands that identifies somebody, in order and without overlaps; with `addresses` e-mail addresses too.

        With `near`, for words that were recognised on a picture, what is nearly a name is one, unless it is an everyday word.
        """
        found: list[Occurrence] = []
        for occurrence in sorted(self._all(text, near=near), key=lambda each: (each.start, -each.end)):
            if (not addresses and occurrence.what == "e-mail address") or self._is_kept(occurrence):
                continue
            if found and occurrence.start < found[-1].end:
                # Overlapping identifiers are one span, so that no part of either is shown.
                found[-1] = found[-1]._replace(end=max(occurrence.end, found[-1].end))
            else:
                found.append(occurrence)
        return tuple(found)

    def _is_kept(self, occurrence: Occurrence) -> bool:
        value = fold(occurrence.value).text.upper()
        return value in self.kept or (occurrence.what in CASES and bare(value) in self.kept)

    def find_near(self, text: str) -> Iterator[Occurrence]:
        """Yield what is nearly the name of somebody who is withheld; nothing that may be shown, and no name as it is set."""
        yield from self._unsure(text, NearWords.find)

    def find_surnames(self, text: str) -> Iterator[Occurrence]:
        """Yield the surname alone, or title and initial, of somebody who is withheld; nothing that may be shown."""
        yield from self._unsure(text, NearWords.find_surnames)

    def find_small(self, text: str) -> Iterator[Occurrence]:
        """Yield words of names where they stand in small letters: they may be words, such as may, hope or rose."""
        yield from self._unsure(text, NearWords.find_small)

    def _unsure(
        self, text: str, find: Callable[[NearWords, Letters], Iterator[tuple[int, int]]]
    ) -> Iterator[Occurrence]:
        read = letters_of(text)
        for person, words in self._near:
            for start, end in find(words, read):
                # A line's end in a name that may be shown makes no difference.
                if " ".join(text[start:end].split()).casefold() not in self.shown:
                    yield Occurrence(start, end, person.name, CLIENT, person.role)

    def _all(self, text: str, *, near: bool) -> Iterator[Occurrence]:
        read = letters_of(text)
        for person, what, forms in self._forms:
            # However it is written, a name is the one that was set: everything that somebody is called has one pseudonym.
            yield from (
                Occurrence(start, end, person.name, what, person.role) for start, end in find_forms(forms, read)
            )
        for person in self.people:
            spots = find_run_together(person.words, read)
            yield from (Occurrence(start, end, person.name, CLIENT, person.role) for start, end in spots)
        if near:
            yield from (
                each._replace(near=True)
                for each in self.find_near(text)
                if not all(self.ordinary(word) for word in text[each.start : each.end].casefold().split())
            )
            yield from self._misread(text)
        yield from self._spaced(text)
        for finding in find_identifiers(text):
            # A pattern may end in white space, which stays in the text.
            written = text[finding.start : finding.end].rstrip()
            end = finding.start + len(written)
            owner = self._owner_of(written) if finding.what == "e-mail address" else None
            if owner is not None:
                yield Occurrence(finding.start, end, owner.name, CLIENT, owner.role)
            elif finding.what in CASES:
                yield self._case_number(finding.start, end, bare(written), finding.what)
            else:
                yield Occurrence(finding.start, end, written, finding.what)

    def _case_number(self, start: int, end: int, number: str, what: str, *, near: bool = False) -> Occurrence:
        """Return a case number under the name of whom it belongs to, if that is known: however it is spaced, it has one pseudonym."""
        owner = self._owner_of_number(number)
        if owner is not None:
            return Occurrence(start, end, owner.name, what, owner.role, near)
        return Occurrence(start, end, number, what, near=near)

    def _spaced(self, text: str) -> Iterator[Occurrence]:
        """Yield the case numbers that are set, with whatever people put between their figures."""
        for person, what, words in self._numbers:
            for match in words.finditer(text):
                yield Occurrence(*match.span(), person.name, what, person.role)

    def _misread(self, text: str) -> Iterator[Occurrence]:
        """Yield numbers that recognition has misread, each under the value that it had on the paper."""
        known = [words for each in self.people for words in each.words if _kind_of(words) == "CRN"]
        for each in (*find_known(known, text), *find_misread(text)):
            if each.what in CASES:
                yield self._case_number(each.start, each.end, bare(each.value), each.what, near=True)
            else:
                yield Occurrence(each.start, each.end, each.value, each.what, near=True)

    def _owner_of_number(self, number: str) -> Identity | None:
        """Return who is withheld and has a number as one of their names."""
        return next((each for each in self.people if any(bare(words) == number for words in each.words)), None)

    def _owner_of(self, address: str) -> Identity | None:
        """Return who is withheld and has a word of their name in an e-mail address."""
        letters = letters_of(address.partition("@")[0]).letters
        return next((person for person, words in self._near if words.is_in(letters)), None)


def is_short(words: str) -> bool:
    """Return whether a name is one short word with a capital: in small letters it may be a word."""
    return words[:1].isupper() and words.isalpha() and len(words) <= MAX_SHORT


def _forms_of(words: str) -> tuple[Form, ...]:
    """Return the forms of a name; that of a short one needs its capital."""
    forms = forms_of_person(words)
    return tuple(replace(form, capitals=(0,)) for form in forms) if is_short(words) else forms


def _spaced_out(number: str) -> re.Pattern[str]:
    """Return a pattern of a case number with up to two signs between any two of its characters."""
    return re.compile(BEGIN + "[\\s./\u2010-\u2015-]{0,2}".join(bare(number)) + END, re.IGNORECASE)


def _kind_of(words: str) -> str:
    """Return what words of somebody are: a kind of case number, else a name."""
    return next((kind for kind in CASES if PATTERNS[kind].fullmatch(words)), CLIENT)


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Which pseudonym stands for which value. Immutable: giving one returns the extended mapping.

    `seed` is 16 secret bytes in hexadecimal, or a number from a plan that was made before. Without a `seed` the pseudonyms are A, B, C in the order in which they are given; with one their letters follow from it and from the value, and
    the order decides only between two values that would have the same letters. `given` maps a value, folded for comparison, to its pseudonym;
    `values` maps a pseudonym to the value as it was first written. `earlier` are pseudonyms, by value, that pages which were handed over have: each
    stays what it was, and stands for nobody else, whatever comes before it now.
    """

    seed: str | int | None = None
    given: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    earlier: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def give(self, value: str, what: str, role: str = CLIENT_ROLE) -> tuple[str, "Pseudonyms"]:
        """Return what stands in a value's place, and the mapping that holds it. `role` says who it is."""
        if what != CLIENT and what not in CASES:
            return f"[{what} withheld]", self
        written, key = _key(value)
        if key in self.given:
            return self.given[key], self
        label = self.earlier.get(key) or self._new(key, role)
        given, values = {**self.given, key: label}, {**self.values, label: written}
        return label, replace(self, given=MappingProxyType(given), values=MappingProxyType(values))

    def _new(self, key: str, role: str) -> str:
        if self.seed is None:
            return f"{role} {_letters(len(self.given))}"
        number = int.from_bytes(self._digest(key)[:4], "big")
        # No two have the same letters, whatever they are: nobody is to take a victim for a client.
        taken = AWKWARD | {label.rpartition(" ")[2] for label in (*self.given.values(), *self.earlier.values())}
        while (letters := _letters(MIN_LETTERS + number % LETTERS)) in taken:
            number += 1
            if len(taken) >= LETTERS:
                letters = _letters(MIN_LETTERS + LETTERS + len(taken))
                break
        return f"{role} {letters}"

    def _digest(self, key: str) -> bytes:
        """Return the digest that the letters of a value follow from. A secret cannot be tried out; a number, as plans had before, can."""
        if isinstance(self.seed, str):
            return hmac.digest(bytes.fromhex(self.seed), key.encode(), "sha256")
        return sha256(f"{self.seed}:{key}".encode()).digest()


def _key(value: str) -> tuple[str, str]:
    """Return a value as it is written, and folded for comparison."""
    written = fold(value).text.strip()
    return written, unicodedata.normalize("NFC", written).casefold()


def earlier_pseudonyms(given: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    """Return pseudonyms by what they stood for, folded for comparison. `given` are pairs of a pseudonym and its value."""
    return MappingProxyType({_key(value)[1]: label for label, value in given})


class Pseudonymiser:
    """Replaces identifiers in one text after another, everything that somebody is called by the same pseudonym.

    `replaced` counts them; `given` says what stands for whom.
    """

    def __init__(self, people: Iterable[Identity] = (), kept: frozenset[str] = frozenset()) -> None:
        self._finder = IdentifierFinder(tuple(people), kept)
        self._pseudonyms = Pseudonyms()
        self.replaced = 0

    @property
    def given(self) -> Mapping[str, str]:
        """What each pseudonym stands for."""
        return self._pseudonyms.values

    def replace(self, text: str, *, addresses: bool = True) -> str:
        """Return a text with what identifies somebody replaced; with `addresses` e-mail addresses too."""
        parts, offset = [], 0
        for each in self._finder.find(text, addresses=addresses):
            label, self._pseudonyms = self._pseudonyms.give(each.value, each.what, each.role)
            parts += [text[offset : each.start], label]
            offset = each.end
            self.replaced += 1
        return "".join([*parts, text[offset:]])

    def unsure(self, text: str) -> tuple[str, ...]:
        """Return the words of a text that are nearly the name of somebody who is withheld, a surname alone, or a short one in small letters, each once."""
        finder = self._finder
        found = sorted((*finder.find_near(text), *finder.find_surnames(text), *finder.find_small(text)))
        return tuple(dict.fromkeys(text[each.start : each.end] for each in found))


def _letters(number: int) -> str:
    """Return the letters of a number, from 0: A, B, … Z, AA, AB …."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("A") + rest) + text
    return text


def identifies_client(text: str, people: Iterable[Identity]) -> list[str]:
    """Return the types of identifiers and names in a text, in alphabetical order."""
    return sorted({found.what for found in IdentifierFinder(tuple(people)).find(text)})
