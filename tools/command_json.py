"""What commands print with `--json`, read from its one description (`photosort.cli.json_rows`): for the reference and for tests."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import (
    TYPE_CHECKING,
    Annotated,
    Literal,
    NotRequired,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from photosort.cli.json_rows import ROWS

if TYPE_CHECKING:
    import argparse

# `X | None` becomes the older form where X is one of `typing`'s own.
_UNIONS = (types.UnionType, Union)
_WORDS = {str: "text", int: "whole number", float: "number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a line.

    Attributes:
        hint: its type, a class or a form of `typing`.
        is_always: it is there in every line.
        meaning: what there is to say beside its name, or "".
    """

    name: str
    hint: object
    is_always: bool
    meaning: str


def keys(row: type) -> list[Key]:
    """The keys of a kind of line; those that a query comes with stand first."""
    found = []
    for name, hint in get_type_hints(row, include_extras=True).items():
        is_always = get_origin(hint) is not NotRequired
        inner = hint if is_always else get_args(hint)[0]
        meaning = inner.__metadata__[0] if get_origin(inner) is Annotated else ""
        found.append(Key(name, _plain(inner), is_always, meaning))
    return sorted(found, key=lambda key: key.name != "query")


def spelled(hint: object) -> str:
    """A type in the words of the reference."""
    hint = _plain(hint)
    if get_origin(hint) in _UNIONS:
        return " or ".join(spelled(one) for one in get_args(hint))
    if get_origin(hint) is Literal:
        return ", ".join(f"`{one}`" for one in get_args(hint))
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return f"list: {spelled(inner)}"
    if is_typeddict(hint) and isinstance(hint, type):
        each = (f"{key.name} ({spelled(key.hint)})" for key in keys(hint) if key.is_always)
        return f"{{{', '.join(each)}}}"
    if hint is types.NoneType:
        return "null"
    return _WORDS[hint] if isinstance(hint, type) else str(hint)


def faults(value: object, hint: object, where: str = "") -> Iterator[str]:
    """What in a value is not as it is described: keys that lack or are too many, types, null where none may be."""
    hint = _plain(hint)
    if get_origin(hint) in _UNIONS:
        if all(list(faults(value, one, where)) for one in get_args(hint)):
            yield f"{where}: {value!r} is not {spelled(hint)}"
    elif get_origin(hint) is Literal:
        if value not in get_args(hint):
            yield f"{where}: {value!r} is not one of {spelled(hint)}"
    elif get_origin(hint) is list and isinstance(value, list):
        for one in value:
            yield from faults(one, get_args(hint)[0], f"{where}[]")
    elif is_typeddict(hint) and isinstance(hint, type) and isinstance(value, dict):
        known = {key.name: key for key in keys(hint)}
        yield from (f"{where}.{name} is not described" for name in value.keys() - known.keys())
        for name, key in known.items():
            if name in value:
                yield from faults(value[name], key.hint, f"{where}.{name}")
            elif key.is_always:
                yield f"{where}.{name} is missing"
    elif type(value) is not hint and not (hint is float and type(value) is int):
        yield f"{where}: {value!r} is not {spelled(hint)}"


def row_of(options: argparse.Namespace) -> type | None:
    """The kind of line that a call answers with."""
    action = getattr(options, "action", None)
    name = (
        f"{options.command} {action}" if f"{options.command} {action}" in ROWS else options.command
    )
    for key, row in ROWS.items():
        words, _, option = key.partition(" --")
        if option and words == name and getattr(options, option.replace("-", "_")):
            return row
    return ROWS[name]


def _plain(hint: object) -> object:
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint
