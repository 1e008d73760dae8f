"""Detection of personal identifiers in text, by their form.

The patterns of CRN, NOMS, PNC and CRO numbers are those of the service's own public code.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from evidence_app.domain.text.folding import fold
from evidence_app.proof.encoding.json import Json

BEGIN, END = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
"""Word boundaries. Unlike ``\\b``, they count an underscore as a boundary, as in file names such as ``X000123_report``."""

APART: Final = "[ .\\-\u2010\u2011\u2013/]"
"""What people put between the figures of a number."""
CALL: Final = "[ ().\\-\u2010\u2011\u2013/]{0,3}"
"""What stands between the figures of a telephone number."""
DAY: Final = (
    r"(?:\d{4}[-/. ]\d{1,2}[-/. ]\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)?(?: of)?[ ,./\u2013-]{0,3}(?:\d{1,2}|[A-Za-z]{3,9})[ ,./\u2013-]{1,3}\d{2,4}"
    r"|\d{1,2}[A-Za-z]{3}\d{2,4}|[A-Za-z]{3,9} \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{8}|\d{6})"
)
"""A day as people write it behind “born” and the like."""
BIRTH: Final = r"(?:d ?\.? ?o ?\.? ?b\b\.?|date of birth|birth ?date|birthday|born|dyddiad geni|ganed|ganwyd)"
WHOLE_DATE: Final = r"(?:0[1-9]|[12]\d|3[01])[ .\-\u2013/](?:0[1-9]|1[0-2])[ .\-\u2013/](?:19|20)\d{2}(?!\d)"
"""The beginning of what is a day and a time, and no telephone number."""
REST_OF_DATE: Final = r"(?<=\d\d[ .\-\u2013/])(?:0[1-9]|1[0-2])[ .\-\u2013/](?:19|20)\d{2}(?!\d)"
NO_PREFIX: Final = "(?!(?:am|an|as|at|by|he|me|my|on|or|pm|we)[ .-])"
"""Words that are no beginning of a National Insurance number."""
INWARD: Final = "[abd-hjlnp-uw-z]{2}"
"""The last two letters of a postcode in small letters: some are not used, as those of 5pm."""

PNC_CHECK: Final = "[A-HJ-NP-RT-Z]"
"""The letters that check a PNC number: I, O and S are none. Apart from its figures, I is the first word of the next sentence."""

PATTERNS = MappingProxyType(
    {
        what: re.compile(pattern)
        for what, pattern in {
            "CRN": rf"(?:{BEGIN}|(?<=CRN)|(?<=crn))(?:[A-Za-z]\d{{6}}|[b-hj-z][ -]\d{{6}}|[A-Z]{APART}?(?:\d{APART}{{0,2}}){{5}}\d)"
            + END,
            "NOMS number": BEGIN + r"(?:[A-Za-z]\d{4}[A-Za-z]{2}|[A-Z][ -]?\d{4}[ -]?[A-Z]{2})" + END,
            "PNC number": BEGIN
            # With its letter at the figures it is no part of a date, and a full stop before it ends a sentence.
            + r"(?<!\d[/-])(?:(?:\d{4}|\d{2}) ?/ ?\d{1,7}[A-Z]|(?<!\d\.)"
            + rf"(?:(?:\d{{4}}|\d{{2}}) ?/ ?(?:\d{{3,7}} {PNC_CHECK}|\d{{4,7}}[a-z])|\d{{4}} ?[-\u2013] ?\d{{5,7}} ?[A-Z]))"
            + END,
            "CRO number": BEGIN
            + r"(?:\d{4,6} ?[/-] ?\d{2} ?[A-Z]|\d{4,6} ?/ ?\d{2}[a-z]|\d{1,6} ?/ ?\d{2}[A-Z]|SF\d{2} ?/ ?\d{1,6}[A-Za-z])"
            + END,
            "National Insurance number": BEGIN
            + r"(?:[A-CEGHJ-PR-TW-Z]{2}[ .-]?(?:\d{2}[ .-]?){3}[A-Da-d]|"
            + NO_PREFIX
            + r"[a-ceghj-pr-tw-z]{2}[ .-]?(?:\d{2}[ .-]?){3}[a-d])"
            + END,
            "telephone number": rf"(?<![A-Za-z0-9])(?!{WHOLE_DATE})(?!{REST_OF_DATE})(?:\(?0\)?(?:(?=\d)|(?= \d \d))(?:{CALL}\d){{9,10}}|\+[1-9](?:{CALL}\d){{8,13}}"
            rf"|00[1-9](?:{CALL}\d){{9,13}}|00 [1-9](?:{CALL}\d){{9,13}}|7\d{{3}}[ -]\d{{3}}[ -]?\d{{3}})(?!\d)",
            "postcode": BEGIN
            + rf"(?:[A-Za-z]{{1,2}}\d[A-Za-z\d]?[ -]?\d[A-Z]{{2}}|[A-Za-z][a-z]?\d[a-z\d]?[ -]?(?!1st|2nd|3rd|\dth)\d{INWARD})"
            + END,
            "e-mail address": r"(?<![\w.+'-])[\w.+'-]{1,254}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,20}",
            "date of birth": rf"(?i)\b{BIRTH}(?! withheld)[^\d\n]{{0,16}}?(?<!\d){DAY}(?!\d)",
        }.items()
    }
)
"""The pattern of each type of identifier, for folded text. None matches a text that `_NEEDED` does not."""
_NEEDED: Final = re.compile(r"[\d@]")
"""A figure, or the sign of an e-mail address."""

DIGESTS: Final = re.compile(
    r"(?<![A-Za-z0-9+/=])(?:[A-Za-z0-9+/]{22}==|[A-Za-z0-9+/]{43}=|[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{91}=|[0-9a-f]{64})(?![A-Za-z0-9+/=])"
)
"""Salts, digests and signatures as logs and bundles encode them: 16, 32, 64 or 68 bytes in base64, or 32 in hexadecimal.

About one checkpoint in two hundred contains what looks like a postcode by chance. A checkpoint with a part withheld would
prove nothing.
"""
CRN = re.compile(r"[A-Z]\d{6}")
OF_CLIENTS: Final = frozenset(
    {"CRN", "NOMS number", "PNC number", "CRO number", "National Insurance number", "date of birth"}
)
"""The types that identify a client in any context. Others, such as a telephone number, may be a rep's own."""

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
        "card",
        "words",
        "log_key",
        "witness_key",
        "origin",
        "head_before",
        "signed_checkpoint",
        "checkpoint_before",
        "cosigned_checkpoint",
        "recipient_key",
        "answer",
        "certificates",
        "root_sha256",
        "receipt",
        "takes_the_place_of",
    }
)
"""Fields that programs write: a match in them is not a personal identifier."""

MACHINE_MADE: Final = ADDRESSING - {
    "message_id",
    "in_reply_to",
    "references",
    "for_message_id",
    "conversation",
    "sent_at_raw",
    "receipt_at_raw",
}
"""Fields that hold keys, digests and signatures. The other fields of `ADDRESSING` are written by mail programs."""

CORRESPONDENTS = frozenset({"from", "to", "cc", "bcc", "final_recipient", "original_recipient", "recipients"})
"""Fields that hold the addresses of correspondents, which do not identify a client."""


def bare(number: str) -> str:
    """Return a case number without what people put between its figures, in capitals."""
    return "".join(character for character in number if character.isalnum()).upper()


@dataclass(frozen=True, slots=True)
class Finding:
    """A personal identifier in a text: its type (a key of `PATTERNS`) and its offsets in that text."""

    what: str
    start: int
    end: int


def sorts_in(value: Json) -> list[str]:
    """Return the types of identifiers in all strings of a JSON value, in alphabetical order."""
    return sorted({each.what for text in _texts(value) for each in find_identifiers(text)})


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def without_digests(text: str) -> str:
    """Return a text with each digest or signature replaced by as many ``=``, so that offsets stay the same."""
    return DIGESTS.sub(lambda match: "=" * len(match.group()), text)


def find_identifiers(text: str) -> Iterator[Finding]:
    """Yield the identifiers in a text, type by type. Invisible marks, white space and line breaks in them are tolerated."""
    folded = fold(text)
    if _NEEDED.search(folded.text) is None:
        return
    searched = without_digests(folded.text)
    for what, pattern in PATTERNS.items():
        for match in pattern.finditer(searched):
            yield Finding(what, *folded.span(match.start(), match.end()))
