"""Files to pixels to vectors on all cores, in bounded memory.

One pool runs both kinds of task, decode a file and encode a batch, and every encoder call uses one thread.
So no core waits for the other kind of work, whichever is dearer on this machine for this encoder, and the
rate comes near cores / (encode + decode seconds a photo). Fixed shares (one core each) leave a core idle
as soon as the two costs differ.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.domain.encoders import KeepsParts
from photosort.errors import EnvironmentProblem, PhotosortError
from photosort.media.errors import NotGiven
from photosort.progress import Job

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder, Space
    from photosort.domain.pictures import Decoded
    from photosort.media.formats import Media

_log = log.topic("index")


@dataclass(frozen=True, slots=True)
class Task:
    """One picture to be read.

    Attributes:
        key: what the caller knows it by (a content id).
        path: the file.
        encode: False when its vectors are there already and only thumbnails are wanted.
    """

    key: int
    path: Path
    media: Media
    encode: bool = True


@dataclass(slots=True)
class Outcome:
    """What became of one task: `decoded`, or a `reason` why not.

    Attributes:
        vectors: space to float32 array, shape (dim,), unit length; empty when none were wanted.
        parts: int8 array, the codes of the parts; None when none were wanted or the encoder keeps none.
        wants_vectors: False when the task asked for none or the same pixels have vectors already.
        detail: technical text for the log, or "".
        is_final: the bytes themselves are the reason; otherwise the next run tries again.
    """

    task: Task
    decoded: Decoded | None = None
    vectors: dict[Space, NDArray[np.float32]] = field(default_factory=dict)
    parts: NDArray[np.int8] | None = None
    wants_vectors: bool = True
    reason: str = ""
    detail: str = ""
    is_final: bool = True


Decode = Callable[[Task], "Decoded"]
PixelsKnown = Callable[[bytes], bool]


def _never_known(pixel_hash: bytes) -> bool:
    del pixel_hash
    return False


def run(
    tasks: Iterator[Task],
    *,
    decode: Decode,
    encoder: Encoder,
    pool: Executor,
    threads: int,
    batch_size: int,
    job: Job,
    encoding: Executor | None = None,
    pixels_known: PixelsKnown = _never_known,
) -> Iterator[list[Outcome]]:
    """Reads and encodes everything, yielding finished batches as they come, in no fixed order.

    Args:
        tasks: pulled one at a time as capacity frees up, so the caller may still reorder what is left.
        decode: opens a file and makes everything that needs its pixels; its errors become reasons.
        encoder: called from `threads` threads at once.
        pool: runs the tasks; must have `threads` threads.
        threads: size of the pool.
        batch_size: photos in one encoder call.
        job: its `check` is called before each task is handed out.
        encoding: runs the encoder where that needs no core; None = `pool`.
        pixels_known: says of a pixel hash that its vectors are stored already, so that a file whose
            metadata alone changed is not encoded again; called from the pool.

    Raises:
        JobCancelled: cancelled; batches yielded before are whole.
        EnvironmentProblem: nothing can be decoded.
        Exception: what the encoder raised; a failing encoder is no fault of a file.
    """
    flow = _Flow(decode, encoder, pool, encoding or pool, batch_size, job, pixels_known)
    # A batch for every call that may run and more to decode meanwhile, so that nobody waits while the driving
    # thread writes or a slow file is read; a photo in flight is 0.2 MB of pixels and 0.06 MB of thumbnails.
    batches = 2 if encoding is not None else threads + 2
    window = batch_size * batches + threads
    exhausted = False
    while True:
        job.check()
        while not exhausted and flow.unfinished < window:
            task = next(tasks, None)
            if task is None:
                exhausted = True
            else:
                flow.submit_decode(task)
        if exhausted:
            flow.flush_when_drained()
        yield from flow.ready()
        if exhausted and flow.idle:
            return
        flow.wait(timeout_s=0.1)


class _Flow:
    """The state of one run; only the driving thread touches it, workers only put into `_done`."""

    def __init__(
        self,
        decode: Decode,
        encoder: Encoder,
        pool: Executor,
        encoding: Executor,
        batch_size: int,
        job: Job,
        pixels_known: PixelsKnown,
    ) -> None:
        self._pixels_known = pixels_known
        self._decode = decode
        self._encoder = encoder
        self._pool = pool
        self._encoding = encoding
        self._batch_size = batch_size
        self._job = job
        self._done: queue.SimpleQueue[tuple[str, object, object]] = queue.SimpleQueue()
        self._decoding: dict[int, Task] = {}
        self._waiting: list[Outcome] = []
        self._in_encoder = 0
        self._finished: list[list[Outcome]] = []

    @property
    def unfinished(self) -> int:
        """Photos in flight: being decoded, waiting for a batch, being encoded."""
        return len(self._decoding) + len(self._waiting) + self._in_encoder

    @property
    def idle(self) -> bool:
        return self.unfinished == 0 and not self._finished

    def submit_decode(self, task: Task) -> None:
        ticket = id(task)
        self._decoding[ticket] = task
        self._pool.submit(self._run_decode, ticket, task)

    def flush_when_drained(self) -> None:
        """Encodes the last, partial batch once nothing more can join it."""
        if not self._decoding and self._waiting:
            self._submit_encode()

    def ready(self) -> Iterator[list[Outcome]]:
        while self._finished:
            yield self._finished.pop()

    def wait(self, *, timeout_s: float) -> None:
        """Takes in what workers finished; returns after the first news or the timeout."""
        if self.idle:
            return
        try:
            self._take(*self._done.get(timeout=timeout_s))
            while True:
                self._take(*self._done.get_nowait())
        except queue.Empty:
            return

    def _take(self, kind: str, payload: object, result: object) -> None:
        if kind == "failed" and isinstance(result, BaseException):
            raise result
        if kind == "decoded" and isinstance(result, Outcome) and isinstance(payload, int):
            del self._decoding[payload]
            if result.decoded is not None and result.wants_vectors:
                self._waiting.append(result)
                if len(self._waiting) >= self._batch_size:
                    self._submit_encode()
            else:
                self._finished.append([result])
        elif kind == "encoded" and isinstance(result, list):
            self._in_encoder -= len(result)
            self._finished.append(result)

    def _submit_encode(self) -> None:
        batch, self._waiting = self._waiting[: self._batch_size], self._waiting[self._batch_size :]
        self._in_encoder += len(batch)
        self._encoding.submit(self._run_encode, batch)

    def _run_decode(self, ticket: int, task: Task) -> None:
        outcome = Outcome(task)
        try:
            if not self._job.is_cancelled:
                outcome.decoded = self._decode(task)
                outcome.wants_vectors = task.encode and not self._pixels_known(
                    outcome.decoded.pixel_hash
                )
        except (
            EnvironmentProblem
        ) as error:  # of no file: handed to the driving thread, which raises it
            self._done.put(("failed", None, error))
            return
        except PhotosortError as error:
            outcome.reason, outcome.detail = error.user_message, error.detail
            outcome.is_final = not isinstance(error, NotGiven)
        except Exception as error:  # a decoder's surprise concerns one file, not the run
            _log.debug("decoding failed", exc_info=True)
            outcome.reason = "It is damaged, or of a kind that Photosort cannot read."
            outcome.detail = repr(error)
        self._done.put(("decoded", ticket, outcome))

    def _run_encode(self, batch: list[Outcome]) -> None:
        import numpy as np

        try:
            if not self._job.is_cancelled:
                pixels = np.stack([o.decoded.pixels for o in batch if o.decoded is not None])
                if isinstance(self._encoder, KeepsParts):
                    seen, codes = self._encoder.encode_with_parts(pixels)
                    for outcome, parts in zip(batch, codes, strict=True):
                        outcome.parts = parts
                else:
                    seen = self._encoder.encode_images(pixels)
                for space, rows in seen.items():
                    for outcome, row in zip(batch, rows, strict=True):
                        outcome.vectors[space] = row
        except BaseException as error:  # handed to the driving thread, which raises it
            self._done.put(("failed", None, error))
            return
        self._done.put(("encoded", None, batch))
