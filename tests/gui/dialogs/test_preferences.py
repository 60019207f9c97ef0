from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QListWidget, QPushButton, QRadioButton

from photosort.gui.dialogs.preferences import FolderRow, ModelRow, PreferencesDialog
from photosort.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme

FOLDERS = (FolderRow(1, "/home/maria/Pictures"), FolderRow(2, "/media/old drive", online=False))
MODELS = (
    ModelRow("starter", "Quick; English", in_use=True),
    ModelRow("ViT-B-32", "Better; 600 MB", in_use=False),
)
# What the window keeps by itself, not by a choice in the dialog.
KEPT_BY_USE = {
    "import_folder",
    "import_template",
    "sidebar",
    "window",
    "cell_edge_px",
    "show_information",
    "show_filters",
    "show_stacks",
}
OF_A_COMMAND = {"backup_folder"}


@pytest.fixture
def make(qtbot: QtBot, themed: Theme) -> Callable[..., PreferencesDialog]:
    def made(settings: Settings | None = None) -> PreferencesDialog:
        dialog = PreferencesDialog(settings or Settings(), folders=FOLDERS, models=MODELS, cores=8)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return made


def test_there_is_a_control_for_every_setting_and_none_besides(make) -> None:
    dialog = make()
    controls = [*dialog.findChildren(QComboBox), *dialog.findChildren(QCheckBox)]
    elsewhere = KEPT_BY_USE | OF_A_COMMAND
    assert {c.objectName() for c in controls} == {f.name for f in fields(Settings)} - elsewhere
    assert all(c.accessibleName() or c.text() for c in controls)


def test_each_choice_holds_at_once_and_leaves_the_others(make) -> None:
    dialog = make()
    seen: list[Settings] = []
    dialog.changed.connect(seen.append)
    expected = Settings()
    for name, value in {
        "scheme": "light",
        "motion": "none",
        "language": "de",
        "cell_shape": "square",
        "slideshow_interval_s": 10,
        "threads": 3,
        "thumbnail_cache_mb": 4096,
    }.items():
        combo = dialog.findChild(QComboBox, name)
        combo.setCurrentIndex(combo.findData(value))
        expected = replace(expected, **{name: value})
        assert seen[-1] == expected
    for name in ("single_letters", "write_keyword_files"):
        dialog.findChild(QCheckBox, name).click()
        expected = replace(expected, **{name: not getattr(expected, name)})
        assert seen[-1] == expected
    assert len(seen) == 9


def test_what_holds_is_shown_even_if_it_is_unusual(make) -> None:
    dialog = make(
        Settings(scheme="dark", thumbnail_cache_mb=777, slideshow_interval_s=13, threads=2)
    )
    shown = {c.objectName(): c.currentData() for c in dialog.findChildren(QComboBox)}
    assert shown["scheme"] == "dark"
    assert shown["thumbnail_cache_mb"] == 777
    assert shown["slideshow_interval_s"] == 13
    assert shown["threads"] == 2


def test_folders_come_and_go(qtbot: QtBot, make) -> None:
    dialog = make()
    asked: list[object] = []
    dialog.folder_add_asked.connect(lambda: asked.append("add"))
    dialog.folder_remove_asked.connect(asked.append)
    for button in dialog.findChildren(QPushButton):
        if (
            button.text() == "Add folder\u2026"
            or button.accessibleName() == "Remove /media/old drive"
        ):
            qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert sorted(asked, key=str) == [2, "add"]
    assert any(la.text() == "not connected" for la in dialog.findChildren(QLabel))
    dialog.show_folders([])
    assert any("No folder yet" in la.text() for la in dialog.findChildren(QLabel))


def test_another_picture_model(make) -> None:
    dialog = make()
    chosen: list[str] = []
    dialog.model_chosen.connect(chosen.append)
    dialog.show_page(1)
    starter, better = dialog.findChildren(QRadioButton)
    assert starter.isChecked()
    better.click()
    assert chosen == ["ViT-B-32"]


def test_the_keyboard_leads_from_page_to_page(qtbot: QtBot, make) -> None:
    dialog = make()
    pages = dialog.findChild(QListWidget)
    pages.setFocus()
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    qtbot.keyClick(pages, Qt.Key.Key_Down)
    box = dialog.findChild(QCheckBox, "write_keyword_files")
    assert box.isVisible()
    assert not dialog.findChild(QComboBox, "scheme").isVisible()


def test_nothing_is_cut_off(qtbot: QtBot, make) -> None:
    dialog = make()
    for page in range(5):
        dialog.show_page(page)
        for box in [*dialog.findChildren(QCheckBox), *dialog.findChildren(QPushButton)]:
            if box.isVisible():
                assert box.width() >= box.sizeHint().width(), box.text()
