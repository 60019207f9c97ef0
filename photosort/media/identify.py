"""Identity of a file's bytes: a quick key that reads little, and the hash that proves sameness."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from photosort.safe_files import PlainReader

if TYPE_CHECKING:
    import io
    from collections.abc import Callable
    from pathlib import Path

_SAMPLE_BYTES = 64 * 1024
_CHUNK_BYTES = 1024 * 1024
KEY_BYTES = 16


def quick_key(path: Path, size_bytes: int) -> bytes:
    """BLAKE2b-128 of the size and of the first, middle and last 64 KiB.

    Finds moved files without reading them whole. Two different files may share it (a header rewritten
    between the samples); only `content_hash` proves that two files are the same.

    Args:
        path: the file.
        size_bytes: its size, as the scan saw it.

    Raises:
        OSError: the file cannot be read.
    """
    with PlainReader(path) as file:
        return key_of_samples(file, file.read(_SAMPLE_BYTES), size_bytes)


def key_of_samples(file: io.RawIOBase, head: bytes, size_bytes: int) -> bytes:
    """The same key, of a file whose beginning was read already; moves the file's position.

    Args:
        file: open for reading, unbuffered.
        head: its first bytes, 64 KiB or more, or all of a smaller file.
        size_bytes: its size.
    """
    digest = hashlib.blake2b(size_bytes.to_bytes(8, "little"), digest_size=KEY_BYTES)
    digest.update(head[:_SAMPLE_BYTES])
    if size_bytes > _SAMPLE_BYTES:
        # Up to 192 KiB the three overlap and leave no byte out.
        for start in ((size_bytes - _SAMPLE_BYTES) // 2, size_bytes - _SAMPLE_BYTES):
            file.seek(start)
            digest.update(file.read(_SAMPLE_BYTES) or b"")
    return digest.digest()


def content_hash(path: Path, *, check: Callable[[], None] | None = None) -> bytes:
    """SHA-256 of the whole file.

    Args:
        path: the file.
        check: called for each megabyte; raises to cancel.

    Raises:
        OSError: the file cannot be read.
        JobCancelled: from `check`.
    """
    digest = hashlib.sha256()
    buffer = bytearray(_CHUNK_BYTES)
    view = memoryview(buffer)
    with PlainReader(path) as file:
        while count := file.readinto(buffer):
            if check is not None:
                check()
            digest.update(view[:count])
    return digest.digest()
