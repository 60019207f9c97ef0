"""Dates, places, titles and captions, edited in place for one photo or several."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from photosort.domain.photos import Kind
from photosort.gui.base import formatting
from photosort.gui.widgets.edit_box import DateEdit
from photosort.usecases.details import details_of
from photosort.usecases.indexing.summary import IndexSummary

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.domain.photos import Metadata
    from photosort.gui.shell.window import MainWindow
    from photosort.gui.widgets.edit_box import DateEditor, EditBox, Editor

LEFT = Qt.MouseButton.LeftButton


def chosen(qtbot: QtBot, window: MainWindow, *photo_ids: int) -> EditBox:
    """Selects photos and waits for the panel."""
    grid = window.centre.grid
    grid.go_to_photo(photo_ids[0])
    grid.select_photos(np.array(photo_ids, np.int64))
    qtbot.waitUntil(window.workspace.information.edit.isVisible)
    return window.workspace.information.edit


def known(window: MainWindow, photo_id: int) -> Metadata:
    library = window._library
    assert library is not None
    return details_of(library.session, photo_id).photo.effective


def apply(qtbot: QtBot, editor: Editor) -> str:
    """Presses Enter once the preview is there; returns what it said."""
    qtbot.waitUntil(editor._apply.isEnabled)
    said = editor._preview.text()
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert not editor.isVisible()
    return said


def choose(editor: DateEditor, how: DateEdit) -> None:
    editor._how.setCurrentIndex(editor._how.findData(how))


def test_a_date_is_set_as_exactly_as_it_is_known_and_taken_back(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    box = chosen(qtbot, indexed, 1)
    before = known(indexed, 1).taken_at
    QTest.mouseClick(box._buttons["date"], LEFT)
    line = box.date._line
    assert before is not None
    qtbot.waitUntil(lambda: line.text() == before.replace("T", " ")[:16])
    assert line.hasFocus()
    line.clear()
    QTest.keyClicks(line, "1985-07")
    said = apply(qtbot, box.date)
    assert said.endswith("\u2192 July 1985")
    qtbot.waitUntil(lambda: known(indexed, 1).taken_at == "1985-07")
    indexed.commands["undo"].trigger()
    qtbot.waitUntil(lambda: known(indexed, 1).taken_at == before)


def test_what_is_no_date_is_said_and_changes_nothing(qtbot: QtBot, indexed: MainWindow) -> None:
    box = chosen(qtbot, indexed, 1)
    indexed.commands["change-date"].trigger()
    QTest.keyClicks(box.date._line, "yesterday")
    qtbot.waitUntil(lambda: "is no date" in box.date._preview.text())
    QTest.keyClick(box.date, Qt.Key.Key_Return)
    assert box.date.isVisible()
    QTest.keyClick(box.date._line, Qt.Key.Key_Escape)
    assert not box.date.isVisible()


@pytest.mark.parametrize(
    ("how", "text", "expected"),
    [
        (DateEdit.SHIFT, "+1h30m", ("2022-05-02T11:30:00", "2022-05-01T11:30:00")),
        (DateEdit.ALONG, "2022-05-02 14:30", ("2022-05-02T14:30:00", "2022-05-01T14:30:00")),
    ],
)
def test_several_dates_move_together(
    qtbot: QtBot, indexed: MainWindow, how: DateEdit, text: str, expected: tuple[str, str]
) -> None:
    catalog = indexed.book.catalog
    assert catalog is not None
    by_name = {catalog.names[catalog.row(i)]: i for i in catalog.ids.tolist()}
    second, first = by_name["red_001.jpg"], by_name["red_000.jpg"]
    box = chosen(qtbot, indexed, second, first)
    indexed.commands["change-date"].trigger()
    choose(box.date, how)
    QTest.keyClicks(box.date._line, text)
    assert "1 more" in apply(qtbot, box.date)
    qtbot.waitUntil(lambda: known(indexed, second).taken_at == expected[0])
    assert known(indexed, first).taken_at == expected[1]


def test_a_place_is_set_copied_and_removed(qtbot: QtBot, indexed: MainWindow) -> None:
    box = chosen(qtbot, indexed, 1)
    indexed.commands["set-place"].trigger()
    QTest.keyClicks(box.place._line, "Lisbon")
    assert "Lisbon" in apply(qtbot, box.place)
    qtbot.waitUntil(lambda: round(known(indexed, 1).latitude or 0) == 39)
    indexed.commands["set-place"].trigger()
    qtbot.waitUntil(box.place._copy.isVisible)
    QTest.mouseClick(box.place._copy, LEFT)
    qtbot.waitUntil(box.place._paste.isVisible)
    box = chosen(qtbot, indexed, 2, 3)
    box.close_editor()
    indexed.commands["set-place"].trigger()
    QTest.mouseClick(box.place._paste, LEFT)
    qtbot.waitUntil(lambda: known(indexed, 3).latitude == known(indexed, 1).latitude)
    assert known(indexed, 2).longitude == known(indexed, 1).longitude
    indexed.commands["set-place"].trigger()
    qtbot.waitUntil(box.place._remove.isVisible)
    QTest.mouseClick(box.place._remove, LEFT)
    qtbot.waitUntil(lambda: known(indexed, 2).latitude is None)
    assert known(indexed, 1).latitude is not None


def test_only_the_text_that_was_touched_changes(qtbot: QtBot, indexed: MainWindow) -> None:
    box = chosen(qtbot, indexed, 1)
    QTest.mouseClick(box._buttons["text"], LEFT)
    QTest.keyClicks(box.text._title, "Red boat")
    apply(qtbot, box.text)
    qtbot.waitUntil(lambda: known(indexed, 1).title == "Red boat")
    box = chosen(qtbot, indexed, 1, 2)
    QTest.mouseClick(box._buttons["text"], LEFT)
    QTest.keyClicks(box.text._caption, "Summer")
    assert formatting.photos(2) in apply(qtbot, box.text)
    qtbot.waitUntil(lambda: known(indexed, 2).caption == "Summer")
    assert (known(indexed, 1).title, known(indexed, 2).title) == ("Red boat", None)
    toast, said = indexed.workspace.toast._text, "Changed the caption of 2 photos"
    qtbot.waitUntil(lambda: toast.text() == said)
    indexed.photos.undo()
    qtbot.waitUntil(lambda: toast.text() == f"Undone: {said}")


def test_read_again_reads_files_that_look_as_they_were(qtbot: QtBot, indexed: MainWindow) -> None:
    ended: list[IndexSummary] = []
    library = indexed._library
    assert library is not None
    library.worker.finished.connect(ended.append)
    chosen(qtbot, indexed, 1)
    indexed.commands["reread"].trigger()
    assert indexed.workspace.toast._text.text().startswith("Reading 1 folder")
    qtbot.waitUntil(lambda: bool(ended) and not indexed.is_indexing, timeout=30_000)
    assert ended[-1].changed == 9


def test_no_editor_stays_open_for_other_photos(qtbot: QtBot, indexed: MainWindow) -> None:
    box = chosen(qtbot, indexed, 1)
    indexed.commands["change-date"].trigger()
    chosen(qtbot, indexed, 2)
    qtbot.waitUntil(lambda: not box.date.isVisible())


def test_the_kind_is_corrected_for_several_and_given_back(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    assert indexed._library is not None
    session = indexed._library.session

    def kinds() -> list[Kind]:
        return [details_of(session, photo).photo.kind for photo in (1, 2, 3)]

    box = chosen(qtbot, indexed, 1, 2)
    indexed.commands["edit-kind"].trigger()
    qtbot.waitUntil(lambda: box.kind.wish() is Kind.PHOTO)
    box.kind._kinds.setCurrentIndex(box.kind._kinds.findData(Kind.SCREENSHOT.value))
    assert apply(qtbot, box.kind) == "2 photo(s)"
    qtbot.waitUntil(lambda: kinds() == [Kind.SCREENSHOT, Kind.SCREENSHOT, Kind.PHOTO])
    box = chosen(qtbot, indexed, 2, 3)
    indexed.commands["edit-kind"].trigger()
    qtbot.waitUntil(lambda: not indexed._runner._under_way)
    assert not box.kind.is_chosen, "they differ"
    assert not box.kind._apply.isEnabled()
    box.kind._kinds.setCurrentIndex(box.kind._kinds.findData(""))
    apply(qtbot, box.kind)
    qtbot.waitUntil(lambda: kinds() == [Kind.SCREENSHOT, Kind.PHOTO, Kind.PHOTO])
    for _ in range(2):
        qtbot.waitUntil(lambda: not indexed._runner._under_way)
        indexed.photos.undo()
    qtbot.waitUntil(lambda: kinds() == [Kind.PHOTO] * 3)
