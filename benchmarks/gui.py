"""How quick the window is at 100,000 photos: its start, the stalls of its loop, scrolling, deciding, memory.

    python -m benchmarks.gui --work DIR [--count 100000] [--save-baseline]

Each part runs offscreen in a process of its own, on one generated library. Times belong to the machine that
made the baseline; compared are ratios to `unit_ms`, a fixed piece of arithmetic measured in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from photosort.gui.main_window import MainWindow

BASELINE = Path(__file__).parent / "baseline" / "gui.json"
_TOLERANCE = 0.5
_PARTS = ("start", "scroll", "decide", "index")
# What may not grow against the baseline, counted in units.
_COMPARED = (
    "start.usable_ms",
    "scroll.frame_p95_ms",
    "decide.select_all_worst_ms",
    "decide.tag_all_worst_ms",
)


def unit_ms() -> float:
    """A fixed piece of arithmetic, best of five: how fast this machine is right now."""
    rows = np.random.default_rng(0).standard_normal(400_000)
    best = float("inf")
    for _ in range(5):
        started = time.perf_counter()
        np.sort(rows)
        best = min(best, time.perf_counter() - started)
    return best * 1e3


def prepare(work: Path, count: int) -> Path:
    """Makes the library once; later runs use it again."""
    from benchmarks.generated import fill
    from photosort.library.indexes import refresh
    from photosort.library.session import Session
    from photosort.paths import Places

    home = work / f"window-{count}"
    if not (home / "ready").exists():
        session = Session(Places(library=home / "library.db", home=home), actor="command")
        try:
            fill(session, home / "photos", count)
            refresh(session)
        finally:
            session.close()
        (home / "ready").touch()
    return home


def measure(part: str, home: Path) -> dict[str, float]:
    """One part, in this process."""
    started = time.perf_counter()
    from PySide6.QtWidgets import QApplication

    from photosort.gui.app import Opening
    from photosort.gui.main_window import MainWindow
    from photosort.gui.runner import Runner
    from photosort.gui.theme import Theme
    from photosort.paths import Places

    opening = Opening(Places(library=home / "library.db", home=home))
    app = QApplication(sys.argv[:1])
    runner = Runner()
    window = MainWindow(Theme(app), runner)
    window.resize(1280, 800)
    window.show()
    opening.hand_to(window, runner)
    loop = Loop(app)
    loop.until(lambda: window.shown is not None and window.shown.arrangement.photos() > 0)
    window.grid.viewport().repaint()
    usable_ms = (time.perf_counter() - started) * 1e3
    try:
        if part == "start":
            return {
                "usable_ms": usable_ms,
                "memory_mb": memory_mb(),
                "torch": float("torch" in sys.modules),
            }
        return {"scroll": _scroll, "decide": _decide, "index": _index}[part](window, loop, home)
    finally:
        window.close()
        opening.close()


class Loop:
    """The window's event loop, turned by hand so that each turn can be timed."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self.turns_ms: list[float] = []

    def until(self, condition: Callable[[], bool], limit_s: float = 300.0) -> None:
        """Turns until something holds; what a turn takes beyond a millisecond's rest is kept."""
        end = time.perf_counter() + limit_s
        while not condition():
            started = time.perf_counter()
            self._app.processEvents()
            self.turns_ms.append((time.perf_counter() - started) * 1e3)
            time.sleep(0.001)
            if time.perf_counter() > end:
                raise TimeoutError("the window did not get there")

    def rest(self, seconds: float) -> None:
        """Turns for a while."""
        end = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > end)

    def percentile(self, share: float) -> float:
        """Of the turns so far, in milliseconds."""
        return float(np.percentile(self.turns_ms, share))


def memory_mb() -> float:
    """Resident memory of this process."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _scroll(window: MainWindow, loop: Loop, _home: Path) -> dict[str, float]:
    loop.rest(1.0)
    bar = window.grid.verticalScrollBar()
    frames = []
    for _ in range(400):
        bar.setValue(bar.value() + 53)
        started = time.perf_counter()
        window.grid.viewport().repaint()
        frames.append((time.perf_counter() - started) * 1e3)
        loop.rest(0.004)
    return {
        "frame_p50_ms": float(np.median(frames)),
        "frame_p95_ms": float(np.percentile(frames, 95)),
    }


def _decide(window: MainWindow, loop: Loop, _home: Path) -> dict[str, float]:
    loop.rest(0.5)
    loop.turns_ms.clear()
    started = time.perf_counter()
    window.select_all()
    select_ms = (time.perf_counter() - started) * 1e3
    loop.rest(0.5)
    worst_selecting = max(select_ms, *loop.turns_ms)
    loop.turns_ms.clear()
    name = f"benchmark {time.time_ns()}"
    started = time.perf_counter()
    window.information.tags.added.emit(name)
    asked_ms = (time.perf_counter() - started) * 1e3
    loop.until(lambda: name[:20] in window.commands["undo"].text())
    done_s = time.perf_counter() - started
    worst_tagging = max(asked_ms, *loop.turns_ms)
    undone = window.commands["redo"]
    window.undo()
    loop.until(undone.isEnabled)
    return {
        "select_all_worst_ms": worst_selecting,
        "tag_all_worst_ms": worst_tagging,
        "tag_all_s": done_s,
    }


def _index(window: MainWindow, loop: Loop, home: Path) -> dict[str, float]:
    """Stalls while 600 drawn photos are read and encoded; the import of torch is reported apart."""
    from PIL import Image

    folder = home.parent / f"drawn-{time.time_ns()}"
    folder.mkdir()
    for number in range(600):
        colour = (number % 256, number // 3 % 256, 90)
        Image.new("RGB", (1600, 1200), colour).save(folder / f"{number:04}.jpg")
    loop.turns_ms.clear()
    window.add_folders([str(folder)])
    loop.until(lambda: "torch" in sys.modules and "Reading" in window.status.worker._phase.text())
    waking = max(loop.turns_ms)
    loop.turns_ms.clear()
    loop.until(lambda: not window.is_indexing)
    return {
        "waking_worst_ms": waking,
        "stall_p99_ms": loop.percentile(99),
        "stall_p999_ms": loop.percentile(99.9),
        "stall_worst_ms": max(loop.turns_ms),
        "memory_mb": memory_mb(),
    }


def run(work: Path, *, count: int, save_baseline: bool) -> int:
    """Measures every part, prints it and compares it with the baseline; returns the exit status."""
    home = prepare(work, count)
    figures: dict[str, float] = {"photos": count, "unit_ms": unit_ms()}
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    for part in _PARTS:
        command = [sys.executable, "-m", "benchmarks.gui", "--part", part, "--work", str(home)]
        out = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        said = json.loads(out.stdout.splitlines()[-1])
        figures |= {f"{part}.{name}": value for name, value in said.items()}
    figures = {name: round(value, 2) for name, value in figures.items()}
    print(json.dumps(figures, indent=2))
    if save_baseline:
        BASELINE.write_text(json.dumps(figures, indent=2) + "\n")
        return 0
    if not BASELINE.exists():
        print("There is no baseline; make one with --save-baseline.")
        return 1
    return _compare(figures, json.loads(BASELINE.read_text()))


def _compare(figures: dict[str, float], baseline: dict[str, float]) -> int:
    worse = []
    for name in _COMPARED:
        now = figures[name] / figures["unit_ms"]
        before = baseline[name] / baseline["unit_ms"]
        print(f"{name}: {now:.1f} units (baseline {before:.1f})")
        if now > before * (1 + _TOLERANCE):
            worse.append(name)
    return 1 if worse else 0


def main() -> int:
    """Parses the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--part", choices=_PARTS)
    parser.add_argument("--save-baseline", action="store_true")
    options = parser.parse_args()
    if options.part:
        print(json.dumps(measure(options.part, options.work)))
        return 0
    return run(options.work, count=options.count, save_baseline=options.save_baseline)


if __name__ == "__main__":
    raise SystemExit(main())
