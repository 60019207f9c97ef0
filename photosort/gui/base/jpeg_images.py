"""Decodes stored thumbnails in any thread."""

from __future__ import annotations

from PySide6.QtGui import QImage


def jpeg_image(jpeg: bytes | None) -> QImage:
    """The picture of a JPEG; a null image for None and for what is no JPEG.

    The format is named, so that Qt does not ask its other readers. The one for SVG connects a signal, while PySide
    (6.11.3) holds Python's lock; a window that disconnects one at that moment waits for that lock, and both stand still.
    """
    image = QImage()
    if jpeg is not None:
        image.loadFromData(jpeg, "JPEG")
    return image
