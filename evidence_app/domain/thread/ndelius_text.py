"""Text to paste into nDelius, the service's authoritative case record: a short contact entry for every kind that belongs there."""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.cases.covered_cases import cases_of
from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.time.times import typed_day
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import day_in_words, in_words, read_moment


def paste_text(record: SealedRecord, about: Iterable[SealedRecord] = ()) -> str:
    """Return a short contact entry, or an empty string for a kind that does not belong there. `about` are the records that it links to.

    The author's own text in `paste_text` takes precedence. Of a record that covers several cases nothing stands in it that its
    author wrote freely: it goes into the log of each, and must not tell one of another.
    """
    own = record.fields.get("paste_text")
    if own:
        return str(own)
    covered = len(cases_of(record))
    if covered > 1 and record.kind.name in CONTACTS:
        return f"{_without_words(record)} It is about {covered} cases; this is one of them."
    if record.kind.name == "case-outcome":
        return " ".join(part for part in _case_outcome(record, about) if part)
    write = CONTACTS.get(record.kind.name)
    return " ".join(part for part in write(record) if part) if write else ""


def _decision(record: SealedRecord) -> list[str]:
    return [
        _decided(record),
        f"Reason: {_ended(_text(record, 'rationale'))}",
        _sentence(record, "info_missing", "Information not available:"),
        _sentence(record, "dissent", "My view differed:"),
        _sentence(record, "conditions", "Conditions:"),
        _day(record, "review_due", "Review due"),
    ]


def _decided(record: SealedRecord) -> str:
    fields = record.fields
    when = in_words(read_moment(str(fields["discussed_at"]))) if fields.get("discussed_at") else record.event_in_words()
    manager = _person(fields.get("agreed_by"))
    opening = f"{when}: after discussion with {manager}, " if manager else f"{when}: "
    what = _text(record, "decision_type") or "decision"
    if fields.get("from_value") and fields.get("to_value"):
        return f"{opening}{what} changed from {fields['from_value']} to {fields['to_value']}."
    if fields.get("to_value"):
        return f"{opening}{what}: {fields['to_value']}."
    return f"{opening}{what} decided."


def _instruction(record: SealedRecord) -> list[str]:
    certainty = {"close": " (the wording is close)", "gist": " (this is the gist)"}
    by = _person(record.fields.get("given_by"))
    via = _text(record, "via")
    return [
        (
            f"{record.event_in_words()}: instructed{f' by {by}' if by else ''}{f', {via}' if via else ''}: "
            f"“{_text(record, 'exact_words')}”{certainty.get(_text(record, 'wording_certainty'), '')}."
        ),
        _sentence(record, "judgement", "My professional judgement:"),
        _sentence(record, "dissent", "My view differed:"),
        _sentence(record, "what_i_did", "What I did:"),
    ]


def _refusal(record: SealedRecord) -> list[str]:
    why = record.fields.get("why")
    reasons = ", ".join(str(each) for each in why) if isinstance(why, list) else ""
    return [
        f"{record.event_in_words()}: not done: {_ended(_text(record, 'what'))}",
        f"Reason: {_ended('. '.join(part for part in (reasons, _text(record, 'reason_in_full')) if part))}"
        if reasons or _text(record, "reason_in_full")
        else "",
        _sentence(record, "offered_alternative", "Offered instead:"),
        _whom(record, "told_to", "Told to"),
        _sentence(record, "outcome", "Outcome:"),
    ]


def _concern(record: SealedRecord) -> list[str]:
    whom = _person(record.fields.get("raised_with"))
    return [
        f"{record.event_in_words()}: concern raised{f' with {whom}' if whom else ''}: {_ended(_text(record, 'concern'))}",
        _sentence(record, "ask", "Asked for:"),
        _sentence(record, "answer_given", "Answered:"),
    ]


def _meeting(record: SealedRecord) -> list[str]:
    kind = _text(record, "type") or "meeting"
    return [
        f"{record.event_in_words()}: {kind}.",
        _sentence(record, "my_point", "I said:"),
        _sentence(record, "manager_view", "The answer:"),
        _actions(record.fields.get("actions")),
    ]


def _gap(record: SealedRecord) -> list[str]:
    return [
        f"{record.event_in_words()}: not available: {_text(record, 'missing')}{_after(record, 'details')}.",
        _sentence(record, "effect", "Effect:"),
        _sentence(record, "reported_in", "Reported:"),
    ]


def _referral(record: SealedRecord) -> list[str]:
    whom, agency = _person(record.fields.get("raised_with")), _text(record, "agency")
    asked = ", ".join(part for part in (whom, agency) if part)
    came, on = _text(record, "came"), _day_of(record.fields.get("answered_on"))
    return [
        f"{record.event_in_words()}: asked{f' of {asked}' if asked else ''}: {_ended(_text(record, 'asks'))}",
        _day(record, "due", "Answer by"),
        f"What came: {came}{f', on {on}' if on else ''}." if came else "",
        _sentence(record, "answer", "Answered:"),
        _sentence(record, "not_known", "Still not known:"),
    ]


def _assessment(record: SealedRecord) -> list[str]:
    return [
        f"{record.event_in_words()}: {_text(record, 'tool')}: {_text(record, 'state')}.",
        _sentence(record, "why", "Reason or finding:"),
        _sentence(record, "result", "Score or band:"),
        _day(record, "done_on", "Last done on"),
        _day(record, "due", "Due by"),
        _whom(record, "told_to", "Told to"),
    ]


def _case_outcome(record: SealedRecord, about: Iterable[SealedRecord] = ()) -> list[str]:
    before, after = _text(record, "from_value"), _text(record, "to_value")
    became = (
        f"{_text(record, 'became')}{f' from {before}' if before and after else ''}{f' to {after}' if after else ''}"
    )
    return [
        f"{record.event_in_words()}: {became}.",
        *(_without_words(each) for each in about if each.kind.name in {"instruction", "decision"}),
        _sentence(record, "why", "Reason:"),
    ]


def _without_words(record: SealedRecord) -> str:
    """Return that a record of several cases was told, decided or raised: when, by whom, how and of what sort, in words of lists alone."""
    by = _person(record.fields.get("given_by") or record.fields.get("made_by") or record.fields.get("raised_with"))
    whose = {"instruction": "by", "decision": "by"}.get(record.kind.name, "with")
    parts = (by and f"{whose} {by}", _text(record, "via"), _text(record, "type") or _text(record, "decision_type"))
    said = ", ".join(part for part in parts if part)
    return f"{record.kind.label} of {record.event_in_words()}{f', {said}' if said else ''}."


def _agreement(record: SealedRecord) -> list[str]:
    signed = _day_of(record.fields.get("signed_on"))
    return [
        f"{record.event_in_words()}: agreement with the person on probation{f', signed on {signed}' if signed else ''}: {_ended(_text(record, 'terms'))}",
        _day(record, "review_due", "Review due"),
    ]


CONTACTS: Final[Mapping[str, Callable[[SealedRecord], list[str]]]] = MappingProxyType(
    {
        "decision": _decision,
        "instruction": _instruction,
        "refusal": _refusal,
        "concern": _concern,
        "meeting": _meeting,
        "gap": _gap,
        "case-outcome": _case_outcome,
        "client-agreement": _agreement,
        "referral": _referral,
        "assessment": _assessment,
    }
)
"""What makes the entry of each kind that belongs into nDelius, as sentences; empty ones are left out."""


def _actions(value: Json) -> str:
    listed = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    said = "; ".join(
        " ".join(part for part in (f"{each['who']}:" if each.get("who") else "", str(each.get("what", ""))) if part)
        + (f" by {_day_of(each['due'])}" if each.get("due") else "")
        for each in listed
    )
    return f"Actions: {_ended(said)}" if said else ""


def _whom(record: SealedRecord, name: str, opening: str) -> str:
    whom = _person(record.fields.get(name))
    return f"{opening} {whom}." if whom else ""


def _after(record: SealedRecord, name: str) -> str:
    text = _text(record, name)
    return f", {text}" if text else ""


def _sentence(record: SealedRecord, name: str, opening: str) -> str:
    text = _text(record, name)
    return f"{opening} {_ended(text)}" if text else ""


def _day(record: SealedRecord, name: str, opening: str) -> str:
    day = _day_of(record.fields.get(name))
    return f"{opening} {day}." if day else ""


def _day_of(value: Json) -> str:
    return day_in_words(typed_day(str(value))) if value else ""


def _text(record: SealedRecord, name: str) -> str:
    return " ".join(str(record.fields.get(name, "")).split())


def _person(value: Json) -> str:
    if not isinstance(value, dict):
        return ""
    name, role = str(value.get("person", "")), str(value.get("role", ""))
    return f"{name} ({role})" if name and role else name or role


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
