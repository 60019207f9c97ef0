"""Features of photos and vectors of texts, computed once and kept in the user's cache."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import platformdirs
import torch
from safetensors.torch import load_file

from photosort.domain.pictures import InputSpec
from photosort.embed.efficientnet_lite import EfficientNetLite, Features, normalise
from photosort.embed.starter import (
    FITTED,
    INPUT,
    PICTURE_SHA256,
    QUARTERS,
    TEXT_SHA256,
    load_picture_model,
    load_text_model,
)
from photosort.embed.starter_space import StarterSpace
from photosort.media.decode import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from photosort.domain.encoders import Encoder

BATCH = 16
CACHE = Path(platformdirs.user_cache_dir("photosort-benchmarks", appauthor=False))
# EfficientNet-Lite2's own preprocessing, which the plain method uses.
STOCK_INPUT = InputSpec(edge_px=260, fit="crop", resize_px=292, resample="bicubic")


class Seen(NamedTuple):
    """`Features` as arrays; see there."""

    pooled: NDArray[np.float32]
    middle: NDArray[np.float32]
    logits: NDArray[np.float32]

    def rows(self, rows: NDArray[np.int64]) -> Seen:
        """The features of some of the photos."""
        return Seen(*(part[rows] for part in self))

    def tensors(self) -> Features:
        """The same as tensors."""
        return Features(*(torch.from_numpy(np.ascontiguousarray(part)) for part in self))


def starter_features(paths: Sequence[Path], spec: InputSpec = INPUT) -> Seen:
    """What EfficientNet-Lite2 sees in photos that are read as an index run reads them."""
    return _kept_features("features", paths, spec, lambda model, pixels: model(normalise(pixels)))


def starter_mirrored(paths: Sequence[Path]) -> Seen:
    """What it sees in their mirror images."""
    return _kept_features(
        "mirrored", paths, INPUT, lambda model, pixels: model(normalise(pixels.flip(2)))
    )


def shipped_space() -> tuple[StarterSpace, dict[str, NDArray[np.float32]]]:
    """The space of the shipped starter, and the references that its file has, by name."""
    tensors = {
        name: tensor.float() if tensor.is_floating_point() else tensor
        for name, tensor in load_file(FITTED).items()
    }
    references = {
        name.removeprefix("reference."): tensor.numpy()
        for name, tensor in tensors.items()
        if name.startswith("reference.")
    }
    return StarterSpace(tensors), references


def starter_quarters(paths: Sequence[Path]) -> Seen:
    """What it sees in the four quarters of each photo, in the same pass: rows of shape (4, features)."""
    return _kept_features("quarters", paths, INPUT, _quarters)


def _quarters(model: EfficientNetLite, pixels: torch.Tensor) -> Features:
    seen = model.with_quarters(normalise(pixels))[1]
    return Features(*(part.reshape(len(pixels), QUARTERS, -1) for part in seen))


def _kept_features(
    kind: str,
    paths: Sequence[Path],
    spec: InputSpec,
    look: Callable[[EfficientNetLite, torch.Tensor], Features],
) -> Seen:
    """Features of photos, each kept by itself, because the splits ask for ever other lists of the same photos."""
    kept = CACHE / f"{kind}-{_digest([PICTURE_SHA256, repr(spec)])}.npz"
    known = _known_features(kept)
    stamps = _stamps(paths)
    missing = {stamp: path for stamp, path in zip(stamps, paths, strict=True) if stamp not in known}
    if missing:
        model = load_picture_model()
        with torch.inference_mode():
            seen = [
                look(model, torch.from_numpy(pixels))
                for pixels in pixels_of(list(missing.values()), spec)
            ]
        parts = [torch.cat(part).numpy() for part in zip(*seen, strict=True)]
        known.update(zip(missing, zip(*parts, strict=True), strict=True))
        arrays = {
            name: np.stack([photo[i] for photo in known.values()])
            for i, name in enumerate(Features._fields)
        }
        _save(kept, {"photos": np.array(list(known)), **arrays})
    return Seen(*(np.stack(part) for part in zip(*(known[one] for one in stamps), strict=True)))


@functools.cache
def _known_features(path: Path) -> dict[str, tuple[NDArray[np.float32], ...]]:
    if not path.is_file():
        return {}
    with np.load(path) as stored:
        parts = [stored[name] for name in Features._fields]
        return dict(zip(stored["photos"].tolist(), zip(*parts, strict=True), strict=True))


def minilm_vectors(texts: Sequence[str]) -> NDArray[np.float32]:
    """What all-MiniLM-L6-v2 makes of texts: float32 array, shape (n, 384), unit length.

    Every text is kept by itself, because the splits ask for ever other lists of the same captions.
    """
    known = _known_texts()
    missing = sorted(set(texts) - known.keys(), key=len)
    if missing:
        known.update(zip(missing, load_text_model().encode(missing).numpy(), strict=True))
        _save(
            _texts_path(), {"texts": np.array(list(known)), "vectors": np.stack([*known.values()])}
        )
    return np.stack([known[text] for text in texts])


@functools.cache
def _known_texts() -> dict[str, NDArray[np.float32]]:
    if not _texts_path().is_file():
        return {}
    with np.load(_texts_path()) as stored:
        return dict(zip(stored["texts"].tolist(), stored["vectors"], strict=True))


def _texts_path() -> Path:
    return CACHE / f"texts-{TEXT_SHA256[:16]}.npz"


def encoded_photos(encoder: Encoder, paths: Sequence[Path]) -> dict[str, NDArray[np.float32]]:
    """Vectors of photos in each space of an encoder."""

    def compute() -> dict[str, NDArray[np.float32]]:
        batches = [encoder.encode_images(pixels) for pixels in pixels_of(paths, encoder.info.input)]
        return {
            space: np.concatenate([batch[space] for batch in batches])
            for space in encoder.info.stored_spaces
        }

    found = cached(["photos", encoder.info.version, encoder.info.dtype, *_stamps(paths)], compute)
    return {"visual": found["semantic"], **found}


def pixels_of(paths: Sequence[Path], spec: InputSpec) -> Iterator[NDArray[np.uint8]]:
    """Photos as an encoder sees them, a batch at a time: uint8 arrays, shape (n, edge, edge, 3)."""

    def read(path: Path) -> NDArray[np.uint8]:
        return decode(path, spec, media="image", thumbnails=False, read_metadata=False).pixels

    for start in range(0, len(paths), BATCH):
        yield np.stack([read(path) for path in paths[start : start + BATCH]])


def _stamps(paths: Sequence[Path]) -> list[str]:
    return [f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in paths]


def cached(
    key: Sequence[str], compute: Callable[[], Mapping[str, NDArray[Any]]]
) -> dict[str, NDArray[Any]]:
    """What was computed for a key before, else what is computed now and kept."""
    path = CACHE / f"{_digest(key)}.npz"
    if not path.is_file():
        _save(path, compute())
    with np.load(path) as stored:
        return {name: stored[name] for name in stored.files}


def _digest(key: Sequence[str]) -> str:
    return hashlib.sha256(chr(0).join(key).encode()).hexdigest()[:32]


def _save(path: Path, arrays: Mapping[str, NDArray[np.generic]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part.npz")
    np.savez(unfinished, allow_pickle=False, **arrays)
    unfinished.replace(path)
