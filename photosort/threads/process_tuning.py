"""Start-up tuning of the process: thread switching, garbage collector, memory allocator."""

from __future__ import annotations

import ctypes
import gc
import platform
import sys
from functools import cache

# A thread that comes back from computing waits this long for one that runs Python; a network of seventy layers
# comes back seventy times. At Python's own 5 ms an index run left 15 % of two cores idle.
_SWITCH_S = 0.0005
# Each batch of photos brings 6,000 headings and rows, which are no garbage. At Python's own 700 objects a tenth of
# all the time in which no other thread can run Python went into looking for cycles that are hardly ever there.
_NEW_OBJECTS = 20_000
# glibc's numbers for `mallopt`.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
# What a network needs between two layers is given back to the system and asked for again, page by page, at every
# call: a tenth of an index run's processor time. Larger blocks (pictures of 16 megapixels and more) still are.
_KEPT_BYTES = 64 * 1024 * 1024
_KEPT_AT_THE_TOP_BYTES = 256 * 1024 * 1024


@cache
def tune_process() -> None:
    """Sets how soon threads change over and how freed memory is kept; call it before threads start."""
    sys.setswitchinterval(_SWITCH_S)
    gc.set_threshold(_NEW_OBJECTS, 20, 10)
    libc = _libc()
    if libc is None:
        return
    libc.mallopt(_MMAP_THRESHOLD, _KEPT_BYTES)
    libc.mallopt(_TRIM_THRESHOLD, _KEPT_AT_THE_TOP_BYTES)
    # With an arena for each thread what one gave back would not serve the other.
    libc.mallopt(_ARENA_MAX, 1)


def release_memory() -> None:
    """Gives what `tune_process` keeps for the network back to the system, after an index run: 0.3 GB.

    Not meanwhile: asked for again page by page it would cost the run a tenth of its speed. Nobody gets memory for
    some 30 ms, so it is nothing for the moment in which somebody waits.
    """
    libc = _libc()
    if libc is not None:
        libc.malloc_trim(0)


def finish_start() -> None:
    """Says that what exists now will stay: the search for garbage, in which no thread runs, passes it over.

    To be called where a lot has just come to stay: the window and its library, the encoder with its libraries, the
    vocabulary. A search through all of them takes 150 ms. What is let go later is freed all the same, but for
    cycles of objects.
    """
    gc.freeze()


def collect_garbage() -> None:
    """Searches for cycles as far as Python would have done by itself by now, where that is switched off.

    It is called now and then by the one thread that may delete what lies in the cycles.
    """
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [number for number, limit in enumerate(limits) if counts[number] > limit]
    if due:
        gc.collect(max(due))


def _libc() -> ctypes.CDLL | None:
    """The C library where it is glibc, whose memory can be steered; None anywhere else."""
    return ctypes.CDLL(None) if platform.libc_ver()[0] == "glibc" else None
