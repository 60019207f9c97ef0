"""Encoders of the CLIP family: any architecture of open_clip, from a checkpoint on this machine."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import pickle
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import torch
from safetensors import SafetensorError

from photosort.domain.encoders import EncoderInfo, References, Space
from photosort.domain.pictures import InputSpec
from photosort.embed.devices import as_tensor, best_batch, best_dtype
from photosort.embed.long_texts import encode_whole
from photosort.embed.model_folder import About, ModelFolder, open_model_folder, read_about
from photosort.embed.steady import Steady
from photosort.embed.torchvision_ops import make_importable
from photosort.errors import ModelUnavailable
from photosort.sentences import Sentence

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

    from photosort.embed.measurements import Notes

# Raised whenever the same weights would give other vectors.
REVISION = 2
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
        model = _load(found)
        spec = input_spec(model.visual.preprocess_cfg)
        machine = f"{weights_sha256} {_machine(device)}"
        if dtype is None:
            dtype = notes.remember(
                f"dtype {machine}",
                lambda: best_dtype(model.visual, edge_px=spec.edge_px, device=device),
            )
        ready = _Ready.on(model, device, dtype)
        blank = np.zeros((1, spec.edge_px, spec.edge_px, 3), np.uint8)
        batch = int(
            notes.remember(
                f"batch {machine} {dtype}",
                lambda: str(
                    best_batch(
                        lambda count: ready.images(np.repeat(blank, count, axis=0)), device=device
                    )
                ),
            )
        )
        self._steady = Steady(
            ready,
            device=device,
            batch=batch,
            load_on_cpu=lambda: _Ready.on(_load(found), "cpu", "float32"),
        )
        self._tokenizer = _tokenizer(found)
        dim = ready.texts(self._tokenizer([""])).shape[1]
        # The precision is no part of the version: a library that moves to a machine without a graphics
        # card keeps its vectors (docs/decisions/0042-change-of-encoder.md).
        self._info = EncoderInfo(
            name=found.folder.name,
            version=hashlib.sha256(
                json.dumps([weights_sha256, found.config, REVISION]).encode()
            ).hexdigest(),
            dims={"semantic": dim, "visual": dim},
            stored_spaces=("semantic",),
            input=spec,
            languages=(read_about(found.folder) or About()).languages,
            device=device,
            dtype=dtype,
            max_tokens=self._tokenizer.context_length,
            batch=batch,
        )
        zero = np.zeros(dim, np.float32)
        self.references = References(photos={"semantic": zero, "visual": zero}, texts=zero)

    @property
    def info(self) -> EncoderInfo:
        """What this encoder is, and on what it runs now."""
        steady = self._steady
        if steady.device == self._info.device:
            return self._info
        return replace(self._info, device=steady.device, dtype="float32", note=steady.note)

    def encode_images(self, images: NDArray[np.uint8]) -> dict[Space, NDArray[np.float32]]:
        """Vectors of pictures, not centred; see `Encoder.encode_images`."""
        if not len(images):
            return {"semantic": np.empty((0, self._info.dims["semantic"]), np.float32)}
        return {"semantic": self._steady.rows(images, _Ready.images)}

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, not centred, taken literally; see `Encoder.encode_texts`.

        A text with more than `info.max_tokens` tokens is the mean of its pieces.
        """
        return encode_whole(
            texts, limit=self._info.max_tokens, count=self.count_tokens, encode=self._encode_short
        )

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, to be held against `info.max_tokens`."""
        inner = getattr(self._tokenizer, "tokenizer", None)
        if inner is None:  # CLIP's own tokenizer; the two marks at the ends are not in its count
            return len(self._tokenizer.encode(text)) + 2
        return len(inner(text).input_ids)

    def _encode_short(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self._info.dims["semantic"]), np.float32)
        return self._steady.rows(self._tokenizer(list(texts)), _Ready.texts)


@dataclass(frozen=True, slots=True)
class _Ready:
    """A model on its device in its precision."""

    model: Any
    device: torch.device
    dtype: torch.dtype
    mean: Tensor
    std: Tensor

    @classmethod
    def on(cls, model: Any, device: str, dtype: str) -> _Ready:
        """Moves and casts a model."""
        preprocessing = model.visual.preprocess_cfg
        mean, std = (
            torch.tensor(preprocessing[key], device=device).view(1, 3, 1, 1)
            for key in ("mean", "std")
        )
        kind: torch.dtype = getattr(torch, dtype)
        # The model is cast, not autocast: under inference mode autocast casts the weights again at
        # every call (8 photos/s instead of 37 for ViT-B-32 in bfloat16).
        return cls(model.to(device, kind), torch.device(device), kind, mean, std)

    def images(self, images: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Vectors of pictures, in one call of the model."""
        with torch.inference_mode():
            pixels = as_tensor(images).to(self.device)
            # Scaled on the device: a quarter of the bytes travel there.
            scaled = pixels.permute(0, 3, 1, 2).float().div_(255.0)
            scaled = scaled.sub_(self.mean).div_(self.std).to(self.dtype)
            return _unit_rows(self.model.encode_image(scaled))

    def texts(self, tokens: Tensor) -> NDArray[np.float32]:
        """Vectors of tokenised texts, in one call of the model."""
        with torch.inference_mode():
            return _unit_rows(self.model.encode_text(tokens.to(self.device)))


def _machine(device: str) -> str:
    """What a measurement holds for."""
    if device == "cuda":
        return f"{device} {torch.cuda.get_device_name()} {torch.__version__}"
    return f"{device} {torch.__version__} {torch.backends.cpu.get_cpu_capability()}"


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
            Sentence(
                "This model wants pictures that are not square, which Photosort does not support."
            ),
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
            Sentence(
                "{file} cannot be used: it is damaged, is not plain tensors, or does not fit "
                "the architecture that its folder names.",
                file=found.weights.name,
            ),
            repr(error),
        ) from error
    return model.eval().requires_grad_(False)


def _tokenizer(found: ModelFolder) -> Any:
    try:
        with _silent_root_logger():
            return open_clip.get_tokenizer(f"local-dir:{found.folder}")
    except (OSError, ValueError, ImportError) as error:
        raise ModelUnavailable(
            Sentence(
                "The tokenizer's files are missing in the model folder {folder}.",
                folder=found.folder.name,
            ),
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
