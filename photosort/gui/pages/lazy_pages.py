"""Imports rarely used pages at first use, so that the window opens sooner."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from photosort.gui.pages.albums import AlbumsPage
    from photosort.gui.pages.duplicates import DuplicatesPage
    from photosort.gui.pages.map_page import MapPage
    from photosort.gui.pages.models import ModelsPage
    from photosort.gui.pages.page_switching import PageParts
    from photosort.gui.pages.problems import ProblemsPage
    from photosort.gui.pages.review import ReviewPage
    from photosort.gui.pages.tags import TagsPage


def albums_page(parts: PageParts) -> AlbumsPage:
    """Themes, events and places."""
    from photosort.gui.pages.albums import AlbumsPage

    return AlbumsPage(parts)


def duplicates_page(parts: PageParts) -> DuplicatesPage:
    """Photos that are there more than once."""
    from photosort.gui.pages.duplicates import DuplicatesPage

    return DuplicatesPage(parts)


def map_page(parts: PageParts) -> MapPage:
    """Where photos were taken."""
    from photosort.gui.pages.map_page import MapPage

    return MapPage(parts)


def models_page(parts: PageParts) -> ModelsPage:
    """The picture models."""
    from photosort.gui.pages.models import ModelsPage

    return ModelsPage(parts)


def problems_page(parts: PageParts) -> ProblemsPage:
    """The files that could not be used."""
    from photosort.gui.pages.problems import ProblemsPage

    return ProblemsPage(parts)


def review_page(parts: PageParts) -> ReviewPage:
    """Suggested tags, one after the other."""
    from photosort.gui.pages.review import ReviewPage

    return ReviewPage(parts)


def tags_page(parts: PageParts) -> TagsPage:
    """All tags."""
    from photosort.gui.pages.tags import TagsPage

    return TagsPage(parts)
