"""Paints one cell of the grid: the photo, its rings and its badges."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap

from photosort.domain.photos import Flag, Kind
from photosort.gui.base import icons, theme
from photosort.gui.grid.model import Marks, TagMark
from photosort.gui.grid.thumbnails import Thumbnail
from photosort.gui.widgets.tick import EDGE, paint_tick

BADGE_HEIGHT = 18
BADGE_INSET = 5
BADGE_ICON = 14
SMALL_PX = 96
_SHADE_ALPHA = 0.78
# Behind the photos of an open stack, as far as the gap between two cells is wide.
_BAND = 4
_STACK_WIDTH = 44
_DISCARDED_OPACITY = 0.38


@dataclass(frozen=True, slots=True)
class CellState:
    """How a cell stands.

    Attributes:
        selected: it has the accent ring and the tick.
        current: it has the thin outer ring: the keyboard acts here.
        focused: the grid has the keyboard.
        hovered: the pointer is on it; like the current one it shows all its badges.
        mirrored: right-to-left.
        stacked: photos of the stack that it is on top of, 0 elsewhere.
        in_open_stack: it belongs to a stack whose photos are shown side by side.
    """

    selected: bool = False
    current: bool = False
    focused: bool = False
    hovered: bool = False
    mirrored: bool = False
    stacked: int = 0
    in_open_stack: bool = False


def fitted(cell: QRect, aspect: float) -> QRect:
    """The largest rectangle of an aspect in the middle of a cell."""
    width, height = cell.width(), cell.height()
    if aspect * height > width:
        height = max(1, round(width / max(aspect, 0.02)))
    else:
        width = max(1, round(height * aspect))
    return QRect(
        cell.x() + (cell.width() - width) // 2,
        cell.y() + (cell.height() - height) // 2,
        width,
        height,
    )


def photo_rect(cell: QRect, marks: Marks, thumbnail: Thumbnail | None) -> QRect:
    """Where the photo itself lies in its cell."""
    if thumbnail is not None and thumbnail.pixmap is not None:
        size = thumbnail.pixmap.size()
        return fitted(cell, size.width() / max(1, size.height()))
    return fitted(cell, marks.aspect)


def tick_rect(photo: QRect, *, mirrored: bool) -> QRect:
    """The circle that selects a photo, in its upper corner at the beginning of the line."""
    x = photo.right() - EDGE - 3 if mirrored else photo.x() + 4
    return QRect(x, photo.y() + 4, EDGE, EDGE)


def stack_rect(photo: QRect, *, mirrored: bool) -> QRect:
    """Where a click opens or closes a stack: around its badge, in the lower corner at the end of the line."""
    x = photo.x() if mirrored else photo.right() - _STACK_WIDTH + 1
    height = BADGE_HEIGHT + 2 * BADGE_INSET
    return QRect(x, photo.bottom() - height + 1, _STACK_WIDTH, height)


def paint_cell(
    painter: QPainter, cell: QRect, marks: Marks, thumbnail: Thumbnail | None, state: CellState
) -> None:
    """Paints a photo with everything that belongs to it.

    Args:
        painter: in device-independent pixels of the viewport, with antialiasing.
        cell: the whole cell.
        marks: what to show.
        thumbnail: the picture, or None while it is on its way.
        state: how the cell stands.
    """
    if state.in_open_stack:
        painter.fillRect(cell.adjusted(-_BAND, -_BAND, _BAND, _BAND), theme.colour("chosen"))
    photo = photo_rect(cell, marks, thumbnail)
    discarded = marks.flag is Flag.DISCARD
    if discarded:
        painter.setOpacity(_DISCARDED_OPACITY)
    _paint_picture(painter, photo, marks, thumbnail)
    if discarded:
        painter.setOpacity(1.0)
    if state.selected or state.current:
        _paint_rings(painter, photo, state)
    _paint_badges(painter, photo, marks, state)
    if state.selected or (state.hovered and photo.width() >= SMALL_PX // 2):
        paint_tick(painter, tick_rect(photo, mirrored=state.mirrored), selected=state.selected)


def paint_divider(
    painter: QPainter, area: QRect, text: str, state: CellState, *, opened: bool
) -> None:
    """Paints the row that shows or hides the possible matches.

    Args:
        painter: as for `paint_cell`.
        area: the row.
        text: what it says.
        state: current and hovered count.
        opened: which way its chevron points.
    """
    plate = QRectF(area).adjusted(-theme.Gap.S, 1, theme.Gap.S, -1)
    if state.hovered:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
        painter.drawRoundedRect(plate, theme.CORNER_CONTROL, theme.CORNER_CONTROL)
    font = theme.font(theme.Text.BODY, strong=True)
    painter.setFont(font)
    edge = theme.ICON_EDGE
    wide = QFontMetrics(font).horizontalAdvance(text) + edge + theme.Gap.S
    left = area.x() - theme.Gap.XS
    chevron = "chevron-down" if opened else "chevron-left" if state.mirrored else "chevron-right"
    right = area.right() + theme.Gap.XS
    icon_x = right - edge if state.mirrored else left
    text_area = area.adjusted(0, 0, -edge, 0) if state.mirrored else area.adjusted(edge, 0, 0, 0)
    _draw_icon(painter, QPointF(icon_x, area.center().y() - edge / 2 + 1), chevron, "text", edge)
    painter.setPen(theme.colour("text"))
    start = Qt.AlignmentFlag.AlignRight if state.mirrored else Qt.AlignmentFlag.AlignLeft
    painter.drawText(
        text_area, Qt.AlignmentFlag.AlignVCenter | start | Qt.AlignmentFlag.AlignAbsolute, text
    )
    painter.setPen(QPen(theme.colour("line"), 1))
    middle = area.center().y() + 0.5
    from_x = area.x() if state.mirrored else left + wide + theme.Gap.M
    to_x = right - wide - theme.Gap.M if state.mirrored else area.right()
    if to_x > from_x:
        painter.drawLine(QPointF(from_x, middle), QPointF(to_x, middle))
    if state.current and state.focused:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
        corner = theme.CORNER_CONTROL
        painter.drawRoundedRect(plate.adjusted(1, 1, -1, -1), corner, corner)


def clear_painting_cache() -> None:
    """Forgets what was drawn in the colours of the theme before."""
    _corners.cache_clear()


def _paint_picture(
    painter: QPainter, photo: QRect, marks: Marks, thumbnail: Thumbnail | None
) -> None:
    if thumbnail is not None and thumbnail.pixmap is not None:
        pixmap = thumbnail.pixmap
        size = pixmap.deviceIndependentSize()
        if abs(size.width() - photo.width()) < 1 and abs(size.height() - photo.height()) < 1:
            painter.drawPixmap(photo.topLeft(), pixmap)
        else:
            painter.drawPixmap(photo, pixmap)
        return
    # A place in the photo's own grey, darker in the dark scheme so that a full screen of them stays quiet.
    floor, span = (34, 0.35) if theme.is_dark() else (150, 0.35)
    grey = int(floor + marks.grey * span)
    painter.fillRect(photo, QColor(grey, grey, grey))
    corner = theme.CORNER_PHOTO
    if photo.width() > 2 * corner and photo.height() > 2 * corner:
        scale = painter.device().devicePixelRatioF()
        for pixmap, x, y in zip(
            _corners(scale),
            (photo.left(), photo.right() - corner + 1) * 2,
            (photo.top(), photo.top(), photo.bottom() - corner + 1, photo.bottom() - corner + 1),
            strict=True,
        ):
            painter.drawPixmap(x, y, pixmap)
    if thumbnail is not None:
        name = "warning" if marks.problem else "video" if marks.kind is Kind.VIDEO else "image"
        edge = min(32, photo.width() // 2, photo.height() // 2)
        if edge >= 12:
            middle = QPointF(photo.center()) - QPointF(edge / 2, edge / 2)
            _draw_icon(painter, middle, name, "text_second", edge)


@lru_cache(maxsize=4)
def _corners(scale: float) -> tuple[QPixmap, QPixmap, QPixmap, QPixmap]:
    """The four corners that are cut off a rectangle, in the window's colour."""
    corner = theme.CORNER_PHOTO
    made = []
    for x, y in ((0, 0), (-corner, 0), (0, -corner), (-corner, -corner)):
        pixmap = QPixmap(round(corner * scale), round(corner * scale))
        pixmap.setDevicePixelRatio(scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        between = QPainterPath()
        between.addRect(x, y, 2 * corner, 2 * corner)
        between.addRoundedRect(x, y, 2 * corner, 2 * corner, corner, corner)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(between, theme.colour("window"))
        painter.end()
        made.append(pixmap)
    return made[0], made[1], made[2], made[3]


def _paint_rings(painter: QPainter, photo: QRect, state: CellState) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    area = QRectF(photo)
    if state.selected:
        out = theme.RING_PX / 2 + 1
        painter.setPen(QPen(theme.colour("accent"), theme.RING_PX))
        corner = theme.CORNER_PHOTO + out
        painter.drawRoundedRect(area.adjusted(-out, -out, out, out), corner, corner)
    if state.current:
        out = theme.RING_PX + 2.5 if state.selected else 2.5
        painter.setPen(QPen(theme.colour("text" if state.focused else "outline"), 1))
        corner = theme.CORNER_PHOTO + out
        painter.drawRoundedRect(area.adjusted(-out, -out, out, out), corner, corner)


def _paint_badges(painter: QPainter, photo: QRect, marks: Marks, state: CellState) -> None:
    small = photo.width() < SMALL_PX or photo.height() < 56
    top = [name for name, shown in (
        ("warning", bool(marks.problem)),
        ("folder-offline", marks.is_offline),
        ("pick-filled", marks.flag is Flag.PICK),
        ("discard", marks.flag is Flag.DISCARD),
    ) if shown]  # fmt: skip
    upper, lower = photo.y() + BADGE_INSET, photo.bottom() - BADGE_INSET - BADGE_HEIGHT + 1
    if top:
        _pill(painter, photo, upper, top, "", at_end=True, mirrored=state.mirrored)
    if small:
        return
    start_text = str(marks.rating) if marks.rating else ""
    start = ["star-filled"] if marks.rating else []
    if (state.hovered or state.current) and marks.tags is not TagMark.NONE:
        start.append("tag" if marks.tags is TagMark.DECIDED else "question")
    if start:
        _pill(painter, photo, lower, start, start_text, at_end=False, mirrored=state.mirrored)
    end = ["stack"] if state.stacked else []
    if marks.kind is Kind.VIDEO:
        end.append("play")
    if marks.has_duplicates:
        end.append("duplicate")
    if marks.is_raw and (state.hovered or state.current):
        end.append("raw")
    if end:
        text = str(state.stacked) if state.stacked else marks.duration
        _pill(painter, photo, lower, end, text, at_end=True, mirrored=state.mirrored)


def _pill(
    painter: QPainter,
    photo: QRect,
    y: int,
    names: list[str],
    text: str,
    *,
    at_end: bool,
    mirrored: bool,
) -> None:
    plate = _plate(
        tuple(names), text, painter.device().devicePixelRatioF(), theme.text_px(theme.Text.SMALL)
    )
    width = round(plate.deviceIndependentSize().width())
    right = at_end != mirrored
    x = photo.right() - BADGE_INSET - width + 1 if right else photo.x() + BADGE_INSET
    painter.drawPixmap(x, y, plate)


@lru_cache(maxsize=512)
def _plate(names: tuple[str, ...], text: str, scale: float, _text_px: int) -> QPixmap:
    """A dark plate with icons and, behind the first of them, a short text."""
    font = theme.font(theme.Text.SMALL)
    text_width = QFontMetrics(font).horizontalAdvance(text) + 2 if text else 0
    size = QSize(len(names) * (BADGE_ICON + 2) + text_width + 6, BADGE_HEIGHT)
    made = QPixmap(size * scale)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_shade(_SHADE_ALPHA))
    painter.drawRoundedRect(QRectF(QPointF(0, 0), size), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(theme.DARK.text))
    x = 4
    for place, name in enumerate(names):
        picture = icons.tinted(name, theme.DARK.text, edge_px=BADGE_ICON, scale=scale)
        painter.drawPixmap(QPointF(x, (BADGE_HEIGHT - BADGE_ICON) / 2), picture)
        x += BADGE_ICON + 2
        if place == 0 and text:
            area = QRectF(x - 1, 0, text_width + 4, BADGE_HEIGHT)
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
            x += text_width
    painter.end()
    return made


def _shade(alpha: float) -> QColor:
    made = QColor(theme.DARK.loupe)
    made.setAlphaF(alpha)
    return made


def _draw_icon(painter: QPainter, at: QPointF, name: str, role: str, edge: int) -> None:
    scale = painter.device().devicePixelRatioF()
    painter.drawPixmap(at, icons.pixmap(name, role=role, edge_px=edge, scale=scale))


def paint_heading(
    painter: QPainter, area: QRect, title: str, detail: str, *, mirrored: bool
) -> None:
    """Paints a section's heading: what it is called and, quieter, what else there is to say."""
    font = theme.font(theme.Text.BODY, strong=True)
    painter.setFont(font)
    start = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute | start
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width())
    painter.setPen(theme.colour("text"))
    painter.drawText(area, flags, shown)
    used = metrics.horizontalAdvance(shown) + theme.Gap.S
    rest = area.adjusted(0, 0, -used, 0) if mirrored else area.adjusted(used, 0, 0, 0)
    quiet = theme.font(theme.Text.BODY)
    if detail and QFontMetrics(quiet).horizontalAdvance(detail) <= rest.width():
        painter.setFont(quiet)
        painter.setPen(theme.colour("text_second"))
        painter.drawText(rest, flags, detail)
