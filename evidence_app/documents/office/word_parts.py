"""Parts of Word documents that say how words are meant: styles, fields of old forms, charts and diagrams (ISO/IEC 29500-1, 17 and 21)."""

from collections.abc import Iterator
from typing import Final

from evidence_app.documents.office.containers.zip_parts import Element, ZipParts, attribute, child, children, local
from evidence_app.documents.office.content import Block, plain

MAX_HEADING: Final = 6
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


def words_of_drawings(parts: ZipParts, part: str) -> Iterator[Block]:
    """Yield the words of charts and diagrams that a part shows: their look is lost."""
    for kind, name in parts.related(part).values():
        root = parts.xml_if_there(name) if kind in DRAWN else None
        words = [each.text or "" for each in root.iter() if local(each) in {"t", "v"}] if root is not None else []
        if any(word.strip() for word in words):
            yield plain(f"[{DRAWN[kind]}] {'; '.join(dict.fromkeys(word for word in words if word.strip()))}")


def hidden_styles(styles: Element | None) -> frozenset[str]:
    """Return the styles whose words are hidden."""
    hidden: set[str] = set()
    for style in children(styles, "style"):
        vanish = child(style, "rPr", "vanish")
        if vanish is not None and attribute(vanish, "val") not in {"0", "false", "off"}:
            hidden.add(attribute(style, "styleId"))
    return frozenset(hidden)


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
