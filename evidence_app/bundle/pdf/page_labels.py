"""Page labels: the numbers that readers show for pages (ISO 32000-1, 12.4.2)."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

from evidence_app.bundle.typeset.page_numbers import PageNumbers


def page_labels(numbers: PageNumbers) -> Iterator[object]:
    """Yield the places at which page labels begin anew, each with its labels."""
    for place, number in numbers.runs():
        label = Dictionary(S=Name.D, St=number) if number else Dictionary(P=pikepdf.String("–"))
        if number and numbers.prefix:
            label.P = pikepdf.String(numbers.prefix)
        yield place
        yield label
