"""Memory between the steps of a long export."""

import ctypes
import sys


def give_back() -> None:
    """Give the system what is free: the C library of Linux keeps it, in pieces that the next step cannot use. Elsewhere there is nothing to do."""
    if sys.platform != "linux":
        return
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
