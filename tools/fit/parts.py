"""Fits what the starter knows of the parts of pictures and writes `resources/starter/parts.safetensors`.

    python -m tools.fit.parts --data DIR

The reference are the quarters of the photos of `captioned`; neither captions nor labels are used.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn.functional import normalize

from benchmarks.data import captioned
from benchmarks.vectors import Seen, shipped_space, starter_quarters
from photosort.embed.starter import PARTS


def main() -> None:
    """Writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    data: Path = parser.parse_args().data
    torch.set_num_threads(1)
    space, _ = shipped_space()
    paths = captioned(data / "captioned").paths
    quarters = Seen(*(part.reshape(-1, part.shape[-1]) for part in starter_quarters(paths)))
    with torch.inference_mode():
        vectors = space.semantic(quarters.tensors())
    centre = vectors.mean(0).half()
    centred = normalize(vectors - centre.float(), dim=1)
    save_file({"centre": centre, "covariance": (centred.T @ centred / len(centred)).half()}, PARTS)
    PARTS.chmod(0o644)
    print(f"{PARTS}: {PARTS.stat().st_size / 1e6:.1f} MB, {len(paths)} photos")


if __name__ == "__main__":
    main()
