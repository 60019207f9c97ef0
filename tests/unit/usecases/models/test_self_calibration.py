"""A model that nobody measured, in a library that no other model has seen."""

import random
import shutil

import pytest
import torch

from photosort.progress import Job
from photosort.search.cutoff import ESTIMATED, STRONG, Verdict
from photosort.search.query_language import parse
from photosort.settings import Settings
from photosort.usecases.indexing.index_run import index
from photosort.usecases.models import embedding_spaces, encoder_change
from photosort.usecases.photos import decisions, photo_table
from photosort.usecases.search import query_results, similarity
from photosort.usecases.session.session import Session
from tests.fixtures import tiny_clip


@pytest.fixture(scope="module")
def scenes():
    seen, unseen = tiny_clip.scenes()
    return seen + unseen


@pytest.fixture
def session(places, scenes, tmp_path):
    """Every scene drawn once and seen by a trained model, with captions on every second photo."""
    torch.set_num_threads(1)
    opened = Session(places, actor="command", chosen=Settings(threads=1))
    shutil.copytree(tiny_clip.cached(), opened.paths.models / "tiny")
    encoder_change.use(opened, "tiny")
    drawn = tmp_path / "drawn"
    drawn.mkdir()
    rng = random.Random(7)
    for number, scene in enumerate(scenes):
        tiny_clip.draw(scene, rng).save(drawn / f"{number:04}.png")
    index(opened, [str(drawn)], job=Job())
    yield opened
    opened.close()


def ids_of(session, scenes):
    """The photo of each scene."""
    catalog = photo_table.load(session)
    named = dict(zip(catalog.names.tolist(), catalog.ids.tolist(), strict=True))
    return [named[f"{number:04}.png"] for number in range(len(scenes))]


def describe(session, scenes):
    """Captions for every second photo; the other scenes."""
    ids = ids_of(session, scenes)
    for photo_id, scene in list(zip(ids, scenes, strict=True))[::2]:
        decisions.describe(session, [photo_id], {"caption": scene.caption})
    return list(zip(ids, scenes, strict=True))[1::2]


def reliability(session, asked):
    """Of captions that nothing was calibrated with: matches expected for each, and the share of good ones that are right."""
    expected = good = right = 0.0
    for photo_id, scene in asked:
        found = similarity.TextScores(session).described(scene.caption)
        expected += float(found.probabilities.sum())
        strong = found.ids[found.probabilities >= STRONG]
        good, right = good + len(strong), right + int(photo_id in strong)
    return expected / len(asked), right / good


def test_it_is_calibrated_on_texts_and_shuffled_ones(session, scenes):
    # The model reads no name of a tag, so nothing is known before there are captions.
    (space,) = embedding_spaces.load_spaces(session)
    assert space.logistic == ESTIMATED
    asked = describe(session, scenes)
    expected_before, right_before = reliability(session, asked)
    embedding_spaces.calibrate(session)
    (space,) = embedding_spaces.load_spaces(session)
    assert space.logistic != ESTIMATED
    # One photo shows what a caption says: 2.5 matches are expected by the estimate, 1.6 now.
    expected, right = reliability(session, asked)
    assert abs(expected - 1) < 0.6 * abs(expected_before - 1)
    assert right > right_before - 0.03
    # It stays until the library has doubled.
    for photo_id, _ in asked:
        decisions.describe(session, [photo_id], {"caption": "an octopus"})
    embedding_spaces.calibrate(session)
    assert embedding_spaces.load_spaces(session)[0].logistic == space.logistic


def test_nothing_is_ever_absent(session, scenes):
    for text in ("one red circle on the left", "an octopus", "xyzzy"):
        found = query_results.answer(session, parse(text), photo_table.load(session))
        assert found.verdict is not Verdict.ABSENT
