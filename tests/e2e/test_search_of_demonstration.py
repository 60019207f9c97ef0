"""What the starter finds among the photos that come with Photosort: by name, by sentence, and nothing where nothing is."""

from pathlib import Path

import pytest

from photosort.progress import Job
from photosort.usecases.indexing.index_run import index
from photosort.usecases.search.query_results import search
from photosort.usecases.session.demonstration import demonstration_photos
from photosort.usecases.session.session import Session


@pytest.fixture
def strong(places, tmp_path):
    """Finds the names of the photos that match well."""
    folder = demonstration_photos(tmp_path / "photos")
    session = Session(places, actor="command")
    index(session, [str(folder)], job=Job())

    def found(text):
        hits = search(session, text, limit=100).hits
        return [Path(hit.path).stem for hit in hits if hit.match == "strong"]

    yield found
    session.close()


@pytest.mark.slow
def test_a_sentence_finds_what_it_describes_and_a_name_what_it_names(strong):
    assert strong("a cat looking at the camera")[:1] == ["chelsea"]
    assert strong("a red motorcycle parked in a garage")[:1] == ["motorcycle_left"]
    assert strong("a cup of coffee")[:1] == ["coffee"]


@pytest.mark.slow
def test_common_words_are_not_found_on_surfaces_that_show_nothing(strong):
    surfaces = {"brick", "gravel", "coins", "grass", "moon", "page", "hubble_deep_field"}
    for word in ("people", "a man", "child", "dog", "a children's birthday party in a garden"):
        assert not surfaces & set(strong(word)), word
    assert strong("submarine") == []
