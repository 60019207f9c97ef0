"""This version of the code against an older commit: whole commands and the window, run in turn on one machine.

    python -m benchmarks alternate --data DIR --against before-house --count 10

Each round runs both versions, the first one alternating, so that a machine that grows slower meets both alike. A
figure is the median of the rounds' ratios, new by old, with the 95 % interval of that median (rounds resampled). The
older commit is checked out under --work; both versions run in the Python that runs this.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.against import Figures, finish
from benchmarks.quality_stats import RESAMPLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

BASELINE = Path(__file__).parent / "baseline" / "alternate.json"
PARTS = ("library", "small", "unchanged", "search", "window")
_ROOT = Path(__file__).resolve().parents[1]
_SMALL_PHOTOS = 2_000
_WINDOW_PHOTOS = 100_000
_WINDOW_PARTS = ("start", "scroll", "search", "decide", "index")
_INDEXING_S = 30.0
_QUERY = "dog running in grass"
_NOTHING_KEPT = "PYTHONDONTWRITEBYTECODE"
# Exit status of a command that worked, but for some of the photos.
_SOME_FAILED = 1
# A version is slower where the whole interval lies above this.
_LEVEL = 1.03


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure of both versions.

    Attributes:
        old: its median in the older commit; seconds, milliseconds or megabytes, as the name says.
        new: its median in this one.
        ratio: median of new by old, round by round.
        low: lower end of the ratio's 95 % interval.
        high: upper end.
        rounds: pairs measured.
    """

    old: float
    new: float
    ratio: float
    low: float
    high: float
    rounds: int


@dataclass(frozen=True, slots=True)
class Version:
    """One of the two versions, with libraries of its own.

    Attributes:
        tree: its checkout.
        home: folder of what it writes.
    """

    tree: Path
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        """Runs this tree's code, on this version's library, without a screen."""
        # Compiled code is kept, as it is for everyone who has started Photosort once.
        return {key: value for key, value in os.environ.items() if key != _NOTHING_KEPT} | {
            "PYTHONPATH": str(self.tree),
            "QT_QPA_PLATFORM": "offscreen",
            "PHOTOSORT_HOME": str(self.home / "library"),
            "PHOTOSORT_LIBRARY": str(self.home / "library" / "library.db"),
        }

    def command(self, *arguments: str) -> dict[str, float]:
        """Runs a command of Photosort; its wall and processor time in seconds."""
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        self._python("-m", "photosort", *arguments)
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return {"wall_s": wall, "processor_s": used}

    def forget(self) -> None:
        """Begins again without a library."""
        shutil.rmtree(self.home / "library", ignore_errors=True)

    def window(self) -> dict[str, float]:
        """All parts of the window's benchmark, each in a process of its own, measured by the version's own code."""
        lines = (
            "import json",
            "from pathlib import Path",
            "from benchmarks import gui",
            f"work = Path({str(self.home)!r})",
            f"home = gui.prepare(work, {_WINDOW_PHOTOS})",
            f"gui.draw(work / 'drawn', round(gui._DRAWN_A_SECOND * {_INDEXING_S}))",
            f"parts = {{part: gui.in_process(part, work, home, {_INDEXING_S}) for part in {_WINDOW_PARTS}}}",
            "print(json.dumps({f'{part}.{name}': value for part in parts for name, value in parts[part].items()}))",
        )
        found: dict[str, float] = json.loads(self._python("-c", "\n".join(lines)).splitlines()[-1])
        return found

    def _python(self, *arguments: str) -> str:
        ended = subprocess.run(
            [sys.executable, *arguments],
            env=self.environment, cwd=self.tree, stdout=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        if ended.returncode not in {0, _SOME_FAILED}:
            raise subprocess.CalledProcessError(ended.returncode, ended.args)
        return ended.stdout


def compare(rounds: Iterable[tuple[Mapping[str, float], Mapping[str, float]]]) -> dict[str, Ratio]:
    """What came of rounds of (old, new) figures; figures that are nothing in one of them are left out."""
    pairs = list(rounds)
    names = [name for name in pairs[0][0] if all(name in new for _, new in pairs)]
    ratios = {}
    for name in names:
        old = np.array([old[name] for old, _ in pairs])
        new = np.array([new[name] for _, new in pairs])
        if not (old.all() and new.all()):
            continue
        ratios[name] = _ratio(old, new)
    return ratios


def _ratio(old: NDArray[np.float64], new: NDArray[np.float64]) -> Ratio:
    quotients = new / old
    drawn = np.random.default_rng(0).integers(0, len(old), (RESAMPLES, len(old)))
    low, high = np.percentile(np.median(quotients[drawn], axis=1), [2.5, 97.5])
    return Ratio(
        old=_rounded(np.median(old)),
        new=_rounded(np.median(new)),
        ratio=_rounded(np.median(quotients)),
        low=_rounded(low),
        high=_rounded(high),
        rounds=len(old),
    )


def _rounded(value: np.floating) -> float:
    return round(float(value), 3)


def slower(figures: Figures) -> list[str]:
    """Names of the figures whose whole interval lies above a difference that one would notice."""
    return [
        f"{part}: {name}"
        for part, found in figures.items()
        if isinstance(found, Mapping)
        for name, one in found.items()
        if one["low"] > _LEVEL
    ]


def _measure(part: str, data: Path, small: Path, version: Version) -> dict[str, float]:
    if part == "window":
        return version.window()
    if part == "library":
        version.forget()
        return version.command("index", str(data / "library"))
    if part == "small":
        version.forget()
    if part == "search":
        return version.command("search", _QUERY, "--limit", "5")
    return version.command("index", str(small))


def _prepare(part: str, small: Path, version: Version) -> None:
    """What a part needs that is not measured."""
    if part in {"unchanged", "search"}:
        version.forget()
        version.command("index", str(small))


def _small_photos(data: Path, work: Path) -> Path:
    folder = work / "small"
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((data / "captioned_more" / "images").iterdir())[:_SMALL_PHOTOS]:
        if not (folder / path.name).exists():
            shutil.copy2(path, folder / path.name)
    return folder


def _checkout(commit: str, work: Path) -> Path:
    tree = work / "trees" / commit.replace("/", "-")
    if not tree.exists():
        command = ["git", "-C", str(_ROOT), "worktree", "add", "--detach", str(tree), commit]
        subprocess.run(command, check=True)
    return tree


def run(
    data: Path, *, work: Path, against: str, count: int, parts: list[str], save_baseline: bool
) -> int:
    """Measures both versions in turn; exit status 1 where this one is slower.

    Args:
        data: folder of the sets of photos.
        work: folder of checkouts and libraries.
        against: the older commit.
        count: rounds; ten or more for an interval that says something.
        parts: names in PARTS.
        save_baseline: keep the figures of these parts beside those of the others.
    """
    small = _small_photos(data, work)
    old = Version(_checkout(against, work), work / "old")
    new = Version(_ROOT, work / "new")
    figures: dict[str, object] = {"against": against}
    if save_baseline and BASELINE.exists():
        figures = json.loads(BASELINE.read_text("utf-8")) | figures
    for part in parts:
        rounds = []
        for version in (old, new):
            _prepare(part, small, version)
        for turn in range(count):
            order = (old, new) if turn % 2 == 0 else (new, old)
            found = {version.home: _measure(part, data, small, version) for version in order}
            rounds.append((found[old.home], found[new.home]))
            print(part, turn + 1, rounds[-1], file=sys.stderr, flush=True)
        figures[part] = {name: asdict(one) for name, one in compare(rounds).items()}
    return finish(figures, BASELINE, save=save_baseline, worse=lambda _: slower(figures))
