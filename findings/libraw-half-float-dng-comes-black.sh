#!/usr/bin/env bash
# A DNG of 16-bit floats that does not name its white level is developed to pure black, silently.
#
# Expected: DNG allows floating point samples of 16, 24 and 32 bits, and a missing WhiteLevel means
#   1.0 for them. LibRaw reads 32-bit ones, so 16-bit ones work as well, or are refused.
# Seen: the same drawn picture, in samples from 0 to 1:
#   - 32-bit floats: right, with and without WhiteLevel;
#   - 16-bit floats with WhiteLevel 1: right;
#   - 16-bit floats without WhiteLevel: every sample is 0, the picture is black, nothing is raised.
#   The default seems to be that of 16-bit integers, 65535, of which all samples are next to nothing.
# Versions: rawpy 0.28.0 (LibRaw 0.22.2), tifffile 2026.3.3 to make the input. Seen 2026-11-30.
# Matters: half floats are what merged HDR photos are stored in; a black thumbnail looks like a
#   lens cap, and every such photo is a near-duplicate of every other.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 rawpy==0.28.0 tifffile==2026.3.3
cd "$work"
venv/bin/python - <<'PY'
import numpy as np
import rawpy
import tifffile

across, down = np.meshgrid(np.arange(600), np.arange(400))
samples = (2000 + across * 20 + down * 10) / 65535
matrix = [9000, -3000, -1000, -4000, 12000, 2000, -1000, 2000, 6000]
tags = [
    (50706, "B", 4, (1, 4, 0, 0), True),
    (50707, "B", 4, (1, 4, 0, 0), True),
    (50708, "s", 0, "Drawn Camera", True),
    (271, "s", 0, "Drawn", True),
    (272, "s", 0, "Camera", True),
    (274, "H", 1, 1, True),
    (33421, "H", 2, (2, 2), True),
    (33422, "B", 4, (0, 1, 1, 2), True),
    (50721, "2i", 9, tuple(number for value in matrix for number in (value, 10000)), True),
    (50728, "2I", 3, (1, 2, 1, 1, 6, 10), True),
    (50778, "H", 1, 21, True),
]
white = [(50717, "I", 1, 1, True)]
seen = {}
for bits in (32, 16):
    for named in (True, False):
        tifffile.imwrite(
            "float.dng",
            samples.astype(f"float{bits}"),
            photometric=32803,
            extratags=tags + white * named,
            metadata=None,
        )
        with rawpy.imread("float.dng") as raw:
            top = int(raw.raw_image.max())
            mean = float(raw.postprocess().mean())
        seen[bits, named] = (top, mean)
        print(f"{bits} bits, WhiteLevel {'1' if named else 'missing'}: largest sample {top}, mean {mean:.1f}")
assert seen[32, True] == seen[32, False]
assert abs(seen[16, True][0] - seen[32, True][0]) < 10 and abs(seen[16, True][1] - seen[32, True][1]) < 1
assert seen[16, True][0] > 4000 and seen[16, True][1] > 100
assert seen[16, False] == (0, 0.0)
PY
