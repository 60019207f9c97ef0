"""Logging by topic. Never a photo's content or a search text above DEBUG."""

from __future__ import annotations

import logging


def topic(name: str) -> logging.Logger:
    """The logger `photosort.<name>`."""
    return logging.getLogger(f"photosort.{name}")


def set_up(*, verbose: bool = False, quiet: bool = False) -> None:
    """Sends the log to standard error: warnings by default, DEBUG when verbose, errors when quiet."""
    level = logging.DEBUG if verbose else logging.ERROR if quiet else logging.WARNING
    root = logging.getLogger("photosort")
    root.setLevel(level)
    if not root.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s %(name)s: %(message)s"))
        root.addHandler(handler)
