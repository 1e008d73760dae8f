"""Memory between the steps of a long export."""

import ctypes
import gc
import sys


def release_memory() -> None:
    """Let go of what refers to itself alone, and give the system what is free: the C library of Linux keeps it, in pieces that no next step can use."""
    gc.collect()
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
