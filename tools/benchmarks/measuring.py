"""Measuring: each speed is a ratio to a floor that is measured in the same run."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A ratio with what it is made of, in seconds."""

    what: str
    seconds: float
    floor: float
    aim: str
    remark: str = ""

    def line(self) -> str:
        ratio = self.seconds / self.floor if self.floor else float("nan")
        return f"{self.what:44} {ratio:6.2f} x   ({self.seconds:9.4f} s / {self.floor:9.4f} s)   aim {self.aim}   {self.remark}"


def seconds_of(work: Callable[[], object], times: int = 1) -> float:
    """Return the median time of a piece of work."""
    found = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return statistics.median(found)


def in_turn(first: Callable[[], object], second: Callable[[], object], times: int) -> tuple[float, float]:
    """Measure two pieces of work in turn, so that both see the same machine; return their medians."""
    one, two = [], []
    for _ in range(times):
        one.append(seconds_of(first))
        two.append(seconds_of(second))
    return statistics.median(one), statistics.median(two)
