"""The store thread: one thread owns the store, and the window never waits for it."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from evidence_app.bug_log import log_bug
from evidence_app.errors import Cancelled, EvidenceError
from evidence_app.services.session import Session

Result = TypeVar("Result")
Failed = Callable[[str], None]


class Cancel:
    """A wish to stop that both threads can see."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def wish(self) -> None:
        """Wish the work to stop. It stops with everything as it was."""
        self._event.set()


class StoreThread(QObject):
    """Runs work on the store, one piece after the other, and gives the results back to the window's thread."""

    _finished = Signal(object)
    progressed = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._session: Session | None = None
        self._ended = False
        self._visit = 0
        # A bound method of an object of the window's thread, queued: so that results arrive there and nowhere else.
        self._finished.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _arrived(self, deliver: Callable[[], None]) -> None:
        deliver()

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
        owner: QObject | None = None,
    ) -> None:
        """Run work that needs no open store. Nothing is told to an `owner` that has gone meanwhile.

        After `stop` nothing is run: a result that arrives late may still ask for more.
        """
        if self._ended:
            return

        visit = self._visit

        def deliver(future: Future[Result]) -> None:
            # What was asked for before the store was locked is not shown after it.
            if visit != self._visit:
                return
            if owner is None or isValid(owner):
                _deliver(future, done, failed, stopped)

        self._executor.submit(work).add_done_callback(lambda future: self._finished.emit(lambda: deliver(future)))

    def call(
        self,
        work: Callable[[Session], Result],
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
        owner: QObject | None = None,
    ) -> None:
        """Run work on the open store. When the store has been locked meanwhile, nothing happens."""

        def with_session() -> Result:
            if self._session is None:
                raise Cancelled
            return work(self._session)

        self.run(with_session, done, failed, stopped, owner)

    def keep(self, make: Callable[[], tuple[Session, Result]], done: Callable[[Result], None], failed: Failed) -> None:
        """Open a store with `make` and keep it open."""

        def work() -> Result:
            self._close()
            self._session, result = make()
            return result

        self.run(work, done, failed)

    def report(self, what: str, finished: int, total: int) -> None:
        """Tell the window how far the work is. Called on the store thread."""
        self.progressed.emit(what, finished, total)

    def lock(self, done: Callable[[], None]) -> None:
        """Close the store. Results that are still on their way are not delivered any more."""
        self._visit += 1
        self.run(self._close, lambda _: done(), lambda _: done())

    def stop(self) -> None:
        """Close the store, wait for that, and end the thread."""
        self._ended = True
        self._executor.submit(self._close).result()
        self._executor.shutdown()

    def _close(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            session.close()


def _deliver(future: Future[Any], done: Callable[[Any], None], failed: Failed, stopped: Callable[[], None]) -> None:
    error = future.exception()
    if error is None:
        done(future.result())
    elif isinstance(error, Cancelled):
        stopped()
    elif isinstance(error, EvidenceError):
        failed(error.sentence)
    else:
        where = log_bug(error)
        failed(
            f"This is a fault in the program ({type(error).__name__}). Its place is noted in {where}, without content."
        )
