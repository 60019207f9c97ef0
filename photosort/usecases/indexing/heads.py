"""Reads what a file is before it is decoded: its head, its name, and the sidecars beside it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from photosort import log
from photosort.errors import InputProblem
from photosort.media.errors import NotGiven
from photosort.media.index_reading import read_head
from photosort.media.name_dates import moment_from_name

if TYPE_CHECKING:
    from photosort.usecases.indexing.arrival import Arrival
    from photosort.usecases.indexing.file_reading import FileReading

_log = log.topic("index")


def read_arrival(
    arrival: Arrival, root: Path, files: FileReading, *, previews: bool = True
) -> bytes | None:
    """Fills in what the head of a file, its name and its sidecars say; returns the embedded preview.

    Args:
        arrival: of which only `found` is known.
        root: the folder that its path begins at.
        files: reads the file.
        previews: False leaves them out.
    """
    found = arrival.found
    path = root / found.relative
    moment = moment_from_name(path.name)
    arrival.name_date = None if moment is None else str(moment)
    beside = [root / one.relative for one in found.sidecars]
    try:
        read = files.read(read_head, path, found.media, beside, previews=previews)
    except InputProblem as problem:
        _cannot_be_read(arrival, problem)
        return None
    if read.sidecar_problems:
        _log.info("%d sidecars cannot be used", len(read.sidecar_problems))
    arrival.sidecars = None if read.sidecar_problems else read.sidecars
    arrival.sidecar_metadata = read.beside
    folder, _, _ = found.relative.rpartition("/")
    arrival.sidecar_problems = tuple(
        (f"{folder}/{path.name}" if folder else path.name, reason)
        for path, reason in read.sidecar_problems
    )
    if read.problem is not None:
        _cannot_be_read(arrival, read.problem)
    if read.header is None:
        return None
    arrival.quick_key = read.header.quick
    arrival.metadata = read.header.metadata
    return read.header.preview


def _cannot_be_read(arrival: Arrival, problem: InputProblem) -> None:
    arrival.reason = problem.user_message
    arrival.is_final = not isinstance(problem, NotGiven)
