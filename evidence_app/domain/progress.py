"""Progress and cancellation of long work: the callbacks that a caller hands in, and one way to honour both."""

from collections.abc import Callable

from evidence_app.errors import Cancelled

StageProgress = Callable[[str, int, int], None]
"""Progress callback of work in several stages: stage, done, total."""
Progress = Callable[[int, int], None]
"""Progress callback of work in one stage: done, total, in the unit that the work names."""
Cancel = Callable[[], bool]
"""Cancellation callback: true requests a stop. Called on the thread that works."""


def no_stage_progress(_stage: str, _done: int, _total: int) -> None:
    """Ignore progress."""


def no_progress(_done: int, _total: int) -> None:
    """Ignore progress."""


def never() -> bool:
    """Never cancel."""
    return False


def stopping(cancel: Cancel) -> Callable[[], None]:
    """Return a function that raises `Cancelled` where `cancel` returns true."""

    def tick() -> None:
        if cancel():
            raise Cancelled

    return tick


def cancellable(progress: StageProgress, cancel: Cancel) -> StageProgress:
    """Return a callback that reports progress, or raises `Cancelled` where `cancel` returns true."""

    def report(stage: str, done: int, total: int) -> None:
        if cancel():
            raise Cancelled
        progress(stage, done, total)

    return report


def one_stage(stage: str, progress: StageProgress) -> Progress:
    """Return a callback (done, total) that reports one stage of work in several."""

    def report(done: int, total: int) -> None:
        progress(stage, done, total)

    return report
