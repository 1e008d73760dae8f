"""A second judge of foreign pages: whether a bundle with them on its pages is PDF/A-3b and PDF/UA-1.

The check of PDF/A that goes with the library which writes the file does not look into fonts: at which characters a page shows, whether the font
has them, how wide they are there, and whether it says what they mean. One real file in seven that it lets pass has such a fault.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from evidence_app.bundle.exhibits.page_import import DAMAGES
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.pdf.placement import Placement
from evidence_app.bundle.pdf.strip_tags import shows_words
from evidence_app.bundle.typeset.tag_tree import Element

PROFILES: Final = ("3b", "ua1")
RUN: Final = 40
"""So many pages are judged at a time, which bounds the memory that it takes."""
MAX_SINGLE_CHECKS: Final = 200
"""Up to so many pages of a document are judged one by one when they cannot all be placed."""
MAX_DECODED: Final = 128 * 1024 * 1024
MAX_KNOWN: Final = 1_000
AREA: Final = (40.0, 60.0, 500.0, 700.0)


class PdfaValidator:
    """Judges pages, and remembers what it judged by the digest of the file: a plan is looked at often before its bundle is made."""

    def __init__(self) -> None:
        self._known: dict[tuple[bytes, tuple[int, ...]], frozenset[int]] = {}

    def pages_that_keep_it(
        self, document: Any, sha256: bytes, numbers: Sequence[int], tick: Callable[[], None]
    ) -> frozenset[int]:
        """Return which pages of a sanitised document, from 0, leave a bundle what it is.

        `sha256` is the digest of the file as it came. `tick` is told of each run, and may raise to stop.
        """
        asked = (sha256, tuple(numbers))
        if asked not in self._known:
            if len(self._known) >= MAX_KNOWN:
                self._known.clear()
            self._known[asked] = frozenset(_pages_that_keep_it(document, numbers, tick))
        return self._known[asked]


VALIDATOR: Final = PdfaValidator()


def _pages_that_keep_it(document: Any, numbers: Sequence[int], tick: Callable[[], None]) -> set[int]:
    """Judge pages by runs. Of a long document a run with a fault in it is not taken apart."""
    kept: set[int] = set()
    for start in range(0, len(numbers), RUN):
        run = numbers[start : start + RUN]
        tick()
        if _keep_it(document, run):
            kept.update(run)
        elif 1 < len(numbers) <= MAX_SINGLE_CHECKS:
            for number in run:
                tick()
                kept.update([number] * _keep_it(document, [number]))
    return kept


def _keep_it(document: Any, run: Sequence[int]) -> bool:
    placements = [Placement(number, AREA, _tag(document.pages[number])) for number in run]
    try:
        content = assembly.alone(document, placements)
    except (assembly.NotArchivable, *DAMAGES):
        return False
    return all(_is_compliant(content, profile) for profile in PROFILES)


def _tag(page: Any) -> Element:
    return Element("P") if shows_words(page.obj) else Element("Figure", None, "A page")


def _is_compliant(content: bytes, profile: str) -> bool:
    import page

    try:
        limits = page.SafetyLimits(max_decoded_stream_size=MAX_DECODED)
        return bool(page.validate_pdf_bytes(content, profile=profile, limits=limits).is_compliant)
    except page.PageError:
        return False
    except BaseException as error:
        # What the judge itself trips over is raised as something that is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        return False
