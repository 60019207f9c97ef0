"""The slideshow: its movement, its keys, and the whole screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from photosort.gui.base.theme import Motion
from photosort.gui.loupe.framing import Framing
from photosort.gui.loupe.pan_zoom import PanZoom, path

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.loupe.loupe import Loupe

    Make = Callable[..., Loupe]

Key = Qt.Key
SCREEN = (1920.0, 1080.0)


def press(qtbot: QtBot, loupe: Loupe, *keys: Key) -> None:
    for key in keys:
        qtbot.keyClick(loupe.view, key)


@pytest.fixture
def moving(make_loupe: Make, themed: Theme, qtbot: QtBot) -> tuple[Loupe, PanZoom]:
    """A slideshow that has begun, with animations."""
    themed.set_motion(Motion.FULL)
    loupe = make_loupe(12)
    press(qtbot, loupe, Key.Key_F5)
    (pan,) = loupe.view.findChildren(PanZoom)
    return loupe, pan


@pytest.mark.parametrize("photo", [(6000, 4000), (4000, 6000), (12000, 2000), (300, 200)])
def test_the_movement_never_opens_a_gap_at_an_edge(photo: tuple[float, float]) -> None:
    whole = Framing.fit(photo, SCREEN)
    for number in range(8):
        start, end = path(whole, number)
        scales = [start.towards(end, step / 20).scale for step in range(21)]
        assert scales == sorted(scales, reverse=bool(number % 2)), "every other one goes farther"
        assert max(scales) / min(scales) == pytest.approx(1.18)
        for step in range(21):
            left, top, width, height = start.towards(end, step / 20).rect
            for begin, length, room in ((left, width, SCREEN[0]), (top, height, SCREEN[1])):
                if length < room:
                    assert begin == pytest.approx((room - length) / 2, abs=1e-6)
                else:
                    assert begin <= 1e-6
                    assert begin + length >= room - 1e-6


def test_photos_move_while_they_are_shown_and_rest_while_it_pauses(
    qtbot: QtBot, moving: tuple[Loupe, PanZoom]
) -> None:
    loupe, pan = moving
    assert pan.is_moving
    whole = loupe.view.framing
    assert whole is not None
    pan._animation.setCurrentTime(2_000)
    assert loupe.view.framing.scale > whole.fit_scale
    press(qtbot, loupe, Key.Key_Space)
    assert not pan.is_moving
    paused = pan._animation.currentTime()
    press(qtbot, loupe, Key.Key_Space)
    assert pan.is_moving
    assert pan._animation.currentTime() >= paused
    press(qtbot, loupe, Key.Key_Right)
    assert loupe.current_photo() == 13
    assert pan.is_moving
    assert pan._animation.duration() == loupe.slideshow.interval_ms
    press(qtbot, loupe, Key.Key_Escape)
    assert not pan.is_moving
    assert loupe.view.framing.is_fitted


def test_who_takes_hold_of_a_photo_keeps_it(qtbot: QtBot, moving: tuple[Loupe, PanZoom]) -> None:
    loupe, pan = moving
    pan._animation.setCurrentTime(1_000)
    loupe.resize(900, 640)
    pan._animation.setCurrentTime(1_500)
    assert pan.is_moving, "another size is followed"
    loupe.view.zoom(1.5)
    assert not pan.is_moving
    assert loupe.slideshow.is_running


def test_nothing_moves_where_animations_are_unwanted(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(12)
    press(qtbot, loupe, Key.Key_F5)
    (pan,) = loupe.view.findChildren(PanZoom)
    assert loupe.slideshow.is_running
    assert not pan.is_moving
    assert loupe.view.framing.is_fitted
    loupe.slideshow.stop()


def test_it_takes_the_whole_screen_and_gives_it_back(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(12)
    asked: list[bool] = []
    closed: list[int] = []
    loupe.full_screen_asked.connect(asked.append)
    loupe.full_screen_asked.connect(lambda on: loupe.set_full_screen(on=on))
    loupe.closed.connect(closed.append)
    press(qtbot, loupe, Key.Key_F5, Key.Key_Escape)
    assert (asked, closed) == ([True, False], [])
    press(qtbot, loupe, Key.Key_F11, Key.Key_F5, Key.Key_Escape)
    assert asked == [True, False, True], "what was full before stays so"
    press(qtbot, loupe, Key.Key_Escape)
    loupe.start_slideshow(leaves=True)
    press(qtbot, loupe, Key.Key_Escape)
    assert closed == [12], "begun among the photos, it ends there"
    assert asked[-1] is False
