"""The grid itself: a list view that lays out and paints 100,000 photos by arithmetic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    QUrl,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from photosort.gui import theme
from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement
from photosort.gui.grid.dragging import FANNED, drag_picture
from photosort.gui.grid.layout import CellShape, Layout, Measures
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.painting import (
    CellState,
    clear_painting_cache,
    paint_cell,
    paint_divider,
    paint_heading,
    photo_rect,
    tick_rect,
)
from photosort.gui.grid.place import Place
from photosort.gui.grid.pointer import GridPointer
from photosort.gui.grid.scroll_hint import ScrollHint
from photosort.gui.grid.selection import GridSelection, Select
from photosort.gui.grid.sight import Grip, Sight
from photosort.gui.grid.thumbnails import ThumbnailCache, ThumbnailProvider

SMALLEST_EDGE = 72
LARGEST_EDGE = 640
USUAL_EDGE = 184
_ZOOM_STEP = 1.15
_LINES_AHEAD = 3
_SETTLE_MS = 120
# Rings reach this far beyond a cell.
_RING_REACH = 8

_Cursor = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_KEYS = {
    Qt.Key.Key_Left: _Cursor.MoveLeft,
    Qt.Key.Key_Right: _Cursor.MoveRight,
    Qt.Key.Key_Up: _Cursor.MoveUp,
    Qt.Key.Key_Down: _Cursor.MoveDown,
    Qt.Key.Key_Home: _Cursor.MoveHome,
    Qt.Key.Key_End: _Cursor.MoveEnd,
    Qt.Key.Key_PageUp: _Cursor.MovePageUp,
    Qt.Key.Key_PageDown: _Cursor.MovePageDown,
}
_LINEWISE = {_Cursor.MoveUp: -1, _Cursor.MoveDown: 1}
_PAGEWISE = {_Cursor.MovePageUp: -1, _Cursor.MovePageDown: 1}


class PhotoGrid(QListView):
    """Photos under headings that stick, with selection, zoom, drag and drop.

    The stock icon mode gives every item one equal cell, lays all of them out again at each zoom step and
    takes 0.9 s to select everything; so the geometry is our own (`Layout`). It stays a QListView because
    other base classes are one empty object to screen readers.

    Signals:
        photo_opened: a photo (id: int) is to be seen large: Enter or double click.
        preview_asked: the current photo (id: int) is to be seen quickly: Space.
        current_photo_changed: the photo the keyboard acts on (id: int, -1 for none).
        selection_changed: other photos are selected; `selection.ids()` has them.
        divider_activated: the row of the weaker matches was clicked, or Enter pressed on it.
        menu_asked: a context menu at this point (QPoint, global) for the selection.
        edge_changed: the wished edge of a cell (int) after a zoom.
        visible_changed: other photos are on screen (int64 array of ids).
        paths_dropped: files or folders from another program (list of str).

    Attributes:
        selection: which photos are selected.
        thumbnails: the pictures that are held.
    """

    photo_opened = Signal(int)
    preview_asked = Signal(int)
    current_photo_changed = Signal(int)
    selection_changed = Signal()
    divider_activated = Signal()
    menu_asked = Signal(QPoint)
    edge_changed = Signal(int)
    visible_changed = Signal(object)
    paths_dropped = Signal(list)

    def __init__(
        self,
        model: PhotoListModel,
        *,
        paths_of: Callable[[NDArray[np.int64]], Sequence[Path]] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Shows the photos of a model.

        Args:
            model: the photos.
            paths_of: the files of some photos, from memory, for dragging them out; None: no dragging.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self._photos = model
        self._paths_of = paths_of
        self._shape = CellShape.SQUARE
        self._edge = USUAL_EDGE
        self._layout = self._made_layout()
        self._column_x: int | None = None
        self._place: Place | None = None
        self._keep_place = True
        self._shown: NDArray[np.int64] = np.empty(0, np.int64)
        self.thumbnails = ThumbnailCache(parent=self)
        self.thumbnails.arrived.connect(self._on_thumbnail_arrived)
        self._ask_timer = QTimer(self, singleShot=True, interval=0)
        self._ask_timer.timeout.connect(self._ask_for_thumbnails)
        self._settle_timer = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle_timer.timeout.connect(self._ask_for_thumbnails)
        self._pointer = GridPointer(self)
        self._scroll_hint = ScrollHint(self)
        self._prepare_view()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.photos_updated.connect(self._on_photos_updated)
        self.setModel(model)
        self.selection = GridSelection(model, self.selectionModel(), self)
        self.selection.changed.connect(self.selection_changed)
        # After the selection model's own connection, which forgets the current row.
        model.modelReset.connect(self._on_reset)

    # What it shows

    def set_photos(self, arrangement: Arrangement, *, keep_place: bool = True) -> None:
        """Shows other photos.

        Args:
            arrangement: the photos.
            keep_place: selection, current photo and what is looked at stay where they are, as far as the
                photos are still there; False begins at the top with nothing selected.
        """
        self._keep_place = keep_place
        self._photos.set_arrangement(arrangement)
        self._keep_place = True

    def set_thumbnail_provider(self, provider: ThumbnailProvider | None) -> None:
        """Changes who makes the thumbnails."""
        self.thumbnails.set_provider(provider)
        self._ask_timer.start()

    @property
    def edge(self) -> int:
        """Wished edge of a cell, in device-independent pixels."""
        return self._edge

    def set_edge(self, edge: int, *, about: QPoint | None = None) -> None:
        """Zooms.

        Args:
            edge: wished edge of a cell; kept between `SMALLEST_EDGE` and `LARGEST_EDGE`.
            about: the point of the viewport whose photo stays under it; None: the current photo if it is
                visible, otherwise the first.
        """
        edge = min(max(edge, SMALLEST_EDGE), LARGEST_EDGE)
        if edge != self._edge:
            grip = self._grip(about)
            self._edge = edge
            self._lay_out(grip)
            self.edge_changed.emit(edge)

    def zoom(self, notches: float, *, about: QPoint | None = None) -> None:
        """Zooms by notches of a mouse wheel, each of which changes what is seen."""
        factor = _ZOOM_STEP if notches > 0 else 1 / _ZOOM_STEP
        edge, columns = float(self._edge), self._columns_for(self._edge)
        for _ in range(max(1, round(abs(notches)))):
            seen = columns
            while columns == seen and SMALLEST_EDGE <= edge <= LARGEST_EDGE:
                edge *= factor
                columns = self._columns_for(edge)
        self.set_edge(round(edge), about=about)

    @property
    def shape_of_cells(self) -> CellShape:
        """Square cells, or lines of equal height."""
        return self._shape

    def set_shape_of_cells(self, shape: CellShape) -> None:
        """Changes how photos of different shapes share a line."""
        if shape is not self._shape:
            grip = self._grip()
            self._shape = shape
            self._lay_out(grip)

    def sight(self) -> Sight:
        """The layout as it is seen now."""
        viewport = self.viewport()
        return Sight(
            self._layout,
            self.verticalOffset(),
            viewport.width(),
            viewport.height(),
            self.isRightToLeft(),
        )

    def current_photo(self) -> int:
        """The photo that the keyboard acts on, or -1."""
        return self._photos.photo_id(self.currentIndex().row())

    def visible_photos(self) -> NDArray[np.int64]:
        """Ids of the photos on screen; int64 array."""
        rows = self.sight().rows()
        ids = self._photos.arrangement.ids[rows.start : rows.stop]
        return np.asarray(ids[ids != DIVIDER_ID], np.int64)

    def select_photos(self, photo_ids: NDArray[np.int64]) -> None:
        """Selects exactly these photos, as far as they are shown."""
        rows = np.isin(self._photos.arrangement.ids, photo_ids)
        self.selection.select(rows)

    def go_to_photo(self, photo_id: int) -> None:
        """Selects a photo and brings it into view; does nothing if it is not shown."""
        row = self._photos.arrangement.row_of(photo_id)
        if row >= 0:
            self.selection.go_to(row)
            self.scrollTo(self._photos.index(row))

    # What the pointer asks

    def row_at(self, point: QPoint) -> int:
        """The row whose cell is at a point of the viewport, or -1."""
        return self.sight().row_at(point)

    def is_divider(self, row: int) -> bool:
        """Whether a row is no photo."""
        return self._photos.photo_id(row) == DIVIDER_ID

    def photo_rect(self, row: int) -> QRect:
        """Where the photo itself lies in the viewport."""
        photo = self._photos.photo_id(row)
        marks = self._photos.book.marks(photo)
        return photo_rect(self.sight().cell(row), marks, self.thumbnails.get(photo))

    def tick_contains(self, row: int, point: QPoint) -> bool:
        """Whether a point is on the circle that selects a photo."""
        photo = self.photo_rect(row)
        return photo.width() >= 2 * theme.Gap.XL and tick_rect(
            photo, mirrored=self.isRightToLeft()
        ).contains(point)

    def update_row(self, row: int) -> None:
        """Paints a row again; -1 is none."""
        if 0 <= row < self._layout.rows:
            reach = _RING_REACH
            self.viewport().update(self.sight().cell(row).adjusted(-reach, -reach, reach, reach))

    def activate(self, row: int) -> None:
        """Opens a photo, or the weaker matches."""
        if self.is_divider(row):
            self.divider_activated.emit()
        else:
            self.photo_opened.emit(self._photos.photo_id(row))

    # Geometry, as Qt asks for it

    def visualRect(self, index: QModelIndex | QPersistentModelIndex) -> QRect:
        """Where a photo's cell lies in the viewport."""
        known = index.isValid() and index.row() < self._layout.rows
        return self.sight().cell(index.row()) if known else QRect()

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The photo at a point of the viewport; none in gaps and on headings."""
        row = self.row_at(point)
        return self._photos.index(row) if row >= 0 else QModelIndex()

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible,
    ) -> None:
        """Brings a photo into view, not below the heading that sticks."""
        if not index.isValid() or index.row() >= self._layout.rows:
            return
        _, top, _, height = self._layout.cell(index.row())
        bar, page = self.verticalScrollBar(), self.viewport().height()
        heading = self._layout.header(self._layout.section_at(top))[1]
        highest, lowest = top - heading - theme.Gap.S, top + height + theme.Gap.S - page
        if hint == _Hint.PositionAtCenter:
            bar.setValue(top + height // 2 - page // 2)
        elif hint == _Hint.PositionAtTop or highest < bar.value():
            bar.setValue(highest)
        elif hint == _Hint.PositionAtBottom or lowest > bar.value():
            bar.setValue(min(lowest, highest))

    def moveCursor(
        self, cursorAction: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Where a key of movement leads from the current photo."""
        row = self._row_after(cursorAction)
        return self._photos.index(row) if row >= 0 else QModelIndex()

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Selects the photos whose cells touch a rectangle of the viewport."""
        flags = QItemSelectionModel.SelectionFlag
        how = Select.TOGGLE if command & flags.Toggle == flags.Toggle else Select.ADD
        how = Select.ONLY if command & flags.Clear else how
        self.selection.select(self.sight().rows_in(rect), how)

    def selectAll(self) -> None:
        """Selects every photo."""
        self.selection.select_all()

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """What to paint again for a selection: of 100,000 rows only those on screen."""
        sight, region = self.sight(), QRegion()
        rows = sight.rows()
        for i in range(selection.count()):
            part = selection.at(i)
            for row in range(max(part.top(), rows.start), min(part.bottom() + 1, rows.stop)):
                region += sight.cell(row)
        return region

    def updateGeometries(self) -> None:
        """Sets the range of the scroll bar."""
        page, bar = self.viewport().height(), self.verticalScrollBar()
        bar.setSingleStep(max(theme.Gap.XL, self._layout.line_step() // 3))
        bar.setPageStep(page)
        bar.setRange(0, max(0, self._layout.height - page))

    def doItemsLayout(self) -> None:
        """Lays out anew; what QListView would do here walks all rows."""
        self._lay_out(self._grip())

    def horizontalOffset(self) -> int:
        """Always 0: the grid scrolls in one direction."""
        return 0

    def verticalOffset(self) -> int:
        """How far the grid is scrolled."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """False: no photo is ever hidden."""
        return False

    def sizeHintForIndex(self, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """The size of a cell."""
        return self.visualRect(index).size()

    def viewportSizeHint(self) -> QSize:
        """A usable size, whatever the number of photos."""
        return QSize(4 * USUAL_EDGE, 3 * USUAL_EDGE)

    def keyboardSearch(self, search: str) -> None:
        """Does nothing: letters are commands here, and Qt's search reads 100,000 rows for each."""

    # Changes

    def reset(self) -> None:
        """Lays out a new arrangement; what can be kept comes back in `_on_reset`."""
        super().reset()
        self._pointer.forget()
        self._column_x = None
        self._lay_out(None)

    def dataChanged(
        self,
        topLeft: QModelIndex | QPersistentModelIndex,
        bottomRight: QModelIndex | QPersistentModelIndex,
        roles: Sequence[int] = (),
    ) -> None:
        """Paints again what is on screen; never walks the rows."""
        self.viewport().update()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paints again what is on screen; QListView would list all selected rows here."""
        self.viewport().update()
        if QAccessible.isActive() and self.currentIndex().isValid():
            super().selectionChanged(QItemSelection(), QItemSelection())

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Tells who listens, and screen readers when another section begins."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_photo_changed.emit(self.current_photo())
        if current.isValid() and previous.isValid() and QAccessible.isActive():
            arrangement = self._photos.arrangement
            section = arrangement.section_of(current.row())
            if section.title and section is not arrangement.section_of(previous.row()):
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, section.title))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps what is looked at in place while the window changes."""
        other_width = event.oldSize().width() != event.size().width()
        self._lay_out(self._grip() if other_width and event.oldSize().isValid() else None)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Moves what is painted and paints only what comes in, and the heading that sticks."""
        viewport, heading = self.viewport(), self._measures().header
        if self._pointer.band is not None or self._pointer.hovered >= 0:
            self._pointer.hovered = -1
            viewport.update()
        else:
            viewport.scroll(0, dy)
            viewport.update(0, 0, viewport.width(), heading + max(0, dy) + 1)
        self._ask_timer.start()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme: thumbnails have corners in the colour of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_ask_timer"):
            clear_painting_cache()
            self.thumbnails.clear()
            self._ask_timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Asks for what is now visible."""
        super().showEvent(event)
        self._ask_timer.start()

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the cells of the area, then headings."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sight = self.sight()
        # While scrolling these are two thin strips; their bounding rectangle is the whole viewport.
        for area in cast(Iterable[QRect], event.region()):
            painter.fillRect(area, theme.colour("window"))
            self._paint_area(painter, sight, area)
        if self._pointer.band is not None:
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(theme.colour("accent", alpha=0.18))
            painter.drawRect(QRectF(self._pointer.band).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_area(self, painter: QPainter, sight: Sight, area: QRect) -> None:
        painter.setClipRect(area)
        top, bottom = area.top() + sight.offset, area.bottom() + sight.offset
        rows = self._layout.rows_between(top - _RING_REACH, bottom + _RING_REACH)
        for row, cell in zip(rows, sight.cells(rows), strict=True):
            self._paint_row(painter, row, cell)
        self._paint_headings(painter, sight, area)
        painter.setClipping(False)

    def _paint_row(self, painter: QPainter, row: int, cell: QRect) -> None:
        photo = self._photos.photo_id(row)
        state = CellState(
            selected=bool(self.selection.mask[row]),
            current=row == self.currentIndex().row(),
            focused=self.hasFocus(),
            hovered=row == self._pointer.hovered,
            mirrored=self.isRightToLeft(),
        )
        if photo == DIVIDER_ID:
            text = self._photos.arrangement.section_of(row).title
            paint_divider(painter, cell, text, state, opened=row + 1 < self._layout.rows)
        else:
            marks = self._photos.book.marks(photo)
            paint_cell(painter, cell, marks, self.thumbnails.get(photo), state)

    def _paint_headings(self, painter: QPainter, sight: Sight, area: QRect) -> None:
        layout, offset = self._layout, sight.offset
        first, last = (layout.section_at(y + offset) for y in (area.top(), area.bottom()))
        for section in range(first, last + 1):
            top, height = layout.header(section)
            if height and top >= offset:
                self._paint_heading(painter, section, QRect(0, top - offset, sight.width, height))
        sticky, section = sight.sticky_heading(), layout.section_at(offset)
        if sticky.intersects(area) and layout.header(section)[0] < offset:
            painter.fillRect(sticky, theme.colour("window"))
            self._paint_heading(painter, section, sticky)
            painter.fillRect(0, sticky.bottom(), sight.width, 1, theme.colour("line"))

    def _paint_heading(self, painter: QPainter, section: int, area: QRect) -> None:
        of, margin = self._photos.arrangement.sections[section], theme.Gap.L
        inner = area.adjusted(margin, 0, -margin, 0)
        paint_heading(painter, inner, of.title, of.detail, mirrored=self.isRightToLeft())

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a click, a drag or a rubber band."""
        self._column_x = None
        self._pointer.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Hovers, drags or stretches the rubber band."""
        self._pointer.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends a click or the rubber band."""
        self._pointer.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens a photo."""
        self._pointer.double_click(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Takes the hover away."""
        super().leaveEvent(event)
        self._pointer.hover(QPoint(-1, -1))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls, or zooms with Ctrl."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            QAbstractItemView.wheelEvent(self, event)
            return
        if event.angleDelta().y():
            self.zoom(event.angleDelta().y() / 120, about=event.position().toPoint())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zooms with two fingers; follows the viewport to another screen."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                edge = round(self._edge * (1 + event.value()))
                self.set_edge(edge, about=event.position().toPoint())
                return True
            return False
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._settle_timer.start()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves, selects and activates; letters are left to the window's commands."""
        row, keys, key = self.currentIndex().row(), event.modifiers(), Qt.Key(event.key())
        control = bool(keys & Qt.KeyboardModifier.ControlModifier)
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        if key in _KEYS and not keys & Qt.KeyboardModifier.AltModifier:
            self._move(_KEYS[key], control=control, shift=shift)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0 and not control:
            self.activate(row)
        elif key == Qt.Key.Key_Space and row >= 0:
            if self.is_divider(row):
                self.divider_activated.emit()
            elif control:
                self.selection.go_to(row, Select.TOGGLE)
            else:
                self.preview_asked.emit(self.current_photo())
        elif key == Qt.Key.Key_A and control and not shift:
            self.selection.select_all()
        elif key == Qt.Key.Key_Escape and self.selection.count() > 1:
            self.selection.clear()
        elif control and key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}:
            self.zoom(-1 if key == Qt.Key.Key_Minus else 1)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Gives the keyboard a photo to start from."""
        first = self.sight().first_whole_row()
        if not self.currentIndex().isValid() and first >= 0:
            self.selection.set_current(first)
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Quietens the ring of the current photo."""
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu at the pointer, or at the current photo when a key was pressed."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_asked.emit(event.globalPos())
        else:
            area = self.visualRect(self.currentIndex()).intersected(self.viewport().rect())
            self.menu_asked.emit(self.viewport().mapToGlobal(area.center()))
        event.accept()

    # Dragging out and in

    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        """Drags the files of the selected photos out, as copies."""
        chosen = self.selection.ids()
        paths = self._paths_of(chosen) if self._paths_of is not None and chosen.size else ()
        if not paths:
            return
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        held = [self.thumbnails.get(photo) for photo in chosen[:FANNED].tolist()]
        pixmaps = [h.pixmap for h in held if h is not None and h.pixmap is not None]
        drag = QDrag(self)
        drag.setMimeData(mime)
        drag.setPixmap(drag_picture(pixmaps, int(chosen.size), scale=self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(theme.Gap.L, theme.Gap.L))
        drag.exec(Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and folders from other programs."""
        self._judge_drag(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Takes files and folders from other programs."""
        self._judge_drag(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hands on the paths that were dropped."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths and event.source() is not self:
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)

    def _judge_drag(self, event: QDragMoveEvent) -> None:
        event.setAccepted(event.mimeData().hasUrls() and event.source() is not self)

    # Helpers

    def _prepare_view(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Photos"))
        self.setProperty("surface", "window")
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setMinimumSize(240, 160)
        self.verticalScrollBar().sliderMoved.connect(self._on_scroll_bar_dragged)
        self.verticalScrollBar().sliderReleased.connect(self._scroll_hint.hide)

    def _measures(self) -> Measures:
        line = theme.text_px(theme.Text.BODY) + 2 * theme.Gap.L
        return Measures(
            width=max(1, self.viewport().width()),
            edge=self._edge,
            gap=_gap(self._edge),
            margin=theme.Gap.L,
            header=line,
            divider=line,
        )

    def _columns_for(self, edge: float) -> int:
        if self._shape is CellShape.JUSTIFIED:
            return round(edge)
        inner, gap = self.viewport().width() - 2 * theme.Gap.L, _gap(edge)
        return max(1, round((inner + gap) / (edge + gap)))

    def _grip(self, point: QPoint | None = None) -> Grip | None:
        return self.sight().grip(self.currentIndex().row(), point)

    def _made_layout(self) -> Layout:
        arrangement = self._photos.arrangement
        aspects = self._photos.book.aspects(arrangement.ids)
        return Layout(arrangement, self._measures(), self._shape, aspects)

    def _lay_out(self, grip: Grip | None) -> None:
        self._layout = self._made_layout()
        self.updateGeometries()
        if grip is not None:
            self.verticalScrollBar().setValue(grip.offset_in(self._layout))
        self.viewport().update()
        self._settle_timer.start()

    def _row_after(self, action: QAbstractItemView.CursorAction) -> int:
        rows, row = self._layout.rows, self.currentIndex().row()
        if not rows or row < 0:
            return self.sight().first_whole_row()
        x, _, width, _ = self._layout.cell(row)
        if self._column_x is None:
            self._column_x = x + width // 2
        if action in _LINEWISE:
            return self._layout.neighbour(row, _LINEWISE[action], self._column_x)
        if action in _PAGEWISE:
            page = self.viewport().height() - self._layout.line_step() // 2
            return self._layout.page(row, _PAGEWISE[action] * page, self._column_x)
        right = -1 if self.isRightToLeft() else 1
        step = {
            _Cursor.MoveHome: -rows,
            _Cursor.MoveEnd: rows,
            _Cursor.MoveRight: right,
            _Cursor.MoveLeft: -right,
            _Cursor.MoveNext: 1,
            _Cursor.MovePrevious: -1,
        }[action]
        return min(max(row + step, 0), rows - 1)

    def _move(self, action: QAbstractItemView.CursorAction, *, control: bool, shift: bool) -> None:
        row = self._row_after(action)
        if row < 0:
            return
        if action not in _LINEWISE and action not in _PAGEWISE:
            self._column_x = None
        if shift:
            self.selection.extend_to(row, add=control)
        elif control and action not in {_Cursor.MoveHome, _Cursor.MoveEnd}:
            self.selection.set_current(row)
        else:
            self.selection.go_to(row)
        self.scrollTo(self._photos.index(row))

    def _ask_for_thumbnails(self) -> None:
        sight, scale = self.sight(), self.viewport().devicePixelRatioF()
        visible = sight.rows()
        near = sight.rows(beyond=_LINES_AHEAD * self._layout.line_step())
        needed: list[tuple[int, int]] = []
        for part in (visible, range(visible.stop, near.stop), range(near.start, visible.start)):
            photos = self._photos.arrangement.ids[part.start : part.stop].tolist()
            for photo, (_, _, width, height) in zip(photos, self._layout.cells(part), strict=True):
                if photo != DIVIDER_ID:
                    needed.append((photo, round(max(width, height) * scale)))
        self.thumbnails.want(needed, scale=scale)
        shown = self.visible_photos()
        if not np.array_equal(shown, self._shown):
            self._shown = shown
            self.visible_changed.emit(shown)

    def _on_reset(self) -> None:
        place, self._place = self._place, None
        self.selection.forget()
        if place is None:
            self.verticalScrollBar().setValue(0)
            return
        restored = place.restored(self._photos.arrangement)
        self.selection.select(restored.selected)
        self.selection.anchor = restored.anchor
        if restored.current >= 0:
            self.selection.set_current(restored.current)
        if restored.steady is not None:
            row, y = restored.steady
            self.verticalScrollBar().setValue(self._layout.cell(row)[1] - y)
        elif place.looked_at:
            self.verticalScrollBar().setValue(0)

    def _on_about_to_reset(self) -> None:
        self._place = None
        if not self._keep_place or not self._layout.rows:
            return
        sight, ids, current = self.sight(), self._photos.arrangement.ids, self.currentIndex().row()
        visible = sight.rows()
        rows = [current, *visible] if current in visible else [*visible]
        # As long as all fits on the screen nothing can move away, and more shall come in from the top.
        fits = self._layout.height <= sight.height
        self._place = Place(
            selected=self.selection.ids(),
            current=self.current_photo(),
            anchor=self._photos.photo_id(self.selection.anchor),
            looked_at=[] if fits else [(int(ids[row]), sight.cell(row).y()) for row in rows],
        )

    def _on_thumbnail_arrived(self, photo: int) -> None:
        rows = self.sight().rows()
        found = np.flatnonzero(self._photos.arrangement.ids[rows.start : rows.stop] == photo)
        if found.size:
            self.update_row(rows.start + int(found[0]))

    def _on_photos_updated(self, photo_ids: set[int]) -> None:
        self.thumbnails.forget(photo_ids)
        self._ask_timer.start()

    def _on_scroll_bar_dragged(self) -> None:
        section = self._photos.arrangement.sections[self._layout.section_at(self.verticalOffset())]
        self._scroll_hint.show_text("" if section.is_divider else section.title)


def _gap(edge: float) -> int:
    return theme.Gap.M if edge >= 2 * SMALLEST_EDGE else theme.Gap.S
