"""The heat map over the photo, and its location in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QImage

from photosort.gui.base import theme
from photosort.search.heat import Where


def painted(heat: NDArray[np.float32]) -> QImage:
    """Heat as a picture of one pixel a part, to be drawn over the whole photo.

    Args:
        heat: float32 array, shape (rows, columns), 0 to 1.
    """
    colour = QColor(theme.HEAT)
    alpha = np.clip(heat, 0.0, 1.0) * theme.HEAT_MOST
    # Premultiplied, so that smooth scaling draws no dark edges.
    channels = [colour.blueF(), colour.greenF(), colour.redF(), 1.0]
    pixels = np.stack([np.rint(255 * alpha * part) for part in channels], axis=-1)
    data = np.ascontiguousarray(pixels.astype(np.uint8))
    rows, columns = heat.shape
    lent = QImage(data.data, columns, rows, 4 * columns, QImage.Format.Format_ARGB32_Premultiplied)
    return lent.copy()


def said(where: Where) -> str:
    """The place of the match as a sentence."""
    sentences = {
        Where.UPPER_LEFT: QCoreApplication.translate("heat", "Matches in the upper left."),
        Where.TOP: QCoreApplication.translate("heat", "Matches at the top."),
        Where.UPPER_RIGHT: QCoreApplication.translate("heat", "Matches in the upper right."),
        Where.LEFT: QCoreApplication.translate("heat", "Matches on the left."),
        Where.MIDDLE: QCoreApplication.translate("heat", "Matches in the middle."),
        Where.RIGHT: QCoreApplication.translate("heat", "Matches on the right."),
        Where.LOWER_LEFT: QCoreApplication.translate("heat", "Matches in the lower left."),
        Where.BOTTOM: QCoreApplication.translate("heat", "Matches at the bottom."),
        Where.LOWER_RIGHT: QCoreApplication.translate("heat", "Matches in the lower right."),
        Where.ALL_OVER: QCoreApplication.translate("heat", "Matches all over the photo."),
    }
    return sentences[where]
