"""The parts of a resolved plan: exhibits, runs of records left out, hand-overs shown, counts of members."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from evidence_app.domain.plan.saved_plan import Document
from evidence_app.domain.record.records import AttachmentFacts, RecordKey, RecordRef
from evidence_app.domain.summary.counting import Table
from evidence_app.proof.attestations import Attestation
from evidence_app.proof.checkpoints import Checkpoint


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A run of positions that are not shown, and why."""

    first: int
    last: int
    reason: str

    @property
    def count(self) -> int:
        """How many records it is."""
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class HandedOverPages:
    """The pages of a file in a hand-over: which hand-over, whose it is, its first page there, from 1, and how many there are."""

    handover: int
    whose: str
    first_page: int
    pages: int


@dataclass(frozen=True, slots=True)
class FileOfOthers:
    """A file of a member's record of which no pages were handed over: the record, the file, and why."""

    record: RecordKey
    facts: AttachmentFacts
    why: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An attachment in the bundle. `records` are the records that have it; `chosen` is what the person set for it.

    `taken_from` says where its pages are where a member handed them over, and the file itself stayed with the member.

    `within` are the places, from 1, of a file inside a mail, or inside a mail that is inside it. `tie` says to which other exhibit it
    belongs, if to one.
    """

    number: int
    facts: AttachmentFacts
    records: tuple[RecordKey, ...]
    chosen: Document = field(default_factory=Document)
    within: tuple[int, ...] = ()
    tie: str = ""
    taken_from: HandedOverPages | None = None

    @property
    def label(self) -> str:
        """Its number as it is printed: 4, or 4.1 for the first file in the mail that is exhibit 4."""
        return ".".join(str(number) for number in (self.number, *self.within))

    @property
    def key(self) -> str:
        """The name of its place in the PDF."""
        return f"exhibit-{self.number}"

    @property
    def title(self) -> str:
        """What it is called in index and bookmark."""
        return self.chosen.title or self.facts.name


@dataclass(frozen=True, slots=True)
class ShownHandover:
    """What a bundle shows of one hand-over: the position of its record, whose it is, the head it came with, what it leaves out of that log, and the outside clocks that vouch for that log."""

    handover: int
    whose: str
    checkpoint: Checkpoint
    signed_checkpoint: str
    log_key: bytes
    received_at: datetime
    left_out: tuple[LeftOut, ...] = ()
    clocks: tuple[Attestation, ...] = ()

    def without(self, gone: Collection[RecordKey], reason: str) -> "ShownHandover":
        """Return it with these records left out too."""
        left_out = {position: run.reason for run in self.left_out for position in range(run.first, run.last + 1)}
        left_out |= {
            key.position: reason for key in gone if isinstance(key, RecordRef) and key.handover == self.handover
        }
        return replace(self, left_out=tuple(runs_of(sorted(left_out.items()))))


@dataclass(frozen=True, slots=True)
class Extract:
    """Words that a record holds, and what is said of it: never who, where or on which day."""

    words: str
    about: str


@dataclass(frozen=True, slots=True)
class Collective:
    """Counts of members across what they handed over to a rep, and words that a person chose."""

    members: int
    tables: tuple[Table, ...]
    extracts: tuple[Extract, ...] = ()
    period: str = ""


def runs_of(reasons: Sequence[tuple[int, str]]) -> Iterator[LeftOut]:
    """Yield runs of positions that are left out for one reason. `reasons` are in order."""
    run: LeftOut | None = None
    for position, reason in reasons:
        if run is not None and run.last == position - 1 and run.reason == reason:
            run = LeftOut(run.first, position, reason)
            continue
        if run is not None:
            yield run
        run = LeftOut(position, position, reason)
    if run is not None:
        yield run


def reasons_in_words(left_out: Sequence[LeftOut]) -> str:
    """Say how many records are left out for which reason."""
    counts = Counter[str]()
    for run in left_out:
        counts[run.reason] += run.count
    if len(counts) == 1:
        return next(iter(counts))
    return "; ".join(f"{count} {reason}" for reason, count in counts.most_common())
