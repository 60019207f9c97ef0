#!/usr/bin/env bash
# RawTherapee 5.9 exports a photo of four stars with Rating 0, and without its title and keywords.
#
# Expected: the command line copies EXIF, IPTC and XMP as they are (it has no option to the contrary),
#   and the Rank of a processing profile becomes the export's rating.
# Seen: a JPEG with four stars, title and keywords (XMP and IPTC) keeps its date and its position, but
#   - XMP and IPTC are gone as a whole;
#   - EXIF's Rating, which the photo did not have, is 0: not "unknown" but "no star";
#   - a profile with Rank=4 makes no difference: still 0.
# Versions: RawTherapee 5.9, ExifTool 12.57 (both Debian 12), Pillow 13.0.0. Seen 2026-11-30.
#   Without them it ends with 77.
# Matters: a program that takes EXIF's Rating at its word sets the stars of every export to none.
set -euo pipefail
version=$(rawtherapee-cli -v 2>/dev/null || true)
if [[ $version != *"version 5.9,"* || $(exiftool -ver 2>/dev/null || true) != 12.57 ]]; then
  echo "skipped: RawTherapee 5.9 and ExifTool 12.57 are not installed"
  exit 77
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
cd "$work"
export HOME="$work"
venv/bin/python - <<'PY'
from PIL import Image, ImageDraw

picture = Image.new("RGB", (640, 480), "navy")
ImageDraw.Draw(picture).ellipse((100, 100, 300, 300), fill="gold")
picture.save("photo.jpg", quality=90)
PY
exiftool -q -overwrite_original -EXIF:Make=Drawn -EXIF:DateTimeOriginal="2020:01:02 03:04:05" -XMP:Rating=4 \
  -XMP:Title=Harbour -XMP:Subject=boats -IPTC:Keywords=boats photo.jpg
printf '[Version]\nAppVersion=5.9\nVersion=347\n[General]\nRank=4\nColorLabel=1\nInTrash=false\n' >rank.pp3
rawtherapee-cli -o plain.jpg -Y -c photo.jpg >rawtherapee.log 2>&1
rawtherapee-cli -o ranked.jpg -Y -p rank.pp3 -c photo.jpg >>rawtherapee.log 2>&1
status=0
for export in plain.jpg ranked.jpg; do
  seen=$(exiftool -n -s -G0 -EXIF:DateTimeOriginal -EXIF:Rating -XMP:all -IPTC:all "$export" | sed 's/  */ /g')
  echo "$export:"
  echo "$seen"
  [ "$seen" = "$(printf '[EXIF] DateTimeOriginal : 2020:01:02 03:04:05\n[EXIF] Rating : 0')" ] || status=1
done
exit "$status"
