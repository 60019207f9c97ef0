from __future__ import annotations

import multiprocessing
import os
import sys
from pathlib import Path

import numpy as np
import pytest

from photosort.domain.encoders import EncoderInfo
from photosort.errors import EnvironmentProblem
from photosort.store.db.database import Store
from photosort.store.tables import contents, files, photos
from photosort.store.tables.contents import NewContent
from photosort.store.tables.files import NewFile
from photosort.store.tables.photos import Effective
from photosort.store.vectors import index_file, products, vectors
from photosort.store.vectors.vector_index import RegionIndex, VectorIndex

DIM = 8


def draw(n: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((n, DIM)).astype(np.float32) + 0.7
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class Library:
    """A library with drawn vectors, and what its index should say."""

    def __init__(self, store: Store, root_id: int, encoder: EncoderInfo, folder: Path) -> None:
        self.store = store
        self.root_id = root_id
        self.encoder_id = vectors.encoder_id(store, encoder)
        self.folder = folder
        self.centre = np.full(DIM, 0.2, dtype=np.float32)
        self.centre_version = "c1"
        self.vectors: dict[int, np.ndarray] = {}

    def add(self, n: int, seed: int = 0) -> list[int]:
        rows = draw(n, seed)
        name = f"{seed}-{len(self.vectors)}"
        with self.store.atomic():
            held = contents.insert(
                self.store, [NewContent(f"{name}-{i}".encode(), 1) for i in range(n)]
            )
            ids = photos.insert(self.store, [Effective(photos._BARE)] * n)
            files.insert(
                self.store,
                [
                    NewFile(self.root_id, f"{name}/{i}", 1, 1, content_id=c, photo_id=p)
                    for i, (c, p) in enumerate(zip(held, ids, strict=True))
                ],
            )
            photos.choose_main(self.store, ids)
            vectors.put(
                self.store,
                self.encoder_id,
                [(c, {"semantic": row}) for c, row in zip(held, rows, strict=True)],
            )
        self.vectors |= dict(zip(ids, rows, strict=True))
        return ids

    def open(self) -> VectorIndex:
        return VectorIndex.open(
            self.store,
            self.folder,
            encoder_id=self.encoder_id,
            space="semantic",
            centre=self.centre,
            centre_version=self.centre_version,
        )

    def check(self, index: VectorIndex) -> None:
        assert sorted(index.photo_ids.tolist()) == sorted(self.vectors)
        expected = np.stack([self.vectors[i] for i in index.photo_ids.tolist()]) - self.centre
        expected /= np.linalg.norm(expected, axis=1, keepdims=True)
        np.testing.assert_allclose(index.matrix.astype(np.float32), expected, atol=2e-3)


@pytest.fixture
def made(store: Store, root: object, encoder: EncoderInfo, tmp_path: Path) -> Library:
    return Library(store, root.id, encoder, tmp_path / "derived")  # type: ignore[attr-defined]


def resident(path: Path) -> int:
    """How much of a file this process holds in memory, in KiB."""
    found, is_it = 0, False
    for line in Path("/proc/self/smaps").read_text().splitlines():
        if "-" in line.split()[0]:
            is_it = line.endswith(str(path))
        elif is_it and line.startswith("Rss:"):
            found += int(line.split()[1])
    return found


def only_file(made: Library) -> Path:
    (path,) = made.folder.glob("*.index")
    return path


def test_it_holds_centred_vectors_of_all_photos(made: Library) -> None:
    made.add(50)
    made.check(made.open())
    if os.name == "posix":
        assert only_file(made).stat().st_mode & 0o077 == 0


def test_a_library_without_vectors(made: Library) -> None:
    index = made.open()
    assert len(index) == 0
    query = draw(1)[0]
    assert [len(part) for part in index.search(query, 5)] == [0, 0]
    assert len(index.scores(query)) == 0
    assert index.vector(1) is None


def test_it_is_opened_as_it_is_when_nothing_changed(made: Library) -> None:
    made.add(5)
    made.open()
    before = only_file(made).stat()
    made.open()
    after = only_file(made).stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_link_in_the_place_of_an_index_is_left_alone(made: Library, tmp_path: Path) -> None:
    made.add(50)
    made.open()
    path = only_file(made)
    moved = path.rename(tmp_path / "moved")
    path.symlink_to(moved)
    before = moved.read_bytes()
    made.add(5, seed=1)
    made.check(made.open())
    assert moved.read_bytes() == before
    assert not only_file(made).is_symlink()


def test_new_photos_are_appended_and_open_indexes_go_on(made: Library) -> None:
    first_ids = made.add(5)
    before = made.open()
    path = only_file(made)
    made.add(7, seed=1)
    after = made.open()
    assert only_file(made) == path
    made.check(after)
    assert after.photo_ids[:5].tolist() == first_ids
    assert before.photo_ids.tolist() == first_ids
    assert len(before.scores(draw(1)[0])) == 5


def test_more_than_there_is_room_for(made: Library) -> None:
    made.add(3)
    made.open()
    path = only_file(made)
    made.add(300, seed=1)
    made.check(made.open())
    assert only_file(made) != path


def test_removed_and_replaced_vectors(made: Library) -> None:
    ids = made.add(6)
    made.open()
    changed, gone, moved = ids[0], ids[3], ids[5]
    held = {one.id: one.files[0] for one in photos.get(made.store, ids)}
    fresh = draw(1, seed=9)[0]
    content_id = held[changed].content_id
    assert content_id is not None
    vectors.put(made.store, made.encoder_id, [(content_id, {"semantic": fresh})])
    made.vectors[changed] = fresh
    made.store.execute("DELETE FROM vectors WHERE content_id = ?", [held[gone].content_id])
    del made.vectors[gone]
    photos.set_main(made.store, {moved: held[ids[1]].id})
    made.vectors[moved] = made.vectors[ids[1]]
    made.check(made.open())


def test_another_centre_makes_it_anew(made: Library) -> None:
    made.add(6)
    made.open()
    made.centre, made.centre_version = np.full(DIM, -0.1, dtype=np.float32), "c2"
    made.check(made.open())


@pytest.mark.parametrize("damage", ["empty", "garbage", "short", "header"])
def test_a_damaged_file_is_made_anew(made: Library, damage: str) -> None:
    made.add(6)
    made.open()
    path = only_file(made)
    data = path.read_bytes()
    path.write_bytes(
        {
            "empty": b"",
            "garbage": os.urandom(len(data)),
            "short": data[:-1],
            "header": data[:20] + b"9" + data[21:],
        }[damage]
    )
    made.check(made.open())


def test_a_half_written_file_is_no_file(made: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    made.add(6)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(index_file.os, "fsync", fail)
        with pytest.raises(EnvironmentProblem, match="full"):
            made.open()
    assert not list(made.folder.glob("*.index*"))
    made.check(made.open())
    made.add(3, seed=1)
    with monkeypatch.context() as patched:
        patched.setattr(index_file.os, "fsync", fail)
        with pytest.raises(EnvironmentProblem, match="full"):
            made.open()
    made.check(made.open())


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is in memory")
def test_what_rests_takes_no_memory_and_finds_the_same(made: Library) -> None:
    made.add(3_000)
    index = made.open()
    query = index.rows(np.array([7]))[0]
    before = index.search(query, 5)
    assert resident(only_file(made)) > 0
    index.release_pages()
    assert resident(only_file(made)) == 0
    for one, other in zip(before, index.search(query, 5), strict=True):
        np.testing.assert_array_equal(one, other)


def test_search_is_exact(made: Library) -> None:
    made.add(500)
    index = made.open()
    for seed in range(5):
        query = draw(1, seed=100 + seed)[0]
        exact = index.matrix.astype(np.float32) @ query
        ids, cosines = index.search(query, 20)
        assert ids.tolist() == index.photo_ids[np.argsort(-exact, kind="stable")[:20]].tolist()
        np.testing.assert_allclose(cosines, np.sort(exact)[::-1][:20], atol=1e-6)
        np.testing.assert_allclose(index.scores(query), exact, atol=2e-3)


@pytest.mark.parametrize("share", [0.02, 0.5])
def test_a_filtered_search_is_exact(made: Library, share: float) -> None:
    made.add(500)
    index = made.open()
    query = draw(1, seed=77)[0]
    chosen = np.random.default_rng(3).choice(500, int(500 * share), replace=False)
    rows = index.rows_of(index.photo_ids[chosen])
    assert rows.tolist() == chosen.tolist()
    exact = index.matrix[chosen].astype(np.float32) @ query
    ids, _ = index.search(query, 5, rows)
    assert ids.tolist() == index.photo_ids[chosen[np.argsort(-exact)[:5]]].tolist()
    np.testing.assert_allclose(index.scores(query, rows), exact, atol=2e-3)
    assert [len(part) for part in index.search(query, 5, rows[:0])] == [0, 0]
    assert len(index.search(query, 0)[0]) == 0


def test_rows_and_vectors_by_photo(made: Library) -> None:
    ids = made.add(5)
    index = made.open()
    assert index.rows_of(np.array([ids[3], 999, ids[0]])).tolist() == [3, 0]
    found = index.vector(ids[2])
    assert found is not None
    np.testing.assert_array_equal(found, index.rows(np.array([2]))[0])
    assert index.vector(999) is None


def test_large_libraries_are_scanned_as_int8_first(
    made: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index_file, "CODES_FROM", 200)
    monkeypatch.setattr("photosort.store.vectors.vector_index._LEAST_CANDIDATES", 60)
    monkeypatch.setattr("photosort.store.vectors.vector_index._REFINED", 50)
    made.add(70)
    assert made.open()._codes is None
    made.add(400, seed=1)
    made.open()
    made.add(30, seed=2)  # appended with codes too
    index = made.open()
    assert index._codes is not None
    made.check(index)
    query = draw(1, seed=5)[0]
    exact = index.matrix.astype(np.float32) @ query
    ids, cosines = index.search(query, 5)
    assert ids.tolist() == index.photo_ids[np.argsort(-exact)[:5]].tolist()
    np.testing.assert_allclose(cosines, np.sort(exact)[::-1][:5], atol=1e-6)
    scores = index.scores(query)
    np.testing.assert_allclose(scores, exact, atol=0.02)
    best = np.argsort(-exact)[:20]
    np.testing.assert_allclose(scores[best], exact[best], atol=1e-6)
    rows = np.arange(0, 500, 10)
    ids, _ = index.search(query, 5, rows)
    assert ids.tolist() == index.photo_ids[rows[np.argsort(-exact[rows])[:5]]].tolist()


def test_quantised_rows_keep_their_products() -> None:
    rows = np.random.default_rng(1).standard_normal((50, 512)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    rows[0] = 0
    codes, scales = products.quantised(rows)
    got = products.code_products(codes, scales, rows[7])
    np.testing.assert_allclose(got, rows @ rows[7], atol=3e-3)


def _open_elsewhere(library: Path, folder: Path, encoder_id: int, centre: np.ndarray) -> int:
    with Store.open(library, read_only=True) as store:
        index = VectorIndex.open(
            store,
            folder,
            encoder_id=encoder_id,
            space="semantic",
            centre=centre,
            centre_version="c1",
        )
        return len(index)


def test_several_processes_may_open_it_at_once(made: Library) -> None:
    made.add(200)
    context = multiprocessing.get_context("spawn")
    arguments = (made.store.path, made.folder, made.encoder_id, made.centre)
    with context.Pool(3) as pool:
        assert pool.starmap(_open_elsewhere, [arguments] * 6) == [200] * 6
    made.check(made.open())
    assert len(list(made.folder.glob("*.index*"))) == 1


def add_parts(made: Library, photo_ids: list[int], seed: int) -> np.ndarray:
    """Codes of two parts for some photos, in their order."""
    codes = np.random.default_rng(seed).integers(-32, 33, (len(photo_ids), 2, 5)).astype(np.int8)
    held = [photos.get(made.store, [one])[0].files[0].content_id or 0 for one in photo_ids]
    rows = zip(held, codes.reshape(-1, 10), strict=True)
    vectors.put_parts(made.store, made.encoder_id, VIEW, rows)
    return codes


VIEW = vectors.parts_view(10, "fit")


def load_region_index(made: Library) -> RegionIndex:
    return RegionIndex.open(made.store, made.folder, encoder_id=made.encoder_id, view=VIEW, parts=2)


def test_parts_are_compared_one_by_one(made: Library) -> None:
    ids = made.add(12)
    codes = add_parts(made, ids[:7], 1)
    made.open()
    index = load_region_index(made)
    assert index.photo_ids.tolist() == ids[:7]
    query = np.array([0.5, -1.0, 0.25, 0.0, 0.75], np.float32)
    products = index.products(query)
    assert products.shape == (2, 7)
    exact = (codes @ query).T
    assert abs(products - exact).max() < 0.02 * exact.std()


def test_parts_are_continued_and_made_anew(made: Library) -> None:
    ids = made.add(6)
    assert len(load_region_index(made)) == 0
    first = add_parts(made, ids[:4], 1)
    assert len(load_region_index(made)) == 4
    rest = add_parts(made, ids[4:], 2)
    both = load_region_index(made)
    assert both.photo_ids.tolist() == ids
    query = np.ones(5, np.float32)
    expected = np.concatenate([first, rest]).sum(axis=-1).T
    np.testing.assert_allclose(both.products(query), expected, atol=1e-3)
    other = add_parts(made, ids[:1], 3)
    changed = load_region_index(made)
    row = changed.photo_ids.tolist().index(ids[0])
    np.testing.assert_allclose(changed.products(query)[:, row], other[0].sum(axis=-1), atol=1e-3)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells what is in memory")
def test_parts_that_rest_take_no_memory_and_say_the_same(made: Library) -> None:
    add_parts(made, made.add(2_000), 1)
    index, query = load_region_index(made), np.ones(5, np.float32)
    before = index.products(query)
    assert resident(only_file(made)) > 0
    index.release_pages()
    assert resident(only_file(made)) == 0
    np.testing.assert_array_equal(index.products(query), before)


def test_an_index_of_parts_without_photos(made: Library) -> None:
    assert load_region_index(made).products(np.ones(5, np.float32)).shape == (2, 0)
