from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import Qt

from photosort.gui.grid.arrangement import Arrangement, Section
from photosort.gui.grid.model import PHOTO_ID, Marks, PhotoListModel
from tests.gui.grid.conftest import divided

if TYPE_CHECKING:
    from pytestqt.modeltest import ModelTester

    from tests.gui.grid.conftest import Book

ROLE = Qt.ItemDataRole


@pytest.fixture
def model(book: Book) -> PhotoListModel:
    made = PhotoListModel(book)
    made.set_arrangement(divided(np.array([11, 12]), np.array([13])))
    return made


def test_keeps_the_rules_of_models(model: PhotoListModel, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(model)
    model.set_arrangement(Arrangement(np.arange(5), (Section(0, "May"), Section(3, "June"))))
    qtmodeltester.check(model)
    model.set_arrangement(Arrangement())
    qtmodeltester.check(model)


def test_a_photo_is_described_with_its_place(model: PhotoListModel) -> None:
    spoken = [model.data(model.index(row), ROLE.AccessibleTextRole) for row in range(4)]
    assert spoken == [
        "IMG_0011, 15 May 2022 18:42; 1 of 3",
        "IMG_0012, 15 May 2022 18:42; 2 of 3",
        "weaker",
        "IMG_0013, 15 May 2022 18:42; 3 of 3",
    ]


def test_a_divider_cannot_be_selected(model: PhotoListModel) -> None:
    assert model.flags(model.index(0)) & Qt.ItemFlag.ItemIsSelectable
    assert not model.flags(model.index(2)) & Qt.ItemFlag.ItemIsSelectable
    assert model.flags(model.index(2)) & Qt.ItemFlag.ItemIsEnabled


def test_ids_and_problems(model: PhotoListModel, book: Book) -> None:
    book.known[12] = Marks(problem="The file is damaged.")
    assert model.data(model.index(1), PHOTO_ID) == 12
    assert model.data(model.index(1), ROLE.ToolTipRole) == "The file is damaged."
    assert model.data(model.index(0), ROLE.ToolTipRole) is None
    assert model.data(model.index(0), ROLE.DisplayRole) is None
    assert model.photo_id(99) == -1


def test_an_update_names_the_photos(model: PhotoListModel) -> None:
    named: list[set[int]] = []
    model.photos_updated.connect(named.append)
    model.update_photos([12, 13])
    assert named == [{12, 13}]
