"""What a preview of a bundle gives: its pages, and what stands on them."""

from collections.abc import Mapping
from dataclasses import dataclass

from evidence_app.domain.record.records import RecordKey


def record_anchor(record: RecordKey) -> str:
    """Return the name of a record's place in a bundle: ``record-12``, or ``record-7.12`` for one that was handed over."""
    return f"record-{record}".replace("/", ".")


@dataclass(frozen=True, slots=True)
class PictureOf:
    """Where a page of an exhibit stands on a page of a preview: its area (left, top, right, bottom) in fractions from the top left."""

    exhibit: str
    page: int
    area: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages of a bundle as they would be: the page of each part by its key, each exhibit's key by its digest, and by page (from 0) what of
    which exhibit stands on it. `missed` are the places, from 1, of redactions that find nothing.
    """

    content: bytes
    pages: int
    numbers: Mapping[str, int]
    exhibits: Mapping[str, str]
    pictures: Mapping[int, PictureOf]
    missed: tuple[int, ...] = ()
