"""Histogram and clipping: what is measured, and what is shown of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from photosort.gui.base import theme
from photosort.gui.loupe.loupe import Loupe
from photosort.gui.loupe.pictures import Picture
from photosort.gui.loupe.tones import Tones, measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    Make = Callable[..., Loupe]

Key = Qt.Key
# The lengths of lines in memory are rounded up: an odd width shows whether that is minded.
WIDTH, HEIGHT = 101, 40


def striped(*colours: str) -> QImage:
    """A picture of stripes of one width."""
    image = QImage(WIDTH * len(colours), HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    for place, colour in enumerate(colours):
        painter.fillRect(QRect(place * WIDTH, 0, WIDTH, HEIGHT), QColor(colour))
    painter.end()
    return image


def test_curves_are_shares_of_the_pixels() -> None:
    tones = measure(striped("#ff0000", "#808080", "#804020", "#101010"))
    assert tones.curves.shape == (4, 256)
    assert tones.curves.sum(axis=1) == pytest.approx([1, 1, 1, 1])
    red, green, blue, luminance = tones.curves
    assert (red[255], red[0x80], red[0x10]) == (0.25, 0.5, 0.25)
    assert (green[0], green[0x80], green[0x40], green[0x10]) == (0.25, 0.25, 0.25, 0.25)
    assert (blue[0x20], blue[0x80]) == (0.25, 0.25)
    assert np.flatnonzero(luminance).tolist() == [0x10, 53, 0x4B, 0x80], "BT.709"


@pytest.mark.parametrize(
    ("colour", "is_dark", "is_bright"),
    [
        ("#000000", True, False),
        ("#010101", True, False),
        ("#020202", False, False),
        ("#000040", False, False),
        ("#ffffff", False, True),
        ("#fefefe", False, True),
        ("#fdfdfd", False, False),
        ("#ff8040", False, True),
    ],
)
def test_clipped_is_what_has_lost_its_detail(colour: str, is_dark: bool, is_bright: bool) -> None:
    tones = measure(striped("#808080", colour))
    assert tones.shadows == (0.5 if is_dark else 0)
    assert tones.highlights == (0.5 if is_bright else 0)
    clear = QColor(0, 0, 0, 0)
    expected = theme.CLIPPED_SHADOWS if is_dark else theme.CLIPPED_HIGHLIGHTS
    assert tones.marks.size().toTuple() == (2 * WIDTH, HEIGHT)
    assert tones.marks.pixelColor(WIDTH - 1, HEIGHT - 1) == clear
    marked = tones.marks.pixelColor(WIDTH, 0)
    assert marked == (QColor(expected) if is_dark or is_bright else clear)


def test_a_large_picture_has_the_curves_of_a_small_one() -> None:
    large = striped("#204060", "#808080").scaled(4000, 3000)
    assert measure(large).curves == pytest.approx(
        measure(striped("#204060", "#808080")).curves, abs=0.01
    )


@pytest.fixture
def asked() -> list[tuple[int, Picture]]:
    return []


@pytest.fixture
def loupe(make_loupe: Make, asked: list[tuple[int, Picture]]) -> Loupe:
    made = make_loupe(12)
    made.tones_asked.connect(lambda *what: asked.append(what))
    return made


def press(qtbot: QtBot, loupe: Loupe, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(loupe.view, key)


def tones_of(picture: Picture) -> Tones:
    return measure(picture.image)


def test_it_is_off_at_first_and_measures_nothing(
    qtbot: QtBot, loupe: Loupe, asked: list[tuple[int, Picture]]
) -> None:
    loupe.step(1)
    assert not loupe.has_histogram
    assert not asked
    press(qtbot, loupe, Key.Key_J)
    assert loupe.has_histogram
    assert [photo for photo, _ in asked] == [13]
    press(qtbot, loupe, Key.Key_J)
    loupe.step(1)
    assert len(asked) == 1


def test_each_photo_is_measured_once_and_late_answers_are_dropped(
    qtbot: QtBot, loupe: Loupe, asked: list[tuple[int, Picture]]
) -> None:
    press(qtbot, loupe, Key.Key_J, Key.Key_Right)
    loupe.update_photos([13])
    assert [photo for photo, _ in asked] == [12, 13]
    loupe.set_tones(*asked[0], tones_of(asked[0][1]))
    assert loupe._histogram.tones is None
    loupe.set_tones(*asked[1], tones_of(asked[1][1]))
    assert loupe._histogram.tones is not None
    assert loupe._histogram.accessibleDescription() == "Black: 0.0 %, Overexposed: 0.0 %"
    press(qtbot, loupe, Key.Key_Right)
    assert loupe._histogram.tones is None, "never that of another photo"


def test_what_is_clipped_is_marked_on_the_photo(
    qtbot: QtBot, make_loupe: Make, pictures, monkeypatch: pytest.MonkeyPatch
) -> None:
    half_white = striped("#606060", "#ffffff").scaled(900, 600)
    monkeypatch.setattr(
        pictures, "picture", lambda wanted: Picture(half_white, (900, 600), (0, 0, 900, 600))
    )
    loupe = make_loupe(12)
    loupe.tones_asked.connect(lambda photo, of: loupe.set_tones(photo, of, tones_of(of)))
    middle = loupe.view.rect().center()

    def seen(x: int) -> str:
        return loupe.view.grab().toImage().pixelColor(middle.x() + x, middle.y()).name()

    assert (seen(-200), seen(200)) == ("#606060", "#ffffff")
    press(qtbot, loupe, Key.Key_J)
    assert (seen(-200), seen(200)) == ("#606060", theme.CLIPPED_HIGHLIGHTS)
    loupe.view.zoom(2.0)
    assert seen(400) == theme.CLIPPED_HIGHLIGHTS
    press(qtbot, loupe, Key.Key_J)
    assert seen(400) == "#ffffff"


def test_it_stands_in_its_corner_over_every_photo(qtbot: QtBot, loupe: Loupe) -> None:
    press(qtbot, loupe, Key.Key_J)
    loupe.resize(900, 640)
    plate = loupe._histogram
    assert plate.geometry().bottomLeft().x() == theme.Gap.M
    assert plate.geometry().bottom() == loupe.view.height() - theme.Gap.M - 1
    assert loupe.view.rect().contains(plate.geometry())
