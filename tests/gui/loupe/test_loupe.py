from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QColor, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QToolButton

from photosort.domain.photos import Flag, Kind
from photosort.gui.base import theme
from photosort.gui.grid.arrangement import DIVIDER_ID
from photosort.gui.grid.model import Marks
from photosort.gui.loupe.loupe import Loupe
from photosort.gui.loupe.pictures import Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    Make = Callable[..., Loupe]

Key = Qt.Key


def press(qtbot: QtBot, loupe: Loupe, *keys: Key, modifier: object = Qt.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(loupe.view, key, modifier)


def wheel(view: object, at: QPoint, notches: int) -> None:
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_it_says_which_photo_it_is(make_loupe: Make) -> None:
    loupe = make_loupe(12)
    spoken = "IMG_0012, 15 May 2022 18:42, Lisbon; beach, yes; 12 of 132"
    assert loupe.view.accessibleName() == spoken
    heard = QAccessible.queryAccessibleInterface(loupe.view)
    assert heard.role() == QAccessible.Role.Graphic
    assert heard.text(QAccessible.Text.Name) == spoken


def test_every_button_has_a_name_and_can_be_reached(make_loupe: Make) -> None:
    buttons = make_loupe().findChildren(QToolButton)
    assert len(buttons) == 18
    for button in buttons:
        assert button.accessibleName()
        assert button.toolTip()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_arrows_home_and_end_go_from_photo_to_photo(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(12)
    shown: list[int] = []
    loupe.current_photo_changed.connect(shown.append)
    press(qtbot, loupe, Key.Key_Right, Key.Key_PageDown, Key.Key_Left, Key.Key_End, Key.Key_Right)
    press(qtbot, loupe, Key.Key_PageUp, Key.Key_Home, Key.Key_Left)
    assert shown == [13, 14, 13, 132, 131, 1]
    assert loupe.filmstrip.currentIndex().row() == 0


def test_in_languages_from_the_right_the_left_arrow_goes_on(
    qtbot: QtBot, make_loupe: Make, qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        loupe = make_loupe(12)
        press(qtbot, loupe, Key.Key_Left)
        assert loupe.current_photo() == 13
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_neighbours_are_decoded_before_one_goes_there(make_loupe: Make, pictures) -> None:
    loupe = make_loupe(12)
    asked = list(dict.fromkeys(w.photo_id for w in pictures.asked if not w.stored))
    assert asked == [12, 13, 11, 14]
    pictures.asked.clear()
    loupe.step(1)
    assert loupe.view.framing is not None, "it is there at once"
    assert [w.photo_id for w in pictures.asked if not w.stored] == [15]


def test_until_a_photo_is_decoded_its_thumbnail_stands_there(make_loupe: Make, pictures) -> None:
    pictures.at_once = False
    loupe = make_loupe(12)
    pictures.answer(Wanted(12, 512, stored=True))
    middle = loupe.view.rect().center()
    assert loupe.view.grab().toImage().pixelColor(middle).name() == "#606060"
    assert loupe.view.framing is None
    pictures.answer(pictures.of(12)[0])
    assert loupe.view.grab().toImage().pixelColor(middle).name() == "#3060c0"


def test_the_background_is_near_black_in_both_schemes(
    make_loupe: Make, themed: theme.Theme
) -> None:
    themed.set_scheme(theme.Scheme.LIGHT)
    loupe = make_loupe()
    image = loupe.grab().toImage()
    assert image.pixelColor(2, 400).name() == "#141516"
    assert image.pixelColor(600, 2).name() == "#141516"
    assert image.pixelColor(3, 797).name() == "#141516"


def test_zooming_asks_for_finer_pictures(qtbot: QtBot, make_loupe: Make, pictures) -> None:
    loupe = make_loupe(12)
    press(qtbot, loupe, Key.Key_1, modifier=Qt.ControlModifier)
    assert loupe.view.framing.scale == 1.0
    qtbot.waitUntil(lambda: Wanted(12, 6000) in pictures.asked)
    press(qtbot, loupe, Key.Key_0, modifier=Qt.ControlModifier)
    assert loupe.view.framing.is_fitted
    press(qtbot, loupe, Key.Key_Plus)
    closer = loupe.view.framing.scale
    press(qtbot, loupe, Key.Key_Plus)
    assert loupe.view.framing.scale > closer
    press(qtbot, loupe, Key.Key_Minus)
    assert loupe.view.framing.scale == pytest.approx(closer)
    press(qtbot, loupe, Key.Key_Z)
    assert loupe.view.framing.is_fitted


def test_the_wheel_zooms_to_the_pointer(make_loupe: Make) -> None:
    view = make_loupe().view
    view.zoom_to(1.0)
    at = QPoint(300, 200)
    before = view.framing.point_at((300, 200))
    scale = view.framing.scale
    wheel(view, at, 2)
    assert view.framing.scale == pytest.approx(scale * 1.2**2)
    assert view.framing.point_at((300, 200)) == pytest.approx(before)


def test_double_click_and_drag(qtbot: QtBot, make_loupe: Make) -> None:
    view = make_loupe().view
    fitted = view.framing
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert view.framing.scale == 1.0
    assert view.cursor().shape() == Qt.CursorShape.OpenHandCursor
    before = view.framing.centre
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    qtbot.mouseMove(view, QPoint(340, 230))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(340, 230))
    assert view.framing.centre == pytest.approx((before[0] - 40, before[1] - 30))
    qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(300, 200))
    assert view.framing == fitted


def test_keys_pan(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe()
    loupe.view.zoom_to(1.0)
    x, y = loupe.view.framing.centre
    press(qtbot, loupe, Key.Key_Right, Key.Key_Down, modifier=Qt.ShiftModifier)
    assert loupe.view.framing.centre == pytest.approx((x + 80, y + 80))
    assert loupe.current_photo() == 12


def test_a_huge_photo_says_how_closely_it_can_be_seen(
    qtbot: QtBot, make_loupe: Make, pictures
) -> None:
    pictures.size, pictures.finest = (40_000, 9_000), 0.5
    loupe = make_loupe()
    loupe.view.zoom_to(1.0)
    qtbot.waitUntil(lambda: any(w.region for w in pictures.asked))
    assert "50 %" in loupe.view._note


def test_rating_and_flags_are_told_not_kept(qtbot: QtBot, make_loupe: Make, book) -> None:
    loupe = make_loupe(12)
    said: list[tuple[int, object]] = []
    loupe.rating_set.connect(lambda *what: said.append(what))
    loupe.flag_set.connect(lambda *what: said.append(what))
    press(qtbot, loupe, Key.Key_4, Key.Key_0, Key.Key_P, Key.Key_X, Key.Key_U)
    assert said == [(12, 4), (12, 0), (12, Flag.PICK), (12, Flag.DISCARD), (12, None)]
    said.clear()
    book.known[12] = Marks(rating=3, flag=Flag.PICK)
    loupe.update_photos([12])
    for name in ("3 star(s)", "5 star(s)", "Pick", "Discard"):
        (button,) = [b for b in loupe.findChildren(QToolButton) if b.accessibleName() == name]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == [(12, 0), (12, 5), (12, None), (12, Flag.DISCARD)]
    checked = [b.accessibleName() for b in loupe.findChildren(QToolButton) if b.isChecked()]
    assert checked == ["3 star(s)", "Pick"], "what is shown is what the book says"


def test_letters_can_be_switched_off_and_arrows_stay(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(12)
    said: list[object] = []
    loupe.rating_set.connect(lambda *what: said.append(what))
    loupe.set_single_letters(on=False)
    press(qtbot, loupe, Key.Key_4, Key.Key_P, Key.Key_Right)
    assert not said
    assert loupe.current_photo() == 13


def test_information_comes_when_asked_for(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(12)
    asked: list[int] = []
    loupe.information_asked.connect(asked.append)
    press(qtbot, loupe, Key.Key_I)
    loupe.set_information(12, [("", "IMG_0012.JPG"), ("Caption", "word " * 2000)])
    plate = loupe._information
    assert plate.isVisible()
    assert loupe.view.rect().contains(plate.geometry())
    loupe.set_information(99, [("Camera", "another photo's")])
    assert "another" not in "".join(
        label.text() for label in plate.findChildren(type(loupe._bar._position))
    )
    press(qtbot, loupe, Key.Key_Right, Key.Key_I)
    assert asked == [12, 13]
    assert not plate.isVisible()


@pytest.mark.parametrize(
    ("marks", "words"),
    [
        (Marks(is_offline=True), "not connected"),
        (Marks(kind=Kind.VIDEO), "video player"),
        (Marks(problem="The picture is cut short."), "cut short"),
    ],
)
def test_what_cannot_be_decoded_is_not_and_its_thumbnail_stands_there(
    make_loupe: Make, book, pictures, marks: Marks, words: str
) -> None:
    book.known[12] = marks
    loupe = make_loupe(12)
    assert words in loupe.view.message
    assert not pictures.of(12)
    image = loupe.view.grab().toImage()
    assert image.pixelColor(loupe.view.rect().center()).name() == "#606060"


def test_a_photo_deleted_meanwhile_is_a_sentence(make_loupe: Make, pictures) -> None:
    pictures.problems[13] = "The file is no longer there."
    loupe = make_loupe(12)
    loupe.step(1)
    assert loupe.view.message == "The file is no longer there."
    loupe.step(-1)
    assert loupe.view.message == ""


def test_enter_plays_a_video(qtbot: QtBot, make_loupe: Make, book) -> None:
    book.known[13] = Marks(kind=Kind.VIDEO)
    loupe = make_loupe(12)
    played: list[int] = []
    loupe.open_asked.connect(played.append)
    press(qtbot, loupe, Key.Key_Return, Key.Key_Right, Key.Key_Return)
    assert played == [13]


def test_when_photos_go_the_next_one_is_shown(make_loupe: Make) -> None:
    loupe = make_loupe(12)
    closed: list[int] = []
    loupe.closed.connect(closed.append)
    ids = np.arange(1, 133)
    loupe.set_photos(ids[::-1])
    assert loupe.current_photo() == 12
    assert loupe.position == (121, 132)
    loupe.set_photos(ids[ids != 12][::-1])
    assert loupe.current_photo() == 11
    loupe.set_photos(np.array([5]))
    assert loupe.current_photo() == 5
    loupe.set_photos(np.empty(0, np.int64))
    assert len(closed) == 1


def test_dividers_are_no_photos(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe()
    loupe.open(np.array([1, 2, DIVIDER_ID, 3]), 2)
    press(qtbot, loupe, Key.Key_Right)
    assert loupe.current_photo() == 3
    assert loupe.position == (3, 3)


def test_the_slideshow_waits_for_each_photo_pauses_and_ends(
    qtbot: QtBot, make_loupe: Make, pictures
) -> None:
    loupe = make_loupe(131)
    show = loupe.slideshow
    press(qtbot, loupe, Key.Key_F5)
    assert show.is_running
    pictures.at_once = False
    show.advanced.emit()
    assert loupe.current_photo() == 132
    assert show._timer.isActive(), "it was decoded ahead"
    show.advanced.emit()
    assert loupe.current_photo() == 1
    assert not show._timer.isActive(), "nothing to see yet"
    qtbot.waitUntil(lambda: bool(pictures.of(1)))
    pictures.answer(pictures.of(1)[0])
    assert show._timer.isActive()
    press(qtbot, loupe, Key.Key_Space)
    assert show.is_paused
    assert not show._timer.isActive()
    press(qtbot, loupe, Key.Key_Space)
    assert show._timer.isActive()
    press(qtbot, loupe, Key.Key_Escape)
    assert not show.is_running
    assert loupe.isVisible()


def test_the_slideshow_goes_on_by_itself(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(12)
    loupe.slideshow._timer.setInterval(1)
    press(qtbot, loupe, Key.Key_F5)
    qtbot.waitUntil(lambda: loupe.current_photo() > 14)
    loupe.slideshow.stop()


def test_bars_leave_the_whole_screen_and_come_back(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe()
    asked: list[bool] = []
    loupe.full_screen_asked.connect(asked.append)
    press(qtbot, loupe, Key.Key_F11)
    assert asked == [True]
    loupe.set_full_screen(on=True)
    loupe.view.setFocus()
    loupe._bars._timer.setInterval(1)
    loupe.set_full_screen(on=True)
    qtbot.waitUntil(loupe.filmstrip.isHidden)
    assert loupe._bar.isHidden()
    loupe._bars._timer.setInterval(60_000)
    qtbot.mouseMove(loupe.view, QPoint(50, 60))
    qtbot.mouseMove(loupe.view, QPoint(70, 60))
    qtbot.waitUntil(lambda: not loupe._bar.isHidden())
    press(qtbot, loupe, Key.Key_Escape)
    assert asked == [True, False]


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_G, Key.Key_Space])
def test_back(qtbot: QtBot, make_loupe: Make, key: Key) -> None:
    loupe = make_loupe(12)
    closed: list[int] = []
    loupe.closed.connect(closed.append)
    press(qtbot, loupe, Key.Key_Right, key)
    assert closed == [13]


def test_hidden_it_holds_nothing(make_loupe: Make) -> None:
    loupe = make_loupe()
    assert loupe.pictures.held_bytes
    loupe.hide()
    assert loupe.pictures.held_bytes == 0


def test_the_filmstrip_asks_for_what_is_on_screen_only(
    qtbot: QtBot, make_loupe: Make, thumbnails
) -> None:
    loupe = make_loupe(50_000, count=100_000)
    qtbot.waitUntil(lambda: 50_000 in thumbnails.asked)
    strip = loupe.filmstrip
    assert len(strip.rows()) < 20
    assert len(set(thumbnails.asked)) < 60
    assert strip.visualRect(strip.currentIndex()).center().x() == pytest.approx(600, abs=40)


def test_the_filmstrip_leads_anywhere(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(12)
    strip = loupe.filmstrip
    at = strip.visualRect(strip.model().index(14)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert loupe.current_photo() == 15
    assert QAccessible.queryAccessibleInterface(strip).role() == QAccessible.Role.List
    QAbstractItemModelTester(strip.model(), QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_the_current_photo_has_its_ring_in_the_filmstrip(qtbot: QtBot, make_loupe: Make) -> None:
    loupe = make_loupe(3)
    strip = loupe.filmstrip
    image = strip.viewport().grab().toImage()
    cell = strip.visualRect(strip.currentIndex())
    colours = {
        image.pixelColor(x, cell.center().y()).name() for x in range(cell.left(), cell.right())
    }
    assert QColor(theme.DARK.accent).name() in colours


def test_it_goes_on_after_a_decision_where_that_is_wanted(
    qtbot: QtBot, make_loupe: Make, book
) -> None:
    loupe = make_loupe(12, count=14)
    said: list[tuple[int, object]] = []
    loupe.rating_set.connect(lambda *what: said.append(what))
    loupe.flag_set.connect(lambda *what: said.append(what))
    press(qtbot, loupe, Key.Key_4)
    assert loupe.current_photo() == 12, "not as long as nobody asked for it"
    loupe.set_advance(on=True)
    press(qtbot, loupe, Key.Key_P, Key.Key_X)
    assert loupe.current_photo() == 14
    press(qtbot, loupe, Key.Key_5)
    assert loupe.current_photo() == 14, "the last one stays"
    assert said == [(12, 4), (12, Flag.PICK), (13, Flag.DISCARD), (14, 5)]
