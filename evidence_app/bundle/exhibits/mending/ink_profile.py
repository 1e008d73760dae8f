"""Says which inks are meant where a document names printing inks without a profile (docs/decisions/0028-fonts-made-anew.md)."""

from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from evidence_app.bundle.exhibits.mending.shown_text import drawn_by
from evidence_app.documents.inks.profile import profile

INKS: Final = Name.DeviceCMYK
MAX_DEPTH: Final = 8
OVERPRINTING: Final = ("/OP", "/op", "/OPM")
"""Keys of a graphics state that say how one ink is printed over another (ISO 32000-1, 8.6.7)."""


def give_ink_profile(document: Any) -> bool:
    """Say wherever printing inks are named which inks they are, in place. Return whether any are named.

    A group that mixes in inks mixes in the colours of the screen instead, as readers do.
    """
    drawn = list(drawn_by([page.obj for page in document.pages]))
    if not any(_names_inks(item) for item in document.objects) and not any(_chooses_inks(each) for each, _ in drawn):
        return False
    stream = document.make_stream(profile())
    stream.N, stream.Alternate = 4, INKS
    space = document.make_indirect(Array([Name.ICCBased, stream]))
    owners = [item for item in document.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
    for item in document.objects:
        _put_for_inks(item, space)
    # Patterns and drawn letters have resources too, and no page names them as a form.
    for owner, resources in (*drawn, *((item, item.get("/Resources")) for item in owners)):
        if isinstance(resources, pikepdf.Dictionary):
            spaces = resources.get("/ColorSpace")
            if not isinstance(spaces, pikepdf.Dictionary):
                resources.ColorSpace = spaces = Dictionary()
            spaces.DefaultCMYK = space
        group = owner.get("/Group")
        if isinstance(group, pikepdf.Dictionary) and group.get("/CS") == INKS:
            group.CS = Name.DeviceRGB
    return True


def _put_for_inks(item: Any, space: Any, depth: int = 0) -> None:
    """Put a colour space in the place of the inks wherever an object names them itself, in place.

    A default is looked for in the resources of whatever draws a picture or shading, which not every reader does.
    """
    if isinstance(item, Array):
        for place, each in enumerate(item):
            if isinstance(each, Name) and each == INKS:
                item[place] = space
            elif depth < MAX_DEPTH and isinstance(each, Array) and not each.is_indirect:
                _put_for_inks(each, space, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        if item.get("/ColorSpace") == INKS:
            item.ColorSpace = space
        for key in OVERPRINTING:
            # Overprinting in inks of a profile is forbidden (ISO 19005-3, 6.2.4.2), and no screen shows it.
            if key in item and "/S" not in item:
                del item[key]
        for each in item.values() if depth < MAX_DEPTH else ():
            if isinstance(each, Array | pikepdf.Dictionary) and not each.is_indirect:
                _put_for_inks(each, space, depth + 1)


def _names_inks(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array) and b"/DeviceCMYK" in (
        item.unparse() if isinstance(item, pikepdf.Array) else pikepdf.Dictionary(dict(item)).unparse()
    )


def _chooses_inks(drawn: Any) -> bool:
    """Whether the content of a page or form chooses an ink by its operator alone (ISO 32000-1, 8.6.8)."""
    return any(str(each.operator) in {"k", "K"} for each in pikepdf.parse_content_stream(drawn, "k K"))
