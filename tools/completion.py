"""Completion for shells, made from the command line's own parser: `python -m tools.completion bash`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import shtab

from photosort.cli.main import build_parser
from tools.command_arguments import parsers

# Where a shell looks below /usr/share, and fish below ~/.local/share too.
PLACES = {
    "bash": Path("bash-completion", "completions", "photosort"),
    "zsh": Path("zsh", "vendor-completions", "_photosort"),
    "fish": Path("fish", "vendor_completions.d", "photosort.fish"),
}
_FOLDERS = frozenset({"FOLDER", "DIR", "F"})
_FILES = frozenset({"FILE", "PHOTO", "FOLDER|PHOTO"})


def completion(shell: str) -> str:
    """The script for a shell: commands, options, their choices, and files where a path belongs."""
    parser = build_parser()
    for one in parsers(parser):
        for action in one._actions:
            complete = _complete(action)
            if complete is not None:
                vars(action)["complete"] = complete
    return str(shtab.complete(parser, shell))


def _complete(action: argparse.Action) -> object:
    if action.metavar in _FOLDERS:
        return shtab.DIRECTORY
    return shtab.FILE if action.metavar in _FILES else None


if __name__ == "__main__":
    sys.stdout.write(completion(sys.argv[1]))
