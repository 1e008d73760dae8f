"""An officer's settings, kept in the store: they hold names and addresses, so they are nowhere else."""

from collections.abc import Sequence

from evidence_app.domain.record.fields import Holder
from evidence_app.domain.settings import Settings, changed, find_setting, read_settings, read_settings_named
from evidence_app.errors import InputError
from evidence_app.proof.encoding.json import Json, canonical, parse
from evidence_app.services.core.session import Session

__all__ = ["Settings", "change_setting", "load_settings", "replace_settings", "reset_setting"]

NAME = "settings"
ASIDE = "settings_set_aside"


def load_settings(session: Session) -> Settings:
    """Return the settings; what was never set, or cannot be read, has its usual value."""
    stored = session.store.setting(NAME)
    try:
        return read_settings(parse(stored)) if stored else Settings()
    except InputError:
        return Settings()


def set_aside_unreadable(session: Session) -> str:
    """Set settings aside that cannot be read, so that they are not written over, and say which; nothing where all can be read.

    Raises:
        EnvironmentProblem: the store cannot be written.
    """
    stored = session.store.setting(NAME)
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
        session.store.keep_setting(NAME, canonical(settings.to_json()))
    return f"Some settings could not be read and have their usual values again: {', '.join(unreadable)}. As they were, they are kept aside in the store."


def require_allowed(session: Session, values: list[Json]) -> None:
    """Require that a rep keeps nothing in settings that identifies a client by its form.

    Raises:
        InputError: it does.
    """
    if session.holder is Holder.REP:
        from evidence_app.services.core.identifier_policy import require_client_free

        require_client_free(session, values, "a setting")


def change_setting(session: Session, name: str, values: Sequence[str]) -> Settings:
    """Change one setting and return them all.

    Raises:
        InputError: there is no such setting, or a value is not what it takes.
        EnvironmentProblem: the store cannot be written.
    """
    settings = changed(load_settings(session), name, values)
    replace_settings(session, settings)
    return settings


def reset_setting(session: Session, name: str) -> Settings:
    """Give a setting its usual value again and return them all.

    Raises:
        InputError: there is no such setting.
    """
    usual = getattr(Settings(), find_setting(name).name)
    return change_setting(session, name, list(usual) if isinstance(usual, tuple) else [str(usual)])


def replace_settings(session: Session, settings: Settings) -> None:
    """Keep settings that have been checked.

    Raises:
        InputError: the store is a rep's, and they hold what identifies a client.
        EnvironmentProblem: the store cannot be written.
    """
    require_allowed(session, [settings.to_json()])
    with session.store.transaction():
        session.store.keep_setting(NAME, canonical(settings.to_json()))
