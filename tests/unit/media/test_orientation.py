"""One function decides how a picture lies: thumbnails, encoder, loupe, copies and people's boxes agree in all formats."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
import pytest
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

from photosort.domain.pictures import InputSpec
from photosort.media.decode import decode
from photosort.media.export import Wish, make
from photosort.media.geometry import turn_upright
from photosort.media.header import read_header
from photosort.media.orientation import combined, turn_between
from photosort.media.screen_decoding import decode_for_screen

WIDTH, HEIGHT = 600, 400
# A red part of the picture as stored, and what names somebody there.
RED = (0, 0, 300, 200)
BOX = (0.0, 0.0, 0.5, 0.5)
ORIENTATIONS = range(1, 9)


def drawn() -> Image.Image:
    picture = Image.new("RGB", (WIDTH, HEIGHT), (10, 10, 250))
    picture.paste((250, 10, 10), RED)
    return picture


def packet(orientation: int | None, prefix: str = "tiff") -> bytes:
    said = "" if orientation is None else f'{prefix}:Orientation="{orientation}"'
    return f"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
      <rdf:Description rdf:about="" xmlns:{prefix}="http://ns.adobe.com/tiff/1.0/" {said}
        xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
        xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:stDim="http://ns.adobe.com/xap/1.0/sType/Dimensions#">
       <mwg-rs:Regions rdf:parseType="Resource">
        <mwg-rs:AppliedToDimensions stDim:w="{WIDTH}" stDim:h="{HEIGHT}" stDim:unit="pixel"/>
        <mwg-rs:RegionList><rdf:Bag><rdf:li rdf:parseType="Resource">
         <mwg-rs:Name>Ann</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>
         <mwg-rs:Area stArea:x="0.25" stArea:y="0.25" stArea:w="0.5" stArea:h="0.5" stArea:unit="normalized"/>
        </rdf:li></rdf:Bag></mwg-rs:RegionList>
       </mwg-rs:Regions>
      </rdf:Description></rdf:RDF></x:xmpmeta>""".encode()


def written(folder: Path, kind: str, *, exif: int | None = None, xmp: bytes | None = None) -> Path:
    """A file of one kind, with an orientation in EXIF, or whatever in XMP."""
    ending = {"HEIF": "heic", "JPEG": "jpg", "TIFF": "tif"}.get(kind, kind.lower())
    path = folder / f"a.{ending}"
    options: dict[str, object] = {}
    if exif is not None:
        block = Image.Exif()
        block[0x0112] = exif
        options["exif"] = block.tobytes()
    if kind == "PNG" and xmp is not None:
        chunks = PngImagePlugin.PngInfo()
        chunks.add_itxt("XML:com.adobe.xmp", xmp.decode())
        options["pnginfo"] = chunks
    elif kind == "TIFF" and xmp is not None:
        options["tiffinfo"] = {700: xmp}
    elif xmp is not None:
        options["xmp"] = xmp
    if kind == "HEIF":
        pillow_heif.register_heif_opener()
    drawn().save(path, kind, **options)
    return path


def red_quarter(pixels: NDArray[np.uint8]) -> tuple[bool, bool]:
    """Whether the red quarter lies left, and at the top."""
    reds = pixels[:, :, 0] > pixels[:, :, 2]
    assert 0.2 < reds.mean() < 0.3
    height, width = reds.shape
    return bool(reds[:, : width // 2].mean() > 0.4), bool(reds[: height // 2].mean() > 0.4)


def of_bytes(jpeg: bytes) -> NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))


def check(path: Path, orientation: int, *, beside: int | None = None) -> None:
    """The file is shown by this orientation everywhere."""
    left, top = orientation in {1, 4, 5, 8}, orientation in {1, 2, 5, 6}
    size = (HEIGHT, WIDTH) if orientation >= 5 else (WIDTH, HEIGHT)
    media = "image"
    decoded = decode(path, InputSpec(224), media=media, beside=beside)
    shown = decode_for_screen(path, 600, beside=beside)
    assert shown.size == size
    copy = make(path, Wish(longest_px=500), beside=beside)
    assert copy is not None
    pictures = [
        decoded.pixels,
        shown.pixels,
        *map(of_bytes, decoded.thumbnails.values()),
        of_bytes(b"".join(copy.chunks())),
    ]
    for pixels in pictures:
        assert red_quarter(pixels) == (left, top)
    for pixels in pictures[1:]:
        assert (pixels.shape[0] > pixels.shape[1]) == (orientation >= 5)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP", "HEIF", "AVIF"])
def test_all_that_shows_a_picture_turns_it_as_its_exif_says(
    tmp_path: Path, kind: str, orientation: int
) -> None:
    path = written(tmp_path, kind, exif=orientation)
    check(path, orientation)
    width, height = (HEIGHT, WIDTH) if orientation >= 5 else (WIDTH, HEIGHT)
    said = decode(path, InputSpec(32), media="image").metadata
    assert (said.width, said.height) == (width, height)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize("prefix", ["tiff", "ns0"])
def test_orientation_in_xmp_alone_turns_picture_and_boxes(
    tmp_path: Path, kind: str, orientation: int, prefix: str
) -> None:
    path = written(tmp_path, kind, xmp=packet(orientation, prefix))
    check(path, orientation)
    left, top = orientation in {1, 4, 5, 8}, orientation in {1, 2, 5, 6}
    box = (0.0 if left else 0.5, 0.0 if top else 0.5, 0.5, 0.5)
    for said in (
        decode(path, InputSpec(32), media="image").metadata,
        read_header(path, "image").metadata,
    ):
        ((name, found),) = [(one.name, one.box) for one in said.people]
        assert name == "Ann"
        assert found == pytest.approx(box)


def test_only_its_own_boxes_turn_an_avif_picture(tmp_path: Path) -> None:
    """Pillow writes no box for what XMP alone says, and decoders follow the boxes."""
    check(written(tmp_path, "AVIF", xmp=packet(6)), 1)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_the_codestream_alone_turns_jpeg_xl(tmp_path: Path, orientation: int) -> None:
    from pillow_jxl import JpegXLImagePlugin

    path = written(tmp_path, JpegXLImagePlugin.JXLImageFile.format, exif=orientation)
    check(path, 1)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.filterwarnings("ignore:Using JPEG reconstruction")
def test_the_exif_of_a_jpeg_in_jpeg_xl_turns_it(tmp_path: Path, orientation: int) -> None:
    from pillow_jxl import JpegXLImagePlugin

    path = tmp_path / "a.jxl"
    with Image.open(written(tmp_path, "JPEG", exif=orientation)) as picture:
        picture.save(path, JpegXLImagePlugin.JXLImageFile.format, lossless_jpeg=True)
    check(path, orientation)


@pytest.mark.parametrize("said", ["0", "9", "65535"])
def test_an_orientation_that_makes_no_sense_is_none(tmp_path: Path, said: str) -> None:
    check(written(tmp_path, "JPEG", exif=int(said)), 1)
    check(written(tmp_path, "PNG", exif=int(said)), 1)


def test_turns_combine_as_pictures_do() -> None:
    small = Image.fromarray(np.arange(6, dtype=np.uint8).reshape(2, 3))
    for first in ORIENTATIONS:
        for then in ORIENTATIONS:
            twice = turn_upright(turn_upright(small, first), then)
            once = turn_upright(small, combined(first, then))
            assert np.array_equal(np.asarray(twice), np.asarray(once))
            assert combined(first, turn_between(first, then)) == then


@pytest.mark.parametrize(("own", "beside"), [(None, 6), (6, 6), (6, 1), (8, 3), (5, 7), (2, 2)])
@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP", "HEIF", "AVIF"])
def test_a_keyword_file_says_how_a_picture_is_shown(
    tmp_path: Path, kind: str, own: int | None, beside: int
) -> None:
    path = written(tmp_path, kind, exif=own)
    check(path, beside, beside=beside)
    said = decode(path, InputSpec(32), media="image", beside=beside).metadata
    assert said.orientation == own


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize("wish", [Wish(), Wish(remove_location=True)])
@pytest.mark.parametrize("own", [{"exif": 8}, {"xmp": packet(8)}])
def test_a_copy_has_the_turn_of_the_keyword_file_in_itself(
    tmp_path: Path, kind: str, wish: Wish, own: dict[str, Any]
) -> None:
    path = written(tmp_path, kind, **own)
    before = path.read_bytes()
    made = make(path, wish, beside=3)
    assert made is not None
    copy = tmp_path / f"copy{path.suffix}"
    copy.write_bytes(b"".join(made.chunks()))
    check(copy, 3)
    assert path.read_bytes() == before
    assert make(path, Wish(), beside=8) is None
