"""Verify a bundle without its store, item by item (docs/spec/bundle.md, section 6).

The steps are numbered as the rows of that section's table and as the comments in the code. Each adds the items that it names:

1. `whole file`: the signature covers every byte of the file and is valid (section 5).
2. `manifest`: the embedded note signs this manifest with the log's key (section 3).
3. `checkpoint`: the log's checkpoint verifies with the same key (record-log.md, section 10). Without it steps 4 to 11 are skipped.
4. `record N`: each record shown, whole or in part, is the one that was sealed (record-log.md, section 10).
5. `positions`: records shown and positions left out make up the whole log.
6. `log key`: record 0 shows the key that signs.
7. `certificate`: record 0 shows the certificate that signed the file, and PDF readers verify that same signature.
8. `exhibit N`: the records that it belongs to show its digest; its embedded bytes have it.
9. `outside clock N`: somebody else vouches for an earlier checkpoint, and the log extends it.
10. `earlier head N`: the log extends a checkpoint that was handed out before.
11. `hand-over N …`: the record of a hand-over shows the checkpoint it came with; steps 3 to 6 for that other log.
12. `embedded files`: exactly those that the manifest accounts for (section 2).
13. `number of pages`, `page N`: each page is as it was drawn (section 4).

A failed step does not stop the later ones, except where noted, so that every fault is named.
"""

import io
import re
from hashlib import sha256
from typing import Any, Final

from evidence_app.errors import VerificationError
from evidence_app.proof.attestations import require_vouched, with_words
from evidence_app.proof.bundle.conclusions import conclude
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
from evidence_app.proof.bundle.signature import FileSignature, holds_signed_file, verify_file_signature
from evidence_app.proof.bundle.verify_log import LabelOf, LogVerifier, last_step
from evidence_app.proof.checkpoints import Checkpoint
from evidence_app.proof.prior_checkpoints import require_continued
from evidence_app.proof.signing import fingerprint
from evidence_app.proof.verdicts import Report

ATTACHMENT: Final = re.compile(r"/attachments/(?:0|[1-9][0-9]*)/sha256")
"""Paths at which a record holds the SHA-256 of an attachment."""
NO_CLOCK: Final = (
    "No outside clock vouches for the log in this bundle; the times of sealing are the word of its owner's clock."
)
OWN_ANNOTATIONS: Final = frozenset({"/Link", "/Widget", "/Popup"})
"""Types of annotation that are not counted: links and the signature's field are the bundle's own; a popup belongs to a note."""
DAMAGED: Final = "The file is too damaged to be opened, or is not a PDF."


def verify_bundle(untrusted: bytes, label_of: LabelOf = last_step) -> Report:
    """Verify the bytes of a bundle and report each item. `label_of` gives the labels of fields for sentences about faults."""
    import pikepdf

    report = Report()
    # 1. The signature over the whole file (section 5).
    signature = _verify_whole_file(untrusted, report)
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
            # 2. to 13. need the file's objects.
            _Verifier(pdf, report, signature, label_of).run()
            appended = signature is None and holds_signed_file(untrusted)
            report.conclusion = conclude(report, appended=appended, annotations=_annotations(pdf))
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError) as error:
        report.unreadable("file", f"{DAMAGED} ({type(error).__name__})")
    return report


def _annotations(pdf: Any) -> int:
    """Count the notes and marks that people added to the pages."""
    import pikepdf

    count = 0
    for page in pdf.pages:
        try:
            count += sum(str(note.get("/Subtype")) not in OWN_ANNOTATIONS for note in page.get("/Annots", []))
        except (AttributeError, TypeError, ValueError, pikepdf.PdfError):
            continue
    return count


def _verify_whole_file(untrusted: bytes, report: Report) -> FileSignature | None:
    try:
        signature = verify_file_signature(untrusted)
    except VerificationError as error:
        report.add("whole file", False, error.sentence)
        return None
    report.add("whole file", True, "Not one byte has changed since it was signed.")
    return signature


class _Verifier:
    """Steps 2 to 13 for one opened file. `signature` is the verified one, or None if `whole file` failed."""

    def __init__(self, pdf: Any, report: Report, signature: FileSignature | None, label_of: LabelOf) -> None:
        self._pdf = pdf
        self._report = report
        self._signature = signature
        self._files = EmbeddedFiles(pdf)
        self._label_of = label_of
        self._log = LogVerifier(report, label_of=label_of)
        self._disclosed, self._faulty = self._log.disclosed, self._log.faulty
        self._vouched: list[str] = []

    def run(self) -> None:
        """Verify every item in the order of the steps."""
        untrusted_manifest, untrusted_note = self._files.read(MANIFEST_FILE), self._files.read(NOTE_FILE)
        if untrusted_manifest is None or untrusted_note is None:
            self._report.unreadable(
                "manifest",
                "This PDF holds no manifest that can be read: it is no bundle of Evidence Trail, or is damaged.",
            )
            return
        try:
            manifest = parse_manifest(untrusted_manifest)
        except VerificationError as error:
            self._report.unreadable("manifest", error.sentence)
            return
        # 2. The note over the manifest (section 3).
        self._verify_manifest(untrusted_manifest, untrusted_note, manifest)
        # 3. to 6. The checkpoint, the records, the positions and the log's key (record-log.md, section 10).
        checkpoint = self._log.judge(manifest.checkpoint, manifest.log_key, manifest.records, manifest.left_out)
        if checkpoint is not None:
            # 7. The certificate of the file's signature (section 5).
            self._verify_certificate()
            # 8. The exhibits (section 2).
            self._verify_exhibits(manifest)
            # 9. The outside clocks (section 6; exchange.md, section 6; time-stamps.md, section 4).
            self._verify_attestations(manifest, checkpoint)
            # 10. Earlier checkpoints (RFC 9162, section 2.1.4).
            self._verify_earlier(manifest, checkpoint)
            # 11. Hand-overs, each with steps 3 to 6 for its own log.
            self._verify_handed_over(manifest)
        # 12. The embedded files (section 2).
        self._verify_files(manifest)
        # 13. The pages (section 4).
        self._verify_pages(manifest)
        self._report.notes += [
            f"Log {fingerprint(manifest.log_key)}: compare this fingerprint with one that you received at the time.",
            *([] if self._vouched else [NO_CLOCK]),
            *self._vouched,
            "What the records say is not judged.",
        ]

    def _verify_manifest(self, untrusted_manifest: bytes, untrusted_note: bytes, manifest: Manifest) -> None:
        try:
            require_signed(untrusted_manifest, untrusted_note, manifest.log_key)
        except VerificationError as error:
            self._report.add("manifest", False, error.sentence)
            return
        self._report.add("manifest", True, "Signed by the log's own key.")

    def _verify_certificate(self) -> None:
        """Compare the certificate with record 0. It is trusted by that digest, not by its issuer or dates (section 6)."""
        if self._signature is None:
            return
        first = self._disclosed.get(0)
        shown = first.shown if first else {}
        sealed = shown.get("/fields/certificate_sha256") == self._signature.certificate_sha256
        ok = sealed and self._is_where_readers_look(self._signature)
        sentence = (
            "The file is signed with the certificate that is sealed in record 0."
            if ok
            else "The file is signed with another certificate than the one sealed in record 0, or in another place."
        )
        self._report.add("certificate", ok, sentence)

    def _is_where_readers_look(self, signature: FileSignature) -> bool:
        """Return whether the signature is that of the form's one field, which is the one that PDF readers verify (step 7).

        Step 1 finds it by its bytes; a forger could give readers another field with another signature to show.
        """
        try:
            (field,) = self._pdf.Root.AcroForm.Fields
            value = field.V
            return (
                str(field.FT) == "/Sig"
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
            if all(self._shows_attachment(index, exhibit.sha256) for index in exhibit.records):
                self._report.add(name, *self._verify_original(exhibit))
            else:
                self._report.add(name, False, "It is not an attachment of the records that it is said to belong to.")

    def _verify_original(self, exhibit: ExhibitFacts) -> tuple[bool, str]:
        """Compare an exhibit's embedded bytes with its digest. Return the result and its sentence."""
        if not exhibit.file:
            return True, "An attachment of a record shown; its exact bytes are not embedded."
        content = self._files.read(exhibit.file)
        if content is None:
            return False, "Its exact bytes are missing from the file or cannot be read."
        ok = sha256(content).hexdigest() == exhibit.sha256
        return (
            ok,
            "Byte for byte the attachment that was sealed." if ok else "Its bytes are not those that were sealed.",
        )

    def _shows_attachment(self, index: int, digest: str) -> bool:
        """Return whether the record at a position shows an attachment with this SHA-256, as sealed."""
        disclosed = self._disclosed.get(index)
        return disclosed is not None and any(
            ATTACHMENT.fullmatch(path) and value == digest for path, value in disclosed.shown.items()
        )

    def _verify_attestations(self, manifest: Manifest, checkpoint: Checkpoint) -> None:
        for number, attestation in enumerate(manifest.clocks, start=1):
            # A record with any faulty field vouches for nothing.
            disclosed = self._disclosed.get(attestation.record) if attestation.record not in self._faulty else None
            try:
                require_vouched(attestation, disclosed.shown if disclosed else None, checkpoint)
            except VerificationError as error:
                self._report.add(f"outside clock {number}", False, error.sentence)
                continue
            if disclosed is not None:
                detailed = with_words(attestation, disclosed.shown)
                self._report.add(f"outside clock {number}", True, detailed.goes_on())
                self._vouched.append(f"Outside clock {number}: {detailed.in_words()} {detailed.its_worth()}")

    def _verify_earlier(self, manifest: Manifest, checkpoint: Checkpoint) -> None:
        for earlier in manifest.earlier:
            name = f"earlier head {earlier.checkpoint.size}"
            try:
                require_continued(earlier, checkpoint)
            except VerificationError as error:
                self._report.add(name, False, error.sentence)
                continue
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
            LogVerifier(self._report, name, self._label_of).judge(
                part.checkpoint, part.log_key, part.records, part.left_out
            )

    def _verify_files(self, manifest: Manifest) -> None:
        expected = {MANIFEST_FILE, NOTE_FILE} | {exhibit.file for exhibit in manifest.exhibits if exhibit.file}
        fault = self._files.why_not_just(expected)
        self._report.add(
            "embedded files", not fault, fault or f"Just the {len(expected)} files that the manifest accounts for."
        )

    def _verify_pages(self, manifest: Manifest) -> None:
        import pikepdf

        count, signed = len(self._pdf.pages), len(manifest.pages)
        self._report.add("number of pages", count == signed, f"The file has {count} pages; {signed} were signed.")
        digester = PageDigester()
        for number, (page, expected) in enumerate(zip(self._pdf.pages, manifest.pages, strict=False), start=1):
            try:
                ok = digester.digest(page) == expected
            except (pikepdf.PdfError, CircularPage, RuntimeError, ValueError, TypeError, AttributeError):
                ok = False
            self._report.add(f"page {number}", ok, "As it was drawn." if ok else "It is not as it was drawn.")
