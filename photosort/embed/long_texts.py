"""Texts longer than an encoder reads: split between words and averaged, never cut off silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


def encode_whole(
    texts: Sequence[str],
    *,
    limit: int,
    count: Callable[[str], int],
    encode: Callable[[Sequence[str]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    """Encodes texts of any length; a long one is the mean of its pieces.

    Args:
        texts: any strings; what is not valid Unicode is replaced.
        limit: most tokens that `encode` reads.
        count: tokens of a text.
        encode: unit vectors of texts that are short enough.

    Returns:
        float32 array, shape (n, dim), unit L2 norm, input order.
    """
    if not texts:
        return encode([])
    # A file name may hold half of a surrogate pair, on which tokenizers fail.
    valid = [text.encode("utf-8", "replace").decode("utf-8") for text in texts]
    pieces = [split(text, limit=limit, count=count) for text in valid]
    vectors = encode([piece for of_text in pieces for piece in of_text])
    if all(len(of_text) == 1 for of_text in pieces):
        return vectors
    starts = np.cumsum([0, *(len(of_text) for of_text in pieces[:-1])])
    sums: NDArray[np.float32] = np.add.reduceat(vectors, starts, axis=0)
    norms = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)
    mean: NDArray[np.float32] = (sums / norms).astype(np.float32)
    return mean


def split(text: str, *, limit: int, count: Callable[[str], int]) -> list[str]:
    """Cuts a text into pieces of whole words that fit, in order.

    A single word that is too long is cut between its letters.
    """
    # No tokenizer makes more tokens of a text than it has bytes, besides the marks at its ends.
    if len(text.encode("utf-8")) + 2 <= limit or count(text) <= limit:
        return [text]
    words = text.split()
    units, glue = (words, " ") if len(words) > 1 else (list(text), "")
    half = len(units) // 2
    return [
        piece
        for part in (units[:half], units[half:])
        for piece in split(glue.join(part), limit=limit, count=count)
    ]
