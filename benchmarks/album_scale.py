"""What albums and the map cost in a library of 100,000 photos, through the whole way: `photosort/usecases`.

The library is generated: vectors around a few hundred centres; a trip of sixty photos every three and a half days, half
of the trips with coordinates of real towns. It is made once and kept, so that only what is asked is measured.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.usecases.session.session import Session

ARRIVING = 1_000
NEEDED_S, NEEDED_GB, NEEDED_ARRIVING_S, NEEDED_FRAME_MS = 300.0, 2.0, 10.0, 16.0
_TRIP, _TRIP_EVERY_S, _SHOT_EVERY_S = 60, 302_400, 1_440
_TOWNS = (
    (38.72, -9.14),
    (48.86, 2.35),
    (52.52, 13.4),
    (40.71, -74.0),
    (-34.6, -58.38),
    (35.68, 139.7),
)
_FRAMES = 120
_BLOCK = 512
PARTS = ("group", "arrive", "map", "paint")


def report(work: Path, count: int) -> dict[str, float]:
    """Measures, prints beside what is needed, and returns the figures."""
    found = measure(work, count)
    print(
        f"{count:,} photos: {found['albums']:.0f} albums in {found['group_s']:.0f} s, {found['group_gb']:.2f} GB"
        f" at most (needs {NEEDED_S:.0f} s, {NEEDED_GB} GB), {found['group_against_products']:.1f} times the bare"
        f" products of all pairs; {ARRIVING:,} more in {found['arriving_s']:.1f} s (needs {NEEDED_ARRIVING_S:.0f})\n"
        f"the map in {found['map_s']:.0f} s, {found['map_gb']:.2f} GB; painted in {found['zoom_p95_ms']:.1f} ms at p95"
        f" while zooming, {found['pan_p95_ms']:.1f} ms while moving (needs {NEEDED_FRAME_MS:.0f})"
    )
    return found


def measure(work: Path, count: int) -> dict[str, float]:
    """All figures, each part in a process of its own, so that its memory is its own."""
    home = _prepared(work, count)
    figures: dict[str, float] = {}
    for part in PARTS:
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.album_scale", part, str(home), str(count)],
            check=True,
            stdout=subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        figures |= json.loads(ran.stdout.splitlines()[-1])
    return figures


def _prepared(work: Path, count: int) -> Path:
    """A fresh copy of the library, which is generated the first time."""
    from benchmarks.generated import fill
    from photosort.usecases.models.vector_indexes import refresh

    made, copy = work / f"albums-{count}", work / f"albums-{count}-used"
    if not (made / "ready").exists():
        shutil.rmtree(made, ignore_errors=True)
        session = _opened(made)
        try:
            fill(session, work / f"photos-{count + ARRIVING}", count)
            _travel(session)
            refresh(session)
        finally:
            session.close()
        (made / "ready").touch()
    shutil.rmtree(copy, ignore_errors=True)
    return Path(shutil.copytree(made, copy))


def _opened(home: Path) -> Session:
    from photosort.paths import LibraryPaths
    from photosort.usecases.session.session import Session

    home.mkdir(parents=True, exist_ok=True)
    return Session(LibraryPaths(library=home / "library.db", home=home), actor="command")


def _travel(session: Session) -> None:
    """Dates in trips of a day, and each second one at a town."""
    from photosort.store.db.database import Store

    def work(store: Store) -> None:
        ids = [row[0] for row in store.rows("SELECT id FROM photos ORDER BY id")]
        rng = np.random.default_rng(0)
        rows = []
        for place, photo in enumerate(ids):
            trip, inside = divmod(place, _TRIP)
            seconds = trip * _TRIP_EVERY_S + inside * _SHOT_EVERY_S + int(rng.integers(900))
            moment = np.datetime64("2008-01-01T08:00:00") + np.timedelta64(seconds, "s")
            latitude, longitude = _TOWNS[trip // 2 % len(_TOWNS)]
            where = (latitude, longitude) if trip % 2 else (None, None)
            ms = int(moment.astype("datetime64[ms]").astype(np.int64))
            rows.append((str(moment), ms, *where, photo))
        store.executemany(
            "UPDATE photos SET taken_at = ?, taken_sort = ?, latitude = ?, longitude = ? WHERE id = ?",
            rows,
        )

    session.write(work)


def _group(session: Session, count: int) -> dict[str, float]:
    from photosort.progress import Job
    from photosort.usecases.albums.automatic_albums import group

    started = time.perf_counter()
    done = group(session, Job())
    seconds = time.perf_counter() - started
    gigabytes = _gigabytes()
    return {
        "photos": count,
        "group_s": seconds,
        "group_gb": gigabytes,
        "group_against_products": seconds
        / _products_s(count, session.encoders.current.info.dims["visual"]),
        "albums": done.made,
    }


def _products_s(count: int, dim: int) -> float:
    """How long the bare products of all pairs take on this machine, from a twentieth of them."""
    rows = np.random.default_rng(0).standard_normal((count, dim), dtype=np.float32)
    out = np.empty((_BLOCK, count), np.float32)
    blocks = max(count // _BLOCK // 20, 1)
    started = time.perf_counter()
    for block in range(blocks):
        np.matmul(rows[block * _BLOCK : (block + 1) * _BLOCK], rows.T, out=out)
    return (time.perf_counter() - started) / blocks * count / _BLOCK


def _arrive(session: Session, count: int) -> dict[str, float]:
    from benchmarks.generated import fill
    from photosort.progress import Job
    from photosort.usecases.albums.automatic_albums import group

    fill(session, session.paths.home.parent / f"photos-{count + ARRIVING}", ARRIVING, first=count)
    started = time.perf_counter()
    done = group(session, Job())
    return {
        "arriving_s": time.perf_counter() - started,
        "arriving_gb": _gigabytes(),
        "suggestions": done.waiting,
    }


def _map(session: Session, count: int) -> dict[str, float]:
    from photosort.progress import Job
    from photosort.usecases.albums.library_map import load_map

    del count
    started = time.perf_counter()
    found = load_map(session, Job())
    return {
        "map_s": time.perf_counter() - started,
        "map_gb": _gigabytes(),
        "regions": len(found.regions),
    }


def _paint(session: Session, count: int) -> dict[str, float]:
    """How long the map takes to be painted while one zooms in and out and moves it about."""
    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QApplication

    from photosort.gui.base.theme import Theme
    from photosort.gui.widgets.library_map import LibraryMap
    from photosort.progress import Job
    from photosort.usecases.albums.library_map import load_map

    del count
    found = load_map(session, Job())
    app = QApplication(sys.argv[:1])
    theme = Theme(app)
    shown = LibraryMap()
    shown.resize(1280, 800)
    shown.set_map(found.ids, found.positions, found.regions)
    picture = QImage(160, 120, QImage.Format.Format_RGB32)
    picture.fill(0xFF808080)
    wanted: list[int] = []
    shown.thumbnails_wanted.connect(wanted.extend)
    shown.show()
    app.processEvents()
    took: NDArray[np.float64] = np.zeros(2 * _FRAMES)
    middle = QPointF(640, 400)
    target = QImage(shown.size(), QImage.Format.Format_ARGB32_Premultiplied)
    for frame in range(2 * _FRAMES):
        for photo in wanted:
            shown.set_picture(photo, picture)
        wanted.clear()
        started = time.perf_counter()
        if frame < _FRAMES:
            shown.zoom_at(1.05 if frame < _FRAMES / 2 else 1 / 1.05, middle)
        else:
            shown.pan(QPointF(9 if frame % 40 < 20 else -9, 5))
        shown.render(target)
        took[frame] = time.perf_counter() - started
    del theme
    return {
        "zoom_p95_ms": float(np.percentile(took[:_FRAMES], 95)) * 1e3,
        "pan_p95_ms": float(np.percentile(took[_FRAMES:], 95)) * 1e3,
        "paint_worst_ms": float(took.max()) * 1e3,
    }


def _gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def main() -> None:
    """One part, in this process; prints its figures as JSON."""
    part, home, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    session = _opened(home)
    try:
        found = {"group": _group, "arrive": _arrive, "map": _map, "paint": _paint}[part](
            session, count
        )
    finally:
        session.close()
    print(json.dumps({name: round(value, 3) for name, value in found.items()}))


if __name__ == "__main__":
    main()
