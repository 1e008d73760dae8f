"""The hand-overs that a store holds: what they showed, and the receipts for them (docs/spec/exchange.md, sections 7 and 8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.records import SealedRecord, described
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.errors import EvidenceError, InputError, VerificationError
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
MAX_PATH_LENGTH: Final = 500
NEEDED: Final = ("id", "kind", "event_at", "event_precision", "recorded_at")
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
CONTAINERS: Final[Mapping[str, type]] = {"author": dict, "fields": dict, "attachments": list, "links": list}


@dataclass(frozen=True, slots=True)
class DisclosedRecords:
    """The records that a verified bundle shows, each with its disclosure, and how many fields and words are withheld."""

    records: list[tuple[SealedRecord, JsonObject]]
    fields: int
    words: int


def read_manifest(untrusted_bundle: bytes) -> "Manifest":
    """Return the manifest of a bundle, unverified.

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
    """Return the records that a verified manifest shows.

    Raises:
        VerificationError: not-verified: one is of a form that this program does not know.
    """
    found: list[tuple[SealedRecord, JsonObject]] = []
    fields = words = 0
    for untrusted in manifest.records:
        disclosed, _ = verify_disclosure(untrusted, checkpoint)
        # Whose log it is, record 0 says; no label of its owner's stands for a word of that.
        labels = manifest.labels.get(disclosed.index, {}) if disclosed.index else {}
        record = _readable(disclosed, untrusted, labels)
        if record is None or not isinstance(untrusted, dict):
            raise VerificationError(
                "not-verified", f"Record {disclosed.index} is of a form that this version of the program does not know."
            )
        fields += len(disclosed.withheld_paths)
        words += disclosed.withheld_words
        found.append((record, untrusted))
    return DisclosedRecords(sorted(found, key=lambda each: each[0].index), fields, words)


def _readable(disclosed: Disclosed, untrusted: Json, labels: Mapping[str, Mapping[int, str]]) -> SealedRecord | None:
    """Return a record as it is shown, if everything that reads records can read it; what it says may be anything."""
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
        if not all(isinstance(content.get(name, sort()), sort) for name, sort in CONTAINERS.items()):
            return None
        fields = content.get("fields", {})
        if not isinstance(fields, dict) or not set(fields) <= {each.name for each in fields_of(kind)}:
            return None
        record = SealedRecord(disclosed.index, content, read_moment(disclosed.sealed_at), disclosed.leaf_hash)
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
    """Return the records of a bundle that was taken in, each with its disclosure: for comparing with what is kept beside it.

    Raises:
        VerificationError: it does not hold.
    """
    manifest = read_manifest(untrusted_bundle)
    return records_in(manifest, verify_checkpoint(manifest.checkpoint, manifest.log_key)).records


def keep_again(store: Store, handover: SealedRecord, untrusted_bundle: bytes) -> None:
    """Keep the records of a hand-over beside it once more, in a store that has lost them. Needs a transaction.

    Raises:
        VerificationError: the bundle does not hold.
    """
    for record, disclosure in what_it_showed(untrusted_bundle):
        store.received.add(handover.index, str(handover.fields["origin"]), record, disclosure)


def handovers(session: Session) -> Iterator[SealedRecord]:
    """Yield the hand-overs that were received, in their order."""
    return map(session.store.records.get, session.store.records.found_by(HANDOVERS))


def handover_at(session: Session, index: int) -> SealedRecord:
    """Return a hand-over that was received.

    Raises:
        InputError: the record is none.
    """
    record = session.store.records.get(index)
    if record.kind is not HANDOVER:
        raise InputError(f"Record {index} is no hand-over that was received: “handover list” shows them.")
    return record


def write_receipt(session: Session, index: int) -> str:
    """Return what is given back for a hand-over: a signed receipt, and its head countersigned.

    Raises:
        InputError: the record is no hand-over that was received.
        EnvironmentProblem: a key has to be made, and the store cannot be written.
    """
    record = handover_at(session, index)
    fields = record.fields
    head = read_checkpoint_line(str(fields["head"]))
    if head is None:
        raise InputError(f"Record {index} does not say with which head it came.")
    receipt = HandoverReceipt(bytes.fromhex(str(fields["sha256"])), head, record.sealed_at, index)
    cosigned = cosign(witness_key(session), str(fields["signed_checkpoint"]), record.sealed_at)
    return write_block(Label.RECEIPT, receipt.sign(session.log_key)) + write_block(Label.COSIGNED, cosigned)
