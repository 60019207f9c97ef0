#!/usr/bin/env bash
# All 16-bit greyscale scans have the same perceptual hash.
#
# Expected: ImageHash scales a picture down and makes it grey; a scan of 16 bits a pixel gets about
#   the hash of the same scan of 8 bits.
# Seen: the conversion to 8 bits (Pillow's I;16 to L) cuts at 255 instead of scaling, so every pixel
#   lighter than 1/257 of white is white. Two unlike scans both hash to 0000000000000000 by
#   average_hash, dhash and whash, and to 8000000000000000 by phash, which is also the hash of a
#   blank page: distance 0. Their 8-bit copies are about 30 bits apart. Nothing is raised.
# Versions: imagehash 4.3.2, Pillow 13.0.0. Seen 2026-11-30.
# Matters: a folder of scanned negatives or depth maps becomes one big group of "exact duplicates",
#   of which all but one may be offered for removal.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 scipy==1.17.1 pywavelets==1.9.0 pillow==13.0.0 imagehash==4.3.2
cd "$work"
venv/bin/python - <<'PY'
import imagehash
import numpy as np
from PIL import Image

random = np.random.default_rng(0)
for name in ("one", "other"):
    scan = np.kron(random.integers(2000, 60000, (8, 8)), np.ones((20, 20))).astype(np.uint16)
    Image.fromarray(scan).save(f"{name}.png")
    Image.fromarray((scan >> 8).astype(np.uint8)).save(f"{name}-8.png")
with Image.open("one.png") as image:
    assert image.mode == "I;16"
for name, blank in (("average_hash", "0" * 16), ("dhash", "0" * 16), ("whash", "0" * 16), ("phash", "8" + "0" * 15)):
    make = getattr(imagehash, name)
    hashes = {file: make(Image.open(f"{file}.png")) for file in ("one", "other", "one-8", "other-8")}
    apart = hashes["one-8"] - hashes["other-8"]
    print(f"{name}: 16 bits {hashes['one']} {hashes['other']}; their 8-bit copies are {apart} bits apart")
    assert str(hashes["one"]) == str(hashes["other"]) == blank
    assert apart > 20
PY
