"""Killed at any moment, nothing is lost and nothing comes twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

CHILD = """
import sys
from photosort.cli.main import main
raise SystemExit(main(sys.argv[1:]))
"""


@pytest.fixture
def many(tmp_path):
    """Sixty small pictures in three folders."""
    rng = random.Random(5)
    folder = tmp_path / "many"
    for number in range(60):
        path = folder / f"{number % 3}" / f"{number:03}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        colour = tuple(rng.randrange(256) for _ in range(3))
        Image.new("RGB", (320, 240), colour).save(path)
    return folder


def vectors_in(library: Path) -> int:
    if not library.exists():
        return 0
    with sqlite3.connect(f"file:{library}?mode=ro", uri=True) as connection:
        try:
            return connection.execute("SELECT count(*) FROM vectors").fetchone()[0]
        except sqlite3.Error:
            return 0


@pytest.mark.slow
def test_kill_at_any_moment(tmp_path, many, photosort):
    home = tmp_path / "home"
    given = ["--home", home, "--library", home / "library.db", "index", many, "--json"]
    command = [sys.executable, "-c", CHILD, *map(str, given)]
    # Killed once before, once in the middle of the vectors, as seen in the library itself.
    for wanted in (0, 40):
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ
        )
        while process.poll() is None and vectors_in(home / "library.db") <= wanted:
            pass
        process.send_signal(signal.SIGKILL)
        process.communicate()
    ran = photosort("index", many, "--json")
    assert ran.status == 0, ran.err
    (summary,) = ran.rows
    assert summary["photos"] == summary["files"] == 60
    with sqlite3.connect(home / "library.db") as connection:
        per_content = connection.execute(
            "SELECT content_id, space, view, count(*) FROM vectors GROUP BY content_id, space, view"
        ).fetchall()
        views = connection.execute("SELECT DISTINCT space, view FROM vectors").fetchall()
        # Parts of pictures are packed, each to a length of its own.
        lengths = connection.execute(
            "SELECT DISTINCT space, length(data) FROM vectors WHERE view = 'whole'"
        ).fetchall()
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert all(count == 1 for *_, count in per_content)
    assert len(per_content) == 60 * len(views)
    assert len(lengths) == len({space for space, _ in lengths})
    again = photosort("index", many, "--json").rows[0]
    assert again["embedded"] == again["new"] == 0
