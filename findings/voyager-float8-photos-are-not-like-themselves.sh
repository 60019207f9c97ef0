#!/usr/bin/env bash
# In Voyager's 8-bit cosine index no vector is at distance 0 from itself, and longer vectors are worse.
#
# Expected: 8 bits a number cost about one per cent of a distance; the query is stored the same way, so
#   an equal vector is at 0. More dimensions average the rounding out.
# Seen: Float8 cuts numbers towards zero instead of rounding, so every stored vector is too short, and
#   the distance is 1 minus a product of two vectors of length below 1. Mean distance of a vector to
#   itself:
#       dimensions    Float8    E4M3
#               64     0.049   0.000
#              256     0.095   0.000
#              512     0.132  -0.004
#             1152     0.191  -0.014
#   The order of the answers is right. E4M3, the other 8-bit form, has a hundredth of the error, of
#   both signs: distances below 0.
# Versions: voyager 2.2.3, numpy 2.4.6. Seen 2026-11-30.
# Matters: "the same picture" is a cosine distance below 0.05 or so. With picture models of 512
#   dimensions and Float8 a photo is not even a near duplicate of itself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 voyager==2.2.3
cd "$work"
venv/bin/python - <<'PY'
import numpy as np
from voyager import Index, Space, StorageDataType

rng = np.random.default_rng(1)
seen = {}
for dimensions in (64, 256, 512, 1152):
    vectors = rng.standard_normal((300, dimensions)).astype(np.float32)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    for kind in (StorageDataType.Float32, StorageDataType.Float8, StorageDataType.E4M3):
        index = Index(Space.Cosine, num_dimensions=dimensions, storage_data_type=kind)
        index.add_items(vectors)
        stored = np.array(index.get_vectors(range(300)))
        itself = np.array([index.get_distance(vector, vector) for vector in vectors])
        found = index.query(vectors, k=1)[1][:, 0]
        seen[dimensions, kind.name] = float(found.mean())
        print(
            f"{dimensions:5} {kind.name:8} itself at {found.mean():6.3f} ({found.min():6.3f} to {found.max():6.3f}),"
            f" by get_distance {itself.mean():6.3f}, length as stored {np.linalg.norm(stored, axis=1).mean():.3f}"
        )
        if kind == StorageDataType.Float8:
            steps = stored * 127
            cut = np.mean(np.round(steps) == np.trunc(unit * 127))
            rounded = np.mean(np.round(steps) == np.round(unit * 127))
            assert cut > 0.999 and rounded < 0.6
            assert found.min() > 0.03
    assert abs(seen[dimensions, "Float32"]) < 1e-5 and abs(seen[dimensions, "E4M3"]) < 0.03
float8 = [seen[dimensions, "Float8"] for dimensions in (64, 256, 512, 1152)]
assert np.allclose(float8, [0.049, 0.095, 0.132, 0.191], atol=0.005)
PY
