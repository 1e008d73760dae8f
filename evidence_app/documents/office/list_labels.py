"""Labels of list paragraphs in Word documents, counted as Word counts them (ISO/IEC 29500-1, 17.9): “paragraph (d)” is evidence."""

import re
from dataclasses import dataclass, field
from typing import Final

from evidence_app.documents.office.containers.zip_parts import Element, attribute, child, children

LEVELS: Final = 9
BULLET: Final = "• "
PLACE: Final = re.compile("%([1-9])")
ROMAN: Final = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
MAX_NUMBER: Final = 10_000


@dataclass(slots=True)
class _Level:
    """How a level of a list is numbered: its format, its text such as “%1.”, and its first number."""

    form: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    """A list: its levels, and the count of each. Lists on one abstract definition count on together, unless one starts anew."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class ListLabels:
    """The labels of one document's list paragraphs, in the order of the paragraphs."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._by_style = {
            attribute(each, "styleId"): properties
            for each in children(styles, "style")
            if (properties := child(each, "pPr", "numPr")) is not None
        }
        self._abstract = {
            attribute(each, "abstractNumId"): _levels(each) for each in children(numbering, "abstractNum")
        }
        shared = {identifier: _List(levels) for identifier, levels in self._abstract.items()}
        self._lists: dict[str, _List] = {}
        for number in children(numbering, "num"):
            base = child(number, "abstractNumId")
            identifier = attribute(base, "val") if base is not None else ""
            changes = {attribute(each, "ilvl"): each for each in children(number, "lvlOverride")}
            if identifier not in shared:
                continue
            if changes:
                own = _List(dict(self._abstract[identifier]))
                for place, change in changes.items():
                    _override(own, place, change)
                self._lists[attribute(number, "numId")] = own
            else:
                self._lists[attribute(number, "numId")] = shared[identifier]

    def next(self, properties: Element | None, style: str) -> tuple[str, int]:
        """Return the label of the next paragraph, or "", and how far it is indented, from its properties (w:pPr) or its style."""
        own = child(properties, "numPr")
        numbered = own if own is not None else self._by_style.get(style)
        number, level = child(numbered, "numId"), child(numbered, "ilvl")
        found = self._lists.get(attribute(number, "val")) if number is not None else None
        text = attribute(level, "val") if level is not None else "0"
        place = int(text) if text.isdigit() and int(text) < LEVELS else 0
        if found is None:
            return "", 0
        kind = found.levels.get(place, _Level())
        found.counts[place] = found.counts.get(place, kind.start - 1) + 1
        for deeper in range(place + 1, LEVELS):
            found.counts.pop(deeper, None)
        if kind.form == "none":
            return "", place
        if kind.form == "bullet":
            return BULLET, place
        return PLACE.sub(lambda match: self._spelt(found, int(match[1]) - 1), kind.text) + " ", place

    @staticmethod
    def _spelt(counted: _List, place: int) -> str:
        kind = counted.levels.get(place, _Level())
        return spelt(counted.counts.get(place, kind.start), kind.form)


def spelt(number: int, form: str) -> str:
    """Return a number in a format of Word (17.18.59); formats that are not known here are figures."""
    if not 0 < number <= MAX_NUMBER:
        return str(number)
    match form:
        case "lowerLetter" | "upperLetter":
            # After z comes aa, then bb: one letter, repeated.
            letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        case "lowerRoman" | "upperRoman":
            letters, rest = "", number
            for value, sign in ROMAN:
                letters += sign * (rest // value)
                rest %= value
        case "decimalZero":
            return f"{number:02d}"
        case _:
            return str(number)
    return letters.upper() if form.startswith("upper") else letters


def _levels(definition: Element) -> dict[int, _Level]:
    return {
        int(place): _level(each)
        for each in children(definition, "lvl")
        if (place := attribute(each, "ilvl")).isdigit() and int(place) < LEVELS
    }


def _level(element: Element) -> _Level:
    def value(name: str, usual: str) -> str:
        found = child(element, name)
        return attribute(found, "val") if found is not None else usual

    start = value("start", "1")
    return _Level(value("numFmt", "decimal"), value("lvlText", ""), int(start) if start.isdigit() else 1)


def _override(changed: _List, place: str, change: Element) -> None:
    """Apply what a list changes of its definition at a level (17.9.8)."""
    if not place.isdigit() or int(place) >= LEVELS:
        return
    level = child(change, "lvl")
    if level is not None:
        changed.levels[int(place)] = _level(level)
    start = child(change, "startOverride")
    number = attribute(start, "val") if start is not None else ""
    if number.isdigit():
        old = changed.levels.get(int(place), _Level())
        changed.levels[int(place)] = _Level(old.form, old.text, int(number))
