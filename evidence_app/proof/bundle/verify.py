"""Verify a bundle without its store, item by item (docs/spec/bundle.md, section 6).

The steps are numbered as the rows of that section's table and as the comments in the code. Each adds the items that it names:

1. `whole file`: the signature covers every byte of the file and is valid (section 5).
   `document time stamp N`: an authority saw the file, up to and with stamp update N behind it (section 8).
2. `manifest`: the embedded note signs this manifest with the log's key (section 3).
3. `checkpoint`: the log's checkpoint verifies with the same key (record-log.md, section 10). Without it steps 4 to 12 are skipped.
4. `record N`: each record shown, whole or in part, is the one that was sealed (record-log.md, section 10).
5. `positions`: records shown and positions left out make up the whole log.
6. `log key`: record 0 shows the key that signs.
7. `certificate`: record 0 shows the certificate that signed the file, and PDF readers verify that same signature.
8. `outside clock N`: somebody else vouches for an earlier checkpoint, and the log extends it.
9. `earlier head N`: the log extends a checkpoint that was handed out before.
10. `head in record N`: each earlier checkpoint of the log that a record holds is one that the log had.
11. `hand-over N …`: the record of a hand-over shows the checkpoint it came with; steps 3 to 6, 8 and 10 for that other log.
12. `exhibit N`: the records that it belongs to, of this log or another, show its digest; its embedded bytes have it.
13. `embedded files`: exactly those that the manifest accounts for (section 2).
14. `number of pages`, `order of pages`, `page N`: each page is one that was drawn, in its place (section 4).
15. `annotations`: nobody put marks on the pages.
16. `active content`: nothing in the file acts, or is shown instead of the pages.
17. `one reading`: no two readers can find different things in it.

A failed step does not stop the later ones, except where noted, so that every fault is named.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any, Final

from evidence_app.errors import VerificationError
from evidence_app.proof.bundle.conclusions import COULD_NOT, Found, conclude, why_no_bundle
from evidence_app.proof.bundle.document_time_stamps import judge_stamps
from evidence_app.proof.bundle.embedded_files import EmbeddedFiles
from evidence_app.proof.bundle.manifest import (
    MANIFEST_FILE,
    NOTE_FILE,
    ExhibitFacts,
    Manifest,
    parse_manifest,
    require_signed,
)
from evidence_app.proof.bundle.page_digests import CircularPage, PageDigester
from evidence_app.proof.bundle.signature import (
    FileSignature,
    common_name,
    has_signature_field,
    signed_revision,
    verify_file_signature,
)
from evidence_app.proof.bundle.stamp_updates import read_stamped
from evidence_app.proof.bundle.verify_log import LabelOf, LogVerifier, last_step
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.disclosures import Disclosed
from evidence_app.proof.known_log import KnownLog
from evidence_app.proof.prior_checkpoints import is_continued, require_continued
from evidence_app.proof.signing import fingerprint, origin_of
from evidence_app.proof.verdicts import Report

ATTACHMENT: Final = re.compile(r"/attachments/(?:0|[1-9][0-9]*)/sha256")
"""Paths at which a record holds the SHA-256 of an attachment."""
NO_CLOCK: Final = (
    "No outside clock vouches for the log in this bundle; the times of sealing are the word of its owner's clock."
)
NOT_COMPARED: Final = (
    "An earlier head of the log in {} cannot be compared with the log: this file does not hold enough of it for that."
)
MAX_NAMED: Final = 5  # records named in one note
NO_MANIFEST: Final = "This PDF holds no manifest: nothing in it can be compared with a log."
DAMAGED: Final = "The file is too damaged to be opened, or is not a PDF."


def verify_bundle(untrusted: bytes, label_of: LabelOf = last_step) -> Report:
    """Verify the bytes of a bundle and report each item. `label_of` gives the labels of fields for sentences about faults."""
    return look_at_bundle(untrusted, label_of)[0]


def look_at_bundle(untrusted: bytes, label_of: LabelOf = last_step) -> tuple[Report, KnownLog | None]:
    """Verify a bundle as `verify_bundle` does, and return what is known by it of its log, if its checkpoint verifies."""
    import pikepdf

    report, log = Report(), None
    # 1. The signature over the whole file (section 5), up to time stamps behind it, and those (section 8).
    stamped = read_stamped(untrusted)
    signature = _verify_whole_file(untrusted[: stamped.signed_length] if stamped else untrusted, report)
    stamps = judge_stamps(untrusted, stamped, report) if stamped else []
    try:
        # What pages inherit is looked for where it stands (section 4).
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True, inherit_page_attributes=False) as pdf:
            appended = signature is None and signed_revision(untrusted) is not None
            verifier = _Verifier(pdf, report, signature, label_of, len(stamped.updates) if stamped else 0)
            if not verifier.has_manifest:
                report.checks.clear()
                report.unreadable("manifest", NO_MANIFEST)
                report.conclusion = why_no_bundle(appended=appended, marked=has_signature_field(pdf))
                return report, None
            # 2. to 17. need the file's objects.
            found = verifier.run(untrusted)
            report.notes += stamps
            log = verifier.known_log
            report.conclusion = conclude(report, replace(found, appended=appended, stamps=len(stamps)))
    except (pikepdf.PdfError, pikepdf.PasswordError, RuntimeError, ValueError, RecursionError) as error:
        report.checks.clear()
        report.unreadable("file", f"{DAMAGED} ({type(error).__name__})")
        report.conclusion = COULD_NOT
    return report, log


def shows_attachment(records: Mapping[int, Disclosed], index: int, digest: str) -> bool:
    """Return whether the verified record of a log at a position shows an attachment with this SHA-256, as sealed."""
    disclosed = records.get(index)
    return disclosed is not None and any(
        ATTACHMENT.fullmatch(path) and value == digest for path, value in disclosed.shown.items()
    )


def _verify_whole_file(untrusted: bytes, report: Report) -> FileSignature | None:
    try:
        signature = verify_file_signature(untrusted)
    except VerificationError as error:
        report.add("whole file", False, error.sentence)
        return None
    report.add("whole file", True, "Not one byte has changed since it was signed.")
    return signature


class _Verifier:
    """Steps 2 to 17 for one opened file, with so many time stamps. `signature` is the verified one, or None if `whole file` failed.

    `known_log` is what the file shows of its log, once that was verified.
    """

    def __init__(
        self, pdf: Any, report: Report, signature: FileSignature | None, label_of: LabelOf, stamps: int
    ) -> None:
        self._pdf, self._stamps = pdf, stamps
        self._report = report
        self._signature = signature
        self._files = EmbeddedFiles(pdf)
        self._label_of = label_of
        self._log = LogVerifier(report, label_of=label_of)
        self._disclosed, self._faulty = self._log.disclosed, self._log.faulty
        self._vouched: list[str] = []
        self._others_vouched: list[str] = []
        self._handed_over: dict[int, Mapping[int, Disclosed]] = {}
        self._extended: list[Checkpoint] = []
        self._not_compared: list[str] = []
        self._found = Found()
        self.known_log: KnownLog | None = None

    @property
    def has_manifest(self) -> bool:
        """Whether the file has an embedded file of the manifest's name, or a list of files that cannot be read."""
        return bool(self._files.fault) or self._files.has(MANIFEST_FILE)

    def run(self, untrusted: bytes) -> Found:
        """Verify every item in the order of the steps. Return what else was found."""
        untrusted_manifest, untrusted_note = self._files.read(MANIFEST_FILE), self._files.read(NOTE_FILE)
        if untrusted_manifest is None or untrusted_note is None:
            self._report.unreadable(
                "manifest",
                "The manifest or its signature, which are attached to the file, cannot be read.",
            )
            return self._found
        try:
            manifest = parse_manifest(untrusted_manifest)
        except VerificationError as error:
            self._report.unreadable("manifest", error.sentence)
            return self._found
        # 2. The note over the manifest (section 3).
        self._verify_manifest(untrusted_manifest, untrusted_note, manifest)
        # 3. to 6. The checkpoint, the records, the positions and the log's key (record-log.md, section 10).
        checkpoint = self._log.judge(manifest.checkpoint, manifest.log_key, manifest.records, manifest.left_out)
        if checkpoint is not None:
            # 7. The certificate of the file's signature (section 5).
            self._verify_certificate(manifest.log_key)
            # 8. The outside clocks (section 6; exchange.md, section 6; time-stamps.md, section 4).
            self._verify_attestations(manifest, checkpoint)
            # 9. Earlier checkpoints (RFC 9162, section 2.1.4).
            self._verify_earlier(manifest, checkpoint)
            # 10. Earlier checkpoints that the log's own records hold.
            known = self._log.judge_heads(checkpoint, self._extended)
            self.known_log = replace(
                known,
                signed=self._log.signed_checkpoints(manifest.checkpoint, manifest.log_key),
                others=tuple(origin_of(part.log_key) for part in manifest.handed_over),
            )
            self._not_compared += [f"record {index}" for index in self._log.not_compared]
            # 11. Hand-overs, each with steps 3 to 6, 8 and 10 for its own log.
            self._verify_handed_over(manifest)
            # 12. The exhibits (section 2).
            self._verify_exhibits(manifest)
        # 13. The embedded files (section 2).
        self._verify_files(manifest)
        # 14. The pages (section 4).
        self._verify_pages(manifest)
        # 15. to 17. What stands beside the pages, and no digest covers.
        self._verify_additions(untrusted)
        self._report.notes += [
            f"Log {fingerprint(manifest.log_key)}: compare this fingerprint with one that you received at the time.",
            *([] if self._vouched else [NO_CLOCK]),
            *self._vouched,
            *self._others_vouched,
            *([NOT_COMPARED.format(", ".join(self._not_compared[:MAX_NAMED]))] if self._not_compared else []),
            "What the records say is not judged.",
        ]
        return replace(self._found, log=fingerprint(manifest.log_key), clocks=len(self._vouched))

    def _verify_manifest(self, untrusted_manifest: bytes, untrusted_note: bytes, manifest: Manifest) -> None:
        try:
            require_signed(untrusted_manifest, untrusted_note, manifest.log_key)
        except VerificationError as error:
            self._report.add("manifest", False, error.sentence)
            return
        self._report.add("manifest", True, "Signed by the log's own key.")

    def _verify_certificate(self, log_key: bytes) -> None:
        """Compare the certificate with record 0. It is trusted by that digest, not by its issuer or dates (section 6)."""
        if self._signature is None:
            return
        first = self._disclosed.get(0)
        shown = first.shown if first else {}
        sealed = shown.get("/fields/certificate_sha256") == self._signature.certificate_sha256
        if not sealed or not self._is_where_readers_look(self._signature):
            sentence = (
                "The file is signed with another certificate than the one sealed in record 0, or in another place."
            )
        elif common_name(self._signature.certificate) != f"Log {fingerprint(log_key)}":
            sentence = "The certificate is named after another log."
        else:
            self._report.add("certificate", True, "The file is signed with the certificate that is sealed in record 0.")
            return
        self._report.add("certificate", False, sentence)

    def _is_where_readers_look(self, signature: FileSignature) -> bool:
        """Whether it is that of the form's one field beside time stamps, which PDF readers verify (step 7): step 1 finds it by its bytes."""
        try:
            field, *of_stamps = self._pdf.Root.AcroForm.Fields
            value = field.V
            return (
                len(of_stamps) == self._stamps
                and str(field.FT) == "/Sig"
                and "/Kids" not in field
                and str(value.SubFilter) == "/ETSI.CAdES.detached"
                and tuple(int(number) for number in value.ByteRange) == signature.byte_range
                and bytes(value.Contents) == signature.contents
            )
        except (AttributeError, KeyError, ValueError, TypeError):
            return False

    def _verify_exhibits(self, manifest: Manifest) -> None:
        for exhibit in manifest.exhibits:
            name = f"exhibit {exhibit.number}"
            if exhibit.first_page + exhibit.pages - 1 > len(manifest.pages):
                self._report.add(name, False, "The pages that it is said to have are not there.")
            elif all(shows_attachment(log, index, exhibit.sha256) for log, index in self._records_of(exhibit)):
                self._report.add(name, *self._verify_original(exhibit))
            else:
                self._report.add(name, False, "It is not an attachment of the records that it is said to belong to.")

    def _verify_original(self, exhibit: ExhibitFacts) -> tuple[bool, str]:
        """Compare an exhibit's embedded bytes with its digest. Return the result and its sentence."""
        if not exhibit.file:
            handed = any(each.first_page for each in exhibit.handed_over)
            taken = " Its pages are those of the hand-over, says the maker." if handed else ""
            return True, f"An attachment of a record shown; its exact bytes are not embedded.{taken}"
        content = self._files.read(exhibit.file)
        if content is None:
            return False, "Its exact bytes are missing from the file or cannot be read."
        ok = sha256(content).hexdigest() == exhibit.sha256
        return (
            ok,
            "Byte for byte the attachment that was sealed." if ok else "Its bytes are not those that were sealed.",
        )

    def _records_of(self, exhibit: ExhibitFacts) -> Iterator[tuple[Mapping[int, Disclosed], int]]:
        """Yield where an exhibit is said to be attached: the verified records of a log, none where the log is not shown, and a position."""
        yield from ((self._disclosed, index) for index in exhibit.records)
        for other in exhibit.handed_over:
            yield from ((self._handed_over.get(other.handover, {}), index) for index in other.records)

    def _verify_attestations(self, manifest: Manifest, checkpoint: Checkpoint) -> None:
        for number, clock in self._log.judge_clocks(manifest.clocks, checkpoint, manifest.log_key):
            self._extended.append(clock.checkpoint)
            self._vouched.append(f"Outside clock {number}: {clock.in_words()} {clock.its_worth()}")

    def _verify_earlier(self, manifest: Manifest, checkpoint: Checkpoint) -> None:
        for earlier in manifest.earlier:
            name = f"earlier head {earlier.checkpoint.size}"
            try:
                require_continued(earlier, checkpoint)
            except VerificationError as error:
                self._report.add(name, False, error.sentence)
                continue
            self._extended.append(earlier.checkpoint)
            self._report.add(name, True, "The log goes on from the head that it had then.")

    def _verify_handed_over(self, manifest: Manifest) -> None:
        for part in manifest.handed_over:
            # The record of this log binds the other log's checkpoint: what was received is what is shown.
            record = self._disclosed.get(part.handover) if part.handover not in self._faulty else None
            shown = record.shown if record else {}
            ok = shown.get("/kind") == "handover" and shown.get("/fields/signed_checkpoint") == part.checkpoint
            name = f"hand-over {part.handover} "
            sentence = (
                f"It was received with this head, as record {part.handover} says."
                if ok
                else "No record that is shown says that it was received with this head."
            )
            self._report.add(f"{name}received", ok, sentence)
            log = LogVerifier(self._report, name, self._label_of)
            checkpoint = log.judge(part.checkpoint, part.log_key, part.records, part.left_out)
            self._handed_over[part.handover] = log.disclosed
            if checkpoint is not None:
                extended = [each.checkpoint for each in part.earlier if is_continued(each, checkpoint)]
                for number, clock in log.judge_clocks(part.clocks, checkpoint, part.log_key):
                    extended.append(clock.checkpoint)
                    self._others_vouched.append(
                        f"{name.capitalize()}outside clock {number}: {clock.in_words()} {clock.its_worth()}"
                    )
                log.judge_heads(checkpoint, extended)
                self._not_compared += [f"{name}record {index}" for index in log.not_compared]

    def _verify_files(self, manifest: Manifest) -> None:
        expected = {MANIFEST_FILE, NOTE_FILE} | {exhibit.file for exhibit in manifest.exhibits if exhibit.file}
        fault = self._files.why_not_just(expected)
        self._report.add(
            "embedded files", not fault, fault or f"Just the {len(expected)} files that the manifest accounts for."
        )

    def _verify_pages(self, manifest: Manifest) -> None:
        signed, digests = manifest.pages, [*self._page_digests()]
        count = len(digests)
        self._report.add(
            "number of pages", count == len(signed), f"The file has {count} pages; {len(signed)} were signed."
        )
        places: dict[bytes, list[int]] = {}
        for place, digest in enumerate(signed, start=1):
            places.setdefault(digest, []).append(place)
        # Each page takes the first signed place behind the one before it; where it has none, the order is another.
        taken, rising = [0], True
        for digest in digests:
            if digest in places:
                later = next((place for place in places[digest] if place > taken[-1]), 0)
                rising = rising and bool(later)
                taken.append(later or taken[-1])
        self._report.add(
            "order of pages",
            rising,
            "As they were signed." if rising else "They are in another order, or one stands twice.",
        )
        for number, digest in enumerate(digests, start=1):
            was = places.get(digest, [])
            if not was:
                self._report.add(f"page {number}", False, "It is not as it was drawn, or is none that was signed.")
            elif number in was:
                self._report.add(f"page {number}", True, "As it was drawn.")
            else:
                self._report.add(f"page {number}", True, f"As it was drawn; in the bundle it is page {was[0]}.")
        held = set(digests)
        missing = tuple(place for place, digest in enumerate(signed, start=1) if digest not in held)
        self._found = replace(self._found, pages=len(signed), missing=missing)

    def _page_digests(self) -> Iterator[bytes]:
        """Yield the digest of each page of the file; of one that has none, no bytes."""
        import pikepdf

        digester = PageDigester()
        for page in self._pdf.pages:
            try:
                yield digester.digest(page)
            except (pikepdf.PdfError, CircularPage, RuntimeError, ValueError, TypeError, AttributeError):
                yield b""

    def _verify_additions(self, untrusted: bytes) -> None:
        from evidence_app.proof.bundle import additions

        annotations = additions.annotations_of(self._pdf)
        marks = additions.in_words(annotations) if annotations else ""
        self._report.add(
            "annotations", not marks, f"{marks}: they may cover words." if marks else "Nobody put marks on the pages."
        )
        acting = additions.listed(additions.active_content_of(self._pdf))
        self._report.add(
            "active content", not acting, f"The file has {acting}." if acting else "Nothing in the file acts by itself."
        )
        doubt = additions.why_not_one_reading(untrusted, self._pdf)
        self._report.add(
            "one reading",
            not doubt,
            f"{doubt}: readers may show other words than those that were signed."
            if doubt
            else "It can be read in one way only.",
        )
        self._found = replace(self._found, annotations=marks, acting=acting)
