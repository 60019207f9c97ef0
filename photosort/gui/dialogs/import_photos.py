"""The import dialog: from where, to where, into which folders, and how much of it is new."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from photosort.errors import InputProblem
from photosort.gui.base import formatting, theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import announce, button, label
from photosort.usecases.importing import template

if TYPE_CHECKING:
    from photosort.media.photo_sources import PhotoSource
    from photosort.progress import Progress
    from photosort.usecases.importing.source import Source

TEMPLATES = (
    template.DEFAULT,
    "{year}/{year}-{month}-{day}",
    "{year}",
    "{camera}/{year}/{month}",
    "{year}/{month}/{year}-{month}-{day}_{name}",
)
# A card that is put in shows up by itself.
_LOOK_AGAIN_MS = 3_000
# Of the example, while nothing is found.
_EXAMPLE = template.Facts("2022-05-14T18:42:07", "Nikon D500", "100NIKON")
_EXAMPLE_NAME = "IMG_0001.JPG"


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """What the user wants imported.

    Attributes:
        source: what was found where.
        to: the folder that photos go to.
        template: folders below it.
    """

    source: Source
    to: str
    template: str


class ImportPhotosDialog(Dialog):
    """Asks what is imported; accepted, it emits that.

    Signals:
        sources_asked: what is connected now is wanted; answer with `show_sources`.
        look_asked: a folder (str) is to be looked through for the folder (str) that photos go to; answer with `show_found`.
        import_asked: begin (`ImportChoice`).
    """

    sources_asked = Signal()
    look_asked = Signal(str, str)
    import_asked = Signal(object)

    def __init__(
        self,
        to: str,
        chosen_template: str,
        *,
        choose_folder: Callable[[QWidget, str, str], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Prepares the dialog.

        Args:
            to: the folder that photos go to, at first.
            chosen_template: folders below it, at first; "" = the usual ones.
            choose_folder: asks for a folder; gets the dialog, a title and the folder so far, gives "" for none.
            parent: as usual in Qt.
        """
        super().__init__(self.tr("Import photos"), width=560, parent=parent)
        self._choose_folder = choose_folder or _ask_for_folder
        self._found: Source | None = None
        self._looked: tuple[str, str] = ("", "")
        about = self.tr(
            "Copies what is new from a camera card, a phone or a folder, and compares each copy with what it was "
            "made from. Nothing there is changed."
        )
        self.body.addWidget(label(about, role="second", wraps=True))
        self.body.addLayout(self._made_form(to, chosen_template))
        self._state = label(wraps=True)
        self._more = label(role="second", wraps=True)
        self.body.addWidget(self._state)
        self.body.addWidget(self._more)
        self._go = button(self.tr("Import"), self._on_import, kind="primary")
        self._go.setDefault(True)
        self.add_buttons(button(self.tr("Cancel"), self.reject), self._go)
        self._source.setFocus()
        self._again = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._again.timeout.connect(self.sources_asked)
        self._again.start()
        self.finished.connect(self._again.stop)
        self._say(self.tr("Looking for cards and phones\u2026"))
        self._follow_template()

    def show_sources(self, found: Sequence[PhotoSource]) -> None:
        """Offers what is connected; the first is looked through, unless something is chosen already."""
        before = self._source.currentData()
        there = {str(one.path): one.name for one in found}
        chosen = [
            self._source.itemData(row)
            for row in range(self._source.count())
            if self._source.itemData(row) in self._own and self._source.itemData(row) not in there
        ]
        if [*there, *chosen] != [self._source.itemData(n) for n in range(self._source.count())]:
            with QSignalBlocker(self._source):
                self._source.clear()
                for path in (*there, *chosen):
                    self._add_source(path, there.get(path, ""))
                self._source.setCurrentIndex(max(0, self._source.findData(before)))
        if self._source.currentData() != before or not self._source.count():
            self._on_source()

    def choose_source(self, folder: str) -> None:
        """Looks through a folder of the user's choice."""
        self._own.add(folder)
        if self._source.findData(folder) < 0:
            with QSignalBlocker(self._source):
                self._add_source(folder, "")
        self._source.setCurrentIndex(self._source.findData(folder))
        self._on_source()

    def show_looking(self, progress: Progress) -> None:
        """Shows how far the look is."""
        if self._found is None and progress.total:
            self._say(
                self.tr("Looking: {done} of {total}").format(
                    done=formatting.count(progress.done), total=formatting.count(progress.total)
                )
            )

    def show_found(self, found: Source) -> None:
        """Says what there is, and what of it is new."""
        self._found = found
        new, known = found.new, len(found.photos) - found.new
        if not found.photos:
            text = self.tr("There are no photos.")
        elif not new:
            text = self.tr("All %Ln photo(s) are in the library already.", "", known)
        else:
            fresh = self.tr("%Ln new photo(s), {size}", "", new)
            text = fresh.format(size=formatting.size(found.new_bytes))
            if known:
                text = self.tr("{new}; %Ln are there already", "", known).format(new=text)
        notes = []
        if found.other_files:
            notes.append(
                self.tr("%Ln other file(s) are no photos and stay.", "", found.other_files)
            )
        if found.problems:
            notes.append(self.tr("%Ln file(s) cannot be read.", "", len(found.problems)))
        self._say(text, " ".join(notes))
        announce(self, text)
        self._follow_template()

    def show_problem(self, text: str) -> None:
        """Says why a source cannot be looked through."""
        self._found = None
        self._say(text)
        self._follow_template()

    def _made_form(self, to: str, chosen_template: str) -> QFormLayout:
        form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.Gap.L)
        form.setVerticalSpacing(theme.Gap.M)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._own: set[str] = set()
        self._source = QComboBox()
        self._source.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._source.setPlaceholderText(self.tr("Nothing connected"))
        self._source.currentIndexChanged.connect(self._on_source)
        self._add_row(form, self.tr("&From"), self._source, self._on_choose_source)
        self._to = QLineEdit(to)
        self._to.textChanged.connect(self._follow_template)
        self._to.editingFinished.connect(self._on_source)
        self._add_row(form, self.tr("&Into"), self._to, self._on_choose_target)
        self._template = QComboBox()
        self._template.setEditable(True)
        self._template.addItems(list(TEMPLATES))
        self._template.setCurrentText(chosen_template or template.DEFAULT)
        self._template.editTextChanged.connect(self._follow_template)
        self._template.setToolTip(
            self.tr("Fields: {fields}").format(
                fields=", ".join(f"{{{one}}}" for one in template.FIELDS)
            )
        )
        self._add_row(form, self.tr("F&olders"), self._template)
        self._example = label(role="second", wraps=True)
        self._example.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        form.addRow("", self._example)
        return form

    def _add_row(
        self,
        form: QFormLayout,
        text: str,
        field: QWidget,
        choose: Callable[[], None] | None = None,
    ) -> None:
        name = label(text)
        name.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        line = QHBoxLayout()
        line.setSpacing(theme.Gap.S)
        line.addWidget(field, 1)
        if choose is not None:
            line.addWidget(button(self.tr("Choose\u2026"), choose))
        form.addRow(name, line)

    def _add_source(self, path: str, name: str) -> None:
        # A card is known by its name; two may have the same.
        is_taken = self._source.findText(name) >= 0
        self._source.addItem(f"{name}  \u00b7  {path}" if name and is_taken else name or path, path)
        self._source.setItemData(self._source.count() - 1, path, Qt.ItemDataRole.ToolTipRole)

    def _on_source(self) -> None:
        """Looks through what is chosen, unless that was just done."""
        source, to = self._source.currentData(), self._to.text().strip()
        if source is None:
            self._found, self._looked = None, ("", "")
            self._say(
                self.tr("No card and no phone is connected. Connect one, or choose a folder.")
            )
        elif to and (source, to) != self._looked:
            self._found, self._looked = None, (source, to)
            self._say(self.tr("Looking\u2026"))
            self.look_asked.emit(source, to)
        self._follow_template()

    def _on_choose_source(self) -> None:
        title = self.tr("Import from")
        folder = self._choose_folder(self, title, self._source.currentData() or "")
        if folder:
            self.choose_source(folder)

    def _on_choose_target(self) -> None:
        folder = self._choose_folder(self, self.tr("Import to"), self._to.text())
        if folder:
            self._to.setText(folder)
            self._on_source()

    def _on_import(self) -> None:
        if self._found is not None:
            to = str(Path(self._to.text().strip()).expanduser())
            self.import_asked.emit(ImportChoice(self._found, to, self._template.currentText()))
            self.accept()

    def _follow_template(self) -> None:
        """Says where a photo of these comes to lie."""
        found, is_sound = self._found, True
        facts, name = _EXAMPLE, _EXAMPLE_NAME
        if found is not None and found.photos:
            photo = next((one for one in found.photos if one.is_new), found.photos[0])
            facts, name = photo.facts, photo.files[0].path.name
        try:
            place = template.parse(self._template.currentText()).place(facts)
            shown = "/".join((*place.folders, place.prefix + name))
            text = self.tr("For example {path}").format(path=shown)
        except InputProblem as problem:
            text, is_sound = formatting.translate(problem.user_message), False
        self._example.setText(text)
        theme.set_text(self._example, theme.Text.BODY, role="second" if is_sound else "danger")
        if hasattr(self, "_go"):
            has_new = found is not None and found.new > 0
            self._go.setEnabled(is_sound and has_new and bool(self._to.text().strip()))

    def _say(self, text: str, more: str = "") -> None:
        self._state.setText(text)
        self._more.setText(more)
        self._more.setVisible(bool(more))


def _ask_for_folder(parent: QWidget, title: str, before: str) -> str:
    return QFileDialog.getExistingDirectory(parent, title, before)
