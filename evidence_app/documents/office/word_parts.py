"""Parts of Word documents that say how words are meant: styles, fields of old forms, charts and diagrams (ISO/IEC 29500-1, 17 and 21)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from evidence_app.documents.office.containers.zip_parts import (
    Element,
    ZipParts,
    attribute,
    child,
    children,
    local,
    within,
)
from evidence_app.documents.office.content import Block, plain
from evidence_app.documents.office.markup.signs import shown_by_code
from evidence_app.documents.office.number_format import as_shown

MAX_HEADING: Final = 6
MAX_FIGURES: Final = 7
"""Levels of headings, and figures of the place of a point."""
STRIKES: Final = ("strike", "dstrike")
"""Properties of words with a line through them, or two (17.3.2.37 and 17.3.2.9)."""
DRAWN: Final = {"chart": "Chart", "chartEx": "Chart", "diagramData": "Diagram"}
"""Relations to what is drawn from data, by the last word of their type."""


def chosen_in(form: Element | None) -> str:
    """Return what a field of an old form shows: a tick box, or the entry that is chosen (17.16.7, 17.16.9)."""
    box, choices = child(form, "checkBox"), child(form, "ddList")
    if box is not None:
        states = [each for name in ("checked", "default") if (each := child(box, name)) is not None]
        return "☒" if states and attribute(states[0], "val") not in {"0", "false", "off"} else "☐"
    if choices is not None:
        entries = [attribute(each, "val") for each in children(choices, "listEntry")]
        result = child(choices, "result")
        number = attribute(result, "val") if result is not None else "0"
        return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return ""


@dataclass(slots=True)
class _Field:
    """A field that is open: its code so far, and whether that goes on."""

    code: str = ""
    is_code: bool = True


class OpenFields:
    """The fields that are open where a document is read: each has a code, and often a result, which alone is on the page (17.16.18)."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    def clear(self) -> None:
        """Close all of them."""
        self._open.clear()

    @property
    def is_within_code(self) -> bool:
        """Whether what is read stands in the result of a field that is in the code of another."""
        return any(each.is_code for each in self._open[:-1])

    def follow(self, element: Element) -> str:
        """Follow a field's sign or code; return what a tick box, a choice of an old form or the code itself shows, which is in no word."""
        if local(element) == "instrText":
            if self._open:
                self._open[-1].code += element.text or ""
            return ""
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append(_Field())
        elif kind == "separate" and self._open:
            self._open[-1].is_code = False
        elif kind == "end" and self._open:
            ended = self._open.pop()
            return shown_by_code(ended.code) if ended.is_code else ""
        return chosen_in(child(element, "ffData"))


def words_of_drawings(parts: ZipParts, part: str) -> Iterator[Block]:
    """Yield the words of charts and diagrams that a part shows: their look is lost."""
    for kind, name in parts.related(part).values():
        root = parts.xml_if_there(name) if kind in DRAWN else None
        words = [*_words_of_chart(root)] if root is not None else []
        if words:
            yield plain(f"[{DRAWN[kind]}] {'; '.join(words)}")


def _words_of_chart(root: Element) -> Iterator[str]:
    """Yield the words of a chart or diagram in their order; of a series its name, and each of its values with what it is the value of."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if local(element) == "ser":
            yield _series(element)
        elif local(element) in {"t", "v"} and (element.text or "").strip():
            yield (element.text or "").strip()
        else:
            waiting += reversed(element)


def _series(series: Element) -> str:
    """Return the words of a series of a chart: its name, and each value with what it is the value of (21.2.2)."""
    named, of, values = (_points(series, names) for names in (("tx",), ("cat", "xVal"), ("val", "yVal")))
    # A place without a value has no point.
    pairs = [f"{of.get(place, '')} {values.get(place, '')}".strip() for place in sorted({*of, *values})]
    name = " ".join(named.values())
    return f"{name}: {', '.join(pairs)}" if name and pairs else name or ", ".join(pairs)


def _points(series: Element, names: tuple[str, ...]) -> dict[int, str]:
    """Return the points of a part of a series by their places, numbers as the chart shows them."""
    points: dict[int, str] = {}
    for part in (each for each in series if local(each) in names):
        code = next((each.text or "" for each in within(part, "formatCode")), "")
        is_number = any(local(each) in {"numCache", "numLit"} for each in part.iter())
        for number, point in enumerate(within(part, "pt")):
            place, value = attribute(point, "idx"), child(point, "v")
            text = ((value.text or "") if value is not None else "").strip()
            shown = as_shown(text, code, from_1904=False) if is_number else text
            points[int(place) if place.isdigit() and len(place) < MAX_FIGURES else number] = shown
        if not points:
            points = {number: (each.text or "").strip() for number, each in enumerate(within(part, "v"))}
    return points


def is_on(element: Element | None) -> bool:
    """Return whether a property that is on or off is there and on (17.17.4)."""
    return element is not None and attribute(element, "val") not in {"0", "false", "off"}


def hidden_styles(styles: Element | None) -> frozenset[str]:
    """Return the styles whose words are hidden."""
    return _styles_with(styles, "vanish")


def struck_styles(styles: Element | None) -> frozenset[str]:
    """Return the styles whose words have a line through them."""
    return _styles_with(styles, *STRIKES)


def _styles_with(styles: Element | None, *names: str) -> frozenset[str]:
    named = {
        attribute(style, "styleId"): any(is_on(child(style, "rPr", name)) for name in names)
        for style in children(styles, "style")
    }
    return frozenset(name for name, is_so in named.items() if is_so)


def heading_levels(styles: Element | None) -> dict[str, int]:
    """Return the levels of the styles that are headings, by their identifiers (17.7.4, 17.3.1.20)."""
    levels: dict[str, int] = {}
    for style in children(styles, "style"):
        name = child(style, "name")
        words = (attribute(name, "val") if name is not None else "").casefold().split()
        outline = child(style, "pPr", "outlineLvl")
        number = attribute(outline, "val") if outline is not None else ""
        if words == ["title"]:
            levels[attribute(style, "styleId")] = 1
        elif len(words) == 2 and words[0] == "heading" and words[1].isdigit():
            levels[attribute(style, "styleId")] = min(int(words[1]), MAX_HEADING)
        elif number.isdigit() and int(number) < MAX_HEADING:
            levels[attribute(style, "styleId")] = int(number) + 1
    return levels
