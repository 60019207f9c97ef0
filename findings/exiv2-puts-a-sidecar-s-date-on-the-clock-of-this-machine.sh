#!/usr/bin/env bash
# Exiv2's EXIF view of a sidecar has the date of the reader's time zone, its IPTC view that of the photo.
#
# Expected: Exiv2 offers the XMP of a sidecar as EXIF and IPTC, too. A date with an offset keeps its clock
#   there, since EXIF's dates are clocks, and the offset goes into OffsetTimeOriginal.
# Seen: a photo taken at 23:20:30 on July 1 in Rome (+02:00), read through image.exifData() of its sidecar:
#   - on a machine in Tokyo:    2021:07:02 06:20:30
#   - on a machine in UTC:      2021:07:01 21:20:30
#   - on a machine in New York: 2021:07:01 17:20:30
#   The offset is gone, so nothing tells that the clock was changed; image.iptcData() of the same reading
#   says July 1 everywhere, so in Tokyo one reading names two days. A date without offset stays as it is.
#   pyexiv2's convert_xmp_to_exif() does the same. A rejected photo (xmp:Rating -1) has Rating 65535.
#   The XMP itself is untouched, unless somebody writes the EXIF view into a photo.
# Versions: exiv2 0.19.2 (libexiv2 0.28.9), pyexiv2 2.16.0. Seen 2026-11-30.
# Matters: sidecars into photos ("embed metadata") moves evenings abroad to another day, and only for
#   photos whose program wrote the offset, as Lightroom and phones do.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check exiv2==0.19.2 pyexiv2==2.16.0
cd "$work"
cat > photo.xmp <<'XMP'
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
 <rdf:Description rdf:about="" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"
  xmlns:xmp="http://ns.adobe.com/xap/1.0/" photoshop:DateCreated="2021-07-01T23:20:30+02:00"
  xmp:CreateDate="2021-07-01T23:20:30" xmp:Rating="-1"/>
</rdf:RDF></x:xmpmeta>
XMP
cat > look.py <<'PY'
import exiv2

image = exiv2.ImageFactory.open("photo.xmp")
image.readMetadata()
exif = {datum.key(): datum.toString() for datum in image.exifData()}
iptc = {datum.key(): datum.toString() for datum in image.iptcData()}
assert not any("Offset" in key for key in exif)
assert exif["Exif.Photo.DateTimeDigitized"] == "2021:07:01 23:20:30"
assert image.xmpData()["Xmp.photoshop.DateCreated"].toString() == "2021-07-01T23:20:30+02:00"
print(exif["Exif.Photo.DateTimeOriginal"], iptc["Iptc.Application2.DateCreated"], exif["Exif.Image.Rating"])
PY
cat > convert.py <<'PY'
import pyexiv2

exif = pyexiv2.convert_xmp_to_exif({"Xmp.photoshop.DateCreated": "2021-07-01T23:20:30+02:00"})
assert set(exif) == {"Exif.Photo.DateTimeOriginal"}
print(exif["Exif.Photo.DateTimeOriginal"])
PY
status=0
expect() {
  seen=$(TZ=$1 venv/bin/python look.py)
  converted=$(TZ=$1 venv/bin/python convert.py)
  echo "TZ=$1: EXIF date, IPTC day, rating: $seen; converted: $converted"
  [ "$seen" = "$2 2021-07-01 65535" ] && [ "$converted" = "$2" ] || { echo "  expected $2"; status=1; }
}
expect JST-9 "2021:07:02 06:20:30"
expect UTC0 "2021:07:01 21:20:30"
expect EST5EDT,M3.2.0,M11.1.0 "2021:07:01 17:20:30"
exit "$status"
