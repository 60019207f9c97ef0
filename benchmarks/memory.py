"""Most memory that an index run takes, in libraries of two sizes: it must not grow with the number of photos."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image

from benchmarks.against import Figures, finish
from benchmarks.speed import random_vit

BASELINE = Path(__file__).parent / "baseline" / "memory.json"
# Gigabytes that an index run may take.
LIMITS_GB = {"starter": 1.5, "random-ViT-B-32": 2.5}
_SIZES = {"starter": (500, 2_500), "random-ViT-B-32": (100, 500)}
_TOLERANCE = 0.15

# Run in a process of its own, so that nothing but the index run is in its memory.
_RUN = """
import resource, sys
from photosort.cli.main import main
from photosort.threads.lanes import cores
status = main(sys.argv[1:])
own, child = (resource.getrusage(of).ru_maxrss for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
# At most: the processes that read files share what they were forked with.
print(own + (cores() + 1) * child, status, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class MemoryFigures:
    """Peaks of one encoder, gigabytes of resident memory, by number of photos."""

    limit_gb: float
    peak_gb: dict[str, float]


def measure(encoder: str, data: Path, work: Path) -> MemoryFigures:
    """Indexes photos of `captioned`, turned and mirrored where there are too few, with one encoder."""
    originals = sorted((data / "captioned" / "images").iterdir())
    peaks = {}
    for count in _SIZES[encoder]:
        with tempfile.TemporaryDirectory(dir=work) as folder:
            photos = Path(folder) / "photos"
            photos.mkdir()
            for number in range(count):
                with Image.open(originals[number % len(originals)]) as original:
                    # Turned and mirrored, so that no two have the same pixels.
                    turn = Image.Transpose(number // len(originals) % len(Image.Transpose))
                    original.transpose(turn).save(photos / f"{number:05}.jpg", quality=85)
            peaks[str(count)] = _peak_gb(encoder, photos, work / "models", Path(folder))
    return MemoryFigures(LIMITS_GB[encoder], peaks)


def _peak_gb(encoder: str, photos: Path, models: Path, folder: Path) -> float:
    home = folder / "home"
    home.mkdir()
    (home / "models").symlink_to(models.resolve(), target_is_directory=True)
    given = ["index", str(photos), "--quiet", "--home", str(home)]
    given += ["--library", str(folder / "library.db"), "--model", encoder]
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, *given], capture_output=True, text=True, check=True
    )
    peak_kb, status = ran.stderr.split()[-2:]
    if status != "0":
        raise RuntimeError(f"the index run ended with {status}: {ran.stderr}")
    return round(int(peak_kb) / 1_000_000, 3)


def run(data: Path, *, work: Path, save_baseline: bool) -> int:
    """Measures both encoders, prints them beside the baseline, and returns the exit status."""
    (work / "models").mkdir(parents=True, exist_ok=True)
    random_vit(work / "models")
    figures = {name: asdict(measure(name, data, work)) for name in LIMITS_GB}

    def larger(before: Figures) -> list[str]:
        return [
            f"{name} with {count} photos"
            for name, one in figures.items()
            for count, peak in one["peak_gb"].items()
            if peak > one["limit_gb"] or peak > before[name]["peak_gb"][count] * (1 + _TOLERANCE)
        ]

    return finish(figures, BASELINE, save=save_baseline, worse=larger)
