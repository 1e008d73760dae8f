"""Take another file's own tags out of its pages, so that they do not stand inside the tags of a bundle.

A foreign page is one figure of the bundle (ISO 14289-1, 7.1 and 7.3): marked content within it would belong to a
structure that is not carried over. Optional content stays, for it says what is drawn.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from evidence_app.bundle.pdf.tounicode import clean_to_unicode

BEGINS: Final = frozenset({"BMC", "BDC"})
POINTS: Final = frozenset({"MP", "DP"})
END: Final = "EMC"
SIGNS: Final = (b"BMC", b"BDC", b"MP", b"DP", b"EMC")
MAX_DEPTH: Final = 20
MAX_MARKED: Final = 2 * 1024 * 1024
"""So many bytes of marked content are taken apart: each operator becomes an object, and a bomb would become very many."""
MAX_MARKS: Final = 50_000
MAX_MARKED_IN_ALL: Final = 64 * 1024 * 1024
"""So many in all pages of a document together: about a megabyte is taken apart in a second."""
NAMED_ENCODINGS: Final = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"})


class TooManyTags(Exception):
    """A page has more marked content than is taken apart."""


def untag(document: Any) -> None:
    """Take the tags out of all pages of an opened document, and out of the forms that they draw.

    Raises:
        TooManyTags: a page has more marked content than is taken apart.
        pikepdf.PdfError: a stream of a page is damaged.
    """
    import pikepdf

    done: dict[tuple[int, int], Any] = {}
    left = MAX_MARKED_IN_ALL
    for page in document.pages:
        _forget(page.obj)
        contents = page.obj.get("/Contents")
        place = contents.objgen if contents is not None else (0, 0)
        if place != (0, 0) and place in done:
            page.obj.Contents = done[place]
            continue
        content = _bytes_of(contents)
        if _is_marked(content):
            left -= len(content)
            if left < 0:
                raise TooManyTags
            page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(list(_without_tags(page))))
        if place != (0, 0):
            done[place] = page.obj.Contents
    fonts: set[tuple[int, int]] = set()
    for resources in _resources_of(page.obj for page in document.pages):
        for font in _values(resources, "/Font"):
            if _is_new(font, fonts):
                clean_to_unicode(font)
        for form in _forms(resources):
            _untag_form(form)


def shows_words(page: Any) -> bool:
    """Tell whether a page, or a form that it draws, names a font."""
    return any(_values(resources, "/Font") for resources in _resources_of([page]))


def has_mute_fonts(pages: Iterable[Any]) -> bool:
    """Tell whether a font of the pages does not say which characters it shows (ISO 14289-1, 7.21.7)."""
    return any(_is_mute(font) for resources in _resources_of(pages) for font in _values(resources, "/Font"))


def _is_mute(font: Any) -> bool:
    if "/ToUnicode" in font:
        return False
    encoding = font.get("/Encoding")
    if encoding is None or font.get("/Subtype") == "/Type0":
        return True
    return not (str(encoding) in NAMED_ENCODINGS or "/Differences" in encoding or "/BaseEncoding" in encoding)


def _resources_of(pages: Iterable[Any]) -> Iterator[Any]:
    """Yield the resources of pages and of the forms that they draw, each form once."""
    seen: set[tuple[int, int]] = set()
    waiting = [(page, 0) for page in pages]
    while waiting:
        drawn, depth = waiting.pop()
        resources = drawn.get("/Resources")
        if resources is None or depth > MAX_DEPTH:
            continue
        yield resources
        waiting += [(form, depth + 1) for form in _forms(resources) if _is_new(form, seen)]


def _untag_form(form: Any) -> None:
    import pikepdf

    _forget(form)
    if _is_marked(form.read_bytes()):
        form.write(pikepdf.unparse_content_stream(list(_without_tags(form))))


def _forget(item: Any) -> None:
    for name in ("/StructParents", "/StructParent"):
        if name in item:
            del item[name]


def _forms(resources: Any) -> list[Any]:
    return [item for item in _values(resources, "/XObject") if item.get("/Subtype") == "/Form"]


def _values(resources: Any, name: str) -> list[Any]:
    found = resources.get(name)
    return list(found.values()) if found is not None else []


def _is_new(item: Any, seen: set[tuple[int, int]]) -> bool:
    place = item.objgen
    if place in seen:
        return False
    if place != (0, 0):
        seen.add(place)
    return True


def _is_marked(content: bytes) -> bool:
    marked = any(sign in content for sign in SIGNS)
    if marked and (len(content) > MAX_MARKED or content.count(b"BMC") + content.count(b"BDC") > MAX_MARKS):
        raise TooManyTags
    return marked


def _bytes_of(contents: Any) -> bytes:
    import pikepdf

    if contents is None:
        return b""
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _without_tags(source: Any) -> Iterator[Any]:
    import pikepdf

    kept: list[bool] = []
    for instruction in pikepdf.parse_content_stream(source):
        operator = str(instruction.operator)
        if operator in POINTS:
            continue
        if operator in BEGINS:
            operands = list(instruction.operands)
            kept.append(bool(operands) and str(operands[0]) == "/OC")
        if operator in BEGINS and not kept[-1]:
            continue
        if operator == END and (not kept or not kept.pop()):
            continue
        yield instruction
