"""Resource limits for foreign pages: refuses pages that are small on disk but exhaust memory or time once a reader opens them.

The limits are for decompression bombs, for forms that draw forms many times over, for deeply nested marked content and for very fine
tiling patterns.
"""

import io
import re
import zlib
from collections.abc import Sequence
from math import prod
from types import MappingProxyType
from typing import Any, Final

import pikepdf

DAMAGES: Final = (
    pikepdf.PasswordError,
    pikepdf.PdfError,
    RuntimeError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    ArithmeticError,
    MemoryError,
)
"""Exceptions that pikepdf may raise on a file that was made by anybody, with any program, and may be malformed on purpose."""
MAX_CONTENT: Final = 32 * 1024 * 1024
"""Decoded bytes of a page's content together with the forms that it draws."""
MAX_FORMS: Final = 10_000
"""Times that a page draws a form, counting the forms that forms draw."""
MAX_NESTED: Final = 10_000
"""Depth of nested marked content, which costs readers the square of that number."""
MARKS: Final = "BMC BDC EMC"
"""Operators that begin and end marked content (ISO 32000-1, 14.6)."""
MIN_STEP: Final = 0.05
"""Distance of a tiling pattern's cells, in units of the pattern's space: finer ones are drawn millions of times."""
DRAWS: Final = re.compile(rb"/([^\s/<>\[\]()%]+)\s+Do\b")
"""The operator that draws an XObject, with the object's name in the resources (ISO 32000-1, 8.8)."""
MAX_DEPTH: Final = 20
ASCII: Final = frozenset({"/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"})
DEFLATE: Final = frozenset({"/FlateDecode", "/Fl"})
LZW: Final = frozenset({"/LZWDecode", "/LZW"})
EXPANSION: Final = MappingProxyType(
    {
        # A match of 258 bytes may take two bits (RFC 1951).
        **dict.fromkeys(DEFLATE, 1_032),
        # A code of 12 bits may stand for a string of 3,838 bytes (ISO 32000-1, 7.4.4.2: a table of 4,096 entries).
        **dict.fromkeys(LZW, 2_560),
        # One letter may stand for four zero bytes (ISO 32000-1, 7.4.3).
        **dict.fromkeys(("/ASCII85Decode", "/A85"), 4),
        # Two bytes may stand for 128 (ISO 32000-1, 7.4.5).
        **dict.fromkeys(("/RunLengthDecode", "/RL"), 64),
    }
)
"""Highest ratio of each filter that expands its data, under its full and its abbreviated name. The others do not expand."""


class ResourceLimitExceeded(Exception):
    """A page takes more memory or time than a reader can be expected to have."""


def draws_within_limits(untrusted: bytes) -> bool:
    """Return false if a page of a PDF exceeds the resource limits. A file that cannot be parsed returns true: its renderer refuses it."""
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as document:
            require_within_limits(document.pages)
    except ResourceLimitExceeded:
        return False
    except DAMAGES:
        return True
    return True


def require_within_limits(pages: Any) -> None:
    """Require that every page stays within the limits of this module.

    Raises:
        ResourceLimitExceeded: one does not.
        pikepdf.PdfError: a stream is damaged.
    """
    for page in pages:
        _PageBudget().require(page.obj)


def decoded_stream(stream: Any) -> bytes:
    """Return a decoded stream of at most `MAX_CONTENT` bytes.

    Raises:
        ResourceLimitExceeded: it decodes to more, or is encoded in a way of which that cannot be said before.
        pikepdf.PdfError: it is damaged.
    """
    return _PageBudget().read(stream)


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
        content = b"\n".join(self.read(stream) for stream in streams)
        _require_shallow(pikepdf.Page(page), content)
        _require_wide_tiles(page.get("/Resources"))
        if self._drawn(content, page.get("/Resources"), 0) > MAX_FORMS:
            raise ResourceLimitExceeded

    def read(self, stream: Any) -> bytes:
        """Return a decoded stream, which is decoded only once its length is known to be bounded."""
        raw = int(stream.get("/Length", 0))
        filters = stream.get("/Filter")
        names = [] if filters is None else list(filters) if isinstance(filters, pikepdf.Array) else [filters]
        # Each filter multiplies the ratio: two of deflate turn a kilobyte into a gigabyte.
        most = raw * prod(EXPANSION.get(str(name), 1) for name in names)
        # A stream that fits even at the highest ratio needs no trial.
        if names and most > MAX_CONTENT - self._bytes:
            _require_short(stream, [str(name) for name in names])
        content = bytes(stream.read_bytes())
        self._bytes += len(content)
        if self._bytes > MAX_CONTENT:
            raise ResourceLimitExceeded
        return content

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
            content = self.read(form)
            _require_shallow(form, content)
            self._known[object_id] = self._drawn(content, form.get("/Resources"), depth + 1)
        return self._known[object_id]


def _require_short(stream: Any, filters: Sequence[str]) -> None:
    """Require that a stream decodes to `MAX_CONTENT` bytes or fewer, without ever holding more than that.

    Tried are deflate and LZW, alone or below ASCII encodings, which is what writers of PDF make. Other chains are refused.
    """
    encodings, packed = filters[:-1], filters[-1]
    if packed not in DEFLATE | LZW or not ASCII.issuperset(encodings):
        raise ResourceLimitExceeded
    raw = stream.read_raw_bytes()
    if encodings:
        # The ASCII encodings are taken off by the library, from a copy that says no more than them.
        with pikepdf.new() as scratch:
            raw = scratch.make_stream(
                raw, Filter=pikepdf.Array([pikepdf.Name(name) for name in encodings])
            ).read_bytes()
    if packed in LZW:
        if _exceeds_as_lzw(raw, early=_changes_early(stream)):
            raise ResourceLimitExceeded
        return
    inflater = zlib.decompressobj()
    try:
        inflater.decompress(raw, MAX_CONTENT)
    except zlib.error:
        # Damaged before the limit: what stands before the damage is all that any reader inflates.
        return
    # Input that is left over when the output is full would have been inflated to more.
    if inflater.unconsumed_tail:
        raise ResourceLimitExceeded


def _changes_early(stream: Any) -> bool:
    """Return whether an LZW stream widens its codes one code early (/EarlyChange of its last filter: 1 unless it is set)."""
    parameters = stream.get("/DecodeParms")
    if isinstance(parameters, pikepdf.Array):
        parameters = parameters[-1] if len(parameters) else None
    return not isinstance(parameters, pikepdf.Dictionary) or int(parameters.get("/EarlyChange", 1)) != 0


def _exceeds_as_lzw(packed: bytes, *, early: bool) -> bool:
    """Return whether LZW data (ISO 32000-1, 7.4.4.2) stands for more than `MAX_CONTENT` bytes. Only lengths are kept."""
    clear, end, longest = 256, 257, 12
    lengths: list[int] = []
    total = previous = buffer = bits = 0
    width = 9
    for byte in packed:
        buffer, bits = buffer << 8 | byte, bits + 8
        if bits < width:
            continue
        bits -= width
        code, buffer = buffer >> bits, buffer & (1 << bits) - 1
        if code == end:
            break
        if code == clear:
            lengths, previous, width = [], 0, 9
            continue
        # A code that is not in the table yet stands for the previous string and one more byte.
        known = 1 if code < clear else lengths[code - 258] if code - 258 < len(lengths) else previous + 1
        if previous and 258 + len(lengths) < 1 << longest:
            lengths.append(previous + 1)
        width = min(longest, max(9, (258 + len(lengths) + early).bit_length()))
        total, previous = total + known, known
        if total > MAX_CONTENT:
            return True
    return False


def _require_shallow(source: Any, content: bytes) -> None:
    """Require that the marked content of a page or form is not nested deeper than `MAX_NESTED`."""
    if content.count(b"BMC") + content.count(b"BDC") <= MAX_NESTED:
        return
    depth = 0
    # Parsed, since an operator's name may stand in a string.
    for instruction in pikepdf.parse_content_stream(source, MARKS):
        depth = max(0, depth - 1) if str(instruction.operator) == "EMC" else depth + 1
        if depth > MAX_NESTED:
            raise ResourceLimitExceeded


def _require_wide_tiles(resources: Any) -> None:
    """Require that tiling patterns (ISO 32000-1, 8.7.3) do not repeat more often than a reader can draw."""
    patterns = resources.get("/Pattern") if resources is not None else None
    for pattern in patterns.values() if patterns is not None else ():
        steps = [abs(float(pattern.get(name, 1))) for name in ("/XStep", "/YStep")]
        if any(0 < step < MIN_STEP for step in steps):
            raise ResourceLimitExceeded
