"""Excerpts of a bundle, each a bundle of its own with the page numbers of the whole: a late section, volumes, a core bundle."""

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any, Final

import pikepdf

from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.finishing import Evidence, finish, make_drawer, proving_of, scale_of
from evidence_app.bundle.pages.brief import lay_out_brief_annex
from evidence_app.bundle.pages.front import lay_out_core_list
from evidence_app.bundle.pages.order import LaidOutPages, lay_out_back, lay_out_section
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.plan.sections import PlacedDocument
from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.bundle.typeset.page_numbers import PageNumbers
from evidence_app.bundle.typeset.page_writer import Bookmark, PageWriter
from evidence_app.domain.plan.preview import end_of, record_anchor
from evidence_app.domain.progress import StageProgress
from evidence_app.errors import InputError
from evidence_app.proof.bundle.manifest import MANIFEST_FILE

IN_WHOLE: Final = "in the whole bundle"
"""Why an excerpt leaves a record out."""
BESIDE_PAGES: Final = 128 * 1024
"""Bytes of a volume beside its pages and what the whole has of such: its own tags and tables."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A bundle that is laid out and numbered, before it is drawn: what its excerpts are made of.

    `drawer` knows the page of each key; `pages` and `prepared` are copied for each excerpt, for drawing uses them up.
    """

    plan: Plan
    evidence: Evidence
    prepared: Sequence[PreparedExhibit]
    pages: LaidOutPages
    drawer: PageDrawer
    originals: Mapping[int, assembly.Embedded]

    def copied(self) -> "Whole":
        """Return a copy with pages of its own."""
        prepared = [replace(each, pages=list(each.pages), placed=deepcopy(each.placed)) for each in self.prepared]
        return replace(self, prepared=prepared, pages=deepcopy(self.pages))

    def pages_of(self, key: str) -> range:
        """Return the places, from 0, of the pages from a key to its end; none where it is not there."""
        if not self.drawer.has(key):
            return range(0)
        first = self.drawer.place_of(key)
        last = self.drawer.place_of(end_of(key)) if self.drawer.has(end_of(key)) else first
        return range(first, max(first, last) + 1)


def late_section_alone(
    plan: Plan,
    evidence: Evidence,
    prepared: list[PreparedExhibit],
    numbers: Mapping[str, int],
    originals: Mapping[int, assembly.Embedded],
    progress: StageProgress,
) -> bytes:
    """Return the last late section as a bundle of its own, with the page numbers that it has in the whole one."""
    section = plan.late_sections[-1]
    own = plan.only(section)
    shown = [each for each in prepared if each.exhibit.number in {exhibit.number for exhibit in own.exhibits}]
    pages = lay_out_section(plan, section, shown, evidence.clocks)
    clocks = [clock for clock in evidence.clocks if clock.record in own.keys]
    pages.extend(lay_out_back(own, replace(proving_of(evidence), clocks=clocks), shown, pages.pages))
    first = numbers[section.key]
    own_numbers = PageNumbers(tuple(range(first, first + len(pages.pages))), plan.prefix)
    frame = PageFurniture(
        plan.profile.marking, f"{plan.title}: {section.title}", own_numbers, dict(numbers), scale=scale_of(plan)
    )
    inside = {number: each for number, each in originals.items() if number in {one.exhibit.number for one in shown}}
    return finish(own, evidence, shown, pages, make_drawer(pages, frame), inside, progress)


def core_of(whole: Whole, progress: StageProgress) -> bytes:
    """Return the core bundle: the documents that the plan marks for it, below a list of them, under the numbers of the whole.

    Raises:
        InputError: the plan marks none.
    """
    documents = [each for section in whole.plan.sections for each in section.documents if each.is_core]
    if not documents:
        raise InputError("The plan marks no document for a core bundle: “plan core NAME DOCUMENT” does.")
    chosen = sorted({page for each in documents for page in whole.pages_of(_key_of(each))})
    front = PageWriter("Core bundle")
    lay_out_core_list(whole.plan, documents, front)
    front.space(24)
    lay_out_brief_annex(whole.plan, front, whole.evidence.checkpoint, whole.evidence.clocks)
    return _excerpt(whole, chosen, f"{whole.plan.title}: core bundle", progress, front)


def volumes_of(whole: Whole, content: bytes, most: int, progress: StageProgress) -> list[bytes]:
    """Return the volumes of a bundle, each of at most so many bytes where its documents allow that; none begins within a document.

    `content` is the whole bundle, finished.
    """
    sizes = _page_sizes(content)
    for number, original in whole.originals.items():
        sizes[whole.drawer.place_of(f"exhibit-{number}")] += len(original.content)
    groups = list(_groups(whole, sizes, len(content), most))
    count = len(groups)
    return [
        _excerpt(whole, pages, f"{whole.plan.title}: volume {number} of {count}", progress)
        for number, pages in enumerate(groups, start=1)
    ]


def _key_of(document: PlacedDocument) -> str:
    if document.record is not None:
        return record_anchor(document.record.record.key)
    return document.exhibit.key if document.exhibit is not None else ""


def _excerpt(
    whole: Whole, chosen: Sequence[int], title: str, progress: StageProgress, front: PageWriter | None = None
) -> bytes:
    """Return some pages of a bundle as a bundle of its own, with what proves the records on them. `front` are pages before them without numbers."""
    copy = whole.copied()
    wanted = frozenset(chosen)
    records = {key for key in whole.plan.keys if not wanted.isdisjoint(whole.pages_of(record_anchor(key)))}
    exhibits = [each for each in whole.plan.exhibits if not wanted.isdisjoint(whole.pages_of(each.key))]
    own = whole.plan.only_these(records, exhibits, IN_WHOLE)
    pages = LaidOutPages([copy.pages.pages[place] for place in chosen])
    keys = {key for page in pages.pages for key in page.keys}
    pages.bookmarks = list(_levelled(mark for mark in copy.pages.bookmarks if mark.key in keys))
    printed = tuple(whole.drawer.page_numbers.numbers[place] for place in chosen)
    if front is not None:
        pages.pages[:0], pages.bookmarks[:0] = front.pages, front.bookmarks
        printed = (*[0] * len(front.pages), *printed)
    numbers = PageNumbers(printed, whole.plan.prefix, whole.drawer.page_numbers.numbers[-1])
    scale = scale_of(whole.plan)
    frame = PageFurniture(whole.plan.profile.marking, title, numbers, dict(whole.drawer.numbers), scale=scale)
    inside = {each.number for each in exhibits}
    shown = [each for each in copy.prepared if each.exhibit.number in inside]
    originals = {number: each for number, each in whole.originals.items() if number in inside}
    return finish(own, whole.evidence, shown, pages, PageDrawer(pages.pages, frame), originals, progress)


def _levelled(bookmarks: Iterable[Bookmark]) -> Iterator[Bookmark]:
    """Yield bookmarks of which none is more than one level below the one before it: the one above it may be in another file."""
    level = -1
    for each in bookmarks:
        level = min(each.level, level + 1)
        yield replace(each, level=level)


def _groups(whole: Whole, sizes: Sequence[int], size: int, most: int) -> Iterator[list[int]]:
    """Yield the pages of each volume: as many documents as fit, by what their pages take in the whole."""
    beside = size - sum(sizes) + BESIDE_PAGES
    group: list[int] = []
    taken = beside
    for document in _documents(whole, len(sizes)):
        takes = sum(sizes[place] for place in document)
        if group and taken + takes > most:
            yield group
            group, taken = [], beside
        group += document
        taken += takes
    yield group


def _documents(whole: Whole, count: int) -> Iterator[range]:
    """Yield the pages of the parts and documents that begin a page, in order."""
    keys = [mark.key for mark in whole.pages.bookmarks if mark.level == 0]
    keys += [each.key for each in whole.plan.exhibits]
    begins = sorted({0, *(whole.drawer.place_of(key) for key in keys if whole.drawer.has(key))})
    for first, after in zip(begins, [*begins[1:], count], strict=True):
        yield range(first, after)


def _page_sizes(content: bytes) -> list[int]:
    """Return how many bytes the drawing, pictures and forms of each page take; what several pages show counts with the first.

    The manifest is divided among the pages: an excerpt has the part of it that is about its records.
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        manifest = len(pdf.attachments[MANIFEST_FILE].get_file().read_bytes())
        seen: set[tuple[int, int]] = set()
        return [sum(_stream_bytes(_streams_of(page.obj), seen)) + manifest // len(pdf.pages) for page in pdf.pages]


def _streams_of(page: Any) -> Iterator[Any]:
    contents = page.get("/Contents")
    yield from contents if isinstance(contents, pikepdf.Array) else [contents]
    yield from page.get("/Resources", {}).get("/XObject", {}).values()


def _stream_bytes(streams: Iterable[Any], seen: set[tuple[int, int]]) -> Iterator[int]:
    """Yield the stored bytes of streams and of the objects that they draw, each once."""
    waiting = [each for each in streams if isinstance(each, pikepdf.Stream)]
    while waiting:
        stream = waiting.pop()
        if stream.objgen in seen:
            continue
        seen.add(stream.objgen)
        yield len(stream.read_raw_bytes())
        resources: Any = stream.get("/Resources", {})
        drawn = resources.get("/XObject", {}).values()
        masks = [stream["/SMask"]] if "/SMask" in stream else []
        waiting += [each for each in (*drawn, *masks) if isinstance(each, pikepdf.Stream)]
