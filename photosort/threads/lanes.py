"""The thread pools ("lanes") for all background work, shared by the command line and the window.

One serial lane owns the writing connection, so that two mutations can never interleave; two threads read; one pool
with a thread for each core both decodes and encodes, because more threads than cores are slower, not faster
(2 torch threads + 2 decode threads on 2 cores: 11 photos/s instead of 32; docs/decisions/0002-one-pool.md).
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from photosort.threads import process_tuning

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
        decode: decoding, thumbnails, and the encoder's batches, one thread each.
        worker: one thread, drives the index run and finds tags.
        models: one thread, beside an index run that takes hours: downloads and imports of picture models, and the look
            for duplicates.
        copies: one thread, looks through cards and copies from them, which takes long and waits for disks.
    """

    def __init__(self, *, decode_threads: int, low_priority: bool = False) -> None:
        """Starts no thread before there is work.

        Args:
            decode_threads: threads that decode and encode, no more than there are cores.
            low_priority: decoding and the worker get less of the processor than what the user does meanwhile.
        """
        process_tuning.tune_process()
        self.library = new_lane("library")
        self.reads = new_lane("reads", 2)
        self.decode = new_lane("decode", decode_threads, low_priority=low_priority)
        self.worker = new_lane("worker", low_priority=low_priority)
        self.models = new_lane("models", low_priority=low_priority)
        self.copies = new_lane("copies", low_priority=low_priority)

    def write(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """Runs a mutation in the library lane and waits for it."""
        future: Future[R] = self.library.submit(work, *args, **kwargs)
        return future.result()

    def close(self) -> None:
        """Ends the lanes: what runs is finished, what waits is dropped."""
        for lane in (
            self.models,
            self.copies,
            self.worker,
            self.decode,
            self.reads,
            self.library,
        ):
            lane.shutdown(wait=True, cancel_futures=True)


def _lower_priority() -> None:
    """Lowers the calling thread's priority, where the system has one for each thread."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
