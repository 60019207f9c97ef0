from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from photosort.gui.widgets.flow import Flow

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def block(width: int, *, expands: bool = False) -> QWidget:
    made = QWidget()
    made.setMinimumSize(QSize(width, 20))
    if expands:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def flowing(qtbot: QtBot, width: int, *blocks: QWidget) -> Flow:
    flow = Flow(gap=4)
    qtbot.addWidget(flow)
    for one in blocks:
        flow.add(one)
    flow.resize(width, 200)
    flow.show()
    return flow


def test_breaks_into_lines(qtbot: QtBot) -> None:
    blocks = [block(60), block(60), block(60)]
    flow = flowing(qtbot, 130, *blocks)
    assert [(b.x(), b.y()) for b in blocks] == [(0, 0), (64, 0), (0, 24)]
    assert flow.heightForWidth(130) == 44
    assert flow.heightForWidth(1000) == 20


def test_mirrors_for_right_to_left(qtbot: QtBot) -> None:
    blocks = [block(60), block(40)]
    flow = flowing(qtbot, 200, *blocks)
    flow.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert [b.x() for b in blocks] == [140, 96]


def test_what_expands_takes_the_rest_of_its_line(qtbot: QtBot) -> None:
    blocks = [block(60), block(50, expands=True)]
    _flow = flowing(qtbot, 200, *blocks)
    assert blocks[1].width() == 200 - 64


def test_a_line_of_its_own(qtbot: QtBot) -> None:
    blocks = [block(30), block(30)]
    flow = flowing(qtbot, 200, *blocks)
    alone = block(30)
    flow.add(alone, place=1, own_line=True)
    placed = [(b.x(), b.y(), b.width()) for b in flow.widgets()]
    assert placed == [(0, 0, 30), (0, 24, 200), (0, 48, 30)]
    flow.discard(alone)
    assert [(b.x(), b.y()) for b in blocks] == [(0, 0), (34, 0)]


def test_hidden_widgets_take_no_room(qtbot: QtBot) -> None:
    blocks = [block(60), block(60)]
    _flow = flowing(qtbot, 200, *blocks)
    blocks[0].hide()
    QApplication.processEvents()
    assert blocks[1].x() == 0


def test_a_widget_that_was_hidden_stays_so(qtbot: QtBot) -> None:
    hidden = block(60)
    hidden.hide()
    _flow = flowing(qtbot, 200, hidden)
    assert not hidden.isVisible()


def test_follows_a_widget_that_grows(qtbot: QtBot) -> None:
    blocks = [block(60), block(60)]
    flow = flowing(qtbot, 130, *blocks)
    blocks[0].setMinimumWidth(100)
    QApplication.processEvents()
    assert blocks[1].y() == 24
    assert flow.heightForWidth(130) == 44


def test_taken_out_widgets_are_gone(qtbot: QtBot) -> None:
    blocks = [block(10) for _ in range(50)]
    flow = flowing(qtbot, 200, *blocks)
    flow.clear()
    assert flow.widgets() == []
    assert flow.heightForWidth(100) == 0


def test_what_is_wider_than_everything_is_squeezed(qtbot: QtBot) -> None:
    wide = QWidget()
    wide.setFixedHeight(20)
    wide.sizeHint = lambda: QSize(500, 20)  # type: ignore[method-assign]
    _flow = flowing(qtbot, 200, wide)
    assert wide.width() == 200
