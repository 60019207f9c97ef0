"""Loads an encoder by its name in the catalogue, or by the path of a checkpoint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from photosort.embed.devices import describe_device, set_threads
from photosort.embed.measurements import Notes

if TYPE_CHECKING:
    from photosort.domain.encoders import Encoder

STARTER = "starter"


def load_encoder(
    name_or_path: str = STARTER,
    *,
    models_dir: Path,
    device: str | None = None,
    threads: int | None = None,
    dtype: str | None = None,
) -> Encoder:
    """Loads an encoder; imports torch, so call it off the window's thread.

    Args:
        name_or_path: "starter", the folder name of a model in `models_dir`, or a path.
        models_dir: folder of downloaded and imported models.
        device: "cpu", "cuda" or "mps"; None takes the best that is there.
        threads: threads that one call computes with; None leaves torch's own choice.
        dtype: "float32", "bfloat16" or "float16"; None takes the fastest that is exact enough.

    Raises:
        ModelUnavailable: there is no such encoder, or its weights are absent or damaged.
    """
    if threads is not None:
        set_threads(threads)
    if name_or_path == STARTER:
        from photosort.embed.starter import FITTED, PARTS, StarterEncoder

        return StarterEncoder(
            FITTED,
            PARTS,
            notes=Notes(models_dir),
            device=device or "cpu",
            dtype=dtype,
        )
    from photosort.embed.open_clip_encoder import OpenClipEncoder

    in_catalogue = models_dir / name_or_path
    return OpenClipEncoder(
        in_catalogue if in_catalogue.is_dir() else Path(name_or_path),
        notes=Notes(models_dir),
        device=device or describe_device().device,
        dtype=dtype,
    )
