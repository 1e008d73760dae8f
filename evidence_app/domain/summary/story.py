"""What happened, in at most ten lines, and the pages that matter: made from sealed records, in their own words, where their maker wrote none."""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.record.story_line import StoryLine
from evidence_app.domain.summary.overview import NO_MAIL, Raised
from evidence_app.domain.thread.steps import EFFECTS_DONE, NO_ANSWER
from evidence_app.domain.time.times import london_day
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import day_in_words

MAX_LINES: Final = 9
MAX_MATTERS: Final = 5
MAX_QUOTED: Final = 190
MIN_QUOTED: Final = 30
"""Characters of a record's words in a line: at most, and how few are too few for it to end with a sentence."""
MAX_FACTS, MAX_ANSWER = 190, 150
"""Characters of what happened, and of how something was answered."""
SENTENCE_END: Final = re.compile(r"(?<=[^\W\d_A-Z][.!?])\s+|(?<=[\d)”’\"][.!?])\s+")
"""White space behind the end of a sentence: not behind an initial, such as that of P. Winter."""


def story_of(records: Sequence[SealedRecord], things: Sequence[Raised], most: int = MAX_LINES) -> list[StoryLine]:
    """Return at most so many lines of the story in the order of events. `records` are in that order, `things` is what was raised in them."""
    became = {thing.record.key: thing for thing in things}
    # What an incident or something raised is about comes before the rest of its sort.
    led_to = {to for each in records if each.key in became or each.kind.name == "incident" for to, _ in each.linked}
    told = [
        (_weight(record, became.get(record.key), led_to_more=record.key in led_to), place, record)
        for place, record in enumerate(records)
    ]
    chosen = sorted(each for each in told if each[0] is not None)[:most]
    return [
        StoryLine(f"{_day(record)}: {LINES[record.kind.name](record, became.get(record.key))}", record.key)
        for _, record in sorted((place, record) for _, place, record in chosen)
    ]


def pages_that_matter(records: Sequence[SealedRecord], things: Sequence[Raised]) -> list[StoryLine]:
    """Return what a reader turns to first: of each sort the first record of each author, what was never answered before what was."""
    unanswered = {thing.record.key for thing in things if thing.unanswered}
    # An instruction about which something was raised, and an answer to what was raised, before others.
    first_choice = unanswered | {to for thing in things for to, _ in thing.record.linked}
    was_raised = {thing.record.key for thing in things}
    first_choice |= {
        each.key for each in records if each.kind.name == "response" and was_raised & {to for to, _ in each.linked}
    }
    found: list[tuple[int, StoryLine]] = []
    authors = list(dict.fromkeys(record.author_name for record in records if record.kind.name in MATTERS))
    # Of several authors each has a concern on it before the instructions come.
    kinds = sorted(MATTERS, key=lambda kind: kind != "concern") if len(authors) > 1 else list(MATTERS)
    for kind in kinds:
        words = MATTERS[kind]
        for author in authors:
            of_kind = [
                (record.key not in first_choice, place, record)
                for place, record in enumerate(records)
                if record.kind.name == kind and record.author_name == author and _is_substance(record)
            ]
            if of_kind:
                _, place, record = min(of_kind, key=lambda each: each[:2])
                who = _name(record.fields.get(WHOSE.get(kind, "")))
                whose = f", noted by {author}" if len(authors) > 1 and author else ""
                text = f"{words.format(who=f' of {who}' if who else '')}{whose}"
                found.append((place, StoryLine(text, record.key)))
    return [line for _, line in sorted(found[:MAX_MATTERS], key=lambda each: each[0])]


MATTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "instruction": "The instruction{who}, in the words that were noted",
        "concern": "The concern, and what became of it",
        "escalation": "What was taken to the next level",
        "refusal": "What could not be done, and why",
        "response": "The answer{who}",
        "incident": "The incident",
        "request": "What was asked for formally",
        "health-and-safety": "What was noted of health and safety",
    }
)
WHOSE: Final = MappingProxyType({"instruction": "given_by", "response": "from"})
"""The field that names whose instruction or answer it is."""
"""The sorts of record that a reader turns to first, and what each is called in the table of pages."""


def _is_substance(record: SealedRecord) -> bool:
    """Whether a record is no note that an answer did not come."""
    return record.fields.get("effect") != NO_ANSWER


def _weight(record: SealedRecord, thing: Raised | None, *, led_to_more: bool) -> int | None:
    """Return how early a record goes into the story: the lowest first, None for never."""
    if record.kind.name not in LINES or not _is_substance(record):
        return None
    if record.kind.name == "workload" and not isinstance(record.fields.get("cases_total"), int | float):
        return None
    if record.kind.name == "assessment" and record.fields.get("state") != "not done":
        return None
    weight = WEIGHTS[record.kind.name]
    return weight - 1 if led_to_more or (thing is not None and thing.unanswered) else weight


WEIGHTS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "incident": 0,
        "escalation": 2,
        "refusal": 2,
        "concern": 3,
        "instruction": 3,
        "gap": 4,
        "assessment": 4,
        "referral": 5,
        "response": 5,
        "health-and-safety": 5,
        "request": 5,
        "workload": 6,
    }
)


def _day(record: SealedRecord) -> str:
    return day_in_words(london_day(record.event[0]))


def _author(record: SealedRecord) -> str:
    return record.author_name or "the author"


def _quoted(record: SealedRecord) -> str:
    """Return the first words of a record: whole sentences as far as they go, else as many words as go in."""
    return f"“{_shortened(str(record.fields.get(record.kind.main) or record.headline(MAX_QUOTED)))}”"


def _shortened(text: str, most: int = MAX_QUOTED) -> str:
    """Return the first words of a text on one line, with a mark where it goes on."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    said = ""
    for sentence in SENTENCE_END.split(text):
        if len(said) + len(sentence) >= most:
            break
        said = f"{said} {sentence}".strip()
    if len(said) < MIN_QUOTED:
        said = text[:most].rsplit(" ", 1)[0]
    return f"{said} […]"


def _name(value: Json) -> str:
    """Return the name of a person field; the role stands among the people."""
    return str(value.get("person", "")) if isinstance(value, dict) else ""


def _raised_line(record: SealedRecord, thing: Raised | None) -> str:
    whom = _name(record.fields.get("raised_with"))
    with_whom = f" with {whom}" if whom else ""
    return f"{_author(record)} raised{with_whom}: {_quoted(record)}{_became(thing)}"


def _escalation_line(record: SealedRecord, thing: Raised | None) -> str:
    to = _name(record.fields.get("raised_with")) or str(record.fields.get("to_level", "")) or "the next level"
    return f"{_author(record)} escalated to {to}: {_quoted(record)}{_became(thing)}"


def _refusal_line(record: SealedRecord, thing: Raised | None) -> str:
    whom = _name(record.fields.get("told_to"))
    return f"{_author(record)} told {whom or 'the employer'} what could not be done: {_quoted(record)}{_became(thing)}"


def _became(thing: Raised | None) -> str:
    """Say in a sentence what became of what was raised."""
    if thing is None:
        return ""
    opened = f" {thing.opened[:1].upper()}{thing.opened[1:]}." if thing.opened != NO_MAIL else ""
    answered = _shortened(thing.answered, MAX_ANSWER)
    return f"{opened} {answered if answered.endswith(('.', '.”')) else f'{answered}.'}"


def _instruction_line(record: SealedRecord, _thing: Raised | None) -> str:
    who = _name(record.fields.get("given_by"))
    said = f"{who} said to {_author(record)}" if who else f"{_author(record)} was told"
    return f"{said}: {_quoted(record)}"


def _response_line(record: SealedRecord, _thing: Raised | None) -> str:
    who = _name(record.fields.get("from")) or "The answer"
    done = EFFECTS_DONE.get(str(record.fields.get("effect", "")), "answered")
    return f"{who} {done}: {_quoted(record)}"


def _health_line(record: SealedRecord, _thing: Raised | None) -> str:
    return f"{_author(record)} noted of health and safety: {_quoted(record)}"


def _request_line(record: SealedRecord, _thing: Raised | None) -> str:
    whom = _name(record.fields.get("raised_with"))
    return f"{_author(record)} asked formally{f' of {whom}' if whom else ''}: {_quoted(record)}"


def _referral_line(record: SealedRecord, _thing: Raised | None) -> str:
    whom = _name(record.fields.get("raised_with")) or str(record.fields.get("agency") or "another agency")
    came = record.fields.get("came")
    return f"{_author(record)} asked {whom}: {_quoted(record)}{f' What came: {came}.' if came else ''}"


def _workload_line(record: SealedRecord, _thing: Raised | None) -> str:
    cases, percent = record.fields.get("cases_total"), record.fields.get("wmt_pct")
    at = f", at {percent:g} % of capacity" if isinstance(percent, int | float) else ""
    return f"{_author(record)} had {cases} cases{at}."


def _as_headed(record: SealedRecord, _thing: Raised | None) -> str:
    first, *rest = (str(record.fields[name]) for name in record.kind.headline if record.fields.get(name))
    said = _shortened("; ".join(rest), MAX_FACTS)
    return f"{record.kind.label} ({first}){f', as {_author(record)} noted: “{said}”' if said else ''}"


LINES: Final[Mapping[str, Callable[[SealedRecord, Raised | None], str]]] = MappingProxyType(
    {
        "incident": _as_headed,
        "escalation": _escalation_line,
        "refusal": _refusal_line,
        "concern": _raised_line,
        "instruction": _instruction_line,
        "gap": _as_headed,
        "assessment": _as_headed,
        "referral": _referral_line,
        "response": _response_line,
        "health-and-safety": _health_line,
        "request": _request_line,
        "workload": _workload_line,
    }
)
"""For each kind of record what its line says."""
