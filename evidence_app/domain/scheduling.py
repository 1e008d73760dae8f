"""Yield points for long background work: the caller can pause or cancel it between items."""

from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeVar

Each = TypeVar("Each")
YieldPoint = Callable[[], None]
"""A function called once before each item. It may wait for more urgent work, or raise `Cancelled`."""


def never_yield() -> None:
    """Continue without waiting."""


def yielding(things: Iterable[Each], pace: YieldPoint) -> Iterator[Each]:
    """Yield the items one by one, calling `pace` before each.

    A generator is closed at the end, even after an exception, and on the calling thread: it may hold a database cursor,
    which belongs to the thread that opened it.
    """
    iterator = iter(things)
    try:
        for item in iterator:
            pace()
            yield item
    finally:
        if isinstance(iterator, Generator):
            iterator.close()
