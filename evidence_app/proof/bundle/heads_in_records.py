"""Checkpoints of a log that stand in its own records, compared with the log (docs/spec/bundle.md, section 6, “Heads in records”).

A log never signs two checkpoints of which one does not extend the other. So a record that holds one which the log did not
have shows that the log was rewritten.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final

from evidence_app.errors import VerificationError
from evidence_app.proof.checkpoints import Checkpoint, parse_checkpoint_text
from evidence_app.proof.disclosures import WITHHELD_MARK
from evidence_app.proof.encoding.json import Scalar
from evidence_app.proof.handover_receipts import FIRST_LINE
from evidence_app.proof.quoted_checkpoints import read_checkpoint_line
from evidence_app.proof.signed_notes import parse_note

LINES: Final = re.compile(r"/fields/(?:head|quoted_heads/(?:0|[1-9][0-9]*))")
"""Paths at which a record holds a checkpoint on one line."""
NOTES: Final = frozenset({"/fields/cosigned_checkpoint", "/fields/signed_checkpoint"})
"""Paths at which a record holds a signed checkpoint."""
FIELDS: Final = frozenset({"head", "quoted_heads", "cosigned_checkpoint", "signed_checkpoint", "receipt"})
"""The fields of a record in which these paths lie."""
RECEIPT: Final = "/fields/receipt"
"""Path at which a record holds a receipt for a hand-over, with a checkpoint on one line."""
RECEIPT_LINE: Final = "head "


def checkpoints_in(shown: Mapping[str, Scalar], origin: str) -> Iterator[tuple[str, Checkpoint]]:
    """Yield the checkpoints of a log with this origin in the fields of a record, by path, each with its path. No signature is verified."""
    for path, value in shown.items():
        if isinstance(value, str):
            checkpoint = _checkpoint_at(path, value)
            if checkpoint is not None and checkpoint.origin == origin:
                yield path, checkpoint


def _checkpoint_at(path: str, value: str) -> Checkpoint | None:
    if WITHHELD_MARK in value:
        return None
    if LINES.fullmatch(path):
        return read_checkpoint_line(value)
    with suppress(VerificationError):
        if path in NOTES:
            return parse_checkpoint_text(parse_note(value).text)
        if path == RECEIPT:
            lines = parse_note(value).text.split("\n")
            is_receipt = len(lines) == 6 and lines[0] == FIRST_LINE and lines[2].startswith(RECEIPT_LINE)
            return read_checkpoint_line(lines[2].removeprefix(RECEIPT_LINE)) if is_receipt else None
    return None
