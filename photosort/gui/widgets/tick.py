"""The circle that selects what it lies on: a photo, an album."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from photosort.gui.base import icons, theme

EDGE = 22
_OFFERED_ALPHA = 0.5


def paint_tick(painter: QPainter, area: QRect, *, selected: bool) -> None:
    """Paints it over a picture: filled and ticked, or as an offer."""
    circle = QRectF(area).adjusted(1, 1, -1, -1)
    if selected:
        painter.setPen(QPen(theme.colour("window"), 1))
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(circle)
        edge, scale = area.width() - 8, painter.device().devicePixelRatioF()
        check = icons.pixmap("check", role="accent_text", edge_px=edge, scale=scale)
        painter.drawPixmap(QPointF(area.x() + 4, area.y() + 4), check)
    else:
        shade = QColor(theme.DARK.loupe)
        shade.setAlphaF(_OFFERED_ALPHA)
        painter.setPen(QPen(QColor(theme.DARK.text), 1.5))
        painter.setBrush(shade)
        painter.drawEllipse(circle.adjusted(0.5, 0.5, -0.5, -0.5))
