"""Paints the visible part of the grid: cells, dividers, headings, the rubber band."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from photosort.gui.base import theme
from photosort.gui.grid.arrangement import DIVIDER_ID
from photosort.gui.grid.model import PhotoListModel
from photosort.gui.grid.painting import CellState, paint_cell, paint_divider, paint_heading
from photosort.gui.grid.pointer import GridPointer
from photosort.gui.grid.viewport_layout import ViewportLayout

if TYPE_CHECKING:
    from photosort.gui.grid.view import PhotoGrid

# Rings reach this far beyond a cell.
RING_REACH = 8


class GridCanvas:
    """Reads memory only, and only of what is painted."""

    def __init__(self, grid: PhotoGrid, photos: PhotoListModel, pointer: GridPointer) -> None:
        self._grid = grid
        self._photos = photos
        self._pointer = pointer

    def paint(self, painter: QPainter, area: QRect) -> None:
        """Paints everything in an area of the viewport."""
        sight = self._grid.sight()
        painter.setClipRect(area)
        painter.fillRect(area, theme.colour("window"))
        top, bottom = area.top() + sight.offset, area.bottom() + sight.offset
        rows = sight.layout.rows_between(top - RING_REACH, bottom + RING_REACH)
        for row, cell in zip(rows, sight.cells(rows), strict=True):
            self._paint_row(painter, row, cell)
        self._paint_headings(painter, sight, area)
        band = self._pointer.band
        if band is not None:
            painter.setPen(QPen(theme.colour("accent"), 1))
            painter.setBrush(theme.colour("accent", alpha=0.18))
            painter.drawRect(QRectF(band).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setClipping(False)

    def _paint_row(self, painter: QPainter, row: int, cell: QRect) -> None:
        grid, arrangement = self._grid, self._photos.arrangement
        photo = self._photos.photo_id(row)
        stack = arrangement.stacks.get(photo)
        on_top = stack is not None and stack.members[0] == photo
        state = CellState(
            selected=bool(grid.selection.mask[row]),
            current=row == grid.selection.current(),
            focused=grid.hasFocus(),
            hovered=row == self._pointer.hovered,
            mirrored=grid.isRightToLeft(),
            stacked=len(stack.members) if stack is not None and on_top else 0,
            in_open_stack=stack is not None and stack.is_open,
        )
        if photo == DIVIDER_ID:
            text = arrangement.section_of(row).title
            paint_divider(painter, cell, text, state, opened=row + 1 < len(arrangement))
        else:
            marks = self._photos.book.marks(photo)
            paint_cell(painter, cell, marks, grid.thumbnails.get(photo), state)

    def _paint_headings(self, painter: QPainter, sight: ViewportLayout, area: QRect) -> None:
        layout, offset = sight.layout, sight.offset
        for section in layout.sections_between(area.top() + offset, area.bottom() + offset):
            top, height = layout.header(section)
            if height and top >= offset:
                self._paint_heading(painter, sight, section, top - offset)
        sticky, sections = sight.sticky_heading(), layout.sections_between(offset, offset)
        if sticky.intersects(area) and layout.header(sections.start)[0] < offset:
            painter.fillRect(sticky, theme.colour("window"))
            for section in sections:
                self._paint_heading(painter, sight, section, sticky.y())
            painter.fillRect(0, sticky.bottom(), sight.width, 1, theme.colour("line"))

    def _paint_heading(
        self, painter: QPainter, sight: ViewportLayout, section: int, top: int
    ) -> None:
        of = self._photos.arrangement.sections[section]
        area = sight.heading(section, top)
        paint_heading(painter, area, of.title, of.detail, mirrored=sight.mirrored)
