from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QToolButton

from photosort.domain.photos import Flag
from photosort.gui.grid.model import Marks

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.compare.compare import CompareView

    Make = Callable[..., CompareView]

Key = Qt.Key


def press(qtbot: QtBot, compare: CompareView, *keys: Key, modifier: object = Qt.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(compare.focusWidget(), key, modifier)


def places(compare: CompareView) -> list[tuple[float, ...]]:
    framings = [pane.view.framing for pane in compare.panes()]
    return [(framing.scale, *framing.centre) for framing in framings]


def test_one_photo_cannot_be_compared(make_compare: Make) -> None:
    compare = make_compare()
    with pytest.raises(ValueError, match="cannot be compared"):
        compare.open([1])


@pytest.mark.parametrize(("count", "columns"), [(2, 2), (3, 3), (4, 2)])
def test_every_photo_has_as_much_room(make_compare: Make, count: int, columns: int) -> None:
    compare = make_compare(*range(1, count + 1))
    sizes = [pane.size().toTuple() for pane in compare.panes()]
    assert max(w for w, _ in sizes) - min(w for w, _ in sizes) <= 1
    assert len({pane.x() for pane in compare.panes()}) == columns


def test_zoom_and_place_are_the_same_in_all(qtbot: QtBot, make_compare: Make) -> None:
    compare = make_compare()
    first, second, third = (pane.view for pane in compare.panes())
    second.zoom_to(1.0)
    second.pan(-200, 90)
    assert places(compare)[0] == pytest.approx(places(compare)[1])
    assert places(compare)[2] == pytest.approx(places(compare)[1])
    press(qtbot, compare, Key.Key_Plus)
    assert first.framing.scale == pytest.approx(1.25)
    assert third.framing.scale == pytest.approx(1.25)
    press(qtbot, compare, Key.Key_0, modifier=Qt.ControlModifier)
    assert all(pane.view.framing.is_fitted for pane in compare.panes())


def test_the_link_can_be_taken_away(qtbot: QtBot, make_compare: Make) -> None:
    compare = make_compare()
    press(qtbot, compare, Key.Key_L)
    first, second, _ = (pane.view for pane in compare.panes())
    first.zoom_to(1.0)
    assert second.framing.is_fitted
    press(qtbot, compare, Key.Key_L)
    assert second.framing.scale == pytest.approx(1.0), "together again, at once"


def test_a_photo_that_comes_late_is_framed_alike(
    qtbot: QtBot, make_compare: Make, pictures
) -> None:
    pictures.at_once = False
    compare = make_compare(1, 2)
    qtbot.waitUntil(lambda: bool(pictures.of(2)))
    pictures.answer(pictures.of(1)[0])
    compare.panes()[0].view.zoom_to(1.0)
    pictures.answer(pictures.of(2)[0])
    assert places(compare)[1] == pytest.approx(places(compare)[0])
    assert places(compare)[0][0] == 1.0, "what was zoomed stays so"


def test_what_is_looked_at_closely_is_decoded_for_all(
    qtbot: QtBot, make_compare: Make, pictures
) -> None:
    compare = make_compare(1, 2)
    compare.panes()[0].view.zoom_to(1.0)
    qtbot.waitUntil(lambda: {w.photo_id for w in pictures.asked if w.max_px == 6000} == {1, 2})


def test_keys_act_on_the_current_photo(qtbot: QtBot, make_compare: Make) -> None:
    compare = make_compare(7, 8, 9)
    said: list[tuple[int, object]] = []
    compare.rating_set.connect(lambda *what: said.append(what))
    compare.flag_set.connect(lambda *what: said.append(what))
    press(qtbot, compare, Key.Key_4, Key.Key_Right, Key.Key_P, Key.Key_Right, Key.Key_X)
    press(qtbot, compare, Key.Key_Right, Key.Key_U)
    press(qtbot, compare, Key.Key_2, modifier=Qt.AltModifier)
    press(qtbot, compare, Key.Key_0)
    assert said == [(7, 4), (8, Flag.PICK), (9, Flag.DISCARD), (7, None), (8, 0)]
    said.clear()
    compare.set_single_letters(on=False)
    press(qtbot, compare, Key.Key_4)
    assert not said


def test_a_click_makes_a_photo_the_current_one(qtbot: QtBot, make_compare: Make) -> None:
    compare = make_compare(7, 8, 9)
    qtbot.mouseClick(compare.panes()[2].view, Qt.MouseButton.LeftButton, pos=QPoint(20, 20))
    assert compare.current_photo() == 9


def test_buttons_act_on_their_own_photo(qtbot: QtBot, make_compare: Make, book) -> None:
    compare = make_compare(7, 8)
    said: list[tuple[int, object]] = []
    compare.rating_set.connect(lambda *what: said.append(what))
    compare.flag_set.connect(lambda *what: said.append(what))
    pane = compare.panes()[1]
    for name in ("2 star(s)", "Pick"):
        (button,) = [b for b in pane.findChildren(QToolButton) if b.accessibleName() == name]
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert said == [(8, 2), (8, Flag.PICK)]
    book.known[8] = Marks(rating=2)
    compare.update_photos([8])
    checked = [b.accessibleName() for b in pane.findChildren(QToolButton) if b.isChecked()]
    assert checked == ["2 star(s)"]


def test_photos_leave_until_two_are_left(qtbot: QtBot, make_compare: Make) -> None:
    compare = make_compare(7, 8, 9)
    closed: list[bool] = []
    compare.closed.connect(lambda: closed.append(True))
    compare.panes()[0].removed.emit()
    assert compare.photos() == [8, 9]
    assert not closed
    compare.panes()[0].removed.emit()
    assert closed
    press(qtbot, compare, Key.Key_Escape)
    assert len(closed) == 2


def test_the_best_stays_and_the_others_go(qtbot: QtBot, make_compare: Make) -> None:
    compare = make_compare(7, 8, 9)
    kept: list[tuple[int, list[int]]] = []
    closed: list[int] = []
    compare.kept.connect(lambda *what: kept.append(what))
    compare.closed.connect(closed.append)
    press(qtbot, compare, Key.Key_Right, Key.Key_K)
    assert kept == [(8, [7, 9])]
    assert closed == [8]


def test_a_burst_is_culled_by_keeping_the_best_again_and_again(
    qtbot: QtBot, make_compare: Make
) -> None:
    compare = make_compare(*range(1, 31))
    kept: list[tuple[int, list[int]]] = []
    closed: list[int] = []
    compare.kept.connect(lambda *what: kept.append(what))
    compare.closed.connect(closed.append)
    assert compare.photos() == [1, 2, 3, 4]
    assert compare._more.text() == "26 more to come"
    press(qtbot, compare, Key.Key_Right, Key.Key_K)
    assert compare.photos() == [2, 5, 6, 7], "the best stands first, the next ones beside it"
    assert compare.current_photo() == 2
    assert compare._more.text() == "23 more to come"
    while not closed:
        press(qtbot, compare, Key.Key_K)
    assert closed == [2]
    discarded = [photo for _, others in kept for photo in others]
    assert sorted(discarded) == [1, *range(3, 31)]
    assert len(kept) == 10


def test_a_photo_that_is_taken_out_makes_room_for_the_next(make_compare: Make) -> None:
    compare = make_compare(1, 2, 3, 4, 5)
    compare.panes()[1].removed.emit()
    assert compare.photos() == [1, 3, 4, 5]
    assert not compare._more.text()


def test_what_comes_next_is_framed_as_the_best_is(qtbot: QtBot, make_compare: Make) -> None:
    compare = make_compare(*range(1, 7))
    compare.panes()[1].view.zoom_to(1.0)
    press(qtbot, compare, Key.Key_Right, Key.Key_K)
    qtbot.waitUntil(lambda: all(pane.view.framing for pane in compare.panes()))
    assert all(place == pytest.approx(places(compare)[0]) for place in places(compare))
    assert compare.panes()[0].view.framing.scale == pytest.approx(1.0)


def test_each_photo_says_what_it_is(make_compare: Make) -> None:
    compare = make_compare(7, 8)
    names = [pane.view.accessibleName() for pane in compare.panes()]
    assert names[1] == "IMG_0008, 15 May 2022 18:42, Lisbon; beach, yes; 2 of 2"
    assert all(button.accessibleName() for button in compare.findChildren(QToolButton))


def test_hidden_it_holds_nothing(make_compare: Make) -> None:
    compare = make_compare()
    assert compare.pictures.held_bytes
    compare.hide()
    assert compare.pictures.held_bytes == 0
