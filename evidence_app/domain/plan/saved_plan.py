"""Saved plans: the decisions of a person about a bundle (docs/spec/bundle-plan.md)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from evidence_app.domain.record.records import RecordKey
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject

FORMAT: Final = "evidence-trail/bundle-plan/v1"
"""Value of `format` in a plan file."""
CLASSES: Final = (
    "name",
    "address",
    "date or number",
    "health",
    "victim or third party",
    "child",
    "legal advice",
    "union matter",
    "other",
)
"""The classes of a redaction."""
TELLING_CLASSES: Final = frozenset({"legal advice", "union matter"})
"""Classes that are for the author's own overview: a bundle prints them as “other”."""
MAX_TITLE_LENGTH: Final = 120
"""Maximum length of a title, in characters."""
MAX_VALUE_LENGTH: Final = 300
"""Maximum length of what a pseudonym stands for, in characters, to be kept with a plan."""
MAX_DATE_LENGTH: Final = 40
"""Maximum length of a date, in characters."""
RANGE: Final = re.compile(r" *([1-9][0-9]{0,5})(?: *- *([1-9][0-9]{0,5}))? *")
"""A page, or a first and a last page."""
# Titles of sections where the plan names none.
RECORDS_TITLE: Final = "Records in full"
EXHIBITS_TITLE: Final = "Exhibits"
LATE_TITLE: Final = "Late documents"


def spelled(record: RecordKey) -> int | str:
    """Return how a plan file names a record: by its position, or “7/12” where it was handed over."""
    return record if isinstance(record, int) else str(record)


@dataclass(frozen=True, slots=True)
class Document:
    """A record, or an attachment by its SHA-256, with what stands in index and bookmark.

    `pages` are ranges of an exhibit's own pages, from 1; empty means all. `looked_through` means that a person has reviewed
    the exhibit. `page_alone` leaves out what a document of words has beside its pages: comments, tracked changes, what is hidden. `core` puts it into the core bundle too.
    `parts` keeps what a PDF has of an index: its bookmarks stand in index and outline, its page labels above its pages. `mark` stands in the
    index, such as whose document it is, or that it is disputed.
    """

    record: RecordKey | None = None
    exhibit: str = ""
    title: str = ""
    date: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    looked_through: bool = False
    page_alone: bool = False
    core: bool = False
    parts: bool = False
    mark: str = ""

    @property
    def key(self) -> RecordKey | str:
        """What it is: a record or a digest."""
        return self.exhibit if self.record is None else self.record

    def to_json(self) -> JsonObject:
        """Return the document in the form of a plan file."""
        content: JsonObject = {"exhibit": self.exhibit} if self.record is None else {"record": spelled(self.record)}
        optional: JsonObject = {"title": self.title, "date": self.date, "pages": ranges_in_words(self.pages)}
        content |= {name: value for name, value in optional.items() if value}
        content |= {"looked_through": True} if self.looked_through else {}
        content |= {"page_alone": True} if self.page_alone else {}
        content |= {"core": True} if self.core else {}
        content |= {"parts": True} if self.parts else {}
        return content | ({"mark": self.mark} if self.mark else {})


@dataclass(frozen=True, slots=True)
class Section:
    """Documents under one title.

    `as_of` is the day (Europe/London) as of whose end a late section shows threads and counts, and `as_of_records` is the
    number of records that the log had then.
    """

    title: str
    documents: tuple[Document, ...] = ()
    as_of: str = ""
    as_of_records: int | None = None

    def to_json(self) -> JsonObject:
        """Return the section in the form of a plan file."""
        content: JsonObject = {"title": self.title, "documents": [each.to_json() for each in self.documents]}
        content |= {"as_of": self.as_of} if self.as_of else {}
        return content | ({} if self.as_of_records is None else {"as_of_records": self.as_of_records})


@dataclass(frozen=True, slots=True)
class LeftOutByHand:
    """A record or exhibit that a person left out, with the reason that the bundle prints."""

    record: RecordKey | None
    exhibit: str
    reason: str

    def to_json(self) -> JsonObject:
        """Return it in the form of a plan file."""
        return {
            **({"exhibit": self.exhibit} if self.record is None else {"record": spelled(self.record)}),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Redaction:
    """Words, a field, or a region of an exhibit's page that a person withholds.

    `page` counts the exhibit's own pages from 1. `area` is left, top, right, bottom in fractions of the page as shown.
    """

    category: str
    why: str = ""
    words: str = ""
    record: RecordKey | None = None
    field: str = ""
    exhibit: str = ""
    page: int = 0
    area: tuple[float, float, float, float] | None = None

    def to_json(self) -> JsonObject:
        """Return the redaction in the form of a plan file."""
        content: JsonObject = {"class": self.category}
        for name in ("why", "words", "field", "exhibit"):
            content |= {name: getattr(self, name)} if getattr(self, name) else {}
        content |= {} if self.record is None else {"record": spelled(self.record)}
        return content | ({"page": self.page, "area": list(self.area)} if self.area else {})


def _line_to_json(line: StoryLine) -> JsonObject:
    content: JsonObject = {"text": line.text}
    return content if line.record is None else {**content, "record": spelled(line.record)}


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover says of the proceedings: the court, tribunal or panel, the case number, the parties, the hearing, and who represents whom."""

    court: str = ""
    number: str = ""
    parties: tuple[str, ...] = ()
    hearing: str = ""
    representative: str = ""

    def to_json(self) -> JsonObject:
        """Return the cover in the form of a plan file."""
        content: JsonObject = {name: getattr(self, name) for name in COVER_LINES if getattr(self, name)}
        return content | ({"parties": list(self.parties)} if self.parties else {})


COVER_LINES: Final = ("court", "number", "hearing", "representative")
"""The members of a cover that are one line of text."""


PICTURES: Final = ("calendar", "cases")
"""The drawings that a bundle can have besides those of its profile: the year day by day, and each case on a line."""


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan. docs/spec/bundle-plan.md defines each member; `sections` is None where the program arranges the documents."""

    profile: str
    name: str = ""
    title: str = ""
    recipient: str = ""
    case_ref: str = ""
    sections: tuple[Section, ...] | None = None
    as_of: str = ""
    as_of_records: int | None = None
    late: tuple[Section, ...] = ()
    left_out: tuple[LeftOutByHand, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    pseudonyms_from: str | int | None = None
    pseudonyms: tuple[tuple[str, str], ...] = ()
    records_seen: int | None = None
    cover: Cover = field(default_factory=Cover)
    story: tuple[StoryLine, ...] = ()
    asked: str = ""
    matters: tuple[StoryLine, ...] = ()
    statement: tuple[str, ...] = ()
    prefix: str = ""
    large_print: bool = False
    pictures: tuple[str, ...] = ()

    @property
    def stages(self) -> tuple[tuple[Section, ...], ...]:
        """The ordinary sections together, then each late section by itself."""
        return (self.sections or (), *((section,) for section in self.late))

    def documents(self) -> Iterator[Document]:
        """Yield the documents of all sections."""
        for sections in self.stages:
            for section in sections:
                yield from section.documents

    def to_json(self) -> JsonObject:
        """Return the plan in the form of a file."""
        content: JsonObject = {"format": FORMAT, "profile": self.profile}
        for name in ("name", "title", "recipient", "case_ref", "as_of", "asked", "prefix"):
            content |= {name: getattr(self, name)} if getattr(self, name) else {}
        content |= (
            {"pseudonyms": [{"pseudonym": label, "stands_for": value} for label, value in self.pseudonyms]}
            if self.pseudonyms
            else {}
        )
        content |= {"cover": self.cover.to_json()} if self.cover != Cover() else {}
        for name in ("story", "matters"):
            lines: list[Json] = [_line_to_json(line) for line in getattr(self, name)]
            content |= {name: lines} if lines else {}
        content |= {"large_print": True} if self.large_print else {}
        content |= {"pictures": list(self.pictures)} if self.pictures else {}
        content |= {"statement": list(self.statement)} if self.statement else {}
        if self.sections is not None:
            content["sections"] = [each.to_json() for each in self.sections]
        for name in ("late", "left_out", "redactions"):
            items = [each.to_json() for each in getattr(self, name)]
            content |= {name: items} if items else {}
        for name in ("as_of_records", "pseudonyms_from", "records_seen"):
            content |= {} if getattr(self, name) is None else {name: getattr(self, name)}
        return content

    def with_late(self, title: str, documents: Sequence[Document], today: str) -> "SavedPlan":
        """Return the plan with a late section added. Every stage before it keeps its day, or gets `today` (`frozen`)."""
        late = (*self.late, Section(title or LATE_TITLE, tuple(documents)))
        return replace(self, late=late).frozen(today)

    def frozen(self, today: str) -> "SavedPlan":
        """Return the plan with `as_of` set to `today` for every stage but the last that has none.

        A stage that was handed out must not change when a later one is added.
        """
        late = list(self.late)
        for index, section in enumerate(late[:-1]):
            late[index] = replace(section, as_of=section.as_of or today)
        return replace(self, as_of=self.as_of or (today if late else ""), late=tuple(late))

    def made_on(self, today: str, records: int, pseudonyms: Iterable[tuple[str, str]] = ()) -> "SavedPlan":
        """Return the plan after a bundle was made of it: its last stage is as of `today` and of so many records of the log.

        `pseudonyms` are those of the bundle, with what each stands for: they stay, with those of bundles that were made of the plan before.
        """
        lines = ((label, " ".join(value.split())) for label, value in pseudonyms)
        fitting = {label: value for label, value in lines if value.isprintable() and len(value) <= MAX_VALUE_LENGTH}
        kept = dict(self.pseudonyms) | fitting
        plan = replace(self, pseudonyms=tuple(kept.items()))
        if self.late:
            last = replace(self.late[-1], as_of=today, as_of_records=records)
            return replace(plan, late=(*self.late[:-1], last))
        return replace(plan, as_of=today, as_of_records=records)


def read_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Parse ranges of pages such as ``1-3, 7``, in ascending order and without overlaps.

    Raises:
        InputError: they have another form.
    """
    ranges: list[tuple[int, int]] = []
    for part in text.replace("–", "-").split(",") if text.strip() else []:
        match = RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not match or last < first or (ranges and first <= ranges[-1][1]):
            raise InputError(f"“{text[:40]}” are not pages in order, such as 1-3, 7.")
        ranges.append((first, last))
    return tuple(ranges)


def ranges_in_words(ranges: Sequence[tuple[int, int]]) -> str:
    """Format ranges of pages as `read_ranges` parses them."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
