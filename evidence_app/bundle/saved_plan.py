"""Saved plans: what a person decided about a bundle (docs/spec/bundle-plan.md)."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from evidence_app.domain.fields import Json, JsonObject
from evidence_app.domain.times import typed_day
from evidence_app.encoding.json import members
from evidence_app.errors import InputError

FORMAT: Final = "evidence-trail/bundle-plan/v1"
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
NAME_LIMIT: Final = 80
TITLE_LIMIT: Final = 120
DATE_LIMIT: Final = 40
REASON_LIMIT: Final = 200
WORDS_LIMIT: Final = 300
MOST_DOCUMENTS: Final = 20_000
MOST_REDACTIONS: Final = 10_000
MOST_PAGES: Final = 100_000
LAST_LETTERS: Final = 701
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
RANGE: Final = re.compile(r"([1-9]\d{0,5})(?:-([1-9]\d{0,5}))?")
RECORDS_TITLE: Final = "Records in full"
EXHIBITS_TITLE: Final = "Exhibits"
LATE_TITLE: Final = "Late documents"

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Document:
    """A record by its position, or an attachment by its SHA-256, with what stands in index and bookmark.

    `pages` are ranges of an exhibit's own pages, from 1; none means all of them.
    """

    record: int | None = None
    exhibit: str = ""
    title: str = ""
    date: str = ""
    pages: tuple[tuple[int, int], ...] = ()
    looked_through: bool = False

    @property
    def key(self) -> int | str:
        """What it is: a position or a digest."""
        return self.exhibit if self.record is None else self.record

    def to_json(self) -> JsonObject:
        """Return the document as a plan file has it."""
        shown: JsonObject = {"exhibit": self.exhibit} if self.record is None else {"record": self.record}
        more: JsonObject = {"title": self.title, "date": self.date, "pages": ranges_in_words(self.pages)}
        shown |= {name: value for name, value in more.items() if value}
        return shown | ({"looked_through": True} if self.looked_through else {})


@dataclass(frozen=True, slots=True)
class Section:
    """Documents under one title. `as_of` is the day (Europe/London) at whose end a late section looks back."""

    title: str
    documents: tuple[Document, ...] = ()
    as_of: str = ""

    def to_json(self) -> JsonObject:
        """Return the section as a plan file has it."""
        shown: JsonObject = {"title": self.title, "documents": [each.to_json() for each in self.documents]}
        return shown | ({"as_of": self.as_of} if self.as_of else {})


@dataclass(frozen=True, slots=True)
class LeftOutByHand:
    """What a person left out, with the reason that the bundle prints."""

    record: int | None
    exhibit: str
    reason: str

    def to_json(self) -> JsonObject:
        """Return it as a plan file has it."""
        return {
            **({"exhibit": self.exhibit} if self.record is None else {"record": self.record}),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class Redaction:
    """Words, a field, or a region of an exhibit's page that a person withholds.

    `area` is left, top, right, bottom in fractions of the page as it is shown.
    """

    category: str
    why: str = ""
    words: str = ""
    record: int | None = None
    field: str = ""
    exhibit: str = ""
    page: int = 0
    area: tuple[float, float, float, float] | None = None

    def to_json(self) -> JsonObject:
        """Return the redaction as a plan file has it."""
        shown: JsonObject = {"class": self.category}
        for name in ("why", "words", "field", "exhibit"):
            shown |= {name: getattr(self, name)} if getattr(self, name) else {}
        shown |= {} if self.record is None else {"record": self.record}
        return shown | ({"page": self.page, "area": list(self.area)} if self.area else {})


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """A plan as it is kept: docs/spec/bundle-plan.md says what each part means."""

    profile: str
    name: str = ""
    title: str = ""
    recipient: str = ""
    case_ref: str = ""
    sections: tuple[Section, ...] | None = None
    as_of: str = ""
    late: tuple[Section, ...] = ()
    left_out: tuple[LeftOutByHand, ...] = ()
    redactions: tuple[Redaction, ...] = ()
    pseudonyms_from: int | None = None
    records_seen: int | None = None

    @property
    def stages(self) -> tuple[tuple[Section, ...], ...]:
        """The sections in front, and each late section by itself."""
        return (self.sections or (), *((section,) for section in self.late))

    def documents(self) -> Iterator[Document]:
        """Yield every document."""
        for sections in self.stages:
            for section in sections:
                yield from section.documents

    def to_json(self) -> JsonObject:
        """Return the plan as a file has it."""
        shown: JsonObject = {"format": FORMAT, "profile": self.profile}
        for name in ("name", "title", "recipient", "case_ref", "as_of"):
            shown |= {name: getattr(self, name)} if getattr(self, name) else {}
        if self.sections is not None:
            shown["sections"] = [each.to_json() for each in self.sections]
        for name in ("late", "left_out", "redactions"):
            items = [each.to_json() for each in getattr(self, name)]
            shown |= {name: items} if items else {}
        for name in ("pseudonyms_from", "records_seen"):
            shown |= {} if getattr(self, name) is None else {name: getattr(self, name)}
        return shown

    def with_late(self, title: str, documents: Sequence[Document], today: str) -> "SavedPlan":
        """Return the plan with a late section; what stands before it looks back from the day it was last made, or from today."""
        late = (*self.late, Section(title or LATE_TITLE, tuple(documents)))
        return replace(self, late=late).frozen(today)

    def frozen(self, today: str) -> "SavedPlan":
        """Return the plan with the day filled in from which every stage but the last looks back."""
        late = list(self.late)
        for place, section in enumerate(late[:-1]):
            late[place] = replace(section, as_of=section.as_of or today)
        return replace(self, as_of=self.as_of or (today if late else ""), late=tuple(late))

    def made_on(self, today: str) -> "SavedPlan":
        """Return the plan as it is kept after a bundle was made of it: its last stage looks back from today."""
        if self.late:
            return replace(self, late=(*self.late[:-1], replace(self.late[-1], as_of=today)))
        return replace(self, as_of=today)


def read_saved_plan(untrusted: Json) -> SavedPlan:
    """Read a plan.

    Raises:
        InputError: it is not one; the sentence names the member.
    """
    optional = frozenset(
        {
            "name",
            "title",
            "recipient",
            "case_ref",
            "sections",
            "as_of",
            "late",
            "left_out",
            "redactions",
            "pseudonyms_from",
            "records_seen",
        }
    )
    plan = members(untrusted, {"format", "profile"}, optional, what="The plan")
    if plan["format"] != FORMAT:
        raise InputError("The plan is not of a format known here.")
    sections = plan.get("sections")
    read = SavedPlan(
        profile=_line(plan["profile"], "profile", NAME_LIMIT),
        name=_line(plan.get("name", ""), "name", NAME_LIMIT),
        title=_line(plan.get("title", ""), "title", 200),
        recipient=_line(plan.get("recipient", ""), "recipient", 200),
        case_ref=_line(plan.get("case_ref", ""), "case_ref", 40),
        sections=None if sections is None else _list(sections, "sections", _section, 500),
        as_of=_day(plan.get("as_of", "")),
        late=_list(plan.get("late", []), "late", _section, 100),
        left_out=_list(plan.get("left_out", []), "left_out", _left_out, MOST_DOCUMENTS),
        redactions=_list(plan.get("redactions", []), "redactions", _redaction, MOST_REDACTIONS),
        pseudonyms_from=_count(plan.get("pseudonyms_from"), "pseudonyms_from", LAST_LETTERS),
        records_seen=_count(plan.get("records_seen"), "records_seen", 10**9),
    )
    _require_once(read)
    return read


def _require_once(plan: SavedPlan) -> None:
    seen: set[int | str] = set()
    for document in plan.documents():
        if document.key in seen:
            raise InputError(f"The plan names {_what(document.record, document.exhibit)} twice.")
        seen.add(document.key)
    for left in plan.left_out:
        if (left.exhibit if left.record is None else left.record) in seen:
            raise InputError(f"The plan both shows and leaves out {_what(left.record, left.exhibit)}.")
    if plan.late and plan.sections is None:
        raise InputError("The plan has late sections but no sections before them.")


def _what(record: int | None, exhibit: str) -> str:
    return f"exhibit {exhibit[:12]}…" if record is None else f"record {record}"


def _line(value: Json, name: str, limit: int) -> str:
    if not isinstance(value, str) or len(value) > limit or not value.isprintable():
        raise InputError(f"“{name}” in the plan is not plain text of at most {limit} characters on one line.")
    return value


def _day(value: Json) -> str:
    text = _line(value, "as_of", DATE_LIMIT)
    return typed_day(text).isoformat() if text else ""


def _count(value: Json, name: str, most: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise InputError(f"“{name}” in the plan is not a whole number from 0 to {most:,}.")
    return value


def _list(value: Json, name: str, read: Callable[[Json], Item], most: int) -> tuple[Item, ...]:
    if not isinstance(value, list) or len(value) > most:
        raise InputError(f"“{name}” in the plan is not a list of at most {most:,}.")
    return tuple(read(item) for item in value)


def _section(untrusted: Json) -> Section:
    section = members(untrusted, {"title", "documents"}, frozenset({"as_of"}), what="A section of the plan")
    title = _line(section["title"], "title", TITLE_LIMIT)
    if not title.strip():
        raise InputError("A section of the plan has no title.")
    return Section(
        title, _list(section["documents"], "documents", _document, MOST_DOCUMENTS), _day(section.get("as_of", ""))
    )


def _which(item: JsonObject) -> tuple[int | None, str]:
    """Read which record or exhibit is meant: one of the two."""
    record, exhibit = item.get("record"), item.get("exhibit")
    if (
        record is not None
        and exhibit is None
        and isinstance(record, int)
        and not isinstance(record, bool)
        and record >= 0
    ):
        return record, ""
    if record is None and isinstance(exhibit, str) and DIGEST.fullmatch(exhibit):
        return None, exhibit
    raise InputError("A document of the plan is neither “record” with a position nor “exhibit” with a SHA-256.")


def _document(untrusted: Json) -> Document:
    optional = frozenset({"record", "exhibit", "title", "date", "pages", "looked_through"})
    item = members(untrusted, set(), optional, what="A document of the plan")
    record, exhibit = _which(item)
    if record is not None and ("pages" in item or "looked_through" in item):
        raise InputError(f"Record {record} in the plan has “pages” or “looked_through”, which exhibits alone have.")
    looked = item.get("looked_through", False)
    if not isinstance(looked, bool):
        raise InputError("“looked_through” in the plan is neither true nor false.")
    return Document(
        record,
        exhibit,
        _line(item.get("title", ""), "title", TITLE_LIMIT),
        _line(item.get("date", ""), "date", DATE_LIMIT),
        read_ranges(_line(item.get("pages", ""), "pages", 1000)),
        looked,
    )


def _left_out(untrusted: Json) -> LeftOutByHand:
    item = members(untrusted, {"reason"}, frozenset({"record", "exhibit"}), what="What the plan leaves out")
    reason = _line(item["reason"], "reason", REASON_LIMIT).strip()
    if not reason:
        raise InputError("The plan leaves something out without a reason.")
    return LeftOutByHand(*_which(item), reason)


def _redaction(untrusted: Json) -> Redaction:
    optional = frozenset({"why", "words", "record", "field", "exhibit", "page", "area"})
    item = members(untrusted, {"class"}, optional, what="A redaction of the plan")
    record, exhibit = _which(item) if "record" in item or "exhibit" in item else (None, "")
    category = item["class"]
    if category not in CLASSES:
        raise InputError(f"The class of a redaction is one of: {', '.join(CLASSES)}.")
    found = Redaction(
        category=str(category),
        why=_line(item.get("why", ""), "why", REASON_LIMIT),
        words=_line(item.get("words", ""), "words", WORDS_LIMIT),
        record=record,
        field=_line(item.get("field", ""), "field", NAME_LIMIT),
        exhibit=exhibit,
        page=_page(item["page"]) if "page" in item else 0,
        area=_area(item["area"]) if "area" in item else None,
    )
    _require_one_sort(found)
    return found


def _require_one_sort(redaction: Redaction) -> None:
    is_region = bool(redaction.exhibit and redaction.page and redaction.area and not redaction.words)
    is_words = bool(redaction.words.strip() and not redaction.page and not redaction.area)
    is_field = bool(redaction.record is not None and redaction.field and not redaction.words)
    if not (is_region or is_words or is_field) or (redaction.field and redaction.record is None):
        raise InputError(
            "A redaction of the plan is of one sort: “words”; “record” and “field”; or “exhibit”, “page” and “area”."
        )


def _page(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MOST_PAGES:
        raise InputError("“page” of a redaction is not the number of a page.")
    return value


def _area(value: Json) -> tuple[float, float, float, float]:
    numbers = (
        [float(each) for each in value if isinstance(each, int | float) and not isinstance(each, bool)]
        if isinstance(value, list)
        else []
    )
    if (
        len(numbers) != 4
        or not isinstance(value, list)
        or len(value) != 4
        or not all(0 <= each <= 1 for each in numbers)
    ):
        raise InputError("“area” of a redaction is not four fractions from 0 to 1: left, top, right, bottom.")
    left, top, right, bottom = numbers
    if left >= right or top >= bottom:
        raise InputError("The area of a redaction is empty: left and top come before right and bottom.")
    return left, top, right, bottom


def read_ranges(text: str) -> tuple[tuple[int, int], ...]:
    """Read ranges of pages such as ``1-3, 7``.

    Raises:
        InputError: they are not that.
    """
    found: list[tuple[int, int]] = []
    for part in text.replace(" ", "").replace("–", "-").split(",") if text.strip() else []:
        match = RANGE.fullmatch(part)
        first = int(match[1]) if match else 0
        last = int(match[2] or first) if match else 0
        if not match or last < first or (found and first <= found[-1][1]):
            raise InputError(f"“{text[:40]}” are not pages in order, such as 1-3, 7.")
        found.append((first, last))
    return tuple(found)


def ranges_in_words(ranges: Sequence[tuple[int, int]]) -> str:
    """Say ranges of pages as they are typed."""
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ranges)
