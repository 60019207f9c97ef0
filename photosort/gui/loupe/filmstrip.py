"""The strip of thumbnails below the loupe."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from photosort.domain.photos import Flag
from photosort.gui.base import icons, theme
from photosort.gui.grid.list_view import PhotoListView
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.thumbnails import ThumbnailCache, ThumbnailProvider

_Cursor = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint

CELL_WIDTH = 68
PHOTO_EDGE = 60
HEIGHT = 84
# A thumbnail fills its square: of a photo three by two this is the longer edge.
_THUMBNAIL_EDGE = 96
_AHEAD = 8
_LIMIT_BYTES = 16 * 1024 * 1024


class Filmstrip(PhotoListView):
    """All photos in one line, laid out by arithmetic.

    Signals:
        photo_chosen: another photo (row: int) is to be shown large.
    """

    photo_chosen = Signal(int)

    def __init__(
        self, model: PhotoListModel, thumbnails: ThumbnailProvider, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, parent)
        self.thumbnails = ThumbnailCache(limit_bytes=_LIMIT_BYTES, parent=self)
        self.thumbnails.set_provider(thumbnails)
        self.thumbnails.arrived.connect(self._on_photos_updated)
        self._ask_timer = QTimer(self, singleShot=True, interval=0)
        self._ask_timer.timeout.connect(self._ask)
        self.setAccessibleName(self.tr("Filmstrip"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setFixedHeight(HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setModel(model)
        model.photos_updated.connect(self._on_photos_updated)

    def go_to(self, row: int) -> None:
        """Makes a row the current one and brings it to the middle."""
        index = self._photos.index(row)
        if index != self.currentIndex():
            self.setCurrentIndex(index)
        self.scrollTo(index, _Hint.PositionAtCenter)
        self._ask_timer.start()

    def rows(self) -> range:
        """The rows on screen."""
        count, start = self._photos.rowCount(), self.horizontalOffset() // CELL_WIDTH
        end = (self.horizontalOffset() + self.viewport().width()) // CELL_WIDTH + 1
        return range(min(count, start), min(count, end))

    # Geometry, as Qt asks for it

    def cell(self, row: int) -> QRect:
        """Where a photo's cell lies in the viewport."""
        x = row * CELL_WIDTH - self.horizontalOffset() + self._margin()
        x = self.viewport().width() - x - CELL_WIDTH if self.isRightToLeft() else x
        return QRect(x, 0, CELL_WIDTH, HEIGHT)

    def row_at(self, point: QPoint) -> int:
        """The row at a point of the viewport, or -1."""
        x = self.viewport().width() - 1 - point.x() if self.isRightToLeft() else point.x()
        row = (x + self.horizontalOffset() - self._margin()) // CELL_WIDTH
        return row if 0 <= row < self._photos.rowCount() else -1

    def scroll_to_row(self, row: int, hint: QAbstractItemView.ScrollHint) -> None:
        """Brings a photo into view."""
        bar, wide = self.horizontalScrollBar(), self.viewport().width()
        start = row * CELL_WIDTH
        if hint == _Hint.PositionAtCenter:
            bar.setValue(start + CELL_WIDTH // 2 - wide // 2)
        elif start < bar.value():
            bar.setValue(start)
        elif start + CELL_WIDTH > bar.value() + wide:
            bar.setValue(start + CELL_WIDTH - wide)

    def row_after(self, action: QAbstractItemView.CursorAction) -> int:
        """The row that a key of movement leads to from the current one, or -1."""
        row, last = self.currentIndex().row(), self._photos.rowCount() - 1
        page = max(1, self.viewport().width() // CELL_WIDTH)
        forwards = -1 if self.isRightToLeft() else 1
        by = {
            _Cursor.MoveLeft: -forwards,
            _Cursor.MoveRight: forwards,
            _Cursor.MovePrevious: -1,
            _Cursor.MoveNext: 1,
            _Cursor.MovePageUp: -page,
            _Cursor.MovePageDown: page,
            _Cursor.MoveHome: -last - 1,
            _Cursor.MoveEnd: last + 1,
        }.get(action, 0)
        return min(max(row + by, 0), last) if last >= 0 else -1

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Selects the one photo at the beginning of a rectangle."""
        index = self.indexAt(rect.topLeft())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again for a selection: everything, which is a dozen pictures."""
        return QRegion(self.viewport().rect())

    def updateGeometries(self) -> None:
        """Sets the range of the scroll bar."""
        bar, wide = self.horizontalScrollBar(), self.viewport().width()
        bar.setSingleStep(CELL_WIDTH)
        bar.setPageStep(wide)
        bar.setRange(0, max(0, self._photos.rowCount() * CELL_WIDTH - wide))

    def doItemsLayout(self) -> None:
        """Lays out again; what QListView would do here walks all rows."""
        self.updateGeometries()
        self.viewport().update()

    def viewportSizeHint(self) -> QSize:
        """A usable size, whatever the number of photos."""
        return QSize(8 * CELL_WIDTH, HEIGHT)

    def _margin(self) -> int:
        """Few photos stand in the middle."""
        return max(0, self.viewport().width() - self._photos.rowCount() * CELL_WIDTH) // 2

    # Changes and events

    def reset(self) -> None:
        """Takes over other photos."""
        super().reset()
        self.updateGeometries()
        self._ask_timer.start()

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tells who listens."""
        super().currentChanged(current, previous)
        self.viewport().update()
        if current.isValid():
            self.photo_chosen.emit(current.row())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Moves what is painted, and asks for what comes in."""
        self.viewport().update()
        self._ask_timer.start()

    def paint_photos(self, painter: QPainter, event: QPaintEvent) -> None:
        """Paints the photos on screen."""
        for row in self.rows():
            self._paint_cell(painter, row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls along the strip, whichever way the wheel turns."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves along the strip; letters are left to the window's commands."""
        if event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the current photo in the middle."""
        self.updateGeometries()
        self.scrollTo(self.currentIndex(), _Hint.PositionAtCenter)
        self._ask_timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme: thumbnails have corners in the colour of its window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_ask_timer"):
            self.thumbnails.clear()
            self._ask_timer.start()

    def _ask(self) -> None:
        rows = self.rows()
        if not rows or not self.isVisible():
            return
        middle = (rows.start + rows.stop) // 2
        near = range(max(0, rows.start - _AHEAD), min(self._photos.rowCount(), rows.stop + _AHEAD))
        order = [
            *sorted(rows, key=lambda row: abs(row - middle)),
            *(r for r in near if r not in rows),
        ]
        scale = self.devicePixelRatioF()
        edge = round(_THUMBNAIL_EDGE * scale)
        self.thumbnails.want([(self._photos.photo_id(row), edge) for row in order], scale=scale)

    def _on_photos_updated(self, _photo_ids: object) -> None:
        self.viewport().update()

    def _paint_cell(self, painter: QPainter, row: int) -> None:
        """The picture, the ring of the current one, and the mark that matters."""
        photo = self._photos.photo_id(row)
        marks = self._photos.book.marks(photo)
        square = QRectF(0, 0, PHOTO_EDGE, PHOTO_EDGE)
        square.moveCenter(QPointF(self.cell(row).center()) + QPointF(0.5, 0.5))
        is_current = row == self.currentIndex().row()
        self._paint_square(painter, square, photo, dimmed=marks.flag is Flag.DISCARD)
        if is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.DARK.accent), theme.RING_PX))
            corner = theme.CORNER_PHOTO + 2
            painter.drawRoundedRect(square.adjusted(-2, -2, 2, 2), corner, corner)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.DARK.text), 1))
                painter.drawRoundedRect(
                    square.adjusted(-3.5, -3.5, 3.5, 3.5), corner + 1, corner + 1
                )
        names = {Flag.PICK: "pick-filled", Flag.DISCARD: "discard"}
        if marks.flag is not None:
            self._paint_mark(painter, square, names[marks.flag])

    def _paint_square(self, painter: QPainter, square: QRectF, photo: int, *, dimmed: bool) -> None:
        thumbnail = self.thumbnails.get(photo)
        # A little rounder than the thumbnail's own corners, which have the colour of another background.
        shape = QPainterPath()
        shape.addRoundedRect(square, theme.CORNER_PHOTO + 1, theme.CORNER_PHOTO + 1)
        if thumbnail is None or thumbnail.pixmap is None:
            painter.fillPath(shape, QColor(theme.DARK.raised))
            if thumbnail is not None:
                scale = self.devicePixelRatioF()
                picture = icons.tinted("image", theme.DARK.text_second, edge_px=20, scale=scale)
                painter.drawPixmap(square.center() - QPointF(10, 10), picture)
            return
        pixmap = thumbnail.pixmap
        edge = min(pixmap.width(), pixmap.height())
        source = QRectF((pixmap.width() - edge) / 2, (pixmap.height() - edge) / 2, edge, edge)
        painter.setOpacity(0.38 if dimmed else 1.0)
        painter.setClipPath(shape)
        painter.drawPixmap(square, pixmap, source)
        painter.setClipping(False)
        painter.setOpacity(1.0)

    def _paint_mark(self, painter: QPainter, square: QRectF, name: str) -> None:
        edge = 14
        plate = QRectF(square.right() - edge - 5, square.top() + 3, edge + 2, edge + 2)
        shade = QColor(theme.DARK.loupe)
        shade.setAlphaF(0.78)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(plate, 4, 4)
        scale = self.devicePixelRatioF()
        picture = icons.tinted(name, theme.DARK.text, edge_px=edge, scale=scale)
        painter.drawPixmap(plate.topLeft() + QPointF(1, 1), picture)
