"""Parsing of plan files (docs/spec/bundle-plan.md). Unknown members are refused, so that no misspelt redaction is ignored."""

import re
from collections.abc import Callable
from typing import Final, TypeVar

from evidence_app.domain.plan.saved_plan import (
    CLASSES,
    COVER_LINES,
    FORMAT,
    MAX_DATE_LENGTH,
    MAX_TITLE_LENGTH,
    MAX_VALUE_LENGTH,
    PICTURES,
    Cover,
    Document,
    LeftOutByHand,
    Redaction,
    SavedPlan,
    Section,
    read_ranges,
)
from evidence_app.domain.record.records import RecordKey, RecordRef
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.domain.time.times import typed_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject, members

# Maximum lengths in characters.
MAX_NAME_LENGTH: Final = 80
MAX_REASON_LENGTH: Final = 200
MAX_WORDS_LENGTH: Final = 300
MAX_RANGES_LENGTH: Final = 10_000
# Maximum numbers of items.
MAX_DOCUMENTS: Final = 20_000
MAX_REDACTIONS: Final = 10_000
MAX_PAGES: Final = 100_000
LAST_LETTERS: Final = 701
"""The number of the last pseudonym with two letters, ZZ, counted from 0 for A."""
MAX_RECORDS: Final = 10**9
MAX_PARTIES: Final = 12
MAX_PSEUDONYMS: Final = 5_000
MAX_STORY_LINES: Final = 20
MAX_STORY_LENGTH: Final = 600
"""Maximum length of a line of the story, and of what is asked, in characters."""
MAX_MARK_LENGTH: Final = 40
PREFIX: Final = re.compile(r"[A-Z]{1,3}")
MAX_PARAGRAPHS: Final = 500
MAX_PARAGRAPH_LENGTH: Final = 4_000
"""Maximum number of paragraphs of a statement, and of characters in one."""
HANDED_OVER: Final = re.compile(r"([1-9][0-9]{0,8})/(0|[1-9][0-9]{0,8})")
"""A record that was handed over: position of the hand-over, and position in the member's log."""
SECRET: Final = re.compile(r"[0-9a-f]{32}")
"""What the letters of pseudonyms follow from: 16 random bytes in lower-case hexadecimal."""
SWITCHES: Final = ("looked_through", "page_alone", "parts")
"""What a plan says of an exhibit with true or false."""
DIGEST: Final = re.compile(r"[0-9a-f]{64}")
"""A SHA-256 in lower-case hexadecimal."""

Item = TypeVar("Item")


OPTIONAL: Final = frozenset(
    {
        "name",
        "title",
        "recipient",
        "case_ref",
        "sections",
        "as_of",
        "as_of_records",
        "late",
        "left_out",
        "redactions",
        "pseudonyms_from",
        "pseudonyms",
        "records_seen",
        "cover",
        "story",
        "asked",
        "matters",
        "statement",
        "prefix",
        "large_print",
        "pictures",
    }
)
"""The members of a plan that may be absent."""


def read_saved_plan(untrusted: Json) -> SavedPlan:
    """Parse a plan.

    Raises:
        InputError: it does not have the form of a plan; the sentence names the member.
    """
    plan = members(untrusted, {"format", "profile"}, OPTIONAL, what="The plan")
    if plan["format"] != FORMAT:
        raise InputError("The plan is not of a format known here.")
    sections = plan.get("sections")
    saved_plan = SavedPlan(
        profile=_line(plan["profile"], "profile", MAX_NAME_LENGTH),
        name=_line(plan.get("name", ""), "name", MAX_NAME_LENGTH),
        title=_line(plan.get("title", ""), "title", 200),
        recipient=_line(plan.get("recipient", ""), "recipient", 200),
        case_ref=_line(plan.get("case_ref", ""), "case_ref", 40),
        sections=None if sections is None else _list(sections, "sections", _section, 500),
        as_of=_day(plan.get("as_of", "")),
        as_of_records=_count(plan.get("as_of_records"), "as_of_records", MAX_RECORDS),
        late=_list(plan.get("late", []), "late", _section, 100),
        left_out=_list(plan.get("left_out", []), "left_out", _left_out, MAX_DOCUMENTS),
        redactions=_list(plan.get("redactions", []), "redactions", _redaction, MAX_REDACTIONS),
        pseudonyms_from=_letters(plan.get("pseudonyms_from")),
        pseudonyms=_list(plan.get("pseudonyms", []), "pseudonyms", _pseudonym, MAX_PSEUDONYMS),
        records_seen=_count(plan.get("records_seen"), "records_seen", MAX_RECORDS),
        cover=_cover(plan.get("cover", {})),
        story=_list(plan.get("story", []), "story", _story_line, MAX_STORY_LINES),
        asked=_line(plan.get("asked", ""), "asked", MAX_STORY_LENGTH),
        matters=_list(plan.get("matters", []), "matters", _story_line, MAX_STORY_LINES),
        large_print=_switch(plan.get("large_print", False), "large_print"),
        pictures=_pictures(plan.get("pictures", [])),
        prefix=_prefix(plan.get("prefix", "")),
        statement=_list(plan.get("statement", []), "statement", _paragraph, MAX_PARAGRAPHS),
    )
    _require_once(saved_plan)
    return saved_plan


def _pseudonym(untrusted: Json) -> tuple[str, str]:
    item = members(untrusted, {"pseudonym", "stands_for"}, what="A pseudonym of the plan")
    label = _line(item["pseudonym"], "pseudonym", MAX_NAME_LENGTH)
    return label, _line(item["stands_for"], "stands_for", MAX_VALUE_LENGTH)


def _pictures(untrusted: Json) -> tuple[str, ...]:
    named = _list(untrusted, "pictures", lambda each: _line(each, "pictures", MAX_NAME_LENGTH), len(PICTURES))
    unknown = [each for each in named if each not in PICTURES]
    if unknown or len(set(named)) < len(named):
        raise InputError(f"“pictures” in the plan may name, each once: {', '.join(PICTURES)}.")
    return named


def _cover(untrusted: Json) -> Cover:
    item = members(untrusted, set(), frozenset({*COVER_LINES, "parties"}), what="The cover of the plan")
    lines = {name: _line(item.get(name, ""), name, MAX_TITLE_LENGTH) for name in COVER_LINES}
    parties = _list(
        item.get("parties", []), "parties", lambda each: _line(each, "parties", MAX_TITLE_LENGTH), MAX_PARTIES
    )
    return Cover(parties=parties, **lines)


def _switch(value: Json, name: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"“{name}” in the plan is neither true nor false.")
    return value


def _prefix(value: Json) -> str:
    if not isinstance(value, str) or (value and PREFIX.fullmatch(value) is None):
        raise InputError("“prefix” in the plan is not one to three capital letters, such as C.")
    return value


def _paragraph(untrusted: Json) -> str:
    text = _line(untrusted, "statement", MAX_PARAGRAPH_LENGTH)
    if not text.strip():
        raise InputError("A paragraph of the statement says nothing.")
    return text


def _story_line(untrusted: Json) -> StoryLine:
    item = members(untrusted, {"text"}, frozenset({"record"}), what="A line of the story")
    text = _line(item["text"], "text", MAX_STORY_LENGTH)
    if not text.strip():
        raise InputError("A line of the story says nothing.")
    return StoryLine(text, _which(item)[0] if "record" in item else None)


def _require_once(plan: SavedPlan) -> None:
    seen: set[RecordKey | str] = set()
    for document in plan.documents():
        if document.key in seen:
            raise InputError(f"The plan names {_what(document.record, document.exhibit)} twice.")
        seen.add(document.key)
    for left in plan.left_out:
        if (left.exhibit if left.record is None else left.record) in seen:
            raise InputError(f"The plan both shows and leaves out {_what(left.record, left.exhibit)}.")
    if plan.late and plan.sections is None:
        raise InputError("The plan has late sections but no sections before them.")


def _what(record: RecordKey | None, exhibit: str) -> str:
    return f"exhibit {exhibit[:12]}…" if record is None else f"record {record}"


def _line(value: Json, name: str, limit: int) -> str:
    if not isinstance(value, str) or len(value) > limit or not value.isprintable():
        raise InputError(f"“{name}” in the plan is not plain text of at most {limit} characters on one line.")
    return value


def _day(value: Json) -> str:
    text = _line(value, "as_of", MAX_DATE_LENGTH)
    return typed_day(text).isoformat() if text else ""


def _letters(value: Json) -> str | int | None:
    """Read what the letters of pseudonyms follow from: a secret, or the number that plans had before."""
    if isinstance(value, str) and SECRET.fullmatch(value):
        return value
    if isinstance(value, str):
        raise InputError("“pseudonyms_from” in the plan is neither 32 figures and letters a to f nor a number.")
    return _count(value, "pseudonyms_from", LAST_LETTERS)


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
    section = members(
        untrusted, {"title", "documents"}, frozenset({"as_of", "as_of_records"}), what="A section of the plan"
    )
    title = _line(section["title"], "title", MAX_TITLE_LENGTH)
    if not title.strip():
        raise InputError("A section of the plan has no title.")
    return Section(
        title,
        _list(section["documents"], "documents", _document, MAX_DOCUMENTS),
        _day(section.get("as_of", "")),
        _count(section.get("as_of_records"), "as_of_records", MAX_RECORDS),
    )


def _which(item: JsonObject) -> tuple[RecordKey | None, str]:
    """Read which record or exhibit is meant: one of the two."""
    record, exhibit = item.get("record"), item.get("exhibit")
    if isinstance(record, str) and exhibit is None and (match := HANDED_OVER.fullmatch(record)):
        return RecordRef(int(match[1]), int(match[2])), ""
    if (
        record is not None
        and exhibit is None
        and isinstance(record, int)
        and not isinstance(record, bool)
        and 0 <= record < MAX_RECORDS
    ):
        return record, ""
    if record is None and isinstance(exhibit, str) and DIGEST.fullmatch(exhibit):
        return None, exhibit
    raise InputError("A document of the plan is neither “record” with a position nor “exhibit” with a SHA-256.")


def _document(untrusted: Json) -> Document:
    optional = frozenset({"record", "exhibit", "title", "date", "pages", "core", "mark", *SWITCHES})
    item = members(untrusted, set(), optional, what="A document of the plan")
    record, exhibit = _which(item)
    if record is not None and not item.keys().isdisjoint({"pages", *SWITCHES}):
        raise InputError(
            f"Record {record} in the plan has “pages”, “looked_through”, “page_alone” or “parts”, which exhibits alone have."
        )
    for name in (*SWITCHES, "core"):
        if not isinstance(item.get(name, False), bool):
            raise InputError(f"“{name}” in the plan is neither true nor false.")
    return Document(
        record,
        exhibit,
        _line(item.get("title", ""), "title", MAX_TITLE_LENGTH),
        _line(item.get("date", ""), "date", MAX_DATE_LENGTH),
        read_ranges(_line(item.get("pages", ""), "pages", MAX_RANGES_LENGTH)),
        bool(item.get("looked_through", False)),
        bool(item.get("page_alone", False)),
        bool(item.get("core", False)),
        bool(item.get("parts", False)),
        _line(item.get("mark", ""), "mark", MAX_MARK_LENGTH).strip(),
    )


def _left_out(untrusted: Json) -> LeftOutByHand:
    item = members(untrusted, {"reason"}, frozenset({"record", "exhibit"}), what="What the plan leaves out")
    reason = _line(item["reason"], "reason", MAX_REASON_LENGTH).strip()
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
    redaction = Redaction(
        category=str(category),
        why=_line(item.get("why", ""), "why", MAX_REASON_LENGTH),
        words=_line(item.get("words", ""), "words", MAX_WORDS_LENGTH),
        record=record,
        field=_line(item.get("field", ""), "field", MAX_NAME_LENGTH),
        exhibit=exhibit,
        page=_page(item["page"]) if "page" in item else 0,
        area=_area(item["area"]) if "area" in item else None,
    )
    _require_one_type(redaction)
    return redaction


def _require_one_type(redaction: Redaction) -> None:
    """Require a redaction of words, of a record's field or of a region, and no mixture of them."""
    is_region = bool(redaction.exhibit and redaction.page and redaction.area and not redaction.words)
    is_words = bool(redaction.words.strip() and not redaction.page and not redaction.area)
    is_field = bool(redaction.record is not None and redaction.field and not redaction.words)
    is_field = is_field and not redaction.page and not redaction.area
    if not (is_region or is_words or is_field) or (redaction.field and redaction.record is None):
        raise InputError(
            "A redaction of the plan is of one sort: “words”; “record” and “field”; or “exhibit”, “page” and “area”."
        )


def _page(value: Json) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= MAX_PAGES:
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
