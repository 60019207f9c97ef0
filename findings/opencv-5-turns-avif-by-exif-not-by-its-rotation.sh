#!/usr/bin/env bash
# OpenCV 5 turns an AVIF by the orientation in its EXIF and ignores the rotation of the file.
#
# Expected: AVIF is HEIF: the `irot` property turns the picture and EXIF's orientation is a remark
#   that readers skip. OpenCV reads AVIF through libavif, which hands over `irot`.
# Seen: of three files of the same portrait, drawn 160x96 and upright at 96x160
#   - rotation only (Pillow writes this: it moves the orientation into `irot`): OpenCV shows 160x96,
#     on its side; Pillow, and libheif in libvips, show it upright;
#   - rotation and EXIF (as avifenc writes): upright, by the EXIF;
#   - EXIF only, which readers must not turn by: OpenCV turns it, libvips does not.
# Versions: opencv-python-headless 5.0.0.93, Pillow 13.0.0, pyvips-binary 8.18.7. Seen 2026-11-30.
# Matters: a pipeline that decodes with OpenCV and stores with Pillow sees faces on their side.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 opencv-python-headless==5.0.0.93 pyvips==3.2.0 pyvips-binary==8.18.7
cd "$work"
venv/bin/python - <<'PY'
import cv2
import numpy as np
import pyvips
from PIL import Image, ImageDraw, ImageOps

picture = Image.new("RGB", (160, 96), "navy")
ImageDraw.Draw(picture).rectangle((0, 0, 80, 40), fill="gold")
exif = Image.Exif()
exif[0x0112] = 6
six = exif.tobytes()
picture.save("rotation.avif", exif=six)

# OpenCV's own writer stores the EXIF as given and lets libavif derive the rotation from it.
pixels = np.asarray(picture)[:, :, ::-1].copy()
block = np.frombuffer(six.removeprefix(b"Exif\0\0"), np.uint8)
cv2.imwriteWithMetadata("both.avif", pixels, [cv2.IMAGE_METADATA_EXIF], [block])
# The same file with its rotation property set to none.
data = bytearray(open("both.avif", "rb").read())
at = data.find(b"irot")
assert at > 0 and data.count(b"irot") == 1
data[at + 4] = 0
open("exif.avif", "wb").write(data)

seen = {}
for name in ("rotation", "both", "exif"):
    file = f"{name}.avif"
    with Image.open(file) as image:
        pillow = ImageOps.exif_transpose(image).size
    vips = pyvips.Image.new_from_file(file)
    seen[name] = (cv2.imread(file).shape[1::-1], pillow, (vips.width, vips.height))
    print(f"{name:8} OpenCV {seen[name][0]}, Pillow {seen[name][1]}, libvips {seen[name][2]}")
assert seen["rotation"] == ((160, 96), (96, 160), (96, 160))
assert seen["both"] == ((96, 160), (96, 160), (96, 160))
assert seen["exif"][0] == (96, 160) and seen["exif"][2] == (160, 96)
PY
