"""Build a bundle: lay out, draw, place the exhibits, prove, embed, sign."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from evidence_app.bundle import assembly
from evidence_app.bundle.annex_pages import Proof, Rule, lay_out_annex, lay_out_conformance
from evidence_app.bundle.drawing import Drawer, Frame
from evidence_app.bundle.exhibit_mails import MailSheet, redacted
from evidence_app.bundle.exhibit_pages import PreparedExhibit
from evidence_app.bundle.exhibits import MAIL_TYPES, ReadMail, not_shown, prepare
from evidence_app.bundle.front_pages import lay_out_chronology, lay_out_cover, lay_out_index
from evidence_app.bundle.glance_pages import lay_out_glance
from evidence_app.bundle.knowledge_pages import lay_out_knowledge
from evidence_app.bundle.manifest import ExhibitFacts, make_manifest, original_file, sign_manifest
from evidence_app.bundle.plan import Exhibit, Plan, ShownRecord
from evidence_app.bundle.record_pages import lay_out_records
from evidence_app.bundle.signature import sign_pdf
from evidence_app.bundle.thread_pages import lay_out_threads
from evidence_app.bundle.typesetting import Bookmark, Flow, Page, fonts
from evidence_app.crypto.certificate import SigningCertificate
from evidence_app.crypto.signing import LogKey
from evidence_app.domain.fields import JsonObject
from evidence_app.domain.records import AttachmentFacts
from evidence_app.receipts.notes import Checkpoint
from evidence_app.receipts.outside_clocks import OutsideClock

MAILS_ALONE: Final = "this bundle shows mails alone, for a file may identify somebody"
MAIL_LIMITS: Final = (36 * 1024 * 1024, 150 * 1024 * 1024)
MOST_EMBEDDED: Final = 100 * 1024 * 1024
SECTIONS: Final = (
    ("glance", "At a glance"),
    ("knowledge", "Who knew what, when"),
    ("chronology", "Chronology"),
    ("threads", "Threads"),
    ("records", "Records in full"),
    ("exhibits", "Exhibits"),
    ("annex", "Integrity annex"),
    ("conformance", "Conformance sheet"),
)

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how much of how much; raises to stop."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the store gives to a bundle: its keys, the signed checkpoint, proofs, disclosures and attachments."""

    key: LogKey
    certificate: SigningCertificate
    signed_checkpoint: str
    checkpoint: Checkpoint
    proof: Callable[[int], Sequence[bytes]]
    disclosure: Callable[[ShownRecord], JsonObject]
    load: Callable[[AttachmentFacts], bytes]
    clocks: Sequence[OutsideClock] = ()
    read_mail: Callable[[AttachmentFacts, bytes], MailSheet | None] = lambda _facts, _content: None


@dataclass(frozen=True, slots=True)
class Built:
    """A finished bundle, with what the person should know about it."""

    content: bytes
    pages: int
    warnings: tuple[str, ...] = field(default=())


def build(plan: Plan, evidence: Evidence, progress: Progress) -> Built:
    """Build a bundle. `progress` may raise to stop; nothing has been written then."""
    prepared = list(_prepare_exhibits(plan, evidence, progress, as_images=False))
    try:
        return _finish(plan, evidence, prepared, progress)
    except assembly.NotArchivable:
        # An exhibit page that passed by itself breaks PDF/A beside the others: show them as images instead.
        if not any(each.how == "placed" for each in prepared):
            raise
        prepared = list(_prepare_exhibits(plan, evidence, progress, as_images=True))
        return _finish(plan, evidence, prepared, progress)


def _prepare_exhibits(
    plan: Plan, evidence: Evidence, progress: Progress, *, as_images: bool
) -> Iterable[PreparedExhibit]:
    codes = {each.record.index: each.record.code for each in plan.shown}
    for done, exhibit in enumerate(plan.exhibits):
        progress("exhibits", done, len(plan.exhibits))
        first = exhibit.records[0]
        foot = f"Exhibit {exhibit.number} · record {first} · code {codes[first]}"
        load = partial(evidence.load, exhibit.facts)
        read_mail = _reader(plan, exhibit, evidence)
        if plan.profile.pseudonyms and exhibit.facts.media_type not in MAIL_TYPES:
            yield not_shown(exhibit, MAILS_ALONE, foot)
            continue
        yield prepare(exhibit, load, foot, as_images=as_images, read_mail=read_mail)


def _reader(plan: Plan, exhibit: Exhibit, evidence: Evidence) -> ReadMail:
    """Return what reads a mail for an exhibit: with the bundle's pseudonyms, and without the words of others where they stay out."""
    directions = {each.record.fields.get("direction") for each in plan.shown if each.record.index in exhibit.records}
    foreign = plan.profile.own_words and directions != {"sent"}

    def read(facts: AttachmentFacts, content: bytes) -> MailSheet | None:
        sheet = evidence.read_mail(facts, content)
        redactor = plan.redactor
        if sheet is None or redactor is None or not plan.profile.pseudonyms:
            return sheet
        return redacted(sheet, redactor.text, without_words=foreign)

    return read


def _finish(plan: Plan, evidence: Evidence, prepared: list[PreparedExhibit], progress: Progress) -> Built:
    pages, bookmarks = _lay_out(plan, evidence, prepared)
    pages[-1].keys["last"] = 0.0
    total = len(pages)
    drawer = Drawer(pages, Frame(plan.profile.marking, plan.title))
    drawn = drawer.draw(bookmarks, lambda done: progress("pages", done, total))
    originals = _originals(plan, evidence, prepared)
    facts = [
        ExhibitFacts(
            number=each.exhibit.number,
            sha256=each.exhibit.facts.sha256,
            records=each.exhibit.records,
            first_page=drawer.number_of(each.exhibit.key),
            pages=len(each.pages),
            how=each.how,
            file=original_file(each.exhibit.number) if each.exhibit.number in originals else "",
        )
        for each in prepared
    ]

    def seal(digests: Sequence[bytes]) -> tuple[bytes, bytes]:
        manifest = make_manifest(
            plan,
            public_key=evidence.key.public,
            signed_checkpoint=evidence.signed_checkpoint,
            disclosures=[
                evidence.disclosure(shown) for shown in sorted(plan.shown, key=lambda each: each.record.index)
            ],
            exhibits=facts,
            page_digests=digests,
            clocks=evidence.clocks,
        )
        return manifest, sign_manifest(evidence.key, manifest)

    progress("assembly", 0, 1)
    placed = (
        assembly.Placed(drawer.number_of(each.exhibit.key) - 1 + page, each.document, placement)
        for each in prepared
        for page, placement in each.placed.items()
    )
    unsigned = assembly.assemble(
        drawn,
        placed,
        title=plan.title,
        made_at=plan.made_at,
        seal=seal,
        originals=originals.values(),
        progress=lambda: progress("assembly", 0, 1),
        structure=drawer.structure,
    )
    progress("signature", 0, 1)
    content = sign_pdf(unsigned, evidence.certificate, plan.made_at)
    progress("signature", 1, 1)
    return Built(content, total, tuple(_warnings(content, prepared)))


def _lay_out(plan: Plan, evidence: Evidence, prepared: list[PreparedExhibit]) -> tuple[list[Page], list[Bookmark]]:
    fonts().characters_missing = 0
    cover, index = Flow(), Flow("Index")
    lay_out_cover(plan, cover, evidence.checkpoint)
    parts = _parts(plan, evidence)
    there = {*parts, "annex", "conformance"} | ({"exhibits"} if prepared else set())
    lay_out_index(plan, index, [(key, title) for key, title in SECTIONS if key in there])
    annex = Flow("Integrity annex")
    proofs = [
        Proof(each.record.index, each.record.leaf_hash, tuple(evidence.proof(each.record.index)))
        for each in sorted(plan.shown, key=lambda shown: shown.record.index)
    ]
    lay_out_annex(plan, annex, evidence.signed_checkpoint, evidence.checkpoint, proofs, evidence.clocks)
    conformance = Flow("Conformance sheet")
    lay_out_conformance(conformance, conformance_rules(prepared, fonts().characters_missing))
    exhibit_pages = [page for each in prepared for page in each.pages]
    exhibit_marks = _exhibit_bookmarks(prepared)
    flows_before, flows_after = (cover, index, *parts.values()), (annex, conformance)
    pages = [page for flow in flows_before for page in flow.pages] + exhibit_pages
    pages += [page for flow in flows_after for page in flow.pages]
    bookmarks = [mark for flow in flows_before for mark in flow.bookmarks] + exhibit_marks
    bookmarks += [mark for flow in flows_after for mark in flow.bookmarks]
    return pages, bookmarks


def _parts(plan: Plan, evidence: Evidence) -> dict[str, Flow]:
    """Lay out the parts between index and exhibits, those that the profile asks for and that hold something."""
    makers: dict[str, tuple[str, Callable[[Flow], object]]] = {
        "glance": ("At a glance", partial(lay_out_glance, plan)),
        "knowledge": ("Who knew what, when", partial(lay_out_knowledge, plan)),
        "chronology": ("Chronology", partial(lay_out_chronology, plan)),
        "threads": ("Threads", partial(lay_out_threads, plan)),
        "records": ("", partial(lay_out_records, plan, clocks=evidence.clocks)),
    }
    parts: dict[str, Flow] = {}
    for key, (foot, lay_out) in makers.items():
        flow = Flow(foot)
        if plan.has(key) and lay_out(flow) is not False:
            parts[key] = flow
    return parts


def _exhibit_bookmarks(prepared: list[PreparedExhibit]) -> list[Bookmark]:
    if not prepared:
        return []
    first = prepared[0].pages[0]
    first.keys["exhibits"] = first.size[1]
    marks = [Bookmark("exhibits", "Exhibits", 0)]
    return marks + [
        Bookmark(each.exhibit.key, f"Exhibit {each.exhibit.number}: {each.exhibit.facts.name[:60]}", 1)
        for each in prepared
    ]


def _originals(plan: Plan, evidence: Evidence, prepared: list[PreparedExhibit]) -> dict[int, assembly.Embedded]:
    if not plan.profile.originals:
        return {}
    found: dict[int, assembly.Embedded] = {}
    room = MOST_EMBEDDED
    for each in prepared:
        facts = each.exhibit.facts
        if not facts.kept or facts.size > room:
            continue
        room -= facts.size
        found[each.exhibit.number] = assembly.Embedded(
            original_file(each.exhibit.number),
            evidence.load(facts),
            facts.media_type,
            "/Source",
            f"Exhibit {each.exhibit.number}, the exact bytes received",
        )
    return found


def conformance_rules(prepared: list[PreparedExhibit], characters_missing: int) -> list[Rule]:
    """Say how the bundle stands to the rules of the guidance (BUNDLE.md, rules 1 to 8 and PDF/A)."""
    without_text = [str(each.exhibit.number) for each in prepared if not each.has_text]
    rendered = [str(each.exhibit.number) for each in prepared if each.how == "rendered"]
    slips = [str(each.exhibit.number) for each in prepared if each.how == "slip"]
    return [
        Rule("1", "One PDF", "pass"),
        Rule(
            "2",
            "Computer-made page numbers from 1 on the first page; printed number, PDF page and page label agree",
            "pass",
        ),
        Rule("3", "Every index entry is a link; sections and documents are bookmarked with their page number", "pass"),
        Rule(
            "4",
            "Every page with typed words has a text layer",
            "fail" if without_text else "pass",
            f"Pictures without a text layer: exhibits {', '.join(without_text)}" if without_text else "",
        ),
        Rule(
            "5",
            "Landscape pages stay landscape and read left to right",
            "pass",
            "Exhibit pages stand as their own files turn them" if prepared else "",
        ),
        Rule("6", "Opens at 100 %; links and bookmarks keep 100 %", "pass"),
        Rule("7", "Not above 300 dpi", "pass", f"Placed as images: exhibits {', '.join(rendered)}" if rendered else ""),
        Rule("8", "Strictly by date; one page run; a file attached twice is shown once", "pass"),
        Rule(
            "9",
            "Late documents at the end, numbered on",
            "not applicable",
            "Nothing was added after this bundle was made",
        ),
        Rule(
            "–",
            "Every exhibit is shown as pages",
            "fail" if slips else "pass",
            f"Slip sheets instead: exhibits {', '.join(slips)}" if slips else "",
        ),
        Rule("–", "PDF/A-3b, checked when the file was written", "pass"),
        Rule(
            "–",
            "Tagged for screen readers (PDF/UA-1)",
            "pass",
            "By how the pages are made, not checked in this file"
            + ("; exhibit pages are read out in the order in which their makers drew them" if prepared else ""),
        ),
        Rule(
            "–",
            "Every character can be drawn",
            "fail" if characters_missing else "pass",
            f"{characters_missing} characters are outside the embedded font and are shown as a replacement mark; the manifest holds them"
            if characters_missing
            else "",
        ),
    ]


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
