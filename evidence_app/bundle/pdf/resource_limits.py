"""Whether a foreign page is modest enough to be placed as it is: some pages are small on disk and endless for whoever opens them."""

import re
from typing import Any, Final

import pikepdf

MAX_CONTENT: Final = 32 * 1024 * 1024
"""Bytes that a page's content and the forms that it draws may unfold to together."""
MAX_FORMS: Final = 10_000
"""So many times may a page draw a form, counting the forms that forms draw."""
MAX_EXPANSION: Final = 1_032
"""A byte that is deflated holds at most so many (RFC 1951: a match of 258 bytes in two bits)."""
MAX_NESTED: Final = 10_000
"""Marks within one another cost readers the square of their number."""
MARKS: Final = re.compile(rb"\b(?:B(?:MC|DC)|(EMC))\b")
MIN_STEP: Final = 0.05
"""In units of the pattern: finer ones are drawn millions of times."""
DRAWS: Final = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
MAX_DEPTH: Final = 20
UNFOLDING: Final = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})


class ResourceLimitExceeded(Exception):
    """A page unfolds to more than a reader can draw."""


def require_within_limits(pages: Any) -> None:
    """Require that no page unfolds to more than a reader can draw.

    Raises:
        Immodest: one does.
        pikepdf.PdfError: a stream is damaged.
    """
    for page in pages:
        _Counting().require(page.obj)


class _Counting:
    """Counts what one page unfolds to; a form that is drawn in several places is read once."""

    def __init__(self) -> None:
        self._bytes = 0
        self._known: dict[tuple[int, int], int] = {}

    def require(self, page: Any) -> None:
        contents = page.get("/Contents")
        streams = [] if contents is None else list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        content = b"\n".join(self._read(stream) for stream in streams)
        _require_shallow(content)
        _require_wide_tiles(page.get("/Resources"))
        if self._drawn(content, page.get("/Resources"), 0) > MAX_FORMS:
            raise ResourceLimitExceeded

    def _read(self, stream: Any) -> bytes:
        """Return what a stream unfolds to, once it is sure that it is not endless."""
        raw = int(stream.get("/Length", 0))
        filters = stream.get("/Filter")
        names = [] if filters is None else list(filters) if isinstance(filters, pikepdf.Array) else [filters]
        layers = sum(str(name) in UNFOLDING for name in names)
        if layers > 1 and raw * MAX_EXPANSION**layers > MAX_CONTENT:
            raise ResourceLimitExceeded
        if raw * MAX_EXPANSION**layers > MAX_CONTENT - self._bytes:
            self._require_short(stream)
        content = bytes(stream.read_bytes())
        self._bytes += len(content)
        if self._bytes > MAX_CONTENT:
            raise ResourceLimitExceeded
        return content

    def _require_short(self, stream: Any) -> None:
        """Unfold a stream as far as is allowed."""
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
        if inflater.unconsumed_tail:
            raise ResourceLimitExceeded

    def _drawn(self, content: bytes, resources: Any, depth: int) -> int:
        """Return how many forms are drawn by a content with its resources."""
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
        place = form.objgen
        if place not in self._known:
            self._known[place] = 0
            _require_wide_tiles(form.get("/Resources"))
            self._known[place] = self._drawn(self._read(form), form.get("/Resources"), depth + 1)
        return self._known[place]


def _require_shallow(content: bytes) -> None:
    """Require that marks do not stand within one another without end."""
    depth = 0
    if content.count(b"BMC") + content.count(b"BDC") <= MAX_NESTED:
        return
    for mark in MARKS.finditer(content):
        depth = max(0, depth - 1) if mark[1] else depth + 1
        if depth > MAX_NESTED:
            raise ResourceLimitExceeded


def _require_wide_tiles(resources: Any) -> None:
    """Require that no pattern repeats at every hair's breadth."""
    patterns = resources.get("/Pattern") if resources is not None else None
    for pattern in patterns.values() if patterns is not None else ():
        steps = [abs(float(pattern.get(name, 1))) for name in ("/XStep", "/YStep")]
        if any(0 < step < MIN_STEP for step in steps):
            raise ResourceLimitExceeded
