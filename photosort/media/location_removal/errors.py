"""The error raised when a file's location cannot be removed."""

from __future__ import annotations


class CannotRemoveLocation(Exception):
    """A file of which it is not known what every part is for, or a damaged one."""
