"""A group of duplicates side by side, with the one to keep suggested."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.widgets.basics import button, label
from photosort.gui.widgets.copy_tile import CopyTile
from photosort.gui.widgets.flow import Flow
from photosort.usecases.duplicates.inheritance import inherited
from photosort.usecases.photos.metadata_set import MetadataSet

if TYPE_CHECKING:
    from photosort.usecases.duplicates.duplicate_review import Copy, OpenGroup


class DuplicateCard(QFrame):
    """Says why the photos are a group; the user says which of them stay.

    Signals:
        kept: these photos (list of ids) stay, all others of the group go.
        told_apart: they are no duplicates.
        compare_asked: they are to be seen side by side.
        file_shown: the file of a copy (path: str) is to be shown in the file manager.

    Attributes:
        group: what is shown.
    """

    kept = Signal(list)
    told_apart = Signal()
    compare_asked = Signal()
    file_shown = Signal(str)

    def __init__(self, group: OpenGroup, parent: QWidget | None = None) -> None:
        """Suggests to keep the first.

        Args:
            group: the photos, the best one first.
            parent: as usual in Qt.
        """
        super().__init__(parent)
        self.group = group
        self.setProperty("surface", "card")
        can_go = group.lane != "exact"
        self._tiles: list[CopyTile] = []
        tiles = Flow(gap=theme.Gap.M)
        for place, copy in enumerate(group.copies):
            tile = _tile(copy, can_go=can_go)
            if can_go:
                tile.setChecked(place == 0)
                tile.toggled.connect(self._on_toggled)
            else:
                tile.clicked.connect(partial(self._show_file, copy.path))
            self._tiles.append(tile)
            tiles.add(tile)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.Gap.M, theme.Gap.S, theme.Gap.M, theme.Gap.M)
        column.setSpacing(theme.Gap.S)
        row = QHBoxLayout()
        row.setSpacing(theme.Gap.XS)
        row.addWidget(label(_why(group), role="second", wraps=True), 1)
        self._keep = button("", self._on_keep)
        if can_go:
            apart = button(self.tr("Not duplicates"), self.told_apart.emit, kind="quiet")
            apart.setToolTip(self.tr("Keep all of them, and never ask again"))
            side = button(self.tr("Compare"), self.compare_asked.emit, kind="quiet", icon="compare")
            for made in (side, apart):
                row.addWidget(made, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._keep, 0, Qt.AlignmentFlag.AlignTop)
        self._keep.setVisible(can_go)
        column.addLayout(row)
        column.addWidget(tiles)
        self._taken = label(role="second", wraps=True)
        column.addWidget(self._taken)
        self.setAccessibleName(_why(group))
        self._on_toggled()

    def set_pictures(self, pictures: dict[int, QImage]) -> None:
        """Shows pictures by photo."""
        for copy, tile in zip(self.group.copies, self._tiles, strict=True):
            if copy.photo_id in pictures:
                tile.set_picture(pictures[copy.photo_id])

    def _staying(self) -> list[int]:
        pairs = zip(self.group.copies, self._tiles, strict=True)
        return [copy.photo_id for copy, tile in pairs if tile.isChecked()]

    def _on_toggled(self) -> None:
        going = len(self.group.copies) - len(self._staying())
        self._keep.setText(self.tr("Discard %Ln photo(s)", "", going))
        # Discarding all of them would be more than a choice among duplicates.
        self._keep.setEnabled(0 < going < len(self.group.copies))
        said = "; ".join(map(formatting.translate, self._inherited().parts().values()))
        self._taken.setText(self.tr("What stays takes over: {facts}").format(facts=said))
        self._taken.setVisible(bool(said))

    def _inherited(self) -> MetadataSet:
        """What the first photo that stays takes over from those that go."""
        staying = set(self._staying())
        kept = [copy.has for copy in self.group.copies if copy.photo_id in staying]
        going = [copy.has for copy in self.group.copies if copy.photo_id not in staying]
        return inherited(kept[0], going) if kept else MetadataSet()

    def _on_keep(self) -> None:
        self.kept.emit(self._staying())

    def _show_file(self, path: str, *_checked: bool) -> None:
        self.file_shown.emit(path)


def _tile(copy: Copy, *, can_go: bool) -> CopyTile:
    place = Path(copy.path)
    facts = [formatting.size(copy.size_bytes)]
    if copy.width and copy.height:
        locale = QLocale()
        facts.insert(0, f"{locale.toString(copy.width)} \u00d7 {locale.toString(copy.height)}")
    return CopyTile(place.name, "  \u00b7  ".join(facts), str(place.parent), can_go=can_go)


def _why(group: OpenGroup) -> str:
    said = [formatting.translate(one) for one in group.why]
    # Each begins a line of its own where it is listed; here the first one begins the sentence.
    return "; ".join(said)[:1].upper() + "; ".join(said)[1:]
