from __future__ import annotations

import pytest

from photosort.errors import InputProblem
from photosort.progress import Job
from photosort.store.tables import albums
from photosort.usecases.compare_sets import compare_sets, of_sets
from photosort.usecases.indexing import index_run
from photosort.usecases.photos import photo_table
from photosort.usecases.session.session import Session
from tests.fixtures.table import draw, install


@pytest.fixture
def session(places, tmp_path, monkeypatch):
    """Ten dogs, then ten beaches, then ten pizzas."""
    install(monkeypatch, tmp_path)
    folder = tmp_path / "photos"
    folder.mkdir()
    for thing in ("dog", "beach", "pizza"):
        for number in range(10):
            draw(folder / f"{thing}{number}.png", thing, number)
    opened = Session(places, actor="command")
    index_run.index(opened, [str(folder)], job=Job())
    yield opened
    opened.close()


def of(session, *things: str) -> list[int]:
    catalog = photo_table.load(session)
    return [
        photo
        for photo, name in zip(catalog.ids.tolist(), catalog.names, strict=True)
        if name.startswith(things)
    ]


def test_two_sets_are_told_apart_in_both_directions(session) -> None:
    dogs, beaches = of(session, "dog", "pizza"), of(session, "beach", "pizza")
    assert compare_sets(session, dogs, beaches, Job())[0].text == "dog"
    assert compare_sets(session, beaches, dogs, Job())[0].text == "beach"


def test_a_set_is_told_from_the_rest(session) -> None:
    (name, *_) = compare_sets(session, of(session, "pizza"), None, Job())
    assert name.text == "pizza"
    assert name.of_these > 0.8
    assert name.of_rest < 0.2


def test_albums_are_told_apart_by_their_names(session) -> None:
    for thing in ("dog", "beach"):
        ids = of(session, thing)
        session.write(lambda store, t=thing, i=ids: albums.create(store, t, i, actor="command"))
    assert of_sets(session, "Dog", "beach", Job())[0].text == "dog"


def test_answers_of_searches_are_told_apart(session) -> None:
    ids = of(session, "dog", "beach")
    session.write(lambda store: albums.create(store, "both", ids, actor="command"))
    found = of_sets(session, "album:both -type:jpg", 'pizza OR "type:raw"', Job())
    assert {one.text for one in found[:2]} & {"dog", "beach"}
    with pytest.raises(InputProblem, match="No album is called"):
        of_sets(session, "dog", "camera:nikon", Job())
    with pytest.raises(InputProblem) as wrong:
        of_sets(session, "nonsense:x", None, Job())
    assert wrong.value.position is not None


def test_the_same_photos_on_both_sides_cannot_be_told_apart(session) -> None:
    with pytest.raises(InputProblem):
        compare_sets(session, of(session, "dog"), of(session, "dog"), Job())
