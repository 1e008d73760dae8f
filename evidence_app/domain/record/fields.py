"""What a field is. Forms, checks, JSON Schemas and page layout all read these values and nothing else."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, TypedDict, Unpack

MAX_LINE_LENGTH: Final = 500
"""The most characters in a one-line field."""
MAX_PROSE_LENGTH: Final = 200_000
"""The most characters in a field of free text."""
MAX_ITEMS: Final = 1_000
"""The most entries in a field that holds many."""


class FieldType(Enum):
    """The shapes that a field's value can have."""

    LINE = "line"
    PROSE = "prose"
    CHOICE = "choice"
    DATE = "date"
    MOMENT = "moment"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    GROUP = "group"


class Audience(Enum):
    """Who may be shown a field. Trade-union matters and legal advice never go to an employer."""

    ANYONE = "anyone"
    UNION = "union"
    LEGAL = "legal"


class Holder(StrEnum):
    """Who holds a store: an officer with records of their own, or a union rep with those of members."""

    OFFICER = "officer"
    REP = "rep"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    `choices` are the suggested words of a CHOICE; with `open_choice` other words are taken too.
    `parts` are the fields of a GROUP. `many` makes the value a list. `folded` fields are shown when asked for. A date that lies `ahead` is one
    for which “Friday” means the next one.
    """

    name: str
    label: str
    type: FieldType = FieldType.LINE
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    open_choice: bool = False
    parts: tuple["Field", ...] = ()
    help: str = ""
    folded: bool = False
    audience: Audience = Audience.ANYONE
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record. `main` names the field whose first words stand for the record in a list.

    `headline` names several where one is not enough. `letter` is the key that starts one in the window; a kind without a letter is sealed by the program itself.
    `holders` are those in whose stores people write it.
    """

    name: str
    label: str
    purpose: str
    main: str
    fields: tuple[Field, ...]
    letter: str = ""
    headline: tuple[str, ...] = ()
    holders: frozenset[Holder] = frozenset({Holder.OFFICER})

    @property
    def by_program(self) -> bool:
        """Whether only the program seals this kind."""
        return not self.letter


class Options(TypedDict, total=False):
    """What may be said of a field beside its name, label and type."""

    many: bool
    required: bool
    open_choice: bool
    help: str
    folded: bool
    audience: Audience
    ahead: bool


def line(name: str, label: str, **more: Unpack[Options]) -> Field:
    """A short text on one line."""
    return Field(name, label, FieldType.LINE, **more)


def prose(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Free text, as long as it needs to be."""
    return Field(name, label, FieldType.PROSE, **more)


def choice(name: str, label: str, choices: tuple[str, ...], **more: Unpack[Options]) -> Field:
    """One of a list of words."""
    return Field(name, label, FieldType.CHOICE, choices=choices, **more)


def date(name: str, label: str, **more: Unpack[Options]) -> Field:
    """A calendar day in England and Wales."""
    return Field(name, label, FieldType.DATE, **more)


def moment(name: str, label: str, **more: Unpack[Options]) -> Field:
    """A moment, kept in UTC to the second."""
    return Field(name, label, FieldType.MOMENT, **more)


def integer(name: str, label: str, **more: Unpack[Options]) -> Field:
    """A whole number, not negative."""
    return Field(name, label, FieldType.INTEGER, **more)


def number(name: str, label: str, **more: Unpack[Options]) -> Field:
    """A number, not negative, with at most two decimals."""
    return Field(name, label, FieldType.NUMBER, **more)


def boolean(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Yes or no."""
    return Field(name, label, FieldType.BOOLEAN, **more)


def group(name: str, label: str, parts: tuple[Field, ...], **more: Unpack[Options]) -> Field:
    """Several fields that belong together."""
    return Field(name, label, FieldType.GROUP, parts=parts, **more)
