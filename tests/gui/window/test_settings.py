"""Each of the user's settings changes something that can be seen or measured."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from photosort.gui.base import theme, translation
from photosort.gui.base.runner import Runner
from photosort.gui.shell.window import MainWindow
from photosort.settings import Settings
from photosort.store.thumbnail_cache import ThumbnailCache
from photosort.usecases.photos import thumbnails
from photosort.usecases.session import backups
from photosort.usecases.session import session as session_module
from tests.fixtures.window import opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme
    from photosort.paths import LibraryPaths

OTHER = Settings(
    scheme="light",
    motion="full",
    language="de",
    thumbnail_cache_mb=2048,
    threads=1,
    single_letters=False,
    write_keyword_files=True,
    slideshow_interval_s=9,
    advance=True,
    cell_shape="square",
    cell_edge_px=240,
    show_information=False,
    show_filters=True,
    show_stacks=True,
    backup_folder="/copies of mine",
    import_folder="/photos",
    import_template="{year}",
    sidebar='{"closed": ["section:tags"], "opened": [], "chosen": "", "place": 0}',
    window="",
)
# These hold from the next start on.
AT_START = {"language", "threads", "sidebar", "window"}


@pytest.fixture(autouse=True)
def _known_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two cores, and more thumbnails than may be kept."""
    monkeypatch.setattr(session_module, "cores", lambda: 2)
    monkeypatch.setattr(ThumbnailCache, "size_bytes", lambda self: 10**12)
    monkeypatch.setattr(ThumbnailCache, "evict", lambda self, limit_bytes: limit_bytes)
    monkeypatch.setattr(theme, "_system_wants_no_motion", lambda app: True)


def effects(qtbot: QtBot, window: MainWindow) -> dict[str, Any]:
    """What each setting does to a window with one photo."""
    library, shown = window._library, window.shown
    assert library is not None
    assert shown is not None
    session, grid, loupe = library.session, window.centre.grid, library.large.loupe
    letters = [*window.commands._letters, *loupe._commands._letters]
    return {
        "scheme": theme.is_dark(),
        "motion": theme.fade_ms(),
        "language": window.commands["find"].text(),
        "thumbnail_cache_mb": thumbnails.keep_to_size(session),
        "threads": session.threads,
        "single_letters": any(letter.isEnabled() for letter in letters),
        "write_keyword_files": has_keyword_file_after_rating(qtbot, window),
        "slideshow_interval_s": loupe.slideshow._timer.interval(),
        "advance": loupe._advances,
        "cell_shape": grid.shape_of_cells,
        "cell_edge_px": grid.edge,
        "show_information": window.workspace.information.isVisible(),
        "show_filters": window.workspace.filters.isVisible(),
        "show_stacks": library.browser._has_stacks,
        "import_folder": session.settings.import_folder,
        "import_template": session.settings.import_template,
        "backup_folder": backups.folder_of(session.paths, session.settings),
        "sidebar": window.workspace.tree._closed.copy(),
        "window": window.size(),
    }


def has_keyword_file_after_rating(qtbot: QtBot, window: MainWindow) -> bool:
    library, catalog = window._library, window.book.catalog
    assert library is not None
    assert catalog is not None
    photo_id = int(catalog.ids[0])
    path = catalog.path(photo_id)
    assert path is not None
    stars = 1 + catalog.table.rating[0] % 5
    with qtbot.waitSignal(library.changes.made):
        library.changes.rate([photo_id], int(stars))
    qtbot.waitUntil(lambda: not window._runner._under_way)
    written = list(path.parent.glob("*.xmp"))
    for file in written:
        file.unlink()
    return bool(written)


def with_a_photo(qtbot: QtBot, window: MainWindow, folder: Path) -> MainWindow:
    window.intake.add_folders([str(folder)])
    qtbot.waitUntil(lambda: window.shown is not None and window.shown.arrangement.photos() == 1)
    qtbot.waitUntil(lambda: not window.is_indexing)
    return window


def other() -> Settings:
    """Every setting as the default is not."""
    window = QWidget()
    window.resize(900, 640)
    found = replace(OTHER, window=window.saveGeometry().toBase64().toStdString())
    window.deleteLater()
    assert all(getattr(found, f.name) != getattr(Settings(), f.name) for f in fields(Settings))
    return found


@pytest.mark.usefixtures("encoder")
def test_each_setting_acts_from_the_start(
    qtbot: QtBot,
    speaking: QApplication,
    themed: Theme,
    places: LibraryPaths,
    draw: Callable[..., Path],
) -> None:
    found: list[dict[str, Any]] = []
    for chosen in (Settings(language="en"), other()):
        translation.install(speaking, chosen.language)
        with opened(qtbot, themed, places, chosen) as window:
            found.append(effects(qtbot, with_a_photo(qtbot, window, draw("red"))))
    before, after = found
    assert before.keys() == {f.name for f in fields(Settings)}
    assert [name for name in before if before[name] == after[name]] == []


def test_each_setting_acts_on_the_open_window(
    qtbot: QtBot, window: MainWindow, draw: Callable[..., Path]
) -> None:
    before = effects(qtbot, with_a_photo(qtbot, window, draw("red")))
    window.apply(other())
    after = effects(qtbot, window)
    assert {name for name in before if before[name] == after[name]} == AT_START


def test_the_first_window_fits_the_screen_with_its_frame(
    qtbot: QtBot, themed: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = QRect(0, 0, 1024, 740)
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: room)
    window = MainWindow(themed, Runner())
    qtbot.addWidget(window)
    assert window.width() <= room.width()
    assert window.height() <= room.height() - 24, "a title bar has to be seen"
    monkeypatch.undo()
    window.close()
