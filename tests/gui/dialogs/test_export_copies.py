from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
)

from photosort.gui.base import translation
from photosort.gui.dialogs.export_copies import ExportCopiesDialog
from photosort.progress import Progress
from photosort.sentences import Sentence
from photosort.usecases.exporting import Exported, ExportOptions, ExportRun

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme

DONE = ExportRun((Exported("/a/1.jpg", "/b/1.jpg"),) * 3, ())


@pytest.fixture
def dialog(qtbot: QtBot, themed: Theme, tmp_path: Path) -> ExportCopiesDialog:
    made = ExportCopiesDialog(
        132, tmp_path, choose_folder=lambda _parent, before: f"{before}/chosen"
    )
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def click(qtbot: QtBot, dialog: ExportCopiesDialog, text: str) -> None:
    (found,) = [b for b in dialog.findChildren(QPushButton) if b.text() == text]
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def says(dialog: ExportCopiesDialog) -> str:
    return "\n".join(la.text() for la in dialog.findChildren(QLabel) if la.isVisible())


def box(dialog: ExportCopiesDialog, text: str) -> QCheckBox:
    (found,) = [b for b in dialog.findChildren(QCheckBox) if text in b.text().replace("&", "")]
    return found


def test_at_first_copies_are_the_originals_own_bytes(dialog, tmp_path: Path) -> None:
    assert dialog.options() == ExportOptions(tmp_path, remove_location=False)


def test_smaller_copies_lose_their_location_unless_it_is_wanted(dialog) -> None:
    dialog._size.setCurrentIndex(dialog._size.findData(1920))
    options = dialog.options()
    assert (options.size_px, options.removes_location) == (1920, True)
    assert not box(dialog, "JPEG").isEnabled()
    box(dialog, "location").click()
    assert not dialog.options().removes_location
    dialog._size.setCurrentIndex(0)
    assert not dialog.options().removes_location
    assert box(dialog, "JPEG").isEnabled()


def test_every_choice_reaches_the_export(qtbot: QtBot, dialog, tmp_path: Path) -> None:
    asked: list[ExportOptions] = []
    dialog.export_asked.connect(asked.append)
    click(qtbot, dialog, "Choose\u2026")
    dialog._by.setCurrentIndex(dialog._by.findData("date"))
    for text in ("JPEG", "location", "tags"):
        box(dialog, text).click()
    click(qtbot, dialog, "Export")
    assert asked == [
        ExportOptions(
            tmp_path / "chosen",
            by="date",
            as_jpeg=True,
            remove_location=True,
            embed_metadata=True,
        )
    ]


def test_without_a_folder_there_is_no_export(dialog) -> None:
    dialog._folder.setText("  ")
    assert not dialog._go.isEnabled()


def test_progress_then_the_result(qtbot: QtBot, dialog, tmp_path: Path) -> None:
    opened: list[str] = []
    dialog.folder_asked.connect(opened.append)
    click(qtbot, dialog, "Export")
    dialog.show_progress(Progress("Copying photos", 40, 132, left_s=42))
    assert "40 of 132" in says(dialog)
    assert dialog.findChild(QProgressBar).value() == 40
    dialog.show_result(DONE)
    assert "compared with the originals" in says(dialog)
    click(qtbot, dialog, "Open the folder")
    assert opened == [str(tmp_path)]
    click(qtbot, dialog, "Close")
    assert not dialog.isVisible()


def test_what_could_not_be_exported_is_listed(qtbot: QtBot, dialog) -> None:
    click(qtbot, dialog, "Export")
    dialog.show_result(ExportRun((), (("/a/clip.mp4", "It was left out."),)))
    listed = dialog.findChild(QPlainTextEdit)
    assert listed.isVisible()
    assert listed.toPlainText() == "clip.mp4: It was left out."


def test_why_something_was_left_out_is_said_in_the_language_of_the_window(
    speaking: QApplication, dialog: ExportCopiesDialog
) -> None:
    translation.install(speaking, "de")
    reason = Sentence("Its drive is not connected.")
    dialog.show_result(ExportRun((), (("/a/clip.mp4", reason),)))
    listed = dialog.findChild(QPlainTextEdit)
    assert listed.toPlainText() == "clip.mp4: Das Laufwerk ist nicht angeschlossen."


def test_cancel_waits_for_what_was_finished(qtbot: QtBot, dialog) -> None:
    cancelled: list[bool] = []
    dialog.cancel_asked.connect(lambda: cancelled.append(True))
    click(qtbot, dialog, "Export")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert cancelled == [True]
    assert dialog.isVisible()
    dialog.show_result(ExportRun(DONE.files, (), cancelled=True))
    assert "Cancelled." in says(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_failure_is_one_sentence(qtbot: QtBot, dialog) -> None:
    click(qtbot, dialog, "Export")
    dialog.show_failure("The disk is full. What was finished stays there.")
    assert "The disk is full." in says(dialog)
    click(qtbot, dialog, "Close")
    assert not dialog.isVisible()


def test_fields_have_names(dialog) -> None:
    assert [w.accessibleName() for w in (dialog._folder, dialog._by, dialog._size)] == [
        "Folder",
        "Order",
        "Size",
    ]


def test_the_keyboard_begins_at_the_first_field_and_enter_exports(qtbot: QtBot, dialog) -> None:
    assert dialog.focusWidget() is dialog._folder
    with qtbot.waitSignal(dialog.export_asked):
        qtbot.keyClick(dialog._folder, Qt.Key.Key_Return)
