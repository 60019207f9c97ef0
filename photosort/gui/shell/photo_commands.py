"""Commands on the selected photos."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from photosort.domain.tags import TagState
from photosort.gui.base import desktop_open
from photosort.gui.grid.arrangement import DIVIDER_ID
from photosort.usecases.duplicates import stacks

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from PySide6.QtWidgets import QMenu

    from photosort.domain.changes import ChangeSet
    from photosort.domain.photos import Flag
    from photosort.gui.controllers.compare_sets import CompareSets
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.gui.shell.centre import Centre
    from photosort.gui.shell.open_library import OpenLibrary
    from photosort.usecases.photos.rotation import Way
    from photosort.usecases.session.session import Session


class PhotoCommands(QObject):
    """Knows which photos are meant, and hands them to whatever carries the wish out.

    Signals:
        said: one sentence about what was done that is no change of the library.
    """

    said = Signal(str)

    def __init__(self, centre: Centre, book: PhotoFacts, apart: CompareSets) -> None:
        """Waits for a library.

        Args:
            centre: the photos that are shown and selected.
            book: the photos as the window knows them.
            apart: tells photos from others.
        """
        super().__init__(centre)
        self._centre = centre
        self._book = book
        self._apart = apart
        self._library: OpenLibrary | None = None

    def open_library(self, library: OpenLibrary) -> None:
        """Works on a library from now on."""
        self._library = library

    # Which photos

    def selected(self) -> list[int]:
        """The selected photos; in the loupe the one that is shown."""
        large = None if self._library is None else self._library.large.photo()
        if large is not None:
            return [large]
        chosen: list[int] = self._centre.grid.selection.ids().tolist()
        return chosen

    def current(self) -> int:
        """The selected photo that the user looks at, or the first one; -1 where none is selected."""
        chosen, current = self.selected(), self._centre.grid.current_photo()
        return current if current in chosen else next(iter(chosen), -1)

    def selected_or_all(self) -> list[int]:
        """Several selected photos, or else all that are shown."""
        chosen = self.selected()
        if len(chosen) > 1 or self._centre.shown is None:
            return chosen
        return [*self._shown().tolist(), *self._centre.shown.arrangement.behind()]

    def _shown(self) -> NDArray[np.int64]:
        shown = self._centre.shown
        if shown is None:
            return np.zeros(0, np.int64)
        ids = shown.arrangement.ids
        return np.asarray(ids[ids != DIVIDER_ID], np.int64)

    # Decisions

    def rate(self, stars: int) -> None:
        """Rates the selected photos."""
        if self._library is not None:
            self._library.changes.rate(self.selected(), stars)

    def flag(self, flag: Flag | None) -> None:
        """Marks the selected photos."""
        if self._library is not None:
            self._library.changes.flag(self.selected(), flag)

    def say(self, name: str, state: TagState) -> None:
        """Says yes or no of a tag on the selected photos."""
        if self._library is not None and name.strip():
            self._library.changes.say(name, self.selected(), state)

    def rotate(self, way: Way) -> None:
        """Rotates the selected photos by a quarter turn."""
        if self._library is not None:
            self._library.changes.rotate(self.selected(), way)

    def stack(self) -> None:
        """Stacks the selected photos."""
        self._change_stacks(self.selected(), stacks.join)

    def unstack(self) -> None:
        """Takes the selected photos out of their stacks; of a closed stack all."""
        shown = self._centre.shown
        known = {} if shown is None else shown.arrangement.stacks
        ids = [
            one
            for photo in self.selected()
            for one in (
                known[photo].members if photo in known and not known[photo].is_open else (photo,)
            )
        ]
        self._change_stacks(ids, stacks.split)

    def put_on_top(self) -> None:
        """Makes the current photo the one that is seen of its stack."""
        self._change_stacks(
            [self.current()], lambda session, ids: stacks.put_on_top(session, ids[0])
        )

    def toggle_stack(self, photo_id: int | None = None) -> None:
        """Opens the stack of a photo, or of the current one, in place, or closes it."""
        shown = self._centre.shown
        photo = self._centre.grid.current_photo() if photo_id is None else photo_id
        if self._library is not None and shown is not None and photo in shown.arrangement.stacks:
            self._library.browser.toggle_stack(shown.arrangement.stacks[photo].members)

    def _change_stacks(
        self, ids: Sequence[int], work: Callable[[Session, Sequence[int]], ChangeSet]
    ) -> None:
        library = self._library
        if library is not None and ids:
            library.changes.carry_out(lambda: work(library.session, ids))

    def undo(self, *, redo: bool = False) -> None:
        """Takes the latest change back, or brings back what was taken back."""
        if self._library is not None:
            self._library.changes.undo(redo=redo)

    # What is looked at

    def open_current(self) -> None:
        """Opens the current photo in the loupe."""
        self.open(self._centre.grid.current_photo())

    def open(self, photo_id: int) -> None:
        """Opens a photo in the loupe, among all that are shown."""
        shown = self._centre.shown
        if shown is not None and photo_id >= 0:
            self.open_among(shown.arrangement.ids, photo_id)

    def open_among(self, photo_ids: NDArray[np.int64], photo_id: int) -> None:
        """Opens a photo in the loupe, among others."""
        if self._library is not None:
            self._library.large.open(photo_ids, photo_id)

    def show_slides(self) -> None:
        """Begins a slideshow of the selected photos, if they are several, else of all that are shown."""
        chosen, shown = self.selected(), self._shown()
        if self._library is not None and len(shown):
            ids = shown[np.isin(shown, chosen)] if len(chosen) > 1 else shown
            current = self._centre.grid.current_photo()
            first = current if current in ids else int(ids[0])
            self._library.large.start_slideshow(ids, first)

    def show_tag(self, name: str) -> None:
        """Shows in the current photo where a tag is seen."""
        self.open_current()
        if self._library is not None:
            self._library.explainer.show_tag(name)

    def compare(self) -> None:
        """Shows the selected photos side by side."""
        self.compare_photos(self.selected())

    def compare_photos(self, photo_ids: Sequence[int]) -> None:
        """Shows photos side by side."""
        if self._library is not None:
            self._library.large.open_side_by_side(photo_ids)

    def fill_apart_menu(self, menu: QMenu) -> None:
        """Offers what the selected photos can be told apart from."""
        if self._library is not None and self._centre.shown is not None:
            self._apart.fill_menu(menu, self._library.session, self.selected(), self._shown())

    # Their files

    def show_in_file_manager(self) -> None:
        """Shows the first one's file."""
        for path in self._paths(self.selected()[:1]):
            desktop_open.show_file(path)

    def copy_paths(self) -> None:
        """Copies the paths of the selected photos, a line each."""
        paths = self._paths(self.selected())
        if paths:
            QGuiApplication.clipboard().setText("\n".join(str(path) for path in paths))
            self.said.emit(self.tr("%Ln path(s) copied", "", len(paths)))

    def paths(self) -> Sequence[Path]:
        """The files of the selected photos."""
        return self._paths(self.selected())

    def folders(self) -> list[str]:
        """The folders in which the selected photos lie."""
        return sorted({str(path.parent) for path in self._paths(self.selected())})

    def _paths(self, photo_ids: Sequence[int]) -> Sequence[Path]:
        return self._book.paths(np.array(photo_ids, np.int64))
