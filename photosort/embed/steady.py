"""Runs a model in batches that fit into memory, and falls back to the processor when the graphics card fails."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from photosort.log import topic

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

M = TypeVar("M")
Items = TypeVar("Items", bound="Sequence[object] | NDArray[np.uint8] | Tensor")

_log = topic("embed")

_NO_MEMORY = ("out of memory", "can't allocate memory", "not enough memory")


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device or the machine had no memory left; torch says so in several ways."""
    return isinstance(error, MemoryError) or any(part in str(error).lower() for part in _NO_MEMORY)


class Steady(Generic[M]):
    """A model on a device that may fail. May be called from several threads at once.

    Attributes:
        model: what is called now.
        device: "cpu", "cuda" or "mps".
        batch: most items of one call; halved whenever memory runs out.
        note: one sentence for the user once the device failed, else "".
    """

    def __init__(self, model: M, *, device: str, batch: int, load_on_cpu: Callable[[], M]) -> None:
        """Starts with a loaded model.

        Args:
            model: the model on its device.
            device: "cpu", "cuda" or "mps".
            batch: most items of one call.
            load_on_cpu: loads the same model for the processor, from its file: nothing can be moved off
                a device that failed.
        """
        self.model = model
        self.device = device
        self.batch = batch
        self.note = ""
        self._load_on_cpu = load_on_cpu
        self._lock = threading.Lock()

    def rows(
        self, items: Items, call: Callable[[M, Items], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        """What the model makes of all items, in their order.

        Args:
            items: a sequence, or an array by its first axis; not empty.
            call: gives an array with a row for each item of a part.

        Raises:
            RuntimeError: the model fails on the processor too.
        """
        parts: list[NDArray[np.float32]] = []
        start = 0
        while start < len(items):
            model, size = self.model, self.batch
            try:
                parts.append(call(model, items[start : start + size]))  # type: ignore[arg-type]
            except (RuntimeError, MemoryError) as error:
                failure = error
            else:
                start += size
                continue
            # Outside the handler: the traceback would hold on to what filled the memory.
            self._recover(model, min(size, len(items) - start), failure)
            del failure
        return np.concatenate(parts)

    def _recover(self, model: M, size: int, error: RuntimeError | MemoryError) -> None:
        """Makes the next attempt a different one.

        Raises:
            RuntimeError: there is nothing else to be tried.
        """
        with self._lock:
            if self.model is not model:
                return  # another thread has gone over to the processor
            if is_out_of_memory(error) and size > 1:
                self.batch = min(self.batch, size // 2)
                _log.info("out of memory with %d at once; %d from now on", size, self.batch)
                return
            if self.device == "cpu":
                raise error
            _log.info("the %s device failed: %r", self.device, error)
            reason = "ran out of memory" if is_out_of_memory(error) else "stopped working"
            self.model = self._load_on_cpu()
            self.device = "cpu"
            self.note = (
                f"The graphics card {reason}; the processor goes on, more slowly. "
                "Nothing was lost. Start Photosort again to use the graphics card."
            )
