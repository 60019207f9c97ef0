"""How a photo that is not square becomes a square input: cut, squashed, padded, or seen in several parts.

    python -m benchmarks.views --data DIR

Measured with the starter's network on `captioned`, R@1 and R@10 of captions over the 20 splits, refitted for each way on
the photos outside the gallery as they are seen that way; and on drawn wide scenes with a small CLIP, whose
own preprocessing is a centre crop, as that of most models of open_clip is.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from PIL import Image, ImageOps

from benchmarks.data import captioned
from benchmarks.quality_stats import difference, ranks
from benchmarks.starter_fit import Examples, applied, class_texts, fit, with_references
from benchmarks.vectors import Seen, cached, minilm_vectors
from photosort.embed.efficientnet_lite import Features, normalise
from photosort.embed.load import load_encoder
from photosort.embed.starter import INPUT, PICTURE_SHA256, load_picture_model
from photosort.embed.starter_space import bare_name, count_words
from photosort.search.centring import centred, photo_centre
from photosort.usecases.search.query_vectors import QUERY_TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.floating]
    Way = Callable[[Image.Image, int], list[Image.Image]]

_SPLITS = Path(__file__).parent / "splits.json"
# Longer edge by shorter edge, from which a photo counts as wide (or tall): 3:2 does, 4:3 does not.
_WIDE = 1.45
# Nearer to a square than this, one view is enough.
_NEARLY_SQUARE = 1.1
# What is cut away before the rest is squashed, in the way between the two.
_BOUNDED = 4 / 3
_BATCH = 16
_WITHIN = 10
_EACH = 2


def _crop(picture: Image.Image, edge: int) -> list[Image.Image]:
    return [ImageOps.fit(picture, (edge, edge), Image.Resampling.BICUBIC)]


def _squash(picture: Image.Image, edge: int) -> list[Image.Image]:
    return [picture.resize((edge, edge), Image.Resampling.BICUBIC)]


def _pad(picture: Image.Image, edge: int) -> list[Image.Image]:
    grey = (127, 127, 127)
    return [ImageOps.pad(picture, (edge, edge), Image.Resampling.BICUBIC, color=grey)]


def _bounded(picture: Image.Image, edge: int) -> list[Image.Image]:
    """At most 4:3 of it, squashed."""
    width, height = picture.size
    size = min(width, round(height * _BOUNDED)), min(height, round(width * _BOUNDED))
    return _squash(ImageOps.fit(picture, size, Image.Resampling.BICUBIC), edge)


def _ends(picture: Image.Image, edge: int) -> list[Image.Image]:
    """The squares at both ends of the longer edge."""
    if max(picture.size) < _NEARLY_SQUARE * min(picture.size):
        return _crop(picture, edge)
    return [
        ImageOps.fit(picture, (edge, edge), Image.Resampling.BICUBIC, centering=(at, at))
        for at in (0.0, 1.0)
    ]


def _ends_and_whole(picture: Image.Image, edge: int) -> list[Image.Image]:
    return [*_ends(picture, edge), *_squash(picture, edge)]


WAYS: dict[str, Way] = {
    "crop": _crop,
    "squash": _squash,
    "pad": _pad,
    "crop to 4:3, then squash": _bounded,
    "two crops": _ends,
    "two crops and squash": _ends_and_whole,
}


def measure(data: Path) -> dict[str, dict[str, str]]:
    """For each way and each group of photos R@1 and R@10, and their differences from the crop and the squash."""
    spoken = captioned(data / "captioned")
    shape = [Image.open(path).size for path in spoken.paths]
    wide = np.array([max(size) >= _WIDE * min(size) for size in shape])
    captions = minilm_vectors(spoken.captions)
    seen = {name: _seen(spoken.paths, name) for name in WAYS}
    found: dict[str, list[NDArray[np.int64]]] = {}
    asked: list[NDArray[np.int64]] = []
    for split in json.loads(_SPLITS.read_text("utf-8"))["splits"]:
        gallery = np.array(split["gallery"])
        rest = np.setdiff1d(np.arange(len(spoken.paths)), gallery)
        mine = np.flatnonzero(np.isin(spoken.photo, gallery))
        right = np.searchsorted(gallery, spoken.photo[mine])
        asked.append(spoken.photo[mine])
        texts = [spoken.captions[one] for one in mine]
        for name, views in seen.items():
            mean = Seen(*(np.mean(part, axis=0) for part in zip(*views, strict=True)))
            everything = Examples(mean, captions, spoken.photo)
            for way, scores in _scores(everything.of(rest), views, gallery, texts).items():
                found.setdefault(f"{name}{way}", []).append(ranks(scores, right))
    photo = np.concatenate(asked)
    joined = {way: np.concatenate(parts) for way, parts in found.items()}
    return {
        way: {
            f"{group} R@{within}": _said(joined, way, photo, mask[photo], within)
            for group, mask in (("all", np.ones(len(wide), bool)), ("wide", wide))
            for within in (1, _WITHIN)
        }
        for way in joined
    } | {"photos": {"all": str(len(wide)), "wide": str(int(wide.sum()))}}


def _said(
    found: dict[str, NDArray[np.int64]],
    way: str,
    photo: NDArray[np.int64],
    kept: NDArray[np.bool_],
    within: int,
) -> str:
    right = {name: np.asarray(ranks_[kept] <= within, float) for name, ranks_ in found.items()}
    beside = "; ".join(
        f"{difference(right[way], right[other], photo[kept])} beside {other}"
        for other in ("crop", "squash")
        if other != way
    )
    return f"{right[way].mean():.3f} ({beside})"


def _scores(
    examples: Examples, views: list[Seen], gallery: NDArray[np.int64], texts: Sequence[str]
) -> dict[str, Floats]:
    """Cosines of texts with photos: one view, or several as their mean and by their best."""
    fitted = with_references(fit(examples, class_texts()), examples)
    space = applied(fitted)
    reference = fitted["reference.semantic"].float().numpy()
    filled = [template.format(text) for template in QUERY_TEMPLATES for text in texts]
    names = [bare_name(text) for text in filled]
    read = space.texts(
        torch.from_numpy(minilm_vectors(filled)),
        torch.from_numpy(minilm_vectors(names)),
        [count_words(name) for name in names],
    ).numpy()
    mean = read.reshape(len(QUERY_TEMPLATES), len(texts), -1).mean(0)
    asked = centred(mean, np.zeros(mean.shape[1], np.float32))
    rows = np.stack([space.semantic(view.rows(gallery).tensors()).numpy() for view in views])
    together = rows.mean(0)
    together /= np.linalg.norm(together, axis=1, keepdims=True)
    centre = photo_centre(together.mean(0), len(together), reference).vector
    found = {"": asked @ centred(together, centre).T}
    if len(views) > 1:
        found = {
            ", averaged": found[""],
            ", best": np.max([asked @ centred(view, centre).T for view in rows], axis=0),
        }
    return found


def _seen(paths: Sequence[Path], name: str) -> list[Seen]:
    """What the network sees in each view; photos with fewer views see the first again."""

    def compute() -> dict[str, NDArray[np.float32]]:
        model = load_picture_model()
        per_photo = [_views(path, name) for path in paths]
        most = max(map(len, per_photo))
        pixels = [[*views, *[views[0]] * (most - len(views))] for views in per_photo]
        arrays: dict[str, NDArray[np.float32]] = {}
        for view in range(most):
            parts = []
            for start in range(0, len(pixels), _BATCH):
                batch = np.stack([each[view] for each in pixels[start : start + _BATCH]])
                with torch.inference_mode():
                    parts.append(model(normalise(torch.from_numpy(batch))))
            for field in Features._fields:
                arrays[f"{field} {view}"] = torch.cat([getattr(p, field) for p in parts]).numpy()
        return arrays

    stamps = [f"{path} {path.stat().st_size}" for path in paths]
    kept = cached(["views", name, PICTURE_SHA256, str(INPUT.edge_px), *stamps], compute)
    count = len(kept) // len(Features._fields)
    return [Seen(*(kept[f"{field} {view}"] for field in Features._fields)) for view in range(count)]


def _views(path: Path, name: str) -> list[NDArray[np.uint8]]:
    with Image.open(path) as opened:
        picture = ImageOps.exif_transpose(opened).convert("RGB")
    return [np.asarray(view) for view in WAYS[name](picture, INPUT.edge_px)]


def measure_drawn() -> dict[str, float]:
    """Share of captions of drawn 3:2 scenes that find their scene first, with a small CLIP, for each way.

    What is drawn lies anywhere along the longer edge, "on the left" in the left third of it.
    """
    from tests.fixtures import tiny_clip

    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(str(tiny_clip.cached()), models_dir=Path(models), dtype="float32")
    edge = encoder.info.input.edge_px
    rng = random.Random(3)
    _, scenes = tiny_clip.scenes()
    drawn = [_widened(tiny_clip.draw(one, rng), rng) for one in scenes for _ in range(_EACH)]
    texts = encoder.encode_texts([one.caption for one in scenes])
    result = {}
    for name, way in WAYS.items():
        views = [[np.asarray(view) for view in way(picture, edge)] for picture in drawn]
        rows = [encoder.encode_images(np.stack(each))["semantic"] for each in views]
        mean = np.stack([each.mean(0) / np.linalg.norm(each.mean(0)) for each in rows])
        best = np.stack([(each @ texts.T).max(0) for each in rows])
        truth = np.repeat(np.arange(len(scenes)), _EACH)
        several = len(rows[0]) > 1
        result[name + ", averaged" * several] = float(((mean @ texts.T).argmax(1) == truth).mean())
        if several:
            result[f"{name}, best"] = float((best.argmax(1) == truth).mean())
    return result


def _widened(picture: Image.Image, rng: random.Random) -> Image.Image:
    """The picture as a part of one that is half as wide again."""
    edge = picture.width
    wide = Image.new("RGB", (edge * 3 // 2, edge), picture.getpixel((0, 0)))
    wide.paste(picture, (rng.randint(0, edge // 2), 0))
    return wide


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.views", description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    arguments = parser.parse_args()
    print(json.dumps(measure_drawn(), indent=1), flush=True)
    print(json.dumps(measure(arguments.data), indent=1))


if __name__ == "__main__":
    main()
