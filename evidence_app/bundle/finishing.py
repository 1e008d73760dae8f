"""Finishing a bundle: pages are drawn, exhibits placed, and the whole is proved and signed."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from evidence_app.bundle.exhibits.mails import MailSheet
from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.manifest_writer import exhibit_facts, make_manifest, part_of, sign_manifest
from evidence_app.bundle.pages.order import LaidOutPages, Proving
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.pdf.file_signing import sign_pdf
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.bundle.plan.redacted_record import ShownRecord
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.bundle.typeset.canvas import PageDrawer, PageFurniture
from evidence_app.crypto.certificate import SigningCertificate
from evidence_app.domain.progress import StageProgress
from evidence_app.domain.record.records import AttachmentFacts
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.encoding.json import JsonObject
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.proof.signing import LogKey


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


def make_drawer(pages: LaidOutPages, frame: PageFurniture) -> PageDrawer:
    """Return what draws pages; the last of them is the one that the cover counts up to."""
    pages.pages[-1].keys["last"] = 0.0
    return PageDrawer(pages.pages, frame)


LARGE: Final = 2**0.5
"""How much larger large print is: A3 instead of A4, so that the text of records has more than 15 points."""


def scale_of(plan: Plan) -> float:
    """Return by how much the pages of a bundle are enlarged."""
    return LARGE if plan.large_print else 1.0


def proving_of(evidence: Evidence) -> Proving:
    """Return what the annex says of the log."""
    return Proving(evidence.signed_checkpoint, evidence.checkpoint, evidence.clocks)


def placements(drawer: PageDrawer, prepared: Iterable[PreparedExhibit]) -> Iterator[assembly.Placed]:
    """Yield which page of which document is placed on which page."""
    for each in prepared:
        first = drawer.place_of(each.exhibit.key)
        for page, placement in each.placed.items():
            x, y, width, height = (value * drawer.frame.scale for value in placement.area)
            yield assembly.Placed(first + page, each.document, replace(placement, area=(x, y, width, height)))


def finish(
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
    joined = joined_pages(prepared, pages, drawer, progress)
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
        numbers=drawer.page_numbers,
    )
    progress("signature", 0, 1)
    content = sign_pdf(unsigned, evidence.certificate, plan.made_at)
    progress("signature", 1, 1)
    return content


def joined_pages(
    prepared: Sequence[PreparedExhibit], pages: LaidOutPages, drawer: PageDrawer, progress: StageProgress
) -> assembly.Joined:
    """Draw pages and place the exhibits on them."""
    total = len(pages.pages)
    drawn = drawer.draw(pages.bookmarks, lambda done: progress("pages", done, total))
    progress("assembly", 0, 1)
    placed = placements(drawer, prepared)
    return assembly.join(drawn, placed, drawer.structure, lambda: progress("assembly", 0, 1))
