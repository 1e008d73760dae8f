"""The words of a PDF's first page, for a reader who wants no more of it."""

from typing import Final

from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.opening import opened_pdf

MAX_CHARACTERS: Final = 20_000


class FirstPage:
    """Reads the first page of a PDF, in a worker."""

    CALLS: Final = frozenset[str]()

    def __init__(self, untrusted: bytes, languages: str) -> None:  # noqa: ARG002 - nothing is recognised on it
        """Read the words of the first page.

        Raises:
            CannotShow: the file or the page cannot be read.
        """
        import pypdfium2

        try:
            document = pypdfium2.PdfDocument(untrusted)
            self._words = str(document[0].get_textpage().get_text_range(count=-1))[:MAX_CHARACTERS]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise CannotShow("it cannot be read") from error

    def facts(self) -> str:
        """Return the words."""
        return self._words


def first_page_words(untrusted: bytes) -> str:
    """Return the words of a PDF's first page, read in a worker; an empty string where it cannot be read."""
    try:
        with opened_pdf(untrusted, kind="first page") as session:
            words: str = session.facts
            return words
    except CannotShow:
        return ""
