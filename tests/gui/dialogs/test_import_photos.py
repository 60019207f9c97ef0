"""The import dialog: what is connected, what is new there, and where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from photosort.domain.photos import Role
from photosort.gui.dialogs.import_photos import ImportChoice, ImportPhotosDialog
from photosort.media.photo_sources import PhotoSource
from photosort.media.siblings import SiblingFacts
from photosort.progress import Progress
from photosort.usecases.importing.source import Source, SourceFile, SourcePhoto
from photosort.usecases.importing.template import Facts

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from photosort.gui.base.theme import Theme

CARD = PhotoSource("EOS_DIGITAL", Path("/media/EOS_DIGITAL"), is_phone=False)
PHONE = PhotoSource("Pixel 6, Internal", Path("/run/gvfs/mtp/Internal/DCIM"), is_phone=True)


def found(new: int, known: int = 0, *, others: int = 0, problems: int = 0) -> Source:
    """So many photos of a card, the known ones first."""
    photos = []
    for number in range(known + new):
        path = CARD.path / f"IMG_{number:04}.JPG"
        file = SourceFile(
            path,
            2_000_000,
            b"key",
            Role.ORIGINAL,
            SiblingFacts(path.name, "image"),
            number >= known,
        )
        photos.append(SourcePhoto((file,), (), Facts("2023-08-12", "Canon R6", "100"), number))
    failed = tuple((f"/bad/{number}", "It cannot be read.") for number in range(problems))
    return Source(CARD.path, tuple(photos), failed, others)


class Asked(list[tuple[str, str]]):
    """What the dialog wanted looked through."""

    def take(self, source: str, to: str) -> None:
        self.append((source, to))


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
def dialog(qtbot: QtBot, themed: Theme, asked: Asked) -> ImportPhotosDialog:
    made = ImportPhotosDialog(
        "/home/ann/Pictures", "", choose_folder=lambda _parent, _title, before: f"{before}/chosen"
    )
    made.look_asked.connect(asked.take)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def says(dialog: ImportPhotosDialog) -> str:
    return "\n".join(la.text() for la in dialog.findChildren(QLabel) if la.isVisible())


def press(dialog: ImportPhotosDialog, text: str, place: int = 0) -> None:
    found = [b for b in dialog.findChildren(QPushButton) if b.text() == text]
    found[place].click()


def test_what_is_connected_is_offered_and_the_first_is_looked_through(
    dialog: ImportPhotosDialog, asked: Asked
) -> None:
    dialog.show_sources([CARD, PHONE])
    assert asked == [(str(CARD.path), "/home/ann/Pictures")]
    assert dialog._source.currentText() == "EOS_DIGITAL"
    # It is asked every few seconds, and says the same.
    dialog.show_sources([CARD, PHONE])
    assert len(asked) == 1
    dialog._source.setCurrentIndex(1)
    assert asked[-1][0] == str(PHONE.path)


def test_a_card_that_is_put_in_shows_up(dialog: ImportPhotosDialog, asked: Asked) -> None:
    dialog.show_sources([])
    assert "No card and no phone is connected" in says(dialog)
    assert not dialog._go.isEnabled()
    dialog.show_sources([CARD])
    assert [source for source, _ in asked] == [str(CARD.path)]
    dialog.show_found(found(3))
    # Another one leaves what was chosen, and what was found.
    dialog.show_sources([PHONE, CARD])
    assert dialog._source.currentData() == str(CARD.path)
    assert dialog._go.isEnabled()
    dialog.show_sources([PHONE])
    assert [source for source, _ in asked] == [str(CARD.path), str(PHONE.path)]
    assert not dialog._go.isEnabled()


def test_two_cards_of_one_name_are_told_apart(dialog: ImportPhotosDialog) -> None:
    dialog.show_sources([CARD, CARD._replace(path=Path("/media/EOS_DIGITAL1"))])
    assert [dialog._source.itemText(row) for row in range(2)] == [
        "EOS_DIGITAL",
        "EOS_DIGITAL  \u00b7  /media/EOS_DIGITAL1",
    ]


def test_any_folder_can_be_chosen_and_stays(dialog: ImportPhotosDialog, asked: Asked) -> None:
    dialog.show_sources([CARD])
    press(dialog, "Choose\u2026")
    chosen = f"{CARD.path}/chosen"
    assert asked[-1][0] == chosen
    dialog.show_sources([CARD, PHONE])
    assert dialog._source.currentData() == chosen


def test_another_target_is_looked_at_too(dialog: ImportPhotosDialog, asked: Asked) -> None:
    dialog.show_sources([CARD])
    press(dialog, "Choose\u2026", 1)
    assert asked[-1] == (str(CARD.path), "/home/ann/Pictures/chosen")


def test_it_says_how_many_are_new_and_how_large(dialog: ImportPhotosDialog) -> None:
    dialog.show_sources([CARD])
    dialog.show_looking(Progress("Looking for photos", 40, 132))
    assert "Looking: 40 of 132" in says(dialog)
    dialog.show_found(found(3, 2, others=1, problems=1))
    assert "3 new photo(s), 6.0 MB; 2 are there already" in says(dialog)
    assert "1 other file(s) are no photos and stay. 1 file(s) cannot be read." in says(dialog)
    assert dialog._go.isEnabled()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (found(0, 2), "All 2 photo(s) are in the library already."),
        (found(0), "There are no photos."),
    ],
)
def test_without_anything_new_there_is_no_import(
    dialog: ImportPhotosDialog, source: Source, said: str
) -> None:
    dialog.show_sources([CARD])
    dialog.show_found(source)
    assert said in says(dialog)
    assert not dialog._go.isEnabled()


def test_the_example_is_a_photo_of_the_card(dialog: ImportPhotosDialog) -> None:
    assert "For example 2022/05/IMG_0001.JPG" in says(dialog)
    dialog.show_sources([CARD])
    dialog.show_found(found(1, 1))
    assert "For example 2023/08/IMG_0001.JPG" in says(dialog)
    dialog._template.setCurrentText("{camera}/{year}{month}{day}-{name}")
    assert "For example Canon R6/20230812-IMG_0001.JPG" in says(dialog)


def test_a_wrong_template_is_told_while_it_is_typed(dialog: ImportPhotosDialog) -> None:
    dialog.show_sources([CARD])
    dialog.show_found(found(1))
    dialog._template.setCurrentText("{year}/{monat}")
    assert "The template has no field {monat}." in says(dialog)
    assert not dialog._go.isEnabled()
    dialog._template.setCurrentText("{year}")
    assert dialog._go.isEnabled()


def test_a_source_that_cannot_be_looked_through_says_why(dialog: ImportPhotosDialog) -> None:
    dialog.show_sources([CARD])
    dialog.show_problem("The folder /media/EOS_DIGITAL does not exist.")
    assert "does not exist" in says(dialog)
    assert not dialog._go.isEnabled()


def test_enter_imports_what_is_chosen(qtbot: QtBot, dialog: ImportPhotosDialog) -> None:
    dialog.show_sources([CARD])
    source = found(2)
    dialog.show_found(source)
    dialog._template.setCurrentText("{year}")
    with qtbot.waitSignal(dialog.import_asked) as asked:
        qtbot.keyClick(dialog._to, Qt.Key.Key_Return)
    assert asked.args == [ImportChoice(source, "/home/ann/Pictures", "{year}")]
    assert not dialog.isVisible()


def test_fields_have_names_and_the_keyboard_begins_at_the_source(
    dialog: ImportPhotosDialog,
) -> None:
    names = [w.accessibleName() for w in (dialog._source, dialog._to, dialog._template)]
    assert names == ["From", "Into", "Folders"]
    assert dialog.focusWidget() is dialog._source
