"""Fits what the starter knows of the parts of pictures and writes `resources/starter/parts.safetensors`.

    python -m tools.fit.parts --data DIR

The reference are the quarters of the photos of `captioned`; neither captions nor labels are used.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.nn.functional import normalize

from benchmarks.data import captioned
from benchmarks.starter_fit import applied
from benchmarks.vectors import Seen, starter_quarters
from photosort.paths import resources


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    torch.set_num_threads(1)
    folder = resources() / "starter"
    space = applied(load_file(folder / "starter.safetensors"))
    paths = captioned(data / "captioned").paths
    quarters = Seen(*(part.reshape(-1, part.shape[-1]) for part in starter_quarters(paths)))
    with torch.inference_mode():
        vectors = space.semantic(quarters.tensors())
    centre = vectors.mean(0).half()
    centred = normalize(vectors - centre.float(), dim=1)
    target = folder / "parts.safetensors"
    save_file({"centre": centre, "covariance": (centred.T @ centred / len(centred)).half()}, target)
    target.chmod(0o644)
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB, {len(paths)} photos")


if __name__ == "__main__":
    main()
