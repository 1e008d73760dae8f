"""Searches a finished bundle for withheld values: pages, strings, streams, embedded files. With one hit the file is not handed out.

The pages are searched as the reader of files reads any page: their text as PDFium extracts it, and what is recognised on them where they have pictures.
So the last check sees what whoever is given the file sees. The objects are searched as bytes, so that no metadata is missed.
"""

import base64
import contextlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from evidence_app.documents.opening import words_on_page
from evidence_app.documents.pdf.words import RECOGNITION_DPI, PdfReader
from evidence_app.documents.workers.side_by_side import in_order
from evidence_app.documents.workers.values import Pixels
from evidence_app.domain.people.possible_names import known_words
from evidence_app.domain.people.pseudonyms import is_short
from evidence_app.domain.text.folding import fold
from evidence_app.domain.text.identifiers import DIGESTS
from evidence_app.domain.text.name_matching import Form, find_forms, form_of, letters_of

MIN_LENGTH: Final = 3
"""Minimum length of a value, in characters; shorter ones would match by chance in every file."""
CODED: Final = re.compile(DIGESTS.pattern.encode("ascii"))
"""Encoded salts, hashes and proofs, which are left out of the search: among thousands of random ones a short name would match by chance."""


NOTHING: Final = rb"(?!)"
"""A pattern that matches nothing."""


def find_leaks(content: bytes, hidden: Iterable[str], tick: Callable[[], None] = lambda: None) -> list[str]:
    """Return where a finished PDF still holds a withheld value, such as ``page 4`` or ``an object of the file``; empty if nowhere.

    `tick` is called before each page and may raise to stop.
    """
    values = sorted({fold(value).text.strip() for value in hidden if _tells(value)})
    if not values:
        return []
    return list(dict.fromkeys([*_on_pages(content, values, tick), *_in_objects(content, values)]))


def texts_leak(texts: Iterable[str], hidden: Iterable[str]) -> bool:
    """Return whether any of some texts holds a withheld value, however it is spelled."""
    values = sorted({fold(value).text.strip() for value in hidden if _tells(value)})
    forms = [form for value in values for form in forms_of(value)]
    return bool(forms) and any(next(find_forms(forms, letters_of(text)), None) for text in texts)


def _tells(value: str) -> bool:
    """Whether a value is worth a search: it is long enough, and no word that the program itself prints on its pages."""
    return len(value.strip()) >= MIN_LENGTH and value.strip().casefold() not in known_words()


def _on_pages(content: bytes, values: list[str], tick: Callable[[], None]) -> Iterator[str]:
    """Yield the pages, from 1, that show a value or hold it in their text; or a remark that the file cannot be read."""
    import pypdfium2

    forms = [form for value in values for form in forms_of(value)]
    try:
        reader = PdfReader(content)
    except pypdfium2.PdfiumError:
        yield "a page that cannot be read"
        return
    foreign = _pages_with_foreign_content(content)
    # Drawn in this thread, and read in workers: several at a time, since that takes longest by far.
    drawn = (
        (reader.text(number), reader.picture(number) if number in foreign else None) for number in range(len(reader))
    )
    try:
        for number, texts in enumerate(in_order(drawn, _texts_of_page, lambda _done: tick()), start=1):
            # Compared as the redaction compares, so that no spelling that it knows can be missed here.
            if any(next(find_forms(forms, letters_of(text)), None) for text in texts):
                yield f"page {number}"
    finally:
        reader.close()


def _texts_of_page(page: tuple[str, Pixels | None], tick: Callable[[], None]) -> tuple[str, str]:
    """Return the text of a page, and what is recognised on it if it was drawn for that."""
    text, drawn = page
    words = words_on_page(drawn, RECOGNITION_DPI, tick, words_alone=True).words if drawn is not None else ()
    return text, " ".join(word.text for word in words)


def forms_of(value: str) -> Iterator[Form]:
    """Yield the form of a value; that of a short name of one word needs its capital."""
    form = form_of(value)
    if form is not None:
        yield replace(form, capitals=(0,)) if is_short(value) else form


def _pages_with_foreign_content(content: bytes) -> frozenset[int]:
    """Return the pages, from 0, that show pictures or pages of others: the program draws its own pages without such objects."""
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            return frozenset(
                number for number, page in enumerate(pdf.pages) if "/XObject" in page.obj.get("/Resources", {})
            )
    except pikepdf.PdfError:
        return frozenset()


def _in_objects(content: bytes, values: list[str]) -> Iterator[str]:
    """Yield a finding if a string or stream of any object holds a value, or if the file cannot be read."""
    import pikepdf

    # Text strings are in PDFDocEncoding or UTF-16BE (ISO 32000-1, 7.9.2.2), embedded files and metadata in UTF-8.
    patterns = [
        re.compile(
            b"|".join(
                rb"(?<![A-Za-z0-9])" + re.escape(octets) + rb"(?![A-Za-z0-9])"
                for value in values
                if is_short(value) == short
                for octets in (value.encode("utf-8"), value.encode("utf-16-be"))
            )
            or NOTHING,
            0 if short else re.IGNORECASE,
        )
        # A short name of one word is one with its capital alone: mark and page are words that the program prints.
        for short in (True, False)
    ]
    # Looked for without regard to case first, which is many times faster than the patterns: most objects hold nothing of the sort.
    lowered = tuple(
        {octets.lower() for value in values for octets in (value.encode("utf-8"), value.encode("utf-16-be"))}
    )

    def holds(octets: bytes) -> bool:
        small = octets.lower()
        if not any(value in small for value in lowered):
            return False
        bare = CODED.sub(b"=", octets)
        return any(pattern.search(bare) for pattern in patterns)

    try:
        opened = pikepdf.open(io.BytesIO(content))
    except pikepdf.PdfError:
        yield "an object that cannot be read"
        return
    with opened as pdf:
        for item in pdf.objects:
            if any(holds(octets) for octets in _octets_of(item)):
                yield "an object of the file"
                return


def _octets_of(item: Any) -> Iterator[bytes]:
    """Yield the strings and decoded streams of an object and of its direct parts; indirect parts are objects of their own.

    A stream that cannot be decoded is searched as it is. Keys and names are not searched.
    """
    import pikepdf

    waiting = [item]
    while waiting:
        current = waiting.pop()
        if isinstance(current, pikepdf.Stream):
            try:
                yield current.read_bytes()
            except pikepdf.PdfError:
                yield _undone(current)
        if isinstance(current, pikepdf.String):
            yield bytes(current)
        elif isinstance(current, pikepdf.Array):
            waiting += [each for each in current if not getattr(each, "is_indirect", False)]
        elif isinstance(current, pikepdf.Dictionary | pikepdf.Stream):
            for key in list(current.keys()):
                value = current.get(key)
                if not getattr(value, "is_indirect", False):
                    waiting.append(value)


def _undone(stream: Any) -> bytes:
    """Return the bytes of a stream that cannot be decoded whole, such as a picture, without the text encoding around them."""
    import pikepdf

    content = bytes(stream.read_raw_bytes())
    filters = stream.get("/Filter")
    names = [str(each) for each in filters] if isinstance(filters, pikepdf.Array) else [str(filters)]
    if names and names[0] in {"/ASCII85Decode", "/A85"}:
        with contextlib.suppress(ValueError):
            return base64.a85decode(content.strip().removesuffix(b"~>"))
    return content
