"""Programs of the desktop that open a file, as freedesktop.org's Desktop Entry Specification 1.5 describes them."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeDatabase, QProcess

# Elsewhere programs are registered in other ways.
IS_SUPPORTED = sys.platform not in {"win32", "darwin"}

_LARGEST_BYTES = 256 * 1024
_FIELD_CODE = re.compile(r"%(.)")
_ESCAPES = {"\\s": " ", "\\n": "\n", "\\t": "\t", "\\r": "\r", "\\\\": "\\"}


@dataclass(frozen=True, slots=True)
class Program:
    """A program that opens files.

    Attributes:
        name: as the desktop's menus call it.
        command: its command line, with field codes.
    """

    name: str
    command: tuple[str, ...]


def programs_for(path: Path, language: str) -> list[Program]:
    """The programs that say they open the kind of a file, by name.

    Args:
        path: the file; its name decides, for it may be on a drive that is not connected.
        language: "de" or "de_AT", for their names.
    """
    kind = QMimeDatabase().mimeTypeForFile(str(path), QMimeDatabase.MatchMode.MatchExtension)
    kinds = {kind.name(), *kind.aliases(), *kind.allAncestors()} - {"application/octet-stream"}
    found: dict[str, Program | None] = {}
    for entry in _entries():
        # What the user has in their own folder hides what the system has.
        if entry.name not in found:
            found[entry.name] = _program(_read(entry), kinds, language)
    programs = {one.name: one for one in found.values() if one is not None}
    return sorted(programs.values(), key=lambda one: one.name.casefold())


def start(program: Program, paths: Sequence[Path]) -> bool:
    """Opens files with a program; False where it cannot be started."""
    started = [_start(command) for command in _commands(program.command, paths)]
    return all(started)


def _start(command: Sequence[str]) -> bool:
    started, _ = QProcess.startDetached(command[0], list(command[1:]))
    return started


def _entries() -> Iterator[Path]:
    home = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    system = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    for folder in (home, *system.split(":")):
        try:
            yield from sorted(Path(folder).expanduser().joinpath("applications").glob("*.desktop"))
        except OSError:
            continue


def _read(path: Path) -> dict[str, str]:
    """The entry's own group; empty where it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            return {}
        lines = path.read_text("utf-8", "replace").splitlines()
    except OSError:
        return {}
    said: dict[str, str] = {}
    group = ""
    for line in lines:
        if line.startswith("["):
            group = line.strip()
        elif group == "[Desktop Entry]" and "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            said.setdefault(key.strip(), value.strip())
    return said


def _program(said: Mapping[str, str], kinds: set[str], language: str) -> Program | None:
    """The program of an entry, or None where it is none for files of these kinds."""
    if said.get("Type") != "Application" or "true" in {said.get("Hidden"), said.get("NoDisplay")}:
        return None
    if kinds.isdisjoint(said.get("MimeType", "").split(";")):
        return None
    try:
        command = tuple(shlex.split(_unescaped(said.get("Exec", ""))))
    except ValueError:
        return None
    if not command or not all(map(shutil.which, {command[0], said.get("TryExec") or command[0]})):
        return None
    names = (f"Name[{language}]", f"Name[{language.partition('_')[0]}]", "Name")
    name = next((said[key] for key in names if said.get(key)), "")
    return Program(_unescaped(name), command) if name else None


def _unescaped(text: str) -> str:
    return re.sub(r"\\.", lambda match: _ESCAPES.get(match[0], match[0]), text)


def _commands(command: Sequence[str], paths: Sequence[Path]) -> list[list[str]]:
    """The command lines that open files: one for all, where the program takes several, else one for each."""
    codes = {code for word in command for code in _FIELD_CODE.findall(word)}
    if codes & {"F", "U"}:
        return [_filled(command, paths)]
    return [_filled(command, [path]) for path in paths]


def _filled(command: Iterable[str], paths: Sequence[Path]) -> list[str]:
    made: list[str] = []
    has_files = False
    for word in command:
        code = word[1:] if len(word) == 2 and word.startswith("%") else ""
        if code in {"f", "F"}:
            made += [str(path) for path in paths]
            has_files = True
        elif code in {"u", "U"}:
            made += [path.as_uri() for path in paths]
            has_files = True
        elif not code:
            made.append(_FIELD_CODE.sub(lambda match: "%" if match[1] == "%" else "", word))
    return made if has_files else [*made, *(str(path) for path in paths)]
