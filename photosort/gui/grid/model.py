"""Qt list model of photos: an array of ids; details come from an in-memory cache."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from photosort.domain.photos import Flag, Kind
from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement

if TYPE_CHECKING:
    from collections.abc import Iterable

PHOTO_ID = Qt.ItemDataRole.UserRole


class TagMark(Enum):
    """How far a photo is tagged."""

    NONE = 0
    SUGGESTED = 1
    DECIDED = 2


@dataclass(frozen=True, slots=True)
class Marks:
    """What the grid shows of a photo besides its picture.

    Attributes:
        aspect: width / height as displayed.
        grey: dominating grey, 0-255, for the place of a picture that is not there yet.
        rating: 0 (none) to 5.
        flag: the user's choice.
        tags: whether tags are suggested or decided.
        kind: what sort of picture it is.
        is_raw: a camera's raw file belongs to it.
        has_duplicates: there are further copies or near copies.
        is_offline: its drive is not there now.
        problem: why it cannot be shown, in words for the user, or "".
        duration: length of a video as text ("0:32"), or "".
    """

    aspect: float = 1.5
    grey: int = 64
    rating: int = 0
    flag: Flag | None = None
    tags: TagMark = TagMark.NONE
    kind: Kind = Kind.PHOTO
    is_raw: bool = False
    has_duplicates: bool = False
    is_offline: bool = False
    problem: str = ""
    duration: str = ""


class PhotoBook(Protocol):
    """Answers about photos from memory, at once: it is asked while the grid paints."""

    def marks(self, photo_id: int) -> Marks:
        """What to show of a photo; of one that is not known (yet), the defaults."""
        ...

    def describe(self, photo_id: int) -> str:
        """A photo in words ("IMG_2210, 15 May 2022 18:42, Lisbon; beach, yes; 4 stars")."""
        ...

    def aspects(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Width / height of many photos; float32 array of the shape of `ids`."""
        ...


class PhotoListModel(QAbstractListModel):
    """The photos of an arrangement. A new query swaps the array.

    Signals:
        photos_updated: what the book says of these photos (a set of ids) is new.
    """

    photos_updated = Signal(object)

    def __init__(self, book: PhotoBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._arrangement = Arrangement()

    @property
    def arrangement(self) -> Arrangement:
        """The photos as they stand now."""
        return self._arrangement

    @property
    def book(self) -> PhotoBook:
        """Who knows about the photos."""
        return self._book

    def set_arrangement(self, arrangement: Arrangement) -> None:
        """Swaps the photos; views keep what they can (selection, current photo, place)."""
        self.beginResetModel()
        self._arrangement = arrangement
        self.endResetModel()

    def update_photos(self, photo_ids: Iterable[int]) -> None:
        """Tells the views that the book says something new about these photos."""
        changed = set(photo_ids)
        self.photos_updated.emit(changed)
        if len(self._arrangement):
            # One signal over all rows: views paint what is visible, and nobody reads the rest.
            self.dataChanged.emit(self.index(0), self.index(len(self._arrangement) - 1))

    def photo_id(self, row: int) -> int:
        """The photo of a row; `DIVIDER_ID` for a divider or a row that does not exist."""
        return int(self._arrangement.ids[row]) if 0 <= row < len(self._arrangement) else DIVIDER_ID

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many rows there are, dividers included."""
        return 0 if parent.isValid() else len(self._arrangement)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The photo's id, its description for screen readers, or why it cannot be shown."""
        if not index.isValid() or not 0 <= index.row() < len(self._arrangement):
            return None
        photo = self.photo_id(index.row())
        if role == PHOTO_ID:
            return photo
        if photo == DIVIDER_ID:
            words = role in {Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole}
            return self._arrangement.section_of(index.row()).title if words else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row(), photo)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._book.marks(photo).problem or None
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        """Photos can be selected and dragged; a divider can only be activated."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
        if self.photo_id(index.row()) == DIVIDER_ID:
            return plain
        return plain | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def _spoken(self, row: int, photo: int) -> str:
        ids = self._arrangement.ids
        place = row + 1 - int(np.count_nonzero(ids[:row] == DIVIDER_ID))
        position = self.tr("{place} of {count}").format(
            place=place, count=self._arrangement.photos()
        )
        stack = self._arrangement.stacks.get(photo)
        if stack is not None:
            count = len(stack.members)
            said = (
                self.tr("open stack of %Ln photo(s)", "", count)
                if stack.is_open
                else self.tr("closed stack of %Ln photo(s)", "", count)
            )
            position = f"{said}; {position}"
        return f"{self._book.describe(photo)}; {position}"
