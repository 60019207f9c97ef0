"""What every command needs: the open session, the printer, a job that Ctrl+C cancels."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from photosort import paths, settings
from photosort.cli.output import Printer, report_sidecars
from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.usecases.session.session import Session
from photosort.usecases.session.temporary_copy import open_readable
from photosort.usecases.sidecars import sidecar_sync

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet

R = TypeVar("R")


class Context:
    """One command's surroundings; closes the session when the block ends.

    Attributes:
        options: the parsed arguments.
        printer: where results go.
        session: the open library.
        job: progress and cancel switch of the command's long work.
    """

    def __init__(self, options: argparse.Namespace, printer: Printer | None = None) -> None:
        self.options = options
        self.printer = printer or Printer(as_json=options.json, quiet=options.quiet)
        self.job = Job()
        places = paths.locate(options.library, options.home)
        loaded = settings.load(places.settings)
        if loaded.notice:
            self.printer.remark(loaded.notice)
        self._ends = ExitStack()
        read = self._ends.enter_context(
            open_readable(places, with_thumbnails=options.command == "check")
        )
        original = None if read == places else places.library
        if original is not None:
            self.printer.remark(
                f"{original} cannot be written, so it is read from a passing copy and nothing is kept."
            )
        try:
            self.session = Session(read, actor="command", chosen=loaded.settings, original=original)
        except BaseException:
            self._ends.close()
            raise
        self._ends.callback(self.session.close)

    def __enter__(self) -> Context:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ends.close()

    def follow(self, change: ChangeSet, *, asked: Iterable[int] = ()) -> None:
        """Lets sidecars follow what was decided, and says which could not be written.

        Args:
            change: what was decided.
            asked: photos whose sidecars are written whatever the settings say.
        """
        run = sidecar_sync.follow(self.session, change, asked=asked, job=self.job)
        report_sidecars(self.printer, run)

    def run_long(self, work: Callable[[], R]) -> R:
        """Runs long work in the worker lane with its progress shown; Ctrl+C cancels it and waits for its end.

        Raises:
            KeyboardInterrupt: after a cancelled job has put away what it had finished, unless the job
                answers a cancel with a result of its own.
        """
        future = self.session.lanes.worker.submit(work)
        with self.printer.watching(self.job):
            while True:
                try:
                    return future.result()
                except KeyboardInterrupt:
                    if self.job.is_cancelled:
                        raise
                    self.job.cancel()


def read_list(name: str) -> bytes:
    """What a file holds, or standard input where the name is "-".

    Raises:
        InputProblem: the list cannot be read.
    """
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise InputProblem(f"The list {name} cannot be read: {error.strerror}.") from error


def gather_paths(given: list[str], files_from: str | None) -> list[str]:
    """The paths of the command line, then those of `--files-from`.

    Raises:
        InputProblem: the list cannot be read.
    """
    if files_from is None:
        return given
    raw = read_list(files_from)
    parts = raw.split(b"\0") if b"\0" in raw else raw.splitlines()
    return given + [part.decode("utf-8", errors="surrogateescape") for part in parts if part]
