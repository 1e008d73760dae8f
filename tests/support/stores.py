"""Stores that are cheap to make and open: their keys are derived once for all of them, and for all copies of a store."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from evidence_app.crypto.keys import KDF_SALT_SIZE, KdfCost, new_recovery_code
from evidence_app.domain.record.entries import read_entry
from evidence_app.domain.record.fields import Holder
from evidence_app.services.core.sealing import Sealed, Source, seal
from evidence_app.services.core.session import PASSPHRASE, Session, SystemClock
from evidence_app.services.safekeeping import creating
from evidence_app.store import header as headers
from evidence_app.store.header import read_header
from evidence_app.store.store import Store
from evidence_app.store.store_folder import take_lock
from tests.support.entries import KIND_NAMES, note, sample_entry

CHEAP = KdfCost(64 * 1024, 3, 1)
WORDS = "kettle orbit meadow anvil"
CODE = new_recovery_code()
SALTS = (bytes(range(KDF_SALT_SIZE)), bytes(range(KDF_SALT_SIZE, 2 * KDF_SALT_SIZE)))
_data_keys: dict[bytes, bytes] = {}


class SetClock:
    """A clock that stands where it is put."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


def make_store(
    folder: Path,
    *,
    machine: str = "employer",
    owner: str = "Sam Rowe",
    clock: Any = None,
    holder: Holder = Holder.OFFICER,
    like_others: bool = True,
) -> str:
    """Make a store with a cheap derivation; return its recovery code.

    All that are `like_others` have one passphrase, one recovery code and a salt for each, so that what opens them is derived once
    (`key_derivation`). What they are encrypted and signed with is random. One that is not has its own code and salts.
    """
    role = "Union rep" if holder is Holder.REP else "Probation officer"
    salts = iter(SALTS)
    with (
        patch.object(headers, "token_bytes", (lambda _: next(salts)) if like_others else headers.token_bytes),
        patch.object(creating, "new_recovery_code", (lambda: CODE) if like_others else new_recovery_code),
    ):
        made = creating.create_store(
            folder, WORDS, owner=owner, role=role, machine=machine, holder=holder, cost=CHEAP, clock=clock
        )
    made.session.close()
    return made.recovery_code


def copy_of(folder: Path, to: Path) -> Path:
    """Copy a closed store."""
    shutil.copytree(folder, to)
    return to


def open_fast(folder: Path, *, writable: bool = True, clock: Any = None) -> Session:
    """Open a store as `Session.open` does, deriving the data key only the first time its header is seen."""
    header, _ = read_header(folder)
    spelled = (folder / "header.json").read_bytes()
    if spelled not in _data_keys:
        _data_keys[spelled] = header.unlock(WORDS, PASSPHRASE)
    lock = take_lock(folder) if writable else None
    try:
        return Session(Store(folder, header, _data_keys[spelled], lock), clock or SystemClock())
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def seal_entry(session: Session, entry: dict[str, Any], **files: bytes) -> Sealed:
    """Seal an entry with attachments held in memory."""
    sources = [Source(name.replace("_", "."), content=content) for name, content in files.items()]
    return seal(session, read_entry(entry), sources)


def fill(session: Session) -> None:
    """Seal one record of every kind, with links, attachments and late entries."""
    for kind in KIND_NAMES:
        seal_entry(session, sample_entry(kind, full=True, case_ref="X000412"))
    seal_entry(session, note("a paper", links=[{"to": 1, "as": "corrects"}]), page_txt=b"the paper's words\n" * 40)
    seal_entry(session, note("two papers", case_ref="X000777"), a_bin=bytes(range(256)) * 1200, b_txt=b"short\n")
