#!/usr/bin/env bash
# A photo exported by darktable loses its flat keywords where a sidecar has a tree, and its faces move.
#
# Expected: an export carries the union of the keywords of photo and sidecar, in XMP and in IPTC, and
#   face regions are turned with the picture, or left out.
# Seen: the photo (1024x768, Orientation 6) has the keyword "inside" in XMP and in IPTC and a face at
#   x 0.25; its sidecar has the keyword "side", the tree "Places|Berlin" and five stars.
#   - XMP keywords of the export are "Berlin" and "Places" only: "side" and "inside" are gone;
#   - IPTC keywords still are "inside" only, so the two lists of one file have nothing in common;
#   - the tree itself is not written, so that Berlin lies in Places is lost too;
#   - the picture is turned (768x1024, Orientation 1), the face region is not: it still names
#     1024x768 and x 0.25, which now is another place of the picture.
#   - a title in two languages becomes one text with the markup in it: 'Harbour, lang="de" Hafen'.
#   The stars arrive. The sidecar counts although it was not named.
# Versions: darktable 4.2.1, ExifTool 12.57 (both Debian 12), Pillow 13.0.0. Seen 2026-11-30.
#   Without them it ends with 77.
# Matters: who organises exports must not take the IPTC list for the XMP one, and must compare a
#   region's dimensions with the picture's before cutting out a face.
set -euo pipefail
version=$(darktable-cli --version 2>/dev/null || true)
if [[ $version != *"darktable-cli 4.2.1"* || $(exiftool -ver 2>/dev/null || true) != 12.57 ]]; then
  echo "skipped: darktable 4.2.1 and ExifTool 12.57 are not installed"
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

picture = Image.new("RGB", (1024, 768), "navy")
ImageDraw.Draw(picture).ellipse((200, 150, 310, 240), fill="gold")
exif = Image.Exif()
exif[0x0112] = 6
picture.save("photo.jpg", exif=exif, quality=90)
PY
exiftool -q -overwrite_original -XMP:Subject=inside -IPTC:Keywords=inside -XMP:Rating=2 \
  -XMP-mwg-rs:RegionInfo='{AppliedToDimensions={W=1024,H=768,Unit=pixel},RegionList=[{Area={X=0.25,Y=0.25,W=0.1,H=0.1,Unit=normalized},Name=Ann,Type=Face}]}' \
  photo.jpg
exiftool -q -XMP:Subject=side -XMP-lr:HierarchicalSubject='Places|Berlin' -XMP:Rating=5 \
  -XMP:Title=Harbour -XMP:Title-de=Hafen -o photo.jpg.xmp
darktable-cli photo.jpg export.jpg --core --library :memory: --configdir "$work/config" >darktable.log 2>&1
read_tag() { exiftool -s3 -n -sep , "-$1" export.jpg; }
status=0
expect() {
  seen=$(read_tag "$1")
  echo "$1: ${seen:-none}"
  [ "$seen" = "$2" ] || { echo "  expected ${2:-none}"; status=1; }
}
expect ImageSize "768 1024"
expect Orientation 1
expect XMP:Rating 5
expect XMP:Title 'Harbour, lang="de" Hafen'
expect XMP:Title-de ""
expect XMP:Subject Berlin,Places
expect XMP:HierarchicalSubject ""
expect IPTC:Keywords inside
expect XMP:RegionAppliedToDimensionsW 1024
expect XMP:RegionAppliedToDimensionsH 768
expect XMP:RegionAreaX 0.25
exit "$status"
