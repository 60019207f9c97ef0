#!/usr/bin/env bash
# numkong's Hamming distance of two packed photo hashes counts differing bytes, not bits.
#
# Expected: hamming(a, b) of two uint8 arrays of 8 bytes is the number of differing bits, 0 to 64: the
#   documentation speaks of binary vectors, usearch's Hamming index over the same bytes counts bits,
#   and so does ImageHash.
# Seen: two perceptual hashes that differ in 5 bits of 2 bytes are 2 apart. With dtype="uint1" the
#   answer is 5, and so it is for unpacked booleans. jaccard() refuses the same uint8 arrays.
#   The largest answer is 8, so under a threshold of 10 bits EVERY pair of photos is a duplicate.
# Versions: numkong 7.8.6, usearch 2.26.6, imagehash 4.3.2. Seen 2026-11-30.
# Matters: perceptual hashes are stored as 8 bytes; the wrong answer is always small and looks right
#   for the duplicates one tries it with.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 scipy==1.17.1 pillow==13.0.0 numkong==7.8.6 usearch==2.26.6 imagehash==4.3.2
cd "$work"
venv/bin/python - <<'PY'
import imagehash
import numkong
import numpy as np
from usearch.index import Index, MetricKind

one = imagehash.hex_to_hash("ff00f00100000000")
other = imagehash.hex_to_hash("0f00f00000000000")
unlike = imagehash.hex_to_hash("00ff0ffeffffffff")


def packed(value):
    return np.packbits(value.hash.ravel())


index = Index(ndim=64, metric=MetricKind.Hamming, dtype="b1")
index.add(1, packed(other))
answers = {
    "ImageHash": int(one - other),
    "usearch b1": int(index.search(packed(one), 1).distances[0]),
    "numkong uint8": int(numkong.hamming(packed(one), packed(other))),
    "numkong dtype uint1": int(numkong.hamming(packed(one), packed(other), "uint1")),
    "numkong booleans": int(numkong.hamming(one.hash.ravel(), other.hash.ravel())),
    "opposite hashes, numkong uint8": int(numkong.hamming(packed(one), packed(unlike))),
}
for name, answer in answers.items():
    print(f"{name}: {answer}")
assert one - unlike == 64
assert list(answers.values()) == [5, 5, 2, 5, 5, 8]
try:
    numkong.jaccard(packed(one), packed(other))
    raise SystemExit("jaccard takes uint8 now")
except LookupError as error:
    print("jaccard:", error)
PY
