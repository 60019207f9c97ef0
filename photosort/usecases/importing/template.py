"""Where imported photos go: folders and the beginning of a name, from a template such as "{year}/{month}"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from photosort.domain.dates import Precision, precision_of
from photosort.errors import InputProblem
from photosort.media.file_names import UNDATED, folder_name
from photosort.sentences import Sentence

DEFAULT = "{year}/{month}"
NAME = "name"
# Of a date as ISO 8601 writes it.
_OF_DATE = {"year": slice(0, 4), "month": slice(5, 7), "day": slice(8, 10), "time": slice(11, 19)}
FIELDS = (*_OF_DATE, "camera", "folder", NAME)
_FIELD = re.compile(r"\{([^{}]*)\}")
# What names of files may not hold on one system or another.
_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]')
_UNKNOWN_CAMERA = "unknown camera"
_SEPARATORS = " -_.,"
_SEVERAL = re.compile(rf"[{re.escape(_SEPARATORS)}]+([{re.escape(_SEPARATORS)}])")


class Facts(NamedTuple):
    """What a template may use of a photo.

    Attributes:
        taken_at: ISO 8601, as exactly as it is known, or None.
        camera: maker and model, or "".
        folder: name of the folder that it lies in.
    """

    taken_at: str | None
    camera: str
    folder: str


class Place(NamedTuple):
    """Where a photo goes.

    Attributes:
        folders: names of folders, one in the other, below the target.
        prefix: stands before the name of each of its files.
    """

    folders: tuple[str, ...]
    prefix: str


@dataclass(frozen=True, slots=True)
class Template:
    """A template that was checked; made by `parse`.

    Attributes:
        folders: texts of folders with fields in them.
        prefix: the same of what stands before each name.
    """

    folders: tuple[str, ...]
    prefix: str

    def place(self, facts: Facts) -> Place:
        """Where a photo goes; of a date that is known in part, what is not known is left out."""
        names: list[str] = []
        for part in self.folders:
            filled = _filled(part, facts)
            # One folder for what has no date, however many the template has for dates.
            if facts.taken_at is None and _uses_date(part):
                filled = UNDATED if UNDATED not in names else ""
            if filled:
                names.append(folder_name(filled))
        return Place(tuple(names), _filled(self.prefix, facts, trims_end=False))


def parse(text: str) -> Template:
    """Checks a template.

    Args:
        text: folders parted by "/", with fields such as {year}. What stands before {name} in the last part begins the
            names of the files; without {name} all parts are folders, and the files keep their names.

    Raises:
        InputProblem: a field that does not exist, {name} anywhere but at the end, or a folder outside the target.
    """
    parts = [part.strip() for part in text.strip().split("/")]
    for field in _FIELD.findall(text):
        if field not in FIELDS:
            raise InputProblem(
                Sentence(
                    "The template has no field {field}. There are: {known}.",
                    field=f"{{{field}}}",
                    known=", ".join(f"{{{one}}}" for one in FIELDS),
                )
            )
    if set("{}") & set(_FIELD.sub("", text)):
        raise InputProblem(
            Sentence("In the template {text} a bracket is open or closed too often.", text=text)
        )
    # What begins with a full stop is hidden, and no photo is looked for there.
    if any(not part or part.startswith(".") for part in parts) or _FORBIDDEN.search(text):
        raise InputProblem(
            Sentence(
                "The template {text} has to name folders below the target, such as {example}.",
                text=text or '""',
                example=DEFAULT,
            )
        )
    name = f"{{{NAME}}}"
    if name not in text:
        return Template(tuple(parts), "")
    if text.count(name) > 1 or not parts[-1].endswith(name):
        raise InputProblem(
            Sentence("{field} can only stand at the end of the template.", field=name)
        )
    return Template(tuple(parts[:-1]), parts[-1].removesuffix(name))


def _uses_date(part: str) -> bool:
    return any(field in _OF_DATE for field in _FIELD.findall(part))


def _filled(part: str, facts: Facts, *, trims_end: bool = True) -> str:
    is_whole = True

    def value(match: re.Match[str]) -> str:
        nonlocal is_whole
        found = _value(match[1], facts)
        is_whole &= bool(found)
        return found

    filled = _FIELD.sub(value, part)
    if is_whole:
        return filled
    # What parted the fields that are not known parts nothing now.
    left = _SEVERAL.sub(r"\1", filled).lstrip(_SEPARATORS)
    return left.rstrip(_SEPARATORS) if trims_end else left


def _value(field: str, facts: Facts) -> str:
    if field == "camera":
        return folder_name(facts.camera or _UNKNOWN_CAMERA)
    if field == "folder":
        return folder_name(facts.folder)
    taken_at = facts.taken_at or ""
    if field == "time" and taken_at and precision_of(taken_at) is not Precision.SECOND:
        return ""
    return taken_at[_OF_DATE[field]].replace(":", "")
