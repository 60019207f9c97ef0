"""Tree of places: countries, regions, towns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QTreeView, QWidget

from photosort.gui.base import formatting
from photosort.media.countries import in_language

if TYPE_CHECKING:
    from photosort.usecases.photos.place_naming import PlaceBranch

_PLACE = Qt.ItemDataRole.UserRole
_NAME_WIDTH = 360


class PlaceTree(QTreeView):
    """Places with how many photos each has.

    Signals:
        place_chosen: the photos of a place (its name) are wanted.
    """

    place_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places = QStandardItemModel(0, 2, self)
        self.setModel(self._places)
        self.setHeaderHidden(True)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setAccessibleName(self.tr("Places"))
        self.setProperty("surface", "window")
        self.activated.connect(self._on_activated)

    def set_places(self, places: Sequence[PlaceBranch]) -> None:
        """Shows other places; countries are open."""
        self._places.clear()
        for place in places:
            country = in_language(place.name, QLocale().name())
            self._add(self._places.invisibleRootItem(), place, country)
        self.setColumnWidth(0, _NAME_WIDTH)
        self.expandToDepth(0)

    def _add(self, above: QStandardItem, place: PlaceBranch, title: str) -> None:
        item = QStandardItem(title)
        item.setData(place.name, _PLACE)
        above.appendRow([item, QStandardItem(formatting.count(place.count))])
        for inner in place.children:
            self._add(item, inner, inner.name)

    def _on_activated(self, index: QModelIndex) -> None:
        self.place_chosen.emit(str(index.siblingAtColumn(0).data(_PLACE)))
