"""Words of a PDF's page with their places: of its text as PDFium extracts it, and recognised on its picture where the text may not be all.

The page is one of a file that `pdf_as_drawn` has made: what is drawn on it is in the page itself.
"""

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import pikepdf

from evidence_app.documents.pdf.drawn_shapes import may_show_words
from evidence_app.documents.recognition import Recognised, as_read, recognise
from evidence_app.documents.resource_limits import DAMAGES
from evidence_app.documents.shown_words import Reading, ShownPage, ShownWord, WordSource
from evidence_app.documents.workers.values import Pixels, pixels_of

MAX_CHARACTERS: Final = 200_000
"""Characters extracted from one page."""
FAR: Final = 2.0
"""Longest distance, in sizes of the larger one, between two characters of one word."""
RECOGNITION_DPI: Final = 200
"""Resolution at which a page is drawn to be recognised."""
COMMON: Final = frozenset(
    re.findall(
        r"\S+",
        """
    the a an of to and in is was for on that with at by be he she we i it his her as from not are this have has or you me my us
    yn y yr ar mae i'r o a'r ac
    """,
    )
)
"""Words of which at least one is in nearly every text of English or Welsh."""
MAX_RECOGNISED: Final = 2_000
"""Pages of one file whose pictures are read, at half a second or two each."""
MAX_FORMS: Final = 30
"""Forms within forms that are looked at."""
MAX_PIXELS_A_SIDE: Final = 6_000
"""Pixels of the longer side of a page that is drawn to be recognised."""
CANNOT_DRAW: Final = (MemoryError, RuntimeError, ValueError, OSError)
"""What PDFium and Pillow raise of a page that cannot be drawn."""
UNREADABLE: Final = "it could not be read"
TOO_LARGE: Final = "its picture could not be drawn"
TOO_MANY: Final = "its file has too many pictures"


class PdfReader:
    """Reads what the pages of a PDF show. Pages are counted from 0. To be closed."""

    def __init__(self, as_drawn: bytes) -> None:
        """Open a file that `pdf_as_drawn` has made.

        Raises:
            PdfiumError: PDFium cannot open it.
        """
        import pypdfium2

        self.document = pypdfium2.PdfDocument(as_drawn)
        self._texts: dict[int, tuple[TextOfPage, bool]] = {}
        self._pictured: set[int] = set()
        self._doubtful = _pages_with_hidden_text(as_drawn)

    def __len__(self) -> int:
        return len(self.document)

    def page(self, number: int) -> tuple["TextOfPage", Pixels | None]:
        """Return what the text of a page says, and the page as it is recognised where that may not be all."""
        if number not in self._texts:
            self._texts[number] = self._text_of(number)
        text, is_all = self._texts[number]
        if is_all:
            return text, None
        if number not in self._pictured and len(self._pictured) >= MAX_RECOGNISED:
            return replace(text, doubt=TOO_MANY), None
        self._pictured.add(number)
        drawn = self._drawn(number)
        return (text, drawn) if drawn is not None else (replace(text, doubt=TOO_LARGE), None)

    def text(self, number: int) -> str:
        """Return the whole text of a page as PDFium extracts it, with what lies outside its visible area."""
        page = self.document[number]
        try:
            return str(page.get_textpage().get_text_range())
        finally:
            page.close()

    def may_show_more(self, number: int) -> bool:
        """Return whether a page has pictures or the like, or more than a few lines, so that it may show words which its text does not have."""
        page = self.document[number]
        try:
            return number in self._doubtful or may_show_words(page, strictly=True)
        finally:
            page.close()

    def picture(self, number: int) -> Pixels | None:
        """Return a page that has pictures or the like as it is recognised; None of another, and of one that cannot be drawn."""
        return self._drawn(number) if self.may_show_more(number) else None

    def _drawn(self, number: int) -> Pixels | None:
        try:
            page = self.document[number]
            try:
                return pixels_of(as_read(drawn_to_read(page)))
            finally:
                page.close()
        except CANNOT_DRAW:
            return None

    def _text_of(self, number: int) -> tuple["TextOfPage", bool]:
        """Return what the text of a page says, and whether nothing else need be read; one that cannot be read is in doubt."""
        try:
            page = self.document[number]
            try:
                return text_of_page(page, doubtful=number in self._doubtful)
            finally:
                page.close()
        except (*CANNOT_DRAW, IndexError):
            return TextOfPage(doubt=UNREADABLE), True

    def close(self) -> None:
        """Close the file."""
        self.document.close()


def _pages_with_hidden_text(content: bytes) -> frozenset[int]:
    """Return the pages, from 0, that draw with what may hold words which no text extraction finds, themselves or in forms.

    These are patterns (ISO 32000-1, 8.7.3), masks (11.6.5.2) and fonts whose signs are drawings (9.6.5).
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as document:
            known: dict[tuple[int, int], bool] = {}
            return frozenset(
                number
                for number, page in enumerate(document.pages)
                if _holds_hidden_text(page.obj.get("/Resources"), known, 0)
            )
    except DAMAGES:
        return frozenset()


def _holds_hidden_text(resources: Any, known: dict[tuple[int, int], bool], depth: int) -> bool:
    """Return whether resources have patterns, masks or drawn fonts, or a form that has; `known` are the forms that were looked at."""
    if not isinstance(resources, pikepdf.Dictionary):
        return False
    if depth > MAX_FORMS or "/Pattern" in resources:
        return True
    fonts, states = _values(resources, "/Font"), _values(resources, "/ExtGState")
    if any(str(font.get("/Subtype")) == "/Type3" for font in fonts):
        return True
    if any(isinstance(state.get("/SMask"), pikepdf.Dictionary) for state in states):
        return True
    for form in _values(resources, "/XObject"):
        if form.objgen not in known:
            known[form.objgen] = False
            known[form.objgen] = _holds_hidden_text(form.get("/Resources"), known, depth + 1)
        if known[form.objgen]:
            return True
    return False


def _values(resources: Any, category: str) -> list[Any]:
    """Return the dictionaries and streams of a category of resources."""
    named = resources.get(category)
    values = list(named.values()) if isinstance(named, pikepdf.Dictionary) else []
    return [each for each in values if isinstance(each, pikepdf.Dictionary | pikepdf.Stream)]


@dataclass(frozen=True, slots=True)
class TextOfPage:
    """What the text of a page says. `doubt` says why words on it may have been missed where its picture is not recognised."""

    readings: tuple[Reading, ...] = ()
    has_words: bool = False
    doubt: str = ""

    def alone(self) -> ShownPage:
        """Return the page without what is on its picture."""
        return ShownPage(self.readings, doubt=self.doubt)

    def with_found(self, found: Recognised) -> ShownPage:
        """Return the page with what is recognised on its picture."""
        if self.has_words and found.quarters:
            # The page has words of its own; those that lie otherwise on its picture stay as they lie.
            turned = tuple(_turned_back(word, found.quarters) for word in found.words)
            return ShownPage((*self.readings, Reading(WordSource.RECOGNISED, turned)), doubt=found.doubt)
        recognised = (Reading(WordSource.RECOGNISED, found.words),) if found.words else ()
        return ShownPage((*self.readings, *recognised), found.quarters, found.doubt)


def text_of_page(page: Any, *, doubtful: bool = False) -> tuple[TextOfPage, bool]:
    """Return what the text of a page opened with pypdfium2 says, and whether that is all; with `doubtful` it may not be."""
    every, certain = words_of_page(page)
    words = [word for word in every if _is_seen(word)]
    unseen = [word for word in every if not _is_seen(word)]
    readings = [Reading(WordSource.TEXT, tuple(words))] if words else []
    readings += [Reading(WordSource.UNSEEN, tuple(unseen))] if unseen else []
    is_all = bool(words) and certain and not doubtful and _reads_like_a_text(words) and not may_show_words(page)
    return TextOfPage(tuple(readings), bool(words)), is_all


def read_page(page: Any) -> ShownPage:
    """Return what a page opened with pypdfium2 shows, recognised in this process."""
    text, is_all = text_of_page(page)
    return text.alone() if is_all else text.with_found(_recognised(page))


def _recognised(page: Any) -> Recognised:
    """Return what is recognised on a page as it is drawn."""
    try:
        image = drawn_to_read(page)
    except CANNOT_DRAW:
        return Recognised(doubt=TOO_LARGE)
    return recognise(image, RECOGNITION_DPI)


def drawn_to_read(page: Any) -> Any:
    """Return a page as the Pillow image that is recognised.

    Raises:
        MemoryError, RuntimeError, ValueError, OSError: it cannot be drawn.
    """
    return page.render(scale=min(RECOGNITION_DPI / 72, MAX_PIXELS_A_SIDE / max(*page.get_size(), 1.0))).to_pil()


def _turned_back(word: ShownWord, quarters: int) -> ShownWord:
    """Return a word of a page that was turned clockwise by quarters with its box on the page as it was."""
    left, top, right, bottom, text = word
    for _ in range(quarters % 4):
        left, top, right, bottom = top, 1 - right, bottom, 1 - left
    return ShownWord(left, top, right, bottom, text)


def words_of_page(page: Any) -> tuple[list[ShownWord], bool]:
    """Return the words of a page's text, in its order, and whether its fonts say what they show."""
    from pypdfium2 import PdfiumError, raw

    try:
        text = page.get_textpage()
    except PdfiumError:
        return [], False
    shown_box = _shown_boxes(page)
    count = min(text.count_chars(), MAX_CHARACTERS)
    words: list[ShownWord] = []
    word: list[tuple[str, tuple[float, float, float, float]]] = []
    certain = text.count_chars() <= MAX_CHARACTERS
    for number in range(count):
        # Codes that are no character of their own (controls, surrogates) end a word, as white space does.
        code = raw.FPDFText_GetUnicode(text, number)  # type: ignore[attr-defined]
        if raw.FPDFText_IsHyphen(text, number) == 1:  # type: ignore[attr-defined]
            # Of a hyphen at a line's end PDFium gives a control instead: the word would fall apart, and its hyphen be lost.
            code = ord("-")
        certain = certain and raw.FPDFText_HasUnicodeMapError(text, number) != 1  # type: ignore[attr-defined]
        character = chr(code) if 32 < code < 0xD800 or 0xE000 <= code < 0x110000 else " "
        if character.isspace():
            words += _joined(word)
            word = []
            continue
        box = shown_box(*text.get_charbox(number))
        if word and _is_elsewhere(word[-1][1], box):
            words += _joined(word)
            word = []
        word.append((character, box))
    words += _joined(word)
    return words, certain


def _is_seen(word: ShownWord) -> bool:
    """Return whether a word stands in the visible area of its page."""
    return word.right > 0 and word.left < 1 and word.bottom > 0 and word.top < 1


def _reads_like_a_text(words: Sequence[ShownWord]) -> bool:
    """Return whether some of the commonest words are among these: a font may map what it shows to other characters."""
    return any(word.text.casefold().strip(".,;:") in COMMON for word in words)


def _is_elsewhere(before: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Return true if a character is too far from the one before it to be of the same word, in any direction: files omit spaces."""
    size = max(before[2] - before[0], before[3] - before[1], box[2] - box[0], box[3] - box[1])
    across = max(box[0] - before[2], before[0] - box[2])
    down = max(box[1] - before[3], before[1] - box[3])
    return max(across, down) > FAR * size


def _joined(word: list[tuple[str, tuple[float, float, float, float]]]) -> Iterator[ShownWord]:
    """Yield the characters of a word as one word, with the box around all of them; nothing for an empty word."""
    if word:
        boxes = [box for _, box in word]
        yield ShownWord(
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
            "".join(character for character, _ in word),
        )


def _shown_boxes(page: Any) -> Callable[[float, float, float, float], tuple[float, float, float, float]]:
    """Return a function from boxes in a page's own space (points, from the lower left) to boxes on the page as it is shown.

    The latter are cropped and rotated, in fractions from the top left corner.
    """
    left, bottom, right, top = page.get_cropbox()
    width, height = max(right - left, 1e-6), max(top - bottom, 1e-6)
    rotation = page.get_rotation()

    def point(x: float, y: float) -> tuple[float, float]:
        # /Rotate turns the page clockwise when it is shown (ISO 32000-1, table 30).
        across, up = (x - left) / width, (y - bottom) / height
        rotated = {90: (up, across), 180: (1 - across, up), 270: (1 - up, 1 - across)}
        return rotated.get(rotation, (across, 1 - up))

    def box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (xa, ya), (xb, yb) = point(x0, y0), point(x1, y1)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    return box
