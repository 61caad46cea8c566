"""What a server process settles once, after loading and before the first request."""

from __future__ import annotations

import ctypes
import gc
import sys

M_TRIM_THRESHOLD = -1
KEPT = 64 * 2**20
SWITCH_SECONDS = 0.001


def settle_process() -> None:
    """Make the process quick at answering: its collector, its threads, its allocator."""
    # What was loaded stays for good: the collector need not look at it again.
    gc.collect()
    gc.freeze()
    # Threads hand over sooner than by default, so that the event loop is not kept waiting.
    sys.setswitchinterval(SWITCH_SECONDS)
    # glibc gives the top of the heap back after each large answer, only for the next one to have
    # it mapped again page by page; that costs more than to put the answer together.
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(M_TRIM_THRESHOLD, KEPT)
