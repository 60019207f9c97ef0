from __future__ import annotations

import io

import pillow_jxl  # noqa: F401 - registers the format
import pytest
from PIL import Image

from photosort.media.jxl_size import jxl_size


@pytest.mark.parametrize(
    "size",
    [
        (8, 8),
        (64, 256),
        (640, 480),
        (641, 480),
        (300, 300),
        (500, 600),
        (1, 9000),
        (20_000, 2),
        (3, 20_000),
    ],
)
@pytest.mark.parametrize("use_container", [False, True])
def test_size_without_decoding(size: tuple[int, int], use_container: bool) -> None:
    stream = io.BytesIO()
    Image.new("L", size).save(stream, "JXL", effort=1, use_container=use_container)
    assert jxl_size(stream.getvalue()) == size


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\x0a",
        b"\0\0\0\x0cJXL \r\n\x87\n",
        b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x04ftyp",
        b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14jxlcno codestream.",
    ],
)
def test_no_codestream(data: bytes) -> None:
    assert jxl_size(data) is None
