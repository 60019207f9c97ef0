#!/usr/bin/env bash
# usearch and its own kernel library numkong measure places in different units, and numkong's Earth
# is too small.
#
# Expected: usearch computes with numkong's kernels. "haversine" takes radians in both; numkong says
#   "distances in meters (using mean Earth radius)", which is 6,371 km.
# Seen, for Berlin to Paris (877.46 km on a sphere of 6,371.0 km):
#   - usearch: coordinates in DEGREES, distance in RADIANS of arc. In radians, as its sister wants
#     them, it answers without a word as if all places lay in the Gulf of Guinea: 22.6 km;
#   - numkong: coordinates in RADIANS, distance in METRES: 872.57 km. The radius behind it is
#     6,335,439 m: the curvature of a meridian at the equator, not the mean radius. All distances
#     are 0.56 % short; its vincenty (an ellipsoid) gives 879.70 km.
# Versions: usearch 2.26.6, numkong 7.8.6. Seen 2026-11-30.
# Matters: "photos within 20 km of a town" by these functions moves the circle.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 usearch==2.26.6 numkong==7.8.6
cd "$work"
venv/bin/python - <<'PY'
import math

import numkong
import numpy as np
from usearch.index import Index

berlin, paris = np.array([52.52, 13.405]), np.array([48.8566, 2.3522])
one, other = np.radians(berlin), np.radians(paris)
half = math.sin((one[0] - other[0]) / 2) ** 2
half += math.cos(one[0]) * math.cos(other[0]) * math.sin((one[1] - other[1]) / 2) ** 2
arc = 2 * math.asin(math.sqrt(half))


def by_usearch(a, b):
    index = Index(ndim=2, metric="haversine", dtype="f64")
    index.add(1, b)
    return float(index.search(a, 1).distances[0])


def by_numkong(measure, a, b):
    columns = [np.array([value]) for value in (*a, *b)]
    return float(np.asarray(measure(*columns))[0])


degrees, radians = by_usearch(berlin, paris), by_usearch(one, other)
metres = by_numkong(numkong.haversine, one, other)
ellipsoid = by_numkong(numkong.vincenty, one, other)
print(f"the arc: {arc:.6f} rad, {arc * 6371.0088:.2f} km")
print(f"usearch, degrees in: {degrees:.6f}; radians in: {radians:.6f} ({radians * 6371.0088:.1f} km)")
print(f"numkong, radians in: {metres / 1000:.2f} km, so a radius of {metres / arc:,.0f} m")
print(f"numkong, vincenty:   {ellipsoid / 1000:.2f} km")
assert abs(degrees - arc) < 1e-6 and abs(radians * 6371 - 22.6) < 0.1
assert abs(metres / arc - 6_335_439) < 2
assert abs(ellipsoid - 879_699) < 20
assert "radians" in numkong.haversine.__doc__ and "mean Earth radius" in numkong.haversine.__doc__
PY
