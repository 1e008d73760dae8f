"""Tells whether the text of a page names other words to be extracted than it shows (ActualText, ISO 32000-1, 14.9.4).

Browsers, which is how most pages of web programs become PDF, name the letters of each ligature: those are the words that are shown. Of any other text
only its picture tells.
"""

from typing import Any, Final

LIGATURES: Final = frozenset({"ff", "fi", "fl", "ffi", "ffl", "fj", "ft", "fft", "st", "ct", "ti", "tt", "tti"})
"""Letters that fonts join to one sign."""
WIDEST: Final = {2: 0.72, 3: 0.9}
"""Width of a ligature at the most, in sizes of its font, by the number of its letters, which are narrow: few other words have room in it."""
APART: Final = 1.5
"""Distance from one ligature to the next on its line at the least, in sizes of the font: side by side, each could be a letter of another word."""
OF_ONE_LINE: Final = 0.25
"""Distance across, in sizes of the font, below which two signs are of one line."""
STACKED: Final = 0.35
"""Distance from one line to the next, in sizes of the font, below which a sign stands on another rather than in a line of its own."""
MAX_MARKS: Final = 8
"""Marked-content sequences around one object that are looked at: of more it is not known what they name."""
MAX_PARAMETERS: Final = 16
"""Entries of one of them that are looked at."""
MAX_LIGATURES: Final = 300
"""Ligatures of one page that are compared with each other."""
MAX_LETTERS: Final = 8
"""Letters that are read of what an object names; more are no ligature."""


class ActualTexts:
    """Looks at the objects of a page in their order. If `ligatures_count`, they are other words too."""

    def __init__(self, *, ligatures_count: bool) -> None:
        """Begin a page."""
        self._ligatures_count = ligatures_count
        # Their boxes, and the sizes of their fonts, in points.
        self._ligatures: list[tuple[Box, float]] = []

    def says_otherwise(self, item: Any) -> bool:
        """Return whether an object may show other words than it names: it names some, and is no ligature with other letters around it."""
        from pypdfium2 import raw

        named = _named_by(item)
        if not named:
            return False
        is_text = item.type == raw.FPDF_PAGEOBJ_TEXT  # type: ignore[attr-defined]
        if self._ligatures_count or not is_text or item.level or not all(each in LIGATURES for each in named):
            return True
        box, size = item.get_bounds(), _size_of(item)
        # It may be turned: one side is its width, the other is no more than its font is high.
        short, long = sorted((box[2] - box[0], box[3] - box[1]))
        width = WIDEST[min(len(each) for each in named)]
        if not (short <= width * size and long <= max(1.0, width) * size):
            return True
        if any(_are_near(box, other, max(size, its), is_turned=_is_turned(item)) for other, its in self._ligatures):
            return True
        self._ligatures.append((box, size))
        return len(self._ligatures) > MAX_LIGATURES


Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""


def _are_near(one: Box, other: Box, size: float, *, is_turned: bool) -> bool:
    """Return whether two boxes are near each other on one line of a font of some size, or one stands on the other."""
    across = max(one[0] - other[2], other[0] - one[2], 0.0)
    up = max(one[1] - other[3], other[1] - one[3], 0.0)
    along, away = (up, across) if is_turned else (across, up)
    is_beside = along < APART * size and away < OF_ONE_LINE * size
    return is_beside or (away < STACKED * size and along < OF_ONE_LINE * size)


def _is_turned(text: Any) -> bool:
    """Return whether a text goes up or down rather than across."""
    matrix = text.get_matrix()
    return bool(abs(matrix.b) + abs(matrix.c) > abs(matrix.a) + abs(matrix.d))


def _size_of(text: Any) -> float:
    """Return the size of a text's font on the page, in points; 0 where it is not known."""
    import ctypes
    import math

    from pypdfium2 import raw

    size, matrix = ctypes.c_float(), text.get_matrix()
    if not raw.FPDFTextObj_GetFontSize(text, size):  # type: ignore[attr-defined]
        return 0.0
    return float(size.value) * min(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))


def _named_by(item: Any) -> list[str]:
    """Return what the marked-content sequences that an object stands in name as its text; one empty text where they are too many."""
    from pypdfium2 import raw

    named = []
    marks = raw.FPDFPageObj_CountMarks(item)  # type: ignore[attr-defined]
    for place in range(max(0, min(marks, MAX_MARKS + 1))):
        mark = raw.FPDFPageObj_GetMark(item, place)  # type: ignore[attr-defined]
        parameters = raw.FPDFPageObjMark_CountParams(mark)  # type: ignore[attr-defined]
        if place == MAX_MARKS or parameters > MAX_PARAMETERS:
            return [""]
        for number in range(max(0, parameters)):
            if _parameter_name(mark, number) == "ActualText":
                named.append(_letters_of(mark))
    return named


def _letters_of(mark: Any) -> str:
    """Return the ActualText of a mark; nothing where it is longer than a ligature's."""
    import ctypes

    from pypdfium2 import raw

    buffer, length = ctypes.create_string_buffer(2 * MAX_LETTERS), ctypes.c_ulong()
    characters = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))  # type: ignore[attr-defined]
    key = ctypes.create_string_buffer(b"ActualText")
    read = raw.FPDFPageObjMark_GetParamStringValue  # type: ignore[attr-defined]
    if not read(mark, key, characters, 2 * MAX_LETTERS, length) or length.value > 2 * MAX_LETTERS:
        return ""
    return buffer.raw[: max(0, length.value - 2)].decode("utf-16-le", "replace")


def _parameter_name(mark: Any, number: int) -> str:
    import ctypes

    from pypdfium2 import raw

    buffer, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    characters = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))  # type: ignore[attr-defined]
    if not raw.FPDFPageObjMark_GetParamKey(mark, number, characters, 64, length):  # type: ignore[attr-defined]
        return ""
    return buffer.raw[: max(0, min(length.value, 64) - 2)].decode("utf-16-le", "replace")
