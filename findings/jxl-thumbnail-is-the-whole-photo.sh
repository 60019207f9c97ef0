#!/usr/bin/env bash
# Saving a thumbnail, or a blacked-out part, of an opened JPEG as JXL writes the untouched original.
#
# Expected: save() writes the pixels that the image object holds.
# Seen: pillow-jxl-plugin repacks the JPEG FILE that the object was opened from whenever the object
#   still calls itself a JPEG. thumbnail(), ImageDraw, paste and exif_transpose(in_place=True) work
#   in place and leave that mark, so the JXL holds the full size, the part that was painted over and
#   the GPS position that was deleted. The one warning speaks of a lossless conversion. crop() and
#   resize() return new images and are safe, and so is lossless_jpeg=False.
# Versions: Pillow 13.0.0, pillow-jxl-plugin 1.3.8. Seen 2026-11-30.
# Matters: thumbnails of 100 pixels weigh as much as photos, and what was made unreadable is there.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 pillow-jxl-plugin==1.3.8
cd "$work"
venv/bin/python -W ignore - <<'PY'
import pillow_jxl
from PIL import Image, ImageDraw

picture = Image.new("RGB", (640, 480), "navy")
ImageDraw.Draw(picture).ellipse((100, 100, 300, 300), fill="gold")
exif = Image.Exif()
position = exif.get_ifd(0x8825)
position[1], position[2], position[3], position[4] = "N", (48.0, 51.0, 30.0), "E", (2.0, 17.0, 40.0)
picture.save("photo.jpg", exif=exif, quality=95)


def report(name):
    with Image.open(name) as image:
        centre = image.convert("RGB").getpixel((image.width * 200 // 640, image.height * 200 // 480))
        return image.size, "gold" if centre[0] > 200 else "black", bool(image.getexif().get_ifd(0x8825))


with Image.open("photo.jpg") as photo:
    photo.thumbnail((100, 100))
    print("thumbnail in memory:", photo.size)
    photo.save("thumbnail.jxl")
with Image.open("photo.jpg") as photo:
    ImageDraw.Draw(photo).rectangle((100, 100, 300, 300), fill="black")
    del photo.getexif()[0x8825]
    photo.save("covered.jxl")
with Image.open("photo.jpg") as photo:
    ImageDraw.Draw(photo).rectangle((100, 100, 300, 300), fill="black")
    del photo.getexif()[0x8825]
    photo.save("right.jxl", lossless_jpeg=False)
for name in ("thumbnail.jxl", "covered.jxl", "right.jxl"):
    print(name, "size %s, middle %s, GPS %s" % report(name))
assert report("thumbnail.jxl") == ((640, 480), "gold", True)
assert report("covered.jxl") == ((640, 480), "gold", True)
assert report("right.jxl") == ((640, 480), "black", False)
PY
