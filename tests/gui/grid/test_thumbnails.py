from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QImage

from photosort.gui.base import theme
from photosort.gui.grid.thumbnails import ThumbnailCache

if TYPE_CHECKING:
    from tests.gui.grid.conftest import Provider

BYTES = 100 * 100 * 4


@pytest.fixture
def cache(provider: Provider) -> ThumbnailCache:
    made = ThumbnailCache(limit_bytes=3 * BYTES)
    made.set_provider(provider)
    return made


def test_asks_once_and_in_order(cache: ThumbnailCache, provider: Provider) -> None:
    cache.want([(5, 100), (3, 100)], scale=1)
    cache.want([(5, 100), (3, 100)], scale=1)
    assert provider.requests == [(5, 100), (3, 100)]


def test_cancels_what_left(cache: ThumbnailCache, provider: Provider) -> None:
    cache.want([(1, 100), (2, 100)], scale=1)
    cache.want([(2, 100), (3, 100)], scale=1)
    assert provider.cancelled == [1]
    provider.answer(1, 100)
    assert cache.get(1) is None, "a cancelled thumbnail came all the same"


def test_a_zoom_asks_again_and_shows_the_old_one_meanwhile(
    cache: ThumbnailCache, provider: Provider
) -> None:
    cache.want([(1, 100)], scale=1)
    provider.answer(1, 100)
    cache.want([(1, 150)], scale=1)
    assert provider.requests == [(1, 100), (1, 150)]
    held = cache.get(1)
    assert held is not None
    assert held.edge_px == 100
    provider.answer(1, 150)
    held = cache.get(1)
    assert held is not None
    assert held.edge_px == 150


def test_is_bounded_by_bytes_and_drops_what_was_seen_longest_ago(
    cache: ThumbnailCache, provider: Provider
) -> None:
    for photo in (1, 2, 3):
        cache.want([(photo, 100)], scale=1)
        provider.answer(photo, 100)
    cache.get(1)
    cache.want([(4, 100)], scale=1)
    provider.answer(4, 100)
    assert cache.held_bytes <= 3 * BYTES
    assert cache.get(2) is None
    assert cache.get(1) is not None
    assert cache.get(4) is not None


def test_what_is_needed_now_stays_beyond_the_limit(
    cache: ThumbnailCache, provider: Provider
) -> None:
    cache.want([(p, 100) for p in range(5)], scale=1)
    for photo in range(5):
        provider.answer(photo, 100)
    assert all(cache.get(p) is not None for p in range(5))


def test_remembers_that_there_is_no_picture(cache: ThumbnailCache, provider: Provider) -> None:
    cache.want([(1, 100)], scale=1)
    provider.ready.emit(1, 100, QImage())
    cache.want([(1, 100)], scale=1)
    assert provider.requests == [(1, 100)]
    held = cache.get(1)
    assert held is not None
    assert held.pixmap is None


def test_a_changed_photo_is_asked_for_again(cache: ThumbnailCache, provider: Provider) -> None:
    cache.want([(1, 100)], scale=1)
    provider.answer(1, 100)
    cache.forget([1, 77])
    assert cache.held_bytes == 0
    cache.want([(1, 100)], scale=1)
    assert len(provider.requests) == 2


def test_corners_take_the_colour_of_the_window(
    cache: ThumbnailCache, provider: Provider, themed: theme.Theme
) -> None:
    cache.want([(1, 100)], scale=2)
    provider.answer(1, 100, "#804020")
    held = cache.get(1)
    assert held is not None
    assert held.pixmap is not None
    image = held.pixmap.toImage()
    assert image.pixelColor(0, 0).name() == theme.colours().window
    assert image.pixelColor(50, 50).name() == "#804020"
    assert held.pixmap.devicePixelRatio() == 2


def test_another_provider_begins_anew(cache: ThumbnailCache, provider: Provider) -> None:
    cache.want([(1, 100)], scale=1)
    cache.set_provider(None)
    assert provider.cancelled == [1]
    cache.want([(2, 100)], scale=1)
    assert provider.requests == [(1, 100)]
