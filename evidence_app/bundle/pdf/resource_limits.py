"""Resource limits for foreign pages: refuses pages that are small on disk but exhaust memory or time once a reader opens them.

The limits are for decompression bombs, for forms that draw forms many times over, for deeply nested marked content and for very fine
tiling patterns.
"""

import re
from typing import Any, Final

import pikepdf

MAX_CONTENT: Final = 32 * 1024 * 1024
"""Decoded bytes of a page's content together with the forms that it draws."""
MAX_FORMS: Final = 10_000
"""Times that a page draws a form, counting the forms that forms draw."""
MAX_EXPANSION: Final = 1_032
"""Highest ratio of deflate (RFC 1951: a match of 258 bytes may take two bits)."""
MAX_NESTED: Final = 10_000
"""Depth of nested marked content, which costs readers the square of that number."""
MARKS: Final = re.compile(rb"\b(?:B(?:MC|DC)|(EMC))\b")
"""Operators that begin and (group 1) end marked content (ISO 32000-1, 14.6)."""
MIN_STEP: Final = 0.05
"""Distance of a tiling pattern's cells, in units of the pattern's space: finer ones are drawn millions of times."""
DRAWS: Final = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
"""The operator that draws an XObject, with the object's name in the resources (ISO 32000-1, 8.8)."""
MAX_DEPTH: Final = 20
UNFOLDING: Final = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
"""Filters that expand their data, under their full and abbreviated names (ISO 32000-1, 7.4)."""


class ResourceLimitExceeded(Exception):
    """A page takes more memory or time than a reader can be expected to have."""


def require_within_limits(pages: Any) -> None:
    """Require that every page stays within the limits of this module.

    Raises:
        ResourceLimitExceeded: one does not.
        pikepdf.PdfError: a stream is damaged.
    """
    for page in pages:
        _PageBudget().require(page.obj)


class _PageBudget:
    """Counts the decoded bytes and drawn forms of one page; a form that is drawn several times is read once."""

    def __init__(self) -> None:
        self._bytes = 0
        # The forms drawn within each form, by its object number.
        self._known: dict[tuple[int, int], int] = {}

    def require(self, page: Any) -> None:
        """Require that a page, with the forms that it draws, stays within the limits."""
        contents = page.get("/Contents")
        streams = [] if contents is None else list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        # The streams of /Contents are one content stream, split between tokens (ISO 32000-1, 7.8.2): a separator is needed.
        content = b"\n".join(self._read(stream) for stream in streams)
        _require_shallow(content)
        _require_wide_tiles(page.get("/Resources"))
        if self._drawn(content, page.get("/Resources"), 0) > MAX_FORMS:
            raise ResourceLimitExceeded

    def _read(self, stream: Any) -> bytes:
        """Return a decoded stream, which is decoded only once its length is known to be bounded."""
        raw = int(stream.get("/Length", 0))
        filters = stream.get("/Filter")
        names = [] if filters is None else list(filters) if isinstance(filters, pikepdf.Array) else [filters]
        layers = sum(str(name) in UNFOLDING for name in names)
        # Each layer multiplies the ratio: two layers of deflate turn a kilobyte into a gigabyte.
        if layers > 1 and raw * MAX_EXPANSION**layers > MAX_CONTENT:
            raise ResourceLimitExceeded
        # A stream that fits even at the highest ratio needs no trial.
        if raw * MAX_EXPANSION**layers > MAX_CONTENT - self._bytes:
            self._require_short(stream)
        content = bytes(stream.read_bytes())
        self._bytes += len(content)
        if self._bytes > MAX_CONTENT:
            raise ResourceLimitExceeded
        return content

    def _require_short(self, stream: Any) -> None:
        """Inflate a stream up to the limit, and require that it ends there."""
        import zlib

        if str(stream.get("/Filter")) not in {"/FlateDecode", "/Fl", "None"} and not isinstance(
            stream.get("/Filter"), pikepdf.Array
        ):
            raise ResourceLimitExceeded
        inflater = zlib.decompressobj()
        try:
            inflater.decompress(stream.read_raw_bytes(), MAX_CONTENT)
        except zlib.error:
            return
        # Input that is left over when the output is full would have been inflated to more.
        if inflater.unconsumed_tail:
            raise ResourceLimitExceeded

    def _drawn(self, content: bytes, resources: Any, depth: int) -> int:
        """Return how many forms a content stream draws, counting those within forms."""
        if depth > MAX_DEPTH or resources is None:
            return 0
        forms = resources.get("/XObject")
        total = 0
        for name in DRAWS.findall(content):
            key = "/" + name.decode("latin-1")
            form = forms.get(key) if forms is not None else None
            if form is not None and form.get("/Subtype") == "/Form":
                total += 1 + self._within(form, depth)
            if total > MAX_FORMS:
                raise ResourceLimitExceeded
        return total

    def _within(self, form: Any, depth: int) -> int:
        """Return how many forms one form draws, from memory where it was counted before."""
        object_id = form.objgen
        if object_id not in self._known:
            # Set before the count, so that a form that draws itself ends the recursion.
            self._known[object_id] = 0
            _require_wide_tiles(form.get("/Resources"))
            self._known[object_id] = self._drawn(self._read(form), form.get("/Resources"), depth + 1)
        return self._known[object_id]


def _require_shallow(content: bytes) -> None:
    """Require that marked content is not nested deeper than `MAX_NESTED`.

    The operators are found by pattern, not by parsing, so that one within a string is counted too.
    """
    depth = 0
    if content.count(b"BMC") + content.count(b"BDC") <= MAX_NESTED:
        return
    for mark in MARKS.finditer(content):
        depth = max(0, depth - 1) if mark[1] else depth + 1
        if depth > MAX_NESTED:
            raise ResourceLimitExceeded


def _require_wide_tiles(resources: Any) -> None:
    """Require that tiling patterns (ISO 32000-1, 8.7.3) do not repeat more often than a reader can draw."""
    patterns = resources.get("/Pattern") if resources is not None else None
    for pattern in patterns.values() if patterns is not None else ():
        steps = [abs(float(pattern.get(name, 1))) for name in ("/XStep", "/YStep")]
        if any(0 < step < MIN_STEP for step in steps):
            raise ResourceLimitExceeded
