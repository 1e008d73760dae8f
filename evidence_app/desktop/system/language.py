"""Language of the window (docs/decisions/0015): English, or a Qt catalogue in resources/languages."""

import os
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTranslator

from evidence_app.domain.phrases import Phrase, Value, in_english
from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.files import resource
from evidence_app.proof.encoding.times import LONDON, day_in_words, in_words

MONDAY: Final = date(2025, 3, 3)
"""Any Monday."""
CONTEXT: Final = "window"
"""Translation context of every string in the catalogues."""
ENGLISH: Final = "en"
"""Code of the source language, which needs no catalogue."""
LANGUAGES: Final[Mapping[str, str]] = {ENGLISH: "English", "cy": "Cymraeg"}
"""ISO 639-1 code of each language, with the language's own name for itself."""
VARIABLE: Final = "EVIDENCE_TRAIL_LANGUAGE"
"""Environment variable that overrides the system's language."""
_IN_FORCE: dict[str, QTranslator] = {}
"""The installed translator under its language; empty for English. Kept referenced, because Qt does not own it."""


def tr(text: str, *values: object) -> str:
    """Translate a string of the program into the current language, and format it with `values` (`str.format`).

    Of a `Phrase` the pattern is translated, and its own values in turn. Text that users wrote is never passed to this
    function: it is shown as written.
    """
    if isinstance(text, Phrase):
        pattern = QCoreApplication.translate(CONTEXT, text.pattern)
        return pattern.format_map({name: tr_value(value) for name, value in text.values.items()})
    translated = QCoreApplication.translate(CONTEXT, text)
    return (
        translated.format(*(tr_value(each) if isinstance(each, Phrase | date) else each for each in values))
        if values
        else translated
    )


def tr_value(value: Value) -> str:
    """Return what stands in a place of a sentence: a phrase, a day or a number in the current language, anybody's own words as they are."""
    match value:
        case Phrase():
            return tr(value)
        case datetime():
            return tr_moment(value)
        case date():
            return tr_day(value)
        case _:
            return in_english(value)


def tr_day(day: date) -> str:
    """Return a day for people: ``Mon 14 Apr 2025``, with the names of the current language."""
    if in_force() == ENGLISH:
        return day_in_words(day)
    return QLocale(in_force()).toString(QDate(day.year, day.month, day.day), "ddd d MMM yyyy")


def tr_weekday(number: int) -> str:
    """Return the name of a day of the week in the current language; 0 is Monday."""
    day = MONDAY + timedelta(days=number)
    if in_force() == ENGLISH:
        return f"{day:%A}"
    return QLocale(in_force()).standaloneDayName(number + 1)


def weekdays() -> Sequence[str]:
    """Return the short names of the days of the week in the current language, as `tr_day` has them."""
    return _weekdays(in_force())


@cache
def _weekdays(_language: str) -> Sequence[str]:
    return [tr_day(MONDAY + timedelta(days=number)).split()[0] for number in range(7)]


def tr_moment(moment: datetime) -> str:
    """Return a time with a zone for people, in Europe/London: ``Mon 14 Apr 2025, 14:10``, with the names of the current language."""
    english = in_words(moment)
    day = moment.astimezone(LONDON).date()
    # The part behind the day is the same in every language: the time, and in the night of the change which of two hours.
    return f"{tr_day(day)}{english.removeprefix(day_in_words(day))}"


def tr_month(day: date, *, with_year: bool) -> str:
    """Return the short name of a day's month in the current language, with the year where wished."""
    if in_force() == ENGLISH:
        # Not Qt's, which has “Sept” where `tr_day` has “Sep”.
        return f"{day:%b %Y}" if with_year else f"{day:%b}"
    return QLocale(in_force()).toString(QDate(day.year, day.month, 1), "MMM yyyy" if with_year else "MMM")


def wished() -> str:
    """Return the language code of the environment variable or else of the system; English if the program lacks it."""
    requested = os.environ.get(VARIABLE, "") or QLocale.system().name().partition("_")[0]
    return requested if requested in LANGUAGES else ENGLISH


def code_of(name: str) -> str:
    """Return the code of a language by its own name for itself; of any other name that of the environment or system."""
    return next((code for code, own_name in LANGUAGES.items() if own_name == name), wished())


def in_force() -> str:
    """Return the code of the current language."""
    return next(iter(_IN_FORCE), ENGLISH)


def choose(language: str) -> None:
    """Switch the language, for widgets that are created from now on.

    Raises:
        InputError: the program has no such language.
        EnvironmentProblem: the catalogue is missing or damaged.
    """
    if language not in LANGUAGES:
        raise InputError(f"There is no language “{language[:20]}”. There are: {', '.join(LANGUAGES)}.")
    while _IN_FORCE:
        QCoreApplication.removeTranslator(_IN_FORCE.popitem()[1])
    if language != ENGLISH:
        translator = QTranslator()
        if not translator.load(str(resource(f"languages/{language}.qm"))):
            raise EnvironmentProblem(
                f"The program's own catalogue of {LANGUAGES[language]} is damaged: install it again."
            )
        QCoreApplication.installTranslator(translator)
        _IN_FORCE[language] = translator
