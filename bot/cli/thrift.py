"""Has the C library give memory back: an office runs for months, on a machine that has other things to do.

glibc keeps a pool for each thread; and once a picture of 16 MB was freed, it keeps as much for the next (mallopt(3)).
"""

import ctypes

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Their numbers in malloc.h."""

_KEPT = 1024 * 1024
"""Bytes: a larger piece goes back when it is freed, and so does what is free at the end of the pool."""


def give_memory_back() -> None:
    """One pool for all threads, which wait for Python's lock anyway. To be called before the first thread begins; does
    nothing where the C library is another."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    for parameter, value in ((_ARENA_MAX, 1), (_MMAP_THRESHOLD, _KEPT), (_TRIM_THRESHOLD, _KEPT)):
        mallopt(parameter, value)
