"""The words of a page with their places: taken from a PDF's own text, or recognised by Tesseract where it is installed."""

import io
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

MAX_CHARACTERS: Final = 200_000
SURE_ENOUGH: Final = 30.0
"""Words of which Tesseract is less sure, in per cent, are noise more often than words."""
FAR: Final = 2.0
"""Characters further apart than so many of their sizes belong to two words."""
SECONDS: Final = 120
COLUMNS: Final = 12


class Piece(NamedTuple):
    """Words on a page: their box in fractions of the page as it is shown, from its top left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def words_of_page(page: Any) -> list[Piece]:
    """Return the single words of a page opened with pypdfium2, in the order of its text; those outside the page as it is shown are left out."""
    from pypdfium2 import PdfiumError, raw

    try:
        text = page.get_textpage()
    except PdfiumError:
        return []
    places = _shown_places(page)
    count = min(text.count_chars(), MAX_CHARACTERS)
    pieces: list[Piece] = []
    word: list[tuple[str, tuple[float, float, float, float]]] = []
    for number in range(count):
        code = raw.FPDFText_GetUnicode(text, number)  # type: ignore[attr-defined]
        character = chr(code) if 32 < code < 0xD800 or 0xE000 <= code < 0x110000 else " "
        if character.isspace():
            pieces += _joined(word)
            word = []
            continue
        box = places(*text.get_charbox(number))
        if word and _is_elsewhere(word[-1][1], box):
            pieces += _joined(word)
            word = []
        word.append((character, box))
    pieces += _joined(word)
    return [each for each in pieces if each.right > 0 and each.left < 1 and each.bottom > 0 and each.top < 1]


def _is_elsewhere(before: tuple[float, float, float, float], box: tuple[float, float, float, float]) -> bool:
    """Whether a character stands far from the one before it, whichever way the text runs."""
    size = max(before[2] - before[0], before[3] - before[1], box[2] - box[0], box[3] - box[1])
    across = max(box[0] - before[2], before[0] - box[2])
    down = max(box[1] - before[3], before[1] - box[3])
    return max(across, down) > FAR * size


def _joined(word: list[tuple[str, tuple[float, float, float, float]]]) -> Iterator[Piece]:
    if word:
        boxes = [box for _, box in word]
        yield Piece(
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
            "".join(character for character, _ in word),
        )


def _shown_places(page: Any) -> Callable[[float, float, float, float], tuple[float, float, float, float]]:
    """Return how a box on a page becomes one on the page as it is shown, turned and cropped, in fractions from the top left."""
    left, bottom, right, top = page.get_cropbox()
    width, height = max(right - left, 1e-6), max(top - bottom, 1e-6)
    turn = page.get_rotation()

    def place(x: float, y: float) -> tuple[float, float]:
        across, up = (x - left) / width, (y - bottom) / height
        turned = {90: (up, across), 180: (1 - across, up), 270: (1 - up, 1 - across)}
        return turned.get(turn, (across, 1 - up))

    def box(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        (a, b), (c, d) = place(x0, y0), place(x1, y1)
        return min(a, c), min(b, d), max(a, c), max(b, d)

    return box


@lru_cache(maxsize=1)
def tesseract() -> str:
    """Return where Tesseract is installed, or nothing.

    Windows looks in the current folder first, where anybody may have put a program of that name: only a whole path is taken.
    """
    found = shutil.which("tesseract") or ""
    return found if Path(found).is_absolute() else ""


def recognise(image: Any) -> list[Piece]:
    """Return the words that Tesseract recognises in a picture; none where it is not installed or does not manage.

    The picture goes in and the words come out through pipes: nothing is written to a disk.
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
    for line in untrusted.split("\n")[1:]:
        cells = line.split("\t")
        if len(cells) != COLUMNS or not cells[11].strip():
            continue
        try:
            x, y, w, h = (int(cell) for cell in cells[6:10])
            sure = float(cells[10])
        except ValueError:
            continue
        if sure >= SURE_ENOUGH:
            yield Piece(x / width, y / height, (x + w) / width, (y + h) / height, cells[11].strip())
