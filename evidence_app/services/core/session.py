"""An unlocked store with a clock: what every use case works on."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final, Self

from evidence_app.domain.record.fields import Holder
from evidence_app.domain.time.times import Clock
from evidence_app.errors import StoreDamaged
from evidence_app.proof.encoding.json import JsonObject, parse
from evidence_app.store.header import FILE as HEADER
from evidence_app.store.header import PASSPHRASE, RECOVERY, Header
from evidence_app.store.store import Store

__all__ = ["HEADER", "PASSPHRASE", "RECOVERY", "Session", "SystemClock"]

OWNER: Final = "owner"
MACHINE: Final = "machine"
HOLDER: Final = "holder"


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(UTC)


class Session:
    """An open store. It belongs to the thread that opened it."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store = store
        self.clock = clock
        self.log_key = store.log_key()
        self.owner = self._owner()
        self.holder = Holder((store.setting(HOLDER) or b"officer").decode("ascii"))
        self.minimum_content = store.setting(MACHINE) == b"other" and self.holder is Holder.OFFICER

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
        """Unlock a store.

        Raises:
            WrongKey, StoreDamaged, EnvironmentProblem: as `Store.open` says.
        """
        store = Store.open(folder, secret, opens_with=opens_with, writable=writable)
        try:
            return cls(store, clock or SystemClock())
        except BaseException:
            store.close()
            raise

    @classmethod
    def open_unlocked(cls, folder: Path, header: Header, data_key: bytes) -> Self:
        """Open a store for writing whose key is known.

        Raises:
            StoreDamaged, EnvironmentProblem: as `Store.open_unlocked` says.
        """
        store = Store.open_unlocked(folder, header, data_key)
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
        """Open the same store once more, for another thread. This session is to be closed last."""
        store = self.store.beside()
        try:
            return Session(store, self.clock)
        except BaseException:
            store.close()
            raise

    def close(self) -> None:
        """Lock the store."""
        self.store.close()

    def _owner(self) -> JsonObject:
        stored = self.store.setting(OWNER)
        owner = parse(stored) if stored else {}
        if not isinstance(owner, dict):
            raise StoreDamaged("The store's settings cannot be read. Use a backup.")
        return owner
