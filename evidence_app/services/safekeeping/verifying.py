"""Verify a bundle or a seal receipt, without a store and without a network."""

from pathlib import Path

from evidence_app.crypto.age_key import HEAD
from evidence_app.domain.record.kinds import label_of_path
from evidence_app.errors import InputError
from evidence_app.files import reason
from evidence_app.proof.verdicts import Report
from evidence_app.proof.verify import verify

MAX_FILE_BYTES = 4 * 1024**3
"""Maximum size of a file to verify in bytes, 4 GiB."""


def verify_file(path: Path) -> Report:
    """Verify a file and return a report with one check per item.

    Raises:
        InputError: the file cannot be read, or is too large.
    """
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise InputError(f"{path.name} is too large to be a bundle or a seal receipt.")
        untrusted = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
    return verify_bytes(untrusted)


def verify_bytes(untrusted: bytes) -> Report:
    """Verify the bytes of a bundle or a seal receipt. An encrypted hand-over is reported as unreadable."""
    if untrusted.startswith(HEAD):
        report = Report()
        report.unreadable("file", "This is encrypted to somebody: who has the key takes it in with “handover take”.")
        return report
    return verify(untrusted, label_of_path)
