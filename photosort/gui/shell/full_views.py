"""Views that fill the whole window: the loupe and the comparison."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget

from photosort.domain.tags import TagState
from photosort.gui.base import desktop_open
from photosort.gui.compare.compare import FEWEST, CompareView
from photosort.gui.controllers.thumbnails import LibraryThumbnails
from photosort.gui.loupe.loupe import Loupe
from photosort.gui.loupe.picture_loading import PictureLoader
from photosort.gui.loupe.tones import measure
from photosort.usecases.photos import thumbnails
from photosort.usecases.photos.photo_paths import shown_file

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.gui.base.runner import Runner
    from photosort.gui.controllers.decisions import Changes
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.gui.loupe.pictures import Picture
    from photosort.gui.loupe.tones import Tones
    from photosort.usecases.session.session import Session


class FullViews(QObject):
    """Opens and closes the loupe and the comparison of one library.

    Signals:
        closed: the photos are back (int: the photo that was looked at last, -1 for none).
        information_asked: the loupe's plate wants to be filled for a photo (int).
        menu_asked: a menu of the photo at a point (QPoint, global).
        part_asked: photos like a part of one are wanted (photo: int, `Box`).
        trash_asked: the photo in the loupe (int) is to go to the wastebasket.

    Attributes:
        loupe: one photo.
        compare: several side by side.
    """

    closed = Signal(int)
    information_asked = Signal(int)
    menu_asked = Signal(QPoint)
    part_asked = Signal(int, object)
    trash_asked = Signal(int)

    def __init__(
        self,
        window: QMainWindow,
        pages: QStackedWidget,
        book: PhotoFacts,
        runner: Runner,
        session: Session,
        changes: Changes,
    ) -> None:
        """Adds both to a window.

        Args:
            window: goes to full screen and back.
            pages: everything that can fill it; the first page is the window as usual.
            book: the photos as the window knows them.
            runner: runs the decoding.
            session: the library.
            changes: carries out ratings and flags.
        """
        super().__init__(window)
        self._window = window
        self._pages = pages
        self._book = book
        self._runner = runner
        self._session = session
        pictures = PictureLoader(
            runner,
            session.lanes.decode,
            file_of=partial(shown_file, session),
            thumbnail_of=partial(thumbnails.of_photo, session),
            parent=window,
        )
        self.loupe = Loupe(book, pictures, LibraryThumbnails(runner, session, window))
        self.compare = CompareView(book, pictures)
        for view in (self.loupe, self.compare):
            pages.addWidget(view)
            view.rating_set.connect(lambda photo, stars: changes.rate([photo], stars))
            view.flag_set.connect(lambda photo, flag: changes.flag([photo], flag))
        self.loupe.tag_added.connect(
            lambda photo, name: changes.say(name, [photo], TagState.CONFIRMED)
        )
        self.loupe.closed.connect(self._close)
        self.loupe.information_asked.connect(self.information_asked)
        self.loupe.full_screen_asked.connect(lambda on: self._set_full_screen(on=on))
        self.loupe.open_asked.connect(self._open_outside)
        self.loupe.menu_asked.connect(self.menu_asked)
        self.loupe.part_asked.connect(self.part_asked)
        self.loupe.tones_asked.connect(self._measure)
        self.compare.kept.connect(changes.keep_best)
        self.loupe.trash_asked.connect(self.trash_asked)
        self.compare.closed.connect(self._close)

    def open(self, photo_ids: NDArray[np.int64], photo_id: int) -> None:
        """Shows a photo in the loupe.

        Args:
            photo_ids: what the arrow keys lead through.
            photo_id: the one to begin with.
        """
        self._pages.setCurrentWidget(self.loupe)
        self.loupe.open(photo_ids, photo_id)
        self.loupe.setFocus()

    def start_slideshow(self, photo_ids: NDArray[np.int64], photo_id: int) -> None:
        """Shows photos one after the other on the whole screen.

        Args:
            photo_ids: the photos in their order.
            photo_id: the one to begin with.
        """
        if self.photo() is None:
            self.open(photo_ids, photo_id)
            self.loupe.start_slideshow(leaves=True)
        else:
            self.loupe.start_slideshow()

    def open_side_by_side(self, photo_ids: Sequence[int]) -> None:
        """Compares photos, a few at a time; does nothing with too few of them."""
        if len(photo_ids) >= FEWEST:
            self._pages.setCurrentWidget(self.compare)
            self.compare.open(photo_ids)
            self.compare.setFocus()

    def photo(self) -> int | None:
        """The photo in the loupe while that is shown."""
        return self.loupe.current_photo() if self._pages.currentWidget() is self.loupe else None

    def update_photos(self, photo_ids: Iterable[int]) -> None:
        """What is known of these photos is new."""
        self.loupe.update_photos(photo_ids)
        self.compare.update_photos(photo_ids)

    def remove_photos(self, photo_ids: Collection[int]) -> None:
        """Leads past photos that are gone, and back to the others where none is left."""
        if self.photo() is not None:
            ids = self.loupe.photo_ids
            self.loupe.set_photos(ids[~np.isin(ids, list(photo_ids))])

    def fill_menu(self, menu: QMenu) -> None:
        """Adds to the menu of the photo in the loupe how it is shown."""
        menu.addSeparator()
        histogram = menu.addAction(self.tr("Histogram and clipping"), self.loupe.toggle_histogram)
        histogram.setCheckable(True)
        histogram.setChecked(self.loupe.has_histogram)

    def set_single_letters(self, *, on: bool) -> None:
        """Switches the keys that are one letter on or off."""
        for view in (self.loupe, self.compare):
            view.set_single_letters(on=on)

    def commands(self) -> list[tuple[str, list[QAction]]]:
        """The keys of both, under their names."""
        return [
            (self.tr("Loupe"), self.loupe.commands()),
            (self.tr("Compare"), self.compare.commands()),
        ]

    def leave(self) -> None:
        """Goes back to the photos from whichever is open."""
        if self._pages.currentIndex():
            photo = self.photo()
            self._close(-1 if photo is None else photo)

    def _close(self, photo_id: int) -> None:
        self._set_full_screen(on=False)
        self._pages.setCurrentIndex(0)
        self.closed.emit(photo_id)

    def _set_full_screen(self, *, on: bool) -> None:
        if on != self._window.isFullScreen():
            # Not `showNormal`: a window that was maximised before is so again.
            state = self._window.windowState()
            self._window.setWindowState(state ^ Qt.WindowState.WindowFullScreen)
        self.loupe.set_full_screen(on=on)

    def _measure(self, photo_id: int, picture: Picture) -> None:
        def work(_job: object) -> Tones:
            return measure(picture.image)

        then = partial(self.loupe.set_tones, photo_id, picture)
        self._runner.latest("tones", self._session.lanes.reads, work, then, owner=self)

    def _open_outside(self, photo_id: int) -> None:
        for path in self._book.paths(np.array([photo_id], np.int64)):
            desktop_open.open_file(path)
