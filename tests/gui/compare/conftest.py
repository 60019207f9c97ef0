"""Two to four photos from memory; the helpers are those of the loupe's tests."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from photosort.gui.compare.compare import CompareView

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme

_spec = importlib.util.spec_from_file_location(
    "loupe_helpers", Path(__file__).parents[1] / "loupe" / "conftest.py"
)
assert _spec is not None
assert _spec.loader is not None
helpers = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(helpers)


@pytest.fixture
def book():
    return helpers.Book()


@pytest.fixture
def pictures(qapp):
    return helpers.Pictures()


@pytest.fixture
def make_compare(qtbot: QtBot, themed: Theme, book, pictures) -> Callable[..., CompareView]:
    """Makes a shown comparison of 1200 x 800."""

    def make(*photo_ids: int) -> CompareView:
        compare = CompareView(book, pictures)
        qtbot.addWidget(compare)
        compare.resize(1200, 800)
        compare.open(photo_ids or (1, 2, 3))
        with qtbot.waitActive(compare):
            compare.show()
            compare.activateWindow()
        if pictures.at_once:
            qtbot.waitUntil(lambda: all(p.view.framing for p in compare.panes()))
        return compare

    return make
