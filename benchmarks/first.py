"""How soon a new library is of use: names, dates and previews of all photos, and the first that can be searched.

The command is run as a person runs it, nothing loaded before; what it has committed is looked at from outside.
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.against import Figures, finish
from benchmarks.pictures import phone_photos

BASELINE = Path(__file__).parent / "baseline" / "first.json"
SEARCHABLE = 200
_LONGEST_S = 400.0
_LOOK_EVERY_S = 0.2
_TOLERANCE = 0.15


@dataclass(frozen=True, slots=True)
class FirstFigures:
    """Seconds from the start of the command.

    Attributes:
        named_s: until every photo is in the library with its date.
        previews: photos that have a picture by then; HEIC files get theirs when they are looked at or read.
        searchable_s: until `SEARCHABLE` photos have vectors.
        years: different years among them.
        folders: different folders among them.
        heic: photos of them that are HEIC.
    """

    photos: int
    named_s: float
    previews: int
    searchable_s: float
    years: int
    folders: int
    heic: int


def measure(data: Path, work: Path, count: int) -> FirstFigures:
    """Indexes new phone photos until the first of them can be searched."""
    phone_photos(data / "library", work / "phone", count)
    with tempfile.TemporaryDirectory() as home:
        library = Path(home) / "library.db"
        command = [sys.executable, "-m", "photosort", "index", str(work / "phone" / "photos")]
        command += ["--library", str(library), "--home", home, "--quiet"]
        started = time.monotonic()
        running = subprocess.Popen(command, env=os.environ | {"PYTHONUNBUFFERED": "1"})
        try:
            named_s, previews = None, 0
            while time.monotonic() - started < _LONGEST_S and running.poll() is None:
                time.sleep(_LOOK_EVERY_S)
                named, vectors = _counts(library)
                if named_s is None and named >= count:
                    named_s = time.monotonic() - started
                    previews = _previews(Path(home))
                if named_s is not None and vectors >= SEARCHABLE:
                    break
            searchable_s = time.monotonic() - started
            years, folders, heic = _spread(library)
        finally:
            running.send_signal(signal.SIGINT)
            running.wait()
    return FirstFigures(
        photos=count,
        named_s=round(named_s or float("inf"), 1),
        previews=previews,
        searchable_s=round(searchable_s, 1),
        years=years,
        folders=folders,
        heic=heic,
    )


def _counts(library: Path) -> tuple[int, int]:
    """Photos with a date of the camera, and photos with vectors, as another process sees them."""
    try:
        with closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as opened:
            (named,) = opened.execute(
                "SELECT count(*) FROM photos WHERE taken_source = 'exif'"
            ).fetchone()
            (vectors,) = opened.execute("SELECT count(DISTINCT content_id) FROM vectors").fetchone()
    except sqlite3.OperationalError:  # not made yet
        return 0, 0
    return named, vectors


def _previews(home: Path) -> int:
    for path in home.rglob("*.db"):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as opened:
            if opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'pictures'").fetchone():
                (count,) = opened.execute("SELECT count(DISTINCT key) FROM thumbnails").fetchone()
                return int(count)
    return 0


def _spread(library: Path) -> tuple[int, int, int]:
    """Years, folders and HEIC files among the photos with vectors."""
    with closing(sqlite3.connect(f"file:{library}?mode=ro", uri=True)) as opened:
        rows = opened.execute(
            "SELECT DISTINCT photos.taken_at, files.folder_id, CAST(files.name AS TEXT)"
            " FROM vectors JOIN files USING (content_id) JOIN photos ON photos.id = files.photo_id"
        ).fetchall()
    return (
        len({taken_at[:4] for taken_at, _, _ in rows}),
        len({folder for _, folder, _ in rows}),
        sum(name.lower().endswith(".heic") for _, _, name in rows),
    )


def run(data: Path, *, work: Path, count: int, save_baseline: bool) -> int:
    """Measures, prints beside the baseline, and returns the exit status."""
    figures = asdict(measure(data, work, count))

    def slower(before: Figures) -> list[str]:
        return [
            name
            for name in ("named_s", "searchable_s")
            if figures[name] > before[name] * (1 + _TOLERANCE)
        ]

    return finish(figures, BASELINE, save=save_baseline, worse=slower)
