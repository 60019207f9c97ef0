"""Counts and names for the window's panels: tags, albums, problems, names for the search field."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from photosort.domain.tags import TagState
from photosort.search.query_language import LibraryNames
from photosort.store.tables import (
    albums,
    automatic_albums,
    filters,
    place_names,
    problems,
    saved_searches,
    tags,
)
from photosort.usecases.duplicates import duplicate_review
from photosort.usecases.photos import photo_table
from photosort.usecases.tags.suggestions import ready_suggestions

if TYPE_CHECKING:
    from photosort.domain.albums import SavedSearch, Title
    from photosort.usecases.photos.photo_table import Catalog
    from photosort.usecases.session.session import Session

_GROWTH = 100
_AUTOMATIC = frozenset({"event", "theme"})


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands beside the photos.

    Attributes:
        tags: name, name of the tag above it, and photos that people, files or a machine that is ready say it of.
        albums: name, name of the album that holds it, and number of photos.
        own_albums: names of the albums that the user made or named.
        titles: by name, the names of automatic albums in parts.
        saved: saved searches, by name.
        problems: files that could not be used and are not ignored.
        duplicates: groups of one picture or one moment of which nobody decided which photo stays.
        suggestions: what the search field can complete.
        recent: photos that came into the library in the last days.
    """

    tags: tuple[tuple[str, str | None, int], ...]
    albums: tuple[tuple[str, str | None, int], ...]
    own_albums: frozenset[str]
    titles: dict[str, Title]
    saved: tuple[SavedSearch, ...]
    problems: int
    duplicates: int
    suggestions: LibraryNames
    recent: int


def load_overview(session: Session, catalog: Catalog, *, exact: bool = True) -> Overview:
    """Gathers it for the photos of a catalog.

    Args:
        session: the open library.
        catalog: its photos.
        exact: also look for cameras, lenses and places that are new since the library last grew by a hundredth.
    """
    store = session.reader()
    counted: Counter[str] = Counter()
    for (key, state), count in tags.counts(store).items():
        if state is not TagState.REJECTED:
            counted[key] += count
    suggested = ready_suggestions(session)
    if suggested is not None:
        counted.update(suggested.counts())
    every = tags.enabled(store)
    used = tuple((tag.name, tag.parent, counted[tag.key]) for tag in every)
    shown = albums.list_all(store)
    name_of = {one.id: one.name for one in shown}
    titles = {
        name_of[key]: title
        for key, title in automatic_albums.titles(store).items()
        if key in name_of
    }
    held = tuple((one.name, name_of.get(one.parent_id or 0), one.size) for one in shown)
    names = _metadata_names(session, len(catalog), exact=exact)
    folder_names = {
        part for _, relative in catalog.folders.values() for part in relative.split("/") if part
    } | {Path(root.path).name for root in catalog.roots.values()}
    suggestions = LibraryNames(
        tags=[tag.name for tag in sorted(every, key=lambda tag: -counted[tag.key])],
        albums=[name for name, _, _ in held],
        places=names.places,
        cameras=names.cameras,
        lenses=names.lenses,
        folders=sorted(folder_names),
        aliases={alias: tag.name for tag in every for alias in tag.aliases},
        years=[int(year.name) for year in photo_table.years(catalog)],
    )
    return Overview(
        used,
        held,
        frozenset(one.name for one in shown if one.kind not in _AUTOMATIC or one.name_pinned),
        titles,
        tuple(saved_searches.list_all(store)),
        len(problems.worth_telling(store)),
        duplicate_review.open_count(session, catalog),
        suggestions,
        int(np.count_nonzero(photo_table.recently_added(store, catalog))),
    )


@dataclass(frozen=True, slots=True)
class _MetadataNames:
    cameras: list[str]
    lenses: list[str]
    places: list[str]


class _HeldNames:
    """Names of cameras, lenses and places, and how many photos there were when they were gathered."""

    def __init__(self) -> None:
        self.photos = 0
        self.names: _MetadataNames | None = None


def _metadata_names(session: Session, photos: int, *, exact: bool) -> _MetadataNames:
    """Going through 100,000 photos for them takes 60 ms of a core and more."""
    held = session.holder(_HeldNames)
    if held.names is None or exact or abs(photos - held.photos) * _GROWTH > held.photos:
        store = session.reader()
        held.names = _MetadataNames(
            filters.cameras(store), filters.lenses(store), place_names.names(store)
        )
        held.photos = photos
    return held.names
