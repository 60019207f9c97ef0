#!/usr/bin/env bash
# exifr gives the photo titled "0042" the title 42, "1e5" 100000, and the keyword "true" is a boolean.
#
# Expected: XMP knows texts alone; a title comes as the text that stands in the file. IPTC's copy of it
#   and XMP's are equal when the file has them equal.
# Seen: every value of XMP that can be a number or a boolean becomes one, texts of people included:
#   - title "0042" is the number 42, description "1e5" is 100000, label "true" is true;
#   - the keywords "2021", "007", "0x1F" and "boat" are 2021, 7, 31 and "boat";
#   - IPTC's ObjectName and Keywords, with the same words, stay texts: in one answer "0042" and 42.
#   ExifReader, the other reader of the web, keeps the texts.
# Versions: exifr 7.1.3, exifreader 4.46.0, ExifTool 13.59 (npm exiftool-vendored.pl 13.59.3) to write,
#   Pillow 13.0.0. Seen 2026-11-30. Needs perl, node and npm, else it ends with 77.
# Matters: numbered scans and house numbers lose their zeros; the keyword "2021" of XMP and of IPTC are
#   two keywords to a Set, and text.toLowerCase() fails for some photos only.
set -euo pipefail
for program in perl node npm; do
  command -v "$program" >/dev/null || { echo "skipped: $program is not installed"; exit 77; }
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0
cd "$work"
npm install --silent --no-audit --no-fund --prefix "$work" \
  exifr@7.1.3 exifreader@4.46.0 exiftool-vendored.pl@13.59.3 >/dev/null
exiftool="node_modules/exiftool-vendored.pl/bin/exiftool"
test "$(perl "$exiftool" -ver)" = 13.59
venv/bin/python -c 'from PIL import Image; Image.new("RGB", (160, 96), "navy").save("photo.jpg")'
words=()
for word in 2021 007 0x1F boat; do words+=("-XMP:Subject=$word" "-IPTC:Keywords=$word"); done
perl "$exiftool" -q -overwrite_original -XMP:Title=0042 -IPTC:ObjectName=0042 -XMP:Description=1e5 \
  -XMP:Label=true "${words[@]}" photo.jpg
cat > look.mjs <<'JS'
import assert from 'node:assert/strict';
import ExifReader from 'exifreader';
import exifr from 'exifr';

const seen = await exifr.parse('photo.jpg', {xmp: true, iptc: true});
const {title, description, Label, subject, ObjectName, Keywords} = seen;
console.log('exifr, XMP: ', title.value, description.value, Label, subject);
console.log('exifr, IPTC:', ObjectName, Keywords);
assert.deepEqual([title.value, description.value, Label], [42, 100000, true]);
assert.deepEqual(subject, [2021, 7, 31, 'boat']);
assert.deepEqual([ObjectName, Keywords], ['0042', ['2021', '007', '0x1F', 'boat']]);

const {xmp} = await ExifReader.load('photo.jpg', {expanded: true});
const texts = [xmp.title, xmp.description, xmp.Label, xmp.subject].map((tag) => tag.description);
console.log('ExifReader: ', texts);
assert.deepEqual(texts, ['0042', '1e5', 'true', '2021, 007, 0x1F, boat']);
JS
node look.mjs
