#!/usr/bin/env bash
# PyAV 18 says how a photo is to be turned, and is wrong for mirrored ones; writing the frame keeps the
# turn or loses it, by format.
#
# Expected: FFmpeg leaves EXIF alone, so frame.rotation of a photo is 0 and pixels come as stored. At
#   most, rotation is the turn of the EXIF orientation, with mirroring left out.
# Seen: FFmpeg 8.1, which PyAV 18 carries, makes a display matrix of the EXIF orientation of JPEG, PNG,
#   TIFF and WebP photos. frame.rotation is right for 1, 3, 6 and 8. For mirrored photos it is the angle
#   of a matrix that also mirrors:
#   - 2 (a selfie that is only mirrored): -180. Turned so, it stands on its head;
#   - 4 (upside down as in a mirror): 0. Left as it is, it stands on its head.
#   to_image() and to_ndarray() turn nothing. A frame of orientation 6 that is written again, untouched:
#   - as PNG and TIFF: orientation 6 goes along, the picture is upright;
#   - as JPEG and WebP: no EXIF, the picture lies on its side.
# Versions: av 18.1.0 (libavcodec 62.28), Pillow 13.0.0. Seen 2026-11-30.
# Matters: a program that has always turned photos by itself after PyAV, and now also by
#   frame.rotation as for clips, turns them twice; selfies are the mirrored ones.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check av==18.1.0 pillow==13.0.0
cd "$work"
venv/bin/python - <<'PY'
import av
from PIL import Image, ImageDraw, ImageOps

picture = Image.new("RGB", (160, 96), "navy")
ImageDraw.Draw(picture).rectangle((0, 0, 80, 40), fill="gold")
for extension in ("jpg", "png", "tif", "webp"):
    angles = []
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[0x0112] = orientation
        name = f"{orientation}.{extension}"
        picture.save(name, exif=exif.tobytes())
        with av.open(name) as container:
            frame = next(container.decode(video=0))
        assert frame.to_image().size == (160, 96)
        angles.append(abs(frame.rotation) if abs(frame.rotation) == 180 else frame.rotation)
    print(f"{extension:4} rotation for EXIF 1 to 8:", angles)
    assert angles == [0, 180, 180, 0, -90, -90, 90, 90]

codecs = {"png": ("png", "rgb24"), "tif": ("tiff", "rgb24"), "jpg": ("mjpeg", "yuvj420p"), "webp": ("libwebp", "yuv420p")}
kept = {}
for extension, (codec, pixels) in codecs.items():
    name = f"again.{extension}"
    with av.open("6.jpg") as source, av.open(name, "w", format="image2") as target:
        frame = next(source.decode(video=0))
        stream = target.add_stream(codec, rate=1)
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, pixels
        target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    with Image.open(name) as image:
        image.load()  # Pillow turns TIFF while loading
        kept[extension] = ImageOps.exif_transpose(image).size == (96, 160)
    print(f"6.jpg written as {extension}:", "upright" if kept[extension] else "on its side")
assert kept == {"png": True, "tif": True, "jpg": False, "webp": False}
PY
