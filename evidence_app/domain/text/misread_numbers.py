"""Numbers that identify somebody, as recognition misreads them on a picture: O for 0, I for 1, a lost apostrophe (docs/spec/names.md, section 8)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import BEGIN, BIRTH, PATTERNS, without_digests

FIGURES: Final = MappingProxyType(dict(zip("OoQDIil|!ZzASsGbTBgq", "00001111122455667899", strict=True)))
"""The figure that each character may have been on the paper."""
FIGURE: Final = f"[0-9{re.escape(''.join(FIGURES))}]"
AFTER: Final = r"(?=[a-z]{0,20}(?![A-Za-z0-9]))"
"""The end of a number; the apostrophe or the space before small letters may have been lost."""
RUN: Final = re.compile(f"{BEGIN}[A-Za-z0-9|!]{{7}}{AFTER}")
"""What may be a CRN with any of its characters misread."""
MAX_MISREAD: Final = 0.5
"""Part of the figures of a number that may have been misread; with more it is a word."""

LETTER: Final = r"[A-Za-z0125689$|!)\]\\]"
"""A letter, or a figure that it is read as."""
LETTERS: Final = MappingProxyType(dict(zip("0125689$|!£€)]\\", "OIZSGBGSIILCJJJ", strict=True)))
"""The letter that a figure may have been on the paper."""
SHAPES: Final = MappingProxyType(
    {
        what: re.compile(BEGIN + pattern.replace("#", FIGURE).replace("@", LETTER) + AFTER)
        for what, pattern in {
            # Figures are in the groups, and letters in the named ones: there the one may have been read as the other.
            "CRN": "(?P<letter>@)[ -]?((?:# ?){5}#)",
            "NOMS number": "(?P<letter>@)(#{4})(?P<last>@{2})",
            "PNC number": "(?:(#{4}) ?/ ?(#{7})(?P<end>@)|(#{4}|#{2}) ?/ ?(#{3,7})[A-Za-z])",
            "CRO number": "(?:(#{3,6}) ?/ ?(#{2})[A-Z]|[S5]F(#{2}) ?/ ?(#{1,6})[A-Za-z])",
            "National Insurance number": "(?P<prefix>[A-Z0125689|£\\\\]{2}) ?((?:#{2} ?){3})[A-D]",
            "telephone number": r"[+(]?([0Oo4](?:[ ().-]{0,3}#){9,10})",
            "postcode": "(?P<area>[A-Z£€][A-Z0-9£€]?|[0-9][A-Z£€])(#)[A-Z0-9]? ?(#)[A-Z]{2}",
            "date of birth": rf"(?i:{BIRTH})[^\d\n]{{0,16}}?(#{{1,2}})[/. -](#{{1,2}})[/. -](#{{4}}|#{{2}})",
        }.items()
    }
)
"""The shape of each type of number, for folded text. A shape alone proves nothing: `find_misread` compares what it would have been."""


@dataclass(frozen=True, slots=True)
class MisreadNumber:
    """A number that may identify somebody: its type, its offsets in the text, and the `value` that was on the paper if it was misread."""

    what: str
    start: int
    end: int
    value: str


def find_misread(text: str) -> Iterator[MisreadNumber]:
    """Yield the numbers in recognised words that identify somebody if letters among their figures were figures, type by type."""
    folded = fold(text)
    searched = without_digests(folded.text)
    for what, shape in SHAPES.items():
        for match in shape.finditer(searched):
            value = _corrected(match)
            # What is a number as it stands is found without this, unless letters run on from it.
            runs_on = searched[match.end() : match.end() + 1].isalpha()
            is_known = not runs_on and any(each.fullmatch(match.group()) for each in PATTERNS.values())
            if value and PATTERNS[what].fullmatch(value) and not is_known:
                yield MisreadNumber(what, *folded.span(match.start(), match.end()), value)


def find_known(numbers: Iterable[str], text: str) -> Iterator[MisreadNumber]:
    """Yield where one of some known case numbers may stand in recognised words, whichever of its letters and figures were taken for one another."""
    alike = {_as_figures(number): number for number in numbers}
    for match in RUN.finditer(text) if alike else ():
        number = alike.get(_as_figures(match.group()))
        if number is not None and number != match.group():
            yield MisreadNumber("CRN", *match.span(), number)


def _as_figures(number: str) -> str:
    return "".join(FIGURES.get(character, character) for character in number.upper())


def corrected(text: str) -> str:
    """Return recognised words with each misread number as it would have been, for a search by form alone."""
    before = len(text)
    # What may be one number or another is taken for the first; replaced from the end, so that the places before stay.
    for each in sorted(find_misread(text), key=lambda found: found.end, reverse=True):
        if each.end <= before:
            text = text[: each.start] + each.value + text[each.end :]
            before = each.start
    return text


def _corrected(match: re.Match[str]) -> str | None:
    """Return a number with figures where its shape has figures, and letters where it has letters; None if too few of its figures were read as figures."""
    characters = list(match.group())
    named = set(match.re.groupindex.values())
    figures = misread = 0
    for group in range(1, match.re.groups + 1):
        for place in range(*match.span(group)) if match.group(group) is not None else ():
            character = match.string[place]
            if group in named:
                letter = LETTERS.get(character, character)
                # No National Insurance number begins with I: it was a J.
                characters[place - match.start()] = "J" if letter == "I" and "prefix" in match.re.groupindex else letter
            elif character.isalnum() or character in FIGURES:
                figures += 1
                misread += character in FIGURES
                characters[place - match.start()] = FIGURES.get(character, character)
    # A word before a year, such as Job 2019, is no number: where spaces were put in, all figures have to be figures.
    is_apart = match.re is SHAPES["CRN"] and " " in match.group(2)
    return "".join(characters) if misread <= (0 if is_apart else MAX_MISREAD * figures) else None
