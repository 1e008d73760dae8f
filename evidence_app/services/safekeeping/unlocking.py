"""Unlocking a store: its key first, which takes time and little code, and then the store."""

from pathlib import Path
from typing import TYPE_CHECKING

from evidence_app.crypto.keys import read_recovery_code
from evidence_app.store.header import PASSPHRASE, RECOVERY, unlock

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session

__all__ = ["read_recovery_code", "unlock_store"]


def unlock_store(folder: Path, secret: str, *, by_code: bool = False) -> "Session":
    """Open a store for writing, with its passphrase or its recovery code.

    Raises:
        InputError: the recovery code has a slip of the pen.
        WrongKey, StoreDamaged, EnvironmentProblem: as `Store.open` says.
    """
    header, data_key = unlock(
        folder, read_recovery_code(secret) if by_code else secret, RECOVERY if by_code else PASSPHRASE
    )
    # Loaded while the window is made, and not before the key is derived.
    from evidence_app.services.core.session import Session

    return Session.open_unlocked(folder, header, data_key)
