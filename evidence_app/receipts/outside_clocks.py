"""Outside clocks: mails of others that quote the log's head, with the proof that this log goes on from it (bundle.md, section 2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence_app.crypto import merkle
from evidence_app.domain.fields import Json, JsonObject, Scalar
from evidence_app.domain.times import in_words
from evidence_app.encoding import base64
from evidence_app.encoding.json import members
from evidence_app.errors import VerificationError
from evidence_app.receipts.notes import Checkpoint, malformed, well_formed
from evidence_app.receipts.quoted_heads import read_head
from evidence_app.receipts.seal_receipts import read_hashes

MOST_CLOCKS: Final = 1_000
QUOTED: Final = re.compile(r"/fields/quoted_heads/(?:0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class OutsideClock:
    """A mail that quotes the log's head: everything before position `head.size` was sealed before it was written.

    `at` is the mail's own date in UTC, where it has one; `who` wrote it; `dkim` is what was found of its signature.
    """

    record: int
    head: Checkpoint
    at: datetime | None = None
    who: str = ""
    dkim: str = ""
    consistency: tuple[bytes, ...] = ()

    def to_json(self) -> JsonObject:
        """Return what the manifest says of it."""
        proof: list[Json] = [base64.encode(digest) for digest in self.consistency]
        return {"record": self.record, "head": self.head.line, "consistency": proof}

    def in_words(self) -> str:
        """Say what it vouches for, and how well."""
        dated = f"dated {in_words(self.at)}" if self.at else "without a date that can be read"
        signed = f"DKIM {self.dkim}" if self.dkim else "DKIM not checked"
        covered = "position 0" if self.head.size == 1 else f"positions 0 to {self.head.size - 1}"
        return f"Mail in record {self.record} from {self.who or 'somebody'}, {dated} by its sender ({signed}), quotes the head of {covered}."


def read_clock(untrusted: Json) -> OutsideClock:
    """Read what a manifest says of an outside clock.

    Raises:
        VerificationError: malformed.
    """
    parts = well_formed(lambda: members(untrusted, {"record", "head", "consistency"}, what="An outside clock"))
    record, line = parts["record"], parts["head"]
    head = read_head(line) if isinstance(line, str) else None
    if head is None or not isinstance(record, int) or isinstance(record, bool) or record < 0:
        raise malformed("An outside clock is malformed.")
    return OutsideClock(record, head, consistency=tuple(read_hashes(parts["consistency"])))


def require_vouched(clock: OutsideClock, shown: Mapping[str, Scalar] | None, checkpoint: Checkpoint) -> None:
    """Require that a shown record of somebody else's mail quotes the head, and that the log goes on from it.

    `shown` are the verified fields of the record, or None where it is not shown.

    Raises:
        VerificationError: outside-clock.
    """
    quoted = {value for path, value in (shown or {}).items() if QUOTED.fullmatch(path)}
    if shown is None or clock.head.line not in quoted:
        raise VerificationError("outside-clock", "The record that it names does not show that line.")
    if not is_of_others(shown):
        raise VerificationError("outside-clock", "The record that it names is no mail of somebody else.")
    if clock.head.origin != checkpoint.origin or clock.head.size > clock.record:
        raise VerificationError("outside-clock", "It quotes the head of another log, or one that was not there yet.")
    if not merkle.proves_consistency(
        clock.head.size, clock.head.root, checkpoint.size, checkpoint.root, clock.consistency
    ):
        raise VerificationError(
            "outside-clock", "The log does not go on from the head that it quotes: the log was rewritten."
        )


def is_of_others(shown: Mapping[str, Scalar]) -> bool:
    """Whether a record's fields, by path, are those of a mail or mail receipt that came from somebody else."""
    kind = shown.get("/kind")
    return kind == "mail-receipt" or (kind == "message" and shown.get("/fields/direction") == "received")
