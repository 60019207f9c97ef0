"""A change of encoder never interrupts search, and never makes it worse."""

import random
import shutil

import numpy as np
import pytest
import torch

from photosort.domain.photos import Flag
from photosort.errors import InputProblem, ModelUnavailable
from photosort.progress import Job
from photosort.settings import Settings
from photosort.store.tables import files, photos
from photosort.store.vectors import vectors
from photosort.store.vectors.vectors import Pending
from photosort.usecases.indexing import photo_reading
from photosort.usecases.indexing.index_run import index
from photosort.usecases.models import embedding_spaces, encoder_change, installation
from photosort.usecases.photos import decisions
from photosort.usecases.search import query_vectors, similarity
from photosort.usecases.session.session import Session
from tests.fixtures import tiny_clip


@pytest.fixture(scope="session")
def old_tiny():
    """A model that has learnt little: half of its first tens are wrong, so that nothing is right by chance."""
    torch.set_num_threads(1)
    return tiny_clip.cached(steps=40)


@pytest.fixture(scope="session")
def new_tiny():
    """Another model, trained otherwise, with another dimension."""
    torch.set_num_threads(1)
    return tiny_clip.cached(dim=96, seed=1, steps=70)


@pytest.fixture(scope="session")
def scenes():
    seen, unseen = tiny_clip.scenes()
    return seen + unseen


@pytest.fixture(scope="session")
def drawn(tmp_path_factory, scenes):
    """A photo of each scene, in the order of their names."""
    folder = tmp_path_factory.mktemp("drawn")
    rng = random.Random(7)
    for number, scene in enumerate(scenes):
        tiny_clip.draw(scene, rng).save(folder / f"{number:04}.png")
    return folder


@pytest.fixture
def session(places):
    opened = Session(places, actor="command", chosen=Settings(threads=1))
    yield opened
    opened.close()


@pytest.fixture
def library(session, old_tiny, new_tiny, drawn):
    """The drawn scenes, seen by the old model; the new one is installed."""
    for name, folder in (("old", old_tiny), ("new", new_tiny)):
        shutil.copytree(folder, session.paths.models / name)
    encoder_change.use(session, "old")
    summary = index(session, [str(drawn)], job=Job())
    assert summary.embedded == len(list(drawn.iterdir()))
    return session


def upgrade_until(session, share, count):
    """Lets the index run go on until a share of the photos is upgraded."""

    class Until(Job):
        def check(self):
            if self.progress.phase == "Upgrading photos" and self.progress.done >= share * count:
                self.cancel()
            super().check()

    index(session, [], job=Until())


def ranks(session, scenes):
    """Place of each scene's photo among all, by its caption; photos are numbered as scenes are."""
    paths = {
        file.photo_id: int(file.relative.removesuffix(".png"))
        for file in session.read(
            lambda store: files.get(store, list(range(1, len(scenes) + 1)))
        ).values()
    }
    places = []
    for number, scene in enumerate(scenes):
        found = similarity.TextScores(session).described(scene.caption)
        order = found.ids[np.argsort(-found.probabilities, kind="stable")].tolist()
        places.append([paths[photo_id] for photo_id in order].index(number))
    return np.array(places)


def is_worse(before, after, k=10):
    """Whether hits within k are fewer beyond chance: the paired 95 % interval lies below zero."""
    change = (after < k).astype(float) - (before < k)
    error = change.std(ddof=1) / np.sqrt(len(change))
    return change.mean() + 1.96 * error < 0


@pytest.mark.slow
def test_search_is_never_worse_and_ends_as_the_new_model(library, scenes):
    count = len(scenes)
    before = ranks(library, scenes)
    encoder_change.use(library, "new")
    hits = {}
    for share in (0.0, 0.25, 0.5, 0.75):
        if share:
            upgrade_until(library, share, count)
        state = encoder_change.upgrade(library)
        assert (state.seen, state.others) == (count, ("old",))
        assert share * count <= state.upgraded < share * count + 60
        after = ranks(library, scenes)
        hits[share] = (after < 10).mean()
        assert not is_worse(before, after), hits
    assert hits[0.0] == (before < 10).mean()
    index(library, [], job=Job())
    state = encoder_change.upgrade(library)
    assert state.is_complete
    assert len(embedding_spaces.load_spaces(library)) == 1
    after = ranks(library, scenes)
    # Equal to a library that only ever knew the new model.
    encoder = library.encoders.current
    opened = embedding_spaces.load_spaces(library)[0].opened
    for scene, place in zip(scenes[:40], after[:40], strict=True):
        cosines = opened.index.scores(query_vectors.text_vector(encoder, scene.caption))
        own = cosines[opened.index.photo_ids == scenes.index(scene) + 1]
        assert abs(int((cosines > own).sum()) - place) <= 1
    assert (after < 10).mean() > (before < 10).mean() + 0.2


def test_nothing_but_vectors_is_made_again(library, drawn):
    before = library.read(lambda store: store.rows("SELECT pixel_hash, decoded_at FROM contents"))
    encoder_change.use(library, "new")
    summary = index(library, [], job=Job())
    assert (summary.embedded, summary.new, summary.changed) == (len(list(drawn.iterdir())), 0, 0)
    assert (
        library.read(lambda store: store.rows("SELECT pixel_hash, decoded_at FROM contents"))
        == before
    )


def test_suggestions_stay_those_of_the_model_that_has_seen_most(library):
    encoder_change.use(library, "new")
    upgrade_until(library, 0.25, 216)
    assert embedding_spaces.widest_encoder(library).info.name == "old"
    index(library, [], job=Job())
    assert embedding_spaces.widest_encoder(library).info.name == "new"


def test_both_stay_until_the_old_one_is_removed(library):
    encoder_change.use(library, "new")
    upgrade_until(library, 0.25, 216)
    removal = installation.remove(library, "old")
    assert removal.vectors_kept
    assert removal.freed_mb > 0
    # Its photos are still found, approximately: the new text tower stands in.
    found = embedding_spaces.load_spaces(library)
    assert [space.is_approximate for space in found] == [False, True]
    assert encoder_change.upgrade(library).approximate == ("old",)
    assert len(similarity.TextScores(library).described("two red circles on the left").ids) == 216
    index(library, [], job=Job())
    assert [one.name for one in library.read(vectors.known)] == ["new"]


def test_the_one_in_use_cannot_be_removed_and_nothing_outside_ever(library, tmp_path):
    for name, sentence in (
        ("old", "in use"),
        ("../../drawn", "no model"),
        ("nonsense", "no model"),
    ):
        with pytest.raises(InputProblem, match=sentence):
            installation.remove(library, name)
    assert (library.paths.models / "old").is_dir()


def test_a_model_that_vanishes_while_it_is_in_use(library, places):
    """Photos are still found through the built-in text tower, and reading new ones says what is missing."""
    embedding_spaces.keep_texts(library, library.encoders.current)
    shutil.rmtree(library.paths.models / "old")
    library.encoders._current = None
    found = embedding_spaces.load_spaces(library)
    assert [space.is_approximate for space in found] == [True]
    with pytest.raises(ModelUnavailable, match="There is no model"):
        library.encoders.current  # noqa: B018
    encoder_change.use(library, "new")
    assert library.encoders.name_in_use == "new"


def test_photos_that_the_user_cared_for_come_right_after_the_sample(library):
    decisions.flag(library, [200], Flag.PICK)
    decisions.rate(library, [201], 4)
    cared = library.read(photos.decided)
    assert cared == {200, 201}
    waiting = [Pending(n, n, n, 1, n % 7, f"{n}.png", n, is_decoded=True) for n in range(1000)]
    order = photo_reading._order(waiting, {3, 4})
    assert sorted(order) == list(range(1000))
    assert max(order.index(3), order.index(4)) < photo_reading.SAMPLE + 2
