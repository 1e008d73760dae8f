"""The position of a foreign PDF's page on a page of the bundle."""

from dataclasses import dataclass

from evidence_app.bundle.typeset.tag_tree import Element


@dataclass(frozen=True, slots=True)
class Placement:
    """A foreign page to be drawn on a page of the bundle.

    `source` is its index, from 0, in the foreign document; `area` is (x, y, width, height) in points from the lower left corner; `tag` is
    the structure element that it becomes.
    """

    source: int
    area: tuple[float, float, float, float]
    tag: Element
