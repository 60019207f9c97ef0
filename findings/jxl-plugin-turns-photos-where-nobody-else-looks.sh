#!/usr/bin/env bash
# A turned photo that Pillow saves as JXL lies on its side in every other program, unless it is repacked.
#
# Expected: the plugin that saves a JPEG with orientation 6 upright also saves an edited copy of it
#   upright, when given the same EXIF; or it writes no orientation at all.
# Seen: JPEG XL keeps its orientation in the picture itself, and readers pass over that of EXIF
#   (ISO/IEC 18181-2). pillow-jxl-plugin writes EXIF as it is given and leaves the picture's own at 1:
#   - a JPEG repacked without loss: libjxl (in imagecodecs) shows it upright, 96x160;
#   - the same photo after point(), with the same EXIF, lossless or not: libjxl shows 160x96, on its side.
#   The plugin reads both as 160x96 with orientation 6, so for Pillow with exif_transpose all is well:
#   who tests with the writer's own reader never sees it.
# Versions: Pillow 13.0.0, pillow-jxl-plugin 1.3.8, imagecodecs 2026.3.6. Seen 2026-11-30.
# Matters: an archive of edited phone photos, portraits on their side, with metadata that looks right.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 pillow-jxl-plugin==1.3.8 imagecodecs==2026.3.6
cd "$work"
venv/bin/python - <<'PY'
from pathlib import Path

import imagecodecs
import pillow_jxl
from PIL import Image, ImageDraw, ImageOps

picture = Image.new("RGB", (160, 96), "navy")
ImageDraw.Draw(picture).rectangle((0, 0, 80, 40), fill="gold")
exif = Image.Exif()
exif[0x0112] = 6
picture.save("photo.jpg", exif=exif, quality=95)
with Image.open("photo.jpg") as photo:
    photo.save("repacked.jxl")
    edited = photo.point(lambda value: value // 2)
    edited.save("edited.jxl", exif=photo.getexif().tobytes())
    edited.save("lossless.jxl", exif=photo.getexif().tobytes(), lossless=True)
seen = {}
for name in ("repacked", "edited", "lossless"):
    file = Path(f"{name}.jxl")
    height, width = imagecodecs.jpegxl_decode(file.read_bytes()).shape[:2]
    with Image.open(file) as image:
        seen[name] = ((width, height), image.getexif()[0x0112], ImageOps.exif_transpose(image).size)
    print(f"{name:9} libjxl {seen[name][0]}; Pillow: orientation {seen[name][1]}, upright {seen[name][2]}")
assert seen["repacked"] == ((96, 160), 6, (96, 160))
assert seen["edited"] == seen["lossless"] == ((160, 96), 6, (96, 160))
PY
