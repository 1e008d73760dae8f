"""Verify a bundle or a seal receipt, compare two of them, and extract what was signed; without a store and without a network."""

import re
import stat
from pathlib import Path

from evidence_app.bundle.foreign_bundle import Verified, verified_in_worker
from evidence_app.crypto.age_key import HEAD
from evidence_app.errors import InputError, VerificationError
from evidence_app.files import read_small, reason, write_whole
from evidence_app.proof.bundle.signature import signed_revision, verify_stamped_file
from evidence_app.proof.time_stamps import MAX_ANSWER_BYTES
from evidence_app.proof.verdicts import Check, Report, Verdict
from evidence_app.proof.verify import STAMP_HEAD, compare, is_over

MAX_FILE_BYTES = 400 * 1024**2
"""Maximum size of a file to verify in bytes, 400 MiB: it is held in memory whole."""
PRINTED = re.compile(r"evidence-trail/[a-z2-7]{32}")
PRINTED_ITEM = "printed fingerprint"
"""Name of the item on a fingerprint of another log on the first page."""
STAMPED = "stamped checkpoint"
"""Name of the item on a time stamp beside another file."""
COMPARED = "comparison"
"""Name of the item on how two files stand to each other."""


def verify_file(path: Path) -> Report:
    """Verify a file and return a report with one check per item.

    Raises:
        InputError: the file cannot be read, or is too large.
    """
    return _looked_at(path).report


def verify_bytes(untrusted: bytes) -> Report:
    """Verify the bytes of a bundle or a seal receipt. An encrypted hand-over is reported as unreadable."""
    return _looked_at(untrusted).report


def compare_files(one: Path, other: Path) -> Report:
    """Verify two files, and report how the log in the one stands to that in the other: what each says, then the comparison.

    Raises:
        InputError: a file cannot be read, or is too large.
    """
    report, logs = Report(), []
    for path in (one, other):
        verified = _looked_at(path)
        judged, log = verified.report, verified.log
        logs.append(log)
        faults = [check for check in judged.checks if check.verdict is not Verdict.VERIFIED]
        detail = judged.conclusion or (faults[0].detail if faults else "It verifies.")
        if judged.verdict is Verdict.UNREADABLE:
            report.unreadable(path.name, detail)
        else:
            report.add(path.name, not faults, detail)
    stamps = [path for path in (one, other) if _head_of(path)[0].startswith(STAMP_HEAD)]
    if len(stamps) == 1:
        log = logs[0] or logs[1]
        report.checks.append(
            Check(STAMPED, *is_over(read_small(stamps[0], what="The stamp", limit=MAX_ANSWER_BYTES), log))
        )
    else:
        report.checks.append(Check(COMPARED, *compare(*logs)))
    return report


def extract_signed(path: Path, out: Path) -> Report:
    """Write the file as it was signed, without what was added after that, and report on what was written.

    Raises:
        InputError: the file cannot be read, holds nothing that was signed as a bundle, or `out` is there already.
        EnvironmentProblem: `out` cannot be written. No file is left.
    """
    untrusted = _content(path)
    signed = signed_revision(untrusted)
    if signed is None:
        _require_as_signed(untrusted, path)
        signed = untrusted
    if out.exists():
        raise InputError(f"{out.name} is there already. Nothing was written.")
    write_whole(out, signed)
    return verify_bytes(signed)


def _require_as_signed(untrusted: bytes, path: Path) -> None:
    """Require that a file is as it was signed.

    Raises:
        InputError: it is not.
    """
    try:
        verify_stamped_file(untrusted)
    except VerificationError as error:
        raise InputError(
            f"{path.name} holds no whole file that was signed as a bundle: it was saved anew, or never was one. Nothing was written."
        ) from error


def _looked_at(source: Path | bytes) -> Verified:
    """Verify a file, or bytes, in a worker; and compare what its first page prints with its log."""
    head, size = _head_of(source) if isinstance(source, Path) else (source[: len(HEAD)], len(source))
    if head.startswith(HEAD):
        report = Report()
        report.unreadable("file", "This is encrypted to somebody: who has the key takes it in with “handover take”.")
        return Verified(report)
    verified = verified_in_worker(source, size)
    if verified.log is not None:
        known = {verified.log.checkpoint.origin, *verified.log.others}
        strangers = set(PRINTED.findall(verified.first_page)) - known
        if strangers:
            _say_printed(verified.report, min(strangers), verified.log.checkpoint.origin)
    return verified


def _say_printed(report: Report, printed: str, origin: str) -> None:
    """Add an item on a first page that prints the fingerprint of another log (docs/spec/bundle.md, section 6)."""
    report.add(PRINTED_ITEM, False, f"The first page prints {printed}: this file was made from a bundle of that log.")
    report.conclusion = (
        f"The pages print log {printed}, and what proves the records is of another, {origin}. So it is where somebody made a bundle "
        "of the first log anew, and then words may have been changed: ask for that bundle as it was handed over."
    )


def _head_of(path: Path) -> tuple[bytes, int]:
    """Return the first bytes of a file, and its size.

    Raises:
        InputError: it cannot be read, is no file, or is too large.
    """
    try:
        facts = path.stat()
        if not stat.S_ISREG(facts.st_mode):
            raise InputError(f"{path.name} is no file.")
        if facts.st_size > MAX_FILE_BYTES:
            raise InputError(f"{path.name} is too large to be a bundle or a seal receipt.")
        with path.open("rb") as file:
            return file.read(len(HEAD)), facts.st_size
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error


def _content(path: Path) -> bytes:
    _head_of(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {reason(error)}.") from error
