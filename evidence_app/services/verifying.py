"""Verify a bundle or a seal receipt, offline, with no store."""

from pathlib import Path

from evidence_app.crypto.age_key import HEAD
from evidence_app.domain.times import in_words
from evidence_app.errors import InputError, VerificationError
from evidence_app.files import reason
from evidence_app.receipts.seal_receipts import looks_like_receipt, verify_receipt
from evidence_app.receipts.verdicts import Report

FILE_LIMIT = 4 * 1024**3


def verify_file(path: Path) -> Report:
    """Verify a file and say item by item what holds.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        if path.stat().st_size > FILE_LIMIT:
            raise InputError(f"{path.name} is too large to be a bundle or a seal receipt.")
        untrusted = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    return verify_bytes(untrusted)


def verify_bytes(untrusted: bytes) -> Report:
    """Verify a bundle or a seal receipt held in memory."""
    if looks_like_receipt(untrusted):
        return _verify_receipt(untrusted)
    if b"%PDF-" in untrusted[:1024]:
        from evidence_app.bundle.verification import verify_bundle

        return verify_bundle(untrusted)
    report = Report()
    if untrusted.startswith(HEAD):
        report.unreadable("file", "This is encrypted to somebody: who has the key takes it in with “handover take”.")
        return report
    report.unreadable(
        "file", "This is neither a bundle (PDF) nor a seal receipt (tlog-proof), or its beginning is damaged."
    )
    return report


def _verify_receipt(untrusted: bytes) -> Report:
    report = Report()
    try:
        receipt = verify_receipt(untrusted)
    except VerificationError as error:
        if error.reason == "malformed":
            report.unreadable("seal receipt", error.sentence)
        else:
            report.add("seal receipt", False, f"{error.sentence} ({error.reason})")
        return report
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
    return report
