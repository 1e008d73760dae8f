"""Removes a foreign file's own tags from its pages, so that they are not nested inside the tags of a bundle.

A foreign page is one paragraph or figure of the bundle (ISO 14289-1, 7.1 and 7.3): marked content within it would refer to a structure
tree that is not carried over. Optional content (ISO 32000-1, 8.11.3.2) is marked with the same operators and is retained, because it
decides what is drawn.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from evidence_app.bundle.pdf.tounicode import clean_to_unicode

BEGINS: Final = frozenset({"BMC", "BDC"})
POINTS: Final = frozenset({"MP", "DP"})
END: Final = "EMC"
SIGNS: Final = (b"BMC", b"BDC", b"MP", b"DP", b"EMC")
"""The marked-content operators (ISO 32000-1, 14.6, table 320); a stream without these bytes has no tags."""
MAX_DEPTH: Final = 20
MAX_MARKED: Final = 2 * 1024 * 1024
"""Bytes of one content stream with tags: parsing makes an object of each operator, and a bomb would become very many."""
MAX_MARKS: Final = 50_000
MAX_MARKED_IN_ALL: Final = 64 * 1024 * 1024
"""Bytes of content streams with tags in all pages of a document together: about a megabyte is parsed in a second."""
NAMED_ENCODINGS: Final = frozenset({"/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"})


class TooManyTags(Exception):
    """A page or document has more marked content than the limits of this module."""


def untag(document: Any) -> None:
    """Remove the tags from all pages of an opened document and from the forms that they draw; its ToUnicode maps are cleaned too.

    Raises:
        TooManyTags: a page has more marked content than the limits of this module.
        pikepdf.PdfError: a stream of a page is damaged.
    """
    import pikepdf

    # The rewritten content of streams that pages share, by object number; (0, 0) means a direct object, which is not shared.
    done: dict[tuple[int, int], Any] = {}
    left = MAX_MARKED_IN_ALL
    for page in document.pages:
        _remove_parent_keys(page.obj)
        contents = page.obj.get("/Contents")
        object_id = contents.objgen if contents is not None else (0, 0)
        if object_id != (0, 0) and object_id in done:
            page.obj.Contents = done[object_id]
            continue
        content = _bytes_of(contents)
        if _is_marked(content):
            left -= len(content)
            if left < 0:
                raise TooManyTags
            page.obj.Contents = document.make_stream(pikepdf.unparse_content_stream(list(_without_tags(page))))
        if object_id != (0, 0):
            done[object_id] = page.obj.Contents
    fonts: set[tuple[int, int]] = set()
    for resources in _resources_of(page.obj for page in document.pages):
        for font in _values(resources, "/Font"):
            if _is_new(font, fonts):
                clean_to_unicode(font)
        for form in _forms(resources):
            _untag_form(form)


def shows_words(page: Any) -> bool:
    """Return true if a page, or a form that it draws, has a font in its resources."""
    return any(_values(resources, "/Font") for resources in _resources_of([page]))


def has_images(page: Any) -> bool:
    """Return true if a page, or a form that it may draw, has a picture in its resources, whether it is drawn or not."""
    return any(
        str(item.get("/Subtype")) == "/Image"
        for resources in _resources_of([page])
        for item in _values(resources, "/XObject")
    )


def has_mute_fonts(pages: Iterable[Any]) -> bool:
    """Return true if a font of the pages has no mapping from its glyphs to characters (ISO 14289-1, 7.21.7)."""
    return any(_is_mute(font) for resources in _resources_of(pages) for font in _values(resources, "/Font"))


def _is_mute(font: Any) -> bool:
    """Return true if none of the methods by which readers extract text applies (ISO 32000-1, 9.10.2).

    A ToUnicode map comes first; then, for simple fonts, the glyph names of a named encoding or of its differences. Composite fonts (Type0)
    without a map are taken for mute, although readers know the characters of some predefined CMaps.
    """
    if "/ToUnicode" in font:
        return False
    encoding = font.get("/Encoding")
    if encoding is None or font.get("/Subtype") == "/Type0":
        return True
    return not (str(encoding) in NAMED_ENCODINGS or "/Differences" in encoding or "/BaseEncoding" in encoding)


def _resources_of(pages: Iterable[Any]) -> Iterator[Any]:
    """Yield the resources of pages and of the forms that they draw, each form once, up to `MAX_DEPTH` forms deep."""
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
    """Remove the tags from a form XObject in place."""
    import pikepdf

    _remove_parent_keys(form)
    if _is_marked(form.read_bytes()):
        form.write(pikepdf.unparse_content_stream(list(_without_tags(form))))


def _remove_parent_keys(item: Any) -> None:
    """Remove the keys into the file's own parent tree (ISO 32000-1, 14.7.4.4): in a bundle they would find elements of the bundle."""
    for name in ("/StructParents", "/StructParent"):
        if name in item:
            del item[name]


def _forms(resources: Any) -> list[Any]:
    """Return the form XObjects among resources."""
    return [item for item in _values(resources, "/XObject") if item.get("/Subtype") == "/Form"]


def _values(resources: Any, name: str) -> list[Any]:
    """Return the resources of one category, such as /Font."""
    category = resources.get(name)
    return list(category.values()) if category is not None else []


def _is_new(item: Any, seen: set[tuple[int, int]]) -> bool:
    """Return true for an object not met before, and remember it. Direct objects, (0, 0), are always new."""
    object_id = item.objgen
    if object_id in seen:
        return False
    if object_id != (0, 0):
        seen.add(object_id)
    return True


def _is_marked(content: bytes) -> bool:
    """Return true if a content stream may have tags.

    Raises:
        TooManyTags: it has, and is too long or has too many to be parsed.
    """
    marked = any(sign in content for sign in SIGNS)
    if marked and (len(content) > MAX_MARKED or content.count(b"BMC") + content.count(b"BDC") > MAX_MARKS):
        raise TooManyTags
    return marked


def _bytes_of(contents: Any) -> bytes:
    """Return a page's decoded content; its streams are joined by white space (ISO 32000-1, 7.8.2)."""
    import pikepdf

    if contents is None:
        return b""
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return b"\n".join(stream.read_bytes() for stream in streams)


def _without_tags(source: Any) -> Iterator[Any]:
    """Yield the instructions of a content stream without its tags. Sequences of optional content (`/OC /name BDC … EMC`) are retained."""
    import pikepdf

    # Begin and end operators nest and EMC has no operands: a stack tells which sequence each EMC ends.
    retained: list[bool] = []
    for instruction in pikepdf.parse_content_stream(source):
        operator = str(instruction.operator)
        if operator in POINTS:
            continue
        if operator in BEGINS:
            operands = list(instruction.operands)
            retained.append(bool(operands) and str(operands[0]) == "/OC")
        if operator in BEGINS and not retained[-1]:
            continue
        # An EMC without a beginning, which damaged files have, is dropped as well.
        if operator == END and (not retained or not retained.pop()):
            continue
        yield instruction
