"""The photos of the grid: their order and headings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DIVIDER_ID = -1
# So few photos are seen at a glance.
_FEWEST_MARKED = 60


class Section(NamedTuple):
    """Neighbouring rows under one heading; a tuple, since thousands are made with every batch of photos.

    Attributes:
        first: its first row; it ends where the next section begins.
        title: the heading ("May 2022"), or "" for none. Of a divider: what it says.
        detail: what stands beside the heading, quieter ("911 photos").
        is_divider: one row as wide as the grid that is activated rather than selected, with the id
            `DIVIDER_ID` ("Show 58 possible matches").
        mark: what stands beside the scroll bar where the first section of this mark begins ("2022"), or "".
    """

    first: int
    title: str = ""
    detail: str = ""
    is_divider: bool = False
    mark: str = ""


class Stack(NamedTuple):
    """Photos that stand behind one of them.

    Attributes:
        members: their ids, the one on top first.
        is_open: all of them are shown, side by side.
    """

    members: tuple[int, ...]
    is_open: bool


@dataclass(frozen=True, slots=True, eq=False)
class Arrangement:
    """Photos in the order in which they are shown.

    Attributes:
        ids: int64 array, shape (rows,); each photo once, `DIVIDER_ID` in the rows of dividers.
        sections: in order of their first rows, without gaps; the first begins at row 0.
        stacks: each photo that belongs to a stack to it; of a closed one only the photo on top is among `ids`.

    Raises:
        ValueError: sections and ids do not fit together.
    """

    ids: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    sections: tuple[Section, ...] = (Section(0),)
    stacks: Mapping[int, Stack] = field(default_factory=dict)

    def __post_init__(self) -> None:
        firsts = self.firsts()
        if firsts.size == 0 or firsts[0] != 0 or np.any(np.diff(firsts) < 0):
            raise ValueError("sections begin at row 0 and ascend")
        if firsts[-1] > self.ids.size:
            raise ValueError("a section begins after the last row")
        dividers = [s.first for s in self.sections if s.is_divider]
        if not np.array_equal(np.flatnonzero(self.ids == DIVIDER_ID), dividers):
            raise ValueError("dividers and their rows do not fit together")
        if np.any(self.counts()[[s.is_divider for s in self.sections]] != 1):
            raise ValueError("a divider is one row")

    def marks(self) -> list[tuple[str, int]]:
        """What stands beside the scroll bar, each with its first section; none where photos are few or have one mark."""
        if len(self) < _FEWEST_MARKED:
            return []
        found: dict[str, int] = {}
        for number, section in enumerate(self.sections):
            if section.mark:
                found.setdefault(section.mark, number)
        return list(found.items()) if len(found) > 1 else []

    def __len__(self) -> int:
        return int(self.ids.size)

    def firsts(self) -> NDArray[np.int64]:
        """First row of each section; int64 array, shape (sections,)."""
        return np.array([s.first for s in self.sections], np.int64)

    def counts(self) -> NDArray[np.int64]:
        """Rows of each section; int64 array, shape (sections,)."""
        return np.diff(self.firsts(), append=self.ids.size)

    def section_of(self, row: int) -> Section:
        """The section in which a row stands."""
        return self.sections[int(np.searchsorted(self.firsts(), row, side="right")) - 1]

    def row_of(self, photo_id: int) -> int:
        """Where a photo stands, or -1."""
        rows = np.flatnonzero(self.ids == photo_id)
        return int(rows[0]) if rows.size and photo_id != DIVIDER_ID else -1

    def photos(self) -> int:
        """How many rows are photos."""
        return len(self) - sum(s.is_divider for s in self.sections)

    def behind(self) -> list[int]:
        """The photos that closed stacks hide."""
        closed = (stack.members[1:] for stack in self.stacks.values() if not stack.is_open)
        return list(chain.from_iterable(closed))


def ranges(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The runs of True: first and last row of each, both included."""
    padded = np.concatenate(([False], mask, [False]))
    edges = np.flatnonzero(padded[1:] != padded[:-1]).tolist()
    return [(first, end - 1) for first, end in zip(edges[::2], edges[1::2], strict=True)]
