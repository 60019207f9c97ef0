#!/usr/bin/env bash
# A usearch index of 8-bit integers makes every vector equally long, for inner products and Euclidean
# distances, too.
#
# Expected: dtype="i8" stores the same numbers more coarsely. Cosines do not depend on length; l2sq and
#   ip do, so a scale is kept, or numbers beyond the range are cut or refused.
# Seen: floats are brought to length 1 before they become integers, whatever the metric is:
#   - l2sq: (1, 0, 0, 0) and (10, 0, 0, 0) are 0 apart, 81 in every other type, 8-bit floats included;
#     unlike vectors are 32,258 apart, whatever their length (twice the square of 127);
#   - ip: all vectors of one direction tie at -16,128. Of vectors of many lengths a third has another
#     first answer than in float32; float16 has the same for all;
#   - u8 does the same with 255. Arrays that are int8 already are taken as they are.
#   Nothing is said, and with vectors of length 1 only the unit of the distances is another.
# Versions: usearch 2.26.6, numkong 7.8.6, numpy 2.4.6. Seen 2026-11-30.
# Matters: colour histograms, sharpness and places are compared by l2sq, unscaled model outputs by ip;
#   halving the index once more turns them into directions.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 usearch==2.26.6 numkong==7.8.6
cd "$work"
venv/bin/python - <<'PY'
import numpy as np
from usearch.index import Index, search


def distance(metric, kind, one, other):
    index = Index(ndim=len(one), metric=metric, dtype=kind)
    index.add(1, np.array(other, np.float32))
    return float(index.search(np.array(one, np.float32), 1).distances[0])


short, long, aside = (1, 0, 0, 0), (10, 0, 0, 0), (0, 5, 0, 0)
seen = {}
for metric in ("l2sq", "ip"):
    for kind in ("f32", "f16", "e5m2", "e4m3", "i8", "u8"):
        seen[metric, kind] = tuple(distance(metric, kind, short, other) for other in (short, long, aside))
        print(f"{metric:5} {kind:5} (1,0,0,0) to itself, (10,0,0,0), (0,5,0,0):", *seen[metric, kind])
for kind in ("f32", "f16", "e5m2", "e4m3"):
    assert np.allclose(seen["l2sq", kind], (0, 81, 26)) and np.allclose(seen["ip", kind], (0, -9, 1))
assert seen["l2sq", "i8"] == (0, 0, 32_258) and seen["l2sq", "u8"] == (0, 0, 130_050)
assert seen["ip", "i8"] == (-16_128, -16_128, 1)

rng = np.random.default_rng(0)
vectors = rng.standard_normal((500, 32)) * np.random.default_rng(1).uniform(1, 20, (500, 1))
vectors = vectors.astype(np.float32)
right = search(vectors, vectors[:50], 1, "ip", exact=True).keys[:, 0]
for kind in ("f16", "i8"):
    index = Index(ndim=32, metric="ip", dtype=kind)
    index.add(np.arange(500), vectors, threads=1)
    same = float((index.search(vectors[:50], 1, threads=1).keys[:, 0] == right).mean())
    print(f"ip {kind}: the same first answer as in float32: {same:.0%}")
    assert same == 1 if kind == "f16" else same < 0.9

index = Index(ndim=4, metric="l2sq", dtype="i8")
index.add(1, np.array(long, np.int8))
as_they_are = float(index.search(np.array(short, np.int8), 1).distances[0])
print("l2sq of int8 arrays:", as_they_are)
assert as_they_are == 81
PY
