"""The real window on a real library, with an encoder that sees colours only."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from photosort.usecases.session import encoder_pool
from tests.fixtures.colours import COLOURS, ColourEncoder
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> ColourEncoder:
    made = ColourEncoder()
    monkeypatch.setattr(encoder_pool, "load_encoder", lambda name, **options: made)
    return made


@pytest.fixture
def draw(tmp_path: Path) -> Callable[..., Path]:
    """Draws photos of one colour each into a folder: `draw("red", 3, month=5)`."""

    def make(colour: str, count: int = 1, *, month: int = 5, folder: str = "photos") -> Path:
        place = tmp_path / folder
        place.mkdir(exist_ok=True)
        for number in range(count):
            exif = Image.Exif()
            exif[0x8769] = {0x9003: f"2022:{month:02}:{number + 1:02} 10:00:00"}
            shade = tuple(min(255, part + 3 * number) for part in COLOURS[colour])
            picture = Image.new("RGB", (96, 64), shade)
            picture.save(place / f"{colour}_{number:03}.jpg", exif=exif)
        return place

    return make


@pytest.fixture
def window(
    qtbot: QtBot, themed: Theme, places: LibraryPaths, encoder: ColourEncoder
) -> Iterator[MainWindow]:
    """The window with its library open, and an encoder that sees colours."""
    with opened(qtbot, themed, places) as made:
        yield made


@pytest.fixture
def indexed(qtbot: QtBot, window: MainWindow, draw: Callable[..., Path]) -> MainWindow:
    """The window with 4 red, 3 green and 2 blue photos."""
    draw("red", 4, month=5)
    draw("green", 3, month=6)
    window.intake.add_folders([str(draw("blue", 2, month=7))])
    index_all(qtbot, window)
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.arrangement.photos() == 9)
    return window


def index_all(qtbot: QtBot, window: MainWindow) -> None:
    """Waits for the end of the index run."""
    qtbot.waitUntil(lambda: not window.is_indexing, timeout=30_000)


@pytest.fixture
def wait_for_index(qtbot: QtBot) -> Callable[[MainWindow], None]:
    return lambda window: index_all(qtbot, window)


@pytest.fixture
def names(indexed: MainWindow) -> Callable[[], list[str]]:
    """Names of the photos that are shown, in order; "-" for the divider."""

    def read() -> list[str]:
        shown = indexed.shown
        assert shown is not None
        catalog = indexed.book.catalog
        assert catalog is not None
        ids = shown.arrangement.ids.tolist()
        return ["-" if i < 0 else catalog.names[catalog.row(i)] for i in ids]

    return read
