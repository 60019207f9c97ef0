#!/usr/bin/env bash
# Giving an Ultra HDR photo a title turns it, for Pillow, from a JPEG into an MPO of two pictures.
#
# Expected: a title changes no picture. Either the gain map counts as a second picture or it does not.
# Seen: Pillow tells an Ultra HDR photo from a stereo pair by searching the XMP for the characters
#   ` hdrgm:Version="`. XMP that was written with elements or with single quotes means the same and
#   has other characters: after ExifTool has added a title the photo opens as format "MPO" with two
#   frames, frame 1 being the grey gain map. Nothing else in the file says anything new, and libvips
#   takes both for Ultra HDR. Exiv2 writes double quotes, so its titles change nothing.
# Versions: Pillow 13.0.0, ExifTool 13.59 (npm exiftool-vendored.pl 13.59.3), exiv2 0.19.2
#   (libexiv2 0.28), pyultrahdr 0.1.0. Seen 2026-11-30. Needs perl and npm, else it ends with 77.
# Matters: `picture.format == "JPEG"` and `n_frames` change for edited photos; a program that shows
#   each frame shows grey ghosts, for only some photos of one phone.
set -euo pipefail
for program in perl npm; do
  command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 pyultrahdr==0.1.0 exiv2==0.19.2 pyvips==3.2.0 pyvips-binary==8.18.7
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" exiftool-vendored.pl@13.59.3 >/dev/null
exiftool="node_modules/exiftool-vendored.pl/bin/exiftool"
test "$(perl "$exiftool" -ver)" = 13.59
venv/bin/python - <<'PY'
from PIL import Image, ImageDraw

picture = Image.new("RGB", (640, 480), "gray")
ImageDraw.Draw(picture).ellipse((100, 100, 300, 300), fill="white")
picture.save("photo.jpg", quality=95)
PY
venv/bin/pyultrahdr photo.jpg >/dev/null
cp photo_ultrahdr.jpg exiftool.jpg
cp photo_ultrahdr.jpg exiv2.jpg
perl "$exiftool" -quiet -overwrite_original -XMP:Title=Hello exiftool.jpg
venv/bin/python - <<'PY'
import exiv2
import pyvips
from PIL import Image

photo = exiv2.ImageFactory.open("exiv2.jpg")
photo.readMetadata()
photo.xmpData()["Xmp.dc.title"] = "Hello"
photo.writeMetadata()
seen = {}
for name in ("photo_ultrahdr.jpg", "exiv2.jpg", "exiftool.jpg"):
    with Image.open(name) as image:
        frames = getattr(image, "n_frames", 1)
        loader = pyvips.Image.new_from_file(name).get("vips-loader")
        seen[name] = (image.format, frames, loader)
        print(f"{name:20} Pillow: {image.format}, {frames} frame(s); libvips: {loader}")
        if frames > 1:
            image.seek(1)
            print("  frame 1:", image.mode, image.size)
assert seen["photo_ultrahdr.jpg"] == seen["exiv2.jpg"] == ("JPEG", 1, "uhdrload")
assert seen["exiftool.jpg"] == ("MPO", 2, "uhdrload")
PY
