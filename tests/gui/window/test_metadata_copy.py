"""Metadata is copied from one photo, pasted on others as far as it is ticked, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QPushButton

from photosort.domain.tags import TagState
from photosort.gui.dialogs.paste_metadata import PasteMetadataDialog
from photosort.usecases.details import details_of
from photosort.usecases.photos import decisions

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.shell.window import MainWindow


def known(window: MainWindow, photo_id: int) -> tuple[int | None, str | None, list[str]]:
    found = details_of(window._library.session, photo_id)
    shown = found.photo.effective
    return shown.rating, shown.title, [one.name for one in found.tags]


def test_what_is_ticked_is_pasted_and_taken_back(qtbot: QtBot, indexed: MainWindow) -> None:
    grid, toast = indexed.centre.grid, indexed.workspace.toast._text
    indexed.commands["paste-metadata"].trigger()
    assert toast.text() in {"", "Copy the metadata of a photo first."}
    session, changes = indexed._library.session, indexed._library.changes
    changes.rate([1], 4)
    changes.carry_out(lambda: decisions.describe(session, [1], {"title": "Rex"}))
    changes.say("dog", [1], TagState.CONFIRMED)
    qtbot.waitUntil(lambda: known(indexed, 1) == (4, "Rex", ["dog"]))
    grid.go_to_photo(1)
    indexed.commands["copy-metadata"].trigger()
    qtbot.waitUntil(lambda: toast.text().startswith("Copied: 4 stars; tags: dog"))
    grid.go_to_photo(2)
    grid.select_photos(np.array([2, 3], np.int64))
    indexed.commands["paste-metadata"].trigger()
    (dialog,) = indexed.findChildren(PasteMetadataDialog)
    assert list(dialog._boxes) == ["rating", "tags", "title", "date"]
    assert not dialog._boxes["date"].isChecked()
    dialog._boxes["title"].setChecked(False)
    (paste,) = [one for one in dialog.findChildren(QPushButton) if one.text() == "Paste"]
    paste.click()
    qtbot.waitUntil(lambda: known(indexed, 3) == (4, None, ["dog"]))
    assert known(indexed, 2) == (4, None, ["dog"])
    indexed.commands["undo"].trigger()
    qtbot.waitUntil(lambda: known(indexed, 3) == (None, None, []))
    qtbot.waitUntil(lambda: not indexed.findChildren(PasteMetadataDialog))


def test_nothing_ticked_is_nothing_to_paste(qtbot: QtBot, indexed: MainWindow) -> None:
    grid = indexed.centre.grid
    grid.go_to_photo(1)
    indexed.commands["copy-metadata"].trigger()
    qtbot.waitUntil(lambda: indexed._metadata._copied is not None)
    indexed.commands["paste-metadata"].trigger()
    (dialog,) = indexed.findChildren(PasteMetadataDialog)
    assert not dialog._give.isEnabled()
    dialog._boxes["date"].setChecked(True)
    assert dialog._give.isEnabled()
    dialog.reject()
    qtbot.waitUntil(lambda: not indexed.findChildren(PasteMetadataDialog))
