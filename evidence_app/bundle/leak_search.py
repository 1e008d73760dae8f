"""Search a finished bundle for what is withheld from it: page text, strings, streams, embedded files. One hit, and there is no file."""

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, Final

from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import DIGESTS, without_digests

MIN_LENGTH: Final = 3
"""Shorter values are not searched for: they stand in every file by chance."""
CODED: Final = re.compile(DIGESTS.pattern.encode("ascii"))
"""A bundle holds thousands of random salts and proofs; a short name stands in one of them by chance, and would stand there at every try."""


def find_leaks(content: bytes, hidden: Iterable[str]) -> list[str]:
    """Return where a finished file still holds a value that was withheld, as ``page 4`` or ``an object of the file``."""
    values = sorted({fold(value).text.strip() for value in hidden if len(value.strip()) >= MIN_LENGTH})
    if not values:
        return []
    return list(dict.fromkeys([*_on_pages(content, values), *_in_objects(content, values)]))


def _on_pages(content: bytes, values: list[str]) -> Iterator[str]:
    import pypdfium2

    pattern = re.compile("|".join(_pattern(value) for value in values), re.IGNORECASE)
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        yield "a page that cannot be read"
        return
    try:
        for number, page in enumerate(document, start=1):
            text = fold(unicodedata.normalize("NFC", page.get_textpage().get_text_range())).text
            if pattern.search(without_digests(text)):
                yield f"page {number}"
    finally:
        document.close()


def _pattern(value: str) -> str:
    words = (re.escape(word) for word in unicodedata.normalize("NFC", value).split())
    return r"(?<![^\W_])" + r"\s+".join(words) + r"(?![^\W_])"


def _in_objects(content: bytes, values: list[str]) -> Iterator[str]:
    import pikepdf

    spelled = [form for value in values for form in (value.encode("utf-8"), value.encode("utf-16-be"))]
    pattern = re.compile(
        b"|".join(rb"(?<![A-Za-z0-9])" + re.escape(form) + rb"(?![A-Za-z0-9])" for form in spelled), re.IGNORECASE
    )
    try:
        opened = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError:
        yield "an object that cannot be read"
        return
    with opened as pdf:
        for item in pdf.objects:
            if any(pattern.search(CODED.sub(b"=", octets)) for octets in _octets_of(item)):
                yield "an object of the file"
                return


def _octets_of(item: Any) -> Iterator[bytes]:
    """Yield the strings and the decoded bytes of an object; references are objects of their own."""
    import pikepdf

    waiting = [item]
    while waiting:
        current = waiting.pop()
        if isinstance(current, pikepdf.Stream):
            try:
                yield current.read_bytes()
            except pikepdf.PdfError:
                yield current.read_raw_bytes()
        if isinstance(current, pikepdf.String):
            yield bytes(current)
        elif isinstance(current, pikepdf.Array):
            waiting += [each for each in current if not getattr(each, "is_indirect", False)]
        elif isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            for key in list(current.keys()):
                value = current.get(key)
                if not getattr(value, "is_indirect", False):
                    waiting.append(value)
