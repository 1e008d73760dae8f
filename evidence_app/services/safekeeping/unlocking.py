"""Unlock a store. Imports are deferred: those of the key, so that the window is there first, and the rest until the key is derived."""

from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Final

from evidence_app.store.header_names import COPY, FILE, PASSPHRASE, RECOVERY

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session
    from evidence_app.store.header import Header

LOADED_MEANWHILE: Final = ("evidence_app.services.core.session", "evidence_app.services.core.sealing")
"""What opening a store needs, and what almost every use of one that may be written needs next."""


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


def open_loading_meanwhile(folder: Path, secret: str, *, by_code: bool, writable: bool) -> "Session":
    """Open a store, and load what the rest of the program needs of it while a thread derives the key, which takes as long.

    `secret` is the passphrase, or with `by_code` the recovery code in its one spelling.

    Raises:
        WrongKey, StoreDamaged, EnvironmentProblem: as in `Store.open`.
    """
    from evidence_app.store.header import unlock_either

    derived: list[tuple[Header, bytes]] = []
    failed: list[BaseException] = []

    def derive() -> None:
        try:
            derived.append(unlock_either(folder, secret, RECOVERY if by_code else PASSPHRASE))
        except BaseException as error:  # noqa: BLE001 - raised again below
            failed.append(error)

    thread = Thread(target=derive)
    thread.start()
    try:
        for name in LOADED_MEANWHILE if writable else LOADED_MEANWHILE[:1]:
            import_module(name)
    finally:
        thread.join()
    if failed:
        raise failed[0]
    from evidence_app.services.core.session import Session

    return Session.open_unlocked(folder, *derived[0], writable=writable)


def remarks_on(session: "Session") -> list[str]:
    """Return what is to be said of an open store's folder and header, as sentences; of most nothing is."""
    return session.store.remarks()
