"""Redaction that still proves: which words are withheld, why, and what stands in their place on the page."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Final

from evidence_app.domain.people.pseudonyms import Pseudonymiser, Span, find_words
from evidence_app.domain.plan.profiles import Profile
from evidence_app.domain.plan.saved_plan import Redaction
from evidence_app.domain.text.identifiers import ADDRESSING, CORRESPONDENTS, CRN, PATTERNS, without_digests
from evidence_app.proof.commitment import words_of
from evidence_app.proof.disclosures import WITHHELD_MARK

Labels = Mapping[int, str]
"""For the position of a withheld word, what is shown in its place; nothing for a word whose place another has taken."""

KEPT: Final = (
    "id",
    "kind",
    "event_at",
    "event_until",
    "event_precision",
    "recorded_at",
    "late_entry",
    "author",
    "links",
)
"""Parts of a record that hold no words about anybody but its author."""
PROVING: Final = frozenset(
    {
        "type",
        "match",
        "format",
        "direction",
        "log_key",
        "certificate_sha256",
        "quoted_heads",
        "sha256",
        "profile",
        "witness_key",
        "cosigned_checkpoint",
        "authority",
        "stamped_at",
        "root_sha256",
        "signed_checkpoint",
        "answer",
        "certificates",
    }
)
"""Fields that a bundle without content shows all the same."""
TELLING: Final = 12
"""A withheld field of fewer characters, such as a yes, stands elsewhere by chance."""
OTHER_CASE: Final = "another case's number"
IDENTIFIES: Final = "identifies somebody; a rule of the profile"
BY_PROFILE: Final = "a rule of the profile"


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A row of the redaction schedule: at the place of which key, what sort of thing, and why. Never the value."""

    key: str
    category: str
    why: str


@dataclass
class Redactor:
    """Finds what is to be withheld, the same way for every text of a bundle.

    `names` are those of clients; `correspondents` are the addresses, in capitals, of those who wrote to one another: they do not identify a
    client. `by_hand` is what a person withholds. `hidden` are the values that were withheld, `schedule` counts them by place, `found` are the
    redactions by hand that found something.
    """

    profile: Profile
    case_ref: str
    names: tuple[str, ...] = ()
    correspondents: frozenset[str] = frozenset()
    by_hand: tuple[Redaction, ...] = ()
    pseudonyms_from: int | None = None
    hidden: set[str] = field(default_factory=set)
    schedule: Counter[ScheduleEntry] = field(default_factory=Counter)
    found: set[Redaction] = field(default_factory=set)
    _pseudonyms: Pseudonymiser = field(init=False)

    def __post_init__(self) -> None:
        kept = {self.case_ref.upper()} if self.profile.keeps_case else set()
        names = tuple(name for name in self.names if name.upper() not in kept)
        self._pseudonyms = Pseudonymiser(names, frozenset(kept) | self.correspondents, self.pseudonyms_from)

    @property
    def looks_at_files(self) -> bool:
        """Whether words are looked for in exhibits at all."""
        return self.profile.pseudonyms or bool(self.by_hand)

    def words_in(self, record: int, path: str, text: str) -> Labels:
        """Return the positions of the words of a record's field that are withheld, each with what stands in its place."""
        spans = self.spans_of(record, path, text, f"record-{record}")
        return _labels(text, spans) if spans else {}

    def spans_of(self, record: int, path: str, text: str, key: str = "") -> list[Span]:
        """Return where something stands in a record's field that is withheld. Without a `key` nothing is counted."""
        steps = path.split("/")[1:]
        name = steps[1] if len(steps) > 1 and steps[0] == "fields" else steps[0]
        if name in KEPT or name in {"sha256", "media_type"} or steps[-1] == "sha256":
            return []
        chosen = [each for each in self.by_hand if each.words and _is_about(each, record, name)]
        automatic = name not in ADDRESSING
        return self._spans(text, chosen, key, automatic=automatic, addresses=name not in CORRESPONDENTS)

    def field_withheld(self, record: int, path: str, value: object) -> bool:
        """Whether a person withholds the whole field that a path with a value belongs to."""
        steps = path.split("/")[1:]
        name = steps[1] if len(steps) > 1 and steps[0] == "fields" else ""
        for each in self.by_hand:
            if name and each.record == record and each.field == name and not each.words:
                if each not in self.found:
                    self.note(f"record-{record}", each.category, each.why)
                self.found.add(each)
                if len(str(value)) >= TELLING:
                    self.hidden.add(str(value))
                return True
        return False

    def regions(self, exhibit: str, key: str) -> dict[int, list[tuple[float, float, float, float]]]:
        """Return the areas of an exhibit that a person withholds, by its page from 1."""
        areas: dict[int, list[tuple[float, float, float, float]]] = {}
        for each in self.by_hand:
            if each.exhibit == exhibit and each.area is not None:
                areas.setdefault(each.page, []).append(each.area)
                self.note(key, each.category, each.why)
        return areas

    def regions_used(self, exhibit: str, pages: Collection[int]) -> None:
        """Keep in mind which regions of an exhibit found their page: one of those, from 1, that are shown."""
        self.found |= {each for each in self.by_hand if each.exhibit == exhibit and each.area and each.page in pages}

    def spans_in(self, exhibit: str, key: str, text: str) -> list[Span]:
        """Return where something stands in an exhibit's text that is withheld. `key` is its place in the schedule."""
        chosen = [each for each in self.by_hand if each.words and each.record is None and each.exhibit in {"", exhibit}]
        return self._spans(text, chosen, key, automatic=True, addresses=False)

    def text(self, text: str, exhibit: str = "", key: str = "") -> str:
        """Return a text of the bundle, such as that of a mail shown as an exhibit, as it may be shown."""
        parts, place = [], 0
        for start, end, label, _ in self.spans_in(exhibit, key, text):
            parts += [text[place:start], label]
            place = end
        return "".join([*parts, text[place:]])

    def note(self, key: str, category: str, why: str, count: int = 1) -> None:
        """Count something withheld for the schedule."""
        if key:
            self.schedule[ScheduleEntry(key, category, why)] += count

    def only(self, keys: set[str]) -> "Redactor":
        """Return a redactor whose schedule is that of some places."""
        part = copy(self)
        part.schedule = Counter({entry: count for entry, count in self.schedule.items() if entry.key in keys})
        return part

    def key(self) -> list[tuple[str, str]]:
        """Return the key sheet: each pseudonym with what it stands for. It never goes into the bundle."""
        return self._pseudonyms.key()

    def not_found(self) -> list[int]:
        """Return the places, from 1, of the redactions by hand that found nothing."""
        return [place for place, each in enumerate(self.by_hand, start=1) if each not in self.found]

    def _spans(
        self, text: str, chosen: Sequence[Redaction], key: str, *, automatic: bool, addresses: bool
    ) -> list[Span]:
        spans = list(self._by_hand(text, chosen, key))
        for span in self._automatic(text, addresses=addresses) if automatic else ():
            if not any(span.start >= other.start and span.end <= other.end for other in spans):
                spans.append(span)
                self.note(key, span.what, IDENTIFIES)
        found = _merged(spans)
        self.hidden.update(text[span.start : span.end] for span in spans if span.label != WITHHELD_MARK)
        return found

    def _by_hand(self, text: str, chosen: Sequence[Redaction], key: str) -> Iterator[Span]:
        for each in chosen:
            for start, end in find_words(each.words, text):
                self.found.add(each)
                self.note(key, each.category, each.why)
                yield Span(start, end, f"[{each.category} withheld]", each.category)

    def _automatic(self, text: str, *, addresses: bool) -> Iterator[Span]:
        if self.profile.pseudonyms:
            for span in self._pseudonyms.spans(text, addresses=addresses):
                yield span._replace(label=span.label if span.label.startswith("[") else f"[{span.label}]")
        elif self.profile.one_case:
            for match in PATTERNS["CRN"].finditer(without_digests(text)):
                crn = match.group().upper()
                if CRN.fullmatch(crn) and crn != self.case_ref.upper():
                    yield Span(match.start(), match.end(), WITHHELD_MARK, OTHER_CASE)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans in order; what overlaps is one span under the first label, so that nothing of either is shown."""
    found: list[Span] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if found and span.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(span.end, found[-1].end))
        else:
            found.append(span)
    return found


def _is_about(redaction: Redaction, record: int, field_name: str) -> bool:
    if redaction.exhibit or redaction.record not in {None, record}:
        return False
    return redaction.field in {"", field_name}


def _labels(text: str, spans: Sequence[Span]) -> Labels:
    """Return the words that spans touch: the first of each shows its label."""
    labels: dict[int, str] = {}
    place = 0
    for position, word in enumerate(words_of(text)):
        end = place + len(word.rstrip(" \t\n"))
        for start, stop, label, _ in spans:
            if start < end and stop > place:
                labels.setdefault(position, label if start >= place else "")
        place += len(word)
    return labels
