"""A foreign PDF that is open in a worker and asked which of its pages a bundle can place as they are: sanitised, mended in a copy, judged.

Two libraries read the same file: pikepdf prepares pages for placing, PDFium (pypdfium2) draws them. Pages are counted from 0.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, ClassVar, Final

import pikepdf
import pypdfium2

from evidence_app.bundle.exhibits.mending.mend_further import mend_further, pages_with_unknown
from evidence_app.bundle.exhibits.mending.same_look import pages_of_same_look
from evidence_app.bundle.exhibits.page_import import (
    DAMAGED_IN_PART,
    MUTE,
    Readiness,
    pages_that_speak,
    prepared_for_placing,
)
from evidence_app.bundle.exhibits.pdfa_validation import VALIDATOR
from evidence_app.bundle.exhibits.picture_encoding import is_grey, stored
from evidence_app.bundle.pdf.strip_tags import has_images
from evidence_app.bundle.typeset.page_writer import StoredPicture
from evidence_app.documents.foreign_pdf import DAMAGED, CannotShow, ForeignPdf, PdfFacts
from evidence_app.documents.pdf.words import PdfReader
from evidence_app.documents.recognition import turned_upright
from evidence_app.documents.resource_limits import DAMAGES

GLIMPSE: Final = 0.5
"""Scale at which a page is looked at for colours."""
DISAGREE: Final = "programs do not agree which pages it has"
PLAIN_CODING: Final = frozenset(
    {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/LZWDecode", "/RunLengthDecode"}
)
"""Stream filters by their full names (ISO 32000-1, 7.4, table 6), those for encryption and for text encodings excepted."""
FURTHER: Final = b"mended further"
"""Put before a file to tell what is known of its second attempt from what is known of its first."""
MAX_UNKNOWN: Final = 0.1
"""Part of a page's characters that nobody need know for it to be read out as text."""


@dataclass(frozen=True, slots=True)
class Placing:
    """Which pages can be placed: `kept` of the document whose bytes are here; or `why` none can.

    `pictured` are pages that are pictures whatever the judges say, because what they crop or cover would be in the bundle. `unspoken` are those
    of the kept ones whose words nobody can read out, and `stand_ins` say which font stands for which.
    """

    why: str = ""
    kept: frozenset[int] = frozenset()
    document: bytes = b""
    stand_ins: tuple[str, ...] = ()
    unspoken: frozenset[int] = frozenset()
    pictured: frozenset[int] = frozenset()


class PlaceablePdf(ForeignPdf):
    """An opened PDF whose pages may be placed."""

    CALLS: ClassVar = ForeignPdf.CALLS | {"placing", "size", "may_show_more", "stored"}

    def prepare(self) -> None:
        """Open it with both libraries. Where they disagree about its pages, what pikepdf reads is written anew, so that both read the same."""
        document, self.why = (None, "") if self.by_program else _opened(self.drawn)
        rendered = _count_rendered(self.drawn)
        self.count = len(document.pages) if document is not None else rendered
        if not self.count:
            raise CannotShow("it has no pages")
        if document is not None and rendered != self.count:
            self.why, self.drawn = DISAGREE, _written(document)

    def facts(self) -> PdfFacts:
        """Return what is known of it."""
        return PdfFacts(self.count, self.notes, self.by_program, self.why)

    def size(self, number: int) -> tuple[float, float] | None:
        """Return width and height of a page in points, as it is drawn; None if it cannot be."""
        try:
            page = self.reader.document[number]
            try:
                width, height = page.get_size()
            finally:
                page.close()
        except (pypdfium2.PdfiumError, IndexError):
            return None
        return float(width), float(height)

    def may_show_more(self, number: int) -> bool:
        """Return whether a page has pictures or the like, so that it may show words which its text does not have."""
        return self.reader.may_show_more(number)

    def stored(self, number: int, scale: float, quarters: int, from_letters: bool) -> StoredPicture | None:
        """Return a page drawn at pixels a point and turned clockwise by quarters, as it goes into a file; None if it cannot be drawn."""
        # A page without colours is drawn in grey: a third of the pixels' bytes.
        glimpse = self.image(number, GLIMPSE)
        image = self.image(number, scale, grey=glimpse is not None and is_grey(glimpse))
        return stored(turned_upright(image, quarters), from_letters=from_letters) if image is not None else None

    def placing(self, asked: Sequence[int], withholding: bool) -> Placing:
        """Return which of some pages can be placed. With `withholding` something of the bundle is withheld.

        Raises:
            CannotShow: a page exceeds the resource limits, so that it cannot be drawn either.
        """
        document, _ = (None, "") if self.why else _opened(self.drawn)
        if document is None:
            return Placing(self.why or DAMAGED_IN_PART)
        ready = prepared_for_placing(document)
        if ready.why not in {"", MUTE}:
            return Placing(ready.why)
        document = _settled(document)
        # Of a picture a page may show a part: what it covers or crops is in the file, and is gone once the page is a picture itself.
        pictured = frozenset(n for n in asked if withholding and _may_hide(document, self.reader, n))
        pages = [page for page in asked if page not in pictured]
        best = _best_attempt(document, self.reader, self.drawn, ready, pages, withholding)
        content = _written(best.document) if best.kept else b""
        said = best.stand_ins if best.kept else ()
        return Placing(ready.why, best.kept, content, said, best.unspoken, pictured)


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A document as it was mended, the pages of it that can be placed, and those of them whose words nobody can read out."""

    document: Any
    kept: frozenset[int]
    stand_ins: tuple[str, ...] = ()
    unspoken: frozenset[int] = frozenset()


def _best_attempt(
    document: Any, reader: PdfReader, untrusted: bytes, ready: Readiness, asked: Sequence[int], withholding: bool
) -> _Attempt:
    """Return the attempt with which the most pages can be placed: a document is mended further only if a page of it cannot (decision 28)."""
    first = _Attempt(document, _kept_at_first(document, reader, untrusted, ready, asked), ready.mended.stand_ins)
    if first.kept >= set(asked):
        return first
    try:
        second = _second_attempt(document, reader, untrusted, ready, asked, withholding)
    except DAMAGES:
        return first
    best, other = (second, first) if len(second.kept) > len(first.kept) else (first, second)
    other.document.close()
    return best


def _kept_at_first(
    document: Any, reader: PdfReader, untrusted: bytes, ready: Readiness, asked: Sequence[int]
) -> frozenset[int]:
    speaking = pages_that_speak(document) if ready.why else range(len(document.pages))
    pages = [page for page in asked if page in speaking]
    if ready.mended.is_changed:
        same = pages_of_same_look(reader.document, document, pages)
        pages = [page for page in pages if page in same]
    return VALIDATOR.pages_that_keep_it(document, sha256(untrusted).digest(), pages, _nothing)


def _second_attempt(
    document: Any, reader: PdfReader, untrusted: bytes, ready: Readiness, asked: Sequence[int], withholding: bool
) -> _Attempt:
    again = pikepdf.open(io.BytesIO(_written(document)), suppress_warnings=True)
    further = mend_further(again)
    unknown, unspoken = (pages_with_unknown(again, further, part) for part in (0.0, MAX_UNKNOWN))
    again = _settled(again)
    speaking = pages_that_speak(again)
    # Where something is withheld, words that nobody can read out are not placed.
    pages = [page for page in asked if page in speaking and not (withholding and page in unknown)]
    same = pages_of_same_look(reader.document, again, pages)
    pages = [page for page in pages if page in same]
    kept = VALIDATOR.pages_that_keep_it(again, sha256(FURTHER + untrusted).digest(), pages, _nothing)
    return _Attempt(again, kept, tuple(sorted({*ready.mended.stand_ins, *further.stand_ins})), unspoken & kept)


def _may_hide(document: Any, reader: PdfReader, number: int) -> bool:
    """Whether a page may hold pictures or letters drawn as lines of which it shows a part alone, or nothing."""
    return has_images(document.pages[number].obj) or reader.may_show_more(number)


def _opened(untrusted: bytes) -> tuple[Any, str]:
    """Open a PDF with pikepdf. Return the document and an empty string; or None and why it can only be rendered.

    Raises:
        CannotShow: it is protected by a password.
    """
    try:
        document = pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True)
        len(document.pages)
    except pikepdf.PasswordError as error:
        raise CannotShow("it is protected by a password") from error
    except DAMAGES:
        return None, DAMAGED_IN_PART
    return document, ""


def _count_rendered(untrusted: bytes) -> int:
    """Return the number of pages that PDFium finds; 0 where it cannot open the file."""
    try:
        document = pypdfium2.PdfDocument(untrusted)
    except pypdfium2.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def _written(document: Any) -> bytes:
    """Return a document's bytes as pikepdf writes them.

    Raises:
        CannotShow: it is too damaged to be written.
    """
    buffer = io.BytesIO()
    try:
        document.save(buffer)
    except DAMAGES as error:
        raise CannotShow(DAMAGED) from error
    return buffer.getvalue()


def _settled(document: Any) -> Any:
    """Round-trip the document once, if needed, so that page digests match the saved file: some stream encodings are rewritten on save."""
    if all(_outlives_writing(item) for item in document.objects if isinstance(item, pikepdf.Stream)):
        return document
    return pikepdf.open(io.BytesIO(_written(document)), suppress_warnings=True)


def _outlives_writing(stream: Any) -> bool:
    """Return true for a stream that saving leaves as it is: at most one filter, under its full name, and no array of parameters."""
    encoding = stream.get("/Filter")
    plain = encoding is None or (isinstance(encoding, pikepdf.Name) and str(encoding) in PLAIN_CODING)
    return plain and not isinstance(stream.get("/DecodeParms"), pikepdf.Array)


def _nothing() -> None:
    """Whoever waits for a worker looks for himself whether the person has cancelled."""
