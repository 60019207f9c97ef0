from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import exiv2
import numpy as np
import pytest
from PIL import Image

from photosort.media import tags


@pytest.fixture(scope="session")
def noise() -> Image.Image:
    """A picture with detail at every size, 1500 x 1003 (odd, so that no draft divides it evenly)."""
    rng = np.random.default_rng(7)
    layers = np.zeros((1003, 1500, 3), np.float32)
    for cells in (3, 9, 27, 81):
        coarse = rng.uniform(0, 255, (cells, cells, 3)).astype(np.uint8)
        layer = Image.fromarray(coarse).resize((1500, 1003), Image.Resampling.BICUBIC)
        layers += np.asarray(layer, np.float32) / 4
    layers += rng.normal(0, 6, (1003, 1500, 1))
    return Image.fromarray(layers.clip(0, 255).astype(np.uint8))


@pytest.fixture
def small_jpeg() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), (200, 30, 30)).save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def write_tags(tmp_path: Path, small_jpeg: bytes) -> Callable[..., Path]:
    """Writes a JPEG with the given EXIF, XMP and IPTC keys, as another program would."""
    count = 0

    def write(
        values: dict[str, object] | None = None, *, packet: str = "", data: bytes | None = None
    ) -> Path:
        nonlocal count
        count += 1
        path = tmp_path / f"tagged{count}.jpg"
        path.write_bytes(small_jpeg if data is None else data)
        tags.read_tags(small_jpeg)  # starts the XMP toolkit once, under its lock
        image = exiv2.ImageFactory.open(str(path))
        image.readMetadata()
        exif, xmp, iptc = image.exifData(), image.xmpData(), image.iptcData()
        for key, value in (values or {}).items():
            if key.startswith("Exif."):
                exif[key] = value
            elif key.startswith("Xmp."):
                for item in value if isinstance(value, list) else [value]:
                    datum = exiv2.Xmpdatum(exiv2.XmpKey(key))
                    if isinstance(value, list):
                        array = exiv2.XmpArrayValue(exiv2.TypeId.xmpBag)
                        for word in value:
                            array.append(word)
                        datum.setValue(array)
                        xmp.add(datum)
                        break
                    datum.setValue(str(item))
                    xmp.add(datum)
            else:
                for item in value if isinstance(value, list) else [value]:
                    datum = exiv2.Iptcdatum(exiv2.IptcKey(key))
                    datum.setValue(item)
                    iptc.add(datum)
        image.writeMetadata()
        if packet:
            insert_xmp(path, packet)
        return path

    return write


def insert_xmp(path: Path, packet: str) -> None:
    """Puts an XMP packet, given as the inside of rdf:RDF, behind the first two bytes of a JPEG."""
    body = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f"{packet}</rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()
    payload = b"http://ns.adobe.com/xap/1.0/\0" + body
    segment = b"\xff\xe1" + (len(payload) + 2).to_bytes(2, "big") + payload
    data = path.read_bytes()
    path.write_bytes(data[:2] + segment + data[2:])
