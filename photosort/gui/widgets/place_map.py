"""The map of where photos were taken: clusters with a cover each on land, lakes and borders."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBrush,
    QDragEnterEvent,
    QDropEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.widgets.map_labels import MapLabels
from photosort.gui.widgets.place_clusters import APART_PX, Cluster, PlaceClusters
from photosort.gui.widgets.plane_view import PlaneView
from photosort.gui.widgets.world_tiles import TILE_PX, WorldTiles
from photosort.media.world_map import from_plane, to_plane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from photosort.usecases.photos.map_places import MapNames

_THUMBNAIL = 52
# At this zoom a street is as wide as a thumbnail; the lines of the map are no finer than a kilometre.
_MOST_ZOOM = 2.0**14
_COVER = QSize(_THUMBNAIL, _THUMBNAIL)
_FRAME = 2
_BADGE = 18
# A frame may take 16 ms: so much of it is left for tiles that are not painted yet.
_BUDGET_S = 0.003
_FIT = 0.8
# Zoom of a single place that is shown: a town with what lies around it.
_TOWN_ZOOM = 10.0
_MOST_CORNERS = 24
_NOTHING = 1e-12


class PlaceMap(PlaneView):
    """The world with the photos that have places.

    Signals:
        photos_opened: the photos of a cluster that does not come apart (list of ids).
        area_drawn: corners (list of latitude and longitude) of what was drawn around.
        place_clicked: where the user clicked (latitude: float, longitude: float) while `takes_places`.
        photos_dropped: photos were dropped here (the widget they come from, latitude, longitude).

    Attributes:
        takes_places: clicks tell where photos were taken instead of opening what is there.
    """

    photos_opened = Signal(list)
    area_drawn = Signal(list)
    place_clicked = Signal(float, float)
    photos_dropped = Signal(QWidget, float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(thumbnail=_THUMBNAIL, most_zoom=_MOST_ZOOM, parent=parent)
        self._tiles, self._labels = WorldTiles(), MapLabels()
        self._gathered = PlaceClusters(self._places)
        self._plates: dict[int, QPixmap] = {}
        self._widths: dict[str, int] = {}
        self._pressed: QPointF | None = None
        self._has_opened = False
        self._whole_view: tuple[object, ...] = ()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self.update)
        self._takes_places = False
        self.setAccessibleName(self.tr("Map of where photos were taken"))
        self.setAcceptDrops(True)

    def set_places(self, ids: NDArray[np.int64], places: PlaceClusters) -> None:
        """Shows photos; of a cluster the first one is the cover.

        Args:
            ids: int64, shape (n,).
            places: where each was taken.
        """
        self._gathered = places
        self.set_photos(ids, places.places)

    def set_names(self, countries: MapNames, towns: MapNames | None) -> None:
        """Shows names of countries, and of towns once they are read."""
        self._labels.set_names(countries, towns)
        self.update()

    @property
    def is_whole(self) -> bool:
        """Whether what is seen now is painted as it is to stay."""
        return self._whole_view == (self.size(), *self._corner(), *self._sides())

    @property
    def has_towns(self) -> bool:
        """Whether the names of towns are there by now."""
        return self._labels.has_towns

    @property
    def takes_places(self) -> bool:
        """Whether a click tells where photos were taken."""
        return self._takes_places

    def set_takes_places(self, *, on: bool) -> None:
        """Changes what a click means."""
        self._takes_places = on
        self._set_cursor()

    def set_lasso(self, *, on: bool) -> None:
        """Changes what dragging means."""
        self.lasso_always = on
        self._set_cursor()

    def _set_cursor(self) -> None:
        crosses = self._takes_places or self.lasso_always
        self.setCursor(Qt.CursorShape.CrossCursor if crosses else Qt.CursorShape.ArrowCursor)

    # Where things are

    def show_all_photos(self) -> None:
        """Moves and zooms so that all photos are seen."""
        if len(self._places):
            self._fit(self._places, 2**_TOWN_ZOOM * TILE_PX)

    def show_place(self, latitude: float, longitude: float) -> None:
        """Moves and zooms to a place."""
        x, y = to_plane(latitude, longitude).tolist()
        self._middle = QPointF(x, y)
        self._zoom = 2**_TOWN_ZOOM * TILE_PX / self._least_side()
        self._keep_inside()
        self.update()

    def visible_corners(self) -> list[tuple[float, float]]:
        """South-western and north-eastern corner of what is seen, in degrees."""
        first = self._plane(QPointF(0, self.height()))
        second = self._plane(QPointF(self.width(), 0))
        return [from_plane(first.x(), first.y()), from_plane(second.x(), second.y())]

    def place_at(self, point: QPointF) -> tuple[float, float]:
        """Latitude and longitude of a point of the widget."""
        at = self._plane(point)
        return from_plane(at.x(), at.y())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The world never ends within the widget."""
        super().resizeEvent(event)
        self._keep_inside()

    def _corner(self) -> tuple[float, float]:
        """The widget's upper left corner on the plane, in pixels."""
        side, _ = self._sides()
        return (
            self._middle.x() * side - self.width() / 2,
            self._middle.y() * side - self.height() / 2,
        )

    def _least_side(self) -> float:
        return float(max(self.width(), self.height(), 1))

    def _sides(self) -> tuple[float, float]:
        side = self._least_side() * self._zoom
        return side, side

    def _keep_inside(self) -> None:
        side, _ = self._sides()
        half_x, half_y = self.width() / 2 / side, self.height() / 2 / side
        self._middle = QPointF(
            min(max(self._middle.x(), half_x), 1 - half_x),
            min(max(self._middle.y(), half_y), 1 - half_y),
        )

    def _fit(self, places: NDArray[np.floating], most_side: float) -> None:
        low, high = places.min(axis=0), places.max(axis=0)
        self._middle = QPointF(*((low + high) / 2).tolist())
        room = np.array([self.width(), self.height()]) * _FIT
        side = min(float(np.min(room / np.maximum(high - low, _NOTHING))), most_side)
        self._zoom = min(max(side / self._least_side(), 1.0), self._most_zoom)
        self._keep_inside()
        self.update()

    # Clusters

    def clusters(self) -> list[Cluster]:
        """What is shown now, the largest first."""
        side, _ = self._sides()
        left, top = self._corner()
        return self._gathered.found(left, top, side, self.width(), self.height())

    def photos_of(self, cluster: Cluster) -> NDArray[np.int64]:
        """The rows of a cluster's photos, ascending."""
        return self._gathered.rows(cluster)

    def _cluster_at(self, point: QPointF) -> Cluster | None:
        for cluster in self.clusters():
            if _box(cluster).contains(point):
                return cluster
        return None

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The world, names, clusters, the lasso."""
        del event
        painter = QPainter(self)
        side, _ = self._sides()
        left, top = self._corner()
        tiles = self._tiles.paint(painter, self.size(), left, top, side, _BUDGET_S)
        clusters = self.clusters()
        taken = [_box(cluster) for cluster in clusters]
        labels = self._labels.paint(painter, self.size(), left, top, side, taken)
        self._paint_clusters(painter, clusters)
        self._paint_lasso(painter)
        if tiles and labels:
            self._whole_view = (self.size(), left, top, side, side)
        else:
            self._whole_view = ()
            self._again.start()

    def _paint_clusters(self, painter: QPainter, clusters: Sequence[Cluster]) -> None:
        wanted = []
        half = _THUMBNAIL / 2
        # Whole pixels: else each picture would be scaled.
        places = [(round(one.x - half), round(one.y - half)) for one in clusters]
        for cluster, (left, top) in zip(clusters, places, strict=True):
            photo = int(self._ids[cluster.row])
            picture = self._pictures.get(photo)
            if picture is None:
                wanted.append(photo)
                picture = self._plate(0)
            painter.drawPixmap(left, top, picture)
        font = theme.font(theme.Text.SMALL, strong=True)
        metrics = QFontMetrics(font)
        baseline = (_BADGE + metrics.ascent() - metrics.descent()) // 2
        painter.setFont(font)
        painter.setPen(theme.colour("accent_text"))
        for cluster, (left, top) in zip(clusters, places, strict=True):
            if cluster.count > 1:
                text = formatting.count(cluster.count)
                written = self._widths.get(text)
                if written is None:
                    written = self._widths[text] = metrics.horizontalAdvance(text)
                wide = max(_BADGE, written + theme.Gap.M)
                x, y = left + _THUMBNAIL + _BADGE // 3 - wide, top - _BADGE // 3
                painter.drawPixmap(x, y, self._plate(wide))
                # To have Qt centre it takes five times as long.
                painter.drawText(x + (wide - written) // 2, y + baseline, text)
        self._ask_for(wanted)

    def _fitted(self, picture: QImage) -> QPixmap:
        """A square with round corners in a frame."""
        edge = min(picture.width(), picture.height())
        part = QRectF((picture.width() - edge) / 2, (picture.height() - edge) / 2, edge, edge)
        made = self._blank(_COVER)
        scale = made.devicePixelRatio()
        scaled = picture.copy(part.toRect()).scaled(
            made.size(),
            Qt.AspectRatioMode.IgnoreAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        scaled.setDevicePixelRatio(scale)
        self._paint_plate(made, QBrush(scaled))
        return made

    def _plate(self, wide: int) -> QPixmap:
        """What a number stands on; 0 for the plate of a cover that is not there yet."""
        made = self._plates.get(wide)
        if made is None:
            made = self._plates[wide] = self._blank(QSize(wide, _BADGE) if wide else _COVER)
            if not wide:
                self._paint_plate(made, QBrush(theme.colour("hover")))
                return made
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(0, 0, wide, _BADGE), _BADGE / 2, _BADGE / 2)
            painter.end()
        return made

    def _blank(self, size: QSize) -> QPixmap:
        made = QPixmap(size * self.devicePixelRatioF())
        made.setDevicePixelRatio(self.devicePixelRatioF())
        made.fill(Qt.GlobalColor.transparent)
        return made

    def _paint_plate(self, on: QPixmap, brush: QBrush) -> None:
        painter = QPainter(on)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(QPointF(), on.deviceIndependentSize())
        area = area.adjusted(_FRAME / 2, _FRAME / 2, -_FRAME / 2, -_FRAME / 2)
        painter.setBrush(brush)
        painter.setPen(QPen(theme.colour("panel"), _FRAME))
        painter.drawRoundedRect(area, theme.CORNER_PHOTO, theme.CORNER_PHOTO)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._plates.clear()
            self._widths.clear()
            self._pictures.clear()
            self._asked.clear()
            self.update()

    # What the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begins a click, or to move the map, or a lasso."""
        super().mousePressEvent(event)
        self._pressed = self._grabbed

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Ends either."""
        super().mouseReleaseEvent(event)
        pressed, self._pressed = self._pressed, None
        if pressed is None:
            return
        moved = (event.position() - pressed).manhattanLength()
        if moved < QApplication.startDragDistance():
            self._click(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Zooms in; on a cluster the first of the two clicks did."""
        if not self._has_opened and not self._takes_places:
            self.zoom_at(2.0, event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens what is in the middle; else as every plane."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._click(QPointF(self.width() / 2, self.height() / 2))
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes photos of the window, not files of other programs."""
        if isinstance(event.source(), QWidget):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Photos were taken here."""
        source = event.source()
        if isinstance(source, QWidget):
            event.acceptProposedAction()
            self.photos_dropped.emit(source, *self.place_at(event.position()))

    def _click(self, point: QPointF) -> None:
        self._has_opened = False
        if self._takes_places:
            self.place_clicked.emit(*self.place_at(point))
            return
        cluster = self._cluster_at(point)
        if cluster is None:
            return
        self._has_opened = True
        rows = self.photos_of(cluster)
        spread = np.ptp(self._places[rows], axis=0).max() * self._least_side() * self._most_zoom
        if cluster.count > 1 and spread > APART_PX and self._zoom < self._most_zoom:
            self._fit(self._places[rows], math.inf)
        else:
            self.photos_opened.emit([int(photo) for photo in self._ids[rows]])

    def _take_lasso(self, lasso: QPolygonF | None) -> None:
        if lasso is None:
            return
        points = lasso.toList()
        step = math.ceil(len(points) / _MOST_CORNERS)
        self.area_drawn.emit([self.place_at(point) for point in points[::step]])


def _box(cluster: Cluster) -> QRectF:
    half = _THUMBNAIL / 2
    return QRectF(cluster.x - half, cluster.y - half, _THUMBNAIL, _THUMBNAIL)
