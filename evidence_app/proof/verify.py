"""Verify a bundle (docs/spec/bundle.md, section 6) or a seal receipt (docs/spec/record-log.md, section 10)."""

from evidence_app.errors import VerificationError
from evidence_app.proof.bundle.verify_log import LabelOf, last_step
from evidence_app.proof.encoding.times import in_words
from evidence_app.proof.seal_receipts import looks_like_receipt, verify_receipt
from evidence_app.proof.verdicts import Report


def verify(untrusted: bytes, label_of: LabelOf = last_step) -> Report:
    """Verify the bytes of a bundle or a seal receipt, and report each item.

    `label_of` maps a kind of record and a path to the label of that field, for sentences that name a field.
    """
    if looks_like_receipt(untrusted):
        return _verify_receipt(untrusted)
    if b"%PDF-" in untrusted[:1024]:
        from evidence_app.proof.bundle.verify import verify_bundle

        return verify_bundle(untrusted, label_of)
    report = Report()
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
