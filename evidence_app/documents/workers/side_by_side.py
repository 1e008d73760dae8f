"""Works on several things at a time, as many as there are workers, and gives what comes of them in their order (docs/decisions/0029-foreign-files-in-workers.md)."""

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Final, TypeVar

from evidence_app.documents.workers import sessions

LOOK: Final = 0.1
"""Seconds between two looks at whether the person has cancelled."""
Tick = Callable[[], None]
Item = TypeVar("Item")
Made = TypeVar("Made")


class _Stopped(Exception):
    """The person has cancelled, or something else cannot be made."""


def in_order(
    items: Iterable[Item], make: Callable[[Item, Tick], Made], look: Callable[[int], None] = lambda _done: None
) -> Generator[Made]:
    """Yield what `make` makes of each item, in the order of the items, while others are made.

    Items are taken in this thread alone, shortly before they are needed; where one cannot be taken, what comes of those before it is given
    first. `look` gets how many are done, in this thread too; it may raise to
    stop, and so may `make`, which calls the function that it is given and lets what that raises pass: then nothing is left running.
    """
    stopped = threading.Event()

    def tick() -> None:
        if stopped.is_set():
            raise _Stopped

    waiting: deque[Future[Made]] = deque()
    coming, done, most = iter(items), 0, sessions.MAX_WORKERS
    fault: Exception | None = None
    with ThreadPoolExecutor(most) as threads:
        try:
            while True:
                while fault is None and len(waiting) <= most:
                    try:
                        item = next(coming)
                    except StopIteration:
                        break
                    except Exception as error:  # noqa: BLE001 - raised when what was taken before it is made
                        fault = error
                        break
                    waiting.append(threads.submit(make, item, tick))
                if not waiting:
                    if fault is not None:
                        raise fault
                    return
                look(done)
                while not _is_done(waiting[0]):
                    look(done)
                yield waiting.popleft().result()
                done += 1
        finally:
            stopped.set()
            for each in waiting:
                each.cancel()


def _is_done(future: "Future[Made]") -> bool:
    """Wait a moment for a result. Return whether it is there."""
    try:
        future.exception(timeout=LOOK)
    except TimeoutError:
        return future.done()
    return True
