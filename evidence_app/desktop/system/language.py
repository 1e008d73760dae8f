"""Language of the window (docs/decisions/0015): English, or a Qt catalogue in resources/languages."""

import os
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.files import resource

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

    Text that users wrote is never passed to this function: it is shown as written.
    """
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated.format(*values) if values else translated


def wished() -> str:
    """Return the language code of the environment variable or else of the system; English if the program lacks it."""
    requested = os.environ.get(VARIABLE, "") or QLocale.system().name().partition("_")[0]
    return requested if requested in LANGUAGES else ENGLISH


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
