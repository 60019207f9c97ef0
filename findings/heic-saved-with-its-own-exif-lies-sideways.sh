#!/usr/bin/env bash
# Passing a photo's own EXIF to save() makes a HEIC that lies on its side; leaving it out does not.
#
# Expected: Pillow's advice for keeping EXIF is `picture.save(name, exif=picture.getexif())`. With
#   pillow-heif, which keeps EXIF by itself, this should make the same file as a plain save().
# Seen: a JPEG of 640x480 with Orientation 6 becomes
#   - by a plain save(): a HEIC with a rotation of its own; every reader shows 480x640, upright;
#   - by save(exif=picture.getexif()): a HEIC without rotation. Its EXIF still says 6, but a HEIC's
#     EXIF orientation counts for nothing, so every reader shows 640x480, on its side, and
#     pillow-heif reports orientation 1, so ImageOps.exif_transpose cannot mend it either.
#   The same EXIF as bytes (`getexif().tobytes()`) is turned. Pillow's other writers take both.
# Versions: Pillow 13.0.0, pillow-heif 1.8.1 (libheif 1.23.6). Seen 2026-11-30.
# Matters: whoever converts photos to HEIC and takes care of their EXIF turns every portrait.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 pillow-heif==1.8.1
cd "$work"
venv/bin/python - <<'PY'
import pillow_heif
from PIL import Image, ImageDraw, ImageOps

pillow_heif.register_heif_opener()
picture = Image.new("RGB", (640, 480), "navy")
ImageDraw.Draw(picture).rectangle((0, 0, 320, 100), fill="gold")
exif = Image.Exif()
exif[0x0112] = 6
picture.save("photo.jpg", exif=exif, quality=95)

with Image.open("photo.jpg") as photo:
    upright = ImageOps.exif_transpose(photo).size
    photo.save("plain.heic")
with Image.open("photo.jpg") as photo:
    photo.save("object.heic", exif=photo.getexif())
with Image.open("photo.jpg") as photo:
    photo.save("bytes.heic", exif=photo.getexif().tobytes())
shown = {}
for name in ("plain", "object", "bytes"):
    with Image.open(f"{name}.heic") as heic:
        shown[name] = (heic.size, heic.getexif().get(0x0112), ImageOps.exif_transpose(heic).size)
print("upright:", upright)
for name, (size, orientation, turned) in shown.items():
    print(f"{name:7} stored as {size}, orientation {orientation}, after exif_transpose {turned}")
assert upright == (480, 640)
assert shown["plain"] == shown["bytes"] == ((480, 640), 1, (480, 640))
assert shown["object"] == ((640, 480), 1, (640, 480))
PY
