"""The file of a vector index: header, photo ids, vector ids, vectors or codes; room to grow behind each.

Under a new name whenever it is written again (`semantic-<encoder>.<generation>.index`), because Windows does
not let a file be replaced that somebody has mapped.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from photosort import safe_files
from photosort.store.db.failures import failures, file_failures
from photosort.store.vectors.products import quantised, widened

if TYPE_CHECKING:
    from numpy.typing import NDArray

HEADER_BYTES = 4_096
BLOCK_ROWS = 4_096
# 200,000 x 512 are scanned in 20 to 40 ms in float16; from here on int8 is worth its room.
CODES_FROM = 200_000
# Stands where the name of a space stands, in files of int8 codes of the parts of pictures.
PARTS = "parts"
_MAGIC = b"PHSTIDX1"
_LOCK_TIMEOUT_S = 600  # writing a million vectors again on a slow disk


@dataclass(frozen=True, slots=True)
class Header:
    """What a file was made from.

    Attributes:
        encoder: version of the encoder.
        space: "semantic", "visual" or `PARTS`.
        centre: version of the centre; of parts the view that they are kept under.
        dim: numbers of a row.
        count: rows in use.
        capacity: rows that there is room for.
        stamp: `vectors.stamp` of the library when it was brought up to date.
    """

    encoder: str
    space: str
    centre: str
    dim: int
    stamp: int
    count: int = 0
    capacity: int = 0

    @property
    def source(self) -> tuple[str, str, str, int]:
        """What it was made from, apart from when."""
        return self.encoder, self.space, self.centre, self.dim

    @property
    def stem(self) -> str:
        """How the names of the files of this encoder and space begin."""
        return f"{self.space}-{self.encoder[:16]}"

    @property
    def vector_ids_at(self) -> int:
        """Offset of the vector ids; the photo ids stand right behind the header."""
        return HEADER_BYTES + 8 * self.capacity

    @property
    def vectors_at(self) -> int:
        """Offset of the vectors."""
        return HEADER_BYTES + 16 * self.capacity

    @property
    def dtype(self) -> np.dtype[np.generic]:
        """Of the numbers of a row."""
        return np.dtype("i1" if self.space == PARTS else "<f2")

    @property
    def row_bytes(self) -> int:
        """Length of a row."""
        return self.dtype.itemsize * self.dim

    @property
    def has_codes(self) -> bool:
        """Whether the vectors stand there as int8 too, for a first, quicker scan."""
        return self.capacity >= CODES_FROM and self.space != PARTS

    @property
    def scales_at(self) -> int:
        """Offset of the codes' scales."""
        return self.vectors_at + self.row_bytes * self.capacity

    @property
    def codes_at(self) -> int:
        """Offset of the codes."""
        return self.scales_at + 4 * self.capacity

    @property
    def size_bytes(self) -> int:
        """Length of the file."""
        return self.codes_at + self.dim * self.capacity if self.has_codes else self.scales_at

    def pack(self) -> bytes:
        """The header as it stands in the file."""
        text = json.dumps(asdict(self)).encode()
        body = len(text).to_bytes(4, "little") + zlib.crc32(text).to_bytes(4, "little") + text
        return (_MAGIC + body).ljust(HEADER_BYTES, b"\0")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of an index without their vectors.

    Attributes:
        photo_ids: int64 array, shape (n,).
        vector_ids: int64 array, shape (n,), ids of the rows in `vectors` that they were made from.
    """

    photo_ids: NDArray[np.int64]
    vector_ids: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.photo_ids)

    def __getitem__(self, chosen: NDArray[np.bool_]) -> Rows:
        return Rows(self.photo_ids[chosen], self.vector_ids[chosen])

    def first(self, count: int) -> Rows:
        """The rows up to a place."""
        return Rows(self.photo_ids[:count], self.vector_ids[:count])

    def are_in(self, others: Rows) -> NDArray[np.bool_]:
        """Which rows are among the others."""
        most = int(max(self.photo_ids.max(initial=0), others.photo_ids.max(initial=0))) + 1
        return np.isin(
            self.vector_ids * most + self.photo_ids, others.vector_ids * most + others.photo_ids
        )


def read_header(file: BinaryIO) -> Header | None:
    """The header of an open file, or None when it is not whole or of another format."""
    data = file.read(HEADER_BYTES)
    if len(data) < HEADER_BYTES or not data.startswith(_MAGIC):
        return None
    length, checksum = (int.from_bytes(data[at : at + 4], "little") for at in (8, 12))
    text = data[16 : 16 + length]
    if zlib.crc32(text) != checksum:
        return None
    header = Header(**json.loads(text))
    return header if os.fstat(file.fileno()).st_size >= header.size_bytes else None


def rows_of(file: BinaryIO, header: Header) -> Rows:
    """The rows in use of an open file."""
    return Rows(
        _read_ids(file, HEADER_BYTES, header.count),
        _read_ids(file, header.vector_ids_at, header.count),
    )


def read_rows(path: Path) -> tuple[Header, Rows] | None:
    """Header and rows of a file, or None when there is no whole one."""
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        header = read_header(file)
        if header is not None:
            return header, rows_of(file, header)
    return None


def read_vectors(
    path: Path, header: Header, kept: NDArray[np.bool_]
) -> Iterator[NDArray[np.generic]]:
    """What the file holds of the rows that are kept, in blocks."""
    with path.open("rb") as file:
        file.seek(header.vectors_at)
        for start in range(0, header.count, BLOCK_ROWS):
            some = kept[start : start + BLOCK_ROWS]
            data = file.read(header.row_bytes * len(some))
            yield np.frombuffer(data, header.dtype).reshape(len(some), header.dim)[some]


def append(path: Path, header: Header, fresh: Rows, blocks: Iterator[NDArray[np.generic]]) -> None:
    """Writes rows behind those in use, then the header that takes them into use.

    Whoever has the file mapped goes on with the rows of the header that they read.

    Args:
        path: a file with room for the rows.
        header: the new header; its count includes the new rows.
        fresh: the new rows.
        blocks: their vectors.
    """
    count = header.count - len(fresh)
    with file_failures(path), safe_files.update(path) as file:
        file.seek(HEADER_BYTES + 8 * count)
        file.write(fresh.photo_ids.astype("<i8").tobytes())
        file.seek(header.vector_ids_at + 8 * count)
        file.write(fresh.vector_ids.astype("<i8").tobytes())
        _finish(file, header, count, blocks)


def write(folder: Path, header: Header, rows: Rows, blocks: Iterator[NDArray[np.generic]]) -> None:
    """Writes a file of the next generation, whole or not at all, and removes those before it.

    With plain writes, because a memory-mapped write to a full disk kills the process.
    """
    path = folder / f"{header.stem}.{max(_generations(folder, header), default=0) + 1}.index"
    with file_failures(path), safe_files.replacing(path, mode=0o600) as file:
        file.truncate(header.size_bytes)
        file.seek(HEADER_BYTES)
        file.write(rows.photo_ids.astype("<i8").tobytes())
        file.seek(header.vector_ids_at)
        file.write(rows.vector_ids.astype("<i8").tobytes())
        _finish(file, header, 0, blocks)
    for other in _generations(folder, header).values():
        if other != path:
            with contextlib.suppress(OSError):  # still mapped somewhere; the next one removes it
                other.unlink()


def newest(folder: Path, header: Header) -> Path | None:
    """The file of an encoder and space that was written last; links are passed over."""
    held = _generations(folder, header).items()
    found = {generation: path for generation, path in held if not path.is_symlink()}
    return found[max(found)] if found else None


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lets one thread of one process write derived files at a time.

    The lock is SQLite's: it works the same on every system and ends with the process that held it.
    """
    path = folder / "lock.db"
    with failures(path), file_failures(path):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(path, timeout=_LOCK_TIMEOUT_S, isolation_level=None)
    try:
        with failures(path):
            connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


def _generations(folder: Path, header: Header) -> dict[int, Path]:
    found = {}
    for path in folder.glob(f"{header.stem}.*.index"):
        generation = path.name[len(header.stem) + 1 : -len(".index")]
        if generation.isdecimal():
            found[int(generation)] = path
    return found


def _finish(
    file: BinaryIO, header: Header, row: int, blocks: Iterator[NDArray[np.generic]]
) -> None:
    """Writes vectors from a row on; the header last, when all it speaks of is on the disk."""
    for block in blocks:
        file.seek(header.vectors_at + header.row_bytes * row)
        file.write(block.astype(header.dtype).tobytes())
        if header.has_codes:
            codes, scales = quantised(widened(block.astype(np.float16, copy=False)))
            file.seek(header.scales_at + 4 * row)
            file.write(scales.astype("<f4").tobytes())
            file.seek(header.codes_at + header.dim * row)
            file.write(codes.tobytes())
        row += len(block)
    file.flush()
    os.fsync(file.fileno())
    file.seek(0)
    file.write(header.pack())
    file.flush()
    os.fsync(file.fileno())


def _read_ids(file: BinaryIO, offset: int, count: int) -> NDArray[np.int64]:
    file.seek(offset)
    return np.frombuffer(file.read(8 * count), dtype="<i8").astype(np.int64)
