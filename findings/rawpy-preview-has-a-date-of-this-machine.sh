#!/usr/bin/env bash
# The JPEG preview that rawpy takes out of a raw file carries an EXIF block that LibRaw made up, with
# a date that depends on the time zone of the machine.
#
# Expected: extract_thumb() gives the bytes of the embedded JPEG as they lie in the file.
# Seen: where the embedded JPEG has no EXIF, LibRaw puts one in: Software "dcraw v9.26", an empty
#   Artist and ImageDescription, camera, orientation, and a DateTime that went through the machine's
#   local time and back. A camera's clock knows no time zone, so
#   - 2024-03-31 02:30, an hour that Berlin skipped, is 03:30 on a machine in Berlin and 02:30 on
#     one in UTC;
#   - a date before 1970 (a negative photographed again, dated by its owner) becomes the start of
#     1970, at 01:00 in Berlin.
#   The bytes, and so their hash, differ between two machines for the same file.
# Versions: rawpy 0.28.0 (LibRaw 0.22.2), Pillow 13.0.0, tifffile 2026.3.3 to make the input.
#   Seen 2026-11-30.
# Matters: take the date from the raw file, never from its preview, and do not hash the preview.
set -euo pipefail
test -e /usr/share/zoneinfo/Europe/Berlin || { echo "skipped: the system has no time zone data"; exit 77; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 rawpy==0.28.0 tifffile==2026.3.3 imagecodecs==2026.3.6
cd "$work"
venv/bin/python - <<'PY'
import numpy as np
import tifffile

across, down = np.meshgrid(np.arange(600), np.arange(400))
samples = (2000 + across * 20 + down * 10).astype(np.uint16)
preview = np.repeat((samples[::2, ::2, None] >> 8).astype(np.uint8), 3, axis=2)
matrix = [9000, -3000, -1000, -4000, 12000, 2000, -1000, 2000, 6000]
for name, date in (("skipped", "2024:03:31 02:30:00"), ("summer", "2024:07:01 12:00:00"), ("old", "1962:07:20 20:17:40")):
    tags = [
        (50706, "B", 4, (1, 4, 0, 0), True),
        (50707, "B", 4, (1, 1, 0, 0), True),
        (50708, "s", 0, "Drawn Camera", True),
        (271, "s", 0, "Drawn", True),
        (272, "s", 0, "Camera", True),
        (274, "H", 1, 6, True),
        (306, "s", 0, date, True),
        (50721, "2i", 9, tuple(number for value in matrix for number in (value, 10000)), True),
        (50728, "2I", 3, (1, 2, 1, 1, 6, 10), True),
        (50778, "H", 1, 21, True),
    ]
    colours = [(33421, "H", 2, (2, 2), True), (33422, "B", 4, (0, 1, 1, 2), True)]
    with tifffile.TiffWriter(f"{name}.dng") as file:
        file.write(
            preview, photometric="ycbcr", compression="jpeg", subfiletype=1, subifds=1,
            extratags=tags, metadata=None, software=None,
        )
        file.write(samples, photometric=32803, subfiletype=0, extratags=colours, metadata=None, software=None)
PY
cat > look.py <<'PY'
import hashlib
import io
import rawpy
from PIL import Image

for name in ("skipped", "summer", "old"):
    with rawpy.imread(f"{name}.dng") as raw:
        data = bytes(raw.extract_thumb().data)
    assert data not in open(f"{name}.dng", "rb").read()
    exif = Image.open(io.BytesIO(data)).getexif()
    assert exif[305] == "dcraw v9.26" and exif[274] == 6 and exif[315] == "" and exif[270] == ""
    print(name, exif[306], hashlib.sha256(data).hexdigest()[:12])
PY
TZ=UTC venv/bin/python look.py | tee utc.txt
TZ=Europe/Berlin venv/bin/python look.py | tee berlin.txt
grep -q "^skipped 2024:03:31 02:30:00 " utc.txt
grep -q "^skipped 2024:03:31 03:30:00 " berlin.txt
grep -q "^old 1970:01:01 00:00:00 " utc.txt
grep -q "^old 1970:01:01 01:00:00 " berlin.txt
test "$(grep ^summer utc.txt)" = "$(grep ^summer berlin.txt)"
test "$(grep ^skipped utc.txt)" != "$(grep ^skipped berlin.txt)"
