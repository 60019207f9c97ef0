#!/usr/bin/env bash
# Reading and writing a photo with OpenCV 5's metadata functions turns it twice.
#
# Expected: imreadWithMetadata and imwriteWithMetadata are a pair. Either the pixels come as stored
#   with the EXIF as stored, or the pixels come upright and the EXIF says so.
# Seen: the pixels come upright (as from imread) AND the EXIF still has Orientation 6. Writing both
#   back stores an upright picture marked "turn me": each round trip turns the photo by another 90
#   degrees in every viewer, for JPEG, PNG and WebP alike. With IMREAD_IGNORE_ORIENTATION, or with
#   IMREAD_UNCHANGED (which leaves the pixels as stored), the pair is consistent.
# Versions: opencv-python-headless 5.0.0.93. Seen 2026-11-30.
# Matters: the functions are there to keep a photo's metadata through an edit.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 opencv-python-headless==5.0.0.93
cd "$work"
venv/bin/python - <<'PY'
import cv2
from PIL import Image, ImageDraw, ImageOps

picture = Image.new("RGB", (160, 96), "navy")
ImageDraw.Draw(picture).rectangle((0, 0, 80, 40), fill="gold")
exif = Image.Exif()
exif[0x0112] = 6


def shown(name):
    with Image.open(name) as image:
        return ImageOps.exif_transpose(image).size, image.getexif().get(0x0112)


for extension in ("jpg", "png", "webp"):
    first, second, kept = (f"{n}.{extension}" for n in ("first", "second", "kept"))
    picture.save(first, exif=exif.tobytes())
    pixels, kinds, blocks = cv2.imreadWithMetadata(first, cv2.IMREAD_COLOR)
    assert cv2.imwriteWithMetadata(second, pixels, kinds, blocks)
    pixels, kinds, blocks = cv2.imreadWithMetadata(first, cv2.IMREAD_UNCHANGED)
    assert cv2.imwriteWithMetadata(kept, pixels, kinds, blocks)
    print(extension, "first", shown(first), "after a round trip", shown(second), "unchanged", shown(kept))
    assert shown(first) == ((96, 160), 6)
    assert shown(second) == ((160, 96), 6)
    assert shown(kept) == ((96, 160), 6)
PY
