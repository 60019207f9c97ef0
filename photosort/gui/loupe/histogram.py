"""The histogram over the photo: four curves, and how much is clipped."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from photosort.gui.base import formatting, theme
from photosort.gui.loupe.tones import Tones

_WIDTH, _HEIGHT = 280, 156
_LINE = 18
_MARK = 9
_LUMINANCE_ALPHA = 0.28


class Histogram(QWidget):
    """Red, green, blue and luminance on a dark plate; below it the shares that are clipped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tones: Tones | None = None
        self.setFixedSize(_WIDTH, _HEIGHT)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_tones(None)

    @property
    def tones(self) -> Tones | None:
        """What is shown; None while the photo is being measured."""
        return self._tones

    def set_tones(self, tones: Tones | None) -> None:
        """Shows the curves of a photo, or none yet."""
        self._tones = tones
        self.setAccessibleName(self.tr("Histogram"))
        self.setAccessibleDescription("" if tones is None else ", ".join(self._said(tones)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the plate, the curves from black to white, and the two shares."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plate = QColor(theme.DARK.loupe)
        plate.setAlphaF(0.86)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(plate)
        painter.drawRoundedRect(QRectF(self.rect()), theme.CORNER_CONTROL, theme.CORNER_CONTROL)
        gap = int(theme.Gap.M)
        area = QRectF(self.rect()).adjusted(gap, gap, -gap, -gap - 2 * _LINE - theme.Gap.XS)
        painter.setPen(QPen(QColor(theme.DARK.line), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if self._tones is not None:
            self._paint_curves(painter, area, self._tones)
            self._paint_shares(painter, area, self._tones)
        painter.end()

    def _paint_curves(self, painter: QPainter, area: QRectF, tones: Tones) -> None:
        # The ends hold what is clipped, and would press all else flat.
        highest = max(float(tones.curves[:, 1:-1].max()), 1e-9)
        heights = np.minimum(tones.curves / highest, 1.0)
        for curve, colour in zip(heights[::-1], theme.CURVES[::-1], strict=True):
            line = QPolygonF(
                [
                    QPointF(
                        area.left() + area.width() * value / 255,
                        area.bottom() - area.height() * float(height),
                    )
                    for value, height in enumerate(curve)
                ]
            )
            drawn = QColor(colour)
            if colour == theme.CURVES[-1]:
                drawn.setAlphaF(_LUMINANCE_ALPHA)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(drawn)
                painter.drawPolygon(
                    QPolygonF([area.bottomLeft(), *line.toList(), area.bottomRight()])
                )
            else:
                painter.setPen(QPen(drawn, 1.25))
                painter.drawPolyline(line)

    def _paint_shares(self, painter: QPainter, area: QRectF, tones: Tones) -> None:
        painter.setFont(theme.font(theme.Text.SMALL))
        colours = (theme.CLIPPED_SHADOWS, theme.CLIPPED_HIGHLIGHTS)
        mirrored = self.isRightToLeft()
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        for place, (text, colour) in enumerate(zip(self._said(tones), colours, strict=True)):
            row = QRectF(
                area.left(), area.bottom() + theme.Gap.XS + place * _LINE, area.width(), _LINE
            )
            left = row.right() - _MARK if mirrored else row.left()
            mark = QRectF(left, row.center().y() - _MARK / 2, _MARK, _MARK)
            painter.fillRect(mark, QColor(colour))
            painter.setPen(QColor(theme.DARK.text))
            shift = _MARK + int(theme.Gap.XS) + 2
            text_area = row.adjusted(0 if mirrored else shift, 0, -shift if mirrored else 0, 0)
            painter.drawText(text_area, Qt.AlignmentFlag.AlignVCenter | side, text)

    def _said(self, tones: Tones) -> tuple[str, str]:
        return (
            self.tr("Black: {share}").format(share=formatting.small_percent(tones.shadows)),
            self.tr("Overexposed: {share}").format(
                share=formatting.small_percent(tones.highlights)
            ),
        )
