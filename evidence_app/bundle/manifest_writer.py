"""Writes and signs the manifest of a bundle (docs/spec/bundle.md, sections 2 and 3). `proof.bundle.manifest` reads it."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.pdf import assembly
from evidence_app.bundle.plan.parts import Exhibit, ShownHandover
from evidence_app.bundle.plan.redacted_record import ShownRecord
from evidence_app.bundle.plan.resolved_plan import Plan
from evidence_app.domain.record.records import RecordKey, RecordRef
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.bundle.manifest import FORMAT, ExhibitFacts, ExhibitOfOthers, note_text
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject, canonical
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.prior_checkpoints import PriorCheckpoint
from evidence_app.proof.signed_notes import sign_note
from evidence_app.proof.signing import LogKey


def make_manifest(
    plan: Plan,
    *,
    public_key: bytes,
    signed_checkpoint: str,
    disclosures: Sequence[JsonObject],
    exhibits: Sequence[ExhibitFacts],
    page_digests: Sequence[bytes],
    clocks: Sequence[Attestation] = (),
    earlier: Sequence[PriorCheckpoint] = (),
    handed_over: Sequence[JsonObject] = (),
) -> bytes:
    """Return a bundle's manifest as canonical JSON in UTF-8 (docs/spec/bundle.md, section 2).

    `public_key` has 32 bytes; `disclosures` are those of the log's own records (record-log.md, section 9); `page_digests` are in page
    order, 32 bytes each. `clocks` are the attestations, `earlier` the earlier checkpoints, `handed_over` the parts of other logs: each may
    be empty, and its member is then absent.
    """
    content: JsonObject = {
        "format": FORMAT,
        "bundle": {
            "title": plan.title,
            "profile": plan.profile.name,
            "profile_version": plan.profile.version,
            "marking": plan.profile.marking,
            "prepared_for": plan.recipient,
            "made_at": spell(plan.made_at),
        },
        "log_key": base64.encode(public_key),
        "checkpoint": signed_checkpoint,
        "records": list(disclosures),
        "left_out": [{"first": run.first, "last": run.last, "reason": run.reason} for run in plan.left_out],
        "exhibits": [exhibit.to_json() for exhibit in exhibits],
        "pages": [base64.encode(digest) for digest in page_digests],
    }
    if clocks:
        content["outside_clocks"] = [clock.to_json() for clock in clocks]
    if earlier:
        content["goes_on_from"] = [prior.to_json() for prior in earlier]
    if handed_over:
        content["handed_over"] = list(handed_over)
    labels: JsonObject = {str(shown.record.index): _labels_of(shown) for shown in plan.own if shown.labels}
    if labels:
        content["labels"] = labels
    return canonical(content)


def _labels_of(shown: ShownRecord) -> JsonObject:
    """Return what stands for a record's withheld words: by path, then by the word's index in the field, as a decimal string."""
    return {path: {str(word): label for word, label in words.items()} for path, words in shown.labels.items()}


def exhibit_facts(
    plan: Plan,
    place_of: Callable[[str], int],
    prepared: Iterable[PreparedExhibit],
    originals: Mapping[int, assembly.Embedded],
) -> list[ExhibitFacts]:
    """Return what the manifest says of the exhibits. `place_of` gives the index, from 0, of the page that a key is on; `originals` are embedded, by number."""
    records = {exhibit.number: exhibit.records for exhibit in plan.exhibits}
    return [
        ExhibitFacts(
            number=each.exhibit.number,
            sha256=each.exhibit.facts.sha256,
            records=tuple(key for key in records[each.exhibit.number] if isinstance(key, int)),
            handed_over=_of_others(each.exhibit, records[each.exhibit.number]),
            first_page=place_of(each.exhibit.key) + 1,
            pages=len(each.pages),
            how=each.how,
            file=originals[each.exhibit.number].name if each.exhibit.number in originals else "",
        )
        for each in prepared
    ]


def _of_others(exhibit: Exhibit, records: Iterable[RecordKey]) -> tuple[ExhibitOfOthers, ...]:
    """Return what the manifest says of the records of other logs that have an exhibit, and of where its pages were taken from."""
    positions: dict[int, list[int]] = {}
    for key in records:
        if isinstance(key, RecordRef):
            positions.setdefault(key.handover, []).append(key.position)
    there = exhibit.taken_from
    return tuple(
        ExhibitOfOthers(
            handover, tuple(found), there.first_page if there is not None and there.handover == handover else 0
        )
        for handover, found in sorted(positions.items())
    )


def part_of(
    of: ShownHandover, disclosures: Sequence[JsonObject], earlier: Sequence[PriorCheckpoint], labels: JsonObject
) -> JsonObject:
    """Return what the manifest says of one hand-over: the disclosures that its member made, proofs, and what stands for withheld words in them."""
    shown_positions = {each["index"] for each in disclosures}
    clocks: list[Json] = [each.to_json() for each in of.clocks if each.record in shown_positions]
    part: JsonObject = {
        "handover": of.handover,
        "log_key": base64.encode(of.log_key),
        "checkpoint": of.signed_checkpoint,
        "records": list(disclosures),
        "left_out": [{"first": run.first, "last": run.last, "reason": run.reason} for run in of.left_out],
    }
    part |= {"outside_clocks": clocks} if clocks else {}
    part |= {"goes_on_from": [each.to_json() for each in earlier]} if earlier else {}
    fields = {str(each["index"]): each.get("fields") for each in disclosures}
    kept: JsonObject = {}
    for position, by_path in labels.items():
        shown = fields.get(position)
        if isinstance(shown, dict) and isinstance(by_path, dict):
            paths: JsonObject = {path: words for path, words in by_path.items() if path in shown}
            kept |= {position: paths} if paths else {}
    return part | ({"labels": kept} if kept else {})


def sign_manifest(key: LogKey, manifest: bytes) -> bytes:
    """Return the signed note over a manifest's SHA-256, in UTF-8 (docs/spec/bundle.md, section 3)."""
    return sign_note(key, note_text(manifest)).encode("utf-8")
