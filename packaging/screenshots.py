"""Makes the pictures of the documentation from the real window: `make screenshots`.

Each picture is a journey on photos that scikit-image and scikit-learn ship. One process a scheme and scale,
because Qt reads the scale when it starts; under X11 where there is a display, otherwise offscreen.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import skimage
import sklearn
from PIL import Image

if TYPE_CHECKING:
    from photosort.gui.main_window import MainWindow

ROOT = Path(__file__).parent.parent
IMAGES = ROOT / "docs" / "images"
_WIDTH, _HEIGHT = 1280, 800
_LIMIT_S = 180.0
_COLOURS = 256
# Name, folder, date: as people have them.
_PHOTOS = (
    ("astronaut.png", "2021 Cape Canaveral", "2021:03:06 10:02:11"),
    ("rocket.jpg", "2021 Cape Canaveral", "2021:03:06 18:40:32"),
    ("moon.png", "2021 Cape Canaveral", "2021:03:06 22:14:05"),
    ("hubble_deep_field.jpg", "2021 Cape Canaveral", "2021:03:06 23:01:40"),
    ("camera.png", "2021 Campus", "2021:05:15 11:20:00"),
    ("chelsea.png", "Home", "2022:02:19 09:12:44"),
    ("coffee.png", "Home", "2022:02:19 09:31:02"),
    ("coins.png", "Home", "2022:02:20 15:47:10"),
    ("flower.jpg", "Home", "2022:02:20 16:05:55"),
    ("china.jpg", "2022 Beijing", "2022:07:14 14:22:36"),
    ("motorcycle_left.png", "2022 Garage", "2022:07:30 12:10:00"),
    ("motorcycle_right.png", "2022 Garage", "2022:07:30 12:10:08"),
    ("gravel.png", "2022 Garage", "2022:07:30 12:25:41"),
    ("grass.png", "2022 Garage", "2022:07:30 12:26:13"),
    ("brick.png", "2022 Garage", "2022:07:30 12:27:50"),
)
_RUNS = (("dark", 1), ("light", 1), ("dark", 2), ("light", 2))


def photos(folder: Path) -> Path:
    """Writes the photos as JPEGs with dates into a folder."""
    shipped = (
        Path(skimage.__file__).parent / "data",
        Path(sklearn.__file__).parent / "datasets" / "images",
    )
    for name, place, taken in _PHOTOS:
        source = next((d / name for d in shipped if (d / name).exists()), None)
        if source is None:
            continue
        exif = Image.Exif()
        exif[0x8769] = {0x9003: taken}
        exif[0x010F], exif[0x0110] = "Nikon", "D500"
        target = folder / place / f"IMG_{taken[5:10].replace(':', '')}_{source.stem}.jpg"
        target.parent.mkdir(parents=True, exist_ok=True)
        with Image.open(source) as picture:
            picture.convert("RGB").save(target, quality=90, exif=exif)
    return folder


class Studio:
    """The window, and the camera before it."""

    def __init__(self, scheme: str, scale: int, home: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from photosort.gui import translation
        from photosort.gui.app import Opening
        from photosort.gui.main_window import MainWindow
        from photosort.gui.runner import Runner
        from photosort.gui.theme import Theme
        from photosort.paths import Places
        from photosort.settings import Settings

        self._name = scheme if scale == 1 else f"{scheme}@{scale}x"
        self._opening = Opening(Places(library=home / "library.db", home=home))
        self._app = QApplication(sys.argv[:1])
        translation.install(self._app, "en")
        runner = Runner()
        runner.crashed.connect(sys.exit)
        settings = Settings(scheme="dark" if scheme == "dark" else "light", motion="none")
        self.window: MainWindow = MainWindow(Theme(self._app), runner, settings)
        self.window.resize(_WIDTH, _HEIGHT)
        self.window.show()
        self._opening.hand_to(self.window, runner)
        self.wait(lambda: self.window.book.catalog is not None)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Lets the window work until something holds."""
        end = time.monotonic() + _LIMIT_S
        while not condition():
            self._app.processEvents()
            time.sleep(0.005)
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there")

    def settle(self, seconds: float = 0.8) -> None:
        """Lets thumbnails and panels come."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    def take(self, name: str) -> None:
        """Takes a picture; 256 colours keep it small, and only gradients could tell."""
        self.settle()
        target = IMAGES / f"{name}-{self._name}.png"
        self.window.grab().save(str(target))
        with Image.open(target) as picture:
            small = picture.convert("RGB").quantize(_COLOURS, dither=Image.Dither.FLOYDSTEINBERG)
        small.save(target, optimize=True)
        print(f"{target.relative_to(ROOT)}  {target.stat().st_size // 1024} KB")

    def close(self) -> None:
        """Ends the window."""
        self.window.close()
        self._opening.close()


def shoot(scheme: str, scale: int, work: Path) -> None:
    """All pictures of one scheme and scale."""
    home = work / f"home-{scheme}-{scale}"
    studio = Studio(scheme, scale, home)
    window = studio.window
    if scale == 1:
        studio.take("welcome")
    window.add_folders([str(photos(work / "photos"))])
    studio.wait(lambda: not window.is_indexing)
    studio.wait(lambda: window.can_suggest)
    studio.settle()
    _select(window, "chelsea")
    window.information.tags.added.emit("cat")
    studio.settle()
    studio.take("photos")
    window.search.ask("a motorcycle")
    studio.wait(lambda: window.shown is not None and window.shown.by_sight)
    if scale == 1:
        studio.take("search")
        _shoot_searches(studio, scheme)
        window.search.ask("")
        studio.settle()
        _select(window, "rocket")
        window.open_current()
        studio.settle(1.5)
        if scheme == "dark":
            studio.take("loupe")
    studio.close()


def _shoot_searches(studio: Studio, scheme: str) -> None:
    """Why a photo matches and where, what is not there, a photo with words, words that name a filter."""
    window = studio.window
    _ask(studio, "a cup of coffee on:2022 -people")
    _select(window, "coffee")
    studio.settle()
    studio.take("search-why")
    window.open_current()
    studio.settle(1.5)
    loupe = window.centralWidget().currentWidget()
    loupe.show_heat()
    studio.wait(lambda: loupe.view.heat is not None)
    if scheme == "dark":
        studio.take("search-where")
    loupe.closed.emit(loupe.current_photo())
    _ask(studio, "submarine")
    studio.take("search-nothing")
    window.search.ask("")
    studio.settle()
    _select(window, "motorcycle_left")
    window.find_alike()
    studio.wait(lambda: window.shown is not None and window.shown.asked.example is not None)
    window.search.field._edit.setText("at night")
    window.search.field._edit.textEdited.emit("at night")
    studio.settle(1.5)
    studio.take("search-alike")
    window.search.field.clear()
    window.go_to_search()
    window.search.field._edit.setText("coffee 2022 without people")
    window.search.field._edit.textEdited.emit("coffee 2022 without people")
    studio.settle(1.5)
    if scheme == "dark":
        studio.take("search-typing")


def _ask(studio: Studio, text: str) -> None:
    studio.window.search.ask(text)
    studio.wait(
        lambda: (
            studio.window.shown is not None
            and studio.window.shown.asked.text == text
            and studio.window.shown.by_sight
        )
    )


def _select(window: MainWindow, name: str) -> None:
    catalog = window.book.catalog
    if catalog is not None:
        found = [row for row, file in enumerate(catalog.names) if name in file]
        window.grid.go_to_photo(int(catalog.ids[found[0]]))
        window.grid.setFocus()


def main() -> None:
    """Makes all pictures, or in a process of its own those of one run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", nargs=3, metavar=("SCHEME", "SCALE", "WORK"))
    run = parser.parse_args().run
    if run is not None:
        shoot(run[0], int(run[1]), Path(run[2]))
        return
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="photosort-shots-") as work:
        for scheme, scale in _RUNS:
            environment = os.environ | {"QT_SCALE_FACTOR": str(scale)}
            if not environment.get("DISPLAY"):
                environment["QT_QPA_PLATFORM"] = "offscreen"
            command = [sys.executable, __file__, "--run", scheme, str(scale), work]
            subprocess.run(command, env=environment, cwd=ROOT, check=True)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
