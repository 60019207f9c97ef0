"""What can be typed, as a reader sees it: read from the command line's own parser, laid out the same by every Python."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

_EVERYWHERE = "everywhere"


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """The program, then each of its commands, and theirs."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for sub in dict.fromkeys(action.choices.values()):
                yield from parsers(sub)


def everywhere(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """The options that stand before or after any command."""
    return [
        action
        for group in parser._action_groups
        if group.title == _EVERYWHERE
        for action in group._group_actions
    ]


def own(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What only this command takes, without its own commands, which are parsers of their own."""
    left_out = (argparse._HelpAction, argparse._SubParsersAction)
    general = everywhere(parser)
    return [
        action
        for action in parser._actions
        if not isinstance(action, left_out) and action not in general
    ]


def usage(parser: argparse.ArgumentParser) -> str:
    """One line: what must be given, the options in brackets, then what stands at the end."""
    arguments = own(parser)
    named = [action for action in arguments if action.option_strings]
    needed = [spelled(action) for action in named if action.required]
    optional = [f"[{spelled(action)}]" for action in named if not action.required]
    placed = [spelled(action) for action in arguments if not action.option_strings]
    return " ".join([parser.prog, *needed, *optional, *placed])


def spelled(action: argparse.Action) -> str:
    """An argument as it is typed: "--limit N", "[FOLDER...]"."""
    value = "|".join(str(choice) for choice in action.choices or ()) or str(action.metavar or "")
    if action.option_strings:
        takes = {0: "", "+": f" {value}..."}.get(action.nargs or "", f" {value}")
        return action.option_strings[-1] + ("" if action.nargs == 0 else takes)
    return {"*": f"[{value}...]", "?": f"[{value}]", "+": f"{value}..."}.get(
        str(action.nargs), value
    )
