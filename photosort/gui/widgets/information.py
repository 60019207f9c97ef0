"""The information panel at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from photosort.domain.photos import Flag
from photosort.gui.base import icons, theme
from photosort.gui.widgets.basics import (
    ElidedLabel,
    ElidedLink,
    button,
    hairline,
    label,
    tool_button,
)
from photosort.gui.widgets.edit_box import EditBox
from photosort.gui.widgets.empty import EmptyState
from photosort.gui.widgets.flags import FlagButtons
from photosort.gui.widgets.flow import Flow
from photosort.gui.widgets.rating import RatingStars
from photosort.gui.widgets.section import Section
from photosort.gui.widgets.small_map import SmallMap
from photosort.gui.widgets.tag_chip import ShownTag
from photosort.gui.widgets.tags_box import TagsBox

_SHORT_CAPTION = 280
_NARROW = 200
_TICK_PX = 16


@dataclass(frozen=True, slots=True)
class FoundFile:
    """One file of the photo.

    Attributes:
        path: absolute path.
        note: what it is and how it is ("raw, 24.1 MB", "its drive is not connected").
        term: the search for all photos of its folder, or "".
    """

    path: str
    note: str = ""
    term: str = ""


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One part of the search, and whether the photo fits it.

    Attributes:
        text: the part.
        fits: the photo is as the search wants it there.
        note: what else there is to say of it ("in the file name: 1401").
    """

    text: str
    fits: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What matters most, and the search for all photos that share it.

    Attributes:
        text: date, place or camera.
        term: of the query language, or "" where there is nothing to search for.
    """

    text: str
    term: str = ""


@dataclass(frozen=True, slots=True)
class Information:
    """What the panel shows of one photo or of several.

    Attributes:
        title: name of the file, or how many photos are selected; large where there are no lines.
        lines: what matters most, a line each, the first one large: date, place, camera.
        caption: what a person wrote about it.
        rating: 0 to 5; None where several photos differ.
        flag: the user's choice.
        tags: in the order in which they are shown.
        albums: key and name of each.
        details: name and value of all else.
        files: where it was found.
        why: how the photo fits what is searched for.
        place: latitude and longitude where it was taken, or None.
    """

    title: str
    lines: tuple[Line, ...] = ()
    caption: str = ""
    rating: int | None = 0
    flag: Flag | None = None
    tags: tuple[ShownTag, ...] = ()
    albums: tuple[tuple[str, str], ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    files: tuple[FoundFile, ...] = ()
    why: tuple[WhyLine, ...] = ()
    place: tuple[float, float] | None = None


class InformationPanel(QFrame):
    """Date and place, name; rating and flag; tags; albums; everything else; files.

    Signals:
        rated: (int), see `RatingStars`.
        flagged: (Flag or None), see `FlagButtons`.
        album_chosen: an album (key: str) is to be shown.
        file_shown: a file (path: str) is to be shown in the file manager.
        path_copied: the path of a file (str) is to be copied.
        map_asked: the map is to be shown there (latitude: float, longitude: float).
        term_chosen: photos that share something (term: str) are to be searched for.

    Attributes:
        tags: the box of the tags, with signals of its own.
        edit: the editors of date, place and texts, with signals of their own.
    """

    rated = Signal(int)
    flagged = Signal(object)
    album_chosen = Signal(str)
    file_shown = Signal(str)
    path_copied = Signal(str)
    map_asked = Signal(float, float)
    term_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "panel")
        self.setAccessibleName(self.tr("Information"))
        self.setMinimumWidth(248)
        self.tags = TagsBox()
        self.edit = EditBox()
        self._title = ElidedLabel(
            size=theme.Text.LARGE, strong=True, mode=Qt.TextElideMode.ElideMiddle
        )
        self._lines, self._why = QWidget(), QWidget()
        self._line_rows, self._why_rows = QVBoxLayout(self._lines), QGridLayout(self._why)
        self._caption = label(wraps=True)
        self._caption.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._more = button(self.tr("Show all"), self._show_whole_caption, kind="link")
        self._whole_caption = ""
        self._map = SmallMap()
        self._map.asked.connect(self.map_asked)
        self._rating, self._flags = RatingStars(), FlagButtons()
        self._rating.rated.connect(self.rated)
        self._flags.flagged.connect(self.flagged)
        self._albums, self._details, self._files = Flow(), QWidget(), QWidget()
        self._detail_rows, self._file_rows = QGridLayout(self._details), QVBoxLayout(self._files)
        for rows in (self._detail_rows, self._file_rows, self._line_rows, self._why_rows):
            rows.setContentsMargins(0, 0, 0, 0)
        self._line_rows.setSpacing(0)
        self._why_rows.setHorizontalSpacing(theme.Gap.S)
        self._why_rows.setVerticalSpacing(theme.Gap.XS)
        self._why_rows.setColumnStretch(1, 1)
        self._detail_rows.setHorizontalSpacing(theme.Gap.M)
        self._detail_rows.setVerticalSpacing(theme.Gap.XS)
        self._detail_rows.setColumnStretch(1, 1)
        self._sections = {
            "why": Section(self.tr("Why it matches"), self._why),
            "tags": Section(self.tr("Tags"), self.tags),
            "albums": Section(self.tr("Albums"), self._albums),
            "details": Section(self.tr("Details"), self._details),
            "files": Section(self.tr("Files"), self._files),
        }
        self._lines_above: dict[str, QWidget] = {}
        self._stack = QStackedLayout(self)
        self._nothing = EmptyState(
            "info",
            self.tr("No photo selected"),
            self.tr("Select one to see what is known of it."),
            width=_NARROW,
        )
        self._stack.addWidget(self._nothing)
        self._stack.addWidget(self._scrolled())

    def show_nothing(self) -> None:
        """No photo is selected."""
        self._stack.setCurrentIndex(0)

    def show_information(self, info: Information) -> None:
        """Shows what is known; sections without content are hidden."""
        self._title.set_text(info.title)
        size, role = (theme.Text.SMALL, "second") if info.lines else (theme.Text.LARGE, "text")
        theme.set_text(self._title, size, role=role, strong=not info.lines)
        self._fill_lines(info.lines)
        self._lines.setVisible(bool(info.lines))
        self._set_caption(info.caption)
        self._map.set_place(info.place)
        self._rating.set_rating(info.rating)
        self._flags.set_flag(info.flag)
        self.tags.set_tags(info.tags)
        self._fill_why(info.why)
        self._fill_albums(info.albums)
        self._fill_details(info.details)
        self._fill_files(info.files)
        for name, content in (
            ("why", info.why),
            ("albums", info.albums),
            ("details", info.details),
            ("files", info.files),
        ):
            self._sections[name].setVisible(bool(content))
            self._lines_above[name].setVisible(bool(content))
        self._stack.setCurrentIndex(1)

    def section(self, name: str) -> Section:
        """One of "why", "tags", "albums", "details", "files", to keep it open or closed.

        Raises:
            KeyError: another name.
        """
        return self._sections[name]

    def _scrolled(self) -> QScrollArea:
        body = QFrame()
        body.setProperty("surface", "panel")
        column = QVBoxLayout(body)
        column.setContentsMargins(theme.Gap.L, theme.Gap.L, theme.Gap.L, theme.Gap.L)
        column.setSpacing(theme.Gap.S)
        column.addWidget(self._lines)
        column.addWidget(self._title)
        column.addWidget(self._map)
        choice = QHBoxLayout()
        choice.setContentsMargins(-4, 0, 0, 0)
        choice.addWidget(self._rating)
        choice.addStretch()
        choice.addWidget(self._flags)
        column.addLayout(choice)
        column.addWidget(self.edit)
        column.addWidget(self._caption)
        column.addWidget(self._more)
        for name, section in self._sections.items():
            self._lines_above[name] = hairline()
            column.addWidget(self._lines_above[name])
            column.addWidget(section)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setProperty("surface", "panel")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(body)
        return scroll

    def _set_caption(self, caption: str) -> None:
        self._whole_caption = caption
        is_long = len(caption) > _SHORT_CAPTION
        self._caption.setText(caption[:_SHORT_CAPTION] + "\u2026" if is_long else caption)
        self._caption.setVisible(bool(caption))
        self._more.setVisible(is_long)

    def _show_whole_caption(self) -> None:
        self._caption.setText(self._whole_caption)
        self._more.hide()

    def _fill_lines(self, lines: Sequence[Line]) -> None:
        _empty(self._line_rows)
        for place, line in enumerate(lines):
            size = theme.Text.BODY if place else theme.Text.LARGE
            if not line.term:
                role = "second" if place else "text"
                self._line_rows.addWidget(label(line.text, size, role=role, wraps=True))
                continue
            ask = partial(self.term_chosen.emit, line.term)
            chooses = ElidedLink(line.text, ask, size, strong=not place)
            chooses.setToolTip(self.tr("Search for {term}").format(term=line.term))
            self._line_rows.addWidget(chooses)

    def _fill_why(self, lines: Sequence[WhyLine]) -> None:
        _empty(self._why_rows)
        for row, line in enumerate(lines):
            icon = QLabel()
            role = "accent" if line.fits else "text_second"
            picture = icons.pixmap(
                "check" if line.fits else "cross",
                role=role,
                edge_px=_TICK_PX,
                scale=self.devicePixelRatioF(),
            )
            icon.setPixmap(picture)
            said = label(line.text, role="text" if line.fits else "second", wraps=True)
            fits = self.tr("fits") if line.fits else self.tr("does not fit")
            said.setAccessibleName(f"{line.text}: {fits}. {line.note}")
            texts = QVBoxLayout()
            texts.setSpacing(0)
            texts.addWidget(said)
            if line.note:
                texts.addWidget(label(line.note, theme.Text.SMALL, role="second", wraps=True))
            held = QWidget()
            held.setLayout(texts)
            texts.setContentsMargins(0, 0, 0, 0)
            self._why_rows.addWidget(icon, row, 0, Qt.AlignmentFlag.AlignTop)
            self._why_rows.addWidget(held, row, 1)

    def _fill_albums(self, albums: Sequence[tuple[str, str]]) -> None:
        self._albums.clear()
        for key, name in albums:
            self._albums.add(
                button(name, partial(self.album_chosen.emit, key), kind="quiet", icon="album")
            )

    def _fill_details(self, details: Sequence[tuple[str, str]]) -> None:
        _empty(self._detail_rows)
        grid = self._detail_rows
        for row, (name, value) in enumerate(details):
            named = label(name, role="second")
            said = label(value, wraps=True)
            said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            said.setAccessibleName(f"{name}: {value}")
            grid.addWidget(named, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(said, row, 1)

    def _fill_files(self, files: Sequence[FoundFile]) -> None:
        _empty(self._file_rows)
        for file in files:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(theme.Gap.XS)
            texts = QVBoxLayout()
            texts.setSpacing(0)
            path = Path(file.path)
            texts.addWidget(ElidedLabel(path.name, mode=Qt.TextElideMode.ElideMiddle))
            if file.term:
                ask = partial(self.term_chosen.emit, file.term)
                parent = ElidedLink(path.parent.name or str(path.parent), ask, theme.Text.SMALL)
                parent.setToolTip(str(path.parent))
                # Without an alignment the name above would get the width of this link at most.
                texts.addWidget(parent, 0, Qt.AlignmentFlag.AlignLeft)
            if file.note:
                texts.addWidget(label(file.note, theme.Text.SMALL, role="second", wraps=True))
            row.addLayout(texts, 1)
            for icon, name, signal in (
                ("open-outside", self.tr("Show in the file manager"), self.file_shown),
                ("duplicate", self.tr("Copy the path"), self.path_copied),
            ):
                row.addWidget(
                    tool_button(
                        icon,
                        name,
                        partial(signal.emit, file.path),
                        edge_px=16,
                        dense=True,
                    ),
                    0,
                    Qt.AlignmentFlag.AlignTop,
                )
            self._file_rows.addWidget(line)


def _empty(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
