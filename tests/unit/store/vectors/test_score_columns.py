from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from photosort.store.vectors.index_file import Rows
from photosort.store.vectors.score_columns import ScoreColumns


def index(photo_ids: list[int], vector_ids: list[int] | None = None) -> Rows:
    """The rows of an index."""
    own = [one + 100 for one in photo_ids] if vector_ids is None else vector_ids
    return Rows(np.array(photo_ids, dtype=np.int64), np.array(own, dtype=np.int64))


def column(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "scores.db"


@pytest.fixture
def columns(path: Path) -> Iterator[ScoreColumns]:
    opened = ScoreColumns.open(path)
    yield opened
    opened.close()


def read(columns: ScoreColumns, key: str, count: int) -> list[float]:
    return columns.read([key], count)[key].tolist()


def test_columns_come_back(columns: ScoreColumns, path: Path) -> None:
    columns.align(index([1, 2, 3]), "v1")
    columns.write({"dog": ("f1", column(0.5, 0.25, 1)), "cat": ("f2", column(0, 0, 0.125))})
    assert read(columns, "dog", 3) == [0.5, 0.25, 1]
    assert columns.read(["dog", "none"], 3).keys() == {"dog"}
    assert columns.fingerprints() == {"dog": "f1", "cat": "f2"}
    columns.write({"dog": ("f3", column(1, 1, 1))})
    columns.close()
    again = ScoreColumns.open(path)
    again.align(index([1, 2, 3]), "v1")
    assert read(again, "dog", 3) == [1, 1, 1]
    assert again.fingerprints()["dog"] == "f3"
    again.close()


def test_another_version_begins_anew(columns: ScoreColumns) -> None:
    columns.align(index([1, 2]), "v1")
    columns.write({"dog": ("f1", column(0.5, 0.25))})
    columns.align(index([1, 2]), "v2")
    assert columns.fingerprints() == {}
    assert columns.read(["dog"], 2) == {}


def test_new_photos_are_unknown_until_written(columns: ScoreColumns) -> None:
    columns.align(index([1, 2]), "v1")
    columns.write({"dog": ("f1", column(0.5, 0.25))})
    columns.align(index([1, 2, 3]), "v1")
    np.testing.assert_array_equal(columns.read(["dog"], 3)["dog"], column(0.5, 0.25, np.nan))


def test_scores_follow_their_photos(columns: ScoreColumns) -> None:
    columns.align(index([1, 2, 3, 4], [11, 12, 13, 14]), "v1")
    columns.write({"dog": ("f1", column(1, 2, 3, 4))})
    columns.align(index([4, 2, 1, 5], [14, 99, 11, 15]), "v1")  # 2 shows another picture, 3 is gone
    np.testing.assert_array_equal(columns.read(["dog"], 4)["dog"], column(4, np.nan, 1, np.nan))


def test_two_photos_that_show_one_content(columns: ScoreColumns) -> None:
    columns.align(index([1, 2], [11, 11]), "v1")
    columns.write({"dog": ("f1", column(3, 3))})
    columns.align(index([2, 7], [11, 11]), "v1")
    np.testing.assert_array_equal(columns.read(["dog"], 2)["dog"], column(3, np.nan))


def test_stale_columns_are_dropped(columns: ScoreColumns) -> None:
    columns.align(index([1]), "v1")
    columns.write({name: ("f", column(1)) for name in ("dog", "cat", "cow")})
    assert columns.drop_stale({"dog": "f", "cat": "other"}) == 2
    assert columns.fingerprints() == {"dog": "f"}


def test_an_empty_library(columns: ScoreColumns) -> None:
    columns.align(index([]), "v1")
    columns.write({"dog": ("f", column())})
    assert read(columns, "dog", 0) == []
    columns.align(index([1]), "v1")
    assert np.isnan(read(columns, "dog", 1)[0])


@pytest.mark.expects_warnings
def test_a_damaged_file_is_begun_anew(path: Path) -> None:
    path.write_bytes(b"no database" * 100)
    columns = ScoreColumns.open(path)
    columns.align(index([1]), "v1")
    columns.write({"dog": ("f", column(1))})
    assert read(columns, "dog", 1) == [1]
    columns.close()
