"""Encodes the shipped vocabulary with the starter encoder, so that a first tagging need not.

`python -m tools.fit.vocabulary` writes `resources/starter/vocabulary.npz`; run it after every
change of the vocabulary or of the starter. A test holds the file against both.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from photosort.embed.load import STARTER, load_encoder
from photosort.store.vectors.text_vectors import text_hash
from photosort.tagging.prompts import texts_of
from photosort.tagging.vocabulary import load_vocabulary
from photosort.threads.lanes import cores
from photosort.usecases.models.vocabulary_vectors import SHIPPED_VECTORS, shipped_files


def main() -> None:
    """Writes the file."""
    vocabulary = load_vocabulary(shipped_files())
    texts = sorted({text for tag in vocabulary for text in texts_of(tag).all}, key=len)
    with tempfile.TemporaryDirectory() as models:
        encoder = load_encoder(STARTER, models_dir=Path(models), threads=cores())
    rows = [encoder.encode_texts(texts[i : i + 64]) for i in range(0, len(texts), 64)]
    np.savez_compressed(
        SHIPPED_VECTORS,
        encoder=np.array(encoder.info.version),
        hashes=np.frombuffer(b"".join(map(text_hash, texts)), np.uint8).reshape(-1, 16),
        vectors=np.concatenate(rows).astype(np.float16),
    )
    print(f"{len(texts):,} texts of {len(vocabulary):,} tags -> {SHIPPED_VECTORS}")


if __name__ == "__main__":
    main()
