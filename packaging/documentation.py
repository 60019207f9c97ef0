"""Builds the documentation as a site that can be read without a network: `make docs`.

Two pages are made on the way and never written by hand: every command with every option, from the command line's own
parser, and the list of decisions, from their titles. The first is kept beside the others, for readers without the site;
`--pages` makes it anew and stops there. A warning stops the build.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "command-reference.md"
DECISIONS = DOCS / "decisions" / "index.md"
_EVERYWHERE = "everywhere"


def reference() -> str:
    """Every command and option, in the words of `--help`, whatever Python's own way of laying them out is."""
    from photosort.cli.main import build_parser

    parser = build_parser()
    parts = [
        "# Every command and option",
        "What `photosort COMMAND --help` says; made by `make reference` from the program itself."
        " [The commands](commands.md) says what they are for, and what their JSON means.",
        "## Everywhere",
        "Before or after any command:",
        _table(_group(parser, _EVERYWHERE)),
    ]
    for one in _parsers(parser):
        own = [action for action in _arguments(one) if action not in _group(one, _EVERYWHERE)]
        described = one.description or ""
        parts += [f"## {one.prog}", described, f"```text\n{_usage(one.prog, own)}\n```"]
        if own:
            parts.append(_table(own))
    return "\n\n".join(parts) + "\n"


def decisions() -> str:
    """A list of the decisions, oldest first."""
    lines = ["# Decisions\n", "Why things are as they are, a short page each.\n"]
    for path in sorted(DECISIONS.parent.glob("[0-9]*.md")):
        title = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        number, said = int(path.name[:4]), re.sub(r"^\d+\.\s+", "", title)
        lines.append(f"- {number}. [{said}]({path.name})")
    return "\n".join(lines) + "\n"


def _parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in dict.fromkeys(action.choices.values()):
                yield from _parsers(sub)


def _arguments(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What can be typed after a command, without its own commands, which have a title each."""
    left_out = (argparse._HelpAction, argparse._SubParsersAction)
    return [action for action in parser._actions if not isinstance(action, left_out)]


def _group(parser: argparse.ArgumentParser, title: str) -> list[argparse.Action]:
    return [
        action
        for group in parser._action_groups
        if group.title == title
        for action in group._group_actions
    ]


def _usage(program: str, arguments: list[argparse.Action]) -> str:
    """One line: the options in brackets, then what must stand there."""
    optional = [
        f"[{_spelled(one)}]" for one in arguments if one.option_strings and not one.required
    ]
    needed = [_spelled(one) for one in arguments if one.option_strings and one.required]
    placed = [_spelled(one) for one in arguments if not one.option_strings]
    return " ".join([program, *needed, *optional, *placed])


def _spelled(action: argparse.Action) -> str:
    value = "|".join(str(choice) for choice in action.choices or ()) or str(action.metavar or "")
    if action.option_strings:
        takes = {0: "", "+": f" {value}..."}.get(action.nargs, f" {value}")
        return action.option_strings[-1] + takes
    return {"*": f"[{value}...]", "?": f"[{value}]", "+": f"{value}..."}.get(action.nargs, value)


def _table(arguments: list[argparse.Action]) -> str:
    lines = ["| argument | meaning |", "|---|---|"]
    for action in arguments:
        spelled, said = (text.replace("|", "\\|") for text in (_spelled(action), action.help or ""))
        lines.append(f"| `{spelled}` | {said} |")
    return "\n".join(lines)


def main() -> None:
    """Makes the pages, and the site."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--pages", action="store_true", help="only the pages that are made of code"
    )
    sys.path.insert(0, str(ROOT))
    REFERENCE.write_text(reference(), "utf-8")
    DECISIONS.write_text(decisions(), "utf-8")
    if options.parse_args().pages:
        return
    generator = Path(sys.executable).parent / "zensical"
    site = ["--config-file", str(ROOT / "zensical.toml")]
    subprocess.run([str(generator), "build", "--clean", "--strict", *site], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
