"""The centre of the window: the grid, a page, or an empty state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from photosort.gui.base import formatting
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.view import PhotoGrid
from photosort.gui.pages.page_switching import CentrePages
from photosort.gui.pages.welcome import WelcomePage
from photosort.gui.widgets.basics import announce
from photosort.gui.widgets.empty import EmptyState
from photosort.usecases.session import demonstration

if TYPE_CHECKING:
    from photosort.gui.controllers.browser import Shown
    from photosort.gui.controllers.photo_facts import PhotoFacts
    from photosort.gui.pages.page_switching import CentrePage, PageParts


_NARROWEST, _LOWEST = 360, 240


class Centre(QStackedWidget):
    """Shows the answer to what was asked, and says so where there is none.

    Signals:
        all_asked: all photos are wanted again.
        folder_asked: a folder is to be added.
        again_asked: the folders are to be looked through again.
        answered: the grid shows an answer (`Shown`, keep place: bool).
        came_forward: the grid, or what stands in its place, is shown and may take the keyboard (QWidget).

    Attributes:
        grid: the photos.
        welcome: what a library without folders begins with.
        pages: what can stand here besides.
        nothing_found, none_so_far, no_photos: what stands where the answer, now or so far, or the library is empty.
    """

    all_asked = Signal()
    folder_asked = Signal()
    again_asked = Signal()
    answered = Signal(object, bool)
    came_forward = Signal(QWidget)

    def __init__(
        self,
        book: PhotoFacts,
        makers: Mapping[str, Callable[[PageParts], CentrePage]],
        is_indexing: Callable[[], bool],
    ) -> None:
        """Shows nothing yet.

        Args:
            book: the photos as the window knows them.
            makers: key of the left panel to what makes its page.
            is_indexing: whether photos are being read, so that an empty answer is no news.
        """
        super().__init__()
        self._book = book
        self._is_indexing = is_indexing
        self._shown: Shown | None = None
        self._photos = PhotoListModel(book, self)
        self.grid = PhotoGrid(self._photos, paths_of=book.paths)
        self.welcome = WelcomePage(has_demo=demonstration.is_available())
        self.nothing_found = EmptyState(
            "search",
            self.tr("No photos"),
            self.tr("Nothing in your library answers this search."),
            action=(self.tr("Clear the search"), self.all_asked.emit),
        )
        self.none_so_far = EmptyState(
            "search",
            self.tr("No photos so far"),
            self.tr("Your photos are still being read. What answers this search appears here."),
            action=(self.tr("Clear the search"), self.all_asked.emit),
        )
        self.no_photos = EmptyState(
            "image",
            self.tr("No photos yet"),
            self.tr("Your folders hold no photos that can be shown."),
            action=(self.tr("Add folder\u2026"), self.folder_asked.emit),
            second=(self.tr("Look again"), self.again_asked.emit),
        )
        for widget in (
            QWidget(),
            self.grid,
            self.welcome,
            self.nothing_found,
            self.none_so_far,
            self.no_photos,
        ):
            self.addWidget(widget)
        self.pages = CentrePages(self, makers)

    def minimumSizeHint(self) -> QSize:
        """Less than the widest page wants, so that half a screen is enough for the window."""
        return QSize(_NARROWEST, _LOWEST)

    @property
    def shown(self) -> Shown | None:
        """What the grid shows; None before the library is open."""
        return self._shown

    def take(self, shown: Shown, keep_place: bool) -> None:  # noqa: FBT001 (a slot)
        """Fills the grid with an answer.

        Args:
            shown: the photos.
            keep_place: it answers what is shown already, from a library that changed.
        """
        self._shown = shown
        self._fill_grid(shown, keep_place=keep_place)
        # A page of its own stays while the library changes behind it.
        if self.pages.current is None or not keep_place:
            self.show_answer()
        self.answered.emit(shown, keep_place)
        if not shown.asked.is_everything and not keep_place:
            self._announce(shown)

    def show_answer(self) -> None:
        """Brings the photos to the front, or what stands where there are none."""
        catalog, shown = self._book.catalog, self._shown
        is_indexing = self._is_indexing()
        if shown is None or not (is_indexing or (catalog is not None and catalog.roots)):
            return
        if len(shown.arrangement) or (is_indexing and shown.asked.is_everything):
            self._show(self.grid)
        elif shown.asked.is_everything:
            self._show(self.no_photos)
        else:
            self._show(self.none_so_far if is_indexing else self.nothing_found)

    def end_waiting(self) -> None:
        """Says what there is, once no photo is being read any more."""
        if self.currentWidget() is self.none_so_far:
            self.show_answer()

    def show_welcome(self) -> None:
        """Begins again: there is no folder."""
        self._show(self.welcome)

    def show_grid(self) -> None:
        """Brings the photos to the front, though there may be none yet."""
        self.setCurrentWidget(self.grid)

    def update_photos(self, photo_ids: set[int]) -> None:
        """The pictures of these photos are outdated."""
        self._photos.update_photos(photo_ids)

    def repaint_photos(self) -> None:
        """The photos wear other badges, here and on every page."""
        for grid in self.findChildren(PhotoGrid):
            grid.viewport().update()

    def _show(self, widget: QWidget) -> None:
        self.setCurrentWidget(widget)
        self.came_forward.emit(widget)

    def _fill_grid(self, shown: Shown, *, keep_place: bool) -> None:
        now, after = self._photos.arrangement, shown.arrangement
        before = self.grid.sight().layout.aspects
        if (
            keep_place
            and (now.sections, now.stacks) == (after.sections, after.stacks)
            and np.array_equal(now.ids, after.ids)
            and (shown.layout is None or np.array_equal(shown.layout.aspects, before))
        ):
            # Nothing moves: only what the book says again is painted.
            if len(now):
                self._photos.dataChanged.emit(
                    self._photos.index(0), self._photos.index(len(now) - 1)
                )
            return
        self.grid.set_photos(shown.arrangement, layout=shown.layout, keep_place=keep_place)

    def _announce(self, shown: Shown) -> None:
        if shown.is_ranked and not shown.strong and shown.possible:
            text = shown.arrangement.sections[0].title
        elif shown.is_ranked:
            text = self.tr("{good} good, {possible} possible").format(
                good=formatting.count(shown.strong), possible=formatting.count(shown.possible)
            )
        else:
            text = formatting.photos(shown.strong)
        announce(self.grid, text)
