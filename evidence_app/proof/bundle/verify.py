"""Verify a bundle without its store, each item by itself (docs/spec/bundle.md, section 6).

The steps, numbered as the rows of that section's table and as the comments in the code. Each adds the items named in it:

1. `whole file`: the signature covers every byte of the file and is valid (section 5).
2. `manifest`: the embedded note signs this manifest with the log's key (section 3).
3. `checkpoint`: the signed head of the log verifies with the same key (record-log.md, section 10). Without it steps 4 to 11 cannot be judged.
4. `record N`: each record shown, whole or in part, is the one that was sealed (record-log.md, section 10).
5. `positions`: records shown and positions left out make up the whole log.
6. `log key`: record 0 shows the key that signs.
7. `certificate`: record 0 shows the certificate that signed the file, and PDF readers judge that same signature.
8. `exhibit N`: the records that it belongs to show its digest; its embedded bytes have it.
9. `outside clock N`: somebody else vouches for an earlier checkpoint, and the log goes on from it.
10. `earlier head N`: the log goes on from a checkpoint that was handed out before.
11. `hand-over N …`: the record of a hand-over shows the checkpoint it came with; steps 3 to 6 for that other log.
12. `embedded files`: just those that the manifest accounts for (section 2).
13. `number of pages`, `page N`: each page is as it was drawn (section 4).

No step stops another but where it says so, so that everything that is wrong is named.
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
NO_CLOCK: Final = (
    "No outside clock vouches for the log in this bundle; the times of sealing are the word of its owner's clock."
)
OWN_ANNOTATIONS: Final = frozenset({"/Link", "/Widget", "/Popup"})
DAMAGED: Final = "The file is too damaged to be opened, or is not a PDF."


def verify_bundle(untrusted: bytes, label_of: LabelOf = last_step) -> Report:
    """Verify a bundle and say item by item what holds. `label_of` names the fields of records in faults."""
    import pikepdf

    report = Report()
    # 1. The signature over the whole file (section 5).
    signature = _verify_whole_file(untrusted, report)
    try:
        with pikepdf.open(io.BytesIO(untrusted), suppress_warnings=True) as pdf:
            _Verifier(pdf, report, signature, label_of).run()
            appended = signature is None and holds_signed_file(untrusted)
            report.conclusion = conclude(report, appended=appended, annotations=_annotations(pdf))
    except (pikepdf.PdfError, RuntimeError, ValueError, RecursionError) as error:
        report.unreadable("file", f"{DAMAGED} ({type(error).__name__})")
    return report


def _annotations(pdf: Any) -> int:
    """Count the notes and marks on the pages; links and the signature's own field are none."""
    import pikepdf

    count = 0
    for page in pdf.pages:
        try:
            count += sum(str(each.get("/Subtype")) not in OWN_ANNOTATIONS for each in page.get("/Annots", []))
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
    """One verification of an opened file."""

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
        """Judge every item."""
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
        self._judge_manifest(untrusted_manifest, untrusted_note, manifest)
        # 3. to 6. The checkpoint, the records, the positions and the log's key (record-log.md, section 10).
        checkpoint = self._log.judge(manifest.checkpoint, manifest.log_key, manifest.records, manifest.left_out)
        if checkpoint is not None:
            # 7. The certificate of the file's signature (section 5).
            self._judge_certificate()
            # 8. The exhibits (section 2).
            self._judge_exhibits(manifest)
            # 9. The outside clocks (section 6; exchange.md, section 6; time-stamps.md, section 4).
            self._judge_clocks(manifest, checkpoint)
            # 10. Earlier heads (RFC 9162, section 2.1.4).
            self._judge_earlier(manifest, checkpoint)
            # 11. Hand-overs, each with steps 3 to 6 for its own log.
            self._judge_handed_over(manifest)
        # 12. The embedded files (section 2).
        self._judge_files(manifest)
        # 13. The pages (section 4).
        self._judge_pages(manifest)
        self._report.notes += [
            f"Log {fingerprint(manifest.log_key)}: compare this fingerprint with one that you received at the time.",
            *([] if self._vouched else [NO_CLOCK]),
            *self._vouched,
            "What the records say is not judged.",
        ]

    def _judge_manifest(self, untrusted_manifest: bytes, untrusted_note: bytes, manifest: Manifest) -> None:
        try:
            require_signed(untrusted_manifest, untrusted_note, manifest.log_key)
        except VerificationError as error:
            self._report.add("manifest", False, error.sentence)
            return
        self._report.add("manifest", True, "Signed by the log's own key.")

    def _judge_certificate(self) -> None:
        if self._signature is None:
            return
        first = self._disclosed.get(0)
        shown = first.shown if first else {}
        own = shown.get("/fields/certificate_sha256") == self._signature.certificate_sha256
        ok = own and self._is_where_readers_look(self._signature)
        sentence = (
            "The file is signed with the certificate that is sealed in record 0."
            if ok
            else "The file is signed with another certificate than the one sealed in record 0, or in another place."
        )
        self._report.add("certificate", ok, sentence)

    def _is_where_readers_look(self, signature: FileSignature) -> bool:
        """Whether the signature is that of the form's one field, which is the one that PDF readers judge."""
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

    def _judge_exhibits(self, manifest: Manifest) -> None:
        for exhibit in manifest.exhibits:
            name = f"exhibit {exhibit.number}"
            if all(self._names(index, exhibit.sha256) for index in exhibit.records):
                self._report.add(name, *self._judge_original(exhibit))
            else:
                self._report.add(name, False, "It is not an attachment of the records that it is said to belong to.")

    def _judge_original(self, exhibit: ExhibitFacts) -> tuple[bool, str]:
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

    def _names(self, index: int, digest: str) -> bool:
        disclosed = self._disclosed.get(index)
        return disclosed is not None and any(
            ATTACHMENT.fullmatch(path) and value == digest for path, value in disclosed.shown.items()
        )

    def _judge_clocks(self, manifest: Manifest, checkpoint: Checkpoint) -> None:
        for number, clock in enumerate(manifest.clocks, start=1):
            disclosed = self._disclosed.get(clock.record) if clock.record not in self._faulty else None
            try:
                require_vouched(clock, disclosed.shown if disclosed else None, checkpoint)
            except VerificationError as error:
                self._report.add(f"outside clock {number}", False, error.sentence)
                continue
            if disclosed is not None:
                told = with_words(clock, disclosed.shown)
                self._report.add(f"outside clock {number}", True, told.goes_on())
                self._vouched.append(f"Outside clock {number}: {told.in_words()} {told.its_worth()}")

    def _judge_earlier(self, manifest: Manifest, checkpoint: Checkpoint) -> None:
        for earlier in manifest.earlier:
            name = f"earlier head {earlier.checkpoint.size}"
            try:
                require_continued(earlier, checkpoint)
            except VerificationError as error:
                self._report.add(name, False, error.sentence)
                continue
            self._report.add(name, True, "The log goes on from the head that it had then.")

    def _judge_handed_over(self, manifest: Manifest) -> None:
        for part in manifest.handed_over:
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

    def _judge_files(self, manifest: Manifest) -> None:
        expected = {MANIFEST_FILE, NOTE_FILE} | {exhibit.file for exhibit in manifest.exhibits if exhibit.file}
        why = self._files.why_not_just(expected)
        self._report.add(
            "embedded files", not why, why or f"Just the {len(expected)} files that the manifest accounts for."
        )

    def _judge_pages(self, manifest: Manifest) -> None:
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
