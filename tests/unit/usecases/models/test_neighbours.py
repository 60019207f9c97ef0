"""What is alike is found through usearch's graph as it is from products of all pairs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from photosort.paths import LibraryPaths
from photosort.progress import Job
from photosort.store.vectors import stored_rows
from photosort.usecases.albums.album_plan import plan_albums
from photosort.usecases.albums.library_map import load_map
from photosort.usecases.indexing import index_run, photo_reading
from photosort.usecases.models import vector_indexes
from photosort.usecases.models.neighbours import nearest_photos
from photosort.usecases.models.vector_indexes import refresh_graph
from photosort.usecases.session.session import Session
from tests.fixtures import table


@pytest.fixture
def session(
    places: LibraryPaths, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Session]:
    table.install(monkeypatch, tmp_path)
    opened = Session(places, actor="command")
    yield opened
    opened.close()


def add(session: Session, folder: Path, numbers: range) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        thing = table.THINGS[number % len(table.THINGS)]
        table.draw(folder / f"{thing}-{number:03}.png", thing, number // len(table.THINGS))
    index_run.index(session, [str(folder)], job=Job())


def themes(session: Session) -> set[frozenset[int]]:
    planned, _ = plan_albums(session, Job())
    return {frozenset(one.photos) for one in planned if one.kind == "theme"}


def test_the_graph_finds_what_products_of_all_pairs_find(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(session, tmp_path / "photos", range(120))
    exact = refresh_graph(session).index
    assert not exact.has_graph
    every = np.arange(len(exact))
    wanted, _ = nearest_photos(exact, every, 10)
    expected = themes(session)
    assert expected
    monkeypatch.setattr(stored_rows, "GRAPH_FROM", 20)
    index = refresh_graph(session).index
    assert index.has_graph
    found, cosines = nearest_photos(index, every, 10)
    np.testing.assert_array_equal(np.sort(found), np.sort(wanted))
    assert cosines.max() <= 1.001
    assert themes(session) == expected
    found_map = load_map(session, Job())
    assert sorted(found_map.ids.tolist()) == sorted(index.photo_ids.tolist())
    add(session, tmp_path / "photos", range(120, 132))
    assert len(load_map(session, Job()).ids) == 132
    asked, _ = nearest_photos(refresh_graph(session).index, every, 3, asked=np.array([125]))
    assert asked.shape == (1, 3)


def test_an_index_run_adds_to_the_graph_while_it_reads(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_rows, "GRAPH_FROM", 20)
    monkeypatch.setattr(photo_reading, "_GRAPH_EVERY", 16)
    monkeypatch.setattr(photo_reading, "_ROWS_A_WRITE", 16)
    grown: list[int] = []
    grow = vector_indexes.grow_graph

    def counted(session: Session) -> None:
        grow(session)
        grown.append(len(list(session.paths.derived.glob("semantic-*.index"))))

    monkeypatch.setattr(vector_indexes, "grow_graph", counted)
    add(session, tmp_path / "photos", range(80))
    assert grown
    assert set(grown) == {1}
    index = refresh_graph(session).index
    assert index.has_graph
    assert len(index) == 80
