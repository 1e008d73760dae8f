"""Prepares exhibits side by side, as many at a time as there are workers, in their order (docs/decisions/0029-foreign-files-in-workers.md)."""

import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import Final

from evidence_app.bundle.exhibits.prepare import MAX_BYTES
from evidence_app.bundle.exhibits.prepared import PreparedExhibit
from evidence_app.bundle.plan.parts import Exhibit
from evidence_app.documents.workers.sessions import MAX_WORKERS

LOOK: Final = 0.1
"""Seconds between two looks at whether the person has cancelled."""
Load = Callable[[], bytes]


class _Stopped(Exception):
    """The person has cancelled, or another exhibit cannot be made."""


def side_by_side(
    exhibits: Sequence[Exhibit],
    load: Callable[[Exhibit], bytes],
    prepare_one: Callable[[Exhibit, Load, Callable[[], None]], PreparedExhibit],
    progress: Callable[[int, int], None],
) -> Iterator[PreparedExhibit]:
    """Yield the exhibits prepared, in their order. `load` is called in this thread alone, shortly before a file is needed.

    `progress` gets how many are done, of how many; it may raise to stop, and so may `prepare_one`: then nothing is left running.
    """
    stopped = threading.Event()

    def tick() -> None:
        if stopped.is_set():
            raise _Stopped

    waiting: deque[Future[PreparedExhibit]] = deque()
    left = deque(exhibits)
    with ThreadPoolExecutor(MAX_WORKERS) as threads:
        try:
            for done in range(len(exhibits)):
                while left and len(waiting) <= MAX_WORKERS:
                    exhibit = left.popleft()
                    waiting.append(threads.submit(prepare_one, exhibit, _loaded(exhibit, load), tick))
                progress(done, len(exhibits))
                while not _is_done(waiting[0]):
                    progress(done, len(exhibits))
                yield waiting.popleft().result()
        finally:
            stopped.set()
            for each in waiting:
                each.cancel()


def _loaded(exhibit: Exhibit, load: Callable[[Exhibit], bytes]) -> Load:
    """Return what gives a file's bytes: they are read now, since a store belongs to one thread; of one that is not shown nothing is read."""
    facts = exhibit.facts
    is_shown = exhibit.taken_from is not None or (facts.kept and facts.size <= MAX_BYTES)
    content = load(exhibit) if is_shown else b""
    return partial(bytes, content)


def _is_done(future: "Future[PreparedExhibit]") -> bool:
    """Wait a moment for a result. Return whether it is there."""
    try:
        future.exception(timeout=LOOK)
    except TimeoutError:
        return future.done()
    return True
