"""Numbers that identify somebody, as recognition misreads them on a picture: O for 0, I for 1, a lost apostrophe (docs/spec/names.md, section 8)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import BEGIN, PATTERNS, without_digests

FIGURES: Final = MappingProxyType(dict(zip("OoQDIil|!ZzASsGbTBgq", "00001111122455667899", strict=True)))
"""The figure that each character may have been on the paper."""
FIGURE: Final = f"[0-9{re.escape(''.join(FIGURES))}]"
AFTER: Final = r"(?=s?(?![A-Za-z0-9]))"
"""The end of a number; the apostrophe before an s may have been lost."""
RUN: Final = re.compile(f"{BEGIN}[A-Za-z0-9|!]{{7}}{AFTER}")
"""What may be a CRN with any of its characters misread."""
MAX_MISREAD: Final = 0.5
"""Part of the figures of a number that may have been misread; with more it is a word."""

SHAPES: Final = MappingProxyType(
    {
        what: re.compile(BEGIN + pattern.replace("#", FIGURE) + AFTER)
        for what, pattern in {
            # Figures are in the groups: there a letter is a misread figure.
            "CRN": "[A-Za-z][ -]?((?:# ?){5}#)",
            "NOMS number": "[A-Za-z](#{4})[A-Za-z]{2}",
            "PNC number": "(#{4}|#{2}) ?/ ?(#{1,7})[A-Za-z]",
            "CRO number": "(?:(#{1,6}) ?/ ?(#{2})[A-Za-z]|[S5]F(#{2}) ?/ ?(#{1,6})[A-Za-z])",
            "National Insurance number": "[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z]{2} ?((?:#{2} ?){3})[A-Da-d]",
            "telephone number": r"[+(]?([0Oo4](?:[ ()-]{0,3}#){9,10})",
            "postcode": "[A-Z]{1,2}(#)[A-Z]? ?(#)[A-Z]{2}",
            "date of birth": r"(?:[Dd]\.?[Oo]\.?[Bb]\.?|[Dd]ate of birth|[Bb]orn)(?: is| on)?\W{0,3}(#{1,2})[/. -](#{1,2})[/. -](#{4}|#{2})",
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
            # What is a number as it stands is found without this, unless an s runs on from it.
            runs_on = searched[match.end() : match.end() + 1] == "s"
            if value and PATTERNS[what].fullmatch(value) and (runs_on or value != match.group()):
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
    for each in sorted(find_misread(text), key=lambda found: found.start, reverse=True):
        text = text[: each.start] + each.value + text[each.end :]
    return text


def _corrected(match: re.Match[str]) -> str | None:
    """Return a number with figures where its shape has figures; None if too few of them were read as figures."""
    characters = list(match.group())
    figures = misread = 0
    for group in range(1, (match.re.groups or 0) + 1):
        for place in range(match.start(group), match.end(group)) if match.group(group) is not None else ():
            character = match.string[place]
            if character.isalnum() or character in FIGURES:
                figures += 1
                misread += character in FIGURES
                characters[place - match.start()] = FIGURES.get(character, character)
    if misread > MAX_MISREAD * figures:
        return None
    value = "".join(characters)
    # A space among the six figures of a CRN is one that recognition has put there.
    return value if match.re is not SHAPES["CRN"] else value[:2] + value[2:].replace(" ", "")
