"""Drags photos to other programs, with a picture under the pointer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDrag, QPainter, QPixmap
from PySide6.QtWidgets import QWidget

from photosort.gui.base import theme

FANNED = 3
_EDGE = 112
_STEP = 8


def drag_out(
    source: QWidget, paths: Sequence[Path], pixmaps: Sequence[QPixmap], count: int
) -> None:
    """Drags files until they are dropped or let go; they are only ever copied.

    Args:
        source: where they come from.
        paths: the files; without any nothing happens.
        pixmaps: as for `drag_picture`.
        count: as for `drag_picture`.
    """
    if not paths:
        return
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    drag = QDrag(source)
    drag.setMimeData(mime)
    drag.setPixmap(drag_picture(pixmaps, count, scale=source.devicePixelRatioF()))
    drag.setHotSpot(QPoint(theme.Gap.L, theme.Gap.L))
    drag.exec(Qt.DropAction.CopyAction)


def drag_picture(pixmaps: Sequence[QPixmap], count: int, *, scale: float) -> QPixmap:
    """Some of the photos, fanned out, with the number of all.

    Args:
        pixmaps: at most `FANNED` of them, the one on top first.
        count: how many photos are dragged.
        scale: device pixels to one device-independent pixel.
    """
    made = QPixmap(QSize(_EDGE + FANNED * _STEP, _EDGE + FANNED * _STEP) * scale)
    made.setDevicePixelRatio(scale)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setOpacity(0.9)
    for place, pixmap in reversed(list(enumerate(pixmaps[:FANNED]))):
        size = pixmap.deviceIndependentSize().scaled(
            _EDGE, _EDGE, Qt.AspectRatioMode.KeepAspectRatio
        )
        at = QPointF(place * _STEP, place * _STEP)
        painter.drawPixmap(QRectF(at, size), pixmap, QRectF(pixmap.rect()))
    painter.setOpacity(1.0)
    if count > 1:
        text = QLocale().toString(count)
        painter.setFont(theme.font(theme.Text.BODY, strong=True))
        width = painter.fontMetrics().horizontalAdvance(text) + theme.Gap.L
        plate = QRectF(theme.Gap.XS, theme.Gap.XS, width, theme.Gap.XL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent"))
        painter.drawRoundedRect(plate, theme.Gap.M, theme.Gap.M)
        painter.setPen(theme.colour("accent_text"))
        painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return made
