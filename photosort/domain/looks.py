"""Looks: what the pixels of a picture alone tell, without knowing what it shows."""

from __future__ import annotations

from enum import StrEnum


class Look(StrEnum):
    """A look; the value is its name."""

    BLACK_AND_WHITE = "black and white"
    NIGHT = "night"
    SKETCH = "sketch"
