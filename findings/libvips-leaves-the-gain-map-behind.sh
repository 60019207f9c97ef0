#!/usr/bin/env bash
# libvips turns, crops and flips an Ultra HDR photo and leaves its gain map as it was.
#
# Expected: libvips 8.18 reads and writes Ultra HDR photos; thumbnail() scales, turns and crops the
#   gain map with the picture. So the other operations take it along too, or drop it.
# Seen: autorot, rot90, crop, embed and fliphor keep the untouched map of the whole original, and
#   jpegsave writes it into the result. The file is a valid Ultra HDR photo of which the base picture
#   is right: on a screen without HDR nothing shows. With HDR the brightness of other places lies
#   over it: after autorot of a portrait a landscape map is stretched over an upright picture, after
#   crop the map of the whole photo is squeezed into the part.
# Versions: pyvips-binary 8.18.7 (with libultrahdr), pyvips 3.2.0, pyultrahdr 0.1.0 to make the input.
#   Seen 2026-11-30.
# Matters: Ultra HDR is what Android cameras save; the damage is seen on phones only, and late.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  numpy==2.4.6 pillow==13.0.0 pyultrahdr==0.1.0 pyvips==3.2.0 pyvips-binary==8.18.7
cd "$work"
venv/bin/python - <<'PY'
from PIL import Image, ImageDraw

picture = Image.new("RGB", (640, 480), "gray")
ImageDraw.Draw(picture).rectangle((0, 0, 100, 480), fill="white")
picture.save("photo.jpg", quality=95)
PY
venv/bin/pyultrahdr photo.jpg >/dev/null
venv/bin/python - <<'PY'
import pyvips
from PIL import Image

photo = pyvips.Image.new_from_file("photo_ultrahdr.jpg")
assert photo.get("vips-loader") == "uhdrload"
photo = photo.copy()
photo.set_type(pyvips.GValue.gint_type, "orientation", 6)
results = {
    "thumbnail": pyvips.Image.thumbnail("photo_ultrahdr.jpg", 160),
    "thumbnail, cropped": pyvips.Image.thumbnail("photo_ultrahdr.jpg", 100, height=100, crop="centre"),
    "autorot": photo.autorot(),
    "rot90": photo.rot90(),
    "crop": photo.crop(0, 0, 240, 240),
    "fliphor": photo.fliphor(),
}
seen = {}
for name, result in results.items():
    result.write_to_file("result.jpg")
    with Image.open("result.jpg") as image:
        base = image.size
        assert image.n_frames == 2
        image.seek(1)
        grey = image.convert("L")
        white = "left" if grey.getpixel((5, 50)) > grey.getpixel((grey.width - 5, 50)) else "right"
        seen[name] = (base, grey.size, white)
    print(f"{name:18} picture {base}, gain map {grey.size}, its bright side: {white}")
assert seen["thumbnail"][:2] == ((160, 120), (160, 120))
assert seen["thumbnail, cropped"][:2] == ((100, 100), (100, 100))
assert seen["autorot"][:2] == seen["rot90"][:2] == ((480, 640), (640, 480))
assert seen["crop"][:2] == ((240, 240), (640, 480))
assert seen["fliphor"] == ((640, 480), (640, 480), "left")
PY
