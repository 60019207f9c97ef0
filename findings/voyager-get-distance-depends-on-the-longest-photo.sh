#!/usr/bin/env bash
# Voyager's get_distance(a, b) gives another number after a third, longer vector was added.
#
# Expected: a distance depends on the two vectors. For the space InnerProduct it is 1 - a.b, which is what
#   query() answers.
# Seen: an index for inner products stores each vector with one more number that fills it up to the
#   length of the longest. query() leaves that number of the query at zero. get_distance() fills up both:
#   - in an empty index, or one of short vectors, it agrees with query();
#   - after a vector of length 30 the same two short vectors, 1 - a.b = -1, are at -842;
#   - and two that have nothing in common seem closer than two equal ones.
#   query() stays right. For cosine and Euclidean there is no such number; but Euclidean, described as
#   the square root of the sum of squares, is the sum itself: (0, 0) and (3, 4) are 25 apart.
# Versions: voyager 2.2.3, numpy 2.4.6. Seen 2026-11-30.
# Matters: vectors that were not brought to length 1 are what inner products are for; get_distance is
#   the call with which one checks two photos, or sets a threshold, beside the index.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy==2.4.6 voyager==2.2.3
cd "$work"
venv/bin/python - <<'PY'
import numpy as np
from voyager import Index, Space

index = Index(Space.InnerProduct, num_dimensions=4)
question = np.array([1, 0, 0, 0], np.float32)
short = np.array([2, 0, 0, 0], np.float32)
other = np.array([0, 1, 0, 0], np.float32)
equal = np.array([6, 0, 0, 0], np.float32)
index.add_item(short)
before = index.get_distance(question, short)
index.add_item(np.array([0, 0, 30, 0], np.float32))
after = index.get_distance(question, short)
ids, distances = index.query(question, k=1)
print("get_distance before and after a long vector came:", before, after)
print("query for the same vector:", distances[0])
apart, alike = index.get_distance(other, question), index.get_distance(equal, equal)
print("nothing in common:", apart, "(1 - a.b = 1); equal:", alike, "(1 - a.b = -35)")
plane = Index(Space.Euclidean, num_dimensions=2)
plane.add_item(np.array([3, 4], np.float32))
print("Euclidean, (0, 0) to (3, 4):", plane.query(np.zeros(2, np.float32), k=1)[1][0])
assert plane.query(np.zeros(2, np.float32), k=1)[1][0] == 25
assert before == -1 and ids[0] == 0 and distances[0] == -1
assert -900 < after < -800
PY
