"""A preview of a bundle: its pages, and where records and exhibits are on them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evidence_app.domain.record.records import RecordKey


def end_of(anchor: str) -> str:
    """Return the name of the place where what begins at an anchor ends."""
    return f"{anchor}-end"


def record_anchor(record: RecordKey) -> str:
    """Return the name of a record's place in a bundle: ``record-12``, or ``record-7.12`` for one that was handed over."""
    return f"record-{record}".replace("/", ".")


@dataclass(frozen=True, slots=True)
class WithinExhibit:
    """A part of an exhibit or a file in it, as the index has it: its number, its title, and the key of its page."""

    number: str
    title: str
    key: str


@dataclass(frozen=True, slots=True)
class PictureOf:
    """The area that a page of an exhibit has on a page of the preview.

    `page` is the exhibit's own page, from 1; `area` is left, top, right, bottom in fractions of the page from the top left.
    """

    exhibit: str
    page: int
    area: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview: the PDF, and its number of pages.

    `numbers` maps the key of each part to its page, `exhibits` an attachment's SHA-256 to the key of its part, and
    `pictures` a page (from 0) to the exhibit page shown on it. `missed` are the numbers, from 1, of redactions that match
    nothing. `within` are the parts of an exhibit and the files in it, by its number.
    """

    content: bytes
    pages: int
    numbers: Mapping[str, int]
    exhibits: Mapping[str, str]
    pictures: Mapping[int, PictureOf]
    missed: tuple[int, ...] = ()
    within: Mapping[int, tuple[WithinExhibit, ...]] = field(default_factory=dict)
