"""Builds the documentation as a site that can be read without a network: `make docs`.

Two pages are made on the way and never written by hand: every command with every option, from the command line's own
parser, and the list of decisions, from their titles. A warning stops the build.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "command-reference.md"
DECISIONS = DOCS / "decisions" / "index.md"
# As wide as a line of code in the site.
_COLUMNS = "92"


def reference() -> str:
    """Every command and option, in the words of `--help`."""
    from photosort.cli.main import build_parser

    parser = build_parser()
    parts = [
        "# Every command and option\n\nWhat `photosort COMMAND --help` says. [The commands](commands.md) says what they"
        " are for, and what their JSON means.\n"
    ]
    parts += [
        f"## {title}\n\n```text\n{one.format_help().strip()}\n```\n"
        for title, one in _parsers(parser)
    ]
    return "\n".join(parts)


def decisions() -> str:
    """A list of the decisions, oldest first."""
    lines = ["# Decisions\n", "Why things are as they are, a short page each.\n"]
    for path in sorted(DECISIONS.parent.glob("[0-9]*.md")):
        title = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        lines.append(f"- [{title}]({path.name})")
    return "\n".join(lines) + "\n"


def _parsers(parser: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    yield parser.prog, parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in dict.fromkeys(action.choices.values()):
                yield from _parsers(sub)


def main() -> None:
    """Makes the pages and the site."""
    os.environ["COLUMNS"] = _COLUMNS
    sys.path.insert(0, str(ROOT))
    REFERENCE.write_text(reference(), "utf-8")
    DECISIONS.write_text(decisions(), "utf-8")
    generator = Path(sys.executable).parent / "zensical"
    command = [
        str(generator),
        "build",
        "--clean",
        "--strict",
        "--config-file",
        str(ROOT / "zensical.toml"),
    ]
    subprocess.run(command, cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
