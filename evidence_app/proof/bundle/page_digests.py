"""The digest of a page as drawn (docs/spec/bundle.md, section 4)."""

import zlib
from decimal import Context, Decimal
from hashlib import sha256
from typing import Any, Final

import pikepdf

PAGE_ENTRIES: Final = ("/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Group", "/Resources")
GENERALIZED: Final = frozenset({"/FlateDecode", "/LZWDecode", "/ASCII85Decode", "/ASCIIHexDecode", "/RunLengthDecode"})
LENGTH: Final = frozenset({"/Length"})
CODING: Final = frozenset({"/Length", "/Filter", "/DecodeParms"})
MAX_DEPTH: Final = 200
MAX_BYTES: Final = 256 * 1024 * 1024
DECIMALS: Final = Decimal("0.00001")
MAX_NUMBER_LENGTH: Final = 1_000


class CircularPage(Exception):
    """A page's objects refer back to themselves, lie too deep, or hold a number without end: it has no digest."""


class PageDigester:
    """Digests the pages of one document; what pages share is digested once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], bytes] = {}
        self._open: set[tuple[int, int]] = set()

    def digest(self, page: pikepdf.Page) -> bytes:
        """Return the digest of a page.

        Raises:
            CircularPage: it has none.
            pikepdf.PdfError: a stream of it cannot be decoded.
        """
        entries = {name: _inherited(page.obj, name) for name in PAGE_ENTRIES}
        parts = [b"page\n"]
        for name, value in entries.items():
            if value is not None:
                parts += [_name(name), self._spell(value, 0)]
        parts.append(sha256(_contents(page.obj)).digest())
        return sha256(b"".join(parts)).digest()

    def _spell(self, value: Any, depth: int) -> bytes:
        if depth > MAX_DEPTH:
            raise CircularPage
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            return b"R" + self._referenced(value, depth)
        return self._direct(value, depth)

    def _referenced(self, value: pikepdf.Object, depth: int) -> bytes:
        place = value.objgen
        known = self._known.get(place)
        if known is None:
            if place in self._open:
                raise CircularPage
            self._open.add(place)
            known = sha256(self._direct(value, depth)).digest()
            self._open.discard(place)
            self._known[place] = known
        return known

    def _direct(self, value: Any, depth: int) -> bytes:
        if isinstance(value, pikepdf.Stream):
            return self._stream(value, depth)
        if isinstance(value, pikepdf.Dictionary):
            return self._dictionary(value, depth, frozenset())
        if isinstance(value, pikepdf.Array):
            return b"[" + b"".join(self._spell(item, depth + 1) for item in value) + b"]"
        if isinstance(value, pikepdf.Name):
            return _name(str(value))
        if isinstance(value, pikepdf.String):
            content = bytes(value)
            return b"S%d:" % len(content) + content
        return _scalar(value)

    def _dictionary(self, value: Any, depth: int, left_out: frozenset[str]) -> bytes:
        parts = [b"<"]
        for name in sorted(value.keys(), key=lambda name: name.encode("utf-8")):
            if name not in left_out:
                parts += [_name(name), self._spell(value[name], depth + 1)]
        return b"".join([*parts, b">"])

    def _stream(self, value: pikepdf.Stream, depth: int) -> bytes:
        filters = _filters(value)
        decoded = set(filters) <= GENERALIZED
        content = _decoded(value) if decoded else value.read_raw_bytes()
        entries = self._dictionary(value, depth, CODING if decoded else LENGTH)
        return b"B" + entries + sha256(content).digest()


def _filters(stream: pikepdf.Object) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(item) for item in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _decoded(stream: pikepdf.Object) -> bytes:
    """Return a stream's data, but not without end: a few bytes can be made to inflate to gigabytes."""
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
    return stream.read_bytes()


def _contents(page: pikepdf.Object) -> bytes:
    contents = page.get("/Contents")
    if contents is None:
        return b""
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(_decoded(stream) for stream in streams)


def _inherited(page: pikepdf.Object, name: str) -> Any:
    node: Any = page
    for _ in range(MAX_DEPTH):
        if name in node:
            return node[name]
        node = node.get("/Parent")
        if node is None:
            return None
    raise CircularPage


def _name(name: str) -> bytes:
    content = name.removeprefix("/").encode("utf-8")
    return b"N%d:" % len(content) + content


def _scalar(value: Any) -> bytes:
    if value is None:
        return b"n"
    if isinstance(value, bool):
        return b"t" if value else b"f"
    if isinstance(value, int | Decimal | float):
        return b"D%s;" % spelled_number(Decimal(value)).encode("ascii")
    raise CircularPage


def spelled_number(value: Decimal) -> str:
    """Spell a number with at most five decimals and no trailing zeroes."""
    if not value.is_finite() or len(value.as_tuple().digits) + abs(value.adjusted()) > MAX_NUMBER_LENGTH:
        raise CircularPage
    text = format(value.quantize(DECIMALS, context=Context(prec=3 * MAX_NUMBER_LENGTH)), "f").rstrip("0").rstrip(".")
    return "0" if text in {"", "-0"} else text
