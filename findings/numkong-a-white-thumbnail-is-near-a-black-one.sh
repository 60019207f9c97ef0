#!/usr/bin/env bash
# numkong's distance between the pixels of two thumbnails starts again from zero at 4,294,967,296.
#
# Expected: distances of uint8 arrays come as Python numbers, computed in numbers wide enough for the length
#   that is passed, as NumPy's are when asked for; or a limit of the length is checked.
# Seen: sums of squares and products of 8-bit numbers are kept in 32 bits. Two RGB thumbnails of 256x256
#   are 196,608 numbers, so sqeuclidean, euclidean and cdist are right up to a mean difference of 147, and
#   begin at zero beyond:
#   - from black, a light photo (210) is at 80,478,208 and a nearly black one (30) at 176,947,200: the
#     light one is "nearer". The truth is 8,670,412,800;
#   - int8: the product of a vector of 127s with itself is negative, and angular, which divides by it, is
#     not a number.
#   float16 and float32 are right at any length. Model vectors of a thousand numbers never come near it.
# Versions: numkong 7.8.6, numpy 2.4.6, Pillow 13.0.0 (kernels may differ between processors).
#   Seen 2026-11-30.
# Matters: comparing thumbnails pixel by pixel is the last check before "the same picture".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 numkong==7.8.6 pillow==13.0.0
cd "$work"
venv/bin/python - <<'PY'
import math

import numkong
import numpy as np
from PIL import Image


def thumbnail(level, edge=256):
    return np.asarray(Image.new("RGB", (edge, edge), (level, level, level))).ravel().copy()


black = thumbnail(0)
seen = {}
for level in (30, 128, 147, 148, 210):
    other = thumbnail(level)
    true = int(((other.astype(np.int64) - black) ** 2).sum())
    squared = int(numkong.sqeuclidean(black, other))
    plain = float(numkong.euclidean(black, other))
    rows = float(np.asarray(numkong.cdist(black[None], other[None], "sqeuclidean"))[0, 0])
    floats = float(numkong.sqeuclidean(black.astype(np.float32), other.astype(np.float32)))
    seen[level] = squared
    print(f"black to {level:3}: {squared:13,}, in float32 {floats:16,.0f}, truth {true:13,}")
    assert squared == rows == true % 2**32 and math.isclose(plain, math.sqrt(squared), rel_tol=1e-5)
    assert math.isclose(floats, true, rel_tol=1e-5)
    assert (squared == true) == (level <= 147)
assert seen[210] < seen[30]

ones = np.full(256 * 256 * 3, 127, np.int8)
product, angle = float(numkong.dot(ones, ones)), float(numkong.angular(ones, ones))
print(f"int8: dot {product:,.0f} (truth {127**2 * ones.size:,}), angular {angle}")
assert product < 0 and math.isnan(angle)
PY
