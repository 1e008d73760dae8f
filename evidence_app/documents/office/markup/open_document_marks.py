"""What an OpenDocument file says of its words beside them: styles that hide or strike out, tracked changes, hidden columns (ISO/IEC 26300-1)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evidence_app.documents.office.containers.zip_parts import Element, attribute, child, children, local, within
from evidence_app.documents.office.content import MAX_COLUMNS, Change
from evidence_app.documents.office.sheet_cells import whole_number


@dataclass(frozen=True, slots=True)
class TrackedChange:
    """A tracked change: what it was, by whom and when, and the words that were taken out."""

    change: Change
    by: str
    at: str
    words: str = ""


def outermost_boxes(element: Element) -> Iterator[Element]:
    """Yield the text boxes in a paragraph that are in no other."""
    for each in element:
        if local(each) == "text-box":
            yield each
        else:
            yield from outermost_boxes(each)


def rows_of(table: Element) -> Iterator[Element]:
    """Yield the rows of a table, those of its groups and head too."""
    for element in table:
        if local(element) == "table-row":
            yield element
        elif local(element) in {"table-rows", "table-header-rows", "table-row-group"}:
            yield from rows_of(element)


def hidden_columns_of(table: Element) -> Iterator[int]:
    """Yield the places, from 0, of the hidden columns."""
    place = 0
    for column in within(table, "table-column"):
        repeated = whole_number(attribute(column, "number-columns-repeated")) or 1
        if attribute(column, "visibility") in {"collapse", "filter"}:
            yield from range(place, min(place + repeated, MAX_COLUMNS))
        place += repeated


def styles_with(root: Element, holds: Callable[[Element], bool]) -> Iterator[str]:
    """Yield the names of the styles of which something holds, by their properties."""
    for style in within(root, "style"):
        if any(holds(properties) for properties in style):
            yield attribute(style, "name")


def is_hidden(properties: Element) -> bool:
    """Return whether properties hide what has them: text, sheets, slides."""
    shown = {attribute(properties, "display"), attribute(properties, "visibility")}
    return bool(shown & {"none", "false", "hidden"})


def is_struck(properties: Element) -> bool:
    """Return whether properties draw a line through words (20.384 and 20.385)."""
    lines = {attribute(properties, f"text-line-through-{kind}") for kind in ("style", "type")}
    return bool(lines - {"", "none"})


def tracked_changes(root: Element) -> Iterator[tuple[str, TrackedChange]]:
    """Yield the tracked changes by their identifiers (5.5)."""
    for region in within(root, "changed-region"):
        for kind, change in (("insertion", Change.INSERTED), ("deletion", Change.DELETED)):
            found = child(region, kind)
            if found is None:
                continue
            about = child(found, "change-info")
            by = "".join("".join(each.itertext()) for each in children(about, "creator"))
            at = (
                "".join("".join(each.itertext()) for each in children(about, "date"))
                .replace("T", " ")
                .partition(".")[0]
            )
            words = "\n".join("".join(each.itertext()) for each in found.iter() if local(each) in {"p", "h"})
            yield attribute(region, "id"), TrackedChange(change, by, at, words)
