"""Photos are forgotten for good from their menu, after a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from photosort.gui.dialogs.forget import ForgetDialog

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow


def asked(qtbot: QtBot, window: MainWindow) -> ForgetDialog:
    window.commands["forget"].trigger()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in window.findChildren(ForgetDialog)))
    (dialog,) = [one for one in window.findChildren(ForgetDialog) if one.isVisible()]
    return dialog


def press(dialog: ForgetDialog, text: str) -> None:
    (button,) = [one for one in dialog.findChildren(QPushButton) if one.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_photos_are_forgotten_after_a_question(qtbot: QtBot, indexed: MainWindow) -> None:
    selection = indexed.centre.grid.selection
    selection.go_to(0)
    selection.extend_to(1, add=False)
    gone = [int(photo) for photo in selection.ids()]
    dialog = asked(qtbot, indexed)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "2 photo" in said
    assert "cannot be undone" in said
    assert ".photosortignore" in said
    press(dialog, "Cancel")
    assert indexed.book.catalog is not None
    assert len(indexed.book.catalog) == 9

    press(asked(qtbot, indexed), "Forget for good")
    qtbot.waitUntil(lambda: indexed.book.catalog is not None and len(indexed.book.catalog) == 7)
    assert not set(gone) & set(indexed.book.catalog.ids.tolist())
