from __future__ import annotations

import contextlib
import hashlib
import io
import os
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms, ImageOps
from skimage import data as photos

from photosort.domain.pictures import Decoded, InputSpec
from photosort.media.decode import decode
from photosort.media.errors import NoDecoder, Unreadable
from photosort.media.screen_decoding import decode_for_screen

STARTER = InputSpec(260)
SPECS = {
    "CLIP 224": InputSpec(224),
    "SigLIP2 256": InputSpec(256, fit="squash"),
    "MobileCLIP2 256": InputSpec(256, resample="bilinear"),
    "starter 260": STARTER,
    "crop of a larger resize": InputSpec(224, resize_px=256),
}
RED, GREEN, BLUE, WHITE = (250, 10, 10), (10, 200, 10), (10, 10, 250), (255, 255, 255)


def saved(picture: Image.Image, path: Path, **options: object) -> Path:
    picture.save(path, **options)
    return path


def read(path: Path, spec: InputSpec = STARTER, **options: object) -> Decoded:
    return decode(path, spec, media="image", **options)  # type: ignore[arg-type]


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(io.BytesIO(jpeg))


def quarters(width: int = 640, height: int = 480) -> Image.Image:
    """Red and green above, blue and white below."""
    picture = Image.new("RGB", (2, 2))
    for at, color in zip(((0, 0), (1, 0), (0, 1), (1, 1)), (RED, GREEN, BLUE, WHITE), strict=True):
        picture.putpixel(at, color)
    return picture.resize((width, height), Image.Resampling.NEAREST)


def corners(picture: Image.Image | np.ndarray) -> list[tuple[int, ...]]:
    """The corners' colours, a tenth in, in reading order."""
    pixels = np.asarray(picture)
    h, w = pixels.shape[:2]
    return [
        tuple(int(v) for v in pixels[y, x])
        for y in (h // 10, -h // 10)
        for x in (w // 10, -w // 10)
    ]


def alike(found: list[tuple[int, ...]], wanted: list[tuple[int, ...]], tolerance: int = 12) -> bool:
    return all(
        abs(a - b) <= tolerance
        for f, w in zip(found, wanted, strict=True)
        for a, b in zip(f, w, strict=True)
    )


def stock(picture: Image.Image, spec: InputSpec) -> np.ndarray:
    """What open_clip's preprocessing makes of a full decode, before it normalises."""
    filters = {"bilinear": Image.Resampling.BILINEAR, "bicubic": Image.Resampling.BICUBIC}
    if spec.fit == "squash":
        return np.asarray(picture.resize((spec.edge_px, spec.edge_px), filters[spec.resample]))
    w, h = picture.size
    size = (
        (spec.resize_px, int(spec.resize_px * h / w))
        if w <= h
        else (int(spec.resize_px * w / h), spec.resize_px)
    )
    resized = picture.resize(size, filters[spec.resample])
    left, top = round((size[0] - spec.edge_px) / 2.0), round((size[1] - spec.edge_px) / 2.0)
    return np.asarray(resized.crop((left, top, left + spec.edge_px, top + spec.edge_px)))


def rms(first: np.ndarray, second: np.ndarray) -> float:
    return float(np.sqrt(np.mean((first.astype(np.float32) - second.astype(np.float32)) ** 2)))


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS.keys())
@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    "source", ["noise", "noise, twice as large", "retina", "coffee", "cat", "rocket"]
)
def test_encoder_input_is_that_of_the_stock_preprocessing(
    tmp_path: Path, noise: Image.Image, source: str, spec: InputSpec, orientation: int
) -> None:
    if source.startswith("noise"):
        factor = 2 if "twice" in source else 1
        picture = noise.resize((noise.width * factor, noise.height * factor))
    else:
        picture = Image.fromarray(getattr(photos, source)())
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(picture, tmp_path / "a.jpg", quality=92, exif=exif)
    with Image.open(path) as full:
        wanted = stock(ImageOps.exif_transpose(full).convert("RGB"), spec)
    assert rms(read(path, spec).pixels, wanted) <= 4.0


def test_no_shift_where_the_draft_does_not_divide_the_picture(tmp_path: Path) -> None:
    # 4161 pixels by 8 are 521 that stand for 4168: taken for the whole, the far edge moves by half a pixel.
    x = np.arange(4161)
    stripes = (128 + 90 * np.sin(x * 2 * np.pi / 100)).astype(np.uint8)
    path = saved(Image.fromarray(np.tile(stripes, (4161, 1))), tmp_path / "a.jpg", quality=95)
    with Image.open(path) as full:
        wanted = stock(full.convert("RGB"), STARTER)
    assert rms(read(path).pixels, wanted) <= 4.0


def test_pad_fills_what_the_picture_leaves_free(tmp_path: Path) -> None:
    path = saved(Image.new("RGB", (400, 200), RED), tmp_path / "a.png")
    pixels = read(path, InputSpec(100, fit="pad", fill=7)).pixels
    assert pixels.shape == (100, 100, 3)
    assert (pixels[:25] == 7).all()
    assert (pixels[75:] == 7).all()
    assert (pixels[26:74] == RED).all()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("ending", ["jpg", "png", "webp", "tif"])
def test_everything_is_upright(tmp_path: Path, orientation: int, ending: str) -> None:
    turn = {
        2: 0,
        3: 3,
        4: 1,
        5: 5,
        6: 2,
        7: 6,
        8: 4,
    }  # undoes each orientation: Pillow's transpose numbers
    upright = quarters()
    stored = upright if orientation == 1 else upright.transpose(Image.Transpose(turn[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    options: dict[str, object] = {"quality": 95} if ending != "tif" else {}
    path = saved(stored, tmp_path / f"a.{ending}", exif=exif, **options)
    with Image.open(path) as check:
        assert alike(
            corners(ImageOps.exif_transpose(check).convert("RGB")), [RED, GREEN, BLUE, WHITE]
        )
    result = read(path)
    assert alike(corners(result.pixels), [RED, GREEN, BLUE, WHITE])
    assert (result.metadata.width, result.metadata.height) == (640, 480)
    for edge, jpeg in result.thumbnails.items():
        thumbnail = opened(jpeg)
        assert thumbnail.size == (edge, edge * 3 // 4)
        assert alike(corners(thumbnail), [RED, GREEN, BLUE, WHITE])


def test_thumbnails_are_small_jpegs_without_metadata(tmp_path: Path, noise: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    result = read(saved(noise, tmp_path / "a.jpg", exif=exif, quality=90))
    assert sorted(result.thumbnails) == [256, 512]
    for edge, jpeg in result.thumbnails.items():
        thumbnail = opened(jpeg)
        assert (thumbnail.format, max(thumbnail.size)) == ("JPEG", edge)
        assert not thumbnail.getexif()
        reference = noise.resize(thumbnail.size, Image.Resampling.BICUBIC)
        assert rms(np.asarray(thumbnail), np.asarray(reference)) < 12
    assert read(tmp_path / "a.jpg", thumbnails=False).thumbnails == {}


def test_small_pictures_are_not_blown_up(tmp_path: Path) -> None:
    result = read(saved(quarters(90, 60), tmp_path / "a.png"))
    assert [opened(jpeg).size for jpeg in result.thumbnails.values()] == [(90, 60), (90, 60)]


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 700)])
def test_extreme_shapes(tmp_path: Path, size: tuple[int, int]) -> None:
    for ending in ("jpg", "png"):
        result = read(saved(Image.new("RGB", size, RED), tmp_path / f"a.{ending}"))
        assert result.pixels.shape == (260, 260, 3)
        assert alike(corners(result.pixels), [RED] * 4)
        assert min(opened(result.thumbnails[256]).size) == 1


def test_identity_of_bytes_and_of_pixels(tmp_path: Path, noise: Image.Image) -> None:
    path = saved(noise, tmp_path / "a.jpg", quality=90)
    first = read(path)
    data = path.read_bytes()
    assert first.content_hash == hashlib.sha256(data).digest()
    # Another program adds metadata: other bytes, same pixels.
    path.write_bytes(data[:2] + b"\xff\xfe\x00\x06note" + data[2:])
    second = read(path)
    assert second.content_hash != first.content_hash
    assert second.pixel_hash == first.pixel_hash
    assert len(first.pixel_hash) == 16
    assert read(saved(noise.rotate(1), tmp_path / "b.jpg")).pixel_hash != first.pixel_hash


def test_metadata_can_be_left_out(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Maker"
    path = saved(quarters(), tmp_path / "a.jpg", exif=exif)
    assert read(path).metadata.camera_make == "Maker"
    without = read(path, read_metadata=False).metadata
    assert (without.camera_make, without.width, without.height) == (None, 640, 480)


@pytest.mark.parametrize(
    "ending", ["jpg", "png", "webp", "tif", "gif", "bmp", "avif", "jp2", "jxl", "heic"]
)
def test_reads_every_format_whatever_it_is_called(tmp_path: Path, ending: str) -> None:
    if ending == "heic":
        from pillow_heif import register_heif_opener

        register_heif_opener()
    elif ending == "jxl":
        import pillow_jxl  # noqa: F401
    path = saved(quarters(), tmp_path / f"a.{ending}")
    lying = tmp_path / "lying.jpg"
    lying.write_bytes(path.read_bytes())
    for name in (path, lying):
        result = read(name)
        assert alike(corners(result.pixels), [RED, GREEN, BLUE, WHITE], 40)
        assert (result.metadata.width, result.metadata.height) == (640, 480)
        assert result.content_hash is not None


@pytest.mark.parametrize(
    "mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "I", "F", "YCbCr", "LAB"]
)
def test_every_mode(tmp_path: Path, mode: str) -> None:
    grey = np.tile(np.linspace(0, 1, 300, dtype=np.float32), (200, 1))
    if mode == "I;16":
        picture = Image.fromarray((grey * 65535).astype(np.uint16))
    elif mode == "I":
        picture = Image.fromarray((grey * 65535).astype(np.int32))
    elif mode == "F":
        picture = Image.fromarray(grey)
    elif mode == "LAB":
        rgb = Image.fromarray((grey * 255).astype(np.uint8)).convert("RGB")
        to_lab = ImageCms.buildTransform(
            ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
        )
        picture = ImageCms.applyTransform(rgb, to_lab)
    else:
        picture = Image.fromarray((grey * 255).astype(np.uint8)).convert("RGB").convert(mode)
    pixels = read(saved(picture, tmp_path / "a.tif"), InputSpec(200, fit="squash")).pixels
    means = pixels.mean(axis=(0, 2))
    assert means[:40].mean() < 40
    assert 100 < means[90:110].mean() < 160
    assert means[160:].mean() > 210


def test_transparent_parts_take_the_fill(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (300, 300), (255, 0, 0, 0))
    picture.paste((0, 0, 255, 255), (0, 0, 150, 300))
    path = saved(picture, tmp_path / "a.png")
    pixels = read(path, InputSpec(100, fill=128)).pixels
    assert tuple(pixels[50, 10]) == (0, 0, 255)
    assert tuple(pixels[50, 90]) == (128, 128, 128)
    thumbnail = np.asarray(opened(read(path).thumbnails[256]))
    assert thumbnail[50, 250].min() > 250


def test_first_frame_of_an_animation(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (80, 60), color) for color in (RED, GREEN, BLUE)]
    for ending in ("gif", "webp", "png"):
        path = saved(frames[0], tmp_path / f"a.{ending}", save_all=True, append_images=frames[1:])
        result = read(path)
        assert result.metadata.is_animated
        assert alike(corners(result.pixels), [RED] * 4, 30)
        still = read(saved(frames[0], tmp_path / f"b.{ending}"))
        assert not still.metadata.is_animated


def wide_gamut() -> bytes:
    """A profile with other primaries than sRGB's: its red and green changed places."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    return (
        bytes(profile)
        .replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))
        .replace(b"sRGB", b"swap")
    )


@pytest.mark.parametrize("ending", ["jpg", "png"])
def test_colours_are_converted_to_srgb(tmp_path: Path, ending: str) -> None:
    plain = read(saved(quarters(), tmp_path / f"plain.{ending}"))
    swapped = read(saved(quarters(), tmp_path / f"a.{ending}", icc_profile=wide_gamut()))
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    same = read(saved(quarters(), tmp_path / f"b.{ending}", icc_profile=srgb))
    assert (same.pixels == plain.pixels).all()
    assert same.thumbnails == plain.thumbnails
    for found in (corners(swapped.pixels), corners(opened(swapped.thumbnails[512]))):
        assert found[0][1] > found[0][0] + 100  # red has become green
        assert found[1][0] > found[1][1] + 100
    damaged = read(saved(quarters(), tmp_path / f"c.{ending}", icc_profile=b"no profile"))
    assert (damaged.pixels == plain.pixels).all()


def test_a_photo_with_a_clip_behind_it_stays_one_photo(tmp_path: Path) -> None:
    path = saved(quarters(), tmp_path / "a.jpg", quality=95)
    plain = read(path)
    path.write_bytes(path.read_bytes() + b"\0\0\0\x18ftypmp42" + os.urandom(5000))
    assert (read(path).pixels == plain.pixels).all()


def test_heic_by_its_preview_only_where_it_is_large_enough(
    tmp_path: Path, noise: Image.Image
) -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    path = saved(noise, tmp_path / "a.heic", quality=60, thumbnails=[480])
    small = read(path, InputSpec(224))
    assert small.from_preview
    assert sorted(small.thumbnails) == [256]
    assert (small.metadata.width, small.metadata.height) == noise.size
    assert rms(small.pixels, stock(noise, InputSpec(224))) < 12
    for large in (read(path, InputSpec(384)), read(path, InputSpec(224), previews=False)):
        assert not large.from_preview
        assert sorted(large.thumbnails) == [256, 512]


def test_a_heic_preview_may_be_enlarged_a_little(tmp_path: Path, noise: Image.Image) -> None:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    # What an iPhone writes: 320 x 240 within 4:3.
    phone = saved(noise.resize((1280, 960)), tmp_path / "a.heic", quality=60, thumbnails=[320])
    assert read(phone, STARTER).from_preview
    assert not read(phone, InputSpec(280)).from_preview


def test_a_video_is_no_problem_but_has_no_decoder(tmp_path: Path) -> None:
    with pytest.raises(NoDecoder):
        decode(tmp_path / "a.mp4", STARTER, media="video")


def png_claiming(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    body = zlib.compress(bytes(1000))
    idat = b"IDAT" + body
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", len(body))
        + idat
        + struct.pack(">I", zlib.crc32(idat))
    )


def jpeg_bytes(picture: Image.Image, **options: object) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "The file is empty"),
        (b"Dear diary, today I took no photo.\n" * 9, "not a picture"),
        (b"%PDF-1.7\n", "not a picture"),
        (b"\0\0\0\x18ftypmp42" + bytes(100), "not a picture"),
        (b"BLP2" + bytes(500), "not a picture"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not a picture"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 60, "damaged"),
        (b"GIF89a", "damaged"),
        (b"\xff\x0a" + b"\xff" * 60, "damaged|too large"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(100), "damaged"),
        (jpeg_bytes(quarters())[:-900], "cut short"),
        (
            png_claiming(30_000, 30_000),
            r"too large to decode: 30,000 x 30,000 pixels \(900 megapixels",
        ),
        (png_claiming(1000, 1000), "cut short|damaged"),
    ],
    ids=lambda value: repr(value[:24]) if isinstance(value, bytes) else value[:20],
)
def test_every_bad_file_has_a_reason(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(data)
    with pytest.raises(Unreadable, match=message):
        read(path)


def test_files_that_the_system_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Unreadable, match="no longer there"):
        read(tmp_path / "gone.jpg")
    with pytest.raises(Unreadable, match="folder, not a picture"):
        read(tmp_path)
    path = saved(quarters(), tmp_path / "a.jpg")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("photosort.safe_files.os.open", refuse)
    with pytest.raises(Unreadable, match="no permission"):
        read(path)


def test_a_jpeg_may_be_larger_than_what_is_decoded_of_it(tmp_path: Path) -> None:
    path = saved(Image.new("L", (40_000, 4_200), 90), tmp_path / "panorama.jpg")
    result = read(path, InputSpec(224))
    assert (result.metadata.width, result.metadata.height) == (40_000, 4_200)
    assert abs(int(result.pixels.mean()) - 90) < 3


def test_a_jpeg_of_endless_scans_is_refused(tmp_path: Path) -> None:
    data = jpeg_bytes(quarters(), progressive=True)
    scan = data.index(b"\xff\xda")
    path = tmp_path / "a.jpg"
    path.write_bytes(data[:scan] + data[scan:-2] * 60)
    with pytest.raises(Unreadable, match="far too long"):
        read(path)


def test_a_file_without_room_in_memory_is_read_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = saved(quarters(), tmp_path / "a.png")
    monkeypatch.setattr("photosort.media.decode._WHOLE_FILE_BYTES", 100)
    result = read(path)
    assert result.content_hash is None
    assert alike(corners(result.pixels), [RED, GREEN, BLUE, WHITE])


def test_decodes_in_several_threads_at_once(tmp_path: Path, noise: Image.Image) -> None:
    path = saved(noise, tmp_path / "a.jpg", icc_profile=wide_gamut())
    expected = read(path).pixel_hash
    hashes: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: hashes.append(read(path).pixel_hash)) for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hashes == [expected] * 6


def test_originals_are_only_read(tmp_path: Path) -> None:
    path = saved(quarters(), tmp_path / "a.jpg")
    path.chmod(0o400)
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    read(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_plugins_are_loaded_when_the_first_such_file_is_met() -> None:
    script = (
        "import sys, photosort.media.decode, photosort.media.scan, photosort.media.sidecar;"
        "late = {'exiv2', 'rawpy', 'pillow_heif', 'pillow_jxl', 'pathspec', 'torch'} & set(sys.modules);"
        "sys.exit(repr(late) if late else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="libtiff is built into Pillow there")
def test_a_damaged_tiff_writes_nothing_to_standard_error(tmp_path, capfd):
    rng = np.random.default_rng(0)
    noise = Image.fromarray(rng.integers(0, 2, (200, 300), dtype=np.uint8) * 255).convert("1")
    path = saved(noise, tmp_path / "fax.tif", compression="group4")
    data = bytearray(path.read_bytes())
    data[2000:3000] = rng.bytes(1000)
    path.write_bytes(data)
    with contextlib.suppress(Unreadable):
        read(path)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("kind", ["jpeg", "j2k1", "vvc1", "compact"])
def test_a_heif_of_another_kind_is_neither_damaged_nor_no_picture(
    tmp_path: Path, noise: Image.Image, kind: str
) -> None:
    pillow_heif.register_heif_opener()
    path = saved(noise.resize((64, 64)), tmp_path / "a.heic")
    data = path.read_bytes()
    if kind == "compact":
        path.write_bytes(b"\0\0\0\x14ftypmif3\0\0\0\0heic" + data[40:])
    else:
        at = data.index(b"hvc1", data.index(b"infe"))
        path.write_bytes(data[:at] + kind.encode() + data[at + 4 :])
    for show in (
        lambda: decode(path, InputSpec(64), media="image"),
        lambda: decode_for_screen(path, 64),
    ):
        with pytest.raises(Unreadable, match="kind of HEIF"):
            show()


@pytest.mark.parametrize("ending", ["png", "tif"])
def test_dark_grey_of_sixteen_bits_is_shown_dark(tmp_path: Path, ending: str) -> None:
    values = np.linspace(0, 4000, 64 * 64).reshape(64, 64).astype(np.uint16)
    path = tmp_path / f"a.{ending}"
    Image.fromarray(values).save(path)
    for pixels in (
        decode(path, InputSpec(64), media="image").pixels,
        decode_for_screen(path, 64).pixels,
    ):
        assert 14 <= pixels.max() <= 16


def test_twelve_bits_in_sixteen_are_as_bright_as_the_tiff_says(tmp_path: Path) -> None:
    values = np.linspace(0, 4000, 64 * 64).reshape(64, 64).astype(np.uint16)
    path = tmp_path / "a.tif"
    Image.fromarray(values).save(path, tiffinfo={281: 4095})
    assert decode(path, InputSpec(64), media="image").pixels.max() > 240
