"""The real window on a real library, with an encoder that sees colours only."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from photosort.domain.encoders import EncoderInfo, Logistic, References
from photosort.domain.pictures import InputSpec
from photosort.gui.app import Opening
from photosort.gui.main_window import MainWindow
from photosort.gui.runner import Runner
from photosort.library import encoders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from photosort.domain.encoders import Space
    from photosort.gui.theme import Theme
    from photosort.paths import Places

COLOURS = {
    "red": (220, 30, 30),
    "green": (30, 200, 40),
    "blue": (30, 60, 220),
    "grey": (128, 128, 128),
}


class ColourEncoder:
    """A picture is its mean colour, a text the colour that it names."""

    info = EncoderInfo(
        name="starter",
        version="c0" * 32,
        dims={"semantic": 4, "visual": 4},
        stored_spaces=("semantic",),
        input=InputSpec(edge_px=32),
    )

    def __init__(self, pace_s: float = 0.0) -> None:
        self.pace_s = pace_s
        zero = np.zeros(4, np.float32)
        self.references = References(
            photos={"semantic": zero, "visual": zero},
            texts=zero,
            version="colours",
            covariance=np.eye(4, dtype=np.float32) / 4,
            search=Logistic(standing_out=0.0, cosine=8.0, bias=-5.0),
        )

    def encode_images(self, images: NDArray[np.uint8]) -> dict[Space, NDArray[np.float32]]:
        time.sleep(self.pace_s * len(images))
        colours = images.reshape(len(images), -1, 3).mean(axis=1) / 255
        return {"semantic": _unit(np.hstack([colours, np.full((len(images), 1), 0.05)]))}

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = [
            next((COLOURS[name] for name in COLOURS if name in text), (1, 1, 1)) for text in texts
        ]
        grey = [[0.05 if any(name in text for name in COLOURS) else 9.0] for text in texts]
        return _unit(np.hstack([np.array(rows) / 255, np.array(grey)]))


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float32]:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> ColourEncoder:
    made = ColourEncoder()
    monkeypatch.setattr(encoders, "load_encoder", lambda name, **options: made)
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
    qtbot: QtBot, themed: Theme, places: Places, encoder: ColourEncoder
) -> Iterator[MainWindow]:
    """The window with its library open, closed at the end whatever happened."""
    runner = Runner()
    crashes: list[str] = []
    runner.crashed.connect(crashes.append)
    made = MainWindow(themed, runner)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    opening = Opening(places)
    opening.hand_to(made, runner)
    made.activateWindow()
    qtbot.waitUntil(lambda: made.book.catalog is not None)
    yield made
    made.close()
    opening.close()
    assert not crashes, crashes[0]


@pytest.fixture
def indexed(qtbot: QtBot, window: MainWindow, draw: Callable[..., Path]) -> MainWindow:
    """The window with 4 red, 3 green and 2 blue photos."""
    draw("red", 4, month=5)
    draw("green", 3, month=6)
    window.add_folders([str(draw("blue", 2, month=7))])
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
