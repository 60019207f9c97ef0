#!/usr/bin/env bash
# In float32 numkong's precise distance is off by a factor of ten for neighbours, and its simple one
# is not.
#
# Expected: vincenty (an ellipsoid, iterated) is the more exact of the two measures. In float32 a
#   coordinate is good to a metre or so, and both suffer from that alike.
# Seen: for two points on one meridian at 48 degrees north
#        true    haversine    vincenty (float32)
#         1 m       0.8 m       10.1 m
#        10 m       9.8 m        1.3 m
#       100 m        99 m         89 m
#      1000 m       994 m        988 m
#   On the equator it is right; the error comes and goes with the latitude and says nothing of the
#   coordinates, which haversine still tells apart. In float64 both are right.
# Versions: numkong 7.8.6 (the kernels may differ between processors; the bounds below are wide).
#   Seen 2026-11-30.
# Matters: photos of one garden or one burst are told apart, or not, by such distances; float32 is
#   what coordinates are stored in beside vectors.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 numkong==7.8.6
cd "$work"
venv/bin/python - <<'PY'
import math

import numkong
import numpy as np

RADIUS = 6_371_008.8


def measured(measure, kind, latitude, metres):
    start = math.radians(latitude)
    points = (start, 0.1, start + metres / RADIUS, 0.1)
    return float(np.asarray(measure(*(np.array([value], kind) for value in points)))[0])


worst = {}
for name, measure in (("haversine", numkong.haversine), ("vincenty", numkong.vincenty)):
    for kind in (np.float32, np.float64):
        for metres in (1, 10, 100, 1000):
            # The coordinates as stored, so that rounding them is no part of the error.
            start, end = (kind(math.radians(48) + step / RADIUS) for step in (0, metres))
            stored = (float(end) - float(start)) * RADIUS
            answer = measured(measure, kind, 48, metres)
            print(f"{name:9} {kind.__name__} {metres:5} m, stored {stored:7.2f} m, answered {answer:7.2f} m")
            key = (name, kind.__name__)
            worst[key] = max(worst.get(key, 0), abs(answer / stored - 1))
for key, error in worst.items():
    print(*key, f"worst error {error:.0%}")
assert worst["haversine", "float32"] < 0.05
assert worst["haversine", "float64"] < 0.02 and worst["vincenty", "float64"] < 0.02
assert worst["vincenty", "float32"] > 0.5
PY
