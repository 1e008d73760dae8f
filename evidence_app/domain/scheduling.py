"""Work that takes long and nobody waits for: it asks now and then whether to go on."""

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeVar

Each = TypeVar("Each")
YieldPoint = Callable[[], None]
"""Called once for each thing that is looked at. It may wait for what is more urgent, or raise `Cancelled`."""


def never_yield() -> None:
    """Go on at once."""


def yielding(things: Iterable[Each], pace: YieldPoint) -> Iterator[Each]:
    """Yield everything, at a pace. What is being read is closed here, and on this thread, however it ends."""
    iterator = iter(things)
    try:
        for each in iterator:
            pace()
            yield each
    finally:
        if isinstance(iterator, Generator):
            iterator.close()
