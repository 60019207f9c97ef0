"""Which functions of the use cases write, read from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import photosort

USE_CASES = Path(photosort.__file__).parent / "usecases"

_OF_SESSION = frozenset(["write", "write_soon"])
_OF_FILES = frozenset(
    ["write_whole", "write_verified", "replacing", "creating", "put_back", "thin_out", "rmtree"]
)


def writers() -> set[tuple[str, str]]:
    """(module, function or method) of all that writes to the library or to files of Photosort's own."""
    found = set()
    for path in sorted(USE_CASES.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        for name, body in _functions(tree):
            if any(_writes(node) for node in ast.walk(body)):
                found.add((path.relative_to(USE_CASES).as_posix(), name))
    return found


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    for top in tree.body:
        if isinstance(top, ast.FunctionDef):
            yield top.name, top
        elif isinstance(top, ast.ClassDef):
            for part in top.body:
                if isinstance(part, ast.FunctionDef):
                    yield f"{top.name}.{part.name}", part


def _writes(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    if isinstance(called, ast.Name):
        return called.id in _OF_FILES
    if not isinstance(called, ast.Attribute):
        return False
    if called.attr in _OF_SESSION:
        return ast.unparse(called.value).endswith("session")
    return called.attr in _OF_FILES
