"""Sentences of the program that remember how they were made, so that the window can say them in another language.

A `Phrase` is its English sentence: whoever prints it, seals it or compares it needs to know nothing of this module
(docs/decisions/0037-sentences-are-values.md).
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Self

from evidence_app.proof.encoding.times import day_in_words, in_words

Value = str | int | float | date
"""What stands in a place of a pattern: a phrase, somebody's own words (any other string), a number, a day, or a time with a zone."""


class Phrase(str):
    """An English sentence with its `pattern` and the `values` that stand in the pattern's places (`str.format`)."""

    __slots__ = ("pattern", "values")

    pattern: str
    values: Mapping[str, Value]

    def __new__(cls, pattern: str, values: Mapping[str, Value]) -> Self:
        """Return the sentence of a pattern and its values."""
        made = super().__new__(cls, pattern.format_map({name: in_english(value) for name, value in values.items()}))
        made.pattern, made.values = pattern, MappingProxyType(dict(values))
        return made

    def __reduce__(self) -> tuple[type["Phrase"], tuple[str, dict[str, Value]]]:
        """Return what a copy is made from."""
        return Phrase, (self.pattern, dict(self.values))


def phrase(pattern: str, **values: Value) -> Phrase:
    """Return the sentence of a pattern, whose places have names: ``phrase("Asked on {day}", day=…)``.

    A pattern is a literal: `tools/strings.py` finds it by reading the code. A phrase without places is a word of the
    program, such as the name of a kind; a plain string as a value is somebody's own words and is never translated.
    """
    return Phrase(pattern, values)


def counted_phrase(count: int, one: str, several: str, **values: Value) -> Phrase:
    """Return a sentence about a number, which stands at ``{count}``: `one` for 1, `several` for every other number."""
    return Phrase(one if count == 1 else several, {"count": count, **values})


def together(parts: Iterable[str], separator: str = " ") -> Phrase:
    """Return several sentences or words as one; empty ones are left out."""
    named = {f"part{number}": part for number, part in enumerate(part for part in parts if part)}
    mark = separator.replace("{", "{{").replace("}", "}}")
    return Phrase(mark.join(f"{{{name}}}" for name in named), named)


def in_english(value: Value) -> str:
    """Return a value as it stands in an English sentence: a day as ``Mon 3 Mar 2025``, thousands with a comma."""
    match value:
        case datetime():
            return in_words(value)
        case date():
            return day_in_words(value)
        case int():
            return f"{value:,}"
        case float():
            return f"{value:g}"
        case str():
            return value
