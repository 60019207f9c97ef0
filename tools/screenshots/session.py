"""A session that takes screenshots: the window is driven as a user drives it, and what is on the screen is saved."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from photosort.gui.base import translation
from photosort.gui.base.runner import Runner
from photosort.gui.base.theme import Scheme, Theme
from photosort.gui.grid.view import PhotoGrid
from photosort.gui.panels import sources
from photosort.gui.shell.app import Opening
from photosort.gui.shell.window import MainWindow
from photosort.paths import LibraryPaths
from photosort.settings import Settings

if TYPE_CHECKING:
    from photosort.gui.pages.page_switching import CentrePage
    from photosort.gui.shell.open_library import OpenLibrary
    from photosort.usecases.photos.photo_table import Catalog
    from tools.screenshots.pictures import PictureSet

P = TypeVar("P", bound="CentrePage")
D = TypeVar("D", bound=QDialog)
_LIMIT_S = 240.0
_SETTLE_S = 0.6
_QUALITY = 90
_ROUND_S = 0.005


class ScreenshotSession:
    """The window on a library of its own, driven by journeys that ask for screenshots.

    Attributes:
        window: the window.
        pictures: which pictures are taken, and where they go.
        home: where the library is.
        photos: the folder that is added to it.
    """

    def __init__(
        self,
        home: Path,
        photos: Path,
        pictures: PictureSet,
        *,
        language: str,
        size: tuple[int, int],
    ) -> None:
        """Opens the window on an empty library.

        Args:
            home: where the library will be.
            photos: the folder that is added to it.
            pictures: which pictures are taken, and where they go.
            language: of the window.
            size: of the window, in device-independent pixels.
        """
        self.pictures = pictures
        self.home = home
        self.photos = photos
        self._opening = Opening(LibraryPaths(library=home / "library.db", home=home))
        application = QApplication.instance()
        self._app = (
            application if isinstance(application, QApplication) else QApplication(sys.argv[:1])
        )
        translation.install(self._app, language)
        self._runner = runner = Runner()
        runner.crashed.connect(self._on_crash)
        self._look = Theme(self._app)
        self.window = MainWindow(self._look, runner, Settings(scheme="dark", motion="none"))
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self._opening.hand_to(self.window, runner)
        self.wait(lambda: self.window.book.catalog is not None)

    def _on_crash(self, trace: str) -> None:
        print(trace, file=sys.stderr)
        sys.exit(1)

    # Time

    def wait(self, condition: Callable[[], object], *, seconds: float = _LIMIT_S) -> None:
        """Lets the window work until something holds.

        Raises:
            TimeoutError: it does not.
        """
        # Rounds, not a clock: a process that is held for minutes has not waited.
        for _ in range(round(seconds / _ROUND_S)):
            if condition():
                return
            self._app.processEvents()
            time.sleep(_ROUND_S)
        raise TimeoutError("the window did not get there")

    def settle(self, seconds: float = _SETTLE_S) -> None:
        """Lets thumbnails and panels come."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    def rest(self) -> None:
        """Waits until nothing is under way any more, and all thumbnails that are looked at are there."""
        self.settle(0.3)
        self.wait(lambda: not self._is_busy(), seconds=90)
        self.settle(0.2)

    def _is_busy(self) -> bool:
        grids = [grid for grid in self.window.findChildren(PhotoGrid) if grid.isVisible()]
        return bool(self._runner._under_way) or any(grid.thumbnails.asked for grid in grids)

    # Taking pictures

    def take(self, name: str, *, at_work: bool = False) -> None:
        """Takes a picture of the window in each scheme that is wanted.

        Args:
            name: of the picture.
            at_work: something is under way that the picture shows.
        """
        for scheme in self.pictures.schemes_of(name):
            self._look.set_scheme(Scheme(scheme))
            if at_work:
                self.settle()
            else:
                self.rest()
            for dialog in self._dialogs():
                # Another scheme or page makes it larger or smaller, and a window manager places it as well.
                self._centre(dialog)
                self.settle(0.3)
            target = self.pictures.path(name, scheme)
            _save(self._picture(), target)
            self.pictures.taken.append(target)
            print(f"{target.name}  {target.stat().st_size // 1024} KB", flush=True)

    def _picture(self) -> QPixmap:
        """What the screen shows where the window is; offscreen, the window with what lies above it."""
        window = self.window
        corner = window.mapToGlobal(QPoint(0, 0))
        if QGuiApplication.platformName() == "xcb":
            screen = window.screen()
            at = corner - screen.geometry().topLeft()
            return screen.grabWindow(0, at.x(), at.y(), window.width(), window.height())
        made = window.grab()
        painter = QPainter(made)
        for above in self._app.topLevelWidgets():
            if above is not window and above.isVisible() and isinstance(above, QDialog | QMenu):
                painter.drawPixmap(above.mapToGlobal(QPoint(0, 0)) - corner, above.grab())
        painter.end()
        return made

    # Driving the window

    def ask(self, text: str, *, by_sight: bool = True) -> None:
        """Searches and waits for the answer."""
        self.window.workspace.search.ask(text)
        self.wait(
            lambda: (
                (shown := self.window.shown) is not None
                and shown.asked.text == text
                and (shown.by_sight or not by_sight or not text)
            )
        )
        self.settle()

    def type_text(self, text: str) -> None:
        """Types into the search field without pressing Enter."""
        self.window.navigation.go_to_search()
        self.settle(0.2)
        QTest.keyClicks(QApplication.focusWidget() or self.window, text)
        self.settle(1.2)

    def press(self, key: Qt.Key, on: QWidget | None = None) -> None:
        """Presses a key where the keyboard is."""
        QTest.keyClick(on or QApplication.focusWidget() or self.window, key)
        self.settle(0.2)

    @property
    def library(self) -> OpenLibrary:
        """All that exists while the library is open."""
        if self.window._library is None:
            raise RuntimeError("the library is not open")
        return self.window._library

    @property
    def catalog(self) -> Catalog:
        """All photos."""
        if self.window.book.catalog is None:
            raise RuntimeError("the library is not open")
        return self.window.book.catalog

    def photo(self, name: str) -> int:
        """The id of the first photo whose file name holds a text."""
        row = next(row for row, file in enumerate(self.catalog.names) if name in file)
        return int(self.catalog.ids[row])

    def select(self, *names: str) -> None:
        """Selects photos by parts of their file names; the keyboard is in the grid."""
        ids = [self.photo(name) for name in names]
        self.window.centre.grid.go_to_photo(ids[0])
        if len(ids) > 1:
            self.window.centre.grid.select_photos(np.array(ids))
        self.window.centre.grid.setFocus()
        self.settle()

    def page(self, key: str, kind: type[P]) -> P:
        """Opens a page of the centre, which must be of this class."""
        self.window.workspace.tree.source_chosen.emit(key)
        self.wait(lambda: self.window.centre.pages.current is not None)
        self.settle()
        page = self.window.centre.pages.current
        if not isinstance(page, kind):
            raise TypeError(f"{kind.__name__} did not open")
        return page

    @contextmanager
    def dialog(self, opens: Callable[[], object], kind: type[D]) -> Iterator[D]:
        """Opens a dialog, which must be of this class, and closes it at the end."""
        opens()
        self.wait(self._dialogs)
        shown = self._dialogs()[-1]
        if not isinstance(shown, kind):
            raise TypeError(f"{kind.__name__} did not open")
        self.rest()
        try:
            yield shown
        finally:
            shown.reject()
            self.settle(0.3)

    def return_to_photos(self) -> None:
        """To all photos, with nothing above them, wherever a journey stopped."""
        for dialog in self._dialogs():
            dialog.reject()
        while (menu := QApplication.activePopupWidget()) is not None:
            menu.close()
        library = self.window._library
        if library is not None and library.large.loupe.isVisible():
            library.large.loupe.closed.emit(library.large.loupe.current_photo())
        if library is not None and library.large.compare.isVisible():
            library.large.compare.closed.emit(-1)
        self.window.navigation.go_to(sources.EVERYTHING)
        self.settle()

    def _dialogs(self) -> list[QDialog]:
        return [one for one in self.window.findChildren(QDialog) if one.isVisible()]

    def _centre(self, dialog: QDialog) -> None:
        middle = self.window.mapToGlobal(self.window.rect().center())
        dialog.move(middle - QPoint(dialog.width() // 2, dialog.height() // 2))

    def close(self) -> None:
        """Ends the window."""
        self.window.close()
        self._opening.close()


def _save(picture: QPixmap, target: Path) -> None:
    """Texts and lines stay sharp at this quality, and photos take a fifth of what they take without loss."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    pixels = rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)
    made = Image.fromarray(pixels)
    if target.suffix == ".webp":
        made.save(target, quality=_QUALITY, method=6, use_sharp_yuv=True)
    else:
        made.save(target)
