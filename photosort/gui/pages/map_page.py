"""The page of the map: where photos were taken, and where photos without a place are put."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from photosort.domain.query import Area, Field, Filter, Op, Point
from photosort.gui.base import formatting, theme
from photosort.gui.controllers.plane_pictures import PlanePictures
from photosort.gui.controllers.thumbnails import LibraryThumbnails
from photosort.gui.grid.arrangement import Arrangement
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.view import PhotoGrid
from photosort.gui.pages.page_switching import CentrePage, PageParts, page_head
from photosort.gui.widgets.basics import announce, button, label
from photosort.gui.widgets.empty import EmptyState
from photosort.gui.widgets.place_clusters import PlaceClusters
from photosort.gui.widgets.place_map import PlaceMap
from photosort.media.countries import in_language
from photosort.media.world_map import to_plane
from photosort.search.query_language.writer import term_text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.changes import ChangeSet
    from photosort.domain.places import PlaceName
    from photosort.usecases.photos.map_places import MapNames, MapPhotos

_TRAY_WIDTH = 264
_TRAY_EDGE = 96
# A metre, which no camera knows better.
_DIGITS = 5


class MapPage(CentrePage):
    """The map, and beside it the photos that are to be put on it.

    Attributes:
        map: the map itself.
        tray: the photos to place.
    """

    def __init__(self, parts: PageParts, parent: QWidget | None = None) -> None:
        super().__init__(parts, parent)
        self._photos: MapPhotos | None = None
        self._chosen: NDArray[np.int64] | None = None
        self._has_view = False
        self.map = PlaceMap()
        PlanePictures(self.map, parts.runner, parts.session)
        self.map.photos_opened.connect(self._open)
        self.map.area_drawn.connect(self._ask_for)
        self.map.place_clicked.connect(self._on_place)
        self.map.photos_dropped.connect(self._on_dropped)
        self._title = label(self.tr("Map"), theme.Text.TITLE, strong=True)
        self._said = label(role="second", wraps=True)
        self._result = label(wraps=True)
        self._result.hide()
        self._visible = button(self.tr("Show these photos"), self._ask_for_visible)
        self._visible.setToolTip(self.tr("The photos of the part of the map that you see"))
        self._lasso = button(self.tr("Draw around photos"))
        self._lasso.setCheckable(True)
        self._lasso.toggled.connect(self._on_lasso)
        self._without = button(self.tr("Photos without a place"))
        self._without.setCheckable(True)
        self._without.toggled.connect(self._on_without)
        self._empty = EmptyState(
            "map",
            self.tr("No photos on the map"),
            self.tr(
                "No photo says where it was taken. Select photos and choose \u201cPlace on map\u201d, or place "
                "them here."
            ),
            action=(self.tr("Place photos\u2026"), lambda: self._without.setChecked(True)),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.map)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self.setFocusProxy(self.map)
        self._read_names()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.L, theme.Gap.M, theme.Gap.L, theme.Gap.L)
        column.setSpacing(theme.Gap.S)
        column.addWidget(page_head([self._title], [self._without, self._lasso, self._visible]))
        column.addWidget(self._said)
        column.addWidget(self._result)
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.M)
        row.addWidget(self._stack, 1)
        row.addWidget(self._made_tray())
        column.addLayout(row, 1)

    def _made_tray(self) -> QWidget:
        parts = self.parts
        self._listed = PhotoListModel(parts.book, self)
        self.tray = PhotoGrid(self._listed, paths_of=parts.book.paths)
        self.tray.set_thumbnail_provider(LibraryThumbnails(parts.runner, parts.session, self))
        self.tray.set_edge(_TRAY_EDGE)
        self.tray.selection_changed.connect(self._on_selection)
        self._tray_title = label(strong=True, wraps=True)
        self._tray_box = QWidget()
        self._tray_box.setFixedWidth(_TRAY_WIDTH)
        column = QVBoxLayout(self._tray_box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.Gap.S)
        column.addWidget(self._tray_title)
        column.addWidget(self.tray, 1)
        column.addWidget(button(self.tr("Done"), self.close_tray))
        self._tray_box.hide()
        return self._tray_box

    # What is shown

    def refresh(self) -> None:
        """Reads the places again."""
        session, catalog = self.parts.session, self.parts.book.catalog
        if catalog is None:
            return

        def work(_job: object) -> tuple[MapPhotos, PlaceClusters]:
            from photosort.usecases.photos.map_places import load_places

            found = load_places(session, catalog)
            return found, PlaceClusters(to_plane(found.latitudes, found.longitudes))

        self.parts.runner.latest("map", session.lanes.reads, work, self._on_photos, owner=self)

    def show_place(self, latitude: float, longitude: float) -> None:
        """Moves to a place."""
        self._has_view = True
        self.map.show_place(latitude, longitude)

    def place_photos(self, photo_ids: Sequence[int]) -> None:
        """Lets the user say where photos were taken."""
        self._chosen = np.array(photo_ids, np.int64)
        self._fill_tray()
        self.tray.selection.select_all()

    def close_tray(self) -> None:
        """Places no more photos."""
        self._chosen = None
        self._without.setChecked(False)
        self._fill_tray()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends what is going on."""
        if event.key() == Qt.Key.Key_Escape and self._lasso.isChecked():
            self._lasso.setChecked(False)
        elif event.key() == Qt.Key.Key_Escape and not self._tray_box.isHidden():
            self.close_tray()
        else:
            super().keyPressEvent(event)

    def _read_names(self) -> None:
        language = QLocale().name()

        def countries(_job: object) -> MapNames:
            from photosort.usecases.photos.map_places import country_names

            return country_names(language)

        def towns(_job: object) -> MapNames:
            from photosort.usecases.photos.map_places import town_names

            return town_names()

        def show_countries(found: MapNames) -> None:
            self.map.set_names(found, None)
            run(reads, towns, lambda towns: self.map.set_names(found, towns), owner=self)

        run, reads = self.parts.runner.run, self.parts.session.lanes.reads
        run(reads, countries, show_countries, owner=self)

    def _on_photos(self, loaded: tuple[MapPhotos, PlaceClusters]) -> None:
        self._photos, places = loaded
        found = self._photos
        self.map.set_places(found.ids, places)
        if not self._has_view and len(found.ids):
            self._has_view = True
            self.map.show_all_photos()
        self._fill_tray()

    def _fill_tray(self) -> None:
        """The photos that were chosen in the grid, or all without a place."""
        without = np.zeros(0, np.int64) if self._photos is None else self._photos.without
        self._without.setText(
            self.tr("Photos without a place ({count})").format(count=formatting.count(len(without)))
            if len(without)
            else self.tr("Photos without a place")
        )
        self._without.setEnabled(bool(len(without)) or self._without.isChecked())
        is_open = self._chosen is not None or self._without.isChecked()
        shown = without if self._chosen is None else self._chosen
        self._tray_box.setVisible(is_open)
        if is_open:
            self._tray_title.setText(formatting.photos(len(shown)))
            self.tray.set_photos(Arrangement(shown))
        else:
            self.tray.selection.clear()
        has_places = self._photos is None or bool(len(self._photos.ids))
        self._stack.setCurrentWidget(self.map if has_places or is_open else self._empty)
        for one in (self._lasso, self._visible):
            one.setVisible(has_places)
        self._on_selection()

    # What the user does

    def _on_selection(self) -> None:
        count = 0 if self._tray_box.isHidden() else self.tray.selection.count()
        self.map.set_takes_places(on=count > 0)
        if count:
            hint = self.tr(
                "Click on the map where %Ln photo(s) were taken, or drag them there.", "", count
            )
        elif not self._tray_box.isHidden():
            hint = self.tr("Select photos, then click on the map where they were taken.")
        else:
            hint = self.tr("Drag to move, turn the wheel to zoom, click on photos to go nearer.")
        self._said.setText(hint)

    def _on_lasso(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        self.map.set_lasso(on=on)

    def _on_without(self, on: bool) -> None:  # noqa: FBT001 (a slot)
        self._chosen = None
        self._fill_tray()
        if on:
            self.tray.setFocus()

    def _open(self, photo_ids: list[int]) -> None:
        self.photo_opened.emit(np.array(photo_ids, np.int64), photo_ids[0])

    def _ask_for_visible(self) -> None:
        self._ask_for(self.map.visible_corners())

    def _ask_for(self, corners: Sequence[Point]) -> None:
        self._lasso.setChecked(False)
        rounded = tuple((round(north, _DIGITS), round(east, _DIGITS)) for north, east in corners)
        self.source_asked.emit(term_text(Filter(Field.AREA, Op.IS, Area(rounded))))

    def _on_dropped(self, source: QWidget, latitude: float, longitude: float) -> None:
        if source is self.tray:
            self._on_place(latitude, longitude)

    def _on_place(self, latitude: float, longitude: float) -> None:
        """Sets the place of the photos that are selected in the tray."""
        session = self.parts.session
        ids = [int(photo) for photo in self.tray.selection.ids().tolist()]
        place = round(latitude, _DIGITS), round(longitude, _DIGITS)
        if not ids:
            return
        self._result.hide()

        def work() -> ChangeSet:
            from photosort.usecases.photos.place_changes import set_place

            return set_place(session, ids, place)

        def name(_job: object) -> PlaceName:
            from photosort.usecases.photos.place_changes import name_of

            return name_of(place)

        if self._chosen is not None:
            self._chosen = self._chosen[~np.isin(self._chosen, ids)]
            if not len(self._chosen):
                self.close_tray()
        self.parts.changes.carry_out(work)
        self.parts.runner.run(
            session.lanes.reads, name, lambda found: self._say(len(ids), found), owner=self
        )

    def _say(self, count: int, place: PlaceName) -> None:
        photos = formatting.photos(count)
        if place.country:
            country = in_language(place.country, QLocale().name())
            where = ", ".join(filter(None, (place.town, country)))
            said = self.tr("{photos}: {place}").format(photos=photos, place=where)
        else:
            said = self.tr("{photos}: this place is in the sea. Undo takes it back.").format(
                photos=photos
            )
        self._result.setText(said)
        self._result.show()
        announce(self, said)
