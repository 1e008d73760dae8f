"""What one version of a bundle has that another has not, page by page: for whoever holds the copy that was served before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from pathlib import Path
from typing import Final

from evidence_app.documents.foreign_pdf import CannotShow
from evidence_app.documents.opening import opened_pdf
from evidence_app.documents.workers.sessions import ForeignSession
from evidence_app.documents.workers.values import Pixels
from evidence_app.domain.progress import Cancel, Progress, never, no_progress
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.errors import Cancelled, InputError
from evidence_app.files import read_small
from evidence_app.proof.encoding.json import Json, JsonObject

MAX_BYTES: Final = 1024**3
DPI: Final = 50
POINTS_PER_INCH: Final = 72
HEAD_POINTS, FOOT_POINTS = 52, 50
"""What stands nearer than this to the upper and lower edge, marking, title and page number, is not compared."""
MAX_PAGES: Final = 1_000_000
PAGE_IN_TITLE: Final = re.compile(r" \(p\. [^()]*\)$")
"""What bundles print behind the title of a bookmark."""
NEW, CHANGED, MOVED, GONE = "new", "changed", "moved", "gone"


@dataclass(frozen=True, slots=True)
class PageChange:
    """A run of pages that only one version has, or that stand elsewhere: their numbers from 1 in the old and the new version, and what they belong to."""

    what: str
    old: tuple[int, ...]
    new: tuple[int, ...]
    title: str = ""

    def to_json(self) -> JsonObject:
        """Return it as the command line prints it."""
        old: list[Json] = list(self.old)
        new: list[Json] = list(self.new)
        return {"what": self.what, "old": old, "new": new, "title": self.title}

    def in_words(self) -> str:
        """Return it as one line."""
        belongs = f"  ({self.title})" if self.title else ""
        if self.what == NEW:
            return f"new: page {in_spans(self.new)}{belongs}"
        if self.what == CHANGED:
            return f"changed: page {in_spans(self.new)}, which was page {in_spans(self.old)}{belongs}"
        if self.what == GONE:
            return f"not there any more: page {in_spans(self.old)} of the old version{belongs}"
        return f"moved: page {in_spans(self.old)} of the old version is page {in_spans(self.new)}{belongs}"


@dataclass(frozen=True, slots=True)
class _Version:
    pages: list[str]
    titles: list[str]


def changes_between(old: Path, new: Path, progress: Progress = no_progress, cancel: Cancel = never) -> list[PageChange]:
    """Return what changed from one PDF to another, in the order of the new one; pages that look the same and keep their place are left out.

    Pages are compared as they are drawn, without what stands near their upper and lower edge. No store is needed.

    Raises:
        InputError: one of them is no PDF that can be opened.
        Cancelled: `cancel` said so.
    """
    before, after = (_read(path, progress, cancel) for path in (old, new))
    return sorted(_changes(before, after), key=lambda each: (each.new or (MAX_PAGES,), each.old))


def _read(path: Path, progress: Progress, cancel: Cancel) -> _Version:
    untrusted = read_small(path, what="The file", limit=MAX_BYTES)
    try:
        with opened_pdf(untrusted) as session:
            count = session.facts.count
            pages = []
            for number in range(count):
                if cancel():
                    raise Cancelled
                progress(number, count)
                pages.append(_fingerprint(session, number))
            return _Version(pages, _titles(session.ask("own_index")[0], count))
    except CannotShow as why:
        raise InputError(f"{path.name} cannot be compared: {why}.") from why


def _fingerprint(session: ForeignSession, number: int) -> str:
    """Return a digest of what a page shows between its head and its foot; of one that cannot be drawn a text of its own."""
    drawn: Pixels | None = session.ask("picture", number, DPI / POINTS_PER_INCH)
    if drawn is None:
        return f"page {number} cannot be drawn"
    head, foot = (round(points * DPI / POINTS_PER_INCH) for points in (HEAD_POINTS, FOOT_POINTS))
    row = drawn.width * 3
    shown = drawn.content[head * row : max(head, drawn.height - foot) * row]
    return sha256(f"{drawn.width} {drawn.height} ".encode() + shown).hexdigest()


def _titles(bookmarks: Sequence[tuple[int, str]], count: int) -> list[str]:
    """Return for each page the bookmark that it stands under."""
    titles = [""] * count
    for page, title in bookmarks:
        titles[page] = PAGE_IN_TITLE.sub("", title)
    for page in range(1, count):
        titles[page] = titles[page] or titles[page - 1]
    return titles


def _changes(before: _Version, after: _Version) -> Iterator[PageChange]:
    matched = SequenceMatcher(None, before.pages, after.pages, autojunk=False)
    gone: list[int] = []
    came: list[int] = []
    for what, old_from, old_to, new_from, new_to in matched.get_opcodes():
        if what != "equal":
            gone += range(old_from, old_to)
            came += range(new_from, new_to)
    by_page: dict[str, list[int]] = {}
    for page in gone:
        by_page.setdefault(before.pages[page], []).append(page)
    moved = {page: by_page[after.pages[page]].pop(0) for page in came if by_page.get(after.pages[page])}
    left = [page for page in gone if page not in moved.values()]
    # A page that went and one that came under the same title, in the same place of it, are one that changed.
    by_title: dict[str, list[int]] = {}
    for page in left:
        by_title.setdefault(before.titles[page], []).append(page)
    was = {
        page: by_title[after.titles[page]].pop(0)
        for page in came
        if page not in moved and after.titles[page] and by_title.get(after.titles[page])
    }
    for change, earlier in ((MOVED, moved), (CHANGED, was)):
        for run in _runs(sorted(earlier), after.titles):
            yield _change(change, [earlier[page] for page in run], run, after.titles[run[0]])
    for run in _runs([page for page in came if page not in moved and page not in was], after.titles):
        yield _change(NEW, [], run, after.titles[run[0]])
    for run in _runs([page for page in left if page not in was.values()], before.titles):
        yield _change(GONE, run, [], before.titles[run[0]])


def _change(what: str, old: Sequence[int], new: Sequence[int], title: str) -> PageChange:
    return PageChange(what, tuple(page + 1 for page in old), tuple(page + 1 for page in new), title)


def _runs(pages: Sequence[int], titles: Sequence[str]) -> Iterator[list[int]]:
    """Yield pages that follow each other under one title together."""
    run: list[int] = []
    for page in pages:
        if run and (page != run[-1] + 1 or titles[page] != titles[run[0]]):
            yield run
            run = []
        run.append(page)
    if run:
        yield run
