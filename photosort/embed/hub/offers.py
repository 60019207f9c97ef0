"""The picture models that can be downloaded, as `resources/models.yaml` lists them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from photosort.errors import InputProblem
from photosort.paths import resources
from photosort.sentences import Sentence

CATALOGUE = resources() / "models.yaml"


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """One file of a model on the hub.

    Attributes:
        name: its name on the hub and on disk.
        size_bytes: as its publisher says; None where that is not known here.
        sha256: the same, hex.
        needed: False where a hub may lack it.
    """

    name: str
    size_bytes: int | None = None
    sha256: str | None = None
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Offer:
    """A model that can be downloaded; the attributes are explained in `resources/models.yaml`."""

    name: str
    repo: str
    rung: str
    architecture: str
    tag: str
    licence: str
    commercial_use: bool
    dim: int
    input_px: int
    size_mb: float
    quality: int
    languages: tuple[str, ...]
    files: tuple[OfferedFile, ...]


@cache
def offers(path: Path = CATALOGUE) -> tuple[Offer, ...]:
    """All rows of the catalogue, weakest first."""
    rows: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))["models"]
    return tuple(
        Offer(
            **{
                **row,
                "languages": tuple(row["languages"]),
                "files": tuple(OfferedFile(**file) for file in row["files"]),
            }
        )
        for row in rows
    )


def find_offer(name: str) -> Offer:
    """The row of a name, or the first of a rung ("fast").

    Raises:
        InputProblem: there is none, with the names that there are.
    """
    for offer in offers():
        if name.casefold() in {offer.name.casefold(), offer.rung}:
            return offer
    known = ", ".join(offer.name for offer in offers())
    raise InputProblem(
        Sentence(
            "There is no picture model {name}. The catalogue has: {known}.", name=name, known=known
        )
    )
