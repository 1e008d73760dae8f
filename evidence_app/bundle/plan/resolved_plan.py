"""The plan of a bundle, worked out: which records are shown and where, what of them is withheld, what is left out and why."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from evidence_app.bundle.plan.parts import Collective, Exhibit, FileOfOthers, LeftOut, ShownHandover, runs_of
from evidence_app.bundle.plan.redacted_record import ShownRecord, only_proves
from evidence_app.bundle.plan.redaction import Applied, RedactionRules
from evidence_app.bundle.plan.sections import PlacedSection
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import Cover
from evidence_app.domain.record.kinds import WORKLOAD
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import WordList
from evidence_app.domain.record.records import RecordKey, RecordRef, SealedRecord, record_order
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.domain.settings import Settings
from evidence_app.domain.thread.due_items import DueItem
from evidence_app.domain.thread.late_matches import LateMatch
from evidence_app.domain.thread.threads import Thread, all_threads
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.json import JsonObject

NOT_CHOSEN: Final = "outside the chosen case, period, thread or kinds of record"
"""One reason for all that is not taken in, so that none tells what was left out: that there was union or legal advice is nobody's business but the author's."""
NOT_IN_PLAN: Final = "not put into the bundle"
ELSEWHERE: Final = "in the bundle that this section belongs to"
COUNTED: Final = "shown in counts, or not at all"
LOST: Final = "lost with a damaged store"
DISPOSED: Final = "disposed of"
CLOSED: Final = "nothing in it is open"
HANDOVER_DAYS_AHEAD: Final = 260
"""Working days ahead that a hand-over looks: a year."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that decides what a bundle is, before any page is drawn. Times are in UTC.

    `stages` tells for each record whether it was there from the beginning (0) or came in the first, second … late section. `open` is what
    waits to be done, `counted` are the records of which counts alone are shown, by the words of `word_lists`. `story`, `asked`, `matters` and `statement` are what its maker wrote of it; `prefix` stands before each page number, `large_print` enlarges the pages, `pictures` are drawings that it asked for. `of_other_kinds` are records that were handed over and whose kind the profile leaves out. `looked_at` are the pages, from 1, of files, by their SHA-256, that a
    person looked at because words on them may have been missed.
    """

    profile: Profile
    title: str
    recipient: str
    case_ref: str
    owner: JsonObject
    made_at: datetime
    shown: tuple[ShownRecord, ...]
    left_out: tuple[LeftOut, ...]
    exhibits: tuple[Exhibit, ...]
    tree_size: int
    demonstration: bool = False
    addenda: Mapping[RecordKey, tuple[RecordKey, ...]] = field(default_factory=lambda: MappingProxyType({}))
    later_addenda: Mapping[RecordKey, tuple[RecordKey, ...]] = field(default_factory=lambda: MappingProxyType({}))
    threads: tuple[Thread, ...] = ()
    rules: RedactionRules | None = None
    applied: Applied = field(default_factory=Applied)
    case_shown: str = ""
    sections: tuple[PlacedSection, ...] = ()
    stages: Mapping[RecordKey, int] = field(default_factory=lambda: MappingProxyType({}))
    settings: Settings = field(default_factory=Settings)
    exhibits_left_out: tuple[tuple[str, str], ...] = ()
    not_handed_over: tuple[FileOfOthers, ...] = ()
    saved_as: str = ""
    open: tuple[DueItem, ...] = ()
    counted: tuple[SealedRecord, ...] = ()
    word_lists: Mapping[str, WordList] = field(default_factory=lambda: WORD_LISTS)
    collective: Collective | None = None
    handed_over: tuple[ShownHandover, ...] = ()
    matched_later: Mapping[RecordKey, LateMatch] = field(default_factory=lambda: MappingProxyType({}))
    cover: Cover = field(default_factory=Cover)
    story: tuple[StoryLine, ...] = ()
    asked: str = ""
    matters: tuple[StoryLine, ...] = ()
    statement: tuple[str, ...] = ()
    prefix: str = ""
    large_print: bool = False
    pictures: tuple[str, ...] = ()
    of_other_kinds: tuple[SealedRecord, ...] = ()
    looked_at: Mapping[str, frozenset[int]] = field(default_factory=lambda: MappingProxyType({}))
    keys: frozenset[RecordKey] = field(init=False)
    """Which records are shown."""
    loads: tuple[SealedRecord, ...] = field(init=False)
    """The workload records among them, as they are shown."""

    def __post_init__(self) -> None:
        # Every record's page asks for both.
        object.__setattr__(self, "keys", frozenset(each.record.key for each in self.shown))
        loads = tuple(each.shown for each in self.shown if each.shown.kind is WORKLOAD)
        object.__setattr__(self, "loads", loads)

    @property
    def own(self) -> tuple[ShownRecord, ...]:
        """The records of the log that makes the bundle."""
        return tuple(each for each in self.shown if not each.record.handover)

    @property
    def set(self) -> tuple[ShownRecord, ...]:
        """The records that have a place on the pages: what only proves others' records is in the annex alone."""
        return tuple(each for each in self.shown if not only_proves(self.profile, each.record))

    def of_handover(self, handover: int) -> tuple[ShownRecord, ...]:
        """The records of one hand-over, in the order of their log."""
        found = (each for each in self.shown if each.record.handover == handover)
        return tuple(sorted(found, key=lambda each: each.record.index)) if handover else ()

    @property
    def other_authors(self) -> tuple[str, ...]:
        """Whose records were handed over and are shown, by name or, where that is withheld, as the hand-over calls them."""
        authors = [each.shown.author_name for each in self.shown if each.record.handover]
        named = dict.fromkeys(name for name in authors if name)
        return tuple(named or dict.fromkeys(each.whose for each in self.handed_over))

    @property
    def front_day(self) -> date:
        """The day from which the parts in front look back."""
        days = [section.as_of for section in self.sections if section.stage == 0 and section.as_of]
        return days[0] if days else london_day(self.made_at)

    @property
    def late_sections(self) -> list[PlacedSection]:
        """The sections that were added after the bundle was handed over."""
        return [section for section in self.sections if section.stage]

    def has(self, section: str) -> bool:
        """Whether the profile asks for a part of the bundle."""
        return not self.profile.sections or section in self.profile.sections

    def chronological(self) -> list[ShownRecord]:
        """Return the shown records in the order in which things happened."""
        return sorted(self.set, key=when)

    def exhibits_of(self, record: SealedRecord) -> list[Exhibit]:
        """Return the exhibits of a record."""
        return [exhibit for exhibit in self.exhibits if record.key in exhibit.records]

    def only(self, section: PlacedSection) -> "Plan":
        """Return the plan of one section by itself: its records, those that its exhibits belong to, and what proves them."""
        exhibits = [each.exhibit for each in section.documents if each.exhibit is not None]
        records = {each.record.record.key for each in section.documents if each.record is not None}
        return replace(self.only_these(records, exhibits, ELSEWHERE), sections=(section,))

    def only_these(self, records: Collection[RecordKey], exhibits: Sequence[Exhibit], why: str) -> "Plan":
        """Return the plan of some records and exhibits alone, with what proves them; `why` is the reason for leaving out the others."""
        wanted: set[RecordKey] = set(records)
        wanted |= {key for exhibit in exhibits for key in exhibit.records[:1]}
        # Record 0 holds the log's key; of another log, the hand-over that brought it and its own record 0 prove the rest.
        handovers = {key.handover for key in wanted if isinstance(key, RecordRef)}
        wanted |= {0, *handovers, *(RecordRef(handover, 0) for handover in handovers)}
        shown = tuple(each for each in self.shown if each.record.key in wanted)
        left_out = {position: run.reason for run in self.left_out for position in range(run.first, run.last + 1)}
        left_out |= dict.fromkeys((key for key in self.keys - wanted if isinstance(key, int)), why)
        return replace(
            self,
            shown=shown,
            exhibits=tuple(
                replace(each, records=tuple(key for key in each.records if key in wanted)) for each in exhibits
            ),
            not_handed_over=tuple(each for each in self.not_handed_over if each.record in wanted),
            left_out=tuple(runs_of(sorted(left_out.items()))),
            applied=self.applied.only({record_anchor(key) for key in wanted} | {each.key for each in exhibits}),
            handed_over=tuple(
                each.without(self.keys - wanted, why) for each in self.handed_over if each.handover in handovers
            ),
        )

    def at_stage(self, stage: int) -> "Plan":
        """Return the plan as it stood with so many late sections, on the day from which that stage looks back."""
        if not self.late_sections:
            return self
        shown = tuple(each for each in self.shown if self.stages.get(each.record.key, 0) <= stage)
        sections = tuple(section for section in self.sections if section.stage <= stage)
        days = [section.as_of for section in sections if section.stage == stage and section.as_of]
        day = days[0] if days else london_day(self.made_at)
        still_open = tuple(each for each in self.open if self.stages.get(each.record.key, 0) <= stage)
        threads = tuple(threads_of(shown, day, self.settings))
        return replace(self, shown=shown, sections=sections, threads=threads, open=still_open)

    @property
    def left_out_count(self) -> int:
        """How many records are not shown."""
        return sum(run.count for run in self.left_out)

    @property
    def withheld_fields(self) -> int:
        """How many fields of shown records are withheld whole."""
        return sum(len(shown.withheld.paths) for shown in self.set)

    @property
    def withheld_words(self) -> int:
        """How many words are withheld inside fields that are shown."""
        return sum(shown.withheld_words for shown in self.shown)


def when(shown: ShownRecord) -> tuple[datetime, tuple[int, int]]:
    """Return what records are put in order by: when it happened, then when it was sealed."""
    return shown.record.event[0], record_order(shown.record.key)


def threads_of(shown: Sequence[ShownRecord], day: date, settings: Settings) -> Iterator[Thread]:
    """Yield the threads of the records shown, as they are shown, in the order in which they began."""
    found = all_threads([each.shown for each in shown], day, settings)
    for thread in sorted(found, key=lambda each: (each.root.event[0], record_order(each.root.key))):
        if len(thread.members) > 1 or thread.asks:
            yield thread
