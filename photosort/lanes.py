"""The lanes in which work runs, shared by the command line and the window.

One serial lane owns the writing connection, so that two mutations can never interleave; two lanes read;
decoding and the encoder share the cores, because more threads than cores are slower, not faster
(2 torch threads + 2 decode threads on 2 cores: 11 photos/s instead of 32).
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from photosort import process_tuning

P = ParamSpec("P")
R = TypeVar("R")


# The usual step down; at 19 a busy machine would stop the lanes.
_NICENESS = 10


def cores() -> int:
    """Cores that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def shares(*, cores_available: int | None = None, on_gpu: bool = False) -> tuple[int, int]:
    """Threads for the encoder and for decoding, together no more than the cores.

    Args:
        cores_available: cores to divide; None asks the system.
        on_gpu: the encoder needs one feeding thread only.

    Returns:
        (encoder threads, decode threads), each at least 1.
    """
    n = cores_available or cores()
    encoder = 1 if on_gpu else max(1, n // 2)
    return encoder, max(1, n - encoder)


def new_lane(name: str, threads: int = 1, *, low_priority: bool = False) -> ThreadPoolExecutor:
    """An executor whose threads are found by their name.

    Args:
        name: what it is for.
        threads: how many there may be; none is started before there is work.
        low_priority: they get less of the processor than what the user does meanwhile.
    """
    begin = _lower_priority if low_priority else None
    return ThreadPoolExecutor(threads, thread_name_prefix=f"photosort-{name}", initializer=begin)


class Lanes:
    """The executors of one open library.

    Attributes:
        library: one thread, the one writing connection.
        reads: two threads, read-only connections.
        decode: decoding and thumbnails; its size comes from `shares`.
        worker: one thread, the encoder and the index run.
        models: one thread, beside an index run that takes hours: downloads and imports of picture models, and the look
            for duplicates.
    """

    def __init__(self, *, decode_threads: int | None = None, low_priority: bool = False) -> None:
        """Starts no thread before there is work.

        Args:
            decode_threads: threads that decode; None = as `shares` says.
            low_priority: decoding and the worker get less of the processor than what the user does meanwhile.
        """
        process_tuning.tune_process()
        self.library = new_lane("library")
        self.reads = new_lane("reads", 2)
        self.decode = new_lane("decode", decode_threads or shares()[1], low_priority=low_priority)
        self.worker = new_lane("worker", low_priority=low_priority)
        self.models = new_lane("models", low_priority=low_priority)

    def write(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs a mutation in the library lane and waits for it."""
        future: Future[R] = self.library.submit(work, *args, **kwargs)
        return future.result()

    def close(self) -> None:
        """Ends the lanes: what runs is finished, what waits is dropped."""
        for lane in (self.models, self.worker, self.decode, self.reads, self.library):
            lane.shutdown(wait=True, cancel_futures=True)


def _lower_priority() -> None:
    """Lowers the calling thread's priority, where the system has one for each thread."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
