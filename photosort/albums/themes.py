"""Themes: groups of photos that show the same kind of thing, as many as there are.

Average linkage stops where two groups are no more similar than photos of different things by chance. That
point is read from the library's own cosines, so it needs no number of groups and means the same with every
encoder. What fits nowhere stays out.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from photosort.albums.linkage import join
from photosort.albums.neighbours import nearest

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Neighbours = tuple[NDArray[np.int32], NDArray[np.float32]]

# How far above the background two groups must be to be one, in its spreads. The middle one was chosen on
# mixtures of the tuning half of `categories` (benchmarks/mixtures.py); from 2.5 to 3 it makes no difference.
_SPREADS_FAMILY = 1.75
_SPREADS = 2.75
_SPREADS_PART = 4.0
# A library of a thousand copies has no background.
_LEAST_SPREAD = 0.05
_MOST_BACKGROUND = 0.1
_LEAST_ALIKE, _MOST_ALIKE = 0.12, 0.6
# Copies and bursts count once.
_TWINS = 0.97
_SAMPLE = 1_500
# The most similar photos of each that `find_themes` wants to know.
NEIGHBOURS = 20
_FEWEST = 3
# Themes with this many photos are searched for parts.
_LARGE = 24


class Level(StrEnum):
    """How wide a theme is."""

    FAMILY = "family"
    THEME = "theme"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Theme:
    """One group.

    Attributes:
        level: a family holds themes, a theme may hold parts.
        rows: int64 array, rows of its photos in the input, those of its parts included.
        parent: index in the list of the theme that contains it, or None.
    """

    level: Level
    rows: NDArray[np.int64]
    parent: int | None


@dataclass(frozen=True, slots=True)
class Background:
    """What cosines photos of different things have in a library."""

    mean: float
    spread: float

    def least(self, spreads: float = _SPREADS) -> float:
        """The mean cosine from which two groups are one theme."""
        return float(np.clip(self.mean + spreads * self.spread, _LEAST_ALIKE, _MOST_ALIKE))


def background(vectors: NDArray[np.float32]) -> Background:
    """The background of a library, from a sample of it.

    Pairs that show the same thing are in the upper tail, so the spread is measured on the lower half.

    Args:
        vectors: shape (n, dim), centred, unit length.
    """
    rows = vectors[:: max(1, len(vectors) // _SAMPLE)][:_SAMPLE]
    if len(rows) < 2:
        return Background(0.0, _LEAST_SPREAD)
    cosines = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
    low, middle = np.percentile(cosines, [15.87, 50.0])
    return Background(
        float(np.clip(middle, -_MOST_BACKGROUND, _MOST_BACKGROUND)),
        max(float(middle - low), _LEAST_SPREAD),
    )


def fewest(count: int) -> int:
    """The fewest different photos that make a theme in a library of `count` photos."""
    return max(_FEWEST, round(math.pow(count, 0.4) / 3))


def find_themes(
    vectors: NDArray[np.float32],
    meanings: NDArray[np.float32],
    around: Neighbours | None = None,
) -> list[Theme]:
    """The themes of a library: families, themes, and the parts of large themes; parents come first.

    Args:
        vectors: shape (n, dim), centred, unit length: the photos in the visual space, which separates objects.
        meanings: shape (n, dim), the same photos in the semantic space, in which things of one sort are near
            each other that look different.
        around: for each photo the most similar others and their cosines; None = found here, from all products.
    """
    if len(vectors) < _FEWEST:
        return []
    base = background(vectors)
    group = _linked(vectors, base.least(), around)
    held = _large_enough(vectors, group, fewest(len(vectors)))
    families = _families(meanings, held, background(meanings).least(_SPREADS_FAMILY))
    found: list[Theme] = []
    for family in families:
        above = None
        if len(family) > 1:
            above = len(found)
            found.append(
                Theme(Level.FAMILY, np.sort(np.concatenate([held[i] for i in family])), None)
            )
        for i in family:
            parent = len(found)
            found.append(Theme(Level.THEME, held[i], above))
            found += [Theme(Level.PART, rows, parent) for rows in _parts(vectors, held[i], base)]
    return found


def joined_by_word(
    groups: Sequence[NDArray[np.int64]], parents: Sequence[int | None], words: Sequence[str]
) -> tuple[list[NDArray[np.int64]], list[int | None]]:
    """Merges siblings with the same name, and children with their parent's name.

    What looks different need not be called differently: five breeds in five groups are dogs.

    Args:
        groups: the rows of each, parents before children.
        parents: for each the index of the one that contains it, or None.
        words: the name of each on its own; "" if no word is likely.

    Returns:
        The groups that are left, with their parents; the photos of all are the same.
    """
    rows: list[NDArray[np.int64]] = []
    above: list[int | None] = []
    called: dict[tuple[int, str], int] = {}
    became: list[int] = []
    for group, parent, word in zip(groups, parents, words, strict=True):
        holder = None if parent is None else became[parent]
        same = None
        if holder is not None and word:
            same = called.get((holder, word))
        if same is not None:
            rows[same] = np.union1d(rows[same], group)
            became.append(same)
            continue
        index = len(rows)
        became.append(index)
        rows.append(group)
        above.append(holder)
        if word:
            called[index, word] = index
            if holder is not None:
                called[holder, word] = index
    return rows, above


def join_new(
    vectors: NDArray[np.float32],
    groups: list[NDArray[np.int64]],
    fresh: NDArray[np.int64],
    loose: NDArray[np.int64],
) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
    """Where photos that arrived belong: to a theme that is there, or to a new one, or nowhere.

    Args:
        vectors: shape (n, dim), centred, unit length, all photos.
        groups: the rows of each theme that is there.
        fresh: rows of the photos that arrived.
        loose: rows of older photos that are in no theme.

    Returns:
        For each of `fresh` the index of its theme in `groups` or -1, and the rows of new themes.
    """
    base = background(vectors)
    joined = np.full(len(fresh), -1)
    asked = vectors[fresh]
    if groups and len(fresh):
        means = np.stack([vectors[rows].mean(axis=0) for rows in groups])
        cosines = asked @ means.T
        best = cosines.argmax(axis=1)
        good = cosines[np.arange(len(fresh)), best] >= base.least()
        joined[good] = best[good]
    left = fresh[joined < 0]
    others = np.concatenate([left, loose])
    if len(others) < _FEWEST or not len(left):
        return joined, []
    around, _ = nearest(vectors[others], NEIGHBOURS, queries=vectors[left])
    near = np.unique(np.concatenate([np.arange(len(left)), around.ravel()]))
    rows = others[near]
    group = _linked(vectors[rows], base.least())
    new = _large_enough(vectors[rows], group, fewest(len(vectors)))
    is_new = np.isin(rows, left)
    return joined, [rows[part] for part in new if is_new[part].any()]


def typical(vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows of a group, the most typical first."""
    held = vectors[rows]
    return np.asarray(rows[np.argsort(-(held @ held.mean(axis=0)), kind="stable")])


def _linked(
    vectors: NDArray[np.float32], least: float, around: Neighbours | None = None
) -> NDArray[np.int64]:
    places, cosines = nearest(vectors, NEIGHBOURS) if around is None else around
    good = cosines >= least
    here = np.repeat(np.arange(len(vectors)), good.sum(axis=1))
    edges = here, places[good].astype(np.int64)
    return join(vectors, np.ones(len(vectors), dtype=np.int64), edges, least)


def _large_enough(
    vectors: NDArray[np.float32], group: NDArray[np.int64], least: int
) -> list[NDArray[np.int64]]:
    """The rows of the groups that hold enough different photos, the largest first."""
    order = np.argsort(group, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(group[order])) + 1)
    held = [rows for rows in parts if len(rows) >= least and _different(vectors, rows) >= least]
    return sorted(held, key=len, reverse=True)


def _different(vectors: NDArray[np.float32], rows: NDArray[np.int64]) -> int:
    """How many photos of a group are no copies of each other; a sample of them is enough."""
    sample = vectors[rows[:_SAMPLE]]
    return int(join(sample, np.ones(len(sample), dtype=np.int64), None, _TWINS).max()) + 1


def _families(
    meanings: NDArray[np.float32], held: list[NDArray[np.int64]], least: float
) -> list[list[int]]:
    """Indexes of the themes that are similar, the largest family first."""
    if not held:
        return []
    sums = np.stack([meanings[rows].sum(axis=0) for rows in held])
    family = join(sums, np.array([len(rows) for rows in held]), None, least)
    members = [np.flatnonzero(family == one).tolist() for one in range(int(family.max()) + 1)]
    return sorted(members, key=lambda one: -sum(len(held[i]) for i in one))


def _parts(
    vectors: NDArray[np.float32], rows: NDArray[np.int64], base: Background
) -> list[NDArray[np.int64]]:
    """The parts of a large theme, if most of it falls into several."""
    if len(rows) < _LARGE:
        return []
    group = _linked(vectors[rows], base.least(_SPREADS_PART))
    parts = _large_enough(vectors[rows], group, max(fewest(len(vectors)), len(rows) // 20))
    if len(parts) < 2 or sum(map(len, parts)) < len(rows) / 2:
        return []
    return [rows[part] for part in parts]
