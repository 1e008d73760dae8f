"""Derives each key once: what Argon2id gave for a secret, a salt and a cost is kept for all tests and their runs of the program.

A derivation takes a quarter of a second and gives the same key every time; copies of one store ask for it thousands of times. A new
store, another secret or another cost is always derived. With EVIDENCE_TRAIL_TESTS_START=1 every key is.
"""

import contextlib
import hashlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from evidence_app.crypto import keys
from evidence_app.crypto.keys import KdfCost

Derive = Callable[[str, bytes, KdfCost], bytes]
kept_in: list[Path] = []
"""The folder of the keys that were derived, once there is one."""
DERIVE: Derive = keys.derive_key
"""The program's own function."""


def keep_keys(folder: Path) -> None:
    """Let this process, and those that are forked from it, keep the keys they derive in a folder."""
    folder.mkdir(exist_ok=True)
    kept_in[:] = [folder]

    def derived_once(secret: str, salt: bytes, cost: KdfCost) -> bytes:
        kept = folder / hashlib.sha256(repr((secret, salt, cost)).encode()).hexdigest()
        if kept.exists():
            return kept.read_bytes()
        key = DERIVE(secret, salt, cost)
        # A test may let no file be written. Renamed when it is whole: two processes may derive the same key at once.
        with contextlib.suppress(OSError):
            new = kept.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
            new.write_bytes(key)
            new.rename(kept)
        return key

    keys.derive_key = derived_once
