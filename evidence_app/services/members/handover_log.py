"""Received hand-overs: the records that their bundles disclose, and receipts for them (docs/spec/exchange.md, sections 7 and 8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.records import SealedRecord, described
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.errors import EvidenceError, InputError, VerificationError
from evidence_app.files import write_whole
from evidence_app.proof.checkpoints import verify_checkpoint
from evidence_app.proof.cosignatures import cosign
from evidence_app.proof.disclosures import Disclosed, as_shown, verify_disclosure
from evidence_app.proof.encoding.blocks import Label, write_block
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import read_moment
from evidence_app.proof.handover_receipts import HandoverReceipt
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.services.attestation.cards import witness_key
from evidence_app.services.core.session import Session
from evidence_app.store.record_table import HANDOVERS, columns_of
from evidence_app.store.store import Store

if TYPE_CHECKING:
    from evidence_app.proof.bundle.manifest import Manifest
    from evidence_app.proof.checkpoints import Checkpoint


MAX_DEPTH: Final = 16
"""Maximum nesting of a disclosed record."""
MAX_PATH_LENGTH: Final = 500
"""Maximum length of one JSON path in a disclosed record, in characters."""
NEEDED: Final = ("id", "kind", "event_at", "event_precision", "recorded_at")
"""Members of a record that must be disclosed, as text."""
MEMBERS: Final = frozenset(
    {
        *NEEDED,
        "author",
        "fields",
        "event_until",
        "case_ref",
        "attachments",
        "links",
        "clock_went_back_seconds",
        "late_entry",
    }
)
"""All members that a record may have."""
CONTAINERS: Final[Mapping[str, type]] = {"author": dict, "fields": dict, "attachments": list, "links": list}
"""JSON type of each member that is a container."""


@dataclass(frozen=True, slots=True)
class DisclosedRecords:
    """Records disclosed by a verified bundle, each with its disclosure (JSON), and the number of withheld fields and words."""

    records: list[tuple[SealedRecord, JsonObject]]
    fields: int
    words: int


def read_manifest(untrusted_bundle: bytes) -> "Manifest":
    """Return the parsed manifest of a bundle (PDF). No signature is verified.

    Raises:
        VerificationError: malformed.
    """
    import pikepdf

    from evidence_app.proof.bundle.embedded_files import EmbeddedFiles
    from evidence_app.proof.bundle.manifest import MANIFEST_FILE, parse_manifest

    with pikepdf.open(BytesIO(untrusted_bundle)) as pdf:
        manifest = EmbeddedFiles(pdf).read(MANIFEST_FILE)
    return parse_manifest(manifest or b"")


def records_in(manifest: "Manifest", checkpoint: "Checkpoint") -> DisclosedRecords:
    """Return the records disclosed in a verified manifest, sorted by position.

    Raises:
        VerificationError: not-verified, if a record has a form that this program does not know (exchange.md, section 7, step 3).
    """
    records: list[tuple[SealedRecord, JsonObject]] = []
    fields = words = 0
    for untrusted in manifest.records:
        disclosed, _ = verify_disclosure(untrusted, checkpoint)
        # Labels are the owner's unproved words for withheld text. In record 0 none may stand for a part of the owner's name
        # (docs/spec/exchange.md, section 7, step 4).
        labels = manifest.labels.get(disclosed.index, {}) if disclosed.index else {}
        record = _parsed_record(disclosed, untrusted, labels)
        if record is None or not isinstance(untrusted, dict):
            raise VerificationError(
                "not-verified", f"Record {disclosed.index} is of a form that this version of the program does not know."
            )
        fields += len(disclosed.withheld_paths)
        words += disclosed.withheld_words
        records.append((record, untrusted))
    return DisclosedRecords(sorted(records, key=lambda each: each[0].index), fields, words)


def _parsed_record(
    disclosed: Disclosed, untrusted: Json, labels: Mapping[str, Mapping[int, str]]
) -> SealedRecord | None:
    """Return a disclosed record, or None if its form is unknown. Its values are proved, but still untrusted."""
    if any(path.count("/") > MAX_DEPTH or len(path) > MAX_PATH_LENGTH for path in disclosed.shown):
        return None
    try:
        content = as_shown(disclosed, untrusted, labels)
        kind = KINDS.get(str(content.get("kind")))
        if (
            kind is None
            or not set(content) <= MEMBERS
            or not all(isinstance(content.get(name), str) for name in NEEDED)
        ):
            return None
        if not all(isinstance(content.get(name, json_type()), json_type) for name, json_type in CONTAINERS.items()):
            return None
        fields = content.get("fields", {})
        if not isinstance(fields, dict) or not set(fields) <= {each.name for each in fields_of(kind)}:
            return None
        record = SealedRecord(disclosed.index, content, read_moment(disclosed.sealed_at), disclosed.leaf_hash)
        # Every property and function that parses values is called once, so that a malformed one fails here and not on display.
        for _ in (record.event, record.recorded_at, record.attachments, record.links, record.gaps_in_words()):
            pass
        for _ in (
            record.event_in_words(),
            record.headline(),
            columns_of(content),
            list(described(kind, record.fields)),
        ):
            pass
    except (EvidenceError, ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    return record


def what_it_showed(untrusted_bundle: bytes) -> list[tuple[SealedRecord, JsonObject]]:
    """Return the records in the bundle of a received hand-over, each with its disclosure, to compare them with the stored copies.

    Raises:
        VerificationError: the bundle does not verify.
    """
    manifest = read_manifest(untrusted_bundle)
    return records_in(manifest, verify_checkpoint(manifest.checkpoint, manifest.log_key)).records


def keep_again(store: Store, handover: SealedRecord, untrusted_bundle: bytes) -> None:
    """Rebuild the stored copies of the records in a hand-over from its bundle, for a rescue. Needs a transaction.

    Raises:
        VerificationError: the bundle does not verify.
    """
    for record, disclosure in what_it_showed(untrusted_bundle):
        store.received.add(handover.index, str(handover.fields["origin"]), record, disclosure)


def handovers(session: Session) -> Iterator[SealedRecord]:
    """Yield the records of received hand-overs, in the order of the log."""
    return map(session.store.records.get, session.store.records.found_by(HANDOVERS))


def handover_at(session: Session, index: int) -> SealedRecord:
    """Return the record of a received hand-over.

    Raises:
        InputError: the record is not a received hand-over, or does not exist.
    """
    record = session.store.records.get(index)
    if record.kind is not HANDOVER:
        raise InputError(f"Record {index} is no hand-over that was received: “handover list” shows them.")
    return record


def write_handed_over(session: Session, record: SealedRecord, out: Path) -> None:
    """Write the bundle that was handed over to a file, byte for byte as it came out of its envelope.

    Raises:
        InputError: a file of that name is there, or only the digest is kept here.
        EnvironmentProblem: the file cannot be written.
    """
    if out.exists():
        raise InputError(f"{out.name} is there already. Choose another name.")
    kept = [facts for facts in record.attachments if facts.kept]
    if not kept:
        raise InputError(f"The file of hand-over {record.index} is not kept here.")
    write_whole(out, b"".join(session.store.attachments.stream(kept[0].sha256)))


def write_receipt(session: Session, index: int) -> str:
    """Return the receipt for a hand-over: a block with the signed receipt, and one with the cosigned checkpoint (exchange.md, section 8).

    Raises:
        InputError: the record is not a received hand-over, or its checkpoint is unreadable.
        EnvironmentProblem: the witness key does not exist yet, and the store cannot be written.
    """
    record = handover_at(session, index)
    fields = record.fields
    checkpoint = read_checkpoint_line(str(fields["head"]))
    if checkpoint is None:
        raise InputError(f"Record {index} does not say with which head it came.")
    receipt = HandoverReceipt(bytes.fromhex(str(fields["sha256"])), checkpoint, record.sealed_at, index)
    cosigned = cosign(witness_key(session), str(fields["signed_checkpoint"]), record.sealed_at)
    return write_block(Label.RECEIPT, receipt.sign(session.log_key)) + write_block(Label.COSIGNED, cosigned)
