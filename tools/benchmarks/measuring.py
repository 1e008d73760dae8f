"""Measuring: each duration is given as a ratio to a floor, the least possible work, measured in the same run."""

import gc
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """A duration and its floor, in seconds unless `unit` says otherwise, with the ratio that is aimed at."""

    what: str
    seconds: float
    floor: float
    aim: str
    remark: str = ""
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """How many times the floor it takes."""
        return self.seconds / self.floor if self.floor else float("nan")

    def line(self) -> str:
        """Return the result as one line of the report."""
        return f"{self.what:52} {self.ratio:7.2f} x   ({self.seconds:9.4f} {self.unit} / {self.floor:9.4f} {self.unit})   aim {self.aim}   {self.remark}"

    def to_json(self) -> str:
        """Return the result as one line of JSON, for whoever compares two revisions."""
        return json.dumps(asdict(self))


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


def peak_megabytes() -> int:
    """Return the peak resident memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def as_installed() -> dict[str, str]:
    """Return the environment of a program as it runs where it was installed: with its byte code kept."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def apart(module: str, *words: object) -> list[str]:
    """Run a module in a process of its own, where peak memory is its own, and return the words that it printed."""
    command = [sys.executable, "-m", module, *map(str, words)]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=dict(os.environ)).stdout.split()


def numbers(said: Sequence[str]) -> list[float]:
    """Return printed words as numbers."""
    return [float(word) for word in said]
