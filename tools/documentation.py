"""Builds the documentation as a site that can be read without a network: `make docs`.

Two pages are made on the way and never written by hand: every command with every option, from the command line's own
parser, and the list of decisions, from their titles. The first is kept beside the others, for readers without the site;
`--pages` makes it again and stops there. A warning stops the build.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

from photosort.cli.json_rows import ROWS
from tools import command_json
from tools.command_arguments import everywhere, own, parsers, spelled, usage

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "command-reference.md"
DECISIONS = DOCS / "decisions" / "index.md"

_FOREIGN_SCRIPT = re.compile(r"<script[^>]*\bsrc=\"https?://[^>]*>\s*</script>")
_FETCHED = re.compile(
    r"<(script|img|iframe|link rel=\"?stylesheet)[^>]*\b(src|href)=\"?https?://[^>]*>"
)


def reference() -> str:
    """Every command and option, in the words of `--help`, whatever Python's own way of laying them out is."""
    from photosort.cli.main import build_parser

    parser = build_parser()
    parts = [
        "# Every command and option",
        "What `photosort COMMAND --help` says; made by `make reference` from the program itself."
        " [The commands](commands.md) says what they are for. Every key of their JSON is always there, but those that say"
        " otherwise; null means that nothing is known.",
        "## Everywhere",
        "Before or after any command:",
        _table(everywhere(parser)),
    ]
    for one in parsers(parser):
        parts += [f"## {one.prog}", one.description or "", f"```text\n{usage(one)}\n```"]
        if own(one):
            parts.append(_table(own(one)))
        parts += _lines(one.prog.removeprefix("photosort "))
    return "\n\n".join(parts) + "\n"


def _lines(command: str) -> list[str]:
    """What a command prints with `--json`."""
    parts = []
    for name, row in ROWS.items():
        if row is None or name.partition(" --")[0] != command:
            continue
        option = name.removeprefix(command).strip()
        given = f"`--json` and `{option}`" if option else "`--json`"
        lines = [
            f"With {given}: {_lowered(row.__doc__ or '')}",
            "",
            "| key | type | meaning |",
            "|---|---|---|",
        ]
        for key in command_json.keys(row):
            meaning = key.meaning if key.is_always else f"only where needed: {key.meaning}"
            lines.append(f"| `{key.name}` | {command_json.spelled(key.hint)} | {meaning} |")
        parts.append("\n".join(lines))
    return parts


def _lowered(text: str) -> str:
    return f"{text[:1].lower()}{text[1:]}"


def decisions() -> str:
    """A list of the decisions, oldest first."""
    lines = ["# Decisions\n", "Why things are as they are, a short page each.\n"]
    for path in sorted(DECISIONS.parent.glob("[0-9]*.md")):
        title = path.read_text("utf-8").partition("\n")[0].removeprefix("# ")
        number, said = int(path.name[:4]), re.sub(r"^\d+\.\s+", "", title)
        lines.append(f"- {number}. [{said}]({path.name})")
    return "\n".join(lines) + "\n"


def _table(arguments: list[argparse.Action]) -> str:
    lines = ["| argument | meaning |", "|---|---|"]
    for action in arguments:
        typed, said = (text.replace("|", "\\|") for text in (spelled(action), action.help or ""))
        lines.append(f"| `{typed}` | {said} |")
    return "\n".join(lines)


def main() -> None:
    """Makes the pages, and the site."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--pages", action="store_true", help="only the pages that are made of code"
    )
    REFERENCE.write_text(reference(), "utf-8")
    DECISIONS.write_text(decisions(), "utf-8")
    if options.parse_args().pages:
        return
    generator = Path(sys.executable).parent / "zensical"
    site = ["--config-file", str(ROOT / "zensical.toml")]
    subprocess.run([str(generator), "build", "--clean", "--strict", *site], cwd=ROOT, check=True)
    take_network_out(ROOT / "build" / "site")


def take_network_out(site: Path) -> None:
    """Removes the scripts that the generator has pages fetch: opened from a folder they must ask a network for nothing.

    Raises:
        SystemExit: a page would fetch something else.
    """
    for page in site.rglob("*.html"):
        text = _FOREIGN_SCRIPT.sub("", page.read_text("utf-8"))
        if found := _FETCHED.search(text):
            raise SystemExit(f"{page} would fetch {found[0]}")
        page.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
