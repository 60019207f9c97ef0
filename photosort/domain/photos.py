"""Photos, files and folders as values that all packages use."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What kind of picture it is: a guess from facts about the file that the user can correct."""

    PHOTO = "photo"
    VIDEO = "video"
    SCREENSHOT = "screenshot"
    RECEIVED = "received"
    DOCUMENT = "document"


class Role(StrEnum):
    """What a file is to its photo."""

    ORIGINAL = "original"
    RAW = "raw"
    MOTION = "motion"
    EDITED = "edited"


class FileState(StrEnum):
    """Whether a file can be used now."""

    PRESENT = "present"
    MISSING = "missing"
    OFFLINE = "offline"
    UNREADABLE = "unreadable"


class Flag(StrEnum):
    """The user's choice for a photo."""

    PICK = "pick"
    DISCARD = "discard"


class Source(StrEnum):
    """Where a date or a rating was read. `RANK` says which of several wins."""

    USER = "user"
    SIDECAR = "sidecar"
    EXIF = "exif"
    XMP = "xmp"
    IPTC = "iptc"
    NAME = "name"
    DIGITIZED = "digitized"
    FOLDER = "folder"

    @property
    def rank(self) -> int:
        """Smaller wins: user > sidecar > EXIF > XMP > IPTC > name > digitised or changed > folder."""
        return tuple(Source).index(self)


@dataclass(frozen=True, slots=True)
class PersonRegion:
    """A named person and where in the picture, as another program wrote it.

    Attributes:
        name: the person's name.
        box: left, top, width, height as fractions of the displayed picture, or None.
    """

    name: str
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What one file and its sidecars say about a picture. None or empty = unknown.

    Attributes:
        width: pixels as displayed, after orientation.
        height: pixels as displayed, after orientation.
        orientation: EXIF orientation, 1 to 8, as a file (2 to 8) or a keyword file says it.
        taken_at: wall-clock time where the photo was taken, ISO 8601 without offset, as exactly as it is known:
            "1985", "1985-07", "1985-07-04" or "2022-05-15T18:42:07.123".
        offset_min: minutes east of UTC at that moment.
        taken_source: where `taken_at` was read.
        latitude: degrees, north positive.
        longitude: degrees, east positive.
        altitude_m: metres above sea level.
        exposure_s: exposure time in seconds.
        f_number: aperture.
        iso: sensitivity.
        focal_mm: focal length, not converted.
        rating: -1 (rejected) to 5.
        rating_source: where `rating` was read.
        flag: a choice that another program wrote.
        label: colour label as written ("Red").
        keywords: each a path from the root, levels parted by "|" ("animals|dog"), no twins.
        content_identifier: the identifier that the parts of a Live Photo share.
        is_animated: the file holds several frames.
        has_motion: a clip is embedded in the file.
        is_hdr: its light needs a brighter screen, wholly or by a gain map.
        duration_s: length of a clip in seconds.
    """

    width: int | None = None
    height: int | None = None
    orientation: int | None = None
    taken_at: str | None = None
    offset_min: int | None = None
    taken_source: Source | None = None
    latitude: float | None = None
    longitude: float | None = None
    altitude_m: float | None = None
    camera_make: str | None = None
    camera_model: str | None = None
    lens: str | None = None
    exposure_s: float | None = None
    f_number: float | None = None
    iso: int | None = None
    focal_mm: float | None = None
    rating: int | None = None
    rating_source: Source | None = None
    flag: Flag | None = None
    label: str | None = None
    title: str | None = None
    caption: str | None = None
    keywords: tuple[str, ...] = ()
    people: tuple[PersonRegion, ...] = ()
    content_identifier: str | None = None
    is_animated: bool = False
    has_motion: bool = False
    is_hdr: bool = False
    software: str | None = None
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that the user added.

    Attributes:
        id: row id.
        path: absolute path, undecodable bytes as surrogate escapes.
        volume: identity of the file system it lies on, or "" where none can be had.
        marker: what tells an empty mount point from an emptied folder (device and inode of the root).
        online: False while the volume is not there.
    """

    id: int
    path: str
    volume: str
    marker: str
    online: bool = True


@dataclass(frozen=True, slots=True)
class File:
    """One file of the library.

    Attributes:
        relative: path below its root with "/" between the parts, undecodable bytes as surrogate escapes.
        mtime_ns: modification time, nanoseconds since 1970.
        reason: why the file is unreadable, in words for the user, or "".
        sidecar: relative path of its sidecar, or None.
        sidecar_mtime_ns: newest change of the sidecars when they were read.
        changed_ns: when the file system last changed anything about the file, nanoseconds since 1970, or None.
        is_replaced: another picture lies at its path now, and nobody knows where this one is.
        orientation: the EXIF orientation that the user gave it, else the one that its sidecar says, or None.
        sidecar_flag: the choice that its sidecar says, or None.
        user_orientation: the EXIF orientation that the user gave it by rotating, or None.
    """

    id: int
    root_id: int
    relative: str
    size_bytes: int
    mtime_ns: int
    role: Role
    state: FileState
    reason: str
    content_id: int | None
    photo_id: int | None
    sidecar: str | None = None
    sidecar_mtime_ns: int | None = None
    changed_ns: int | None = None
    is_replaced: bool = False
    orientation: int | None = None
    sidecar_flag: Flag | None = None
    user_orientation: int | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """What a person calls one photo: one tile, one count. All decisions hang here.

    Attributes:
        id: never reused.
        effective: metadata after the sources were weighed (user > sidecar > EXIF ...).
        files: all its files, the one that is shown first.
    """

    id: int
    kind: Kind
    effective: Metadata
    flag: Flag | None = None
    files: tuple[File, ...] = field(default=())
