"""The threads behind the window, which never waits for them."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from evidence_app.bug_log import log_bug
from evidence_app.errors import Cancelled, EvidenceError

if TYPE_CHECKING:
    from evidence_app.services.core.session import Session

Result = TypeVar("Result")
Failed = Callable[[str], None]
GIVE_WAY_SECONDS: Final = 0.5
"""The longest that an overview waits at a time: it is not to starve."""


class Cancel:
    """A wish to stop that both threads can see."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def wish(self) -> None:
        """Wish the work to stop. It stops with everything as it was."""
        self._event.set()


class Lane(StrEnum):
    """What a thread is for. Work in one lane is done piece by piece; lanes do not wait for each other."""

    STORE = "store"
    """What a person waits for, on the connection that is open all the time."""
    LONG = "long"
    """What may take minutes, and whatever draws pages, for PDFium knows no threads."""
    OVERVIEW = "overview"
    """What reads every record to say how things stand."""


class BackgroundRunner(QObject):
    """The threads behind the window (docs/decisions/0014), which give their results back to its thread."""

    _finished = Signal(object)
    progressed = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._lanes = {lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane) for lane in Lane}
        self._session: Session | None = None
        self._ended = False
        self._visit = 0
        self._urgent = 0
        self._quiet = threading.Condition()
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
        lane: Lane = Lane.STORE,
    ) -> None:
        """Run work that needs no open store. Nothing is told to an `owner` that has gone meanwhile.

        After `stop` nothing is run: a result that arrives late may still ask for more.
        """
        if self._ended:
            return

        visit = self._visit

        def deliver(future: Future[Result]) -> None:
            # What was asked for before the store was locked, or the window closed, is not shown after it.
            if self._ended or visit != self._visit:
                return
            if owner is None or isValid(owner):
                _deliver(future, done, failed, stopped)

        def begin() -> None:
            future = self._lanes[lane].submit(work)
            future.add_done_callback(lambda ended: self._finished.emit(lambda: deliver(ended)))

        if lane is Lane.STORE:
            self._hurry(1)
            begin()
            self._lanes[lane].submit(self._hurry, -1)
        else:
            # By way of the store thread, so that it sees what was asked of that thread before.
            self._lanes[Lane.STORE].submit(begin)

    def _hurry(self, more: int) -> None:
        with self._quiet:
            self._urgent += more
            self._quiet.notify_all()

    def give_way(self) -> None:
        """Wait while the store thread has something to do that a person waits for. Called on the other threads."""
        if self._urgent:
            with self._quiet:
                self._quiet.wait_for(lambda: not self._urgent, GIVE_WAY_SECONDS)

    def call(
        self,
        work: "Callable[[Session], Result]",
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
        owner: QObject | None = None,
    ) -> None:
        """Run work on the open store. When the store has been locked meanwhile, nothing happens."""
        self.run(lambda: work(self._open_session()), done, failed, stopped, owner)

    def call_aside(
        self,
        work: "Callable[[Session], Result]",
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
        owner: QObject | None = None,
        *,
        lane: Lane = Lane.LONG,
    ) -> None:
        """Run work on a connection of its own to the open store, beside what else is done with it."""

        def beside() -> Result:
            with self._open_session().beside() as session:
                return work(session)

        self.run(beside, done, failed, stopped, owner, lane=lane)

    def _open_session(self) -> "Session":
        session = self._session
        if session is None:
            raise Cancelled
        return session

    def keep(
        self,
        make: "Callable[[], tuple[Session, Result]]",
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
        """Tell the window how far the work is. Called on any of the threads."""
        self.progressed.emit(what, finished, total)

    def lock(self, done: Callable[[], None]) -> None:
        """Close the store when what is under way has ended. Its results are not delivered any more."""
        self._visit += 1
        self.run(self._close, lambda _: done(), lambda _: done())

    def stop(self) -> None:
        """Close the store, wait for that, and end the threads. Stopping twice does nothing."""
        if self._ended:
            return
        self._ended = True
        self._lanes[Lane.STORE].submit(self._close).result()
        for executor in self._lanes.values():
            executor.shutdown()

    def _close(self) -> None:
        session, self._session = self._session, None
        # The right to write is given back when nobody uses it any more.
        for lane in (Lane.LONG, Lane.OVERVIEW):
            self._lanes[lane].submit(lambda: None).result()
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
