from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from photosort.gui.pages.welcome import DropTarget, WelcomePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytestmark = pytest.mark.usefixtures("themed")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def page(qtbot: QtBot) -> WelcomePage:
    made = WelcomePage(has_demo=True)
    made.resize(900, 700)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_asks_for_a_folder(page: WelcomePage, qtbot: QtBot) -> None:
    add, card, demo = page.findChildren(QPushButton)
    with qtbot.waitSignal(page.folder_asked):
        QTest.mouseClick(add, LEFT)
    with qtbot.waitSignal(page.import_asked):
        QTest.mouseClick(card, LEFT)
    with qtbot.waitSignal(page.demo_asked):
        QTest.mouseClick(demo, LEFT)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keyboard_presses_its_buttons(page: WelcomePage, qtbot: QtBot, key: Qt.Key) -> None:
    add, card, demo = page.findChildren(QPushButton)
    with qtbot.waitSignal(page.folder_asked):
        QTest.keyClick(add, key)
    with qtbot.waitSignal(page.import_asked):
        QTest.keyClick(card, key)
    with qtbot.waitSignal(page.demo_asked):
        QTest.keyClick(demo, key)


def test_takes_a_folder_that_is_dropped(page: WelcomePage, qtbot: QtBot) -> None:
    target = page.findChild(DropTarget)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/photos")])
    action, keys = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(QPoint(9, 9), action, mime, LEFT, keys))
    assert target.property("over") == "yes"
    with qtbot.waitSignal(page.paths_dropped) as dropped:
        QApplication.sendEvent(target, QDropEvent(QPointF(9, 9), action, mime, LEFT, keys))
    assert dropped.args == [["/photos"]]
    assert target.property("over") == "no"


def test_without_demonstration_photos_there_is_no_link(qtbot: QtBot) -> None:
    made = WelcomePage()
    qtbot.addWidget(made)
    assert len(made.findChildren(QPushButton)) == 2


def test_no_text_is_cut_off(page: WelcomePage) -> None:
    for label in page.findChildren(QLabel):
        if label.text():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
            assert label.wordWrap() or label.width() >= label.sizeHint().width(), label.text()
