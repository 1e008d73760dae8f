"""What a bundle's PDF has beside its pages and files: annotations, and what acts (docs/spec/bundle.md, section 6, steps 15 to 17).

No page digest covers these. A bundle has links to its own pages and the widget of its signature, and nothing that acts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any, Final

import pikepdf

KINDS: Final = {
    "/Widget": "form field",
    "/Stamp": "stamp",
    "/Highlight": "highlighting",
    "/FreeText": "text box",
    "/Redact": "mark for redaction",
    "/FileAttachment": "attached file",
    "/Link": "link",
}
"""What a type of annotation is called; the others are comments or marks."""
MARK: Final = "comment or mark"
POPUP: Final = "/Popup"
"""The window of a note, which is counted with it."""
ACTIONS: Final = frozenset({"/A", "/AA", "/AP", "/PA"})
"""What a bundle's own links and widget have not: actions, and an appearance."""
NO_BORDER: Final = [0, 0, 0]
NOWHERE: Final = [0, 0, 0, 0]
UNREADABLE: Final = (AttributeError, KeyError, TypeError, ValueError, RuntimeError, pikepdf.PdfError)
MAX_BOOKMARKS: Final = 100_000
IN_TWO_WAYS: Final = {
    "duplicated key": "A dictionary in the file has one key twice",
    "page tree root": "The file has a page tree within another",
    "/Type key should be /Page": "The file has a page that is a list of pages too",
}
"""What the PDF library says of files in which readers find other things, and what is said of them here."""
HYBRID: Final = b"/XRefStm"
"""The entry of a hybrid-reference file (ISO 32000-1, 7.5.8.4)."""


def annotations_of(pdf: Any) -> dict[int, Counter[str]]:
    """Return the annotations that are none of a bundle's own: by the page's place from 1, how many of what sort."""
    found: dict[int, Counter[str]] = {}
    for place, page in enumerate(pdf.pages, start=1):
        counted: Counter[str] = Counter()
        try:
            for each in page.obj.get("/Annots", []):
                if not _is_own(each):
                    counted[_sort_of(each)] += 1
        except UNREADABLE:
            counted[MARK] += 1
        if counted:
            found[place] = counted
    return found


def _sort_of(annotation: Any) -> str:
    return KINDS.get(_name(annotation.get("/Subtype")), MARK)


def _name(value: Any) -> str:
    """Return a name with its slash; of anything else, such as a string, nothing."""
    return str(value) if isinstance(value, pikepdf.Name) else ""


def _numbers(value: Any) -> list[Any]:
    """Return the numbers of an array; of anything else nothing."""
    items = list(value) if isinstance(value, pikepdf.Array) else []
    return [] if any(isinstance(each, bool) for each in items) else items


def _is_own(annotation: Any) -> bool:
    """Whether an annotation is one that a bundle has (step 15): it draws nothing and does nothing but lead to a page."""
    sort = _name(annotation.get("/Subtype"))
    if ACTIONS & set(annotation.keys()):
        return False
    if sort == POPUP:
        return True
    if sort == "/Link":
        return "/Dest" in annotation and _numbers(annotation.get("/Border")) == NO_BORDER
    return sort == "/Widget" and _name(annotation.get("/FT")) == "/Sig" and _numbers(annotation.get("/Rect")) == NOWHERE


def active_content_of(pdf: Any) -> list[str]:
    """Return what in the file acts by itself or when it is touched, or shows other files (step 16), in words."""
    found: dict[str, None] = {}
    for what in _acting(pdf):
        found[what] = None
    return list(found)


def _acting(pdf: Any) -> Iterator[str]:
    root = pdf.Root
    if "/Collection" in root:
        yield "a collection of files (portfolio), which programs show instead of the pages"
    if "/AA" in root or not isinstance(root.get("/OpenAction", pikepdf.Array()), pikepdf.Array):
        yield "something that runs when the file is opened"
    with suppress(*UNREADABLE):
        names = set(root.get("/Names", pikepdf.Dictionary()).keys())
        if "/JavaScript" in names:
            yield "a script (a program inside the file)"
        if names - {"/EmbeddedFiles", "/JavaScript", "/Dests"}:
            yield "names of things that act"
    with suppress(*UNREADABLE):
        if "/XFA" in root.get("/AcroForm", pikepdf.Dictionary()):
            yield "a form (XFA) that some programs show instead of the pages"
    yield from _acting_pages(pdf)
    with suppress(*UNREADABLE):
        if any("/A" in each or "/AA" in each for each in _bookmarks(root.get("/Outlines"))):
            yield "bookmarks that run something"


def _acting_pages(pdf: Any) -> Iterator[str]:
    for page in pdf.pages:
        with suppress(*UNREADABLE):
            if "/AA" in page.obj:
                yield "something that runs when a page is opened"
            if "/AF" in page.obj or any(
                _name(each.get("/Subtype")) == "/FileAttachment" for each in page.obj.get("/Annots", [])
            ):
                yield "a file attached to a page"
            if any("/AA" in each or _acts(each.get("/A")) for each in page.obj.get("/Annots", [])):
                yield "marks that run something when they are clicked"


def _acts(action: Any) -> bool:
    """Whether an action does more than to lead to a page."""
    return action is not None and _name(action.get("/S")) != "/GoTo"


def _bookmarks(outlines: Any) -> Iterator[Any]:
    """Yield the entries of the outlines (ISO 32000-1, 12.3.3)."""
    waiting = [outlines.get("/First")] if outlines is not None else []
    count = 0
    while waiting and count < MAX_BOOKMARKS:
        entry = waiting.pop()
        if entry is None:
            continue
        count += 1
        yield entry
        waiting += [entry.get("/Next"), entry.get("/First")]


def why_not_one_reading(untrusted: bytes, pdf: Any) -> str:
    """Return why readers may find other things in the file than this one does (step 17), in words; empty if they do not."""
    warnings = [str(warning) for warning in pdf.get_warnings()]
    for said, meaning in IN_TWO_WAYS.items():
        if any(said in warning for warning in warnings):
            return meaning
    if HYBRID in untrusted:
        return "The file has two tables of its objects"
    with suppress(*UNREADABLE):
        if any("/F" in stream for page in pdf.pages for stream in _content_streams(page.obj)):
            return "What a page shows is said to be in another file"
    return ""


def _content_streams(page: Any) -> list[Any]:
    contents = page.get("/Contents")
    if contents is None:
        return []
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [each for each in streams if isinstance(each, pikepdf.Stream)]


def in_words(annotations: dict[int, Counter[str]]) -> str:
    """Return how many annotations of what sort are where: ``1 stamp and 2 comments or marks on pages 3 and 4``."""
    sorts: Counter[str] = sum(annotations.values(), Counter())
    counted = [f"{count} {sort if count == 1 else _plural(sort)}" for sort, count in sorts.most_common()]
    pages = [str(place) for place in annotations]
    return f"{listed(counted)} on page{'' if len(pages) == 1 else 's'} {listed(pages)}"


def _plural(sort: str) -> str:
    return {MARK: "comments or marks", "text box": "text boxes", "mark for redaction": "marks for redaction"}.get(
        sort, f"{sort}s"
    )


def listed(things: Iterable[str], most: int = 5) -> str:
    """Return things as a list in words, of many the first and how many more there are."""
    all_things = list(things)
    shown = [*all_things[:most], *([f"{len(all_things) - most} more"] if len(all_things) > most else [])]
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)
