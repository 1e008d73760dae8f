"""Letters: the subject and body of a drafted e-mail, from a template and the fields of a record."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from string import Template
from types import MappingProxyType
from typing import Final

from evidence_app.domain.record.records import SealedRecord
from evidence_app.domain.time.times import london_day
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json
from evidence_app.proof.encoding.times import day_in_words

MAX_TEMPLATE_LENGTH: Final = 20_000
"""Maximum length of a template, in characters."""

LETTERS: Final[MappingProxyType[str, str]] = MappingProxyType(
    {
        "concern": "concern",
        "instruction": "confirm-back",
        "escalation": "escalation",
        "refusal": "refusal",
        "meeting": "meeting",
        "request": "request",
    }
)
"""The name of the letter template for each kind of record that has one."""
REQUEST_LETTERS: Final[MappingProxyType[str, str]] = MappingProxyType(
    {
        "foreseeability notice": "foreseeability",
        "stress risk assessment": "stress-risk-assessment",
        "preservation request": "preservation",
        "subject access request": "subject-access",
        "data-protection complaint": "data-protection-complaint",
        "notice that I hold records": "records-held",
        "request for supervision": "supervision",
    }
)
"""The template of each type of formal request; of every other, the one of its kind."""


def letter_of(record: SealedRecord) -> str:
    """Return the name of the template for a record, whose kind has one."""
    return REQUEST_LETTERS.get(str(record.fields.get("type", "")), LETTERS[record.kind.name])


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it will be sent, without the checkpoint line that is appended later (docs/spec/mail.md, section 5)."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Places:
    """The values that a letter is written from. `meetings` and `earlier` are other records of the thread, in order of events.

    `reply_by` is the day (Europe/London) that lies `reply_days` working days ahead.
    """

    record: SealedRecord
    author: str
    reply_by: date
    reply_days: int
    meetings: Sequence[SealedRecord] = ()
    earlier: Sequence[SealedRecord] = ()


def write_letter(template: str, places: Places) -> Letter:
    """Fill a template, in which ``$name`` is a placeholder (`string.Template`).

    Raises:
        InputError: it does not begin with a subject, or has a placeholder that this kind of record does not fill.
    """
    first, _, body = template.replace("\r\n", "\n").partition("\n")
    if not first.startswith("Subject:") or len(template) > MAX_TEMPLATE_LENGTH:
        raise InputError("A letter's template begins with “Subject:”, then an empty line, then the text.")
    values = _common(places) | PLACES[places.record.kind.name](places)
    try:
        subject = Template(first.removeprefix("Subject:")).substitute(values)
        text = Template(body).substitute(values)
    except KeyError as error:
        raise InputError(
            f"The template names ${error.args[0]}, which a {places.record.kind.label.lower()} does not fill."
        ) from error
    except ValueError as error:
        raise InputError("The template has a $ that names nothing: write $$ for a dollar sign.") from error
    return Letter(" ".join(subject.split()), _tidy(text))


def _tidy(text: str) -> str:
    """Reduce several empty lines in a row, which empty placeholders leave, to one."""
    lines = [line.rstrip() for line in text.strip().split("\n")]
    tidied: list[str] = []
    for line in lines:
        if line or (tidied and tidied[-1]):
            tidied.append(line)
    return "\n".join(tidied)


def _common(places: Places) -> dict[str, str]:
    """Return the placeholders that every letter has."""
    record = places.record
    when = record.event_in_words()
    days = f"{places.reply_days} working day{'' if places.reply_days == 1 else 's'}"
    return {
        "whom": _name(record.fields.get("raised_with") or record.fields.get("given_by") or record.fields.get("told_to"))
        or "colleague",
        "author": places.author,
        "when": when,
        "day": day_in_words(london_day(record.event[0])),
        "reply_by": f"Please reply by {day_in_words(places.reply_by)} ({days}).",
        "history": _paragraphs(meeting_reference(each) for each in places.meetings) + _repeated(places),
    }


def meeting_reference(meeting: SealedRecord) -> str:
    """Return a sentence that refers to a meeting by date and time, for the next e-mail."""
    kind = str(meeting.fields.get("type", "meeting"))
    kind = "meeting" if kind in {"other", ""} else kind
    said = str(meeting.fields.get("my_point", "")).strip()
    answered = str(meeting.fields.get("manager_view", "")).strip()
    point = str(meeting.fields.get("agenda_item", "")).strip()
    text = f"I raised this at the {kind} on {meeting.event_in_words()}{f' under “{point}”' if point else ''}"
    text += f": {_ended(said)}" if said else "."
    return text + (f" The answer was: {_ended(answered)}" if answered else "")


def _repeated(places: Places) -> str:
    concerns = [each for each in places.earlier if each.kind.name == "concern"]
    if not concerns:
        return ""
    days = ", ".join(day_in_words(london_day(each.event[0])) for each in concerns)
    times = "once" if len(concerns) == 1 else f"{len(concerns)} times"
    return f"I have raised this {times} before: {days}.\n\n"


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"{text}\n\n" for text in texts if text)


def _text(record: SealedRecord, name: str) -> str:
    return str(record.fields.get(name, "")).strip()


def _sentence(record: SealedRecord, name: str, opening: str) -> str:
    text = _text(record, name)
    return f"{opening} {_ended(text)}\n\n" if text else ""


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."


def _views(record: SealedRecord) -> str:
    return _sentence(record, "judgement", "My professional judgement:") + _sentence(
        record, "dissent", "Where I disagree, and why:"
    )


def _name(value: Json) -> str:
    return str(value.get("person") or value.get("role") or "") if isinstance(value, dict) else ""


def _concern(places: Places) -> dict[str, str]:
    record = places.record
    return {
        "category": _text(record, "category") or "my caseload",
        "concern": _text(record, "concern"),
        "views": _views(record),
        "ask": _sentence(record, "ask", "What I ask for:").strip(),
    }


def _instruction(places: Places) -> dict[str, str]:
    record = places.record
    certainty = {"verbatim": "", "close": " (the wording is close)", "gist": " (this is the gist, not the wording)"}
    return {
        "via": _text(record, "via") or "by word of mouth",
        "words": f"“{_text(record, 'exact_words')}”{certainty.get(_text(record, 'wording_certainty'), '')}",
        "understanding": _sentence(record, "understanding", "I understand this to mean:"),
        "views": _views(record),
        "policy": _sentence(record, "policy", "The policy that it concerns:"),
    }


def _escalation(places: Places) -> dict[str, str]:
    record = places.record
    before = [each for each in places.earlier if each.kind.name in {"concern", "instruction", "refusal"}]
    history = [f"On {each.event_in_words()}: {each.headline(400)}" for each in before]
    return {
        "reason": _text(record, "reason") or "no answer",
        "story": "\n".join(history) or "The concern is set out below.",
        "ask": _sentence(record, "ask", "What I ask for:").strip(),
    }


def _refusal(places: Places) -> dict[str, str]:
    record = places.record
    why = record.fields.get("why")
    reasons = ", ".join(str(each) for each in why) if isinstance(why, list) else ""
    return {
        "words": _text(record, "what"),
        "reasons": _ended(
            ". ".join(part for part in (reasons, _text(record, "reason_in_full")) if part) or "they are set out below"
        ),
        "alternative": _sentence(record, "offered_alternative", "What I offered instead:"),
    }


def _request(places: Places) -> dict[str, str]:
    record = places.record
    return {"type": _text(record, "type"), "asks": _text(record, "asks")}


def _meeting(places: Places) -> dict[str, str]:
    record = places.record
    actions = record.fields.get("actions")
    lines = [_action(each) for each in actions if isinstance(each, dict)] if isinstance(actions, list) else []
    minutes = {
        "no": "No minutes were taken, so this is my note of it.\n\n",
        "requested": "I have asked for the minutes.\n\n",
    }
    kind = _text(record, "type")
    return {
        "meeting": "meeting" if kind in {"other", ""} else kind,
        "reference": f"This is my note of the {'meeting' if kind in {'other', ''} else kind} on {record.event_in_words()}"
        + (f", under “{_text(record, 'agenda_item')}”." if _text(record, "agenda_item") else "."),
        "said": _sentence(record, "my_point", "I said:"),
        "answered": _sentence(record, "manager_view", "The answer was:")
        + _sentence(record, "exact_words", "In these words:"),
        "actions": "What was agreed:\n" + "\n".join(lines) + "\n\n" if lines else "",
        "minutes": minutes.get(_text(record, "minutes_held"), ""),
    }


def _action(action: Mapping[str, Json]) -> str:
    who = f"{action['who']}: " if action.get("who") else ""
    due = f", by {day_in_words(date.fromisoformat(str(action['due'])))}" if action.get("due") else ""
    return f"- {who}{action.get('what', '')}{due}"


PLACES: Final[MappingProxyType[str, Callable[[Places], dict[str, str]]]] = MappingProxyType(
    {
        "concern": _concern,
        "instruction": _instruction,
        "escalation": _escalation,
        "refusal": _refusal,
        "meeting": _meeting,
        "request": _request,
    }
)
"""The placeholders of each kind's letter besides the common ones."""
