"""Numbers that identify somebody, as recognition misreads them on a picture: O for 0, I for 1, a lost apostrophe (docs/spec/names.md, section 8)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import BEGIN, BIRTH, PATTERNS, find_identifiers, without_digests

FIGURES: Final = MappingProxyType(dict(zip("OoQDIil|!ZzASsGbTBgq?/", "0000111112245566789977", strict=True)))
"""The figure that each character may have been on the paper."""
FIGURE: Final = f"[0-9{re.escape(''.join({*FIGURES} - {'/'}))}]"
"""A figure, or what it is read as. A slash may be a 7, but only where no slash belongs."""
START: Final = f"(?:{BEGIN}|(?<=[a-z])(?=[A-Z]))"
"""The beginning of a number; the colon or the space behind small letters may have been lost."""
AFTER: Final = r"(?=S?[a-z]{0,20}(?![A-Za-z0-9]))"
"""The end of a number; the apostrophe of a possessive, or the space before small letters, may have been lost."""
RUN: Final = re.compile(f"{START}[A-Za-z0-9|!]{{7}}{AFTER}")
"""What may be a CRN with any of its characters misread."""
AMONG_FIGURES: Final = re.compile(r"(?:\S{1,3} )?\S*\d\S*(?: (?:\S*\d\S*|\S{1,3}(?!\S)))*")
"""Words with figures, and the short ones beside them."""
MIN_FIGURES: Final = 4
"""Figures in such a run below which no number is sought that one character too many was read in."""
AROUND: Final = 40
"""Characters before and after a place in which such a number is sought."""
CROWDED: Final = ("CRN", "NOMS number", "PNC number", "CRO number", "National Insurance number")
"""The types that are so long that a character taken out seldom makes one by chance."""
MAX_PUT_RIGHT: Final = 2
"""Characters that may be put right in them besides: in 2013/14) it would be three."""
LONG_CALL: Final = re.compile(rf"[0Oo4](?:[ ().-]{{0,3}}{FIGURE}){{10,11}}")
"""A telephone number with a figure too many."""
MAX_MISREAD: Final = 0.5
"""Part of the figures of a number that may have been misread; with more it is a word."""

LETTER: Final = r"[A-Za-z01245-9$|!)\]}\\]"
"""A letter, or what it is read as."""
LETTERS: Final = MappingProxyType(dict(zip("01245678$9|!£€)]}\\", "OIZASGZBSGIILCJJJJ", strict=True)))
"""The letter that a figure or a mark may have been on the paper."""
TABLES: Final = MappingProxyType(
    {
        # No National Insurance number begins with I: it was a J. It ends with A, B, C or D.
        "prefix": MappingProxyType(LETTERS | dict.fromkeys("I1|!", "J")),
        "suffix": MappingProxyType({"0": "D", "O": "D", "4": "A", "8": "B", "G": "C"}),
        "birth": MappingProxyType(dict.fromkeys("ph6", "b")),
    }
)
"""What the characters in some groups of shapes may have been; in the other named groups, `LETTERS`."""
SHAPES: Final = MappingProxyType(
    {
        what: re.compile(START + pattern.replace("#", FIGURE).replace("@", LETTER) + AFTER)
        for what, pattern in {
            # Figures are in the groups, and letters in the named ones: there the one may have been read as the other.
            "CRN": "(?P<letter>@)[ -]?((?:# ?){5}(?:#|/))",
            "NOMS number": "(?P<letter>@)(#{4})(?P<last>@{2})",
            "PNC number": "(?:((?:# ?){3}#) ?/ ?((?:# ?){6}#)(?P<end>@)|(#{2}) ?/ ?((?:# ?){5,6}#)(?P<close>@)"
            "|(#{4}|#{2}) ?/ ?(#{3,7})[A-Za-z])",
            "CRO number": "(?:(#{3,6}) ?/ ?(#{2})[A-Z]|(#{5,6}) ?/ ?(#{2})(?P<end>@)"
            "|[S5]F(#{2}) ?/ ?((?:# ?){0,5}#)(?P<close>@))",
            "National Insurance number": r"(?P<prefix>[A-Z0125689|£)\]}\\]{2}) ?((?:# ?){6})(?P<suffix>[A-D0O48G])",
            "telephone number": r"[+(]?([0Oo4](?:[ ().-]{0,3}#){9,10})",
            "postcode": "(?P<area>[A-Z£€][A-Z0-9£€]?|[0-9][A-Z£€])(#)[A-Z0-9]? ?(#)[A-Z]{2}",
            "date of birth": rf"(?:(?i:{BIRTH})|(?P<birth>[ph6])orn)[^\d\n]{{0,16}}?(#{{1,2}})[/. -](#{{1,2}})[/. -](#{{4}}|#{{2}})",
        }.items()
    }
)
"""The shape of each type of number, for folded text. A shape alone proves nothing: `find_misread` compares what it would have been."""

SELDOM_SPACED: Final = (SHAPES["CRN"], SHAPES["PNC number"], SHAPES["CRO number"])
"""The types that have no spaces among their figures, unless recognition put them there."""


@dataclass(frozen=True, slots=True)
class MisreadNumber:
    """A number that may identify somebody: its type, its offsets in the text, and the `value` that was on the paper if it was misread."""

    what: str
    start: int
    end: int
    value: str


def find_misread(text: str) -> Iterator[MisreadNumber]:
    """Yield the numbers in recognised words that identify somebody if what was misread in them is put right; of two, one within the other, the longer."""
    folded = fold(text)
    searched = without_digests(folded.text)
    found = [
        each
        for what, shape in SHAPES.items()
        for each in _found(what, shape.finditer(searched))
        if not _is_as_written(searched, each)
    ]
    for each in _longest([*found, *_crowded(searched)]):
        yield MisreadNumber(each.what, *folded.span(each.start, each.end), each.value)


def _longest(found: list[MisreadNumber]) -> Iterator[MisreadNumber]:
    """Yield what does not lie within something longer, or within an equal that comes before."""
    kept: list[MisreadNumber] = []
    for each in sorted(found, key=lambda number: number.start - number.end):
        if not any(other.start <= each.start and each.end <= other.end for other in kept):
            kept.append(each)
            yield each


def _found(what: str, matches: Iterable[re.Match[str]]) -> Iterator[MisreadNumber]:
    """Yield the matches of a shape that are a number of its type once they are put right."""
    for match in matches:
        value = _corrected(match)
        if value:
            yield MisreadNumber(what, match.start(), match.end(), value)


def _is_as_written(text: str, found: MisreadNumber) -> bool:
    """Return whether something is a number as it stands, and found without this: letters run neither into it nor on from it."""
    beside = text[max(0, found.start - 1) : found.start] + text[found.end : found.end + 1]
    return not any(each.isalpha() for each in beside) and any(
        each.fullmatch(text[found.start : found.end]) for each in PATTERNS.values()
    )


def _crowded(text: str) -> Iterator[MisreadNumber]:
    """Yield the numbers in which one character was read as two, such as `]J` for J: what is one once a character is taken out."""
    as_written = [(each.start, each.end) for each in find_identifiers(text)]
    for run in AMONG_FIGURES.finditer(text):
        types = _types_crowded(run.group())
        for place in (place for place in range(*run.span()) if types and text[place] != " "):
            low = max(0, place - AROUND)
            window = text[low:place] + text[place + 1 : place + 1 + AROUND]
            for what in types:
                for each in _found(what, _matches_at(SHAPES[what], window, place - low)):
                    start, end = low + each.start, low + each.end + 1
                    is_cut = low > 0 and each.start == 0
                    overlaps = any(start < other_end and begin < end for begin, other_end in as_written)
                    put_right = sum(
                        old != new for old, new in zip(window[each.start : each.end], each.value, strict=False)
                    )
                    if not is_cut and not overlaps and put_right <= MAX_PUT_RIGHT and _types_crowded(text[start:end]):
                        yield MisreadNumber(what, start, end, each.value)


def _types_crowded(run: str) -> tuple[str, ...]:
    """Return the types of numbers that may be in words with figures, one of their characters read as two.

    Those have a capital letter or a slash: among bare figures there would be no end of them. Only a telephone number may be bare.
    """
    if sum(character.isdigit() for character in run) < MIN_FIGURES:
        return ()
    structured = "/" in run or any(character.isupper() for character in run)
    return (*(CROWDED if structured else ()), *(("telephone number",) if LONG_CALL.search(run) else ()))


def _matches_at(shape: re.Pattern[str], window: str, place: int) -> Iterator[re.Match[str]]:
    """Yield the matches of a shape that go over a place of a text."""
    return (match for match in shape.finditer(window) if match.start() < place < match.end())


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
    """Return a number with figures where its shape has figures, and letters where it has letters.

    None if too few of its figures were read as figures, or if it is no number of its type then.
    """
    characters = list(match.group())
    names = {number: name for name, number in match.re.groupindex.items()}
    figures = misread = 0
    spaced = False
    for group in range(1, match.re.groups + 1):
        table = TABLES.get(names.get(group, ""), LETTERS)
        for place in range(*match.span(group)) if match.group(group) is not None else ():
            character = match.string[place]
            if group in names:
                characters[place - match.start()] = table.get(character, character)
            elif character.isalnum() or character in FIGURES:
                figures += 1
                misread += character in FIGURES
                characters[place - match.start()] = FIGURES.get(character, character)
            else:
                spaced = spaced or character == " "
    # A word before a year, such as Job 2019, is no number: where spaces were put in, all figures have to be figures.
    if misread > (0 if spaced and match.re in SELDOM_SPACED else MAX_MISREAD * figures):
        return None
    pattern = PATTERNS[next(what for what, shape in SHAPES.items() if shape is match.re)]
    value = "".join(characters)
    return next((each for each in (value, value.replace(" ", "")) if pattern.fullmatch(each)), None)
