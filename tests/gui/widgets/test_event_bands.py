from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from photosort.gui.widgets.event_bands import Band, EventBands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme


def day(month: int, number: int) -> datetime.date:
    return datetime.date(2022, month, number)


BANDS = [
    Band(1, "Skiing, 3-9 January 2022", day(1, 3), day(1, 9)),
    Band(2, "Lisbon, 12-15 May 2022", day(5, 12), day(5, 15)),
    Band(3, "Picnic, 15 May 2022", day(5, 15), day(5, 15)),
    Band(4, "New year, 31 December 2022 - 1 January 2023", day(12, 31), datetime.date(2023, 1, 1)),
]


def shown(qtbot: QtBot, width: int = 900) -> tuple[EventBands, list[QAbstractButton]]:
    made = EventBands(2022, BANDS)
    qtbot.addWidget(made)
    made.resize(width, 200)
    with qtbot.waitExposed(made):
        made.show()
    return made, made.findChildren(QAbstractButton)


def test_bands_stand_in_the_order_of_time_and_cover_none(qtbot: QtBot, themed: Theme) -> None:
    for width in (900, 300):
        made, bands = shown(qtbot, width)
        places = [one.geometry() for one in bands]
        assert [one.text() for one in bands] == [band.name for band in BANDS]
        assert places[0].left() < places[1].left()
        assert all(one.left() >= 0 and one.right() < width for one in places)
        covered = [(a, b) for i, a in enumerate(places) for b in places[:i] if a.intersects(b)]
        assert not covered
        assert made.sizeHint().height() > max(one.bottom() for one in places)


def test_a_long_event_is_longer_than_a_short_one(qtbot: QtBot, themed: Theme) -> None:
    _, (skiing, _, picnic, _) = shown(qtbot, 2000)
    assert skiing.band_width > 3 * picnic.band_width


def test_a_band_opens_its_event_by_mouse_and_keyboard(qtbot: QtBot, themed: Theme) -> None:
    made, bands = shown(qtbot)
    with qtbot.waitSignal(made.opened, check_params_cb=lambda album: album == 2):
        qtbot.mouseClick(bands[1], Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(made.opened, check_params_cb=lambda album: album == 4):
        qtbot.keyClick(bands[3], Qt.Key.Key_Return)
    assert bands[2].accessibleName() == "Picnic, 15 May 2022"
