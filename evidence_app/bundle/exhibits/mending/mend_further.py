"""The second attempt at a document of which a page failed: its fonts are made anew, and what else leaves the look as it is is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from evidence_app.bundle.exhibits.mending.ink_profile import give_ink_profile
from evidence_app.bundle.exhibits.mending.rebuilt_fonts import rebuild
from evidence_app.bundle.exhibits.mending.shown_text import Key, drawn_by, key_of, shown_text
from evidence_app.bundle.exhibits.mending.tidy import tidy


@dataclass(frozen=True, slots=True)
class MendedFurther:
    """What was made anew: for each font how many characters it shows and how many of them nobody knows, and which font stands for which."""

    counts: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    stand_ins: tuple[str, ...] = ()


def mend_further(document: Any) -> MendedFurther:
    """Make the fonts of a document anew, in place.

    Raises:
        pikepdf.PdfError: a stream of it is damaged.
    """
    tidy(document)
    shown = shown_text(document)
    counts: dict[Key, tuple[int, int]] = {}
    said: set[str] = set()
    for key, font in shown.fonts.items():
        codes = shown.codes.get(key)
        remade = rebuild(document, font, codes) if codes else None
        if codes:
            counts[key] = (len(codes), remade.unknown if remade is not None else 0)
        if remade is not None:
            said |= {remade.stands_in} if remade.stands_in else set()
    give_ink_profile(document)
    return MendedFurther(counts, tuple(sorted(said)))


def pages_with_unknown(document: Any, further: MendedFurther, part: float = 0.0) -> frozenset[int]:
    """Return the indexes, from 0, of the pages of whose characters more than a part are known to nobody."""
    found: set[int] = set()
    for number, page in enumerate(document.pages):
        counts = [further.counts[key] for key in _fonts_of(page.obj) if key in further.counts]
        if sum(unknown for _, unknown in counts) > part * sum(shown for shown, _ in counts):
            found.add(number)
    return frozenset(found)


def _fonts_of(page: Any) -> set[Key]:
    found: set[Key] = set()
    for _, resources in drawn_by([page]):
        fonts = resources.get("/Font")
        for font in fonts.values() if isinstance(fonts, pikepdf.Dictionary) else ():
            if isinstance(font, pikepdf.Dictionary):
                found.add(key_of(font))
    return found
