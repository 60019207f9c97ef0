"""Results and progress of an index run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from photosort.usecases.indexing.read_order import WorkList


@dataclass(slots=True)
class IndexSummary:
    """What an index run found and did. `photos` and `files` are totals, all else counts this run's files.

    Attributes:
        new_problems: how many of the files that could not be used are news: new, changed, or usable before.
        notice: one sentence for the user about how the run went, or "".
    """

    photos: int = 0
    files: int = 0
    new: int = 0
    changed: int = 0
    moved: int = 0
    missing: int = 0
    offline: int = 0
    unreadable: int = 0
    new_problems: int = 0
    embedded: int = 0
    skipped: int = 0
    seconds: float = 0.0
    photos_per_second: float = 0.0
    model: str = ""
    cancelled: bool = False
    notice: str = ""


@dataclass(slots=True)
class Watch:
    """How a window follows a run. Both may be called from the worker lane.

    Attributes:
        photos_changed: told the ids of photos that are new or that changed, batch by batch.
        work_started: told the list of pictures to be read, so that what is on screen can be preferred.
    """

    photos_changed: Callable[[frozenset[int]], None] = lambda ids: None
    work_started: Callable[[WorkList], None] = lambda work: None
