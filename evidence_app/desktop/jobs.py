"""The threads behind the window, which never waits for them."""

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
    """Two threads behind the window (docs/architecture.md, *Threads*), which give their results back to its thread.

    The store thread does what a person waits for, one piece after the other. What may take minutes, and whatever draws
    pages, is done aside: by one more thread, on a connection of its own, so that a draft is kept while a bundle is made.
    """

    _finished = Signal(object)
    progressed = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="aside")
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
        *,
        aside: bool = False,
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

        def begin(executor: ThreadPoolExecutor) -> None:
            executor.submit(work).add_done_callback(lambda future: self._finished.emit(lambda: deliver(future)))

        if aside:
            # By way of the store thread, so that it sees what was asked of that thread before.
            self._executor.submit(begin, self._aside)
        else:
            begin(self._executor)

    def call(
        self,
        work: Callable[[Session], Result],
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
        owner: QObject | None = None,
    ) -> None:
        """Run work on the open store. When the store has been locked meanwhile, nothing happens."""
        self.run(lambda: work(self._open_session()), done, failed, stopped, owner)

    def call_aside(
        self,
        work: Callable[[Session], Result],
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
        owner: QObject | None = None,
    ) -> None:
        """Run work that may take long on the open store, beside what else is done with it."""

        def beside() -> Result:
            with self._open_session().beside() as session:
                return work(session)

        self.run(beside, done, failed, stopped, owner, aside=True)

    def _open_session(self) -> Session:
        session = self._session
        if session is None:
            raise Cancelled
        return session

    def keep(
        self,
        make: Callable[[], tuple[Session, Result]],
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
    ) -> None:
        """Open a store with `make` and keep it open."""

        def work() -> Result:
            self._close()
            self._session, result = make()
            return result

        self.run(work, done, failed, stopped)

    def report(self, what: str, finished: int, total: int) -> None:
        """Tell the window how far the work is. Called on either thread."""
        self.progressed.emit(what, finished, total)

    def lock(self, done: Callable[[], None]) -> None:
        """Close the store when what is under way has ended. Its results are not delivered any more."""
        self._visit += 1
        self.run(self._close, lambda _: done(), lambda _: done())

    def stop(self) -> None:
        """Close the store, wait for that, and end the threads."""
        self._ended = True
        self._executor.submit(self._close).result()
        self._executor.shutdown()
        self._aside.shutdown()

    def _close(self) -> None:
        session, self._session = self._session, None
        # The right to write is given back when nobody uses it any more.
        self._aside.submit(lambda: None).result()
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
