"""Vectors of the vocabulary's texts, kept per encoder. Never of what a user typed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from photosort.store.db.bulk_rows import in_blocks, marks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.store.db.database import Store

_HASH_BYTES = 16


def get(store: Store, encoder_id: int, texts: Iterable[str]) -> dict[str, NDArray[np.float32]]:
    """The texts that are known, each with its float32 array of shape (dim,)."""
    by_hash = {text_hash(text): text for text in texts}
    found: dict[str, NDArray[np.float32]] = {}
    for block in in_blocks(list(by_hash)):
        for key, data in store.rows(
            "SELECT text_hash, data FROM text_vectors"
            f" WHERE encoder_id = ? AND text_hash IN ({marks(block)})",
            [encoder_id, *block],
        ):
            found[by_hash[key]] = np.frombuffer(data, dtype="<f2").astype(np.float32)
    return found


def put(store: Store, *, encoder_id: int, vectors: Mapping[str, NDArray[np.floating]]) -> None:
    """Keeps vectors as float16, in place of those that are there."""
    with store.atomic():
        store.db.table("text_vectors").insert_all(
            (
                {
                    "encoder_id": encoder_id,
                    "text_hash": text_hash(text),
                    "data": vector.astype("<f2").tobytes(),
                }
                for text, vector in vectors.items()
            ),
            replace=True,
        )


def text_hash(text: str) -> bytes:
    """What a text is known by; 16 bytes."""
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_HASH_BYTES).digest()
