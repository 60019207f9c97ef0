"""An index run with a graphics card, against the encoder alone fed from the card's memory.

    python -m benchmarks gpu [--count 3000] [--device cpu]

Self-contained: the photos are drawn here (12-megapixel JPEGs of 3 to 6 MB from noise and shapes) and the models
have RANDOM weights, which is right for speed and memory and says nothing of quality. Where the index run stays
below the encoder, two figures say why: `decode_threads_per_s` is the same decoding in the same threads without
any encoder, `decode_processes_per_s` the same in a process for each core, which no lock of Python holds back.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from benchmarks.against import Figures, finish
from benchmarks.speed import random_vit
from photosort.domain.pictures import InputSpec
from photosort.media.decode import decode
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.search.centring import centred
from photosort.threads.lanes import cores
from photosort.usecases.indexing.index_run import index
from photosort.usecases.indexing.summary import Watch
from photosort.usecases.session.session import Session

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder

BASELINE = Path(__file__).parent / "baseline" / "gpu.json"
ARCHITECTURES = ("ViT-B-32", "ViT-L-14")
SIZE_PX = (4000, 3000)
_NOISE_SIGMA = 9.0
_BATCHES = (64, 128, 256, 512)
_MEASURE_S = 2.0
_COMPARED = 32
_DECODED = 640
_TOLERANCE = 0.15


@dataclass(frozen=True, slots=True)
class GpuFigures:
    """One model with random weights. Rates are photos a second.

    Attributes:
        encoder_per_s: the model in its precision over photos that lie in the card's memory, best batch.
        index_per_s: a whole index run, from the scan of the folder to the vector index.
        reading_per_s: the same run from its first decoded picture on.
        decode_threads_per_s: decode, encoder input and thumbnails in the index run's threads, no encoder.
        decode_processes_per_s: the same in a process for each core.
        of_encoder: index_per_s / encoder_per_s.
        of_decode: reading_per_s / decode_processes_per_s.
        limit: "encoder" or "decoding", whichever is slower by itself.
        gpu_mb: most memory of the card in use during the run.
        cosine_to_cpu: smallest cosine of the card's vectors with the processor's in float32.
        centred_cosine_to_cpu: the same after what all photos share is taken away, which with random weights
            is nearly everything.
    """

    model: str
    device: str
    dtype: str
    batch: int
    photos: int
    encoder_per_s: float
    index_per_s: float
    reading_per_s: float
    decode_threads_per_s: float
    decode_processes_per_s: float
    of_encoder: float
    of_decode: float
    limit: str
    gpu_mb: float
    cosine_to_cpu: float
    centred_cosine_to_cpu: float


def measure(
    architecture: str, folder: Path, paths: list[Path], work: Path, device: str
) -> GpuFigures:
    """Measures one architecture."""
    from photosort.embed.load import load_encoder

    name = random_vit(work / "models", architecture)
    encoder = load_encoder(name, models_dir=work / "models", threads=1, device=device)
    alone = _encoder_rate(encoder)
    _reset_memory(device)
    whole, reading = max(_index_rate(encoder, folder) for _ in range(2))
    memory = _gpu_mb(device)
    some = paths[:_DECODED]
    threads = _decode_rate(lambda: ThreadPoolExecutor(cores()), some, encoder.info.input)
    processes = _decode_rate(_processes, some, encoder.info.input)
    exact = load_encoder(
        name, models_dir=work / "models", threads=cores(), device="cpu", dtype="float32"
    )
    cosine, centred_cosine = _cosines(encoder, exact, paths[:_COMPARED])
    return GpuFigures(
        model=f"{architecture} (random weights)",
        device=encoder.info.device,
        dtype=encoder.info.dtype,
        batch=encoder.info.batch,
        photos=len(paths),
        encoder_per_s=round(alone, 1),
        index_per_s=round(whole, 1),
        reading_per_s=round(reading, 1),
        decode_threads_per_s=round(threads, 1),
        decode_processes_per_s=round(processes, 1),
        of_encoder=round(whole / alone, 3),
        of_decode=round(reading / processes, 3),
        limit="encoder" if alone < processes else "decoding",
        gpu_mb=round(memory, 0),
        cosine_to_cpu=round(cosine, 5),
        centred_cosine_to_cpu=round(centred_cosine, 5),
    )


def _encoder_rate(encoder: Any) -> float:
    """Photos a second of the model over photos that are on the card already, the best of the batches."""
    import torch

    ready = encoder._steady.model
    best = 0.0
    for batch in _BATCHES if ready.device.type == "cuda" else (8,):
        edge = encoder.info.input.edge_px
        pixels = torch.randint(
            0, 256, (batch, edge, edge, 3), dtype=torch.uint8, device=ready.device
        )

        def call(pixels: Any = pixels) -> None:
            with torch.inference_mode():
                scaled = pixels.permute(0, 3, 1, 2).float().div_(255.0)
                scaled = scaled.sub_(ready.mean).div_(ready.std).to(ready.dtype)
                ready.model.encode_image(scaled)

        for _ in range(3):
            call()
        _wait(ready.device.type)
        started, count = time.perf_counter(), 0
        while time.perf_counter() - started < _MEASURE_S:
            for _ in range(4):
                call()
            _wait(ready.device.type)
            count += 4 * batch
        best = max(best, count / (time.perf_counter() - started))
    return best


def _index_rate(encoder: Encoder, folder: Path) -> tuple[float, float]:
    """Photos a second of a whole run into an empty library, and of its reading of pictures."""
    with tempfile.TemporaryDirectory() as home:
        session = Session(
            LibraryPaths(library=Path(home) / "library.db", home=Path(home)), actor="command"
        )
        session.encoders.use(encoder)
        try:
            begun: list[float] = []
            watch = Watch(work_started=lambda work: begun.append(time.monotonic()))
            started = time.monotonic()
            summary = index(session, [str(folder)], job=Job(), watch=watch)
            ended = time.monotonic()
        finally:
            session.close()
    return summary.embedded / (ended - started), summary.embedded / (ended - begun[0])


def _decode_rate(
    pool: Callable[[], ThreadPoolExecutor | ProcessPoolExecutor],
    paths: list[Path],
    spec: InputSpec,
) -> float:
    with pool() as running:
        list(running.map(_decode, paths[: 2 * cores()], [spec] * 2 * cores()))  # workers start up
        started = time.monotonic()
        list(running.map(_decode, paths, [spec] * len(paths)))
        return len(paths) / (time.monotonic() - started)


def _processes() -> ProcessPoolExecutor:
    # Not forked: torch's threads and the card's driver are running by then.
    return ProcessPoolExecutor(cores(), mp_context=get_context("spawn"))


def _decode(path: Path, spec: InputSpec) -> int:
    return len(decode(path, spec, media="image").thumbnails)


def _cosines(encoder: Encoder, exact: Encoder, paths: list[Path]) -> tuple[float, float]:
    pixels = np.stack([decode(path, encoder.info.input, media="image").pixels for path in paths])
    ours = encoder.encode_images(pixels)["semantic"]
    theirs = exact.encode_images(pixels)["semantic"]
    plain = float((ours * theirs).sum(axis=1).min())
    centre = theirs.mean(axis=0)
    return plain, float((centred(ours, centre) * centred(theirs, centre)).sum(axis=1).min())


def _wait(device: str) -> None:
    import torch

    if device == "cuda":
        torch.cuda.synchronize()


def _reset_memory(device: str) -> None:
    import torch

    if device == "cuda":
        torch.cuda.empty_cache()
        torch.cuda.reset_peak_memory_stats()


def _gpu_mb(device: str) -> float:
    import torch

    return torch.cuda.max_memory_reserved() / 1e6 if device == "cuda" else 0.0


def draw_photos(folder: Path, count: int) -> list[Path]:
    """Writes the photos that are not there yet, in a process for each core."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"IMG_{number:05}.jpg" for number in range(count)]
    missing = [number for number in range(count) if not paths[number].exists()]
    with _processes() as pool:
        list(pool.map(_draw, missing, [folder] * len(missing), chunksize=4))
    return paths


@cache
def _noise() -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    rng = np.random.default_rng(0)
    plane = rng.standard_normal((SIZE_PX[1], SIZE_PX[0], 3), dtype=np.float32) * _NOISE_SIGMA
    return plane.astype(np.int16)


def _draw(number: int, folder: Path) -> None:
    rng = np.random.default_rng(number)
    coarse = rng.integers(0, 256, (12, 16, 3), dtype=np.uint8)
    fine = rng.integers(-24, 25, (375, 500, 3))
    base = np.asarray(Image.fromarray(coarse).resize((500, 375), Image.Resampling.BICUBIC))
    small = np.clip(base.astype(np.int16) + fine, 0, 255).astype(np.uint8)
    picture = Image.fromarray(small).resize(SIZE_PX, Image.Resampling.BILINEAR)
    pen = ImageDraw.Draw(picture)
    for _ in range(24):
        x, y = (int(rng.integers(0, edge)) for edge in SIZE_PX)
        width, height = (int(part) for part in rng.integers(60, 1200, 2))
        fill = tuple(int(part) for part in rng.integers(0, 256, 3))
        shape = pen.ellipse if rng.random() < 0.5 else pen.rectangle
        shape((x, y, x + width, y + height), fill=fill)
    shift = tuple(int(rng.integers(0, edge)) for edge in (SIZE_PX[1], SIZE_PX[0]))
    noisy = np.asarray(picture).astype(np.int16) + np.roll(_noise(), shift, axis=(0, 1))
    Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8)).save(
        folder / f"IMG_{number:05}.jpg", quality=90
    )


def _machine(device: str) -> dict[str, object]:
    import torch

    return {
        "gpu": torch.cuda.get_device_name() if device == "cuda" else None,
        "cores": cores(),
        "python": platform.python_version(),
        "torch": torch.__version__,
    }


def run(*, work: Path, count: int, device: str, save_baseline: bool) -> int:
    """Draws photos, measures, prints beside the baseline, and returns the exit status.

    Args:
        work: where photos and models are kept between runs.
        count: 12-megapixel photos.
        device: "cuda", or "cpu" to try the benchmark out.
        save_baseline: make these figures the baseline.
    """
    # Before torch is imported.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    folder = work / "drawn-camera"
    paths = draw_photos(folder, count)
    measured: list[dict[str, object]] = []
    for architecture in ARCHITECTURES:
        measured.append(asdict(measure(architecture, folder, paths, work, device)))
        # After each, so that a run that is stopped has shown what it had.
        print(json.dumps(measured[-1], indent=2), flush=True)
    figures = {
        "machine": _machine(device),
        "photo_mb": round(sum(path.stat().st_size for path in paths) / len(paths) / 1e6, 2),
        "models": measured,
    }

    def worse(before: Figures) -> list[str]:
        return [
            str(one["model"])
            for one, was in zip(measured, before["models"], strict=True)
            if not _is_fast_enough(one)
            or float(str(one["of_decode"])) < was["of_decode"] * (1 - _TOLERANCE)
        ]

    return finish(figures, BASELINE, save=save_baseline, worse=worse)


def _is_fast_enough(one: dict[str, object]) -> bool:
    """At least 0.8 of the encoder alone, or of the decoding where that is what holds the run back."""
    share = "of_encoder" if one["limit"] == "encoder" else "of_decode"
    return float(str(one[share])) >= 0.8 and float(str(one["cosine_to_cpu"])) >= 0.999
