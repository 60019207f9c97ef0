#!/usr/bin/env bash
# sqlite-utils: insert(ignore=True) fails on a table WITHOUT ROWID where the row is there already.
#
# Expected: INSERT OR IGNORE: a row that is there already is passed over.
# Seen: with one row, the statement itself succeeds, and then sqlite-utils looks for the rowid of the row that stood
#   in the way: "no such column: rowid". With two rows, or a row that is new, nothing is looked for and all is well,
#   so tests with several rows pass and the first library with one conflict fails. Outside a transaction, too, a list
#   of rows is not one write: each batch of 100 is committed by itself.
# Versions: sqlite-utils 4.2.1. Seen 2026-11-30.
# Matters: tag tables (photo, tag) are the natural table WITHOUT ROWID, and importing keywords the natural "or ignore".
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check sqlite-utils==4.2.1
"$work/venv/bin/python" - <<'PY'
import sqlite3

from sqlite_utils import Database

db = Database(memory=True)
db.execute("CREATE TABLE photo_tags (photo INT, tag INT, PRIMARY KEY (photo, tag)) WITHOUT ROWID")
tags = db.table("photo_tags")
rows = [{"photo": 1, "tag": 1}, {"photo": 1, "tag": 2}]
tags.insert_all(rows)
tags.insert_all(rows, ignore=True)
print("two rows that are there: passed over")
try:
    tags.insert_all(rows[:1], ignore=True)
except sqlite3.OperationalError as error:
    print("one row that is there:", error)
    assert "rowid" in str(error)
else:
    raise SystemExit("one row that is there is passed over by now")


def broken():
    yield from ({"number": number} for number in range(250))
    raise ValueError


numbers = db.table("numbers").create({"number": int})
try:
    numbers.insert_all(broken())
except ValueError:
    print("a list that breaks off after 250 rows leaves", numbers.count)
assert numbers.count == 200
PY
