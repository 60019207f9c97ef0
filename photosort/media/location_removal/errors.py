"""The error raised when a file's location cannot be removed."""

from __future__ import annotations


class CannotRemoveLocation(Exception):
    """The file has parts of unknown purpose, or is damaged."""
