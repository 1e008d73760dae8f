"""The officer's settings: addresses, people, days, levels and waiting times. They never change what is sealed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from enum import Enum
from typing import Any, Final

from evidence_app.domain.people.identities import Identity, identities
from evidence_app.domain.people.recipients import KnownPerson, read_person, read_recipient
from evidence_app.domain.time.limits import DEFAULT_LIMITS, FORM, read_limit
from evidence_app.domain.time.non_working_days import HELP, NonWorkingDays, non_working_days, read_free_days
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, JsonObject

MAX_VALUES: Final = 500
"""Maximum number of lines of a setting."""
MAX_VALUE_LENGTH: Final = 300
"""Maximum length of a line, in characters."""
MAX_DAYS: Final = 260
"""Maximum of a setting in days or working days: the working days of a year."""
SWITCH: Final = {"yes": True, "no": False, "True": True, "False": False}
"""Accepted texts of a yes-or-no setting: as typed, and as `str` writes a stored boolean."""
APPEARANCES: Final = ("as the system", "light", "dark", "high contrast")
"""The choices of the setting `appearance`; the first is the default."""
LANGUAGES: Final = ("as the system", "English", "Cymraeg")
"""The choices of the setting `language`, each language by its own name for itself; the first is the default."""
TEXT_SIZES: Final = ("100 %", "125 %", "150 %", "200 %", "300 %")
"""The choices of the setting `text_size`, of the size that the system has; the first is the default."""
LANGUAGE_DATA: Final = ".traineddata"
LANGUAGE_SEPARATORS: Final = frozenset("+~")
"""Characters that Tesseract reads as signs between languages."""
SWITCH_WORDS: Final = {True: "yes", False: "no"}
"""How a yes-or-no setting is shown."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of all settings. `SETTINGS` defines each one's label, unit and limits."""

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
    limits: tuple[str, ...] = DEFAULT_LIMITS
    supervision_every: int = 0
    renew_before: int = 60
    outside_clock_after: int = 90
    lock_after: int = 10
    clear_copied_after: int = 60
    hidden_from_capture: bool = True
    further_languages: tuple[str, ...] = ()
    time_stamps_over_network: bool = False
    appearance: str = APPEARANCES[0]
    language: str = LANGUAGES[0]
    text_size: str = TEXT_SIZES[0]

    @property
    def free_days(self) -> NonWorkingDays:
        """The officer's own non-working days, parsed."""
        return non_working_days(self.non_working_days)

    @property
    def persons(self) -> tuple[KnownPerson, ...]:
        """The people of the setting `people`, parsed."""
        return tuple(read_person(line) for line in self.people)

    def withheld_people(self, apart_from: str = "", cases: Sequence[str] = ()) -> tuple[Identity, ...]:
        """Return who is withheld, and the case references that are nobody's of them, without those of the case `apart_from`."""
        people = identities(self.client_names, cases)
        return tuple(each for each in people if not apart_from or not each.is_called(apart_from))

    def next_level(self, level: str) -> str:
        """Return the level above `level`: empty after the last, and the first for a level that is not in the list."""
        if level not in self.levels:
            return self.levels[0] if self.levels else ""
        index = self.levels.index(level) + 1
        return self.levels[index] if index < len(self.levels) else ""

    def to_json(self) -> JsonObject:
        """Return the settings in the JSON form in which they are stored."""
        stored: JsonObject = {}
        for setting in fields(self):
            value = getattr(self, setting.name)
            stored[setting.name] = list(value) if isinstance(value, tuple) else value
        return stored


class SettingKind(Enum):
    """The type of a setting: lines of text, free days, a whole number, yes or no, or one of several choices."""

    LINES = "lines"
    DAYS = "days"
    NUMBER = "number"
    SWITCH = "switch"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Setting:
    """The definition of one setting. `read` validates one value from text, and raises InputError.

    A number is from `least` to `most`, in `unit`. `columns` name the parts of each line, which semicolons separate; the last has what more there is.
    The order of an `ordered` one says something.
    """

    name: str
    label: str
    help: str
    read: Callable[[str], object]
    sort: SettingKind = SettingKind.LINES
    least: int = 0
    most: int = 0
    unit: str = ""
    choices: tuple[str, ...] = ()
    columns: tuple[str, ...] = ("Value",)
    ordered: bool = False

    @property
    def many(self) -> bool:
        """Whether its value is a list."""
        return self.sort in (SettingKind.LINES, SettingKind.DAYS)


def _pattern(text: str) -> object:
    """Validate an address, or a domain pattern such as ``*.gov.uk``, as an address in that domain."""
    if "@" in text:
        return read_recipient(text)
    return read_recipient(f"someone@{text.removeprefix('*.')}")


def _language_data(text: str) -> object:
    if not text.endswith(LANGUAGE_DATA) or set(text) & LANGUAGE_SEPARATORS:
        raise InputError(
            f"“{text[-40:]}” is no data file of Tesseract: its name ends in {LANGUAGE_DATA}, and no + or ~ is in its path."
        )
    return text


def _switch(text: str) -> object:
    if text not in SWITCH:
        raise InputError(f"“{text[:20]}” is neither yes nor no.")
    return SWITCH[text]


def _choice(name: str, label: str, help_text: str, choices: tuple[str, ...]) -> Setting:
    def read(text: str) -> object:
        if text not in choices:
            raise InputError(f"“{text[:20]}” is none of: {', '.join(choices)}.")
        return text

    return Setting(name, label, help_text, read, SettingKind.CHOICE, choices=choices)


def _number(name: str, label: str, help_text: str, least: int, most: int, unit: str) -> Setting:
    def read(text: str) -> object:
        if not (text.isascii() and text.isdigit()) or not least <= int(text[:9]) <= most:
            raise InputError(f"“{text[:20]}” is not a number of {unit} from {least} to {most}.")
        return int(text)

    return Setting(name, label, help_text, read, SettingKind.NUMBER, least, most, unit)


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        "own_addresses",
        "My e-mail addresses",
        "which mails are mine, and where a receipt comes back to",
        read_recipient,
        columns=("Address",),
    ),
    Setting(
        "people",
        "People",
        "for drafts, and to tell when a copy skips a level; as text: Name; role; address",
        read_person,
        columns=("Name", "Role", "Address"),
    ),
    Setting(
        "inside",
        "Inside the secure system",
        "domains such as *.gov.uk, or single addresses, that may get what identifies a client",
        _pattern,
        columns=("Domain or address",),
    ),
    Setting(
        "client_names",
        "Names of clients",
        "whoever is withheld in mails that go outside and in bundles; after semicolons the case, other names of the same person, "
        "and who it is: partner, victim, relative, child, colleague, place. So: Name; X000123; Other name; victim",
        str,
        columns=("Name", "Case, other names, who it is"),
    ),
    Setting(
        "other_names",
        "Names that are nobody's secret",
        "words that look like a name and may be shown: offices, places, colleagues",
        str,
        columns=("Name",),
    ),
    Setting(
        "non_working_days",
        "My non-working days",
        f"they move what I have to do myself; as text: {HELP}",
        read_free_days,
        SettingKind.DAYS,
    ),
    Setting("levels", "Levels of escalation", "from the first to the last", str, columns=("Level",), ordered=True),
    _number("reply_after", "Wait for a reply", "where no date is set", 1, MAX_DAYS, "working days"),
    _number(
        "receipt_after",
        "Wait for a mail receipt",
        "after which a receipt that was asked for counts as not come",
        1,
        MAX_DAYS,
        "working days",
    ),
    _number(
        "supervision_every",
        "Supervision is expected",
        "after so long without one, that is listed with what is due; 0 for never",
        0,
        52,
        "weeks",
    ),
    Setting(
        "limits",
        "Limits of formal requests",
        f"when an answer is due, with source and the day on which you checked it; listed with what is due, and never advice; as text: {FORM}",
        read_limit,
        columns=("Type", "How long", "What is due", "In force from", "Source", "Checked on"),
    ),
    _number(
        "backup_after",
        "Time between backups",
        "after which the window says that the last backup is old, if anything was sealed since",
        1,
        MAX_DAYS,
        "days",
    ),
    _number(
        "renew_before",
        "Renew time stamps",
        "before the authority's certificate ends: so long before, what is to be stamped anew is listed with what is due",
        1,
        MAX_DAYS,
        "days",
    ),
    _number(
        "outside_clock_after",
        "Have the log seen again",
        "after which a log that was stamped or countersigned before, and has grown since, is listed with what is due; 0 for never",
        0,
        MAX_DAYS,
        "days",
    ),
    _number("lock_after", "Lock by itself", "when neither keyboard nor mouse was used for so long", 1, 60, "minutes"),
    _number(
        "clear_copied_after",
        "Clear what was copied",
        "what this program put on the clipboard is taken off it after so long, and when the store is locked",
        10,
        600,
        "seconds",
    ),
    Setting(
        "hidden_from_capture",
        "Hide the window from screen capture",
        "where the system can (Windows): it is asked to leave the window out of pictures of the screen and of shared screens",
        _switch,
        SettingKind.SWITCH,
    ),
    Setting(
        "further_languages",
        "Further languages on scans",
        "besides English and Welsh: data files of Tesseract (NAME.traineddata, of its tessdata_fast) on this computer, each with its whole path",
        _language_data,
        columns=("File",),
    ),
    Setting(
        "time_stamps_over_network",
        "Ask authorities and witnesses over the network",
        "when you ask for it, the hash or the head of your log is sent to that address, and no word of any record; whoever watches the network learns that it was asked for",
        _switch,
        SettingKind.SWITCH,
    ),
    _choice("appearance", "Appearance", "light, dark or high contrast; once the store is open", APPEARANCES),
    _choice(
        "language", "Language", "of the window, once the store is open; records and bundles stay as they are", LANGUAGES
    ),
    _choice("text_size", "Size of the text", "in the window, once the store is open", TEXT_SIZES),
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
    """Return settings with one of them changed; empty values are left out.

    Raises:
        InputError: there is no such setting, or a value is invalid.
    """
    setting = find_setting(name)
    lines = [" ".join(value.split()) for value in values if value.strip()]
    if len(lines) > MAX_VALUES or any(len(value) > MAX_VALUE_LENGTH or not value.isprintable() for value in lines):
        raise InputError(f"“{setting.label}” takes at most {MAX_VALUES} lines of plain text.")
    # A list is stored as it was typed, once every line is valid; a single value is stored as read.
    read = [setting.read(value) for value in lines]
    if setting.many:
        value: Any = tuple(dict.fromkeys(lines))
    elif len(read) == 1:
        value = read[0]
    else:
        raise InputError(f"“{setting.label}” takes one value.")
    return replace(settings, **{setting.name: value})


def read_settings(stored: Json) -> Settings:
    """Parse stored settings; one that cannot be read has its default value.

    A damaged setting never prevents the store from opening.
    """
    return read_settings_named(stored)[0]


def read_settings_named(stored: Json) -> tuple[Settings, list[str]]:
    """Parse stored settings, and return the labels of those that could not be read too."""
    settings, unreadable = Settings(), []
    if not isinstance(stored, dict):
        return settings, [setting.label for setting in SETTINGS]
    for setting in SETTINGS:
        value = stored.get(setting.name)
        values = [str(item) for item in value] if isinstance(value, list) else [str(value)]
        if value is None:
            continue
        try:
            settings = changed(settings, setting.name, values)
        except InputError:
            unreadable.append(setting.label)
    return settings, unreadable
