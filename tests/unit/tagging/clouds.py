"""Unit vectors that stand for photos."""

import numpy as np


def unit(rows):
    """Rows of unit length, float32."""
    return (rows / np.linalg.norm(rows, axis=-1, keepdims=True)).astype(np.float32)


def cloud(rng, count, dim):
    """Photos that have nothing to do with one another."""
    return unit(rng.normal(size=(count, dim)))
