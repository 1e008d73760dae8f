"""Verify the document time stamps of a bundle (docs/spec/bundle.md, section 8; time-stamps.md, section 3, steps 1, 2, 4 and 5)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof.bundle.stamp_updates import StampedFile, StampUpdate, digest_covered
from evidence_app.proof.encoding.times import spell
from evidence_app.proof.time_stamps import (
    answer_with,
    fingerprint_of,
    own_root_of,
    parse_certificates,
    read_answer,
    require_signed_by,
)
from evidence_app.proof.verdicts import Report

SAID: Final = "An authority saw this file at {} by its clock; the SHA-256 of its root certificate is {}."
COMPARE: Final = (
    "Time stamp {}: whoever makes a certificate can make such a stamp, so compare {} with what the authority publishes."
)


@dataclass(frozen=True, slots=True)
class DocumentTimeStamp:
    """A verified document time stamp: its time in UTC, and the SHA-256 of its authority's root certificate, in hexadecimal."""

    at: datetime
    root_sha256: str


def verify_stamp(untrusted: bytes, update: StampUpdate) -> DocumentTimeStamp:
    """Require that the time stamp of an update is over the bytes that it covers, and signed by the authority of its certificates.

    Raises:
        VerificationError: malformed, other-log, expired, untrusted-authority.
    """
    answer = read_answer(answer_with(update.token))
    if digest_covered(untrusted, update, answer.algorithm) != answer.imprint:
        raise VerificationError("other-log", "It is over another file, or the file is not as it was then.")
    certificates = parse_certificates(update.certificates)
    # Only the certificate that is named in the sentence is trusted: with two roots a stamp by the one would be said to be by the other.
    root = own_root_of(certificates)
    if root is None:
        raise VerificationError("untrusted-authority", "It names no root certificate.")
    require_signed_by(answer, [root], (each for each in certificates if each != root))
    return DocumentTimeStamp(answer.at, fingerprint_of(root))


def judge_stamps(untrusted: bytes, stamped: StampedFile, report: Report) -> list[str]:
    """Add the item of each time stamp to a report. Return what is to be compared, a note each."""
    notes = []
    for number, update in enumerate(stamped.updates, start=1):
        name = f"document time stamp {number}"
        try:
            stamp = verify_stamp(untrusted, update)
        except VerificationError as error:
            report.add(name, False, error.sentence)
            continue
        report.add(name, True, SAID.format(spell(stamp.at.replace(microsecond=0)), stamp.root_sha256))
        notes.append(COMPARE.format(number, stamp.root_sha256))
    return notes
