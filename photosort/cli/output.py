"""What the command line prints: JSON Lines or tables on standard output, progress on standard error."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TextIO

from photosort.errors import EnvironmentProblem, InputProblem, JobCancelled, PhotosortError
from photosort.progress import Job
from photosort.sentences import reason_of

if TYPE_CHECKING:
    from photosort.usecases.sidecars.sidecar_conflicts import Conflict
    from photosort.usecases.sidecars.sidecar_sync import SidecarRun

# Controls but the end of a line, marks of direction, other separators of lines, and halves of characters.
_COMMANDS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def path_fields(path: str | None, key: str = "path") -> dict[str, str | None]:
    """The path of a row, with its bytes beside it ("path_b64") where the name is not UTF-8."""
    if path is None:
        return {key: None}
    raw = os.fsencode(path)
    try:
        return {key: raw.decode("utf-8")}
    except UnicodeDecodeError:
        return {
            key: raw.decode("utf-8", errors="replace"),
            f"{key}_b64": base64.b64encode(raw).decode("ascii"),
        }


def paths_fields(paths: Sequence[str], key: str) -> dict[str, list[str | None]]:
    """Several paths of a row; where a name is not UTF-8, the bytes of such names in a list of the same length."""
    each = [path_fields(path) for path in paths]
    fields = {key: [one["path"] for one in each]}
    if any("path_b64" in one for one in each):
        fields[f"{key}_b64"] = [one.get("path_b64") for one in each]
    return fields


def shown(text: str) -> str:
    """A file name as it may be printed: undecodable bytes become U+FFFD, control characters go."""
    decoded = os.fsencode(text).decode("utf-8", errors="replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in decoded)


def _harmless(text: str) -> str:
    """A text without what commands a terminal or turns the direction of what follows; its lines stay."""
    return _COMMANDS.sub("\N{REPLACEMENT CHARACTER}", text)


def report_sidecars(printer: Printer, run: SidecarRun) -> None:
    """Says what could not be written into keyword files, and what they disagree about with the library."""
    for path, reason in run.problems:
        printer.remark(f"{shown(path)}: {reason}")
    report_conflicts(printer, run.conflicts)


def report_conflicts(printer: Printer, conflicts: Sequence[Conflict]) -> None:
    """Says what was changed both in the library and in keyword files."""
    for conflict in conflicts:
        what = f"'{conflict.what}'" if conflict.what else "the stars"
        printer.remark(
            f"{shown(conflict.path)}: {what} was changed here and in the keyword file; left as it is."
        )
    if conflicts:
        printer.remark("Settle it with: tag PHOTO... --write-sidecars --settle library (or: file)")


class Printer:
    """Prints rows either as JSON Lines or as a table for people.

    Attributes:
        as_json: rows go out as JSON, nothing else does.
        quiet: no progress and no remarks.
    """

    def __init__(self, *, as_json: bool, quiet: bool) -> None:
        self.as_json = as_json
        self.quiet = quiet

    def row(self, fields: Mapping[str, object]) -> None:
        """One line of JSON; nothing when people are reading."""
        if self.as_json:
            with writing():
                print(json.dumps(fields, ensure_ascii=False), flush=True)

    def table(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table for people; nothing in JSON."""
        if self.as_json or not rows:
            return
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold")
        for heading in headings:
            table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*(Text(_harmless(cell)) for cell in row))
        # A pipe has no width of its own; 80 columns would fold every path.
        text, to_person = io.StringIO(), sys.stdout.isatty()
        # Rich itself would end with status 1 where the reader left.
        Console(
            file=text, width=None if to_person else 240, force_terminal=to_person, highlight=False
        ).print(table)
        with writing():
            print(text.getvalue(), end="", flush=True)

    def say(self, text: str) -> None:
        """One line for people on standard output; nothing in JSON."""
        if not self.as_json:
            with writing():
                print(_harmless(text), flush=True)

    def remark(self, text: str) -> None:
        """One line on standard error, unless quiet."""
        if not self.quiet:
            print(_harmless(text), file=sys.stderr, flush=True)

    def error(self, error: PhotosortError) -> None:
        """The one sentence of an error, as JSON on standard error where JSON was asked for."""
        if self.as_json:
            position = error.position if isinstance(error, InputProblem) else None
            _tell_as_json(type(error), error.user_message, position)
        else:
            print(f"photosort: {_harmless(error.user_message)}", file=sys.stderr, flush=True)

    def cancelled(self) -> None:
        """Prints the message after Ctrl+C, as JSON where JSON was asked for."""
        said = "Cancelled. Everything finished so far was kept."
        if self.as_json:
            _tell_as_json(JobCancelled, said, None)
        else:
            self.remark(said)

    @contextmanager
    def watching(self, job: Job) -> Iterator[None]:
        """Shows a job's progress on standard error while the block runs."""
        if self.quiet:
            yield
            return
        stop = threading.Event()
        watcher = threading.Thread(
            target=_watch, args=(job, stop, sys.stderr), name="photosort-progress", daemon=True
        )
        watcher.start()
        try:
            yield
        finally:
            stop.set()
            watcher.join()


@contextmanager
def writing() -> Iterator[None]:
    """Turns a standard output that takes nothing more into one sentence; a reader who left is no failure.

    Raises:
        EnvironmentProblem: the disk is full, for example.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        raise EnvironmentProblem(
            f"The output cannot be written: {reason_of(error)}.", repr(error)
        ) from error


def discard_output() -> None:
    """Drops what standard output did not take; otherwise Python tries again at its end and complains."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _tell_as_json(kind: type[Exception], message: str, position: int | None) -> None:
    line = {"error": kind.__name__, "message": message, "position": position}
    print(json.dumps(line, ensure_ascii=False), file=sys.stderr, flush=True)


def _watch(job: Job, stop: threading.Event, stream: TextIO) -> None:
    """A bar where a person watches, a line every ten seconds where a log is written."""
    if stream.isatty():
        _watch_bar(job, stop)
        return
    last = ""
    spoken = time.monotonic()
    while not stop.wait(0.2):
        if time.monotonic() - spoken >= 10 and (line := _line(job)) != last:
            spoken, last = time.monotonic(), line
            print(line, file=stream, flush=True)


def _watch_bar(job: Job, stop: threading.Event) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=24))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        while not stop.wait(0.1):
            now = job.progress
            bar.update(task, description=_line(job), total=now.total, completed=now.done)


def _line(job: Job) -> str:
    now = job.progress
    parts = [now.phase or "Starting"]
    if now.total is not None:
        parts.append(f"{now.done:,} of {now.total:,}")
    elif now.done:
        parts.append(f"{now.done:,}")
    if now.total_bytes is not None:
        parts.append(f"{now.done_bytes / 1e6:,.0f} of {now.total_bytes / 1e6:,.0f} MB")
    if now.failed:
        parts.append(f"{now.failed:,} failed")
    if now.rate_per_s:
        parts.append(f"{now.rate_per_s:,.0f}/s")
    if now.left_s is not None:
        parts.append(duration(now.left_s) + " left")
    return "  ".join(parts)


def counted(count: int, noun: str) -> str:
    """How many of something: "1 photo", "1,204 photos"."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def duration(seconds: float) -> str:
    """Seconds as a person says them: "8 s", "14 min", "2 h 5 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
