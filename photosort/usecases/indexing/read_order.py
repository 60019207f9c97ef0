"""The order in which photos are read: a sample of everything, then what is on screen, then the rest."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

# Enough for a first search to mean something; at 10 photos/s it takes 20 s.
SAMPLE = 200


def spread(
    taken_ms: NDArray[np.int64], folders: NDArray[np.int64], *, sample: int = SAMPLE
) -> NDArray[np.int64]:
    """An order that starts with a sample spread over time and folders and goes on from new to old.

    Args:
        taken_ms: int64 array, shape (n,), when each photo was taken.
        folders: int64 array, shape (n,), a code for each photo's folder.
        sample: size of the spread beginning.

    Returns:
        int64 array, shape (n,), a permutation. The sample takes photos at equal distances along
        (folder, time), so every folder is met in proportion to its size and its whole span of time.
    """
    count = len(taken_ms)
    newest_first = np.argsort(-taken_ms, kind="stable")
    if count <= sample:
        return newest_first
    along = np.lexsort((taken_ms, folders))
    first = along[np.linspace(0, count - 1, sample).round().astype(np.int64)]
    first = first[np.argsort(-taken_ms[first], kind="stable")]
    chosen = np.zeros(count, dtype=bool)
    chosen[first] = True
    return np.concatenate([first, newest_first[~chosen[newest_first]]])


class WorkList:
    """The photos that are still to be read; what the user looks at can be moved to its front.

    One thread takes, any thread may prefer.
    """

    def __init__(self, keys: Sequence[int]) -> None:
        """Starts with all keys in the order they should be read."""
        self._keys = keys
        self._left = set(keys)
        self._next = 0
        self._preferred: list[int] = []
        self._lock = threading.Lock()

    def prioritise(self, keys: Iterable[int]) -> None:
        """Reads these next, in this order; forgets what was preferred before, since the user has moved on."""
        with self._lock:
            self._preferred = [key for key in keys if key in self._left][::-1]

    def __len__(self) -> int:
        return len(self._left)

    def __iter__(self) -> Iterator[int]:
        while True:
            with self._lock:
                key = self._take()
            if key is None:
                return
            yield key

    def _take(self) -> int | None:
        while self._preferred:
            key = self._preferred.pop()
            if key in self._left:
                self._left.discard(key)
                return key
        while self._next < len(self._keys):
            key = self._keys[self._next]
            self._next += 1
            if key in self._left:
                self._left.discard(key)
                return key
        return None
