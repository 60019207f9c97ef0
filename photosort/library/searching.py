"""Search by description, and photos like a photo."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import numpy as np

from photosort.errors import InputProblem
from photosort.library import roots
from photosort.library.indexes import CentredIndex, open_index
from photosort.library.places import path_of, shown_paths
from photosort.media.decode import decode
from photosort.media.formats import media_of
from photosort.search.centring import centred
from photosort.search.cutoff import STRONG, background, probability
from photosort.store import files, photos

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.library.session import Session

Match = Literal["strong", "weak"]

# Short texts mean more in a sentence; averaged, the two beat either (docs/encoders.md).
QUERY_TEMPLATES = ("{}", "a photo of {}")
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Hit:
    """One photo found.

    Attributes:
        score: probability that a person would call it a match; None for pure filters.
    """

    photo_id: int
    path: str
    score: float | None
    match: Match


@dataclass(frozen=True, slots=True)
class SimilarHit:
    """One photo like another; `score` is the cosine."""

    photo_id: int
    path: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found.

    Attributes:
        hits: best first, no more than the limit.
        strong: good matches in all.
        weak: weaker matches that could be shown besides.
        searchable: photos that have vectors.
        total: photos in the library.
    """

    hits: tuple[Hit, ...]
    strong: int
    weak: int
    searchable: int
    total: int


@dataclass(frozen=True, slots=True)
class Ranking:
    """Photos with their probabilities, best first.

    Attributes:
        ids: int64 array, shape (n,).
        probabilities: float32 array, shape (n,), falling.
        strong: how many of them are good matches.
    """

    ids: NDArray[np.int64]
    probabilities: NDArray[np.float32]
    strong: int
