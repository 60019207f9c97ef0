"""A picture model on disk: one folder in open_clip's format with everything needed to load it.

NAME/open_clip_config.json   {"model_cfg": {...}, "preprocess_cfg": {...}}, as open_clip's hub has it
NAME/*.safetensors           the weights (or .pt, .pth, .bin with plain tensors)
NAME/tokenizer*.json ...     where the model does not use CLIP's own tokenizer
NAME/photosort.json          licence, languages and where it came from, if Photosort brought it here
"""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from photosort.errors import ModelUnavailable
from photosort.safe_files import write_whole
from photosort.sentences import Sentence

if TYPE_CHECKING:
    from pathlib import Path

CONFIG_FILE = "open_clip_config.json"
ABOUT_FILE = "photosort.json"
_INCOMING = ".incoming"
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


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a model besides its weights.

    Attributes:
        source: where it came from: an address, or the name of the imported file.
        commit: the hub's name for the state that was downloaded, or "".
        sha256: hash of each file as it arrived; the next download of the same model must match.
        at: when it came, UTC.
    """

    licence: str | None = None
    languages: tuple[str, ...] = ("en",)
    source: str = ""
    commit: str = ""
    sha256: dict[str, str] = field(default_factory=dict)
    at: str = ""


def read_about(folder: Path) -> About | None:
    """What is known of the model in a folder, or None."""
    try:
        said = json.loads((folder / ABOUT_FILE).read_text("utf-8"))
        return About(**{**said, "languages": tuple(said["languages"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def incoming_folder(models_dir: Path, name: str) -> Path:
    """Where a model is put together before it is used."""
    return models_dir / _INCOMING / name


def put_in_place(incoming: Path, folder: Path, about: About) -> Path:
    """Makes a complete model usable, in one step, in place of what has its name."""
    write_whole(incoming / ABOUT_FILE, json.dumps(asdict(about), indent=1).encode())
    if folder.exists():
        aside = incoming.with_name(folder.name + ".old")
        shutil.rmtree(aside, ignore_errors=True)
        folder.rename(aside)
        incoming.rename(folder)
        shutil.rmtree(aside, ignore_errors=True)
    else:
        incoming.rename(folder)
    return folder


def open_model_folder(source: Path) -> ModelFolder:
    """Reads what lies at a path.

    Args:
        source: a model folder, or the weights file in one.

    Raises:
        ModelUnavailable: there is nothing, or something is missing, with a sentence that says what.
    """
    if not source.exists():
        raise ModelUnavailable(
            Sentence("There is no model at {source}.", source=source), str(source)
        )
    folder = source if source.is_dir() else source.parent
    try:
        config = json.loads((folder / CONFIG_FILE).read_text("utf-8"))
        towers = config["model_cfg"]["vision_cfg"], config["model_cfg"]["text_cfg"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(
            Sentence(
                "The folder {folder} does not say what its model is: {config_file} is missing "
                "or damaged.",
                folder=folder.name,
                config_file=CONFIG_FILE,
            ),
            repr(error),
        ) from error
    weights = [source] if source.is_file() else _weights_in(folder)
    if not weights or not all(isinstance(tower, dict) for tower in towers):
        raise ModelUnavailable(
            Sentence("The model folder {folder} is incomplete.", folder=folder.name), str(folder)
        )
    return ModelFolder(folder, weights[0], config)


def _weights_in(folder: Path) -> list[Path]:
    found = [path for path in folder.iterdir() if path.suffix in WEIGHT_SUFFIXES and path.is_file()]
    return sorted(found, key=lambda path: (WEIGHT_SUFFIXES.index(path.suffix), path.name))
