"""Encoders of the CLIP family: any architecture of open_clip, from a checkpoint on this machine."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import pickle
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import torch
from safetensors import SafetensorError

from photosort.domain.encoders import EncoderInfo, References, Space
from photosort.domain.pictures import InputSpec
from photosort.embed.devices import as_tensor, best_dtype
from photosort.embed.long_texts import encode_whole
from photosort.embed.model_folder import ModelFolder, open_model_folder
from photosort.embed.torchvision_ops import make_importable
from photosort.errors import ModelUnavailable

# The hub's library looks at these once, when it is imported.
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
make_importable()

import open_clip  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from torch import Tensor

    from photosort.embed.notes import Notes

# Raised whenever the same weights would give other vectors.
REVISION = 1
IMAGE_BATCH = {"cpu": 16, "cuda": 128, "mps": 64}
TEXT_BATCH = 256
FITS: Mapping[str, Literal["crop", "squash", "pad"]] = {
    "shortest": "crop",
    "squash": "squash",
    "longest": "pad",
}


class OpenClipEncoder:
    """Photos and texts to vectors in the one space of a CLIP model.

    Attributes:
        info: see `Encoder.info`.
        references: zero; a catalogue may bring better ones.
    """

    def __init__(
        self, source: Path, *, notes: Notes, device: str = "cpu", dtype: str | None = None
    ) -> None:
        """Loads a checkpoint.

        Args:
            source: a model folder (see `model_folder`), or the weights file in one.
            notes: keeps the file's hash and the choice of dtype.
            device: "cpu", "cuda" or "mps".
            dtype: "float32", "bfloat16" or "float16"; None takes the fastest that is exact enough.

        Raises:
            ModelUnavailable: there are no weights, they do not fit the architecture, or they are not
                plain tensors.
        """
        found = open_model_folder(source)
        weights_sha256 = notes.sha256(found.weights)
        self._device = torch.device(device)
        model = _load(found).to(self._device)
        preprocessing = model.visual.preprocess_cfg
        spec = input_spec(preprocessing)
        self._mean = torch.tensor(preprocessing["mean"], device=self._device).view(1, 3, 1, 1)
        self._std = torch.tensor(preprocessing["std"], device=self._device).view(1, 3, 1, 1)
        if dtype is None:
            dtype = notes.remember(
                f"dtype {weights_sha256} {device} {torch.__version__} "
                f"{torch.backends.cpu.get_cpu_capability()}",
                lambda: best_dtype(model.visual, edge_px=spec.edge_px, device=device),
            )
        self._dtype: torch.dtype = getattr(torch, dtype)
        # The model is cast, not autocast: under inference mode autocast casts the weights again at
        # every call (8 photos/s instead of 37 for ViT-B-32 in bfloat16).
        self._model = model.to(self._dtype)
        self._tokenizer = _tokenizer(found)
        dim = self._encode_tokens(self._tokenizer([""])).shape[1]
        self.info = EncoderInfo(
            name=found.folder.name,
            version=hashlib.sha256(
                json.dumps([weights_sha256, found.config, REVISION, dtype]).encode()
            ).hexdigest(),
            dims={"semantic": dim, "visual": dim},
            stored_spaces=("semantic",),
            input=spec,
            device=device,
            dtype=dtype,
            max_tokens=self._tokenizer.context_length,
        )
        zero = np.zeros(dim, np.float32)
        self.references = References(photos={"semantic": zero, "visual": zero}, texts=zero)

    def encode_images(self, images: NDArray[np.uint8]) -> dict[Space, NDArray[np.float32]]:
        """Vectors of pictures, not centred; see `Encoder.encode_images`."""
        vectors = np.empty((len(images), self.info.dims["semantic"]), np.float32)
        step = IMAGE_BATCH[self._device.type]
        with torch.inference_mode():
            for start in range(0, len(images), step):
                pixels = as_tensor(images[start : start + step]).to(self._device)
                # Scaled on the device: a quarter of the bytes travel there.
                scaled = pixels.permute(0, 3, 1, 2).float().div_(255.0)
                scaled = scaled.sub_(self._mean).div_(self._std).to(self._dtype)
                vectors[start : start + step] = _unit_rows(self._model.encode_image(scaled))
        return {"semantic": vectors}

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, not centred, taken literally; see `Encoder.encode_texts`.

        A text with more than `info.max_tokens` tokens is the mean of its pieces.
        """
        return encode_whole(
            texts, limit=self.info.max_tokens, count=self.count_tokens, encode=self._encode_short
        )

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, to be held against `info.max_tokens`."""
        inner = getattr(self._tokenizer, "tokenizer", None)
        if inner is None:  # CLIP's own tokenizer; the two marks at the ends are not in its count
            return len(self._tokenizer.encode(text)) + 2
        return len(inner(text).input_ids)

    def _encode_short(self, texts: Sequence[str]) -> NDArray[np.float32]:
        vectors = np.empty((len(texts), self.info.dims["semantic"]), np.float32)
        for start in range(0, len(texts), TEXT_BATCH):
            tokens = self._tokenizer(list(texts[start : start + TEXT_BATCH]))
            vectors[start : start + TEXT_BATCH] = self._encode_tokens(tokens)
        return vectors

    def _encode_tokens(self, tokens: Tensor) -> NDArray[np.float32]:
        with torch.inference_mode():
            return _unit_rows(self._model.encode_text(tokens.to(self._device)))


def input_spec(preprocessing: Mapping[str, Any]) -> InputSpec:
    """The pixels that a model's own preprocessing would give it, before normalisation.

    Args:
        preprocessing: open_clip's `preprocess_cfg`.

    Raises:
        ModelUnavailable: the model wants pictures that are not square.
    """
    size = preprocessing["size"]
    height, width = (size, size) if isinstance(size, int) else size
    if height != width:
        raise ModelUnavailable(
            "This model wants pictures that are not square, which Photosort does not support.",
            f"{width} x {height}",
        )
    return InputSpec(
        edge_px=height,
        fit=FITS[preprocessing["resize_mode"]],
        resample="bilinear" if preprocessing["interpolation"] == "bilinear" else "bicubic",
        fill=preprocessing["fill_color"],
    )


def _load(found: ModelFolder) -> Any:
    try:
        with _silent_root_logger():
            # No weights from anywhere at first, then strictly all of them from the one file: random
            # ones, for which open_clip only warns, cannot remain.
            model = open_clip.create_model(
                f"local-dir:{found.folder}",
                load_weights=False,
                pretrained_image=False,
                pretrained_text=False,
            )
            open_clip.load_checkpoint(model, str(found.weights), strict=True, weights_only=True)
    # What a damaged file raises depends on where it is damaged.
    except (
        RuntimeError,
        ValueError,
        TypeError,
        LookupError,
        AttributeError,
        OSError,
        EOFError,
        SafetensorError,
        pickle.UnpicklingError,
    ) as error:
        raise ModelUnavailable(
            f"{found.weights.name} cannot be used: it is damaged, is not plain tensors, or does not fit "
            "the architecture that its folder names.",
            repr(error),
        ) from error
    return model.eval().requires_grad_(False)


def _tokenizer(found: ModelFolder) -> Any:
    try:
        with _silent_root_logger():
            return open_clip.get_tokenizer(f"local-dir:{found.folder}")
    except (OSError, ValueError, ImportError) as error:
        raise ModelUnavailable(
            f"The tokenizer's files are missing in the model folder {found.folder.name}.",
            repr(error),
        ) from error


@contextmanager
def _silent_root_logger() -> Iterator[None]:
    """Keeps open_clip from talking through the root logger, and from giving it a handler."""
    root = logging.getLogger()
    handler = logging.NullHandler()
    root.addHandler(handler)
    root.addFilter(_nothing)
    try:
        yield
    finally:
        root.removeFilter(_nothing)
        root.removeHandler(handler)


def _nothing(_record: logging.LogRecord) -> bool:
    return False


def _unit_rows(vectors: Tensor) -> NDArray[np.float32]:
    rows: NDArray[np.float32] = torch.nn.functional.normalize(vectors.float(), dim=1).cpu().numpy()
    return rows
