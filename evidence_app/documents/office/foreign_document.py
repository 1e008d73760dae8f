"""A foreign document of words that is open in a worker (docs/decisions/0029-foreign-files-in-workers.md)."""

from typing import ClassVar

from evidence_app.documents.office.content import DocumentContent
from evidence_app.documents.office.content_of import content_of


class ForeignDocument:
    """An opened document."""

    CALLS: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, kind: str, name: str, untrusted: bytes) -> None:
        """Read a file of a media type, with its name.

        Raises:
            CannotRead: it is a document of words and cannot be read.
        """
        self._content = content_of(kind, name, untrusted)

    def facts(self) -> DocumentContent | None:
        """Return what it says; None if it is no document of words."""
        return self._content
