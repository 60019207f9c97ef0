"""A new or changed file on its way into the library."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from photosort.domain.photos import Metadata
from photosort.store.tables import files
from photosort.store.tables.files import FileChange

if TYPE_CHECKING:
    from photosort.media.scan import FoundFile
    from photosort.media.sidecar import Beside
    from photosort.store.tables.contents import ContentChange
    from photosort.store.tables.files import Known


@dataclass(slots=True)
class Arrival:
    """A new or changed file, after the header pass.

    Attributes:
        known: its row, when the path was known before.
        quick_key: identity of its bytes at little cost; b"" where it could not be opened.
        metadata: what the head of the file says.
        sidecars: the most exact first; None where one cannot be used.
        sidecar_metadata: what they say, or None where there is none.
        sidecar_problems: relative path and sentence of each that cannot be used.
        name_date: the date in its name, ISO 8601 with the offset where one is known, or None.
        sha256: full hash, made only where another file has the same quick key.
        reason: why it cannot be opened, or "".
        is_final: the bytes themselves are the reason; otherwise the next run tries again.
        decoded: what its pixels say, where they were looked at already.
    """

    found: FoundFile
    known: Known | None
    quick_key: bytes = b""
    metadata: Metadata = field(default_factory=Metadata)
    sidecars: tuple[Beside, ...] | None = ()
    sidecar_metadata: Metadata | None = None
    sidecar_problems: tuple[tuple[str, str], ...] = ()
    name_date: str | None = None
    sha256: bytes | None = None
    reason: str = ""
    is_final: bool = True
    decoded: ContentChange | None = None

    @property
    def folder(self) -> str:
        """The folder that it lies in, relative to its root; "" for the root itself."""
        return self.found.relative.rpartition("/")[0]


def sidecars_mtime_ns(found: FoundFile) -> int | None:
    """The newest change of a file's sidecars, or None without any."""
    return max((one.changed_ns for one in found.sidecars), default=None)


def file_columns(arrival: Arrival) -> FileChange:
    """The columns that say how the file lies on disk now."""
    sidecar = arrival.found.sidecars[0] if arrival.found.sidecars else None
    change = FileChange(
        size_bytes=arrival.found.size_bytes,
        mtime_ns=stored_mtime_ns(arrival),
        sidecar=sidecar.relative if sidecar else None,
        sidecar_mtime_ns=sidecars_mtime_ns(arrival.found),
        name_date=arrival.name_date,
        changed_ns=arrival.found.changed_ns,
    )
    # What a sidecar said stays valid while it is damaged.
    if arrival.sidecars is not None:
        change["sidecar_metadata"] = arrival.sidecar_metadata
    return change


def stored_mtime_ns(arrival: Arrival) -> int:
    """The time that is stored for a file: another one where the next run is to try it again."""
    mtime_ns = arrival.found.mtime_ns
    return mtime_ns if arrival.is_final else files.mtime_to_retry(mtime_ns)
