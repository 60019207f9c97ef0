"""Lists the available encoders: the built-in one and those in the user's models folder. Imports no torch."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING

from photosort.embed.load import STARTER
from photosort.embed.measurements import Notes
from photosort.embed.model_folder import About, open_model_folder, read_about
from photosort.errors import ModelUnavailable
from photosort.paths import digest_of_files, resources

if TYPE_CHECKING:
    from pathlib import Path

    from photosort.embed.model_folder import ModelFolder

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a person wants to know of an encoder before using it.

    Attributes:
        licence: of the weights; None where nobody wrote it down.
        dim: dimension of the space in which texts live.
        size_mb: of the weights, in millions of bytes.
    """

    name: str
    licence: str | None
    dim: int | None
    size_mb: float | None
    languages: tuple[str, ...]


# 24 MB of EfficientNet-Lite2, 91 MB of all-MiniLM-L6-v2; both in Apache-2.0.
BUILT_IN = ModelCard(STARTER, "Apache-2.0", 768, 115.0, ("en",))


def installed_models(models_dir: Path) -> list[ModelCard]:
    """The encoders that can be used now, the built-in one first; damaged folders are left out."""
    cards = [BUILT_IN]
    folders = sorted(models_dir.iterdir()) if models_dir.is_dir() else []
    for folder in folders:
        if not folder.is_dir() or folder.name.startswith("."):
            continue
        try:
            cards.append(_card(open_model_folder(folder)))
        except ModelUnavailable:
            continue
    return cards


def fingerprint(name: str, models_dir: Path) -> str:
    """A cheap sign that an encoder's files are those that were loaded last time; reads no weights.

    An index run that finds nothing to do must not wait seconds for torch to say so.
    """
    if name == STARTER:
        return digest_of_files(sorted((resources() / "starter").glob("*.safetensors")))
    try:
        stat = open_model_folder(models_dir / name).weights.stat()
    except ModelUnavailable:
        return ""
    return f"{stat.st_size} {stat.st_mtime_ns}"


def rates(models_dir: Path) -> dict[str, float]:
    """Photos a second of the encoders that were measured on this machine."""
    notes = Notes(models_dir).all()
    here = _rate_key("")
    return {
        key.removeprefix(here): float(value) for key, value in notes.items() if key.startswith(here)
    }


def write_rate(models_dir: Path, name: str, photos_per_second: float) -> None:
    """Keeps how fast an encoder was on this machine."""
    Notes(models_dir).put(_rate_key(name), f"{photos_per_second:.2f}")


def _rate_key(name: str) -> str:
    # The models' folder may be carried to another machine, or be shared by several.
    return f"rate {platform.node()} {name}"


def _card(model: ModelFolder) -> ModelCard:
    about = read_about(model.folder) or About()
    return ModelCard(
        name=model.folder.name,
        licence=about.licence,
        dim=model.config["model_cfg"].get("embed_dim"),
        size_mb=round(model.weights.stat().st_size / _MB, 1),
        languages=about.languages,
    )
