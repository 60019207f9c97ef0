"""A layout as it is seen: scrolled, in a viewport, mirrored for right-to-left languages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect

from photosort.gui.grid.layout import Layout


@dataclass(frozen=True, slots=True)
class ViewportLayout:
    """The part of a layout that a viewport shows.

    Attributes:
        layout: everything.
        offset: how far it is scrolled.
        width: of the viewport.
        height: of the viewport.
        mirrored: right-to-left.
    """

    layout: Layout
    offset: int
    width: int
    height: int
    mirrored: bool

    def cell(self, row: int) -> QRect:
        """Where a row's cell lies in the viewport."""
        return self.cells(range(row, row + 1))[0]

    def cells(self, rows: range) -> list[QRect]:
        """The same of neighbouring rows."""
        return [
            QRect(self.width - x - width if self.mirrored else x, y - self.offset, width, height)
            for x, y, width, height in self.layout.cells(rows)
        ]

    def row_at(self, point: QPoint) -> int:
        """The row whose cell is seen at a point, or -1."""
        inside = 0 <= point.x() < self.width and 0 <= point.y() < self.height
        if not inside or self.sticky_heading().contains(point):
            return -1
        return self.layout.row_at(self._reading_x(point.x()), point.y() + self.offset)

    def rows_in(self, area: QRect) -> NDArray[np.bool_]:
        """Which rows' cells touch an area; bool array, shape (rows,)."""
        area = area.normalized()
        one, other = self._reading_x(area.left()), self._reading_x(area.right())
        return self.layout.rows_in(
            min(one, other), area.top() + self.offset, max(one, other), area.bottom() + self.offset
        )

    def rows(self, *, beyond: int = 0) -> range:
        """The rows on screen, and those so many pixels above and below it."""
        return self.layout.rows_between(
            self.offset - beyond, self.offset + self.height - 1 + beyond
        )

    def first_whole_row(self) -> int:
        """The first row that is not cut off above; -1 if there is none at all."""
        rows = self.rows()
        for row in rows:
            if self.cell(row).y() >= 0:
                return row
        return rows.start if rows else -1

    def heading(self, section: int, top: int) -> QRect:
        """Where the heading of a section lies in the viewport, at a height."""
        x, width = self.layout.header_span(section)
        x = self.width - x - width if self.mirrored else x
        return QRect(x, top, width, self.layout.header(section)[1])

    def sticky_heading(self) -> QRect:
        """Where the heading of the topmost section sticks; the next heading pushes it away."""
        section = self.layout.section_at(self.offset)
        top, height = self.layout.header(section)
        if not height or top > self.offset:
            return QRect()
        y = min(0, self.layout.section_bottom(section) - self.offset - height)
        return QRect(0, y, self.width, height)

    def grip(self, current: int, point: QPoint | None = None) -> ScrollAnchor | None:
        """What to hold on to while the layout changes.

        Args:
            current: the current row, or -1; held if it is visible and no point is given.
            point: hold what is seen here.
        """
        rows = self.rows()
        if not rows:
            return None
        if point is None:
            row = current if current in rows else self.first_whole_row()
            at = self.cell(row).center()
        else:
            row, at = self.row_at(point), point
            if row < 0:
                row = min(rows, key=lambda r: (self.cell(r).center() - at).manhattanLength())
        cell = self.cell(row)
        return ScrollAnchor(row, (at.y() - cell.y()) / max(1, cell.height()), at.y())

    def _reading_x(self, x: int) -> int:
        return self.width - 1 - x if self.mirrored else x


@dataclass(frozen=True, slots=True)
class ScrollAnchor:
    """A point of a photo that stays at its height while the layout changes.

    Attributes:
        row: the photo's row.
        part: where in its cell the point lies, 0 (top) to 1 (bottom).
        y: the point's height in the viewport.
    """

    row: int
    part: float
    y: int

    def offset_in(self, layout: Layout) -> int:
        """How far another layout must be scrolled to hold the point where it was."""
        _, top, _, height = layout.cell(self.row)
        return round(top + self.part * height - self.y)
