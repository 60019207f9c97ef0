"""Groups of good matches by what found them: where they were taken, a tag, words, or the picture itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


class FoundBy(StrEnum):
    """What found a good match, in the order in which the groups are shown.

    Attributes:
        PLACE: it was taken in the place that the query names.
        TAG: the user or the file gave it the tag that the query names.
        NAME: its name, folder, title, caption or metadata hold all words of the query.
        SIGHT: what the picture shows, and words that hold only a part of the query.
    """

    PLACE = "place"
    TAG = "tag"
    NAME = "name"
    SIGHT = "sight"


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Photos that one kind of evidence found.

    Attributes:
        found_by: the kind.
        name: the place, the tag, or the words; "" for `SIGHT`.
        ids: int64 array of photos.
    """

    found_by: FoundBy
    name: str
    ids: NDArray[np.int64]


def grouped(good: NDArray[np.int64], groups: Iterable[Group]) -> tuple[Group, ...]:
    """Parts good matches: each photo is in the first group that found it, what is left was found by sight.

    Args:
        good: int64 array of photos, in any order, which the groups keep.
        groups: the evidence, the surest first.

    Returns:
        The groups that hold photos.
    """
    left = np.ones(len(good), np.bool_)
    parts: list[Group] = []
    for group in groups:
        here = left & np.isin(good, group.ids)
        parts.append(replace(group, ids=good[here]))
        left &= ~here
    parts.append(Group(FoundBy.SIGHT, "", good[left]))
    return tuple(part for part in parts if len(part.ids))
