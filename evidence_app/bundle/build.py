"""Build a bundle: lay out, draw, place the exhibits, prove, embed, sign."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from evidence_app.bundle.excerpts import Whole, core_of, late_section_alone, volumes_of
from evidence_app.bundle.exhibits.companions import tied
from evidence_app.bundle.exhibits.image_redaction import ExhibitRedaction
from evidence_app.bundle.exhibits.mails import MailSheet, redacted
from evidence_app.bundle.exhibits.originals import embedded_originals
from evidence_app.bundle.exhibits.prepare import MAX_BYTES, ReadMail, not_shown, prepare, say_where_it_is
from evidence_app.bundle.exhibits.prepared import (
    PageInDoubt,
    PreparedExhibit,
    RenderOptions,
    chosen_pages,
    picture_area,
)
from evidence_app.bundle.finishing import Evidence, finish, make_drawer, placements, proving_of, scale_of
from evidence_app.bundle.pages.dividers import draw_dividers
from evidence_app.bundle.pages.order import lay_out_all, within_exhibits
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.plan.redaction import Applied, RedactionRun
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.documents.media_types import MAIL_TYPES
from evidence_app.documents.workers.side_by_side import in_order
from evidence_app.domain.plan.preview import PictureOf, Preview
from evidence_app.domain.progress import StageProgress
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.errors import InputError

MAILS_ALONE: Final = "nobody has looked through it for this bundle yet, and it may identify somebody"
OTHERS_WORDS: Final = "it may show words of others, which this profile leaves out"
DRAFT: Final = "DRAFT – NOT SEALED – NOT A BUNDLE"
MAIL_LIMITS: Final = (36 * 1024 * 1024, 150 * 1024 * 1024)
"""Sizes in bytes above which many mail services refuse a file; the sentence names the largest one exceeded."""
Load = Callable[[], bytes]
"""Gives the bytes of an exhibit."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished bundle, with what the person should know about it."""

    content: bytes
    pages: int
    applied: Applied = field(default_factory=Applied)
    warnings: tuple[str, ...] = ()
    section_alone: bytes = b""
    core: bytes = b""
    volumes: tuple[bytes, ...] = ()
    dividers: bytes = b""
    looked_at: tuple[PageInDoubt, ...] = ()


@dataclass(frozen=True, slots=True)
class WantedBeside:
    """What is made beside a bundle: its last late section alone, the core bundle, dividers, and volumes of at most so many bytes, if that is not 0."""

    section_alone: bool = False
    core: bool = False
    volume_bytes: int = 0
    dividers: bool = False


def build(plan: Plan, evidence: Evidence, progress: StageProgress, beside: WantedBeside | None = None) -> Built:
    """Build a bundle, and what is wanted beside it.

    `progress` may raise to stop; nothing has been written then.

    Raises:
        InputError: the plan asks for pages that are not there, or a redaction by hand finds nothing.
    """
    prepared, redacted_plan = _prepare_exhibits(plan, evidence, progress, as_images=False)
    try:
        return _finish(redacted_plan, evidence, prepared, progress, beside or WantedBeside())
    except assembly.NotArchivable:
        # An exhibit page that passed by itself breaks PDF/A beside the others: show them as images instead.
        if not any(each.placed for each in prepared):
            raise
        prepared, redacted_plan = _prepare_exhibits(plan, evidence, progress, as_images=True)
        return _finish(redacted_plan, evidence, prepared, progress, beside or WantedBeside())


def preview(plan: Plan, evidence: Evidence, progress: StageProgress) -> Preview:
    """Return the pages of a bundle as they would be, marked as a draft and without proof."""
    prepared, plan = _prepare_exhibits(plan, evidence, progress, as_images=False, strict=False)
    pages = lay_out_all(plan, proving_of(evidence), prepared)
    drawer = make_drawer(pages, PageFurniture(DRAFT, plan.title, prefix=plan.prefix, scale=scale_of(plan)))
    pictures = {place: picture for each in prepared for place, picture in _pictures(drawer, each)}
    total = len(pages.pages)
    drawn = drawer.draw(pages.bookmarks, lambda done: progress("pages", done, total))
    content = assembly.merge(drawn, placements(drawer, prepared), lambda: progress("assembly", 0, 1))
    exhibits = {exhibit.facts.sha256: exhibit.key for exhibit in plan.exhibits}
    missed = tuple(plan.rules.without_effect(plan.applied)) if plan.rules is not None else ()
    return Preview(content, total, drawer.numbers, exhibits, pictures, missed, within_exhibits(prepared))


def exhibit_alone(facts: AttachmentFacts, content: bytes, record: int, read_mail: ReadMail) -> bytes:
    """Return a file as the pages that it would have as an exhibit, for looking at."""
    prepared = prepare(Exhibit(1, facts, (record,)), lambda: content, facts.name, read_mail=read_mail)
    drawer = PageDrawer(prepared.pages, PageFurniture(f"From record {record}", facts.name))
    try:
        return assembly.merge(drawer.draw([], lambda _: None), placements(drawer, [prepared]), lambda: None)
    finally:
        prepared.close()


def _pictures(drawer: PageDrawer, prepared: PreparedExhibit) -> Iterator[tuple[int, PictureOf]]:
    if not prepared.count or not prepared.exhibit.number or not drawer.has(prepared.exhibit.key):
        return
    first = drawer.place_of(prepared.exhibit.key)
    for place, number in enumerate(chosen_pages(prepared.exhibit, prepared.count)):
        page = prepared.pages[place]
        area = prepared.placed[place].area if place in prepared.placed else picture_area(page)
        if area is not None:
            (x, y, w, h), (width, height) = area, page.size
            box = (x / width, 1 - (y + h) / height, (x + w) / width, 1 - y / height)
            yield first + place, PictureOf(prepared.exhibit.facts.sha256, number + 1, box)


def _prepare_exhibits(
    plan: Plan, evidence: Evidence, progress: StageProgress, *, as_images: bool, strict: bool = True
) -> tuple[list[PreparedExhibit], Plan]:
    """Make the pages of every exhibit. Return them, and the plan with what was withheld from them too.

    Raises:
        InputError: with `strict`, a redaction by hand found nothing.
    """
    run = RedactionRun(plan.rules, plan.applied) if plan.rules is not None else None
    codes = {each.record.key: each.record.code for each in plan.shown}
    shown = frozenset(exhibit.facts.sha256 for exhibit in plan.exhibits)

    def prepare_one(exhibit: Exhibit, load: Load, tick: Callable[[], None]) -> PreparedExhibit:
        first = exhibit.records[0]
        there = exhibit.taken_from
        page = f" · from page {there.first_page} of hand-over {there.handover}" if there else ""
        foot = f"Exhibit {exhibit.number} · record {first} · code {codes[first]}{page}"
        options = RenderOptions(_exhibit_redaction(run, exhibit), as_images, tick, shown)
        return _prepare_exhibit(plan, evidence, exhibit, load, foot, options, run)

    def areas_shown(made: PreparedExhibit) -> None:
        if run is not None and made.count:
            run.areas_shown(made.exhibit.facts.sha256, [page + 1 for page in chosen_pages(made.exhibit, made.count)])

    def say_done(done: int) -> None:
        progress("exhibits", done, len(exhibits))

    prepared: list[PreparedExhibit] = []
    exhibits = tied(plan.exhibits)
    if run is None or not run.rules.looks_at_files:
        loaded = ((exhibit, _loaded(exhibit, evidence.load)) for exhibit in exhibits)
        for made in in_order(loaded, lambda item, tick: prepare_one(*item, tick), say_done):
            prepared.append(made)
            areas_shown(made)
    else:
        # The letters of pseudonyms follow the order in which names come.
        for done, exhibit in enumerate(exhibits):
            tick = partial(progress, "exhibits", done, len(plan.exhibits))
            tick()
            prepared.append(prepare_one(exhibit, partial(evidence.load, exhibit), tick))
            areas_shown(prepared[-1])
    if run is None:
        return prepared, plan
    applied = run.applied
    missed = run.rules.without_effect(applied)
    if strict and missed:
        raise InputError(
            f"Redaction {missed[0]} of the plan finds nothing in this bundle: correct it or take it out, so that nobody relies on it."
        )
    return prepared, replace(plan, applied=applied)


def _loaded(exhibit: Exhibit, load: Callable[[Exhibit], bytes]) -> Load:
    """Return what gives a file's bytes: they are read now, since a store belongs to one thread; of one that is not shown nothing is read."""
    facts = exhibit.facts
    is_shown = exhibit.taken_from is not None or (facts.kept and facts.size <= MAX_BYTES)
    content = load(exhibit) if is_shown else b""
    return partial(bytes, content)


def _prepare_exhibit(
    plan: Plan,
    evidence: Evidence,
    exhibit: Exhibit,
    load: Load,
    foot: str,
    options: RenderOptions,
    run: RedactionRun | None,
) -> PreparedExhibit:
    if exhibit.taken_from is not None and plan.profile.own_words:
        return not_shown(exhibit, OTHERS_WORDS, foot)
    unseen = plan.profile.look_first and not exhibit.chosen.looked_through
    if unseen and (exhibit.facts.media_type not in MAIL_TYPES or exhibit.taken_from is not None):
        return not_shown(exhibit, MAILS_ALONE, foot)
    read_mail = _reader(plan, exhibit, evidence, MAILS_ALONE if unseen else "", run)
    return prepare(exhibit, load, foot, options=options, read_mail=read_mail)


def _exhibit_redaction(run: RedactionRun | None, exhibit: Exhibit) -> ExhibitRedaction:
    """Return what of an exhibit is withheld."""
    digest, key = exhibit.facts.sha256, exhibit.key
    if run is None or not run.rules.looks_at_files:
        return ExhibitRedaction()
    return ExhibitRedaction(
        areas=run.areas(digest, key),
        spans=lambda text, recognised: [
            (span.start, span.end) for span in run.in_exhibit(digest, key, text, recognised=recognised)
        ],
        labelled=lambda text: [(span.start, span.end, span.label) for span in run.in_exhibit(digest, key, text)],
        text=lambda text: run.text(text, digest, key),
        hide=run.hide,
        finds=lambda text, recognised: bool(run.in_exhibit(digest, "", text, recognised=recognised)),
        searches=True,
    )


def _reader(
    plan: Plan, exhibit: Exhibit, evidence: Evidence, files_withheld: str, run: RedactionRun | None
) -> ReadMail:
    """Return what reads a mail for an exhibit: with the bundle's pseudonyms, and without the words of others where they stay out."""
    directions = {each.record.fields.get("direction") for each in plan.shown if each.record.key in exhibit.records}
    foreign = plan.profile.own_words and directions != {"sent"}

    def read(facts: AttachmentFacts, content: bytes) -> MailSheet | None:
        sheet = evidence.read_mail(facts, content)
        if sheet is None or run is None or not run.rules.looks_at_files:
            return sheet
        hide = partial(run.text, exhibit=exhibit.facts.sha256, key=exhibit.key)
        return redacted(sheet, hide, without_words=foreign, files_withheld=files_withheld)

    return read


def _finish(
    plan: Plan, evidence: Evidence, prepared: list[PreparedExhibit], progress: StageProgress, beside: WantedBeside
) -> Built:
    originals = embedded_originals(plan, evidence.load, prepared)
    for each in prepared:
        if each.how == "slip" and each.exhibit.number in originals:
            say_where_it_is(each, originals[each.exhibit.number].name)
    # Drawing hangs the parts of a page up in one tree: what is drawn twice needs two.
    again = [
        replace(each, pages=deepcopy(each.pages), placed=deepcopy(each.placed))
        for each in prepared * beside.section_alone
    ]
    pages = lay_out_all(plan, proving_of(evidence), prepared)
    drawer = make_drawer(
        pages, PageFurniture(plan.profile.marking, plan.title, prefix=plan.prefix, scale=scale_of(plan))
    )
    alone = b""
    if beside.section_alone and plan.late_sections:
        alone = late_section_alone(plan, evidence, again, drawer.numbers, originals, progress)
    whole = Whole(plan, evidence, prepared, pages, drawer, originals)
    # Drawing uses the pages up: what is made beside the whole is made of copies.
    kept = whole.copied() if beside.volume_bytes else whole
    core = core_of(whole, progress) if beside.core else b""
    content = finish(plan, evidence, prepared, pages, drawer, originals, progress, last=not beside.volume_bytes)
    volumes = volumes_of(kept, content, beside.volume_bytes, progress) if beside.volume_bytes else []
    for each in prepared:
        each.close()
    doubts = (doubt for each in prepared for doubt in each.doubts)
    seen = tuple(doubt for doubt in doubts if doubt.page in plan.looked_at.get(doubt.digest, frozenset()))
    warnings = (*_warnings(content, prepared, beside), *_too_large(volumes, beside.volume_bytes))
    dividers = draw_dividers(plan, drawer.numbers) if beside.dividers else b""
    return Built(content, len(pages.pages), plan.applied, warnings, alone, core, tuple(volumes), dividers, seen)


def _too_large(volumes: Sequence[bytes], most: int) -> Iterable[str]:
    for number, volume in enumerate(volumes, start=1):
        if len(volume) > most:
            yield f"Volume {number} is larger than {most // 1024 // 1024} MB: one document alone takes that, and none is divided."


def _warnings(content: bytes, prepared: list[PreparedExhibit], beside: WantedBeside) -> Iterable[str]:
    for each in prepared:
        if each.how == "slip":
            yield f"Exhibit {each.exhibit.number} ({each.exhibit.facts.name}) is not shown as pages: {each.remark}."
        elif each.how == "rendered":
            yield f"Exhibit {each.exhibit.number} ({each.exhibit.facts.name}) is shown as images: {each.remark}."
    for limit in reversed(MAIL_LIMITS):
        if len(content) > limit:
            more = "" if beside.volume_bytes else f" “--volumes {MAIL_LIMITS[0] // 1024 // 1024}” makes volumes of it."
            yield f"The file is larger than {limit // 1024 // 1024} MB, more than many mail systems take.{more}"
            break
