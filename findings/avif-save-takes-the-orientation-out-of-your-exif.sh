#!/usr/bin/env bash
# Saving an AVIF removes Orientation from the EXIF object that was passed in.
#
# Expected: save() reads its arguments. One Exif object can be passed to several saves, and a photo
#   that was saved with its own getexif() is still the same photo.
# Seen: Pillow's AVIF writer moves the orientation into the file's own rotation by popping the tag
#   from the caller's object. What follows is silent:
#   - a JPEG or WebP saved after the AVIF with the same object has no orientation: on its side,
#     while one saved before it is right;
#   - the opened photo has lost its orientation too: ImageOps.exif_transpose no longer turns it, so
#     a thumbnail made after the AVIF differs from one made before.
#   Bytes (`exif.tobytes()`) are safe.
# Versions: Pillow 13.0.0 with libavif 1.4.2. Seen 2026-11-30.
# Matters: programs that write several sizes or formats of one photo in one loop.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
cd "$work"
venv/bin/python - <<'PY'
from PIL import Image, ImageDraw, ImageOps

picture = Image.new("RGB", (160, 96), "navy")
ImageDraw.Draw(picture).rectangle((0, 0, 80, 40), fill="gold")
exif = Image.Exif()
exif[0x0112] = 6
picture.save("photo.jpg", exif=exif)


def shown(name):
    with Image.open(name) as image:
        return ImageOps.exif_transpose(image).size


with Image.open("photo.jpg") as photo:
    mine = photo.getexif()
    before = ImageOps.exif_transpose(photo).size
    for name in ("1.webp", "2.avif", "3.webp", "4.jpg"):
        photo.save(name, exif=mine)
        print(f"{name}: shown as {shown(name)}; the object's orientation is now {mine.get(0x0112)}")
    after = ImageOps.exif_transpose(photo).size
print("the opened photo, turned upright before and after:", before, after)
assert before == shown("1.webp") == shown("2.avif") == (96, 160)
assert shown("3.webp") == shown("4.jpg") == after == (160, 96)
with Image.open("photo.jpg") as photo:
    photo.save("5.avif", exif=photo.getexif().tobytes())
    assert ImageOps.exif_transpose(photo).size == (96, 160)
PY
