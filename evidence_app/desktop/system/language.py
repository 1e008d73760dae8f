"""The language of the window (docs/decisions/0015): English, and what the catalogues in resources/languages hold."""

import os
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from evidence_app.errors import EnvironmentProblem, InputError
from evidence_app.files import resource

CONTEXT: Final = "window"
ENGLISH: Final = "en"
LANGUAGES: Final[Mapping[str, str]] = {ENGLISH: "English", "cy": "Cymraeg"}
"""Each language under its own name."""
VARIABLE: Final = "EVIDENCE_TRAIL_LANGUAGE"
_IN_FORCE: dict[str, QTranslator] = {}


def tr(text: str, *values: object) -> str:
    """Return words of the program in the language in force. `values` stand where the text has braces.

    What people wrote never goes through here: it is shown as it was written.
    """
    said = QCoreApplication.translate(CONTEXT, text)
    return said.format(*values) if values else said


def wished() -> str:
    """Return the language that the environment or else the system asks for, if the program has it."""
    asked = os.environ.get(VARIABLE, "") or QLocale.system().name().partition("_")[0]
    return asked if asked in LANGUAGES else ENGLISH


def in_force() -> str:
    """Return the language in force."""
    return next(iter(_IN_FORCE), ENGLISH)


def choose(language: str) -> None:
    """Use a language for what is made from now on.

    Raises:
        InputError: the program has no such language.
        EnvironmentProblem: its catalogue is missing.
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
