"""The export dialog: folder, size, and what copies may contain."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photosort.gui.base import formatting, theme
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import announce, button, label
from photosort.progress import Progress
from photosort.usecases.exporting import By, ExportOptions, ExportRun

SIZES_PX = (1280, 1920, 2560, 3840)
_PROBLEMS_HEIGHT = 110


class ExportCopiesDialog(Dialog):
    """Asks how photos are to be exported, then shows how it goes.

    Signals:
        export_asked: begin (`ExportOptions`).
        cancel_asked: stop; what is finished stays.
        folder_asked: the folder of the copies (str) is to be opened.
    """

    export_asked = Signal(object)
    cancel_asked = Signal()
    folder_asked = Signal(str)

    def __init__(
        self,
        count: int,
        folder: Path,
        *,
        choose_folder: Callable[[QWidget, str], str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Prepares the dialog.

        Args:
            count: how many photos are to be exported.
            folder: where to, at first.
            choose_folder: asks for another folder; gets the dialog and the folder so far, gives "" for none.
            parent: as usual in Qt.
        """
        title = self.tr("Export copies of {photos}").format(photos=formatting.photos(count))
        super().__init__(title, width=520, parent=parent)
        self._choose_folder = choose_folder or _ask_for_folder
        self._is_running = False
        self._pages = QStackedWidget()
        self._pages.addWidget(self._made_form(folder))
        self._pages.addWidget(self._made_progress())
        self.body.addWidget(self._pages, 1)
        self._go = button(self.tr("Export"), self._on_export, kind="primary")
        self._go.setDefault(True)
        self._leave = button(self.tr("Cancel"), self.reject)
        self._open = button(self.tr("Open the folder"), self._on_open, icon="folder")
        self._open.hide()
        self.add_buttons(self._leave, self._go, first=self._open)
        # Enter still exports; who types begins with what is asked first.
        self._folder.setFocus()
        self._follow()

    def options(self) -> ExportOptions:
        """What is chosen now."""
        size = self._size.currentData()
        by: By | None = self._by.currentData()
        return ExportOptions(
            to=Path(self._folder.text().strip()).expanduser(),
            by=by,
            size_px=size,
            as_jpeg=self._jpeg.isChecked(),
            remove_location=self._no_location.isChecked(),
            embed_metadata=self._embed.isChecked(),
        )

    def show_progress(self, progress: Progress) -> None:
        """Shows how far it is."""
        total = progress.total or 0
        self._bar.setRange(0, total)
        self._bar.setValue(progress.done)
        text = self.tr("{done} of {total}").format(
            done=formatting.count(progress.done), total=formatting.count(total)
        )
        if progress.left_s is not None:
            text = self.tr("{text}, {time} left").format(
                text=text, time=formatting.time_left(progress.left_s)
            )
        self._state.setText(text)

    def show_result(self, run: ExportRun) -> None:
        """Shows what was done; the dialog stays until it is closed."""
        copies = self.tr("%n file(s)", "", len(run.files))
        if run.cancelled:
            text = self.tr("Cancelled. {copies} were finished and stay there.")
        elif run.problems:
            text = self.tr("{copies} exported; {problems} could not be.")
        else:
            text = self.tr("{copies} exported and compared with the originals.")
        problems = self.tr("%n photo(s)", "", len(run.problems))
        listed = "\n".join(
            f"{Path(path).name}: {formatting.translate(reason)}"
            for path, reason in (*run.problems, *run.notes)
        )
        self._end(text.format(copies=copies, problems=problems), listed, can_open=bool(run.files))

    def show_failure(self, message: str) -> None:
        """Shows why it ended, in one sentence."""
        self._end(message, "", can_open=True)

    def reject(self) -> None:
        """Closes; while it runs it is asked to stop first, and the result is waited for."""
        if self._is_running:
            self._leave.setEnabled(False)
            self.cancel_asked.emit()
        else:
            super().reject()

    def _made_form(self, folder: Path) -> QWidget:
        page = QWidget()
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(theme.Gap.L)
        form.setVerticalSpacing(theme.Gap.M)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self._folder = QLineEdit(str(folder))
        self._folder.textChanged.connect(self._follow)
        line = QHBoxLayout()
        line.setSpacing(theme.Gap.S)
        line.addWidget(self._folder, 1)
        line.addWidget(button(self.tr("Choose\u2026"), self._on_choose))
        _add(form, self.tr("&Folder"), line, self._folder)
        self._by = QComboBox()
        self._by.addItem(self.tr("All in this folder"), None)
        self._by.addItem(self.tr("A folder for each album"), "album")
        self._by.addItem(self.tr("A folder for each tag"), "tag")
        self._by.addItem(self.tr("Folders for years and months"), "date")
        _add(form, self.tr("&Order"), self._by, self._by)
        self._size = QComboBox()
        self._size.addItem(self.tr("As large as the originals"), None)
        for edge in SIZES_PX:
            text = self.tr("{pixels} pixels along the longer edge, JPEG")
            self._size.addItem(text.format(pixels=formatting.count(edge)), edge)
        self._size.currentIndexChanged.connect(self._on_size_changed)
        _add(form, self.tr("&Size"), self._size, self._size)
        self._jpeg = QCheckBox(self.tr("HEIC, raw and other formats become &JPEG"))
        self._no_location = QCheckBox(self.tr("Remove the &location"))
        self._embed = QCheckBox(self.tr("Write &tags, stars and caption into the copies"))
        boxes = QVBoxLayout()
        boxes.setSpacing(theme.Gap.XS)
        for box in (self._jpeg, self._no_location, self._embed):
            boxes.addWidget(box)
        form.addRow("", boxes)
        note = self.tr(
            "Originals stay as they are. Nothing is overwritten: a name that is taken gets a number."
        )
        form.addRow(label(note, role="second", wraps=True))
        return page

    def _made_progress(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.Gap.M)
        self._state = label(wraps=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self.tr("Export"))
        self._problems = QPlainTextEdit()
        self._problems.setReadOnly(True)
        self._problems.setFixedHeight(_PROBLEMS_HEIGHT)
        self._problems.setAccessibleName(self.tr("What could not be exported, and why"))
        self._problems.hide()
        column.addWidget(self._state)
        column.addWidget(self._bar)
        column.addWidget(self._problems)
        column.addStretch(1)
        return page

    def _follow(self) -> None:
        if hasattr(self, "_go"):
            self._go.setEnabled(bool(self._folder.text().strip()))

    def _on_size_changed(self) -> None:
        """Smaller copies are for others: no location unless the user wants it; and they are JPEGs anyway."""
        smaller = self._size.currentData() is not None
        self._no_location.setChecked(smaller)
        self._jpeg.setEnabled(not smaller)

    def _on_choose(self) -> None:
        chosen = self._choose_folder(self, self._folder.text())
        if chosen:
            self._folder.setText(chosen)

    def _on_export(self) -> None:
        options = self.options()
        self._is_running = True
        self._go.hide()
        self._state.setText(self.tr("Starting"))
        self._bar.setRange(0, 0)
        self._pages.setCurrentIndex(1)
        self._leave.setFocus()
        self.export_asked.emit(options)

    def _on_open(self) -> None:
        self.folder_asked.emit(str(self.options().to))

    def _end(self, text: str, problems: str, *, can_open: bool) -> None:
        self._is_running = False
        self._bar.hide()
        self._state.setText(text)
        self._problems.setPlainText(problems)
        self._problems.setVisible(bool(problems))
        self._open.setVisible(can_open)
        self._leave.setEnabled(True)
        self._leave.setText(self.tr("Close"))
        theme.set_look(self._leave, "kind", "primary")
        self._leave.setFocus()
        announce(self, text)


def _add(form: QFormLayout, text: str, field: QWidget | QHBoxLayout, named: QWidget) -> None:
    """A row whose label names the field for screen readers and takes the keyboard to it."""
    name = label(text)
    name.setBuddy(named)
    named.setAccessibleName(text.replace("&", ""))
    if isinstance(field, QWidget):
        form.addRow(name, field)
    else:
        form.addRow(name, field)


def _ask_for_folder(parent: QWidget, before: str) -> str:
    title = QCoreApplication.translate("ExportCopiesDialog", "Folder for the copies")
    return QFileDialog.getExistingDirectory(parent, title, before)
