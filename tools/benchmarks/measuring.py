"""Measuring: each duration is given as a ratio to a floor, the least possible work, measured in the same run."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A duration and its floor, in seconds unless `unit` says otherwise, with the ratio that is aimed at."""

    what: str
    seconds: float
    floor: float
    aim: str
    remark: str = ""
    unit: str = "s"

    def line(self) -> str:
        """Return the result as one line of the report."""
        ratio = self.seconds / self.floor if self.floor else float("nan")
        return f"{self.what:44} {ratio:6.2f} x   ({self.seconds:9.4f} {self.unit} / {self.floor:9.4f} {self.unit})   aim {self.aim}   {self.remark}"


def seconds_of(work: Callable[[], object], times: int = 1) -> float:
    """Return the median duration of a piece of work, in seconds."""
    durations = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        durations.append(time.perf_counter() - start)
    return statistics.median(durations)


def in_turn(first: Callable[[], object], second: Callable[[], object], times: int) -> tuple[float, float]:
    """Measure two pieces of work alternately, so that both meet the same load of the machine; return their medians in seconds."""
    first_durations, second_durations = [], []
    for _ in range(times):
        first_durations.append(seconds_of(first))
        second_durations.append(seconds_of(second))
    return statistics.median(first_durations), statistics.median(second_durations)
