#!/usr/bin/env bash
# ExifRead finds no EXIF in WebP photos of Pillow, and raises on HEIC and JXL with standard EXIF.
#
# Expected: ExifRead 3.5 lists WebP, HEIC, AVIF and JPEG XL among its formats, so it reads their EXIF.
# Seen: it takes for granted that the EXIF begins with the six characters that JPEG puts before it.
#   WebP's EXIF begins with the TIFF header; HEIC's and JXL's with a four-byte offset, which is 0
#   where nothing stands before the header (iPhones do put the six characters there).
#   - WebP written by Pillow: an empty answer, as if the photo had no EXIF, without a warning;
#   - HEIC by pillow-heif, when the EXIF is stored without the prefix: AssertionError;
#   - JXL by pillow-jxl-plugin: AssertionError.
#   Exiv2 reads the date from each of them. JPEG, PNG, TIFF and Pillow's AVIF are right in both.
# Versions: ExifRead 3.5.1, Pillow 13.0.0, pillow-heif 1.8.1, pillow-jxl-plugin 1.3.8, exiv2 0.19.2.
#   Seen 2026-11-30.
# Matters: dates of WebP photos silently fall back to the file's own; an assertion ends a whole run.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  pillow==13.0.0 pillow-heif==1.8.1 pillow-jxl-plugin==1.3.8 exifread==3.5.1 exiv2==0.19.2
cd "$work"
venv/bin/python - <<'PY'
import exifread
import exiv2
import pillow_heif
import pillow_jxl
from PIL import Image, ImageDraw

pillow_heif.register_heif_opener()
picture = Image.new("RGB", (320, 200), "navy")
ImageDraw.Draw(picture).ellipse((20, 20, 150, 150), fill="gold")
exif = Image.Exif()
exif.get_ifd(0x8769)[0x9003] = "2024:05:06 07:08:09"
seen = {}
for extension in ("jpg", "png", "tif", "avif", "webp", "heic", "jxl"):
    name = f"photo.{extension}"
    picture.save(name, exif=exif.tobytes())
    try:
        with open(name, "rb") as file:
            found = str(exifread.process_file(file, details=False).get("EXIF DateTimeOriginal"))
    except AssertionError:
        found = "AssertionError"
    photo = exiv2.ImageFactory.open(name)
    photo.readMetadata()
    right = str(photo.exifData()["Exif.Photo.DateTimeOriginal"].value())
    seen[extension] = found
    print(f"{name}: ExifRead {found}; Exiv2 {right}")
    assert right == "2024:05:06 07:08:09"
for extension in ("jpg", "png", "tif", "avif"):
    assert seen[extension] == "2024:05:06 07:08:09"
assert seen["webp"] == "None"
assert seen["heic"] == seen["jxl"] == "AssertionError"
PY
