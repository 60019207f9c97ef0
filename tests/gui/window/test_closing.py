"""What the closed window leaves: one file that holds everything."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from photosort.store.db.database import Store
from photosort.store.tables import photos
from photosort.usecases.photos import decisions

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.gui.shell.window import MainWindow
    from photosort.paths import LibraryPaths


def test_a_copy_of_the_library_file_alone_is_whole(
    indexed: MainWindow, places: LibraryPaths, tmp_path: Path
) -> None:
    library = indexed._library
    assert library is not None
    first = library.session.read(lambda store: store.value("SELECT min(id) FROM photos"))
    decisions.rate(library.session, [first], 4)
    indexed.close()
    assert not places.library.with_name(places.library.name + "-wal").exists()
    copy = tmp_path / "copy.db"
    shutil.copyfile(places.library, copy)
    with Store.open(copy, read_only=True) as store:
        assert photos.count(store) == 9
        assert photos.user_values(store, [first])[first].rating == 4
