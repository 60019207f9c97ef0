"""A list of photos with a layout of its own, as Qt asks for it: what grid and filmstrip share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from photosort.gui.grid.model import PhotoListModel

_Hint = QAbstractItemView.ScrollHint


class PhotoListView(QListView):
    """Asks nothing of all rows: what QListView does itself takes 1 s for 100,000 of them.

    It stays a QListView because other base classes are one empty object to screen readers. Subclasses say where a
    row lies (`cell`, `row_at`), how to get there (`scroll_to_row`, `row_after`) and lay out (`doItemsLayout`).
    """

    def __init__(self, model: PhotoListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos = model

    def cell(self, row: int) -> QRect:
        """Where a row lies in the viewport; empty for one that is not laid out."""
        raise NotImplementedError

    def row_at(self, point: QPoint) -> int:
        """The row whose cell is at a point of the viewport, or -1."""
        raise NotImplementedError

    def scroll_to_row(self, row: int, hint: QAbstractItemView.ScrollHint) -> None:
        """Brings a row into view."""
        raise NotImplementedError

    def row_after(self, action: QAbstractItemView.CursorAction) -> int:
        """The row that a key of movement leads to from the current one, or -1."""
        raise NotImplementedError

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Where a photo's cell lies in the viewport."""
        return self.cell(index.row()) if index.isValid() else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The photo at a point of the viewport."""
        row = self.row_at(point)
        return self._photos.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible,
    ) -> None:
        """Brings a photo into view."""
        if index.isValid():
            self.scroll_to_row(index.row(), hint)

    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key of movement leads from the current photo."""
        row = self.row_after(cursorAction)
        return self._photos.index(row) if row >= 0 else QModelIndex()

    def horizontalOffset(self) -> int:
        """How far it is scrolled sideways."""
        return self.horizontalScrollBar().value()

    def verticalOffset(self) -> int:
        """How far it is scrolled down."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """False: no photo is ever hidden."""
        return False

    def sizeHintForIndex(self, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of a cell."""
        return self.visualRect(index).size()

    def keyboardSearch(self, search: str) -> None:
        """Does nothing: letters are commands here, and Qt's search reads every row for each."""

    def dataChanged(
        self,
        topLeft: QModelIndex | QPersistentModelIndex,
        bottomRight: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Paints again what is on screen; never walks the rows."""
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what is seen."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.paint_photos(painter, event)
        painter.end()

    def paint_photos(self, painter: QPainter, event: QPaintEvent) -> None:
        """Paints the rows that are seen."""
        raise NotImplementedError
