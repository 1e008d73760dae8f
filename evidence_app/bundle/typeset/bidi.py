"""Visual order for text in other scripts: joins Arabic letters and reorders right-to-left runs, so that a line is drawn left to right.

Follows the Unicode Bidirectional Algorithm (UAX #9, revision 50) for one line without explicit embeddings, and the Arabic presentation
forms of the Unicode Character Database (docs/decisions/0012-text-in-other-scripts.md). Left out: explicit overrides, embeddings and
isolates (rules X1 to X10; `fonts` draws a replacement mark for them, since they can make a line read as something else), and paired
brackets (rule N0), which are treated as other neutrals.
"""

import unicodedata
from functools import lru_cache
from typing import Final

FORMS: Final = (*range(0xFB50, 0xFDFC), *range(0xFE70, 0xFEFD))
"""Code points of the blocks Arabic Presentation Forms-A and -B."""
ISOLATED, FINAL, INITIAL, MEDIAL = "<isolated>", "<final>", "<initial>", "<medial>"
"""The compatibility tags by which the Unicode Character Database marks presentation forms (field Decomposition_Type)."""
LAM: Final = "\u0644"
ALEFS: Final = frozenset("\u0622\u0623\u0625\u0627")
"""The letters that form an obligatory ligature with a preceding lam."""
PAIRS: Final = "()[]{}<>«»‹›"
MIRRORED: Final = dict(zip(PAIRS, "".join(b + a for a, b in zip(PAIRS[::2], PAIRS[1::2], strict=True)), strict=True))
"""Each bracket's mirror image (UAX #9, rule L4)."""
STRONG_RIGHT: Final = frozenset({"R", "AL"})
NUMBERS: Final = frozenset({"EN", "AN"})


def runs_right(text: str) -> bool:
    """Return true if any character of a text is written from right to left."""
    return any(unicodedata.bidirectional(character) in STRONG_RIGHT for character in text)


@lru_cache(maxsize=1)
def _forms() -> dict[str, dict[str, str]]:
    """Return the presentation forms of each Arabic letter, and of lam with an alef, by their compatibility tag."""
    forms: dict[str, dict[str, str]] = {}
    for code in FORMS:
        # A decomposition reads "<medial> 0628": the tag, then the letters that the form stands for.
        tag, *letters = unicodedata.decomposition(chr(code)).split() or [""]
        base = "".join(chr(int(letter, 16)) for letter in letters)
        if tag in {ISOLATED, FINAL, INITIAL, MEDIAL} and (
            len(base) == 1 or (len(base) == 2 and base[0] == LAM and base[1] in ALEFS)
        ):
            forms.setdefault(base, {}).setdefault(tag, chr(code))
    return forms


def joined(text: str) -> str:
    """Return a text, still in logical order, with its Arabic letters as the presentation forms that their neighbours require."""
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
    return "".join(_shaped(letters, index) for index in range(len(letters)))


def _shaped(letters: list[str], index: int) -> str:
    """Return the presentation form of one letter, or the character itself where it has none."""
    forms = _forms().get(letters[index])
    if forms is None:
        return letters[index]
    before, after = _neighbour(letters, index, -1), _neighbour(letters, index, 1)
    # Two letters join only if both can: the first needs an initial form, the second a final one. Alef and dal, for
    # example, have no initial form, and so never join to the letter after them (Unicode Standard, section 9.2).
    joins_before = FINAL in forms and INITIAL in _forms().get(before, {})
    joins_after = INITIAL in forms and FINAL in _forms().get(after, {})
    tag = {(True, True): MEDIAL, (True, False): FINAL, (False, True): INITIAL}.get(
        (joins_before, joins_after), ISOLATED
    )
    return forms.get(tag, forms.get(ISOLATED, letters[index]))


def _neighbour(letters: list[str], index: int, step: int) -> str:
    """Return the next letter on one side, or an empty string; vowel signs (category Mn) are transparent to joining."""
    index += step
    while 0 <= index < len(letters) and unicodedata.category(letters[index][-1]) == "Mn":
        index += step
    return letters[index] if 0 <= index < len(letters) else ""


def visual(line: str) -> str:
    """Return one line in visual order, from left to right, with its Arabic letters joined."""
    if not runs_right(line):
        return line
    text = joined(line)
    levels = _levels(text)
    clusters = _clusters(text, levels)
    # Rule L2: reverse runs from the highest level down to the lowest odd one, so that nested runs are reversed twice.
    highest = max(level for _, level in clusters)
    for level in range(highest, 0, -1):
        clusters = _reversed_runs(clusters, level)
    return "".join(cluster for cluster, _ in clusters)


def _clusters(text: str, levels: list[int]) -> list[tuple[str, int]]:
    """Return each base character with its combining marks and its level (rule L3); brackets at odd levels are mirrored (rule L4)."""
    clusters: list[tuple[str, int]] = []
    for character, level in zip(text, levels, strict=True):
        if unicodedata.category(character) == "Mn" and clusters:
            clusters[-1] = clusters[-1][0] + character, clusters[-1][1]
        else:
            clusters.append((MIRRORED.get(character, character) if level % 2 else character, level))
    return clusters


def _reversed_runs(clusters: list[tuple[str, int]], level: int) -> list[tuple[str, int]]:
    """Reverse each run of clusters at this level or a higher one (rule L2)."""
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
    """Return the embedding level of each character; odd levels run from right to left (rules P2, P3, W1 to W7, N1, N2, I1, I2, L1)."""
    classes = [unicodedata.bidirectional(character) or "L" for character in text]
    # P2 and P3: the first strong character sets the paragraph's level.
    base = next((int(bidi_class in STRONG_RIGHT) for bidi_class in classes if bidi_class in {"L", *STRONG_RIGHT}), 0)
    _resolve_weak(classes, "R" if base else "L")
    _resolve_neutral(classes, "R" if base else "L")
    levels = [_level(bidi_class, base) for bidi_class in classes]
    # L1: white space at the end of a line takes the paragraph's level.
    for index in range(len(text) - 1, -1, -1):
        if not text[index].isspace():
            break
        levels[index] = base
    return levels


def _level(bidi_class: str, base: int) -> int:
    """Return the level of a resolved class in a paragraph of level 0 or 1 (rules I1 and I2)."""
    if base:
        return 1 if bidi_class == "R" else 2
    return {"R": 1, "EN": 2, "AN": 2}.get(bidi_class, 0)


def _resolve_weak(classes: list[str], base: str) -> None:
    """Resolve weak classes in place (rules W1 to W7). `base` stands for the start of the line."""
    _resolve_marks_and_numbers(classes, base)
    _resolve_separators(classes, base)
    # W6 needs no step: separators and terminators that are left over are taken for neutrals by `_resolve_neutral`.
    strong = base
    for index, bidi_class in enumerate(classes):
        if bidi_class == "EN" and strong == "L":
            classes[index] = "L"  # W7: European numbers after Latin letters run with them.
        elif bidi_class in STRONG_RIGHT:
            classes[index] = strong = "R"  # W3: Arabic letters count as any other right-to-left letter from here on.
        elif bidi_class == "L":
            strong = "L"


def _resolve_marks_and_numbers(classes: list[str], base: str) -> None:
    """Give combining marks the class of what they stand on, and count numbers after Arabic letters as Arabic (rules W1, W2)."""
    strong = before = base
    for index, given in enumerate(classes):
        bidi_class = before if given == "NSM" else given
        if bidi_class == "EN" and strong == "AL":
            bidi_class = "AN"
        elif bidi_class in {"L", "R", "AL"}:
            strong = bidi_class
        classes[index] = before = bidi_class


def _resolve_separators(classes: list[str], base: str) -> None:
    """Merge a single separator between two numbers, and terminators next to a number such as per cent, into them (rules W4, W5)."""
    for index, bidi_class in enumerate(classes):
        around = {
            classes[index - 1] if index else base,
            classes[index + 1] if index + 1 < len(classes) else base,
        }
        if (bidi_class == "CS" and around in ({"EN"}, {"AN"})) or (bidi_class == "ES" and around == {"EN"}):
            classes[index] = next(iter(around))
    # W5 covers whole sequences of terminators, before the number and after it: hence one pass in each direction.
    for order in (range(len(classes)), range(len(classes) - 1, -1, -1)):
        adjacent = ""
        for index in order:
            if classes[index] == "ET" and adjacent == "EN":
                classes[index] = "EN"
            adjacent = classes[index]


def _resolve_neutral(classes: list[str], base: str) -> None:
    """Give each run of neutrals the direction of both its sides, or the paragraph's where they differ (rules N1, N2)."""
    start = 0
    while start < len(classes):
        end = start
        while end < len(classes) and classes[end] not in {"L", "R", *NUMBERS}:
            end += 1
        if end > start:
            sides = {
                _direction(classes[start - 1] if start else base),
                _direction(classes[end] if end < len(classes) else base),
            }
            classes[start:end] = [sides.pop() if len(sides) == 1 else base] * (end - start)
        start = end + 1


def _direction(bidi_class: str) -> str:
    """Return the direction that a class lends to neutrals; numbers count as right-to-left (rule N1)."""
    return "R" if bidi_class in NUMBERS else bidi_class
