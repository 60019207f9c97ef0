"""Photos that come, change and go while the window is open, or while it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo

from photosort.domain.photos import FileState
from photosort.file_lock import hold
from photosort.gui.controllers import folder_watch
from photosort.sentences import Sentence
from photosort.store.tables import files
from photosort.store.vectors import vectors
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.gui.shell.open_library import OpenLibrary
    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths
    from photosort.store.db.database import Store
    from tests.fixtures.colours import ColourEncoder

# The system reports events late on a busy machine.
_PATIENCE_MS = 60_000


def photos(window: MainWindow) -> int:
    return 0 if window.shown is None else window.shown.arrangement.photos()


def names(window: MainWindow) -> set[str]:
    catalog = window.book.catalog
    return set() if catalog is None else set(catalog.names)


def library_of(window: MainWindow) -> OpenLibrary:
    assert window._library is not None
    return window._library


def unread(window: MainWindow) -> int:
    session = library_of(window).session
    encoder = session.encoders.current.info

    def count(store: Store) -> int:
        return len(vectors.pending(store, vectors.encoder_id(store, encoder)))

    return session.write(count)


def test_new_and_deleted_photos_are_noticed_by_themselves(
    qtbot: QtBot, indexed: MainWindow, draw: Callable[..., Path]
) -> None:
    qtbot.waitUntil(lambda: bool(library_of(indexed).watch._watched), timeout=_PATIENCE_MS)
    folder = draw("grey", 3, month=8)
    qtbot.waitUntil(lambda: photos(indexed) == 12, timeout=_PATIENCE_MS)
    (folder / "grey_001.jpg").unlink()
    draw("red", 5, folder="photos/new")
    qtbot.waitUntil(lambda: "red_004.jpg" in names(indexed), timeout=_PATIENCE_MS)
    session = library_of(indexed).session
    qtbot.waitUntil(
        lambda: session.read(files.count_by_state)[FileState.MISSING] == 1, timeout=_PATIENCE_MS
    )


def test_what_the_last_session_left_unread_is_read_at_the_next_start(
    qtbot: QtBot,
    themed: Theme,
    places: LibraryPaths,
    encoder: ColourEncoder,
    draw: Callable[..., Path],
) -> None:
    folder = draw("red", 30)
    with opened(qtbot, themed, places) as window:
        window.intake.add_folders([str(folder)])
        qtbot.waitUntil(lambda: photos(window) > 0, timeout=_PATIENCE_MS)
    draw("blue", 2)
    with opened(qtbot, themed, places) as window:
        qtbot.waitUntil(lambda: photos(window) == 32, timeout=_PATIENCE_MS)
        qtbot.waitUntil(lambda: not window.is_indexing, timeout=_PATIENCE_MS)
        assert unread(window) == 0


def test_a_folder_that_is_unplugged_and_comes_back(
    qtbot: QtBot, indexed: MainWindow, draw: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = library_of(indexed).watch
    qtbot.waitUntil(lambda: bool(watch._watched), timeout=_PATIENCE_MS)
    folder = draw("red")
    away = folder.with_name("away")
    folder.rename(away)
    watch._look_at_drives()
    qtbot.waitUntil(lambda: not watch._watched, timeout=_PATIENCE_MS)
    away.rename(folder)
    watch._look_at_drives()
    qtbot.waitUntil(lambda: bool(watch._watched), timeout=_PATIENCE_MS)
    draw("grey", 1)
    qtbot.waitUntil(lambda: "grey_000.jpg" in names(indexed), timeout=_PATIENCE_MS)


def test_a_folder_on_a_network_drive_is_told_and_scanned_from_time_to_time(
    qtbot: QtBot, window: MainWindow, draw: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(draw("red"))
    kind = QStorageInfo(folder).fileSystemType().data().decode()
    monkeypatch.setattr(folder_watch, "_NETWORK", frozenset({kind}))
    watch = library_of(window).watch
    with qtbot.waitSignal(watch.unwatchable, timeout=_PATIENCE_MS) as told:
        window.intake.add_folders([folder])
    assert told.args == [folder]
    assert folder in window.workspace.toast._text.text()
    qtbot.waitUntil(lambda: not window.is_indexing, timeout=_PATIENCE_MS)
    draw("grey")
    watch._rescan.timeout.emit()
    qtbot.waitUntil(lambda: "grey_000.jpg" in names(window), timeout=_PATIENCE_MS)


def test_a_check_that_nobody_asked_for_is_silent_where_it_cannot_be_done(
    qtbot: QtBot, indexed: MainWindow, places: LibraryPaths
) -> None:
    worker = library_of(indexed).worker
    seen: list[object] = []
    worker.progressed.connect(lambda progress, _paused: seen.append(progress))
    with hold(places.lock, Sentence("indexing this library")):
        with qtbot.waitSignal(worker.finished, timeout=_PATIENCE_MS):
            worker.check()
        assert not indexed.workspace.banner.isVisible()
        with qtbot.waitSignal(worker.finished, timeout=_PATIENCE_MS):
            worker.start([])
        assert indexed.workspace.banner.isVisible()
    seen.clear()
    with qtbot.waitSignal(worker.finished, timeout=_PATIENCE_MS):
        worker.check()
    assert seen == []
