"""A job's progress and its cancel switch: values that one thread writes and others poll."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

from photosort.errors import JobCancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a long job stands.

    Attributes:
        phase: what is being done, in the user's words ("Reading").
        done: items finished, failed and skipped ones included.
        total: items in all, or None while that is unknown.
        failed: items that could not be used.
        skipped: items that needed nothing.
        rate_per_s: items a second over the last moments, or None at the start.
        left_s: seconds left, or None while unknown.
        done_bytes: how much is copied.
        total_bytes: how much is copied in all, or None where that is not what takes the time.
    """

    phase: str = ""
    done: int = 0
    total: int | None = None
    failed: int = 0
    skipped: int = 0
    rate_per_s: float | None = None
    left_s: float | None = None
    done_bytes: int = 0
    total_bytes: int | None = None


@dataclass(slots=True)
class Job:
    """The handle that a long job shares with those who watch it.

    The job overwrites `progress` (one reference assignment, so readers need no lock) and calls
    `check()` once an item; the watcher polls `progress` and may call `cancel()`, `pause()`, `resume()`.
    """

    progress: Progress = field(default_factory=Progress)
    _cancelled: threading.Event = field(default_factory=threading.Event)
    _running: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._running.set()

    def cancel(self) -> None:
        """Asks the job to stop at its next item, also when it is paused."""
        self._cancelled.set()
        self._running.set()

    def pause(self) -> None:
        """Holds the job at its next item."""
        self._running.clear()

    def resume(self) -> None:
        """Lets a paused job go on."""
        self._running.set()

    @property
    def is_cancelled(self) -> bool:
        """True once `cancel()` was called."""
        return self._cancelled.is_set()

    @property
    def is_paused(self) -> bool:
        """True between `pause()` and `resume()`."""
        return not self._running.is_set()

    def check(self) -> None:
        """Waits while the job is paused.

        Raises:
            JobCancelled: the user cancelled the job.
        """
        self._running.wait()
        if self._cancelled.is_set():
            raise JobCancelled

    def wait(self, seconds: float) -> None:
        """Lets some time pass, unless the job is cancelled.

        Raises:
            JobCancelled: the user cancelled the job.
        """
        self._cancelled.wait(seconds)
        self.check()


class Meter:
    """Turns counts into a rate and a time left, over a sliding window so that a warm-up is forgotten."""

    def __init__(self, *, window_s: float = 20.0) -> None:
        self._window_s = window_s
        self._marks: list[tuple[float, int]] = [(time.monotonic(), 0)]

    def rate(self, done: int) -> float | None:
        """Items a second up to `done`, or None before half a second has passed."""
        now = time.monotonic()
        self._marks.append((now, done))
        while len(self._marks) > 2 and now - self._marks[1][0] > self._window_s:
            self._marks.pop(0)
        since, count = self._marks[0]
        return (done - count) / (now - since) if now - since >= 0.5 else None

    @staticmethod
    def left_s(done: int, total: int | None, rate_per_s: float | None) -> float | None:
        """Seconds until `total` at this rate, or None while one of them is unknown."""
        if total is None or not rate_per_s:
            return None
        return max(0.0, (total - done) / rate_per_s)
