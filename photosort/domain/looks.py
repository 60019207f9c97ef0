"""Looks: properties of a picture that its pixels alone tell (black and white, night, drawing)."""

from __future__ import annotations

from enum import StrEnum


class Look(StrEnum):
    """A look; the value is its name."""

    BLACK_AND_WHITE = "black and white"
    NIGHT = "night"
    SKETCH = "sketch"
