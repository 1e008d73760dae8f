"""The officer's settings. They contain names and addresses, so they are stored in the encrypted store and nowhere else."""

from collections.abc import Sequence
from pathlib import Path

from evidence_app.documents.recognition import can_recognise, reads_with, use_languages
from evidence_app.domain.record.fields import Holder
from evidence_app.domain.settings import Settings, changed, find_setting, read_settings, read_settings_named
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, canonical, parse
from evidence_app.services.core.session import SETTINGS, Session

__all__ = ["Settings", "change_setting", "load_settings", "replace_settings", "reset_setting"]

ASIDE = "settings_set_aside"
"""Name of the store setting that holds a copy of settings that could not be read."""


def load_settings(session: Session) -> Settings:
    """Return the settings. Values that were never set or are unreadable have their defaults."""
    stored = session.store.setting(SETTINGS)
    try:
        return read_settings(parse(stored)) if stored else Settings()
    except InputError:
        return Settings()


def set_aside_unreadable(session: Session) -> str:
    """Save a copy of unreadable settings before their defaults replace them.

    Returns a sentence that names the unreadable settings, or an empty string if all are readable.

    Raises:
        EnvironmentProblem: the store cannot be written.
    """
    stored = session.store.setting(SETTINGS)
    if not stored:
        return ""
    try:
        settings, unreadable = read_settings_named(parse(stored))
    except InputError:
        settings, unreadable = Settings(), ["all of them"]
    if not unreadable:
        return ""
    with session.store.transaction():
        session.store.keep_setting(ASIDE, stored)
        session.store.keep_setting(SETTINGS, canonical(settings.to_json()))
    return f"Some settings could not be read and have their usual values again: {', '.join(unreadable)}. As they were, they are kept aside in the store."


def require_allowed(session: Session, values: list[Json]) -> None:
    """In a rep's store, require settings without anything that has the form of a client's identifier.

    Raises:
        InputError: a value looks like an identifier of a client.
    """
    if session.holder is Holder.REP:
        from evidence_app.services.core.identifier_policy import require_client_free

        require_client_free(session, values, "a setting")


def change_setting(session: Session, name: str, values: Sequence[str]) -> Settings:
    """Set one setting from text values, and return all settings.

    Raises:
        InputError: there is no such setting, or a value is invalid.
        EnvironmentProblem: the store cannot be written.
    """
    settings = changed(load_settings(session), name, values)
    replace_settings(session, settings)
    return settings


def _require_languages(settings: Settings) -> None:
    """Require the data files of the languages to be there and usable.

    Raises:
        InputError: a file is not there, or Tesseract cannot use it.
    """
    for path in settings.further_languages:
        if not Path(path).is_file():
            raise InputError(f"There is no file {path}.")
        if can_recognise() and not reads_with((path,)):
            raise InputError(f"{path} cannot be used: it is damaged, of another version, or on another drive.")


def reset_setting(session: Session, name: str) -> Settings:
    """Reset one setting to its default, and return all settings.

    Raises:
        InputError: there is no such setting.
        EnvironmentProblem: the store cannot be written.
    """
    usual = getattr(Settings(), find_setting(name).name)
    return change_setting(session, name, list(usual) if isinstance(usual, tuple) else [str(usual)])


def replace_settings(session: Session, settings: Settings) -> None:
    """Store settings that are already validated.

    Raises:
        InputError: the store is a rep's, and a value looks like an identifier of a client; or a language's data file cannot be used.
        EnvironmentProblem: the store cannot be written.
    """
    require_allowed(session, [settings.to_json()])
    if settings.further_languages != load_settings(session).further_languages:
        _require_languages(settings)
    with session.store.transaction():
        session.store.keep_setting(SETTINGS, canonical(settings.to_json()))
    use_languages(settings.further_languages)
