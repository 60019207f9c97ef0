"""What every command needs: the open session, the printer, a job that Ctrl+C cancels."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from photosort import paths, settings
from photosort.cli.exits import DONE, SOME_FILES_FAILED
from photosort.cli.output import Printer, report_sidecars, shown
from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.usecases.photos.photo_paths import photo_at
from photosort.usecases.session.backups import refuse_lost
from photosort.usecases.session.session import Session
from photosort.usecases.session.temporary_copy import no_library, open_readable

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet

R = TypeVar("R")

_WRITES_KEYWORD_FILES = frozenset({"index", "tag", "tags", "undo", "date", "place", "duplicates"})


class NothingNamed(Exception):
    """A list of paths holds none that can be used, so that there is nothing to do."""


class Context:
    """One command's surroundings; closes the session when the block ends.

    Attributes:
        options: the parsed arguments.
        printer: where results go.
        session: the open library.
        job: progress and cancel switch of the command's long work.
        unusable: how many paths of `--files-from` were left out.
    """

    def __init__(self, options: argparse.Namespace, printer: Printer, job: Job) -> None:
        self.options = options
        self.printer = printer
        self.job = job
        self.unusable = 0
        places = paths.locate(options.library, options.home)
        if not os.environ.get("HOME") and sys.platform != "win32":
            printer.remark(f"HOME is not set; the library is {places.library}")
        loaded = settings.load(places.settings)
        if loaded.notice:
            printer.remark(loaded.notice)
        self._ends = ExitStack()
        if places.library.exists() or begins_library(options):
            read = self._ends.enter_context(
                open_readable(places, with_thumbnails=options.command == "check")
            )
            original = None if read == places else places.library
            if original is not None:
                printer.remark(
                    f"{original} cannot be written, so it is read from a passing copy and nothing is kept."
                )
        else:
            refuse_lost(places, loaded.settings)
            read, original = self._ends.enter_context(no_library(places)), None
            printer.remark(f"There is no library yet at {places.library}")
        try:
            self.session = Session(read, actor="command", chosen=loaded.settings, original=original)
        except BaseException:
            self._ends.close()
            raise
        self._original = original
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

    def carry_out(self, run: Callable[[Context], int]) -> int:
        """Runs the command; returns its exit status, which also tells of paths that had to be left out.

        One that may write keyword files first finishes what a killed one was writing there.
        """
        if self.options.command in _WRITES_KEYWORD_FILES and self._original is None:
            # Commands that only read need nothing of it.
            from photosort.usecases.sidecars import sidecar_sync

            report_sidecars(self.printer, sidecar_sync.finish(self.session, job=self.job))
        try:
            status = run(self)
        except NothingNamed:
            self.printer.remark("The list names nothing that could be used.")
            status = DONE
        return SOME_FILES_FAILED if status == DONE and self.unusable else status

    def given(self, paths: Sequence[str], check: Callable[[str], object]) -> list[str]:
        """The paths of the command line, then those of `--files-from`; of these, the ones that can be used.

        Args:
            paths: those of the command line.
            check: raises an `InputProblem` for a path that cannot be used. What the list names beside is left
                out and said, and the command does the rest.

        Raises:
            NothingNamed: there is a list, and nothing in it can be used.
            InputProblem: the list cannot be read.
        """
        files_from = self.options.files_from
        if files_from is None:
            return list(paths)
        usable = []
        for path in read_paths(files_from):
            try:
                check(path)
            except InputProblem as problem:
                self.unusable += 1
                self.printer.remark(shown(problem.user_message))
            else:
                usable.append(path)
        if not usable and not paths:
            raise NothingNamed
        return [*paths, *usable]

    def photos(self, paths: Sequence[str]) -> list[int]:
        """The photos that a command names, each once.

        Raises:
            InputProblem: none, or one that is not in the library.
        """
        given = self.given(paths, partial(photo_at, self.session))
        if not given:
            raise InputProblem("Name at least one photo.")
        return list(dict.fromkeys(photo_at(self.session, path) for path in given))

    def follow(self, change: ChangeSet, *, asked: Iterable[int] = ()) -> None:
        """Lets sidecars follow what was decided, and says which could not be written.

        Args:
            change: what was decided.
            asked: photos whose sidecars are written whatever the settings say.
        """
        from photosort.usecases.sidecars import sidecar_sync

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


def read_paths(files_from: str) -> list[str]:
    """The paths of a list, a line each or NUL-separated.

    Raises:
        InputProblem: the list cannot be read.
    """
    raw = read_list(files_from)
    parts = raw.split(b"\0") if b"\0" in raw else raw.splitlines()
    return [os.fsdecode(part) for part in parts if part]


def begins_library(options: argparse.Namespace) -> bool:
    """Whether a command has anything to write where there is no library yet; all others read an empty one."""
    action = getattr(options, "action", None)
    match options.command:
        case "index" | "tag":
            return True
        case "import":
            return not options.dry_run
        case "tags":
            return action in {"add", "import"} or (
                action == "packs" and bool(options.on or options.off)
            )
        case "models":
            return action is not None or bool(options.bench)
        case "albums":
            return bool(action == "make")
        case "backup":
            return bool(action != "list")
    return False
