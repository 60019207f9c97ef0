from __future__ import annotations

import io

from PIL import Image

from photosort.gui.base.jpeg_images import jpeg_image


def test_only_the_reader_of_jpeg_is_asked() -> None:
    made = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(made, "JPEG")
    image = jpeg_image(made.getvalue())
    assert (image.width(), image.height()) == (8, 6)
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="6"><rect width="8" height="6"/></svg>'
    assert jpeg_image(drawing).isNull()
    assert jpeg_image(None).isNull()
