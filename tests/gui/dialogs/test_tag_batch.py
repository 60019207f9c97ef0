from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage

from photosort.gui.dialogs.tag_batch import TagBatchDialog
from photosort.progress import Progress
from photosort.usecases.tags.batch import Batch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme

BATCH = Batch(
    ("cat", "dog"),
    np.array([1, 0, 1, 1]),
    np.array([1, 2, 2, 3]),
    np.array([0.97, 0.93, 0.8, 0.6], dtype=np.float32),
)


@pytest.fixture
def dialog(qtbot: QtBot, themed: Theme) -> TagBatchDialog:
    made = TagBatchDialog(3)
    qtbot.addWidget(made)
    made.show()
    return made


def rows(dialog: TagBatchDialog) -> dict[str, str]:
    model = dialog._model
    return {model.item(n, 0).text(): model.item(n, 1).text() for n in range(model.rowCount())}


def test_counts_follow_the_slider_and_nothing_can_be_done_before_they_are_there(
    dialog: TagBatchDialog,
) -> None:
    assert not dialog._yes.isEnabled()
    dialog.show_progress(Progress("Finding tags", 1, 3))
    dialog.show_batch(BATCH)
    assert rows(dialog) == {"cat": "1", "dog": "1"}
    assert dialog._yes.isEnabled()
    dialog._slider.setValue(60)
    assert rows(dialog) == {"dog": "3", "cat": "1"}
    dialog._slider.setValue(99)
    assert rows(dialog) == {}
    assert not dialog._yes.isEnabled()


def test_a_tag_that_is_left_out_stays_out_at_every_threshold(
    qtbot: QtBot, dialog: TagBatchDialog
) -> None:
    dialog.show_batch(BATCH)
    said: list[tuple[float, object]] = []
    dialog.accepted_from.connect(lambda *given: said.append(given))
    (cat,) = dialog._model.findItems("cat")
    cat.setCheckState(Qt.CheckState.Unchecked)
    dialog._slider.setValue(99)
    dialog._slider.setValue(75)
    dialog._yes.click()
    assert said == [(0.75, frozenset({"cat"}))]
    assert not dialog.isVisible()


def test_samples_of_the_chosen_tag_are_asked_for_and_shown(dialog: TagBatchDialog) -> None:
    asked: list[list[int]] = []
    dialog.samples_asked.connect(asked.append)
    dialog._slider.setValue(50)
    dialog.show_batch(BATCH)
    assert asked[-1] == [1, 2, 3]
    picture = QImage(8, 8, QImage.Format.Format_RGB32)
    picture.fill(QColor("red"))
    dialog.show_samples([picture, picture])
    assert dialog._samples.count() == 2


def test_closing_it_ends_the_search(dialog: TagBatchDialog) -> None:
    stopped: list[bool] = []
    dialog.stopped.connect(lambda: stopped.append(True))
    dialog.reject()
    assert stopped == [True]


def test_columns_and_slider_are_labelled_while_it_works(dialog: TagBatchDialog) -> None:
    header = dialog._tree.model()
    titles = [header.headerData(column, Qt.Orientation.Horizontal) for column in (0, 1)]
    assert titles == ["Tag", "Photos"]
    assert "%" in dialog._sure.text()
