"""What is to be said of the words that an entry has from lists: one's own, and such as were not in use on that day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from evidence_app.domain.phrases import Phrase, phrase
from evidence_app.domain.record.fields import Field, FieldType
from evidence_app.domain.record.lists.word_lists import WORD_LISTS
from evidence_app.domain.record.lists.words import Word, WordList, fold
from evidence_app.proof.encoding.json import Json, JsonObject


def remarks_on_words(
    fields: Sequence[Field], values: JsonObject, day: date, lists: Callable[[], Mapping[str, WordList]]
) -> Iterator[Phrase]:
    """Yield a sentence for each word that is in no list, or not in use on the day of the event. `lists` is called where a word is not among the program's own in use."""
    for field, text in _words_in(fields, values):
        if field.word_list is None or _in_use(WORD_LISTS[field.word_list.name], text, day):
            continue
        word = _found(lists()[field.word_list.name], text)
        if word is None:
            yield phrase(
                "“{text}” ({field}) is a word of your own: it is sealed as typed, and counted apart.",
                text=text,
                field=field.label,
            )
        elif word.since and day < word.since:
            yield phrase("“{text}” ({field}) is in use from {day}.", text=text, field=field.label, day=word.since)
        elif word.until and day > word.until:
            yield phrase("“{text}” ({field}) was in use until {day}.", text=text, field=field.label, day=word.until)


def _words_in(fields: Sequence[Field], values: JsonObject) -> Iterator[tuple[Field, str]]:
    for field in fields:
        value = values.get(field.name)
        for item in value if isinstance(value, list) else [value]:
            yield from _word(field, item)


def _word(field: Field, value: Json) -> Iterator[tuple[Field, str]]:
    if field.type is FieldType.GROUP and isinstance(value, dict):
        yield from _words_in(field.parts, value)
    elif field.word_list is not None and isinstance(value, str):
        yield field, value


def _in_use(word_list: WordList, text: str, day: date) -> bool:
    word = _found(word_list, text)
    return word is not None and word.is_in_use(day)


def _found(word_list: WordList, text: str) -> Word | None:
    folded = fold(text)
    return next((word for word in word_list.words if fold(word.text) == folded), None)
