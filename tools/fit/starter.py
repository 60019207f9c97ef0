"""Fits what the starter encoder ships and writes `resources/starter/starter.safetensors`.

    python -m tools.fit.starter --data DIR

It is fitted on the photos and captions of `captioned_more`, without the thousand of them that are held back
(`benchmarks.data.held_back`), and on the class descriptions in `resources/starter`. Nothing of `captioned`, `multilabel`
and `categories` is used, so what those measure is always of photos that the starter has not seen. The digest of the
data stands in the file. The same data, torch and processor give the same file.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import torch
from safetensors.torch import save_file
from threadpoolctl import threadpool_limits

from benchmarks.data import captioned, held_back
from benchmarks.vectors import minilm_vectors, starter_features, starter_mirrored
from photosort.embed.starter import FITTED
from photosort.embed.starter_space import HEAD_OF_SENTENCES, StarterSpace, even_ways, map_input
from tools.fit.starter_head import Shown, phrases, train
from tools.fit.starter_map import Examples, class_texts, fit, leading, with_references

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

    from benchmarks.data import Captioned
    from benchmarks.vectors import Seen

    Floats = NDArray[np.floating]

SCENE_DIM = 256


def fitted_starter(photos: Captioned, seen: Seen, mirrored: Seen) -> dict[str, Tensor]:
    """All tensors of the file.

    Args:
        photos: the only photos that are used, with their captions.
        seen: their features.
        mirrored: features of their mirror images.
    """
    captions = minilm_vectors(photos.captions)
    examples = Examples(seen, captions, photos.photo)
    tensors = fit(examples, class_texts())
    views = torch.stack([map_input(one.tensors()) for one in (seen, mirrored)])
    shown = Shown(views, torch.from_numpy(captions), photos.photo)
    short = phrases(photos.captions, photos.photo, len(photos.paths))
    short_vectors = torch.from_numpy(minilm_vectors(short.texts))
    heads = train(shown, short, short_vectors)
    for side, head in zip(("photo", "text"), heads, strict=True):
        for name, tensor in head.folded().items():
            tensors[f"{side}.{name}"] = tensor.half().contiguous()
    return with_references(tensors | join(tensors, examples), examples)


def join(tensors: dict[str, Tensor], examples: Examples) -> dict[str, Tensor]:
    """The directions in which photos and texts vary most, by the head and the map.

    Photos keep their length when they are projected on them, and with it the order of their products.
    """
    space = StarterSpace({name: tensor.float() for name, tensor in tensors.items()})
    with torch.inference_mode():
        ways = space.photo_ways(examples.seen.tensors())
        centre = torch.cat(ways, dim=1).mean(0)
        photos = even_ways(ways, centre).double().numpy()
        of_head, mapped = space.text_ways(torch.from_numpy(examples.captions))
    texts = torch.cat([HEAD_OF_SENTENCES * of_head, mapped], dim=1).double().numpy()
    moments = [rows.T @ rows for rows in (photos, texts)]
    basis = leading(sum(one / np.trace(one) for one in moments), SCENE_DIM)
    return {"join.centre": centre.half(), "join.basis": torch.from_numpy(basis.copy()).half()}


def digest(photos: Captioned) -> str:
    """SHA-256 of the captions and of the photos' bytes."""
    found = hashlib.sha256("\n".join(photos.captions).encode())
    for path in photos.paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    everything = captioned(data / "captioned_more")
    photos = everything.of(np.setdiff1d(np.arange(len(everything.paths)), held_back(everything)))
    torch.set_num_threads(1)
    # Sums in another order round differently; one thread makes the file the same each time.
    with threadpool_limits(1):
        tensors = fitted_starter(
            photos, starter_features(photos.paths), starter_mirrored(photos.paths)
        )
    save_file(tensors, FITTED, metadata={"data": digest(photos)})
    FITTED.chmod(0o644)
    print(f"{FITTED}: {FITTED.stat().st_size / 1e6:.1f} MB, {len(photos.paths)} photos")


if __name__ == "__main__":
    main()
