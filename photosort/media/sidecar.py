"""Reads the files beside a picture: XMP of other programs, and the JSON of a Google Takeout."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from photosort.domain.photos import Metadata, PersonRegion, Source
from photosort.errors import InputProblem
from photosort.media.metadata import from_xmp
from photosort.media.sidecar_writing import LARGEST_BYTES, SidecarChange, changed_packet
from photosort.media.tags import BadTags, read_packet
from photosort.media.texts import clean
from photosort.safe_files import read_whole
from photosort.sentences import Sentence, reason_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class Beside(NamedTuple):
    """A sidecar that can be used: its name, its bytes, and what they say."""

    name: str
    data: bytes
    says: Metadata


def load_sidecars(
    paths: Iterable[Path],
) -> tuple[tuple[Beside, ...], tuple[tuple[Path, str], ...]]:
    """The sidecars that can be used, and each XMP file that cannot with one sentence.

    Of JSON only that of a Takeout says anything; all other is passed over.
    """
    said, problems = [], []
    for path in paths:
        try:
            data = _load(path)
            says = parse_sidecar(data, path.name)
        except InputProblem as problem:
            if path.suffix.lower() == ".xmp":
                problems.append((path, problem.user_message))
        else:
            said.append(Beside(path.name, data, says))
    return tuple(said), tuple(problems)


def _load(path: Path) -> bytes:
    try:
        return read_whole(path, limit_bytes=LARGEST_BYTES)
    except OSError as error:
        reason = reason_of(error)
        raise InputProblem(
            Sentence("The sidecar {file} cannot be read: {reason}.", file=path.name, reason=reason),
            repr(error),
        ) from error


def parse_sidecar(data: bytes, name: str, *, before: SidecarChange | None = None) -> Metadata:
    """What the bytes of a sidecar say.

    Args:
        data: XMP, or Google Takeout's JSON.
        name: the file's name, by whose end the two are told apart.
        before: what is read as if this had been done to the file.

    Raises:
        InputProblem: damaged, or some other JSON.
    """
    if name.lower().endswith(".json"):
        return _takeout(data, name)
    try:
        left: bytes | None = data
        if before is not None:
            left = changed_packet(data, before)
        return Metadata() if left is None else from_xmp(read_packet(left))
    except BadTags as error:
        raise InputProblem(
            Sentence("The sidecar {name} is damaged.", name=name), repr(error)
        ) from error


def _takeout(data: bytes, name: str) -> Metadata:
    try:
        said = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputProblem(
            Sentence("The sidecar {name} is damaged.", name=name), repr(error)
        ) from error
    if not isinstance(said, dict) or not ("photoTakenTime" in said or "geoData" in said):
        raise InputProblem(Sentence("The file {name} is no sidecar of Google Takeout.", name=name))
    taken_at = _utc(said.get("photoTakenTime"))
    # Takeout's title is the file's name. A description is the caption; a heart, the only mark there is, is kept
    # by Google and is no rating.
    place = _place(said.get("geoData")) or _place(said.get("geoDataExif"))
    people = said.get("people")
    return Metadata(
        taken_at=taken_at,
        # Google keeps UTC only; what the clock said where the photo was taken, EXIF may know.
        offset_min=0 if taken_at else None,
        taken_source=Source.SIDECAR if taken_at else None,
        latitude=place[0] if place else None,
        longitude=place[1] if place else None,
        altitude_m=place[2] if place else None,
        caption=clean(_text(said.get("description"))) or None,
        people=tuple(
            PersonRegion(person)
            for entry in (people if isinstance(people, list) else [])
            if isinstance(entry, dict) and (person := clean(_text(entry.get("name"))))
        ),
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _utc(value: Any) -> str | None:
    if not isinstance(value, dict):
        return None
    try:
        seconds = int(value.get("timestamp", ""))
        # By addition: the system's own conversion knows no year before 1970 on Windows.
        return (
            (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
            .replace(tzinfo=None)
            .isoformat()
        )
    except (TypeError, ValueError, OverflowError):
        return None


def _place(value: Any) -> tuple[float, float, float | None] | None:
    if not isinstance(value, dict):
        return None
    latitude, longitude = value.get("latitude"), value.get("longitude")
    altitude = value.get("altitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    if (latitude == 0 and longitude == 0) or abs(latitude) > 90 or abs(longitude) > 180:
        return None
    height = float(altitude) if isinstance(altitude, int | float) and altitude else None
    return float(latitude), float(longitude), height
