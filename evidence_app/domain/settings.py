"""What an officer sets: addresses, people, days, levels and waiting times. They change what is offered, never what is sealed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from evidence_app.domain.fields import Json, JsonObject
from evidence_app.domain.non_working_days import HELP, NonWorkingDays, non_working_days, read_free_days
from evidence_app.domain.recipients import Person, read_person, read_recipient
from evidence_app.errors import InputError

MOST_VALUES: Final = 500
VALUE_LIMIT: Final = 300
MOST_DAYS: Final = 260


@dataclass(frozen=True, slots=True)
class Settings:
    """An officer's settings. Numbers of days are working days, but for those between backups."""

    own_addresses: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    inside: tuple[str, ...] = ("*.justice.gov.uk", "*.gov.uk", "*.police.uk", "*.cjsm.net", "*.nhs.net")
    client_names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    non_working_days: tuple[str, ...] = ()
    levels: tuple[str, ...] = (
        "SPO",
        "Head of PDU",
        "RPD/ACO",
        "HR",
        "whistleblowing nominated officer",
        "union",
        "H&S rep",
    )
    reply_after: int = 5
    receipt_after: int = 5
    backup_after: int = 7

    @property
    def free_days(self) -> NonWorkingDays:
        """The non-working days."""
        return non_working_days(self.non_working_days)

    @property
    def persons(self) -> tuple[Person, ...]:
        """The people."""
        return tuple(read_person(line) for line in self.people)

    def names_of_clients(self, apart_from: str = "") -> tuple[str, ...]:
        """Return the names of clients, without those of one case."""
        pairs = [(name.strip(), case.strip()) for name, _, case in (line.partition(";") for line in self.client_names)]
        return tuple(name for name, case in pairs if name and not (case and case.upper() == apart_from.upper()))

    def next_level(self, level: str) -> str:
        """Return the level after one, or nothing after the last; after none the first."""
        if level not in self.levels:
            return self.levels[0] if self.levels else ""
        place = self.levels.index(level) + 1
        return self.levels[place] if place < len(self.levels) else ""

    def to_json(self) -> JsonObject:
        """Return the settings as they are kept."""
        kept: JsonObject = {}
        for each in fields(self):
            value = getattr(self, each.name)
            kept[each.name] = list(value) if isinstance(value, tuple) else value
        return kept


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, what it is for, and how one value of it is checked. `many` takes a list."""

    name: str
    label: str
    help: str
    read: Callable[[str], object]
    many: bool = True


def _pattern(text: str) -> object:
    if "@" in text:
        return read_recipient(text)
    return read_recipient(f"someone@{text.removeprefix('*.')}")


def _days(text: str) -> object:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= MOST_DAYS:
        raise InputError(f"“{text[:20]}” is not a number of days from 1 to {MOST_DAYS}.")
    return int(text)


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        "own_addresses",
        "My e-mail addresses",
        "which mails are mine, and where a receipt comes back to",
        read_recipient,
    ),
    Setting("people", "People", "Name; role; address – for drafts, and to tell when a copy skips a level", read_person),
    Setting(
        "inside",
        "Inside the secure system",
        "domains such as *.gov.uk, or single addresses, that may get what identifies a client",
        _pattern,
    ),
    Setting(
        "client_names",
        "Names of clients",
        "words that identify a client, replaced in mails that go outside and in bundles; after a semicolon the case, as in Name; X000123",
        str,
    ),
    Setting(
        "other_names",
        "Names that are nobody's secret",
        "words that look like a name and may be shown: offices, places, colleagues",
        str,
    ),
    Setting("non_working_days", "My non-working days", f"they move what I have to do myself: {HELP}", read_free_days),
    Setting("levels", "Levels of escalation", "from the first to the last", str),
    Setting(
        "reply_after",
        "Working days for a reply",
        "how long a reply is waited for where no date is set",
        _days,
        many=False,
    ),
    Setting(
        "receipt_after",
        "Working days for a mail receipt",
        "after which a receipt that was asked for counts as not come",
        _days,
        many=False,
    ),
    Setting(
        "backup_after",
        "Days between backups",
        "after which the window says that the last backup is old, if anything was sealed since",
        _days,
        many=False,
    ),
)


def find_setting(name: str) -> Setting:
    """Return a setting by name.

    Raises:
        InputError: there is none.
    """
    for setting in SETTINGS:
        if setting.name == name.replace("-", "_"):
            return setting
    raise InputError(f"There is no setting “{name[:40]}”. There are: {', '.join(each.name for each in SETTINGS)}.")


def changed(settings: Settings, name: str, values: Sequence[str]) -> Settings:
    """Return settings with one of them changed; values that are empty are left out.

    Raises:
        InputError: there is no such setting, or a value is not what it takes.
    """
    setting = find_setting(name)
    kept = [" ".join(value.split()) for value in values if value.strip()]
    if len(kept) > MOST_VALUES or any(len(value) > VALUE_LIMIT or not value.isprintable() for value in kept):
        raise InputError(f"“{setting.label}” takes at most {MOST_VALUES} lines of plain text.")
    read = [setting.read(value) for value in kept]
    if setting.many:
        value: Any = tuple(dict.fromkeys(kept))
    elif len(read) == 1:
        value = read[0]
    else:
        raise InputError(f"“{setting.label}” takes one value.")
    return replace(settings, **{setting.name: value})


def read_settings(stored: Json) -> Settings:
    """Read settings as they are kept; one that cannot be read has its usual value.

    Settings never stand between a person and the records.
    """
    settings = Settings()
    if not isinstance(stored, dict):
        return settings
    for setting in SETTINGS:
        value = stored.get(setting.name)
        values = [str(item) for item in value] if isinstance(value, list) else [str(value)]
        if value is None:
            continue
        try:
            settings = changed(settings, setting.name, values)
        except InputError:
            continue
    return settings
