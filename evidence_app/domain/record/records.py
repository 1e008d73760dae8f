"""Records: composing them from entries, and reading sealed ones."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from evidence_app.domain.phrases import Phrase, phrase, together
from evidence_app.domain.record.entries import Entry, event_span
from evidence_app.domain.record.fields import Field, FieldType, Kind
from evidence_app.domain.record.kinds import KINDS, fields_of
from evidence_app.domain.record.vocabularies import ADDENDUM_RELATIONS, RELATION_PHRASES
from evidence_app.domain.time.times import gap_in_words, london_day, typed_day
from evidence_app.domain.time.working_days import is_late
from evidence_app.proof.encoding.crockford import crockford, short_code
from evidence_app.proof.encoding.json import Json, JsonObject
from evidence_app.proof.encoding.times import read_moment, spell

SENTENCE_STOP: Final = re.compile(r"(?<=[a-z\u2019\u201d)])\.$")
"""The full stop of a sentence, which is none behind an initial."""


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """A record's entry for an attachment. `sha256` is of the exact bytes received, in lower-case hexadecimal; `size` is in bytes.

    `kept` is false if only the digest is stored (docs/domain.md, section 2: a machine that is not the employer's).
    """

    name: str
    sha256: str
    size: int
    media_type: str
    kept: bool = True
    source_location: str = ""

    def to_json(self) -> JsonObject:
        """Return the item of the record's list `attachments`."""
        facts: JsonObject = {
            "name": self.name,
            "sha256": self.sha256,
            "bytes": self.size,
            "media_type": self.media_type,
            "kept": self.kept,
        }
        if self.source_location:
            facts["source_location"] = self.source_location
        return facts


def ulid(moment: datetime, randomness: bytes) -> str:
    """Return a ULID in Crockford's base 32: 48 bits of milliseconds since 1970 (UTC), then 80 random bits."""
    milliseconds = int(moment.timestamp() * 1000)
    return crockford((milliseconds << 80) | int.from_bytes(randomness[:10], "big"), 26)


def compose(
    entry: Entry,
    *,
    identity: str,
    author: JsonObject,
    recorded_at: datetime,
    attachments: Sequence[AttachmentFacts] = (),
    clock_went_back: int = 0,
) -> JsonObject:
    """Return the record of an entry: the JSON object that is committed to (docs/spec/record-log.md, section 2).

    `clock_went_back` is the number of seconds by which this machine's clock is behind the time of the last sealing.
    """
    record: JsonObject = {
        "id": identity,
        "kind": entry.kind.name,
        "author": author,
        "event_at": entry.event_at,
        "event_precision": entry.event_precision,
        "recorded_at": spell(recorded_at),
        "fields": entry.fields,
    }
    optional: JsonObject = {
        "event_until": entry.event_until,
        "case_ref": entry.case_ref,
        "attachments": [facts.to_json() for facts in attachments],
        "links": [{"to": link.to, "as": link.relation} for link in entry.links],
        "clock_went_back_seconds": clock_went_back,
        "late_entry": is_late(london_day(entry.event_end()), london_day(recorded_at)),
    }
    # Members that are empty, null, false or zero are left out.
    return record | {key: value for key, value in optional.items() if value}


@dataclass(frozen=True, slots=True, order=True)
class RecordRef:
    """A record of another log: the position of the hand-over that brought it, and its position in that log. People read it as “7/12”."""

    handover: int
    position: int

    def __str__(self) -> str:
        return f"{self.handover}/{self.position}"


RecordKey = int | RecordRef
"""Which record is meant: a position in the store's own log, or a record of another one. As text it is the number that people read."""


def record_order(key: RecordKey) -> tuple[int, int]:
    """Return what records of several logs are put in order by: own records first, then hand-over by hand-over."""
    return (key.handover, key.position) if isinstance(key, RecordRef) else (0, key)


@dataclass(frozen=True, slots=True)
class SealedRecord:
    """A record with its position in its log. `sealed_at` is the sealing machine's clock, in UTC.

    `handover` is the position of the hand-over that brought the record, or 0 for a record of the store's own log.
    """

    index: int
    content: JsonObject
    sealed_at: datetime
    leaf_hash: bytes
    handover: int = 0

    @property
    def key(self) -> RecordKey:
        """Which record it is among those of several logs."""
        return RecordRef(self.handover, self.index) if self.handover else self.index

    @property
    def number(self) -> str:
        """How it is numbered where people read it."""
        return str(self.key)

    @property
    def code(self) -> str:
        """Its short code (docs/spec/record-log.md, section 6)."""
        return short_code(self.leaf_hash)

    @property
    def kind(self) -> Kind:
        """Its kind."""
        return KINDS[str(self.content["kind"])]

    @property
    def fields(self) -> JsonObject:
        """Its fields, as the kind defines them."""
        fields = self.content.get("fields")
        return fields if isinstance(fields, dict) else {}

    @property
    def case_ref(self) -> str:
        """Its case reference: a CRN or a pseudonym, or an empty string."""
        return str(self.content.get("case_ref", ""))

    @property
    def author_name(self) -> str:
        """The name of its author, or an empty string where that is not shown."""
        author = self.content.get("author")
        return str(author.get("person", "")) if isinstance(author, dict) else ""

    @property
    def event(self) -> tuple[datetime, datetime]:
        """The start and end of the event, in UTC; equal for a point in time."""
        until = self.content.get("event_until")
        return event_span(str(self.content["event_at"]), str(until) if until else None, self.precision)

    @property
    def precision(self) -> str:
        """The precision of the event's time: one of `vocabularies.PRECISIONS`."""
        return str(self.content["event_precision"])

    @property
    def recorded_at(self) -> datetime:
        """The time at which it was written, by this machine's clock, in UTC."""
        return read_moment(str(self.content["recorded_at"]))

    @property
    def late(self) -> bool:
        """Whether it was written more than one working day after the event."""
        return self.content.get("late_entry") is True

    @property
    def clock_went_back(self) -> int:
        """By how many seconds this machine's clock was behind the time of the sealing before; 0 where it was not."""
        seconds = self.content.get("clock_went_back_seconds")
        return seconds if isinstance(seconds, int) else 0

    @property
    def attachments(self) -> list[AttachmentFacts]:
        """Its entries for attachments."""
        listed = self.content.get("attachments", [])
        facts = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
        return [
            AttachmentFacts(
                str(item["name"]),
                str(item["sha256"]),
                int(str(item["bytes"])),
                str(item["media_type"]),
                item.get("kept") is True,
                str(item.get("source_location", "")),
            )
            for item in facts
        ]

    @property
    def linked(self) -> list[tuple[RecordKey, str]]:
        """The records that this one names, and how: `links` among the records of several logs."""
        return [(RecordRef(self.handover, to) if self.handover else to, how) for to, how in self.links]

    @property
    def links(self) -> list[tuple[int, str]]:
        """The positions, in this record's own log, of the records that it names, and how."""
        listed = self.content.get("links")
        if not isinstance(listed, list):
            return []
        return [(int(str(link["to"])), str(link["as"])) for link in listed if isinstance(link, dict)]

    @property
    def adds_to(self) -> list[RecordKey]:
        """The records that this one is an addendum of."""
        return [to for to, relation in self.linked if relation in ADDENDUM_RELATIONS]

    def links_in_words(self) -> list[tuple[RecordKey, str]]:
        """Return the records that this one names, each with a sentence that says how."""
        return [
            (to, phrase(f"This {RELATION_PHRASES.get(how, how)} record {{record}}", record=str(to)))
            for to, how in self.linked
        ]

    @property
    def restricted(self) -> str:
        """The type of advice for which it is never shown to an employer, or an empty string."""
        if self.kind.name == "collective":
            return "union advice"
        return str(self.fields.get("restricted_to", ""))

    def headline(self, limit: int = 120) -> str:
        """Return its title in a list, on one line of at most `limit` characters."""
        words = self.fields.get("title") or self._made_headline()
        line = " ".join(str(words).split())
        return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"

    def _made_headline(self) -> str:
        """Return a title from the kind's headline fields, or else from its first three filled fields, or its label."""
        texts = {field.name: (field, text) for field, _, text in described(self.kind, self.fields)}
        chosen = [texts[name] for name in self.kind.headline or (self.kind.main,) if name in texts]
        chosen = chosen or list(texts.values())[:3]
        numbers = (FieldType.INTEGER, FieldType.NUMBER)
        parts = [f"{field.label} {text}" if field.type in numbers else text for field, text in chosen]
        # A sentence that goes on with another fact has no full stop; an initial keeps its own.
        joined = [SENTENCE_STOP.sub("", part) for part in parts[:-1]] + parts[-1:]
        return "; ".join(joined) or self.kind.label

    def event_in_words(self) -> Phrase:
        """Format the event's time (Europe/London) as exactly as it is known."""
        first, last = self.event
        match self.precision:
            case "date only":
                return phrase("{day}", day=london_day(first))
            case "period":
                return phrase("{first} to {last}", first=first, last=last)
            case "about":
                return phrase("about {moment}", moment=first)
            case _:
                return phrase("{moment}", moment=first)

    def gaps_in_words(self) -> tuple[Phrase, Phrase]:
        """Return two texts: how long after the event it was written, and how long after that it was sealed."""
        written, (first, last) = self.recorded_at, self.event
        if self.precision == "date only" and first <= written <= last:
            after = phrase("written the same day")
        elif written < last:
            after = (
                phrase("written {gap} before", gap=gap_in_words(written, first))
                if written < first
                else phrase("written during the period")
            )
        else:
            after = phrase("written {gap} after", gap=gap_in_words(last, written))
        if self.sealed_at < written:
            gap = gap_in_words(self.sealed_at, written)
            return after, phrase("the clock stood {gap} earlier at sealing", gap=gap)
        return after, phrase("sealed {gap} later", gap=gap_in_words(written, self.sealed_at))


def described(kind: Kind, fields: JsonObject) -> Iterator[tuple[Field, str, str]]:
    """Yield each filled field with its label and its value as text, in the order of the definitions."""
    for field in fields_of(kind):
        value = fields.get(field.name)
        if value is None or value == "":
            continue
        yield field, field.label, value_in_words(field, value)


def value_in_words(field: Field, value: Json) -> str:
    """Format a field's value for people. Lists of groups are joined by line breaks, other lists by commas."""
    if field.many and isinstance(value, list):
        joiner = "\n" if field.type is FieldType.GROUP else ", "
        return together([_one_in_words(field, item) for item in value], joiner)
    return _one_in_words(field, value)


def _one_in_words(field: Field, value: Json) -> str:
    match field.type:
        case FieldType.BOOLEAN:
            return phrase("yes") if value else phrase("no")
        case FieldType.DATE:
            return phrase("{day}", day=typed_day(str(value)))
        case FieldType.MOMENT:
            return phrase("{moment}", moment=read_moment(str(value)))
        case FieldType.GROUP if isinstance(value, dict):
            return group_in_words(field, value)
        case _:
            return str(value)


def group_in_words(field: Field, value: JsonObject) -> str:
    """Format a group: a person as ``J. Marsh, Senior probation officer``, others part by part with labels."""
    names = [part.name for part in field.parts]
    texts = [(part, _one_in_words(part, value[part.name])) for part in field.parts if part.name in value]
    if names == ["person", "role"]:
        return together([text for _, text in texts], ", ")
    if names == ["answer", "note"]:
        return together([text for _, text in texts], " – ")
    labelled = [phrase("{label}: {text}", label=phrase(part.label), text=text) for part, text in texts]
    return together(labelled, "\n" if any(part.type is FieldType.GROUP for part in field.parts) else "; ")
