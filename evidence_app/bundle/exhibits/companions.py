"""Files that belong to another file of their record: the transcript of a recording, and a picture or print of how a document looked.

Whoever seals them names them after the other: `memo.m4a.transcript.txt`, `letter.docx.as shown.png`. So the tie is sealed with the record.
"""

from collections.abc import Sequence
from dataclasses import replace

from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.documents.media_types import TEXT_TYPES
from evidence_app.documents.read_file import HEIC_TYPES, IMAGE_TYPES
from evidence_app.documents.sound import is_recording
from evidence_app.domain.record.records import record_order

LOOKS = IMAGE_TYPES | HEIC_TYPES | {"application/pdf"}
"""Media types of files that show how something looked."""


def tied(exhibits: Sequence[Exhibit]) -> list[Exhibit]:
    """Return exhibits, each with the sentence that ties it to another, if one does."""
    said: dict[int, str] = {}
    for each in exhibits:
        for other in exhibits:
            if not _belongs(each, other):
                continue
            record = min(set(each.records) & set(other.records), key=record_order)
            if each.facts.media_type in TEXT_TYPES and _is_sound(other):
                said[each.number] = f"transcript of exhibit {other.number}, sealed by the author of record {record}"
                said[other.number] = f"its transcript is exhibit {each.number}"
            elif each.facts.media_type in LOOKS and other.facts.media_type not in LOOKS and not _is_sound(other):
                said[each.number] = f"how exhibit {other.number} looked, sealed by the author of record {record}"
                said[other.number] = f"how it looked is exhibit {each.number}"
    return [replace(each, tie=said.get(each.number, "")) for each in exhibits]


def _belongs(each: Exhibit, other: Exhibit) -> bool:
    """Whether a file is named after another that a record has too."""
    is_named_after = each.facts.name.casefold().startswith(f"{other.facts.name.casefold()}.")
    return is_named_after and bool(set(each.records) & set(other.records))


def _is_sound(exhibit: Exhibit) -> bool:
    return is_recording(exhibit.facts.media_type, b"")
