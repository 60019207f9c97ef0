"""How fast an index run is, against what this machine could do at most and against a plain pipeline.

The machine's limit = cores / (e + d): e = threads x seconds a photo of the encoder alone, the best over batches,
threads and dtypes; d = CPU-seconds a photo from bytes to encoder input and both encoded thumbnails, best of three. A
ratio over 1 means that the limit was measured wrongly.
"""

from __future__ import annotations

import io
import json
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, ImageOps

from benchmarks.pictures import camera_jpegs
from photosort.media.decode import decode
from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.threads import process_tuning
from photosort.threads.lanes import cores
from photosort.usecases.indexing.index_run import index
from photosort.usecases.session.session import Session

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder
    from photosort.domain.pictures import InputSpec

    Pixels = NDArray[np.uint8]

BASELINE = Path(__file__).parent / "baseline" / "speed.json"
_BATCHES = (1, 4, 8, 16, 32)
_TOLERANCE = 0.1


@dataclass(frozen=True, slots=True)
class SpeedFigures:
    """One set of photos with one encoder; seconds are a photo's.

    Attributes:
        encode_s: thread-seconds of the encoder alone (e).
        decode_s: CPU-seconds of decode and thumbnails (d).
        limit_per_s: cores / (e + d).
        index_per_s: photos a second of a whole index run, encoder loaded before.
        of_limit: index_per_s / limit_per_s.
        plain_per_s: photos a second of the plain pipeline.
        against_plain: index_per_s / plain_per_s.
        survey_s: seconds of the index run before the first picture was decoded, all photos together.
    """

    photos: int
    encoder: str
    dtype: str
    cores: int
    batch: int
    threads: int
    encode_s: float
    decode_s: float
    limit_per_s: float
    index_per_s: float
    of_limit: float
    plain_per_s: float
    against_plain: float
    survey_s: float


def measure(encoder_name: str, models_dir: Path, folder: Path, paths: list[Path]) -> SpeedFigures:
    """Measures one encoder on one folder of photos."""
    from photosort.embed.load import load_encoder

    # As a library that is open does, so that the encoder alone is measured under the same conditions.
    process_tuning.tune_process()
    encoder = load_encoder(encoder_name, models_dir=models_dir, threads=1)
    decode_s = min(_decode_seconds(paths, encoder) for _ in range(3))
    encode_s, batch, encode_threads = _encode_seconds(encoder)
    index_per_s, survey_s = _index_rate(encoder, folder)
    exact = load_encoder(encoder_name, models_dir=models_dir, dtype="float32", threads=1)
    if encoder.info.dtype != "float32":
        found = encode_s, batch, encode_threads
        encode_s, batch, encode_threads = min(found, _encode_seconds(exact))
    see = _stock_starter() if encoder_name == "starter" else exact.encode_images
    plain_per_s = _plain_rate(see, encoder.info.input, paths)
    limit = cores() / (encode_s + decode_s)
    return SpeedFigures(
        photos=len(paths),
        encoder=encoder_name,
        dtype=encoder.info.dtype,
        cores=cores(),
        batch=batch,
        threads=encode_threads,
        encode_s=round(encode_s, 5),
        decode_s=round(decode_s, 5),
        limit_per_s=round(limit, 2),
        index_per_s=round(index_per_s, 2),
        of_limit=round(index_per_s / limit, 3),
        plain_per_s=round(plain_per_s, 2),
        against_plain=round(index_per_s / plain_per_s, 2),
        survey_s=round(survey_s, 2),
    )


def _decode_seconds(paths: list[Path], encoder: Encoder) -> float:
    started = time.process_time()
    for path in paths:
        decode(path, encoder.info.input, media="image", read_metadata=False)
    return (time.process_time() - started) / len(paths)


def _encode_seconds(encoder: Encoder) -> tuple[float, int, int]:
    """Thread-seconds a photo, and the batch and threads that reached them."""
    from photosort.embed.devices import set_threads

    edge = encoder.info.input.edge_px
    pixels = np.random.default_rng(0).integers(0, 256, (32, edge, edge, 3), dtype=np.uint8)
    best = (float("inf"), 0, 0)
    for used in dict.fromkeys((1, cores())):
        set_threads(used)
        for batch in _BATCHES:
            seconds = min(_timed(lambda b=batch: _encode_all(encoder, pixels, b)) for _ in range(3))  # type: ignore[misc]
            best = min(best, (used * seconds / len(pixels), batch, used))
    set_threads(1)
    return best


def _encode_all(encoder: Encoder, pixels: Pixels, batch: int) -> None:
    for start in range(0, len(pixels), batch):
        encoder.encode_images(pixels[start : start + batch])


def _index_rate(encoder: Encoder, folder: Path) -> tuple[float, float]:
    """Photos a second of a whole run into an empty library, the better of two; seconds of its survey."""
    return max(_index_once(encoder, folder) for _ in range(2))


def _index_once(encoder: Encoder, folder: Path) -> tuple[float, float]:
    from photosort.usecases.indexing.summary import Watch

    with tempfile.TemporaryDirectory() as home:
        places = LibraryPaths(library=Path(home) / "library.db", home=Path(home))
        session = Session(places, actor="command")
        # Loaded already: the import of torch is no photo's cost.
        session.encoders.use(encoder)
        try:
            started = time.monotonic()
            reading: list[float] = []
            watch = Watch(work_started=lambda work: reading.append(time.monotonic() - started))
            summary = index(session, [str(folder)], job=Job(), watch=watch)
        finally:
            session.close()
    return summary.embedded / summary.seconds, reading[0]


def _plain_rate(see: Callable[[Pixels], object], spec: InputSpec, paths: list[Path]) -> float:
    """The plain pipeline: full decode, stock preprocessing, both thumbnails, float32, batch 16, one by one."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(cores())
    some = paths[: max(32, len(paths) // 4)]
    see(np.stack([_plain_read(path, spec) for path in some[:2]]))
    started = time.monotonic()
    for start in range(0, len(some), 16):
        see(np.stack([_plain_read(path, spec) for path in some[start : start + 16]]))
    seconds = time.monotonic() - started
    torch.set_num_threads(before)
    return len(some) / seconds


def _stock_starter() -> Callable[[Pixels], object]:
    """The starter's network as timm builds it, random weights: as fast as with the right ones."""
    from photosort.embed.torchvision_ops import make_importable

    make_importable()
    import timm
    import torch

    network = timm.create_model("tf_efficientnet_lite2", pretrained=False).eval()

    def see(pixels: Pixels) -> object:
        with torch.inference_mode():
            scaled = torch.from_numpy(pixels).permute(0, 3, 1, 2).contiguous().float().div(255)
            return network((scaled - 0.5) / 0.5)

    return see


def _plain_read(path: Path, spec: InputSpec) -> Pixels:
    resample = {
        "bilinear": Image.Resampling.BILINEAR,
        "bicubic": Image.Resampling.BICUBIC,
        "lanczos": Image.Resampling.LANCZOS,
    }[spec.resample]
    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    for edge in (256, 512):
        thumbnail = picture.copy()
        thumbnail.thumbnail((edge, edge))
        thumbnail.save(io.BytesIO(), "JPEG", quality=82)
    if spec.fit == "squash":
        return np.asarray(picture.resize((spec.edge_px, spec.edge_px), resample))
    scale = spec.resize_px / min(picture.size)
    size = (round(picture.width * scale), round(picture.height * scale))
    picture = picture.resize(size, resample)
    left, top = (size[0] - spec.edge_px) // 2, (size[1] - spec.edge_px) // 2
    return np.asarray(picture.crop((left, top, left + spec.edge_px, top + spec.edge_px)))


def _timed(work: Callable[[], None]) -> float:
    started = time.monotonic()
    work()
    return time.monotonic() - started


def random_vit(models_dir: Path, architecture: str = "ViT-B-32") -> str:
    """A model of open_clip with random weights: right for speed, useless for search; and its name."""
    name = f"random-{architecture}"
    folder = models_dir / name
    if not (folder / "open_clip_config.json").exists():
        from photosort.embed.torchvision_ops import make_importable

        make_importable()
        import open_clip
        from safetensors.torch import save_file

        model = open_clip.create_model(architecture)
        folder.mkdir(parents=True, exist_ok=True)
        save_file(model.state_dict(), folder / "open_clip_model.safetensors")
        config = {
            "model_cfg": open_clip.get_model_config(architecture),
            "preprocess_cfg": {
                "mean": list(open_clip.OPENAI_DATASET_MEAN),
                "std": list(open_clip.OPENAI_DATASET_STD),
            },
        }
        (folder / "open_clip_config.json").write_text(json.dumps(config))
    return name


def run(data: Path, *, work: Path, count: int, save_baseline: bool) -> int:
    """Measures both sets, prints them beside the baseline, and returns the exit status.

    Args:
        data: the folder of photos to measure with.
        work: where generated photos and the random model are kept between runs.
        count: 12-megapixel photos.
        save_baseline: make these figures the baseline.
    """
    camera = work / "camera"
    paths = camera_jpegs(data / "library", camera, count)
    small = data / "captioned" / "images"
    results = {
        "ViT-B-32 (random weights), 12-megapixel JPEG": measure(
            random_vit(work / "models"), work / "models", camera, paths
        ),
        "starter, captioned": measure("starter", work / "models", small, sorted(small.iterdir())),
    }
    figures = {name: asdict(result) for name, result in results.items()}
    print(json.dumps(figures, indent=2))
    if save_baseline:
        BASELINE.write_text(json.dumps(figures, indent=2) + "\n")
        return 0
    if not BASELINE.exists():
        print("There is no baseline; make one with --save-baseline.")
        return 1
    return _compare(figures, json.loads(BASELINE.read_text()))


def _compare(figures: dict[str, dict[str, object]], baseline: dict[str, dict[str, object]]) -> int:
    """Ratios only: absolute rates belong to the machine that made the baseline."""
    worse = []
    for name, ratio in _ratios(figures):
        before = float(str(baseline[name][ratio]))
        now = float(str(figures[name][ratio]))
        print(f"{name}: {ratio} {now:.3f} (baseline {before:.3f})")
        if now < before * (1 - _TOLERANCE):
            worse.append(name)
    return 1 if worse else 0


def _ratios(figures: dict[str, dict[str, object]]) -> Iterable[tuple[str, str]]:
    return [(name, ratio) for name in figures for ratio in ("of_limit", "against_plain")]
