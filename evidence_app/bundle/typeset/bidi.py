"""Text in other scripts, made ready to be drawn from left to right: Arabic letters joined, lines that run from right to left turned.

After the Unicode Bidirectional Algorithm (UAX #9, revision 50) for one line without explicit embeddings, and the presentation forms that the
Unicode Character Database maps to the letters of Arabic. Overrides and embeddings are no part of it: they are shown as a replacement mark, for
they can make a line read as what it does not say.
"""

import unicodedata
from functools import lru_cache
from typing import Final

FORMS: Final = (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD))
ISOLATED, FINAL, INITIAL, MEDIAL = "<isolated>", "<final>", "<initial>", "<medial>"
LAM: Final = "\u0644"
ALEFS: Final = frozenset("\u0622\u0623\u0625\u0627")
PAIRS: Final = "()[]{}<>«»‹›"
MIRRORED: Final = dict(zip(PAIRS, "".join(b + a for a, b in zip(PAIRS[::2], PAIRS[1::2], strict=True)), strict=True))
STRONG_RIGHT: Final = frozenset({"R", "AL"})
NUMBERS: Final = frozenset({"EN", "AN"})


def runs_right(text: str) -> bool:
    """Whether anything in a text runs from right to left."""
    return any(unicodedata.bidirectional(character) in STRONG_RIGHT for character in text)


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Return for each Arabic letter, and for lam with an alef, its form at each place in a word."""
    found: dict[str, dict[str, str]] = {}
    for code in FORMS:
        sort, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(letter, 16)) for letter in letters)
        if sort in {ISOLATED, FINAL, INITIAL, MEDIAL} and (
            len(base) == 1 or (len(base) == 2 and base[0] == LAM and base[1] in ALEFS)
        ):
            found.setdefault(base, {}).setdefault(sort, chr(code))
    return found


def joined(text: str) -> str:
    """Return a text with its Arabic letters in the form that their place in the word asks for."""
    forms = _forms()
    letters: list[str] = []
    for character in text:
        if (
            letters
            and letters[-1] == LAM
            and len(ligature := LAM + character) == 2
            and FINAL in forms.get(ligature, {})
        ):
            letters[-1] = ligature
        else:
            letters.append(character)
    return "".join(_in_place(letters, place) for place in range(len(letters)))


def _in_place(letters: list[str], place: int) -> str:
    forms = _forms().get(letters[place])
    if forms is None:
        return letters[place]
    before, after = _neighbour(letters, place, -1), _neighbour(letters, place, 1)
    joins_before = FINAL in forms and INITIAL in _forms().get(before, {})
    joins_after = INITIAL in forms and FINAL in _forms().get(after, {})
    sort = {(True, True): MEDIAL, (True, False): FINAL, (False, True): INITIAL}.get(
        (joins_before, joins_after), ISOLATED
    )
    return forms.get(sort, forms.get(ISOLATED, letters[place]))


def _neighbour(letters: list[str], place: int, step: int) -> str:
    """Return the next letter on one side; vowel signs lie over letters and part none."""
    place += step
    while 0 <= place < len(letters) and unicodedata.category(letters[place][-1]) == "Mn":
        place += step
    return letters[place] if 0 <= place < len(letters) else ""


def visual(line: str) -> str:
    """Return one line in the order in which it is seen from left to right."""
    if not runs_right(line):
        return line
    text = joined(line)
    levels = _levels(text)
    clusters = _clusters(text, levels)
    highest = max(level for _, level in clusters)
    for level in range(highest, 0, -1):
        clusters = _turned(clusters, level)
    return "".join(cluster for cluster, _ in clusters)


def _clusters(text: str, levels: list[int]) -> list[tuple[str, int]]:
    """Return each character with the marks that lie over it, brackets turned where they are read from the right."""
    found: list[tuple[str, int]] = []
    for character, level in zip(text, levels, strict=True):
        if unicodedata.category(character) == "Mn" and found:
            found[-1] = found[-1][0] + character, found[-1][1]
        else:
            found.append((MIRRORED.get(character, character) if level % 2 else character, level))
    return found


def _turned(clusters: list[tuple[str, int]], level: int) -> list[tuple[str, int]]:
    """Turn each run of at least this level round (rule L2)."""
    result: list[tuple[str, int]] = []
    run: list[tuple[str, int]] = []
    for cluster in clusters:
        if cluster[1] >= level:
            run.append(cluster)
        else:
            result += [*reversed(run), cluster]
            run = []
    return [*result, *reversed(run)]


def _levels(text: str) -> list[int]:
    """Return the level of each character: odd ones run from right to left (rules P2, W1 to W7, N1, N2, I1, I2, L1)."""
    sorts = [unicodedata.bidirectional(character) or "L" for character in text]
    base = next((int(sort in STRONG_RIGHT) for sort in sorts if sort in {"L", *STRONG_RIGHT}), 0)
    _resolve_weak(sorts, "R" if base else "L")
    _resolve_neutral(sorts, "R" if base else "L")
    levels = [_level(sort, base) for sort in sorts]
    for place in range(len(text) - 1, -1, -1):
        if not text[place].isspace():
            break
        levels[place] = base
    return levels


def _level(sort: str, base: int) -> int:
    if base:
        return 1 if sort == "R" else 2
    return {"R": 1, "EN": 2, "AN": 2}.get(sort, 0)


def _resolve_weak(sorts: list[str], base: str) -> None:
    _marks_and_numbers(sorts, base)
    _separators(sorts, base)
    strong = base
    for place, sort in enumerate(sorts):
        if sort == "EN" and strong == "L":
            sorts[place] = "L"
        elif sort in STRONG_RIGHT:
            sorts[place] = strong = "R"
        elif sort == "L":
            strong = "L"


def _marks_and_numbers(sorts: list[str], base: str) -> None:
    """Marks go with what they stand on; numbers after Arabic letters are Arabic numbers (W1, W2)."""
    strong = before = base
    for place, given in enumerate(sorts):
        sort = before if given == "NSM" else given
        if sort == "EN" and strong == "AL":
            sort = "AN"
        elif sort in {"L", "R", "AL"}:
            strong = sort
        sorts[place] = before = sort


def _separators(sorts: list[str], base: str) -> None:
    """One separator between two numbers is a part of them, and so is what stands at a number, such as per cent (W4, W5)."""
    for place, sort in enumerate(sorts):
        around = {sorts[place - 1] if place else base, sorts[place + 1] if place + 1 < len(sorts) else base}
        if (sort == "CS" and around in ({"EN"}, {"AN"})) or (sort == "ES" and around == {"EN"}):
            sorts[place] = next(iter(around))
    for order in (range(len(sorts)), range(len(sorts) - 1, -1, -1)):
        beside = ""
        for place in order:
            if sorts[place] == "ET" and beside == "EN":
                sorts[place] = "EN"
            beside = sorts[place]


def _resolve_neutral(sorts: list[str], base: str) -> None:
    place = 0
    while place < len(sorts):
        end = place
        while end < len(sorts) and sorts[end] not in {"L", "R", *NUMBERS}:
            end += 1
        if end > place:
            sides = {_side(sorts[place - 1] if place else base), _side(sorts[end] if end < len(sorts) else base)}
            sorts[place:end] = [sides.pop() if len(sides) == 1 else base] * (end - place)
        place = end + 1


def _side(sort: str) -> str:
    return "R" if sort in NUMBERS else sort
