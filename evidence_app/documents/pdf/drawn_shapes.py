"""Tells whether what is drawn on a page beside its text may show words: pictures, shadings, outlines of letters, strokes of a pen.

A page of which that is true is recognised, at a second or two. The rules and frames of tables are none of it: they are most of what is drawn on the
pages that offices print, and on those of a bundle.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

MIN_PICTURE: Final = 0.0004
"""Part of a page from which the pictures on it together may show words: a name in small print."""
MIN_CURVES: Final = 24
"""Curves on a page from which they may be letters drawn as outlines."""
MAX_SEGMENTS: Final = 40
"""Lines and curves on a page, without those of rules and frames, up to which they are no letters: these may be drawn with a pen, stroke by stroke."""
RULE: Final = 36.0
"""Points from which the longer side of a rectangle is that of a rule or a frame: strokes of letters are shorter, but on a poster."""
RULE_PART: Final = 0.06
"""The same as a part of the shorter side of a page that is larger than a sheet of paper."""
THIN: Final = 2.0
"""Points up to which a rectangle may be a piece of a rule: programs draw each cell of a table by itself."""
GAP: Final = 1.5
"""Points that may be between two pieces of one rule."""
SIDES: Final = 5
"""Segments that a rectangle has at the most: where it begins, its sides, and the way back."""
LEVEL: Final = 0.001
"""How far, in the unit of a path, the ends of a level or upright line may be apart."""
Piece = tuple[float, float, int]
"""From where to where a piece of a rule goes along it, in points, and of how many segments it is drawn."""


def may_show_words(page: Any) -> bool:
    """Return whether something on a page opened with pypdfium2 may show words that its text does not have.

    That are pictures, shadings, letters as outlines or strokes, and text that says to be other text.
    """
    from pypdfium2 import PdfiumError, raw

    width, height = page.get_size()
    area, pictured, shapes = max(width * height, 1.0), 0.0, _Shapes(max(RULE, RULE_PART * min(width, height)))
    try:
        for item in page.get_objects():
            if item.type == raw.FPDF_PAGEOBJ_SHADING or _says_otherwise(item):  # type: ignore[attr-defined]
                return True
            if item.type == raw.FPDF_PAGEOBJ_IMAGE:  # type: ignore[attr-defined]
                left, bottom, right, top = item.get_bounds()
                pictured += (right - left) * (top - bottom) / area
                # The size of what stands in a form is counted in the form's own unit.
                if item.level or pictured >= MIN_PICTURE:
                    return True
            if item.type == raw.FPDF_PAGEOBJ_PATH:  # type: ignore[attr-defined]
                shapes.add(item)
                if shapes.may_be_letters():
                    return True
        shapes.end()
    except PdfiumError:
        return True
    return shapes.may_be_letters()


class _Shapes:
    """The paths of a page, counted by their segments. `rule` is the length in points from which a rectangle is a rule or a frame."""

    def __init__(self, rule: float) -> None:
        self._rule = rule
        self._segments = self._curves = 0
        # By whether they are level, and by the height or the place across where they lie, in whole points.
        self._pieces: dict[tuple[bool, int], list[Piece]] = defaultdict(list)

    def may_be_letters(self) -> bool:
        """Return whether what was counted so far may be letters."""
        return self._segments > MAX_SEGMENTS or self._curves >= MIN_CURVES

    def add(self, path: Any) -> None:
        """Count a path, or put it by as a piece of a rule."""
        from pypdfium2 import raw

        count = max(0, raw.FPDFPath_CountSegments(path))  # type: ignore[attr-defined]
        # In a form, sizes are in the form's own unit: what looks like a rule may be a stroke of a letter.
        if path.level or count > SIDES or not _is_rectangle(path, count):
            self._segments += count
            self._curves += sum(kind == raw.FPDF_SEGMENT_BEZIERTO for kind, _, _ in _segments(path, count))  # type: ignore[attr-defined]
            return
        left, bottom, right, top = path.get_bounds()
        width, height = right - left, top - bottom
        if max(width, height) >= self._rule:
            return
        if min(width, height) > THIN:
            self._segments += count
        elif width >= height:
            self._pieces[True, round((bottom + top) / 2)].append((left, right, count))
        else:
            self._pieces[False, round((left + right) / 2)].append((bottom, top, count))

    def end(self) -> None:
        """Count the pieces that make no rule where they lie end to end."""
        for pieces in self._pieces.values():
            begins = ends = -float("inf")
            count = 0
            for first, last, segments in (*sorted(pieces), (float("inf"), float("inf"), 0)):
                if first > ends + GAP:
                    self._segments += count if ends - begins < self._rule else 0
                    begins, count = first, 0
                ends, count = max(ends, last), count + segments


def _is_rectangle(path: Any, count: int) -> bool:
    """Return whether a path is one line that goes level and upright alone: a rectangle, or a part of one."""
    from pypdfium2 import raw

    points = []
    for place, (kind, x, y) in enumerate(_segments(path, count)):
        if kind != (raw.FPDF_SEGMENT_LINETO if place else raw.FPDF_SEGMENT_MOVETO):  # type: ignore[attr-defined]
            return False
        points.append((x, y))
    matrix = path.get_matrix()
    is_turned = abs(matrix.b) + abs(matrix.c) > LEVEL and abs(matrix.a) + abs(matrix.d) > LEVEL
    return not is_turned and all(
        abs(one[0] - other[0]) <= LEVEL or abs(one[1] - other[1]) <= LEVEL for one, other in pairwise(points)
    )


def _segments(path: Any, count: int) -> Iterator[tuple[int, float, float]]:
    """Yield the type of each segment of a path, and where it ends, in the path's own unit."""
    import ctypes

    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, place)  # type: ignore[attr-defined]
        raw.FPDFPathSegment_GetPoint(segment, x, y)  # type: ignore[attr-defined]
        yield raw.FPDFPathSegment_GetType(segment), x.value, y.value  # type: ignore[attr-defined]


def _says_otherwise(item: Any) -> bool:
    """Return whether an object names other words to be extracted than it shows (ActualText, ISO 32000-1, 14.9.4)."""
    from pypdfium2 import raw

    for place in range(max(0, raw.FPDFPageObj_CountMarks(item))):  # type: ignore[attr-defined]
        mark = raw.FPDFPageObj_GetMark(item, place)  # type: ignore[attr-defined]
        for number in range(max(0, raw.FPDFPageObjMark_CountParams(mark))):  # type: ignore[attr-defined]
            if _parameter_name(mark, number) == "ActualText":
                return True
    return False


def _parameter_name(mark: Any, number: int) -> str:
    import ctypes

    from pypdfium2 import raw

    buffer, length = ctypes.create_string_buffer(64), ctypes.c_ulong()
    characters = ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR))  # type: ignore[attr-defined]
    if not raw.FPDFPageObjMark_GetParamKey(mark, number, characters, 64, length):  # type: ignore[attr-defined]
        return ""
    return buffer.raw[: max(0, min(length.value, 64) - 2)].decode("utf-16-le", "replace")
