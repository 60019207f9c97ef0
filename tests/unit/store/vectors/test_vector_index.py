from __future__ import annotations

import multiprocessing
import os
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from photosort import safe_files
from photosort.domain.encoders import EncoderInfo
from photosort.file_lock import hold
from photosort.sentences import Sentence
from photosort.store.db.database import Store
from photosort.store.tables import contents, files, photos
from photosort.store.tables.contents import NewContent
from photosort.store.tables.files import NewFile
from photosort.store.tables.photos import Effective
from photosort.store.vectors import index_file, stored_rows, vectors
from photosort.store.vectors.index_file import IndexFile
from photosort.store.vectors.vector_index import RegionIndex, VectorIndex, open_parts, open_vectors

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
        self.version = encoder.version
        self.folder = folder
        self.centre = np.full(DIM, 0.2, dtype=np.float32)
        self.base = np.full(DIM, 0.15, dtype=np.float32)
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

    def open(self, *, graph: bool = False) -> VectorIndex:
        rows = open_vectors(
            self.store,
            self.folder,
            encoder_id=self.encoder_id,
            space="semantic",
            base=self.base,
            graph=graph,
        )
        return VectorIndex(rows, self.centre)

    def file(self) -> IndexFile:
        """The file that is read now."""
        (note,) = self.folder.glob("semantic-*.json")
        source = index_file.source_of(note)
        assert source is not None
        file = index_file.read(self.folder, source)
        assert file is not None
        return file

    def check(self, index: VectorIndex) -> None:
        assert sorted(index.photo_ids.tolist()) == sorted(self.vectors)
        expected = np.stack([self.vectors[i] for i in index.photo_ids.tolist()]) - self.centre
        expected /= np.linalg.norm(expected, axis=1, keepdims=True)
        np.testing.assert_allclose(every(index), expected, atol=2e-3)
        np.testing.assert_allclose(index.scores(expected[0]), expected @ expected[0], atol=2e-3)


@pytest.fixture
def made(store: Store, root: object, encoder: EncoderInfo, tmp_path: Path) -> Library:
    return Library(store, root.id, encoder, tmp_path / "derived")  # type: ignore[attr-defined]


def every(index: VectorIndex) -> np.ndarray:
    return index.rows(np.arange(len(index)))


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
    before = [(path.name, path.stat().st_mtime_ns) for path in sorted(made.folder.iterdir())]
    made.open()
    after = [(path.name, path.stat().st_mtime_ns) for path in sorted(made.folder.iterdir())]
    assert after == before


@pytest.mark.parametrize("kind", ["index", "json"])
def test_a_link_in_the_place_of_a_file_is_left_alone(
    made: Library, tmp_path: Path, kind: str
) -> None:
    made.add(50)
    made.open()
    (path,) = made.folder.glob(f"*.{kind}")
    moved = path.rename(tmp_path / "moved")
    path.symlink_to(moved)
    before = moved.read_bytes()
    made.add(300, seed=1)
    made.check(made.open())
    assert moved.read_bytes() == before


def test_few_new_photos_are_read_beside_the_file_and_open_indexes_go_on(made: Library) -> None:
    first_ids = made.add(5)
    before = made.open()
    path = only_file(made)
    made.add(7, seed=1)
    after = made.open()
    assert only_file(made) == path
    made.check(after)
    made.check(made.open())  # as the JSON beside the file says
    assert after.photo_ids[:5].tolist() == first_ids
    assert before.photo_ids.tolist() == first_ids
    assert len(before.scores(draw(1)[0])) == 5


def test_many_new_photos_are_written(made: Library) -> None:
    made.add(3)
    made.open()
    path = only_file(made)
    made.add(300, seed=1)
    made.check(made.open())
    assert only_file(made) != path
    assert len(made.file().matrix) == 303


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


def test_a_file_of_rows_that_nobody_shows_is_written_again(made: Library) -> None:
    ids = made.add(90)
    made.open()
    held = photos.get(made.store, ids)
    for photo in held[:29]:
        made.store.execute("DELETE FROM vectors WHERE content_id = ?", [photo.files[0].content_id])
        del made.vectors[photo.id]
    made.check(made.open())
    assert len(made.file().matrix) == 90
    for photo in held[29:31]:
        made.store.execute("DELETE FROM vectors WHERE content_id = ?", [photo.files[0].content_id])
        del made.vectors[photo.id]
    made.check(made.open())
    assert len(made.file().matrix) == 59


def test_another_centre_needs_no_other_file(made: Library) -> None:
    made.add(60)
    made.open()
    path = only_file(made)
    made.centre = np.full(DIM, -0.1, dtype=np.float32)
    made.check(made.open())
    assert only_file(made) == path


def test_another_mean_of_the_encoder_changes_no_answer(made: Library) -> None:
    made.add(60)
    made.open()
    made.base = np.zeros(DIM, dtype=np.float32)
    made.check(made.open())
    made.add(300, seed=1)
    made.check(made.open())


@pytest.mark.parametrize("graph", [False, True])
@pytest.mark.parametrize(
    "damage", ["empty", "garbage", "short", "begin", "end", "no file", "no note", "note", "older"]
)
def test_a_damaged_file_is_made_anew(made: Library, damage: str, graph: bool, small: None) -> None:
    made.add(60)
    made.open(graph=graph)
    path = only_file(made)
    (note,) = made.folder.glob("*.json")
    data, said = path.read_bytes(), note.read_bytes()
    if damage == "older":
        made.add(300, seed=1)
        made.open(graph=graph)
        only_file(made).write_bytes(data)
    elif damage == "no file":
        path.unlink()
    elif damage == "no note":
        note.unlink()
    elif damage == "note":
        note.write_bytes(said[:-20])
    else:
        path.write_bytes(
            {
                "empty": b"",
                "garbage": os.urandom(len(data)),
                "short": data[:-1],
                "begin": b"\x07" + data[1:],
                "end": data[:-1] + bytes([data[-1] ^ 1]),
            }[damage]
        )
    index = made.open(graph=graph)
    made.check(index)
    assert index.has_graph == graph
    assert len(made.file().matrix) == len(made.vectors)


def test_search_is_exact(made: Library) -> None:
    made.add(500)
    index = made.open()
    for seed in range(5):
        query = draw(1, seed=100 + seed)[0]
        exact = every(index) @ query
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
    exact = every(index)[chosen] @ query
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


def test_a_disk_that_is_full_stops_no_search(
    made: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.add(6)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(safe_files.os, "fsync", fail)
        made.check(made.open())
    assert not list(made.folder.glob("*.index"))
    made.check(made.open())
    path = only_file(made)
    made.add(300, seed=1)
    with monkeypatch.context() as patched:
        patched.setattr(safe_files.os, "fsync", fail)
        made.check(made.open())
    assert only_file(made) == path
    made.check(made.open())
    assert only_file(made) != path


def test_while_another_writes_nobody_waits(made: Library) -> None:
    made.add(6)
    made.folder.mkdir()
    with hold(
        made.folder / f"semantic-{made.version[:16]}.lock", Sentence("indexing this library")
    ):
        made.check(made.open())
    assert not list(made.folder.glob("*.index"))
    made.check(made.open())
    assert only_file(made)


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


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also a small library has a graph."""
    monkeypatch.setattr(stored_rows, "GRAPH_FROM", 20)


def nearest_of_all(index: VectorIndex, k: int) -> np.ndarray:
    products = every(index) @ every(index).T
    np.fill_diagonal(products, -2)
    return np.sort(np.argsort(-products, axis=1)[:, :k], axis=1)


def neighbours(index: VectorIndex, k: int) -> np.ndarray:
    rows = np.arange(len(index))
    places, cosines = index.neighbours(rows, rows, k)
    np.testing.assert_allclose(
        np.einsum("ad,akd->ak", every(index), every(index)[places]), cosines, atol=1e-5
    )
    return np.sort(places, axis=1)


def test_the_matrix_is_where_usearch_keeps_it(made: Library, small: None) -> None:
    """Neither the offset nor the order is documented."""
    for count in (700, 500):  # made, then continued
        made.add(count, seed=count)
        made.check(made.open(graph=True))
        file = made.file()
        assert file.has_graph
        graph = file.graph()
        assert len(graph) == len(file.matrix) == len(file.vector_ids)
        assert index_file.MATRIX_AT == 8
        for slot in (0, 1, len(file.matrix) // 2, len(file.matrix) - 1):
            held = graph.get(int(file.vector_ids[slot]))
            np.testing.assert_array_equal(held, file.matrix[slot])


def test_neighbours_are_found_through_the_graph(made: Library, small: None) -> None:
    made.add(600)
    assert not made.open().has_graph
    index = made.open(graph=True)
    assert index.has_graph
    np.testing.assert_array_equal(neighbours(index, 10), nearest_of_all(index, 10))
    few = np.arange(0, 600, 2)
    asked = np.array([3, 8, 599])
    places, _ = index.neighbours(asked, few, 5)
    products = every(index)[asked] @ every(index)[few].T
    products[1, 4] = -2  # itself
    assert np.sort(places, axis=1).tolist() == np.sort(np.argsort(-products)[:, :5]).tolist()


def test_neighbours_while_photos_come_and_go(made: Library, small: None) -> None:
    ids = made.add(400)
    made.open(graph=True)
    path = only_file(made)
    made.add(100, seed=1)
    for photo in photos.get(made.store, ids[:100]):
        made.store.execute("DELETE FROM vectors WHERE content_id = ?", [photo.files[0].content_id])
        del made.vectors[photo.id]
    index = made.open(graph=True)
    assert only_file(made) == path  # few came, and few are gone
    made.check(index)
    np.testing.assert_array_equal(neighbours(index, 10), nearest_of_all(index, 10))
    made.add(500, seed=2)
    index = made.open(graph=True)
    assert only_file(made) != path
    assert len(made.file().matrix) == 1_000  # the graph was continued
    made.check(index)
    np.testing.assert_array_equal(neighbours(index, 10), nearest_of_all(index, 10))


def test_a_photo_without_enough_neighbours_in_the_graph_is_compared_with_all(
    made: Library, small: None
) -> None:
    made.add(300)
    index = made.open(graph=True)
    rows = np.arange(300)
    far = np.argsort(every(index) @ every(index)[0])[
        :60
    ]  # none of which the graph finds near row 0
    places, cosines = index.neighbours(rows[:1], far, 50)
    exact = every(index)[far] @ every(index)[0]
    np.testing.assert_allclose(np.sort(cosines[0]), np.sort(exact)[-50:], atol=1e-3)
    assert len(set(places[0].tolist())) == 50


def test_a_graph_is_searched_while_another_is_written(made: Library, small: None) -> None:
    made.add(500)
    index = made.open(graph=True)
    expected = neighbours(index, 10)
    found: list[bool] = []
    stop = threading.Event()

    def search() -> None:
        while not stop.is_set():
            found.append(np.array_equal(neighbours(index, 10), expected))

    thread = threading.Thread(target=search)
    thread.start()
    try:
        for seed in range(1, 4):
            made.add(400, seed=seed)
            made.check(made.open(graph=True))
    finally:
        stop.set()
        thread.join()
    assert found
    assert all(found)


def test_no_neighbours_are_asked_of_usearch_in_a_small_library(made: Library) -> None:
    made.add(50)
    assert not made.open(graph=True).has_graph


def _open_elsewhere(
    library: Path, folder: Path, encoder_id: int, base: np.ndarray
) -> tuple[int, bool]:
    with Store.open(library, read_only=True) as store:
        found = open_vectors(store, folder, encoder_id=encoder_id, space="semantic", base=base)
        VectorIndex(found, base).search(draw(1)[0], 5)
        return len(found.rows), "usearch" in sys.modules


def test_several_processes_may_open_it_at_once(made: Library) -> None:
    made.add(200)
    context = multiprocessing.get_context("spawn")
    arguments = (made.store.path, made.folder, made.encoder_id, made.base)
    with context.Pool(3) as pool:
        assert pool.starmap(_open_elsewhere, [arguments] * 6) == [(200, False)] * 6
    made.check(made.open())
    assert only_file(made)


def add_parts(made: Library, photo_ids: list[int], seed: int) -> np.ndarray:
    """Codes of two parts for some photos, in their order."""
    codes = np.random.default_rng(seed).integers(-32, 33, (len(photo_ids), 2, 5)).astype(np.int8)
    held = [photos.get(made.store, [one])[0].files[0].content_id or 0 for one in photo_ids]
    rows = zip(held, codes.reshape(-1, 10), strict=True)
    vectors.put_parts(made.store, made.encoder_id, VIEW, rows)
    return codes


VIEW = vectors.parts_view(10, "fit")


def load_region_index(made: Library) -> RegionIndex:
    rows = open_parts(made.store, made.folder, encoder_id=made.encoder_id, view=VIEW)
    return RegionIndex(rows, 2)


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
