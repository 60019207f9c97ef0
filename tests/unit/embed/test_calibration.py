from dataclasses import replace

import numpy as np
import pytest

from photosort.embed.load import load_encoder
from photosort.search.cutoff import offset_of
from photosort.tagging.prompts import texts_of
from photosort.tagging.vocabulary import load_vocabulary
from photosort.usecases.models.vocabulary_vectors import (
    shipped_files,
    shipped_vectors,
    with_directions,
)
from photosort.usecases.search.query_vectors import clause_vectors, text_vector


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return load_encoder("starter", models_dir=tmp_path_factory.mktemp("models"), threads=1)


def test_calibration_and_shipped_vectors_belong_to_the_shipped_starter(encoder):
    vocabulary = load_vocabulary(shipped_files())
    texts = {text for tag in vocabulary for text in texts_of(tag).all}
    assert encoder.references.search is not None
    assert encoder.references.tags is not None
    shipped = shipped_vectors(encoder.info.version, texts)
    assert set(shipped) == texts
    some = sorted(texts)[:: len(texts) // 5]
    fresh = encoder.encode_texts(some)
    for text, row in zip(some, fresh, strict=True):
        assert float(row @ shipped[text]) > 0.999


def test_searches_gain_what_was_measured_for_the_shipped_starter(encoder):
    known = encoder.references.search_offsets
    names = ("people", "a man", "submarine")
    people, man, submarine = (
        offset_of(row, len(name.split()), known)
        for name, row in zip(names, clause_vectors(encoder, names), strict=True)
    )
    assert people > 2
    assert man > 2
    assert submarine < 0.5
    sentence = "a sailing boat far out on the sea"
    assert offset_of(text_vector(encoder, sentence), len(sentence.split()), known) > 1


def test_the_cut_off_was_fitted_for_the_shipped_starter(encoder):
    assert encoder.references.cut is not None, "run python -m tools.fit.cutoff --data DIR --save"
    assert encoder.references.cut.match.shape == (2, 5)
    assert encoder.references.cut.presence.shape == (2, 9)


def test_what_is_unforgivable_is_never_offered(encoder):
    offered = encoder.references.offered
    assert offered
    assert not offered & {"ape", "monkey", "pig", "wild boar", "guinea pig"}
    names = {tag.name for tag in load_vocabulary(shipped_files())}
    assert offered <= names


def test_another_encoder_gets_no_shipped_vectors():
    assert shipped_vectors("of another encoder", ["a photo of dog"]) == {}


def test_tags_that_captions_name_have_the_direction_that_was_fitted_for_them(encoder):
    vocabulary = load_vocabulary(shipped_files())
    texts = [texts_of(vocabulary.find(name)) for name in ("people", "grass", "theatre")]
    flat = np.zeros((3, encoder.info.dims["semantic"]), np.float32)
    flat[:, 0] = 1
    made, steepness = with_directions(flat, texts, encoder.info.version)
    assert np.allclose(np.linalg.norm(made, axis=1), 1, atol=1e-4)
    assert not np.array_equal(made[0], made[1])
    assert (steepness[:2] > 0).all()
    # Nobody writes of theatres often enough, and what a user changes is taken at its word.
    assert np.array_equal(made[2], flat[2])
    changed = [replace(texts[0], sentences=("My aunt and my uncle.",))]
    assert np.array_equal(with_directions(flat[:1], changed, encoder.info.version)[0], flat[:1])
    assert np.array_equal(with_directions(flat, texts, "another encoder")[0], flat)
