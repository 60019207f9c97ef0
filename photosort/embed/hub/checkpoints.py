"""Imports weights from a file: recognises the architecture, checks the file, writes a model folder.

Nothing of a file is run: safetensors hold numbers only, and a pickle is read by torch's reader of plain tensors,
which refuses everything else; it is kept as safetensors afterwards.
"""

from __future__ import annotations

import json
import pickle
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from photosort.embed.hub.offers import offers
from photosort.embed.model_folder import (
    CONFIG_FILE,
    WEIGHT_SUFFIXES,
    About,
    incoming_folder,
    open_model_folder,
    put_in_place,
)
from photosort.embed.packages import file_sha256
from photosort.embed.torchvision_ops import make_importable
from photosort.errors import InputProblem, ModelUnavailable
from photosort.safe_files import write_whole
from photosort.sentences import Sentence

make_importable()

import open_clip  # noqa: E402
from open_clip.model import CLIP, CustomTextCLIP  # noqa: E402

WEIGHTS_FILE = "open_clip_model.safetensors"
# Files beside the weights that a tokenizer may consist of; none of them is code.
_TOKENIZER_FILES = (
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.json",
    "vocab.txt",
    "merges.txt",
    "spiece.model",
    "sentencepiece.bpe.model",
)
# What a damaged file raises depends on where it is damaged.
_DAMAGE = (RuntimeError, ValueError, TypeError, LookupError, AttributeError, OSError, EOFError)

Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Imported:
    """A model that was brought in from a file.

    Attributes:
        folder: where it lies now; its name is the model's.
        architecture: of open_clip; "" where the file's own folder describes it.
    """

    folder: Path
    architecture: str


def import_checkpoint(
    source: Path, models_dir: Path, *, architecture: str | None = None, name: str | None = None
) -> Imported:
    """Brings a model in from a file or folder; the original stays as it is.

    Args:
        source: weights (`.safetensors`, or `.pt`, `.pth`, `.bin` with plain tensors), or a folder that holds
            them. A tokenizer's files are taken from beside them.
        models_dir: folder of downloaded and imported models.
        architecture: open_clip's name for it; None = what `open_clip_config.json` beside it says, else what
            the tensors say.
        name: what to call it; None = by its file or folder.

    Raises:
        InputProblem: it is no model, or of no architecture that is known, or of another one; several
            architectures fit; the tokenizer's files are missing.
        ModelUnavailable: it is damaged, holds code, or holds weights that are not numbers.
    """
    weights = _weights_of(source)
    tensors = read_tensors(weights)
    _refuse_unsound(tensors, weights.name)
    shapes = {key: tuple(tensor.shape) for key, tensor in tensors.items()}
    config = _config_beside(weights) if architecture is None else None
    if config is None:
        architecture = _settled(architecture, shapes, weights.name)
        config = {
            "model_cfg": _plain(open_clip.get_model_config(architecture)),
            "preprocess_cfg": _preprocessing(architecture),
        }
    elif (differs := difference(config["model_cfg"], shapes)) is not None:
        raise InputProblem(
            Sentence(
                "{file} does not fit the description beside it ({config_file}).",
                file=weights.name,
                config_file=CONFIG_FILE,
            ),
            differs,
        )
    folder = models_dir / _free_name(models_dir, name or _name_of(source))
    incoming = incoming_folder(models_dir, folder.name)
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(parents=True, mode=0o700)
    try:
        for file in _TOKENIZER_FILES:
            if (weights.parent / file).is_file():
                shutil.copyfile(weights.parent / file, incoming / file)
        if config["model_cfg"]["text_cfg"].get("hf_tokenizer_name") and not any(
            (incoming / file).exists() for file in _TOKENIZER_FILES
        ):
            raise InputProblem(
                Sentence(
                    "{file} needs the files of its tokenizer beside it (tokenizer.json and "
                    "tokenizer_config.json).",
                    file=weights.name,
                )
            )
        write_whole(incoming / CONFIG_FILE, json.dumps(config, indent=1).encode())
        save_file(
            {key: tensor.contiguous().clone() for key, tensor in tensors.items()},
            incoming / WEIGHTS_FILE,
        )
        del tensors
        check_folder(incoming)
        about = About(
            source=source.name,
            sha256={weights.name: file_sha256(weights)},
            at=datetime.now(UTC).isoformat(timespec="seconds"),
        )
        return Imported(put_in_place(incoming, folder, about), architecture or "")
    except BaseException:
        shutil.rmtree(incoming, ignore_errors=True)
        raise


def check_folder(folder: Path, *, architecture: str | None = None) -> None:
    """Makes sure that a model folder holds what it says.

    Args:
        folder: the model folder.
        architecture: what it must be; None = whatever it says.

    Raises:
        ModelUnavailable: it is incomplete, damaged, or another model.
    """
    found = open_model_folder(folder)
    wanted = found.config["model_cfg"]
    if architecture is not None:
        wanted = _plain(open_clip.get_model_config(architecture))
    tensors = read_tensors(found.weights)
    _refuse_unsound(tensors, found.weights.name)
    shapes = {key: tuple(tensor.shape) for key, tensor in tensors.items()}
    for model_cfg in (wanted, found.config["model_cfg"]):
        differs = difference(model_cfg, shapes)
        if differs is not None:
            raise ModelUnavailable(
                Sentence(
                    "{file} is not the model that it should be; nothing was changed.",
                    file=found.weights.name,
                ),
                differs,
            )


def read_tensors(weights: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file by name, without running anything that is in it.

    Raises:
        ModelUnavailable: the file is damaged or holds more than tensors.
    """
    try:
        if weights.suffix == ".safetensors":
            with safe_open(weights, framework="pt") as file:
                return {key: file.get_tensor(key) for key in file.keys()}  # noqa: SIM118 -- no mapping
        loaded = torch.load(weights, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise ModelUnavailable(
            Sentence(
                "{file} holds more than numbers: it could run code, and was not opened. Look "
                "for the model as .safetensors.",
                file=weights.name,
            ),
            repr(error)[:2000],
        ) from error
    except (*_DAMAGE, SafetensorError) as error:
        if "TorchScript" in str(error):
            raise ModelUnavailable(
                Sentence(
                    "{file} is a program (TorchScript), not only weights, and was not opened. Look "
                    "for the model as .safetensors.",
                    file=weights.name,
                ),
                repr(error),
            ) from error
        raise ModelUnavailable(
            Sentence("{file} is damaged or incomplete.", file=weights.name), repr(error)[:2000]
        ) from error
    state = loaded.get("state_dict", loaded) if isinstance(loaded, dict) else None
    if not isinstance(state, dict) or not all(
        isinstance(one, torch.Tensor) for one in state.values()
    ):
        raise ModelUnavailable(
            Sentence("{file} holds no weights that could be used.", file=weights.name)
        )
    return {key.removeprefix("module."): tensor for key, tensor in state.items()}


def recognise(shapes: Shapes) -> list[str]:
    """The architectures of open_clip that have exactly these tensors, those of the catalogue first."""
    of_catalogue = [offer.architecture for offer in offers()]
    every = dict.fromkeys([*of_catalogue, *open_clip.list_models()])
    return [
        name
        for name in every
        if _may_be(config := open_clip.get_model_config(name), shapes)
        and difference(config, shapes) is None
    ]


def difference(model_cfg: Mapping[str, Any], shapes: Shapes) -> str | None:
    """How an architecture's tensors differ from those of a file, or None where they are the same.

    The model is built without memory for its weights, which takes a second whatever its size.
    """
    settings = {key: value for key, value in model_cfg.items() if key != "custom_text"}
    kind = CustomTextCLIP if model_cfg.get("custom_text") else CLIP
    try:
        with torch.device("meta"):
            state = kind(**settings).state_dict()
    except Exception as error:  # a description that makes no sense fails anywhere inside open_clip
        return repr(error)
    wanted = {key: tuple(tensor.shape) for key, tensor in state.items()}
    if wanted.keys() != shapes.keys():
        missing, strange = wanted.keys() - shapes.keys(), shapes.keys() - wanted.keys()
        return f"{len(missing)} tensors missing {sorted(missing)[:3]}, {len(strange)} strange {sorted(strange)[:3]}"
    unlike = [key for key in wanted if wanted[key] != shapes[key]]
    return f"{len(unlike)} tensors of another shape {unlike[:3]}" if unlike else None


def _may_be(config: Mapping[str, Any], shapes: Shapes) -> bool:
    """A glance at the text tower, which rules out nearly all of the 150 architectures."""
    text = config["text_cfg"]
    if "hf_model_name" in text:
        return False  # its text tower is built by another library, with a connection
    table = shapes.get("token_embedding.weight") or shapes.get("text.token_embedding.weight")
    return table == (text.get("vocab_size", 49408), text.get("width", 512))


def _settled(architecture: str | None, shapes: Shapes, name: str) -> str:
    if architecture is not None:
        config = open_clip.get_model_config(architecture)
        if config is None:
            raise InputProblem(
                Sentence(
                    "open_clip knows no architecture {architecture}.", architecture=architecture
                )
            )
        if (differs := difference(config, shapes)) is not None:
            raise InputProblem(
                Sentence("{name} is not a {architecture}.", name=name, architecture=architecture),
                differs,
            )
        return architecture
    fitting = recognise(shapes)
    if not fitting:
        raise InputProblem(
            Sentence(
                "{name} is of no architecture that Photosort knows. Put its {config_file} "
                "beside it.",
                name=name,
                config_file=CONFIG_FILE,
            )
        )
    # The same tensors computed with another activation: nothing in the file tells them apart.
    if len(fitting) > 1 and not set(fitting[:1]) & {offer.architecture for offer in offers()}:
        raise InputProblem(
            Sentence(
                "{name} can be any of {known}; say which one it is.",
                name=name,
                known=", ".join(fitting),
            )
        )
    return fitting[0]


def _preprocessing(architecture: str) -> dict[str, Any]:
    """How the weights of an architecture see pictures, by open_clip's table of published ones."""
    tags = open_clip.list_pretrained_tags_by_model(architecture)
    known = {offer.architecture: offer.tag for offer in offers()}
    tag = known.get(architecture, tags[-1] if tags else None)
    published = open_clip.get_pretrained_cfg(architecture, tag) if tag is not None else {}
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in published.items()
        if key in {"mean", "std", "interpolation", "resize_mode"}
    }


def _refuse_unsound(tensors: Mapping[str, torch.Tensor], name: str) -> None:
    for key, tensor in tensors.items():
        if tensor.is_floating_point() and not bool(torch.isfinite(tensor).all()):
            raise ModelUnavailable(
                Sentence("{name} is damaged: it holds weights that are not numbers.", name=name),
                key,
            )


def _weights_of(source: Path) -> Path:
    if source.is_dir():
        found = [path for path in sorted(source.iterdir()) if path.suffix in WEIGHT_SUFFIXES]
        if not found:
            raise InputProblem(
                Sentence("There are no weights in {name}.", name=source.name), str(source)
            )
        return min(found, key=lambda path: WEIGHT_SUFFIXES.index(path.suffix))
    if not source.is_file():
        raise InputProblem(Sentence("There is no file {source}.", source=source))
    if source.suffix not in WEIGHT_SUFFIXES:
        raise InputProblem(
            Sentence(
                "{name} is no model: Photosort reads {known} and folders with them.",
                name=source.name,
                known=", ".join(WEIGHT_SUFFIXES),
            )
        )
    return source


def _config_beside(weights: Path) -> dict[str, Any] | None:
    with suppress(ModelUnavailable):
        return open_model_folder(weights).config
    return None


def _name_of(source: Path) -> str:
    """The folder's name where a file is called as everywhere, else the file's."""
    stem = source.name if source.is_dir() else source.stem
    return source.parent.name if stem.startswith(("open_clip_", "model", "pytorch_model")) else stem


def _free_name(models_dir: Path, wanted: str) -> str:
    clean = "".join(c if c.isalnum() or c in "-_." else "-" for c in wanted).strip("-.") or "model"
    number, name = 2, clean
    while (models_dir / name).exists():
        name, number = f"{clean}-{number}", number + 1
    return name


def _plain(config: Any) -> dict[str, Any]:
    """A description as JSON can hold it."""
    plain: dict[str, Any] = json.loads(json.dumps(config))
    return plain
