"""`photosort app`, and `photosort` without arguments: opens the window."""

from __future__ import annotations

import argparse

from photosort import paths
from photosort.errors import EnvironmentProblem


def run(options: argparse.Namespace) -> int:
    """Opens the window on the library, adding the folders.

    Raises:
        EnvironmentProblem: there is no screen, or the window's libraries are absent.
    """
    try:
        from photosort.gui.shell.app import open_window
    except ImportError as error:
        raise EnvironmentProblem(
            "The window cannot be opened, because PySide6 cannot be loaded here. "
            "The commands work without it: photosort --help",
            repr(error),
        ) from error
    status: int = open_window(paths.locate(options.library, options.home), options.folders)
    return status
