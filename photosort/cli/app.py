"""`photosort app`, and `photosort` without arguments: opens the window."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from photosort import paths
from photosort.cli.exits import ENVIRONMENT
from photosort.errors import EnvironmentProblem

if TYPE_CHECKING:
    from photosort.cli.output import Printer


def run(options: argparse.Namespace, printer: Printer) -> int:
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

    def cannot(reason: str) -> None:
        """Ends at once: Qt would abort with its own text."""
        problem = EnvironmentProblem(
            "The window cannot be opened, because no display can be used here. "
            "The commands work without it: photosort --help",
            reason,
        )
        printer.error(problem)
        os._exit(ENVIRONMENT)

    places = paths.locate(options.library, options.home)
    status: int = open_window(places, options.folders, cannot)
    return status
