"""Where a page of a foreign PDF goes on a page of the bundle."""

from dataclasses import dataclass

from evidence_app.bundle.typeset.tag_tree import Element


@dataclass(frozen=True, slots=True)
class Placement:
    """A PDF page that is put on one of ours: which, into which area (x, y, width, height), and as what in the structure."""

    source: int
    area: tuple[float, float, float, float]
    tag: Element
