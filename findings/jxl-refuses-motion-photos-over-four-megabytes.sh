#!/usr/bin/env bash
# A motion photo whose clip is longer than 4,260,096 bytes cannot become a JXL without loss.
#
# Expected: "every JPEG can be repacked as JXL without loss": what stands behind the picture (the
#   clip of a motion photo, the gain map of an Ultra HDR photo) is kept or left out.
# Seen: it is kept, to the byte, up to a tail of 65,793 + 2^22 - 1 = 4,260,096 bytes, because the
#   length of the tail is stored in at most 22 bits plus an offset. One byte more and the encoder
#   gives up on the photo: the plugin raises, although the picture itself is an ordinary JPEG.
#   Clips of real phones weigh 2 to 8 MB, so it works for some photos of a folder and not for others.
# Versions: pillow-jxl-plugin 1.3.8, Pillow 13.0.0. Seen 2026-11-30; cjxl 0.7.0 has the same limit.
# Matters: a conversion of an archive stops at some motion photos; lossless_jpeg=False loses the clip.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pillow==13.0.0 pillow-jxl-plugin==1.3.8
cd "$work"
venv/bin/python -W ignore - <<'PY'
import os
import random

import pillow_jxl
from PIL import Image, ImageDraw

picture = Image.new("RGB", (640, 480), "navy")
ImageDraw.Draw(picture).ellipse((100, 100, 300, 300), fill="gold")
picture.save("still.jpg", quality=90)
still = open("still.jpg", "rb").read()
limit = 65_793 + 2**22 - 1


def clip(length):
    """An MP4 of a type box and a box of media data."""
    kind = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
    rest = length - len(kind)
    return kind + rest.to_bytes(4, "big") + b"mdat" + random.Random(0).randbytes(rest - 8)


seen = {}
for length in (10_000, limit, limit + 1, 6_000_000):
    with open("motion.jpg", "wb") as file:
        file.write(still + clip(length))
    try:
        with Image.open("motion.jpg") as photo:
            photo.save("motion.jxl")
        seen[length] = os.path.getsize("motion.jxl")
    except RuntimeError as error:
        seen[length] = str(error)
    print(f"clip of {length:,} bytes: {seen[length]}")
assert seen[10_000] > 10_000 and seen[limit] > limit
assert "could not be represented" in seen[limit + 1]
assert "could not be represented" in seen[6_000_000]
PY
