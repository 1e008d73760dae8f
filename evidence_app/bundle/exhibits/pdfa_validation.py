"""Validates foreign pages with a second validator: a bundle with them must be PDF/A-3b and PDF/UA-1 (docs/decisions/0013-two-judges.md).

The PDF/A check of the library that writes the file does not inspect fonts: whether the font has the glyphs that a page shows, whether their
widths agree, and whether they map to characters. One real file in seven that passes it has such a fault.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.pdf.strip_tags import shows_words
from evidence_app.bundle.typeset.tag_tree import Element
from evidence_app.documents.resource_limits import DAMAGES

PROFILES: Final = ("3b", "ua1")
RUN: Final = 40
"""Pages validated at a time, which bounds the memory."""
MAX_SINGLE_CHECKS: Final = 200
"""Longest selection of pages, for one document, whose pages are validated one by one when they do not pass together."""
MAX_DECODED: Final = 128 * 1024 * 1024
"""Decoded bytes of one stream."""
MAX_KNOWN: Final = 1_000
"""Results remembered."""
AREA: Final = (40.0, 60.0, 500.0, 700.0)
"""Where a page is drawn for validation: x, y, width and height in points. The result does not depend on it."""


class PdfaValidator:
    """Validates pages and caches the results by the file's digest, since a plan is previewed often before its bundle is made."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, tuple[int, ...]], frozenset[int]] = {}

    def pages_that_keep_it(
        self, document: Any, sha256: bytes, numbers: Sequence[int], tick: Callable[[], None]
    ) -> frozenset[int]:
        """Return the indexes, from 0, of those pages of a sanitised document with which a bundle is still PDF/A-3b and PDF/UA-1.

        `sha256` is the digest of the file as received; `numbers` are the indexes of the pages to validate. `tick` is called before each run
        and may raise to stop.
        """
        asked = (sha256, tuple(numbers))
        if asked not in self._known:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[asked] = frozenset(_conforming_pages(document, numbers, tick))
        return self._known[asked]


VALIDATOR: Final = PdfaValidator()


def _conforming_pages(document: Any, numbers: Sequence[int], tick: Callable[[], None]) -> set[int]:
    """Validate pages in runs. A run that fails is validated page by page, but not in a long document."""
    passed: set[int] = set()
    for start in range(0, len(numbers), RUN):
        run = numbers[start : start + RUN]
        tick()
        if _conform(document, run):
            passed.update(run)
        elif 1 < len(numbers) <= MAX_SINGLE_CHECKS:
            for number in run:
                tick()
                if _conform(document, [number]):
                    passed.add(number)
    return passed


def _conform(document: Any, run: Sequence[int]) -> bool:
    """Return true if a bundle of these pages alone passes both profiles of the second validator and then pikepdf's check, which takes longer."""
    placements = [Placement(number, AREA, _tag(document.pages[number])) for number in run]
    try:
        content = assembly.alone(document, placements)
        finished = assembly.completed(content)
    except DAMAGES:
        return False
    return all(_is_compliant(finished, profile) for profile in PROFILES) and _is_archivable(content)


def _is_archivable(content: bytes) -> bool:
    """Return true if a file that is not completed passes pikepdf's check."""
    try:
        assembly.require_archivable(content)
    except (assembly.NotArchivable, *DAMAGES):
        return False
    return True


def _tag(page: Any) -> Element:
    """Return the structure element of a page as a bundle would tag it."""
    return Element("P") if shows_words(page.obj) else Element("Figure", None, "A page")


def _is_compliant(content: bytes, profile: str) -> bool:
    """Return true if a file passes the second validator; its own failures count as no."""
    import page

    try:
        limits = page.SafetyLimits(max_decoded_stream_size=MAX_DECODED)
        return bool(page.validate_pdf_bytes(content, profile=profile, limits=limits).is_compliant)
    except page.PageError:
        return False
    except BaseException as error:
        # A panic in the validator's Rust code arrives as PanicException, which derives from BaseException.
        if type(error).__name__ != "PanicException":
            raise
        return False
