"""Verify a bundle (docs/spec/bundle.md, section 6), a seal receipt (docs/spec/record-log.md, section 10) or a time stamp; compare two files."""

from dataclasses import replace
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof.bundle.verify_log import LabelOf, last_step
from evidence_app.proof.checkpoints import with_own_signature
from evidence_app.proof.encoding.times import in_words
from evidence_app.proof.known_log import Comparison, KnownLog, known_log
from evidence_app.proof.seal_receipts import looks_like_receipt, verify_receipt
from evidence_app.proof.time_stamps import read_answer, require_signed_alone
from evidence_app.proof.verdicts import Report, Verdict

STAMP_HEAD: Final = b"\x30"
"""First byte of a TimeStampResp in DER: it is a SEQUENCE."""
STAMP: Final = "time stamp"
"""Name of the item of a time stamp by itself."""
COMPARED: Final = {
    Comparison.SAME: (Verdict.VERIFIED, "Both are of one log, at the same head."),
    Comparison.GOES_ON: (Verdict.VERIFIED, "Both are of one log: the longer goes on from the head of the shorter."),
    Comparison.CONTRADICTS: (
        Verdict.ALTERED,
        "They CONTRADICT each other: no log can have had both heads. It was rewritten, or told in two ways. Keep both files.",
    ),
    Comparison.OTHER_LOG: (Verdict.UNREADABLE, "They are of two logs: neither says anything of the other."),
    Comparison.UNKNOWN: (
        Verdict.UNREADABLE,
        "They are of one log, and do not show enough of it to compare them: ask for a bundle that shows more.",
    ),
}
"""How two files stand to each other: as a verdict, and in words."""


def verify(untrusted: bytes, label_of: LabelOf = last_step) -> Report:
    """Verify the bytes of a bundle or a seal receipt, and report each item.

    `label_of` maps a kind of record and a path to the label of that field, for sentences that name a field.
    """
    return look_at(untrusted, label_of)[0]


def look_at(untrusted: bytes, label_of: LabelOf = last_step) -> tuple[Report, KnownLog | None]:
    """Verify as `verify` does, and return what the file shows of its log, where its checkpoint verifies."""
    if looks_like_receipt(untrusted):
        return _look_at_receipt(untrusted)
    if b"%PDF-" in untrusted[:1024]:
        from evidence_app.proof.bundle.verify import look_at_bundle

        return look_at_bundle(untrusted, label_of)
    if untrusted[:1] == STAMP_HEAD:
        return _look_at_stamp(untrusted), None
    report = Report()
    report.unreadable(
        "file",
        "This is neither a bundle (PDF) nor a seal receipt (tlog-proof) nor a time stamp, or its beginning is damaged.",
    )
    return report, None


def compare(one: KnownLog | None, other: KnownLog | None) -> tuple[Verdict, str]:
    """Return how what two files show of their logs stands to each other, as a verdict and a sentence."""
    if one is None or other is None:
        return Verdict.UNREADABLE, "They cannot be compared: one of them shows no head of a log that verifies."
    return COMPARED[one.compared_with(other)]


def is_over(untrusted_stamp: bytes, log: KnownLog | None) -> tuple[Verdict, str]:
    """Return whether a time stamp is over a checkpoint that another file shows (docs/spec/time-stamps.md, section 5), and a sentence."""
    if log is None:
        return Verdict.UNREADABLE, "They cannot be compared: the other file shows no head of a log that verifies."
    try:
        answer = read_answer(untrusted_stamp)
    except VerificationError as error:
        return Verdict.UNREADABLE, error.sentence
    if any(answer.is_of(note.encode("utf-8")) for note in log.signed):
        return Verdict.VERIFIED, "What was stamped is a signed head of the log in the other file."
    return Verdict.ALTERED, "What was stamped is no head that the other file shows."


def _look_at_stamp(untrusted: bytes) -> Report:
    report = Report()
    try:
        answer = read_answer(untrusted)
    except VerificationError as error:
        report.unreadable(STAMP, error.sentence)
        return report
    try:
        certificate = require_signed_alone(answer)
    except VerificationError as error:
        report.add(STAMP, False, f"{error.sentence} ({error.reason})")
        return report
    at = in_words(answer.at)
    report.add(STAMP, True, f"Whoever has the key of the certificate {certificate} said that its hash existed at {at}.")
    report.notes += [
        "Whose certificate that is, this does not show: compare its SHA-256 with what the authority publishes.",
        f"The hash is {answer.imprint.hex()}; “verify STAMP FILE” says whether it is of a head that a bundle or receipt shows.",
    ]
    return report


def _look_at_receipt(untrusted: bytes) -> tuple[Report, KnownLog | None]:
    report = Report()
    try:
        receipt = verify_receipt(untrusted)
    except VerificationError as error:
        if error.reason == "malformed":
            report.unreadable("seal receipt", error.sentence)
        else:
            report.add("seal receipt", False, f"{error.sentence} ({error.reason})")
        return report, None
    report.add("checkpoint", True, f"Signed by log {receipt.fingerprint} over {receipt.checkpoint.size} records.")
    report.add(
        "record",
        True,
        f"Record {receipt.index}, code {receipt.code}, is in that log. Its owner's clock said "
        f"{in_words(receipt.sealed_at)} when it was sealed.",
    )
    report.notes += [
        "Compare the log's fingerprint with one that you received at the time.",
        "No outside clock vouches for this receipt; it does not show what the record says.",
    ]
    log = known_log(receipt.checkpoint, [(receipt.index, receipt.leaf_hash, receipt.proof)])
    return report, replace(log, signed=(with_own_signature(receipt.signed_checkpoint),))
