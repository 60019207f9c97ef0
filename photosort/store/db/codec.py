"""Encodes domain values for SQLite: paths as bytes, metadata as JSON, moments as text."""

from __future__ import annotations

import dataclasses
import json
import os
from datetime import UTC, datetime
from typing import Any

from photosort.domain.photos import Flag, Metadata, PersonRegion, Source

_FIELDS = tuple(field.name for field in dataclasses.fields(Metadata))
_DEFAULTS = {field.name: field.default for field in dataclasses.fields(Metadata)}


def path_bytes(path: str) -> bytes:
    """A path as the bytes that the file system uses, whatever they are."""
    return os.fsencode(path)


def path_text(path: bytes) -> str:
    """A stored path with undecodable bytes as surrogate escapes."""
    return os.fsdecode(path)


def split(relative: str) -> tuple[str, str]:
    """Folder ("" at the root) and name of a relative path."""
    folder, _, name = relative.rpartition("/")
    return folder, name


def join(folder: str, name: str) -> str:
    """The relative path of a file."""
    return f"{folder}/{name}" if folder else name


def now() -> str:
    """The present moment, ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def dump_metadata(metadata: Metadata) -> str:
    """JSON of the fields that have a value; empty fields take no space."""
    said: dict[str, Any] = {}
    for name in _FIELDS:
        value = getattr(metadata, name)
        if value != _DEFAULTS[name]:
            said[name] = [[one.name, one.box] for one in value] if name == "people" else value
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"))
    # SQLite cannot hold lone surrogates (captions in a broken encoding): ASCII escapes carry them.
    return text if _is_clean(text) else json.dumps(said, separators=(",", ":"))


def load_metadata(text: str) -> Metadata:
    """The metadata that `dump_metadata` wrote; fields that this version does not know are dropped."""
    said = {name: value for name, value in json.loads(text).items() if name in _DEFAULTS}
    for name in ("taken_source", "rating_source"):
        if name in said:
            said[name] = Source(said[name])
    if "flag" in said:
        said["flag"] = Flag(said["flag"])
    if "keywords" in said:
        said["keywords"] = tuple(said["keywords"])
    if "people" in said:
        said["people"] = tuple(
            PersonRegion(name, None if box is None else (box[0], box[1], box[2], box[3]))
            for name, box in said["people"]
        )
    return Metadata(**said)


def clean_text(text: str | None) -> str | None:
    """Text that SQLite can hold: lone surrogates become U+FFFD."""
    if text is None or _is_clean(text):
        return text
    return text.encode("utf-8", "replace").decode("utf-8")


def _is_clean(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
