"""Fits what the starter encoder ships and writes `resources/starter/starter.safetensors`.

    python -m benchmarks.fit_starter --data DIR

It is fitted on the photos and captions of `captioned` and `multilabel` and on the class descriptions in
`resources/starter`. The photos' labels are not used.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file
from threadpoolctl import threadpool_limits

from benchmarks.data import captioned
from benchmarks.starter_fit import Examples, class_texts, fit, with_references
from benchmarks.vectors import minilm_vectors, starter_features
from photosort.paths import resources


def examples(folder: Path) -> Examples:
    """A set of captioned photos as both models see it."""
    photos = captioned(folder)
    return Examples(starter_features(photos.paths), minilm_vectors(photos.captions), photos.photo)


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    torch.set_num_threads(1)
    # Sums in another order round differently; one thread makes the file the same each time.
    with threadpool_limits(1):
        everything = examples(data / "captioned") + examples(data / "multilabel")
        tensors = with_references(fit(everything, class_texts()), everything)
    target = resources() / "starter" / "starter.safetensors"
    save_file(tensors, target)
    target.chmod(0o644)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, {len(everything.seen.pooled)} photos")


if __name__ == "__main__":
    main()
