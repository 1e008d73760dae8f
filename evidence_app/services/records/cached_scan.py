"""How a whole store stands, read from every record: kept until something is sealed, a setting changes, or the day ends."""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from evidence_app.domain.scheduling import YieldPoint, never_yield
from evidence_app.errors import Cancelled
from evidence_app.services.core.session import Session
from evidence_app.services.core.settings import NAME as SETTINGS
from evidence_app.services.records.threads import today

Found = TypeVar("Found")
_State = tuple[int, bytes | None, date]


class CachedScan(Generic[Found]):
    """What `read` found in a store. Records never change, so it is read anew only where the store has changed since."""

    def __init__(self, read: Callable[[Session, YieldPoint], Found], give_way: YieldPoint = never_yield) -> None:
        self._read, self._give_way = read, give_way
        self._kept: tuple[_State, Found] | None = None
        self._wiped = 0

    def __call__(self, session: Session) -> Found:
        """Return what there is to be found in a store.

        Raises:
            Cancelled: it was wiped meanwhile.
        """
        state = (session.store.log.size(), session.store.setting(SETTINGS), today(session))
        kept, wiped = self._kept, self._wiped
        if kept is not None and kept[0] == state:
            return kept[1]

        def pace() -> None:
            if wiped != self._wiped:
                raise Cancelled
            self._give_way()

        found = self._read(session, pace)
        if wiped == self._wiped:
            self._kept = (state, found)
        return found

    def wipe(self) -> None:
        """Forget it, and what is being read just now: the store is locked."""
        self._wiped += 1
        self._kept = None
