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
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from photosort.gui.base import theme
from photosort.gui.grid.arrangement import DIVIDER_ID, Arrangement
from photosort.gui.grid.canvas import RING_REACH, GridCanvas
from photosort.gui.grid.date_scrubber import DateScrubber
from photosort.gui.grid.dragging import FANNED, drag_out
from photosort.gui.grid.keyboard import GridKeyboard
from photosort.gui.grid.layout import CellShape, Layout, Plan
from photosort.gui.grid.list_view import PhotoListView
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.painting import clear_painting_cache, photo_rect, stack_rect, tick_rect
from photosort.gui.grid.pointer import GridPointer
from photosort.gui.grid.scroll_anchor import GridState, capture_state
from photosort.gui.grid.scroll_hint import ScrollHint
from photosort.gui.grid.selection import GridSelection, Select
from photosort.gui.grid.thumbnail_loader import ThumbnailLoader
from photosort.gui.grid.thumbnails import ThumbnailCache, ThumbnailProvider
from photosort.gui.grid.viewport_layout import ScrollAnchor, ViewportLayout
from photosort.gui.grid.zooming import LARGEST_EDGE, SMALLEST_EDGE, USUAL_EDGE, edge_after, measures

_Hint = QAbstractItemView.ScrollHint


class PhotoGrid(PhotoListView):
    """Photos under headings that stick, with selection, zoom, drag and drop.

    The stock icon mode gives every item one equal cell, lays all of them out again at each zoom step and
    takes 0.9 s to select everything; so the geometry is our own (`Layout`).

    Signals:
        photo_opened: a photo (id: int) is to be seen large: Enter or double click.
        preview_asked: the current photo (id: int) is to be seen quickly: Space.
        current_photo_changed: the photo the keyboard acts on (id: int, -1 for none).
        selection_changed: other photos are selected; `selection.ids()` has them.
        stack_toggled: the stack of a photo (id: int) is to be opened or closed.
        divider_activated: the row of the possible matches was clicked, or Enter pressed on it.
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
    stack_toggled = Signal(int)
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
        super().__init__(model, parent)
        self._paths_of = paths_of
        self._shape = CellShape.JUSTIFIED
        self._edge = USUAL_EDGE
        self._ready: Layout | None = None
        self._scroll_hint = ScrollHint(self)
        self._scrubber = DateScrubber(self, self._scroll_hint)
        self._layout = self._made_layout()
        self._place: GridState | None = None
        self._keep_place = True
        self.thumbnails = ThumbnailCache(parent=self)
        self._supply = ThumbnailLoader(self, model)
        self._supply.visible_changed.connect(self.visible_changed)
        self._pointer = GridPointer(self)
        self._keyboard = GridKeyboard(self)
        self._canvas = GridCanvas(self, model, self._pointer)
        self._prepare_view()
        model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self.setModel(model)
        self.selection = GridSelection(model, self.selectionModel(), self)
        self.selection.changed.connect(self.selection_changed)
        # After the selection model's own connection, which forgets the current row.
        model.modelReset.connect(self._on_reset)

    # What it shows

    def plan(self) -> Plan:
        """How photos are laid out now, so that a lane can do it for `set_photos`."""
        # As if the scroll bar were always there: photos do not move when it comes, and nothing is laid out twice.
        width = self.contentsRect().width() - self.verticalScrollBar().sizeHint().width()
        return Plan(measures(width, self._edge), self._shape, self._scrubber.wanted_width())

    def set_photos(
        self, arrangement: Arrangement, *, layout: Layout | None = None, keep_place: bool = True
    ) -> None:
        """Shows other photos.

        Args:
            arrangement: the photos.
            layout: made of them by an earlier `plan`, if there is one; used while that is still right.
            keep_place: selection, current photo and what is looked at stay where they are, as far as the
                photos are still there; False begins at the top with nothing selected.
        """
        self._keep_place = keep_place
        self._ready = layout
        self._photos.set_arrangement(arrangement)
        self._keep_place = True
        self._ready = None

    def set_thumbnail_provider(self, provider: ThumbnailProvider | None) -> None:
        """Changes who makes the thumbnails."""
        self.thumbnails.set_provider(provider)
        self._supply.ask()

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
        width = self.viewport().width()
        self.set_edge(edge_after(self._edge, notches, width, self._shape), about=about)

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

    def sight(self) -> ViewportLayout:
        """The layout as it is seen now."""
        viewport = self.viewport()
        return ViewportLayout(
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
            self.scroll_to_row(row)

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

    def stack_contains(self, row: int, point: QPoint) -> bool:
        """Whether a point is on the badge that opens or closes a stack."""
        stack = self._photos.arrangement.stacks.get(self._photos.photo_id(row))
        if stack is None or stack.members[0] != self._photos.photo_id(row):
            return False
        return stack_rect(self.photo_rect(row), mirrored=self.isRightToLeft()).contains(point)

    def toggle_stack(self, row: int) -> None:
        """Asks for the stack of a photo to be opened or closed, and stays on its top photo."""
        stack = self._photos.arrangement.stacks.get(self._photos.photo_id(row))
        if stack is not None:
            self.go_to_photo(stack.members[0])
            self.stack_toggled.emit(stack.members[0])

    def title_at(self, y: int) -> str:
        """The heading above the photos at a height of the whole; "" where there is none."""
        section = self._photos.arrangement.sections[self._layout.section_at(y)]
        return "" if section.is_divider else section.title

    def update_row(self, row: int) -> None:
        """Paints a row again; -1 is none."""
        if 0 <= row < self._layout.rows:
            reach = RING_REACH
            self.viewport().update(self.sight().cell(row).adjusted(-reach, -reach, reach, reach))

    def activate(self, row: int) -> None:
        """Opens a photo, or what a divider hides."""
        if self.is_divider(row):
            self.divider_activated.emit()
        else:
            self.photo_opened.emit(self._photos.photo_id(row))

    # Geometry, as Qt asks for it

    def cell(self, row: int) -> QRect:
        """Where a row lies in the viewport; empty for one that is not laid out."""
        return self.sight().cell(row) if row < self._layout.rows else QRect()

    def scroll_to_row(
        self, row: int, hint: QAbstractItemView.ScrollHint = _Hint.EnsureVisible
    ) -> None:
        """Brings a photo into view, not below the heading that sticks; does nothing for one that is not laid out."""
        if row >= self._layout.rows:
            return
        _, top, _, height = self._layout.cell(row)
        bar, page = self.verticalScrollBar(), self.viewport().height()
        heading = self._layout.header(self._layout.section_at(top))[1]
        highest, lowest = top - heading - theme.Gap.S, top + height + theme.Gap.S - page
        if hint == _Hint.PositionAtCenter:
            bar.setValue(top + height // 2 - page // 2)
        elif hint == _Hint.PositionAtTop or highest < bar.value():
            bar.setValue(highest)
        elif hint == _Hint.PositionAtBottom or lowest > bar.value():
            bar.setValue(min(lowest, highest))

    def row_after(self, action: QAbstractItemView.CursorAction) -> int:
        """The row that a key of movement leads to from the current one, or -1."""
        return self._keyboard.row_after(action)

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
        """Lays out again where something changed; what QListView would do here walks all rows."""
        layout = self._layout
        if layout.arrangement is not self._photos.arrangement or layout.plan != self.plan():
            self._lay_out(self._grip())

    def viewportSizeHint(self) -> QSize:
        """A usable size, whatever the number of photos."""
        return QSize(4 * USUAL_EDGE, 3 * USUAL_EDGE)

    # Changes

    def reset(self) -> None:
        """Lays out a new arrangement; what can be kept comes back in `_on_reset`."""
        super().reset()
        self._pointer.forget()
        self._keyboard.forget_column()
        self._lay_out(None)

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
        self._place_scrubber()
        if self._layout.plan == self.plan():
            # Only higher or lower, as with each line that comes and goes above the grid.
            self.updateGeometries()
            self.viewport().update()
            self._supply.ask_when_settled()
            return
        other_width = event.oldSize().width() != event.size().width()
        self._lay_out(self._grip() if other_width and event.oldSize().isValid() else None)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Moves what is painted and paints only what comes in, and the heading that sticks."""
        viewport, heading = self.viewport(), self._layout.plan.measures.header
        # At 150 % an odd step is no whole number of the screen's pixels, and moving would leave seams.
        is_whole = (dy * viewport.devicePixelRatioF()).is_integer()
        if self._pointer.band is not None or self._pointer.hovered >= 0 or not is_whole:
            self._pointer.hovered = -1
            viewport.update()
        else:
            viewport.scroll(0, dy)
            viewport.update(0, 0, viewport.width(), heading + max(0, dy) + 1)
        self._supply.ask()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme: thumbnails have corners in the colour of the window."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_supply"):
            clear_painting_cache()
            self.thumbnails.clear()
            self._supply.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Asks for what is now visible."""
        super().showEvent(event)
        self._supply.ask()

    def paint_photos(self, painter: QPainter, event: QPaintEvent) -> None:
        """Paints what is seen."""
        # While scrolling these are two thin strips; their bounding rectangle is the whole viewport.
        for area in cast(Iterable[QRect], event.region()):
            self._canvas.paint(painter, area)

    # Mouse and keyboard

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a click, a drag or a rubber band."""
        self._keyboard.forget_column()
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
            self._supply.ask_when_settled()
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves, selects and activates; letters are left to the window's commands."""
        event.setAccepted(self._keyboard.press(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows where the keyboard is."""
        self._give_current()
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
        if self._paths_of is not None and chosen.size:
            held = [self.thumbnails.get(photo) for photo in chosen[:FANNED].tolist()]
            pixmaps = [h.pixmap for h in held if h is not None and h.pixmap is not None]
            drag_out(self, self._paths_of(chosen), pixmaps, int(chosen.size))

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
        # Only what is opaque is moved by scrolling instead of being painted again.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.verticalScrollBar().sliderMoved.connect(self._on_scroll_bar_dragged)
        self.verticalScrollBar().sliderReleased.connect(self._scroll_hint.hide)

    def _grip(self, point: QPoint | None = None) -> ScrollAnchor | None:
        return self.sight().grip(self.currentIndex().row(), point)

    def _made_layout(self) -> Layout:
        arrangement, plan, ready = self._photos.arrangement, self.plan(), self._ready
        if ready is not None and ready.arrangement is arrangement and ready.plan == plan:
            return ready
        return plan.lay_out(arrangement, self._photos.book.aspects(arrangement.ids))

    def _lay_out(self, grip: ScrollAnchor | None) -> None:
        self._layout = self._made_layout()
        self._scrubber.set_layout(self._layout)
        self._place_scrubber()
        self.updateGeometries()
        if grip is not None:
            self.verticalScrollBar().setValue(grip.offset_in(self._layout))
        self.viewport().update()
        self._supply.ask_when_settled()

    def _on_reset(self) -> None:
        place, self._place = self._place, None
        self.selection.forget()
        top = None if place is None else place.restore(self._photos.arrangement, self.selection)
        if place is None or (top is None and place.looked_at):
            self.verticalScrollBar().setValue(0)
        elif top is not None:
            row, y = top
            self.verticalScrollBar().setValue(self._layout.cell(row)[1] - y)
        if place is not None and place.begins_at_top:
            self._give_current()

    def _give_current(self) -> None:
        """Gives the keyboard a photo to start from."""
        first = self.sight().first_whole_row()
        if not self.currentIndex().isValid() and first >= 0:
            self.selection.set_current(first)

    def _on_about_to_reset(self) -> None:
        keeps = self._keep_place and self._layout.rows
        self._place = capture_state(self.sight(), self._photos, self.selection) if keeps else None

    def _on_scroll_bar_dragged(self) -> None:
        self._scroll_hint.show_text(self.title_at(self.verticalOffset()))

    def _place_scrubber(self) -> None:
        """Gives the years their strip, where there are some."""
        width = self._layout.strip
        left, right = (width, 0) if self.isRightToLeft() else (0, width)
        self.setViewportMargins(left, 0, right, 0)
        area = self.viewport().geometry()
        x = area.x() - width if self.isRightToLeft() else area.right() + 1
        self._scrubber.setGeometry(x, area.y(), width, area.height())
        self._scrubber.setVisible(width > 0)
