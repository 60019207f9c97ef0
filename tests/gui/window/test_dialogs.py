"""Dialogs above the real window: export, preferences, keys, a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QLabel

from photosort.gui.base.theme import Scheme
from photosort.gui.dialogs.crash import CrashDialog
from photosort.gui.dialogs.export_copies import ExportCopiesDialog
from photosort.gui.dialogs.preferences import PreferencesDialog
from photosort.gui.dialogs.shortcut_sheet import ShortcutSheet, keys_of
from photosort.settings import Settings
from photosort.usecases.exporting import ExportOptions

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.window import MainWindow


def open_dialog(window: MainWindow, kind: type[QDialog]) -> QDialog:
    (dialog,) = [one for one in window.findChildren(kind) if one.isVisible()]
    return dialog


def test_export_copies(qtbot: QtBot, indexed: MainWindow, tmp_path: Path) -> None:
    indexed.centre.grid.selection.select_all()
    indexed.commands["export"].trigger()
    dialog = open_dialog(indexed, ExportCopiesDialog)
    assert isinstance(dialog, ExportCopiesDialog)
    dialog.export_asked.emit(ExportOptions(to=tmp_path / "out"))
    qtbot.waitUntil(lambda: len(list((tmp_path / "out").glob("*.jpg"))) == 9, timeout=20_000)
    qtbot.waitUntil(lambda: "9" in dialog._state.text())
    dialog.reject()


def test_preferences_hold_at_once(qtbot: QtBot, indexed: MainWindow, themed: Theme) -> None:
    indexed.commands["preferences"].trigger()
    dialog = open_dialog(indexed, PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    dialog.changed.emit(Settings(scheme="light", motion="none", cell_edge_px=96))
    assert themed.scheme is Scheme.LIGHT
    assert indexed.centre.grid.edge == 96
    assert indexed.settings().scheme == "light"
    dialog.reject()


def test_a_folder_leaves_the_library_and_comes_back(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.commands["preferences"].trigger()
    dialog = open_dialog(indexed, PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    dialog.folder_remove_asked.emit(1)
    qtbot.waitUntil(lambda: indexed.book.catalog is not None and not len(indexed.book.catalog))
    dialog.reject()
    qtbot.waitUntil(lambda: "Removed the folder" in indexed.commands["undo"].text())
    indexed.photos.undo()
    qtbot.waitUntil(lambda: indexed.book.catalog is not None and len(indexed.book.catalog) == 9)


def test_the_sheet_of_keys(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.commands["shortcuts"].trigger()
    sheet = open_dialog(indexed, ShortcutSheet)
    shown = {label.text() for label in sheet.findChildren(QLabel)}
    assert indexed._library is not None
    large = indexed._library.large.commands()
    assert {title for title, _ in large} <= shown
    commands = list(indexed.commands.by_name.values())
    for actions in (commands, *(actions for _, actions in large)):
        for text, keys in keys_of(actions):
            assert {text, keys} <= shown
    pressed = (
        indexed.commands["shortcuts"].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    )
    assert pressed in shown
    sheet.reject()
    assert not sheet.isVisible()


def test_a_crash_writes_a_report_and_the_window_goes_on(
    qtbot: QtBot, indexed: MainWindow, places: object
) -> None:
    indexed.show_crash("Traceback: something")
    qtbot.waitUntil(lambda: bool(indexed.findChildren(CrashDialog)))
    open_dialog(indexed, CrashDialog).reject()
    (report,) = (places.home / "reports").iterdir()  # type: ignore[attr-defined]
    assert "something" in report.read_text()


def test_settings_are_followed_from_the_start(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.apply(
        Settings(show_information=False, cell_shape="square", motion="none", scheme="dark")
    )
    assert not window.workspace.information.isVisible()
    kept = window.settings()
    assert (kept.show_information, kept.cell_shape) == (False, "square")
