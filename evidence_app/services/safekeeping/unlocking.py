"""Unlock a store. Imports are deferred: those of the key, so that the window is there first, and the rest until the key is derived."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.store.header_names import COPY, FILE, PASSPHRASE, RECOVERY

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session


def holds_store(folder: Path) -> bool:
    """Return whether there is a store in a folder, whole or damaged: its header or the copy of it."""
    return any((folder / name).is_file() for name in (FILE, COPY))


def read_recovery_code(typed: str) -> str:
    """Return a recovery code in its one spelling.

    Raises:
        InputError: it is mistyped: its check group does not match.
    """
    from evidence_app.crypto import keys

    return keys.read_recovery_code(typed)


def load_key_derivation() -> None:
    """Load what `unlock_store` needs first."""
    import_module("evidence_app.store.header")


def unlock_store(folder: Path, secret: str, *, by_code: bool = False) -> "Session":
    """Open a store for writing. `secret` is the passphrase, or with `by_code` the recovery code.

    Raises:
        InputError: the recovery code is mistyped: its check group does not match.
        WrongKey, StoreDamaged, EnvironmentProblem: as in `Store.open`.
    """
    from evidence_app.store.header import unlock_either

    header, data_key = unlock_either(
        folder, read_recovery_code(secret) if by_code else secret, RECOVERY if by_code else PASSPHRASE
    )
    # Imported here, after the key is derived: the window loads these modules meanwhile.
    from evidence_app.services.core.session import Session

    return Session.open_unlocked(folder, header, data_key)


def remarks_on(session: "Session") -> list[str]:
    """Return what is to be said of an open store's folder and header, as sentences; of most nothing is."""
    return session.store.remarks()
