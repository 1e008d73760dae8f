"""Cache for results of whole-log scans, such as the dashboards.

A result is valid until a record is sealed, a setting changes or the London day ends.
"""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from evidence_app.domain.scheduling import YieldPoint, never_yield
from evidence_app.errors import Cancelled
from evidence_app.services.core.session import SETTINGS, Session
from evidence_app.services.records.threads import today

Found = TypeVar("Found")
_State = tuple[int, bytes | None, date]
"""Cache key: size of the log, stored settings, London day."""


class CachedScan(Generic[Found]):
    """Cached result of `read`, a scan of the whole log.

    Sealed records never change, so the cache key of log size, settings and day is enough to detect a stale result. `wipe` may be
    called from another thread while a scan runs.
    """

    def __init__(self, read: Callable[[Session, YieldPoint], Found], give_way: YieldPoint = never_yield) -> None:
        self._read, self._give_way = read, give_way
        self._cached: tuple[_State, Found] | None = None
        self._wiped = 0

    def __call__(self, session: Session) -> Found:
        """Return the cached result, or scan the store.

        Raises:
            Cancelled: `wipe` was called during the scan.
        """
        state = (session.store.log.size(), session.store.setting(SETTINGS), today(session))
        cached, wiped_before = self._cached, self._wiped
        if cached is not None and cached[0] == state:
            return cached[1]

        def pace() -> None:
            if wiped_before != self._wiped:
                raise Cancelled
            self._give_way()

        result = self._read(session, pace)
        # Compared again: `wipe` may have come after the last call of `pace`, and a locked store must leave nothing in memory.
        if wiped_before == self._wiped:
            self._cached = (state, result)
        return result

    def wipe(self) -> None:
        """Drop the cached result and cancel a running scan, because the store is being locked."""
        self._wiped += 1
        self._cached = None
