"""Words of a page with their positions: extracted from a PDF's own text, or recognised by Tesseract where it is installed."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

MAX_CHARACTERS: Final = 200_000
"""Characters extracted from one page."""
SURE_ENOUGH: Final = 30.0
"""Lowest confidence, in per cent, of a recognised word; below it Tesseract reports noise more often than words."""
FAR: Final = 2.0
"""Longest distance, in sizes of the larger one, between two characters of one word."""
SECONDS: Final = 120
"""Time that Tesseract may take for one page."""
COLUMNS: Final = 12
"""Columns of Tesseract's TSV output: 6 to 9 are the box, 10 the confidence, 11 the word."""


class Piece(NamedTuple):
    """A word on a page, with its box in fractions of the page as it is shown (0 to 1), from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of_page(page: Any) -> list[Piece]:
    """Return the words of a page opened with pypdfium2, in the order of its text, without those outside its visible area."""
    from pypdfium2 import PdfiumError, raw

    try:
        text = page.get_textpage()
    except PdfiumError:
        return []
    shown_box = _shown_boxes(page)
    count = min(text.count_chars(), MAX_CHARACTERS)
    pieces: list[Piece] = []
    word: list[tuple[str, tuple[float, float, float, float]]] = []
    for number in range(count):
        # Codes that are no character of their own (controls, surrogates) end a word, as white space does.
        code = raw.FPDFText_GetUnicode(text, number)  # type: ignore[attr-defined]
        if raw.FPDFText_IsHyphen(text, number) == 1:  # type: ignore[attr-defined]
            # Of a hyphen at a line's end PDFium gives a control instead: the word would fall apart, and its hyphen be lost.
            code = ord("-")
        character = chr(code) if 32 < code < 0xD800 or 0xE000 <= code < 0x110000 else " "
        if character.isspace():
            pieces += _joined(word)
            word = []
            continue
        box = shown_box(*text.get_charbox(number))
        if word and _is_elsewhere(word[-1][1], box):
            pieces += _joined(word)
            word = []
        word.append((character, box))
    pieces += _joined(word)
    return [piece for piece in pieces if piece.right > 0 and piece.left < 1 and piece.bottom > 0 and piece.top < 1]


def _is_elsewhere(before: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Return true if a character is too far from the one before it to be of the same word, in any direction: files omit spaces."""
    size = max(before[2] - before[0], before[3] - before[1], box[2] - box[0], box[3] - box[1])
    across = max(box[0] - before[2], before[0] - box[2])
    down = max(box[1] - before[3], before[1] - box[3])
    return max(across, down) > FAR * size


def _joined(word: list[tuple[str, tuple[float, float, float, float]]]) -> Iterator[Piece]:
    """Yield the characters of a word as one piece, with the box around all of them; nothing for an empty word."""
    if word:
        boxes = [box for _, box in word]
        yield Piece(
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


@lru_cache(maxsize=1)
def tesseract() -> str:
    """Return the absolute path of Tesseract, or an empty string where it is not installed.

    Windows searches the current folder first, where anybody may have put a program of that name: a relative path is refused.
    """
    path = shutil.which("tesseract") or ""
    return path if Path(path).is_absolute() else ""


def recognise(image: Any) -> list[Piece]:
    """Return the words that Tesseract recognises in a Pillow image; none where it is not installed, fails or takes too long.

    Image and words pass through pipes: nothing is written to a disk.
    """
    program = tesseract()
    if not program:
        return []
    buffer = io.BytesIO()
    image.convert("L").save(buffer, "PNG", compress_level=1)
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program with fixed words, no shell
            [program, "stdin", "stdout", "--dpi", "200", "tsv"],
            input=buffer.getvalue(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    return list(_recognised(done.stdout.decode("utf-8", "replace"), image.width, image.height))


def _recognised(untrusted: str, width: int, height: int) -> Iterator[Piece]:
    """Yield the words of Tesseract's TSV output for an image of this size in pixels; malformed lines are skipped."""
    for line in untrusted.split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) != COLUMNS or not cells[11].strip():
            continue
        try:
            x, y, w, h = (int(cell) for cell in cells[6:10])
            confidence = float(cells[10])
        except ValueError:
            continue
        if confidence >= SURE_ENOUGH:
            yield Piece(x / width, y / height, (x + w) / width, (y + h) / height, cells[11].strip())
