"""Cell sizes of the grid: limits, gaps and zoom steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from photosort.gui.base import theme
from photosort.gui.grid.layout import CellShape, Measures

if TYPE_CHECKING:
    from photosort.usecases.photos.photo_table import Unit

SMALLEST_EDGE = 72
LARGEST_EDGE = 640
USUAL_EDGE = 184
_STEP = 1.15
_MONTHS_BELOW, _YEARS_BELOW = 120, 90


def measures(width: int, edge: int) -> Measures:
    """The sizes a layout is made from.

    Args:
        width: of the viewport, in device-independent pixels.
        edge: wished edge of a cell.
    """
    line = theme.text_px(theme.Text.BODY) + 2 * theme.Gap.L
    return Measures(
        width=max(1, width),
        edge=edge,
        gap=_gap(edge),
        margin=theme.Gap.L,
        header=line,
        divider=line,
    )


def edge_after(edge: int, notches: float, width: int, shape: CellShape) -> int:
    """The wished edge after some notches of a mouse wheel, each of which changes what is seen.

    Args:
        edge: the edge before.
        notches: positive for larger.
        width: of the viewport.
        shape: squares change with their number in a line, lines with every pixel.
    """
    factor = _STEP if notches > 0 else 1 / _STEP
    wished, columns = float(edge), _columns(edge, width, shape)
    for _ in range(max(1, round(abs(notches)))):
        seen = columns
        while columns == seen and SMALLEST_EDGE <= wished <= LARGEST_EDGE:
            wished *= factor
            columns = _columns(wished, width, shape)
    return round(wished)


def unit_at(edge: int) -> Unit:
    """What headings stand for at an edge: the smaller the photos, the longer the time that is seen at once."""
    if edge < _YEARS_BELOW:
        return "year"
    return "month" if edge < _MONTHS_BELOW else "day"


def _columns(edge: float, width: int, shape: CellShape) -> int:
    if shape is CellShape.JUSTIFIED:
        return round(edge)
    gap = _gap(edge)
    return max(1, round((width - 2 * theme.Gap.L + gap) / (edge + gap)))


def _gap(edge: float) -> int:
    return theme.Gap.M if edge >= 2 * SMALLEST_EDGE else theme.Gap.S
