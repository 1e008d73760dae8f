"""Takes the marks of layers off a document whose hidden layers are out already: what is left of them is drawn in any case (ISO 32000-1, 8.11)."""

from typing import Any

import pikepdf

from evidence_app.bundle.exhibits.mending.shown_text import drawn_by
from evidence_app.documents.resource_limits import DAMAGES

BEGINS = frozenset({"BMC", "BDC"})
END = "EMC"


def drop_layers(document: Any) -> bool:
    """Take the marks of layers off the pages of a document, in place. Return whether there were any.

    `documents/pdf/layers.py` has taken out what is hidden. Where it could not, the page looks otherwise now, and is not placed.
    """
    is_changed = False
    for stream, resources in drawn_by([page.obj for page in document.pages]):
        properties = resources.get("/Properties")
        if isinstance(properties, pikepdf.Dictionary):
            is_changed = _drop_marks(document, stream) or is_changed
            del resources["/Properties"]
        drawn = resources.get("/XObject")
        for item in drawn.values() if isinstance(drawn, pikepdf.Dictionary) else ():
            if isinstance(item, pikepdf.Stream) and "/OC" in item:
                del item["/OC"]
                is_changed = True
    return is_changed


def _drop_marks(document: Any, stream: Any) -> bool:
    """Take the marks that name a layer, with their ends, out of a page's or form's content."""
    try:
        instructions = list(pikepdf.parse_content_stream(stream))
    except DAMAGES:
        return False
    kept = []
    opened: list[bool] = []
    for each in instructions:
        name = str(each.operator)
        if name in BEGINS:
            opened.append(name == "BDC" and len(each.operands) > 0 and str(each.operands[0]) == "/OC")
            if opened[-1]:
                continue
        elif name == END and opened and opened.pop():
            continue
        kept.append(each)
    if len(kept) == len(instructions):
        return False
    content = pikepdf.unparse_content_stream(kept)
    if isinstance(stream, pikepdf.Stream):
        stream.write(content)
    else:
        stream.Contents = document.make_stream(content)
    return True
