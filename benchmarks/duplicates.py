"""How many edited copies of a picture are found, by kind of edit, and how many others are taken for copies.

Every photo of the sets lies in one library; so each of the other sets' photos is a chance to be wrong.
"""

from __future__ import annotations

import csv
import tempfile
import time
from collections import defaultdict
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path

from benchmarks.against import Figures, finish
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.usecases.duplicates.detection import find_duplicates
from photosort.usecases.indexing.index_run import index
from photosort.usecases.session.session import Session

BASELINE = Path(__file__).parent / "baseline" / "duplicates.json"
_OTHERS = ("captioned", "categories", "multilabel", "library")
_TOLERANCE = 0.02


@dataclass(frozen=True, slots=True)
class DuplicateFigures:
    """What was found.

    Attributes:
        recall: by kind of edit, the share that is in one group with its original.
        precision: of all pairs within `near` groups, those that are copies of one original.
        wrong: the pairs that are not, by file name, to be looked at.
        bursts: groups that were called bursts.
        seconds: of the search for duplicates, the photos being indexed.
    """

    photos: int
    recall: dict[str, float]
    precision: float
    wrong: list[list[str]]
    bursts: int
    seconds: float


def measure(data: Path, half: int | None = None) -> DuplicateFigures:
    """Indexes all sets and looks for duplicates.

    Args:
        data: the folder of named sets.
        half: only groups with an even (0) or odd (1) number; None = all.
    """
    group_of, edit_of = _labels(data / "duplicates")
    with tempfile.TemporaryDirectory() as home:
        places = LibraryPaths(library=Path(home) / "library.db", home=Path(home))
        session = Session(places, actor="command")
        try:
            folders = [str(data / name) for name in ("duplicates", *_OTHERS)]
            photos = index(session, folders, job=Job()).photos
            started = time.monotonic()
            found = find_duplicates(session, job=Job())
            seconds = time.monotonic() - started
        finally:
            session.close()
    return _figures(
        group_of,
        edit_of,
        [group.paths for group in found if group.lane == "near"],
        half,
        photos=photos,
        bursts=sum(group.lane == "burst" for group in found),
        seconds=round(seconds, 1),
    )


def _labels(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    with (folder / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    paths = [str((folder / row["file"]).resolve()) for row in rows]
    groups = dict(zip(paths, (row["group"] for row in rows), strict=True))
    return groups, dict(zip(paths, (row["edit"] for row in rows), strict=True))


def _figures(
    group_of: dict[str, str],
    edit_of: dict[str, str],
    near: list[tuple[str, ...]],
    half: int | None,
    *,
    photos: int,
    bursts: int,
    seconds: float,
) -> DuplicateFigures:
    place = {path: number for number, paths in enumerate(near) for path in paths}
    originals = {group_of[path]: path for path, edit in edit_of.items() if edit == "original"}
    hits: dict[str, list[bool]] = defaultdict(list)
    for path, edit in edit_of.items():
        if edit == "original" or (half is not None and _number(group_of[path]) % 2 != half):
            continue
        original = originals[group_of[path]]
        hits[edit].append(path in place and place[path] == place.get(original))
    right, wrong = 0, []
    for paths in near:
        for one, other in combinations(paths, 2):
            if group_of.get(one, one) == group_of.get(other, other):
                right += 1
            else:
                wrong.append([Path(one).name, Path(other).name])
    return DuplicateFigures(
        photos=photos,
        recall={edit: round(sum(found) / len(found), 3) for edit, found in sorted(hits.items())},
        precision=round(right / max(right + len(wrong), 1), 4),
        wrong=wrong,
        bursts=bursts,
        seconds=seconds,
    )


def _number(group: str) -> int:
    return int(group.lstrip("g"))


def run(data: Path, *, save_baseline: bool) -> int:
    """Measures, prints beside the baseline, and returns the exit status."""
    figures = measure(data)

    def worse(before: Figures) -> list[str]:
        found = [
            edit
            for edit, recall in figures.recall.items()
            if recall < before["recall"].get(edit, 0.0) - _TOLERANCE
        ]
        return found + ["precision"] * (figures.precision < before["precision"] - _TOLERANCE / 2)

    return finish(asdict(figures), BASELINE, save=save_baseline, worse=worse)
