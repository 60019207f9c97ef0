"""Encodes descriptions as vectors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from photosort.search.centring import centred

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from photosort.usecases.models.embedding_spaces import Reader

# Short texts mean more in a sentence; averaged, the two beat either (docs/encoders.md).
QUERY_TEMPLATES = ("{}", "a photo of {}")


def clause_vectors(encoder: Reader, clauses: Sequence[str]) -> NDArray[np.float32]:
    """Descriptions as centred unit vectors, float32, shape (n, dim).

    Kept in memory only: what the user typed is nobody else's business.
    """
    filled = [template.format(clause) for template in QUERY_TEMPLATES for clause in clauses]
    rows = encoder.encode_texts(filled).reshape(len(QUERY_TEMPLATES), len(clauses), -1)
    return centred(rows.mean(axis=0).astype(np.float32), encoder.references.texts)


def text_vector(encoder: Reader, query: str) -> NDArray[np.float32]:
    """One description as a centred unit vector, float32, shape (dim,)."""
    return np.asarray(clause_vectors(encoder, [query])[0])
