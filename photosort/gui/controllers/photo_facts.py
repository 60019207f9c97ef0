"""What the grid and the loupe ask about photos, answered from memory."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication

from photosort.domain.photos import FileState, Kind
from photosort.gui.base import formatting
from photosort.gui.grid.model import Marks, TagMark
from photosort.media.formats import media_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.usecases.photos.photo_table import Catalog

_USUAL_ASPECT = 1.5
_UNKNOWN = Marks()


def _none() -> NDArray[np.int64]:
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Badges:
    """What photos wear besides what the catalog says; each a sorted int64 array of photo ids.

    Attributes:
        decided: something was said of one of their tags.
        suggested: a tag is suggested for them.
        copied: there is a further file with the same bytes.
    """

    decided: NDArray[np.int64] = field(default_factory=_none)
    suggested: NDArray[np.int64] = field(default_factory=_none)
    copied: NDArray[np.int64] = field(default_factory=_none)


class PhotoFacts:
    """Answers about the photos of a catalog, which the window swaps when the library changes."""

    def __init__(self) -> None:
        self._catalog: Catalog | None = None
        self._badges = Badges()

    @property
    def catalog(self) -> Catalog | None:
        """The library as it was last read; None before that."""
        return self._catalog

    def set_catalog(self, catalog: Catalog) -> None:
        """Answers from another catalog from now on."""
        self._catalog = catalog

    def set_badges(self, badges: Badges) -> bool:
        """Knows other badges from now on; False if they are those it knew."""
        before, self._badges = self._badges, badges
        return not (
            np.array_equal(before.decided, badges.decided)
            and np.array_equal(before.suggested, badges.suggested)
            and np.array_equal(before.copied, badges.copied)
        )

    def marks(self, photo_id: int) -> Marks:
        """What to show of a photo; of one that is not known (yet), the defaults."""
        catalog = self._catalog
        row = -1 if catalog is None else catalog.row(photo_id)
        if catalog is None or row < 0:
            return _UNKNOWN
        name = catalog.names[row]
        state = catalog.state(row)
        aspect = float(catalog.aspects[row])
        kind = Kind.VIDEO if media_of(name) == "video" else catalog.kind(row)
        return Marks(
            aspect=aspect if aspect > 0 else _USUAL_ASPECT,
            rating=max(0, int(catalog.table.rating[row])),
            flag=catalog.flag(row),
            kind=kind,
            tags=self._tag_mark(photo_id),
            is_raw=media_of(name) == "raw",
            has_duplicates=_holds(self._badges.copied, photo_id),
            is_offline=state is FileState.OFFLINE,
            problem=problem_of(state),
        )

    def describe(self, photo_id: int) -> str:
        """A photo in words: name and date, then flag and stars."""
        catalog = self._catalog
        row = -1 if catalog is None else catalog.row(photo_id)
        if catalog is None or row < 0:
            return ""
        marks = self.marks(photo_id)
        said = [", ".join(filter(None, (catalog.names[row], _moment_of(catalog, row))))]
        if marks.flag is not None:
            said.append(
                QCoreApplication.translate("book", "picked")
                if marks.flag.value == "pick"
                else QCoreApplication.translate("book", "discarded")
            )
        if marks.rating:
            # In a name of its own: lupdate overlooks the text where the number has a dot in it.
            stars = marks.rating
            said.append(QCoreApplication.translate("book", "%n star(s)", "", stars))
        if marks.tags is TagMark.DECIDED:
            said.append(QCoreApplication.translate("book", "tagged"))
        elif marks.tags is TagMark.SUGGESTED:
            said.append(QCoreApplication.translate("book", "tags suggested"))
        if marks.has_duplicates:
            said.append(QCoreApplication.translate("book", "there are copies"))
        if marks.problem:
            said.append(marks.problem)
        return "; ".join(said)

    def _tag_mark(self, photo_id: int) -> TagMark:
        if _holds(self._badges.decided, photo_id):
            return TagMark.DECIDED
        return TagMark.SUGGESTED if _holds(self._badges.suggested, photo_id) else TagMark.NONE

    def aspects(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Width / height of many photos; float32 array of the shape of `ids`."""
        return aspects_of(self._catalog, ids)

    def paths(self, ids: NDArray[np.int64]) -> Sequence[Path]:
        """The files of some photos, as they are shown."""
        catalog = self._catalog
        if catalog is None:
            return []
        found = [catalog.path(photo_id) for photo_id in ids.tolist()]
        return [path for path in found if path is not None]


def aspects_of(catalog: Catalog | None, ids: NDArray[np.int64]) -> NDArray[np.float32]:
    """Width / height of many photos, a usual one where it is not known; float32 array of the shape of `ids`."""
    found = np.full(len(ids), _USUAL_ASPECT, np.float32)
    if catalog is None or not len(catalog):
        return found
    rows = np.minimum(np.searchsorted(catalog.ids, ids), len(catalog) - 1)
    known = (catalog.ids[rows] == ids) & (catalog.aspects[rows] > 0)
    found[known] = catalog.aspects[rows[known]]
    return found


def _holds(ids: NDArray[np.int64], photo_id: int) -> bool:
    # Asked for every photo that is painted: `np.isin` would look at all of them.
    place = bisect_left(ids, photo_id)
    return place < len(ids) and int(ids[place]) == photo_id


def problem_of(state: FileState) -> str:
    """Why a photo in a state cannot be shown, or ""."""
    if state is FileState.UNREADABLE:
        return QCoreApplication.translate("book", "This file cannot be read")
    if state is FileState.MISSING:
        return QCoreApplication.translate("book", "This file is no longer there")
    return ""


def _moment_of(catalog: Catalog, row: int) -> str:
    taken_ms = catalog.taken_ms(row)
    return "" if taken_ms is None else formatting.moment(taken_ms, catalog.precision(row))
