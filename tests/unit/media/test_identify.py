from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from photosort.errors import JobCancelled
from photosort.media.identify import content_hash, quick_key, quick_key_of

BIG = bytes(range(256)) * 4096  # 1 MiB


def key(path: Path) -> bytes:
    return quick_key(path, path.stat().st_size)


@pytest.mark.parametrize("data", [b"", b"x", BIG[: 3 * 65536], BIG[: 3 * 65536 + 1], BIG])
def test_key_of_a_file_is_that_of_its_bytes(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    assert key(path) == quick_key_of(data)


@pytest.mark.parametrize("position", [0, 65535, len(BIG) // 2, len(BIG) - 1])
def test_key_sees_changes_at_both_ends_and_in_the_middle(tmp_path: Path, position: int) -> None:
    changed = bytearray(BIG)
    changed[position] ^= 1
    assert quick_key_of(bytes(changed)) != quick_key_of(BIG)


def test_key_sees_the_size() -> None:
    assert quick_key_of(bytes(400_000)) != quick_key_of(bytes(400_001))


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
