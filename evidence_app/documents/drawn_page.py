"""A page that was drawn, and is read in a worker: what is recognised on its picture (docs/decisions/0029-foreign-files-in-workers.md)."""

from typing import ClassVar

from evidence_app.documents.recognition import Recognised, recognise, use_languages_named
from evidence_app.documents.workers.values import Pixels


class DrawnPage:
    """A page as its pixels. Opening it reads it."""

    CALLS: ClassVar = frozenset[str]()

    def __init__(self, pixels: Pixels, dpi: int, languages: str) -> None:
        """Read a page that was drawn at so many dots per inch, with these languages."""
        use_languages_named(languages)
        self._found = recognise(pixels.picture(), dpi)

    def facts(self) -> Recognised:
        """Return the words on it."""
        return self._found
