"""Tells whether what is drawn on a page beside its text may show words: pictures, shadings, outlines of letters, strokes of a pen.

A page of which that is true is recognised, at a second or two. Long thin lines, level or upright, are taken for the rules of tables, which are most of
what is drawn on the pages that offices print, and very long rectangles for bars and grounds. Whatever is not plainly one of these counts.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final, NamedTuple

from evidence_app.documents.pdf.actual_text import ActualTexts

MIN_PICTURE: Final = 0.0004
"""Part of a page from which the pictures on it together may show words: a name in small print."""
MIN_CURVES: Final = 24
"""Curves on a page from which they may be letters drawn as outlines."""
MAX_SEGMENTS: Final = 40
"""Lines and curves that a page may have, beside its rules, before it is recognised: letters may be drawn with a pen, stroke by stroke."""
MAX_LAYERS: Final = 6
"""Rules and bars of several colours that may lie over one another: of more, each may end where the next begins, and leave any picture."""
LAYERS_AT: Final = 5.0
"""Points from one place to the next at which it is looked how many lines lie over one another: letters are higher."""
MAX_AT_ONE_PLACE: Final = 60
"""Lines that may cross one such place before the page is recognised."""
THICKEST: Final = 900.0
"""Points up to which a bar is thick: a sheet is no higher. What is thicker counts."""
MAX_PATHS: Final = 2_000
"""Paths that a page may have before it is recognised, whatever they are: to look at each takes time."""
RULE: Final = 36.0
"""Points from which a thin line is a rule."""
BAR: Final = 200.0
"""Points from which a rectangle of any thickness is a bar or a ground: the strokes of letters are shorter, but on posters."""
SHEET: Final = 595.0
"""Points of the shorter side of a sheet of A4: on a larger page, rules and bars are as much longer."""
THIN: Final = 2.0
"""Points up to which a line is thin: those of letters drawn large are thicker."""
FRAME: Final = 12.0
"""Points from which the shorter side of a rectangle of thin lines is that of a frame: browsers frame each cell of a table."""
GAP: Final = 0.5
"""Points that may be between two pieces of one rule: programs draw the border of each cell of a table by itself."""
MAX_CLIPS: Final = 8
"""Clips on a path that are looked at; what more of them leave is not known."""
MAX_DEPTH: Final = 14
"""Levels of forms within forms from which what is in them is not known: the library goes no deeper."""
LINE: Final = 2
"""Segments of a line: its two ends."""
SIDES: Final = 5
"""Segments that a rectangle has at the most: where it begins, its sides, and the way back."""
NEAR: Final = 0.05
"""Points by which the two ends of a level or upright line may differ."""


class _RuledLine(NamedTuple):
    """A level or upright line: where it lies across, in points; from where to where it goes along; and what it is painted with.

    Or a frame of thin lines, which is as thick as these.
    """

    is_level: bool
    across: float
    begins: float
    ends: float
    thickness: float
    is_frame: bool
    paint: tuple[int, ...]


def may_show_words(page: Any, *, strictly: bool = False) -> bool:
    """Return whether something on a page opened with pypdfium2 may show words that its text does not have.

    These are pictures, shadings, letters as outlines or strokes, and text that says to be other text. If `strictly`, any line may be a stroke, and
    any text that names its letters may show others.
    """
    from pypdfium2 import PdfiumError, raw

    width, height = page.get_size()
    area, pictured = max(width * height, 1.0), 0.0
    shapes = _Shapes(max(1.0, min(width, height) / SHEET), rules_count=strictly)
    texts = ActualTexts(ligatures_count=strictly)
    try:
        for item in page.get_objects():
            if item.type == raw.FPDF_PAGEOBJ_SHADING or texts.says_otherwise(item):  # type: ignore[attr-defined]
                return True
            if item.type == raw.FPDF_PAGEOBJ_IMAGE:  # type: ignore[attr-defined]
                left, bottom, right, top = item.get_bounds()
                pictured += (right - left) * (top - bottom) / area
                # The size of what stands in a form is counted in the form's own unit. Of a place that is no number nothing is known.
                if item.level or not pictured < MIN_PICTURE:
                    return True
            if item.type == raw.FPDF_PAGEOBJ_FORM and item.level >= MAX_DEPTH:  # type: ignore[attr-defined]
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
    """The paths of a page, counted by their segments. Its rules are `size` times as long as on a sheet of A4."""

    def __init__(self, size: float, *, rules_count: bool) -> None:
        self._rule, self._bar, self._thickest = RULE * size, BAR * size, THICKEST * size
        self._rules_count = rules_count
        self._segments = self._curves = self._paths = 0
        # By how they lie, the place across and the thickness in tenths of a point, and what they are painted with: a picture may be drawn as lines of many colours.
        self._pieces: dict[tuple[bool, int, int, tuple[int, ...]], list[tuple[float, float, int]]] = defaultdict(list)
        # The lines that were passed over, by how they lie and each place across that they reach (`LAYERS_AT`), and the thin ones by whole points.
        self._layers: dict[tuple[bool, int], list[_RuledLine]] = defaultdict(list)
        self._rules: dict[tuple[bool, int], list[_RuledLine]] = defaultdict(list)
        self._are_layers = False

    def may_be_letters(self) -> bool:
        """Return whether what was counted so far may be letters."""
        are_many = self._segments > MAX_SEGMENTS or self._curves >= MIN_CURVES or self._paths > MAX_PATHS
        return are_many or self._are_layers

    def add(self, path: Any) -> None:
        """Count a path, pass it over as a rule or a bar, or put it by as a piece of a rule."""
        from pypdfium2 import raw

        self._paths += 1
        count = max(0, raw.FPDFPath_CountSegments(path))  # type: ignore[attr-defined]
        line = None if self._rules_count or count > SIDES else _as_line(path, count)
        if line is not None and not line.thickness <= self._thickest:
            line = None
        if line is not None and line.ends - line.begins >= (self._rule if line.thickness <= THIN else self._bar):
            self._pass_over(line)
            return
        if line is not None and line.thickness <= THIN and not line.is_frame:
            key = (line.is_level, round(10 * line.across), round(10 * line.thickness), line.paint)
            self._pieces[key].append((line.begins, line.ends, count))
            return
        self._segments += count
        if self._segments > MAX_SEGMENTS:
            return
        self._curves += sum(kind == raw.FPDF_SEGMENT_BEZIERTO for kind, _, _ in _segments(path, count))  # type: ignore[attr-defined]

    def _pass_over(self, line: _RuledLine) -> None:
        """Leave a line uncounted, unless too many of several colours lie over one another there."""
        lowest, highest = line.across - line.thickness / 2, line.across + line.thickness / 2
        for place in range(math.ceil(lowest / LAYERS_AT), math.floor(highest / LAYERS_AT) + 1):
            lines = self._layers[line.is_level, place]
            below = [each for each in lines if each.begins < line.ends and each.ends > line.begins]
            are_many = len(below) >= MAX_LAYERS and any(each.paint != line.paint for each in below)
            if are_many or len(lines) >= MAX_AT_ONE_PLACE:
                self._are_layers = True
                return
            lines.append(line)
        if line.thickness <= THIN:
            self._rules[line.is_level, math.floor(line.across)].append(line)

    def end(self) -> None:
        """Count the pieces that make no rule where they lie end to end; of two colours that lie over one another all."""
        for (is_level, across, thickness, paint), pieces in self._pieces.items():
            begins = ends = -math.inf
            count = 0
            for first, last, segments in (*sorted(pieces), (math.inf, math.inf, 0)):
                if first > ends + GAP:
                    line = _RuledLine(is_level, across / 10, begins, ends, thickness / 10, False, paint)
                    self._segments += 0 if ends - begins >= self._rule and not self._is_over_others(line) else count
                    begins, count = first, 0
                ends, count = max(ends, last), count + segments

    def _is_over_others(self, rule: _RuledLine) -> bool:
        """Return whether pieces that make a rule lie on or under other lines of another colour: together they may leave any picture."""
        near = [
            piece
            for (is_level, across, _, paint), pieces in self._pieces.items()
            if is_level is rule.is_level and paint != rule.paint and abs(across / 10 - rule.across) <= THIN
            for piece in pieces
        ]
        below = [each for place in range(-2, 3) for each in self._rules[rule.is_level, math.floor(rule.across) + place]]
        return any(begins < rule.ends and ends > rule.begins for begins, ends, _ in near) or any(
            each.paint != rule.paint and each.begins < rule.ends and each.ends > rule.begins for each in below
        )


def _as_line(path: Any, count: int) -> _RuledLine | None:
    """Return a path as the level or upright line that is seen of it, if it is one line or one rectangle."""
    fill, stroke = _painted(path)
    # In a form sizes are in the form's own unit. What a dash, a mask or a clip leaves of a line may be letters.
    if path.level or _is_seen_in_part(path) or count < (LINE if stroke else SIDES - 1):
        return None
    points, clip = _points(path, count), _clip_of(path)
    if points is None or clip is None:
        return None
    (left, right), (bottom, top) = ((min(each), max(each)) for each in zip(*points, strict=True))
    is_frame = not fill and points[0] == points[-1] and min(right - left, top - bottom) >= FRAME
    matrix = path.get_matrix()
    width = _stroke_width(path) * max(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)) if stroke else 0.0
    left, bottom, right, top = max(left, clip[0]), max(bottom, clip[1]), min(right, clip[2]), min(top, clip[3])
    across, up = right - left, top - bottom
    is_level = across >= up
    return _RuledLine(
        is_level,
        (bottom + top) / 2 if is_level else (left + right) / 2,
        left if is_level else bottom,
        right if is_level else top,
        width if is_frame else max(0.0, min(across, up)) + width,
        is_frame,
        (fill, stroke, *_colours(path, fill=bool(fill), stroke=bool(stroke))),
    )


def _points(path: Any, count: int) -> list[tuple[float, float]] | None:
    """Return the corners of a path on the page, in points; None where it is neither a level or upright line nor a rectangle."""
    from pypdfium2 import raw

    matrix, points = path.get_matrix(), []
    for place, (kind, x, y) in enumerate(_segments(path, count)):
        if kind != (raw.FPDF_SEGMENT_LINETO if place else raw.FPDF_SEGMENT_MOVETO):  # type: ignore[attr-defined]
            return None
        points.append((matrix.a * x + matrix.c * y + matrix.e, matrix.b * x + matrix.d * y + matrix.f))
    return points if _are_corners(points) else None


def _are_corners(points: list[tuple[float, float]]) -> bool:
    """Return whether points are the ends of a level or upright line, or the corners of such a rectangle in their order."""
    if not all(math.isfinite(each) for point in points for each in point):
        return False
    is_level = all(
        abs(one[0] - other[0]) <= NEAR or abs(one[1] - other[1]) <= NEAR
        for one, other in pairwise([*points, points[0]])
    )
    # Of three sides that go to and fro, two lie on one another: a corner of a letter.
    turns = (
        one != other and one[0] != other[0] and one[1] != other[1]
        for one, other in zip(points, points[2:], strict=False)
    )
    return is_level and (len(points) < LINE + 1 or all(turns))


def _is_seen_in_part(path: Any) -> bool:
    """Return whether a dash, a mask or transparency is on a path."""
    from pypdfium2 import raw

    return bool(raw.FPDFPageObj_HasTransparency(path)) or raw.FPDFPageObj_GetDashCount(path) > 0  # type: ignore[attr-defined]


def _clip_of(path: Any) -> tuple[float, float, float, float] | None:
    """Return what all clips of a path leave of the page, as left, bottom, right and top; None where one is no level rectangle."""
    import ctypes

    from pypdfium2 import raw

    left, bottom, right, top = -math.inf, -math.inf, math.inf, math.inf
    clip = raw.FPDFPageObj_GetClipPath(path)  # type: ignore[attr-defined]
    number = max(0, raw.FPDFClipPath_CountPaths(clip)) if clip else 0  # type: ignore[attr-defined]
    for each in range(min(number, MAX_CLIPS + 1)):
        count = raw.FPDFClipPath_CountPathSegments(clip, each)  # type: ignore[attr-defined]
        corners, x, y = [], ctypes.c_float(), ctypes.c_float()
        for place in range(count if SIDES - 1 <= count <= SIDES else 0):
            segment = raw.FPDFClipPath_GetPathSegment(clip, each, place)  # type: ignore[attr-defined]
            raw.FPDFPathSegment_GetPoint(segment, x, y)  # type: ignore[attr-defined]
            corners.append((x.value, y.value))
        if each == MAX_CLIPS or not corners or not _are_corners(corners):
            return None
        across, up = zip(*corners, strict=True)
        left, bottom = max(left, min(across)), max(bottom, min(up))
        right, top = min(right, max(across)), min(top, max(up))
    return left, bottom, right, top


def _painted(path: Any) -> tuple[int, int]:
    """Return whether a path is filled, by which of two ways, and whether it is stroked; 0 for no."""
    import ctypes

    from pypdfium2 import raw

    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, fill, stroke)  # type: ignore[attr-defined]
    return fill.value, int(bool(stroke.value))


def _colours(path: Any, *, fill: bool, stroke: bool) -> Iterator[int]:
    """Yield the red, green, blue and alpha of what a path is filled and stroked with."""
    import ctypes

    from pypdfium2 import raw

    for is_used, read in ((fill, raw.FPDFPageObj_GetFillColor), (stroke, raw.FPDFPageObj_GetStrokeColor)):  # type: ignore[attr-defined]
        parts = [ctypes.c_uint() for _ in range(4)]
        if is_used and read(path, *parts):
            yield from (part.value for part in parts)


def _stroke_width(path: Any) -> float:
    import ctypes

    from pypdfium2 import raw

    width = ctypes.c_float()
    return float(width.value) if raw.FPDFPageObj_GetStrokeWidth(path, width) else math.inf  # type: ignore[attr-defined]


def _segments(path: Any, count: int) -> Iterator[tuple[int, float, float]]:
    """Yield the type of each segment of a path, and where it ends, in the path's own unit."""
    import ctypes

    from pypdfium2 import raw

    x, y = ctypes.c_float(), ctypes.c_float()
    for place in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, place)  # type: ignore[attr-defined]
        raw.FPDFPathSegment_GetPoint(segment, x, y)  # type: ignore[attr-defined]
        yield raw.FPDFPathSegment_GetType(segment), x.value, y.value  # type: ignore[attr-defined]
