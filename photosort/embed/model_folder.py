"""A model as it lies on disk: one folder in open_clip's own form, which says everything about itself.

NAME/open_clip_config.json   {"model_cfg": {...}, "preprocess_cfg": {...}}, as open_clip's hub has it
NAME/*.safetensors           the weights (or .pt, .pth, .bin with plain tensors)
NAME/tokenizer*.json ...     where the model does not use CLIP's own tokenizer
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from photosort.errors import ModelUnavailable

if TYPE_CHECKING:
    from pathlib import Path

CONFIG_FILE = "open_clip_config.json"
# In order of preference: safetensors cannot hold code.
WEIGHT_SUFFIXES = (".safetensors", ".pt", ".pth", ".bin")


@dataclass(frozen=True, slots=True)
class ModelFolder:
    """What a model folder holds.

    Attributes:
        folder: where it lies; its name is the model's.
        weights: the file of the weights.
        config: content of `open_clip_config.json`.
    """

    folder: Path
    weights: Path
    config: dict[str, Any]


def open_model_folder(source: Path) -> ModelFolder:
    """Reads what lies at a path.

    Args:
        source: a model folder, or the weights file in one.

    Raises:
        ModelUnavailable: there is nothing, or something is missing, with a sentence that says what.
    """
    if not source.exists():
        raise ModelUnavailable(f"There is no model at {source}.", str(source))
    folder = source if source.is_dir() else source.parent
    try:
        config = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
        towers = config["model_cfg"]["vision_cfg"], config["model_cfg"]["text_cfg"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(
            f"The folder {folder.name} does not say what its model is: {CONFIG_FILE} is missing or damaged.",
            repr(error),
        ) from error
    weights = [source] if source.is_file() else _weights_in(folder)
    if not weights or not all(isinstance(tower, dict) for tower in towers):
        raise ModelUnavailable(f"The model folder {folder.name} is incomplete.", str(folder))
    return ModelFolder(folder, weights[0], config)


def _weights_in(folder: Path) -> list[Path]:
    found = [path for path in folder.iterdir() if path.suffix in WEIGHT_SUFFIXES and path.is_file()]
    return sorted(found, key=lambda path: (WEIGHT_SUFFIXES.index(path.suffix), path.name))
