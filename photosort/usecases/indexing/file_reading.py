"""Reads files in child processes, so that one that crashes or occupies a decoder costs an index run that file alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from photosort.errors import JobCancelled
from photosort.media.errors import NotGiven, Unreadable
from photosort.sentences import Sentence
from photosort.threads.child_processes import ChildDied, ChildProcesses, ChildTooSlow

P = ParamSpec("P")
R = TypeVar("R")

# The slowest honest file seen (a 200-megapixel TIFF) takes 6 s.
_FILE_LIMIT_S = 60.0
# Twice what decoding one picture may take (`media.open_picture`), and what a child takes before.
_FILE_LIMIT_BYTES = 3 * 1024**3
# With what a JPEG brings along at its first reading, so that no child has to import it again: 65 ms of processor time.
_MODULES = (
    "photosort.media.index_reading",
    "exiv2",
    "numpy.ma",
    *(f"PIL.{name}ImagePlugin" for name in ("Bmp", "Gif", "Jpeg", "Png", "Ppm")),
)
TOOK_DOWN = Sentence(
    "A decoder crashed on this file, so it is left out until it changes, or until you choose Try again."
)


class FileReading:
    """Where the index run of a session reads files; nothing outside a run."""

    def __init__(self) -> None:
        self._children: ChildProcesses | None = None

    @contextmanager
    def run(self) -> Iterator[None]:
        """Lets files be read while the block runs, which holds the lock of index runs."""
        with ChildProcesses(
            *_MODULES, limit_s=_FILE_LIMIT_S, limit_bytes=_FILE_LIMIT_BYTES
        ) as self._children:
            yield

    def stop(self) -> None:
        """Ends what is being read; nothing is read any more in this run."""
        if self._children is not None:
            self._children.close()

    def read(self, work: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """What a function of `media.index_reading` says of a file.

        Raises:
            Unreadable: the function says so, or a decoder crashed on the file.
            NotGiven: it took too long or too much memory: another time it may not.
            JobCancelled: the run is over.
            EnvironmentProblem: no child process can be started.
        """
        if self._children is None:
            raise JobCancelled
        try:
            return self._children.call(work, *args, **kwargs)
        except ChildTooSlow as error:
            said = Sentence("Reading it took longer than {limit:.0f} seconds.", limit=_FILE_LIMIT_S)
            raise NotGiven(said) from error
        except MemoryError as error:
            raise NotGiven(Sentence("It needs more memory than there is."), repr(error)) from error
        except ChildDied as error:
            if error.was_killed:
                said = Sentence(
                    "The system ended the reading of this file: memory may have run short."
                )
                raise NotGiven(said) from error
            raise Unreadable(TOOK_DOWN) from error
