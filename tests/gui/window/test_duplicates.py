"""Duplicates in the window: found, looked at side by side, decided, told apart, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtWidgets import QLabel, QPushButton

from photosort.domain.photos import Flag, Kind
from photosort.gui.panels import sources
from photosort.gui.widgets.duplicate_card import DuplicateCard
from photosort.store.tables import photos
from photosort.usecases.details import details_of
from photosort.usecases.photos import decisions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from photosort.gui.pages.duplicates import DuplicatesPage
    from photosort.gui.shell.window import MainWindow


def clouds(path: Path, seed: int, size: tuple[int, int]) -> None:
    """A picture full of texture, as a photo is; two of one seed are one picture."""
    few = np.random.default_rng(seed).integers(0, 256, (18, 24, 3), np.uint8)
    whole = Image.fromarray(few).resize((480, 360), Image.Resampling.BICUBIC)
    path.parent.mkdir(exist_ok=True)
    whole.resize(size, Image.Resampling.LANCZOS).save(path, quality=92)


@pytest.fixture
def unlooked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, wait_for_index: Callable[[MainWindow], None]
) -> DuplicatesPage:
    """The page of a library of two pictures, one of them there in two sizes, and one copied."""
    folder = tmp_path / "clouds"
    clouds(folder / "large.jpg", 1, (480, 360))
    clouds(folder / "small.jpg", 1, (240, 180))
    clouds(folder / "other.jpg", 2, (480, 360))
    (folder / "other again.jpg").write_bytes((folder / "other.jpg").read_bytes())
    window.intake.add_folders([str(folder)])
    wait_for_index(window)
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.arrangement.photos() == 3)
    window.workspace.tree.source_chosen.emit(sources.DUPLICATES)
    qtbot.waitUntil(lambda: window.centre.pages.current is not None)
    made: DuplicatesPage = window.centre.pages.current  # type: ignore[assignment]
    qtbot.waitUntil(lambda: made._standing is not None)
    return made


@pytest.fixture
def page(qtbot: QtBot, unlooked: DuplicatesPage) -> DuplicatesPage:
    """The same after a look."""
    unlooked.look()
    qtbot.waitUntil(lambda: unlooked._standing.looked_at == 3)
    return unlooked


def cards(page: DuplicatesPage) -> list[DuplicateCard]:
    return [card for card in page._cards.values() if card.isVisible()]


def names(card: DuplicateCard) -> list[str]:
    return [tile.text() for tile in card._tiles]


def taken_lines(page: DuplicatesPage) -> list[QLabel]:
    return [card._taken for card in cards(page)]


def press(card: DuplicateCard, text: str) -> None:
    (found,) = [one for one in card.findChildren(QPushButton) if one.text() == text]
    found.click()


def flags(window: MainWindow) -> dict[str, Flag | None]:
    session = window._library.session
    ids = window.book.catalog.ids.tolist()
    found = session.write(lambda store: photos.get(store, ids))
    return {window.book.catalog.path(one.id).name: one.flag for one in found}


def row_count(window: MainWindow) -> int | None:
    model = window.workspace.tree._sources
    count: int | None = model.source(model.index_of(sources.DUPLICATES)).count
    return count


def test_what_the_one_that_stays_takes_over_is_said_before(
    qtbot: QtBot, window: MainWindow, page: DuplicatesPage
) -> None:
    (card,) = cards(page)
    large, small = (copy.photo_id for copy in card.group.copies)
    assert card._taken.isHidden()
    session = window._library.session
    window._library.changes.carry_out(lambda: decisions.rate(session, [small], 4))
    qtbot.waitUntil(lambda: [one.isHidden() for one in taken_lines(page)] == [False])
    (line,) = taken_lines(page)
    assert line.text() == "What stays takes over: 4 stars"
    (card,) = cards(page)
    for tile in card._tiles:
        tile.click()
    assert card._taken.isHidden()  # the one with the stars stays now
    for tile in card._tiles:
        tile.click()
    press(card, "Discard 1 photo(s)")
    qtbot.waitUntil(lambda: details_of(session, large).photo.effective.rating == 4)
    page._undo.click()
    qtbot.waitUntil(lambda: details_of(session, large).photo.effective.rating is None)


def test_before_a_look_the_page_says_what_it_would_do_and_shows_what_is_known(
    qtbot: QtBot, unlooked: DuplicatesPage
) -> None:
    assert unlooked._first.isVisible()
    assert not unlooked._look.isVisible()
    unlooked.show_lane("exact")
    qtbot.waitUntil(lambda: len(cards(unlooked)) == 1)
    assert not unlooked._first.isVisible()
    unlooked.show_lane("near")
    assert unlooked._first.isVisible()


def test_the_smaller_copy_goes_and_comes_back(
    qtbot: QtBot, window: MainWindow, page: DuplicatesPage
) -> None:
    qtbot.waitUntil(lambda: row_count(window) == 1)
    (card,) = cards(page)
    assert names(card) == ["large.jpg", "small.jpg"]
    assert [tile.isChecked() for tile in card._tiles] == [True, False]
    assert "most pixels, 480 x 360" in card.accessibleName()
    qtbot.waitUntil(lambda: all(tile._picture is not None for tile in card._tiles))
    press(card, "Discard 1 photo(s)")
    qtbot.waitUntil(lambda: not cards(page))
    assert [name for name, flag in flags(window).items() if flag is not None] == ["small.jpg"]
    qtbot.waitUntil(lambda: row_count(window) is None)
    assert page._said.text() == "Discarded duplicates: 1 photo"
    page._undo.click()
    qtbot.waitUntil(lambda: len(cards(page)) == 1)
    assert set(flags(window).values()) == {None}
    assert page._told.isHidden()


def test_what_stays_is_the_users_choice_but_never_nothing(
    qtbot: QtBot, window: MainWindow, page: DuplicatesPage
) -> None:
    (card,) = cards(page)
    large, small = card._tiles
    large.click()
    assert not card._keep.isEnabled()
    small.click()
    assert card._keep.isEnabled()
    press(card, "Discard 1 photo(s)")
    qtbot.waitUntil(lambda: not cards(page))
    assert flags(window)["large.jpg"] is Flag.DISCARD
    assert flags(window)["small.jpg"] is None


def test_what_is_told_apart_is_not_found_again(
    qtbot: QtBot, window: MainWindow, page: DuplicatesPage
) -> None:
    press(cards(page)[0], "Not duplicates")
    qtbot.waitUntil(lambda: not cards(page))
    page.look()
    qtbot.waitUntil(lambda: page._job is None, timeout=20_000)
    page.refresh()
    qtbot.waitUntil(lambda: not window._runner._under_way)
    assert not cards(page)
    window.photos.undo()
    qtbot.waitUntil(lambda: not window._runner._under_way)
    page.look()
    qtbot.waitUntil(lambda: len(cards(page)) == 1, timeout=20_000)


def test_files_of_the_same_bytes_are_shown_and_nothing_else(
    qtbot: QtBot, page: DuplicatesPage
) -> None:
    page.show_lane("exact")
    qtbot.waitUntil(lambda: len(cards(page)) == 1)
    (card,) = cards(page)
    assert sorted(names(card)) == ["other again.jpg", "other.jpg"]
    assert not [one for one in card.findChildren(QPushButton) if one.isVisible()]
    with qtbot.waitSignal(page.file_shown) as shown:
        card._tiles[0].click()
    assert shown.args[0].endswith(names(card)[0])


def test_all_at_once_and_side_by_side(
    qtbot: QtBot, window: MainWindow, page: DuplicatesPage
) -> None:
    press(cards(page)[0], "Compare")
    qtbot.waitUntil(window._library.large.compare.isVisible)
    window._library.large.compare.closed.emit(-1)
    assert page._all.text() == "Keep the best of 1 sure group(s)"
    page._all.click()
    qtbot.waitUntil(lambda: not cards(page))
    assert flags(window)["small.jpg"] is Flag.DISCARD


def test_of_a_group_that_lost_its_best_the_rest_is_asked_about(
    qtbot: QtBot,
    window: MainWindow,
    page: DuplicatesPage,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    clouds(tmp_path / "clouds" / "medium.jpg", 1, (360, 270))
    window.intake.update_all()
    wait_for_index(window)
    qtbot.waitUntil(lambda: "came or went" in page._hint.text())
    page.look()
    qtbot.waitUntil(lambda: [len(card._tiles) for card in cards(page)] == [3], timeout=20_000)
    large = cards(page)[0].group.copies[0].photo_id
    window._library.changes.flag([large], Flag.DISCARD)
    qtbot.waitUntil(lambda: [names(card) for card in cards(page)] == [["medium.jpg", "small.jpg"]])
    assert "most pixels" not in cards(page)[0].accessibleName()


def test_of_documents_only_what_agrees_all_over_is_one_picture(
    qtbot: QtBot,
    window: MainWindow,
    page: DuplicatesPage,
    tmp_path: Path,
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    with Image.open(tmp_path / "clouds" / "large.jpg") as whole:
        whole.crop((40, 30, 480, 360)).save(tmp_path / "clouds" / "cut.jpg", quality=92)
    window.intake.update_all()
    wait_for_index(window)
    page.look()
    qtbot.waitUntil(lambda: [len(card._tiles) for card in cards(page)] == [3], timeout=20_000)
    # A part of it was cut off, so somebody has to look.
    assert page._all.isHidden()
    session = window._library.session
    ids = [copy.photo_id for copy in cards(page)[0].group.copies]
    decisions.correct_kind(session, ids, Kind.DOCUMENT)
    page.look()
    qtbot.waitUntil(
        lambda: [names(card) for card in cards(page)] == [["large.jpg", "small.jpg"]],
        timeout=20_000,
    )
    # Two receipts of one shop look alike: documents are never sure.
    assert page._all.isHidden()
