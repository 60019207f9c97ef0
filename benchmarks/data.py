"""The named sets of photos that quality is measured on; see the README of the folder they lie in."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray


_HELD_BACK, _HELD_BACK_SEED = 1000, 15


@dataclass(frozen=True, slots=True)
class Captioned:
    """Photos with captions.

    Attributes:
        paths: photos, sorted by name.
        captions: all captions.
        photo: int array, shape (captions,), the photo of each caption.
    """

    paths: list[Path]
    captions: list[str]
    photo: NDArray[np.int64]

    def of(self, rows: NDArray[np.int64]) -> Captioned:
        """Some of the photos with their captions; `rows` is sorted."""
        ours = np.flatnonzero(np.isin(self.photo, rows))
        return Captioned(
            [self.paths[row] for row in rows],
            [self.captions[caption] for caption in ours],
            np.searchsorted(rows, self.photo[ours]),
        )


@dataclass(frozen=True, slots=True)
class Labelled:
    """Photos with labels.

    Attributes:
        paths: photos, sorted by name.
        labels: all labels, sorted.
        has: bool array, shape (photos, labels).
    """

    paths: list[Path]
    labels: list[str]
    has: NDArray[np.bool_]


def captioned(folder: Path) -> Captioned:
    """Reads `captions.csv` of a set: file, caption."""
    rows = _rows(folder / "captions.csv")
    files = sorted({row["file"] for row in rows})
    place = {file: i for i, file in enumerate(files)}
    return Captioned(
        paths=[folder / file for file in files],
        captions=[row["caption"].strip() for row in rows],
        photo=np.array([place[row["file"]] for row in rows]),
    )


def held_back(photos: Captioned) -> NDArray[np.int64]:
    """Sorted rows of the photos of `captioned_more` that nothing is fitted on and nothing is chosen by."""
    order = np.random.default_rng(_HELD_BACK_SEED).permutation(len(photos.paths))
    return np.sort(order[:_HELD_BACK])


def labelled(folder: Path) -> Labelled:
    """Reads `labels.csv` of a set: file, and its label or its labels separated by bars."""
    rows = sorted(_rows(folder / "labels.csv"), key=lambda row: row["file"])
    of_photo = [set((row.get("labels") or row["label"]).split("|")) for row in rows]
    labels = sorted(set().union(*of_photo))
    return Labelled(
        paths=[folder / row["file"] for row in rows],
        labels=labels,
        has=np.array([[label in own for label in labels] for own in of_photo]),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
