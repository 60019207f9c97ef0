from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QDropEvent, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from photosort.gui.base import theme
from photosort.gui.base.theme import Scheme
from photosort.gui.widgets.map_labels import MapLabels
from photosort.gui.widgets.place_clusters import APART_PX, PlaceClusters
from photosort.gui.widgets.place_map import PlaceMap
from photosort.gui.widgets.small_map import SmallMap
from photosort.media.world_map import to_plane
from photosort.usecases.photos.map_places import MapNames

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme

LEFT = Qt.MouseButton.LeftButton
LISBON, PORTO, OSLO = (38.7223, -9.1393), (41.1496, -8.6110), (59.91, 10.75)


def located(latitudes: NDArray[np.float64], longitudes: NDArray[np.float64]) -> PlaceClusters:
    return PlaceClusters(to_plane(latitudes, longitudes))


@pytest.fixture
def shown(qtbot: QtBot, themed: Theme) -> PlaceMap:
    """Three photos in Lisbon, one in Porto and one in Oslo, all in sight."""
    del themed
    made = PlaceMap()
    qtbot.addWidget(made)
    made.resize(640, 480)
    where = np.array([LISBON, LISBON, LISBON, PORTO, OSLO])
    made.set_places(np.array([11, 12, 13, 14, 15]), located(where[:, 0], where[:, 1]))
    with qtbot.waitExposed(made):
        made.show()
    made.show_all_photos()
    return made


def point_of(shown: PlaceMap, place: tuple[float, float]) -> QPoint:
    """Where a place is in the widget."""
    x, y = to_screen(shown, place)
    return QPoint(round(x), round(y))


def to_screen(shown: PlaceMap, place: tuple[float, float]) -> tuple[float, float]:
    row = {LISBON: 0, PORTO: 3, OSLO: 4}[place]
    x, y = shown._screen()[row].tolist()
    return x, y


def settled(qtbot: QtBot, shown: PlaceMap) -> QImage:
    """The map once everything is painted."""

    def is_painted() -> bool:
        shown.grab()
        return shown.is_whole

    qtbot.waitUntil(is_painted)
    return shown.grab().toImage()


def test_all_photos_are_in_sight_at_first(shown: PlaceMap) -> None:
    at = shown._screen()
    assert (at > 0).all()
    assert (at < [640, 480]).all()


def test_photos_near_each_other_share_a_cover(shown: PlaceMap) -> None:
    found = shown.clusters()
    assert sorted(cluster.count for cluster in found) == [1, 4]
    (large,) = (cluster for cluster in found if cluster.count == 4)
    # The first one is the best.
    assert large.row == 0
    assert sorted(shown._ids[shown.photos_of(large)].tolist()) == [11, 12, 13, 14]


def test_no_two_covers_lie_on_each_other_and_no_photo_is_lost(
    qtbot: QtBot, shown: PlaceMap
) -> None:
    random = np.random.default_rng(3)
    ids = np.arange(3000)
    shown.set_places(ids, located(random.normal(40, 3, 3000), random.normal(-5, 4, 3000)))
    shown.show_all_photos()
    found = shown.clusters()
    assert sum(cluster.count for cluster in found) == 3000
    for place, one in enumerate(found):
        for other in found[:place]:
            assert max(abs(one.x - other.x), abs(one.y - other.y)) >= APART_PX
    rows = np.concatenate([shown.photos_of(cluster) for cluster in found])
    assert sorted(rows.tolist()) == ids.tolist()
    assert [len(shown.photos_of(cluster)) for cluster in found] == [one.count for one in found]
    settled(qtbot, shown)


def test_a_click_on_a_cluster_goes_nearer_until_it_comes_apart(
    qtbot: QtBot, shown: PlaceMap
) -> None:
    before = shown.zoom
    (large,) = (one for one in shown.clusters() if one.count == 4)
    qtbot.mouseClick(shown, LEFT, pos=QPoint(round(large.x), round(large.y)))
    assert shown.zoom > before
    assert sorted(one.count for one in shown.clusters()) == [1, 3]


def test_a_cluster_that_does_not_come_apart_is_opened(qtbot: QtBot, shown: PlaceMap) -> None:
    shown.show_place(*LISBON)
    with qtbot.waitSignal(shown.photos_opened) as opened:
        qtbot.mouseClick(shown, LEFT, pos=point_of(shown, LISBON))
    assert opened.args == [[11, 12, 13]]


def test_one_photo_is_opened_and_dragging_opens_none(qtbot: QtBot, shown: PlaceMap) -> None:
    at = point_of(shown, OSLO)
    with qtbot.waitSignal(shown.photos_opened) as opened:
        qtbot.mouseClick(shown, LEFT, pos=at)
    assert opened.args == [[15]]
    shown.zoom_at(4, QPointF(at))
    before = point_of(shown, OSLO)
    with qtbot.assertNotEmitted(shown.photos_opened):
        qtbot.mousePress(shown, LEFT, pos=before)
        qtbot.mouseMove(shown, before + QPoint(40, 25))
        qtbot.mouseRelease(shown, LEFT, pos=before + QPoint(40, 25))
    assert (point_of(shown, OSLO) - before - QPoint(40, 25)).manhattanLength() <= 2


def test_a_lasso_tells_its_corners(qtbot: QtBot, shown: PlaceMap) -> None:
    shown.set_lasso(on=True)
    assert shown.cursor().shape() == Qt.CursorShape.CrossCursor
    at = point_of(shown, OSLO)
    corners = [at + QPoint(*by) for by in ((-30, -30), (30, -30), (30, 30), (-30, 30))]
    with qtbot.waitSignal(shown.area_drawn) as drawn:
        qtbot.mousePress(shown, LEFT, pos=corners[0])
        for corner in corners[1:]:
            qtbot.mouseMove(shown, corner)
        qtbot.mouseRelease(shown, LEFT, pos=corners[-1])
    assert drawn.args is not None
    (found,) = drawn.args
    assert len(found) == 4
    north, east = zip(*found, strict=True)
    assert min(north) < OSLO[0] < max(north)
    assert min(east) < OSLO[1] < max(east)


def test_a_long_lasso_keeps_few_corners(qtbot: QtBot, shown: PlaceMap) -> None:
    turns = [2 * math.pi * step / 200 for step in range(200)]
    points = [QPoint(round(320 + 90 * math.cos(t)), round(240 + 90 * math.sin(t))) for t in turns]
    with qtbot.waitSignal(shown.area_drawn) as drawn:
        qtbot.mousePress(shown, LEFT, Qt.KeyboardModifier.ShiftModifier, points[0])
        for point in points[1:]:
            qtbot.mouseMove(shown, point)
        qtbot.mouseRelease(shown, LEFT, Qt.KeyboardModifier.ShiftModifier, points[-1])
    assert drawn.args is not None
    assert 12 <= len(drawn.args[0]) <= 24


def test_zooming_keeps_what_lies_under_the_pointer(shown: PlaceMap) -> None:
    point = QPointF(360, 240)
    before = shown.place_at(point)
    shown.zoom_at(4.0, point)
    assert shown.place_at(point) == pytest.approx(before)


def test_the_world_never_ends_within_the_widget(qtbot: QtBot, shown: PlaceMap) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_0)
    assert shown.zoom == 1
    for _ in range(40):
        qtbot.keyClick(shown, Qt.Key.Key_Up)
        qtbot.keyClick(shown, Qt.Key.Key_Left)
    (south, west), (north, east) = shown.visible_corners()
    assert west == pytest.approx(-180)
    assert east == pytest.approx(180)
    assert south < north <= 85.06
    shown.resize(300, 700)
    _, (north, _) = shown.visible_corners()
    assert north <= 85.06


def test_keys_move_and_zoom(qtbot: QtBot, shown: PlaceMap) -> None:
    before, middle = shown.zoom, shown.place_at(QPointF(320, 240))
    qtbot.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.zoom > before
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown.place_at(QPointF(320, 240))[1] > middle[1]
    qtbot.keyClick(shown, Qt.Key.Key_Minus)
    assert shown.zoom == pytest.approx(before)


def test_a_double_click_goes_nearer(qtbot: QtBot, shown: PlaceMap) -> None:
    before, point = shown.zoom, QPoint(500, 300)
    qtbot.mouseDClick(shown, LEFT, pos=point)
    assert shown.zoom == pytest.approx(2 * before)


def test_a_click_tells_a_place_while_photos_wait_for_one(qtbot: QtBot, shown: PlaceMap) -> None:
    shown.set_takes_places(on=True)
    with qtbot.waitSignal(shown.place_clicked) as clicked:
        qtbot.mouseClick(shown, LEFT, pos=point_of(shown, OSLO))
    assert clicked.args == pytest.approx(list(OSLO), abs=0.1)


def test_photos_are_dropped(qtbot: QtBot, shown: PlaceMap) -> None:
    class FromTray(QDropEvent):
        def source(self) -> QWidget:
            return shown

    event = FromTray(
        QPointF(point_of(shown, OSLO)),
        Qt.DropAction.CopyAction,
        QMimeData(),
        LEFT,
        Qt.KeyboardModifier.NoModifier,
    )
    with qtbot.waitSignal(shown.photos_dropped) as dropped:
        shown.dropEvent(event)
    assert dropped.args is not None
    assert dropped.args[0] is shown
    assert dropped.args[1:] == pytest.approx(list(OSLO), abs=0.1)


def test_pictures_are_asked_for_once_and_painted(qtbot: QtBot, shown: PlaceMap) -> None:
    asked: list[int] = []
    shown.thumbnails_wanted.connect(asked.extend)
    shown.set_photos(shown._ids, shown._places)
    settled(qtbot, shown)
    assert sorted(asked) == [11, 15]
    picture = QImage(90, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    shown.set_picture(15, picture)
    at = point_of(shown, OSLO)
    assert settled(qtbot, shown).pixelColor(at).red() > 240


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_land_and_sea_are_painted_in_the_theme(
    qtbot: QtBot, themed: Theme, shown: PlaceMap, scheme: Scheme
) -> None:
    themed.set_scheme(scheme)
    shown.set_places(np.zeros(0, np.int64), located(np.zeros(0), np.zeros(0)))
    for zoom in (4, 256, 8000):
        shown.show_place(45.0, 20.0)
        shown.zoom_at(zoom / shown.zoom, QPointF(320, 240))
        # Serbia; of the sea there is more than enough in the west at the first zoom.
        image = settled(qtbot, shown)
        assert image.pixelColor(320, 240) == theme.colour("land")
    shown.show_place(30.0, -45.0)
    image = settled(qtbot, shown)
    assert image.pixelColor(320, 240) == theme.colour("sea")


def labelled(taken: list[QRectF]) -> QImage:
    """Two towns beside each other in the middle of a red picture, and one that is too small for the zoom."""
    points = np.array([[0.5, 0.5], [0.501, 0.5], [0.52, 0.5]])
    towns = MapNames(("Lisbon", "Lisboa", "Nowhere"), points, np.array([2.0, 3.0, 9.0]))
    labels = MapLabels()
    labels.set_names(MapNames((), np.zeros((0, 2)), np.zeros(0)), towns)
    picture = QPixmap(400, 400)
    picture.fill(QColor("red"))
    painter = QPainter(picture)
    assert labels.paint(painter, picture.size(), 824, 824, 2048, taken)
    painter.end()
    return picture.toImage()


def test_names_stand_beside_their_dots_where_there_is_room(themed: Theme) -> None:
    del themed
    red = QColor("red")
    image = labelled([])
    assert image.pixelColor(200, 200) != red
    right = [image.pixelColor(x, y) for x in range(206, 240) for y in range(192, 208)]
    left = [image.pixelColor(x, y) for x in range(160, 194) for y in range(192, 208)]
    # The second town's name has no room right of the first one's.
    assert any(colour != red for colour in right)
    assert any(colour != red for colour in left)
    assert all(image.pixelColor(x, 200) == red for x in range(250, 400))
    everywhere = labelled([QRectF(0, 0, 400, 400)])
    assert all(everywhere.pixelColor(x, 200) == red for x in range(400))


def test_the_small_map_shows_a_place_and_asks_for_the_large_one(
    qtbot: QtBot, themed: Theme
) -> None:
    del themed
    made = SmallMap()
    qtbot.addWidget(made)
    made.set_place(None)
    assert made.isHidden()
    made.resize(240, 112)
    made.set_place(OSLO)
    with qtbot.waitExposed(made):
        made.show()
    assert made.grab().toImage().pixelColor(120, 56) == theme.colour("accent")
    with qtbot.waitSignal(made.asked) as asked:
        qtbot.mouseClick(made, LEFT)
    assert asked.args == list(OSLO)
