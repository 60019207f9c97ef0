"""Preferences in five pages; each choice takes effect at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import QLocale, QSize, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from photosort.gui.base import formatting, theme
from photosort.gui.base.translation import LANGUAGES
from photosort.gui.dialogs.frame import Dialog
from photosort.gui.widgets.basics import ElidedLabel, button, hairline, label
from photosort.settings import Settings

_LIST_WIDTH = 160
_HEIGHT = 400
_INTERVALS_S = (2, 3, 4, 6, 10, 20, 60)
_CACHES_MB = (256, 512, 1024, 2048, 4096, 8192)


@dataclass(frozen=True, slots=True)
class FolderRow:
    """A folder of the library.

    Attributes:
        id: of the root.
        path: absolute.
        online: False while its drive is not there.
        photos: how many it holds; None where nobody counted.
    """

    id: int
    path: str
    online: bool = True
    photos: int | None = None


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A picture model that is installed.

    Attributes:
        name: its name in the catalogue.
        about: one line for people who choose: speed, size, licence.
        in_use: it sees the pictures now.
    """

    name: str
    about: str
    in_use: bool


class PreferencesDialog(Dialog):
    """The user's choices.

    Signals:
        changed: another choice holds (`Settings`); it is to be applied and saved at once.
        folder_add_asked: a folder is to be chosen and added.
        folder_remove_asked: a folder (root id: int) is to leave the library; its files stay.
        model_chosen: another picture model (name: str) is to be used.
        models_asked: the page of all picture models is to be shown.
        tags_asked: the page of all tags is to be shown.
    """

    changed = Signal(object)
    folder_add_asked = Signal()
    folder_remove_asked = Signal(int)
    model_chosen = Signal(str)
    models_asked = Signal()
    tags_asked = Signal()

    def __init__(
        self,
        settings: Settings,
        *,
        folders: Sequence[FolderRow] = (),
        models: Sequence[ModelRow] = (),
        cores: int = 1,
        parent: QWidget | None = None,
    ) -> None:
        """Prepares the dialog.

        Args:
            settings: what holds now.
            folders: the folders of the library.
            models: the picture models that can be used now.
            cores: how many cores this machine has.
            parent: as usual in Qt.
        """
        super().__init__(self.tr("Preferences"), width=700, parent=parent)
        self.heading.hide()
        self.settings = settings
        self._cores = cores
        self._list = QListWidget()
        self._list.setFixedWidth(_LIST_WIDTH)
        self._list.setAccessibleName(self.tr("Pages"))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.set_look(self._list, "surface", "window")
        self._pages = QStackedWidget()
        self._pages.setMinimumHeight(_HEIGHT)
        self._folders = QVBoxLayout()
        self._models = QVBoxLayout()
        for title, page in (
            (self.tr("Folders"), self._folders_page()),
            (self.tr("Picture model"), self._models_page()),
            (self.tr("Tags"), self._tags_page()),
            (self.tr("Appearance"), self._look_page()),
            (self.tr("Performance"), self._speed_page()),
        ):
            item = QListWidgetItem(title, self._list)
            item.setSizeHint(QSize(0, theme.CONTROL_HEIGHT))
            self._pages.addWidget(_titled(title, page))
        self._list.currentRowChanged.connect(self._pages.setCurrentIndex)
        self._list.setCurrentRow(0)
        line = QHBoxLayout()
        line.setSpacing(theme.Gap.L)
        line.addWidget(self._list)
        line.addWidget(hairline(vertical=True))
        line.addWidget(self._pages, 1)
        self.body.addLayout(line, 1)
        close = button(self.tr("Close"), self.accept, kind="primary")
        close.setDefault(True)
        self.add_buttons(close)
        self._list.setFocus()
        self.show_folders(folders)
        self.show_models(models)

    def show_page(self, number: int) -> None:
        """Opens a page: folders, picture model, tags, look, speed."""
        self._list.setCurrentRow(number)

    def show_folders(self, folders: Sequence[FolderRow]) -> None:
        """Shows the folders of the library."""
        _clear(self._folders)
        for folder in folders:
            self._folders.addWidget(self._folder_line(folder))
        if not folders:
            text = self.tr("No folder yet. Add the folder in which your photos are.")
            self._folders.addWidget(label(text, role="second", wraps=True))

    def show_models(self, models: Sequence[ModelRow]) -> None:
        """Shows the picture models that can be used now."""
        _clear(self._models)
        for model in models:
            choice = QRadioButton(model.name)
            choice.setChecked(model.in_use)
            choice.setAccessibleDescription(model.about)
            choice.toggled.connect(partial(self._on_model_toggled, model.name))
            self._models.addWidget(choice)
            about = label(model.about, role="second", wraps=True)
            about.setContentsMargins(theme.Gap.XL + 5, 0, 0, theme.Gap.S)
            self._models.addWidget(about)

    # Pages

    def _folders_page(self) -> QVBoxLayout:
        page = _page()
        self._folders.setSpacing(theme.Gap.XS)
        page.addLayout(self._folders)
        line = QHBoxLayout()
        line.addWidget(
            button(self.tr("Add folder\u2026"), self.folder_add_asked.emit, icon="folder-add")
        )
        line.addStretch(1)
        page.addLayout(line)
        note = self.tr(
            "Photos stay in their folders, and the files are never changed. Removing a folder from the "
            "library deletes nothing; your tags and stars are kept for when it comes back."
        )
        page.addWidget(label(note, role="second", wraps=True))
        return page

    def _models_page(self) -> QVBoxLayout:
        page = _page()
        page.addLayout(self._models)
        note = self.tr(
            "The picture model sees what is in your photos. Another one looks at all of them again, in the "
            "background; your yes and no answers are kept."
        )
        page.addWidget(label(note, role="second", wraps=True))
        line = QHBoxLayout()
        line.addWidget(
            button(
                self.tr("More picture models\u2026"), partial(self._leave_for, self.models_asked)
            )
        )
        line.addStretch(1)
        page.addLayout(line)
        return page

    def _tags_page(self) -> QVBoxLayout:
        page = _page()
        note = self.tr(
            "Tags come in packs that can be switched on and off, and each can be read, changed or switched off."
        )
        page.addWidget(label(note, role="second", wraps=True))
        line = QHBoxLayout()
        line.addWidget(button(self.tr("All tags\u2026"), partial(self._leave_for, self.tags_asked)))
        line.addStretch(1)
        page.addLayout(line)
        page.addWidget(hairline())
        text = self.tr("Write my tags and stars into &keyword files (.xmp)")
        page.addWidget(self._box("write_keyword_files", text))
        note = self.tr(
            "Other photo programs can read these small files, which lie beside the photos. The photos "
            "themselves are never changed."
        )
        page.addWidget(_indented(label(note, role="second", wraps=True)))
        return page

    def _look_page(self) -> QVBoxLayout:
        page = _page()
        form = _form()
        schemes = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
        }
        self._choice(form, self.tr("&Colours"), "scheme", schemes)
        motions = {
            "system": self.tr("As the system"),
            "full": self.tr("Fade in"),
            "none": self.tr("None"),
        }
        self._choice(form, self.tr("&Animations"), "motion", motions)
        languages = {"": self.tr("As the system")}
        for code in LANGUAGES:
            name = QLocale(code).nativeLanguageName()
            languages[code] = name[:1].upper() + name[1:]
        self._choice(form, self.tr("La&nguage"), "language", languages)
        shapes = {"square": self.tr("Square grid"), "lines": self.tr("Justified rows")}
        self._choice(form, self.tr("&Grid"), "cell_shape", shapes)
        seconds = sorted({*_INTERVALS_S, self.settings.slideshow_interval_s})
        each = self.tr("{seconds} s each photo")
        intervals = {s: each.format(seconds=formatting.count(s)) for s in seconds}
        self._choice(form, self.tr("S&lideshow"), "slideshow_interval_s", intervals)
        page.addLayout(form)
        page.addWidget(hairline())
        page.addWidget(self._box("single_letters", self.tr("Single l&etters are commands")))
        note = self.tr("P picks a photo, 4 gives it four stars. Switch it off if you dictate.")
        page.addWidget(_indented(label(note, role="second", wraps=True)))
        page.addWidget(
            self._box("advance", self.tr("Next &photo after stars or a flag, in the loupe"))
        )
        note = self.tr("The language changes at the next start.")
        page.addWidget(label(note, role="second", wraps=True))
        return page

    def _speed_page(self) -> QVBoxLayout:
        page = _page()
        form = _form()
        counts = {0: self.tr("All {cores}").format(cores=formatting.count(self._cores))}
        counts |= {count: formatting.count(count) for count in range(1, self._cores)}
        self._choice(form, self.tr("&Cores for reading photos"), "threads", counts)
        caches = sorted({*_CACHES_MB, self.settings.thumbnail_cache_mb})
        sizes = {mb: formatting.size(mb * 1_000_000) for mb in caches}
        self._choice(form, self.tr("&Thumbnail cache"), "thumbnail_cache_mb", sizes)
        page.addLayout(form)
        note = self.tr(
            "Fewer cores leave more to other programs. Thumbnails beyond the size of the cache are made again when "
            "they are needed; those of drives that are not connected are always kept."
        )
        page.addWidget(label(note, role="second", wraps=True))
        return page

    # Controls

    def _folder_line(self, folder: FolderRow) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.Gap.S)
        path = ElidedLabel(folder.path, mode=Qt.TextElideMode.ElideMiddle)
        row.addWidget(path, 1)
        if folder.photos is not None:
            row.addWidget(label(self.tr("%Ln photo(s)", "", folder.photos), role="second"))
        if not folder.online:
            row.addWidget(label(self.tr("not connected"), role="second"))
        remove = button(
            self.tr("Remove"), partial(self.folder_remove_asked.emit, folder.id), kind="quiet"
        )
        remove.setAccessibleName(self.tr("Remove {folder}").format(folder=folder.path))
        row.addWidget(remove)
        return line

    def _box(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.setObjectName(name)
        box.setChecked(bool(getattr(self.settings, name)))
        box.toggled.connect(partial(self._set, name))
        return box

    def _choice(
        self, form: QFormLayout, text: str, name: str, choices: dict[Any, str]
    ) -> QComboBox:
        combo = QComboBox()
        for value, shown in choices.items():
            combo.addItem(shown, value)
        combo.setCurrentIndex(max(0, combo.findData(getattr(self.settings, name))))
        combo.currentIndexChanged.connect(lambda at: self._set(name, combo.itemData(at)))
        _row(form, text, name, combo)
        return combo

    def _set(self, name: str, value: object) -> None:
        change: dict[str, Any] = {name: value}
        changed = replace(self.settings, **change)
        if changed != self.settings:
            self.settings = changed
            self.changed.emit(changed)

    def _leave_for(self, asked: SignalInstance) -> None:
        """Goes to a page of the window, which the dialog would cover."""
        self.accept()
        asked.emit()

    def _on_model_toggled(self, name: str, chosen: bool) -> None:  # noqa: FBT001 (a slot of toggled)
        if chosen:
            self.model_chosen.emit(name)


def _page() -> QVBoxLayout:
    page = QVBoxLayout()
    page.setSpacing(theme.Gap.M)
    return page


def _titled(title: str, page: QVBoxLayout) -> QFrame:
    frame = QFrame()
    frame.setAccessibleName(title)
    whole = QVBoxLayout(frame)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.setSpacing(theme.Gap.L)
    whole.addWidget(label(title, theme.Text.TITLE))
    whole.addLayout(page)
    whole.addStretch(1)
    return frame


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setHorizontalSpacing(theme.Gap.L)
    form.setVerticalSpacing(theme.Gap.M)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
    return form


def _row(form: QFormLayout, text: str, name: str, field: QWidget) -> None:
    field.setObjectName(name)
    field.setAccessibleName(text.replace("&", ""))
    field.setMinimumWidth(200)
    named = label(text)
    named.setBuddy(field)
    form.addRow(named, field)


def _indented(widget: QWidget) -> QWidget:
    widget.setContentsMargins(theme.Gap.XL + 5, 0, 0, 0)
    return widget


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
