"""Receive a hand-over in a rep's store: decrypt, verify, then seal and store its records (docs/spec/exchange.md, section 7).

Nothing is shown or stored before every step of section 7 has passed.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evidence_app.domain.phrases import Phrase, phrase, together
from evidence_app.domain.progress import Cancel, StageProgress, cancellable, never, no_stage_progress
from evidence_app.domain.record.entries import Entry
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.rep_kinds import HANDOVER
from evidence_app.domain.record.vocabularies import WITNESSING_RESULTS
from evidence_app.domain.text.number_ranges import in_spans
from evidence_app.errors import EnvironmentProblem, InputError, VerificationError
from evidence_app.files import read_small
from evidence_app.proof.checkpoints import Checkpoint, verify_checkpoint, with_own_signature
from evidence_app.proof.encoding import base64
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import read_moment, spell
from evidence_app.proof.signing import fingerprint
from evidence_app.proof.verdicts import Report, Verdict
from evidence_app.services.attestation.cards import KnownCard, age_key, card_of_key
from evidence_app.services.attestation.witnessing import last_checkpoint_of, seal_refusal
from evidence_app.services.core.identifier_policy import client_sorts, texts_of
from evidence_app.services.core.sealing import Sealed, Source, seal
from evidence_app.services.core.session import Session
from evidence_app.services.members.handover_log import DisclosedRecords, read_manifest, records_in
from evidence_app.store.record_table import member_key
from evidence_app.store.store import Store

if TYPE_CHECKING:
    from evidence_app.proof.bundle.manifest import Manifest

MAX_FILE_BYTES: Final = 1024**3
"""Maximum size of a hand-over file in bytes, 1 GiB."""
CUT_AT: Final = 60
"""Maximum number of position ranges in one field of the sealed record; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A decrypted and verified hand-over.

    `content` is the bundle (PDF), `known` the card of its sender, `sha256` the digest of `content` in lower-case hexadecimal.
    """

    content: bytes
    known: KnownCard
    manifest: "Manifest"
    checkpoint: Checkpoint
    disclosed: DisclosedRecords
    sha256: str


@dataclass(frozen=True, slots=True)
class Taken:
    """A received hand-over: the result of sealing and the sealed record."""

    sealed: Sealed
    record: SealedRecord

    def in_words(self) -> Phrase:
        """Return a summary: records received, left out, and no longer shown."""
        fields = self.record.fields
        said = [
            phrase(
                "{count} records of {member} are taken in and hold, as record {record}.",
                count=str(fields["records_shown"]),
                member=str(fields["member"]),
                record=self.record.index,
            )
        ]
        if fields.get("left_out"):
            count, which = str(fields["records_left_out"]), str(fields["left_out"])
            said.append(phrase("{count} were left out: {which}.", count=count, which=which))
        if fields.get("no_longer_shown"):
            said.append(phrase("Shown before, and not this time: {which}.", which=str(fields["no_longer_shown"])))
        return together(said)


def take_in(
    session: Session,
    untrusted: bytes,
    *,
    new_log: bool = False,
    progress: StageProgress = no_stage_progress,
    cancel: Cancel = never,
) -> Taken:
    """Verify a hand-over (an age file), then seal its receipt and store its records in one transaction.

    `new_log` accepts the log as a replacement of another log of the same member.

    Raises:
        InputError: this is an officer's store, or the hand-over was received before.
        VerificationError: other-key, damaged, not-verified, identifies, unknown-log, other-name, two-logs, older, rewritten,
            other-start. Nothing was stored, but for the record of a rewritten log.
        EnvironmentProblem: the store cannot be written.
        Cancelled: `cancel` returned true.
    """
    if not session.holder.takes_in:
        raise InputError(
            "A hand-over is taken in by a union rep or a manager. Make a store of theirs for it: “init --rep” or “init --manager”."
        )

    progress = cancellable(progress, cancel)
    opened = open_handover(session, untrusted, progress)
    replaced = _require_one_log(session, opened, new_log=new_log)
    _require_extends(session, opened)
    origin = opened.checkpoint.origin
    before = session.store.received.positions(origin)
    progress("sealing", 0, 1)

    # The checks above ran outside the transaction. Another session of this store may have sealed something of the same log
    # since, which would make them invalid, so the index is compared again inside the transaction; the last entry is our own.
    expected = session.store.records.found_by(f"log:{origin}")

    def keep_if_last(store: Store) -> None:
        if store.records.found_by(f"log:{origin}")[:-1] != expected:
            raise EnvironmentProblem("Something of this log was taken in a moment ago in another place. Try again.")
        for record, disclosure in opened.disclosed.records:
            store.received.add(store.log.size() - 1, origin, record, disclosure)

    entry = Entry(HANDOVER, spell(session.clock.now()), "exact", _fields(opened, before, replaced))
    name = f"hand-over-{opened.sha256[:12]}.pdf"
    sealed = seal(session, entry, [Source(name, content=opened.content)], also=keep_if_last)
    return Taken(sealed, session.store.records.get(sealed.index))


def read_handover_file(path: Path) -> bytes:
    """Read a hand-over file into memory, unverified.

    Raises:
        InputError: the file cannot be read, or has more than `MAX_FILE_BYTES`.
    """
    return read_small(path, what="The hand-over", limit=MAX_FILE_BYTES)


def open_handover(session: Session, untrusted: bytes, progress: StageProgress = no_stage_progress) -> Opened:
    """Decrypt a hand-over and verify it without regard to earlier ones: docs/spec/exchange.md, section 7, steps 1 to 4.

    Raises:
        VerificationError: other-key, damaged, not-verified, identifies, unknown-log, other-name.
    """
    progress("decrypting", 0, 1)
    untrusted_bundle = age_key(session).open(untrusted)
    progress("verifying", 0, 1)
    manifest = _verified_manifest(untrusted_bundle)
    progress("clients", 0, 1)
    checkpoint = verify_checkpoint(manifest.checkpoint, manifest.log_key)
    disclosed = records_in(manifest, checkpoint)
    _require_client_free(untrusted_bundle, manifest, [record for record, _ in disclosed.records])
    known = card_of_key(session, base64.encode(manifest.log_key))
    if known is None or known.card.log_key != manifest.log_key:
        raise VerificationError(
            "unknown-log",
            f"It is of the log {fingerprint(manifest.log_key)}, whose card you have not taken in. Ask for the card, compare its words, then try again.",
        )
    # Step 4: record 0 names the owner of the log. The card only proves that one person has its keys.
    first = disclosed.records[0][0]
    owner = first.fields.get("owner") if first.index == 0 else None
    if not isinstance(owner, dict) or " ".join(str(owner.get("person", "")).split()) != known.card.name:
        raise VerificationError("other-name", f"Its log was not opened by {known.card.name}, whose card has its key.")
    digest = hashlib.sha256(untrusted_bundle).hexdigest()
    return Opened(untrusted_bundle, known, manifest, checkpoint, disclosed, digest)


def _verified_manifest(untrusted_bundle: bytes) -> "Manifest":
    from evidence_app.bundle.foreign_bundle import verified_in_worker

    if b"%PDF-" not in untrusted_bundle[:1024]:
        raise VerificationError(
            "not-verified", "It does not hold, and nothing was taken in. What was encrypted is not a PDF."
        )
    # In a worker: what somebody hands over may have been made to take all memory.
    report = verified_in_worker(untrusted_bundle, len(untrusted_bundle)).report
    if report.verdict is not Verdict.VERIFIED:
        raise VerificationError("not-verified", f"It does not hold, and nothing was taken in. {_what_fails(report)}")
    return read_manifest(untrusted_bundle)


def _what_fails(report: Report) -> str:
    if report.conclusion:
        return report.conclusion
    # A report without a conclusion has something that could not be read; its detail explains most.
    unreadable_first = sorted(report.checks, key=lambda each: each.verdict is not Verdict.UNREADABLE)
    return unreadable_first[0].detail


def _require_client_free(untrusted_bundle: bytes, manifest: "Manifest", records: list[SealedRecord]) -> None:
    """Require that nothing in a bundle looks like an identifier of a client: section 7, step 3.

    Raises:
        VerificationError: identifies.
    """
    if any(exhibit.file for exhibit in manifest.exhibits):
        raise VerificationError(
            "identifies",
            "It embeds files as they came, which nobody can look through here. Ask for one of the profile union-casework.",
        )
    # The ID of a record is a ULID made by the program, and may look like an identifier by chance.
    identifier_kinds = client_sorts(text for record in records for text in texts_of({**record.content, "id": ""}))
    manifest_texts = (
        *manifest.bundle.values(),
        *(run.get("reason") for run in manifest.reasons if isinstance(run, dict)),
    )
    identifier_kinds = (
        identifier_kinds
        or client_sorts(str(each) for each in manifest_texts)
        or client_sorts(_page_texts(untrusted_bundle))
    )
    if identifier_kinds:
        raise VerificationError(
            "identifies",
            f"It holds what looks like a {identifier_kinds[0]}, and a rep holds nothing that identifies a client. Send it back and ask for one without.",
        )


CODE: Final = re.compile(r"\bcode [0-9A-Z]{4}-[0-9A-Z]{4}\b")
"""A record's short code as pages print it (docs/spec/record-log.md)."""


def _page_texts(untrusted_bundle: bytes) -> Iterator[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(untrusted_bundle)
    try:
        for page in document:
            # A code of a record beside the number of its page, “R210 109”, has the form of a CRN by chance.
            yield CODE.sub("code", page.get_textpage().get_text_range())
            page.close()
    finally:
        document.close()


def _require_one_log(session: Session, opened: Opened, *, new_log: bool) -> str:
    """Require that the latest hand-over under this name was of the same log: section 7, step 5.

    Returns the origin of the log that this one replaces, or an empty string.

    Raises:
        VerificationError: two-logs.
    """
    name, origin, records = opened.known.card.name, opened.checkpoint.origin, session.store.records
    known = [str(records.get(index).fields["origin"]) for index in records.found_by(member_key(name))]
    # Only the log received last counts as current. An older one that comes back needs `new_log` too.
    if not known or known[-1] == origin:
        return ""
    if not new_log:
        raise VerificationError(
            "two-logs",
            f"Hand-overs of {name} came from another log before. If they began a new store, let them read the words of the new card "
            "to you, and take it in as a new log (“--new-log”); if not, somebody else uses their name.",
        )
    return known[-1]


def _require_extends(session: Session, opened: Opened) -> None:
    """Require that the log extends the largest checkpoint known of it: section 7, steps 6 and 7.

    Raises:
        VerificationError: older, rewritten, other-start. A rewritten log is sealed as a record.
        InputError: this very file was received before.
    """
    now = opened.checkpoint
    before = last_checkpoint_of(session, now.origin)
    if before is None:
        return
    record, known_checkpoint = before
    for index in session.store.records.found_by(f"file:{opened.sha256}"):
        raise InputError(f"This hand-over was taken in before, as record {index}.")
    if now.size < known_checkpoint.size:
        raise VerificationError(
            "older",
            f"It is older than what you know: it shows the log at {now.size} records, and record {record.index} knows it at {known_checkpoint.size}. Ask for one of now.",
        )
    # The consistency proofs of the earlier checkpoints were verified with the bundle (docs/spec/bundle.md, section 6), so it is
    # enough to compare the root at the known size.
    earlier = next(
        (each.checkpoint for each in opened.manifest.earlier if each.checkpoint.size == known_checkpoint.size), None
    )
    continued = now if now.size == known_checkpoint.size else earlier
    if continued is None:
        raise VerificationError(
            "other-start",
            f"It does not say how it goes on from the log as you know it, at {known_checkpoint.size} records (record {record.index}). "
            f"Ask for one that does: “--known {known_checkpoint.size}”.",
        )
    if continued.root != known_checkpoint.root:
        seal_refusal(
            session,
            record,
            known_checkpoint,
            opened.manifest.checkpoint,
            now,
            opened.known.card.name,
            WITNESSING_RESULTS[2],
        )
        raise VerificationError(
            "rewritten",
            f"The log was rewritten: it does not go on from the log as you know it, at {known_checkpoint.size} records (record {record.index}). "
            "Both signed heads are sealed here; nothing was taken in.",
        )


def _fields(opened: Opened, before: list[int], replaced: str) -> JsonObject:
    """Return the fields of the `handover` record. `before` are the positions shown by earlier hand-overs of this log."""
    shown_positions = {record.index for record, _ in opened.disclosed.records}
    no_longer_shown = [each for each in before if each not in shown_positions]
    left_out = [position for first, last in opened.manifest.left_out for position in range(first, last + 1)]
    about = opened.manifest.bundle
    fields: JsonObject = {
        "member": opened.known.card.name,
        "compared": opened.known.compared,
        "origin": opened.checkpoint.origin,
        "head": opened.checkpoint.line,
        "profile": _text(about.get("profile")),
        "marking": _text(about.get("marking")),
        "made_at": _moment(about.get("made_at")),
        "records_shown": len(opened.disclosed.records),
        "records_left_out": len(left_out),
        "left_out": _ranges_cut(left_out),
        "no_longer_shown": _ranges_cut(no_longer_shown),
        "fields_withheld": opened.disclosed.fields,
        "words_withheld": opened.disclosed.words,
        "takes_the_place_of": replaced,
        "sha256": opened.sha256,
        "signed_checkpoint": with_own_signature(opened.manifest.checkpoint),
    }
    return {name: value for name, value in fields.items() if value != ""}


def _text(untrusted: Json) -> str:
    text = " ".join(str(untrusted).split()) if isinstance(untrusted, str) else ""
    return "".join(each for each in text if each.isprintable())[:200]


def _moment(untrusted: Json) -> str:
    try:
        return spell(read_moment(_text(untrusted)))
    except InputError:
        return ""


def _ranges_cut(positions: list[int]) -> str:
    spans = in_spans(positions).split(", ") if positions else []
    more = f" and {len(spans) - CUT_AT} runs more" if len(spans) > CUT_AT else ""
    return ", ".join(spans[:CUT_AT]) + more
