"""The page of the likeness map, to explore and to select from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.controllers.compare_sets import CompareSets
from photosort.gui.controllers.plane_pictures import PlanePictures
from photosort.gui.dialogs.name import ask_name
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.library_map import LibraryMap
from photosort.progress import Job, Progress

if TYPE_CHECKING:
    from photosort.domain.changes import ChangeSet
    from photosort.gui.pages.page_switching import PageParts
    from photosort.usecases.albums.library_map import LibraryMapData


class MapView(QWidget):
    """The map, with what can be done with the photos in the lasso.

    Signals:
        photo_opened: these photos (array of ids) are to be shown large, beginning with one (int).

    Attributes:
        map: the photos on the plane.
    """

    photo_opened = Signal(object, int)

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._chosen: list[int] = []
        self._job: Job | None = None
        self._count = -1
        self.map = LibraryMap()
        PlanePictures(self.map, parts.runner, parts.session)
        self.map.selected.connect(self._on_selected)
        self.map.photo_opened.connect(self._open)
        hint = self.tr("Drag to move, turn the wheel to zoom, draw around photos to select them.")
        self._said = label(hint, role="second", wraps=True)
        self._hint = hint
        self._lasso = button(self.tr("Draw around photos"))
        self._lasso.setCheckable(True)
        self._lasso.toggled.connect(self._on_lasso)
        self._show = button(self.tr("Look at them"), lambda: self._open(-1))
        self._make = button(self.tr("New album from selection\u2026"), self._ask_name)
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.S)
        row.addWidget(self._said, 1)
        self._apart = CompareSets(parts.runner, self)
        self._ask = button(self.tr("Compare with the rest"))
        self._ask.clicked.connect(self._show_apart_menu)
        for one in (self._lasso, self._show, self._make, self._ask):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.Gap.S)
        column.addLayout(row)
        column.addWidget(self.map, 1)
        self.setFocusProxy(self.map)
        self._on_selected([])

    def refresh(self) -> None:
        """Reads the map again if photos came or went; the first time it is drawn."""
        catalog = self._parts.book.catalog
        count = 0 if catalog is None else len(catalog)
        if self._job is not None or count == self._count:
            return
        self._count = count
        session = self._parts.session
        job = self._job = Job()

        def work(job: Job) -> LibraryMapData:
            from photosort.usecases.albums.library_map import load_map

            return load_map(session, job)

        self._parts.runner.watch(job, self._on_progress, owner=self)
        self._parts.runner.run(
            session.lanes.worker,
            work,
            self._on_map,
            owner=self,
            finished=self._on_finished,
            job=job,
        )

    def make_album(self, photo_ids: Sequence[int], name: str) -> None:
        """Makes an album of photos."""
        session = self._parts.session

        def work() -> ChangeSet:
            from photosort.usecases.albums import user_albums

            _, change = user_albums.create(session, name, photo_ids)
            return change

        self._parts.changes.carry_out(work)

    def _on_map(self, found: LibraryMapData) -> None:
        self.map.set_map(found.ids, found.positions, found.regions)
        self._on_selected([])

    def _on_finished(self) -> None:
        if self._job is not None:
            self._parts.runner.unwatch(self._job)
        self._job = None
        self._said.setText(self._hint)

    def _on_progress(self, progress: Progress) -> None:
        if progress.total:
            share = formatting.percent(progress.done / progress.total)
            self._said.setText(self.tr("Drawing the map: {share}").format(share=share))

    def _on_lasso(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        self.map.lasso_always = on
        self.map.setCursor(Qt.CursorShape.CrossCursor if on else Qt.CursorShape.ArrowCursor)

    def _on_selected(self, photo_ids: list[int]) -> None:
        self._chosen = photo_ids
        for one in (self._show, self._make, self._ask):
            one.setVisible(bool(photo_ids))
        if photo_ids:
            chosen = self.tr("{photos} selected").format(photos=formatting.photos(len(photo_ids)))
            self._said.setText(chosen)
        else:
            self._said.setText(self._hint)

    def _open(self, photo: int) -> None:
        if photo < 0:
            self.photo_opened.emit(np.array(self._chosen, np.int64), self._chosen[0])
        else:
            self.photo_opened.emit(np.array([photo], np.int64), photo)

    def _show_apart_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._apart.fill_menu(menu, self._parts.session, self._chosen, np.zeros(0, np.int64))
        menu.popup(self._ask.mapToGlobal(self._ask.rect().bottomLeft()))

    def _ask_name(self) -> None:
        ask_name(
            self,
            self.tr("New album"),
            self.tr("Create"),
            partial(self.make_album, list(self._chosen)),
            about=self.tr("%Ln photo(s) will be in it.", "", len(self._chosen)),
        )
