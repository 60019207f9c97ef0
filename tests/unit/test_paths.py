from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

from photosort.paths import digest_of_files

if TYPE_CHECKING:
    from pathlib import Path


def test_a_shipped_file_that_changes_has_another_digest_and_is_hashed_again(tmp_path: Path) -> None:
    files = [tmp_path / "a", tmp_path / "b"]
    for path in files:
        path.write_bytes(path.name.encode())
    assert digest_of_files(files) == hashlib.sha256(b"ab").hexdigest()
    files[1].write_bytes(b"c")
    os.utime(files[1], (1, 1))
    assert digest_of_files(files) == hashlib.sha256(b"ac").hexdigest()
