"""Takes out of a PDF what stands in layers that are off (optional content, ISO 32000-1, 8.11).

No reader draws it, and nobody who looks through the file sees it; but most programs that extract words find it. What is shown and what is searched
are to be the same: so it goes, before anything else reads the file.
"""

from collections.abc import Iterable
from typing import Any, Final

import pikepdf

MAX_DEPTH: Final = 20
"""Forms within forms that are followed."""
MAX_RULE_DEPTH: Final = 32
"""Depth of a visibility expression."""
PATH_PAINTING: Final = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
"""Operators that paint a path; `n` ends it without painting."""
TEXT_SHOWING: Final = frozenset({"Tj", "TJ"})
OTHER_PAINTING: Final = frozenset({"sh", "Do", "INLINE IMAGE"})
Identity = tuple[int, int]


def remove_hidden_layers(document: Any) -> bool:
    """Remove from the pages of a document, in place, what stands in layers that are off. Return whether it has layers."""
    properties = document.Root.get("/OCProperties")
    if not isinstance(properties, pikepdf.Dictionary):
        return False
    # A rule may hide something though every layer is on.
    off = _layers_off(properties)
    done: set[Identity] = set()
    for page in document.pages:
        _clean_annotations(page, off)
        _clean_content(document, page.obj, off, done, 0)
    return True


def _layers_off(properties: Any) -> frozenset[Identity]:
    """Return the layers that are off when a document is opened: by the default configuration, and by what it sets for viewing."""
    layers = {layer.objgen: layer for layer in _items(properties.get("/OCGs"))}
    default = properties.get("/D", pikepdf.Dictionary())
    off = set(layers) if str(default.get("/BaseState", "/ON")) == "/OFF" else set()
    off -= {layer.objgen for layer in _items(default.get("/ON"))}
    off |= {layer.objgen for layer in _items(default.get("/OFF"))}
    for automatic in _items(default.get("/AS")):
        if str(automatic.get("/Event", "")) != "/View":
            continue
        for layer in _items(automatic.get("/OCGs")):
            state = str(
                layer.get("/Usage", pikepdf.Dictionary()).get("/View", pikepdf.Dictionary()).get("/ViewState", "")
            )
            if state == "/OFF":
                off.add(layer.objgen)
            elif state == "/ON":
                off.discard(layer.objgen)
    return frozenset(off)


def _items(array: Any) -> list[Any]:
    """Return the dictionaries of an array, which may be missing or hold other things."""
    if not isinstance(array, pikepdf.Array):
        return []
    return [item for item in array if isinstance(item, pikepdf.Dictionary)]


def _is_off(membership: Any, off: frozenset[Identity]) -> bool:
    """Return whether what belongs to a layer, or to several by a rule (ISO 32000-1, table 99), is not shown."""
    if not isinstance(membership, pikepdf.Dictionary):
        return False
    if str(membership.get("/Type", "")) != "/OCMD":
        return membership.objgen in off
    expression = membership.get("/VE")
    if isinstance(expression, pikepdf.Array):
        return not _holds(expression, off, 0)
    named = membership.get("/OCGs")
    layers = [named] if isinstance(named, pikepdf.Dictionary) else _items(named)
    states = [layer.objgen not in off for layer in layers]
    if not states:
        return False
    shown = {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}
    return not shown.get(str(membership.get("/P", "/AnyOn")), any(states))


def _holds(expression: Any, off: frozenset[Identity], depth: int) -> bool:
    """Return whether a visibility expression is true; one that cannot be understood is, as in other readers."""
    if isinstance(expression, pikepdf.Dictionary):
        return expression.objgen not in off
    if not isinstance(expression, pikepdf.Array) or len(expression) < 1 or depth > MAX_RULE_DEPTH:
        return True
    parts = [_holds(expression[place], off, depth + 1) for place in range(1, len(expression))]
    match str(expression[0]):
        case "/Not":
            return not all(parts)
        case "/Or":
            return any(parts)
        case _:
            return all(parts)


def _clean_annotations(page: Any, off: frozenset[Identity]) -> None:
    notes = page.obj.get("/Annots")
    if isinstance(notes, pikepdf.Array):
        kept = [each for each in notes if not (isinstance(each, pikepdf.Dictionary) and _is_off(each.get("/OC"), off))]
        if len(kept) < len(notes):
            page.obj.Annots = pikepdf.Array(kept)


def _clean_content(document: Any, holder: Any, off: frozenset[Identity], done: set[Identity], depth: int) -> None:
    """Clean the content of a page or form, and of the forms that it draws."""
    if depth > MAX_DEPTH or (isinstance(holder, pikepdf.Stream) and holder.objgen in done):
        return
    if isinstance(holder, pikepdf.Stream):
        done.add(holder.objgen)
    resources = holder.get("/Resources", pikepdf.Dictionary())
    marks = resources.get("/Properties", pikepdf.Dictionary())
    drawings = resources.get("/XObject", pikepdf.Dictionary())
    hidden_marks = {str(name) for name in marks.keys() if _is_off(marks.get(name), off)}  # noqa: SIM118 - no dict
    hidden_drawings = {
        str(name)
        for name in drawings.keys()  # noqa: SIM118 - no dict
        if isinstance(drawings.get(name), pikepdf.Stream) and _is_off(drawings[name].get("/OC"), off)
    }
    if hidden_marks or hidden_drawings:
        content = pikepdf.unparse_content_stream(
            _shown_instructions(pikepdf.parse_content_stream(holder), hidden_marks, hidden_drawings)
        )
        if isinstance(holder, pikepdf.Stream):
            holder.write(content)
        else:
            holder.Contents = document.make_stream(content)
        for name in hidden_drawings:
            del drawings[name]
    for name in drawings.keys():  # noqa: SIM118 - no dict
        inner = drawings.get(name)
        if isinstance(inner, pikepdf.Stream) and str(inner.get("/Subtype", "")) == "/Form":
            _clean_content(document, inner, off, done, depth + 1)


def _shown_instructions(instructions: Iterable[Any], hidden_marks: set[str], hidden_drawings: set[str]) -> list[Any]:
    """Return the instructions without those that paint inside hidden marked content; what changes the state of drawing stays."""
    kept: list[Any] = []
    open_marks: list[bool] = []
    for instruction in instructions:
        operands, operator = instruction.operands, str(instruction.operator)
        if operator in {"BDC", "BMC"}:
            hides = operator == "BDC" and str(operands[0]) == "/OC" and str(operands[-1]) in hidden_marks
            open_marks.append(hides)
        elif operator == "EMC" and open_marks:
            open_marks.pop()
        if operator == "Do" and str(operands[0]) in hidden_drawings:
            continue
        if not any(open_marks):
            kept.append(instruction)
        elif operator in PATH_PAINTING:
            kept.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("n")))
        elif operator in {"'", '"'}:
            kept.append(pikepdf.ContentStreamInstruction([], pikepdf.Operator("T*")))
        elif operator not in TEXT_SHOWING | OTHER_PAINTING:
            kept.append(instruction)
    return kept
