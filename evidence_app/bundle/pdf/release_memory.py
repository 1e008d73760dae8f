"""Releases memory between the steps of a long export."""

import ctypes
import gc
import sys


def release_memory() -> None:
    """Collect garbage and return free heap memory to the operating system (glibc's `malloc_trim`; Linux only).

    glibc otherwise retains it in fragments that the next step cannot use.
    """
    gc.collect()
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
