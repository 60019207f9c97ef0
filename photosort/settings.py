"""The user's settings: typed, with a default each, in one small file that survives damage and new versions."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from photosort.errors import EnvironmentProblem
from photosort.safe_files import read_whole, write_whole
from photosort.sentences import Sentence, reason_of

Migration = Callable[[dict[str, Any]], dict[str, Any]]

# Name and function; the first leads from version 1 to 2, the second from 2 to 3.
MIGRATIONS: tuple[tuple[str, Migration], ...] = ()
_LARGEST_BYTES = 1024 * 1024
VERSION = 1 + len(MIGRATIONS)

SchemeChoice = Literal["system", "light", "dark"]
MotionChoice = Literal["system", "full", "none"]
CellChoice = Literal["square", "lines"]

# Smallest and largest of each number; a file edited by hand is not believed beyond them.
LIMITS: Mapping[str, tuple[int, int]] = {
    "thumbnail_cache_mb": (64, 16_384),
    "threads": (0, 256),
    "slideshow_interval_s": (1, 600),
    "cell_edge_px": (72, 640),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the user chose. `docs/settings.md` has a row for each.

    Attributes:
        scheme: colours of the window.
        motion: whether what appears fades in.
        language: code of the window's language ("de"), or "" for the system's.
        thumbnail_cache_mb: thumbnails of photos that are there are kept up to this size.
        threads: cores that finding tags and reading photos may use; 0 = as many as there are.
        single_letters: letters and figures alone are commands in grid, loupe and review.
        write_keyword_files: decisions also go into keyword files (.xmp) beside the photos.
        slideshow_interval_s: how long the slideshow shows each photo.
        advance: in the loupe, the next photo comes once one was given stars or a flag.
        cell_shape: photos in squares, or in lines of one height.
        cell_edge_px: size of a photo in the grid.
        show_information: the panel at the side is open.
        show_filters: the filter bar below the search field is open.
        show_stacks: photos of a stack are one tile.
        backup_folder: folder of the library's copies, at best on another disk; "" = beside the settings.
        import_folder: where the last import went, or "".
        import_template: the folders that it made below that, or "".
        sidebar: what is open and chosen in the left panel and how far it is scrolled, as JSON, or "".
        window: the window's size, place and panes as the window system's own bytes in base 64, or "".
    """

    scheme: SchemeChoice = "system"
    motion: MotionChoice = "system"
    language: str = ""
    thumbnail_cache_mb: int = 1024
    threads: int = 0
    single_letters: bool = True
    write_keyword_files: bool = False
    slideshow_interval_s: int = 4
    advance: bool = False
    cell_shape: CellChoice = "lines"
    cell_edge_px: int = 184
    show_information: bool = True
    show_filters: bool = False
    show_stacks: bool = False
    backup_folder: str = ""
    import_folder: str = ""
    import_template: str = ""
    sidebar: str = ""
    window: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Settings as they were found.

    Attributes:
        settings: what holds now.
        notice: one sentence for the user where something was wrong, or "".
    """

    settings: Settings
    notice: str = ""


def load(path: Path) -> Loaded:
    """The settings of a file; defaults where there is none.

    A damaged file is put aside beside it, never thrown away; one value that makes no sense gives its default.

    Args:
        path: the settings file.
    """
    try:
        data = json.loads(read_whole(path, limit_bytes=_LARGEST_BYTES))
        if not isinstance(data, dict):
            raise ValueError("not an object")
        version = data.pop("version")
        if not isinstance(version, int) or isinstance(version, bool) or version < 1:
            raise ValueError("no version")
    except FileNotFoundError:
        return Loaded(Settings())
    except OSError as error:
        notice = Sentence(
            "The settings in {path} cannot be read ({reason}); the defaults hold for now.",
            path=path,
            reason=reason_of(error),
        )
        return Loaded(Settings(), notice)
    except (ValueError, KeyError, RecursionError):
        return Loaded(Settings(), _put_aside(path))
    for _, migrate in MIGRATIONS[version - 1 :]:
        data = migrate(data)
    return Loaded(_checked(data))


def save(path: Path, settings: Settings) -> None:
    """Writes the settings as a whole or not at all, readable by the user only.

    What a newer version wrote into the file and this one does not know stays in it.

    Args:
        path: the settings file; its folder is made.
        settings: what to write.

    Raises:
        EnvironmentProblem: the file cannot be written, or is a link; the one before it is untouched.
    """
    data: dict[str, Any] = _unknown(path) | asdict(settings)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(path, json.dumps(data, indent=2, sort_keys=True).encode(), mode=0o600)
    except OSError as error:
        reason = reason_of(error)
        message = Sentence(
            "The settings cannot be saved in {folder}: {reason}.", folder=path.parent, reason=reason
        )
        raise EnvironmentProblem(message, repr(error)) from error


def _unknown(path: Path) -> dict[str, Any]:
    """What the file holds besides this version's settings, and its version if that is newer."""
    found: dict[str, Any] = {}
    with suppress(OSError, ValueError, RecursionError):
        data = json.loads(read_whole(path, limit_bytes=_LARGEST_BYTES))
        if isinstance(data, dict) and isinstance(data.get("version"), int):
            found = data if data["version"] > VERSION else {}
    return {"version": VERSION} | found


def _put_aside(path: Path) -> str:
    number = 1
    while (aside := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    try:
        path.rename(aside)
    except OSError as error:
        return Sentence(
            "The settings in {path} are damaged and cannot be put aside: {reason}.",
            path=path,
            reason=reason_of(error),
        )
    return Sentence(
        "The settings were damaged; they were put aside as {file}, and the defaults hold.",
        file=aside.name,
    )


def _checked(data: Mapping[str, Any]) -> Settings:
    """The values that make sense; defaults for all others."""
    hints = get_type_hints(Settings)
    good = {
        field.name: data[field.name]
        for field in fields(Settings)
        if field.name in data and _makes_sense(field.name, data[field.name], hints[field.name])
    }
    return Settings(**good)


def _makes_sense(name: str, value: object, kind: object) -> bool:
    if get_origin(kind) is Literal:
        return value in get_args(kind)
    if not isinstance(kind, type) or type(value) is not kind:
        return False
    if name in LIMITS and isinstance(value, int):
        low, high = LIMITS[name]
        return low <= value <= high
    return True
