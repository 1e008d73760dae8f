"""What identifies a person, found in text.

The patterns of CRN, NOMS, PNC and CRO numbers are those of the service's own public code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

PATTERNS = MappingProxyType(
    {
        "CRN": re.compile(r"\b[A-Za-z]\d{6}\b"),
        "NOMS number": re.compile(r"\b[A-Za-z]\d{4}[A-Za-z]{2}\b"),
        "PNC number": re.compile(r"\b(?:\d{4}|\d{2})/\d{1,7}[A-Za-z]\b"),
        "CRO number": re.compile(r"\b(?:\d{1,6}/\d{2}[A-Za-z]|SF\d{2}/\d{1,6}[A-Za-z])\b"),
        "National Insurance number": re.compile(r"\b[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z]{2} ?(?:\d{2} ?){3}[A-Da-d]\b"),
        "telephone number": re.compile(r"(?<![\d/])(?:\+44 ?|0)(?:\d[ -]?){9,10}(?!\d)"),
        "postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"),
        "e-mail address": re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+"),
        "date of birth": re.compile(
            r"(?i)\b(?:d\.?o\.?b\.?|date of birth|born)\W{0,3}\d{1,2}[/. -]\w{1,9}[/. -]\d{2,4}"
        ),
    }
)

CRN = re.compile(r"[A-Z]\d{6}")

ADDRESSING = frozenset(
    {
        "message_id",
        "in_reply_to",
        "references",
        "for_message_id",
        "conversation",
        "quoted_heads",
        "head",
        "dkim",
        "raw_sha256",
        "sha256",
        "sent_at_raw",
        "receipt_at_raw",
    }
)
"""Fields that machines write: what looks like an identifier of a person in them is none."""

CORRESPONDENTS = frozenset({"from", "to", "cc", "final_recipient", "original_recipient", "recipients"})
"""Fields that hold the addresses of those who write to one another, which do not identify a client."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in a text that identifies a person. `start` and `end` are positions in that text."""

    what: str
    start: int
    end: int


def find_identifiers(text: str) -> Iterator[Finding]:
    """Yield what identifies a person in a text, class by class."""
    for what, pattern in PATTERNS.items():
        for match in pattern.finditer(text):
            yield Finding(what, match.start(), match.end())


def other_case_references(text: str, own: str | None) -> list[str]:
    """Return the CRNs in a text that are not `own`."""
    found = (match.group().upper() for match in PATTERNS["CRN"].finditer(text))
    return sorted({crn for crn in found if crn != (own or "").upper()})
