from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from photosort.errors import JobCancelled
from photosort.media.identify import content_hash, quick_key

BIG = bytes(range(256)) * 4096  # 1 MiB


def key(path: Path) -> bytes:
    return quick_key(path, path.stat().st_size)


def key_of(data: bytes, tmp_path: Path) -> bytes:
    path = tmp_path / "data"
    path.write_bytes(data)
    return key(path)


@pytest.mark.parametrize("size", [0, 1, 65536, 65537, 2 * 65536 + 5, 3 * 65536 + 1, len(BIG)])
def test_equal_files_have_equal_keys(tmp_path: Path, size: int) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(BIG[:size])
    second.write_bytes(BIG[:size])
    assert key(first) == key(second)
    assert len(key(first)) == 16


@pytest.mark.parametrize("position", [0, 65535, len(BIG) // 2, len(BIG) - 65536, len(BIG) - 1])
def test_key_sees_changes_at_both_ends_and_in_the_middle(tmp_path: Path, position: int) -> None:
    changed = bytearray(BIG)
    changed[position] ^= 1
    assert key_of(bytes(changed), tmp_path) != key_of(BIG, tmp_path)


@pytest.mark.parametrize("position", [0, 65536, 100_000, 150_000, 3 * 65536 - 1])
def test_key_of_a_small_file_sees_every_byte(tmp_path: Path, position: int) -> None:
    small = bytearray(BIG[: 3 * 65536])
    before = key_of(bytes(small), tmp_path)
    small[position] ^= 1
    assert key_of(bytes(small), tmp_path) != before


def test_key_sees_the_size(tmp_path: Path) -> None:
    assert key_of(bytes(400_000), tmp_path) != key_of(bytes(400_001), tmp_path)


def test_content_hash_is_sha256(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(BIG * 3 + b"end")
    assert content_hash(path) == hashlib.sha256(BIG * 3 + b"end").digest()


def test_content_hash_can_be_cancelled(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(BIG * 3)
    left = 2

    def check() -> None:
        nonlocal left
        left -= 1
        if not left:
            raise JobCancelled

    with pytest.raises(JobCancelled):
        content_hash(path, check=check)
