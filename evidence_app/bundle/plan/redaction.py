"""Redaction that still proves: rules that find what is withheld in a text, and what of it was applied to a bundle.

`RedactionRules` finds and remembers nothing. `Applied` is what was withheld so far, as a value. A `RedactionRun` applies the rules to one text after
another and gives the new value: the schedule, the key sheet and the search of the finished file are computed from that.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final, NamedTuple

from evidence_app.domain.people.identities import CLIENT_ROLE
from evidence_app.domain.people.pseudonyms import IdentifierFinder, Pseudonyms
from evidence_app.domain.plan.preview import record_anchor
from evidence_app.domain.plan.profile import Profile
from evidence_app.domain.plan.saved_plan import TELLING_CLASSES, Redaction
from evidence_app.domain.record.records import RecordKey
from evidence_app.domain.text.identifiers import ADDRESSING, CORRESPONDENTS, CRN, PATTERNS, bare, without_digests
from evidence_app.domain.text.misread_numbers import find_misread
from evidence_app.domain.text.name_matching import find_words
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
MIN_TELLING_LENGTH: Final = 12
"""Minimum length of a withheld field for the leak search; shorter values, such as a yes, would match by chance."""
OWNED: Final = re.compile("['\u2019]s(?![A-Za-z0-9])[^A-Za-z0-9]*$")
"""The end of a word that says whose something is."""
OTHER_CASE: Final = "another case's number"
IDENTIFIES: Final = "identifies somebody; a rule of the profile"
BY_PROFILE: Final = "a rule of the profile"


class RedactionSpan(NamedTuple):
    """Where in a text something is withheld, and why. `label` stands in its place; without one a pseudonym of the `value` does.

    `by_hand` is the index of the redaction by hand that found it, `category` its row in the schedule, `role` who is withheld; with `near` it is only nearly
    a name, and the finished file is not searched for it.
    """

    start: int
    end: int
    value: str
    category: str
    why: str
    label: str = ""
    by_hand: int | None = None
    role: str = CLIENT_ROLE
    near: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleEntry:
    """A row of the redaction schedule: at the place of which key, what kind of thing, and why. Never the value."""

    key: str
    category: str
    why: str


@dataclass(frozen=True, slots=True)
class Applied:
    """What was withheld from the texts of a bundle so far.

    `schedule` counts it by place; `hidden` are the values that the finished file is searched for; `used` are the indexes of the redactions by hand
    that found something; `pseudonyms` are those that were given.
    """

    schedule: Mapping[ScheduleEntry, int] = field(default_factory=lambda: MappingProxyType({}))
    hidden: frozenset[str] = frozenset()
    used: frozenset[int] = frozenset()
    pseudonyms: Pseudonyms = field(default_factory=Pseudonyms)

    @property
    def count(self) -> int:
        """How many things are withheld."""
        return sum(self.schedule.values())

    def only(self, keys: Collection[str]) -> "Applied":
        """Return what was withheld at these places of the schedule."""
        part = {entry: count for entry, count in self.schedule.items() if entry.key in keys}
        return replace(self, schedule=MappingProxyType(part))

    def key(self) -> list[tuple[str, str]]:
        """Return the key sheet: each pseudonym with what it stands for. It never goes into the bundle."""
        return list(self.pseudonyms.values.items())


@dataclass(frozen=True, slots=True)
class RedactionRules:
    """Finds what is to be withheld, the same way for every text of a bundle.

    `finder` knows the clients' names; `by_hand` is what a person withholds. The e-mail addresses of those who wrote to one another do not identify
    a client: the finder leaves them.
    """

    profile: Profile
    case_ref: str
    finder: IdentifierFinder = field(default_factory=IdentifierFinder)
    by_hand: tuple[Redaction, ...] = ()

    @property
    def looks_at_files(self) -> bool:
        """Whether words are looked for in exhibits at all."""
        return self.profile.pseudonyms or bool(self.by_hand)

    def in_field(self, record: RecordKey, path: str, text: str) -> tuple[RedactionSpan, ...]:
        """Return what is withheld in a record's field, as it is found: spans may overlap."""
        steps = path.split("/")[1:]
        name = steps[1] if len(steps) > 1 and steps[0] == "fields" else steps[0]
        if name in KEPT or name in {"sha256", "media_type"} or steps[-1] == "sha256":
            return ()
        chosen = [n for n, each in enumerate(self.by_hand) if each.words and _is_about(each, record, name)]
        automatic = self._automatic(text, addresses=name not in CORRESPONDENTS) if name not in ADDRESSING else ()
        return self._all(text, chosen, automatic)

    def in_exhibit(self, exhibit: str, text: str, *, recognised: bool = False) -> tuple[RedactionSpan, ...]:
        """Return what is withheld in an exhibit's text, as it is found: spans may overlap. `exhibit` is the digest of its bytes.

        Of words that were `recognised` on a picture, what is nearly a name is withheld too.
        """
        chosen = [
            n
            for n, each in enumerate(self.by_hand)
            if each.words and each.record is None and each.exhibit in {"", exhibit}
        ]
        return self._all(text, chosen, self._automatic(text, addresses=False, near=recognised))

    def unsure(self, text: str) -> Iterator[str]:
        """Yield the words of a text of the plan itself that may name somebody who is withheld; nothing where the profile has no pseudonyms."""
        if self.profile.pseudonyms:
            for each in (*self.finder.find_surnames(text), *self.finder.find_near(text)):
                yield text[each.start : each.end]

    def set_names(self) -> frozenset[str]:
        """Return the names of several words, the case numbers and the addresses of whoever is withheld: no finished file has them, wherever they come from."""
        if not self.profile.pseudonyms:
            return frozenset()
        names = (words for person in self.finder.people for words in person.words)
        return frozenset(
            words for words in names if len(words.split()) > 1 or "@" in words or any(each.isdigit() for each in words)
        )

    def whole_field(self, record: RecordKey, path: str) -> int | None:
        """Return the index of the redaction by hand that withholds the whole field that a path belongs to."""
        steps = path.split("/")[1:]
        name = steps[1] if len(steps) > 1 and steps[0] == "fields" else ""
        for index, each in enumerate(self.by_hand):
            if name and each.record == record and each.field == name and not each.words:
                return index
        return None

    def areas(self, exhibit: str) -> dict[int, list[tuple[float, float, float, float]]]:
        """Return the areas of an exhibit that a person withholds, by its page from 1."""
        areas: dict[int, list[tuple[float, float, float, float]]] = {}
        for each in self.by_hand:
            if each.exhibit == exhibit and each.area is not None:
                areas.setdefault(each.page, []).append(each.area)
        return areas

    def without_effect(self, applied: Applied) -> list[int]:
        """Return the places, from 1, of the redactions by hand that found nothing."""
        return [index + 1 for index in range(len(self.by_hand)) if index not in applied.used]

    def _all(self, text: str, chosen: Sequence[int], automatic: Sequence[RedactionSpan]) -> tuple[RedactionSpan, ...]:
        by_hand = [
            RedactionSpan(start, end, text[start:end], printed(each), each.why, f"[{printed(each)} withheld]", index)
            for index, each in ((n, self.by_hand[n]) for n in chosen)
            for start, end in find_words(each.words, text)
        ]
        return (*by_hand, *automatic)

    def _automatic(self, text: str, *, addresses: bool, near: bool = False) -> tuple[RedactionSpan, ...]:
        if self.profile.pseudonyms:
            return tuple(
                RedactionSpan(each.start, each.end, each.value, each.what, IDENTIFIES, role=each.role, near=each.near)
                for each in self.finder.find(text, addresses=addresses, near=near)
            )
        if not self.profile.one_case:
            return ()
        matches = PATTERNS["CRN"].finditer(without_digests(text))
        numbers = [(match.start(), match.end(), match.group()) for match in matches]
        if near:
            numbers += [(each.start, each.end, each.value) for each in find_misread(text) if each.what == "CRN"]
        return tuple(
            RedactionSpan(start, end, crn, OTHER_CASE, IDENTIFIES, WITHHELD_MARK)
            for start, end, crn in numbers
            if CRN.fullmatch(bare(crn)) and bare(crn) != bare(self.case_ref)
        )


class RedactionRun:
    """Applies the rules to one text after another, beginning from what was applied before. Local to whoever begins it; the result is `applied`."""

    def __init__(self, rules: RedactionRules, before: Applied) -> None:
        self.rules = rules
        self._schedule = Counter(before.schedule)
        self._hidden = set(before.hidden)
        self._used = set(before.used)
        self._pseudonyms = before.pseudonyms

    @property
    def applied(self) -> Applied:
        """What was applied before and in this run."""
        schedule = MappingProxyType(dict(self._schedule))
        return Applied(schedule, frozenset(self._hidden), frozenset(self._used), self._pseudonyms)

    def words_in(self, record: RecordKey, path: str, text: str) -> Labels:
        """Withhold what the rules find in a record's field. Return the positions of the words, each with what stands in its place."""
        spans = self.apply(text, self.rules.in_field(record, path, text), record_anchor(record))
        return _labels(text, spans) if spans else MappingProxyType({})

    def text(self, text: str, exhibit: str = "", key: str = "") -> str:
        """Withhold what the rules find in a text of the bundle, such as that of a mail shown as an exhibit, and return it as it may be shown."""
        parts, offset = [], 0
        for span in self.in_exhibit(exhibit, key, text):
            parts += [text[offset : span.start], span.label]
            offset = span.end
        return "".join([*parts, text[offset:]])

    def in_exhibit(self, exhibit: str, key: str, text: str, *, recognised: bool = False) -> list[RedactionSpan]:
        """Withhold what the rules find in an exhibit's text. `key` is its place in the schedule; without one nothing is counted."""
        return self.apply(text, self.rules.in_exhibit(exhibit, text, recognised=recognised), key)

    def whole_field(self, record: RecordKey, path: str, value: object) -> bool:
        """Withhold the whole field that a path with a value belongs to, if a person asks for it."""
        index = self.rules.whole_field(record, path)
        if index is None:
            return False
        if index not in self._used:
            redaction = self.rules.by_hand[index]
            self.note(record_anchor(record), printed(redaction), redaction.why)
        self._used |= {n for n, each in enumerate(self.rules.by_hand) if each == self.rules.by_hand[index]}
        if len(str(value)) >= MIN_TELLING_LENGTH:
            self._hidden.add(str(value))
        return True

    def areas(self, exhibit: str, key: str) -> dict[int, list[tuple[float, float, float, float]]]:
        """Withhold the areas of an exhibit that a person chose, and return them by its page from 1."""
        for each in self.rules.by_hand:
            if each.exhibit == exhibit and each.area is not None:
                self.note(key, printed(each), each.why)
        return self.rules.areas(exhibit)

    def areas_shown(self, exhibit: str, pages: Collection[int]) -> None:
        """Count the areas of an exhibit whose page, from 1, is shown as having found something."""
        self._used |= {
            index
            for index, each in enumerate(self.rules.by_hand)
            if each.exhibit == exhibit and each.area and each.page in pages
        }

    def hide(self, value: str) -> None:
        """Have the finished file searched for a value that was painted over."""
        self._hidden.add(value)

    def note(self, key: str, category: str, why: str) -> None:
        """Count something withheld for the schedule."""
        if key:
            self._schedule[ScheduleEntry(key, category, why)] += 1

    def apply(self, text: str, found: Sequence[RedactionSpan], key: str) -> list[RedactionSpan]:
        """Withhold what was found in a text. Return the spans in order and without overlaps, each with its label."""
        applied: list[RedactionSpan] = []
        for span in found:
            labelled = self._labelled(span)
            inside = any(span.start >= other.start and span.end <= other.end for other in applied)
            if span.by_hand is None and inside:
                # A person withholds it already, and gave the reason.
                continue
            applied.append(labelled)
            self.note(key, span.category, span.why)
            if span.by_hand is not None:
                self._used.add(span.by_hand)
        self._hidden.update(
            text[span.start : span.end] for span in applied if span.label != WITHHELD_MARK and not span.near
        )
        return merged(applied)

    def _labelled(self, span: RedactionSpan) -> RedactionSpan:
        if span.label:
            return span
        label, self._pseudonyms = self._pseudonyms.give(span.value, span.category, span.role)
        return span._replace(label=label if label.startswith("[") else f"[{label}]")


def printed(redaction: Redaction) -> str:
    """Return the class of a redaction as a bundle prints it: a class that would itself tell what is withheld is “other”."""
    return "other" if redaction.category in TELLING_CLASSES else redaction.category


def merged(spans: Sequence[RedactionSpan]) -> list[RedactionSpan]:
    """Return spans in order; what overlaps is one span under the first label, so that nothing of either is shown."""
    found: list[RedactionSpan] = []
    for span in sorted(spans, key=lambda each: (each.start, -each.end)):
        if found and span.start < found[-1].end:
            found[-1] = found[-1]._replace(end=max(span.end, found[-1].end))
        else:
            found.append(span)
    return found


def _is_about(redaction: Redaction, record: RecordKey, field_name: str) -> bool:
    if redaction.exhibit or redaction.record not in {None, record}:
        return False
    return redaction.field in {"", field_name}


def _labels(text: str, spans: Sequence[RedactionSpan]) -> Labels:
    """Return the words that spans touch: the first of each shows its label, between the signs that stand around what is withheld."""
    labels: dict[int, str] = {}
    words: list[tuple[int, int]] = []
    offset = 0
    for word in words_of(text):
        words.append((offset, offset + len(word.rstrip(" \t\n"))))
        offset += len(word)
    for position, (start, end) in enumerate(words):
        for span in spans:
            if span.start < end and span.end > start:
                labels.setdefault(position, _with_signs(text, words, span) if span.start >= start else "")
    return MappingProxyType(labels)


def _with_signs(text: str, words: Sequence[tuple[int, int]], span: RedactionSpan) -> str:
    """Return a label with the signs before and behind it in its words: a sentence that ends with a name ends all the same.

    Words are withheld whole, with a full stop or a bracket. Signs tell nothing of what is withheld; letters and figures beside it may, and are
    not shown, but for the s of whose something is.
    """
    start = next(start for start, end in words if start <= span.start < end)
    last = max((end for start, end in words if start < span.end), default=span.end)
    before, behind = text[start : span.start], text[span.end : last]
    if any(each.isalnum() for each in before):
        before = ""
    if any(each.isalnum() for each in behind):
        behind = owned.group() if (owned := OWNED.match(behind)) else ""
    return f"{before}{span.label}{behind}"
