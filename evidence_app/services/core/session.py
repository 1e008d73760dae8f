"""Session: an open store with a clock, the first argument of every use case."""

import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Self

from evidence_app.domain.record.fields import Holder
from evidence_app.domain.time.times import Clock
from evidence_app.errors import InputError, StoreDamaged
from evidence_app.proof.encoding.json import JsonObject, parse
from evidence_app.store.header import Header
from evidence_app.store.header_names import FILE as HEADER
from evidence_app.store.header_names import PASSPHRASE, RECOVERY
from evidence_app.store.store import Store

if TYPE_CHECKING:
    from evidence_app.proof.attestations import Attestation
    from evidence_app.proof.bundle.manifest import ExhibitFacts

__all__ = ["HEADER", "PASSPHRASE", "RECOVERY", "Session", "SystemClock"]

RECOGNITION: Final = "evidence_app.documents.recognition"
WORKERS: Final = "evidence_app.documents.workers.sessions"
"""Modules that are told of a session only where something has loaded them."""
OWNER: Final = "owner"
"""Name of the setting with the author of records: a JSON object with `person` and `role`."""
MACHINE: Final = "machine"
"""Name of the setting with “employer” or “other”: whose machine the store is on."""
SETTINGS: Final = "settings"
"""Name of the store setting that holds all settings of the officer as one JSON object."""
HOLDER: Final = "holder"
"""Name of the setting with the kind of owner, a value of `Holder`. Stores without it are an officer's."""


class SystemClock:
    """System clock of this machine."""

    def now(self) -> datetime:
        """Return the current time in UTC."""
        return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class HeldByHandover:
    """What the manifest of a received hand-over lists beside its records: digests, page numbers and proofs, and no words of anybody."""

    exhibits: tuple["ExhibitFacts", ...] = ()
    clocks: tuple["Attestation", ...] = ()


class Session:
    """An open store with its clock, log key, owner and holder. Only for the thread that opened it.

    `minimum_content` is true for an officer's or a manager's store on a machine that is not the employer's: entries that identify a client are
    refused (docs/domain.md, section 2). `held_by_handovers` keeps what was read of received hand-overs: digests, page numbers and proofs.
    """

    def __init__(self, store: Store, clock: Clock, *, is_second: bool = False) -> None:
        self._is_second = is_second
        self.store = store
        self.clock = clock
        self.log_key = store.log_key()
        self.owner = self._owner()
        self.holder = Holder((store.setting(HOLDER) or b"officer").decode("ascii"))
        languages = self._languages()
        # Sealing a record reads no scan: what reads them is loaded where somebody asks for it.
        if languages or RECOGNITION in sys.modules:
            from evidence_app.documents.recognition import use_languages

            use_languages(languages)
        self.held_by_handovers: dict[int, HeldByHandover] = {}
        self.minimum_content = store.setting(MACHINE) == b"other" and self.holder is not Holder.REP

    @classmethod
    def open(
        cls,
        folder: Path,
        secret: str,
        *,
        opens_with: str = PASSPHRASE,
        writable: bool = True,
        clock: Clock | None = None,
    ) -> Self:
        """Unlock and open a store. `opens_with` is `PASSPHRASE` or `RECOVERY`, the kind of `secret`.

        Raises:
            WrongKey, StoreDamaged, EnvironmentProblem: as in `Store.open`.
        """
        store = Store.open(folder, secret, opens_with=opens_with, writable=writable)
        try:
            return cls(store, clock or SystemClock())
        except BaseException:
            store.close()
            raise

    @classmethod
    def open_unlocked(cls, folder: Path, header: Header, data_key: bytes, *, writable: bool = True) -> Self:
        """Open a store with its 32-byte data key.

        Raises:
            StoreDamaged, EnvironmentProblem: as in `Store.open_unlocked`.
        """
        store = Store.open_unlocked(folder, header, data_key, writable=writable)
        try:
            return cls(store, SystemClock())
        except BaseException:
            store.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def beside(self) -> "Session":
        """Return a second session on the same store, for another thread. This session must be closed last."""
        store = self.store.beside()
        try:
            return Session(store, self.clock, is_second=True)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Close the store and drop its key. The first session, which is closed last, forgets what was read of its files too."""
        if not self._is_second:
            # Another thread may have files open in workers as long as the first session is open.
            if RECOGNITION in sys.modules:
                from evidence_app.documents.recognition import forget

                forget()
            if WORKERS in sys.modules:
                from evidence_app.documents.workers.sessions import end_workers

                end_workers()
        self.store.close()

    def _languages(self) -> tuple[str, ...]:
        """Return the data files of the languages that scans are read with besides English and Welsh, as far as the settings can be read."""
        stored = self.store.setting(SETTINGS)
        if not stored:
            return ()
        from evidence_app.domain.settings import read_settings

        try:
            return read_settings(parse(stored)).further_languages
        except InputError:
            return ()

    def _owner(self) -> JsonObject:
        stored = self.store.setting(OWNER)
        owner = parse(stored) if stored else {}
        if not isinstance(owner, dict):
            raise StoreDamaged("The store's settings cannot be read. Use a backup.")
        return owner
