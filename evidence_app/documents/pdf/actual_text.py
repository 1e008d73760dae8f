"""Tells whether the text of a page names other words to be extracted than it shows (ActualText, ISO 32000-1, 14.9.4).

Browsers, which is how most pages of web programs become PDF, name the letters of each ligature: those are the words that are shown. Of any other text
only its picture tells.
"""

from collections.abc import Iterator
from typing import Any, Final

LIGATURES: Final = frozenset({"ff", "fi", "fl", "ffi", "ffl", "fj", "ft", "fft", "st", "ct", "ti", "tt", "tti", "Th"})
"""Letters that fonts join to one sign."""
WIDEST: Final = 1.3
"""Width of a ligature at the most, in sizes of its font: no two other letters have room in it."""
MAX_LETTERS: Final = 8
"""Letters that are read of what an object names; more are no ligature."""


class ActualTexts:
    """Looks at the objects of a page in their order. If `ligatures_count`, they are other words too."""

    def __init__(self, *, ligatures_count: bool) -> None:
        """Begin a page."""
        self._ligatures_count = ligatures_count
        self._after_one = False

    def says_otherwise(self, item: Any) -> bool:
        """Return whether an object may show other words than it names: it names some, and is no ligature by itself.

        Of two side by side, each could be a letter of another word.
        """
        from pypdfium2 import raw

        named = list(_named_by(item))
        is_text = item.type == raw.FPDF_PAGEOBJ_TEXT  # type: ignore[attr-defined]
        is_ligature = (
            is_text and not self._ligatures_count and all(each in LIGATURES for each in named) and _is_narrow(item)
        )
        says_otherwise = bool(named) and (self._after_one or not is_ligature)
        if is_text:
            self._after_one = bool(named)
        return says_otherwise


def _is_narrow(text: Any) -> bool:
    """Return whether a text is as wide as one sign at the most."""
    import ctypes
    import math

    from pypdfium2 import raw

    size = ctypes.c_float()
    if not raw.FPDFTextObj_GetFontSize(text, size):  # type: ignore[attr-defined]
        return False
    left, bottom, right, top = text.get_bounds()
    matrix = text.get_matrix()
    scale = min(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d))
    return bool(max(right - left, top - bottom) <= WIDEST * size.value * scale)


def _named_by(item: Any) -> Iterator[str]:
    """Yield what the marked-content sequences that an object stands in name as its text."""
    from pypdfium2 import raw

    for place in range(max(0, raw.FPDFPageObj_CountMarks(item))):  # type: ignore[attr-defined]
        mark = raw.FPDFPageObj_GetMark(item, place)  # type: ignore[attr-defined]
        for number in range(max(0, raw.FPDFPageObjMark_CountParams(mark))):  # type: ignore[attr-defined]
            if _parameter_name(mark, number) == "ActualText":
                yield _letters_of(mark)


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
