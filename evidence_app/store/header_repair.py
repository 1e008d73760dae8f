"""Puts the copy of a store's header in the place of a damaged one."""

from pathlib import Path

from evidence_app.store.header import read_header, unlock, write_header
from evidence_app.store.header_names import COPY
from evidence_app.store.store_folder import take_lock


def restore_header(folder: Path, secret: str, opens_with: str) -> None:
    """Replace a damaged header by its copy, once the secret has opened the copy.

    Raises:
        StoreDamaged: the copy is damaged too.
        WrongKey: the secret does not open it.
    """
    read_header(folder, COPY)
    lock = take_lock(folder)
    try:
        header, data_key = unlock(folder, secret, opens_with, COPY)
        write_header(folder, header, data_key)
    finally:
        lock.release()
