"""An independent search of a finished PDF: page text, streams, strings and names, in every encoding."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf
import pypdfium2


def folded(text: str) -> str:
    """Leave out white space, spelled as it is or as JSON spells it, and the difference between capitals and small letters."""
    for escaped in ("\\n", "\\t", "\\r"):
        text = text.replace(escaped, "")
    return "".join(text.split()).casefold()


def what_is_in(path: Path) -> Iterator[tuple[str, str]]:
    """Yield every text of a file, with the place where it stands."""
    document = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(document, start=1):
            yield f"page {number}", page.get_textpage().get_text_range()
    finally:
        document.close()
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            place = f"object {item.objgen[0]}"
            if isinstance(item, pikepdf.Stream):
                try:
                    octets = item.read_bytes()
                except pikepdf.PdfError:
                    octets = item.read_raw_bytes()
                yield from ((place, text) for text in readings(octets))
            yield from ((place, text) for octets in strings_in(item) for text in readings(octets))
    yield from (("the file", text) for text in readings(path.read_bytes()))


def readings(octets: bytes) -> Iterator[str]:
    """Yield what octets say in the codes that a PDF, a picture or a mail uses."""
    yield octets.decode("utf-8", "replace")
    for code in ("utf-16-be", "utf-16-le"):
        yield octets.decode(code, "replace")
        yield octets[1:].decode(code, "replace")


def strings_in(item: pikepdf.Object) -> Iterator[bytes]:
    """Yield every string and every name directly in an object."""
    waiting: list[object] = [item]
    while waiting:
        each = waiting.pop()
        if isinstance(each, pikepdf.String):
            yield bytes(each)
        elif isinstance(each, pikepdf.Name):
            yield str(each).encode()
        elif isinstance(each, pikepdf.Array):
            waiting += [part for part in each if not getattr(part, "is_indirect", False)]
        elif isinstance(each, pikepdf.Dictionary | pikepdf.Stream):
            parts = dict(each.items())
            yield from (str(name).encode() for name in parts)
            waiting += [part for part in parts.values() if not getattr(part, "is_indirect", False)]


def places_of(path: Path, values: Iterable[str]) -> list[str]:
    """Return where a file still says one of the values, as ``X000999 on page 3``."""
    wanted = {value: folded(value) for value in values}
    found: dict[str, None] = {}
    for place, text in what_is_in(path):
        small = folded(text)
        found |= dict.fromkeys(f"{value} on {place}" for value, form in wanted.items() if form in small)
    return list(found)
