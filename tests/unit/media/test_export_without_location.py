"""Copies without location: what may stay is listed, everything else is gone, pixels are the same."""

from __future__ import annotations

import importlib
import io
import shutil
import struct
import subprocess
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms, PngImagePlugin

from photosort.errors import InputProblem
from photosort.media.export import Made, Wish, make, prove
from photosort.media.location_removal.allowed_metadata import Words, says_where
from photosort.media.metadata import read_metadata
from photosort.media.open_picture import open_picture

NOWHERE = Wish(remove_location=True)
GPS = {1: "N", 2: (47.0, 7.0, 24.44), 3: "E", 4: (11.0, 39.0, 15.56)}
HERE = "47.123456, 11.654321"
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
PACKET = (
    '<rdf:Description rdf:about="" xmlns:drone-dji="http://www.dji.com/drone-dji/1.0/" '
    'xmlns:mediapro="http://ns.iview-multimedia.com/mediapro/1.0/" '
    'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" '
    'xmlns:lr="http://ns.adobe.com/lightroom/1.0/" '
    'drone-dji:GPSLatitude="47.123456" drone-dji:GPSLongitude="11.654321" '
    'mediapro:Location="47.123456 N 11.654321 E" photoshop:City="Innsbruck" xmp:Rating="4">'
    "<xmpMM:History><rdf:Seq><rdf:li>cut at Innsbruck</rdf:li></rdf:Seq></xmpMM:History>"
    "<dc:subject><rdf:Bag><rdf:li>Innsbruck</rdf:li><rdf:li>beach</rdf:li><rdf:li>geo:lat=47.12</rdf:li>"
    "</rdf:Bag></dc:subject>"
    "<lr:hierarchicalSubject><rdf:Bag><rdf:li>Orte|Tirol</rdf:li><rdf:li>animals|dog</rdf:li></rdf:Bag>"
    "</lr:hierarchicalSubject>"
    "<dc:creator><rdf:Seq><rdf:li>Ann</rdf:li></rdf:Seq></dc:creator></rdf:Description>"
)
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    f"{PACKET}</rdf:RDF></x:xmpmeta>"
).encode()


def exif_block(orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "DJI", "Mavic", orientation
    exif[0x8769] = {
        0x9003: "2023:05:05 10:00:00",
        0x9011: "+02:00",
        0x927C: b"note " + HERE.encode(),
    }
    exif[0x8825] = GPS
    return exif.tobytes()


@pytest.fixture
def picture() -> Image.Image:
    rng = np.random.default_rng(3)
    return Image.fromarray(rng.integers(0, 255, (48, 64, 3), dtype=np.uint8))


def drawn(picture: Image.Image, path: Path) -> Path:
    """A file of the format that its name says, with a place in every part that the format has."""
    turned = picture.rotate(180)
    block = exif_block()
    match path.name:
        case "a.jpg":
            picture.save(path, exif=block, icc_profile=PROFILE, xmp=XMP, comment=HERE)
        case "a.mpo":
            picture.save(path, "MPO", exif=block, save_all=True, append_images=[turned])
        case "progressive.jpg":
            picture.save(path, exif=block, progressive=True)
        case "cmyk.jpg":
            picture.convert("CMYK").save(path, exif=block)
        case "a.png" | "animated.png":
            told = PngImagePlugin.PngInfo()
            told.add_text("Location", HERE)
            told.add_text("Comment", "Innsbruck", zip=True)
            told.add_itxt("XML:com.adobe.xmp", XMP.decode())
            several = path.name == "animated.png"
            picture.save(
                path, exif=block, pnginfo=told, icc_profile=PROFILE, save_all=several, append_images=[turned] * several
            )  # fmt: skip
        case "a.webp" | "lossless.webp":
            picture.save(path, exif=block, xmp=XMP, lossless=path.stem == "lossless")
        case "alpha.webp":
            picture.convert("RGBA").save(path, exif=block, icc_profile=PROFILE)
        case "animated.webp":
            picture.save(path, exif=block, save_all=True, append_images=[turned])
        case "a.tif" | "deflated.tif":
            several = path.name == "a.tif"
            picture.save(
                path, exif=Image.Exif(), icc_profile=PROFILE, save_all=several, append_images=[turned] * several,
                compression=None if several else "tiff_adobe_deflate", tiffinfo={270: HERE, 700: XMP, 65000: HERE},
            )  # fmt: skip
        case "a.gif":
            picture.save(path, comment=HERE, save_all=True, append_images=[turned])
        case "a.bmp" | "a.jp2":
            picture.save(path)
            if path.suffix == ".jp2":
                with path.open("ab") as file:
                    file.write(struct.pack(">I", len(XMP) + 8) + b"xml " + XMP)
        case "a.jxl":
            importlib.import_module("pillow_jxl")  # makes its format known to Pillow
            picture.save(path, exif=block, xmp=XMP)
        case "a.heic":
            pillow_heif.from_pillow(picture).save(path, exif=block, xmp=XMP)
        case "a.avif":
            picture.save(path, exif=block, xmp=XMP)
    return path


ALL = [
    "a.jpg", "a.mpo", "progressive.jpg", "cmyk.jpg", "a.png", "animated.png", "a.webp", "lossless.webp", "alpha.webp",
    "animated.webp", "a.tif", "deflated.tif", "a.gif", "a.bmp", "a.jp2", "a.jxl", "a.heic", "a.avif",
]  # fmt: skip


def proved(path: Path, wish: Wish = NOWHERE) -> Made:
    """The copy, written and read again as an export does it."""
    before = path.read_bytes()
    made = make(path, wish)
    assert made is not None
    copy = path.with_name(f"copy{made.extension}")
    copy.write_bytes(made.data)
    prove(copy, made)
    assert path.read_bytes() == before
    return made


def frames(data: bytes) -> list[np.ndarray]:
    picture = open_picture(io.BytesIO(data))
    found = []
    for number in range(getattr(picture, "n_frames", 1)):
        picture.seek(number)
        found.append(np.asarray(picture))
    return found


@pytest.mark.parametrize("name", ALL)
def test_every_format_loses_all_places_and_keeps_its_pixels(
    tmp_path: Path, picture: Image.Image, name: str
) -> None:
    path = drawn(picture, tmp_path / name)
    made = proved(path)
    for secret in (b"47.123456", b"Innsbruck", b"drone-dji", b"mediapro"):
        assert secret not in made.data
    before, after = frames(path.read_bytes()), frames(made.data)
    assert len(before) == len(after)
    assert all(np.array_equal(one, other) for one, other in zip(before, after, strict=True))
    one, other = (open_picture(io.BytesIO(data)) for data in (path.read_bytes(), made.data))
    assert one.info.get("icc_profile") == other.info.get("icc_profile")
    said = read_metadata(made.data, exif=other.info.get("exif"), xmp=other.info.get("xmp"))
    assert (said.latitude, said.longitude) == (None, None)


@pytest.mark.parametrize("name", ["a.jpg", "a.png", "a.webp", "a.jxl", "a.heic", "a.avif"])
def test_camera_date_and_words_stay(tmp_path: Path, picture: Image.Image, name: str) -> None:
    made = proved(drawn(picture, tmp_path / name))
    info = open_picture(io.BytesIO(made.data)).info
    said = read_metadata(made.data, exif=info.get("exif"), xmp=info.get("xmp"))
    assert (said.camera_make, said.camera_model) == ("DJI", "Mavic")
    assert (said.taken_at, said.offset_min) == ("2023-05-05T10:00:00", 120)
    assert said.rating == 4
    assert set(said.keywords) == {"beach", "animals|dog"}
    assert b"Ann" in made.data


def test_the_turn_stays_and_is_not_made_twice(tmp_path: Path, picture: Image.Image) -> None:
    path = drawn(picture, tmp_path / "a.jpg")
    assert open_picture(io.BytesIO(proved(path).data)).getexif()[0x0112] == 6
    smaller = proved(path, Wish(longest_px=32, remove_location=True))
    small = open_picture(io.BytesIO(smaller.data))
    assert small.size == (24, 32)
    assert small.getexif().get(0x0112, 1) == 1
    assert read_metadata(smaller.data).camera_model == "Mavic"


def test_what_lies_behind_the_picture_is_gone(tmp_path: Path, picture: Image.Image) -> None:
    for name in ("a.jpg", "a.png", "a.webp", "a.gif", "a.bmp"):
        path = drawn(picture, tmp_path / name)
        whole = proved(path).data
        with path.open("ab") as file:
            file.write(b"\0\0\0\x18ftypmp42 moov \xa9xyz +47.1234+011.6543/")
        assert proved(path).data == whole


def test_the_name_of_a_png_profile_is_gone(tmp_path: Path, picture: Image.Image) -> None:
    path = tmp_path / "a.png"
    picture.save(path, icc_profile=PROFILE)
    data = path.read_bytes()
    at = data.index(b"iCCP")
    end = at + 4 + int.from_bytes(data[at - 4 : at], "big")
    body = b"iCCPInnsbruck, at home" + data[data.index(0, at + 4) : end]
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    path.write_bytes(data[: at - 4] + chunk + data[end + 4 :])
    made = proved(path)
    assert b"Innsbruck" not in made.data
    assert Image.open(io.BytesIO(made.data)).info["icc_profile"] == PROFILE


def test_rights_that_only_iptc_has_stay(write_tags: Callable[..., Path], tmp_path: Path) -> None:
    path = write_tags(
        {
            "Iptc.Application2.Byline": "Ann",
            "Iptc.Application2.Copyright": "(c) Ann",
            "Iptc.Application2.City": "Innsbruck",
            "Iptc.Application2.Keywords": ["Innsbruck", "snow"],
            "Iptc.Application2.Caption": "Innsbruck",
        }
    )
    made = proved(path)
    assert b"(c) Ann" in made.data
    assert b"Innsbruck" not in made.data
    said = read_metadata(made.data)
    assert (said.keywords, said.caption) == (("snow",), None)


def test_words_of_the_user_lose_places_too(write_tags: Callable[..., Path]) -> None:
    path = write_tags({"Xmp.photoshop.City": "Innsbruck"})
    words = Words(("Innsbruck", "Places|Tyrol", "dog"), 3, "At home", f"Here: {HERE}")
    said = read_metadata(proved(path, Wish(remove_location=True, words=words)).data)
    assert (said.keywords, said.rating, said.title, said.caption) == (("dog",), 3, "At home", None)


@pytest.mark.parametrize(
    "text",
    [
        HERE,
        "47.123456 N 11.654321 E",
        "47° 7' 24.44\" N",
        "47 deg 7' 24\"",
        "+47.1234+011.6543+1800.0/",
        "geo:47.1,11.6",
        "https://maps.example/@47.12345,11.65432,17z",
        "47,7.4073N",
    ],
)
def test_texts_with_coordinates(text: str) -> None:
    assert says_where(text)


@pytest.mark.parametrize(
    "text", ["f/2.8, 1/125 s", "3.14 and 2.72", "2022-05-15T18:42:07+02:00", "+1 800 555", "20.5 °C", "1.234 m"]
)  # fmt: skip
def test_texts_without(text: str) -> None:
    assert not says_where(text)


def test_raw_files_and_unknown_structures_are_refused(tmp_path: Path, picture: Image.Image) -> None:
    raw = tmp_path / "a.dng"
    picture.save(raw, "TIFF")
    large = tmp_path / "large.tif"
    picture.save(large, big_tiff=True)
    for path in (raw, large):
        with pytest.raises(InputProblem, match="export it as a JPEG"):
            make(path, NOWHERE)
    assert proved(large, Wish(as_jpeg=True, remove_location=True)).extension == ".jpg"


def test_a_heic_with_something_unknown_in_it_is_blanked_or_refused(
    tmp_path: Path, picture: Image.Image
) -> None:
    path = drawn(picture, tmp_path / "a.heic")
    whole = path.read_bytes()
    path.write_bytes(whole + struct.pack(">I", 40) + b"uuid" + HERE.encode().ljust(32))
    made = proved(path)
    assert HERE.encode() not in made.data
    assert len(made.data) == len(whole) + 40
    path.write_bytes(whole + struct.pack(">I", 16) + b"moov" + bytes(8))
    with pytest.raises(InputProblem, match="export it as a JPEG"):
        make(path, NOWHERE)


def test_bytes_of_a_heic_that_no_picture_uses_become_zeros(
    tmp_path: Path, picture: Image.Image
) -> None:
    path = drawn(picture, tmp_path / "a.heic")
    data = path.read_bytes()
    at = data.index(b"mdat") - 4
    (size,) = struct.unpack_from(">I", data, at)
    assert at + size == len(data)
    left_over = b"an item that was deleted: Innsbruck"
    path.write_bytes(
        data[:at] + struct.pack(">I", size + len(left_over)) + data[at + 4 :] + left_over
    )
    made = proved(path)
    assert made.data.endswith(bytes(len(left_over)))


def _with_segment(data: bytes) -> bytes:
    return data[:2] + b"\xff\xfe\0\x06note" + data[2:]


def _with_exif(data: bytes) -> bytes:
    block = exif_block()
    return data[:2] + b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block + data[2:]


@pytest.mark.parametrize("spoil", [_with_segment, _with_exif, lambda data: data + b"more"])
def test_a_copy_that_is_not_clean_is_found_out(
    tmp_path: Path, picture: Image.Image, spoil: Callable[[bytes], bytes]
) -> None:
    path = drawn(picture, tmp_path / "a.jpg")
    made = make(path, NOWHERE)
    assert made is not None
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(spoil(made.data))
    with pytest.raises(InputProblem, match="still told where"):
        prove(copy, made)


def test_coordinates_within_the_pixels_data_are_found_out(
    tmp_path: Path, picture: Image.Image
) -> None:
    path = drawn(picture, tmp_path / "a.png")
    data = path.read_bytes()
    body = b"+47.1234+011.6543/"
    chunk = struct.pack(">I", len(body)) + b"IDAT" + body
    at = data.index(b"IEND") - 4
    path.write_bytes(data[:at] + chunk + struct.pack(">I", zlib.crc32(chunk[4:])) + data[at:])
    made = make(path, NOWHERE)
    assert made is not None
    copy = tmp_path / "copy.png"
    copy.write_bytes(made.data)
    with pytest.raises(InputProblem, match="still told where"):
        prove(copy, made)


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="a second opinion where it is there")
@pytest.mark.parametrize("name", ALL)
def test_exiftool_finds_no_place_either(tmp_path: Path, picture: Image.Image, name: str) -> None:
    path = drawn(picture, tmp_path / name)
    made = proved(path)
    copy = path.with_name(f"copy{made.extension}")
    listed = subprocess.run(
        ["exiftool", "-a", "-G1", "-ee3", "-s", str(copy)], capture_output=True, check=True
    ).stdout
    for sign in (b"GPS", b"Location", b"City", b"47.12", b"Innsbruck", b"Warning", b"MakerNote"):
        assert sign not in listed
