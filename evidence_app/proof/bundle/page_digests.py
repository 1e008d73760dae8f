"""The digest of a page as drawn: its content streams and all objects that they use (docs/spec/bundle.md, section 4).

The digest does not depend on object numbers, the order of dictionary keys, or how streams are compressed, so that a
tool may save the file anew without changing it. Annotations are left out.
"""

import zlib
from decimal import Context, Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

import pikepdf

PAGE_ENTRIES: Final = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources")
"""The entries of a page dictionary that decide how it is drawn, in the order in which they are hashed."""
GENERALIZED: Final = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})
"""Lossless filters (ISO 32000-1, 7.4): streams with only these are hashed decoded, others (images) as they are."""
LENGTH: Final = frozenset({"/Length"})
CODING: Final = frozenset({"/Length", "/Filter", "/DecodeParms"})
"""The entries that are not hashed: /Length of any stream, and all three of one that is hashed decoded."""
MAX_DEPTH: Final = 200  # levels of nested objects
MAX_BYTES: Final = 256 * 1024 * 1024  # of one decoded FlateDecode stream
DECIMALS: Final = Decimal("0.00001")
"""Precision to which numbers are rounded: tools write the same number with different decimals."""
MAX_NUMBER_LENGTH: Final = 1_000  # digits


class CircularPage(Exception):
    """A page without a digest: its objects refer back to themselves, are nested too deeply, or exceed a limit of section 4."""


class PageDigester:
    """Computes the digests of one document's pages. Objects that pages share, such as fonts, are hashed once.

    `_known` holds the hashes of indirect objects by object number and generation, `_open` those being hashed right now.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}
        self._open: set[tuple[int, int]] = set()

    def digest(self, page: pikepdf.Page) -> bytes:
        """Return the 32-byte digest of a page (section 4).

        Raises:
            CircularPage: it has none.
            pikepdf.PdfError: a stream of it cannot be decoded.
        """
        entries = {name: _inherited(page.obj, name) for name in PAGE_ENTRIES}
        parts = [b"page\n"]
        for name, value in entries.items():
            if value is not None:
                parts += [_name(name), self._encode(value, 0)]
        parts.append(sha256(_contents(page.obj)).digest())
        return sha256(b"".join(parts)).digest()

    def _encode(self, value: Any, depth: int) -> bytes:
        """Return `spell` of an object: the table of section 4."""
        if depth > MAX_DEPTH:
            raise CircularPage
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            return b"R" + self._referenced(value, depth)
        return self._direct(value, depth)

    def _referenced(self, value: pikepdf.Object, depth: int) -> bytes:
        """Return the hash of an indirect object, from which its object number is left out: saving a file changes it."""
        object_id = value.objgen
        digest = self._known.get(object_id)
        if digest is None:
            # Met again while it is being hashed: the object contains itself.
            if object_id in self._open:
                raise CircularPage
            self._open.add(object_id)
            digest = sha256(self._direct(value, depth)).digest()
            self._open.discard(object_id)
            self._known[object_id] = digest
        return digest

    def _direct(self, value: Any, depth: int) -> bytes:
        """Return the encoding of an object by its type. Lengths before names and strings make it unambiguous."""
        if isinstance(value, pikepdf.Stream):
            return self._stream(value, depth)
        if isinstance(value, pikepdf.Dictionary):
            return self._dictionary(value, depth, frozenset())
        if isinstance(value, pikepdf.Array):
            return b"[" + b"".join(self._encode(item, depth + 1) for item in value) + b"]"
        if isinstance(value, pikepdf.Name):
            return _name(str(value))
        if isinstance(value, pikepdf.String):
            content = bytes(value)
            return b"S%d:" % len(content) + content
        return _scalar(value)

    def _dictionary(self, value: Any, depth: int, left_out: frozenset[str]) -> bytes:
        parts = [b"<"]
        # The order of keys in a PDF dictionary has no meaning (ISO 32000-1, 7.3.7): sort by bytes, slash included.
        for name in sorted(value.keys(), key=lambda name: name.encode("utf-8")):
            if name not in left_out:
                parts += [_name(name), self._encode(value[name], depth + 1)]
        return b"".join([*parts, b">"])

    def _stream(self, value: pikepdf.Stream, depth: int) -> bytes:
        filters = _filters(value)
        # Lossless filters may be replaced when a file is saved, so the decoded data counts. An image's filter, such as
        # DCTDecode, is decoded differently by different programs: the raw bytes count, with their filter.
        decoded = set(filters) <= GENERALIZED
        content = _decoded(value) if decoded else value.read_raw_bytes()
        entries = self._dictionary(value, depth, CODING if decoded else LENGTH)
        return b"B" + entries + sha256(content).digest()


def _filters(stream: pikepdf.Object) -> list[str]:
    """Return the names of a stream's filters. /Filter is absent, a name or an array of names (ISO 32000-1, 7.3.8.2)."""
    entry = stream.get("/Filter")
    if entry is None:
        return []
    return [str(item) for item in entry] if isinstance(entry, pikepdf.Array) else [str(entry)]


def _decoded(stream: pikepdf.Object) -> bytes:
    """Return a stream's decoded data, of FlateDecode at most `MAX_BYTES`: a few bytes can inflate to gigabytes."""
    # The common case is decoded here, where the limit can be set; pikepdf decodes everything else.
    if _filters(stream) == ["/FlateDecode"] and "/DecodeParms" not in stream:
        inflater = zlib.decompressobj()
        try:
            content = inflater.decompress(stream.read_raw_bytes(), MAX_BYTES)
        except zlib.error:
            return stream.read_bytes()
        if inflater.unconsumed_tail:
            raise CircularPage
        if inflater.eof:
            return content
        # Cut off before its end: pikepdf decides whether it can be decoded.
    if "/RunLengthDecode" in _filters(stream):
        # Lossless too, but qpdf counts it among those that are decoded only when asked for.
        return stream.read_bytes(pikepdf.StreamDecodeLevel.specialized)
    return stream.read_bytes()


def _contents(page: pikepdf.Object) -> bytes:
    """Return a page's content streams, decoded and joined by LF: one stream, or an array of them (ISO 32000-1, 7.7.3.3)."""
    contents = page.get("/Contents")
    if contents is None:
        return b""
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(_decoded(stream) for stream in streams)


def _inherited(page: pikepdf.Object, name: str) -> Any:
    """Return an entry of a page, from itself or the nearest of its /Parents that has it (ISO 32000-1, 7.7.3.4), or None."""
    node: Any = page
    for _ in range(MAX_DEPTH):
        if name in node:
            return node[name]
        node = node.get("/Parent")
        if node is None:
            return None
    # As many parents as this are a circle.
    raise CircularPage


def _name(name: str) -> bytes:
    content = name.removeprefix("/").encode("utf-8")
    return b"N%d:" % len(content) + content


def _scalar(value: Any) -> bytes:
    """Return the encoding of null, true, false or a number, which pikepdf gives as Python values."""
    if value is None:
        return b"n"
    # Before the numbers, since in Python a bool is an int.
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, int | Decimal | float):
        return b"D%s;" % spelled_number(Decimal(value)).encode("ascii")
    raise CircularPage


def spelled_number(value: Decimal) -> str:
    """Encode a number with at most five decimals, rounded half to even, without exponent or trailing zeroes (section 4).

    Raises:
        CircularPage: it is not finite, or has more than `MAX_NUMBER_LENGTH` digits.
    """
    # By how it is written, since the limit counts digits: equal numbers may have more or fewer.
    return _spelled(str(value))


@lru_cache(maxsize=4096)
def _spelled(written: str) -> str:
    value = Decimal(written)
    if not value.is_finite() or len(value.as_tuple().digits) + abs(value.adjusted()) > MAX_NUMBER_LENGTH:
        raise CircularPage
    # The precision is above the limit, since `quantize` fails where a result has more digits. A context rounds half to even.
    text = format(value.quantize(DECIMALS, context=Context(prec=3 * MAX_NUMBER_LENGTH)), "f").rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text
