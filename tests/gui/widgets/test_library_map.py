from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage

from photosort.gui.base import theme
from photosort.gui.widgets.library_map import LibraryMap

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme


@pytest.fixture
def shown(qtbot: QtBot, themed: Theme) -> LibraryMap:
    """Four photos near the corners of a square map of 400 pixels."""
    del themed
    made = LibraryMap()
    qtbot.addWidget(made)
    made.resize(400, 400)
    places = np.array([[0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]], np.float32)
    made.set_map(np.array([11, 12, 13, 14]), places, [("Dogs", 1, 0.5, 0.5, 4)])
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_a_lasso_selects_what_lies_in_it(qtbot: QtBot, shown: LibraryMap) -> None:
    shown.lasso_always = True
    with qtbot.waitSignal(shown.selected) as selected:
        qtbot.mousePress(shown, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        for corner in (QPoint(395, 5), QPoint(395, 80), QPoint(5, 80)):
            qtbot.mouseMove(shown, corner)
        qtbot.mouseRelease(shown, Qt.MouseButton.LeftButton, pos=QPoint(5, 80))
    assert selected.args == [[11, 12]]


def test_zooming_keeps_what_lies_under_the_pointer(shown: LibraryMap) -> None:
    point = QPointF(360, 40)
    before = shown._plane(point)
    shown.zoom_at(4.0, point)
    after = shown._plane(point)
    assert abs(before.x() - after.x()) < 1e-6
    assert abs(before.y() - after.y()) < 1e-6
    shown.zoom_at(1e-6, point)
    assert shown.zoom == 1


def test_pictures_are_asked_for_once_and_painted(qtbot: QtBot, shown: LibraryMap) -> None:
    asked: list[int] = []
    shown.thumbnails_wanted.connect(asked.extend)
    shown.set_map(shown._ids, shown._places, [])
    shown.grab()
    shown.grab()
    assert sorted(asked) == [11, 12, 13, 14]
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    shown.set_picture(11, picture)
    at = shown._screen()[0].astype(int).tolist()
    assert shown.grab().toImage().pixelColor(*at).red() > 240


@pytest.mark.parametrize("place", [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)])
def test_no_picture_is_cut_at_the_edge(shown: LibraryMap, place: tuple[float, float]) -> None:
    shown.set_map(np.array([11]), np.array([place], np.float32), [])
    picture = QImage(60, 60, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    shown.set_picture(11, picture)
    image = shown.grab().toImage()
    reds = [
        image.pixelColor(x, y) == QColor("red")
        for x in range(image.width())
        for y in range(image.height())
    ]
    assert sum(reds) == 80 * 80


def test_no_name_is_cut_at_the_edge(shown: LibraryMap) -> None:
    far = np.ones((1, 2), np.float32)
    shown.set_map(np.array([11]), far, [("A long name of an album", 1, 0.0, 0.0, 4)])
    image = shown.grab().toImage()
    panel = [
        (x, y)
        for x in range(image.width())
        for y in range(60)
        if image.pixelColor(x, y) != theme.colour("window")
    ]
    left, right = min(x for x, _ in panel), max(x for x, _ in panel)
    wide = QFontMetrics(theme.font(theme.Text.BODY, strong=True)).horizontalAdvance(
        "A long name of an album"
    )
    assert left >= 0
    assert right - left >= wide


def test_names_stand_on_their_regions(shown: LibraryMap) -> None:
    image = shown.grab().toImage()
    assert image.pixelColor(200 - 20, 200 - 9) != theme.colour("window")


def test_the_keyboard_moves_and_zooms(qtbot: QtBot, shown: LibraryMap) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_Plus)
    assert shown.zoom > 1
    before = shown._middle.x()
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown._middle.x() > before
    qtbot.keyClick(shown, Qt.Key.Key_0)
    assert shown.zoom == pytest.approx(1)


def test_a_double_click_opens_the_photo(qtbot: QtBot, shown: LibraryMap) -> None:
    with qtbot.waitSignal(shown.photo_opened) as opened:
        qtbot.mouseDClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(360, 42))
    assert opened.args == [12]
