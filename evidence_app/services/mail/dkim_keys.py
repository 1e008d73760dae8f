"""The DKIM key records of a store: which were supplied, and kept for the next time."""

from pathlib import Path
from typing import Final

from evidence_app.errors import InputError
from evidence_app.files import read_small
from evidence_app.mail.dkim import read_key_records
from evidence_app.services.core.session import Session

DKIM_KEYS: Final = "dkim-keys"
MAX_KEY_FILE_BYTES: Final = 1024 * 1024


def keys_with(session: Session, key_records: str) -> dict[str, str]:
    """Return the key records that are kept, by DNS name, with those of a text, which are kept too.

    Raises:
        InputError: the text holds no key record.
    """
    supplied = read_key_records(key_records)
    if key_records.strip() and not supplied:
        raise InputError("The file holds no DKIM key record: each line is a DNS name (…._domainkey.…) and its record.")
    keys = _kept_keys(session) | supplied
    if supplied:
        with session.store.transaction():
            lines = "\n".join(f"{name} {record}" for name, record in sorted(keys.items()))
            session.store.keep_setting(DKIM_KEYS, lines.encode())
    return keys


def _kept_keys(session: Session) -> dict[str, str]:
    stored = session.store.setting(DKIM_KEYS)
    return read_key_records(stored.decode("utf-8", "replace")) if stored else {}


def read_key_file(path: Path) -> str:
    """Return the text of a file of DKIM key records.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    return read_small(path, what="The key file", limit=MAX_KEY_FILE_BYTES).decode("utf-8", "replace")
