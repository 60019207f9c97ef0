"""The tree of the left panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QFrame,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from photosort.gui.base import formatting, icons, theme
from photosort.gui.widgets.source_model import Index, Source, SourceModel

_ICON = 16
_INDENT = 16


class SourceTree(QTreeView):
    """A tree of sources. What is open and what is chosen survive a refresh.

    Signals:
        source_chosen: the photos of a source (key: str) are to be shown.
        menu_asked: a context menu for a source (key: str) at a point (QPoint, global).
        rename_asked: F2 was pressed on a source (key: str).
        photos_dropped: photos dragged from the grid are dropped on a source (key: str).
        paths_dropped: files or folders from another program (list of str).
    """

    source_chosen = Signal(str)
    menu_asked = Signal(str, QPoint)
    rename_asked = Signal(str)
    photos_dropped = Signal(str)
    paths_dropped = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = SourceModel(self)
        self._over = ""
        # Where the scroll bar is to stand once there are rows.
        self._wished_place = 0
        self._opened: set[str] = set()
        self._closed: set[str] = set()
        self.setModel(self._sources)
        self.setItemDelegate(_Delegate(self))
        self.setHeaderHidden(True)
        self.setAccessibleName(self.tr("Sidebar"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setIndentation(_INDENT)
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(False)
        self.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QTreeView.ScrollMode.ScrollPerPixel)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.expanded.connect(lambda index: self._remember(index, is_open=True))
        self.collapsed.connect(lambda index: self._remember(index, is_open=False))
        self.activated.connect(self._choose)
        self.clicked.connect(self._choose)

    def set_sources(self, sources: Sequence[Source]) -> None:
        """Shows another tree; sections begin open, all else closed."""
        chosen = self.chosen()
        place = self.verticalScrollBar().value()
        self._sources.set_sources(sources)
        for source in sources:
            if source.is_section and source.key not in self._closed:
                self._opened.add(source.key)
        self.blockSignals(True)
        # A row that went and came again begins closed.
        for key in self._opened:
            index = self._sources.index_of(key)
            if index.isValid() and not self.isExpanded(index):
                self.setExpanded(index, True)
        self.blockSignals(False)
        if self.chosen() != chosen:
            self.choose(chosen)
        self.verticalScrollBar().setValue(self._wished_place or place)
        if sources:
            self._wished_place = 0

    def saved_state(self) -> dict[str, object]:
        """What is open, closed and chosen, and how far it is scrolled, for `restore_state`."""
        return {
            "opened": sorted(self._opened),
            "closed": sorted(self._closed),
            "chosen": self.chosen(),
            "place": self.verticalScrollBar().value(),
        }

    def restore_state(self, state: Mapping[str, object]) -> None:
        """Opens and closes as in an earlier window; what makes no sense is left out."""
        opened, closed, place = (state.get(name) for name in ("opened", "closed", "place"))
        self._opened = {str(key) for key in opened} if isinstance(opened, list) else set()
        self._closed = {str(key) for key in closed} if isinstance(closed, list) else set()
        self._wished_place = place if isinstance(place, int) else 0

    def set_count(self, key: str, photos: int) -> None:
        """Changes the number of photos of one source, if it has a row."""
        self._sources.set_count(key, photos)

    def chosen(self) -> str:
        """Key of the chosen source, or ""."""
        index = self.currentIndex()
        return self._sources.source(index).key if index.isValid() else ""

    def choose(self, key: str) -> None:
        """Marks a source without telling anybody; "" or one that is not there marks none."""
        index = self._sources.index_of(key)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)

    def holds(self, key: str) -> bool:
        """Whether there is a row for a source."""
        return self._sources.index_of(key).isValid()

    def is_open(self, key: str) -> bool:
        """Whether the rows below a source are shown."""
        return self.isExpanded(self._sources.index_of(key))

    def drawBranches(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """Nothing: the row paints its own chevron."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Marks the first row where none is, so that one sees where the keyboard is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self._sources.index(0, 0))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Opens and closes a row by its chevron, a section by all of it."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            on_chevron = chevron_rect(self.visualRect(index), self).contains(
                event.position().toPoint()
            )
            has_rows = self._sources.rowCount(index) > 0
            if has_rows and (on_chevron or self._sources.source(index).is_section):
                self.setExpanded(index, not self.isExpanded(index))
                return
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 asks for another name, as in file managers."""
        if event.key() == Qt.Key.Key_F2 and self.chosen():
            self.rename_asked.emit(self.chosen())
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Asks for a menu at the pointer or at the current row."""
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        if index.isValid() and not self._sources.source(index).is_section:
            at = self.visualRect(index).center() if by_key else event.pos()
            self.menu_asked.emit(self._sources.source(index).key, self.viewport().mapToGlobal(at))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes photos from the grid and folders from outside."""
        event.setAccepted(event.mimeData().hasUrls())

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Marks the row that would take the photos."""
        index = self.indexAt(event.position().toPoint())
        from_outside = event.source() is None
        source = self._sources.source(index)
        takes = index.isValid() and source.takes_photos
        self._over = source.key if takes and not from_outside else ""
        self.viewport().update()
        event.setAccepted(event.mimeData().hasUrls() and (from_outside or takes))

    def dropEvent(self, event: QDropEvent) -> None:
        """Hands on what was dropped."""
        over, self._over = self._over, ""
        self.viewport().update()
        if event.source() is None:
            paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
            event.acceptProposedAction()
            self.paths_dropped.emit(paths)
        elif over:
            event.acceptProposedAction()
            self.photos_dropped.emit(over)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the rows and the frame of the one that takes what is dragged."""
        super().paintEvent(event)
        index = self._sources.index_of(self._over)
        if index.isValid():
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            area = row_plate(self.visualRect(index), self)
            painter.drawRoundedRect(area, theme.CORNER_CONTROL, theme.CORNER_CONTROL)
            painter.end()

    def _choose(self, index: QModelIndex) -> None:
        source = self._sources.source(index)
        if source.is_section:
            self.setExpanded(index, not self.isExpanded(index))
        else:
            self.source_chosen.emit(source.key)

    def _remember(self, index: QModelIndex, *, is_open: bool) -> None:
        key = self._sources.source(index).key
        (self._opened if is_open else self._closed).add(key)
        (self._closed if is_open else self._opened).discard(key)


def row_plate(area: QRect, tree: SourceTree) -> QRect:
    """The plate behind a row: as wide as the tree, with a little room at both sides."""
    return QRect(theme.Gap.XS, area.y(), tree.viewport().width() - 2 * theme.Gap.XS, area.height())


def chevron_rect(area: QRect, tree: SourceTree) -> QRect:
    """Where the chevron of a row is."""
    width = _ICON + theme.Gap.XS
    x = area.right() - width + 1 if tree.isRightToLeft() else area.left()
    return QRect(x, area.y(), width, area.height())


class _Delegate(QStyledItemDelegate):
    """Paints a row: chevron, icon, title, and the count at the end."""

    def __init__(self, tree: SourceTree) -> None:
        super().__init__(tree)
        self._tree = tree

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """One line; sections have room above."""
        source = self._source(index)
        line = theme.text_px(theme.Text.BODY) + 15
        return QSize(120, line + (theme.Gap.M if source.is_section else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the row."""
        source, tree = self._source(index), self._tree
        area = QRect(option.rect)
        mirrored = tree.isRightToLeft()
        is_current = tree.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if source.is_section:
            area.setTop(area.top() + theme.Gap.M)
        self._paint_plate(painter, area, index, is_section=source.is_section, is_current=is_current)
        inner = area.adjusted(theme.Gap.XS, 0, -theme.Gap.M, 0)
        if mirrored:
            inner = area.adjusted(theme.Gap.M, 0, -theme.Gap.XS, 0)
        inner = self._paint_icons(painter, inner, source, mirrored=mirrored)
        self._paint_texts(painter, inner, source, mirrored=mirrored)
        painter.restore()

    def _paint_plate(
        self,
        painter: QPainter,
        area: QRect,
        index: Index,
        *,
        is_section: bool,
        is_current: bool,
    ) -> None:
        tree = self._tree
        plate = row_plate(area, tree)
        below = tree.indexAt(tree.viewport().mapFromGlobal(tree.cursor().pos())) == index
        painter.setPen(Qt.PenStyle.NoPen)
        if is_current and not is_section:
            painter.setBrush(theme.colour("chosen"))
        elif below and tree.underMouse():
            painter.setBrush(theme.colour("hover"))
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(plate, theme.CORNER_CONTROL, theme.CORNER_CONTROL)
        if is_current and tree.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
            ring = plate.adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, theme.CORNER_CONTROL, theme.CORNER_CONTROL)

    def _paint_icons(
        self, painter: QPainter, area: QRect, source: Source, *, mirrored: bool
    ) -> QRect:
        """Paints chevron and icon; gives back what is left of the row."""
        closed = "chevron-left" if mirrored else "chevron-right"
        chevron = "chevron-down" if self._tree.is_open(source.key) else closed
        if source.children:
            self._icon(painter, area, chevron, 12, mirrored=mirrored)
        area = self._less(area, _ICON, mirrored=mirrored)
        if source.icon:
            self._icon(painter, area, source.icon, _ICON, mirrored=mirrored)
            area = self._less(area, _ICON + theme.Gap.S, mirrored=mirrored)
        return area

    @staticmethod
    def _paint_texts(painter: QPainter, area: QRect, source: Source, *, mirrored: bool) -> None:
        start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        end = Qt.AlignmentFlag.AlignLeft if mirrored else Qt.AlignmentFlag.AlignRight
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        if source.count is not None:
            painter.setFont(theme.font(theme.Text.SMALL))
            painter.setPen(theme.colour("text_second"))
            number = formatting.count(source.count)
            painter.drawText(area, middle | end, number)
            used = painter.fontMetrics().horizontalAdvance(number) + theme.Gap.S
            area = area.adjusted(used, 0, 0, 0) if mirrored else area.adjusted(0, 0, -used, 0)
        if source.is_section:
            painter.setFont(theme.font(theme.Text.SMALL, strong=True))
            painter.setPen(theme.colour("text_second"))
        else:
            painter.setFont(theme.font())
            painter.setPen(theme.colour("text_second" if source.is_dimmed else "text"))
        shown = painter.fontMetrics().elidedText(
            source.title, Qt.TextElideMode.ElideRight, area.width()
        )
        painter.drawText(area, middle | start, shown)

    @staticmethod
    def _icon(painter: QPainter, area: QRect, name: str, edge: int, *, mirrored: bool) -> None:
        scale = painter.device().devicePixelRatioF()
        picture = icons.pixmap(name, role="text_second", edge_px=edge, scale=scale)
        x = area.right() - edge + 1 if mirrored else area.left()
        painter.drawPixmap(x, area.center().y() - edge // 2 + 1, picture)

    @staticmethod
    def _less(area: QRect, width: int, *, mirrored: bool) -> QRect:
        return area.adjusted(0, 0, -width, 0) if mirrored else area.adjusted(width, 0, 0, 0)

    def _source(self, index: Index) -> Source:
        model = self._tree.model()
        return model.source(index) if isinstance(model, SourceModel) else Source("", "")
