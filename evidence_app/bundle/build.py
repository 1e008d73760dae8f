"""Build a bundle: lay out, draw, place the exhibits, prove, embed, sign."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final

from evidence_app.bundle.exhibits.companions import tied
from evidence_app.bundle.exhibits.image_redaction import ExhibitRedaction
from evidence_app.bundle.exhibits.mails import MailSheet, redacted
from evidence_app.bundle.exhibits.originals import embedded_originals
from evidence_app.bundle.exhibits.prepare import ReadMail, not_shown, prepare, say_where_it_is
from evidence_app.bundle.exhibits.prepared import (
    PageInDoubt,
    PreparedExhibit,
    RenderOptions,
    chosen_pages,
    picture_area,
)
from evidence_app.bundle.exhibits.side_by_side import Load, side_by_side
from evidence_app.bundle.manifest_writer import exhibit_facts, make_manifest, part_of, sign_manifest
from evidence_app.bundle.pages.order import LaidOutPages, Proving, lay_out_all, lay_out_back, lay_out_section
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.pdf.file_signing import sign_pdf
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.plan.redacted_record import ShownRecord
from evidence_app.bundle.plan.redaction import Applied, RedactionRun
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.crypto.certificate import SigningCertificate
from evidence_app.documents.media_types import MAIL_TYPES
from evidence_app.domain.plan.preview import PictureOf, Preview
from evidence_app.domain.progress import StageProgress
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.errors import InputError
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.proof.signing import LogKey

MAILS_ALONE: Final = "nobody has looked through it for this bundle yet, and it may identify somebody"
OTHERS_WORDS: Final = "it may show words of others, which this profile leaves out"
DRAFT: Final = "DRAFT – NOT SEALED – NOT A BUNDLE"
MAIL_LIMITS: Final = (36 * 1024 * 1024, 150 * 1024 * 1024)
"""Sizes in bytes above which many mail services refuse a file; the sentence names the largest one exceeded."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the store gives to a bundle: its keys, the signed checkpoint, proofs, disclosures and attachments."""

    key: LogKey
    certificate: SigningCertificate
    signed_checkpoint: str
    checkpoint: Checkpoint
    disclosure: Callable[[ShownRecord], JsonObject]
    load: Callable[[Exhibit], bytes]
    clocks: Sequence[Attestation] = ()
    earlier: Sequence[PriorCheckpoint] = ()
    labels: Callable[[int], JsonObject] = lambda _handover: {}
    others_earlier: Callable[[int], Sequence[PriorCheckpoint]] = lambda _handover: ()
    read_mail: Callable[[AttachmentFacts, bytes], MailSheet | None] = lambda _facts, _content: None


@dataclass(frozen=True, slots=True)
class Built:
    """A finished bundle, with what the person should know about it."""

    content: bytes
    pages: int
    applied: Applied = field(default_factory=Applied)
    warnings: tuple[str, ...] = ()
    section_alone: bytes = b""
    looked_at: tuple[PageInDoubt, ...] = ()


def build(plan: Plan, evidence: Evidence, progress: StageProgress, *, section_alone: bool = False) -> Built:
    """Build a bundle; with `section_alone` its last late section as a bundle of its own too.

    `progress` may raise to stop; nothing has been written then.

    Raises:
        InputError: the plan asks for pages that are not there, or a redaction by hand finds nothing.
    """
    prepared, redacted_plan = _prepare_exhibits(plan, evidence, progress, as_images=False)
    try:
        return _finish(redacted_plan, evidence, prepared, progress, section_alone=section_alone)
    except assembly.NotArchivable:
        # An exhibit page that passed by itself breaks PDF/A beside the others: show them as images instead.
        if not any(each.placed for each in prepared):
            raise
        prepared, redacted_plan = _prepare_exhibits(plan, evidence, progress, as_images=True)
        return _finish(redacted_plan, evidence, prepared, progress, section_alone=section_alone)


def preview(plan: Plan, evidence: Evidence, progress: StageProgress) -> Preview:
    """Return the pages of a bundle as they would be, marked as a draft and without proof."""
    prepared, plan = _prepare_exhibits(plan, evidence, progress, as_images=False, strict=False)
    pages = lay_out_all(plan, _proving(evidence), prepared)
    drawer = _drawer(pages, PageFurniture(DRAFT, plan.title))
    pictures = {place: picture for each in prepared for place, picture in _pictures(drawer, each)}
    total = len(pages.pages)
    drawn = drawer.draw(pages.bookmarks, lambda done: progress("pages", done, total))
    content = assembly.merge(drawn, _placed(drawer, prepared), lambda: progress("assembly", 0, 1))
    exhibits = {exhibit.facts.sha256: exhibit.key for exhibit in plan.exhibits}
    missed = tuple(plan.rules.without_effect(plan.applied)) if plan.rules is not None else ()
    enclosed = {each.exhibit.number: tuple(name for _, name in each.enclosed) for each in prepared}
    return Preview(content, total, drawer.numbers, exhibits, pictures, missed, enclosed)


def exhibit_alone(facts: AttachmentFacts, content: bytes, record: int, read_mail: ReadMail) -> bytes:
    """Return a file as the pages that it would have as an exhibit, for looking at."""
    prepared = prepare(Exhibit(1, facts, (record,)), lambda: content, facts.name, read_mail=read_mail)
    drawer = PageDrawer(prepared.pages, PageFurniture(f"From record {record}", facts.name))
    try:
        return assembly.merge(drawer.draw([], lambda _: None), _placed(drawer, [prepared]), lambda: None)
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


def _drawer(pages: LaidOutPages, frame: PageFurniture) -> PageDrawer:
    pages.pages[-1].keys["last"] = 0.0
    return PageDrawer(pages.pages, frame)


def _proving(evidence: Evidence) -> Proving:
    return Proving(evidence.signed_checkpoint, evidence.checkpoint, evidence.clocks)


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

    prepared: list[PreparedExhibit] = []
    exhibits = tied(plan.exhibits)
    if run is None or not run.rules.looks_at_files:
        for made in side_by_side(exhibits, evidence.load, prepare_one, partial(progress, "exhibits")):
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
    plan: Plan, evidence: Evidence, prepared: list[PreparedExhibit], progress: StageProgress, *, section_alone: bool
) -> Built:
    originals = embedded_originals(plan, evidence.load, prepared)
    for each in prepared:
        if each.how == "slip" and each.exhibit.number in originals:
            say_where_it_is(each, originals[each.exhibit.number].name)
    # Drawing hangs the parts of a page up in one tree: what is drawn twice needs two.
    again = [
        replace(each, pages=deepcopy(each.pages), placed=deepcopy(each.placed)) for each in prepared * section_alone
    ]
    pages = lay_out_all(plan, _proving(evidence), prepared)
    drawer = _drawer(pages, PageFurniture(plan.profile.marking, plan.title))
    alone = b""
    if section_alone and plan.late_sections:
        alone = _section_alone(plan, evidence, again, drawer.numbers, originals, progress)
    content = _sealed(plan, evidence, prepared, pages, drawer, originals, progress, last=True)
    doubts = (doubt for each in prepared for doubt in each.doubts)
    seen = tuple(doubt for doubt in doubts if doubt.page in plan.looked_at.get(doubt.digest, frozenset()))
    return Built(content, len(pages.pages), plan.applied, tuple(_warnings(content, prepared)), alone, seen)


def _section_alone(
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
    pages.extend(lay_out_back(own, replace(_proving(evidence), clocks=clocks), shown, pages.pages))
    frame = PageFurniture(plan.profile.marking, f"{plan.title}: {section.title}", numbers[section.key], dict(numbers))
    inside = {number: each for number, each in originals.items() if number in {one.exhibit.number for one in shown}}
    return _sealed(own, evidence, shown, pages, _drawer(pages, frame), inside, progress)


def _placed(drawer: PageDrawer, prepared: Iterable[PreparedExhibit]) -> Iterator[assembly.Placed]:
    for each in prepared:
        first = drawer.place_of(each.exhibit.key)
        for page, placement in each.placed.items():
            yield assembly.Placed(first + page, each.document, placement)


def _sealed(
    plan: Plan,
    evidence: Evidence,
    prepared: Sequence[PreparedExhibit],
    pages: LaidOutPages,
    drawer: PageDrawer,
    originals: Mapping[int, assembly.Embedded],
    progress: StageProgress,
    *,
    last: bool = False,
) -> bytes:
    """Draw pages, place the exhibits on them, and return the signed file. The last one that needs the exhibits closes them."""
    joined = _joined(prepared, pages, drawer, progress)
    if last:
        for each in prepared:
            each.close()
    facts = exhibit_facts(plan, drawer.place_of, prepared, originals) if plan.has("records") else []

    def seal(digests: Sequence[bytes]) -> tuple[bytes, bytes]:
        manifest = make_manifest(
            plan,
            public_key=evidence.key.public,
            signed_checkpoint=evidence.signed_checkpoint,
            disclosures=[evidence.disclosure(shown) for shown in sorted(plan.own, key=lambda each: each.record.index)],
            exhibits=facts,
            page_digests=digests,
            clocks=[clock for clock in evidence.clocks if clock.record in plan.keys],
            earlier=evidence.earlier,
            handed_over=[
                part_of(
                    each,
                    [evidence.disclosure(shown) for shown in plan.of_handover(each.handover)],
                    evidence.others_earlier(each.handover),
                    evidence.labels(each.handover),
                )
                for each in plan.handed_over
            ],
        )
        return manifest, sign_manifest(evidence.key, manifest)

    unsigned = assembly.assemble(
        joined,
        title=drawer.frame.title,
        made_at=plan.made_at,
        seal=seal,
        originals=originals.values(),
        progress=lambda: progress("assembly", 0, 1),
        structure=drawer.structure,
        first_page=drawer.frame.first,
    )
    progress("signature", 0, 1)
    content = sign_pdf(unsigned, evidence.certificate, plan.made_at)
    progress("signature", 1, 1)
    return content


def _joined(
    prepared: Sequence[PreparedExhibit], pages: LaidOutPages, drawer: PageDrawer, progress: StageProgress
) -> assembly.Joined:
    total = len(pages.pages)
    drawn = drawer.draw(pages.bookmarks, lambda done: progress("pages", done, total))
    progress("assembly", 0, 1)
    placed = _placed(drawer, prepared)
    return assembly.join(drawn, placed, drawer.structure, lambda: progress("assembly", 0, 1))


def _warnings(content: bytes, prepared: list[PreparedExhibit]) -> Iterable[str]:
    for each in prepared:
        if each.how == "slip":
            yield f"Exhibit {each.exhibit.number} ({each.exhibit.facts.name}) is not shown as pages: {each.remark}."
        elif each.how == "rendered":
            yield f"Exhibit {each.exhibit.number} ({each.exhibit.facts.name}) is shown as images: {each.remark}."
    for limit in reversed(MAIL_LIMITS):
        if len(content) > limit:
            yield f"The file is larger than {limit // 1024 // 1024} MB, more than many mail systems take."
            break
