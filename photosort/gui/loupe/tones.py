"""Curves of brightness and clipped parts of a picture, from its pixels as they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor, QImage

from photosort.gui.base import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

# JPEG blurs pure black and white by one step.
_BRIGHTEST, _DARKEST = 254, 1
# Enough for a curve of 256 values, however large the picture is.
_MOST_COUNTED = 1_000_000
# ITU-R BT.709, in 256 parts.
_WEIGHTS = (54, 183, 19)


@dataclass(frozen=True, slots=True, eq=False)
class Tones:
    """How bright a picture is.

    Attributes:
        curves: float64 array, shape (4, 256): share of the pixels at each value of red, green, blue and luminance.
        shadows: share of the pixels that are black: no channel is left.
        highlights: share of the pixels that are too bright in at least one channel.
        marks: ARGB image of the picture's size, transparent but for what is clipped.
    """

    curves: NDArray[np.float64]
    shadows: float
    highlights: float
    marks: QImage = field(default_factory=QImage)


def measure(image: QImage) -> Tones:
    """Measures a picture; called beside the window's thread, as it takes 20 ms for each million pixels.

    Args:
        image: Format_RGB32, not null.
    """
    width, height = image.width(), image.height()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, image.bytesPerLine())
    pixels = rows[:, : 4 * width].reshape(height, width, 4)[..., 2::-1]
    brightest, darkest = pixels.max(axis=2) >= _BRIGHTEST, pixels.max(axis=2) <= _DARKEST
    return Tones(
        _curves(pixels),
        float(darkest.mean()),
        float(brightest.mean()),
        _painted(darkest, brightest),
    )


def _curves(pixels: NDArray[np.uint8]) -> NDArray[np.float64]:
    step = max(1, round((pixels.shape[0] * pixels.shape[1] / _MOST_COUNTED) ** 0.5))
    counted = pixels[::step, ::step].reshape(-1, 3)
    luminance = (counted.astype(np.uint32) @ np.array(_WEIGHTS, np.uint32)) >> 8
    channels = (*counted.T, luminance)
    counts = np.stack([np.bincount(channel, minlength=256) for channel in channels])
    return counts / len(counted)


def _painted(darkest: Mask, brightest: Mask) -> QImage:
    height, width = darkest.shape
    marks = np.zeros((height, width), np.uint32)
    marks[darkest] = QColor(theme.CLIPPED_SHADOWS).rgba()
    marks[brightest] = QColor(theme.CLIPPED_HIGHLIGHTS).rgba()
    lent = QImage(marks.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    return lent.copy()
