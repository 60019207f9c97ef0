"""What the starter says of the photos that come with Photosort: tags that are right, and none where nothing is shown."""

from pathlib import Path

import pytest

from photosort.progress import Job
from photosort.usecases.models.vocabulary_vectors import current_vocabulary
from photosort.usecases.session.demonstration import demonstration_photos
from photosort.usecases.session.session import Session
from photosort.usecases.tags import tagging


@pytest.fixture
def said(places, tmp_path):
    """Name of each demonstration photo to the names of its tags, with all that stands above them."""
    folder = demonstration_photos(tmp_path / "photos")
    session = Session(places, actor="command")
    try:
        run = tagging.tag_photos(session, [str(folder)], job=Job())
        words = current_vocabulary(session)
        found = {}
        for file in run.files:
            names = {tag.name.casefold() for tag in file.tags}
            above = {one.key for name in names for one in words.ancestors(name)}
            found[Path(file.path).stem] = names | above
    finally:
        session.close()
    return found


@pytest.mark.slow
def test_nothing_is_said_of_surfaces_that_show_nothing(said):
    surfaces = ("brick", "gravel", "coins", "grass", "moon", "page", "hubble_deep_field")
    wrong = {name: said[name] & {"people", "animals"} for name in (*surfaces, "flower", "coffee")}
    assert {name: tags for name, tags in wrong.items() if tags} == {}


@pytest.mark.slow
def test_the_cat_is_a_cat(said):
    assert "cat" in said["chelsea"]
