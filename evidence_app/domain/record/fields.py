"""Definitions of fields and kinds. Forms, validation, JSON Schemas and page layout are all derived from these values."""

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, TypedDict, Unpack

from evidence_app.domain.record.lists.words import WordList

MAX_LINE_LENGTH: Final = 500
"""Maximum length of a one-line text, in characters."""
MAX_PROSE_LENGTH: Final = 200_000
"""Maximum length of free text, in characters."""
MAX_ITEMS: Final = 1_000
"""Maximum number of items of a list."""


class FieldType(Enum):
    """The type of a field's value."""

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
    """The audience to which a field may be shown. Fields for UNION and LEGAL are never shown to an employer."""

    ANYONE = "anyone"
    UNION = "union"
    LEGAL = "legal"


class Holder(StrEnum):
    """The holder of a store: an officer with their own records, a union rep with those of members, or a manager with both (decision 0046)."""

    OFFICER = "officer"
    REP = "rep"
    MANAGER = "manager"

    @property
    def takes_in(self) -> bool:
        """Whether the store takes in what others hand over."""
        return self is not Holder.OFFICER


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind.

    `choices` are the words of a CHOICE; with `open_choice` other words are accepted too, and `word_list` is the list that they are, where
    policy changes it. `parts` are the fields of a GROUP.
    `many` makes the value a list. `folded` fields are hidden in a form until they are asked for; what is `technical` stands in a bundle's
    annex, not on the pages that people read. For a date with `ahead`,
    “Friday” means the next one, not the last.
    """

    name: str
    label: str
    type: FieldType = FieldType.LINE
    many: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    open_choice: bool = False
    word_list: WordList | None = None
    parts: tuple["Field", ...] = ()
    help: str = ""
    folded: bool = False
    technical: bool = False
    audience: Audience = Audience.ANYONE
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record. `main` is the name of the field that gives the record's headline in a list.

    `headline` names several fields where one is not enough. `letter` is the key that begins an entry of this kind in the
    window, and is unique among those that a menu offers; a kind without a letter is sealed by the program itself. `holders` are those in whose stores people write it.
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

    def is_written_by(self, holder: Holder) -> bool:
        """Whether people write this kind in a holder's store. A manager writes what an officer does."""
        return holder in self.holders or (holder is Holder.MANAGER and Holder.OFFICER in self.holders)


class Options(TypedDict, total=False):
    """The optional members of a `Field`, as keyword arguments of the functions below."""

    many: bool
    required: bool
    open_choice: bool
    help: str
    folded: bool
    technical: bool
    audience: Audience
    ahead: bool


def line(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a field for a short text on one line."""
    return Field(name, label, FieldType.LINE, **more)


def prose(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a field for free text of several lines."""
    return Field(name, label, FieldType.PROSE, **more)


def choice(name: str, label: str, choices: tuple[str, ...], **more: Unpack[Options]) -> Field:
    """Return a field for one of several words."""
    return Field(name, label, FieldType.CHOICE, choices=choices, **more)


def choice_from(name: str, label: str, word_list: WordList, **more: Unpack[Options]) -> Field:
    """Return a field for a word of a list that policy changes, or a word of one's own."""
    more["open_choice"] = True
    return Field(name, label, FieldType.CHOICE, choices=word_list.texts, word_list=word_list, **more)


def date(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a field for a calendar day (Europe/London)."""
    return Field(name, label, FieldType.DATE, **more)


def moment(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a field for a time, stored in UTC to the second."""
    return Field(name, label, FieldType.MOMENT, **more)


def integer(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a field for a whole number, not negative."""
    return Field(name, label, FieldType.INTEGER, **more)


def number(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a field for a number, not negative, with at most two decimals."""
    return Field(name, label, FieldType.NUMBER, **more)


def boolean(name: str, label: str, **more: Unpack[Options]) -> Field:
    """Return a field for yes or no."""
    return Field(name, label, FieldType.BOOLEAN, **more)


def group(name: str, label: str, parts: tuple[Field, ...], **more: Unpack[Options]) -> Field:
    """Return a field whose value is an object of several fields."""
    return Field(name, label, FieldType.GROUP, parts=parts, **more)
