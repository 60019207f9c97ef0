#!/usr/bin/env bash
# rawpy develops a monochrome DNG to an array of shape (height, width, 1), which Pillow refuses.
#
# Expected: postprocess() is documented to give an RGB image, three numbers a pixel, so
#   Image.fromarray(raw.postprocess()) always works. A monochrome camera would give equal numbers.
# Seen: a LinearRaw DNG with one sample a pixel (as monochrome cameras write) gives one number a
#   pixel, in a third axis of length 1, with every option (half_size, 16 bit, other colour spaces).
#   Pillow raises "Cannot handle this data type: (1, 1, 1), |u1". The colours are described as
#   "GMCY", num_colors is 1 and raw_pattern is [[6]].
# Versions: rawpy 0.28.0 (LibRaw 0.22.2), Pillow 13.0.0, tifffile 2026.3.3 to make the input.
#   Seen 2026-11-30.
# Matters: raw files of monochrome cameras without a large preview cannot be shown; squeeze or repeat.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 rawpy==0.28.0 tifffile==2026.3.3
cd "$work"
venv/bin/python - <<'PY'
import numpy as np
import rawpy
import tifffile
from PIL import Image

across, down = np.meshgrid(np.arange(600), np.arange(400))
samples = (2000 + across * 20 + down * 10).astype(np.uint16)
matrix = [9000, -3000, -1000, -4000, 12000, 2000, -1000, 2000, 6000]
tags = [
    (50706, "B", 4, (1, 4, 0, 0), True),
    (50707, "B", 4, (1, 1, 0, 0), True),
    (50708, "s", 0, "Drawn Monochrome", True),
    (271, "s", 0, "Drawn", True),
    (272, "s", 0, "Monochrome", True),
    (274, "H", 1, 1, True),
    (50721, "2i", 9, tuple(number for value in matrix for number in (value, 10000)), True),
    (50778, "H", 1, 21, True),
]
tifffile.imwrite("mono.dng", samples, photometric="minisblack", extratags=tags, metadata=None)
with tifffile.TiffFile("mono.dng", mode="r+b") as file:
    file.pages[0].tags[262].overwrite(34892)  # LinearRaw

shapes = []
for options in ({}, {"half_size": True}, {"output_bps": 16}, {"output_color": rawpy.ColorSpace.raw}):
    with rawpy.imread("mono.dng") as raw:
        described = (raw.num_colors, raw.color_desc, raw.raw_pattern.tolist())
        pixels = raw.postprocess(**options)
    shapes.append(pixels.shape)
    print(options, pixels.shape, pixels.dtype, described)
assert set(shapes) == {(400, 600, 1)} and described == (1, b"GMCY", [[6]])
with rawpy.imread("mono.dng") as raw:
    pixels = raw.postprocess()
try:
    Image.fromarray(pixels)
    raise SystemExit("Pillow takes one channel in a third axis now")
except TypeError as error:
    print("Pillow:", error)
assert Image.fromarray(pixels[:, :, 0]).size == (600, 400)
PY
