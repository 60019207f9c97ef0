"""Pages that stand in the centre in place of the grid."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QTableView

from photosort.gui.pages.models import ModelsPage
from photosort.gui.pages.page_switching import PageParts
from photosort.gui.pages.problems import ProblemsPage
from photosort.gui.panels import sources
from photosort.gui.shell.window import MainWindow
from photosort.gui.widgets.model_card import ModelCard
from photosort.progress import Progress

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def files(page: ProblemsPage) -> list[tuple[str, str]]:
    model = page.findChild(QTableView).model()
    return [
        (model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())
    ]


def test_the_problems_page_follows_the_library_and_gives_way_to_the_grid(
    qtbot: QtBot,
    window: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    place = draw("red", 2)
    (place / "empty.jpg").touch()
    window.intake.add_folders([str(place)])
    wait_for_index(window)

    window.workspace.tree.source_chosen.emit(sources.PROBLEMS)
    page = window.centre.pages.current
    assert isinstance(page, ProblemsPage)
    qtbot.waitUntil(lambda: [name for name, _ in files(page)] == ["empty.jpg"])
    assert files(page)[0][1], "a reason"

    # Other bytes of the same size and time: only asking again finds them.
    before = (place / "red_000.jpg").read_bytes()
    stamp = (place / "empty.jpg").stat().st_mtime_ns
    damaged = place / "damaged.jpg"
    damaged.write_bytes(bytes(len(before)))
    os.utime(damaged, ns=(stamp, stamp))
    page._again.click()
    qtbot.waitUntil(lambda: len(files(page)) == 2)
    damaged.write_bytes(before)
    os.utime(damaged, ns=(stamp, stamp))
    page._again.click()
    qtbot.waitUntil(lambda: [name for name, _ in files(page)] == ["empty.jpg"])

    (place / "empty.jpg").unlink()
    page._again.click()
    qtbot.waitUntil(lambda: not files(page))
    assert window.centre.pages.current is page, "the page stays while the library changes behind it"

    window.workspace.tree.source_chosen.emit(sources.EVERYTHING)
    qtbot.waitUntil(lambda: window.centre.pages.current is None and window.centre.grid.isVisible())


def test_another_model_starts_the_upgrade(qtbot: QtBot, indexed: MainWindow) -> None:
    indexed.workspace.tree.source_chosen.emit(sources.MODELS)
    page = indexed.centre.pages.current
    assert isinstance(page, ModelsPage)
    qtbot.waitUntil(lambda: len(page.findChildren(ModelCard)) > 1)
    page.model_changed.emit()
    assert indexed.is_indexing
    qtbot.waitUntil(lambda: not indexed.is_indexing)
    page.progressed.emit(Progress("Downloading a model (MB)", 2, 9))
    assert indexed.workspace.status.download.isVisible()
    page.progressed.emit(None)
    assert not indexed.workspace.status.download.isVisible()


def test_a_page_opens_photos_among_those_it_names(qtbot: QtBot, indexed: MainWindow) -> None:
    made: list[ProblemsPage] = []

    def make(parts: PageParts) -> ProblemsPage:
        made.append(ProblemsPage(parts))
        return made[0]

    indexed.centre.pages._makers = {"page:other": make}
    indexed.centre.pages.show("page:other")
    assert indexed.shown is not None
    ids = indexed.shown.arrangement.ids[2:4]
    made[0].photo_opened.emit(ids, int(ids[1]))
    assert indexed._library is not None
    loupe = indexed._library.large.loupe
    qtbot.waitUntil(loupe.isVisible)
    assert loupe.current_photo() == ids[1]
    indexed.centre.pages.show("page:other")
    assert len(made) == 1, "made once"


def test_an_ignored_problem_is_told_of_no_more_until_that_is_taken_back(
    qtbot: QtBot,
    window: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    place = draw("red", 1)
    for name in ("empty.jpg", "hollow.jpg"):
        (place / name).touch()
    window.intake.add_folders([str(place)])
    wait_for_index(window)
    window.workspace.tree.source_chosen.emit(sources.PROBLEMS)
    page = window.centre.pages.current
    assert isinstance(page, ProblemsPage)
    qtbot.waitUntil(lambda: len(files(page)) == 2)
    page._ignore.click()
    qtbot.waitUntil(lambda: [name for name, _ in files(page)] == ["hollow.jpg"])
    page._table.selectAll()
    page._ignore.click()
    qtbot.waitUntil(page._none.isVisible)
    qtbot.waitUntil(lambda: not window.workspace.tree.holds(sources.PROBLEMS))
    window.photos.undo()
    qtbot.waitUntil(lambda: [name for name, _ in files(page)] == ["hollow.jpg"])
    (place / "empty.jpg").write_bytes(b"longer, and still no picture")
    page.again_asked.emit([str(place)])
    qtbot.waitUntil(lambda: len(files(page)) == 2)
