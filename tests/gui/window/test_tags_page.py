"""The tags page, and keyword files in the window."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QProgressDialog, QPushButton, QTreeView
from shiboken6 import isValid

from photosort.errors import JobCancelled
from photosort.gui.base.runner import POLL_MS
from photosort.gui.dialogs.keyword_conflicts import KeywordConflictsDialog
from photosort.gui.dialogs.tag_batch import TagBatchDialog
from photosort.gui.pages.tag_form import TagForm
from photosort.gui.pages.tags import TagsPage
from photosort.gui.shell.window import MainWindow
from photosort.media.sidecar_writing import SidecarChange, words_of, write_sidecar
from photosort.progress import Job, Progress
from photosort.usecases.models import vocabulary_vectors
from photosort.usecases.session.session import Session
from photosort.usecases.sidecars.sidecar_sync import SidecarRun
from photosort.usecases.tags import batch

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fixtures.colours import ColourEncoder

TREE = """
- name: animals
  group: true
  children:
    - {name: dog, aliases: [puppy], descriptors: [a wet nose]}
- {name: pizza, packs: [food]}
"""


@pytest.fixture(autouse=True)
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "shipped.yaml"
    path.write_text(TREE)
    monkeypatch.setattr(vocabulary_vectors, "shipped_files", lambda: [path])


@pytest.fixture
def page(qtbot: QtBot, indexed: MainWindow) -> TagsPage:
    indexed.commands["tags"].trigger()
    made = indexed.centre.pages.current
    assert isinstance(made, TagsPage)
    qtbot.waitUntil(lambda: rows(made) != {})
    return made


def rows(page: TagsPage) -> dict[str, str]:
    """Name of each tag that is shown and what stands in the last column."""
    model = page.findChild(QTreeView).model()
    found: dict[str, str] = {}
    waiting = [model.index(row, 0) for row in range(model.rowCount())]
    while waiting:
        index = waiting.pop()
        found[str(index.data())] = str(index.siblingAtColumn(2).data())
        waiting += [model.index(row, 0, index) for row in range(model.rowCount(index))]
    return found


def choose(page: TagsPage, name: str) -> TagForm:
    tree = page.findChild(QTreeView)
    model = tree.model()
    (index,) = model.match(
        model.index(0, 0), Qt.ItemDataRole.DisplayRole, name, 1, Qt.MatchFlag.MatchRecursive
    )
    tree.setCurrentIndex(index)
    form = page.findChild(TagForm)
    assert isinstance(form, TagForm)
    return form


def press(widget: object, text: str) -> None:
    (found,) = [b for b in widget.findChildren(QPushButton) if b.text().startswith(text)]  # type: ignore[attr-defined]
    assert found.isEnabled()
    found.click()


def test_a_pack_is_switched_off_and_that_is_taken_back(
    qtbot: QtBot, indexed: MainWindow, page: TagsPage
) -> None:
    assert set(rows(page)) == {"animals", "dog", "pizza"}
    assert rows(page)["pizza"] != "switched off"
    press(page, "Food")
    qtbot.waitUntil(lambda: rows(page).get("pizza") == "switched off")
    indexed.photos.undo()
    qtbot.waitUntil(lambda: rows(page).get("pizza", "switched off") != "switched off")


def test_the_search_finds_other_words_of_a_tag(qtbot: QtBot, page: TagsPage) -> None:
    page._search.setText("pupp")
    assert set(rows(page)) == {"animals", "dog"}
    page._search.setText("")
    assert "pizza" in rows(page)


def test_a_tag_is_edited_switched_off_and_a_new_one_added(
    qtbot: QtBot, indexed: MainWindow, page: TagsPage
) -> None:
    form = choose(page, "dog")
    seen = form._descriptors
    assert isinstance(seen, QPlainTextEdit)
    assert seen.toPlainText() == "a wet nose"
    assert not form._save.isEnabled()
    seen.setPlainText("a wet nose\nfour legs\n")
    press(form, "Save")
    session = page.parts.session
    qtbot.waitUntil(
        lambda: (
            vocabulary_vectors.current_vocabulary(session).get("dog").descriptors
            == ("a wet nose", "four legs")
        )  # type: ignore[union-attr]
    )
    qtbot.waitUntil(lambda: not form._save.isEnabled())
    form._in_use.click()
    qtbot.waitUntil(lambda: rows(page).get("dog") == "switched off")
    press(page, "New tag")
    form._name.setText("our garden")
    form._on_edited()
    press(form, "Save")
    qtbot.waitUntil(lambda: "our garden" in rows(page))
    assert page._chosen == "our garden"
    press(form, "Remove")
    qtbot.waitUntil(lambda: "our garden" not in rows(page))


def test_what_is_being_typed_survives_a_change_elsewhere(
    qtbot: QtBot, indexed: MainWindow, page: TagsPage
) -> None:
    form = choose(page, "dog")
    form._aliases.setPlainText("puppy\nhound")
    press(page, "Food")
    qtbot.waitUntil(lambda: rows(page).get("pizza") == "switched off")
    assert form._aliases.toPlainText() == "puppy\nhound"


def test_a_word_that_is_taken_is_said(qtbot: QtBot, indexed: MainWindow, page: TagsPage) -> None:
    form = choose(page, "pizza")
    form._name.setText("puppy")
    form._on_edited()
    press(form, "Save")
    qtbot.waitUntil(indexed.workspace.banner.isVisible)
    assert "pizza" in rows(page)


def keyword_files(window: MainWindow) -> list[Path]:
    catalog = window.book.catalog
    assert catalog is not None
    folder = Path(catalog.roots[min(catalog.roots)].path)
    return sorted(folder.glob("*.xmp"))


def select_first(window: MainWindow) -> int:
    shown = window.shown
    assert shown is not None
    photo = int(shown.arrangement.ids[0])
    window.centre.grid.go_to_photo(photo)
    return photo


def test_keyword_files_are_written_when_asked_for(qtbot: QtBot, indexed: MainWindow) -> None:
    select_first(indexed)
    indexed.commands["keyword-files"].trigger()
    qtbot.waitUntil(indexed.workspace.toast.isVisible)
    assert "Nothing to write" in indexed.workspace.toast._text.text()
    indexed.workspace.information.tags.added.emit("dog")
    qtbot.waitUntil(
        lambda: indexed.commands["undo"].isEnabled() and "dog" in indexed.commands["undo"].text()
    )
    assert keyword_files(indexed) == []
    indexed.commands["keyword-files"].trigger()
    qtbot.waitUntil(lambda: "1 keyword file" in indexed.workspace.toast._text.text())
    (path,) = keyword_files(indexed)
    assert words_of(path.read_bytes()).words == {"dog"}
    indexed.photos.undo()
    qtbot.waitUntil(lambda: keyword_files(indexed) == [])


def test_keyword_files_follow_every_decision_when_that_is_chosen(
    qtbot: QtBot, indexed: MainWindow
) -> None:
    indexed.apply(replace(indexed.settings(), write_keyword_files=True))
    photo = select_first(indexed)
    indexed.photos.rate(4)
    qtbot.waitUntil(lambda: len(keyword_files(indexed)) == 1)
    (path,) = keyword_files(indexed)
    assert words_of(path.read_bytes()).rating == 4
    # Lightroom and the user both change the stars: a question, and nothing is overwritten.
    write_sidecar(path, SidecarChange(rating=5))
    later = path.stat().st_mtime_ns + 2_000_000_000
    os.utime(path, ns=(later, later))
    indexed.photos.rate(1)
    qtbot.waitUntil(lambda: indexed.findChild(KeywordConflictsDialog) is not None)
    assert words_of(path.read_bytes()).rating == 5
    dialog = indexed.findChild(KeywordConflictsDialog)
    press(dialog, "Take theirs")
    qtbot.waitUntil(lambda: indexed.book.marks(photo).rating == 5)


def test_a_write_protected_keyword_file_is_said(qtbot: QtBot, indexed: MainWindow) -> None:
    select_first(indexed)
    indexed.workspace.information.tags.added.emit("dog")
    qtbot.waitUntil(lambda: "dog" in indexed.commands["undo"].text())
    indexed.commands["keyword-files"].trigger()
    qtbot.waitUntil(lambda: len(keyword_files(indexed)) == 1)
    (path,) = keyword_files(indexed)
    path.chmod(0o444)
    indexed.workspace.information.tags.added.emit("cat")
    qtbot.waitUntil(lambda: "cat" in indexed.commands["undo"].text())
    indexed.commands["keyword-files"].trigger()
    qtbot.waitUntil(indexed.workspace.banner.isVisible)


def test_many_suggestions_are_confirmed_at_once_and_taken_back(
    qtbot: QtBot, indexed: MainWindow, encoder: ColourEncoder, tmp_path: Path
) -> None:
    encoder.set_references(offered=frozenset({"red", "blue"}))
    (tmp_path / "shipped.yaml").write_text("- {name: red, often: 3}\n- {name: blue, often: 3}\n")
    qtbot.waitUntil(lambda: indexed.can_suggest, timeout=20_000)
    indexed.centre.grid.selection.select_all()
    indexed.commands["tag-many"].trigger()
    dialog = indexed.findChild(TagBatchDialog)
    assert dialog is not None
    dialog._slider.setValue(50)
    qtbot.waitUntil(dialog._yes.isEnabled, timeout=30_000)
    qtbot.waitUntil(lambda: dialog._samples.count() > 0)
    dialog._yes.click()
    undo = indexed.commands["undo"]
    qtbot.waitUntil(lambda: "Confirm" in undo.text(), timeout=30_000)
    indexed.photos.undo()
    qtbot.waitUntil(lambda: "Confirm" not in undo.text())
    toast = indexed.workspace.toast
    qtbot.waitUntil(lambda: toast._text.text().startswith("Undone: Confirm"))
    indexed.commands["redo"].trigger()
    qtbot.waitUntil(lambda: toast._text.text().startswith("Redone: Confirm"))


def test_a_batch_that_is_cancelled_while_tags_are_found_leaves_nobody_to_tell(
    qtbot: QtBot, indexed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, ended = threading.Event(), threading.Event()

    def slowly(_session: object, _ids: object, *, job: Job) -> object:
        began.set()
        for done in range(100):
            job.progress = Progress("Finding tags", done, 100)
            if ended.wait(0.05):
                break
        raise JobCancelled

    monkeypatch.setattr(batch, "prepare", slowly)
    indexed.centre.grid.selection.select_all()
    indexed.commands["tag-many"].trigger()
    dialog = indexed.findChild(TagBatchDialog)
    assert dialog is not None
    qtbot.waitUntil(began.is_set)
    dialog.reject()
    qtbot.waitUntil(lambda: not isValid(dialog))
    qtbot.wait(3 * POLL_MS)
    ended.set()
    assert not indexed.workspace.banner.isVisible()


def test_the_page_asks_whether_to_suggest_the_keywords_of_the_files(
    qtbot: QtBot,
    window: MainWindow,
    draw: Callable[..., Path],
    wait_for_index: Callable[[MainWindow], None],
) -> None:
    place = draw("red", 9)
    draw("blue", 9, month=6)
    for path in sorted(place.glob("*.jpg"))[:-2]:
        word = "mine" if path.name.startswith("red") else "other"
        write_sidecar(path.with_name(f"{path.name}.xmp"), SidecarChange(add=(word,)))
    window.intake.add_folders([str(place)])
    wait_for_index(window)
    window.commands["tags"].trigger()
    page = window.centre.pages.current
    assert isinstance(page, TagsPage)
    card = page._card
    qtbot.waitUntil(card.isVisible)
    assert "You use 2 keyword" in card._text.text()
    assert "other 2?" in card._text.text()
    card._button.click()
    qtbot.waitUntil(lambda: "proved right" in card._text.text(), timeout=30_000)
    window.photos.undo()
    qtbot.waitUntil(lambda: "other 2?" in card._text.text(), timeout=30_000)


def test_writing_shows_how_far_it_is_and_can_be_stopped(
    qtbot: QtBot, indexed: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("photosort.gui.widgets.run_progress._PATIENCE_MS", 0)

    def slow(_session: Session, ids: Sequence[int], *, job: Job) -> SidecarRun:
        run = SidecarRun(photos=len(ids), written=2, with_words=4)
        job.progress = Progress("Writing keyword files", 2, len(ids))
        while not job.is_cancelled:
            time.sleep(0.001)
        run.cancelled = True
        return run

    monkeypatch.setattr("photosort.usecases.sidecars.sidecar_sync.write", slow)
    indexed.centre.grid.selectAll()
    indexed.commands["keyword-files"].trigger()
    qtbot.waitUntil(lambda: indexed.findChild(QProgressDialog) is not None)
    dialog = indexed.findChild(QProgressDialog)
    qtbot.waitUntil(lambda: dialog.value() == 2 and dialog.isVisible())
    dialog.canceled.emit()
    qtbot.waitUntil(lambda: "Stopped; 2 keyword file" in indexed.workspace.toast._text.text())
