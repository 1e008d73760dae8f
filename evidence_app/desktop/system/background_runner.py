"""Background threads for the window, so that the thread of the user interface never blocks."""

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
"""Error callback: receives one sentence for the user."""
GIVE_WAY_SECONDS: Final = 0.5
"""Longest single wait of an overview scan for the store lane, in seconds, so that the scan is not starved."""


class Cancel:
    """Cancellation flag, shared by the window's thread (which sets it) and the worker (which calls it)."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def __call__(self) -> bool:
        return self._event.is_set()

    def wish(self) -> None:
        """Request cancellation; the worker rolls back."""
        self._event.set()


class Lane(StrEnum):
    """Queue with one thread of its own. Tasks in one lane run one after the other; lanes run in parallel."""

    STORE = "store"
    """Short tasks that the user waits for, on the connection that stays open."""
    LONG = "long"
    """Tasks that may take minutes, and all page rendering, because PDFium is not thread-safe."""
    OVERVIEW = "overview"
    """Background scans of the whole log, for the dashboards."""


class BackgroundRunner(QObject):
    """Runs work on background threads and delivers results on the window's thread (docs/decisions/0014).

    Callbacks: `done` receives the result, `failed` one sentence for the user, `stopped` nothing (the work was cancelled).
    All of them run on the window's thread. `progressed` gives a stage, the amount done and the total.
    """

    _finished = Signal(object)
    progressed = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        # One worker for each lane: tasks of a lane are serialised, and a SQLite connection stays on its own thread.
        self._lanes = {lane: ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane) for lane in Lane}
        # Replaced by the store lane alone; tasks of the other lanes read it once, to open a connection of their own.
        self._session: Session | None = None
        self._ended = False
        # Incremented by every lock. A result of an earlier generation belongs to a store that is closed.
        self._generation = 0
        # Number of tasks queued or running in the store lane. The condition guards it and wakes `give_way`.
        self._urgent = 0
        self._urgent_changed = threading.Condition()
        # Signals may be emitted from any thread. A queued connection runs the slot in the event loop of the thread that the
        # receiving QObject lives in, here the window's: therefore the slot is a bound method of this object, not a lambda.
        self._finished.connect(self._run_delivery, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _run_delivery(self, deliver: Callable[[], None]) -> None:
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
        """Run work that needs no open store. Nothing is delivered to an `owner` that was destroyed meanwhile.

        After `stop` nothing is run: a late result may still request more work.
        """
        if self._ended:
            return

        generation = self._generation

        def deliver(future: Future[Result]) -> None:
            # Runs on the window's thread. Results from before a lock, or after the window was closed, are discarded.
            if self._ended or generation != self._generation:
                return
            # Qt may have deleted the C++ object behind a live Python wrapper; calling it would raise RuntimeError.
            if owner is None or isValid(owner):
                _deliver(future, done, failed, stopped)

        def begin() -> None:
            future = self._lanes[lane].submit(work)
            # The callback runs on the worker (or here, if the work has ended already): it only emits the signal.
            future.add_done_callback(lambda ended: self._finished.emit(lambda: deliver(ended)))

        if lane is Lane.STORE:
            # A lane is first in, first out: the decrement is queued after the work, and so runs when it has ended.
            self._add_urgent(1)
            begin()
            self._lanes[lane].submit(self._add_urgent, -1)
        else:
            # Submitted by the store lane, so that the work sees the effects of all store tasks queued before it.
            self._lanes[Lane.STORE].submit(begin)

    def _add_urgent(self, change: int) -> None:
        with self._urgent_changed:
            self._urgent += change
            self._urgent_changed.notify_all()

    def give_way(self) -> None:
        """Wait, at most `GIVE_WAY_SECONDS`, while the store lane has work. Called on the threads of the other lanes."""
        # Read without the lock, because scans call this often: a stale zero only skips one wait.
        if self._urgent:
            with self._urgent_changed:
                self._urgent_changed.wait_for(lambda: not self._urgent, GIVE_WAY_SECONDS)

    def call(
        self,
        work: "Callable[[Session], Result]",
        done: Callable[[Result], None],
        failed: Failed,
        stopped: Callable[[], None] = lambda: None,
        owner: QObject | None = None,
    ) -> None:
        """Run work on the open store, in the store lane. If the store has been locked meanwhile, nothing happens."""
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
        """Run work in the background, on its own connection to the open store, in parallel with the store lane."""

        def work_on_own_connection() -> Result:
            with self._open_session().beside() as session:
                return work(session)

        self.run(work_on_own_connection, done, failed, stopped, owner, lane=lane)

    def _open_session(self) -> "Session":
        """Return the session of the open store.

        Raises:
            Cancelled: the store was locked before the work began.
        """
        # Copied to a local first: the store lane may set the attribute to None between the check and the return.
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
        """Open a store with `make`, in the store lane, and hold its session open for later calls."""

        def work() -> Result:
            self._close()
            self._session, result = make()
            return result

        self.run(work, done, failed, stopped)

    def report(self, what: str, finished: int, total: int) -> None:
        """Report progress to the window. Called on any of the threads."""
        self.progressed.emit(what, finished, total)

    def lock(self, done: Callable[[], None]) -> None:
        """Close the store when the running work has ended. Results of that work are not delivered any more."""
        self._generation += 1
        self.run(self._close, lambda _: done(), lambda _: done())

    def drop_results(self) -> None:
        """Let running work end, and deliver nothing of it: the pages that asked for it are going."""
        self._generation += 1

    def stop(self) -> None:
        """Close the store, wait for that, and end the threads. Stopping twice does nothing."""
        if self._ended:
            return
        self._ended = True
        self._lanes[Lane.STORE].submit(self._close).result()
        for executor in self._lanes.values():
            executor.shutdown()

    def _close(self) -> None:
        # Cleared first: work that begins from here on finds no session, and is cancelled.
        session, self._session = self._session, None
        # Wait for the other lanes with an empty task each: their connections must be closed before this session, which
        # holds the writer's lock file. No deadlock: they wait for the store lane in `give_way` alone, which times out.
        for lane in (Lane.LONG, Lane.OVERVIEW):
            self._lanes[lane].submit(lambda: None).result()
        if session is not None:
            session.close()


def _deliver(future: Future[Any], done: Callable[[Any], None], failed: Failed, stopped: Callable[[], None]) -> None:
    """Call the callback that fits how the work ended. Unexpected errors are logged without content."""
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
