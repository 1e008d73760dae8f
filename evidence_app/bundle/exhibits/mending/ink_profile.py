"""Says which inks are meant where a document names printing inks without a profile (docs/decisions/0028-fonts-made-anew.md)."""

from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name

from evidence_app.bundle.exhibits.mending.shown_text import drawn_by
from evidence_app.documents.inks.profile import profile

INKS: Final = Name.DeviceCMYK


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
    # Patterns and drawn letters have resources too, and no page names them as a form.
    owners = [item for item in document.objects if isinstance(item, pikepdf.Dictionary | pikepdf.Stream)]
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


def _names_inks(item: Any) -> bool:
    return isinstance(item, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array) and b"/DeviceCMYK" in (
        item.unparse() if isinstance(item, pikepdf.Array) else pikepdf.Dictionary(dict(item)).unparse()
    )


def _chooses_inks(drawn: Any) -> bool:
    """Whether the content of a page or form chooses an ink by its operator alone (ISO 32000-1, 8.6.8)."""
    return any(str(each.operator) in {"k", "K"} for each in pikepdf.parse_content_stream(drawn, "k K"))
