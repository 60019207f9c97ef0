from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from photosort.errors import EnvironmentProblem
from photosort.gui.base.runner import Runner
from photosort.gui.loupe import picture_choice
from photosort.gui.loupe.framing import Framing
from photosort.gui.loupe.picture_loading import PictureLoader
from photosort.gui.loupe.pictures import Picture, PictureCache, Wanted
from photosort.usecases.photos.photo_paths import ShownFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

VIEW = (1200.0, 700.0)


def test_only_what_is_missing_is_asked_for_and_what_is_outdated_cancelled(pictures) -> None:
    pictures.at_once = False
    cache = PictureCache(pictures)
    one, two, three = (Wanted(i, 1024) for i in (1, 2, 3))
    cache.want([one, two])
    cache.want([two, three])
    assert pictures.asked == [one, two, three]
    assert pictures.cancelled == [one]
    pictures.answer(one)
    assert cache.get(one) is None, "nobody waits for it any more"
    pictures.answer(two)
    assert cache.get(two) is not None
    cache.want([two, three])
    assert pictures.asked == [one, two, three]


def test_memory_is_bounded_but_what_is_needed_stays(pictures) -> None:
    limit = 3 * 1024 * 683 * 4
    cache = PictureCache(pictures, limit_bytes=limit)
    for photo in range(1, 8):
        cache.want([Wanted(photo, 1024)])
        assert cache.get(Wanted(photo, 1024)) is not None
        assert cache.held_bytes <= limit
    assert cache.get(Wanted(1, 1024)) is None
    assert cache.get(Wanted(6, 1024)) is not None
    every = [Wanted(photo, 1024) for photo in range(1, 8)]
    cache.want(every)
    assert all(cache.get(one) for one in every)
    cache.clear()
    assert cache.held_bytes == 0


def test_photos_that_changed_are_forgotten(pictures) -> None:
    cache = PictureCache(pictures)
    cache.want([Wanted(1, 512), Wanted(2, 512)])
    cache.forget([1])
    assert cache.get(Wanted(1, 512)) is None
    assert cache.get(Wanted(2, 512)) is not None


def test_a_fitted_photo_needs_nothing_closer() -> None:
    framing = Framing.fit((6000, 4000), VIEW)
    assert picture_choice.fitted(1, VIEW) == Wanted(1, 1280)
    assert picture_choice.detail_for_zoom(1, framing) is None


def test_closer_looks_ask_for_steps_of_two_up_to_the_photo_itself() -> None:
    framing = Framing.fit((6000, 4000), VIEW)
    levels = {
        picture_choice.detail_for_zoom(1, framing.zoomed_to(s / 100)) for s in range(20, 800, 3)
    }
    assert levels == {None, Wanted(1, 2560), Wanted(1, 5120), Wanted(1, 6000)}


def test_a_huge_photo_is_decoded_in_parts_around_what_is_seen() -> None:
    framing = Framing.fit((40_000, 9_000), VIEW).zoomed_to(1.0)
    wanted = picture_choice.detail_for_zoom(1, framing, 0.5)
    assert wanted is not None
    assert wanted.region is not None
    left, top, right, bottom = wanted.region
    seen = framing.seen
    assert left <= seen[0] - 500
    assert right >= seen[2] + 500
    assert top <= seen[1]
    assert bottom >= seen[3]
    assert wanted.max_px == pytest.approx((right - left) / 2, abs=1)
    assert picture_choice.detail_for_zoom(1, framing.moved(-40, 0), 0.5) == wanted, (
        "a short drag asks for nothing"
    )


def test_the_coarsest_picture_that_is_fine_enough_is_painted(pictures) -> None:
    cache = PictureCache(pictures)
    fit = Framing.fit((6000, 4000), VIEW)
    cache.want([picture_choice.thumbnail(1)])
    early = picture_choice.layers(cache, 1, None)
    assert early.size is None
    assert [p.image.width() for p in early.pictures] == [512]
    cache.want([picture_choice.thumbnail(1), picture_choice.fitted(1, VIEW), Wanted(1, 6000)])
    assert [p.image.width() for p in picture_choice.layers(cache, 1, fit).pictures] == [1280]
    close = fit.zoomed_to(1.0)
    assert [p.image.width() for p in picture_choice.layers(cache, 1, close).pictures] == [6000]
    assert picture_choice.layers(cache, 1, close).is_sharp
    assert not picture_choice.layers(cache, 1, fit.zoomed_to(0.4)).is_sharp


def test_parts_lie_above_the_whole(pictures) -> None:
    pictures.size = (40_000, 9_000)
    pictures.finest = 0.5
    cache = PictureCache(pictures)
    framing = Framing.fit((40_000, 9_000), VIEW).zoomed_to(1.0)
    cache.want([picture_choice.fitted(1, VIEW), picture_choice.detail_for_zoom(1, framing, 0.5)])
    found = picture_choice.layers(cache, 1, framing).pictures
    assert [p.region[0] > 0 for p in found] == [False, True]


@pytest.fixture
def lane() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1, thread_name_prefix="photosort-test") as pool:
        yield pool


@pytest.fixture
def runner(qapp: object) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.close()


def test_pictures_come_from_files(
    qtbot: QtBot, tmp_path: Path, runner: Runner, lane: ThreadPoolExecutor
) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (900, 600), (200, 30, 30)).save(path)
    jpeg = path.read_bytes()
    threads: set[int] = set()

    def file_of(photo_id: int) -> ShownFile:
        threads.add(threading.get_ident())
        if photo_id == 3:
            raise EnvironmentProblem("The drive is not connected.")
        return ShownFile(path if photo_id == 1 else tmp_path / "gone.jpg")

    provider = PictureLoader(
        runner, lane, file_of=file_of, thumbnail_of=lambda i: jpeg if i == 1 else None
    )
    came: dict[Wanted, Picture] = {}
    provider.ready.connect(came.__setitem__)
    wishes = [
        Wanted(1, 300),
        Wanted(1, 512, stored=True),
        Wanted(1, 100, (0.0, 0.0, 90.0, 60.0)),
        Wanted(2, 300),
        Wanted(2, 512, stored=True),
        Wanted(3, 300),
    ]
    for wish in wishes:
        provider.request(wish)
    qtbot.waitUntil(lambda: len(came) == len(wishes))
    whole, stored, part, gone, none, offline = (came[wish] for wish in wishes)
    assert (whole.image.width(), whole.image.height(), whole.size) == (300, 200, (900, 600))
    assert whole.image.pixelColor(5, 5).red() > 150
    assert whole.image.pixelColor(5, 5).blue() < 80
    assert stored.image.width() == 900
    assert (part.image.width(), part.region) == (90, (0.0, 0.0, 90.0, 60.0))
    assert "no longer there" in gone.problem
    assert none.image.isNull()
    assert not none.problem
    assert offline.problem == "The drive is not connected."
    assert threading.get_ident() not in threads


def test_a_wish_that_is_taken_back_is_not_decoded(
    qtbot: QtBot, tmp_path: Path, runner: Runner, lane: ThreadPoolExecutor
) -> None:
    path = tmp_path / "a.jpg"
    Image.new("RGB", (90, 60)).save(path)
    gate = threading.Event()
    decoded: list[int] = []

    def file_of(photo_id: int) -> ShownFile:
        gate.wait(10)
        decoded.append(photo_id)
        return ShownFile(path)

    provider = PictureLoader(runner, lane, file_of=file_of, thumbnail_of=lambda _: None)
    came: list[Wanted] = []
    provider.ready.connect(lambda wanted, _: came.append(wanted))
    for photo in (1, 2, 3):
        provider.request(Wanted(photo, 64))
    provider.cancel(Wanted(2, 64))
    gate.set()
    qtbot.waitUntil(lambda: Wanted(3, 64) in came)
    assert decoded == [1, 3]
    assert Wanted(2, 64) not in came
